/* SPDX-License-Identifier: Apache-2.0 */
/*
 * freeze.c: from a document that is built to one that is read
 *
 * Values are sorted by field within their objects, objects indexed by subject and type: two passes
 * over the objects, one that counts and one that fills. Texts get the form in which the ABI hands
 * them out, once, so that reading needs no memory.
 */
#include "document/build.h"

#include "base/utf8.h"
#include "document/held.h"
#include "document/view.h"

#include <stdlib.h>

static int
value_order(const void *a, const void *b)
{
    const struct scl_value *x = a, *y = b;

    return (x->field > y->field) - (x->field < y->field);
}

static void
sort_values(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->objects.count; i++)
        if (d->objects.at[i].count > 1)
            qsort(d->objects.at[i].values, d->objects.at[i].count, sizeof(struct scl_value),
                  value_order);
}

static struct scl_type_index *
slot_of(struct scl_document *d, const struct scl_object *object)
{
    return &d->by_type[object->subject * SCL_TYPE_COUNT + object->type];
}

static bool
index_objects(struct scl_document *d)
{
    uint32_t *room;
    uint32_t slots = d->subjects.count * SCL_TYPE_COUNT, used = 0;

    d->by_type = scl_arena_array(&d->arena, slots ? slots : 1, sizeof *d->by_type);
    room = scl_arena_array(&d->arena, d->objects.count, sizeof *room);
    if (!d->by_type || !room)
        return false;
    for (uint32_t i = SCL_TYPE_COUNT; i < d->objects.count; i++)
        slot_of(d, &d->objects.at[i])->count++;
    for (uint32_t slot = 0; slot < slots; slot++) {
        d->by_type[slot].objects = room + used;
        used += d->by_type[slot].count;
        d->by_type[slot].count = 0;
    }
    for (uint32_t i = SCL_TYPE_COUNT; i < d->objects.count; i++) {
        struct scl_type_index *slot = slot_of(d, &d->objects.at[i]);

        room[slot->objects + slot->count++ - room] = i;
    }
    return true;
}

/* What holds for all of a subject. */
static void
settle_subjects(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        struct scl_subject_entry *subject = &d->subjects.at[i];
        unsigned field = subject->type == SCL_TYPE_CONTAINER ? SCL_CONTAINER_OS
                         : subject->type == SCL_TYPE_IMAGE   ? SCL_IMAGE_OS
                                                             : SCL_NONE;
        const struct scl_value *os = scl_document_value(d, subject->root, field);

        subject->family = d->family;
        subject->is_windows = os && os->kind == SCL_KIND_TEXT &&
                              scl_str_is(scl_value_text(os), "windows");
    }
}

/* `name`, `format` and `resolution` are the first three fields of every subject. */
static void
set_common(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        uint32_t root = d->subjects.at[i].root;
        unsigned first = scl_type(d->subjects.at[i].type)->first;

        scl_build_text(d, root, first + 1, scl_str_c(d->format), 0);
        scl_build_text(d, root, first + 2, scl_str_c(d->resolution), 0);
    }
}

/* ---- texts ---- */

enum { SLOTS = 128 };

static bool
is_in_file(const struct scl_document *d, const char *at, size_t length)
{
    for (uint32_t i = 0; i < d->file_count; i++) {
        uintptr_t start = (uintptr_t)d->files[i].text.at;

        if ((uintptr_t)at >= start && (uintptr_t)at + length <= start + d->files[i].text.len)
            return true;
    }
    return false;
}

/* Texts that were settled lately: values that are the same slice share one copy. Where a text is
 * looked for depends on its bytes, never on its address, so that what is shared is the same in
 * every run. */
struct settling {
    struct scl_document *d;
    struct {
        struct scl_str from, to;
    } lately[SLOTS];
};

