/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state_private.h: the inside of a state, for the files that make it up
 *
 * state.c opens the door, charge.c counts and ends runs, memory.c is what Lua allocates with,
 * compile.c feeds the parser.
 */
#ifndef SCL_SCRIPT_STATE_PRIVATE_H
#define SCL_SCRIPT_STATE_PRIVATE_H

#include "base/text.h"
#include "script/heap.h"
#include "script/state.h"

#include <setjmp.h>

enum {
    SCL_STEP_INTERVAL = 100, /* instructions between two looks at the budget */
    SCL_RUN_CHARGE = 100,    /* of each run, which covers what its last interval lacks */
    SCL_BYTES_PER_WEIGHT = 512, /* of a string, for which an instruction weighs a step more */
    SCL_NODES_PER_WEIGHT = 64,  /* of a table, likewise */
    SCL_SLOTS_PER_WEIGHT = 512, /* of Lua's stack, likewise */
    SCL_BYTES_OF_SLOT = 16,
    SCL_LARGE_BLOCK = 1024,         /* bytes, from which on blocks are paid for, */
    SCL_BLOCK_BYTES_PER_STEP = 256, /* as much for a step */
    SCL_HEAVY_BLOCKS = 64,      /* as many are watched */
    SCL_REFUSALS_MAX = 64
};

/* Steps that each instruction weighs more. */
struct scl_weight {
    uint32_t strings, tables, stack;
};

/* Long strings and large tables that are alive. */
struct scl_heavy_blocks {
    struct {
        const void *at;
        struct scl_weight weight;
    } list[SCL_HEAVY_BLOCKS];
    unsigned count;
    struct scl_weight forgotten; /* the most of those that found no room in the list */
};

struct scl_lua {
    struct scl_lua_limits limits;
    struct scl_heap *heap;
    lua_State *L;
    void *locale; /* a locale_t */
    atomic_bool *cancel;
    void *user;

    /* the snapshot, and what of this struct belongs to it */
    struct scl_heap_copy *copy;
    struct scl_heavy_blocks heavy, copied_heavy;
    struct scl_weight standing; /* of what a run may find */
    bool is_broken;             /* nothing may be done with L */
    bool is_stale;              /* the last run made what the next would not pay for */

    /* the run */
    jmp_buf door;
    struct scl_outcome outcome;
    uint64_t budget, spent, total;
    struct scl_weight weight; /* the most of this run, or `standing` */
    unsigned raise_level; /* Lua frames between the error and the one it is told of */
    const struct scl_str *reading; /* the chunk that is being parsed, */
    uint32_t reading_line;         /* and how far that is */

    /* what the allocator refused */
    unsigned refusals;
    bool is_refusing; /* nothing was granted since */
    const void *refused_block;
    size_t refused_size;

    /* what Lua's blocks look like, learned when the state is made */
    size_t last_string, last_block;
    const void *last_at; /* the block of the latter size */
    size_t string_overhead; /* around the bytes of a long string */
    size_t node_size;       /* of a table's key and value */
    const void *stack, *copied_stack; /* where Lua's stack lies */
    bool learns_stack;    /* the next block that grows is it */
    bool is_moving_stack; /* Lua may not be asked where it is */

    struct scl_text printed;
    uint32_t printed_lines, printed_dropped;
};

/* The allocator of the state. */
void *scl_lua_allocate(void *user, void *block, size_t old_size, size_t new_size);
/* Takes the greater of each; true where that is more than before. */
bool scl_weight_raise(struct scl_weight *weight, struct scl_weight other);
/* Steps that an instruction takes. */
uint64_t scl_weight_sum(const struct scl_weight *weight);
struct scl_weight scl_heavy_blocks_weight(const struct scl_heavy_blocks *blocks);
void scl_lua_count_hook(lua_State *L, lua_Debug *activation);

/* Takes steps; ends the run where they are spent. */
void scl_lua_spend(struct scl_lua *lua, uint64_t steps);
_Noreturn void scl_lua_kill_limit(struct scl_lua *lua, int32_t limit, uint64_t value,
                                  uint64_t used);
/* The limit that ended the run, with its message, without a jump. */
void scl_lua_set_limit(struct scl_lua *lua, int32_t limit, uint64_t value, uint64_t used);
/* The message handler of the door: keeps message and place while the stack is still there. */
int scl_lua_keep_error(lua_State *L);
/* Adds a line to what was printed. */
void scl_lua_print(struct scl_lua *lua, struct scl_str line);

#endif
