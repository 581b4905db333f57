/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c: source and document of the ABI
 */
#include "api/api.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "formats/format.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

struct scantling_source {
    struct scl_arena arena;
    scantling_error *errors; /* of setters */
    struct scl_input input;
    SCL_VEC(struct scl_pair) build_args, variables, pod_templates;
    SCL_VEC(struct scl_str) targets;
    SCL_VEC(struct scl_companion) files;
};

/* ---- source ---- */

const char *
scantling_format_for_name(const char *name, size_t length)
{
    return name ? scl_format_for_name(scl_api_text(name, length)) : NULL;
}

static struct scl_str
keep(scantling_source *source, struct scl_str text)
{
    return scl_str_n(scl_arena_copy(&source->arena, text.at, text.len), text.len);
}

/* A name comes out again as the path of every place, and what comes out is UTF-8. */
static struct scl_str
keep_name(scantling_source *source, struct scl_str name)
{
    struct scl_text valid = { 0 };
    struct scl_str kept;

    if (scl_utf8_is_valid(name))
        return keep(source, name);
    scl_utf8_add_valid(&valid, name);
    kept = keep(source, scl_text_str(&valid));
    source->arena.failed = source->arena.failed || valid.failed;
    scl_text_finish(&valid);
    return kept;
}

scantling_source *
scantling_source_new(const char *name, size_t name_length, const char *bytes, size_t length,
                     scantling_error **error)
{
    scantling_source *source = calloc(1, sizeof *source);

    if (!source) {
        scl_fail_memory(error);
        return NULL;
    }
    scl_arena_init(&source->arena);
    source->input.name = keep_name(source, scl_api_text(name, name_length));
    source->input.is_unreadable = !scl_api_is_given(bytes, length);
    source->input.text = keep(source, scl_api_text(bytes, length));
    if (source->arena.failed) {
        scantling_source_free(source);
        scl_fail_memory(error);
        return NULL;
    }
    return source;
}

static void
refuse(scantling_source *source, scantling_error *error)
{
    scl_error_append(&source->errors, error);
}

/* Readers follow what is nested by calling themselves, on stacks that are the host's. */
enum { DEEPEST = 1000 };

static uint64_t *
limit_of(scantling_source *source, scantling_option option)
{
    struct scl_input_limits *limits = &source->input.limits;

    switch (option) {
    case SCANTLING_LIMIT_BYTES:
        return &limits->bytes;
    case SCANTLING_LIMIT_NODES:
        return &limits->nodes;
    case SCANTLING_LIMIT_DEPTH:
        return &limits->depth;
    case SCANTLING_LIMIT_ALIASES:
        return &limits->aliases;
    case SCANTLING_LIMIT_LINE_BYTES:
        return &limits->line_bytes;
    case SCANTLING_LIMIT_FILES:
        return &limits->files;
    case SCANTLING_LIMIT_ENTRIES:
        return &limits->entries;
    case SCANTLING_LIMIT_ENTRY_BYTES:
        return &limits->entry_bytes;
    default:
        return NULL;
    }
}

void
scantling_source_set_int(scantling_source *source, scantling_option option, int64_t value)
{
    uint64_t *limit = source ? limit_of(source, option) : NULL;

    if (!source)
        return;
    if (!limit)
        refuse(source, scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "a source has no number %d",
                                     (int)option));
    else if (value < 0)
        refuse(source, scl_error_new(SCANTLING_STATUS_ARGUMENT, "limit %s is negative",
                                     scantling_enum_name(SCANTLING_ENUM_OPTION, option)));
    else if (option == SCANTLING_LIMIT_DEPTH && value > DEEPEST)
        refuse(source, scl_error_new(SCANTLING_STATUS_ARGUMENT, "limit depth is %d at most",
                                     DEEPEST));
    else
        *limit = (uint64_t)value;
}

