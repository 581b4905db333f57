/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_all.h: reads an input, and everything that came of it
 *
 * Whatever comes out must be readable as a whole: each field of each object, each member, each path
 * and place.
 */
#ifndef SCL_TESTS_FUZZ_READ_ALL_H
#define SCL_TESTS_FUZZ_READ_ALL_H

#include "demand.h"

#include "document/view.h"
#include "formats/input.h"

/* A place lies within its file. */
static inline void
read_place(const struct scl_document *document, struct scl_node node, bool of_value)
{
    struct scl_origin origin = scl_view_place(document->view, node, of_value, NULL);

    demand(origin.file < document->file_count);
    demand(origin.place.offset <= document->files[origin.file].text.len);
    demand(origin.place.length <= document->files[origin.file].text.len - origin.place.offset);
}

/* Whether an object is, or lies in, what the platform of its subject does not have. */
static inline bool
is_hidden(const struct scl_document *document, uint32_t object)
{
    struct scl_reading reading;
    const struct scl_object *at = scl_document_object(document, object);

    for (; at->parent; at = scl_document_object(document, at->parent)) {
        scl_view_read(document->view, (struct scl_node){ at->parent, at->field, 0 }, &reading);
        if (reading.state == SCANTLING_STATE_NOT_APPLICABLE)
            return true;
    }
    return false;
}

/* An object that can be seen has a path, and that leads back to it. */
static inline void
read_path(const struct scl_document *document, uint32_t object, struct scl_text *text)
{
    uint32_t root = document->subjects.at[scl_document_object(document, object)->subject].root;
    struct scl_node node = { object, SCL_NONE, 0 }, found;
    struct scl_reading reading;

    scl_text_clear(text);
    scl_view_path(document->view, node, text);
    demand(!text->failed);
    if (object != root && !is_hidden(document, object)) {
        demand(scl_view_find(document->view, (struct scl_node){ root, SCL_NONE, 0 },
                              scl_text_str(text), &found));
        scl_view_read(document->view, found, &reading);
        demand(reading.value.kind == SCL_KIND_OBJECT && reading.value.as.object == object);
    }
}

static inline void
read_field(const struct scl_document *document, struct scl_node node, struct scl_text *text)
{
    struct scl_reading reading, member;
    struct scl_list *list;

    scl_view_read(document->view, node, &reading);
    read_place(document, node, false);
    read_place(document, node, true);
    scl_text_clear(text);
    scl_value_print(&reading.value, text);
    if (reading.value.kind != SCL_KIND_LIST && reading.value.kind != SCL_KIND_MAP)
        return;
    list = reading.value.as.list;
    for (uint32_t i = 1; i <= list->count && i <= 64; i++) {
        struct scl_node at = scl_view_member(node, &reading, i);

        demand(at.object < document->objects.count);
        scl_view_read(document->view, at, &member);
        read_place(document, at, true);
    }
}

static inline void
read_all(const struct scl_input *input)
{
    struct scl_document *document = scl_read(input);
    struct scl_text text = { 0 };

    if (!document)
        return;
    for (uint32_t object = SCL_TYPE_COUNT; object < document->objects.count; object++) {
        const struct scl_type *type = scl_type(scl_document_object(document, object)->type);

        read_path(document, object, &text);
        for (unsigned field = type->first; field < (unsigned)type->first + type->count; field++)
            read_field(document, (struct scl_node){ object, (uint16_t)field, 0 }, &text);
    }
    for (uint32_t i = 0; i < document->notes.list.count; i++) {
        const struct scl_note *note = &document->notes.list.at[i];

        demand(note->file < document->file_count);
        demand(scl_span_end(note->span) <= document->files[note->file].text.len);
    }
    scl_text_finish(&text);
    scl_document_unref(document);
}

#endif
