/* SPDX-License-Identifier: Apache-2.0 */
/*
 * examples.c: the examples of a policy
 *
 * `fails`, `passes` and `inconclusive` are tables whose keys are formats, with a text or a list of
 * texts, or whose members are tables that say more. Each text or member is one example, named as
 * it stands in the file: `fails.dockerfile[2]`, `fails[1]`.
 */
#include "script/examples.h"

#include "base/text.h"
#include "formats/format.h"
#include "script/arguments.h"
#include "script/params.h"

#include <stdlib.h>

enum { EXAMPLES_MAX = 1000 };

static const char *const wants[] = { "fails", "passes", "inconclusive" };
static const char *const keys[] = {
    "files", "params", "date", "build_args", "target", "count", "severity", "fixed",
};

struct collecting {
    struct scl_reader *r;
    const struct scl_policy *policy;
    SCL_VEC(struct scl_example) made;
    enum scl_example_want want;
};

static struct scl_example *
new_example(struct collecting *c, const char *format, lua_Integer index)
{
    struct scl_example *example = scl_vec_push(c->r->arena, &c->made);
    struct scl_text name = { 0 };
    char *copy;

    if (!example || c->made.count > EXAMPLES_MAX)
        scl_end_memory(c->r->L);
    scl_text_c(&name, wants[c->want]);
    if (format[0])
        scl_text_f(&name, ".%s", format);
    if (index)
        scl_text_f(&name, "[%d]", (int)index);
    copy = name.failed ? NULL : scl_arena_copy(c->r->arena, name.at, name.len);
    example->name = scl_str_n(copy, name.len);
    scl_text_finish(&name);
    if (!copy)
        scl_end_memory(c->r->L);
    example->want = c->want;
    example->count = -1;
    return example;
}

static struct scl_example_file *
new_files(struct collecting *c, struct scl_example *example, uint32_t count)
{
    struct scl_example_file *files = scl_arena_array(c->r->arena, count, sizeof *files);

    if (!files)
        scl_end_memory(c->r->L);
    example->files = files;
    example->file_count = count;
    return files;
}

/* The default parameters. */
static void
give_params(struct collecting *c, struct scl_example *example)
{
    lua_createtable(c->r->L, 0, 0);
    example->params = scl_params_values(c->r, lua_gettop(c->r->L), "params", c->policy);
    lua_pop(c->r->L, 1);
}

/* The text on top of the stack, as an example of a format. */
static void
add_text(struct collecting *c, const char *format, lua_Integer index)
{
    struct scl_example *example = new_example(c, format, index);
    struct scl_example_file *file = new_files(c, example, 1);

    example->format = scl_str_c(format);
    file->name = example->format;
    file->text = scl_reader_copy(c->r, -1);
    give_params(c, example);
}

static int
file_order(const void *a, const void *b)
{
    const struct scl_example_file *x = a, *y = b;

    return scl_str_compare(x->name, y->name);
}

/* files = { NAME = text or false } on top of the stack. */
static void
read_files(struct collecting *c, struct scl_example *example)
{
    lua_State *L = c->r->L;
    struct scl_example_file *files;
    uint32_t count = 0;

    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        count++;
    files = new_files(c, example, count);
    count = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct scl_example_file *file = &files[count++];

        if (lua_type(L, -2) != LUA_TSTRING ||
            (lua_type(L, -1) != LUA_TSTRING && lua_toboolean(L, -1)))
            scl_reader_refuse(c->r, "files", true, "%.*s: files are names with a text, or false",
                              SCL_ARG(example->name));
        file->name = scl_reader_copy(c->r, -2);
        file->is_absent = lua_type(L, -1) != LUA_TSTRING;
        if (!file->is_absent)
            file->text = scl_reader_copy(c->r, -1);
    }
    qsort(files, count, sizeof *files, file_order);
}

/* The only format key of the example table at `t`, with its text. */
static void
read_format(struct collecting *c, struct scl_example *example, int t)
{
    for (size_t i = 0; scl_formats[i]; i++) {
        const char *name = scl_formats[i]->name;
        struct scl_example_file *file;
        struct scl_str text = scl_reader_text(c->r, t, name);

        if (!text.len)
            continue;
        if (example->files)
            scl_reader_refuse(c->r, wants[c->want], false, "%.*s names two documents",
                              SCL_ARG(example->name));
        file = new_files(c, example, 1);
        example->format = file->name = scl_str_c(name);
        file->text = text;
    }
    if (!example->files)
        scl_reader_refuse(c->r, wants[c->want], false,
                          "%.*s names no document: give it files, or a format and a text",
                          SCL_ARG(example->name));
}

static void
check_keys(struct collecting *c, int t)
{
    const char *known[64];
    size_t count = 0;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        known[count++] = keys[i];
    for (size_t i = 0; scl_formats[i] && count < 63; i++)
        known[count++] = scl_formats[i]->name;
    known[count] = NULL;
    scl_reader_known(c->r, t, wants[c->want], known);
}

