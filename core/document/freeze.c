/* SPDX-License-Identifier: Apache-2.0 */
/*
 * freeze.c: from a document that is built to one that is read
 *
 * Values are sorted by field within their objects, objects indexed by subject and type: two passes
 * over the objects, one that counts and one that fills. What has grown moves to where it takes no
 * more than it needs. Texts get the form in which the ABI hands them out, once, so that reading
 * needs no memory.
 */
#include "document/build.h"

#include "base/utf8.h"
#include "document/held.h"
#include "document/view.h"

#include <string.h>

/* An object has few values, at most one a field of its type, and they come nearly in order. */
static void
sort_object(struct scl_object *object)
{
    for (unsigned i = 1; i < object->count; i++) {
        struct scl_value value = object->values[i];
        unsigned at = i;

        for (; at > 0 && object->values[at - 1].field > value.field; at--)
            object->values[at] = object->values[at - 1];
        object->values[at] = value;
    }
}

static void
sort_values(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->objects.count; i++)
        sort_object(&d->objects.at[i]);
}

/* ---- sizes ---- */

static void
move_list(struct scl_document *d, struct scl_list *list)
{
    list->items = scl_arena_members(&d->arena, list->items, list->count, sizeof *list->items);
    if (list->keys)
        list->keys = scl_arena_members(&d->arena, list->keys, list->count, sizeof *list->keys);
    list->room = list->count;
}

/* Moves objects, origins, values and members out of the memory they grew in, and gives that back;
 * false without memory. */
static bool
move_all(struct scl_document *d)
{
    struct scl_arena *arena = &d->arena;

    if (d->building.failed)
        return false;
    d->objects.at = scl_arena_members(arena, d->objects.at, d->objects.count,
                                      sizeof *d->objects.at);
    d->objects.room = d->objects.count;
    d->origins.at = scl_arena_members(arena, d->origins.at, d->origins.count,
                                      sizeof *d->origins.at);
    d->origins.room = d->origins.count;
    for (uint32_t i = 0; i < d->objects.count && !d->arena.failed; i++) {
        struct scl_object *object = &d->objects.at[i];

        object->values = scl_arena_members(arena, object->values, object->count,
                                           sizeof *object->values);
        object->room = object->count;
        for (unsigned v = 0; v < object->count && !d->arena.failed; v++)
            if (object->values[v].kind == SCL_KIND_LIST || object->values[v].kind == SCL_KIND_MAP)
                move_list(d, object->values[v].as.list);
    }
    scl_arena_finish(&d->building);
    return !d->arena.failed;
}

/* ---- objects by type ---- */

static uint32_t
slot_of(const struct scl_object *object)
{
    return object->subject * SCL_TYPE_COUNT + object->type;
}

static bool
index_objects(struct scl_document *d)
{
    size_t slots = (size_t)d->subjects.count * SCL_TYPE_COUNT;
    uint32_t *first = scl_arena_array(&d->arena, slots + 2, sizeof *first), *objects;

    objects = scl_arena_array(&d->arena, d->objects.count, sizeof *objects);
    if (!first || !objects)
        return false;
    /* Counted one slot too far, so that filling a slot moves its first to where it belongs. */
    for (uint32_t i = SCL_TYPE_COUNT; i < d->objects.count; i++)
        if (!d->objects.at[i].is_inner)
            first[slot_of(&d->objects.at[i]) + 2]++;
    for (size_t slot = 2; slot < slots + 2; slot++)
        first[slot] += first[slot - 1];
    for (uint32_t i = SCL_TYPE_COUNT; i < d->objects.count; i++)
        if (!d->objects.at[i].is_inner)
            objects[first[slot_of(&d->objects.at[i]) + 1]++] = i;
    d->type_first = first;
    d->type_objects = objects;
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
        struct scl_str name;

        name = os && os->kind == SCL_KIND_TEXT ? scl_value_text(os) : scl_str_n("", 0);
        subject->is_windows = scl_str_is(name, "windows");
        subject->is_foreign = name.len && !scl_str_is(name, "linux") && !scl_str_is(name, "vm");
    }
}

/* `name`, `format` and `resolution` are the first three fields of every subject. */
static void
set_common(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        uint32_t root = d->subjects.at[i].root;
        unsigned first = scl_type(d->subjects.at[i].type)->first;

        if (!scl_build_has(d, root, first + 1))
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
        return scl_str_n(scl_arena_text(&d->arena, text.at, length), length);
    scl_utf8_add_valid(&valid, text);
    length = valid.len;
    copy = valid.failed ? NULL : scl_arena_text(&d->arena, valid.at, length);
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
    if (d->arena.failed || !move_all(d) || !index_objects(d))
        return false;
    sort_values(d);
    settle_texts(d);
    settle_subjects(d);
    if (!d->arena.failed)
        d->view = scl_view_new(d, &(struct scl_view_with){ .facts = facts });
    return d->view && make_lone(d) && !d->arena.failed;
}

bool
scl_document_freeze_joined(struct scl_document *d, const struct scl_view_with *with)
{
    struct scl_object *project = &d->objects.at[d->subjects.at[d->subjects.count - 1].root];

    if (d->arena.failed || d->building.failed || !index_objects(d))
        return false;
    sort_object(project);
    d->view = scl_view_new(d, with);
    return d->view && make_lone(d) && !d->arena.failed;
}
