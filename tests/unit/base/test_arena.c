/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_arena.c: memory that is given back all at once
 */
#include "../test.h"

#include "base/vec.h"

static bool
is_zero(const char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (at[i])
            return false;
    return true;
}

static void
blocks_are_zeroed_and_aligned(void **state)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 100, 4096, 5000, 300000 };

    for (size_t i = 0; i < COUNT(sizes); i++) {
        char *block = scl_arena_alloc(*state, sizes[i]);

        assert_non_null(block);
        check_number((uintptr_t)block % 8, 0, "alignment");
        assert_true(is_zero(block, sizes[i]));
        memset(block, 0xff, sizes[i]);
    }
}

static void
blocks_do_not_overlap(void **state)
{
    char *blocks[200];

    for (size_t i = 0; i < COUNT(blocks); i++) {
        blocks[i] = scl_arena_alloc(*state, 1 + i * 7 % 500);
        memset(blocks[i], (int)i, 1 + i * 7 % 500);
    }
    for (size_t i = 0; i < COUNT(blocks); i++)
        for (size_t j = 0; j < 1 + i * 7 % 500; j++)
            check_number((unsigned char)blocks[i][j], (unsigned char)i, "a byte of a block");
}

static void
the_newest_block_grows_in_place(void **state)
{
    char *block = scl_arena_alloc(*state, 10), *grown;

    memcpy(block, "0123456789", 10);
    grown = scl_arena_grow(*state, block, 10, 100);
    assert_ptr_equal(grown, block);
    assert_memory_equal(grown, "0123456789", 10);
    assert_true(is_zero(grown + 10, 90));
}

static void
an_older_block_grows_as_a_copy(void **state)
{
    char *block = scl_arena_alloc(*state, 10), *grown;

    memcpy(block, "0123456789", 10);
    scl_arena_alloc(*state, 1);
    grown = scl_arena_grow(*state, block, 10, 1000);
    assert_ptr_not_equal(grown, block);
    assert_memory_equal(grown, "0123456789", 10);
    assert_true(is_zero(grown + 10, 990));
}

static void
a_product_that_does_not_fit_fails_for_good(void **state)
{
    struct scl_arena *arena = *state;

    assert_null(scl_arena_array(arena, SIZE_MAX / 2, 8));
    assert_true(arena->failed);
    assert_null(scl_arena_alloc(arena, 1));
}

static void
a_copy_ends_with_a_nul(void **state)
{
    char *copy = scl_arena_copy(*state, "a\0b", 3);

    assert_memory_equal(copy, "a\0b", 4);
    assert_memory_equal(scl_arena_copy(*state, NULL, 0), "", 1);
}

static void
a_text_takes_no_more_than_its_bytes(void **state)
{
    struct scl_arena *arena = *state;
    char *first = scl_arena_text(arena, "abc", 3), *second = scl_arena_text(arena, "", 0);
    char *third = scl_arena_text(arena, "a\0b", 3), *block;

    assert_memory_equal(first, "abc", 4);
    assert_ptr_equal(second, first + 4);
    assert_memory_equal(second, "", 1);
    assert_ptr_equal(third, second + 1);
    assert_memory_equal(third, "a\0b", 4);
    block = scl_arena_alloc(arena, 8);
    check_number((uintptr_t)block % 8, 0, "alignment behind a text");
    assert_true(is_zero(block, 8));
    assert_null(scl_arena_text(arena, "", SIZE_MAX));
}

static void
little_is_asked_for_that_is_not_used(void **state)
{
    struct scl_arena arena;
    size_t wanted = 0;

    (void)state;
    scl_arena_init(&arena);
    for (int i = 0; i < 20000; i++) {
        assert_non_null(scl_arena_alloc(&arena, 24));
        wanted += 24;
        if (wanted > 4096)
            assert_true(arena.used < wanted + wanted / 2 + 1024);
    }
    scl_arena_finish(&arena);
}

static void
a_vector_keeps_its_members_while_it_grows(void **state)
{
    SCL_VEC(uint32_t) numbers = { 0 };

    for (uint32_t i = 0; i < 1000; i++)
        *(uint32_t *)scl_vec_push((struct scl_arena *)*state, &numbers) = i * 3;
    check_number(numbers.count, 1000, "count");
    for (uint32_t i = 0; i < 1000; i++)
        check_number(numbers.at[i], i * 3, "member");
}

static void
a_pushed_member_is_zeroed_also_where_one_was_before(void **state)
{
    SCL_VEC(uint64_t) numbers = { 0 };

    *(uint64_t *)scl_vec_push((struct scl_arena *)*state, &numbers) = 7;
    numbers.count = 0;
    check_number(*(uint64_t *)scl_vec_push((struct scl_arena *)*state, &numbers), 0, "member");
}

SUITE(
    CASE(blocks_are_zeroed_and_aligned),
    CASE(blocks_do_not_overlap),
    CASE(the_newest_block_grows_in_place),
    CASE(an_older_block_grows_as_a_copy),
    CASE(a_product_that_does_not_fit_fails_for_good),
    CASE(a_copy_ends_with_a_nul),
    CASE(a_text_takes_no_more_than_its_bytes),
    CASE(little_is_asked_for_that_is_not_used),
    CASE(a_vector_keeps_its_members_while_it_grows),
    CASE(a_pushed_member_is_zeroed_also_where_one_was_before))
