/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_ignore.c: ignore
 *
 * What the ignore file of a build keeps out of its context. The patterns were made ready when the
 * document was read; a call is charged for what matching may take at worst, before it matches.
 */
#include "base/path.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "script/node.h"
#include "script/verbs.h"

static const struct scl_proxy *
check_ignore(lua_State *L)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, 1);

    if (!proxy || proxy->shape != SCL_PROXY_NODE || proxy->node.field != SCL_BUILD_IGNORE)
        scl_arg_refuse(L, 1, "ignore.excludes", "the ignore of a build");
    return proxy;
}

/* What the patterns mean, or NULL where there is no file. */
static const struct scl_ignore *
ignore_of(const struct scl_proxy *proxy)
{
    struct scl_node node = proxy->node;
    const struct scl_document *d = scl_view_at(proxy->view, &node)->document;
    const struct scl_object *build = scl_document_object(d, node.object);

    return build->origin ? d->subjects.at[build->subject].ignore : NULL;
}

static void
charge_matching(lua_State *L, const struct scl_ignore *ignore, size_t length)
{
    uint64_t steps = 1;

    for (uint32_t i = 0; i < ignore->patterns.count; i++)
        steps += 1 + (uint64_t)(1 + ignore->patterns.at[i].step_count) * length / 64;
    scl_charge(L, steps);
}

/* The path as it lies in the context. */
static struct scl_str
check_path(lua_State *L)
{
    struct scl_str path = scl_arg_string(L, 2, "ignore.excludes");

    scl_charge_bytes(L, path.len);
    while (path.len && path.at[0] == '/')
        path = scl_str_sub(path, 1, path.len);
    path = scl_path_clean(scl_run_arena(L), path);
    if (!path.at)
        scl_end_memory(L);
    return path;
}

/* ignore.excludes(ignore, path) -> boolean, place of the pattern that decides (nil: none does) */
static int
l_excludes(lua_State *L)
{
    const struct scl_proxy *proxy;
    const struct scl_ignore *ignore;
    const struct scl_ignore_pattern *decided = NULL;
    struct scl_reading present;
    struct scl_node node;
    struct scl_str path;

    if (lua_isnil(L, 1) || lua_isnil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    proxy = check_ignore(L);
    path = check_path(L);
    node = (struct scl_node){ proxy->node.object, SCL_BUILD_IGNORE_PRESENT, 0 };
    scl_view_read(proxy->view, node, &present);
    if (present.state == SCANTLING_STATE_UNKNOWN)
        scl_run_end_unknown(L, node);
    scl_run_read(L, node);
    ignore = ignore_of(proxy);
    if (ignore && ignore->is_cut)
        scl_run_end_unknown(L, (struct scl_node){ node.object, SCL_BUILD_IGNORE_PATTERNS, 0 });
    if (ignore) {
        charge_matching(L, ignore, path.len);
        lua_pushboolean(L, scl_ignore_excludes(ignore, path, &decided));
    } else {
        lua_pushboolean(L, false);
    }
    if (!decided) {
        lua_pushnil(L);
        return 2;
    }
    node.field = SCL_BUILD_IGNORE_PATTERNS;
    node.element = (uint32_t)(decided - ignore->patterns.at) + 1;
    scl_run_read(L, node);
    scl_push_place(L, node);
    return 2;
}

void
scl_open_ignores(lua_State *L)
{
    static const struct scl_function ignore[] = { { "excludes", l_excludes }, { NULL, NULL } };

    scl_globals_library(L, "ignore", ignore);
}
