/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ignore.c: ignore patterns, of .dockerignore files and of --exclude
 */
#include "../test.h"

#include "syntax/ignore_pattern.h"

struct reading {
    struct scl_source source;
    struct scl_notes notes;
    struct scl_ignore ignore;
};

static struct reading
read_text(struct scl_arena *arena, struct scl_str text)
{
    struct reading reading;

    assert_true(scl_source_init(&reading.source, arena, SCL_S(".dockerignore"), text));
    scl_notes_init(&reading.notes, arena);
    assert_true(scl_ignore_read(arena, &reading.source, &reading.notes, &reading.ignore));
    return reading;
}

static void
paths_are_excluded_by_the_last_pattern_that_hits(void **state)
{
    static const struct {
        const char *text, *path;
        bool is_excluded;
    } rows[] = {
        { "", "a", false },                     { "a", "a", true },
        { "a", "b", false },                    { "a", "ab", false },
        { "a", "a/b", true },                   { "a", "b/a", false },
        { "a/b", "a/b/c", true },               { "a/b", "a", false },
        { "/a", "a", true },                    { "./a/", "a", true },
        { "x/../a", "a", true },                { "a//b", "a/b", true },
        { "  a\t", "a", true },                 { "#a", "#a", false },
        { "\\#a", "#a", true },                 { " #a", "#a", true },
        { "*", "a", true },                     { "*", ".", false },
        { ".", ".", false },                    { "*", "a/b", true },
        { "*.c", "a.c", true },                 { "*.c", "a/b.c", false },
        { "*/b.c", "a/b.c", true },             { "*/b.c", "a/x/b.c", false },
        { "a*c", "abbc", true },                { "a*c", "ab/c", false },
        { "a?c", "abc", true },                 { "a?c", "ac", false },
        { "a?c", "a/c", false },                { "a?c", "a\xc3\xa9" "c", true },
        { "a??c", "a\xc3\xa9" "c", false },     { "**", "a/b/c", true },
        { "**/c", "c", true },                  { "**/c", "a/b/c", true },
        { "**/c", "a/bc", false },              { "**c", "a/bc", true },
        { "**/c", "a/c/d", true },              { "a/**", "a", false },
        { "a/**", "a/b/c", true },              { "a/**/c", "a/c", true },
        { "a/**/c", "a/x/y/c", true },          { "a/**/c", "a/xc", false },
        { "a**/c", "axc", false },              { "a**c", "ax/c", true },
        { "a**c", "axc", false },               { "**/*.txt", "x.txt", true },
        { "**/*.txt", "a/b/x.txt", true },      { "**/*.txt", "a/b/x.txt2", false },
        { "**/a/**/b", "x/a/y/b/z", true },     { "**/a/**/b", "x/a/y/c", false },
        { "[ab]", "b", true },                  { "[ab]", "c", false },
        { "[a-c]x", "bx", true },               { "[^a-c]x", "bx", false },
        { "[^a-c]x", "dx", true },              { "[\xce\xb1-\xce\xb6]", "\xce\xb3", true },
        { "a[^b]c", "a/c", true },              { "[\\]a]", "]", true },
        { "[\\-x]", "-", true },                { "\\*", "*", true },
        { "\\*", "a", false },                  { "a\\bc", "abc", true },
        { "a.c", "abc", false },                { "a.c*", "abc", false },
        { "a+(b)|{c}$*", "a+(b)|{c}$x", true }, { "^a", "^a", true },
        { "^a*", "ax", true },                  { "^a*", "^ax", false },
        { "a^*", "a^b", false },                { "a]*", "a]b", true },
        { "[[:digit:]]x*", "5]x", false },      { "[a*]", "a]", true },
        { "[[]x", "[x", true },                 { "A", "a", false },
        { "a\n!a", "a", false },                { "!a\na", "a", true },
        { "*\n!a", "a", false },                { "*\n!a", "b", true },
        { "a\n!a/b", "a/b", false },            { "a\n!a/b", "a/c", true },
        { "**\n!a/b\na/b/c", "a/b/c", true },   { "*\n! a", "a", false },
        { "a\n!b\n!*", "a", false },            { "!!a", "!a", false },
        { "\xef\xbb\xbf" "a\r\nb\r\n", "a", true },
        { "\xef\xbb\xbf" "a\r\nb\r\n", "b", true },
        { "\xc2\xa0" "a\xe3\x80\x80", "a", true }, { "a", "a/", true },
        { "a/*", "a/", true },                  { "../a", "../a", true },
        { "a/../../b", "../b", true },          { "a\\\\b", "a\\b", true },
        { "a\xff*", "a\xff" "b", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading reading = read_text(*state, scl_str_c(rows[i].text));

        check_number(reading.notes.list.count, 0, rows[i].text);
        check_number(scl_ignore_excludes(&reading.ignore, scl_str_c(rows[i].path), NULL),
                     rows[i].is_excluded, rows[i].text);
    }
}

static void
patterns_that_cannot_be_matched_are_left_out_with_a_note(void **state)
{
    static const struct {
        const char *text, *message;
        uint32_t offset, length, patterns;
    } rows[] = {
        { "a\n[\nb", "syntax error in ignore pattern '['", 2, 1, 2 },
        { "[]a]", "syntax error in ignore pattern '[]a]'", 0, 4, 0 },
        { "[-a]", "syntax error in ignore pattern '[-a]'", 0, 4, 0 },
        { "[a-]", "syntax error in ignore pattern '[a-]'", 0, 4, 0 },
        { "[^]", "syntax error in ignore pattern '[^]'", 0, 3, 0 },
        { "[a", "syntax error in ignore pattern '[a'", 0, 2, 0 },
        { "[a-", "syntax error in ignore pattern '[a-'", 0, 3, 0 },
        { "[a\\", "syntax error in ignore pattern '[a\\'", 0, 3, 0 },
        { "[a\xff]", "syntax error in ignore pattern '[a\xff]'", 0, 4, 0 },
        { "a\\", "syntax error in ignore pattern 'a\\'", 0, 2, 0 },
        { "[a-b-c]", "syntax error in ignore pattern '[a-b-c]'", 0, 7, 0 },
        { "[b-a]", "syntax error in ignore pattern '[b-a]'", 0, 5, 0 },
        { "[Local-Only]/", "syntax error in ignore pattern '[Local-Only]'", 0, 13, 0 },
        { "[[:none:]]", "syntax error in ignore pattern '[[:none:]]'", 0, 10, 0 },
        { " ! \na", "'!' without a pattern", 1, 1, 1 },
        { "!/", "'!' without a pattern", 0, 2, 0 },
        { "! [", "syntax error in ignore pattern '['", 0, 3, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading reading = read_text(*state, scl_str_c(rows[i].text));
        const struct scl_note *note = &reading.notes.list.at[0];

        check_number(reading.notes.list.count, 1, rows[i].text);
        check_text(note->message, rows[i].message, rows[i].text);
        check_number(note->kind, SCL_NOTE_ERROR, rows[i].text);
        check_number(note->span.offset, rows[i].offset, rows[i].text);
        check_number(note->span.length, rows[i].length, rows[i].text);
        check_number(reading.ignore.patterns.count, rows[i].patterns, rows[i].text);
    }
}

static void
a_pattern_is_matched_in_the_cheapest_way(void **state)
{
    static const struct {
        const char *pattern, *expression;
        enum scl_ignore_kind kind;
    } rows[] = {
        { "a/b.c", "^a/b\\.c$", SCL_IGNORE_EXACT },
        { "a/**", "^a/$", SCL_IGNORE_PREFIX },
        { "**", "^$", SCL_IGNORE_SUFFIX },
        { "**/a", "^(.*/)?a$", SCL_IGNORE_SUFFIX },
        { "**a", "^(.*/)?a$", SCL_IGNORE_SUFFIX },
        { "**/a/**", "^(.*/)?a/.*$", SCL_IGNORE_PATTERN },
        { "a**b", "^a(.*/)?b$", SCL_IGNORE_PATTERN },
        { "a?", "^a[^/]$", SCL_IGNORE_PATTERN },
        { "\\a", "^\\a$", SCL_IGNORE_PATTERN },
        { "a]", "^a]$", SCL_IGNORE_PATTERN },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text expression = { 0 };

        check_number(scl_ignore_express(scl_str_c(rows[i].pattern), &expression), rows[i].kind,
                     rows[i].pattern);
        check_text(scl_text_str(&expression), rows[i].expression, rows[i].pattern);
        scl_text_finish(&expression);
    }
}

static void
the_pattern_that_decided_is_told(void **state)
{
    struct reading reading = read_text(*state, SCL_S("# x\n*.md\n ! a.md \n"));
    const struct scl_ignore_pattern *pattern;

    assert_true(scl_ignore_excludes(&reading.ignore, SCL_S("b.md"), &pattern));
    check_text(scl_source_text(&reading.source, pattern->span), "*.md", "excluded");
    assert_false(scl_ignore_excludes(&reading.ignore, SCL_S("a.md"), &pattern));
    check_text(scl_source_text(&reading.source, pattern->span), "! a.md", "taken back");
    check_text(pattern->text, "a.md", "its text");
    assert_false(scl_ignore_excludes(&reading.ignore, SCL_S("b.txt"), &pattern));
    assert_null(pattern);
}

static void
patterns_of_options_are_added_alike(void **state)
{
    struct scl_ignore ignore = { .patterns = { .count = 0 } };
    struct scl_notes notes;

    scl_notes_init(&notes, *state);
    assert_true(scl_ignore_add(*state, &ignore, SCL_S(" a/ "), (struct scl_span){ 7, 2 }, &notes));
    assert_true(scl_ignore_add(*state, &ignore, SCL_S("  "), (struct scl_span){ 9, 0 }, &notes));
    check_number(ignore.patterns.count, 1, "patterns");
    check_text(ignore.patterns.at[0].text, "a", "text");
    check_number(ignore.patterns.at[0].span.offset, 7, "span");
    assert_true(scl_ignore_excludes(&ignore, SCL_S("a/b"), NULL));
}

static void
hostile_patterns_take_bounded_time(void **state)
{
    static const char *const pieces[] = { "*a", "**/a", "?*", "[^b]*", "**" };
    struct scl_text path = { 0 };

    for (unsigned i = 0; i < SCL_IGNORE_LONGEST_PATH / 2; i++)
        scl_text_c(&path, "a/");
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct scl_text text = { 0 };
        struct reading reading;

        for (unsigned j = 0; j < 1000; j++)
            scl_text_c(&text, pieces[i]);
        scl_text_char(&text, 'b');
        reading = read_text(*state, scl_text_str(&text));
        check_number(reading.notes.list.count, 0, pieces[i]);
        assert_false(scl_ignore_excludes(&reading.ignore, scl_text_str(&path), NULL));
        scl_text_finish(&text);
    }
    scl_text_finish(&path);
}

static void
what_is_too_long_is_told(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;

    scl_text_fill(&text, 'a', SCL_IGNORE_MOST_STEPS);
    scl_text_c(&text, "?\nb\n");
    reading = read_text(*state, scl_text_str(&text));
    check_number(reading.notes.list.count, 1, "steps");
    check_text(reading.notes.list.at[0].message, "ignore pattern of more than 4096 parts", "steps");
    check_number(reading.ignore.patterns.count, 1, "the rest");
    scl_text_clear(&text);
    scl_text_c(&text, "b\n");
    scl_text_fill(&text, 'a', SCL_IGNORE_LONGEST_LINE + 1);
    scl_text_c(&text, "\nc\n");
    reading = read_text(*state, scl_text_str(&text));
    check_number(reading.notes.list.count, 1, "line");
    check_number(reading.ignore.patterns.count, 1, "before it");
    check_number(reading.ignore.is_cut, true, "and it is told that there is more");
    scl_text_clear(&text);
    for (int i = 0; i < SCL_IGNORE_MOST_PATTERNS; i++)
        scl_text_c(&text, "a\n");
    reading = read_text(*state, scl_text_str(&text));
    check_number(reading.notes.list.count, 0, "as many patterns as there may be");
    check_number(reading.ignore.is_cut, false, "all of them");
    scl_text_c(&text, "a\nb\n");
    reading = read_text(*state, scl_text_str(&text));
    check_number(reading.notes.list.count, 1, "one more");
    check_text(reading.notes.list.at[0].message,
               "more than 100000 ignore patterns, where reading ends", "one more");
    check_number(reading.ignore.patterns.count, SCL_IGNORE_MOST_PATTERNS, "those before it");
    scl_text_clear(&text);
    scl_text_fill(&text, 'b', SCL_IGNORE_LONGEST_PATH);
    reading = read_text(*state, SCL_S("*"));
    assert_true(scl_ignore_excludes(&reading.ignore, scl_text_str(&text), NULL));
    scl_text_char(&text, 'b');
    assert_false(scl_ignore_excludes(&reading.ignore, scl_text_str(&text), NULL));
    scl_text_finish(&text);
}

SUITE(
    CASE(paths_are_excluded_by_the_last_pattern_that_hits),
    CASE(patterns_that_cannot_be_matched_are_left_out_with_a_note),
    CASE(a_pattern_is_matched_in_the_cheapest_way),
    CASE(the_pattern_that_decided_is_told),
    CASE(patterns_of_options_are_added_alike),
    CASE(hostile_patterns_take_bounded_time),
    CASE(what_is_too_long_is_told))