static void
set_format(scantling_source *source, struct scl_str name)
{
    scantling_error *error;
    struct scl_str near;
    const char *names[64];
    size_t count = 0;

    if (scl_format_find(name)) {
        source->input.format = keep(source, name);
        return;
    }
    for (; scl_formats[count] && count < 63; count++)
        names[count] = scl_formats[count]->name;
    names[count] = NULL;
    error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown format '%.*s'", SCL_ARG(name));
    near = scl_suggest_from(name, names);
    if (near.len)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(near));
    refuse(source, error);
}

static bool
split_pair(scantling_source *source, struct scl_str text, struct scl_pair *ret)
{
    struct scl_str kept = keep(source, text);
    size_t equals = kept.at ? scl_str_find_char(kept, '=') : 0;

    if (!kept.at)
        return false; /* without memory, which is told when the source is read */
    if (equals == SIZE_MAX || equals == 0) {
        refuse(source, scl_error_new(SCANTLING_STATUS_ARGUMENT, "'%.*s' has no '='",
                                     SCL_ARG(text)));
        return false;
    }
    ret->name = scl_str_sub(kept, 0, equals);
    ret->value = scl_str_sub(kept, equals + 1, kept.len);
    return true;
}

void
scantling_source_set_text(scantling_source *source, scantling_option option, const char *at,
                          size_t length)
{
    struct scl_str text = scl_api_text(at, length), *target;
    struct scl_pair pair, *made = NULL;

    if (!source)
        return;
    switch (option) {
    case SCANTLING_OPTION_FORMAT:
        set_format(source, text);
        break;
    case SCANTLING_OPTION_TARGET:
        target = scl_vec_push(&source->arena, &source->targets);
        if (target)
            *target = keep(source, text);
        break;
    case SCANTLING_OPTION_BUILD_ARG:
    case SCANTLING_OPTION_VARIABLE:
    case SCANTLING_OPTION_POD_TEMPLATE:
        if (!split_pair(source, text, &pair))
            break;
        if (option == SCANTLING_OPTION_BUILD_ARG)
            made = scl_vec_push(&source->arena, &source->build_args);
        else if (option == SCANTLING_OPTION_VARIABLE)
            made = scl_vec_push(&source->arena, &source->variables);
        else
            made = scl_vec_push(&source->arena, &source->pod_templates);
        if (made)
            *made = pair;
        break;
    case SCANTLING_OPTION_ABOUT:
        source->input.about = keep(source, text);
        break;
    default:
        refuse(source, scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "a source has no text option %d",
                                     (int)option));
        break;
    }
}

void
scantling_source_add_file(scantling_source *source, const char *path, size_t path_length,
                          const char *bytes, size_t length)
{
    struct scl_companion *file;

    if (!source)
        return;
    file = scl_vec_push(&source->arena, &source->files);
    if (!file)
        return;
    file->path = keep(source, scl_api_text(path, path_length));
    file->is_absent = !scl_api_is_given(bytes, length);
    file->text = keep(source, scl_api_text(bytes, length));
}

void
scantling_source_free(scantling_source *source)
{
    if (!source)
        return;
    scl_error_free(source->errors);
    scl_arena_finish(&source->arena);
    free(source);
}

/* ---- document ---- */

static scantling_document *
public_document(struct scl_document *document)
{
    return (void *)document;
}

static struct scl_document *
own_document(scantling_document *document)
{
    return (void *)document;
}

scantling_document *
scantling_document_new(const scantling_source *source, scantling_error **error)
{
    struct scl_document *document = NULL;
    struct scl_input input;

    if (!scl_api_handle(source, "source", error))
        return NULL;
    if (source->errors) {
        scl_error_give(error, scl_error_copy(source->errors));
        return NULL;
    }
    input = source->input;
    input.build_args = source->build_args.at;
    input.build_arg_count = source->build_args.count;
    input.variables = source->variables.at;
    input.variable_count = source->variables.count;
    input.pod_templates = source->pod_templates.at;
    input.pod_template_count = source->pod_templates.count;
    input.targets = source->targets.at;
    input.target_count = source->targets.count;
    input.files = source->files.at;
    input.file_count = source->files.count;
    if (!source->arena.failed)
        document = scl_read(&input);
    if (!document)
        scl_fail_memory(error);
    return public_document(document);
}

