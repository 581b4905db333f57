/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs.c: functions of the policy language that take nodes
 *
 * known, state, declared, raw, at, where, kind, parent: each takes a node and perhaps a path below
 * it, and none of them is a method, because a node has fields only.
 */
#include "script/verbs.h"

#include "script/arguments.h"
#include "script/libraries.h"
#include "script/node.h"

static const struct scl_proxy *
check_proxy(lua_State *L, const char *name)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, 1);

    if (!proxy)
        scl_arg_refuse(L, 1, name, "a node");
    return proxy;
}

/* The node that arguments 1 and 2 name; without a second, the first itself. */
static struct scl_node
check_node_at(lua_State *L, const char *name)
{
    const struct scl_proxy *proxy = check_proxy(L, name);

    scl_charge(L, 1);
    if (lua_isnoneornil(L, 2))
        return proxy->node;
    return scl_find_path(L, proxy, scl_arg_string(L, 2, name));
}

static bool
is_known(const struct scl_view *view, struct scl_node node)
{
    struct scl_reading reading;

    scl_view_read(view, node, &reading);
    return reading.state != SCANTLING_STATE_UNKNOWN && !(reading.value.flags & SCL_VALUE_OPEN);
}

/* known(node, path) -> boolean; after a false the doubt stays */
static int
l_known(lua_State *L)
{
    struct scl_node node = check_node_at(L, "known");
    bool known = is_known(scl_run_of(L)->view, node);

    if (!known)
        scl_run_doubt(L, node);
    lua_pushboolean(L, known);
    return 1;
}

static const char *const state_names[] = {
    [SCANTLING_STATE_DECLARED] = "declared", [SCANTLING_STATE_DEFAULT] = "default",
    [SCANTLING_STATE_DERIVED] = "derived",   [SCANTLING_STATE_LINKED] = "linked",
    [SCANTLING_STATE_UNKNOWN] = "unknown",   [SCANTLING_STATE_ABSENT] = "absent",
    [SCANTLING_STATE_NULL] = "null",         [SCANTLING_STATE_NOT_APPLICABLE] = "not_applicable",
};

/* state(node, path) -> name */
static int
l_state(lua_State *L)
{
    struct scl_node node = check_node_at(L, "state");
    struct scl_reading reading;

    scl_view_read(scl_run_of(L)->view, node, &reading);
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_run_doubt(L, node);
    lua_pushstring(L, state_names[reading.state]);
    return 1;
}

/* declared(node, path) -> what the document itself says, or nil */
static int
l_declared(lua_State *L)
{
    struct scl_node node = check_node_at(L, "declared");
    struct scl_reading reading;

    scl_view_read(scl_run_of(L)->view, node, &reading);
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_run_end_unknown(L, node);
    if (reading.value.kind == SCL_KIND_LIST || reading.value.kind == SCL_KIND_MAP)
        scl_push_own_list(L, node);
    else if (reading.state == SCANTLING_STATE_DECLARED || reading.state == SCANTLING_STATE_DERIVED)
        scl_push_field(L, node);
    else
        lua_pushnil(L);
    return 1;
}

