/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_excerpt.c: the lines of a place, and the mark under them
 *
 * In the texts of the tables `[` and `]` stand around what is marked, `{` and `}` around what is
 * masked; none of them is a part of the text.
 */
#include "../test.h"

#include "base/utf8.h"
#include "report/excerpt.h"

#include <time.h>

enum { MOST_MASKS = 8 };

/* Without the signs, which become spans. */
struct marked {
    struct scl_source source;
    struct scl_span span, spans[MOST_MASKS];
    struct scl_mask_file masks;
};

static void
read_marked(struct scl_arena *arena, struct scl_str text, struct marked *ret)
{
    char *plain = scl_arena_alloc(arena, text.len + 1);
    uint32_t len = 0;

    *ret = (struct marked){ .masks.spans = NULL };
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '[')
            ret->span.offset = len;
        else if (text.at[i] == ']')
            ret->span.length = len - ret->span.offset;
        else if (text.at[i] == '{')
            ret->spans[ret->masks.count++].offset = len;
        else if (text.at[i] == '}')
            ret->spans[ret->masks.count - 1].length =
                len - ret->spans[ret->masks.count - 1].offset;
        else
            plain[len++] = text.at[i];
    }
    ret->masks.spans = ret->spans;
    assert_true(scl_source_init(&ret->source, arena, SCL_S("f"), scl_str_n(plain, len)));
}

static struct scl_excerpt
excerpt_of(const struct marked *marked, uint32_t width)
{
    return (struct scl_excerpt){
        .source = &marked->source,
        .masks = &marked->masks,
        .span = marked->span,
        .sign = '^',
        .role = SCL_ROLE_HIGH,
        .gutter = scl_excerpt_gutter(&marked->source, marked->span),
        .width = width,
    };
}

struct row {
    struct scl_str text;
    const char *expected;
};

static void
check_rows(void **state, const struct row *rows, size_t count, uint32_t width)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text out = { 0 };
        struct scl_excerpt excerpt;
        struct marked marked;

        read_marked(*state, rows[i].text, &marked);
        excerpt = excerpt_of(&marked, width);
        scl_excerpt_add(&out, &excerpt);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].text.at);
        scl_text_finish(&out);
    }
}

static void
a_place_in_a_line_is_underlined(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("[FROM a]"), " 1 | FROM a\n   | ^^^^^^\n" },
        { SCL_STR("FROM [a]\nUSER x\n"), " 1 | FROM a\n   |      ^\n" },
        { SCL_STR("FROM a\n[USER] x\n"), " 2 | USER x\n   | ^^^^\n" },
        { SCL_STR("FROM a\r\n[USER x]\r\n"), " 2 | USER x\n   | ^^^^^^\n" },
        { SCL_STR("FROM a\n[USER x\n]"), " 2 | USER x\n   | ^^^^^^\n" },
        { SCL_STR("FROM a\r\n[USER x\r\n]"), " 2 | USER x\n   | ^^^^^^\n" },
        { SCL_STR("FROM [a]   \nUSER x\n"), " 1 | FROM a\n   |      ^\n" },
        { SCL_STR("FROM [a   ]\nUSER x\n"), " 1 | FROM a\n   |      ^\n" },
        { SCL_STR("a [b\rc] d"), " 1 | a b<U+000D>c d\n   |   ^^^^^^^^^^\n" },
    };

    check_rows(state, rows, COUNT(rows), 80);
}

static void
a_place_without_length_gets_one_mark(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("[]FROM a\n"), " 1 | FROM a\n   | ^\n" },
        { SCL_STR("FR[]OM a\n"), " 1 | FROM a\n   |   ^\n" },
        { SCL_STR("FROM a[]\n"), " 1 | FROM a\n   |       ^\n" },
        { SCL_STR("FROM a[]"), " 1 | FROM a\n   |       ^\n" },
        { SCL_STR("FROM a\r[]\n"), " 1 | FROM a\n   |       ^\n" },
        { SCL_STR("FROM a  []\nb\n"), " 1 | FROM a\n   |       ^\n" },
        { SCL_STR("FROM a\n[]"), " 2 |\n   | ^\n" },
        { SCL_STR("a\n[]\nb\n"), " 2 |\n   | ^\n" },
        { SCL_STR("a\n[\n]b\n"), " 2 |\n   | ^\n" },
        { SCL_STR("[]"), "" },
    };

    check_rows(state, rows, COUNT(rows), 80);
}

