/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_json.c: a document as it is understood, as JSON
 *
 * Laid out to be read: what holds scalars alone is one row, broken where it grows too long, all
 * else has a row for each member. The same bytes go to people and programs.
 */
#include "report/json.h"
#include "report/model.h"

enum { INDENT = 2, ROW_COLUMNS = 140 };

/* A container in one row, or in as many as it takes, aligned under its first member. */
struct row {
    struct scl_text *out;
    size_t column; /* of its first member */
    size_t used;   /* columns of the row so far */
    bool is_empty;
    char open, close;
};

/* Columns since the last line end: few, because rows begin near their start. */
static size_t
column_of(const struct scl_text *out)
{
    size_t at = out->len;

    while (at > 0 && out->at[at - 1] != '\n')
        at--;
    return out->len - at;
}

static struct row
row_begin(struct scl_text *out, char open, char close)
{
    size_t column = column_of(out) + 2;

    return (struct row){ out, column, column, true, open, close };
}

/* Adds a member, which is ready as a text. */
static void
row_add(struct row *row, struct scl_str member)
{
    if (row->is_empty) {
        scl_text_char(row->out, row->open);
        scl_text_char(row->out, ' ');
    } else if (row->used + 2 + member.len > ROW_COLUMNS) {
        scl_text_c(row->out, ",\n");
        scl_text_fill(row->out, ' ', row->column);
        row->used = row->column;
    } else {
        scl_text_c(row->out, ", ");
        row->used += 2;
    }
    row->is_empty = false;
    scl_text_add(row->out, member);
    row->used += member.len;
}

static void
row_end(struct row *row)
{
    if (row->is_empty)
        scl_text_char(row->out, row->open);
    else
        scl_text_char(row->out, ' ');
    scl_text_char(row->out, row->close);
}

/* ---- values ---- */

static void add_members(struct scl_model *model, uint32_t object, unsigned group, size_t indent);

static void
add_quoted(struct scl_model *model, const struct scl_text *text, struct scl_text *out)
{
    scl_json_add_string(out, scl_text_str(text));
    model->out->failed = model->out->failed || text->failed;
}

static void
add_scalar(struct scl_model *model, const struct scl_value *value, struct scl_text *out)
{
    struct scl_text text = { 0 };

    if (value->kind == SCL_KIND_EMPTY) {
        scl_text_c(out, "null");
        return;
    }
    if (value->kind == SCL_KIND_OBJECT)
        scl_model_add_object_path(model, value->as.object, &text);
    else
        scl_model_add_scalar(model, value, &text);
    if (value->kind == SCL_KIND_TEXT || value->kind == SCL_KIND_OBJECT)
        add_quoted(model, &text, out);
    else
        scl_text_add(out, scl_text_str(&text));
    model->out->failed = model->out->failed || text.failed;
    scl_text_finish(&text);
}

static void
add_map(struct scl_model *model, const struct scl_list *map)
{
    struct row row = row_begin(model->out, '{', '}');
    struct scl_text member = { 0 }, key = { 0 };

    for (uint32_t i = 0; i < map->count; i++) {
        scl_text_clear(&member);
        scl_text_clear(&key);
        scl_model_add_masked(model, map->keys[i], &key);
        add_quoted(model, &key, &member);
        scl_text_c(&member, ": ");
        add_scalar(model, &map->items[i], &member);
        row_add(&row, scl_text_str(&member));
    }
    row_end(&row);
    model->out->failed = model->out->failed || member.failed || key.failed;
    scl_text_finish(&member);
    scl_text_finish(&key);
}

static void
add_scalars(struct scl_model *model, const struct scl_list *list)
{
    struct row row = row_begin(model->out, '[', ']');
    struct scl_text member = { 0 };

    for (uint32_t i = 0; i < list->count; i++) {
        scl_text_clear(&member);
        add_scalar(model, &list->items[i], &member);
        row_add(&row, scl_text_str(&member));
    }
    row_end(&row);
    model->out->failed = model->out->failed || member.failed;
    scl_text_finish(&member);
}

