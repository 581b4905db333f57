/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charge.c: counting steps and ending runs
 *
 * A run is ended in one of two ways. What is final for the state jumps to the door and leaves the
 * state broken: limits, cancelling. What is final for the run alone is raised as a Lua error, which
 * nothing in the language can catch: errors, and the ends of reads that nobody can answer.
 */
#include "base/utf8.h"
#include "script/state_private.h"

#include <stdio.h>
#include <string.h>

/* Error objects that stand for ends that are no errors; only their addresses matter. */
static const char unknown_end, not_applicable_end;

struct scl_lua *
scl_lua_from(lua_State *L)
{
    struct scl_lua *lua;

    memcpy(&lua, lua_getextraspace(L), sizeof lua);
    return lua;
}

void *
scl_lua_user(lua_State *L)
{
    return scl_lua_from(L)->user;
}

/* The `level`-th Lua frame from the innermost, the frames counted from `first`. */
static bool
find_place(lua_State *L, int first, unsigned level, lua_Debug *activation)
{
    for (int i = first; lua_getstack(L, i, activation); i++)
        if (lua_getinfo(L, "Sl", activation) && activation->currentline > 0 && level-- == 0)
            return true;
    return false;
}

static struct scl_str
chunk_name(const lua_Debug *activation)
{
    return scl_str_c(activation->source[0] ? activation->source + 1 : "");
}

bool
scl_lua_place(lua_State *L, struct scl_str *ret_chunk, uint32_t *ret_line)
{
    lua_Debug activation;

    if (!find_place(L, 0, 0, &activation))
        return false;
    *ret_chunk = chunk_name(&activation);
    *ret_line = (uint32_t)activation.currentline;
    return true;
}

static void
keep_place(struct scl_lua *lua)
{
    struct scl_str chunk;
    uint32_t line;

    if (lua->reading)
        scl_outcome_set_place(&lua->outcome, *lua->reading, lua->reading_line);
    else if (!lua->is_moving_stack && scl_lua_place(lua->L, &chunk, &line))
        scl_outcome_set_place(&lua->outcome, chunk, line);
}

void
scl_lua_set_limit(struct scl_lua *lua, int32_t limit, uint64_t value, uint64_t used)
{
    static const struct {
        int32_t limit;
        const char *before, *after;
    } rows[] = {
        { SCANTLING_LIMIT_STEPS, "runs over its limit of ", " steps" },
        { SCANTLING_LIMIT_TOTAL_STEPS, "policies together run over their limit of ", " steps" },
        { SCANTLING_LIMIT_MEMORY, "needs more memory than the limit of ", " bytes" },
        { SCANTLING_LIMIT_STRING_BYTES, "makes a string over the limit of ", " bytes" },
        { SCANTLING_LIMIT_POLICY_BYTES, "text is over the limit of ", " bytes" },
    };
    const char *before = "runs over its limit of ", *after = "";
    char message[128];
    int len;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].limit == limit) {
            before = rows[i].before;
            after = rows[i].after;
        }
    }
    len = snprintf(message, sizeof message, "%s%llu%s (limit %s)", before,
                   (unsigned long long)value, after, scl_lua_limit_name(limit));
    lua->outcome.kind = SCL_RUN_LIMIT;
    lua->outcome.limit = limit;
    lua->outcome.limit_value = value;
    lua->outcome.used = used;
    scl_outcome_set_message(&lua->outcome, scl_str_n(message, len > 0 ? (size_t)len : 0));
}

static _Noreturn void
leave(struct scl_lua *lua)
{
    lua->is_broken = true;
    longjmp(lua->door, 1);
}

void
scl_lua_kill_limit(struct scl_lua *lua, int32_t limit, uint64_t value, uint64_t used)
{
    keep_place(lua);
    scl_lua_set_limit(lua, limit, value, used);
    leave(lua);
}

void
scl_lua_spend(struct scl_lua *lua, uint64_t steps)
{
    if (lua->cancel && atomic_load_explicit(lua->cancel, memory_order_relaxed)) {
        lua->outcome.kind = SCL_RUN_CANCELLED;
        leave(lua);
    }
    if (steps <= lua->budget - lua->spent) {
        lua->spent += steps;
        return;
    }
    steps = steps > UINT64_MAX - lua->spent ? UINT64_MAX : lua->spent + steps;
    lua->spent = lua->budget;
    if (lua->budget < lua->limits.steps)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_TOTAL_STEPS, lua->limits.total_steps,
                           lua->limits.total_steps);
    scl_lua_kill_limit(lua, SCANTLING_LIMIT_STEPS, lua->limits.steps, steps);
}

