/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_frozen.c: values that other layers give to policies
 *
 * `pair` is a userdata as the proxies of documents are: a list of two strings that can be indexed,
 * measured, walked and printed, all by C functions.
 */
#include "chunk.h"

#include "script/arguments.h"
#include "script/buffer.h"

static const char *const entries[] = { "one", "two" };

static int
pair_index(lua_State *L)
{
    lua_Integer i = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;

    if (i >= 1 && i <= 2)
        lua_pushstring(L, entries[i - 1]);
    else
        lua_pushnil(L);
    return 1;
}

static int
pair_length(lua_State *L)
{
    lua_pushinteger(L, 2);
    return 1;
}

static int
pair_next(lua_State *L)
{
    lua_Integer i = lua_isnil(L, 2) ? 0 : lua_tointeger(L, 2);

    if (i == 2)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_pushstring(L, entries[i]);
    return 2;
}

static int
pair_pairs(lua_State *L)
{
    lua_pushcfunction(L, pair_next);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int
pair_text(lua_State *L)
{
    lua_pushstring(L, "one, two");
    return 1;
}

/* Says what its arguments are, by every reader of arguments.h. */
static int
read_arguments(lua_State *L)
{
    struct scl_buffer buffer;
    struct scl_str text = scl_arg_string(L, 1, "read");
    lua_Integer whole = scl_arg_integer(L, 2, "read");

    scl_arg_list(L, 3, "read");
    scl_arg_function(L, 4, "read");
    scl_buffer_init(&buffer, L, 0);
    scl_buffer_add(&buffer, text);
    scl_buffer_fill(&buffer, '.', (size_t)whole);
    lua_pushinteger(L, scl_list_length(L, 3));
    scl_buffer_value(&buffer);
    lua_pushvalue(L, 3);
    scl_buffer_value(&buffer);
    scl_buffer_push(&buffer);
    return 1;
}

static void
add_values(lua_State *L, void *context)
{
    static const struct scl_function metamethods[] = {
        { "__index", pair_index }, { "__len", pair_length },      { "__pairs", pair_pairs },
        { "__tostring", pair_text }, { NULL, NULL },
    };
    static const struct scl_function functions[] = { { "read", read_arguments }, { NULL, NULL } };

    (void)context;
    lua_newuserdatauv(L, 0, 0);
    scl_functions_push(L, metamethods);
    lua_setmetatable(L, -2);
    scl_globals_set(L, "pair");
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    lua_pushstring(L, "a thing");
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    scl_globals_set(L, "thing");
    scl_globals_library(L, "probe", functions);
    lua_newtable(L);
    lua_pushinteger(L, 30);
    lua_setfield(L, -2, "max_days");
    lua_pushinteger(L, 31);
    lua_setfield(L, -2, "max_size");
    scl_frozen_push(L, "params");
    scl_globals_set(L, "params");
}

static struct scl_lua *
state_with_values(void)
{
    struct scl_lua_limits limits = { 0 };
    struct scl_lua *lua = scl_lua_new(&limits, NULL);

    assert_non_null(lua);
    assert_int_equal(scl_lua_run(lua, add_values, NULL, NULL), SCL_RUN_OK);
    assert_true(scl_lua_snapshot(lua, NULL));
    return lua;
}

static void
check_rows(const struct chunk_row *rows, size_t count)
{
    struct scl_lua *lua = state_with_values();
    static struct chunk chunk;

    for (size_t i = 0; i < count; i++)
        check_text(chunk_run(lua, &chunk, rows[i].text), rows[i].expected, rows[i].text);
    scl_lua_free(lua);
}

static void
lists_of_documents_are_read_as_tables_are(void **state)
{
    static const struct chunk_row rows[] = {
        { "return pair[1], pair[2], pair[3], #pair", "one|two|nil|2" },
        { "local t = {} for i, v in ipairs(pair) do t[i] = i .. v end return table.concat(t, ' ')",
          "1one 2two" },
        { "local t = {} for i, v in pairs(pair) do t[i] = i .. v end return table.concat(t, ' ')",
          "1one 2two" },
        { "return table.concat(pair, '+'), table.unpack(pair)", "one+two|one|two" },
        { "return tostring(pair), string.format('%s|%8.3s', pair, pair), pair",
          "one, two|one, two|     one|one, two" },
        { "return thing, type(thing), type(pair)", "a thing|userdata|userdata" },
        { "return (('a b'):gsub('%a', { a = pair }))", "!string.gsub: a replacement is a userdata, "
                                                       "not a string" },
        { "table.insert(pair, 'x')", "!table.insert: first argument is a userdata, not a table" },
        { "table.sort(pair)", "!table.sort: first argument is a userdata, not a table" },
        { "return table.concat(thing)", "!table.concat: first argument is a thing, not a list" },
        { "for _ in pairs(thing) do end", "!pairs: first argument is a thing, not a table" },
        { "pair.x = 1", "!indexes a userdata: global 'pair'" },
        { "return thing.x", "!indexes a thing: global 'thing'" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
frozen_tables_are_strict(void **state)
{
    static const struct chunk_row rows[] = {
        { "return params.max_days", "30" },
        { "return params.max_day", "!params has no 'max_day'; did you mean 'max_days'?" },
        { "return params.max_siye", "!params has no 'max_siye'; did you mean 'max_size'?" },
        { "return params.other", "!params has no 'other'" },
        { "return params[1]", "!params is indexed by a number, not by a name" },
        { "params.max_days = 1", "!params cannot be written; it has no place for 'max_days'" },
        { "local s = 0 for k, v in pairs(params) do s = s + v end return s", "61" },
        { "return tostring(params)", "params" },
        { "local step, state = pairs(params) return state", "nil" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
arguments_are_read_by_type(void **state)
{
    static const struct chunk_row rows[] = {
        { "return probe.read('x', 3, pair, print)", "x...2one, two" },
        { "return probe.read(1.5, 0.0, {}, print)", "1.50table" },
        { "return probe.read(nil)", "!read: first argument is nil, not a string" },
        { "return probe.read('x', true)", "!read: second argument is true, not a whole number" },
        { "return probe.read('x', 1, thing)", "!read: third argument is a thing, not a list" },
        { "return probe.read('x', 1, {}, {})",
          "!read: fourth argument is a table, not a function" },
        { "return probe.read('x', 1 << 40, {}, print)",
          "!makes a string over the limit of 1048576 bytes (limit string_bytes)" },
        { "return probe.reed", "!probe has no 'reed'; did you mean 'read'?" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

SUITE(
    CASE(lists_of_documents_are_read_as_tables_are),
    CASE(frozen_tables_are_strict),
    CASE(arguments_are_read_by_type))
