/* SPDX-License-Identifier: Apache-2.0 */
/*
 * known_keys.c: the keys that a map of a format may have
 */
#include "formats/known_keys.h"

#include "base/suggest.h"

#include <string.h>

enum { MOST_NOTES = 100 };

bool
scl_is_known_key(const struct scl_known_keys *keys, struct scl_str key)
{
    size_t low = 0, high = keys->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = scl_str_compare(key, scl_str_c(keys->names[middle]));

        if (!order)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* Where it belongs, or what was probably meant. */
static void
help(struct scl_lowering *l, struct scl_note *note, const struct scl_known_keys *keys,
     struct scl_str key)
{
    const struct scl_known_keys *at = keys->elsewhere;
    struct scl_str meant = scl_suggest_from(key, keys->names);

    while (at && !scl_is_known_key(at, key))
        at = at->elsewhere;
    if (at)
        scl_note_help(&l->d->notes, note, "it belongs to %s", at->what);
    else if (meant.len)
        scl_note_help(&l->d->notes, note, "did you mean '%.*s'?", SCL_ARG(meant));
}

void
scl_know_keys(struct scl_lowering *l, const struct scl_tree *map,
              const struct scl_known_keys *keys)
{
    uint16_t file = l->d->notes.file;

    for (uint32_t i = 0; map && map->kind == SCL_TREE_MAP && i < scl_tree_count(map); i++) {
        const struct scl_tree *item = scl_tree_child(map, i);
        struct scl_str key = scl_tree_key(item);
        struct scl_note *note;

        if (scl_is_known_key(keys, key) || scl_str_starts(key, SCL_S("x-")) ||
            l->noted++ >= MOST_NOTES)
            continue;
        l->d->notes.file = item->file;
        note = scl_note_add(&l->d->notes, keys->kind, item->key_span, "%s has no field '%.*s'",
                            keys->what, SCL_ARG(key));
        if (note)
            help(l, note, keys, key);
    }
    l->d->notes.file = file;
}