/* A copy with a NUL after it, valid UTF-8. */
static struct scl_str
copied(struct scl_document *d, struct scl_str text)
{
    struct scl_text valid = { 0 };
    const char *copy;
    size_t length = text.len;

    if (scl_utf8_is_valid(text))
        return scl_str_n(scl_arena_copy(&d->arena, text.at, length), length);
    scl_utf8_add_valid(&valid, text);
    length = valid.len;
    copy = valid.failed ? NULL : scl_arena_copy(&d->arena, valid.at, length);
    d->arena.failed = d->arena.failed || valid.failed;
    scl_text_finish(&valid);
    return scl_str_n(copy, copy ? length : 0);
}

static size_t
slot_of_text(struct scl_str text)
{
    size_t mixed = text.len;

    if (text.len)
        mixed += (unsigned char)text.at[0] * 31u + (unsigned char)text.at[text.len / 2] * 7u +
                 (unsigned char)text.at[text.len - 1] * 3u;
    return mixed % SLOTS;
}

static struct scl_str
settled(struct settling *s, struct scl_str text)
{
    size_t slot = slot_of_text(text);

    if (s->lately[slot].to.at && s->lately[slot].from.at == text.at &&
        s->lately[slot].from.len == text.len)
        return s->lately[slot].to;
    s->lately[slot].from = text;
    s->lately[slot].to = copied(s->d, text);
    return s->lately[slot].to;
}

static void
settle_value(struct settling *s, struct scl_value *value)
{
    struct scl_str text;

    if (value->kind != SCL_KIND_TEXT)
        return;
    if (is_in_file(s->d, value->as.text, value->length))
        value->flags |= SCL_VALUE_IN_FILE;
    text = settled(s, scl_value_text(value));
    value->as.text = text.at;
    value->length = (uint32_t)text.len;
}

static void
settle_texts(struct scl_document *d)
{
    struct settling s = { .d = d };

    for (uint32_t i = 0; i < d->held.count; i++)
        settle_value(&s, &d->held.at[i].value);

    for (uint32_t i = 0; i < d->objects.count && !d->arena.failed; i++) {
        struct scl_object *object = &d->objects.at[i];

        for (unsigned v = 0; v < object->count; v++) {
            struct scl_value *value = &object->values[v];
            struct scl_list *list = value->as.list;

            settle_value(&s, value);
            if (value->kind != SCL_KIND_LIST && value->kind != SCL_KIND_MAP)
                continue;
            for (uint32_t m = 0; m < list->count; m++) {
                settle_value(&s, &list->items[m]);
                if (list->keys)
                    list->keys[m] = settled(&s, list->keys[m]);
            }
        }
    }
}

static bool
make_lone(struct scl_document *d)
{
    d->lone = scl_arena_array(&d->arena, d->subjects.count, sizeof *d->lone);
    for (uint32_t i = 0; d->lone && i < d->subjects.count; i++)
        d->lone[i] = (struct scantling_subject){
            .view = d->view,
            .root = d->subjects.at[i].root,
            .index = i,
            .type = d->subjects.at[i].type,
        };
    return d->lone != NULL;
}

bool
scl_document_freeze(struct scl_document *d, const struct scl_facts *facts)
{
    set_common(d);
    if (d->arena.failed || !index_objects(d))
        return false;
    sort_values(d);
    settle_texts(d);
    settle_subjects(d);
    if (!d->arena.failed)
        d->view = scl_view_new(d, facts, 0);
    return d->view && make_lone(d) && !d->arena.failed;
}

bool
scl_document_freeze_joined(struct scl_document *d, const struct scl_facts *facts)
{
    struct scl_object *project = &d->objects.at[d->subjects.at[d->subjects.count - 1].root];

    if (d->arena.failed || !index_objects(d))
        return false;
    qsort(project->values, project->count, sizeof *project->values, value_order);
    d->view = scl_view_new(d, facts, SCANTLING_NONE);
    return d->view && make_lone(d) && !d->arena.failed;
}
