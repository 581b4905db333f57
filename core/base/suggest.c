/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suggest.c: the name that was probably meant
 *
 * Damerau's distance with adjacent swaps (optimal string alignment), letters compared without
 * case, on the three last rows of the table. Names beyond 64 bytes are not compared.
 */
#include "base/suggest.h"

#include <string.h>

enum { LONGEST = 64 };

void
scl_suggest_init(struct scl_suggest *suggest, struct scl_str name)
{
    unsigned allowed = (unsigned)(name.len / 3 < 2 ? name.len / 3 : 2);

    *suggest = (struct scl_suggest){ .name = name, .distance = allowed + 1 };
}

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned
distance(struct scl_str a, struct scl_str b)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b.len; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *spare = before;

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = scl_lower(a.at[i - 1]), y = scl_lower(b.at[j - 1]);

            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == scl_lower(b.at[j - 2]) && y == scl_lower(a.at[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[b.len];
}

void
scl_suggest_offer(struct scl_suggest *suggest, struct scl_str candidate)
{
    size_t a = suggest->name.len, b = candidate.len, gap = a > b ? a - b : b - a;
    unsigned found;

    if (a > LONGEST || b > LONGEST || gap >= suggest->distance)
        return;
    found = distance(suggest->name, candidate);
    if (found < suggest->distance) {
        suggest->distance = found;
        suggest->best = candidate;
    }
}

struct scl_str
scl_suggest_from(struct scl_str name, const char *const *names)
{
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (; *names; names++)
        scl_suggest_offer(&suggest, scl_str_c(*names));
    return suggest.best;
}
