/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_text.c: a document as it is understood, for people
 *
 * A line for each value that is set or not known, and how it came to be where the document does not
 * say it; of one node also where it is written and what its field means.
 */
#include "report/escape.h"
#include "report/model.h"

#include "document/assume.h"

#include <string.h>

/* ---- values ---- */

static void
add_escaped(struct scl_model *model, struct scl_text *text, struct scl_text *out)
{
    scl_escape_add(out, scl_text_str(text), false);
    model->out->failed = model->out->failed || text->failed;
    scl_text_finish(text);
}

static void
add_members(struct scl_model *model, const struct scl_list *list, struct scl_text *out)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct scl_value *item = &list->items[i];

        scl_text_c(out, i ? ", " : "");
        if (list->keys) {
            scl_model_add_masked(model, list->keys[i], out);
            scl_text_char(out, '=');
        }
        if (item->kind == SCL_KIND_OBJECT)
            scl_model_add_object_path(model, item->as.object, out);
        else
            scl_model_add_scalar(model, item, out);
    }
}

/* A value as a text of one line, or the word for why there is none. */
static void
add_value(struct scl_model *model, const struct scl_reading *reading, struct scl_text *out)
{
    const struct scl_value *value = &reading->value;
    struct scl_text text = { 0 };

    if (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP)
        add_members(model, value->as.list, &text);
    else if (value->kind == SCL_KIND_OBJECT)
        scl_model_add_object_path(model, value->as.object, &text);
    else if (value->kind != SCL_KIND_EMPTY)
        scl_model_add_scalar(model, value, &text);
    else if (value->flags & SCL_VALUE_NO_LIMIT)
        scl_text_c(&text, "no limit");
    else if (reading->state == SCANTLING_STATE_UNKNOWN)
        scl_text_c(&text, "not known");
    else if (reading->state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_text_c(&text, "not applicable");
    else
        scl_text_c(&text, reading->state == SCANTLING_STATE_NULL ? "null" : "not set");
    add_escaped(model, &text, out);
}

/* How a value came to be; nothing where the document says it. */
static void
add_reason(struct scl_model *model, const struct scl_reading *reading, struct scl_text *out)
{
    struct scl_origin origin = scl_view_origin(model->view, &reading->value);
    struct scl_text path = { 0 };

    if (reading->state == SCANTLING_STATE_DEFAULT) {
        scl_text_c(out, reading->default_of ? scl_default_words(reading->default_of) : "default");
        scl_text_c(out, reading->default_of ? reading->default_of : "");
    } else if (reading->state == SCANTLING_STATE_LINKED) {
        scl_text_c(out, "linked");
    } else if (reading->state == SCANTLING_STATE_DERIVED) {
        scl_text_c(out, "derived");
        if (reading->value.origin && origin.from_field) {
            scl_view_path(model->view,
                          (struct scl_node){ origin.from_object, (uint16_t)origin.from_field, 0 },
                          &path);
            scl_text_c(out, " from ");
            add_escaped(model, &path, out);
        }
    }
}

/* ---- documents ---- */

static bool
is_told(struct scl_model *model, struct scl_node node, const struct scl_reading *reading)
{
    const struct scl_value *value = &reading->value;

    if (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP) {
        if (!value->as.list->count)
            return false;
        value = &value->as.list->items[0];
    }
    if (value->kind == SCL_KIND_OBJECT)
        return !scl_model_owns(model, node.object, node.field, value->as.object);
    return value->kind != SCL_KIND_EMPTY || value->flags & SCL_VALUE_NO_LIMIT ||
           reading->state == SCANTLING_STATE_UNKNOWN;
}

static void
tell_field(struct scl_model *model, struct scl_node node, const struct scl_reading *reading,
           void *context)
{
    struct scl_text reason = { 0 };

    (void)context;
    if (!is_told(model, node, reading))
        return;
    scl_text_f(model->out, "  %s: ", model->path.at ? model->path.at : "");
    add_value(model, reading, model->out);
    add_reason(model, reading, &reason);
    if (reason.len)
        scl_text_f(model->out, " (%s)", reason.at);
    scl_text_char(model->out, '\n');
    model->out->failed = model->out->failed || reason.failed;
    scl_text_finish(&reason);
}

void
scl_model_write_text(struct scl_model *model)
{
    const struct scl_document *document = model->view->document;

    scl_escape_add(model->out, document->name, false);
    if (document->format[0])
        scl_text_f(model->out, ": %s, %s\n", document->format, document->resolution);
    else
        scl_text_c(model->out, ": not recognized\n");
    for (uint32_t i = 0; i < document->subjects.count; i++) {
        struct scl_text heading = { 0 };

        scl_model_add_object_path(model, document->subjects.at[i].root, &heading);
        scl_text_char(model->out, '\n');
        add_escaped(model, &heading, model->out);
        scl_text_char(model->out, '\n');
        scl_model_each(model, document->subjects.at[i].root, tell_field, NULL);
    }
}

/* ---- one node ---- */

/* What is told of a node, each a text of one line; of length 0: nothing. */
struct telling {
    struct scl_text path, value, place;
    const char *doc;
};

static void
tell_value(struct scl_model *model, struct scl_node node, struct telling *telling)
{
    const struct scl_field *row = scl_field(node.field);
    struct scl_reading reading;

    if (node.field == SCL_NONE) {
        scl_text_c(&telling->value, scl_type(scl_view_type(model->view, node))->name);
        return;
    }
    telling->doc = row->doc;
    if (row->kind == SCL_KIND_GROUP)
        return;
    scl_view_read(model->view, node, &reading);
    add_value(model, &reading, &telling->value);
    add_reason(model, &reading, &telling->place);
}

static void
tell_place(struct scl_model *model, struct scl_node node, struct telling *telling)
{
    bool exact;
    struct scl_origin origin = scl_view_place(model->view, node, true, &exact);
    const struct scl_source *source = scl_view_file(model->view, origin.file);
    struct scl_position start = scl_source_locate(source, origin.place.offset);

    if (!exact)
        return;
    scl_text_c(&telling->place, telling->place.len ? ", " : "");
    scl_escape_add(&telling->place, source->name, false);
    scl_text_f(&telling->place, ":%u:%u", (unsigned)start.line, (unsigned)start.column);
}

static struct telling
tell(struct scl_model *model, struct scl_node node)
{
    struct telling telling = { .doc = "" };
    struct scl_text path = { 0 };

    scl_view_path(model->view, node, &path);
    if (path.len == 0)
        scl_model_add_object_path(model, node.object, &path);
    add_escaped(model, &path, &telling.path);
    tell_value(model, node, &telling);
    tell_place(model, node, &telling);
    return telling;
}

static void
finish(struct scl_model *model, struct telling *telling)
{
    model->out->failed = model->out->failed || telling->path.failed || telling->value.failed ||
                         telling->place.failed;
    scl_text_finish(&telling->path);
    scl_text_finish(&telling->value);
    scl_text_finish(&telling->place);
}

void
scl_model_write_node_text(struct scl_model *model, struct scl_node node)
{
    struct telling telling = tell(model, node);

    scl_text_add(model->out, scl_text_str(&telling.path));
    if (telling.value.len) {
        scl_text_c(model->out, ": ");
        scl_text_add(model->out, scl_text_str(&telling.value));
    }
    scl_text_char(model->out, '\n');
    if (telling.place.len) {
        scl_text_add(model->out, scl_text_str(&telling.place));
        scl_text_char(model->out, '\n');
    }
    if (telling.doc[0])
        scl_text_f(model->out, "%s\n", telling.doc);
    finish(model, &telling);
}

/* Adds a text as code: longer fences than any row of backticks in it. */
static void
add_code(struct scl_text *out, struct scl_str text)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < text.len; i++) {
        run = text.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    scl_text_fill(out, '`', longest + 1);
    scl_text_c(out, longest ? " " : "");
    scl_text_add(out, text);
    scl_text_c(out, longest ? " " : "");
    scl_text_fill(out, '`', longest + 1);
}

void
scl_model_write_node_markdown(struct scl_model *model, struct scl_node node)
{
    struct telling telling = tell(model, node);

    add_code(model->out, scl_text_str(&telling.path));
    if (telling.value.len) {
        scl_text_c(model->out, ": ");
        add_code(model->out, scl_text_str(&telling.value));
    }
    scl_text_char(model->out, '\n');
    if (telling.doc[0])
        scl_text_f(model->out, "\n%s\n", telling.doc);
    if (telling.place.len) {
        scl_text_char(model->out, '\n');
        add_code(model->out, scl_text_str(&telling.place));
        scl_text_char(model->out, '\n');
    }
    finish(model, &telling);
}
