/* SPDX-License-Identifier: Apache-2.0 */
/*
 * node_access.c: what can be done with a node in Lua
 *
 * Reading fields, members and entries, lengths, and walking with pairs. Writing ends the run. A
 * list that is open, or of which nothing is known, ends the run where its end would decide: past
 * its last member, at `#`, and when a look-up finds nothing.
 */
#include "script/node_access.h"

#include "script/arguments.h"

static struct scl_proxy *
self(lua_State *L)
{
    return lua_touserdata(L, 1);
}

/* ---- nodes ---- */

/* Whether a policy that looks at one kind of instruction alone may read a field of others. */
static bool
is_of_other_instruction(lua_State *L, unsigned field)
{
    const struct scl_run *run = scl_run_of(L);

    if (scl_field(field)->type != SCL_TYPE_INSTRUCTION)
        return false;
    for (uint32_t i = 0; i < run->policy->on_count; i++) {
        const struct scl_selector *on = &run->policy->on[i];

        if (on->type != SCL_TYPE_INSTRUCTION || on->field == SCL_NONE)
            return false;
        for (uint32_t v = 0; v < on->values.count; v++)
            if (scl_instruction_has(on->values.at[v], field))
                return false;
    }
    return run->policy->on_count != 0;
}

static int
l_node_index(lua_State *L)
{
    const struct scl_proxy *node = self(L);
    struct scl_str name = scl_arg_string(L, 2, "node");
    unsigned type = scl_view_object(node->view, node->node.object)->type;
    unsigned field;

    scl_charge(L, 1);
    field = scl_field_find(type, node->node.field, name);
    if (!field)
        scl_raise_no_field(L, node->node, name);
    if (is_of_other_instruction(L, field))
        scl_raise(L, "the instructions of this policy have no field '%.*s'", SCL_ARG(name));
    scl_push_field(L, (struct scl_node){ node->node.object, (uint16_t)field, 0 });
    return 1;
}

