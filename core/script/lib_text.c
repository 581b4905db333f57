/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_text.c: text and glob
 *
 * Plain text without patterns. Nothing in, nothing out: a predicate over nil is nil, which is not
 * true.
 */
#include "script/verbs.h"

#include "base/glob.h"
#include "document/secrets.h"
#include "script/arguments.h"
#include "script/libraries.h"
#include "script/state.h"

typedef bool test_fn(lua_State *L, struct scl_str text, struct scl_str piece);

static bool
starts(lua_State *L, struct scl_str text, struct scl_str piece)
{
    scl_charge_bytes(L, piece.len);
    return scl_str_starts(text, piece);
}

static bool
ends(lua_State *L, struct scl_str text, struct scl_str piece)
{
    scl_charge_bytes(L, piece.len);
    return scl_str_ends(text, piece);
}

static bool
has(lua_State *L, struct scl_str text, struct scl_str piece)
{
    return scl_string_find_plain(L, text, piece, 0) != SIZE_MAX;
}

/* test(text, piece or list of pieces) -> boolean */
static int
test_any(lua_State *L, const char *name, test_fn *test)
{
    struct scl_str text, piece;
    bool found = false;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, name);
    if (lua_type(L, 2) == LUA_TSTRING) {
        found = test(L, text, scl_arg_string(L, 2, name));
    } else {
        scl_arg_list(L, 2, name);
        for (lua_Integer i = 1; !found && scl_arg_entry(L, 2, i, name, &piece); i++) {
            found = test(L, text, piece);
            lua_pop(L, 1);
        }
    }
    lua_pushboolean(L, found);
    return 1;
}

static int
l_starts(lua_State *L)
{
    return test_any(L, "text.starts", starts);
}

static int
l_ends(lua_State *L)
{
    return test_any(L, "text.ends", ends);
}

static int
l_has(lua_State *L)
{
    return test_any(L, "text.has", has);
}

static void
push_str(lua_State *L, struct scl_str text)
{
    lua_pushlstring(L, text.at ? text.at : "", text.len);
}

/* text.trim(s) -> string */
static int
l_trim(lua_State *L)
{
    struct scl_str text;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "text.trim");
    scl_charge_bytes(L, text.len);
    push_str(L, scl_str_trim(text));
    return 1;
}

static int
split(lua_State *L, struct scl_str text, struct scl_str separator)
{
    lua_Integer count = 0;

    lua_newtable(L);
    for (;;) {
        size_t at = scl_string_find_plain(L, text, separator, 0);

        scl_charge(L, 1);
        push_str(L, scl_str_sub(text, 0, at));
        lua_rawseti(L, -2, ++count);
        if (at == SIZE_MAX)
            return 1;
        text = scl_str_sub(text, at + separator.len, text.len);
    }
}

/* text.lines(s) -> list, without line ends */
static int
l_lines(lua_State *L)
{
    struct scl_str text;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "text.lines");
    if (text.len && text.at[text.len - 1] == '\n')
        text.len--;
    return split(L, text, SCL_S("\n"));
}

/* text.split(s, separator) -> list */
static int
l_split(lua_State *L)
{
    struct scl_str separator = scl_arg_string(L, 2, "text.split");

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    if (!separator.len)
        scl_raise(L, "text.split: the separator is empty");
    return split(L, scl_arg_string(L, 1, "text.split"), separator);
}

/* text.words(name) -> lower-case words of an identifier */
static int
l_words(lua_State *L)
{
    struct scl_str rest, word;
    lua_Integer count = 0;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    rest = scl_arg_string(L, 1, "text.words");
    scl_charge_bytes(L, rest.len);
    lua_newtable(L);
    while (scl_secrets_word(&rest, &word)) {
        char *copy = lua_newuserdatauv(L, word.len + 1, 0);

        scl_charge(L, 1);
        for (size_t i = 0; i < word.len; i++)
            copy[i] = scl_lower(word.at[i]);
        lua_pushlstring(L, copy, word.len);
        lua_rawseti(L, -3, ++count);
        lua_pop(L, 1);
    }
    return 1;
}

/* ---- glob ---- */

static bool
fits(lua_State *L, struct scl_str pattern, struct scl_str text)
{
    uint64_t steps = 1000000, left = steps;
    enum scl_glob_result result = scl_glob_match(pattern, text, &left);

    scl_charge(L, 1 + steps - left);
    if (result == SCL_GLOB_EXHAUSTED)
        scl_raise(L, "glob: the pattern '%.*s' is too complex", SCL_ARG(pattern));
    return result == SCL_GLOB_YES;
}

/* glob.match(pattern, s) -> boolean */
static int
l_glob_match(lua_State *L)
{
    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2))
        lua_pushnil(L);
    else
        lua_pushboolean(L, fits(L, scl_arg_string(L, 1, "glob.match"),
                                scl_arg_string(L, 2, "glob.match")));
    return 1;
}

/* glob.any(patterns, s) -> the pattern that matched, or nil */
static int
l_glob_any(lua_State *L)
{
    struct scl_str text, pattern;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 2, "glob.any");
    scl_arg_list(L, 1, "glob.any");
    for (lua_Integer i = 1; scl_arg_entry(L, 1, i, "glob.any", &pattern); i++) {
        if (fits(L, pattern, text))
            return 1;
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 1;
}

void
scl_open_texts(lua_State *L)
{
    static const struct scl_function text[] = {
        { "starts", l_starts }, { "ends", l_ends },   { "has", l_has },     { "trim", l_trim },
        { "lines", l_lines },   { "split", l_split }, { "words", l_words }, { NULL, NULL },
    };
    static const struct scl_function glob[] = {
        { "match", l_glob_match },
        { "any", l_glob_any },
        { NULL, NULL },
    };

    scl_globals_library(L, "text", text);
    scl_globals_library(L, "glob", glob);
}
