/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map.c: strings to numbers, in the order they were put
 *
 * Invariant: at most two thirds of the slots are taken, so that a probe always ends.
 */
#include "base/map.h"

#include "base/hash.h"

void
scl_map_init(struct scl_map *map, struct scl_arena *arena)
{
    *map =
        (struct scl_map){ .arena = arena, .seed = (uint64_t)(uintptr_t)map * 0x9e3779b97f4a7c15u };
}

/* The slot that holds the key, or the free one where it would go. */
static uint32_t
probe(const struct scl_map *map, struct scl_str key, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (map->slot_count - 1);

    while (map->slots[at]) {
        const struct scl_map_entry *entry = &map->entries.at[map->slots[at] - 1];

        if (entry->hash == hash && scl_str_same(entry->key, key))
            break;
        at = (at + 1) & (map->slot_count - 1);
    }
    return at;
}

struct scl_map_entry *
scl_map_find(const struct scl_map *map, struct scl_str key)
{
    uint32_t at;

    if (!map->slot_count)
        return NULL;
    at = probe(map, key, scl_hash(key, map->seed));
    return map->slots[at] ? &map->entries.at[map->slots[at] - 1] : NULL;
}

static bool
make_room(struct scl_map *map)
{
    uint32_t count = map->slot_count ? map->slot_count * 2 : 8;
    uint32_t *slots;

    if (map->slot_count && map->entries.count + 1 <= map->slot_count / 3 * 2)
        return true;
    slots = scl_arena_array(map->arena, count, sizeof *slots);
    if (!slots)
        return false;
    map->slots = slots;
    map->slot_count = count;
    for (uint32_t i = 0; i < map->entries.count; i++)
        slots[probe(map, map->entries.at[i].key, map->entries.at[i].hash)] = i + 1;
    return true;
}

struct scl_map_entry *
scl_map_put(struct scl_map *map, struct scl_str key, uint64_t value)
{
    struct scl_map_entry *entry = scl_map_find(map, key);
    uint64_t hash = scl_hash(key, map->seed);

    if (!entry) {
        if (!make_room(map))
            return NULL;
        entry = scl_vec_push(map->arena, &map->entries);
        if (!entry)
            return NULL;
        entry->key = key;
        entry->hash = hash;
        map->slots[probe(map, key, hash)] = map->entries.count;
    }
    entry->value = value;
    return entry;
}
