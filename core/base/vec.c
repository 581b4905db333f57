/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vec.c: growing arrays in an arena
 *
 * Room doubles, from 4; a vector that is the arena's newest block grows in place.
 */
#include "base/vec.h"

bool
scl_vec_reserve(struct scl_arena *arena, void **at, uint32_t count, uint32_t *room, size_t size)
{
    uint32_t wanted;
    void *grown;

    if (count < *room)
        return true;
    if (count > UINT32_MAX / 2 || (size_t)count > SIZE_MAX / 8 / size) {
        arena->failed = true;
        return false;
    }
    wanted = count ? count * 2 : 4;
    grown = scl_arena_grow(arena, *at, (size_t)count * size, (size_t)wanted * size);
    if (!grown)
        return false;
    *at = grown;
    *room = wanted;
    return true;
}
