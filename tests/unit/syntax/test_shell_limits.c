/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_limits.c: hostile bodies
 */
#include "syntax/test_shell_print.h"

/* `before` and `behind` so often around `middle`. */
static struct scl_str
nested(struct scl_arena *arena, const char *before, const char *middle, const char *behind,
       uint32_t count)
{
    struct scl_text text = { 0 };
    struct scl_str made;

    for (uint32_t i = 0; i < count; i++)
        scl_text_c(&text, before);
    scl_text_c(&text, middle);
    for (uint32_t i = 0; i < count; i++)
        scl_text_c(&text, behind);
    made = scl_str_n(scl_arena_copy(arena, text.at, text.len), text.len);
    scl_text_finish(&text);
    return made;
}

static void
depth_is_limited_wherever_it_comes_from(void **state)
{
    static const struct {
        const char *before, *behind;
    } rows[] = {
        { "$(", ")" },        { "( ", ")" },         { "{ ", "; }" },      { "${a:-", "}" },
        { "\"$(", ")\"" },    { "\"${a:-", "}\"" },  { "$((", "))" },      { "<(", ")" },
        { "if ", "; then a; fi" }, { "f() ", "" },   { "function f { ", "; }" },
        { "a=(", ")" },       { "a $(b <<E\n", "\nE\n)" }, { "while ", "; do a; done" },
        { "a <<E\n$(", "" },  { "case a in b) ", ";; esac" }, { "a[${b[", "]}]=c" },
        { "${a//", "}" },     { "$(a=(", "))" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str body;
        struct scl_shell shell;
        struct scl_shell_walk walk;
        struct scl_notes notes;

        scl_notes_init(&notes, *state);
        body = nested(*state, rows[i].before, "a", rows[i].behind, 5000);
        assert_true(scl_shell_read(*state, body, NULL, NULL, &notes, &shell));
        assert_true(scl_shell_walk(*state, &shell, &walk));
        check_number(shell.is_complete, false, rows[i].before);
        assert_true(notes.list.count > 0);
    }
}

static void
depth_and_nodes_can_be_set(void **state)
{
    const struct scl_shell_limits depth = { .depth = 3 }, nodes = { .nodes = 7 };

    check_text(shell_printed(*state, SCL_S("a; (b; (c))"), &depth),
               "[(a) ; (sub [(b) ; (sub [(c)])])]", "as deep as may be");
    check_text(shell_printed(*state, SCL_S("a; (b; (c; (d)))"), &depth),
               "?[(a) ; ?(sub ?[(b) ; ?(sub ?[(c) ; ?(sub )])])] !12 more than 3 levels deep",
               "one level too deep");
    check_text(shell_printed(*state, SCL_S("a b c d"), &nodes), "[(a b c d)]", "as many as may be");
    check_text(shell_printed(*state, SCL_S("a b c d e"), &nodes),
               "?[?(a b c d ?)] !9 more than 7 parts", "one part too many");
    check_text(shell_printed(*state, SCL_S("a; b; c d; e"), &nodes),
               "?[(a) ; (b) ; ?(?)] !7 more than 7 parts", "what was read before stays");
}

static void
the_default_depth_lets_ordinary_nesting_through(void **state)
{
    struct scl_shell shell;
    struct scl_notes notes;

    scl_notes_init(&notes, *state);
    assert_true(scl_shell_read(*state, nested(*state, "$(a ", "b", ")", 100), NULL, NULL, &notes,
                               &shell));
    assert_true(shell.is_complete);
}

static void
a_body_has_a_bounded_number_of_notes(void **state)
{
    struct scl_shell shell;
    struct scl_notes notes;

    scl_notes_init(&notes, *state);
    assert_true(scl_shell_read(*state, nested(*state, "`)` ", "", "", 5000), NULL, NULL, &notes,
                               &shell));
    assert_false(shell.is_complete);
    assert_in_range(notes.list.count, 1, 100);
}

static void
readers_of_a_long_pipeline_are_one_row(void **state)
{
    struct scl_shell shell;
    struct scl_shell_walk walk;
    struct scl_shell_readers readers;
    struct scl_notes notes;
    uint32_t reader, count = 0;

    scl_notes_init(&notes, *state);
    assert_true(scl_shell_read(*state, nested(*state, "a | ", "b", "", 20000), NULL, NULL, &notes,
                               &shell));
    assert_true(scl_shell_walk(*state, &shell, &walk));
    check_number(walk.command_count, 20001, "commands");
    check_number(walk.pipelines[0].count, 20001, "members");
    for (readers = scl_shell_readers(&walk, 0); scl_shell_reader_next(&readers, &reader);)
        check_number(reader, ++count, "the next one");
    check_number(count, 20000, "all behind the first");
}

static void
any_bytes_are_taken(void **state)
{
    check_text(shell_printed(*state, SCL_S(""), NULL), "[]", "nothing");
    check_text(shell_printed(*state, scl_str_n(NULL, 0), NULL), "[]", "nothing at all");
    check_text(shell_printed(*state, SCL_S("a\200\377 b"), NULL), "[(a\200\377 b)]",
               "what is not UTF-8");
    check_number(shell_printed(*state, SCL_S("a\0b c"), NULL).len, 9, "a NUL is a character");
    check_text(shell_printed(*state, SCL_S("a\r\nb\r"), NULL), "[(a\r) ; (b\r)]",
               "a CR is one as well");
    check_text(shell_printed(*state, SCL_S("\v\f"), NULL), "[(\v\f)]", "only these are blanks");
}

static void
without_memory_reading_fails(void **state)
{
    struct scl_arena *arena = *state;
    struct scl_shell shell;
    struct scl_shell_walk walk;
    struct scl_notes notes;

    scl_notes_init(&notes, arena);
    assert_true(scl_shell_read(arena, SCL_S("a \"b\"c"), NULL, NULL, &notes, &shell));
    arena->failed = true;
    assert_false(scl_shell_walk(arena, &shell, &walk));
    assert_false(scl_shell_read(arena, SCL_S("a"), NULL, NULL, &notes, &shell));
    assert_true(arena->failed);
}

SUITE(
    CASE(depth_is_limited_wherever_it_comes_from),
    CASE(depth_and_nodes_can_be_set),
    CASE(the_default_depth_lets_ordinary_nesting_through),
    CASE(a_body_has_a_bounded_number_of_notes),
    CASE(readers_of_a_long_pipeline_are_one_row),
    CASE(any_bytes_are_taken),
    CASE(without_memory_reading_fails))
