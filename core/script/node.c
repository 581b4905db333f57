/* SPDX-License-Identifier: Apache-2.0 */
/*
 * node.c: nodes of a view as read-only values of Lua
 *
 * registry[&tables] = { [packed node] = proxy }, made anew for each run, so that a node is one
 * value within it. registry[&metatables[shape]] = the metatable of a shape.
 */
#include "script/node.h"

#include "base/suggest.h"
#include "script/node_access.h"

static const char tables = 0;
static const char metatables[SCL_PROXY_COUNT] = { 0 };

void
scl_nodes_open(lua_State *L)
{
    for (int shape = 0; shape < SCL_PROXY_COUNT; shape++) {
        scl_push_metatable(L, (enum scl_proxy_shape)shape);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &metatables[shape]);
    }
    scl_nodes_begin(L);
}

void
scl_nodes_begin(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &tables);
}

/* ---- making proxies ---- */

static struct scl_proxy *
push_new(lua_State *L, struct scl_node node, enum scl_proxy_shape shape)
{
    struct scl_proxy *proxy = lua_newuserdatauv(L, sizeof *proxy, 0);

    proxy->view = scl_run_of(L)->view;
    proxy->node = node;
    proxy->shape = shape;
    proxy->is_own = false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &metatables[shape]);
    lua_setmetatable(L, -2);
    return proxy;
}

static void
push_cached(lua_State *L, struct scl_node node, enum scl_proxy_shape shape)
{
    lua_Integer key = (lua_Integer)scl_node_pack(node, 0);

    lua_rawgetp(L, LUA_REGISTRYINDEX, &tables);
    if (lua_rawgeti(L, -1, key) == LUA_TNIL) {
        lua_pop(L, 1);
        push_new(L, node, shape);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, key); /* proxies[key] = proxy */
    }
    lua_remove(L, -2);
}

void
scl_push_node(lua_State *L, struct scl_node node)
{
    unsigned kind = scl_field(node.field)->kind;

    push_cached(L, node,
                kind == SCL_KIND_LIST || kind == SCL_KIND_MAP ? SCL_PROXY_LIST : SCL_PROXY_NODE);
}

void
scl_push_own_list(lua_State *L, struct scl_node node)
{
    push_new(L, node, SCL_PROXY_LIST)->is_own = true;
}

void
scl_push_place(lua_State *L, struct scl_node node)
{
    push_new(L, node, SCL_PROXY_PLACE);
}

void
scl_push_string(lua_State *L, struct scl_node node)
{
    push_new(L, node, SCL_PROXY_STRING);
}

const struct scl_proxy *
scl_to_proxy(lua_State *L, int index)
{
    const struct scl_proxy *proxy = NULL;

    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return NULL;
    for (int shape = 0; shape < SCL_PROXY_COUNT && !proxy; shape++) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &metatables[shape]);
        if (lua_rawequal(L, -1, -2))
            proxy = lua_touserdata(L, index);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return proxy;
}

/* ---- reading ---- */

/* An OBJECT that is not there leads to the empty object of its type. */
static void
push_object(lua_State *L, struct scl_node node, const struct scl_reading *reading)
{
    if (reading->value.kind == SCL_KIND_OBJECT)
        node.object = reading->value.as.object;
    else
        node.object = scl_field(node.field)->of;
    node.field = SCL_NONE;
    node.element = 0;
    scl_push_node(L, node);
}

static void
push_decimal(lua_State *L, int64_t nano)
{
    if (nano % 1000000000 == 0)
        lua_pushinteger(L, (lua_Integer)(nano / 1000000000));
    else
        lua_pushnumber(L, (lua_Number)nano / 1e9);
}

void
scl_push_reading(lua_State *L, struct scl_node node, const struct scl_reading *reading)
{
    switch (reading->value.kind) {
    case SCL_KIND_BOOL:
        lua_pushboolean(L, reading->value.as.number != 0);
        break;
    case SCL_KIND_INT:
        lua_pushinteger(L, (lua_Integer)reading->value.as.number);
        break;
    case SCL_KIND_DECIMAL:
        push_decimal(L, reading->value.as.number);
        break;
    case SCL_KIND_TEXT:
        scl_charge_bytes(L, reading->value.length);
        scl_charge_string(L, reading->value.length);
        lua_pushlstring(L, reading->value.as.text, reading->value.length);
        break;
    case SCL_KIND_LIST:
    case SCL_KIND_MAP:
        scl_push_node(L, node);
        break;
    case SCL_KIND_OBJECT:
        push_object(L, node, reading);
        break;
    default:
        lua_pushnil(L);
        break;
    }
}

