/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_merge.c: the merge key `<<`
 *
 * The map gets a new row of children: its own but `<<`, then those of the merged maps whose keys
 * nothing before them has. What is copied counts as visits of aliases do, so that maps merged into
 * maps cannot make much of little.
 */
#include "syntax/yaml_reader.h"

struct merging {
    struct scl_yaml_reader *r;
    const struct scl_tree *map;
    struct scl_tree *row;
    uint32_t count;
    struct scl_map taken; /* keys of merged entries */
};

/* Whether a node can be merged; if so, its entries are counted into `*total`. */
static bool
count_entries(const struct scl_tree *value, uint64_t *total)
{
    if (value->kind == SCL_TREE_MAP) {
        *total += value->count;
        return true;
    }
    if (value->kind != SCL_TREE_LIST)
        return false;
    for (uint32_t i = 0; i < value->count; i++) {
        const struct scl_tree *item = scl_tree_child(value, i);

        if (item->kind != SCL_TREE_MAP)
            return false;
        *total += item->count;
    }
    return true;
}

static void
take_entries(struct merging *merging, const struct scl_tree *from)
{
    for (uint32_t i = 0; i < from->count; i++) {
        const struct scl_tree *entry = scl_tree_child(from, i);
        struct scl_str key = scl_tree_key(entry);

        if (scl_tree_find(merging->map, key) || scl_map_find(&merging->taken, key))
            continue;
        if (scl_map_put(&merging->taken, key, 0))
            merging->row[merging->count++] = *entry;
    }
}

/* Gives the map the row as its children. */
static bool
replace_children(struct merging *merging, struct scl_tree *map)
{
    struct scl_arena *arena = merging->r->arena;
    uint32_t count = merging->count;
    size_t slots = count > SCL_TREE_SMALL ? scl_tree_slot_count(count) : 0;
    struct scl_tree *first = scl_arena_alloc(arena, count * sizeof *first +
                                                        slots * sizeof(uint32_t));

    if (!first)
        return false;
    if (count)
        memcpy(first, merging->row, count * sizeof *first);
    map->body.first = first;
    map->count = count;
    for (uint32_t i = 0; slots && i < count; i++)
        *scl_tree_slot(map, scl_tree_key(&first[i])) = i + 1;
    return true;
}

static void
note_wrong(struct scl_yaml_reader *r, const struct scl_tree *value)
{
    if (!value->is_cut && scl_tree_may_note(&r->builder, SCL_NOTE_ERROR))
        scl_note_add(r->notes, SCL_NOTE_ERROR, value->key_span,
                     "'<<' takes a map or a list of maps");
}

bool
scl_yaml_merge(struct scl_yaml_reader *r, struct scl_tree *map)
{
    const struct scl_tree *value = scl_tree_find(map, SCL_S("<<"));
    struct merging merging = { .r = r, .map = map };
    uint64_t total = 0;

    if (!value || !count_entries(value, &total)) {
        if (value)
            note_wrong(r, value);
        return true;
    }
    r->visits += total;
    if (r->visits > r->most_visits) {
        scl_yaml_stop(r, value->key_span, "aliases stand for more than the limit of %u nodes",
                      (unsigned)r->most_visits);
        return false;
    }
    scl_map_init(&merging.taken, &r->scratch);
    merging.row = scl_arena_array(&r->scratch, map->count + (size_t)total, sizeof *merging.row);
    if (!merging.row)
        return false;
    for (uint32_t i = 0; i < map->count; i++)
        if (scl_tree_child(map, i) != value)
            merging.row[merging.count++] = *scl_tree_child(map, i);
    if (value->kind == SCL_TREE_MAP)
        take_entries(&merging, value);
    for (uint32_t i = 0; value->kind == SCL_TREE_LIST && i < value->count; i++)
        take_entries(&merging, scl_tree_child(value, i));
    return replace_children(&merging, map);
}
