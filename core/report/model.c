/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.c: a document as it is understood, being written
 */
#include "report/model.h"

#include "base/suggest.h"
#include "document/sensitive.h"

#include <string.h>

/* ---- what is shown ---- */

bool
scl_model_shows(unsigned field)
{
    return !(scl_field(field)->flags & (SCL_FIELD_META | SCL_FIELD_COMPUTED));
}

bool
scl_model_owns(const struct scl_model *model, uint32_t object, unsigned field, uint32_t member)
{
    const struct scl_object *at = scl_document_object(model->view->document, member);

    return object && at->parent == object && at->field == field;
}

void
scl_model_add_masked(const struct scl_model *model, struct scl_str text, struct scl_text *out)
{
    if (scl_mask_text_is_clean(model->mask, text))
        scl_text_add(out, text);
    else
        scl_mask_apply(model->mask, text, out);
}

/* Where a text lies, as a key: of two alike, one may be a secret by the name it is given. */
static struct scl_str
key_of(struct scl_str text, char ret_bytes[sizeof text.at + sizeof text.len])
{
    memcpy(ret_bytes, &text.at, sizeof text.at);
    memcpy(ret_bytes + sizeof text.at, &text.len, sizeof text.len);
    return scl_str_n(ret_bytes, sizeof text.at + sizeof text.len);
}

bool
scl_model_is_secret(const struct scl_model *model, const struct scl_value *value)
{
    char bytes[sizeof(char *) + sizeof(size_t)];

    return value->kind == SCL_KIND_TEXT &&
           scl_map_find(&model->secrets, key_of(scl_value_text(value), bytes));
}

void
scl_model_add_scalar(const struct scl_model *model, const struct scl_value *value,
                     struct scl_text *out)
{
    if (scl_model_is_secret(model, value))
        scl_text_c(out, SCL_MASK_TEXT);
    else if (value->kind == SCL_KIND_TEXT)
        scl_model_add_masked(model, scl_value_text(value), out);
    else
        scl_value_print(value, out);
}

void
scl_model_add_object_path(const struct scl_model *model, uint32_t object, struct scl_text *out)
{
    const struct scl_object *at = scl_document_object(model->view->document, object);
    struct scl_text path = { 0 };
    struct scl_reading name;

    scl_view_path(model->view, (struct scl_node){ object, SCL_NONE, 0 }, &path);
    scl_text_add(out, scl_text_str(&path));
    if (!path.len) {
        const struct scl_type *type = scl_type(at->type);

        scl_text_c(out, type->name);
        scl_view_read(model->view, (struct scl_node){ object, type->first, 0 }, &name);
        if (name.value.kind == SCL_KIND_TEXT) {
            scl_text_char(out, ' ');
            scl_model_add_scalar(model, &name.value, out);
        }
    }
    out->failed = out->failed || path.failed;
    scl_text_finish(&path);
}

/* ---- visiting ---- */

/* Goes back to a path that was longer meanwhile. */
static void
cut_path(struct scl_model *model, size_t length)
{
    if (!model->path.failed)
        model->path.len = length;
}

static void
visit_members(struct scl_model *model, struct scl_node node, const struct scl_reading *reading,
              scl_model_visit *visit, void *context)
{
    size_t length = model->path.len;

    if (reading->value.kind == SCL_KIND_OBJECT &&
        scl_model_owns(model, node.object, node.field, reading->value.as.object))
        scl_model_each(model, reading->value.as.object, visit, context);
    if (reading->value.kind != SCL_KIND_LIST)
        return;
    for (uint32_t i = 0; i < reading->value.as.list->count; i++) {
        const struct scl_value *item = &reading->value.as.list->items[i];

        if (item->kind != SCL_KIND_OBJECT ||
            !scl_model_owns(model, node.object, node.field, item->as.object))
            continue;
        scl_text_f(&model->path, "[%u]", (unsigned)(i + 1));
        scl_model_each(model, item->as.object, visit, context);
        cut_path(model, length);
    }
}

void
scl_model_each(struct scl_model *model, uint32_t object, scl_model_visit *visit, void *context)
{
    unsigned type_id = scl_document_object(model->view->document, object)->type;
    const struct scl_type *type = scl_type(type_id);
    size_t length = model->path.len;

    for (unsigned field = type->first; field < (unsigned)type->first + type->count; field++) {
        struct scl_node node = { object, (uint16_t)field, 0 };
        struct scl_reading reading;

        if (!scl_model_shows(field) || scl_field(field)->kind == SCL_KIND_GROUP)
            continue;
        if (length)
            scl_text_char(&model->path, '.');
        scl_text_add(&model->path, scl_field(field)->path);
        scl_view_read(model->view, node, &reading);
        visit(model, node, &reading, context);
        visit_members(model, node, &reading, visit, context);
        cut_path(model, length);
    }
}

