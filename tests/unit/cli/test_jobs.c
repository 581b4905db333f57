/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_jobs.c: how many threads work
 */
#include "test.h"

#include "jobs.h"

enum { MOST = 1000 };

static void
count_one(void *context, size_t index)
{
    unsigned char *counts = context;

    counts[index]++;
}

static void
each_index_is_done_once(void **state)
{
    static const struct {
        const char *why;
        unsigned threads;
        size_t count;
        unsigned most; /* threads that there may be */
    } rows[] = {
        { "nothing to do", 4, 0, 1 },   { "one for many threads", 4, 1, 1 },
        { "many for one", 1, MOST, 1 }, { "many for many", 4, MOST, 4 },
        { "no thread asked for", 0, 3, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned char counts[MOST] = { 0 };
        unsigned threads = cli_jobs_run(rows[i].threads, rows[i].count, count_one, counts);

        check_number(threads >= 1 && threads <= rows[i].most, 1, rows[i].why);
        for (size_t j = 0; j < MOST; j++)
            assert_int_equal(counts[j], j < rows[i].count);
    }
}

SUITE(
    CASE(each_index_is_done_once))
