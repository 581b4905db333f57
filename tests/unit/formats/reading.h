/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading.h: reads inputs and asks their fields, for the tests of formats in JSON
 *
 * Documents are written with `'` for `"`. A row of a table names a field and what it must be; all
 * of it is text, so that a failure shows what was read instead.
 */
#ifndef SCL_TESTS_READING_H
#define SCL_TESTS_READING_H

#include "../test.h"

#include "document/view.h"
#include "formats/format.h"

struct reading_row {
    const char *why;   /* a sentence */
    const char *text;  /* what stands in the braces */
    const char *path;  /* below the first subject */
    const char *value; /* as reading_value writes it */
    const char *state; /* NULL: any */
    const char *place; /* what a finding would cover, `~` before that of a parent; NULL: any */
};

static inline struct scl_str
reading_quoted(struct scl_arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *copy = scl_arena_copy(arena, text, length);

    for (size_t i = 0; i < length; i++)
        if (copy[i] == '\'')
            copy[i] = '"';
    return scl_str_n(copy, length);
}

static inline struct scl_document *
reading_document(const char *name, const char *format, struct scl_str text)
{
    struct scl_input input = { .name = scl_str_c(name), .text = text };
    struct scl_document *d;

    input.format = scl_str_c(format);
    d = scl_read(&input);
    assert_non_null(d);
    return d;
}

static inline const char *
reading_state(scantling_state state)
{
    static const char *const names[] = { "",       "declared", "default", "derived",       "linked",
                                         "unknown", "absent",   "null",    "not applicable" };

    return names[state];
}

/* Scalars as reports print them, "no limit", "-" of nothing, "?" of an unknown member; lists and
 * maps in brackets, "+" at the end where more may come; of members that are nodes their number. */
static inline void
reading_value(const struct scl_value *value, struct scl_text *text)
{
    const struct scl_list *list = value->as.list;

    if (value->kind == SCL_KIND_EMPTY) {
        scl_text_c(text, value->flags & SCL_VALUE_NO_LIMIT ? "no limit" : "-");
        return;
    }
    if (value->kind == SCL_KIND_OBJECT || value->kind == SCL_KIND_GROUP) {
        scl_text_c(text, "node");
        return;
    }
    if (value->kind != SCL_KIND_LIST && value->kind != SCL_KIND_MAP) {
        scl_value_print(value, text);
        return;
    }
    scl_text_char(text, '[');
    if (list->count && list->items[0].kind == SCL_KIND_OBJECT)
        scl_text_f(text, "%u", (unsigned)list->count);
    for (uint32_t i = 0; i < list->count && list->items[i].kind != SCL_KIND_OBJECT; i++) {
        if (i)
            scl_text_c(text, ", ");
        if (list->keys)
            scl_text_f(text, "%.*s=", SCL_ARG(list->keys[i]));
        if (list->items[i].kind == SCL_KIND_EMPTY)
            scl_text_char(text, '?');
        scl_value_print(&list->items[i], text);
    }
    scl_text_c(text, value->flags & SCL_VALUE_OPEN ? "]+" : "]");
}

static inline void
reading_check(const struct scl_document *d, const struct reading_row *row)
{
    struct scl_node root = { d->subjects.count ? d->subjects.at[0].root : 0, SCL_NONE, 0 }, node;
    struct scl_reading reading;
    struct scl_text text;
    struct scl_origin origin;
    bool exact;

    scl_text_init(&text);
    if (!scl_view_find(d->view, root, scl_str_c(row->path), &node)) {
        scl_text_c(&text, "no such node");
        check_text(scl_text_str(&text), row->value, row->why);
        scl_text_finish(&text);
        return;
    }
    scl_view_read(d->view, node, &reading);
    reading_value(&reading.value, &text);
    check_text(scl_text_str(&text), row->value, row->why);
    if (row->state)
        check_text(scl_str_c(reading_state(reading.state)), row->state, row->why);
    if (row->place) {
        origin = scl_view_place(d->view, node, false, &exact);
        scl_text_clear(&text);
        scl_text_c(&text, exact ? "" : "~");
        scl_text_add(&text, scl_source_text(d->files, origin.place));
        for (size_t i = 0; i < text.len; i++)
            text.at[i] = text.at[i] == '"' ? '\'' : text.at[i];
        check_text(scl_text_str(&text), row->place, row->why);
    }
    scl_text_finish(&text);
}

/* Reads each row's text between `start` and the closing brace. */
static inline void
reading_check_all(struct scl_arena *arena, const char *format, const char *start,
                  const struct reading_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text text;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_f(&text, "{%s%s}", start, rows[i].text);
        d = reading_document("x.json", format, reading_quoted(arena, text.at));
        scl_text_finish(&text);
        if (scl_notes_have_error(&d->notes)) {
            print_error("%s: %s\n", rows[i].why, d->notes.list.at[0].message.at);
            fail();
        }
        reading_check(d, &rows[i]);
        scl_document_unref(d);
    }
}

/* What stands below an error. */
#define READ_UP_TO "= what was read before this place was judged\n"
#define WITHOUT_IT "= the rest of this document was judged without it\n"

/* All notes of a document, one a line: `at 'TEXT': MESSAGE`, or `MESSAGE` where there is no place;
 * hints below it after `= `. */
static inline void
reading_notes(const struct scl_document *d, struct scl_text *text)
{
    for (uint32_t i = 0; i < d->notes.list.count; i++) {
        const struct scl_note *note = &d->notes.list.at[i];

        if (note->has_place)
            scl_text_f(text, "at '%.*s': ", SCL_ARG(scl_source_text(d->files, note->span)));
        scl_text_add(text, note->message);
        scl_text_char(text, '\n');
        for (uint32_t h = 0; h < note->hints.count; h++)
            scl_text_f(text, "= %.*s\n", SCL_ARG(note->hints.at[h].text));
    }
}

#endif