/* next(node, last name) -> name, value; in schema order */
static int
l_node_next(lua_State *L)
{
    const struct scl_proxy *node = self(L);
    unsigned type = scl_view_object(node->view, node->node.object)->type;
    const struct scl_type *row = scl_type(type);
    unsigned field = row->first;

    scl_charge(L, 1);
    if (!lua_isnil(L, 2))
        field = scl_field_find(type, node->node.field, scl_arg_string(L, 2, "pairs")) + 1;
    for (; field < (unsigned)row->first + row->count; field++) {
        struct scl_str name = scl_field_name(field);

        if (scl_field_group(field) != node->node.field)
            continue;
        lua_pushlstring(L, name.at, name.len);
        scl_push_field(L, (struct scl_node){ node->node.object, (uint16_t)field, 0 });
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

static int
l_node_pairs(lua_State *L)
{
    lua_pushcfunction(L, l_node_next);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* ---- lists and maps ---- */

static void
read_list(const struct scl_proxy *list, struct scl_reading *reading)
{
    scl_view_read(list->view, list->node, reading);
}

static uint32_t
count_of(const struct scl_reading *reading)
{
    return reading->value.kind == SCL_KIND_LIST || reading->value.kind == SCL_KIND_MAP
               ? reading->value.as.list->count
               : 0;
}

/* Ends the run where there may be more than is known. */
static void
check_closed(lua_State *L, const struct scl_proxy *list, const struct scl_reading *reading)
{
    if (!list->is_own &&
        (reading->state == SCANTLING_STATE_UNKNOWN || reading->value.flags & SCL_VALUE_OPEN))
        scl_run_end_unknown(L, list->node);
}

static void
push_member(lua_State *L, const struct scl_proxy *list, const struct scl_reading *reading,
            uint32_t element)
{
    struct scl_node node = scl_view_member(list->node, reading, element);

    if (node.field == SCL_NONE)
        scl_push_node(L, node);
    else
        scl_push_field(L, node);
}

/* list["KEY"]: an entry of a map, or the member whose key column says so. */
static int
index_by_key(lua_State *L, const struct scl_proxy *list, struct scl_reading *reading)
{
    struct scl_str key = scl_arg_string(L, 2, "list");
    const struct scl_field *row = scl_field(list->node.field);
    struct scl_node found, unknown = { 0, SCL_NONE, 0 };
    uint32_t count = count_of(reading);

    scl_charge(L, 1 + count / 16);
    if (row->kind == SCL_KIND_MAP) {
        for (uint32_t i = 0; i < count; i++)
            if (scl_str_same(reading->value.as.list->keys[i], key)) {
                push_member(L, list, reading, i + 1);
                return 1;
            }
    } else if (row->of < SCL_TYPE_COUNT && scl_type(row->of)->key) {
        for (uint32_t i = 0; i < count; i++) {
            struct scl_reading column;

            found = scl_view_member(list->node, reading, i + 1);
            found.field = scl_type(row->of)->key;
            scl_view_read(list->view, found, &column);
            if (column.state == SCANTLING_STATE_UNKNOWN)
                unknown = found;
            if (column.value.kind == SCL_KIND_TEXT &&
                scl_str_same(scl_value_text(&column.value), key)) {
                push_member(L, list, reading, i + 1);
                return 1;
            }
        }
    } else {
        scl_raise(L, "a list has positions, not '%.*s'", SCL_ARG(key));
    }
    if (unknown.object)
        scl_run_end_unknown(L, unknown);
    check_closed(L, list, reading);
    lua_pushnil(L);
    return 1;
}

static int
l_list_index(lua_State *L)
{
    const struct scl_proxy *list = self(L);
    struct scl_reading reading;
    lua_Integer at;

    scl_charge(L, 1);
    read_list(list, &reading);
    if (reading.state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_end_not_applicable(L);
    if (lua_type(L, 2) == LUA_TSTRING)
        return index_by_key(L, list, &reading);
    at = scl_arg_integer(L, 2, "list");
    if (at >= 1 && (lua_Unsigned)at <= count_of(&reading)) {
        push_member(L, list, &reading, (uint32_t)at);
        return 1;
    }
    if (at >= 1)
        check_closed(L, list, &reading);
    lua_pushnil(L);
    return 1;
}

static int
l_list_len(lua_State *L)
{
    const struct scl_proxy *list = self(L);
    struct scl_reading reading;

    scl_charge(L, 1);
    read_list(list, &reading);
    if (reading.state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_end_not_applicable(L);
    check_closed(L, list, &reading);
    lua_pushinteger(L, (lua_Integer)count_of(&reading));
    return 1;
}

/* next(list, last) -> key, value. The position stands in the closure: { list, position } */
static int
l_list_next(lua_State *L)
{
    const struct scl_proxy *list = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    struct scl_reading reading;

    scl_charge(L, 1);
    read_list(list, &reading);
    if ((lua_Unsigned)at > count_of(&reading)) {
        check_closed(L, list, &reading);
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, at);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (reading.value.kind == SCL_KIND_MAP) {
        struct scl_str key = reading.value.as.list->keys[at - 1];

        lua_pushlstring(L, key.at, key.len);
    }
    push_member(L, list, &reading, (uint32_t)at);
    return 2;
}

static int
l_list_pairs(lua_State *L)
{
    struct scl_reading reading;

    read_list(self(L), &reading);
    if (reading.state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_end_not_applicable(L);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, l_list_next, 2);
    return 1;
}

/* ---- strings of the document ---- */

static int
l_string_index(lua_State *L)
{
    const struct scl_proxy *string = self(L);
    struct scl_str name = scl_arg_string(L, 2, "string");
    struct scl_text path = { 0 };
    char *copy;

    scl_charge(L, 1);
    if (scl_str_is(name, "value")) {
        scl_push_field(L, string->node);
        return 1;
    }
    if (!scl_str_is(name, "field"))
        scl_raise(L, "string has no field '%.*s'; it has 'value' and 'field'", SCL_ARG(name));
    scl_view_path(string->view, string->node, &path);
    copy = path.failed ? NULL : scl_arena_copy(scl_run_arena(L), path.at, path.len);
    scl_text_finish(&path);
    if (!copy)
        scl_end_memory(L);
    lua_pushstring(L, copy);
    return 1;
}

static int
l_place_index(lua_State *L)
{
    scl_raise(L, "a place has no fields; where(place) tells its line and column");
}

/* ---- all ---- */

static int
l_newindex(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING)
        scl_raise(L, "cannot set '%.*s': documents are read-only",
                  SCL_ARG(scl_arg_string(L, 2, "node")));
    scl_raise(L, "documents are read-only");
}

/* A node prints as what it is, never as an address. */
static int
l_tostring(lua_State *L)
{
    static const char *const names[] = { "node", "list", "place", "string" };

    lua_pushstring(L, names[self(L)->shape]);
    return 1;
}

static const struct {
    const char *event;
    lua_CFunction functions[SCL_PROXY_COUNT];
} events[] = {
    { "__index", { l_node_index, l_list_index, l_place_index, l_string_index } },
    { "__newindex", { l_newindex, l_newindex, l_newindex, l_newindex } },
    { "__len", { NULL, l_list_len, NULL, NULL } },
    { "__pairs", { l_node_pairs, l_list_pairs, NULL, NULL } },
    { "__tostring", { l_tostring, l_tostring, l_tostring, l_tostring } },
};

void
scl_push_metatable(lua_State *L, enum scl_proxy_shape shape)
{
    static const char *const names[] = { "a node", "a list", "a place", "a string" };

    lua_newtable(L);
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        if (!events[i].functions[shape])
            continue;
        lua_pushcfunction(L, events[i].functions[shape]);
        lua_setfield(L, -2, events[i].event);
    }
    lua_pushstring(L, names[shape]);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
}
