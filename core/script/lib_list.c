/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_list.c: list
 *
 * Over plain tables and lists of documents alike, entry by entry from 1. An open list of a document
 * ends the run where its end would decide; finding something before does not.
 */
#include "script/verbs.h"

#include "script/arguments.h"
#include "script/frozen.h"
#include "script/state.h"

/* Pushes entry `at`; false past the end, when nothing is pushed. */
static bool
push_entry(lua_State *L, lua_Integer at)
{
    scl_charge(L, 1);
    if (lua_geti(L, 1, at) != LUA_TNIL)
        return true;
    lua_pop(L, 1);
    return false;
}

/* Calls f(entry, index) for the entry on top of the stack; its truth. The entry stays. */
static bool
holds(lua_State *L, lua_Integer at)
{
    bool truth;

    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_pushinteger(L, at);
    lua_call(L, 2, 1);
    truth = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return truth;
}

/* Nothing in, nothing out. */
static bool
is_nothing(lua_State *L, const char *name)
{
    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return true;
    }
    scl_arg_list(L, 1, name);
    return false;
}

/* list.any(l, f) -> boolean */
static int
l_any(lua_State *L)
{
    if (is_nothing(L, "list.any"))
        return 1;
    scl_arg_function(L, 2, "list.any");
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        if (holds(L, i)) {
            lua_pushboolean(L, true);
            return 1;
        }
        lua_pop(L, 1);
    }
    lua_pushboolean(L, false);
    return 1;
}

/* list.all(l, f) -> boolean */
static int
l_all(lua_State *L)
{
    if (is_nothing(L, "list.all"))
        return 1;
    scl_arg_function(L, 2, "list.all");
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        if (!holds(L, i)) {
            lua_pushboolean(L, false);
            return 1;
        }
        lua_pop(L, 1);
    }
    lua_pushboolean(L, true);
    return 1;
}

/* list.find(l, f) -> the first entry, or nil */
static int
l_find(lua_State *L)
{
    if (is_nothing(L, "list.find"))
        return 1;
    scl_arg_function(L, 2, "list.find");
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        if (holds(L, i))
            return 1;
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 1;
}

/* list.has(l, value) -> boolean */
static int
l_has(lua_State *L)
{
    if (is_nothing(L, "list.has"))
        return 1;
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        bool same = lua_rawequal(L, -1, 2);

        lua_pop(L, 1);
        if (same) {
            lua_pushboolean(L, true);
            return 1;
        }
    }
    lua_pushboolean(L, false);
    return 1;
}

/* list.filter(l, f) -> new table */
static int
l_filter(lua_State *L)
{
    lua_Integer count = 0;

    if (is_nothing(L, "list.filter"))
        return 1;
    scl_arg_function(L, 2, "list.filter");
    lua_settop(L, 2);
    lua_newtable(L);
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        if (holds(L, i))
            lua_rawseti(L, 3, ++count);
        else
            lua_pop(L, 1);
    }
    return 1;
}

/* list.map(l, f) -> new table */
static int
l_map(lua_State *L)
{
    if (is_nothing(L, "list.map"))
        return 1;
    scl_arg_function(L, 2, "list.map");
    lua_settop(L, 2);
    lua_newtable(L);
    for (lua_Integer i = 1; push_entry(L, i); i++) {
        lua_pushvalue(L, 2);
        lua_insert(L, -2);
        lua_pushinteger(L, i);
        lua_call(L, 2, 1);
        lua_rawseti(L, 3, i);
    }
    return 1;
}

void
scl_open_lists(lua_State *L)
{
    static const struct scl_function list[] = {
        { "any", l_any }, { "all", l_all },       { "find", l_find }, { "has", l_has },
        { "map", l_map }, { "filter", l_filter }, { NULL, NULL },
    };

    scl_globals_library(L, "list", list);
}
