/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.c: one call of a policy's check, seen from the C functions it calls
 */
#include "script/run.h"

#include <string.h>

enum {
    READS_MAX = 65536, /* remembered of one run; a run that reads more has evidence enough */
    KEPT_MAX = 256 * 1024
};

/* Gives back all memory of the runs before. */
static void
forget(struct scl_run *run)
{
    scl_arena_finish(run->arena);
    memset(&run->reads, 0, sizeof run->reads);
    memset(&run->missing, 0, sizeof run->missing);
    memset(&run->found, 0, sizeof run->found);
    run->read_slots = NULL;
    run->read_slot_count = 0;
}

void
scl_run_reset(struct scl_run *run)
{
    if (run->arena->used > KEPT_MAX)
        forget(run);
    run->reads.count = 0;
    run->missing.count = 0;
    run->found.count = 0;
    run->misses_date = false;
    run->nil_line = run->nil_count = 0;
    if (run->read_slot_count)
        memset(run->read_slots, 0, run->read_slot_count * sizeof *run->read_slots);
}

struct scl_run *
scl_run_of(lua_State *L)
{
    return scl_lua_user(L);
}

struct scl_arena *
scl_run_arena(lua_State *L)
{
    struct scl_arena *arena = scl_run_of(L)->arena;
    uint64_t limit = scl_lua_limits(scl_lua_from(L))->memory;

    if (arena->used > limit)
        scl_end_limit(L, SCANTLING_LIMIT_MEMORY, limit, arena->used);
    return arena;
}

static uint32_t
slot_of(const struct scl_run *run, struct scl_node node)
{
    uint64_t mixed = scl_node_pack(node, 0) * 0x9e3779b97f4a7c15u;
    uint32_t at = (uint32_t)(mixed >> 32) & (run->read_slot_count - 1);

    while (run->read_slots[at] && !scl_node_same(run->reads.at[run->read_slots[at] - 1], node))
        at = (at + 1) & (run->read_slot_count - 1);
    return at;
}

static bool
make_room(struct scl_run *run)
{
    uint32_t count = run->read_slot_count ? run->read_slot_count * 2 : 64;

    if (run->read_slot_count && run->reads.count < run->read_slot_count / 2)
        return true;
    run->read_slots = scl_arena_array(run->arena, count, sizeof *run->read_slots);
    run->read_slot_count = run->read_slots ? count : 0;
    for (uint32_t i = 0; run->read_slots && i < run->reads.count; i++)
        run->read_slots[slot_of(run, run->reads.at[i])] = i + 1;
    return run->read_slots != NULL;
}

void
scl_run_read(lua_State *L, struct scl_node node)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_node *made;
    uint32_t slot;

    if (run->reads.count >= READS_MAX)
        return;
    if (!make_room(run))
        scl_end_memory(L);
    slot = slot_of(run, node);
    if (run->read_slots[slot])
        return;
    made = scl_vec_push(scl_run_arena(L), &run->reads);
    if (!made)
        scl_end_memory(L);
    *made = node;
    run->read_slots[slot] = run->reads.count;
}

void
scl_run_read_nil(lua_State *L, struct scl_node node)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_str chunk;
    uint32_t line = 0;

    scl_lua_place(L, &chunk, &line);
    run->nil_count = line == run->nil_line ? run->nil_count + 1 : 1;
    run->nil_line = line;
    run->nil_node = node;
}

void
scl_run_doubt(lua_State *L, struct scl_node node)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_node *made;

    for (uint32_t i = 0; i < run->missing.count; i++)
        if (scl_node_same(run->missing.at[i], node))
            return;
    if (run->missing.count >= 64)
        return;
    made = scl_vec_push(run->arena, &run->missing);
    if (!made)
        scl_end_memory(L);
    *made = node;
}

void
scl_run_end_unknown(lua_State *L, struct scl_node node)
{
    scl_run_doubt(L, node);
    scl_end_unknown(L);
}
