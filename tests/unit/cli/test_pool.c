/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pool.c: work is done in order by several threads
 */
#include "test.h"

#include "pool.h"

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
    struct cli_pool pool;
    char *last = NULL;

    (void)state;
    cli_pool_init(&pool);
    for (size_t size = 1; size < 300000; size = size * 3 + 1) {
        char *piece = cli_pool_alloc(&pool, size);

        check_number((uintptr_t)piece % 16, 0, "aligned for anything");
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 'x', size);
        if (last)
            check_number(*last, 'x', "the one before is untouched");
        last = piece;
    }
    cli_pool_finish(&pool);
    check_number(pool.blocks == NULL, 1, "nothing is left");
}

static void
names_are_kept_in_order(void **state)
{
    struct cli_pool pool;
    struct cli_names names = { NULL, 0 };

    (void)state;
    cli_pool_init(&pool);
    for (int i = 0; i < 1000; i++)
        cli_names_add(&pool, &names, cli_pool_format(&pool, "name %d", i));
    check_number(names.count, 1000, "all are there");
    check_text(scl_str_c(names.at[0]), "name 0", "the first");
    check_text(scl_str_c(names.at[8]), "name 8", "the first after growing");
    check_text(scl_str_c(names.at[999]), "name 999", "the last");
    cli_pool_finish(&pool);
}

static void
lists_are_split_at_commas(void **state)
{
    struct cli_pool pool;
    struct cli_names names = { NULL, 0 };

    (void)state;
    cli_pool_init(&pool);
    cli_names_split(&pool, &names, "a,,bc,");
    cli_names_split(&pool, &names, "");
    cli_names_split(&pool, &names, "d");
    check_number(names.count, 3, "empty pieces are none");
    check_text(scl_str_c(names.at[0]), "a", "first");
    check_text(scl_str_c(names.at[1]), "bc", "second");
    check_text(scl_str_c(names.at[2]), "d", "of another list");
    cli_pool_finish(&pool);
}

SUITE(
    CASE(pieces_are_zeroed_aligned_and_apart),
    CASE(names_are_kept_in_order),
    CASE(lists_are_split_at_commas))
