/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_string.c: byte, char, len, lower, rep, reverse, sub, upper, and the methods of strings
 *
 * Strings have a metatable whose `__index` are these functions. It has no arithmetic: a string is
 * no number until tonumber says so.
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/state.h"

#include <string.h>

/* The slice that positions `from` and `to` of a string mean, both counted from 1 or the end. */
static struct scl_str
slice(struct scl_str text, lua_Integer from, lua_Integer to)
{
    size_t start = scl_string_start(from, text.len), end;

    if (to > (lua_Integer)text.len)
        end = text.len;
    else if (to >= 0)
        end = (size_t)to;
    else
        end = to < -(lua_Integer)text.len ? 0 : (size_t)((lua_Integer)text.len + to + 1);
    return start < end ? scl_str_sub(text, start, end - start) : SCL_S("");
}

static int
string_sub(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.sub");
    struct scl_str piece = slice(text, scl_arg_integer(L, 2, "string.sub"),
                                 scl_arg_integer_or(L, 3, "string.sub", -1));

    scl_charge_bytes(L, piece.len);
    lua_pushlstring(L, piece.at, piece.len);
    return 1;
}

static int
string_byte(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.byte");
    lua_Integer from = scl_arg_integer_or(L, 2, "string.byte", 1);
    struct scl_str piece = slice(text, from, scl_arg_integer_or(L, 3, "string.byte", from));

    scl_charge(L, 1 + piece.len);
    if (piece.len > 100000 || !lua_checkstack(L, (int)piece.len))
        scl_raise(L, "string.byte: %zu values are too many", piece.len);
    for (size_t i = 0; i < piece.len; i++)
        lua_pushinteger(L, (unsigned char)piece.at[i]);
    return (int)piece.len;
}

static int
string_char(lua_State *L)
{
    int count = lua_gettop(L);
    struct scl_buffer buffer;

    scl_charge(L, 1 + (uint64_t)count);
    scl_buffer_init(&buffer, L, (size_t)count);
    for (int i = 1; i <= count; i++) {
        lua_Integer value = scl_arg_integer(L, i, "string.char");

        if (value < 0 || value > 255)
            scl_raise(L, "string.char: a byte is from 0 to 255");
        scl_buffer_char(&buffer, (char)(unsigned char)value);
    }
    scl_buffer_push(&buffer);
    return 1;
}

static int
string_len(lua_State *L)
{
    scl_charge(L, 1);
    lua_pushinteger(L, (lua_Integer)scl_arg_string(L, 1, "string.len").len);
    return 1;
}

static int
change_case(lua_State *L, const char *name, char (*change)(char))
{
    struct scl_str text = scl_arg_string(L, 1, name);
    struct scl_buffer buffer;
    char *at;

    scl_charge_bytes(L, text.len);
    scl_buffer_init(&buffer, L, text.len);
    at = scl_buffer_take(&buffer, text.len);
    for (size_t i = 0; i < text.len; i++)
        at[i] = change(text.at[i]);
    scl_buffer_push(&buffer);
    return 1;
}

static int
string_lower(lua_State *L)
{
    return change_case(L, "string.lower", scl_lower);
}

static int
string_upper(lua_State *L)
{
    return change_case(L, "string.upper", scl_upper);
}

static int
string_reverse(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.reverse");
    struct scl_buffer buffer;
    char *at;

    scl_charge_bytes(L, text.len);
    scl_buffer_init(&buffer, L, text.len);
    at = scl_buffer_take(&buffer, text.len);
    for (size_t i = 0; i < text.len; i++)
        at[i] = text.at[text.len - 1 - i];
    scl_buffer_push(&buffer);
    return 1;
}

static int
string_rep(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.rep");
    lua_Integer count = scl_arg_integer(L, 2, "string.rep");
    struct scl_str between = lua_isnoneornil(L, 3) ? SCL_S("") : scl_arg_string(L, 3, "string.rep");
    struct scl_buffer buffer;
    size_t each = text.len + between.len, total;

    if (count < 1 || each == 0) {
        scl_charge(L, 1);
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)count > SIZE_MAX / 2 / each)
        scl_charge_string(L, SIZE_MAX / 2);
    total = each * (size_t)count - between.len;
    scl_charge_string(L, total);
    scl_charge(L, 1 + (uint64_t)count + total / 64);
    scl_buffer_init(&buffer, L, total);
    for (lua_Integer i = 0; i < count; i++) {
        if (i > 0)
            scl_buffer_add(&buffer, between);
        scl_buffer_add(&buffer, text);
    }
    scl_buffer_push(&buffer);
    return 1;
}

void
scl_open_string(lua_State *L)
{
    static const struct scl_function functions[] = {
        { "byte", string_byte },         { "char", string_char },
        { "find", scl_string_find },     { "format", scl_string_format },
        { "gmatch", scl_string_gmatch }, { "gsub", scl_string_gsub },
        { "len", string_len },           { "lower", string_lower },
        { "match", scl_string_match },   { "rep", string_rep },
        { "reverse", string_reverse },   { "sub", string_sub },
        { "upper", string_upper },       { NULL, NULL },
    };

    scl_functions_push(L, functions);
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    scl_frozen_push(L, "string");
    scl_globals_set(L, "string");
}
