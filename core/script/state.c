/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state.c: one sandboxed Lua state and the only door into it
 *
 * A run sets its mark with setjmp, then calls the body through lua_pcall. Errors of Lua end in
 * lua_pcall and leave the state whole; limits jump past it to the mark. Around both, the locale and
 * the rounding of floats are what results must not depend on.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "script/state_private.h"

#include "base/utf8.h"
#include "script/libraries.h"

#include <fenv.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

enum { PRINTED_LINES = 100, PRINTED_BYTES = 1024, PROBE = 128 };

struct call {
    scl_lua_body *body;
    void *context;
};

struct surroundings {
    locale_t locale;
    int rounding;
};

/* Reached only by an error outside lua_pcall, of which there is none in a door. */
static int
panic(lua_State *L)
{
    scl_end_memory(L);
}

static void
make_state(struct scl_lua *lua)
{
    if (setjmp(lua->door) != 0)
        return;
    lua->L = lua_newstate(scl_lua_allocate, lua);
    if (!lua->L)
        return;
    lua_atpanic(lua->L, panic);
    memcpy(lua_getextraspace(lua->L), &lua, sizeof lua);
}

static int
call_body(lua_State *L)
{
    const struct call *call = lua_touserdata(L, 1);

    lua_settop(L, 0);
    call->body(L, call->context);
    return 0;
}

/* What lua_pcall did not leave to the message handler. */
static void
keep_status(struct scl_lua *lua, int status)
{
    if (status == LUA_ERRMEM) {
        scl_lua_set_limit(lua, SCANTLING_LIMIT_MEMORY, lua->limits.memory,
                          scl_heap_used(lua->heap) + lua->refused_size);
        lua->is_broken = true;
    } else if (status != LUA_OK && lua->outcome.kind == SCL_RUN_OK) {
        lua->outcome.kind = SCL_RUN_ERROR;
        scl_outcome_set_raised(&lua->outcome, SCL_S("error in error handling"), SCL_S(""));
    }
}

static void
pass_door(struct scl_lua *lua, const struct call *call)
{
    lua_State *L = lua->L;

    if (setjmp(lua->door) != 0)
        return;
    lua_settop(L, 0);
    lua_sethook(L, scl_lua_count_hook, LUA_MASKCOUNT, SCL_STEP_INTERVAL);
    scl_lua_spend(lua, SCL_RUN_CHARGE);
    lua_pushcfunction(L, scl_lua_keep_error);
    lua_pushcfunction(L, call_body);
    lua_pushlightuserdata(L, (void *)(uintptr_t)call);
    keep_status(lua, lua_pcall(L, 1, 0, 1));
    if (!lua->is_broken)
        lua_settop(L, 0);
}

static void
enter(struct scl_lua *lua, struct surroundings *outside)
{
    outside->locale = uselocale((locale_t)lua->locale);
    outside->rounding = fegetround();
    if (outside->rounding != FE_TONEAREST)
        fesetround(FE_TONEAREST);
}

static void
leave(const struct surroundings *outside)
{
    if (outside->rounding != FE_TONEAREST)
        fesetround(outside->rounding);
    uselocale(outside->locale);
}

static void
arm(struct scl_lua *lua, uint64_t budget)
{
    scl_outcome_init(&lua->outcome);
    lua->budget = budget;
    lua->spent = 0;
    lua->weight = lua->standing;
    lua->raise_level = 0;
    lua->reading = NULL;
    lua->refusals = 0;
    lua->is_refusing = lua->is_moving_stack = false;
    scl_text_clear(&lua->printed);
    lua->printed_lines = lua->printed_dropped = 0;
}

static void
run(struct scl_lua *lua, uint64_t budget, scl_lua_body *body, void *context)
{
    struct call call = { body, context };
    struct surroundings outside;
    struct scl_weight standing;

    if (lua->is_broken || lua->is_stale)
        scl_lua_restore(lua);
    arm(lua, budget);
    if (lua->is_broken) {
        lua->outcome.kind = SCL_RUN_ERROR;
        scl_outcome_set_message(&lua->outcome, SCL_S("the state was ended by a limit"));
        return;
    }
    enter(lua, &outside);
    pass_door(lua, &call);
    leave(&outside);
    standing = lua->standing;
    lua->is_stale = scl_weight_raise(&standing, lua->weight) && lua->copy;
    if (!lua->copy)
        lua->standing = standing;
}

enum scl_outcome_kind
scl_lua_run(struct scl_lua *lua, scl_lua_body *body, void *context, struct scl_outcome *ret)
{
    run(lua, lua->total < lua->limits.steps ? lua->total : lua->limits.steps, body, context);
    lua->total -= lua->spent;
    if (ret)
        scl_outcome_copy(ret, &lua->outcome);
    return lua->outcome.kind;
}

