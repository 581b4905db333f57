/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_rows.c: from a JSON tree to fields, by rows
 */
#include "formats/json_rows.h"

#include "base/text.h"

#include <stdarg.h>

enum reach {
    REACHED,
    MISSING, /* it is not there */
    LOST     /* it may be there, in what was not understood */
};

/* What the document looks at to place what is absent: tables of rows, in the order of their
 * objects, several of one object in a row. */
struct row_place {
    const struct scl_tree *from;
    const struct scl_json_row *rows;
    size_t skipped; /* bytes of each path */
    uint32_t object;
};

struct scl_row_places {
    SCL_VEC(struct row_place) list;
};

/* Follows a path as far as it goes; from nothing it leads nowhere. */
static enum reach
follow(const struct scl_tree *from, const char *path, const struct scl_tree **ret_nearest)
{
    struct scl_str rest = scl_str_c(path), name;

    *ret_nearest = from;
    if (!from)
        return MISSING;
    while (scl_str_cut(&rest, '.', &name)) {
        const struct scl_tree *at = *ret_nearest, *child;

        if (at->kind == SCL_TREE_NULL)
            return at->is_cut ? LOST : MISSING;
        if (at->kind != SCL_TREE_MAP)
            return LOST;
        child = scl_tree_find(at, name);
        if (!child)
            return at->is_cut ? LOST : MISSING;
        *ret_nearest = child;
    }
    return REACHED;
}

const struct scl_tree *
scl_rows_find(const struct scl_tree *from, const char *path)
{
    const struct scl_tree *node;

    if (follow(from, path, &node) != REACHED || node->kind == SCL_TREE_NULL)
        return NULL;
    return node;
}

struct scl_str
scl_rows_text_at(const struct scl_tree *from, const char *path)
{
    const struct scl_tree *found = scl_rows_find(from, path);

    return found && found->kind == SCL_TREE_STRING ? scl_tree_text(found) : scl_str_n("", 0);
}

bool
scl_rows_is_lost(const struct scl_tree *from, const char *path)
{
    const struct scl_tree *node;
    enum reach reach = follow(from, path, &node);

    return reach == LOST || (reach == REACHED && node->kind == SCL_TREE_NULL && node->is_cut);
}

struct scl_str
scl_rows_print(struct scl_arena *arena, const char *format, ...)
{
    struct scl_text text;
    struct scl_str made = { "", 0 };
    va_list arguments;
    char *copy = NULL;

    scl_text_init(&text);
    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    if (!text.failed)
        copy = scl_arena_copy(arena, scl_text_str(&text).at, text.len);
    if (copy)
        made = scl_str_n(copy, text.len);
    else
        arena->failed = true;
    scl_text_finish(&text);
    return made;
}

/* Origins. */

static bool
is_block(const struct scl_document *d, const struct scl_tree *node)
{
    struct scl_str text = scl_source_text(&d->files[node->file], node->span);

    return (node->kind == SCL_TREE_LIST || node->kind == SCL_TREE_MAP) &&
           scl_str_find_char(text, '\n') != SIZE_MAX;
}

uint32_t
scl_rows_origin(struct scl_lowering *l, const struct scl_tree *node)
{
    bool by_key = node->key.at && is_block(l->d, node);

    return scl_build_file_origin(l->d, node->file,
                                 by_key ? node->key_span : scl_tree_entry(node), node->span);
}

/* The first table of an object; the count of all where it has none. */
static uint32_t
first_places(const struct scl_row_places *places, uint32_t object)
{
    uint32_t low = 0, high = places->list.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (places->list.at[middle].object < object)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->list.count && places->list.at[low].object == object ? low
                                                                             : places->list.count;
}

/* Where a row of a table would have the field; false where none does. */
static bool
place_of_row(const struct row_place *places, unsigned field, const struct scl_tree **ret_nearest)
{
    for (const struct scl_json_row *row = places->rows; row->path; row++) {
        if (row->field != field)
            continue;
        follow(places->from, row->path + places->skipped, ret_nearest);
        return true;
    }
    return false;
}

static bool
absent_place(const struct scl_document *d, uint32_t object, unsigned field, struct scl_origin *ret)
{
    const struct scl_row_places *places = d->tree;
    const struct row_place *all = places->list.at;
    uint32_t i = first_places(places, object);
    const struct scl_tree *nearest;

    if (i == places->list.count)
        return false;
    nearest = all[i].from;
    while (i < places->list.count && all[i].object == object &&
           !place_of_row(&all[i], field, &nearest))
        i++;
    *ret = (struct scl_origin){ .file = nearest->file };
    ret->place = nearest->key.at ? nearest->key_span
                                 : (struct scl_span){ nearest->span.offset, 0 };
    ret->value = ret->place;
    return true;
}