/* Whether any member of a list is an object that lives in it. */
static bool
holds_objects(const struct scl_model *model, struct scl_node node, const struct scl_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == SCL_KIND_OBJECT &&
            scl_model_owns(model, node.object, node.field, list->items[i].as.object))
            return true;
    return false;
}

static void
add_list(struct scl_model *model, struct scl_node node, const struct scl_list *list, size_t indent)
{
    if (!holds_objects(model, node, list)) {
        add_scalars(model, list);
        return;
    }
    scl_text_char(model->out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        const struct scl_value *item = &list->items[i];

        scl_text_c(model->out, i ? ",\n" : "\n");
        scl_text_fill(model->out, ' ', indent + INDENT);
        if (item->kind == SCL_KIND_OBJECT &&
            scl_model_owns(model, node.object, node.field, item->as.object))
            add_members(model, item->as.object, SCL_NONE, indent + INDENT);
        else
            add_scalar(model, item, model->out);
    }
    scl_text_char(model->out, '\n');
    scl_text_fill(model->out, ' ', indent);
    scl_text_char(model->out, ']');
}

/* The value of a field, whose row is indented so far. */
static void
add_value(struct scl_model *model, struct scl_node node, size_t indent)
{
    unsigned kind = scl_field(node.field)->kind;
    struct scl_reading reading;

    if (kind == SCL_KIND_GROUP) {
        add_members(model, node.object, node.field, indent);
        return;
    }
    scl_view_read(model->view, node, &reading);
    if (reading.value.kind == SCL_KIND_LIST)
        add_list(model, node, reading.value.as.list, indent);
    else if (reading.value.kind == SCL_KIND_MAP)
        add_map(model, reading.value.as.list);
    else if (reading.value.kind == SCL_KIND_OBJECT &&
             scl_model_owns(model, node.object, node.field, reading.value.as.object))
        add_members(model, reading.value.as.object, SCL_NONE, indent);
    else if (kind == SCL_KIND_LIST && reading.state != SCANTLING_STATE_UNKNOWN)
        scl_text_c(model->out, "[]");
    else if (kind == SCL_KIND_MAP && reading.state != SCANTLING_STATE_UNKNOWN)
        scl_text_c(model->out, "{}");
    else
        add_scalar(model, &reading.value, model->out);
}

/* Whether a field needs no row of its own. */
static bool
is_short(const struct scl_model *model, struct scl_node node)
{
    struct scl_reading reading;

    if (scl_field(node.field)->kind == SCL_KIND_GROUP)
        return false;
    scl_view_read(model->view, node, &reading);
    if (reading.value.kind == SCL_KIND_LIST || reading.value.kind == SCL_KIND_MAP)
        return reading.value.as.list->count == 0;
    return reading.value.kind != SCL_KIND_OBJECT ||
           !scl_model_owns(model, node.object, node.field, reading.value.as.object);
}

/* The next field of a type that is a member of a group, from `field` on; 0: none. */
static unsigned
next_member(const struct scl_type *type, unsigned group, unsigned field)
{
    for (; field < (unsigned)type->first + type->count; field++)
        if (scl_model_shows(field) && scl_field_group(field) == group)
            return field;
    return SCL_NONE;
}

static void
add_key(unsigned field, struct scl_text *out)
{
    scl_json_add_string(out, scl_field_name(field));
    scl_text_c(out, ": ");
}

static void
add_row(struct scl_model *model, const struct scl_type *type, uint32_t object, unsigned group)
{
    struct row row = row_begin(model->out, '{', '}');
    struct scl_text member = { 0 }, *out = model->out;

    for (unsigned field = next_member(type, group, type->first); field;
         field = next_member(type, group, field + 1)) {
        scl_text_clear(&member);
        add_key(field, &member);
        model->out = &member;
        add_value(model, (struct scl_node){ object, (uint16_t)field, 0 }, 0);
        model->out = out;
        row_add(&row, scl_text_str(&member));
    }
    row_end(&row);
    out->failed = out->failed || member.failed;
    scl_text_finish(&member);
}

