/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test.h: what every unit test includes
 *
 * A file of tests is a suite, a function a case, its name a sentence. `*state` is a fresh arena in
 * each case. The last lines of a suite:
 *
 *     SUITE(
 *         CASE(offsets_are_found),
 *         CASE(a_lone_cr_is_text))
 */
#ifndef SCL_TESTS_TEST_H
#define SCL_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static inline int
test_set_up(void **state)
{
    struct scl_arena *arena = malloc(sizeof *arena);

    if (!arena)
        return -1;
    scl_arena_init(arena);
    *state = arena;
    return 0;
}

static inline int
test_tear_down(void **state)
{
    scl_arena_finish(*state);
    free(*state);
    return 0;
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, test_set_up, test_tear_down)
#define SUITE(...) \
    int main(void) \
    { \
        const struct CMUnitTest cases[] = { __VA_ARGS__ }; \
        return cmocka_run_group_tests(cases, NULL, NULL); \
    }

/* Fails with both texts, one below the other, where they differ; `why` names the row of a table. */
#define check_text(actual, expected, why) \
    test_check_text(__FILE__, __LINE__, (actual), (expected), (why))
#define check_number(actual, expected, why) \
    test_check_number(__FILE__, __LINE__, (int64_t)(actual), (int64_t)(expected), (why))

static inline void
test_check_text(const char *file, int line, struct scl_str actual, const char *expected,
                const char *why)
{
    if (scl_str_is(actual, expected))
        return;
    print_error("%s:%d: %s\n--- expected\n%s\n--- actual\n%.*s\n", file, line, why, expected,
                SCL_ARG(actual));
    _fail(file, line);
}

static inline void
test_check_number(const char *file, int line, int64_t actual, int64_t expected, const char *why)
{
    if (actual == expected)
        return;
    print_error("%s:%d: %s: expected %lld, got %lld\n", file, line, why, (long long)expected,
                (long long)actual);
    _fail(file, line);
}

#endif
