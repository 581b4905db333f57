/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_base.c: assert, error, ipairs, print, select, tonumber, tostring, type
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/state_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int
base_assert(lua_State *L)
{
    scl_charge(L, 1);
    scl_arg_any(L, 1, "assert");
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_isnoneornil(L, 2))
        scl_raise(L, "assertion failed");
    lua_settop(L, 2);
    return lua_error(L);
}

static int
base_error(lua_State *L)
{
    lua_Integer level = scl_arg_integer_or(L, 2, "error", 1);

    scl_charge(L, 1);
    scl_lua_from(L)->raise_level = level == 2 ? 1 : 0;
    lua_settop(L, 1);
    return lua_error(L);
}

static int
ipairs_step(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, 2);

    scl_charge_lookups(L, 1);
    lua_settop(L, 2);
    if (!lua_istable(L, 1) && !lua_isuserdata(L, 1))
        scl_arg_refuse(L, 1, "ipairs", "a list");
    i = (lua_Integer)((lua_Unsigned)i + 1);
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int
base_ipairs(lua_State *L)
{
    scl_charge(L, 1);
    if (lua_type(L, 1) != LUA_TTABLE && lua_type(L, 1) != LUA_TUSERDATA)
        scl_arg_refuse(L, 1, "ipairs", "a list");
    lua_pushcfunction(L, ipairs_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int
base_print(lua_State *L)
{
    int count = lua_gettop(L);
    struct scl_buffer line;

    scl_charge(L, 1);
    scl_buffer_init(&line, L, 64);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            scl_buffer_char(&line, '\t');
        lua_pushvalue(L, i);
        scl_buffer_value(&line);
    }
    scl_charge_bytes(L, line.len);
    scl_lua_print(scl_lua_from(L), scl_str_n(line.at, line.len));
    return 0;
}

static int
base_select(lua_State *L)
{
    int count = lua_gettop(L);
    lua_Integer n;

    scl_charge(L, 1 + (uint64_t)count);
    if (lua_type(L, 1) == LUA_TSTRING) {
        if (!scl_str_is(scl_arg_string(L, 1, "select"), "#"))
            scl_arg_refuse(L, 1, "select", "a whole number or '#'");
        lua_pushinteger(L, count - 1);
        return 1;
    }
    n = scl_arg_integer(L, 1, "select");
    if (n < 0)
        n = count + n;
    else if (n > count)
        n = count;
    if (n < 1)
        scl_raise(L, "select: there is no argument at that place");
    return count - (int)n;
}

static int
digit_value(char byte)
{
    if (scl_is_digit(byte))
        return byte - '0';
    return scl_is_alpha(byte) ? scl_lower(byte) - 'a' + 10 : 99;
}

/* A whole number in another base, wrapping around as Lua's own do. */
static bool
read_in_base(struct scl_str text, int base, lua_Integer *ret_value)
{
    lua_Unsigned value = 0;
    bool is_negative;

    text = scl_str_trim(text);
    is_negative = text.len && text.at[0] == '-';
    text = scl_str_sub(text, is_negative, text.len);
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = digit_value(text.at[i]);

        if (digit >= base)
            return false;
        value = value * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    *ret_value = (lua_Integer)(is_negative ? 0u - value : value);
    return true;
}

static int
base_tonumber(lua_State *L)
{
    size_t len;
    const char *at;

    scl_charge(L, 1);
    scl_arg_any(L, 1, "tonumber");
    if (!lua_isnoneornil(L, 2)) {
        lua_Integer base = scl_arg_integer(L, 2, "tonumber"), value;
        struct scl_str text;

        if (lua_type(L, 1) != LUA_TSTRING)
            scl_arg_refuse(L, 1, "tonumber", "a string");
        if (base < 2 || base > 36)
            scl_raise(L, "tonumber: the base must be from 2 to 36");
        text = scl_arg_string(L, 1, "tonumber");
        scl_charge_bytes(L, text.len * 8);
        if (read_in_base(text, (int)base, &value))
            lua_pushinteger(L, value);
        else
            lua_pushnil(L);
        return 1;
    }
    if (lua_type(L, 1) == LUA_TSTRING) {
        at = lua_tolstring(L, 1, &len);
        scl_charge_bytes(L, len * 8);
        if (lua_stringtonumber(L, at) == len + 1)
            return 1;
    }
    if (lua_type(L, 1) == LUA_TNUMBER)
        lua_pushvalue(L, 1);
    else
        lua_pushnil(L);
    return 1;
}

struct scl_str
scl_number_text(lua_State *L, int index, char room[SCL_NUMBER_ROOM])
{
    int len;

    if (lua_isinteger(L, index)) {
        len = snprintf(room, SCL_NUMBER_ROOM, "%lld", (long long)lua_tointeger(L, index));
    } else {
        lua_Number number = lua_tonumber(L, index);

        if (isnan(number))
            return SCL_S("nan"); /* its sign hangs on the machine */
        len = snprintf(room, SCL_NUMBER_ROOM, "%.14g", number);
        if (len > 0 && room[strspn(room, "-0123456789")] == '\0') {
            room[len++] = '.';
            room[len++] = '0';
        }
    }
    return scl_str_n(room, len > 0 ? (size_t)len : 0);
}

/* What a value of the engine calls itself: by its `__tostring`, else its `__name`. */
static bool
push_own_text(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index))
        return false;
    lua_pushliteral(L, "__tostring");
    if (lua_rawget(L, -2) == LUA_TFUNCTION) {
        lua_remove(L, -2);
        lua_pushvalue(L, index);
        lua_call(L, 1, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            return true;
    } else {
        lua_pop(L, 1);
        lua_pushliteral(L, "__name");
        if (lua_rawget(L, -2) == LUA_TSTRING) {
            lua_remove(L, -2);
            return true;
        }
        lua_remove(L, -2);
    }
    lua_pop(L, 1);
    return false;
}

void
scl_tostring_push(lua_State *L, int index)
{
    char room[SCL_NUMBER_ROOM];
    struct scl_str text;

    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TNUMBER:
        text = scl_number_text(L, index, room);
        lua_pushlstring(L, text.at, text.len);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TNIL:
        lua_pushliteral(L, "nil");
        break;
    default:
        if (!push_own_text(L, index))
            lua_pushstring(L, lua_typename(L, lua_type(L, index)));
        break;
    }
}

static int
base_tostring(lua_State *L)
{
    scl_charge(L, 1);
    scl_arg_any(L, 1, "tostring");
    scl_tostring_push(L, 1);
    return 1;
}

static int
base_type(lua_State *L)
{
    scl_charge(L, 1);
    scl_arg_any(L, 1, "type");
    lua_pushstring(L, lua_typename(L, lua_type(L, 1)));
    return 1;
}

void
scl_open_base(lua_State *L)
{
    static const struct scl_function functions[] = {
        { "assert", base_assert },     { "error", base_error },
        { "ipairs", base_ipairs },     { "pairs", scl_pairs },
        { "print", base_print },       { "select", base_select },
        { "tonumber", base_tonumber }, { "tostring", base_tostring },
        { "type", base_type },         { NULL, NULL },
    };

    for (const struct scl_function *row = functions; row->name; row++) {
        lua_pushcfunction(L, row->function);
        scl_globals_set(L, row->name);
    }
}