static void
tabs_and_wide_characters_take_their_columns(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("\t[x]"), " 1 |     x\n   |     ^\n" },
        { SCL_STR("a\t[x]"), " 1 | a   x\n   |     ^\n" },
        { SCL_STR("abc\t[x]"), " 1 | abc x\n   |     ^\n" },
        { SCL_STR("abcd\t[x]"), " 1 | abcd    x\n   |         ^\n" },
        { SCL_STR("[a\tb]"), " 1 | a   b\n   | ^^^^^\n" },
        { SCL_STR("日\t[x]"), " 1 | 日  x\n   |     ^\n" },
        { SCL_STR("日本[語]x"), " 1 | 日本語x\n   |     ^^\n" },
        { SCL_STR("日本語[x]"), " 1 | 日本語x\n   |       ^\n" },
        { SCL_STR("e\xcc\x81[x]"), " 1 | e\xcc\x81x\n   |  ^\n" },
        { SCL_STR("x[e\xcc\x81]y"), " 1 | xe\xcc\x81y\n   |  ^\n" },
        { SCL_STR("ENV TITLE=\"日本語\" [DB=x]"),
          " 1 | ENV TITLE=\"日本語\" DB=x\n   |                    ^^^^\n" },
    };

    check_rows(state, rows, COUNT(rows), 80);
}

static void
what_a_terminal_must_not_see_is_spelled(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("a\033c[x]"), " 1 | a<U+001B>cx\n   |           ^\n" },
        { SCL_STR("[\xe2\x80\xae]x"), " 1 | <U+202E>x\n   | ^^^^^^^^\n" },
        { SCL_STR("\xff\xfe[x]"), " 1 | <FF><FE>x\n   |         ^\n" },
        { SCL_STR("[\xe6]\x97x"), " 1 | <E6><97>x\n   | ^^^^\n" },
        { SCL_STR("\xef\xbb\xbf[F]ROM"), " 1 | <U+FEFF>FROM\n   |         ^\n" },
        { SCL_STR("a\0[b]"), " 1 | a<U+0000>b\n   |          ^\n" },
        { SCL_STR("\xc2\x85[b]"), " 1 | <U+0085>b\n   |         ^\n" },
        { SCL_STR("\xe2\x80\xa8[b]"), " 1 | <U+2028>b\n   |         ^\n" },
    };

    check_rows(state, rows, COUNT(rows), 80);
}

static void
secrets_show_as_a_mask_that_the_mark_covers(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("ENV [P={hunter22}] Q=1"), " 1 | ENV P=******** Q=1\n   |     ^^^^^^^^^^\n" },
        { SCL_STR("ENV P={ab} [Q]=1"), " 1 | ENV P=******** Q=1\n   |                ^\n" },
        { SCL_STR("ENV P=[{a very long secret}]"), " 1 | ENV P=********\n   |       ^^^^^^^^\n" },
        { SCL_STR("{aa}b{cc}[d]"), " 1 | ********b********d\n   |                  ^\n" },
        { SCL_STR("k: {se\ncr\net} [x]\n"), " 3 | ******** x\n   |          ^\n" },
        { SCL_STR("k: {se\n[cr]\net} x\n"), " 2 | ********\n   | ^^^^^^^^\n" },
        { SCL_STR("[k]: {se\ncr\net} x\n"), " 1 | k: ********\n   | ^\n" },
        { SCL_STR("{abc[def]ghi}"), " 1 | ********\n   | ^^^^^^^^\n" },
        { SCL_STR("{日本}[x]"), " 1 | ********x\n   |         ^\n" },
    };

    check_rows(state, rows, COUNT(rows), 80);
}

static void
several_lines_have_a_bar_and_no_mark(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("a\nb [c\nd] e\nf\n"), " 2 > b c\n 3 > d e\n" },
        { SCL_STR("[1\n2\n3\n4\n5\n6]\n"),
          " 1 > 1\n 2 > 2\n 3 > 3\n 4 > 4\n 5 > 5\n 6 > 6\n" },
        { SCL_STR("[1\n2\n3\n4\n5\n6\n7]\n"),
          " 1 > 1\n 2 > 2\n 3 > 3\n 4 > 4\n...\n 7 > 7\n" },
        { SCL_STR("[1\n2\n3\n4\n5\n6\n7\n8\n9\n]\n"),
          " 1 > 1\n 2 > 2\n 3 > 3\n 4 > 4\n...\n 9 > 9\n" },
        { SCL_STR("[a\n\n\tb]"), " 1 > a\n 2 >\n 3 >     b\n" },
        { SCL_STR("[a\r\nb]\r\n"), " 1 > a\n 2 > b\n" },
        { SCL_STR("[a {x\ny} b]"), " 1 > a ********\n 2 > ******** b\n" },
        { SCL_STR("[a\n0123456789012345678901234567890123456789]\n"),
          " 1 > a\n 2 > 01234567890123456789012345678901...\n" },
    };

    check_rows(state, rows, COUNT(rows), 40);
}

