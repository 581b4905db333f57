/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_nearest.c: what was probably meant
 */
#include "test.h"

#include "nearest.h"

static void
the_nearest_name_is_suggested(void **state)
{
    static const struct {
        const char *name, *best;
    } rows[] = {
        { "fromat", "format" },  /* two neighbours in the wrong order */
        { "formats", "format" }, /* one too many */
        { "forat", "format" },   /* one too few */
        { "fomrta", "format" },  /* two mistakes in six */
        { "owsap", "owasp" },
        { "format", NULL },      /* the name itself is no suggestion */
        { "xy", NULL },          /* a third of two bytes is nothing */
        { "cix", "cis" },
        { "kubernetes", NULL },
        { "", NULL },
    };
    static const char *const known[] = { "format", "owasp", "cis" };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cli_nearest nearest;

        cli_nearest_init(&nearest, rows[i].name);
        for (size_t j = 0; j < COUNT(known); j++)
            cli_nearest_try(&nearest, known[j]);
        check_text(scl_str_c(nearest.best ? nearest.best : ""),
                   rows[i].best ? rows[i].best : "", rows[i].name);
    }
}

static void
of_equally_near_names_the_first_wins(void **state)
{
    struct cli_nearest nearest;

    (void)state;
    cli_nearest_init(&nearest, "abcx");
    cli_nearest_try(&nearest, "abcy");
    cli_nearest_try(&nearest, "abcz");
    check_text(scl_str_c(nearest.best), "abcy", "the first of two");
}

static void
long_names_are_not_compared(void **state)
{
    char name[400], other[400];
    struct cli_nearest nearest;

    (void)state;
    memset(name, 'a', sizeof name);
    memset(other, 'a', sizeof other);
    name[399] = other[399] = '\0';
    other[3] = 'b';
    cli_nearest_init(&nearest, name);
    cli_nearest_try(&nearest, other);
    check_number(nearest.best == NULL, 1, "no suggestion");
}

SUITE(
    CASE(the_nearest_name_is_suggested),
    CASE(of_equally_near_names_the_first_wins),
    CASE(long_names_are_not_compared))
