/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_image.c: image and path
 */
#include "script/verbs.h"

#include "base/path.h"
#include "script/arguments.h"
#include "script/facts_lib.h"
#include "script/frozen.h"
#include "script/node.h"
#include "syntax/reference.h"

static void
push_str(lua_State *L, struct scl_str text)
{
    if (text.len)
        lua_pushlstring(L, text.at, text.len);
    else
        lua_pushnil(L);
}

/* ---- image ---- */

/* image.parse(s) -> { registry, repository, tag, digest, name, pin }, or nil and why not */
static int
l_image_parse(lua_State *L)
{
    struct scl_reference r;
    struct scl_str text;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "image.parse");
    scl_charge_bytes(L, text.len);
    if (!scl_reference_parse(scl_run_arena(L), text, &r))
        scl_end_memory(L);
    if (!r.is_valid) {
        lua_pushnil(L);
        lua_pushstring(L, r.reason);
        return 2;
    }
    lua_createtable(L, 0, 6);
    push_str(L, r.registry);
    lua_setfield(L, -2, "registry");
    push_str(L, r.repository);
    lua_setfield(L, -2, "repository");
    push_str(L, r.tag);
    lua_setfield(L, -2, "tag");
    push_str(L, r.digest);
    lua_setfield(L, -2, "digest");
    push_str(L, r.name);
    lua_setfield(L, -2, "name");
    lua_pushstring(L, r.pin);
    lua_setfield(L, -2, "pin");
    return 1;
}

struct scl_str
scl_image_argument(lua_State *L, int index, const char *name)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, index);
    struct scl_node raw;
    struct scl_reading reading;

    if (!proxy)
        return scl_arg_string(L, index, name);
    if (!scl_view_find(proxy->view, proxy->node, SCL_S("raw"), &raw))
        scl_arg_refuse(L, index, name, "an image reference");
    scl_view_read(proxy->view, raw, &reading);
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_run_end_unknown(L, raw);
    return reading.value.kind == SCL_KIND_TEXT ? scl_value_text(&reading.value) : scl_str_n("", 0);
}

/* image.match(pattern, reference) -> boolean */
static int
l_image_match(lua_State *L)
{
    uint64_t steps = 1000000, left = steps;
    struct scl_reference reference;
    struct scl_str text, pattern;
    bool fits;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    pattern = scl_arg_string(L, 1, "image.match");
    text = scl_image_argument(L, 2, "image.match");
    if (!text.len) {
        lua_pushnil(L);
        return 1;
    }
    scl_charge_bytes(L, text.len + pattern.len);
    if (!scl_reference_parse(scl_run_arena(L), text, &reference))
        scl_end_memory(L);
    fits = scl_reference_match(pattern, &reference, &left);
    scl_charge(L, steps - left);
    lua_pushboolean(L, fits);
    return 1;
}

void
scl_open_images(lua_State *L)
{
    static const struct scl_function image[] = {
        { "parse", l_image_parse },
        { "match", l_image_match },
        { "releases", scl_image_releases },
        { NULL, NULL },
    };

    scl_globals_library(L, "image", image);
}

/* ---- path ---- */

typedef struct scl_str path_fn(struct scl_arena *arena, struct scl_str path);

static int
path_of(lua_State *L, const char *name, path_fn *function)
{
    struct scl_str path, made;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    path = scl_arg_string(L, 1, name);
    scl_charge_bytes(L, path.len);
    made = function(scl_run_arena(L), path);
    if (scl_run_arena(L)->failed)
        scl_end_memory(L);
    lua_pushlstring(L, made.at ? made.at : "", made.len);
    return 1;
}

static struct scl_str
base_of(struct scl_arena *arena, struct scl_str path)
{
    (void)arena;
    return scl_path_base(path);
}

static int
l_path_clean(lua_State *L)
{
    return path_of(L, "path.clean", scl_path_clean);
}

static int
l_path_dir(lua_State *L)
{
    return path_of(L, "path.dir", scl_path_dir);
}

static int
l_path_base(lua_State *L)
{
    return path_of(L, "path.base", base_of);
}

/* path.join(p, q, ...) -> string */
static int
l_path_join(lua_State *L)
{
    int count = lua_gettop(L) > 2 ? lua_gettop(L) : 2;
    struct scl_str made;

    for (int i = 1; i <= count; i++)
        if (lua_isnoneornil(L, i)) {
            lua_pushnil(L);
            return 1;
        }
    made = scl_arg_string(L, 1, "path.join");
    for (int i = 2; i <= count; i++) {
        made = scl_path_join(scl_run_arena(L), made, scl_arg_string(L, i, "path.join"));
        if (scl_run_arena(L)->failed)
            scl_end_memory(L);
        scl_charge_bytes(L, made.len);
    }
    lua_pushlstring(L, made.at ? made.at : "", made.len);
    return 1;
}

/* path.covers(outer, inner) -> boolean */
static int
l_path_covers(lua_State *L)
{
    struct scl_str outer, inner;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    outer = scl_arg_string(L, 1, "path.covers");
    inner = scl_arg_string(L, 2, "path.covers");
    scl_charge_bytes(L, outer.len + inner.len);
    lua_pushboolean(L, scl_path_covers(outer, inner));
    return 1;
}

/* path.lookup(rows, p) -> the most specific row, or nil */
static int
l_path_lookup(lua_State *L)
{
    const struct scl_facts_table *table = scl_fact_table_at(L, 1);
    uint32_t row;

    if (!table)
        scl_arg_refuse(L, 1, "path.lookup", "a table of facts");
    if (scl_facts_column(table, SCL_S("path")) == SCL_FACTS_NONE)
        scl_raise(L, "path.lookup: facts.%.*s has no column 'path'", SCL_ARG(table->name));
    scl_charge(L, table->row_count);
    row = lua_isnoneornil(L, 2)
              ? SCL_FACTS_NONE
              : scl_facts_lookup_path(table, scl_arg_string(L, 2, "path.lookup"));
    if (row == SCL_FACTS_NONE)
        lua_pushnil(L);
    else
        scl_fact_row_push(L, table, row);
    return 1;
}

void
scl_open_paths(lua_State *L)
{
    static const struct scl_function path[] = {
        { "clean", l_path_clean }, { "join", l_path_join },     { "dir", l_path_dir },
        { "base", l_path_base },   { "covers", l_path_covers }, { "lookup", l_path_lookup },
        { NULL, NULL },
    };

    scl_globals_library(L, "path", path);
}
