/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frozen.c: libraries and globals that can be read and not written
 *
 * The metatable of a frozen value has the table itself as `__index`, so that a read that hits is a
 * plain look-up of Lua's own; only a miss comes to C, through the table's own metatable.
 */
#include "script/frozen.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "script/arguments.h"
#include "script/libraries.h"
#include "script/state.h"

#include <string.h>

/* Where the registry keeps the globals, and their table; only the addresses matter. */
static const char globals_key, globals_table_key;

static const struct denial {
    const char *name, *instead;
} denials[] = {
    { "_G", NULL },
    { "_VERSION", NULL },
    { "collectgarbage", NULL },
    { "coroutine", NULL },
    { "debug", NULL },
    { "dofile", NULL },
    { "getmetatable", NULL },
    { "io", "documents, facts and parameters are what a policy reads" },
    { "load", NULL },
    { "loadfile", NULL },
    { "loadstring", NULL },
    { "math.random", NULL },
    { "math.randomseed", NULL },
    { "next", "`pairs` gives every key" },
    { "os", "documents, facts and parameters are what a policy reads" },
    { "package", NULL },
    { "pcall", "an unknown value ends the run by itself" },
    { "rawequal", NULL },
    { "rawget", NULL },
    { "rawlen", NULL },
    { "rawset", NULL },
    { "require", "`import` gives what lies in lib/" },
    { "setmetatable", NULL },
    { "string.dump", NULL },
    { "string.pack", NULL },
    { "string.packsize", NULL },
    { "string.unpack", NULL },
    { "table.move", NULL },
    { "unpack", "it is table.unpack" },
    { "warn", "`print` writes to the notes of a test" },
    { "xpcall", "an unknown value ends the run by itself" },
};

/* Whether a row's name is `owner` and `name` with a dot between them; `owner` may be empty. */
static bool
is_denied(struct scl_str denied, struct scl_str owner, struct scl_str name)
{
    if (owner.len) {
        if (!scl_str_starts(denied, owner) ||
            !scl_str_starts(scl_str_sub(denied, owner.len, 1), SCL_S(".")))
            return false;
        denied = scl_str_sub(denied, owner.len + 1, denied.len);
    }
    return scl_str_same(denied, name);
}

/* Ends the run where it is a name that Lua has elsewhere and policies have not. */
static void
refuse_denied(lua_State *L, const char *owner, struct scl_str name)
{
    for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++) {
        const struct denial *denial = &denials[i];

        if (!is_denied(scl_str_c(denial->name), scl_str_c(owner), name))
            continue;
        if (denial->instead)
            scl_raise(L, "'%s' is not offered to policies; %s", denial->name, denial->instead);
        scl_raise(L, "'%s' is not offered to policies", denial->name);
    }
}

/* The key of the table at `index` that is nearest to the name; of equally near ones the first by
 * bytes, since tables are not ordered. */
static struct scl_str
nearest_key(lua_State *L, int index, struct scl_str name)
{
    struct scl_suggest best;

    index = lua_absindex(L, index);
    scl_suggest_init(&best, name);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            struct scl_suggest one;
            size_t len;
            const char *at = lua_tolstring(L, -1, &len);

            scl_suggest_init(&one, name);
            scl_suggest_offer(&one, scl_str_n(at, len));
            if (one.best.len && (one.distance < best.distance ||
                                 (one.distance == best.distance &&
                                  scl_str_compare(one.best, best.best) < 0)))
                best = one;
        }
        scl_charge_lookups(L, 1);
    }
    return best.best;
}

/* The name that `owner` was asked for, as much of it as messages quote. */
static struct scl_str
key_text(lua_State *L, const char *owner)
{
    size_t len = 0;
    const char *at;

    if (lua_type(L, 2) != LUA_TSTRING)
        scl_raise(L, "%s is indexed by %s, not by a name", owner, scl_type_words(L, 2));
    at = lua_tolstring(L, 2, &len);
    return scl_utf8_cut(scl_str_n(at, len), 200);
}