void
scl_push_field(lua_State *L, struct scl_node node)
{
    unsigned kind = scl_field(node.field)->kind;
    struct scl_reading reading;

    if (kind == SCL_KIND_GROUP) {
        scl_push_node(L, node);
        return;
    }
    scl_view_read(scl_run_of(L)->view, node, &reading);
    if (reading.state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_end_not_applicable(L);
    if (!node.element && (kind == SCL_KIND_LIST || kind == SCL_KIND_MAP)) {
        scl_push_node(L, node);
        return;
    }
    /* What was not given may be named; what is read of it ends the run. */
    if (!node.element && kind == SCL_KIND_OBJECT &&
        (reading.state != SCANTLING_STATE_UNKNOWN || reading.value.kind == SCL_KIND_OBJECT)) {
        push_object(L, node, &reading);
        return;
    }
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_run_end_unknown(L, node);
    scl_run_read(L, node);
    scl_push_reading(L, node, &reading);
    if (reading.value.kind == SCL_KIND_EMPTY)
        scl_run_read_nil(L, node);
}

/* ---- names ---- */

void
scl_node_owner(const struct scl_view *view, struct scl_node node, struct scl_text *text)
{
    scl_text_c(text, scl_type(scl_view_object(view, node.object)->type)->name);
    if (node.field) {
        scl_text_char(text, '.');
        scl_text_add(text, scl_field(node.field)->path);
    }
}

void
scl_raise_no_field(lua_State *L, struct scl_node node, struct scl_str name)
{
    const struct scl_view *view = scl_run_of(L)->view;
    unsigned type = scl_view_object(view, node.object)->type;
    struct scl_str near = scl_field_suggest(type, node.field, name);
    const char *dot = node.field ? "." : "";
    struct scl_str group = scl_field(node.field)->path;

    if (near.len)
        scl_raise(L, "%s%s%.*s has no field '%.*s'; did you mean '%.*s'?", scl_type(type)->name,
                  dot, SCL_ARG(group), SCL_ARG(name), SCL_ARG(near));
    scl_raise(L, "%s%s%.*s has no field '%.*s'", scl_type(type)->name, dot, SCL_ARG(group),
              SCL_ARG(name));
}

/* Where the step of a path that begins at `at` ends: a name, or a key in brackets. */
static size_t
step_end(struct scl_str path, size_t at)
{
    size_t end = at + 1;

    if (path.at[at] == '[') {
        while (end < path.len && path.at[end - 1] != ']')
            end++;
        return end;
    }
    while (end < path.len && path.at[end] != '.' && path.at[end] != '[')
        end++;
    return end;
}

/* Ends the run with the first step of a path that leads nowhere. */
_Noreturn static void
raise_no_path(lua_State *L, const struct scl_proxy *from, struct scl_str path)
{
    struct scl_node step = from->node, found;
    size_t end = 0, next = path.len ? step_end(path, 0) : 0;

    while (end < path.len &&
           scl_view_find(from->view, from->node, scl_str_sub(path, 0, next), &found)) {
        scl_charge_bytes(L, next);
        step = found;
        end = next;
        next = end < path.len ? step_end(path, end) : end;
    }
    path = scl_str_sub(path, end, next - end);
    if (path.len && path.at[0] == '.')
        path = scl_str_sub(path, 1, path.len);
    if (step.field && scl_field(step.field)->kind != SCL_KIND_GROUP)
        scl_raise(L, "there is no '%.*s' in %.*s", SCL_ARG(path),
                  SCL_ARG(scl_field_name(step.field)));
    scl_raise_no_field(L, step, path);
}

struct scl_node
scl_find_path(lua_State *L, const struct scl_proxy *from, struct scl_str path)
{
    struct scl_node found;

    scl_charge_bytes(L, path.len);
    if (!scl_view_find(from->view, from->node, path, &found))
        raise_no_path(L, from, path);
    return found;
}

/* ---- fields of instructions ---- */

static const struct {
    uint16_t field;
    const char *instructions; /* between blanks */
} only_in[] = {
    { SCL_INSTRUCTION_IMAGE, " from " },
    { SCL_INSTRUCTION_ALIAS, " from " },
    { SCL_INSTRUCTION_SOURCES, " add copy " },
    { SCL_INSTRUCTION_TARGET, " add copy " },
    { SCL_INSTRUCTION_FROM, " copy " },
    { SCL_INSTRUCTION_WIDE, " add copy " },
    { SCL_INSTRUCTION_HAS_WORKDIR, " add copy " },
    { SCL_INSTRUCTION_MOUNTS, " run " },
    { SCL_INSTRUCTION_ENV, " env " },
    { SCL_INSTRUCTION_ARGS, " arg " },
    { SCL_INSTRUCTION_LABELS, " label " },
    { SCL_INSTRUCTION_USER, " user " },
    { SCL_INSTRUCTION_USER_EXISTS, " user " },
    { SCL_INSTRUCTION_PATH, " workdir " },
    { SCL_INSTRUCTION_IS_ABSOLUTE, " add copy workdir " },
    { SCL_INSTRUCTION_PORTS, " expose " },
    { SCL_INSTRUCTION_PATHS, " volume " },
};

static const char *const instruction_names[] = {
    "add", "arg", "cmd", "copy", "entrypoint", "env", "expose", "from", "healthcheck", "label",
    "maintainer", "onbuild", "run", "shell", "stopsignal", "user", "volume", "workdir", NULL,
};

bool
scl_instruction_has(struct scl_str instruction, unsigned field)
{
    for (size_t i = 0; i < sizeof only_in / sizeof only_in[0]; i++) {
        struct scl_str names = scl_str_c(only_in[i].instructions);
        size_t at = scl_str_find(names, instruction);

        if (only_in[i].field == field)
            return at != SIZE_MAX && at > 0 && names.at[at - 1] == ' ' &&
                   names.at[at + instruction.len] == ' ';
    }
    return true;
}

bool
scl_is_instruction(struct scl_str name)
{
    for (size_t i = 0; instruction_names[i]; i++)
        if (scl_str_is(name, instruction_names[i]))
            return true;
    return false;
}

struct scl_str
scl_instruction_suggest(struct scl_str name)
{
    return scl_suggest_from(name, instruction_names);
}
