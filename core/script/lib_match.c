/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_match.c: string.find, match, gmatch, gsub
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/match.h"
#include "script/state.h"

#include <string.h>

size_t
scl_string_start(lua_Integer position, size_t len)
{
    if (position > 0)
        return (lua_Unsigned)position - 1 < len ? (size_t)position - 1 : len;
    if (position == 0 || position < -(lua_Integer)len)
        return 0;
    return (size_t)((lua_Integer)len + position);
}

static bool
is_plain(struct scl_str pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.at[i] && strchr("^$*+?.([%-", pattern.at[i]))
            return false;
    return true;
}

size_t
scl_string_find_plain(lua_State *L, struct scl_str text, struct scl_str piece, size_t start)
{
    uint64_t each = 1 + piece.len / 64;

    scl_charge(L, 1);
    if (piece.len == 0)
        return start;
    while (piece.len <= text.len - start) {
        size_t room = text.len - start - piece.len + 1;
        const char *hit = memchr(text.at + start, piece.at[0], room);
        size_t skipped = hit ? (size_t)(hit - text.at) - start : room;

        scl_charge(L, skipped / 64 + (hit ? each : 0));
        if (!hit)
            return SIZE_MAX;
        start += skipped;
        if (memcmp(hit, piece.at, piece.len) == 0)
            return start;
        start++;
    }
    return SIZE_MAX;
}

/* Whether the pattern is anchored at the start; cuts the `^` off. */
static bool
cut_anchor(struct scl_str *pattern)
{
    bool is_anchored = pattern->len && pattern->at[0] == '^';

    *pattern = scl_str_sub(*pattern, is_anchored, pattern->len);
    return is_anchored;
}

/* The first match from `start` on; false: there is none. */
static bool
find_match(struct scl_matcher *matcher, bool is_anchored, size_t *start, size_t *ret_end)
{
    for (; *start <= matcher->text.len; ++*start) {
        int64_t end = scl_matcher_run(matcher, *start);

        if (end >= 0) {
            *ret_end = (size_t)end;
            return true;
        }
        if (is_anchored)
            break;
    }
    return false;
}

static int
find_or_match(lua_State *L, const char *name, bool finds)
{
    struct scl_str text = scl_arg_string(L, 1, name), pattern = scl_arg_string(L, 2, name);
    lua_Integer from = scl_arg_integer_or(L, 3, name, 1);
    size_t start = scl_string_start(from, text.len), end = 0;
    struct scl_matcher matcher;
    bool is_anchored;

    scl_charge(L, 1);
    if (from > 0 && (lua_Unsigned)from - 1 > text.len) {
        lua_pushnil(L);
        return 1;
    }
    if (finds && (lua_toboolean(L, 4) || is_plain(pattern))) {
        start = scl_string_find_plain(L, text, pattern, start);
        if (start == SIZE_MAX) {
            lua_pushnil(L);
            return 1;
        }
        lua_pushinteger(L, (lua_Integer)start + 1);
        lua_pushinteger(L, (lua_Integer)(start + pattern.len));
        return 2;
    }
    is_anchored = cut_anchor(&pattern);
    scl_matcher_init(&matcher, L, name, text, pattern);
    if (!find_match(&matcher, is_anchored, &start, &end)) {
        scl_matcher_finish(&matcher);
        lua_pushnil(L);
        return 1;
    }
    scl_matcher_finish(&matcher);
    if (!finds)
        return scl_matcher_push_all(&matcher, start, end, true);
    lua_pushinteger(L, (lua_Integer)start + 1);
    lua_pushinteger(L, (lua_Integer)end);
    return 2 + scl_matcher_push_all(&matcher, start, end, false);
}

int
scl_string_find(lua_State *L)
{
    return find_or_match(L, "string.find", true);
}

int
scl_string_match(lua_State *L)
{
    return find_or_match(L, "string.match", false);
}

enum { TEXT = 1, PATTERN, START, LAST_END }; /* upvalues of the iterator */

static int
gmatch_step(lua_State *L)
{
    struct scl_str text, pattern;
    size_t start = (size_t)lua_tointeger(L, lua_upvalueindex(START));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(LAST_END));
    struct scl_matcher matcher;

    scl_charge(L, 1);
    text.at = lua_tolstring(L, lua_upvalueindex(TEXT), &text.len);
    pattern.at = lua_tolstring(L, lua_upvalueindex(PATTERN), &pattern.len);
    scl_matcher_init(&matcher, L, "string.gmatch", text, pattern);
    for (; start <= text.len; start++) {
        int64_t end = scl_matcher_run(&matcher, start);

        if (end < 0 || end == last)
            continue;
        scl_matcher_finish(&matcher);
        lua_pushinteger(L, end);
        lua_copy(L, -1, lua_upvalueindex(START));
        lua_replace(L, lua_upvalueindex(LAST_END));
        return scl_matcher_push_all(&matcher, start, (size_t)end, true);
    }
    scl_matcher_finish(&matcher);
    return 0;
}

