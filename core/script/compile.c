/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compile.c: texts become functions
 *
 * The parser gets a text in slices, each paid for before it is seen. A text that begins with the
 * byte of compiled chunks is refused before Lua looks at it, and Lua is told to take text only.
 */
#include "script/parse_cost.h"
#include "script/state_private.h"

#include "script/frozen.h"

enum { SLICE = 256 };

struct reader {
    struct scl_lua *lua;
    struct scl_str rest;
    struct scl_parse_cost cost;
};

static const char *
read_slice(lua_State *L, void *context, size_t *ret_len)
{
    struct reader *reader = context;
    struct scl_str slice = scl_str_sub(reader->rest, 0, SLICE);
    uint64_t steps = reader->cost.steps;

    (void)L;
    *ret_len = 0;
    reader->lua->reading_line = reader->cost.line;
    scl_parse_cost_feed(&reader->cost, slice);
    if (reader->cost.indexes_too_often || slice.len == 0)
        return NULL;
    scl_lua_spend(reader->lua, reader->cost.steps - steps);
    reader->rest = scl_str_sub(reader->rest, slice.len, reader->rest.len);
    *ret_len = slice.len;
    return slice.at;
}

/* Ends the run at a line of the text. */
static _Noreturn void
refuse(lua_State *L, struct scl_str name, uint32_t line, const char *message)
{
    struct scl_lua *lua = scl_lua_from(L);

    lua->reading = &name;
    lua->reading_line = line;
    scl_raise(L, "%s", message);
}

static _Noreturn void
fail(lua_State *L, struct reader *reader, struct scl_str name, int status)
{
    struct scl_lua *lua = reader->lua;

    if (status == LUA_ERRMEM)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_MEMORY, lua->limits.memory, lua->limits.memory);
    if (reader->cost.indexes_too_often)
        refuse(L, name, reader->cost.line, "an expression indexes more than 400 times in a row");
    if (status == LUA_ERRSYNTAX) {
        size_t len = 0;
        const char *message = lua_tolstring(L, -1, &len);

        lua->outcome.kind = SCL_RUN_ERROR;
        scl_outcome_set_syntax(&lua->outcome, scl_str_n(message, len), name);
    }
    /* whatever else was raised has been kept already, and is raised again as it was */
    lua_error(L);
    scl_end_memory(L);
}

void
scl_lua_compile(lua_State *L, struct scl_str name, struct scl_str text)
{
    struct scl_lua *lua = scl_lua_from(L);
    struct reader reader = { .lua = lua, .rest = text };
    int status;

    lua->reading = &name;
    lua->reading_line = 0;
    if (text.len > lua->limits.policy_bytes)
        scl_lua_kill_limit(lua, SCANTLING_LIMIT_POLICY_BYTES, lua->limits.policy_bytes, text.len);
    if (text.len && text.at[0] == LUA_SIGNATURE[0])
        refuse(L, name, 1, "is a compiled chunk, not a text");
    if (scl_str_starts(text, SCL_S("\xEF\xBB\xBF")))
        reader.rest = scl_str_sub(text, 3, text.len);
    scl_parse_cost_init(&reader.cost);
    lua_pushliteral(L, "@");
    lua_pushlstring(L, name.at ? name.at : "", name.len);
    lua_concat(L, 2);
    status = lua_load(L, read_slice, &reader, lua_tostring(L, -1), "t");
    lua_remove(L, -2);
    if (status != LUA_OK || reader.cost.indexes_too_often)
        fail(L, &reader, name, status);
    lua->reading = NULL;
    scl_globals_push(L);
    lua_setupvalue(L, -2, 1);
}
