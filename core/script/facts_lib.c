/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts_lib.c: facts as tables that can be read and not written
 *
 *     facts.capabilities["CAP_BPF"].danger      row by key, cell by column
 *     for _, row in ipairs(facts.engine_sockets) do ... end
 *
 * A table and a row are userdata over the engine's tables; nothing of them lies in the Lua heap but
 * what is being looked at. An unknown table is an error while the policy loads, an unknown column
 * whenever it is asked.
 */
#include "script/verbs.h"

#include "base/suggest.h"
#include "script/arguments.h"
#include "script/facts_lib.h"
#include "script/frozen.h"
#include "script/run.h"

static const char table_metatable = 0, row_metatable = 0;

struct table_proxy {
    const struct scl_facts_table *table;
};

struct row_proxy {
    const struct scl_facts_table *table;
    uint32_t row;
};

static void
push_with(lua_State *L, const char *metatable)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, metatable);
    lua_setmetatable(L, -2);
}

void
scl_fact_row_push(lua_State *L, const struct scl_facts_table *table, uint32_t row)
{
    struct row_proxy *proxy = lua_newuserdatauv(L, sizeof *proxy, 0);

    proxy->table = table;
    proxy->row = row;
    push_with(L, &row_metatable);
}

static void *
proxy_at(lua_State *L, int index, const char *metatable)
{
    void *proxy = NULL;

    if (lua_type(L, index) == LUA_TUSERDATA && lua_getmetatable(L, index)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, metatable);
        if (lua_rawequal(L, -1, -2))
            proxy = lua_touserdata(L, index);
        lua_pop(L, 2);
    }
    return proxy;
}

const struct scl_facts_table *
scl_fact_table_at(lua_State *L, int index)
{
    const struct table_proxy *proxy = proxy_at(L, index, &table_metatable);

    return proxy ? proxy->table : NULL;
}

/* ---- cells ---- */

static void
push_cell(lua_State *L, const struct scl_fact *cell)
{
    switch (cell->kind) {
    case SCL_FACT_TEXT:
    case SCL_FACT_DATE:
        scl_charge_bytes(L, cell->len);
        lua_pushlstring(L, cell->as.text, cell->len);
        break;
    case SCL_FACT_INT:
        lua_pushinteger(L, (lua_Integer)cell->as.number);
        break;
    case SCL_FACT_BOOL:
        lua_pushboolean(L, cell->as.number != 0);
        break;
    case SCL_FACT_LIST:
        scl_charge(L, cell->len);
        lua_createtable(L, (int)cell->len, 0);
        for (uint32_t i = 0; i < cell->len; i++) {
            lua_pushlstring(L, cell->as.list[i].at, cell->as.list[i].len);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        break;
    default:
        lua_pushnil(L);
        break;
    }
}

_Noreturn static void
raise_no_column(lua_State *L, const struct scl_facts_table *table, struct scl_str name)
{
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < table->column_count; i++)
        scl_suggest_offer(&suggest, table->columns[i].name);
    if (suggest.best.len)
        scl_raise(L, "facts.%.*s has no column '%.*s'; did you mean '%.*s'?", SCL_ARG(table->name),
                  SCL_ARG(name), SCL_ARG(suggest.best));
    scl_raise(L, "facts.%.*s has no column '%.*s'", SCL_ARG(table->name), SCL_ARG(name));
}

/* row.column */
static int
l_row_index(lua_State *L)
{
    const struct row_proxy *row = lua_touserdata(L, 1);
    struct scl_str name = scl_arg_string(L, 2, "facts");
    uint32_t column = scl_facts_column(row->table, name);

    scl_charge(L, 1);
    if (column == SCL_FACTS_NONE)
        raise_no_column(L, row->table, name);
    push_cell(L, scl_facts_cell(row->table, row->row, column));
    return 1;
}

/* ---- tables ---- */

/* table[key] or table[position] */
static int
l_table_index(lua_State *L)
{
    const struct table_proxy *proxy = lua_touserdata(L, 1);
    uint32_t row;

    scl_charge(L, 1);
    if (lua_isnil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    if (lua_type(L, 2) == LUA_TNUMBER) {
        lua_Integer position = scl_arg_integer(L, 2, "facts");

        row = position >= 1 && position <= (lua_Integer)proxy->table->row_count
                  ? (uint32_t)position - 1
                  : SCL_FACTS_NONE;
    } else {
        row = scl_facts_row(proxy->table, scl_arg_string(L, 2, "facts"));
    }
    if (row == SCL_FACTS_NONE)
        lua_pushnil(L);
    else
        scl_fact_row_push(L, proxy->table, row);
    return 1;
}

static int
l_table_len(lua_State *L)
{
    const struct table_proxy *proxy = lua_touserdata(L, 1);

    lua_pushinteger(L, (lua_Integer)proxy->table->row_count);
    return 1;
}

/* next(table, key) -> key, row; in file order */
static int
l_table_next(lua_State *L)
{
    const struct table_proxy *proxy = lua_touserdata(L, 1);
    uint32_t row = 0;
    struct scl_str key;

    scl_charge(L, 1);
    if (!lua_isnil(L, 2))
        row = scl_facts_row(proxy->table, scl_arg_string(L, 2, "pairs")) + 1;
    if (row >= proxy->table->row_count) {
        lua_pushnil(L);
        return 1;
    }
    key = scl_facts_text(proxy->table, row, 0);
    lua_pushlstring(L, key.at, key.len);
    scl_fact_row_push(L, proxy->table, row);
    return 2;
}

static int
l_table_pairs(lua_State *L)
{
    lua_pushcfunction(L, l_table_next);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int
l_frozen(lua_State *L)
{
    scl_raise(L, "facts are read-only");
}

/* facts.name */
static int
l_facts_index(lua_State *L)
{
    const struct scl_facts *facts = scl_run_of(L)->facts;
    struct scl_str name = scl_arg_string(L, 2, "facts");
    const struct scl_facts_table *table = scl_facts_find(facts, name);
    struct scl_suggest suggest;
    struct table_proxy *proxy;

    scl_charge(L, 1);
    if (table) {
        proxy = lua_newuserdatauv(L, sizeof *proxy, 0);
        proxy->table = table;
        push_with(L, &table_metatable);
        return 1;
    }
    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < facts->table_count; i++)
        scl_suggest_offer(&suggest, facts->tables[i]->name);
    if (suggest.best.len)
        scl_raise(L, "there are no facts '%.*s'; did you mean '%.*s'?", SCL_ARG(name),
                  SCL_ARG(suggest.best));
    scl_raise(L, "there are no facts '%.*s'", SCL_ARG(name));
}

static void
set_event(lua_State *L, const char *event, lua_CFunction function)
{
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, event);
}

static void
new_metatable(lua_State *L, const char *name)
{
    lua_newtable(L);
    set_event(L, "__newindex", l_frozen);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
}

void
scl_open_facts(lua_State *L)
{
    new_metatable(L, "a table of facts");
    set_event(L, "__index", l_table_index);
    set_event(L, "__len", l_table_len);
    set_event(L, "__pairs", l_table_pairs);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &table_metatable);
    new_metatable(L, "a row of facts");
    set_event(L, "__index", l_row_index);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &row_metatable);
    lua_newuserdatauv(L, 0, 0);
    new_metatable(L, "the facts");
    set_event(L, "__index", l_facts_index);
    lua_setmetatable(L, -2);
    scl_globals_set(L, "facts");
}
