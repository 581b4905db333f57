/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nearest.c: the known name that a mistyped one is nearest to
 *
 * Optimal string alignment: an insertion, a deletion, a changed byte or two neighbours in the wrong
 * order count 1. Three rows of the table are enough; names longer than LONGEST are not compared.
 */
#include "nearest.h"

#include <string.h>

enum { LONGEST = 255, FARTHEST = 2 };

void
cli_nearest_init(struct cli_nearest *nearest, const char *name)
{
    size_t third = strlen(name) / 3;

    nearest->name = name;
    nearest->distance = (third < FARTHEST ? third : FARTHEST) + 1;
    nearest->best = NULL;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned short rows[3][LONGEST + 1];

    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned short)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned short *row = rows[i % 3], *above = rows[(i + 2) % 3];
        const unsigned short *second = rows[(i + 1) % 3];

        row[0] = (unsigned short)i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = least(above[j] + 1u, row[j - 1] + 1u);

            best = least(best, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, second[j - 2] + 1u);
            row[j] = (unsigned short)best;
        }
    }
    return rows[a_length % 3][b_length];
}

void
cli_nearest_try(struct cli_nearest *nearest, const char *candidate)
{
    size_t name = strlen(nearest->name), other = strlen(candidate), found;

    if (name > LONGEST || other > LONGEST || name > other + FARTHEST || other > name + FARTHEST)
        return;
    found = distance(nearest->name, name, candidate, other);
    if (found == 0 || found >= nearest->distance)
        return;
    nearest->distance = found;
    nearest->best = candidate;
}