int
scl_string_gmatch(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.gmatch");
    lua_Integer from = scl_arg_integer_or(L, 3, "string.gmatch", 1);
    size_t start = scl_string_start(from, text.len);

    scl_charge(L, 1);
    scl_arg_string(L, 2, "string.gmatch");
    if (from > 0 && (lua_Unsigned)from - 1 > text.len)
        start = text.len + 1;
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)start);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

/* Adds the replacement text with its `%1` filled in. */
static void
add_filled(struct scl_matcher *matcher, struct scl_buffer *buffer, struct scl_str text,
           size_t start, size_t end)
{
    while (text.len) {
        size_t plain = scl_str_find_char(text, '%');
        char letter;

        if (plain == SIZE_MAX)
            plain = text.len;
        scl_buffer_add(buffer, scl_str_sub(text, 0, plain));
        text = scl_str_sub(text, plain, text.len);
        if (text.len == 0)
            return;
        letter = text.len > 1 ? text.at[1] : '\0';
        scl_charge(matcher->L, 1);
        if (letter == '%') {
            scl_buffer_char(buffer, '%');
        } else if (letter == '0') {
            scl_buffer_add(buffer, scl_str_sub(matcher->text, start, end - start));
        } else if (scl_is_digit(letter)) {
            scl_matcher_push(matcher, (uint32_t)(letter - '1'), start, end);
            scl_buffer_value(buffer);
        } else {
            scl_raise(matcher->L, "string.gsub: '%%' of the replacement needs a digit or '%%'");
        }
        text = scl_str_sub(text, 2, text.len);
    }
}

/* Adds what a match is replaced by: argument 3 is text, table or function. */
static void
add_replacement(struct scl_matcher *matcher, struct scl_buffer *buffer, size_t start, size_t end)
{
    lua_State *L = matcher->L;
    struct scl_str text;

    switch (lua_type(L, 3)) {
    case LUA_TSTRING:
        text.at = lua_tolstring(L, 3, &text.len);
        add_filled(matcher, buffer, text, start, end);
        return;
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, scl_matcher_push_all(matcher, start, end, true), 1);
        break;
    default:
        scl_matcher_push(matcher, 0, start, end);
        lua_gettable(L, 3);
        break;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        scl_buffer_add(buffer, scl_str_sub(matcher->text, start, end - start));
        return;
    }
    if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
        scl_raise(L, "string.gsub: a replacement is %s, not a string", scl_type_words(L, -1));
    scl_buffer_value(buffer);
}

/* Replaces up to `most` matches into the buffer; how many there were. */
static lua_Integer
replace_all(struct scl_matcher *matcher, struct scl_buffer *buffer, lua_Integer most,
            bool is_anchored)
{
    size_t at = 0, kept = 0;
    int64_t last = -1;
    lua_Integer count = 0;

    while (count < most && at <= matcher->text.len) {
        int64_t end = scl_matcher_run(matcher, at);

        if (end >= 0 && end != last) {
            count++;
            scl_matcher_finish(matcher);
            scl_buffer_add(buffer, scl_str_sub(matcher->text, kept, at - kept));
            add_replacement(matcher, buffer, at, (size_t)end);
            scl_charge_bytes(matcher->L, (size_t)end - kept);
            last = end;
            at = kept = (size_t)end;
        } else {
            at++;
        }
        if (is_anchored)
            break;
    }
    scl_matcher_finish(matcher);
    scl_buffer_add(buffer, scl_str_sub(matcher->text, kept, matcher->text.len - kept));
    return count;
}

int
scl_string_gsub(lua_State *L)
{
    struct scl_str text = scl_arg_string(L, 1, "string.gsub");
    struct scl_str pattern = scl_arg_string(L, 2, "string.gsub");
    lua_Integer most = scl_arg_integer_or(L, 4, "string.gsub", LUA_MAXINTEGER), count;
    struct scl_matcher matcher;
    struct scl_buffer buffer;
    bool is_anchored = cut_anchor(&pattern);
    int type = lua_type(L, 3);

    if (type == LUA_TNUMBER)
        scl_arg_string(L, 3, "string.gsub");
    else if (type != LUA_TSTRING && type != LUA_TTABLE && type != LUA_TFUNCTION &&
             type != LUA_TUSERDATA)
        scl_arg_refuse(L, 3, "string.gsub", "a string, table or function");
    scl_charge(L, 1);
    scl_matcher_init(&matcher, L, "string.gsub", text, pattern);
    scl_buffer_init(&buffer, L, text.len);
    count = replace_all(&matcher, &buffer, most, is_anchored);
    scl_buffer_push(&buffer);
    lua_pushinteger(L, count);
    return 2;
}
