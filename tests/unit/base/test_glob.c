/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_glob.c: patterns of names and paths
 */
#include "../test.h"

#include "base/glob.h"

static void
patterns_fit_as_their_header_says(void **state)
{
    static const struct { const char *pattern, *text; bool fits;
    } rows[] = {
        { "", "", true },
        { "", "a", false },
        { "a", "a", true },
        { "a", "A", false },
        { "*", "", true },
        { "*", "abc", true },
        { "*", "a/b", false },
        { "**", "a/b", true },
        { "a*c", "abbc", true },
        { "a*c", "ab", false },
        { "a**c", "a/b/c", true },
        { "*/b", "a/b", true },
        { "**/b", "x/a/b", true },
        { "**/b", "b", true },
        { "**/b", "ab", false },
        { "a/**/b", "a/b", true },
        { "a/**/b", "a/x/y/b", true },
        { "a/**/b", "a/xb", false },
        { "a/**/**/b", "a/b", true },
        { "a/**/*.c", "a/x.c", true },
        { "a**/b", "ab", false },
        { "a**/b", "ax/b", true },
        { "{a/**,c}/b", "a/b", true },
        { "**/", "", true },
        { "a/**", "a", false },
        { "?", "a", true },
        { "?", "/", false },
        { "?", "", false },
        { "a?c", "abc", true },
        { "[abc]", "b", true },
        { "[abc]", "d", false },
        { "[a-c]x", "bx", true },
        { "[!a-c]", "d", true },
        { "[!a-c]", "b", false },
        { "[^a]", "b", true },
        { "[]]", "]", true },
        { "[a", "[a", true },
        { "[!/]", "/", false },
        { "[a-]", "-", true },
        { "{a,b}", "a", true },
        { "{a,b}", "b", true },
        { "{a,b}", "c", false },
        { "x{a,bc}y", "xbcy", true },
        { "{a,{b,c}}d", "cd", true },
        { "{,a}b", "b", true },
        { "{a*,b}c", "axxc", true },
        { "{a,b", "{a,b", true },
        { "a{b}", "ab", true },
        { "\\*", "*", true },
        { "\\*", "a", false },
        { "a\\", "a\\", true },
        { "{a\\,b}", "a,b", true },
        { "*.tar.{gz,xz}", "a.b.tar.xz", true },
        { "node:*-slim", "node:22-slim", true },
        { "python*", "python3.11", true },
        { "*a*b*c", "xxaxxbxxc", true },
        { "*a*b*c", "xxaxxbxx", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(scl_glob_match(scl_str_c(rows[i].pattern), scl_str_c(rows[i].text), NULL),
                     rows[i].fits ? SCL_GLOB_YES : SCL_GLOB_NO, rows[i].pattern);
}

static void
steps_bound_the_work(void **state)
{
    char pattern[128], text[256];
    uint64_t steps = 5000;

    (void)state;
    for (size_t i = 0; i + 1 < sizeof pattern; i += 2)
        memcpy(pattern + i, "*a", 2);
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    check_number(scl_glob_match(scl_str_n(pattern, sizeof pattern), scl_str_n(text, sizeof text),
                                &steps),
                 SCL_GLOB_EXHAUSTED, "a pattern that tries everything");
    check_number(steps, 0, "what is left");
}

static void
deep_patterns_end_without_a_deep_stack(void **state)
{
    char pattern[4000];
    uint64_t steps = 1000000;

    (void)state;
    memset(pattern, '{', sizeof pattern / 2);
    memset(pattern + sizeof pattern / 2, '}', sizeof pattern / 2);
    check_number(scl_glob_match(scl_str_n(pattern, sizeof pattern), SCL_S("x"), &steps) ==
                     SCL_GLOB_YES,
                 0, "braces in braces");
}

SUITE(
    CASE(patterns_fit_as_their_header_says),
    CASE(steps_bound_the_work),
    CASE(deep_patterns_end_without_a_deep_stack))
