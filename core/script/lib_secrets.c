/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_secrets.c: secrets
 *
 * What looks like a secret, by the facts. A hit of scan() is a value with the fields kind,
 * provider, severity and masked; over a node it is a place as well, that of the token itself where
 * the document shows it in one piece, else that of the whole value.
 */
#include "script/verbs.h"

#include "document/mask.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "script/node.h"

static const char hit_metatable = 0;

struct hit_proxy {
    struct scl_place_node place; /* view NULL: of a string */
    struct scl_str kind, provider;
    scantling_severity severity;
};

const struct scl_place_node *
scl_to_hit(lua_State *L, int index)
{
    const struct hit_proxy *hit = NULL;

    if (lua_type(L, index) == LUA_TUSERDATA && lua_getmetatable(L, index)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &hit_metatable);
        if (lua_rawequal(L, -1, -2))
            hit = lua_touserdata(L, index);
        lua_pop(L, 2);
    }
    return hit ? &hit->place : NULL;
}

static int
l_hit_index(lua_State *L)
{
    const struct hit_proxy *hit = lua_touserdata(L, 1);
    struct scl_str name = scl_arg_string(L, 2, "hit");

    if (scl_str_is(name, "kind"))
        lua_pushlstring(L, hit->kind.at, hit->kind.len);
    else if (scl_str_is(name, "provider"))
        lua_pushlstring(L, hit->provider.at, hit->provider.len);
    else if (scl_str_is(name, "severity"))
        lua_pushstring(L, scl_severity_name(hit->severity));
    else if (scl_str_is(name, "masked"))
        lua_pushliteral(L, SCL_MASK_TEXT);
    else
        scl_raise(L, "a hit has no '%.*s'; it has kind, provider, severity and masked",
                  SCL_ARG(name));
    return 1;
}

static int
l_hit_newindex(lua_State *L)
{
    scl_raise(L, "a hit cannot be written to");
}

/* Where in the document a hit is: in the value's own bytes, if they stand there as they are. What
 * another document says has no bytes in this one. */
static void
set_place(struct hit_proxy *proxy, const struct scl_proxy *node, struct scl_str text,
          const struct scl_secret_hit *hit)
{
    bool exact;
    struct scl_origin origin = scl_view_place(node->view, node->node, true, &exact);
    struct scl_str written = scl_source_text(scl_view_file(node->view, origin.file), origin.place);
    bool is_here = exact && text.len && !scl_view_is_linked(node->view, &origin);
    size_t at = is_here ? scl_str_find(written, text) : SIZE_MAX;

    proxy->place.view = node->view;
    proxy->place.node = node->node;
    if (at == SIZE_MAX)
        return;
    proxy->place.has_span = true;
    proxy->place.span.offset = origin.place.offset + (uint32_t)(at + hit->offset);
    proxy->place.span.length = (uint32_t)hit->length;
}

/* The text to be searched: of a string, or of a node that holds one. */
static struct scl_str
searched_text(lua_State *L, const struct scl_proxy **ret_node)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_reading reading;

    *ret_node = scl_to_proxy(L, 1);
    if (!*ret_node)
        return scl_arg_string(L, 1, "secrets.scan");
    scl_view_read(run->view, (*ret_node)->node, &reading);
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_run_end_unknown(L, (*ret_node)->node);
    if (reading.value.kind != SCL_KIND_TEXT && reading.value.kind != SCL_KIND_EMPTY)
        scl_arg_refuse(L, 1, "secrets.scan", "a string, or a node that holds one");
    scl_run_read(L, (*ret_node)->node);
    return reading.value.kind == SCL_KIND_TEXT ? scl_value_text(&reading.value)
                                               : scl_str_n("", 0);
}

/* secrets.scan(string or node) -> hits */
static int
l_scan(lua_State *L)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_secret_hits hits = { { 0 } };
    const struct scl_proxy *node;
    struct scl_str text;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = searched_text(L, &node);
    scl_charge_bytes(L, text.len * 8);
    if (!scl_secrets_scan(run->secrets, scl_run_arena(L), text, scl_str_n("", 0), &hits))
        scl_end_memory(L);
    lua_settop(L, 1);
    lua_newtable(L); /* argument, hits */
    for (uint32_t i = 0; i < hits.list.count; i++) {
        struct hit_proxy *proxy = lua_newuserdatauv(L, sizeof *proxy, 0);

        *proxy = (struct hit_proxy){ .kind = hits.list.at[i].kind,
                                     .provider = hits.list.at[i].provider,
                                     .severity = hits.list.at[i].severity };
        if (node)
            set_place(proxy, node, text, &hits.list.at[i]);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &hit_metatable);
        lua_setmetatable(L, -2);
        lua_rawseti(L, 2, (lua_Integer)i + 1);
    }
    return 1;
}

/* secrets.is_name(name[, value]) -> boolean; with a value: it must look like what the name says */
static int
l_is_name(lua_State *L)
{
    const struct scl_secret_name *row;
    struct scl_str name;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    name = scl_arg_string(L, 1, "secrets.is_name");
    scl_charge_bytes(L, name.len * 8);
    row = scl_secrets_name(scl_run_of(L)->secrets, name);
    if (row && !lua_isnoneornil(L, 2) &&
        !scl_secrets_value_fits(row, scl_arg_string(L, 2, "secrets.is_name")))
        row = NULL;
    lua_pushboolean(L, row != NULL);
    return 1;
}

static int
l_is_file(lua_State *L)
{
    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    scl_charge(L, 50);
    lua_pushboolean(L, scl_secrets_is_file(scl_run_of(L)->secrets,
                                           scl_arg_string(L, 1, "secrets.is_file")));
    return 1;
}

static int
l_is_placeholder(lua_State *L)
{
    struct scl_str value;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    value = scl_arg_string(L, 1, "secrets.is_placeholder");
    scl_charge_bytes(L, value.len);
    lua_pushboolean(L, scl_secrets_is_placeholder(value));
    return 1;
}

void
scl_open_secrets(lua_State *L)
{
    static const struct scl_function secrets[] = {
        { "scan", l_scan },
        { "is_name", l_is_name },
        { "is_file", l_is_file },
        { "is_placeholder", l_is_placeholder },
        { NULL, NULL },
    };

    scl_globals_library(L, "secrets", secrets);
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, l_hit_index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_hit_newindex);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "a hit");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &hit_metatable);
}
