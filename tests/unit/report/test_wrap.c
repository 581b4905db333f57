/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_wrap.c: texts in lines of a width, numbers and colours
 */
#include "../test.h"

#include "report/closing.h"
#include "report/paint.h"
#include "report/wrap.h"

static void
texts_wrap_at_blanks_under_themselves(void **state)
{
    static const struct {
        const char *text;
        uint32_t indent, width;
        const char *expected;
    } rows[] = {
        { "", 4, 20, "" },
        { "one", 4, 20, "one" },
        { "one two", 4, 11, "one two" },
        { "one two", 4, 10, "one\n    two" },
        { "one two three", 0, 7, "one two\nthree" },
        { "one two three", 2, 9, "one two\n  three" },
        { "a b c d e f", 2, 5, "a b\n  c d\n  e f" },
        { "unbreakableword", 4, 10, "unbreakableword" },
        { "a unbreakableword b", 4, 10, "a\n    unbreakableword\n    b" },
        { "  leading", 2, 20, "leading" },
        { "trailing  ", 2, 20, "trailing" },
        { "in  side", 2, 20, "in  side" },
        { "in  side", 2, 8, "in\n  side" },
        { "   ", 2, 8, "" },
        { "日本 日本", 0, 9, "日本 日本" },
        { "日本 日本", 0, 8, "日本\n日本" },
        { "e\xcc\x81" "e\xcc\x81 ab", 0, 5, "e\xcc\x81" "e\xcc\x81 ab" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        scl_wrap_add(&out, scl_str_c(rows[i].text), rows[i].indent, rows[i].width);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].text);
        scl_text_finish(&out);
    }
}

static void
a_long_text_wraps_in_linear_time(void **state)
{
    struct scl_text in = { 0 }, out = { 0 };
    size_t lines = 1;

    (void)state;
    for (int i = 0; i < 200000; i++)
        scl_text_c(&in, "word ");
    scl_wrap_add(&out, scl_text_str(&in), 14, 80);
    for (size_t i = 0; i < out.len; i++)
        lines += out.at[i] == '\n';
    check_number(lines, (200000 + 12) / 13, "thirteen words of five columns a line");
    scl_text_finish(&in);
    scl_text_finish(&out);
}

static void
numbers_have_commas(void **state)
{
    static const struct {
        uint64_t number;
        const char *expected;
    } rows[] = {
        { 0, "0" },
        { 7, "7" },
        { 999, "999" },
        { 1000, "1,000" },
        { 12345, "12,345" },
        { 999999, "999,999" },
        { 1000000, "1,000,000" },
        { UINT64_MAX, "18,446,744,073,709,551,615" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        scl_number_add(rows[i].number, &out);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].expected);
        scl_text_finish(&out);
    }
}

static void
roles_have_colours_where_they_are_wanted(void **state)
{
    static const struct {
        enum scl_role role;
        const char *expected;
    } rows[] = {
        { SCL_ROLE_PLAIN, "x" },
        { SCL_ROLE_ALARM, "\033[1;31mx\033[0m" },
        { SCL_ROLE_HIGH, "\033[31mx\033[0m" },
        { SCL_ROLE_MEDIUM, "\033[33mx\033[0m" },
        { SCL_ROLE_LOW, "\033[36mx\033[0m" },
        { SCL_ROLE_DOUBT, "\033[35mx\033[0m" },
        { SCL_ROLE_GUTTER, "\033[34mx\033[0m" },
        { SCL_ROLE_STRONG, "\033[1mx\033[0m" },
        { SCL_ROLE_GOOD, "\033[32mx\033[0m" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        scl_paint(&out, true, rows[i].role, SCL_S("x"));
        check_text(scl_text_str(&out), rows[i].expected, "with colour");
        scl_text_clear(&out);
        scl_paint(&out, false, rows[i].role, SCL_S("x"));
        check_text(scl_text_str(&out), "x", "without");
        scl_text_clear(&out);
        scl_paint(&out, true, rows[i].role, SCL_S(""));
        check_text(scl_text_str(&out), "", "of nothing");
        scl_text_finish(&out);
    }
    check_number(scl_role_of_severity(SCANTLING_SEVERITY_CRITICAL), SCL_ROLE_ALARM, "critical");
    check_number(scl_role_of_severity(SCANTLING_SEVERITY_HIGH), SCL_ROLE_HIGH, "high");
    check_number(scl_role_of_severity(SCANTLING_SEVERITY_MEDIUM), SCL_ROLE_MEDIUM, "medium");
    check_number(scl_role_of_severity(SCANTLING_SEVERITY_LOW), SCL_ROLE_LOW, "low");
    check_number(scl_role_of_severity(SCANTLING_SEVERITY_INFO), SCL_ROLE_LOW, "info");
}

SUITE(CASE(texts_wrap_at_blanks_under_themselves), CASE(a_long_text_wraps_in_linear_time),
      CASE(numbers_have_commas), CASE(roles_have_colours_where_they_are_wanted))
