/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_table.c: concat, insert, pack, remove, unpack
 *
 * What writes takes plain tables only and sees them raw; what reads takes lists of documents too.
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/state.h"

enum { UNPACKED_MAX = 200000 };

/* How many there are from `from` to `to`; of all whole numbers, one less than there are. */
static lua_Unsigned
range_length(lua_Integer from, lua_Integer to)
{
    lua_Unsigned gap = (lua_Unsigned)to - (lua_Unsigned)from;

    if (from > to)
        return 0;
    return gap == UINT64_MAX ? gap : gap + 1;
}

static void
push_entry(lua_State *L, lua_Integer i)
{
    int type = lua_geti(L, 1, i);

    scl_charge_lookups(L, 1);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        scl_raise(L, "table.concat: entry %lld is %s, not a string", (long long)i,
                  scl_type_words(L, -1));
}

static int
table_concat(lua_State *L)
{
    struct scl_str between;
    struct scl_buffer buffer;
    lua_Integer from, to;

    scl_charge(L, 1);
    scl_arg_list(L, 1, "table.concat");
    between = lua_isnoneornil(L, 2) ? SCL_S("") : scl_arg_string(L, 2, "table.concat");
    from = scl_arg_integer_or(L, 3, "table.concat", 1);
    to = lua_isnoneornil(L, 4) ? scl_list_length(L, 1) : scl_arg_integer(L, 4, "table.concat");
    scl_buffer_init(&buffer, L, 64);
    while (from <= to) {
        push_entry(L, from);
        scl_buffer_value(&buffer);
        if (from == to)
            break;
        scl_buffer_add(&buffer, between);
        from++;
    }
    scl_charge_bytes(L, buffer.len);
    scl_buffer_push(&buffer);
    return 1;
}

static int
table_insert(lua_State *L)
{
    lua_Integer length, at;

    scl_arg_table(L, 1, "table.insert");
    length = (lua_Integer)lua_rawlen(L, 1);
    if (lua_gettop(L) == 2) {
        at = length + 1;
    } else if (lua_gettop(L) == 3) {
        at = scl_arg_integer(L, 2, "table.insert");
        if (at < 1 || at > length + 1)
            scl_raise(L, "table.insert: place %lld is not in the list", (long long)at);
    } else {
        scl_raise(L, "table.insert: takes a table, perhaps a place, and a value");
    }
    scl_charge_lookups(L, 1 + (uint64_t)(length + 1 - at));
    for (lua_Integer i = length; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int
table_remove(lua_State *L)
{
    lua_Integer length, at;

    scl_arg_table(L, 1, "table.remove");
    length = (lua_Integer)lua_rawlen(L, 1);
    at = scl_arg_integer_or(L, 2, "table.remove", length);
    if (!lua_isnoneornil(L, 2) && at != length && (at < 1 || at > length + 1))
        scl_raise(L, "table.remove: place %lld is not in the list", (long long)at);
    scl_charge_lookups(L, 1 + (uint64_t)(at < length ? length - at : 0));
    lua_rawgeti(L, 1, at);
    for (; at < length; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

static int
table_pack(lua_State *L)
{
    int count = lua_gettop(L);

    scl_charge(L, 1 + (uint64_t)count);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int
table_unpack(lua_State *L)
{
    lua_Integer from, to;
    lua_Unsigned count;

    scl_arg_list(L, 1, "table.unpack");
    from = scl_arg_integer_or(L, 2, "table.unpack", 1);
    to = lua_isnoneornil(L, 3) ? scl_list_length(L, 1) : scl_arg_integer(L, 3, "table.unpack");
    count = range_length(from, to);
    if (count > UNPACKED_MAX || !lua_checkstack(L, (int)count))
        scl_raise(L, "table.unpack: %llu values are too many", (unsigned long long)count);
    scl_charge_lookups(L, 1 + count);
    for (lua_Unsigned i = 0; i < count; i++)
        lua_geti(L, 1, (lua_Integer)((lua_Unsigned)from + i));
    return (int)count;
}

void
scl_open_table(lua_State *L)
{
    static const struct scl_function functions[] = {
        { "concat", table_concat }, { "insert", table_insert },   { "pack", table_pack },
        { "remove", table_remove }, { "sort", scl_table_sort },   { "unpack", table_unpack },
        { NULL, NULL },
    };

    scl_globals_library(L, "table", functions);
}
