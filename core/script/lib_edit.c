/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_edit.c: edit
 *
 * Each function makes an edit: some bytes of a file, perhaps none, and the text that is to stand in
 * their place. Nothing is changed here; what a finding proposes is told with it, and somebody else
 * applies it. Where there is nothing to change the edit is nil: a place that the document does not
 * write, and any place of a document that is a snapshot of something else.
 *
 * Invariants: no text holds a mask, which would overwrite a secret with asterisks; the edits of one
 * fix lie in one view, sorted by file and place, none within another.
 */
#include "script/lib_edit.h"

#include "document/mask.h"
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/edit_target.h"
#include "script/frozen.h"
#include "script/node.h"
#include "script/verbs.h"

#include <stdlib.h>

enum { TEXT_MAX = 4096, FIX_TEXT_MAX = 16384, EDITS_MAX = 64, INDENT_MAX = 256 };

static const char edit_metatable = 0;

struct edit_handle { /* its text is the user value */
    const struct scl_view *view;
    struct scl_span span;
    uint16_t file;
};

static struct scl_place_node
check_place(lua_State *L, const char *name)
{
    struct scl_place_node place;

    if (!scl_to_place(L, 1, &place))
        scl_arg_refuse(L, 1, name, "a place");
    return place;
}

/* ---- texts ---- */

static struct scl_str
check_text(lua_State *L, int index, const char *name)
{
    struct scl_str text = scl_arg_string(L, index, name);

    if (text.len > TEXT_MAX)
        scl_raise(L, "%s: the text is longer than %d bytes", name, TEXT_MAX);
    if (scl_str_find(text, SCL_S(SCL_MASK_TEXT)) != SIZE_MAX)
        scl_raise(L, "%s: the text holds %s, which stands for a secret and cannot be written",
                  name, SCL_MASK_TEXT);
    scl_charge_bytes(L, text.len);
    return text;
}

static int
push_none(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

/* Replaces the text on top of the stack by the edit. */
static int
push_edit(lua_State *L, const struct scl_edit_target *target, struct scl_span span)
{
    struct edit_handle *handle = lua_newuserdatauv(L, sizeof *handle, 1);

    *handle = (struct edit_handle){ target->view, span, target->file };
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &edit_metatable);
    lua_setmetatable(L, -2);
    return 1;
}

/* The blanks that a new line begins with: those of the line at `lines`, dashes as blanks. */
static void
add_indent(struct scl_buffer *buffer, const struct scl_edit_target *target, struct scl_span lines)
{
    const char *old = scl_edit_source(target)->text.at + lines.offset;
    bool is_blank = true;

    for (size_t i = 0; i < INDENT_MAX && lines.offset + i < target->span.offset; i++) {
        is_blank = is_blank && (old[i] == ' ' || old[i] == '\t');
        if (!is_blank && target->form != SCL_EDIT_FIRST)
            return;
        scl_buffer_char(buffer, is_blank ? old[i] : ' ');
    }
}

/* Pushes `text` as lines of their own, indented like the line at `lines` and ended like it. */
static void
push_lines(lua_State *L, const struct scl_edit_target *target, struct scl_span lines,
           struct scl_str text)
{
    struct scl_str source = scl_edit_source(target)->text;
    struct scl_str old = scl_str_sub(source, lines.offset, lines.length), line;
    bool has_cr = scl_str_ends(old, SCL_S("\r\n"));
    struct scl_buffer buffer;

    if (scl_str_ends(text, SCL_S("\n")))
        text.len--;
    scl_buffer_init(&buffer, L, text.len + 2);
    do {
        if (!scl_str_cut(&text, '\n', &line))
            line = scl_str_n("", 0);
        if (line.len)
            add_indent(&buffer, target, lines);
        scl_buffer_add(&buffer, line);
        if (has_cr && !scl_str_ends(line, SCL_S("\r")))
            scl_buffer_char(&buffer, '\r');
        scl_buffer_char(&buffer, '\n');
    } while (text.len);
    scl_buffer_push(&buffer);
}

/* Pushes `text` as an item before or behind another, a comma between them, on a line of its own
 * where the other has one. */
static void
push_item(lua_State *L, const struct scl_edit_target *target, struct scl_str text, bool after)
{
    uint32_t indent = scl_edit_indent(target);
    struct scl_buffer buffer;

    scl_buffer_init(&buffer, L, text.len + 2);
    if (!after)
        scl_buffer_add(&buffer, text);
    scl_buffer_char(&buffer, ',');
    if (indent == UINT32_MAX || !indent) {
        scl_buffer_char(&buffer, ' ');
    } else {
        scl_buffer_char(&buffer, '\n');
        add_indent(&buffer, target, scl_edit_lines(target));
    }
    if (after)
        scl_buffer_add(&buffer, text);
    scl_buffer_push(&buffer);
}

