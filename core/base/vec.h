/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vec.h: growing arrays in an arena
 *
 *     SCL_VEC(struct scl_word) words = { 0 };
 *     struct scl_word *word = scl_vec_push(arena, &words);
 *     if (!word) ...                                  // no memory; the arena remembers
 *     for (uint32_t i = 0; i < words.count; i++) use(&words.at[i]);
 *
 * It does not hide what it is: `at`, `count`, `room`. Members may move when it grows, so keep
 * indexes, not pointers, while pushing.
 */
#ifndef SCL_BASE_VEC_H
#define SCL_BASE_VEC_H

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#define SCL_VEC(type) \
    struct { \
        type *at; \
        uint32_t count, room; \
    }

/* A new zeroed member at the end, or NULL. */
#define scl_vec_push(arena, vec) \
    (scl_vec_reserve((arena), (void **)&(vec)->at, (vec)->count, &(vec)->room, sizeof *(vec)->at) \
         ? memset(&(vec)->at[(vec)->count++], 0, sizeof *(vec)->at) \
         : NULL)

bool scl_vec_reserve(struct scl_arena *arena, void **at, uint32_t count, uint32_t *room,
                     size_t size);

#endif
