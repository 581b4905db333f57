/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.c: reading the tables that policy files hand over
 */
#include "script/table.h"

#include "base/suggest.h"
#include "base/text.h"
#include "base/vec.h"
#include "script/arguments.h"
#include "script/libraries.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 10000 };

static struct scl_str
formatted(struct scl_reader *r, const char *format, va_list arguments)
{
    struct scl_text text = { 0 };
    char *copy;
    size_t len;

    scl_text_v(&text, format, arguments);
    len = text.len;
    copy = text.failed ? NULL : scl_arena_copy(r->arena, text.at, text.len);
    scl_text_finish(&text);
    if (!copy)
        scl_end_memory(r->L);
    return scl_str_n(copy, len);
}

void
scl_reader_help(struct scl_reader *r, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    r->help = formatted(r, format, arguments);
    va_end(arguments);
}

void
scl_reader_refuse(struct scl_reader *r, const char *key, bool of_value, const char *format, ...)
{
    struct scl_str message;
    va_list arguments;

    r->key = scl_str_c(key);
    r->of_value = of_value;
    va_start(arguments, format);
    message = formatted(r, format, arguments);
    va_end(arguments);
    scl_raise(r->L, "%.*s", SCL_ARG(message));
}

struct scl_str
scl_reader_copy(struct scl_reader *r, int index)
{
    size_t len;
    const char *at = lua_tolstring(r->L, index, &len);
    char *copy = scl_arena_copy(r->arena, at, len);

    if (!copy)
        scl_end_memory(r->L);
    scl_charge_bytes(r->L, len);
    return scl_str_n(copy, len);
}

struct scl_str
scl_reader_text(struct scl_reader *r, int t, const char *key)
{
    struct scl_str text = { "", 0 };

    lua_getfield(r->L, t, key);
    if (lua_type(r->L, -1) == LUA_TSTRING)
        text = scl_reader_copy(r, -1);
    else if (!lua_isnil(r->L, -1))
        scl_reader_refuse(r, key, true, "%s: '%s' is %s, not a string", r->what, key,
                          scl_type_words(r->L, -1));
    lua_pop(r->L, 1);
    return text;
}

/* The strings of the list on top of the stack. */
static struct scl_strs
read_strings(struct scl_reader *r, const char *key)
{
    lua_Integer count = (lua_Integer)lua_rawlen(r->L, -1);
    struct scl_str *at;

    if (count > ENTRIES_MAX)
        scl_reader_refuse(r, key, false, "%s: '%s' has more than %d entries", r->what, key,
                          ENTRIES_MAX);
    scl_charge(r->L, (uint64_t)count);
    at = scl_arena_array(r->arena, (size_t)count, sizeof *at);
    if (!at)
        scl_end_memory(r->L);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(r->L, -1, i) != LUA_TSTRING)
            scl_reader_refuse(r, key, true, "%s: entry %d of '%s' is %s, not a string", r->what,
                              (int)i, key, scl_type_words(r->L, -1));
        at[i - 1] = scl_reader_copy(r, -1);
        lua_pop(r->L, 1);
    }
    return (struct scl_strs){ at, (uint32_t)count };
}

static struct scl_strs
read_string_or_list(struct scl_reader *r, const char *key, bool one)
{
    struct scl_strs strs = { NULL, 0 };
    struct scl_str *single;

    if (lua_istable(r->L, -1))
        return read_strings(r, key);
    if (one && lua_type(r->L, -1) == LUA_TSTRING) {
        single = scl_arena_alloc(r->arena, sizeof *single);
        if (!single)
            scl_end_memory(r->L);
        *single = scl_reader_copy(r, -1);
        return (struct scl_strs){ single, 1 };
    }
    if (!lua_isnil(r->L, -1))
        scl_reader_refuse(r, key, true, "%s: '%s' is %s, not a list of strings", r->what, key,
                          scl_type_words(r->L, -1));
    return strs;
}

struct scl_strs
scl_reader_list(struct scl_reader *r, int t, const char *key, bool one)
{
    struct scl_strs strs;

    lua_getfield(r->L, t, key);
    strs = read_string_or_list(r, key, one);
    lua_pop(r->L, 1);
    return strs;
}

static int
name_order(const void *a, const void *b)
{
    const struct scl_named_strs *x = a, *y = b;

    return scl_str_compare(x->name, y->name);
}

const struct scl_named_strs *
scl_reader_map(struct scl_reader *r, int t, const char *key, uint32_t *ret_count)
{
    SCL_VEC(struct scl_named_strs) made = { 0 };

    lua_getfield(r->L, t, key);
    if (!lua_isnil(r->L, -1) && !lua_istable(r->L, -1))
        scl_reader_refuse(r, key, true, "%s: '%s' is %s, not a table", r->what, key,
                          scl_type_words(r->L, -1));
    if (lua_istable(r->L, -1)) {
        lua_pushnil(r->L);
        while (lua_next(r->L, -2)) {
            struct scl_named_strs *row = scl_vec_push(r->arena, &made);

            if (!row)
                scl_end_memory(r->L);
            if (lua_type(r->L, -2) != LUA_TSTRING || made.count > ENTRIES_MAX)
                scl_reader_refuse(r, key, true, "%s: the keys of '%s' are names", r->what, key);
            row->values = read_string_or_list(r, key, true);
            row->name = scl_reader_copy(r, -2);
            lua_pop(r->L, 1);
        }
    }
    lua_pop(r->L, 1);
    if (made.count)
        qsort(made.at, made.count, sizeof *made.at, name_order);
    *ret_count = made.count;
    return made.at;
}

void
scl_reader_known(struct scl_reader *r, int t, const char *what, const char *const *known)
{
    /* The least unknown key is told, because the order of lua_next differs between runs. */
    struct scl_str least = { NULL, 0 }, near;

    lua_pushnil(r->L);
    while (lua_next(r->L, t)) {
        bool found = false;
        struct scl_str name;

        lua_pop(r->L, 1);
        if (lua_type(r->L, -1) != LUA_TSTRING)
            scl_reader_refuse(r, what, false, "%s: keys are names", what);
        name = scl_reader_copy(r, -1);
        for (size_t i = 0; known[i] && !found; i++)
            found = scl_str_is(name, known[i]);
        if (!found && (!least.at || scl_str_compare(name, least) < 0))
            least = name;
    }
    if (!least.at)
        return;
    near = scl_suggest_from(least, known);
    if (near.len)
        scl_reader_help(r, "did you mean '%.*s'?", SCL_ARG(near));
    scl_reader_refuse(r, least.at, false, "%s: unknown key '%.*s'", what, SCL_ARG(least));
}
