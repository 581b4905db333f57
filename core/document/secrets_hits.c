/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets_hits.c: of hits that overlap, the longest
 *
 * The ends of all hits cut the text into cells. Hits are taken from the longest on: each is no
 * longer than those that were kept, so it overlaps one of them only if its first or its last cell
 * is taken. Each cell is taken once, so that all of it is as fast as sorting.
 */
#include "document/secrets_table.h"

#include <stdlib.h>
#include <string.h>

static int
by_length(const void *a, const void *b)
{
    const struct scl_secret_hit *x = a, *y = b;

    if (x->length != y->length)
        return x->length > y->length ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int
by_offset(const void *a, const void *b)
{
    const struct scl_secret_hit *x = a, *y = b;

    return (x->offset > y->offset) - (x->offset < y->offset);
}

static int
by_size(const void *a, const void *b)
{
    const size_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The index of the cell that begins at `point`. */
static size_t
cell_of(const size_t *points, size_t count, size_t point)
{
    return (size_t)((const size_t *)bsearch(&point, points, count, sizeof *points, by_size) -
                    points);
}

/* Where hits begin and end, each point once, in order; returns how many. */
static size_t
collect_points(const struct scl_secret_hit *hits, uint32_t count, size_t *points)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        points[2 * i] = hits[i].offset;
        points[2 * i + 1] = hits[i].offset + hits[i].length;
    }
    qsort(points, (size_t)count * 2, sizeof *points, by_size);
    for (size_t i = 0; i < (size_t)count * 2; i++)
        if (i == 0 || points[i] != points[kept - 1])
            points[kept++] = points[i];
    return kept;
}

bool
scl_secret_hits_resolve(struct scl_arena *arena, struct scl_secret_hit *hits, uint32_t *count)
{
    size_t *points, point_count;
    bool *taken;
    uint32_t kept = 0;

    if (*count < 2)
        return true;
    points = scl_arena_array(arena, (size_t)*count * 2, sizeof *points);
    taken = scl_arena_array(arena, (size_t)*count * 2, sizeof *taken);
    if (!points || !taken)
        return false;
    point_count = collect_points(hits, *count, points);
    qsort(hits, *count, sizeof *hits, by_length);
    for (uint32_t i = 0; i < *count; i++) {
        size_t low = cell_of(points, point_count, hits[i].offset);
        size_t high = cell_of(points, point_count, hits[i].offset + hits[i].length);

        if (taken[low] || taken[high - 1])
            continue;
        memset(&taken[low], true, high - low);
        hits[kept++] = hits[i];
    }
    *count = kept;
    qsort(hits, kept, sizeof *hits, by_offset);
    return true;
}
