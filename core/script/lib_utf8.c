/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_utf8.c: utf8.char, codepoint, codes, len, offset, charpattern
 *
 * Strict: what is not UTF-8 by RFC 3629 is none.
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/state.h"

#include "base/utf8.h"

enum { VALUES_MAX = 100000 };

static bool
is_continuation(struct scl_str text, lua_Integer at)
{
    return at >= 0 && (size_t)at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

/* A position counted from 1 or the end, as an offset; below 0 where it is before the string. */
static lua_Integer
offset_of(lua_Integer position, size_t len)
{
    if (position >= 0)
        return position - 1;
    return position < -(lua_Integer)len ? -1 : (lua_Integer)len + position;
}

static int
utf8_char(lua_State *L)
{
    int count = lua_gettop(L);
    struct scl_buffer buffer;
    char bytes[4];

    scl_charge(L, 1 + (uint64_t)count);
    scl_buffer_init(&buffer, L, (size_t)count);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = scl_arg_integer(L, i, "utf8.char");

        if (code < 0 || code > 0x10ffff)
            scl_raise(L, "utf8.char: a code point is from 0 to 0x10FFFF");
        scl_buffer_add(&buffer, scl_str_n(bytes, scl_utf8_encode((uint32_t)code, bytes)));
    }
    scl_buffer_push(&buffer);
    return 1;
}

static int
utf8_codepoint(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "utf8.codepoint");
    lua_Integer from = scl_arg_integer_or(L, 2, "utf8.codepoint", 1);
    lua_Integer at = offset_of(from, text.len);
    lua_Integer end = offset_of(scl_arg_integer_or(L, 3, "utf8.codepoint", from), text.len);
    int count = 0;

    if (at < 0 || end >= (lua_Integer)text.len)
        scl_raise(L, "utf8.codepoint: there is no such place in the string");
    scl_charge(L, 1 + (uint64_t)(end >= at ? end - at + 1 : 0));
    while (at <= end) {
        size_t bytes;
        int32_t code = scl_utf8_decode(text.at + at, text.len - (size_t)at, &bytes);

        if (code == SCL_UTF8_BAD)
            scl_raise(L, "utf8.codepoint: byte %lld begins no code point", (long long)at + 1);
        if (++count > VALUES_MAX || !lua_checkstack(L, 1))
            scl_raise(L, "utf8.codepoint: so many values are too many");
        lua_pushinteger(L, code);
        at += (lua_Integer)bytes;
    }
    return count;
}

static int
utf8_len(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "utf8.len");
    lua_Integer at = offset_of(scl_arg_integer_or(L, 2, "utf8.len", 1), text.len);
    lua_Integer end = offset_of(scl_arg_integer_or(L, 3, "utf8.len", -1), text.len);
    lua_Integer count = 0;

    if (at < 0 || at > (lua_Integer)text.len || end >= (lua_Integer)text.len)
        scl_raise(L, "utf8.len: there is no such place in the string");
    scl_charge(L, 1 + (uint64_t)(end >= at ? (end - at) / 8 : 0));
    while (at <= end) {
        size_t bytes;

        if (scl_utf8_decode(text.at + at, text.len - (size_t)at, &bytes) == SCL_UTF8_BAD) {
            lua_pushnil(L);
            lua_pushinteger(L, at + 1);
            return 2;
        }
        at += (lua_Integer)bytes;
        count++;
    }
    lua_pushinteger(L, count);
    return 1;
}

/* Goes `steps` characters on (back, where negative) from `at`; how many steps were left over. */
static lua_Integer
walk(struct scl_str text, lua_Integer *at, lua_Integer steps)
{
    while (steps < 0 && *at > 0) {
        do {
            --*at;
        } while (*at > 0 && is_continuation(text, *at));
        steps++;
    }
    while (steps > 0 && *at < (lua_Integer)text.len) {
        do {
            ++*at;
        } while (is_continuation(text, *at));
        steps--;
    }
    return steps;
}

static int
utf8_offset(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "utf8.offset");
    lua_Integer n = scl_arg_integer(L, 2, "utf8.offset"), left = 0, at;

    at = offset_of(scl_arg_integer_or(L, 3, "utf8.offset", n > 0 ? 1 : (lua_Integer)text.len + 1),
                   text.len);
    if (at < 0 || at > (lua_Integer)text.len)
        scl_raise(L, "utf8.offset: there is no such place in the string");
    scl_charge(L, 1 + text.len / 8);
    if (n == 0) {
        while (at > 0 && is_continuation(text, at))
            at--;
    } else if (is_continuation(text, at)) {
        scl_raise(L, "utf8.offset: the place is inside a character");
    } else {
        left = walk(text, &at, n > 0 ? n - 1 : n);
    }
    if (left == 0)
        lua_pushinteger(L, at + 1);
    else
        lua_pushnil(L);
    return 1;
}

static int
codes_step(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "utf8.codes");
    lua_Integer at = scl_arg_integer(L, 2, "utf8.codes");
    size_t bytes;
    int32_t code;

    scl_charge(L, 1);
    if (at < 0)
        at = 0;
    while (is_continuation(text, at))
        at++;
    if ((size_t)at >= text.len)
        return 0;
    code = scl_utf8_decode(text.at + at, text.len - (size_t)at, &bytes);
    if (code == SCL_UTF8_BAD)
        scl_raise(L, "utf8.codes: byte %lld begins no code point", (long long)at + 1);
    if (is_continuation(text, at + (lua_Integer)bytes))
        scl_raise(L, "utf8.codes: byte %lld continues no code point",
                  (long long)at + (long long)bytes + 1);
    lua_pushinteger(L, at + 1);
    lua_pushinteger(L, code);
    return 2;
}

static int
utf8_codes(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "utf8.codes");

    scl_charge(L, 1);
    if (is_continuation(text, 0))
        scl_raise(L, "utf8.codes: byte 1 continues no code point");
    lua_pushcfunction(L, codes_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

void
scl_open_utf8(lua_State *L)
{
    static const struct scl_function functions[] = {
        { "char", utf8_char }, { "codepoint", utf8_codepoint }, { "codes", utf8_codes },
        { "len", utf8_len },   { "offset", utf8_offset },       { NULL, NULL },
    };
    static const char pattern[] = "[\0-\x7F\xC2-\xFD][\x80-\xBF]*";

    scl_functions_push(L, functions);
    lua_pushlstring(L, pattern, sizeof pattern - 1);
    lua_setfield(L, -2, "charpattern");
    scl_frozen_push(L, "utf8");
    scl_globals_set(L, "utf8");
}