static void
add_members(struct scl_model *model, uint32_t object, unsigned group, size_t indent)
{
    const struct scl_type *type =
        scl_type(scl_document_object(model->view->document, object)->type);
    unsigned first = next_member(type, group, type->first);
    bool fits = true;

    for (unsigned field = first; field && fits; field = next_member(type, group, field + 1))
        fits = is_short(model, (struct scl_node){ object, (uint16_t)field, 0 });
    if (fits) {
        add_row(model, type, object, group);
        return;
    }
    scl_text_char(model->out, '{');
    for (unsigned field = first; field; field = next_member(type, group, field + 1)) {
        scl_text_c(model->out, field == first ? "\n" : ",\n");
        scl_text_fill(model->out, ' ', indent + INDENT);
        add_key(field, model->out);
        add_value(model, (struct scl_node){ object, (uint16_t)field, 0 }, indent + INDENT);
    }
    scl_text_char(model->out, '\n');
    scl_text_fill(model->out, ' ', indent);
    scl_text_char(model->out, '}');
}

void
scl_model_write_node_json(struct scl_model *model, struct scl_node node)
{
    struct scl_reading reading;

    if (node.element) {
        scl_view_read(model->view, node, &reading);
        add_scalar(model, &reading.value, model->out);
    } else if (node.field == SCL_NONE) {
        add_members(model, node.object, SCL_NONE, 0);
    } else {
        add_value(model, node, 0);
    }
    scl_text_char(model->out, '\n');
}

/* ---- by state ---- */

enum list { DECLARED, DEFAULTS, DERIVED, LINKED, UNKNOWN, LISTS };

static const struct {
    scantling_state state;
    const char *key;
} lists[LISTS] = {
    [DECLARED] = { SCANTLING_STATE_DECLARED, "declared" },
    [DEFAULTS] = { SCANTLING_STATE_DEFAULT, "defaults" },
    [DERIVED] = { SCANTLING_STATE_DERIVED, "derived" },
    [LINKED] = { SCANTLING_STATE_LINKED, "linked" },
    [UNKNOWN] = { SCANTLING_STATE_UNKNOWN, "unknown" },
};

struct paths {
    struct scl_text text[LISTS], open, origins, member;
    struct row rows[LISTS], open_row; /* of lists that may have more members */
};

static void
add_place(const struct scl_view *view, uint32_t file, struct scl_span span, struct scl_text *out)
{
    const struct scl_source *source = scl_view_file(view, file);
    struct scl_position start = scl_source_locate(source, span.offset);
    struct scl_position end = scl_source_locate(source, scl_span_end(span));

    scl_text_c(out, "{ ");
    if (file) {
        scl_text_c(out, "\"path\": ");
        scl_json_add_path(out, source->name);
        scl_text_c(out, ", ");
    }
    scl_text_f(out,
               "\"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u, "
               "\"offset\": %u, \"length\": %u }",
               (unsigned)start.line, (unsigned)start.column, (unsigned)end.line,
               (unsigned)end.column, (unsigned)span.offset, (unsigned)span.length);
}

static void
add_origin(struct scl_model *model, struct scl_node node, struct paths *paths)
{
    bool exact;
    struct scl_origin origin = scl_view_place(model->view, node, true, &exact);

    if (!exact)
        return;
    scl_text_c(&paths->origins, paths->origins.len ? ",\n        " : "\n        ");
    scl_json_add_string(&paths->origins, scl_text_str(&model->path));
    scl_text_c(&paths->origins, ": ");
    add_place(model->view, origin.file, origin.place, &paths->origins);
}