/* The room is 35 columns at a width of 40. */
static void
long_lines_are_cut_to_a_window_around_the_mark(void **state)
{
    static const struct row rows[] = {
        /* it fits */
        { SCL_STR("0123456789012345678901234567890[1234]"),
          " 1 | 01234567890123456789012345678901234\n   |                                ^^^^\n" },
        /* one more column is too many */
        { SCL_STR("[01]2345678901234567890123456789012345"),
          " 1 | 01234567890123456789012345678901...\n   | ^^\n" },
        /* the mark ends three columns before the window does */
        { SCL_STR("012345678901234567890123456789[01]234567890"),
          " 1 | 01234567890123456789012345678901...\n   |                               ^^\n" },
        /* one further: centred, but not beyond the end of the line */
        { SCL_STR("0123456789012345678901234567890[12]345678901234567890"),
          " 1 | ...89012345678901234567890123456...\n   |                 ^^\n" },
        { SCL_STR("01234567890123456789012345678901234567890123456789[01]"),
          " 1 | ...01234567890123456789012345678901\n   |                                  ^^\n" },
        /* after the last character */
        { SCL_STR("01234567890123456789012345678901234567890123456789[]"),
          " 1 | ...9012345678901234567890123456789\n"
          "   |                                   ^\n" },
    };

    check_rows(state, rows, COUNT(rows), 40);
}

static void
a_window_shows_ten_columns_before_a_wide_mark(void **state)
{
    struct scl_text in = { 0 }, out = { 0 };
    struct scl_excerpt excerpt;
    struct marked marked;

    scl_text_fill(&in, 'a', 50);
    scl_text_char(&in, '[');
    scl_text_fill(&in, 'b', 50);
    scl_text_char(&in, ']');
    scl_text_fill(&in, 'c', 50);
    read_marked(*state, scl_text_str(&in), &marked);
    excerpt = excerpt_of(&marked, 40);
    scl_excerpt_add(&out, &excerpt);
    check_text(scl_text_str(&out),
               " 1 | ...aaaaaaabbbbbbbbbbbbbbbbbbbbbb...\n"
               "   |           ^^^^^^^^^^^^^^^^^^^^^^^^^\n",
               "cut with the window");
    scl_text_finish(&in);
    scl_text_finish(&out);
}

static void
a_wide_character_that_is_cut_leaves_a_blank(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("[a]日本語日本語日本語日本語日本語日本語日本語"),
          " 1 | a日本語日本語日本語日本語日本語 ...\n   | ^\n" },
        { SCL_STR("[日]本語日本語日本語日本語日本語日本語日本語"),
          " 1 | 日本語日本語日本語日本語日本語日...\n   | ^^\n" },
    };

    check_rows(state, rows, COUNT(rows), 40);
}

/* As the report's page shows it, of JSON without line ends. */
static void
a_mark_far_from_the_start_is_centred(void **state)
{
    static const struct row rows[] = {
        { SCL_STR("{\"ociVersion\":\"1.2.0\",\"process\":{\"user\":{\"uid\":0},"
                  "\"args\":[\"/bin/server\","
                  "\"--verbose=info\",\"--name=web-1234\",\"--listen=:8080\"],\"cwd\":\"/\","
                  "<\"noNewPrivileges\":false>,\"oomScoreAdj\":-900},"
                  "\"root\":{\"path\":\"rootfs\"}}"),
          " 1 | ...sten=:8080\"],\"cwd\":\"/\",\"noNewPrivileges\":false,"
          "\"oomScoreAdj\":-900},\"r...\n"
          "   |                           ^^^^^^^^^^^^^^^^^^^^^^^\n" },
    };
    char plain[400];
    struct scl_text out = { 0 };
    struct marked marked = { .masks.count = 0 };
    struct scl_excerpt excerpt;
    size_t len = 0;

    for (size_t i = 0; i < rows[0].text.len; i++) {
        if (rows[0].text.at[i] == '<')
            marked.span.offset = (uint32_t)len;
        else if (rows[0].text.at[i] == '>')
            marked.span.length = (uint32_t)len - marked.span.offset;
        else
            plain[len++] = rows[0].text.at[i];
    }
    assert_true(scl_source_init(&marked.source, *state, SCL_S("f"), scl_str_n(plain, len)));
    excerpt = excerpt_of(&marked, 80);
    scl_excerpt_add(&out, &excerpt);
    check_text(scl_text_str(&out), rows[0].expected, "a window of 75 columns");
    scl_text_finish(&out);
}

