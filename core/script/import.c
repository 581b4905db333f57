/* SPDX-License-Identifier: Apache-2.0 */
/*
 * import.c: what policies of one folder share
 *
 * `import "teams"` is the value that `lib/teams.lua` returns, of the nearest folder that holds the
 * importing file. A library is run once in a state, while policies load, and frozen with all tables
 * within it; it may import others, but not itself.
 *
 * registry[&loaded] = { [path] = value, or false while it is being loaded }
 */
#include "script/import.h"

#include "base/suggest.h"
#include "base/text.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "script/run.h"

enum { DEEPEST = 32 };

static const char loaded = 0;

/* ---- finding ---- */

/* The name that a library file is imported by, and the folder that holds its `lib`. */
static bool
library_name(struct scl_str path, struct scl_str *ret_folder, struct scl_str *ret_name)
{
    size_t slash = scl_str_find_last(path, '/');
    struct scl_str above;

    if (slash == SIZE_MAX || !scl_str_ends(path, SCL_S(".lua")))
        return false;
    *ret_name = scl_str_sub(path, slash + 1, path.len - slash - 1 - 4);
    above = scl_str_sub(path, 0, slash);
    if (scl_str_is(above, "lib")) {
        *ret_folder = scl_str_n("", 0);
        return true;
    }
    if (!scl_str_ends(above, SCL_S("/lib")))
        return false;
    *ret_folder = scl_str_sub(above, 0, above.len - 4);
    return true;
}

/* Whether a file lies in a folder or below it. */
static bool
lies_in(struct scl_str file, struct scl_str folder)
{
    return !folder.len || (scl_str_starts(file, folder) && file.len > folder.len &&
                           file.at[folder.len] == '/');
}

static const struct scl_library *
find_library(const struct scl_libraries *libraries, struct scl_str file, struct scl_str wanted)
{
    const struct scl_library *found = NULL;
    size_t nearest = 0;

    for (uint32_t i = 0; i < libraries->count; i++) {
        struct scl_str folder, name;

        if (!library_name(libraries->at[i].path, &folder, &name) || !scl_str_same(name, wanted) ||
            !lies_in(file, folder) || (found && folder.len < nearest))
            continue;
        found = &libraries->at[i];
        nearest = folder.len;
    }
    return found;
}

_Noreturn static void
raise_unknown(lua_State *L, const struct scl_libraries *libraries, struct scl_str wanted)
{
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, wanted);
    for (uint32_t i = 0; i < libraries->count; i++) {
        struct scl_str folder, name;

        if (library_name(libraries->at[i].path, &folder, &name))
            scl_suggest_offer(&suggest, name);
    }
    if (suggest.best.len)
        scl_raise(L, "import: this folder has no lib/%.*s.lua; did you mean '%.*s'?",
                  SCL_ARG(wanted), SCL_ARG(suggest.best));
    scl_raise(L, "import: this folder has no lib/%.*s.lua", SCL_ARG(wanted));
}

/* ---- freezing ---- */

/* Replaces the table on top of the stack by a frozen one, and so the tables within it. */
static void
freeze(lua_State *L, const char *name, unsigned depth)
{
    int table = lua_gettop(L);

    if (depth > DEEPEST)
        scl_raise(L, "import: '%s' nests its tables too deep", name);
    if (!lua_checkstack(L, 8))
        scl_end_memory(L);
    lua_newtable(L); /* table, copy */
    lua_pushnil(L);
    while (lua_next(L, table)) {
        scl_charge(L, 1);
        lua_pushvalue(L, -2);
        lua_insert(L, -2); /* table, copy, key, key, value */
        if (lua_istable(L, -1))
            freeze(L, name, depth + 1);
        lua_rawset(L, table + 1);
    }
    lua_replace(L, table);
    scl_frozen_data_push(L, name);
}

/* ---- importing ---- */

static void
load_library(lua_State *L, const struct scl_library *library, const char *name)
{
    lua_pushboolean(L, false);
    lua_setfield(L, -2, library->path.at); /* loaded[path] = false */
    scl_lua_compile(L, library->path, library->source);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1))
        scl_raise(L, "import: lib/%s.lua returns nothing", name);
    if (lua_istable(L, -1))
        freeze(L, name, 0);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, library->path.at); /* loaded[path] = value */
}

/* import(name) -> what the library returns */
static int
l_import(lua_State *L)
{
    const struct scl_run *run = scl_run_of(L);
    struct scl_str name = scl_arg_string(L, 1, "import"), file = { "", 0 };
    const struct scl_library *library;
    uint32_t line;

    scl_charge(L, 10);
    if (run->subject)
        scl_raise(L, "import stands at the top of a file, not in a check");
    if (scl_str_find_char(name, '/') != SIZE_MAX || scl_str_find_char(name, '.') != SIZE_MAX)
        scl_raise(L, "import: '%.*s' is no name of a library; paths are not imported",
                  SCL_ARG(name));
    scl_lua_place(L, &file, &line);
    library = find_library(&run->libraries, file, name);
    if (!library)
        raise_unknown(L, &run->libraries, name);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded);
    lua_getfield(L, -1, library->path.at);
    if (lua_isboolean(L, -1))
        scl_raise(L, "import: lib/%.*s.lua imports itself", SCL_ARG(name));
    if (!lua_isnil(L, -1))
        return 1;
    lua_pop(L, 1);
    load_library(L, library, lua_tostring(L, 1));
    return 1;
}

void
scl_open_import(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded);
    lua_pushcfunction(L, l_import);
    scl_globals_set(L, "import");
}
