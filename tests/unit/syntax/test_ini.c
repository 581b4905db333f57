/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ini.c: unit files of systemd
 *
 * What was read is printed an entry a line, `[SECTION] KEY=VALUE`, or a word a line with what the
 * source has at its place behind a bar.
 */
#include "../test.h"

#include "syntax/ini.h"

struct unit {
    struct scl_source source;
    struct scl_notes notes;
    struct scl_ini ini;
};

static struct unit
read_unit(struct scl_arena *arena, const char *text)
{
    struct unit unit;

    assert_true(scl_source_init(&unit.source, arena, SCL_S("a.container"), scl_str_c(text)));
    scl_notes_init(&unit.notes, arena);
    assert_true(scl_ini_read(arena, &unit.source, &unit.notes, &unit.ini));
    return unit;
}

static void
check_entries(struct scl_arena *arena, const char *text, const char *expected)
{
    struct unit unit = read_unit(arena, text);
    struct scl_text out;

    scl_text_init(&out);
    for (uint32_t i = 0; i < unit.ini.entries.count; i++) {
        const struct scl_ini_entry *entry = &unit.ini.entries.at[i];

        scl_text_f(&out, "[%.*s] %.*s=%.*s\n", SCL_ARG(entry->section),
                   SCL_ARG(scl_tree_key(&entry->value)), SCL_ARG(scl_tree_text(&entry->value)));
    }
    for (uint32_t i = 0; i < unit.notes.list.count; i++)
        scl_text_f(&out, "%u: %s\n", (unsigned)unit.notes.list.at[i].span.offset,
                   unit.notes.list.at[i].message.at);
    check_text(scl_text_str(&out), expected, text);
    scl_text_finish(&out);
}

static void
sections_keys_and_values_are_read(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        { "[A]\nk=v\n", "[A] k=v\n" },
        { "[A]\n  k = v w  \n", "[A] k=v w\n" },
        { "\xef\xbb\xbf[A]\r\nk=v\r\n", "[A] k=v\n" },
        { "# c\n; d\n[A]\n# k=w\nk=v", "[A] k=v\n" },
        { "[A]\nk=1\nk=\nk=2\n", "[A] k=1\n[A] k=\n[A] k=2\n" },
        { "[A]\nk=a=b\n[B]\nl=m\n", "[A] k=a=b\n[B] l=m\n" },
        { "[A]\nk=a \\\n  b\nl=c\n", "[A] k=a  b\n[A] l=c\n" },
        { "[A]\nk=a\\\n# not a part\n; nor this\n b\n", "[A] k=a b\n" },
        { "[A]\nk=a\\", "[A] k=a\n" },
        { "[A]\nk=a\\\n", "[A] k=a\n" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_entries(*state, rows[i].text, rows[i].expected);
}

static void
what_is_no_line_of_a_unit_is_told(void **state)
{
    check_entries(*state, "[A]\nword\nk=v\n",
                  "[A] k=v\n4: expected [SECTION], KEY=VALUE or a comment\n");
    check_entries(*state, "[A]\n=v\n", "4: expected [SECTION], KEY=VALUE or a comment\n");
    check_entries(*state, "k=v\n", "[] k=v\n0: a key before the first section\n");
    check_entries(*state, "[A\nk=v\n",
                  "[] k=v\n0: no ']' at the end of the section's name\n"
                  "3: a key before the first section\n");
}

static void
check_words(struct scl_arena *arena, const char *value, const char *expected)
{
    struct scl_text text, out;
    struct unit unit;
    struct scl_tree word;
    uint32_t at = 0;

    scl_text_init(&text);
    scl_text_init(&out);
    scl_text_f(&text, "[A]\nk=%s\n", value);
    unit = read_unit(arena, text.at);
    while (scl_ini_word(arena, &unit.ini.entries.at[0], &at, &word))
        scl_text_f(&out, "%.*s|%.*s\n", SCL_ARG(scl_tree_text(&word)),
                   SCL_ARG(scl_source_text(&unit.source, word.span)));
    check_text(scl_text_str(&out), expected, value);
    scl_text_finish(&out);
    scl_text_finish(&text);
}

static void
values_are_divided_into_words(void **state)
{
    static const struct {
        const char *value, *expected;
    } rows[] = {
        { "a b", "a|a\nb|b\n" },
        { "  a\t b ", "a|a\nb|b\n" },
        { "\"a b\" c", "a b|\"a b\"\nc|c\n" },
        { "'a b'c", "a bc|'a b'c\n" },
        { "'a\"b' \"c'd\"", "a\"b|'a\"b'\nc'd|\"c'd\"\n" },
        { "a\\x41b", "aAb|a\\x41b\n" },
        { "\\110i \\u00e9", "Hi|\\110i\n\xc3\xa9|\\u00e9\n" },
        { "a\\sb", "a b|a\\sb\n" },
        { "a\\qb", "a\\qb|a\\qb\n" },
        { "\"\" x", "|\"\"\nx|x\n" },
        { "'open end", "open end|'open end\n" },
        { "a \\\n  bc \\\n# no\n d", "a|a\nbc|bc\nd|d\n" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_words(*state, rows[i].value, rows[i].expected);
}

static void
no_more_than_so_many_lines_are_complained_of(void **state)
{
    struct scl_text text;
    struct unit unit;

    scl_text_init(&text);
    scl_text_c(&text, "[A]\n");
    for (int i = 0; i < 150; i++)
        scl_text_c(&text, "x\n");
    unit = read_unit(*state, text.at);
    assert_int_equal(unit.notes.list.count, 101);
    check_text(unit.notes.list.at[100].message,
               "problems before this place that are not listed: 50", "the rest is counted");
    scl_text_finish(&text);
}

SUITE(
    CASE(sections_keys_and_values_are_read),
    CASE(what_is_no_line_of_a_unit_is_told),
    CASE(values_are_divided_into_words),
    CASE(no_more_than_so_many_lines_are_complained_of))
