/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report.c: report(place, format, ...) and the finding it returns
 *
 * A finding is kept outside Lua as it is made; what Lua holds is its number in the run. A message
 * is formatted here, with %s %d %q %% alone; it is masked, and then cut, once the run is over.
 */
#include "script/verbs.h"

#include "script/arguments.h"
#include "script/buffer.h"
#include "script/lib_edit.h"
#include "script/libraries.h"
#include "script/node.h"

enum { LIST_SHOWN = 3, FIXES_MAX = 4 };

static const char finding_metatable = 0;

struct finding_handle {
    uint32_t index;
};

/* ---- messages ---- */

/* The bytes of a hit, which is where the value is written. */
static struct scl_str
hit_text(const struct scl_place_node *place)
{
    struct scl_origin origin = scl_view_place(place->view, place->node, true, NULL);

    return scl_source_text(scl_view_file(place->view, origin.file), place->span);
}

/* A node or place, as the document writes it. */
static void
add_written(struct scl_buffer *buffer, const struct scl_place_node *place)
{
    struct scl_str text = scl_view_written(place->view, place->node);

    if (place->has_span && text.at)
        text = hit_text(place);
    scl_buffer_add(buffer, text.at ? text : SCL_S("unset"));
}

static void add_value(struct scl_buffer *buffer, lua_State *L, int index, unsigned depth);

/* A list as `a, b, c and 4 more`. */
static void
add_list(struct scl_buffer *buffer, lua_State *L, int index, unsigned depth)
{
    lua_Integer count = scl_list_length(L, index);
    lua_Integer shown = count <= LIST_SHOWN + 1 ? count : LIST_SHOWN;

    for (lua_Integer i = 1; i <= shown; i++) {
        if (i > 1)
            scl_buffer_add(buffer, SCL_S(", "));
        lua_geti(L, index, i);
        add_value(buffer, L, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    if (shown < count) {
        lua_pushfstring(L, " and %d more", (int)(count - shown));
        scl_buffer_value(buffer);
    }
}

static void
add_value(struct scl_buffer *buffer, lua_State *L, int index, unsigned depth)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, index);
    struct scl_place_node place;

    if (lua_isnil(L, index)) {
        scl_buffer_add(buffer, SCL_S("unset"));
    } else if (depth == 0 &&
               (proxy ? proxy->shape == SCL_PROXY_LIST : scl_is_list(L, index))) {
        add_list(buffer, L, index, depth);
    } else if (scl_to_place(L, index, &place)) {
        add_written(buffer, &place);
    } else {
        lua_pushvalue(L, index);
        scl_buffer_value(buffer);
    }
}

/* %q: in quotes, controls and quotes escaped. */
static void
add_quoted(struct scl_buffer *buffer, struct scl_str text)
{
    static const char digits[] = "0123456789abcdef";

    scl_buffer_char(buffer, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte == '"' || byte == '\\') {
            scl_buffer_char(buffer, '\\');
            scl_buffer_char(buffer, (char)byte);
        } else if (byte < 0x20 || byte == 0x7f) {
            scl_buffer_add(buffer, SCL_S("\\x"));
            scl_buffer_char(buffer, digits[byte >> 4]);
            scl_buffer_char(buffer, digits[byte & 15]);
        } else {
            scl_buffer_char(buffer, (char)byte);
        }
    }
    scl_buffer_char(buffer, '"');
}

/* Formats arguments `first` and on into a text of the run's arena. */
static struct scl_str
format_message(lua_State *L, int first, const char *name)
{
    struct scl_str format = scl_arg_string(L, first, name);
    int argument = first, last = lua_gettop(L);
    struct scl_buffer buffer;
    struct scl_str text;
    char *copy;

    lua_checkstack(L, 16);
    scl_buffer_init(&buffer, L, format.len + 32);
    for (size_t i = 0; i < format.len; i++) {
        char directive = i + 1 < format.len ? format.at[i + 1] : '\0';

        if (format.at[i] != '%') {
            scl_buffer_char(&buffer, format.at[i]);
            continue;
        }
        i++;
        if (directive == '%') {
            scl_buffer_char(&buffer, '%');
            continue;
        }
        if (directive != 's' && directive != 'd' && directive != 'q')
            scl_raise(L, "%s: '%%%c' is no directive; there are %%s, %%d, %%q and %%%%", name,
                      directive ? directive : ' ');
        if (++argument > last)
            scl_raise(L, "%s: too few arguments for its format", name);
        if (directive == 's') {
            add_value(&buffer, L, argument, 0);
        } else if (directive == 'd') {
            lua_pushinteger(L, scl_arg_integer(L, argument, name));
            scl_buffer_value(&buffer);
        } else {
            add_quoted(&buffer, scl_arg_string(L, argument, name));
        }
    }
    copy = scl_arena_copy(scl_run_arena(L), buffer.at, buffer.len);
    if (!copy)
        scl_end_memory(L);
    text = scl_str_n(copy, buffer.len);
    lua_settop(L, last);
    return text;
}

/* ---- places ---- */

