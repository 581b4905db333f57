/* SPDX-License-Identifier: Apache-2.0 */
/*
 * build.c: the only writer of documents
 *
 * While a document is built, the values of an object stand in the order they were set; an object
 * has a few dozen at most, so they are found by walking. Where memory runs out, values go to one
 * spare object that nobody reads, so that formats need no checks: freezing fails.
 */
#include "document/build.h"

#include "syntax/reference.h"

#include <stdlib.h>
#include <string.h>

enum { INDEXED_FROM = 8 }; /* entries of a map */

struct scl_document *
scl_document_begin(struct scl_str name, struct scl_str text)
{
    struct scl_document *d = calloc(1, sizeof *d);
    const char *own_name, *own_text;

    if (!d)
        return NULL;
    atomic_init(&d->references, 1);
    scl_arena_init(&d->arena);
    scl_arena_init(&d->building);
    scl_notes_init(&d->notes, &d->arena);
    d->format = d->family = "";
    d->resolution = "request";
    own_name = scl_arena_copy(&d->arena, name.at, name.len);
    own_text = scl_arena_copy(&d->arena, text.at, text.len);
    d->files = scl_arena_alloc(&d->arena, sizeof *d->files);
    for (unsigned type = 0; type < SCL_TYPE_COUNT; type++) {
        struct scl_object *object = scl_vec_push(&d->building, &d->objects);

        if (object)
            object->type = (uint8_t)type;
    }
    scl_vec_push(&d->building, &d->origins);
    if (d->arena.failed || d->building.failed ||
        !scl_source_init(d->files, &d->arena, scl_str_n(own_name, name.len),
                                            scl_str_n(own_text, text.len))) {
        scl_document_unref(d);
        return NULL;
    }
    d->name = d->files->name;
    d->file_count = d->file_room = 1;
    return d;
}

uint32_t
scl_build_origin(struct scl_document *d, struct scl_span place, struct scl_span value)
{
    struct scl_origin *origin = scl_vec_push(&d->building, &d->origins);

    if (!origin)
        return 0;
    origin->place = place;
    origin->value = value;
    origin->file = d->notes.file;
    return d->origins.count - 1;
}

uint32_t
scl_build_file_origin(struct scl_document *d, uint16_t file, struct scl_span place,
                      struct scl_span value)
{
    uint32_t origin = scl_build_origin(d, place, value);

    if (origin)
        d->origins.at[origin].file = file;
    return origin;
}

uint32_t
scl_build_derived(struct scl_document *d, uint32_t from_object, unsigned from_field)
{
    struct scl_origin *origin = scl_vec_push(&d->building, &d->origins);

    if (!origin)
        return 0;
    origin->from_object = from_object;
    origin->from_field = from_field & ((1u << SCL_FIELD_BITS) - 1);
    return d->origins.count - 1;
}

uint16_t
scl_build_linked_file(struct scl_document *d, const struct scl_source *source)
{
    if (d->file_count >= UINT16_MAX ||
        !scl_vec_reserve(&d->arena, (void **)&d->files, d->file_count, &d->file_room,
                         sizeof *d->files))
        return 0;
    d->files[d->file_count] = *source;
    if (!d->first_linked)
        d->first_linked = d->file_count;
    return (uint16_t)d->file_count++;
}

const struct scl_source *
scl_build_quote(struct scl_document *d, struct scl_str text, uint32_t place, uint32_t said)
{
    const struct scl_origin *at = scl_document_origin(d, place);
    const char *copy = scl_arena_copy(&d->arena, text.at, text.len);
    struct scl_quote *quote;
    struct scl_source source;
    uint16_t file;

    if (!copy || !scl_source_init(&source, &d->arena, scl_str_n("", 0),
                                  scl_str_n(copy, text.len)))
        return NULL;
    file = scl_build_linked_file(d, &source);
    quote = file ? scl_vec_push(&d->arena, &d->quotes) : NULL;
    if (!quote)
        return NULL;
    *quote = (struct scl_quote){ file, place, said };
    d->notes.is_pinned = true;
    d->notes.pin = at->place;
    d->notes.pin_file = (uint16_t)at->file;
    d->notes.file = quote->file;
    return &d->files[quote->file];
}

