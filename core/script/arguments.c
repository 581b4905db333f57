/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arguments.c: what C functions are called with
 */
#include "script/arguments.h"

#include "script/libraries.h"
#include "script/state.h"

#include <string.h>

const char *
scl_type_words(lua_State *L, int index)
{
    static const char *const words[] = { "nil",       "",          "a userdata", "a number",
                                         "a string",  "a table",   "a function", "a userdata",
                                         "a coroutine" };
    int type = lua_type(L, index);
    const char *name = NULL;

    if (type == LUA_TNONE)
        return "missing";
    if (type == LUA_TBOOLEAN)
        return lua_toboolean(L, index) ? "true" : "false";
    if (type == LUA_TUSERDATA && lua_getmetatable(L, index)) {
        lua_pushliteral(L, "__name");
        if (lua_rawget(L, -2) == LUA_TSTRING)
            name = lua_tostring(L, -1);
        lua_pop(L, 2); /* the metatable keeps the name */
    }
    return name ? name : words[type];
}

void
scl_arg_refuse(lua_State *L, int index, const char *name, const char *wanted)
{
    static const char *const ordinals[] = { "zeroth", "first", "second", "third", "fourth",
                                            "fifth" };
    const char *is = scl_type_words(L, index);

    if (index < (int)(sizeof ordinals / sizeof ordinals[0]))
        scl_raise(L, "%s: %s argument is %s, not %s", name, ordinals[index], is, wanted);
    scl_raise(L, "%s: argument %d is %s, not %s", name, index, is, wanted);
}

struct scl_str
scl_arg_string(lua_State *L, int index, const char *name)
{
    char room[SCL_NUMBER_ROOM];
    const char *at;
    size_t len;

    if (lua_type(L, index) == LUA_TNUMBER) {
        struct scl_str text = scl_number_text(L, index, room);

        lua_pushlstring(L, text.at, text.len);
        lua_replace(L, index);
    } else if (lua_type(L, index) != LUA_TSTRING) {
        scl_arg_refuse(L, index, name, "a string");
    }
    at = lua_tolstring(L, index, &len);
    return scl_str_n(at, len);
}

lua_Integer
scl_arg_integer(lua_State *L, int index, const char *name)
{
    int is_integer = 0;
    lua_Integer value = 0;

    if (lua_type(L, index) == LUA_TNUMBER) {
        value = lua_tointegerx(L, index, &is_integer);
        if (!is_integer) {
            char room[SCL_NUMBER_ROOM];
            struct scl_str text = scl_number_text(L, index, room);

            scl_raise(L, "%s: %.*s is not a whole number", name, SCL_ARG(text));
        }
    } else {
        scl_arg_refuse(L, index, name, "a whole number");
    }
    return value;
}

lua_Integer
scl_arg_integer_or(lua_State *L, int index, const char *name, lua_Integer absent)
{
    return lua_isnoneornil(L, index) ? absent : scl_arg_integer(L, index, name);
}

lua_Number
scl_arg_number(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        scl_arg_refuse(L, index, name, "a number");
    return lua_tonumber(L, index);
}

void
scl_arg_table(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TTABLE)
        scl_arg_refuse(L, index, name, "a table");
}

static bool
has_metafield(lua_State *L, int index, const char *field)
{
    bool has;

    if (!lua_getmetatable(L, index))
        return false;
    lua_pushstring(L, field);
    has = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return has;
}

bool
scl_is_list(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TTABLE ||
           (lua_type(L, index) == LUA_TUSERDATA && has_metafield(L, index, "__len") &&
            has_metafield(L, index, "__index"));
}

void
scl_arg_list(lua_State *L, int index, const char *name)
{
    if (!scl_is_list(L, index))
        scl_arg_refuse(L, index, name, "a list");
}

void
scl_arg_function(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TFUNCTION)
        scl_arg_refuse(L, index, name, "a function");
}

void
scl_arg_any(lua_State *L, int index, const char *name)
{
    if (lua_isnone(L, index))
        scl_arg_refuse(L, index, name, "a value");
}

bool
scl_arg_entry(lua_State *L, int index, lua_Integer at, const char *name, struct scl_str *ret)
{
    int type = lua_geti(L, index, at);

    scl_charge(L, 1);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return false;
    }
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        scl_raise(L, "%s: entry %lld of the list is %s, not a string", name, (long long)at,
                  scl_type_words(L, -1));
    *ret = scl_arg_string(L, lua_gettop(L), name);
    return true;
}

lua_Integer
scl_list_length(lua_State *L, int index)
{
    lua_Integer length;

    if (lua_type(L, index) == LUA_TTABLE)
        return (lua_Integer)lua_rawlen(L, index);
    lua_len(L, index);
    length = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return length;
}