scantling_document *
scantling_document_ref(scantling_document *document)
{
    return public_document(scl_document_ref(own_document(document)));
}

void
scantling_document_unref(scantling_document *document)
{
    scl_document_unref(own_document(document));
}

const char *
scantling_document_format(const scantling_document *document)
{
    return document ? scl_api_document(document)->format : "";
}

const char *
scantling_document_missing(const scantling_document *document, size_t index, size_t *ret_length)
{
    const struct scl_document *d = scl_api_document(document);

    if (!d || index >= d->missing.count) {
        if (ret_length)
            *ret_length = 0;
        return NULL;
    }
    return scl_api_return(d->missing.at[index], ret_length);
}

/* ---- notes ---- */

struct note_row { /* a note, or a hint below it */
    const struct scl_note *note;
    const struct scl_note_hint *hint;
    uint32_t group;
};

static bool
find_row(const struct scl_document *d, size_t wanted, struct note_row *ret)
{
    for (uint32_t i = 0; i < d->notes.list.count; i++) {
        const struct scl_note *note = &d->notes.list.at[i];

        ret->note = note;
        ret->hint = NULL;
        ret->group = i;
        if (wanted == 0)
            return true;
        if (wanted <= note->hints.count) {
            ret->hint = &note->hints.at[wanted - 1];
            return true;
        }
        wanted -= 1 + (size_t)note->hints.count;
    }
    return false;
}

static void
view_note(const struct scl_document *d, const struct note_row *row, scantling_mark *ret)
{
    struct scl_span span = row->hint ? row->hint->span : row->note->span;
    bool has_place = row->hint ? row->hint->has_span : row->note->has_place;
    struct scl_str text = row->hint ? row->hint->text : row->note->message;
    const struct scl_source *file = &d->files[row->hint ? row->hint->file : row->note->file];

    *ret = (scantling_mark){ .path = file->name.at, .path_length = file->name.len,
                             .document = SCANTLING_NONE, .group = row->group };
    if (has_place)
        scl_api_set_place(ret, file->name, span, scl_source_locate(file, span.offset),
                          scl_source_locate(file, scl_span_end(span)));
    ret->field = row->note->code;
    ret->field_length = strlen(row->note->code);
    ret->text = text.len ? text.at : "";
    ret->text_length = text.len;
    ret->kind = !row->hint          ? (int32_t)row->note->kind
                : row->hint->is_help ? SCANTLING_MARK_SUGGESTION
                                     : SCANTLING_MARK_RELATED;
}

size_t
scantling_document_notes(const scantling_document *document, size_t start,
                         scantling_mark *ret_marks, size_t size, size_t capacity)
{
    const struct scl_document *d = scl_api_document(document);
    struct note_row row;
    size_t filled = 0;

    while (d && filled < capacity && find_row(d, start + filled, &row)) {
        scantling_mark full;

        view_note(d, &row, &full);
        if (!ret_marks || !scl_api_give((char *)ret_marks + filled * size, size, &full, sizeof full,
                                        sizeof full))
            break;
        filled++;
    }
    return filled;
}

const scantling_subject *
scantling_document_subject(const scantling_document *document, size_t index)
{
    const struct scl_document *d = scl_api_document(document);

    return d && index < d->subjects.count ? &d->lone[index] : NULL;
}

scantling_buffer *
scantling_document_render(const scantling_document *document, const char *format,
                          size_t format_length, scantling_error **error)
{
    struct scl_text text = { 0 };
    bool good = scl_api_handle(document, "document", error) &&
                scl_view_render(scl_api_document(document)->view,
                                scl_api_text(format, format_length), &text, error);

    return scl_api_buffer(&text, good, error);
}
