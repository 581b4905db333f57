/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_cases.h: rows of Dockerfiles and what is read from them
 *
 * A row is a Dockerfile, a path that begins with the type of a subject, and what must be there, as
 * one text: a scalar as it is printed, `?` where it is not known, `-` where it is absent, a list as
 * `[a, b]` with `?` for members that are not known, `+` behind an open list, `{3}` for a list of
 * three nodes. A path that ends with `@` asks for the place, `@=` for that of the value:
 * `line:column+length`. The path `notes` gives the messages of all notes that are errors.
 *
 * `given` is build arguments `A=b`, and targets `-name`, divided by blanks.
 */
#ifndef SCL_TESTS_DOCKERFILE_CASES_H
#define SCL_TESTS_DOCKERFILE_CASES_H

#include "../test.h"

#include "document/view.h"
#include "formats/input.h"

struct row {
    const char *text, *path, *expected, *given;
};

enum { MOST_GIVEN = 8 };

struct given {
    struct scl_pair arguments[MOST_GIVEN];
    struct scl_str targets[MOST_GIVEN];
};

static inline void
take_given(const char *text, struct given *given, struct scl_input *input)
{
    struct scl_str rest = scl_str_c(text ? text : ""), word;

    while (scl_str_cut(&rest, ' ', &word)) {
        size_t equals = scl_str_find_char(word, '=');

        if (word.len && word.at[0] == '-')
            given->targets[input->target_count++] = scl_str_sub(word, 1, word.len);
        else if (equals != SIZE_MAX)
            given->arguments[input->build_arg_count++] =
                (struct scl_pair){ scl_str_sub(word, 0, equals),
                                   scl_str_sub(word, equals + 1, word.len) };
    }
    input->build_args = given->arguments;
    input->targets = given->targets;
}

static inline struct scl_document *
read_dockerfile(const char *text, const char *options)
{
    struct given given = { 0 };
    struct scl_input input = {
        .name = SCL_S("Dockerfile"),
        .text = scl_str_c(text),
        .format = SCL_S("dockerfile"),
    };
    struct scl_document *document;

    take_given(options, &given, &input);
    document = scl_read(&input);
    assert_non_null(document);
    return document;
}

static inline void
show_value(const struct scl_value *value, scantling_state state, struct scl_text *text)
{
    const struct scl_list *list = value->as.list;

    if (state == SCANTLING_STATE_UNKNOWN) {
        scl_text_char(text, '?');
    } else if (state == SCANTLING_STATE_ABSENT) {
        scl_text_char(text, '-');
    } else if (value->kind != SCL_KIND_LIST && value->kind != SCL_KIND_MAP) {
        scl_value_print(value, text);
    } else if (list->count && list->items[0].kind == SCL_KIND_OBJECT) {
        scl_text_f(text, "{%u}", (unsigned)list->count);
    } else {
        scl_text_char(text, '[');
        for (uint32_t i = 0; i < list->count; i++) {
            scl_text_c(text, i ? ", " : "");
            if (list->keys)
                scl_text_f(text, "%.*s=", SCL_ARG(list->keys[i]));
            show_value(&list->items[i], list->items[i].state, text);
        }
        scl_text_char(text, ']');
    }
    if (value->flags & SCL_VALUE_OPEN)
        scl_text_char(text, '+');
}

static inline void
show_place(const struct scl_document *document, struct scl_node node, bool of_value,
           struct scl_text *text)
{
    struct scl_origin origin = scl_view_place(document->view, node, of_value, NULL);
    struct scl_position position = scl_source_locate(document->files, origin.place.offset);

    scl_text_f(text, "%u:%u+%u", (unsigned)position.line, (unsigned)position.column,
               (unsigned)origin.place.length);
}

static inline void
show_notes(const struct scl_document *document, struct scl_text *text)
{
    for (uint32_t i = 0; i < document->notes.list.count; i++) {
        const struct scl_note *note = &document->notes.list.at[i];

        if (note->kind != SCL_NOTE_ERROR)
            continue;
        scl_text_f(text, "%s%.*s", text->len ? "; " : "", SCL_ARG(note->message));
        for (uint32_t hint = 0; hint < note->hints.count; hint++)
            if (note->hints.at[hint].is_help)
                scl_text_f(text, " (%.*s)", SCL_ARG(note->hints.at[hint].text));
    }
}

/* The root of the subject that the path begins with, which is cut off it. */
static inline struct scl_node
take_subject(const struct scl_document *document, struct scl_str *path)
{
    struct scl_str type = { 0 };

    scl_str_cut(path, '.', &type);
    for (uint32_t i = 0; i < document->subjects.count; i++)
        if (scl_str_is(type, scl_type(document->subjects.at[i].type)->name))
            return (struct scl_node){ document->subjects.at[i].root, SCL_NONE, 0 };
    return (struct scl_node){ 0 };
}

static inline void
show(const struct scl_document *document, struct scl_str path, struct scl_text *text)
{
    bool of_value = scl_str_ends(path, SCL_S("@=")), of_place = scl_str_ends(path, SCL_S("@"));
    struct scl_node node;
    struct scl_reading reading;

    if (scl_str_is(path, "notes")) {
        show_notes(document, text);
        return;
    }
    path = scl_str_sub(path, 0, path.len - (of_value ? 2 : of_place ? 1 : 0));
    node = take_subject(document, &path);
    if (!node.object || !scl_view_find(document->view, node, path, &node)) {
        scl_text_c(text, "no such node");
    } else if (of_value || of_place) {
        show_place(document, node, of_value, text);
    } else {
        scl_view_read(document->view, node, &reading);
        show_value(&reading.value, reading.state, text);
    }
}

static inline void
check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_document *document = read_dockerfile(rows[i].text, rows[i].given);
        struct scl_text text = { 0 }, why = { 0 };

        show(document, scl_str_c(rows[i].path), &text);
        scl_text_f(&why, "row %u: %s of\n%s", (unsigned)i, rows[i].path, rows[i].text);
        check_text(scl_text_str(&text), rows[i].expected, why.at);
        scl_text_finish(&text);
        scl_text_finish(&why);
        scl_document_unref(document);
    }
}

#endif