/* The places of the members that live in a list, which are no fields. */
static void
add_member_origins(struct scl_model *model, struct scl_node node,
                   const struct scl_reading *reading, struct paths *paths)
{
    size_t length = model->path.len;

    for (uint32_t i = 0; i < reading->value.as.list->count; i++) {
        const struct scl_value *item = &reading->value.as.list->items[i];

        if (item->kind != SCL_KIND_OBJECT ||
            !scl_model_owns(model, node.object, node.field, item->as.object))
            continue;
        scl_text_f(&model->path, "[%u]", (unsigned)(i + 1));
        add_origin(model, (struct scl_node){ item->as.object, SCL_NONE, 0 }, paths);
        if (!model->path.failed)
            model->path.len = length;
    }
}

static void
sort_path(struct scl_model *model, struct scl_node node, const struct scl_reading *reading,
          void *context)
{
    struct paths *paths = context;

    scl_text_clear(&paths->member);
    scl_json_add_string(&paths->member, scl_text_str(&model->path));
    for (int i = 0; i < LISTS; i++)
        if (lists[i].state == reading->state)
            row_add(&paths->rows[i], scl_text_str(&paths->member));
    if (reading->value.flags & SCL_VALUE_OPEN)
        row_add(&paths->open_row, scl_text_str(&paths->member));
    if (!model->has_origins)
        return;
    add_origin(model, node, paths);
    if (reading->value.kind == SCL_KIND_LIST)
        add_member_origins(model, node, reading, paths);
}

/* What the format cannot say: the platform may have it all the same. */
static bool
is_silent(const struct scl_model *model, uint32_t subject, unsigned field)
{
    const struct scl_field *row = scl_field(field);
    struct scl_node node = { model->view->document->subjects.at[subject].root, (uint16_t)field, 0 };
    struct scl_reading reading;

    if (!scl_model_shows(field) || row->kind == SCL_KIND_GROUP || row->flags & SCL_FIELD_DERIVED ||
        scl_document_says(model->view->document, subject, field))
        return false;
    if (row->type != model->view->document->subjects.at[subject].type)
        return true;
    scl_view_read(model->view, node, &reading);
    return reading.state != SCANTLING_STATE_NOT_APPLICABLE;
}

static void
add_silent(struct row *row, struct scl_text *member, unsigned list, unsigned field)
{
    scl_text_clear(member);
    scl_text_char(member, '"');
    if (list)
        scl_text_f(member, "%.*s[].", SCL_ARG(scl_field(list)->path));
    scl_text_f(member, "%.*s\"", SCL_ARG(scl_field(field)->path));
    row_add(row, scl_text_str(member));
}

static void
add_not_expressible(struct scl_model *model, uint32_t subject)
{
    const struct scl_subject_entry *entry = &model->view->document->subjects.at[subject];
    const struct scl_type *type = scl_type(entry->type);
    struct row row = row_begin(model->out, '[', ']');
    struct scl_text member = { 0 };

    for (unsigned field = type->first; entry->says && field < (unsigned)type->first + type->count;
         field++) {
        const struct scl_type *of = scl_type(scl_field(field)->of);

        if (is_silent(model, subject, field)) {
            add_silent(&row, &member, SCL_NONE, field);
            continue;
        }
        if (scl_field(field)->kind != SCL_KIND_LIST || !of->count ||
            !scl_document_says(model->view->document, subject, field))
            continue;
        for (unsigned column = of->first; column < (unsigned)of->first + of->count; column++)
            if (is_silent(model, subject, column))
                add_silent(&row, &member, field, column);
    }
    row_end(&row);
    model->out->failed = model->out->failed || member.failed;
    scl_text_finish(&member);
}