void
scl_build_quote_end(struct scl_document *d)
{
    d->notes.is_pinned = false;
    d->notes.file = d->notes.pin_file;
}

/* How many values an object of a type mostly gets, so that its array need not move. */
static uint16_t
usual_count(unsigned type)
{
    switch (type) {
    case SCL_TYPE_WORD:
    case SCL_TYPE_OPTION:
    case SCL_TYPE_REDIRECTION:
        return 2;
    case SCL_TYPE_REMOVAL:
        return 3;
    case SCL_TYPE_COMMAND:
        return 10;
    case SCL_TYPE_STAGE:
    case SCL_TYPE_INSTRUCTION:
    case SCL_TYPE_VULNERABILITY:
        return 12;
    case SCL_TYPE_BUILD:
    case SCL_TYPE_IMAGE:
    case SCL_TYPE_CONTAINER:
        return 32;
    default:
        return 4;
    }
}

static uint32_t
new_object(struct scl_document *d, unsigned type, uint32_t origin)
{
    struct scl_object *object = scl_vec_push(&d->building, &d->objects);

    if (!object)
        return 0;
    object->type = (uint8_t)type;
    object->origin = origin;
    object->values = scl_arena_array(&d->building, usual_count(type), sizeof *object->values);
    object->room = object->values ? usual_count(type) : 0;
    return d->objects.count - 1;
}

uint32_t
scl_build_subject(struct scl_document *d, unsigned type, struct scl_str name, uint32_t origin)
{
    uint32_t root = new_object(d, type, origin);
    struct scl_subject_entry *entry = scl_vec_push(&d->arena, &d->subjects);
    const struct scl_type *row = scl_type(type);

    if (!root || !entry)
        return 0;
    entry->root = root;
    entry->type = (uint8_t)type;
    entry->family = d->family;
    d->objects.at[root].subject = d->subjects.count - 1;
    if (name.len)
        scl_build_text(d, root, row->first, name, origin);
    return root;
}

static struct scl_value *
find_value(const struct scl_object *object, unsigned field)
{
    for (unsigned i = 0; i < object->count; i++)
        if (object->values[i].field == field)
            return &object->values[i];
    return NULL;
}

const struct scl_value *
scl_build_value(const struct scl_document *d, uint32_t object, unsigned field)
{
    return find_value(scl_document_object(d, object), field);
}

bool
scl_build_has(const struct scl_document *d, uint32_t object, unsigned field)
{
    return scl_build_value(d, object, field) != NULL;
}

const struct scl_value *
scl_build_find(const struct scl_document *d, uint32_t object, unsigned field)
{
    return find_value(scl_document_object(d, object), field);
}

/* The value of a field, emptied if it was there, at the end of the object's if it was not. */
static struct scl_value *
set(struct scl_document *d, uint32_t object, unsigned field, enum scl_kind kind, uint32_t origin)
{
    struct scl_object *at = &d->objects.at[object < d->objects.count ? object : 0];
    struct scl_value *value = find_value(at, field);
    const struct scl_origin *from = scl_document_origin(d, origin);
    bool derived = from->from_field != SCL_NONE;

    if (!value) {
        uint32_t room = at->room;

        if (!scl_vec_reserve(&d->building, (void **)&at->values, at->count, &room, sizeof *value))
            return NULL;
        at->room = (uint16_t)room;
        value = &at->values[at->count++];
    }
    memset(value, 0, sizeof *value);
    value->field = (uint16_t)field;
    value->kind = (uint8_t)kind;
    value->origin = origin;
    value->state = derived || !origin ? SCANTLING_STATE_DERIVED
                   : d->first_linked && from->file >= d->first_linked ? SCANTLING_STATE_LINKED
                                                                      : SCANTLING_STATE_DECLARED;
    return value;
}

