/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_source.c: places in a text, notes and errors
 */
#include "../test.h"

#include "base/error.h"
#include "base/note.h"

static struct scl_source
source_of(struct scl_arena *arena, const char *text)
{
    struct scl_source source;

    assert_true(scl_source_init(&source, arena, SCL_S("Dockerfile"), scl_str_c(text)));
    return source;
}

/* Offsets name bytes; lines and columns are counted from one, as editors count. */
static void
offsets_are_located(void **state)
{
    static const struct { const char *why, *text; uint32_t offset, line, column; } rows[] = {
        { "the first byte", "FROM a\nRUN b\n", 0, 1, 1 },
        { "a newline ends its line", "FROM a\nRUN b\n", 6, 1, 7 },
        { "the byte after a newline", "FROM a\nRUN b\n", 7, 2, 1 },
        { "a carriage return is text", "FROM a\r\nRUN b\n", 6, 1, 7 },
        { "the byte after both", "FROM a\r\nRUN b\n", 8, 2, 1 },
        { "one past the last byte", "FROM a", 6, 1, 7 },
        { "far past the last byte", "FROM a", 60, 1, 7 },
        { "the line after the last newline", "a\n", 2, 2, 1 },
        { "an empty text", "", 0, 1, 1 },
        { "columns count bytes", "\xc3\xa4x", 2, 1, 3 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_source source = source_of(*state, rows[i].text);
        struct scl_position at = scl_source_locate(&source, rows[i].offset);

        check_number(at.line, rows[i].line, rows[i].why);
        check_number(at.column, rows[i].column, rows[i].why);
    }
}

static void
lines_come_without_their_ends(void **state)
{
    struct scl_source source = source_of(*state, "one\r\ntwo\n\nfour\r");

    check_text(scl_source_line(&source, 1), "one", "line 1");
    check_text(scl_source_line(&source, 2), "two", "line 2");
    check_text(scl_source_line(&source, 3), "", "line 3");
    check_text(scl_source_line(&source, 4), "four\r", "line 4 has no line end");
    check_text(scl_source_line(&source, 5), "", "no line");
    check_text(scl_source_line(&source, 0), "", "no line");
    check_text(scl_source_text(&source, scl_span_between(5, 8)), "two", "a span");
    check_text(scl_source_text(&source, scl_span_between(8, 5)), "", "a span turned round");
}

static void
notes_keep_their_hints_in_order(void **state)
{
    struct scl_notes notes;
    struct scl_note *note;

    scl_notes_init(&notes, *state);
    note = scl_note_add(&notes, SCL_NOTE_WARNING, scl_span_between(1, 2), "%s is %d", "x", 3);
    scl_note_help(&notes, note, "write %s", "y");
    scl_note_also_at(&notes, note, scl_span_between(4, 5), "it began at");
    assert_false(scl_notes_have_error(&notes));
    scl_note_add(&notes, SCL_NOTE_ERROR, scl_span_between(0, 0), "broken");
    assert_true(scl_notes_have_error(&notes));
    check_text(notes.list.at[0].message, "x is 3", "message");
    check_text(notes.list.at[0].hints.at[0].text, "write y", "help");
    assert_true(notes.list.at[0].hints.at[0].is_help);
    assert_true(notes.list.at[0].hints.at[1].has_span);
    scl_note_help(&notes, NULL, "nothing happens");
}

static void
the_first_error_is_kept(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    assert_false(scl_fail(&error, SCANTLING_STATUS_ARGUMENT, "first %d", 1));
    assert_false(scl_fail(&error, SCANTLING_STATUS_STATE, "second"));
    check_number(error->status, SCANTLING_STATUS_ARGUMENT, "status");
    assert_string_equal(error->message, "first 1");
    assert_false(scl_fail(NULL, SCANTLING_STATUS_STATE, "nobody asks"));
    scl_error_free(error);
}

static void
errors_form_a_chain_with_places_and_suggestions(void **state)
{
    struct scl_source source = source_of(*state, "ab\ncd\n");
    scantling_error *chain = NULL, *copy;

    scl_error_append(&chain, scl_error_new(SCANTLING_STATUS_POLICY, "one"));
    scl_error_append(&chain, scl_error_new(SCANTLING_STATUS_POLICY, "two"));
    scl_error_at(chain->next, &source, scl_span_between(3, 5));
    scl_error_suggest(chain->next, "try %s", "three");
    scl_error_suggest(chain->next, "or four");
    copy = scl_error_copy(chain);
    scl_error_free(chain);
    assert_string_equal(copy->message, "one");
    assert_string_equal(copy->next->path, "Dockerfile");
    check_number(copy->next->start.line, 2, "line");
    check_number(copy->next->end.column, 3, "end column");
    assert_string_equal(copy->next->suggestions->text, "try three");
    assert_string_equal(copy->next->suggestions->next->text, "or four");
    scl_error_free(copy);
}

static void
the_error_of_memory_is_static(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    assert_false(scl_fail_memory(&error));
    check_number(error->status, SCANTLING_STATUS_MEMORY, "status");
    scl_error_free(error);
    scl_error_free(error);
    scl_error_free(NULL);
}

static void
an_error_that_nobody_asks_for_is_freed(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    assert_false(scl_error_give(NULL, scl_error_new(SCANTLING_STATUS_STATE, "lost")));
    assert_false(scl_error_give(&error, scl_error_new(SCANTLING_STATUS_STATE, "kept")));
    assert_false(scl_error_give(&error, scl_error_new(SCANTLING_STATUS_STATE, "too late")));
    assert_string_equal(error->message, "kept");
    scl_error_free(error);
}

SUITE(
    CASE(offsets_are_located),
    CASE(lines_come_without_their_ends),
    CASE(notes_keep_their_hints_in_order),
    CASE(the_first_error_is_kept),
    CASE(errors_form_a_chain_with_places_and_suggestions),
    CASE(the_error_of_memory_is_static),
    CASE(an_error_that_nobody_asks_for_is_freed))
