/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_escape.c: columns of characters, and what a terminal may be sent
 */
#include "../test.h"

#include "base/utf8.h"
#include "report/escape.h"
#include "report/width.h"

static void
characters_take_the_columns_of_a_terminal(void **state)
{
    static const struct {
        uint32_t code;
        unsigned width;
    } rows[] = {
        { 'a', 1 },      { '~', 1 },      { 0xe9, 1 },    /* Latin */
        { 0x3b1, 1 },    { 0x416, 1 },    { 0x5d0, 1 },   /* Greek, Cyrillic, Hebrew */
        { 0x2fff, 2 },   { 0x65e5, 2 },   { 0x4dbf, 2 },  { 0x4dc0, 1 }, /* Han; a hexagram */
        { 0x3042, 2 },   { 0x30a2, 2 },   { 0xac00, 2 },  { 0xd7a3, 2 }, /* kana, Hangul */
        { 0xff21, 2 },   { 0xff60, 2 },   { 0xff61, 1 },  { 0xff71, 1 }, /* full and half width */
        { 0x3000, 2 },   { 0x303f, 1 },   { 0x20000, 2 }, { 0x3fffd, 2 },
        { 0x1f600, 2 },  { 0x1f9ff, 2 },  { 0x2615, 2 },  { 0x2603, 1 }, /* emoji; a text symbol */
        { 0x301, 0 },    { 0x36f, 0 },    { 0x370, 1 },   { 0x20dd, 0 }, /* combining marks */
        { 0x3099, 0 },   { 0x302a, 0 },   { 0xfe0f, 0 },  { 0xe0100, 0 },
        { 0x10ffff, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char why[20];

        snprintf(why, sizeof why, "U+%04X", (unsigned)rows[i].code);
        check_number(scl_width(rows[i].code), rows[i].width, why);
    }
}

static void
what_does_not_show_is_hidden(void **state)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        { 0, 0x1f },          { 0x7f, 0x9f },       { 0xad, 0xad },     { 0x61c, 0x61c },
        { 0x200b, 0x200f },   { 0x2028, 0x202e },   { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
        { 0xe0001, 0xe0001 }, { 0xe0020, 0xe007f },
    };
    static const uint32_t shown[] = { ' ', 'a', 0xa0, 0xac, 0xae, 0x200a, 0x2010, 0x2027, 0x202f,
                                      0x2070, 0xfefe, 0xfff8, 0xfffd, 0x65e5, 0xe0100 };

    (void)state;
    for (size_t i = 0; i < COUNT(hidden); i++)
        for (uint32_t code = hidden[i].first; code <= hidden[i].last; code++)
            check_number(scl_width_is_hidden(code), true, "hidden");
    for (size_t i = 0; i < COUNT(shown); i++)
        check_number(scl_width_is_hidden(shown[i]), false, "shown");
}

static void
texts_are_escaped(void **state)
{
    static const struct {
        struct scl_str text;
        bool ascii;
        const char *expected;
    } rows[] = {
        { SCL_STR(""), false, "" },
        { SCL_STR("plain text"), false, "plain text" },
        { SCL_STR("日本語 é"), false, "日本語 é" },
        { SCL_STR("日本語 é"), true, "<U+65E5><U+672C><U+8A9E> <U+00E9>" },
        { SCL_STR("\xf0\x9f\x98\x80"), true, "<U+1F600>" },
        { SCL_STR("a\nb\r\nc\rd"), false, "a b c d" },
        { SCL_STR("a\n\nb\r"), false, "a  b " },
        { SCL_STR("a\tb"), false, "a<U+0009>b" },
        { SCL_STR("\033[31mred"), false, "<U+001B>[31mred" },
        { SCL_STR("a\0b"), false, "a<U+0000>b" },
        { SCL_STR("\x7f\x08"), false, "<U+007F><U+0008>" },
        { SCL_STR("\xc2\x9b"), false, "<U+009B>" },
        { SCL_STR("x\xe2\x80\xaey"), false, "x<U+202E>y" },
        { SCL_STR("\xe2\x80\x8b\xef\xbb\xbf"), false, "<U+200B><U+FEFF>" },
        { SCL_STR("\xe2\x80\xa8\xe2\x80\xa9"), false, "<U+2028><U+2029>" },
        { SCL_STR("\xf3\xa0\x81\x81"), false, "<U+E0041>" },
        { SCL_STR("\xff"), false, "<FF>" },
        { SCL_STR("\xc0\xaf"), false, "<C0><AF>" },
        { SCL_STR("\xe6\x97"), false, "<E6><97>" },
        { SCL_STR("\xed\xa0\x80"), false, "<ED><A0><80>" },
        { SCL_STR("\xf4\x90\x80\x80"), false, "<F4><90><80><80>" },
        { SCL_STR("ok\xe6\x97\xa5\xe6"), false, "ok日<E6>" },
        { SCL_STR("e\xcc\x81"), false, "e\xcc\x81" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        scl_escape_add(&out, rows[i].text, rows[i].ascii);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].expected);
        scl_text_finish(&out);
    }
}

static void
every_byte_comes_out_as_valid_text_without_controls(void **state)
{
    struct scl_text in = { 0 }, out = { 0 };

    (void)state;
    for (int first = 0; first < 256; first++)
        for (int second = 0; second < 256; second++) {
            scl_text_char(&in, (char)first);
            scl_text_char(&in, (char)second);
        }
    scl_escape_add(&out, scl_text_str(&in), false);
    assert_true(scl_utf8_is_valid(scl_text_str(&out)));
    for (size_t i = 0; i < out.len; i++)
        assert_true((unsigned char)out.at[i] >= ' ' && out.at[i] != 0x7f);
    scl_text_finish(&in);
    scl_text_finish(&out);
}

static void
values_are_cut_to_their_columns(void **state)
{
    static const struct {
        struct scl_str text;
        uint32_t columns;
        const char *expected;
    } rows[] = {
        { SCL_STR("0123456789"), 10, "0123456789" },
        { SCL_STR("0123456789a"), 10, "0123456..." },
        { SCL_STR(""), 10, "" },
        { SCL_STR("日本語日本"), 10, "日本語日本" },
        { SCL_STR("日本語日本語"), 10, "日本語..." },
        { SCL_STR("e\xcc\x81" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81"), 4,
          "e\xcc\x81" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81" },
        { SCL_STR("ab\xff\xff\xff"), 10, "ab<FF>..." },
        { SCL_STR("a\nb\r\nc"), 10, "a b c" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        scl_text_c(&out, "v: ");
        scl_escape_add_cut(&out, rows[i].text, false, rows[i].columns);
        check_text(scl_str_sub(scl_text_str(&out), 3, out.len), rows[i].expected,
                   rows[i].expected);
        assert_true(scl_escape_width(scl_text_str(&out)) <= 3 + rows[i].columns);
        scl_text_finish(&out);
    }
}

SUITE(CASE(characters_take_the_columns_of_a_terminal), CASE(what_does_not_show_is_hidden),
      CASE(texts_are_escaped), CASE(every_byte_comes_out_as_valid_text_without_controls),
      CASE(values_are_cut_to_their_columns))