static void
the_gutter_is_as_wide_as_its_largest_number(void **state)
{
    static const struct {
        uint32_t lines;
        uint32_t gutter;
    } rows[] = { { 1, 2 }, { 9, 2 }, { 99, 2 }, { 100, 3 }, { 999, 3 }, { 1000, 4 }, { 12345, 5 } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text in = { 0 }, out = { 0 }, expected = { 0 };
        struct scl_excerpt excerpt;
        struct marked marked;

        scl_text_fill(&in, '\n', rows[i].lines - 1);
        scl_text_c(&in, "[x]");
        read_marked(*state, scl_text_str(&in), &marked);
        check_number(scl_excerpt_gutter(&marked.source, marked.span), rows[i].gutter, "columns");
        excerpt = excerpt_of(&marked, 80);
        scl_excerpt_add(&out, &excerpt);
        scl_text_f(&expected, "%2u | x\n%*s | ^\n", (unsigned)rows[i].lines, (int)rows[i].gutter,
                   "");
        check_text(scl_text_str(&out), expected.at, "a wide number");
        scl_text_finish(&in);
        scl_text_finish(&out);
        scl_text_finish(&expected);
    }
    check_number(scl_excerpt_gutter(NULL, (struct scl_span){ 0, 0 }), 2, "no source");
}

static void
signs_colours_and_ascii_are_as_asked(void **state)
{
    struct scl_text out = { 0 };
    struct scl_excerpt excerpt;
    struct marked marked;

    read_marked(*state, SCL_S("é [x]"), &marked);
    excerpt = excerpt_of(&marked, 80);
    excerpt.sign = '-';
    excerpt.color = excerpt.ascii = true;
    scl_excerpt_add(&out, &excerpt);
    check_text(scl_text_str(&out),
               "\033[34m 1 |\033[0m <U+00E9> x\n\033[34m   |\033[0m          \033[31m-\033[0m\n",
               "a dash");
    scl_text_clear(&out);
    excerpt.source = NULL;
    scl_excerpt_add(&out, &excerpt);
    check_text(scl_text_str(&out), "", "a document without lines");
    scl_text_finish(&out);
}

/* Many places of a line of 2 MiB: measuring all of it for each takes far longer. */
static void
a_line_without_end_costs_no_more_than_its_window(void **state)
{
    static const char *const pieces[] = { "\"k\": 1, ", "日本, ", "\xff\xfe", "\t", "e\xcc\x81",
                                          "\xcc\x81" };
    enum { SIZE = 2 << 20, PLACES = 200 };

    for (size_t p = 0; p < COUNT(pieces); p++) {
        char *text = scl_arena_alloc(*state, SIZE);
        struct scl_str piece = scl_str_c(pieces[p]);
        struct scl_text out = { 0 };
        struct marked marked = { .masks.count = 0 };
        clock_t start = clock();

        for (size_t i = 0; i < SIZE; i++)
            text[i] = piece.at[i % piece.len];
        assert_true(scl_source_init(&marked.source, *state, SCL_S("f"), scl_str_n(text, SIZE)));
        for (uint32_t i = 0; i < PLACES; i++) {
            struct scl_excerpt excerpt;

            marked.span = (struct scl_span){ i * (SIZE / PLACES), i % 7 };
            excerpt = excerpt_of(&marked, 80);
            scl_text_clear(&out);
            scl_excerpt_add(&out, &excerpt);
            if (i % 10 == 0)
                assert_true(scl_utf8_is_valid(scl_text_str(&out)));
        }
        assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
        scl_text_finish(&out);
    }
}

SUITE(CASE(a_place_in_a_line_is_underlined), CASE(a_place_without_length_gets_one_mark),
      CASE(tabs_and_wide_characters_take_their_columns),
      CASE(what_a_terminal_must_not_see_is_spelled),
      CASE(secrets_show_as_a_mask_that_the_mark_covers),
      CASE(several_lines_have_a_bar_and_no_mark),
      CASE(long_lines_are_cut_to_a_window_around_the_mark),
      CASE(a_window_shows_ten_columns_before_a_wide_mark),
      CASE(a_wide_character_that_is_cut_leaves_a_blank), CASE(a_mark_far_from_the_start_is_centred),
      CASE(the_gutter_is_as_wide_as_its_largest_number),
      CASE(signs_colours_and_ascii_are_as_asked),
      CASE(a_line_without_end_costs_no_more_than_its_window))