/* Learns how large Lua's blocks are, then makes the libraries. */
static void
open_libraries(lua_State *L, void *context)
{
    struct scl_lua *lua = context;
    char bytes[PROBE];

    memset(bytes, 0, sizeof bytes);
    lua_pushlstring(L, bytes, sizeof bytes);
    lua->string_overhead = lua->last_string - sizeof bytes;
    lua_createtable(L, 0, PROBE);
    lua->node_size = lua->last_block / PROBE;
    lua_settop(L, 0);
    lua->last_at = NULL;
    lua->learns_stack = true;
    if (!lua_checkstack(L, PROBE))
        scl_end_memory(L);
    scl_globals_open(L);
    scl_open_base(L);
    scl_open_string(L);
    scl_open_table(L);
    scl_open_math(L);
    scl_open_utf8(L);
}

struct scl_lua *
scl_lua_new(const struct scl_lua_limits *limits, scantling_error **error)
{
    struct scl_lua *lua = calloc(1, sizeof *lua);

    if (!lua) {
        scl_fail_memory(error);
        return NULL;
    }
    lua->limits = scl_lua_limits_fill(*limits);
    lua->total = lua->limits.total_steps;
    lua->locale = (void *)newlocale(LC_ALL_MASK, "C", (locale_t)0);
    lua->heap = lua->limits.memory > SIZE_MAX / 2 ? NULL : scl_heap_new((size_t)lua->limits.memory);
    if (!lua->locale || !lua->heap) {
        scl_fail_memory(error);
        scl_lua_free(lua);
        return NULL;
    }
    arm(lua, UINT64_MAX);
    make_state(lua);
    if (lua->L)
        run(lua, UINT64_MAX, open_libraries, lua);
    memset(&lua->standing, 0, sizeof lua->standing);
    if (!lua->L || lua->outcome.kind != SCL_RUN_OK) {
        scl_fail(error, SCANTLING_STATUS_ARGUMENT,
                 "limit memory: %llu bytes are too few for a Lua state",
                 (unsigned long long)lua->limits.memory);
        scl_lua_free(lua);
        return NULL;
    }
    return lua;
}

void
scl_lua_free(struct scl_lua *lua)
{
    if (!lua)
        return;
    if (lua->locale)
        freelocale((locale_t)lua->locale);
    scl_heap_copy_free(lua->copy);
    scl_heap_free(lua->heap);
    scl_text_finish(&lua->printed);
    free(lua);
}

static void
collect(lua_State *L, void *context)
{
    (void)context;
    lua_gc(L, LUA_GCCOLLECT);
    lua_gc(L, LUA_GCCOLLECT);
}

bool
scl_lua_snapshot(struct scl_lua *lua, scantling_error **error)
{
    struct scl_heap_copy *copy;

    run(lua, UINT64_MAX, collect, NULL);
    if (lua->outcome.kind != SCL_RUN_OK)
        return scl_fail(error, SCANTLING_STATUS_POLICY, "%.*s", SCL_ARG(lua->outcome.message));
    copy = scl_heap_copy(lua->heap);
    if (!copy)
        return scl_fail_memory(error);
    scl_heap_copy_free(lua->copy);
    lua->copy = copy;
    lua->copied_heavy = lua->heavy;
    lua->copied_stack = lua->stack;
    lua->standing = scl_heavy_blocks_weight(&lua->heavy);
    lua->is_stale = false;
    return true;
}

void
scl_lua_restore(struct scl_lua *lua)
{
    if (!lua->copy)
        return;
    scl_heap_restore(lua->heap, lua->copy);
    lua->heavy = lua->copied_heavy;
    lua->stack = lua->copied_stack;
    lua->is_broken = lua->is_stale = false;
}

size_t
scl_lua_snapshot_size(const struct scl_lua *lua)
{
    return lua->copy ? scl_heap_copy_size(lua->copy) : 0;
}

void
scl_lua_set_total(struct scl_lua *lua, uint64_t steps)
{
    lua->total = steps;
}

uint64_t
scl_lua_total(const struct scl_lua *lua)
{
    return lua->total;
}

void
scl_lua_set_cancel(struct scl_lua *lua, atomic_bool *cancel)
{
    lua->cancel = cancel;
}

void
scl_lua_set_user(struct scl_lua *lua, void *user)
{
    lua->user = user;
}

void
scl_lua_set_steps(struct scl_lua *lua, uint64_t steps)
{
    lua->limits.steps = steps;
}

const struct scl_lua_limits *
scl_lua_limits(const struct scl_lua *lua)
{
    return &lua->limits;
}

uint64_t
scl_lua_steps(const struct scl_lua *lua)
{
    return lua->spent;
}

size_t
scl_lua_peak(const struct scl_lua *lua)
{
    return scl_heap_peak(lua->heap);
}

struct scl_str
scl_lua_printed(const struct scl_lua *lua, uint32_t *ret_dropped)
{
    if (ret_dropped)
        *ret_dropped = lua->printed_dropped;
    return scl_text_str(&lua->printed);
}

void
scl_lua_print(struct scl_lua *lua, struct scl_str line)
{
    if (lua->printed_lines == PRINTED_LINES || lua->printed.failed) {
        lua->printed_dropped++;
        return;
    }
    lua->printed_lines++;
    scl_text_add(&lua->printed, scl_utf8_cut(line, PRINTED_BYTES));
    scl_text_char(&lua->printed, '\n');
}
