/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_str.c: slices of text, and text that is being written
 */
#include "../test.h"

#include "base/utf8.h"

static void
slices_compare_by_bytes(void **state)
{
    static const struct { const char *a, *b; int order; } rows[] = {
        { "", "", 0 }, { "a", "", 1 }, { "", "a", -1 }, { "abc", "abd", -1 }, { "ab", "abc", -1 },
        { "\xff", "a", 1 }, { "B", "a", -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int order = scl_str_compare(scl_str_c(rows[i].a), scl_str_c(rows[i].b));

        check_number((order > 0) - (order < 0), rows[i].order, rows[i].a);
        check_number(scl_str_same(scl_str_c(rows[i].a), scl_str_c(rows[i].b)), rows[i].order == 0,
                     rows[i].a);
    }
}

static void
case_is_that_of_ascii_letters(void **state)
{
    (void)state;
    assert_true(scl_str_is_nocase(SCL_S("FROM"), "from"));
    assert_false(scl_str_is_nocase(SCL_S("FROM"), "fro"));
    assert_false(scl_str_is_nocase(SCL_S("\xc3\x84"), "\xc3\xa4"));
}

static void
a_piece_is_found_where_it_first_stands(void **state)
{
    static const struct { const char *text, *piece; size_t at; } rows[] = {
        { "abcabc", "abc", 0 }, { "abcabc", "ca", 2 }, { "abc", "", 0 }, { "", "a", SIZE_MAX },
        { "aaab", "aab", 1 }, { "abc", "abcd", SIZE_MAX }, { "xaxaxb", "axb", 3 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(scl_str_find(scl_str_c(rows[i].text), scl_str_c(rows[i].piece)), rows[i].at,
                     rows[i].piece);
    check_number(scl_str_find_last(SCL_S("a/b/c"), '/'), 3, "the last slash");
    check_number(scl_str_find_char(SCL_S("a/b/c"), '/'), 1, "the first slash");
    check_number(scl_str_find_char(scl_str_n(NULL, 0), '/'), SIZE_MAX, "of nothing");
}

static void
cutting_gives_every_piece_also_empty_ones(void **state)
{
    struct scl_str rest = SCL_S("a,,b,"), piece;

    (void)state;
    assert_true(scl_str_cut(&rest, ',', &piece));
    check_text(piece, "a", "first");
    assert_true(scl_str_cut(&rest, ',', &piece));
    check_text(piece, "", "second");
    assert_true(scl_str_cut(&rest, ',', &piece));
    check_text(piece, "b", "third");
    assert_true(scl_str_cut(&rest, ',', &piece));
    check_text(piece, "", "what follows the last comma");
    assert_false(scl_str_cut(&rest, ',', &piece));
}

static void
whole_numbers_are_read_within_their_range_alone(void **state)
{
    static const struct { const char *text; bool good; int64_t value; } rows[] = {
        { "0", true, 0 }, { "42", true, 42 }, { "-7", true, -7 }, { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX }, { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 }, { "-9223372036854775809", false, 0 },
        { "", false, 0 }, { "-", false, 0 }, { "1a", false, 0 }, { " 1", false, 0 },
        { "+1", false, 0 }, { "99999999999999999999999", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value = 0;

        check_number(scl_str_int(scl_str_c(rows[i].text), &value), rows[i].good, rows[i].text);
        check_number(value, rows[i].value, rows[i].text);
    }
}

static void
slices_are_cut_to_what_there_is(void **state)
{
    (void)state;
    check_text(scl_str_sub(SCL_S("abc"), 1, 1), "b", "inside");
    check_text(scl_str_sub(SCL_S("abc"), 1, SIZE_MAX), "bc", "to the end");
    check_text(scl_str_sub(SCL_S("abc"), 9, 1), "", "past the end");
    check_text(scl_str_trim(SCL_S(" \t a b \r\n")), "a b", "trimmed");
}

static void
written_text_grows_and_is_detached(void **state)
{
    struct scl_text text = { 0 };
    size_t length;
    char *bytes;

    (void)state;
    for (int i = 0; i < 100; i++)
        scl_text_f(&text, "%d,", i % 10);
    scl_text_fill(&text, '-', 3);
    scl_text_char(&text, '\0');
    bytes = scl_text_detach(&text, &length);
    check_number(length, 204, "length");
    assert_memory_equal(bytes + 198, "9,---\0", 6);
    check_number(text.len, 0, "what is left");
    free(bytes);
}

static void
nothing_written_is_an_empty_text(void **state)
{
    struct scl_text text = { 0 };
    size_t length = 9;
    char *bytes = scl_text_detach(&text, &length);

    (void)state;
    check_number(length, 0, "length");
    assert_string_equal(bytes, "");
    free(bytes);
}

static void
code_points_are_decoded_in_their_shortest_form_alone(void **state)
{
    static const struct { const char *bytes; size_t len; int32_t code; size_t taken; } rows[] = {
        { "a", 1, 'a', 1 }, { "\xc3\xa4", 2, 0xe4, 2 }, { "\xe2\x82\xac", 3, 0x20ac, 3 },
        { "\xf0\x9f\x98\x80", 4, 0x1f600, 4 }, { "\xc0\x80", 2, SCL_UTF8_BAD, 1 },
        { "\xe0\x80\x80", 3, SCL_UTF8_BAD, 1 }, { "\xed\xa0\x80", 3, SCL_UTF8_BAD, 1 },
        { "\xf4\x90\x80\x80", 4, SCL_UTF8_BAD, 1 }, { "\xc3", 1, SCL_UTF8_BAD, 1 },
        { "\x80", 1, SCL_UTF8_BAD, 1 }, { "\xff", 1, SCL_UTF8_BAD, 1 }, { "\0", 1, 0, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t taken;

        check_number(scl_utf8_decode(rows[i].bytes, rows[i].len, &taken), rows[i].code, "code");
        check_number(taken, rows[i].taken, "bytes");
    }
}

static void
what_is_encoded_decodes_to_itself(void **state)
{
    static const uint32_t codes[] = { 0, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff };

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        char bytes[4];
        size_t length = scl_utf8_encode(codes[i], bytes), taken;

        check_number(scl_utf8_decode(bytes, length, &taken), codes[i], "code");
        check_number(taken, length, "bytes");
    }
}

static void
bad_bytes_become_replacement_characters(void **state)
{
    struct scl_text text = { 0 };

    (void)state;
    scl_utf8_add_valid(&text, SCL_S("a\xff\xc3(\xe4"));
    check_text(scl_text_str(&text), "a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd", "bytes");
    scl_text_finish(&text);
    check_text(scl_utf8_cut(SCL_S("\xc3\xa4\xc3\xa4"), 3), "\xc3\xa4", "cut at a border");
}

SUITE(
    CASE(slices_compare_by_bytes),
    CASE(case_is_that_of_ascii_letters),
    CASE(a_piece_is_found_where_it_first_stands),
    CASE(cutting_gives_every_piece_also_empty_ones),
    CASE(whole_numbers_are_read_within_their_range_alone),
    CASE(slices_are_cut_to_what_there_is),
    CASE(written_text_grows_and_is_detached),
    CASE(nothing_written_is_an_empty_text),
    CASE(code_points_are_decoded_in_their_shortest_form_alone),
    CASE(what_is_encoded_decodes_to_itself),
    CASE(bad_bytes_become_replacement_characters))
