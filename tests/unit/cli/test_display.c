/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_display.c: how paths are shown
 */
#include "test.h"

#include "excerpt.h"

/* What a function wrote, up to a number of bytes. */
static char written[4096];

static FILE *
begin(void)
{
    memset(written, 0, sizeof written);
    return fmemopen(written, sizeof written - 1, "w");
}

static void
nothing_can_write_to_the_terminal(void **state)
{
    static const struct {
        const char *text, *shown, *ascii;
    } rows[] = {
        { "plain", "plain", "plain" },
        { "a\nb\r\nc", "a b c", "a b c" },
        { "\033[31m", "<U+001B>[31m", "<U+001B>[31m" },
        { "a\tb", "a<U+0009>b", "a<U+0009>b" },
        { "\x7F", "<U+007F>", "<U+007F>" },
        { "\xC2\x9B", "<U+009B>", "<U+009B>" },
        { "\xE2\x80\xAE", "<U+202E>", "<U+202E>" },
        { "\xE2\x80\x8B", "<U+200B>", "<U+200B>" },
        { "\xEF\xBB\xBF", "<U+FEFF>", "<U+FEFF>" },
        { "\xF3\xA0\x81\x81", "<U+E0041>", "<U+E0041>" },
        { "\xC3\xA9", "\xC3\xA9", "<U+00E9>" },
        { "\xE6\x97\xA5", "\xE6\x97\xA5", "<U+65E5>" },
        { "\xFF", "<FF>", "<FF>" },
        { "\xC0\x80", "<C0><80>", "<C0><80>" },
        { "\xED\xA0\x80", "<ED><A0><80>", "<ED><A0><80>" },
        { "\xF4\x90\x80\x80", "<F4><90><80><80>", "<F4><90><80><80>" },
        { "\xE6\x97", "<E6><97>", "<E6><97>" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        FILE *stream = begin();

        cli_display(stream, rows[i].text, strlen(rows[i].text), false);
        fclose(stream);
        check_text(scl_str_c(written), rows[i].shown, "as UTF-8");
        stream = begin();
        cli_display(stream, rows[i].text, strlen(rows[i].text), true);
        fclose(stream);
        check_text(scl_str_c(written), rows[i].ascii, "as ASCII");
    }
}

static void
columns_are_counted(void **state)
{
    static const struct {
        const char *text;
        unsigned column, width;
    } rows[] = {
        { "a", 0, 1 },          { "\t", 0, 4 },         { "\t", 3, 1 },
        { "\xE6\x97\xA5", 0, 2 }, { "\xCC\x81", 1, 0 }, { "\xFF", 0, 4 },
        { "\xF0\x9F\x98\x80", 0, 2 }, { "\xC3\xA9", 0, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cli_glyph glyph;
        size_t taken =
            cli_glyph_of(rows[i].text, strlen(rows[i].text), false, rows[i].column, &glyph);

        check_number(glyph.width, rows[i].width, rows[i].text);
        check_number(taken, strlen(rows[i].text), rows[i].text);
    }
}

static void
numbers_have_commas(void **state)
{
    char buffer[CLI_NUMBER_SIZE];

    (void)state;
    check_text(scl_str_c(cli_number(buffer, 0)), "0", "nothing");
    check_text(scl_str_c(cli_number(buffer, 999)), "999", "three digits");
    check_text(scl_str_c(cli_number(buffer, 1000)), "1,000", "four digits");
    check_text(scl_str_c(cli_number(buffer, 18446744073709551615u)),
               "18,446,744,073,709,551,615", "the largest");
}

static void
an_excerpt_shows_and_marks_a_line(void **state)
{
    static const struct {
        const char *why, *text;
        uint32_t line, column, end_line, end_column;
        const char *shown;
    } rows[] = {
        { "a word", "one\ntwo three\n", 2, 5, 2, 10, " 2 | two three\n   |     ^^^^^\n" },
        { "no length", "abc\n", 1, 2, 1, 2, " 1 | abc\n   |  ^\n" },
        { "no end", "abc\n", 1, 2, 0, 0, " 1 | abc\n   |  ^^\n" },
        { "after the last character", "abc", 1, 4, 1, 4, " 1 | abc\n   |    ^\n" },
        { "beyond the line", "abc", 1, 9, 1, 12, " 1 | abc\n   |    ^\n" },
        { "over several lines", "abc\ndef\n", 1, 2, 2, 3, " 1 | abc\n   |  ^^\n" },
        { "trailing blanks", "abc  \t\r\n", 1, 1, 1, 3, " 1 | abc\n   | ^^\n" },
        { "a tab before", "\tabc", 1, 2, 1, 5, " 1 |     abc\n   |     ^^^\n" },
        { "a wide character before", "\xE6\x97\xA5" "a", 1, 4, 1, 5,
          " 1 | \xE6\x97\xA5" "a\n   |   ^\n" },
        { "a control before", "\033a", 1, 2, 1, 3, " 1 | <U+001B>a\n   |         ^\n" },
        { "an empty line", "\nabc", 1, 1, 1, 1, " 1 |\n   | ^\n" },
        { "no such line", "abc", 7, 1, 7, 2, "" },
        { "no text", "", 1, 1, 1, 1, "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cli_excerpt excerpt = {
            .text = rows[i].text, .length = strlen(rows[i].text), .line = rows[i].line,
            .column = rows[i].column, .end_line = rows[i].end_line,
            .end_column = rows[i].end_column, .width = 80,
        };
        FILE *stream = begin();

        if (rows[i].end_line == 0)
            excerpt.end_line = 9;
        cli_excerpt_write(stream, &excerpt);
        fclose(stream);
        check_text(scl_str_c(written), rows[i].shown, rows[i].why);
    }
}

static void
a_line_that_is_too_wide_is_cut_around_its_mark(void **state)
{
    static const struct {
        const char *why;
        uint32_t column, end_column;
        const char *shown;
    } rows[] = {
        { "at the start", 1, 4,
          " 1 | 01234567890123456789012345678901...\n   | ^^^\n" },
        { "in the middle", 51, 54,
          " 1 | ...78901234567890123456789012345...\n   |                 ^^^\n" },
        { "at the end", 98, 101,
          " 1 | ...89012345678901234567890123456789\n"
          "   |                                 ^^^\n" },
        { "wider than the window", 11, 91,
          " 1 | 01234567890123456789012345678901...\n"
          "   |           ^^^^^^^^^^^^^^^^^^^^^^^^^\n" },
        { "wider than the window, far in", 31, 101,
          " 1 | ...34567890123456789012345678901...\n"
          "   |           ^^^^^^^^^^^^^^^^^^^^^^^^^\n" },
    };
    char text[101];

    (void)state;
    for (size_t i = 0; i < 100; i++)
        text[i] = (char)('0' + i % 10);
    text[100] = '\0';
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cli_excerpt excerpt = {
            .text = text, .length = 100, .line = 1, .column = rows[i].column, .end_line = 1,
            .end_column = rows[i].end_column, .width = 40,
        };
        FILE *stream = begin();

        cli_excerpt_write(stream, &excerpt);
        fclose(stream);
        check_text(scl_str_c(written), rows[i].shown, rows[i].why);
    }
}

SUITE(
    CASE(nothing_can_write_to_the_terminal),
    CASE(columns_are_counted),
    CASE(numbers_have_commas),
    CASE(an_excerpt_shows_and_marks_a_line),
    CASE(a_line_that_is_too_wide_is_cut_around_its_mark))