static struct scl_str *
find_file(const struct scl_example *example, struct scl_str *fixed, struct scl_str name)
{
    for (uint32_t i = 0; i < example->file_count; i++)
        if (scl_str_same(example->files[i].name, name) && !example->files[i].is_absent)
            return &fixed[i];
    return NULL;
}

/* fixed = { NAME = text } on top of the stack. */
static void
read_fixed_files(struct collecting *c, struct scl_example *example, struct scl_str *fixed)
{
    lua_State *L = c->r->L;

    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct scl_str *text = NULL;

        if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING)
            text = find_file(example, fixed, scl_reader_copy(c->r, -2));
        if (!text)
            scl_reader_refuse(c->r, "fixed", true, "%.*s: fixed has texts by names of its files",
                              SCL_ARG(example->name));
        *text = scl_reader_copy(c->r, -1);
    }
}

/* What the documents are to be once their fixes are applied: a text, or one for each that
 * changes. */
static void
read_fixed(struct collecting *c, struct scl_example *example, int t)
{
    lua_State *L = c->r->L;
    struct scl_str *fixed;
    int type = lua_getfield(L, t, "fixed");

    if (type != LUA_TNIL) {
        fixed = scl_arena_array(c->r->arena, example->file_count, sizeof *fixed);
        if (!fixed)
            scl_end_memory(L);
        if (type == LUA_TTABLE)
            read_fixed_files(c, example, fixed);
        else if (type == LUA_TSTRING && example->format.len)
            fixed[0] = scl_reader_copy(c->r, -1);
        else
            scl_reader_refuse(c->r, "fixed", true, "%.*s: fixed is a text, or one for each file",
                              SCL_ARG(example->name));
        example->fixed = fixed;
    }
    lua_pop(L, 1);
}

/* An example that says more, on top of the stack. */
static void
add_table(struct collecting *c, const char *format, lua_Integer index)
{
    struct scl_example *example = new_example(c, format, index);
    lua_State *L = c->r->L;
    int t = lua_gettop(L);
    struct scl_str severity;

    check_keys(c, t);
    lua_getfield(L, t, "files");
    if (lua_istable(L, -1))
        read_files(c, example);
    lua_pop(L, 1);
    read_format(c, example, t);
    example->params = scl_params_values(c->r, t, "params", c->policy);
    example->date = scl_reader_text(c->r, t, "date");
    example->target = scl_reader_text(c->r, t, "target");
    example->build_args = scl_reader_map(c->r, t, "build_args", &example->build_arg_count);
    severity = scl_reader_text(c->r, t, "severity");
    example->severity = scl_severity_from(severity);
    if (severity.len && !example->severity)
        scl_reader_refuse(c->r, "severity", true, "unknown severity '%.*s'", SCL_ARG(severity));
    lua_getfield(L, t, "count");
    if (lua_isinteger(L, -1))
        example->count = (int64_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    read_fixed(c, example, t);
}

/* A text, a table that says more, or a list of texts, on top of the stack. */
static void
add_value(struct collecting *c, const char *format, lua_Integer index)
{
    lua_State *L = c->r->L;
    lua_Integer count;

    if (lua_type(L, -1) == LUA_TSTRING && format[0]) {
        add_text(c, format, index);
        return;
    }
    if (!lua_istable(L, -1))
        scl_reader_refuse(c->r, wants[c->want], true, "%s: an example is a text or a table",
                          wants[c->want]);
    count = format[0] && !index ? (lua_Integer)lua_rawlen(L, -1) : 0;
    if (!count) {
        add_table(c, format, index);
        return;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        add_value(c, format, i);
        lua_pop(L, 1);
    }
}

/* fails, passes or inconclusive on top of the stack. */
static void
read_examples(struct collecting *c)
{
    lua_State *L = c->r->L;
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);

    for (size_t i = 0; scl_formats[i]; i++) {
        lua_getfield(L, -1, scl_formats[i]->name);
        if (!lua_isnil(L, -1))
            add_value(c, scl_formats[i]->name, 0);
        lua_pop(L, 1);
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        add_value(c, "", i);
        lua_pop(L, 1);
    }
}

/* Formats that this version does not read may have examples: they are passed over. */
static void
check_names(struct collecting *c)
{
    lua_State *L = c->r->L;

    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        if (lua_type(L, -2) != LUA_TSTRING && !lua_isinteger(L, -2))
            scl_reader_refuse(c->r, wants[c->want], true, "%s: keys are formats or positions",
                              wants[c->want]);
}

void
scl_examples_read(struct scl_reader *r, int t, const struct scl_policy *policy,
                  struct scl_examples *ret)
{
    struct collecting c = { .r = r, .policy = policy };

    for (int want = SCL_EXAMPLE_FAILS; want <= SCL_EXAMPLE_INCONCLUSIVE; want++) {
        c.want = (enum scl_example_want)want;
        lua_getfield(r->L, t, wants[want]);
        if (lua_istable(r->L, -1)) {
            check_names(&c);
            read_examples(&c);
        }
        lua_pop(r->L, 1);
    }
    ret->at = c.made.at;
    ret->count = c.made.count;
}
