/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memory.c: what a Lua state allocates with
 *
 * Lua asks a second time after a full collection when it is refused, and again for whatever comes
 * next: near the limit each small block would cost a collection. So the second refusal of one
 * request ends the run, and so does the sixty-fifth of any.
 *
 * For a new block Lua tells what it is for. Strings are held to their limit here, also those that
 * instructions make, and pay for their bytes. One instruction may compare a long string, walk
 * through all keys of a table whose hashes were made to collide, or pass on as many arguments as
 * the stack holds. So each instruction of a run weighs more steps once there are such: else ten
 * million steps could be minutes. Tables that C functions fill are not weighed: their keys are
 * no policy's choice.
 */
#include "script/state_private.h"

#include <string.h>

static void
watch(struct scl_heavy_blocks *blocks, const void *at, struct scl_weight weight)
{
    if (blocks->count == SCL_HEAVY_BLOCKS) {
        scl_weight_raise(&blocks->forgotten, weight);
        return;
    }
    blocks->list[blocks->count].at = at;
    blocks->list[blocks->count].weight = weight;
    blocks->count++;
}

static void
forget(struct scl_heavy_blocks *blocks, const void *at)
{
    for (unsigned i = 0; i < blocks->count; i++) {
        if (blocks->list[i].at == at) {
            blocks->list[i] = blocks->list[--blocks->count];
            return;
        }
    }
}

bool
scl_weight_raise(struct scl_weight *weight, struct scl_weight other)
{
    struct scl_weight before = *weight;

    if (other.strings > weight->strings)
        weight->strings = other.strings;
    if (other.tables > weight->tables)
        weight->tables = other.tables;
    if (other.stack > weight->stack)
        weight->stack = other.stack;
    return memcmp(weight, &before, sizeof before) != 0;
}

uint64_t
scl_weight_sum(const struct scl_weight *weight)
{
    return 1 + (uint64_t)weight->strings + weight->tables + weight->stack;
}

struct scl_weight
scl_heavy_blocks_weight(const struct scl_heavy_blocks *blocks)
{
    struct scl_weight weight = blocks->forgotten;

    for (unsigned i = 0; i < blocks->count; i++)
        scl_weight_raise(&weight, blocks->list[i].weight);
    return weight;
}

static struct scl_weight
pay_string(struct scl_lua *lua, size_t size)
{
    size_t length = size > lua->string_overhead ? size - lua->string_overhead : 0;

    lua->last_string = size;
    if (length > lua->limits.string_bytes)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_STRING_BYTES, lua->limits.string_bytes, length);
    scl_lua_spend(lua, length / 64);
    return (struct scl_weight){ .strings = (uint32_t)(length / SCL_BYTES_PER_WEIGHT) };
}

static bool
runs_lua(lua_State *L)
{
    lua_Debug activation;

    return lua_getstack(L, 0, &activation) && lua_getinfo(L, "S", &activation) &&
           activation.what[0] != 'C';
}

/* The hash part of a table is a power of two of nodes; a list of one and a half times such a power
 * of values looks the same and is none the worse for it. */
static struct scl_weight
weigh_table(struct scl_lua *lua, size_t size)
{
    size_t nodes = lua->node_size ? size / lua->node_size : 0;

    lua->last_block = size;
    if (nodes < SCL_NODES_PER_WEIGHT || nodes * lua->node_size != size || (nodes & (nodes - 1)) ||
        !runs_lua(lua->L))
        nodes = 0;
    return (struct scl_weight){ .tables = (uint32_t)(nodes / SCL_NODES_PER_WEIGHT) };
}

/* Notes a refusal and lets Lua collect, or ends the run. */
static void *
refuse(struct scl_lua *lua, const void *block, size_t size)
{
    if (lua->is_refusing && lua->refused_block == block && lua->refused_size == size && lua->L)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_MEMORY, lua->limits.memory,
                           scl_heap_used(lua->heap) + size);
    lua->is_refusing = true;
    lua->refused_block = block;
    lua->refused_size = size;
    lua->refusals++;
    return NULL;
}

static void
weigh_stack(struct scl_lua *lua, const void *at, size_t size)
{
    size_t slots = size / SCL_BYTES_OF_SLOT;
    struct scl_weight weight = { 0, 0, (uint32_t)(slots / SCL_SLOTS_PER_WEIGHT) };

    lua->learns_stack = false;
    lua->stack = at;
    scl_weight_raise(&lua->weight, weight);
}

/* Lua's stack is the block that was replaced when it was made to grow: some versions make it
 * larger, others take a new block and then free the old one. */
static void
follow_stack(struct scl_lua *lua, const void *block, const void *at, size_t size)
{
    if (block != lua->stack && !lua->learns_stack)
        return;
    if (at)
        weigh_stack(lua, at, size);
    else if (lua->last_at)
        weigh_stack(lua, lua->last_at, lua->last_block);
}

static void
take_new(struct scl_lua *lua, const void *at, struct scl_weight weight)
{
    if (weight.strings || weight.tables) {
        watch(&lua->heavy, at, weight);
        scl_weight_raise(&lua->weight, weight);
    }
    if (!lua->is_refusing)
        return;
    lua->is_refusing = false;
    if (lua->refusals > SCL_REFUSALS_MAX)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_MEMORY, lua->limits.memory,
                           scl_heap_used(lua->heap));
}

/* A block that is not there yet, or is to grow or shrink. */
static void *
grant(struct scl_lua *lua, void *block, size_t old_size, size_t new_size)
{
    struct scl_weight weight = { 0, 0, 0 };
    bool is_new = !block;
    void *at;

    if (is_new && old_size == LUA_TSTRING)
        weight = pay_string(lua, new_size);
    else if (is_new && old_size == 0)
        weight = weigh_table(lua, new_size);
    if (new_size >= SCL_LARGE_BLOCK && (is_new || new_size > old_size))
        scl_lua_spend(lua, new_size / SCL_BLOCK_BYTES_PER_STEP);
    at = scl_heap_resize(lua->heap, block, is_new ? 0 : old_size, new_size);
    if (!at)
        return refuse(lua, block, new_size);
    if (block)
        follow_stack(lua, block, at, new_size);
    else if (old_size == 0)
        lua->last_at = at;
    take_new(lua, at, weight);
    return at;
}

void *
scl_lua_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct scl_lua *lua = user;
    void *at;

    if (block && old_size >= SCL_BYTES_PER_WEIGHT)
        forget(&lua->heavy, block);
    if (new_size == 0) {
        if (block)
            follow_stack(lua, block, NULL, 0);
        return scl_heap_resize(lua->heap, block, block ? old_size : 0, 0);
    }
    lua->is_moving_stack = block && block == lua->stack;
    at = grant(lua, block, old_size, new_size);
    lua->is_moving_stack = false;
    return at;
}
