/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_changes.c: edits applied together, against what a byte at a time gives
 */
#include "../test.h"

#include "engine/changes.h"

enum { LENGTH = 40, MOST = 6, ROUNDS = 3000, FILES = 2 };

static const char text[] = "abcdefghijklmnopqrstuvwxyz0123456789abcd";

/* A document of two files with the same text. */
static struct scl_source files[FILES];
static struct scl_document document;

static void
make_document(void)
{
    for (int i = 0; i < FILES; i++)
        files[i].text = scl_str_n(text, LENGTH);
    document.files = files;
    document.file_count = FILES;
}

static uint32_t seed = 1;

static uint32_t
random_below(uint32_t bound)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % bound;
}

/* A fix of one edit. */
static void
make_fix(struct scl_arena *arena, struct scl_fix *fix)
{
    static const char letters[] = "XYZUVW";
    struct scl_edit *edit = scl_vec_push(arena, &fix->edits);

    edit->file = (uint16_t)random_below(FILES);
    edit->place.span.offset = random_below(LENGTH + 1);
    edit->place.span.length = random_below(4);
    if (scl_span_end(edit->place.span) > LENGTH)
        edit->place.span.length = LENGTH - edit->place.span.offset;
    edit->text = scl_str_n(letters, random_below(sizeof letters));
}

static bool
are_apart(const struct scl_fix *one, const struct scl_fix *other)
{
    struct scl_span a = one->edits.at[0].place.span, b = other->edits.at[0].place.span;

    if (one->edits.at[0].file != other->edits.at[0].file)
        return true;
    if (a.offset == b.offset)
        return false;
    return a.offset < b.offset ? scl_span_end(a) <= b.offset : scl_span_end(b) <= a.offset;
}

static void
places_are_taken_once(void **state)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct scl_fix fixes[MOST] = { { .is_safe = false } };
        const struct scl_fix *pointers[MOST];
        bool taken[MOST] = { false };
        struct scl_claims claims;

        for (int i = 0; i < MOST; i++) {
            make_fix(*state, &fixes[i]);
            pointers[i] = &fixes[i];
        }
        assert_true(scl_claims_init(&claims, *state, pointers, MOST));
        for (int i = 0; i < MOST; i++) {
            bool wanted = true;

            for (int j = 0; j < i; j++)
                wanted = wanted && (!taken[j] || are_apart(&fixes[i], &fixes[j]));
            taken[i] = scl_claims_take(&claims, &fixes[i]);
            check_number(taken[i], wanted, "a place");
        }
    }
}

/* What the new text of a file is, and where each of its bytes comes from, a byte at a time. */
static size_t
apply_slowly(const struct scl_fix *const *fixes, uint32_t count, uint32_t file, char *out,
             uint32_t *origins)
{
    size_t length = 0;

    for (uint32_t at = 0; at <= LENGTH; at++) {
        bool is_gone = false;

        for (uint32_t i = 0; i < count; i++) {
            const struct scl_edit *edit = &fixes[i]->edits.at[0];

            if (edit->file != file)
                continue;
            for (size_t j = 0; edit->place.span.offset == at && j < edit->text.len; j++) {
                origins[length] = at;
                out[length++] = edit->text.at[j];
            }
            is_gone = is_gone ||
                      (at >= edit->place.span.offset && at < scl_span_end(edit->place.span));
        }
        if (is_gone || at == LENGTH)
            continue;
        origins[length] = at;
        out[length++] = text[at];
    }
    return length;
}

static void
check_file(const struct scl_changes *changes, const struct scl_fix *const *chosen, uint32_t count,
           uint32_t file)
{
    struct scl_text out = { 0 };
    char wanted[2 * LENGTH];
    uint32_t origins[2 * LENGTH];
    size_t length = apply_slowly(chosen, count, file, wanted, origins);

    scl_changes_apply(changes, file, files[file].text, &out);
    check_number(out.len, length, "length");
    assert_memory_equal(out.at, wanted, length);
    for (uint32_t i = 0; i < length; i++) {
        struct scl_spot origin = scl_changes_origin(changes, (struct scl_spot){ file, i });

        check_number(origin.file, file, "file");
        check_number(origin.offset, origins[i], "origin");
    }
    scl_text_finish(&out);
}

static void
texts_and_places_are_those_of_single_bytes(void **state)
{
    make_document();
    for (int round = 0; round < ROUNDS; round++) {
        struct scl_fix fixes[MOST] = { { .is_safe = false } };
        const struct scl_fix *all[MOST], *chosen[MOST];
        struct scl_changes changes;
        struct scl_claims claims;
        uint32_t count = 0;

        scl_changes_init(&changes, *state);
        for (int i = 0; i < MOST; i++) {
            make_fix(*state, &fixes[i]);
            all[i] = &fixes[i];
        }
        assert_true(scl_claims_init(&claims, *state, all, MOST));
        for (uint32_t i = 0; i < MOST; i++)
            if (scl_claims_take(&claims, all[i])) {
                chosen[count++] = all[i];
                assert_true(scl_changes_add(&changes, all[i], i));
            }
        assert_true(scl_changes_settle(&changes, &document));
        for (uint32_t file = 0; file < FILES; file++)
            check_file(&changes, chosen, count, file);
    }
}

static void
edits_that_touch_a_place_are_found(void **state)
{
    /* "0123456789" becomes "01ab2345cd6789" less "45". */
    static const struct {
        struct scl_span span;
        const char *text;
    } edits[] = { { { 2, 0 }, "ab" }, { { 4, 2 }, "" }, { { 6, 0 }, "cd" } };
    static const struct {
        struct scl_span span; /* of "01ab23cd6789" */
        uint32_t first, count;
    } rows[] = {
        { { 0, 1 }, 0, 0 }, { { 0, 2 }, 0, 1 }, { { 2, 2 }, 0, 1 }, { { 4, 1 }, 0, 1 },
        { { 5, 1 }, 1, 2 }, { { 0, 12 }, 0, 3 }, { { 9, 1 }, 3, 0 }, { { 8, 0 }, 2, 1 },
    };
    struct scl_fix fixes[COUNT(edits)] = { { .is_safe = false } };
    struct scl_changes changes;
    uint32_t none;

    make_document();
    scl_changes_init(&changes, *state);
    for (uint32_t i = 0; i < COUNT(edits); i++) {
        struct scl_edit *edit = scl_vec_push((struct scl_arena *)*state, &fixes[i].edits);

        edit->file = 1;
        edit->place.span = edits[i].span;
        edit->text = scl_str_c(edits[i].text);
        assert_true(scl_changes_add(&changes, &fixes[i], i));
    }
    assert_true(scl_changes_settle(&changes, &document));
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t first, count = scl_changes_touching(&changes, 1, rows[i].span, &first);

        check_number(count, rows[i].count, "how many");
        if (count)
            check_number(first, rows[i].first, "the first");
    }
    check_number(scl_changes_touching(&changes, 0, (struct scl_span){ 0, 12 }, &none), 0,
                 "none of another file");
    check_number(scl_changes_clamp(&changes, (struct scl_spot){ 1, 3 }).offset, 3,
                 "a byte that stays");
    check_number(scl_changes_clamp(&changes, (struct scl_spot){ 1, 5 }).offset, 4,
                 "a byte that goes");
    check_number(scl_changes_clamp(&changes, (struct scl_spot){ 0, 5 }).offset, 5,
                 "a byte of another file");
}

SUITE(
    CASE(places_are_taken_once),
    CASE(texts_and_places_are_those_of_single_bytes),
    CASE(edits_that_touch_a_place_are_found))