struct scl_value *
scl_build_text(struct scl_document *d, uint32_t object, unsigned field, struct scl_str text,
               uint32_t origin)
{
    struct scl_value *value = set(d, object, field, SCL_KIND_TEXT, origin);

    if (value) {
        value->as.text = text.at ? text.at : "";
        value->length = (uint32_t)text.len;
    }
    return value;
}

static struct scl_value *
set_number(struct scl_document *d, uint32_t object, unsigned field, enum scl_kind kind,
           int64_t number, uint32_t origin)
{
    struct scl_value *value = set(d, object, field, kind, origin);

    if (value)
        value->as.number = number;
    return value;
}

struct scl_value *
scl_build_int(struct scl_document *d, uint32_t object, unsigned field, int64_t number,
              uint32_t origin)
{
    return set_number(d, object, field, SCL_KIND_INT, number, origin);
}

struct scl_value *
scl_build_bool(struct scl_document *d, uint32_t object, unsigned field, bool truth, uint32_t origin)
{
    return set_number(d, object, field, SCL_KIND_BOOL, truth, origin);
}

struct scl_value *
scl_build_decimal(struct scl_document *d, uint32_t object, unsigned field, int64_t nano,
                  uint32_t origin)
{
    return set_number(d, object, field, SCL_KIND_DECIMAL, nano, origin);
}

struct scl_value *
scl_build_link(struct scl_document *d, uint32_t object, unsigned field, uint32_t target,
               uint32_t origin)
{
    struct scl_value *value = set(d, object, field, SCL_KIND_OBJECT, origin);

    if (value)
        value->as.object = target;
    return value;
}

struct scl_value *
scl_build_empty(struct scl_document *d, uint32_t object, unsigned field, scantling_state state,
                uint32_t origin)
{
    struct scl_value *value = set(d, object, field, SCL_KIND_EMPTY, origin);

    if (value) {
        value->state = (uint8_t)state;
        if (state == SCANTLING_STATE_DECLARED)
            value->flags |= SCL_VALUE_NO_LIMIT;
    }
    return value;
}

struct scl_value *
scl_build_list(struct scl_document *d, uint32_t object, unsigned field, uint32_t origin)
{
    struct scl_value *value =
        find_value(&d->objects.at[object < d->objects.count ? object : 0], field);
    struct scl_list *list;

    if (value && (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP))
        return value;
    list = scl_arena_alloc(&d->arena, sizeof *list);
    value = list ? set(d, object, field, scl_field(field)->kind, origin) : NULL;
    if (value)
        value->as.list = list;
    return value;
}

struct scl_value *
scl_build_group(struct scl_document *d, uint32_t object, unsigned field, uint32_t origin)
{
    return set(d, object, field, SCL_KIND_GROUP, origin);
}

static struct scl_value *
add_item(struct scl_document *d, uint32_t object, unsigned field, enum scl_kind kind,
         uint32_t origin)
{
    struct scl_value *value = scl_build_list(d, object, field, origin);
    struct scl_list *list = value ? value->as.list : NULL;
    struct scl_value *item;

    if (!list || !scl_vec_reserve(&d->building, (void **)&list->items, list->count, &list->room,
                                  sizeof *list->items))
        return NULL;
    item = &list->items[list->count++];
    item->field = (uint16_t)field;
    item->kind = (uint8_t)kind;
    item->origin = origin;
    item->state = SCANTLING_STATE_DECLARED;
    return item;
}

