/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map.h: strings to numbers, in the order they were put
 *
 * Open addressing in an arena, its hash keyed by where the map lies, which no document can know.
 * Keys are borrowed and must outlive the map. What is found never depends on the hash: entries
 * are walked by index, in the order of their first put.
 */
#ifndef SCL_BASE_MAP_H
#define SCL_BASE_MAP_H

#include "base/str.h"
#include "base/vec.h"

struct scl_map_entry {
    struct scl_str key;
    uint64_t hash;
    uint64_t value;
};

struct scl_map {
    struct scl_arena *arena;
    SCL_VEC(struct scl_map_entry) entries;
    uint32_t *slots; /* index of an entry, plus 1; a power of two of them */
    uint32_t slot_count;
    uint64_t seed;
};

void scl_map_init(struct scl_map *map, struct scl_arena *arena);
/* The entry of a key, or NULL. */
struct scl_map_entry *scl_map_find(const struct scl_map *map, struct scl_str key);
/* Sets the value of a key and returns its entry, NULL without memory. */
struct scl_map_entry *scl_map_put(struct scl_map *map, struct scl_str key, uint64_t value);

#endif