bool
scl_to_place(lua_State *L, int index, struct scl_place_node *ret)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, index);
    const struct scl_place_node *hit;

    if (proxy) {
        *ret = (struct scl_place_node){ .view = proxy->view, .node = proxy->node };
        return true;
    }
    hit = scl_to_hit(L, index);
    if (hit && hit->view) {
        *ret = *hit;
        return true;
    }
    return false;
}

static struct scl_place_node
check_place(lua_State *L, int index, const char *name)
{
    struct scl_place_node place;

    if (!scl_to_place(L, index, &place))
        scl_raise(L, "%s: first argument is %s, not a place; did you mean at(node, \"field\")?",
                  name, scl_type_words(L, index));
    return place;
}

/* ---- findings ---- */

static struct scl_found *
check_finding(lua_State *L, const char *name)
{
    struct scl_run *run = scl_run_of(L);
    const struct finding_handle *handle = NULL;

    if (lua_type(L, 1) == LUA_TUSERDATA && lua_getmetatable(L, 1)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &finding_metatable);
        if (lua_rawequal(L, -1, -2))
            handle = lua_touserdata(L, 1);
        lua_pop(L, 2);
    }
    if (!handle)
        scl_arg_refuse(L, 1, name, "a finding; call it with a colon");
    return handle->index < run->found.count ? &run->found.at[handle->index] : NULL;
}

/* finding:severity(name) -> finding */
static int
l_finding_severity(lua_State *L)
{
    struct scl_found *found = check_finding(L, "severity");
    struct scl_str name = scl_arg_string(L, 2, "severity");
    scantling_severity severity = scl_severity_from(name);

    if (severity == SCANTLING_SEVERITY_NONE)
        scl_raise(L, "unknown severity '%.*s'; it is one of critical, high, medium, low, info",
                  SCL_ARG(name));
    if (found)
        found->severity = severity;
    lua_settop(L, 1);
    return 1;
}

/* finding:also(place, format, ...) -> finding */
static int
l_finding_also(lua_State *L)
{
    struct scl_found *found = check_finding(L, "also");
    struct scl_place_node place = check_place(L, 2, "also");
    struct scl_str message = format_message(L, 3, "also");
    struct scl_found_also *also;

    if (found) {
        also = scl_vec_push(scl_run_arena(L), &found->also);
        if (!also)
            scl_end_memory(L);
        also->place = place;
        also->message = message;
    }
    lua_settop(L, 1);
    return 1;
}

/* finding:fix("safe" or "unsafe", edit, ...) -> finding */
static int
l_finding_fix(lua_State *L)
{
    struct scl_found *found = check_finding(L, "fix");
    struct scl_str how = scl_arg_string(L, 2, "fix");
    struct scl_found_fix fix = { .is_safe = scl_str_is(how, "safe") }, *kept;

    scl_charge(L, 10);
    if (!fix.is_safe && !scl_str_is(how, "unsafe"))
        scl_raise(L, "fix: unknown kind '%.*s'; it is one of safe, unsafe", SCL_ARG(how));
    if (found && found->fixes.count == FIXES_MAX)
        scl_raise(L, "fix: a finding has %d fixes at most", FIXES_MAX);
    if (found && scl_fix_read(L, 3, &fix)) {
        kept = scl_vec_push(scl_run_arena(L), &found->fixes);
        if (!kept)
            scl_end_memory(L);
        *kept = fix;
    }
    lua_settop(L, 1);
    return 1;
}

static const struct scl_function methods[] = {
    { "severity", l_finding_severity },
    { "also", l_finding_also },
    { "fix", l_finding_fix },
    { NULL, NULL },
};

/* finding.name: a method, or the end of the run */
static int
l_finding_index(lua_State *L)
{
    struct scl_str name = scl_arg_string(L, 2, "finding");

    for (const struct scl_function *method = methods; method->name; method++)
        if (scl_str_is(name, method->name)) {
            lua_pushcfunction(L, method->function);
            return 1;
        }
    scl_raise(L, "a finding has no '%.*s'; it has severity, also and fix", SCL_ARG(name));
}

static int
l_finding_newindex(lua_State *L)
{
    scl_raise(L, "a finding cannot be written to; call its methods");
}

/* report(place, format, ...) -> finding */
static int
l_report(lua_State *L)
{
    struct scl_run *run = scl_run_of(L);
    struct scl_place_node place = check_place(L, 1, "report");
    struct scl_str message;
    struct scl_found *found;
    struct finding_handle *handle;

    scl_charge(L, 10);
    message = format_message(L, 2, "report");
    handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->index = UINT32_MAX;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &finding_metatable);
    lua_setmetatable(L, -2);
    if (run->made >= run->finding_limit) {
        run->dropped++;
        return 1;
    }
    found = scl_vec_push(scl_run_arena(L), &run->found);
    if (!found)
        scl_end_memory(L);
    run->made++;
    found->place = place;
    found->message = message;
    found->first_read = run->found.count > 1 ? found[-1].last_read : 0;
    found->last_read = run->reads.count;
    handle->index = run->found.count - 1;
    return 1;
}

void
scl_push_report(lua_State *L)
{
    lua_pushcfunction(L, l_report);
}

void
scl_open_report(lua_State *L)
{
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, l_finding_index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_finding_newindex);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "a finding");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &finding_metatable);
}
