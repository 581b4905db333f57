/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.c: memory that is given back all at once
 *
 * A chunk is half as large as all before it together, from 1 KiB to 256 KiB, so that little of the
 * last one is left over; what is larger than a quarter of the next chunk gets one of its own, so
 * that a big text does not waste the rest of a chunk. Chunks come zeroed and nothing is handed out
 * twice, so blocks are zero. Only texts begin where no other block could.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SCL_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SCL_POISONS 1
#endif
#endif
#ifdef SCL_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(at, size) __asan_poison_memory_region((at), (size))
#define UNPOISON(at, size) __asan_unpoison_memory_region((at), (size))
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
#endif

enum { LEAST_CHUNK = 1024, MOST_CHUNK = 256 * 1024, ALIGNMENT = 8 };

struct scl_arena_chunk {
    struct scl_arena_chunk *before;
    size_t size; /* of the bytes that follow */
};

static size_t
aligned(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static char *
chunk_bytes(struct scl_arena_chunk *chunk)
{
    return (char *)chunk + aligned(sizeof *chunk);
}

void
scl_arena_init(struct scl_arena *arena)
{
    memset(arena, 0, sizeof *arena);
}

void
scl_arena_finish(struct scl_arena *arena)
{
    struct scl_arena_chunk *chunk = arena->chunk;

    while (chunk) {
        struct scl_arena_chunk *before = chunk->before;

        UNPOISON(chunk_bytes(chunk), chunk->size);
        free(chunk);
        chunk = before;
    }
    scl_arena_init(arena);
}

static struct scl_arena_chunk *
new_chunk(struct scl_arena *arena, size_t size)
{
    struct scl_arena_chunk *chunk = calloc(1, aligned(sizeof *chunk) + size);

    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    chunk->size = size;
    arena->used += aligned(sizeof *chunk) + size;
    POISON(chunk_bytes(chunk), size);
    return chunk;
}

/* A chunk for one large block, put behind the newest, whose free part stays in use. */
static void *
alloc_alone(struct scl_arena *arena, size_t size)
{
    struct scl_arena_chunk *chunk = new_chunk(arena, size);

    if (!chunk)
        return NULL;
    if (arena->chunk) {
        chunk->before = arena->chunk->before;
        arena->chunk->before = chunk;
    } else {
        arena->chunk = chunk;
        arena->next = arena->end = chunk_bytes(chunk) + size;
    }
    UNPOISON(chunk_bytes(chunk), size);
    return chunk_bytes(chunk);
}

static bool
add_chunk(struct scl_arena *arena, size_t size)
{
    struct scl_arena_chunk *chunk = new_chunk(arena, size);

    if (!chunk)
        return false;
    chunk->before = arena->chunk;
    arena->chunk = chunk;
    arena->next = chunk_bytes(chunk);
    arena->end = arena->next + size;
    return true;
}

/* The next `room` bytes as they come. */
static void *
take(struct scl_arena *arena, size_t room)
{
    size_t size = arena->used / 2;
    char *at;

    if (arena->failed || room > SIZE_MAX / 4) {
        arena->failed = true;
        return NULL;
    }
    if ((size_t)(arena->end - arena->next) < room) {
        size = size < LEAST_CHUNK ? LEAST_CHUNK : size > MOST_CHUNK ? MOST_CHUNK : aligned(size);
        if (room > size / 4)
            return alloc_alone(arena, aligned(room));
        if (!add_chunk(arena, size))
            return NULL;
    }
    at = arena->next;
    arena->next += room;
    UNPOISON(at, room);
    return at;
}

void *
scl_arena_alloc(struct scl_arena *arena, size_t size)
{
    if (arena->next)
        arena->next += -(uintptr_t)arena->next % ALIGNMENT;
    return take(arena, size > SIZE_MAX / 4 ? size : aligned(size ? size : 1));
}

void *
scl_arena_array(struct scl_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size) {
        arena->failed = true;
        return NULL;
    }
    return scl_arena_alloc(arena, count * size);
}

void *
scl_arena_members(struct scl_arena *arena, const void *at, size_t count, size_t size)
{
    void *copy = count ? scl_arena_array(arena, count, size) : NULL;

    if (copy)
        memcpy(copy, at, count * size);
    return copy;
}

void *
scl_arena_grow(struct scl_arena *arena, void *at, size_t old_size, size_t new_size)
{
    size_t old_room = aligned(old_size ? old_size : 1);
    size_t new_room = aligned(new_size ? new_size : 1);
    char *block = at, *copy;

    if (block && block + old_room == arena->next && new_size <= SIZE_MAX / 4 &&
        (size_t)(arena->end - block) >= new_room) {
        arena->next = block + new_room;
        UNPOISON(block, new_size);
        return block;
    }
    copy = scl_arena_alloc(arena, new_size);
    if (copy && old_size)
        memcpy(copy, block, old_size);
    return copy;
}

char *
scl_arena_copy(struct scl_arena *arena, const void *bytes, size_t size)
{
    char *copy = size < SIZE_MAX ? scl_arena_alloc(arena, size + 1) : NULL;

    if (copy && size)
        memcpy(copy, bytes, size);
    return copy;
}

char *
scl_arena_text(struct scl_arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? take(arena, length + 1) : NULL;

    if (copy && length)
        memcpy(copy, text, length);
    return copy;
}
