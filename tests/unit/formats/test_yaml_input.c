/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_yaml_input.c: the comments of YAML texts, and what they speak of
 */
#include "reading.h"

struct comment_row {
    const char *why, *text;
    const char *comments; /* a line each: the text behind the mark, then what it speaks of */
};

static const char head[] = "apiVersion: v1\nkind: Pod\n";

static void
check_rows(const struct comment_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text text, told;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_init(&told);
        scl_text_f(&text, "%s%s", head, rows[i].text);
        d = reading_document("a.yaml", "", scl_text_str(&text));
        for (uint32_t c = 0; c < d->comments.count; c++) {
            const struct scl_comment *comment = &d->comments.at[c];

            scl_text_f(&told, "%.*s: %.*s\n",
                       SCL_ARG(scl_source_text(d->files, comment->text)),
                       SCL_ARG(scl_source_text(d->files, comment->next)));
        }
        check_text(scl_text_str(&told), rows[i].comments, rows[i].why);
        scl_text_finish(&told);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

static void
a_comment_alone_speaks_of_the_next_entry(void **state)
{
    static const struct comment_row rows[] = {
        { "of an entry", "# x\nspec: 1\n", "x: spec: 1\n" },
        { "of one with all below it", "# x\nspec:\n  a: 1\n  b: 2\nc: 3\n",
          "x: spec:\n  a: 1\n  b: 2\n" },
        { "of an item with all below it", "spec:\n  # x\n  - a: 1\n    b: 2\n  - c: 3\n",
          "x: a: 1\n    b: 2\n" },
        { "of an item that is a text", "spec:\n  # x\n  - one\n  - two\n", "x: one\n" },
        { "several of the same", "# x\n\n# y\nspec: 1\n", "x: spec: 1\ny: spec: 1\n" },
        { "of what comes after the end of a map", "spec:\n  a: 1\n  # x\nb: 2\n", "x: b: 2\n" },
        { "of what follows in the next document", "# x\n---\nspec: 1\n", "x: spec: 1\n" },
        { "at the end of nothing", "spec: 1\n# x\n", "x: \n" },
        { "blanks around its text are no part of it", "#   x y \t\nspec: 1\n", "x y: spec: 1\n" },
        { "a mark without a text", "#\nspec: 1\n", ": spec: 1\n" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_comment_behind_an_entry_speaks_of_that(void **state)
{
    static const struct comment_row rows[] = {
        { "of an entry", "spec: 1 # x\n", "x: spec: 1\n" },
        { "of one with all below it", "spec: # x\n  a: 1\n", "x: spec: # x\n  a: 1\n" },
        { "of the entry, not the item that it begins", "spec:\n  - a: 1 # x\n    b: 2\n",
          "x: a: 1\n" },
        { "of an item", "spec:\n  - one # x\n  - two\n", "x: one\n" },
        { "of the entry that holds brackets", "spec: {a: 1, b: 2} # x\n",
          "x: spec: {a: 1, b: 2}\n" },
        { "of the last one in the file", "spec: 1\nb: 2 # x", "x: b: 2\n" },
        { "in a block scalar is none", "spec: |\n  # x\n  y\nb: 2\n", "" },
        { "in quotes is none", "spec: 'a # x'\n", "" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_brought_in_is_not_spoken_of_there(void **state)
{
    static const struct comment_row rows[] = {
        { "an alias stands where its key does", "a: &a\n  b: 1\nc: *a\n# x\nd: 1\n", "x: d: 1\n" },
        { "a merge brings entries from elsewhere",
          "a: &a\n  b: 1\nc:\n  <<: *a\n  # x\n  d: 1\n", "x: d: 1\n" },
        { "behind an alias", "a: &a\n  b: 1\nc: *a # x\n", "x: c\n" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
many_comments_take_one_walk(void **state)
{
    enum { MANY = 20000 };
    struct scl_text text;
    struct scl_document *d;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, head);
    scl_text_c(&text, "spec:\n");
    for (unsigned i = 0; i < MANY; i++)
        scl_text_f(&text, "  # about %u\n  - %u\n", i, i);
    d = reading_document("a.yaml", "", scl_text_str(&text));
    assert_int_equal(d->comments.count, MANY);
    check_text(scl_source_text(d->files, d->comments.at[MANY - 1].next), "19999", "the last one");
    scl_text_finish(&text);
    scl_document_unref(d);
}

SUITE(
    CASE(a_comment_alone_speaks_of_the_next_entry),
    CASE(a_comment_behind_an_entry_speaks_of_that),
    CASE(what_is_brought_in_is_not_spoken_of_there),
    CASE(many_comments_take_one_walk))
