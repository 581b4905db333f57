/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heap.c: the memory of one Lua state
 *
 * Blocks are multiples of 16 bytes without a header: Lua tells the size of what it gives back.
 * Free blocks are kept in lists by class of size, four classes to a doubling and one for each
 * multiple of 16 below 1 KiB; a free block holds its own size and the next of its list. What is
 * cut off a block becomes a free block itself. Neighbours are never joined: a state is put back
 * long before that would matter.
 */
#include "script/heap.h"

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

enum { UNIT = 16, EXACT = 64, DOUBLINGS = 40, CLASSES = EXACT + 4 * DOUBLINGS, TRIES = 4 };

struct free_block {
    struct free_block *next;
    size_t size;
};

struct scl_heap {
    size_t limit; /* of the whole block */
    size_t next;  /* offset of what was never handed out */
    size_t used, peak;
    uint64_t filled[(CLASSES + 63) / 64]; /* bits of lists that are not empty */
    struct free_block *lists[CLASSES];
};

struct scl_heap_copy {
    size_t size;
    char *bytes;
};

static size_t
rounded(size_t size)
{
    return (size + UNIT - 1) & ~(size_t)(UNIT - 1);
}

static unsigned
highest_bit(size_t size)
{
    unsigned bit = 0;

    for (unsigned step = 32; step; step /= 2) {
        if ((uint64_t)size >> step) {
            size >>= step;
            bit += step;
        }
    }
    return bit;
}

/* The class whose blocks are all at least as large as its bound, the bound being at most `size`. */
static unsigned
class_below(size_t size)
{
    unsigned bit;

    if (size < EXACT * UNIT)
        return (unsigned)(size / UNIT);
    bit = highest_bit(size);
    return EXACT + (bit - 10) * 4 + (unsigned)((size >> (bit - 2)) & 3);
}

/* The first class of which every block holds `size`. */
static unsigned
class_above(size_t size)
{
    unsigned below = class_below(size);
    unsigned bit;

    if (size < EXACT * UNIT)
        return below;
    bit = highest_bit(size);
    return size & (((size_t)1 << (bit - 2)) - 1) ? below + 1 : below;
}

struct scl_heap *
scl_heap_new(size_t limit)
{
    size_t head = rounded(sizeof(struct scl_heap));
    struct scl_heap *heap = limit < head ? NULL : malloc(limit);
    char *volatile rest; /* else gcc takes its poisoning for a read of fresh memory */

    if (!heap)
        return NULL;
    memset(heap, 0, sizeof *heap);
    heap->limit = limit;
    heap->next = head;
    rest = (char *)heap + head;
    POISON(rest, limit - head);
    return heap;
}

void
scl_heap_free(struct scl_heap *heap)
{
    if (heap)
        UNPOISON(heap, heap->limit);
    free(heap);
}

static void
give_back(struct scl_heap *heap, char *at, size_t size)
{
    struct free_block *block = (struct free_block *)(void *)at;
    unsigned class = class_below(size);

    UNPOISON(block, sizeof *block);
    block->size = size;
    block->next = heap->lists[class];
    heap->lists[class] = block;
    heap->filled[class / 64] |= (uint64_t)1 << class % 64;
    POISON(at + sizeof *block, size - sizeof *block);
}

static char *
take_after(struct scl_heap *heap, unsigned class, struct free_block **link, size_t size)
{
    struct free_block *block = *link;
    char *at = (char *)block;
    size_t rest = block->size - size;

    *link = block->next;
    if (!heap->lists[class])
        heap->filled[class / 64] &= ~((uint64_t)1 << class % 64);
    if (rest)
        give_back(heap, at + size, rest);
    return at;
}

/* The first class from `class` on with a free block, or CLASSES. */
static unsigned
next_filled(const struct scl_heap *heap, unsigned class)
{
    while (class < CLASSES) {
        uint64_t bits = heap->filled[class / 64] >> class % 64;

        if (bits) {
            while (!(bits & 1)) {
                bits >>= 1;
                class++;
            }
            return class;
        }
        class = (class / 64 + 1) * 64;
    }
    return CLASSES;
}