/* ---- rendering ---- */

/* Finds the secrets of the document. False without memory. */
static bool
find_secrets(struct scl_model *model, struct scl_arena *arena)
{
    const struct scl_secrets *secrets = scl_secrets_new(arena, scl_facts_builtin(), NULL);
    struct scl_sensitives found = { 0 };
    struct scl_str *strings;

    scl_map_init(&model->secrets, arena);
    if (!secrets || !scl_sensitive_collect(model->view->document, secrets, arena, &found))
        return false;
    strings = scl_arena_array(arena, found.list.count, sizeof *strings);
    for (uint32_t i = 0; strings && i < found.list.count; i++) {
        char bytes[sizeof(char *) + sizeof(size_t)];
        struct scl_str key = key_of(found.list.at[i].text, bytes);
        char *copy = scl_arena_copy(arena, key.at, key.len);

        strings[i] = found.list.at[i].text;
        if (copy)
            scl_map_put(&model->secrets, scl_str_n(copy, key.len), 1);
    }
    if (strings)
        model->mask = scl_mask_new(arena, secrets, strings, found.list.count);
    return model->mask && !arena->failed;
}

static bool
fail_format(struct scl_str name, const char *const *names, scantling_error **error)
{
    scantling_error *made = scl_error_new(SCANTLING_STATUS_UNSUPPORTED,
                                          "unknown format '%.*s' of a model", SCL_ARG(name));
    struct scl_str best = scl_suggest_from(name, names);

    if (best.len)
        scl_error_suggest(made, "did you mean '%.*s'?", SCL_ARG(best));
    for (; *names && !best.len; names++)
        scl_error_suggest(made, "'%s'", *names);
    return scl_error_give(error, made);
}

/* Makes the mask, calls a writer, and tells whether memory sufficed. */
static bool
render(struct scl_model *model, void (*write)(struct scl_model *model),
       void (*write_node)(struct scl_model *model, struct scl_node node), struct scl_node node,
       scantling_error **error)
{
    struct scl_arena arena;
    bool failed = true;

    scl_arena_init(&arena);
    if (find_secrets(model, &arena)) {
        if (write)
            write(model);
        else
            write_node(model, node);
        failed = model->out->failed || model->path.failed;
    }
    scl_text_finish(&model->path);
    scl_arena_finish(&arena);
    return !failed || scl_fail_memory(error);
}

bool
scl_view_render(const struct scl_view *view, struct scl_str format, struct scl_text *out,
                scantling_error **error)
{
    static const char *const names[] = { "json", "text", NULL };
    struct scl_model model = { .view = view, .out = out };
    struct scl_str name = { "", 0 }, option;

    format = scl_str_trim(format);
    scl_str_cut(&format, ' ', &name);
    while (scl_str_cut(&format, ' ', &option)) {
        if (option.len && !scl_str_is(option, "origins"))
            return scl_fail(error, SCANTLING_STATUS_UNSUPPORTED, "unknown option '%.*s' of a model",
                            SCL_ARG(option));
        model.has_origins = model.has_origins || option.len;
    }
    if (scl_str_is(name, "json"))
        return render(&model, scl_model_write_json, NULL, (struct scl_node){ 0 }, error);
    if (scl_str_is(name, "text"))
        return render(&model, scl_model_write_text, NULL, (struct scl_node){ 0 }, error);
    return fail_format(name, names, error);
}

bool
scl_node_render(const struct scl_view *view, struct scl_node node, struct scl_str format,
                struct scl_text *out, scantling_error **error)
{
    static const char *const names[] = { "json", "text", "markdown", NULL };
    static void (*const writers[])(struct scl_model *model, struct scl_node node) = {
        scl_model_write_node_json,
        scl_model_write_node_text,
        scl_model_write_node_markdown,
    };
    struct scl_model model = { .view = view, .out = out };

    for (size_t i = 0; names[i]; i++)
        if (scl_str_is(format, names[i]))
            return render(&model, NULL, writers[i], node, error);
    return fail_format(format, names, error);
}