/* raw(node[, path]) -> the text as written, or nil */
static int
l_raw(lua_State *L)
{
    struct scl_node node = check_node_at(L, "raw");
    const struct scl_view *view = scl_run_of(L)->view;
    struct scl_str text = scl_view_raw(view, node);

    if (text.at) {
        scl_charge_string(L, text.len);
        scl_charge_bytes(L, text.len);
        lua_pushlstring(L, text.at, text.len);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

/* at(node, path) or at(list, index) -> a place */
static int
l_at(lua_State *L)
{
    const struct scl_proxy *proxy = check_proxy(L, "at");
    struct scl_reading reading;
    lua_Integer element;

    scl_charge(L, 1);
    if (lua_type(L, 2) != LUA_TNUMBER) {
        scl_push_place(L, scl_find_path(L, proxy, scl_arg_string(L, 2, "at")));
        return 1;
    }
    element = scl_arg_integer(L, 2, "at");
    scl_view_read(proxy->view, proxy->node, &reading);
    if ((reading.value.kind != SCL_KIND_LIST && reading.value.kind != SCL_KIND_MAP) ||
        element < 1 || (lua_Unsigned)element > reading.value.as.list->count)
        scl_raise(L, "at: there is no entry %lld", (long long)element);
    scl_push_place(L, scl_view_member(proxy->node, &reading, (uint32_t)element));
    return 1;
}

/* kind(node) -> "mount", "list", "map", "container" */
static int
l_kind(lua_State *L)
{
    const struct scl_proxy *proxy = check_proxy(L, "kind");
    struct scl_str name;

    scl_charge(L, 1);
    if (proxy->shape == SCL_PROXY_STRING)
        name = SCL_S("string");
    else if (proxy->node.field)
        name = scl_field_kind_name(proxy->node.field);
    else
        name = scl_str_c(scl_type(scl_view_type(proxy->view, proxy->node))->name);
    lua_pushlstring(L, name.at, name.len);
    return 1;
}

/* parent(node) -> the enclosing node, or nil above a subject */
static int
l_parent(lua_State *L)
{
    const struct scl_proxy *proxy = check_proxy(L, "parent");
    struct scl_node parent = scl_view_parent(proxy->view, proxy->node);

    scl_charge(L, 1);
    if (parent.object)
        scl_push_node(L, parent);
    else
        lua_pushnil(L);
    return 1;
}

/* ---- where ---- */

static void
set_integer(lua_State *L, const char *name, uint32_t value)
{
    lua_pushinteger(L, (lua_Integer)value);
    lua_setfield(L, -2, name);
}

static int
l_where_tostring(lua_State *L)
{
    lua_getiuservalue(L, 1, 1);
    lua_getfield(L, -1, "path");
    lua_pushliteral(L, ":");
    lua_getfield(L, 2, "line");
    scl_tostring_push(L, -1);
    lua_remove(L, -2);
    lua_pushliteral(L, ":");
    lua_getfield(L, 2, "column");
    scl_tostring_push(L, -1);
    lua_remove(L, -2);
    lua_concat(L, 5);
    return 1;
}

static int
l_where_index(lua_State *L)
{
    struct scl_str name = scl_arg_string(L, 2, "where");

    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) == LUA_TNIL)
        scl_raise_no_key(L, "a place", name, 3);
    return 1;
}

/* where(place) -> { path, line, column, end_line, end_column }, which prints as path:line:column */
static int
l_where(lua_State *L)
{
    struct scl_place_node place;
    struct scl_origin origin;
    const struct scl_source *source;
    struct scl_position start, end;

    scl_charge(L, 1);
    if (!scl_to_place(L, 1, &place))
        scl_arg_refuse(L, 1, "where", "a place");
    origin = scl_view_place(place.view, place.node, false, NULL);
    if (place.has_span)
        origin.place = place.span;
    source = scl_view_file(place.view, origin.file);
    start = scl_source_locate(source, origin.place.offset);
    end = scl_source_locate(source, scl_span_end(origin.place));
    lua_newuserdatauv(L, 0, 1);
    lua_createtable(L, 0, 5);
    lua_pushlstring(L, source->name.at, source->name.len);
    lua_setfield(L, -2, "path");
    set_integer(L, "line", start.line);
    set_integer(L, "column", start.column);
    set_integer(L, "end_line", end.line);
    set_integer(L, "end_column", end.column);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_setmetatable(L, -2);
    return 1;
}

static void
open_where(lua_State *L)
{
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, l_where_index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_where_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "a location");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushcclosure(L, l_where, 1);
    scl_globals_set(L, "where");
}

static const struct scl_function functions[] = {
    { "known", l_known }, { "state", l_state }, { "declared", l_declared }, { "raw", l_raw },
    { "at", l_at },       { "kind", l_kind },   { "parent", l_parent },     { NULL, NULL },
};

void
scl_open_verbs(lua_State *L)
{
    for (const struct scl_function *f = functions; f->name; f++) {
        lua_pushcfunction(L, f->function);
        scl_globals_set(L, f->name);
    }
    open_where(L);
}
