/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_sort.c: table.sort
 *
 * A stable merge sort, so that ties cannot show where a value lay in memory. Without a function,
 * numbers or strings are sorted as an array of C. With one, values move between two tables of our
 * own: whatever the function answers or does to the sorted table, the sort ends after the same
 * number of calls at most, and every value comes back once.
 */
#include "script/arguments.h"
#include "script/libraries.h"
#include "script/order.h"
#include "script/state.h"

enum { TABLE = 1, LESS = 2, FROM = 3, TO = 4 }; /* slots */

enum { SORTED_MAX = 1 << 24 };

static void
sort_values(lua_State *L, uint32_t count)
{
    struct scl_order *items = lua_newuserdatauv(L, 2 * (size_t)count * sizeof *items, 0);

    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        int type = lua_rawgeti(L, TABLE, (lua_Integer)i + 1);

        items[i].index = i + 1;
        if (!scl_order_read(L, -1, &items[i]))
            scl_raise(L, "table.sort: entry %u is %s; give a function that compares", i + 1,
                      type == LUA_TNUMBER ? "not a number (nan)" : scl_type_words(L, -1));
        if ((items[i].kind == SCL_ORDER_STRING) != (items[0].kind == SCL_ORDER_STRING))
            scl_raise(L, "table.sort: entry %u is %s and the first is not", i + 1,
                      scl_type_words(L, -1));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    scl_order_sort(L, items, items + count, count);
    for (uint32_t i = 0; i < count; i++) {
        lua_rawgeti(L, -1, items[i].index);
        lua_rawseti(L, TABLE, (lua_Integer)i + 1);
    }
}

/* Whether the function says that entry `a` of FROM comes before entry `b`. */
static bool
is_less(lua_State *L, uint32_t a, uint32_t b)
{
    bool less;

    lua_pushvalue(L, LESS);
    lua_rawgeti(L, FROM, (lua_Integer)a + 1);
    lua_rawgeti(L, FROM, (lua_Integer)b + 1);
    lua_call(L, 2, 1);
    less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

static void
merge(lua_State *L, uint32_t start, uint32_t middle, uint32_t end)
{
    uint32_t left = start, right = middle;

    scl_charge_lookups(L, end - start);
    for (uint32_t i = start; i < end; i++) {
        bool takes_right = left >= middle || (right < end && is_less(L, right, left));

        lua_rawgeti(L, FROM, (lua_Integer)(takes_right ? right++ : left++) + 1);
        lua_rawseti(L, TO, (lua_Integer)i + 1);
    }
}

static void
copy_values(lua_State *L, int from, int to, uint32_t count)
{
    for (uint32_t i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, i);
    }
}

static void
sort_with_function(lua_State *L, uint32_t count)
{
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    copy_values(L, TABLE, FROM, count);
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            uint32_t middle = count - start < width ? count : start + width;
            uint32_t end = count - start < 2 * width ? count : start + 2 * width;

            merge(L, start, middle, end);
        }
        lua_insert(L, FROM); /* the two change places */
    }
    copy_values(L, FROM, TABLE, count);
}

int
scl_table_sort(lua_State *L)
{
    lua_Unsigned length;

    scl_arg_table(L, TABLE, "table.sort");
    if (!lua_isnoneornil(L, LESS))
        scl_arg_function(L, LESS, "table.sort");
    lua_settop(L, 2);
    length = lua_rawlen(L, TABLE);
    if (length > SORTED_MAX)
        scl_raise(L, "table.sort: %llu entries are too many", (unsigned long long)length);
    scl_charge_lookups(L, 1 + 2 * length);
    if (length < 2)
        return 0;
    if (lua_isnil(L, LESS))
        sort_values(L, (uint32_t)length);
    else
        sort_with_function(L, (uint32_t)length);
    return 0;
}
