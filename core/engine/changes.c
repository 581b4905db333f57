/* SPDX-License-Identifier: Apache-2.0 */
/*
 * changes.c: edits of one text, applied together
 */
#include "engine/changes.h"

#include <stdlib.h>

void
scl_changes_init(struct scl_changes *changes, struct scl_arena *arena)
{
    *changes = (struct scl_changes){ .arena = arena };
}

bool
scl_changes_add(struct scl_changes *changes, const struct scl_fix *fix, uint32_t owner)
{
    for (uint32_t i = 0; i < fix->edits.count; i++) {
        struct scl_change *change = scl_vec_push(changes->arena, &changes->list);

        if (!change)
            return false;
        change->span = fix->edits.at[i].place.span;
        change->text = fix->edits.at[i].text;
        change->owner = owner;
        change->order = changes->list.count;
    }
    return true;
}

static int
change_order(const void *a, const void *b)
{
    const struct scl_change *x = a, *y = b;

    if (x->span.offset != y->span.offset)
        return x->span.offset < y->span.offset ? -1 : 1;
    if (!x->span.length != !y->span.length)
        return x->span.length ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

bool
scl_changes_settle(struct scl_changes *changes, struct scl_str text)
{
    uint64_t length = text.len;
    int64_t grown = 0;

    if (changes->list.count > 1)
        qsort(changes->list.at, changes->list.count, sizeof *changes->list.at, change_order);
    for (uint32_t i = 0; i < changes->list.count; i++) {
        struct scl_change *change = &changes->list.at[i];

        change->at = (uint32_t)((int64_t)change->span.offset + grown);
        grown += (int64_t)change->text.len - (int64_t)change->span.length;
        length += change->text.len;
        if (length >= UINT32_MAX)
            return false;
    }
    return true;
}

void
scl_changes_apply(const struct scl_changes *changes, struct scl_str text, struct scl_text *out)
{
    size_t from = 0;

    for (uint32_t i = 0; i < changes->list.count; i++) {
        const struct scl_change *change = &changes->list.at[i];

        scl_text_add(out, scl_str_sub(text, from, change->span.offset - from));
        scl_text_add(out, change->text);
        from = scl_span_end(change->span);
    }
    scl_text_add(out, scl_str_sub(text, from, text.len));
}

/* ---- places ---- */

/* How many edits begin, in the old text or the new, at `offset` or before. */
static uint32_t
count_until(const struct scl_changes *changes, uint32_t offset, bool in_new)
{
    uint32_t low = 0, high = changes->list.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct scl_change *change = &changes->list.at[middle];

        if ((in_new ? change->at : change->span.offset) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t
scl_changes_origin(const struct scl_changes *changes, uint32_t offset)
{
    uint32_t count = count_until(changes, offset, true);
    const struct scl_change *change = count ? &changes->list.at[count - 1] : NULL;
    uint32_t end = change ? change->at + (uint32_t)change->text.len : 0;

    if (!change)
        return offset;
    return offset < end ? change->span.offset : scl_span_end(change->span) + (offset - end);
}

uint32_t
scl_changes_clamp(const struct scl_changes *changes, uint32_t offset)
{
    uint32_t count = count_until(changes, offset, false);
    const struct scl_change *change = count ? &changes->list.at[count - 1] : NULL;

    return change && offset < scl_span_end(change->span) ? change->span.offset : offset;
}

uint32_t
scl_changes_touching(const struct scl_changes *changes, struct scl_span span, uint32_t *ret_first)
{
    uint32_t end = count_until(changes, scl_span_end(span), true);
    uint32_t first = span.offset ? count_until(changes, span.offset - 1, true) : 0;

    /* Those that begin before the span reach it by their ends; equal ends are of deletions. */
    while (first > 0 && changes->list.at[first - 1].at +
                                (uint32_t)changes->list.at[first - 1].text.len >= span.offset)
        first--;
    *ret_first = first;
    return end - first;
}

/* ---- claims ---- */

static int
number_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

bool
scl_claims_init(struct scl_claims *claims, struct scl_arena *arena,
                const struct scl_fix *const *fixes, uint32_t count)
{
    size_t edits = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i++)
        edits += fixes[i]->edits.count;
    *claims = (struct scl_claims){ .points = NULL };
    if (edits > UINT32_MAX / 4)
        return false;
    claims->points = scl_arena_array(arena, 2 * edits, sizeof *claims->points);
    claims->taken = scl_arena_array(arena, 4 * edits + 1, sizeof *claims->taken);
    if (!claims->points || !claims->taken)
        return false;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < fixes[i]->edits.count; j++) {
            claims->points[n++] = fixes[i]->edits.at[j].place.span.offset;
            claims->points[n++] = scl_span_end(fixes[i]->edits.at[j].place.span);
        }
    if (n)
        qsort(claims->points, n, sizeof *claims->points, number_order);
    for (uint32_t i = 0; i < n; i++)
        if (!i || claims->points[i] != claims->points[claims->count - 1])
            claims->points[claims->count++] = claims->points[i];
    return true;
}

static uint32_t
find_point(const struct scl_claims *claims, uint32_t offset)
{
    const uint32_t *found = bsearch(&offset, claims->points, claims->count, sizeof offset,
                                    number_order);

    return (uint32_t)(found - claims->points);
}

/* Slots of an edit: point i is slot 2i, what follows it 2i + 1; an insertion has its point. */
static void
find_slots(const struct scl_claims *claims, struct scl_span span, uint32_t *ret_first,
           uint32_t *ret_end)
{
    *ret_first = 2 * find_point(claims, span.offset);
    *ret_end = span.length ? 2 * find_point(claims, scl_span_end(span)) : *ret_first + 1;
}

static uint32_t
count_taken(const struct scl_claims *claims, uint32_t end)
{
    uint32_t sum = 0;

    for (; end > 0; end &= end - 1)
        sum += claims->taken[end];
    return sum;
}

static void
take(struct scl_claims *claims, uint32_t slot)
{
    for (slot++; slot <= 2 * claims->count; slot += slot & (0 - slot))
        claims->taken[slot]++;
}

bool
scl_claims_take(struct scl_claims *claims, const struct scl_fix *fix)
{
    uint32_t first, end;

    for (uint32_t i = 0; i < fix->edits.count; i++) {
        find_slots(claims, fix->edits.at[i].place.span, &first, &end);
        if (count_taken(claims, end) != count_taken(claims, first))
            return false;
    }
    for (uint32_t i = 0; i < fix->edits.count; i++) {
        find_slots(claims, fix->edits.at[i].place.span, &first, &end);
        for (uint32_t slot = first; slot < end; slot++)
            take(claims, slot);
    }
    return true;
}
