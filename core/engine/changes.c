/* SPDX-License-Identifier: Apache-2.0 */
/*
 * changes.c: edits of the files of one document, applied together
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
        change->file = fix->edits.at[i].file;
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

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->span.offset != y->span.offset)
        return x->span.offset < y->span.offset ? -1 : 1;
    if (!x->span.length != !y->span.length)
        return x->span.length ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

bool
scl_changes_settle(struct scl_changes *changes, const struct scl_document *document)
{
    uint64_t length = 0;
    int64_t grown = 0;

    if (changes->list.count > 1)
        qsort(changes->list.at, changes->list.count, sizeof *changes->list.at, change_order);
    for (uint32_t i = 0; i < changes->list.count; i++) {
        struct scl_change *change = &changes->list.at[i];

        if (i == 0 || change->file != change[-1].file) {
            length = document->files[change->file].text.len;
            grown = 0;
        }
        change->at = (uint32_t)((int64_t)change->span.offset + grown);
        grown += (int64_t)change->text.len - (int64_t)change->span.length;
        length += change->text.len;
        if (length >= UINT32_MAX)
            return false;
    }
    return true;
}

/* ---- places ---- */

/* How many edits begin, in the old text or the new, at `spot` or before, those of earlier files
 * included. */
static uint32_t
count_until(const struct scl_changes *changes, struct scl_spot spot, bool in_new)
{
    uint32_t low = 0, high = changes->list.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct scl_change *change = &changes->list.at[middle];
        uint32_t offset = in_new ? change->at : change->span.offset;

        if (change->file < spot.file || (change->file == spot.file && offset <= spot.offset))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The last edit of the file of `spot` that begins there or before, or NULL. */
static const struct scl_change *
last_until(const struct scl_changes *changes, struct scl_spot spot, bool in_new)
{
    uint32_t count = count_until(changes, spot, in_new);
    const struct scl_change *change = count ? &changes->list.at[count - 1] : NULL;

    return change && change->file == spot.file ? change : NULL;
}

uint32_t
scl_changes_of(const struct scl_changes *changes, uint32_t file, uint32_t *ret_first)
{
    uint32_t end = count_until(changes, (struct scl_spot){ file, UINT32_MAX }, false);

    *ret_first = file ? count_until(changes, (struct scl_spot){ file - 1, UINT32_MAX }, false) : 0;
    return end - *ret_first;
}

void
scl_changes_apply(const struct scl_changes *changes, uint32_t file, struct scl_str text,
                  struct scl_text *out)
{
    uint32_t first, count = scl_changes_of(changes, file, &first);
    size_t from = 0;

    for (uint32_t i = first; i < first + count; i++) {
        const struct scl_change *change = &changes->list.at[i];

        scl_text_add(out, scl_str_sub(text, from, change->span.offset - from));
        scl_text_add(out, change->text);
        from = scl_span_end(change->span);
    }
    scl_text_add(out, scl_str_sub(text, from, text.len));
}

struct scl_spot
scl_changes_origin(const struct scl_changes *changes, struct scl_spot spot)
{
    const struct scl_change *change = last_until(changes, spot, true);
    uint32_t end = change ? change->at + (uint32_t)change->text.len : 0;

    if (!change)
        return spot;
    spot.offset = spot.offset < end ? change->span.offset
                                    : scl_span_end(change->span) + (spot.offset - end);
    return spot;
}

struct scl_spot
scl_changes_clamp(const struct scl_changes *changes, struct scl_spot spot)
{
    const struct scl_change *change = last_until(changes, spot, false);

    if (change && spot.offset < scl_span_end(change->span))
        spot.offset = change->span.offset;
    return spot;
}

uint32_t
scl_changes_touching(const struct scl_changes *changes, uint32_t file, struct scl_span span,
                     uint32_t *ret_first)
{
    uint32_t all, count = scl_changes_of(changes, file, &all);
    uint32_t end = count_until(changes, (struct scl_spot){ file, scl_span_end(span) }, true);
    uint32_t first = all;

    if (count && span.offset)
        first = count_until(changes, (struct scl_spot){ file, span.offset - 1 }, true);
    /* Those that begin before the span reach it by their ends; equal ends are of deletions. */
    while (first > all && changes->list.at[first - 1].at +
                                  (uint32_t)changes->list.at[first - 1].text.len >= span.offset)
        first--;
    *ret_first = first;
    return end - first;
}

/* ---- claims ---- */

static int
spot_order(const void *a, const void *b)
{
    const struct scl_spot *x = a, *y = b;

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
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
            const struct scl_edit *edit = &fixes[i]->edits.at[j];

            claims->points[n++] = (struct scl_spot){ edit->file, edit->place.span.offset };
            claims->points[n++] = (struct scl_spot){ edit->file, scl_span_end(edit->place.span) };
        }
    if (n)
        qsort(claims->points, n, sizeof *claims->points, spot_order);
    for (uint32_t i = 0; i < n; i++)
        if (!i || spot_order(&claims->points[i], &claims->points[claims->count - 1]) != 0)
            claims->points[claims->count++] = claims->points[i];
    return true;
}

static uint32_t
find_point(const struct scl_claims *claims, uint32_t file, uint32_t offset)
{
    struct scl_spot spot = { file, offset };
    const struct scl_spot *found = bsearch(&spot, claims->points, claims->count, sizeof spot,
                                           spot_order);

    return (uint32_t)(found - claims->points);
}

/* Slots of an edit: point i is slot 2i, what follows it 2i + 1; an insertion has its point. */
static void
find_slots(const struct scl_claims *claims, const struct scl_edit *edit, uint32_t *ret_first,
           uint32_t *ret_end)
{
    struct scl_span span = edit->place.span;

    *ret_first = 2 * find_point(claims, edit->file, span.offset);
    *ret_end = span.length ? 2 * find_point(claims, edit->file, scl_span_end(span))
                           : *ret_first + 1;
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
        find_slots(claims, &fix->edits.at[i], &first, &end);
        if (count_taken(claims, end) != count_taken(claims, first))
            return false;
    }
    for (uint32_t i = 0; i < fix->edits.count; i++) {
        find_slots(claims, &fix->edits.at[i], &first, &end);
        for (uint32_t slot = first; slot < end; slot++)
            take(claims, slot);
    }
    return true;
}