/* ---- the library ---- */

/* edit.replace(place, text) -> edit */
static int
l_replace(lua_State *L)
{
    struct scl_place_node place = check_place(L, "edit.replace");
    struct scl_edit_target target = scl_edit_value(&place);
    struct scl_str text = check_text(L, 2, "edit.replace");

    if (!target.view)
        return push_none(L);
    lua_pushlstring(L, text.at, text.len);
    return push_edit(L, &target, target.span);
}

static int
insert(lua_State *L, const char *name, bool after)
{
    struct scl_place_node place = check_place(L, name);
    struct scl_edit_target target = scl_edit_entry(&place);
    struct scl_str text = check_text(L, 2, name);
    struct scl_span at = { 0 };

    if (!target.view)
        return push_none(L);
    at.offset = after ? scl_span_end(target.span) : target.span.offset;
    if (target.form == SCL_EDIT_LINES || (target.form == SCL_EDIT_FIRST && after)) {
        struct scl_span lines = scl_edit_lines(&target);
        struct scl_str source = scl_edit_source(&target)->text;

        at.offset = after ? scl_span_end(lines) : lines.offset;
        push_lines(L, &target, lines, text);
        /* Behind a last line without an end, the end comes first. */
        if (after && at.offset == source.len && source.at[source.len - 1] != '\n') {
            lua_pushliteral(L, "\n");
            lua_insert(L, -2);
            lua_concat(L, 2);
        }
    } else if (target.form == SCL_EDIT_ITEM) {
        push_item(L, &target, text, after);
    } else {
        lua_pushlstring(L, text.at, text.len);
    }
    return push_edit(L, &target, at);
}

/* edit.before(place, text) -> edit */
static int
l_before(lua_State *L)
{
    return insert(L, "edit.before", false);
}

/* edit.after(place, text) -> edit */
static int
l_after(lua_State *L)
{
    return insert(L, "edit.after", true);
}

/* edit.delete(place) -> edit */
static int
l_delete(lua_State *L)
{
    struct scl_place_node place = check_place(L, "edit.delete");
    struct scl_edit_target target = scl_edit_entry(&place);

    scl_charge(L, 1);
    if (!target.view)
        return push_none(L);
    lua_pushliteral(L, "");
    return push_edit(L, &target, scl_edit_deleted(&target));
}

/* ---- scalars ---- */

/* A text that stands for itself as a word of any format, without quotes. */
static bool
is_plain(struct scl_str text)
{
    static const char first[] = "/._", further[] = "/._:@+=-";

    for (size_t i = 0; i < text.len; i++)
        if (!scl_is_alnum(text.at[i]) &&
            scl_str_find_char(scl_str_c(i ? further : first), text.at[i]) == SIZE_MAX)
            return false;
    return text.len != 0;
}

/* The quote that a text as written has around it, or 0. */
static char
quote_of(struct scl_str written)
{
    if (written.len < 2 || written.at[0] != written.at[written.len - 1])
        return '\0';
    return written.at[0] == '"' || written.at[0] == '\'' ? written.at[0] : '\0';
}

/* Pushes the value at index 3 as the document spells the one of `reading`; false where it does
 * not write that as we would. */
static bool
push_spelled(lua_State *L, struct scl_str written, struct scl_str was,
             const struct scl_reading *reading)
{
    char quote = quote_of(written);
    struct scl_str bare = quote ? scl_str_sub(written, 1, written.len - 2) : written, text;
    struct scl_buffer buffer;
    bool is_turned = false;

    if (reading->value.kind == SCL_KIND_BOOL) {
        if (lua_type(L, 3) != LUA_TBOOLEAN)
            scl_arg_refuse(L, 3, "edit.set", "a boolean");
        is_turned = scl_str_is(bare, reading->value.as.number ? "false" : "true");
        text = lua_toboolean(L, 3) != is_turned ? SCL_S("true") : SCL_S("false");
    } else {
        if (reading->value.kind == SCL_KIND_INT)
            scl_arg_integer(L, 3, "edit.set");
        else if (reading->value.kind == SCL_KIND_DECIMAL)
            scl_arg_number(L, 3, "edit.set");
        text = check_text(L, 3, "edit.set");
    }
    if ((!is_turned && !scl_str_same(bare, was)) ||
        (reading->value.kind == SCL_KIND_TEXT && !is_plain(text)))
        return false;
    scl_buffer_init(&buffer, L, text.len + 2);
    if (quote)
        scl_buffer_char(&buffer, quote);
    scl_buffer_add(&buffer, text);
    if (quote)
        scl_buffer_char(&buffer, quote);
    scl_buffer_push(&buffer);
    return true;
}