void
scl_raise_no_key(lua_State *L, const char *owner, struct scl_str name, int index)
{
    struct scl_str near = nearest_key(L, index, name);

    if (near.len)
        scl_raise(L, "%s has no '%.*s'; did you mean '%.*s'?", owner, SCL_ARG(name),
                  SCL_ARG(near));
    scl_raise(L, "%s has no '%.*s'", owner, SCL_ARG(name));
}

static int
miss(lua_State *L)
{
    const char *owner = lua_tostring(L, lua_upvalueindex(1));
    struct scl_str name = key_text(L, owner);

    refuse_denied(L, owner, name);
    scl_raise_no_key(L, owner, name, 1);
}

static int
miss_global(lua_State *L)
{
    struct scl_str name = key_text(L, "_ENV"), near;

    refuse_denied(L, "", name);
    near = nearest_key(L, 1, name);
    if (near.len)
        scl_raise(L, "'%.*s' is not defined; did you mean '%.*s'?", SCL_ARG(name), SCL_ARG(near));
    scl_raise(L, "'%.*s' is not defined", SCL_ARG(name));
}

static int
refuse_write(lua_State *L)
{
    const char *owner = lua_tostring(L, lua_upvalueindex(1));
    struct scl_str name = key_text(L, owner);

    scl_raise(L, "%s cannot be written; it has no place for '%.*s'", owner, SCL_ARG(name));
}

static int
refuse_global_write(lua_State *L)
{
    struct scl_str name = key_text(L, "_ENV");

    scl_raise(L, "cannot assign global '%.*s'; write `local %.*s`", SCL_ARG(name), SCL_ARG(name));
}

/* Replaces the table on top by a frozen value; `missing` and `writing` have its name as upvalue. */
static void
freeze(lua_State *L, const char *name, lua_CFunction missing, lua_CFunction writing)
{
    int table = lua_gettop(L);

    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushcclosure(L, missing, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, table);

    lua_newuserdatauv(L, 0, 0);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, table);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, writing, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_replace(L, table);
}

static int
frozen_pairs(lua_State *L)
{
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    return scl_pairs(L);
}

void
scl_frozen_push(lua_State *L, const char *name)
{
    lua_pushvalue(L, -1);
    freeze(L, name, miss, refuse_write);
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, frozen_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pop(L, 1);
    lua_remove(L, -2);
}

static int
frozen_len(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

void
scl_frozen_data_push(lua_State *L, const char *name)
{
    int table = lua_gettop(L);

    lua_pushvalue(L, table);
    scl_frozen_push(L, name); /* table, frozen */
    lua_pushnil(L);
    lua_setmetatable(L, table);
    lua_getmetatable(L, -1);
    lua_pushvalue(L, table);
    lua_pushcclosure(L, frozen_len, 1);
    lua_setfield(L, -2, "__len");
    lua_pop(L, 1);
    lua_remove(L, table);
}

void
scl_functions_push(lua_State *L, const struct scl_function *functions)
{
    lua_newtable(L);
    for (; functions->name; functions++) {
        lua_pushcfunction(L, functions->function);
        lua_setfield(L, -2, functions->name);
    }
}

void
scl_library_push(lua_State *L, const char *name, const struct scl_function *functions)
{
    scl_functions_push(L, functions);
    scl_frozen_push(L, name);
}

void
scl_globals_open(lua_State *L)
{
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globals_table_key);
    freeze(L, "_ENV", miss_global, refuse_global_write);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globals_key);
}

void
scl_globals_set(lua_State *L, const char *name)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_table_key);
    lua_insert(L, -2);
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void
scl_globals_library(lua_State *L, const char *name, const struct scl_function *functions)
{
    scl_library_push(L, name, functions);
    scl_globals_set(L, name);
}

void
scl_globals_push(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
}
