/* SPDX-License-Identifier: Apache-2.0 */
/*
 * edit_target.c: the bytes that an edit at a place is about
 *
 * An instruction, and an entry that has its lines for itself, go and come by whole lines; an entry
 * between brackets with one of the commas beside it; a word of a command line with the blank before
 * it. Nothing else that stands in the file is looked at: whether the result can still be read is
 * seen when it is read.
 */
#include "script/edit_target.h"

#include "formats/format.h"

const struct scl_source *
scl_edit_source(const struct scl_edit_target *target)
{
    return &target->view->document->files[target->file];
}

struct scl_span
scl_edit_lines(const struct scl_edit_target *target)
{
    const struct scl_source *source = scl_edit_source(target);
    uint32_t first = scl_source_locate(source, target->span.offset).line;
    uint32_t last = scl_source_locate(source, scl_span_end(target->span)).line;
    uint32_t end = last < source->line_count ? source->lines[last] : (uint32_t)source->text.len;

    return scl_span_between(source->lines[first - 1], end);
}

/* What stands on its lines before it, and behind it without the end of the line. */
static void
neighbours(const struct scl_edit_target *target, struct scl_str *ret_before,
           struct scl_str *ret_behind)
{
    struct scl_span lines = scl_edit_lines(target);
    uint32_t end = scl_span_end(target->span);
    struct scl_str text = scl_edit_source(target)->text;

    *ret_before = scl_str_sub(text, lines.offset, target->span.offset - lines.offset);
    *ret_behind = scl_str_trim(scl_str_sub(text, end, scl_span_end(lines) - end));
}

/* Blanks, and dashes that begin members of lists. */
static bool
is_indent(struct scl_str text, bool *ret_has_dash)
{
    *ret_has_dash = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '-' && i + 1 < text.len && text.at[i + 1] == ' ')
            *ret_has_dash = true;
        else if (text.at[i] != ' ' && text.at[i] != '\t')
            return false;
    }
    return true;
}

uint32_t
scl_edit_indent(const struct scl_edit_target *target)
{
    struct scl_str before, behind;
    bool has_dash;

    neighbours(target, &before, &behind);
    return is_indent(before, &has_dash) ? (uint32_t)before.len : UINT32_MAX;
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether an entry is the first between brackets, or stands behind a comma. */
static bool
is_in_brackets(const struct scl_edit_target *target)
{
    struct scl_str text = scl_edit_source(target)->text;
    size_t at = target->span.offset;

    while (at && is_space(text.at[at - 1]))
        at--;
    return at && (text.at[at - 1] == '{' || text.at[at - 1] == '[' || text.at[at - 1] == ',');
}

/* Of an entry, with a key or without. Bytes with the end of a line are whole lines already. */
static enum scl_edit_form
form_of_entry(const struct scl_edit_target *target, bool has_key)
{
    const struct scl_format *format = scl_format_find(scl_str_c(target->view->document->format));
    struct scl_str bytes = scl_source_text(scl_edit_source(target), target->span), before, behind;
    bool has_dash;

    neighbours(target, &before, &behind);
    if (!bytes.len || bytes.at[bytes.len - 1] == '\n')
        return SCL_EDIT_BYTES;
    if (!format->fits_text && is_in_brackets(target))
        return SCL_EDIT_ITEM;
    if (!behind.len && is_indent(before, &has_dash) && !(has_dash && !format->takes_yaml))
        return has_dash && has_key ? SCL_EDIT_FIRST : SCL_EDIT_LINES;
    if (format == &scl_format_dockerfile)
        return SCL_EDIT_BYTES;
    return format->fits_text ? SCL_EDIT_WORD : SCL_EDIT_ITEM;
}

static bool
takes_edits(const struct scl_view *view)
{
    return scl_str_is(scl_str_c(view->document->resolution), "request");
}

/* Whether it is written within the text that its object is: a port within `8080:80`. */
static bool
is_part(const struct scl_place_node *place, const struct scl_origin *origin)
{
    struct scl_node object = { place->node.object, SCL_NONE, 0 };
    struct scl_origin whole = scl_view_place(place->view, object, false, NULL);

    return place->node.field != SCL_NONE && !place->node.element && whole.file == origin->file &&
           whole.place.offset == origin->place.offset &&
           whole.place.length == origin->place.length;
}

static struct scl_edit_target
find_target(const struct scl_place_node *place, bool is_whole)
{
    struct scl_edit_target target = { .view = place->view };
    /* The place of what an instruction says is the instruction, which is no entry. */
    bool is_entry = is_whole && scl_format_find(scl_str_c(place->view->document->format)) !=
                                    &scl_format_dockerfile;
    bool is_instruction = !place->has_span &&
                          scl_view_type(place->view, place->node) == SCL_TYPE_INSTRUCTION;
    struct scl_origin origin;
    bool is_exact;

    origin = scl_view_place(place->view, place->node, !is_instruction && !is_entry, &is_exact);
    target.file = (uint16_t)origin.file; /* of another document nothing is edited */
    target.span = place->has_span ? place->span : origin.place;
    if (!takes_edits(place->view) || (!is_exact && !place->has_span) ||
        scl_view_is_linked(place->view, &origin)) {
        target.view = NULL;
    } else if (is_instruction) {
        target.form = SCL_EDIT_LINES;
    } else if (is_whole && !place->has_span) {
        bool has_key = origin.place.offset != origin.value.offset ||
                       origin.place.length != origin.value.length;

        if (is_entry && is_part(place, &origin))
            target.span = origin.value;
        else if (is_entry || place->node.element)
            target.form = form_of_entry(&target, has_key);
    }
    return target;
}

struct scl_edit_target
scl_edit_value(const struct scl_place_node *place)
{
    return find_target(place, false);
}

struct scl_edit_target
scl_edit_entry(const struct scl_place_node *place)
{
    return find_target(place, true);
}

/* With the comma behind it, else with the one before it; lines that are left empty go too. */
static struct scl_span
with_comma(const struct scl_edit_target *target)
{
    struct scl_str text = scl_edit_source(target)->text;
    size_t begin = target->span.offset, end = scl_span_end(target->span), next = end;
    struct scl_span lines = scl_edit_lines(target);

    while (next < text.len && is_space(text.at[next]))
        next++;
    if (next < text.len && text.at[next] == ',') {
        end = next + 1;
        while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\t'))
            end++;
        if (scl_edit_indent(target) != UINT32_MAX && end + 1 == scl_span_end(lines)) {
            begin = lines.offset;
            end++;
        }
        return scl_span_between((uint32_t)begin, (uint32_t)end);
    }
    while (begin && is_space(text.at[begin - 1]))
        begin--;
    if (!begin || text.at[begin - 1] != ',')
        return target->span;
    return scl_span_between((uint32_t)begin - 1, (uint32_t)end);
}

struct scl_span
scl_edit_deleted(const struct scl_edit_target *target)
{
    struct scl_span span = target->span;

    switch (target->form) {
    case SCL_EDIT_LINES:
        return scl_edit_lines(target);
    case SCL_EDIT_ITEM:
        return with_comma(target);
    case SCL_EDIT_WORD:
        if (span.offset && scl_edit_source(target)->text.at[span.offset - 1] == ' ')
            return scl_span_between(span.offset - 1, scl_span_end(span));
        return span;
    case SCL_EDIT_BYTES:
    case SCL_EDIT_FIRST:
        break;
    }
    return span;
}