/* edit.set(node, path, value) -> edit, or nil where the document does not declare it */
static int
l_set(lua_State *L)
{
    const struct scl_proxy *proxy = scl_to_proxy(L, 1);
    struct scl_place_node place;
    struct scl_edit_target target;
    struct scl_reading reading;

    if (!proxy)
        scl_arg_refuse(L, 1, "edit.set", "a node");
    scl_charge(L, 1);
    place = (struct scl_place_node){
        .view = proxy->view,
        .node = scl_find_path(L, proxy, scl_arg_string(L, 2, "edit.set")),
    };
    scl_view_read(place.view, place.node, &reading);
    if (reading.value.kind >= SCL_KIND_LIST ||
        (!place.node.element && scl_field(place.node.field)->kind >= SCL_KIND_LIST))
        scl_arg_refuse(L, 2, "edit.set", "the path of a scalar");
    target = scl_edit_value(&place);
    if (!target.view || reading.state != SCANTLING_STATE_DECLARED ||
        reading.value.kind == SCL_KIND_EMPTY)
        return push_none(L);
    if (!push_spelled(L, scl_source_text(scl_edit_source(&target), target.span),
                      scl_view_scalar_text(place.view, place.node, &reading), &reading))
        return push_none(L);
    return push_edit(L, &target, target.span);
}

void
scl_open_edits(lua_State *L)
{
    static const struct scl_function edit[] = {
        { "replace", l_replace }, { "before", l_before }, { "after", l_after },
        { "delete", l_delete },   { "set", l_set },       { NULL, NULL },
    };

    scl_globals_library(L, "edit", edit);
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "an edit");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &edit_metatable);
}

/* ---- fixes ---- */

static const struct edit_handle *
to_edit(lua_State *L, int index)
{
    const struct edit_handle *handle = NULL;

    if (lua_type(L, index) == LUA_TUSERDATA && lua_getmetatable(L, index)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &edit_metatable);
        if (lua_rawequal(L, -1, -2))
            handle = lua_touserdata(L, index);
        lua_pop(L, 2);
    }
    return handle;
}

static void
add_edit(lua_State *L, int index, struct scl_found_fix *fix)
{
    struct scl_arena *arena = scl_run_arena(L);
    const struct edit_handle *handle = to_edit(L, index);
    struct scl_found_edit *edit;
    struct scl_str text;

    if (!handle)
        scl_arg_refuse(L, index, "fix", "an edit or nil");
    lua_getiuservalue(L, index, 1);
    text.at = lua_tolstring(L, -1, &text.len);
    scl_charge_bytes(L, text.len);
    fix->text_bytes += text.len;
    if (fix->text_bytes > FIX_TEXT_MAX)
        scl_raise(L, "fix: its texts are longer than %d bytes", FIX_TEXT_MAX);
    edit = scl_vec_push(arena, &fix->edits);
    if (!edit)
        scl_end_memory(L);
    *edit = (struct scl_found_edit){
        .view = handle->view,
        .span = handle->span,
        .file = handle->file,
        .order = fix->edits.count,
        .text = scl_str_n(scl_arena_copy(arena, text.at, text.len), text.len),
    };
    if (!edit->text.at)
        scl_end_memory(L);
    lua_pop(L, 1);
}

/* What is inserted comes before what is replaced at the same place. */
static int
edit_order(const void *a, const void *b)
{
    const struct scl_found_edit *x = a, *y = b;

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->span.offset != y->span.offset)
        return x->span.offset < y->span.offset ? -1 : 1;
    if (!x->span.length != !y->span.length)
        return x->span.length ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

bool
scl_fix_read(lua_State *L, int first, struct scl_found_fix *ret)
{
    int last = lua_gettop(L);

    if (last - first >= EDITS_MAX)
        scl_raise(L, "fix: more than %d edits", EDITS_MAX);
    lua_checkstack(L, 8);
    for (int i = first; i <= last; i++)
        if (!lua_isnil(L, i))
            add_edit(L, i, ret);
    if (ret->edits.count > 1)
        qsort(ret->edits.at, ret->edits.count, sizeof *ret->edits.at, edit_order);
    for (uint32_t i = 1; i < ret->edits.count; i++) {
        const struct scl_found_edit *edit = &ret->edits.at[i], *before = edit - 1;

        if (edit->file == before->file && edit->span.offset < scl_span_end(before->span))
            scl_raise(L, "fix: two of its edits overlap");
    }
    return ret->edits.count != 0;
}