uint32_t
scl_build_object(struct scl_document *d, uint32_t parent, unsigned field, uint32_t origin)
{
    uint32_t made = new_object(d, scl_field(field)->of, origin);
    struct scl_value *value;
    struct scl_object *object;

    if (!made)
        return 0;
    object = &d->objects.at[made];
    object->parent = parent;
    object->field = (uint16_t)field;
    object->subject = scl_document_object(d, parent)->subject;
    object->is_inner = scl_document_object(d, parent)->is_inner ||
                       scl_type(object->type)->flags & SCL_TYPE_IS_SUBJECT;
    if (scl_field(field)->kind == SCL_KIND_LIST) {
        value = add_item(d, parent, field, SCL_KIND_OBJECT, origin);
        if (value)
            object->position = find_value(scl_document_object(d, parent), field)->as.list->count;
    } else {
        value = set(d, parent, field, SCL_KIND_OBJECT, origin);
    }
    if (value)
        value->as.object = made;
    return made;
}

struct scl_value *
scl_build_item_text(struct scl_document *d, uint32_t object, unsigned field, struct scl_str text,
                    uint32_t origin)
{
    struct scl_value *item = add_item(d, object, field, SCL_KIND_TEXT, origin);

    if (item) {
        item->as.text = text.at ? text.at : "";
        item->length = (uint32_t)text.len;
    }
    return item;
}

struct scl_value *
scl_build_item_unknown(struct scl_document *d, uint32_t object, unsigned field, uint32_t origin)
{
    struct scl_value *item = add_item(d, object, field, SCL_KIND_EMPTY, origin);

    if (item)
        item->state = SCANTLING_STATE_UNKNOWN;
    return item;
}

void
scl_build_item_link(struct scl_document *d, uint32_t object, unsigned field, uint32_t target)
{
    struct scl_value *item = add_item(d, object, field, SCL_KIND_OBJECT,
                                      scl_document_object(d, target)->origin);

    if (item)
        item->as.object = target;
}

static uint32_t
find_key(const struct scl_list *list, struct scl_str key)
{
    if (list->index) {
        const struct scl_map_entry *entry = scl_map_find(list->index, key);

        return entry ? (uint32_t)entry->value : UINT32_MAX;
    }
    for (uint32_t i = 0; i < list->count; i++)
        if (scl_str_same(list->keys[i], key))
            return i;
    return UINT32_MAX;
}

/* Indexes the keys of a map that has become long. */
static void
index_keys(struct scl_document *d, struct scl_list *list)
{
    if (list->count < INDEXED_FROM)
        return;
    if (!list->index) {
        list->index = scl_arena_alloc(&d->arena, sizeof *list->index);
        if (!list->index)
            return;
        scl_map_init(list->index, &d->arena);
        for (uint32_t i = 0; i + 1 < list->count; i++)
            scl_map_put(list->index, list->keys[i], i);
    }
    scl_map_put(list->index, list->keys[list->count - 1], list->count - 1);
}

struct scl_value *
scl_build_entry(struct scl_document *d, uint32_t object, unsigned field, struct scl_str key,
                struct scl_str text, uint32_t origin)
{
    struct scl_value *value = scl_build_list(d, object, field, origin), *item;
    struct scl_list *list = value ? value->as.list : NULL;
    uint32_t at, room;

    if (!list)
        return NULL;
    at = find_key(list, key);
    if (at == UINT32_MAX) {
        at = list->count;
        room = list->room;
        if (!scl_vec_reserve(&d->building, (void **)&list->keys, at, &room, sizeof *list->keys) ||
            !add_item(d, object, field, SCL_KIND_TEXT, origin))
            return NULL;
        list->keys[at] = key;
        index_keys(d, list);
    }
    item = &list->items[at];
    item->kind = SCL_KIND_TEXT;
    item->origin = origin;
    item->as.text = text.at ? text.at : "";
    item->length = (uint32_t)text.len;
    return item;
}

void
scl_build_follows(struct scl_document *d, uint32_t object, unsigned field, scantling_state state)
{
    struct scl_value *value = find_value(&d->objects.at[object], field);

    if (value && value->state == SCANTLING_STATE_DECLARED)
        value->state = (uint8_t)state;
}

void
scl_build_open(struct scl_document *d, uint32_t object, unsigned field)
{
    struct scl_value *value = scl_build_list(d, object, field, 0);

    if (value)
        value->flags |= SCL_VALUE_OPEN;
}