void
scl_lua_count_hook(lua_State *L, lua_Debug *activation)
{
    struct scl_lua *lua = scl_lua_from(L);

    (void)activation;
    scl_lua_spend(lua, SCL_STEP_INTERVAL * scl_weight_sum(&lua->weight));
}

void
scl_charge(lua_State *L, uint64_t steps)
{
    scl_lua_spend(scl_lua_from(L), steps);
}

void
scl_charge_bytes(lua_State *L, size_t bytes)
{
    scl_lua_spend(scl_lua_from(L), 1 + bytes / 64);
}

void
scl_charge_lookups(lua_State *L, uint64_t count)
{
    struct scl_lua *lua = scl_lua_from(L);

    scl_lua_spend(lua, count * (1 + (uint64_t)lua->weight.tables));
}

void
scl_charge_string(lua_State *L, size_t bytes)
{
    struct scl_lua *lua = scl_lua_from(L);

    if (bytes > lua->limits.string_bytes)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_STRING_BYTES, lua->limits.string_bytes, bytes);
}

void
scl_end_limit(lua_State *L, int32_t limit, uint64_t limit_value, uint64_t used)
{
    scl_lua_kill_limit(scl_lua_from(L), limit, limit_value, used);
}

void
scl_end_memory(lua_State *L)
{
    struct scl_lua *lua = scl_lua_from(L);

    lua->outcome.kind = SCL_RUN_MEMORY;
    leave(lua);
}

/* lua_error does not return, which its declaration does not say. */
static _Noreturn void
raise_top(lua_State *L)
{
    lua_error(L);
    leave(scl_lua_from(L));
}

void
scl_raise(lua_State *L, const char *format, ...)
{
    char message[1024];
    struct scl_str cut;
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (len < 0)
        len = 0;
    if ((size_t)len >= sizeof message)
        len = (int)sizeof message - 1;
    cut = scl_utf8_cut(scl_str_n(message, (size_t)len), sizeof message - 4);
    lua_pushlstring(L, cut.at, cut.len);
    scl_lua_from(L)->raise_level = 0;
    raise_top(L);
}

void
scl_end_unknown(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)&unknown_end);
    raise_top(L);
}

void
scl_end_not_applicable(lua_State *L)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)&not_applicable_end);
    raise_top(L);
}

/* The prefix that Lua writes before what it raises itself. */
static struct scl_str
written_place(lua_State *L, char *room, size_t size)
{
    lua_Debug raiser;
    int len = 0;

    if (lua_getstack(L, 1, &raiser) && lua_getinfo(L, "Sl", &raiser) && raiser.currentline > 0)
        len = snprintf(room, size, "%s:%d: ", raiser.short_src, raiser.currentline);
    return scl_str_n(room, len > 0 && (size_t)len < size ? (size_t)len : 0);
}

int
scl_lua_keep_error(lua_State *L)
{
    struct scl_lua *lua = scl_lua_from(L);
    struct scl_outcome *outcome = &lua->outcome;
    char room[LUA_IDSIZE + 32];
    lua_Debug place;

    if (outcome->kind != SCL_RUN_OK)
        return 1; /* a syntax error, kept where it was found */
    outcome->kind = SCL_RUN_ERROR;
    if (lua_touserdata(L, 1) == (const void *)&unknown_end)
        outcome->kind = SCL_RUN_UNKNOWN;
    else if (lua_touserdata(L, 1) == (const void *)&not_applicable_end)
        outcome->kind = SCL_RUN_NOT_APPLICABLE;
    if (lua->reading)
        scl_outcome_set_place(outcome, *lua->reading, lua->reading_line);
    else if (find_place(L, 1, lua->raise_level, &place))
        scl_outcome_set_place(outcome, chunk_name(&place), (uint32_t)place.currentline);
    if (outcome->kind != SCL_RUN_ERROR)
        return 1;
    if (lua_type(L, 1) == LUA_TSTRING) {
        size_t len;
        const char *message = lua_tolstring(L, 1, &len);

        scl_outcome_set_raised(outcome, scl_str_n(message, len),
                               written_place(L, room, sizeof room));
        return 1;
    }
    snprintf(outcome->message_bytes, SCL_MESSAGE_ROOM, "(error object is %s%s)",
             lua_isnil(L, 1) ? "" : "a ", lua_typename(L, lua_type(L, 1)));
    outcome->message = scl_str_c(outcome->message_bytes);
    return 1;
}
