/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.h: memory that is given back all at once
 *
 * A document, a view or a report lives in one arena: its parts point at each other freely, and
 * nothing is released before everything is.
 *
 * Invariants: what is handed out is zeroed and aligned for pointers and 64-bit numbers; once an
 * allocation has failed, `failed` stays set and every further one fails too, so that straight-line
 * code may look at the end; what has not been handed out is poisoned where AddressSanitizer is
 * there to see it.
 */
#ifndef SCL_BASE_ARENA_H
#define SCL_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct scl_arena_chunk;

struct scl_arena {
    struct scl_arena_chunk *chunk; /* the newest; each knows the one before it */
    char *next, *end;              /* the free part of the newest */
    size_t used;                   /* bytes asked of the system */
    bool failed;
};

void scl_arena_init(struct scl_arena *arena);
void scl_arena_finish(struct scl_arena *arena);

/* `size` bytes, or NULL where there is no memory left. Of no bytes: a pointer not to be read. */
void *scl_arena_alloc(struct scl_arena *arena, size_t size);
/* `count` members of `size` bytes; NULL too where the product does not fit. */
void *scl_arena_array(struct scl_arena *arena, size_t count, size_t size);
/* A copy of `count` members of `size` bytes; NULL of none, and without memory. */
void *scl_arena_members(struct scl_arena *arena, const void *at, size_t count, size_t size);
/* Makes the block at `at` larger, in place where it is the newest, else as a copy. */
void *scl_arena_grow(struct scl_arena *arena, void *at, size_t old_size, size_t new_size);
/* A copy of `size` bytes with a NUL after them. */
char *scl_arena_copy(struct scl_arena *arena, const void *bytes, size_t size);
/* The same of a text, which is aligned for nothing else. */
char *scl_arena_text(struct scl_arena *arena, const char *text, size_t length);

#endif
