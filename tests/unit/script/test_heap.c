/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_heap.c: the memory of a state
 */
#include "../test.h"

#include "script/heap.h"

static void
blocks_keep_their_bytes(void **state)
{
    enum { BLOCKS = 300 };
    struct scl_heap *heap = scl_heap_new(1 << 20);
    unsigned char *blocks[BLOCKS] = { NULL };
    size_t sizes[BLOCKS] = { 0 };
    uint32_t random = 12345;

    (void)state;
    for (int turn = 0; turn < 20000; turn++) {
        unsigned i;
        size_t size;

        random = random * 1664525u + 1013904223u;
        i = (random >> 8) % BLOCKS;
        size = (random >> 16) % 50 ? (random >> 20) % 300 : (random >> 20) * 2;
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(blocks[i][k], (unsigned char)(i * 7 + k));
        if (size > sizes[i] || size == 0 || turn % 2) {
            void *block = scl_heap_resize(heap, blocks[i], sizes[i], size);

            if (!block && size)
                continue; /* full: the old block stays as it was */
            blocks[i] = block;
        } else {
            blocks[i] = scl_heap_resize(heap, blocks[i], sizes[i], size);
            assert_non_null(blocks[i]);
        }
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        for (size_t k = 0; k < size; k++)
            blocks[i][k] = (unsigned char)(i * 7 + k);
        sizes[i] = size;
    }
    for (unsigned i = 0; i < BLOCKS; i++)
        scl_heap_resize(heap, blocks[i], sizes[i], 0);
    check_number(scl_heap_used(heap), 0, "all was given back");
    scl_heap_free(heap);
}

static void
nothing_is_handed_out_beyond_the_limit(void **state)
{
    struct scl_heap *heap = scl_heap_new(100000);
    size_t total = 0;

    (void)state;
    assert_null(scl_heap_resize(heap, NULL, 0, 100001));
    assert_null(scl_heap_resize(heap, NULL, 0, SIZE_MAX));
    while (scl_heap_resize(heap, NULL, 0, 1000))
        total += 1000;
    assert_true(total > 90000 && total < 100000);
    assert_true(scl_heap_peak(heap) < 100000);
    assert_null(scl_heap_new(10));
    scl_heap_free(heap);
}

static void
what_is_given_back_is_used_again(void **state)
{
    struct scl_heap *heap = scl_heap_new(200000);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        void *large = scl_heap_resize(heap, NULL, 0, 60001);
        void *small = scl_heap_resize(heap, NULL, 0, 40);

        assert_non_null(large);
        assert_non_null(small);
        large = scl_heap_resize(heap, large, 60001, 20000);
        assert_non_null(large);
        scl_heap_resize(heap, small, 40, 0);
        scl_heap_resize(heap, large, 20000, 0);
        if (i == 2) /* the pieces that are left are enough from here on */
            break;
    }
    for (int i = 0; i < 1000; i++) {
        void *block = scl_heap_resize(heap, NULL, 0, 5000);

        assert_non_null(block);
        scl_heap_resize(heap, block, 5000, 0);
    }
    check_number(scl_heap_used(heap), 0, "nothing is in use");
    scl_heap_free(heap);
}

static void
the_last_block_grows_where_it_is(void **state)
{
    struct scl_heap *heap = scl_heap_new(100000);
    char *block = scl_heap_resize(heap, NULL, 0, 100), *grown;

    (void)state;
    memset(block, 'x', 100);
    grown = scl_heap_resize(heap, block, 100, 80000); /* twice that would not fit */
    assert_true(grown == block);
    assert_int_equal(grown[99], 'x');
    scl_heap_free(heap);
}

static void
a_copy_brings_back_bytes_and_free_blocks(void **state)
{
    struct scl_heap *heap = scl_heap_new(1 << 20);
    char *kept = scl_heap_resize(heap, NULL, 0, 1000);
    char *given_back = scl_heap_resize(heap, NULL, 0, 500), *again;
    struct scl_heap_copy *copy;

    (void)state;
    strcpy(kept, "as it was");
    scl_heap_resize(heap, given_back, 500, 0);
    copy = scl_heap_copy(heap);
    assert_non_null(copy);
    for (int turn = 0; turn < 3; turn++) {
        again = scl_heap_resize(heap, NULL, 0, 500);
        assert_true(again == given_back);
        strcpy(kept, "changed");
        for (int i = 0; i < 100; i++)
            assert_non_null(scl_heap_resize(heap, NULL, 0, 777));
        scl_heap_restore(heap, copy);
        assert_string_equal(kept, "as it was");
        check_number(scl_heap_used(heap), 1008, "only what was kept is in use");
    }
    assert_true(scl_heap_copy_size(copy) < 8192);
    scl_heap_copy_free(copy);
    scl_heap_free(heap);
}

SUITE(
    CASE(blocks_keep_their_bytes),
    CASE(nothing_is_handed_out_beyond_the_limit),
    CASE(what_is_given_back_is_used_again),
    CASE(the_last_block_grows_where_it_is),
    CASE(a_copy_brings_back_bytes_and_free_blocks))
