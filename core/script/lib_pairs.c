/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_pairs.c: the keys of a table, in order
 *
 * 1 up to the first that is missing, then other numbers ascending, then strings by bytes. The keys
 * are collected when the loop begins; one whose value is nil by the time its turn comes is passed
 * over, and one that was added since is not seen.
 */
#include "script/arguments.h"
#include "script/libraries.h"
#include "script/order.h"
#include "script/state.h"

enum { TABLE = 1, KEYS, RUN, NEXT }; /* upvalues of the iterator */

static int
next_pair(lua_State *L)
{
    lua_Integer run = lua_tointeger(L, lua_upvalueindex(RUN));
    lua_Integer next = lua_tointeger(L, lua_upvalueindex(NEXT));
    int type = LUA_TNIL;

    scl_charge_lookups(L, 1);
    lua_settop(L, 0);
    while (type == LUA_TNIL) {
        lua_settop(L, 0);
        next++;
        if (next <= run) {
            lua_pushinteger(L, next);
        } else if (lua_isnil(L, lua_upvalueindex(KEYS)) ||
                   lua_rawgeti(L, lua_upvalueindex(KEYS), next - run) == LUA_TNIL) {
            lua_settop(L, 0);
            lua_pushnil(L);
            return 1;
        }
        lua_pushvalue(L, 1);
        type = lua_rawget(L, lua_upvalueindex(TABLE));
        if (type == LUA_TNIL)
            scl_charge_lookups(L, 1);
    }
    lua_pushinteger(L, next);
    lua_replace(L, lua_upvalueindex(NEXT));
    return 2;
}

/* How many values stand from 1 on without a gap. */
static lua_Integer
run_length(lua_State *L)
{
    lua_Integer run = 0;

    while (lua_rawgeti(L, 1, run + 1) != LUA_TNIL) {
        lua_pop(L, 1);
        run++;
        scl_charge_lookups(L, 1);
    }
    lua_pop(L, 1);
    return run;
}

static bool
is_in_run(lua_State *L, int index, lua_Integer run)
{
    return lua_isinteger(L, index) && lua_tointeger(L, index) >= 1 &&
           lua_tointeger(L, index) <= run;
}

static uint32_t
count_others(lua_State *L, lua_Integer run)
{
    uint32_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (!is_in_run(L, -1, run))
            count++;
        scl_charge_lookups(L, 2);
    }
    return count;
}

static void
read_others(lua_State *L, lua_Integer run, struct scl_order *items)
{
    uint32_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (is_in_run(L, -1, run))
            continue;
        items[count].index = count;
        if (!scl_order_read(L, -1, &items[count++]))
            scl_raise(L, "pairs: keys of type %s cannot be ordered",
                      lua_typename(L, lua_type(L, -1)));
    }
}

static void
push_key(lua_State *L, const struct scl_order *item)
{
    if (item->kind == SCL_ORDER_INTEGER)
        lua_pushinteger(L, item->value.integer);
    else if (item->kind == SCL_ORDER_FLOAT)
        lua_pushnumber(L, item->value.number);
    else
        lua_pushlstring(L, item->value.string.at, item->value.string.len);
}

/* Pushes the keys that are not in the run as a list, or nil. */
static void
push_others(lua_State *L, lua_Integer run)
{
    uint32_t count = count_others(L, run);
    struct scl_order *items;

    if (count == 0) {
        lua_pushnil(L);
        return;
    }
    items = lua_newuserdatauv(L, 2 * (size_t)count * sizeof *items, 0);
    read_others(L, run, items);
    scl_order_sort(L, items, items + count, count);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        push_key(L, &items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
}

int
scl_pairs(lua_State *L)
{
    lua_Integer run;

    scl_charge(L, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TUSERDATA && lua_getmetatable(L, 1)) {
        lua_pushliteral(L, "__pairs");
        if (lua_rawget(L, -2) == LUA_TFUNCTION) {
            lua_pushvalue(L, 1);
            lua_call(L, 1, 3);
            return 3;
        }
    }
    if (lua_type(L, 1) != LUA_TTABLE)
        scl_arg_refuse(L, 1, "pairs", "a table");
    run = run_length(L);
    lua_pushvalue(L, 1);
    push_others(L, run);
    lua_pushinteger(L, run);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 4);
    return 1;
}