void
scl_rows_bind(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
              const struct scl_tree *from)
{
    scl_rows_bind_part(l, object, rows, from, 0);
}

void
scl_rows_bind_part(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                   const struct scl_tree *from, size_t skipped)
{
    struct row_place *made;

    if (!l->places && l->d->absent_place == absent_place) /* those of subjects made before */
        l->places = (struct scl_row_places *)(uintptr_t)l->d->tree;
    if (!l->places)
        l->places = scl_arena_alloc(&l->d->arena, sizeof *l->places);
    made = l->places ? scl_vec_push(&l->d->arena, &l->places->list) : NULL;
    if (!made)
        return;
    *made = (struct row_place){ from, rows, skipped, object };
    l->d->tree = l->places;
    l->d->absent_place = absent_place;
}

/* Applying rows. */

static void
set_unknown(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_span key = { node->span.offset, 0 };

    if (field == SCL_NONE || scl_field(field)->kind == SCL_KIND_GROUP)
        return;
    if (scl_field(field)->kind == SCL_KIND_LIST && scl_build_has(l->d, object, field)) {
        scl_build_open(l->d, object, field); /* several rows may add to a list */
        return;
    }
    if (node->key.at)
        key = node->key_span;
    scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN,
                    scl_build_file_origin(l->d, node->file, key, key));
}

static void
set_null(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (field != SCL_NONE && scl_field(field)->kind != SCL_KIND_GROUP)
        scl_build_empty(l->d, object, field, SCANTLING_STATE_NULL, scl_rows_origin(l, node));
}

void
scl_rows_apply(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
               const struct scl_tree *from)
{
    scl_rows_apply_part(l, object, rows, from, 0);
}

void
scl_rows_apply_part(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                    const struct scl_tree *from, size_t skipped)
{
    for (const struct scl_json_row *row = rows; row->path; row++) {
        const struct scl_tree *node;
        enum reach reach = follow(from, row->path + skipped, &node);

        if (reach == LOST || (reach == REACHED && node->kind == SCL_TREE_NULL && node->is_cut))
            set_unknown(l, object, row->field, node);
        else if (reach != REACHED || !row->read)
            continue;
        else if (node->kind != SCL_TREE_NULL)
            row->read(l, object, row->field, node);
        else if (!l->skips_null)
            set_null(l, object, row->field, node);
    }
}

void
scl_rows_lose(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
              const struct scl_tree *at)
{
    for (const struct scl_json_row *row = rows; row->path; row++)
        set_unknown(l, object, row->field, at);
}

void
scl_rows_say(struct scl_lowering *l, const struct scl_json_row *rows)
{
    for (const struct scl_json_row *row = rows; row->path; row++)
        for (unsigned field = row->field; field && l->says; field = scl_field_group(field))
            l->says[field / 64] |= UINT64_C(1) << (field % 64);
}

void
scl_rows_say_all(struct scl_lowering *l, const struct scl_json_row *const *tables)
{
    for (; *tables; tables++)
        scl_rows_say(l, *tables);
}

uint32_t
scl_rows_subject(struct scl_lowering *l, unsigned type, struct scl_str name)
{
    unsigned first = scl_type(type)->first;
    struct scl_span start = { l->root->span.offset, 0 };
    uint32_t root;

    if (l->root->kind != SCL_TREE_MAP) {
        if (!l->root->is_cut)
            scl_rows_expect(l, 0, SCL_NONE, l->root, SCL_TREE_MAP);
        return 0;
    }
    root = scl_build_subject(l->d, type, name, scl_build_origin(l->d, start, l->root->span));
    if (!l->says)
        l->says = scl_arena_array(&l->d->arena, SCL_FIELD_COUNT / 64 + 1, sizeof *l->says);
    if (!root || !l->says)
        return 0;
    for (unsigned field = first + 1; field < first + 3; field++) /* format and resolution */
        l->says[field / 64] |= UINT64_C(1) << (field % 64);
    l->d->subjects.at[l->d->subjects.count - 1].says = l->says;
    return root;
}

void
scl_rows_members(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *list, const struct scl_json_row *rows,
                 scl_row_finish_fn finish)
{
    if (!scl_rows_expect(l, object, field, list, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, list));
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        const struct scl_tree *node = scl_tree_child(list, i);
        uint32_t made;

        if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
        scl_rows_apply(l, made, rows, node);
        if (finish)
            finish(l, made, node);
    }
    if (list->is_cut)
        scl_build_open(l->d, object, field);
}
