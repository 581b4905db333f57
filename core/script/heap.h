/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heap.h: the memory of one Lua state
 *
 * One block, reserved at once and touched only as far as it is used. A state lives in it with
 * everything it owns; the heap's own state lies in the head of the block. So the bytes of the used
 * part are all there is, and putting them back undoes whatever was done since they were copied.
 *
 * Invariants: no block is handed out beyond the limit; making a block smaller cannot fail; what is
 * free is poisoned where AddressSanitizer is there to see it.
 */
#ifndef SCL_SCRIPT_HEAP_H
#define SCL_SCRIPT_HEAP_H

#include <stdbool.h>
#include <stddef.h>

struct scl_heap;
struct scl_heap_copy;

/* Reserves `limit` bytes, the head included; NULL without memory. */
struct scl_heap *scl_heap_new(size_t limit);
void scl_heap_free(struct scl_heap *heap);

/* As realloc of a block whose old size is known; NULL where it does not fit. Of 0 bytes: frees. */
void *scl_heap_resize(struct scl_heap *heap, void *block, size_t old_size, size_t new_size);
/* Bytes in blocks that are handed out, and the most there ever were. */
size_t scl_heap_used(const struct scl_heap *heap);
size_t scl_heap_peak(const struct scl_heap *heap);

/* A copy of the used part, or NULL without memory; putting it back cannot fail. */
struct scl_heap_copy *scl_heap_copy(struct scl_heap *heap);
void scl_heap_restore(struct scl_heap *heap, const struct scl_heap_copy *copy);
size_t scl_heap_copy_size(const struct scl_heap_copy *copy);
void scl_heap_copy_free(struct scl_heap_copy *copy);

#endif