static void
add_paths(struct scl_model *model, uint32_t subject)
{
    struct paths paths = { 0 };

    for (int i = 0; i < LISTS; i++) {
        /* As wide as what stands before it in the end. */
        scl_text_f(&paths.text[i], "      \"%s\": ", lists[i].key);
        paths.rows[i] = row_begin(&paths.text[i], '[', ']');
    }
    scl_text_c(&paths.open, "      \"open\": ");
    paths.open_row = row_begin(&paths.open, '[', ']');
    scl_model_each(model, model->view->document->subjects.at[subject].root, sort_path, &paths);
    for (int i = 0; i < LISTS; i++) {
        row_end(&paths.rows[i]);
        scl_text_c(&paths.text[i], ",\n");
        scl_text_add(model->out, scl_text_str(&paths.text[i]));
        model->out->failed = model->out->failed || paths.text[i].failed;
        scl_text_finish(&paths.text[i]);
    }
    if (!paths.open_row.is_empty) {
        row_end(&paths.open_row);
        scl_text_c(&paths.open, ",\n");
        scl_text_add(model->out, scl_text_str(&paths.open));
    }
    scl_text_c(model->out, "      \"not_expressible\": ");
    add_not_expressible(model, subject);
    if (model->has_origins) {
        scl_text_c(model->out, ",\n      \"origins\": {");
        scl_text_add(model->out, scl_text_str(&paths.origins));
        scl_text_c(model->out, paths.origins.len ? "\n      }" : "}");
    }
    model->out->failed = model->out->failed || paths.origins.failed || paths.member.failed ||
                         paths.open.failed;
    scl_text_finish(&paths.open);
    scl_text_finish(&paths.origins);
    scl_text_finish(&paths.member);
}

/* ---- subjects ---- */

/* Key and value together, where they are of one file: the place alone may be the key. */
static void
add_span(struct scl_model *model, uint32_t root)
{
    struct scl_node node = { root, SCL_NONE, 0 };
    struct scl_origin origin = scl_view_place(model->view, node, false, NULL);
    uint32_t start = origin.place.offset, end = scl_span_end(origin.place);

    if (origin.value.length) {
        start = origin.value.offset < start ? origin.value.offset : start;
        end = scl_span_end(origin.value) > end ? scl_span_end(origin.value) : end;
    }
    add_place(model->view, origin.file, scl_span_between(start, end), model->out);
}

static void
add_subject(struct scl_model *model, uint32_t subject)
{
    const struct scl_subject_entry *entry = &model->view->document->subjects.at[subject];
    const struct scl_type *type = scl_type(entry->type);
    struct scl_node name = { entry->root, type->first, 0 };

    scl_text_f(model->out, "    { \"kind\": \"%s\", \"name\": ", type->name);
    add_value(model, name, 0);
    scl_text_c(model->out, ",\n      \"span\": ");
    add_span(model, entry->root);
    scl_text_c(model->out, ",\n      \"fields\": ");
    add_members(model, entry->root, SCL_NONE, 3 * INDENT);
    scl_text_c(model->out, ",\n");
    add_paths(model, subject);
    scl_text_c(model->out, " }");
}

static void
add_notes(struct scl_model *model)
{
    const struct scl_document *document = model->view->document;

    scl_text_c(model->out, "\"notes\": [");
    for (uint32_t i = 0; i < document->notes.list.count; i++) {
        scl_text_c(model->out, i ? ",\n    " : "\n    ");
        scl_json_add_note(model->out, document, &document->notes.list.at[i], model->mask);
    }
    scl_text_c(model->out, document->notes.list.count ? "\n  ],\n" : "],\n");
}

void
scl_model_write_json(struct scl_model *model)
{
    const struct scl_document *document = model->view->document;

    scl_text_c(model->out, "{ \"path\": ");
    scl_json_add_path(model->out, document->name);
    scl_text_f(model->out, ", \"format\": \"%s\", \"resolution\": \"%s\", ", document->format,
               document->resolution);
    add_notes(model);
    scl_text_c(model->out, "  \"subjects\": [");
    for (uint32_t i = 0; i < document->subjects.count; i++) {
        scl_text_c(model->out, i ? ",\n" : "\n");
        add_subject(model, i);
    }
    scl_text_c(model->out, document->subjects.count ? "\n  ] }\n" : "] }\n");
}