static char *
take_free(struct scl_heap *heap, size_t size)
{
    unsigned below = class_below(size), class;
    struct free_block **link = &heap->lists[below];

    for (int i = 0; i < TRIES && *link; i++, link = &(*link)->next)
        if ((*link)->size >= size)
            return take_after(heap, below, link, size);
    class = next_filled(heap, class_above(size));
    return class < CLASSES ? take_after(heap, class, &heap->lists[class], size) : NULL;
}

static void *
take(struct scl_heap *heap, size_t asked)
{
    size_t size = rounded(asked);
    char *at = take_free(heap, size);

    if (!at) {
        if (heap->limit - heap->next < size)
            return NULL;
        at = (char *)heap + heap->next;
        heap->next += size;
    }
    heap->used += size;
    if (heap->used > heap->peak)
        heap->peak = heap->used;
    UNPOISON(at, asked);
    return at;
}

/* Gives the block another size where it lies; false where it cannot grow there. */
static bool
resize_in_place(struct scl_heap *heap, char *at, size_t old_size, size_t new_size)
{
    size_t old_room = rounded(old_size), new_room = rounded(new_size);

    if (new_room > old_room) {
        if (at + old_room != (char *)heap + heap->next ||
            heap->limit - heap->next < new_room - old_room)
            return false;
        heap->next += new_room - old_room;
    } else if (new_room < old_room) {
        give_back(heap, at + new_room, old_room - new_room);
    }
    heap->used += new_room;
    heap->used -= old_room;
    if (heap->used > heap->peak)
        heap->peak = heap->used;
    POISON(at, new_room);
    UNPOISON(at, new_size);
    return true;
}

void *
scl_heap_resize(struct scl_heap *heap, void *block, size_t old_size, size_t new_size)
{
    void *copy;

    if (new_size > heap->limit)
        return NULL;
    if (!block)
        return new_size ? take(heap, new_size) : NULL;
    if (new_size == 0) {
        heap->used -= rounded(old_size);
        give_back(heap, block, rounded(old_size));
        return NULL;
    }
    if (resize_in_place(heap, block, old_size, new_size))
        return block;
    copy = take(heap, new_size);
    if (!copy)
        return NULL;
    memcpy(copy, block, old_size);
    heap->used -= rounded(old_size);
    give_back(heap, block, rounded(old_size));
    return copy;
}

size_t
scl_heap_used(const struct scl_heap *heap)
{
    return heap->used;
}

size_t
scl_heap_peak(const struct scl_heap *heap)
{
    return heap->peak;
}

/* After the bytes were copied as a whole: what is free may not be touched again. */
static void
poison_free(struct scl_heap *heap)
{
#ifdef SCL_POISONS
    for (unsigned class = 0; class < CLASSES; class++)
        for (struct free_block *block = heap->lists[class]; block; block = block->next)
            POISON((char *)block + sizeof *block, block->size - sizeof *block);
#else
    (void)heap;
#endif
}

struct scl_heap_copy *
scl_heap_copy(struct scl_heap *heap)
{
    struct scl_heap_copy *copy = malloc(sizeof *copy);

    if (!copy)
        return NULL;
    copy->bytes = malloc(heap->next);
    if (!copy->bytes) {
        free(copy);
        return NULL;
    }
    heap->peak = heap->used;
    copy->size = heap->next;
    UNPOISON(heap, heap->next);
    memcpy(copy->bytes, heap, heap->next);
    poison_free(heap);
    return copy;
}

void
scl_heap_restore(struct scl_heap *heap, const struct scl_heap_copy *copy)
{
    size_t next = heap->next;

    UNPOISON(heap, next);
    memcpy(heap, copy->bytes, copy->size);
    poison_free(heap);
    POISON((char *)heap + copy->size, next - copy->size);
}

size_t
scl_heap_copy_size(const struct scl_heap_copy *copy)
{
    return copy->size;
}

void
scl_heap_copy_free(struct scl_heap_copy *copy)
{
    if (copy)
        free(copy->bytes);
    free(copy);
}
