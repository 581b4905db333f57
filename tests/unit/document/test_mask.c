/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_mask.c: eight asterisks for whatever is secret
 */
#include "../test.h"

#include "document/mask.h"

#define TOKEN "ghp_" "0123456789abcdefghijABCDEFGHIJ012345"

static const struct scl_mask *
make_mask(void **state, const char *const *strings, uint32_t count)
{
    const struct scl_secrets *secrets = scl_secrets_new(*state, scl_facts_builtin(), NULL);
    struct scl_str list[16];
    const struct scl_mask *mask;

    assert_true(count <= COUNT(list));
    for (uint32_t i = 0; i < count; i++)
        list[i] = scl_str_c(strings[i]);
    mask = scl_mask_new(*state, secrets, list, count);
    assert_non_null(mask);
    return mask;
}

static void
check_masked(const struct scl_mask *mask, const char *text, const char *expected)
{
    struct scl_text once, twice;

    scl_text_init(&once);
    scl_text_init(&twice);
    scl_mask_apply(mask, scl_str_c(text), &once);
    check_text(scl_text_str(&once), expected, text);
    scl_mask_apply(mask, scl_text_str(&once), &twice);
    check_text(scl_text_str(&twice), expected, "masking twice");
    check_number(scl_mask_text_is_clean(mask, scl_str_c(text)), strcmp(text, expected) == 0, text);
    assert_true(scl_mask_text_is_clean(mask, scl_text_str(&once)));
    scl_text_finish(&once);
    scl_text_finish(&twice);
}

static void
every_occurrence_is_eight_asterisks(void **state)
{
    static const char *const strings[] = { "hunter2", "s3cr3t-and-longer", "s3cr3t", "cr3t-and",
                                           "abab",    "hunter2" };
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));

    check_masked(mask, "", "");
    check_masked(mask, "nothing here", "nothing here");
    check_masked(mask, "hunter2", "********");
    check_masked(mask, "<hunter2> and hunter2!", "<********> and ********!");
    check_masked(mask, "hunter hunter", "hunter hunter");
    check_masked(mask, "hunterhunter2", "hunter********");
    check_masked(mask, "s3cr3t", "********");
    check_masked(mask, "s3cr3t-and-longer", "********");
    check_masked(mask, "s3cr3t-and-longe", "********-longe"); /* two that overlap */
    check_masked(mask, "s3cr3t-an", "********-an");
    check_masked(mask, "xcr3t-and", "x********");
    check_masked(mask, "abababab", "********");
    check_masked(mask, "hunter2hunter2", "********"); /* two that touch */
    check_masked(mask, "hunter2 hunter2", "******** ********");
    check_masked(mask, "********hunter2", "****************");
}

static void
what_would_hide_everything_is_not_looked_for(void **state)
{
    static const char *const strings[] = {
        "", "abc", "true", "8080", "12345", "null", "${DB}", "xxxxxx", "  ab ", "********", "*****",
    };
    static const char *const kept[] = { "abcd", "123456", " pass word\n", "1234a" };
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));
    const char *text = "abc true 8080 12345 null ${DB} xxxxxx   ab  ******** *****";

    check_masked(mask, text, text);
    mask = make_mask(state, kept, COUNT(kept));
    check_masked(mask, "abcd 123456 pass word 1234a", "******** ******** ******** ********");
}

static void
asterisks_in_a_secret_leave_masks_alone(void **state)
{
    static const char *const strings[] = {
        "*abcd*", "SECRET", "left********right", "mid**dle", "********qrst",
    };
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));

    check_masked(mask, "*abcd*", "**********");
    check_masked(mask, "SECRETabcd", "********");
    check_masked(mask, "SECRET*abcd", "*****************");
    check_masked(mask, "leftSECRETright", "********"); /* all three of them touch */
    check_masked(mask, "midSECRETdle", "mid********dle");
    check_masked(mask, "mid**dle", "********");
    check_masked(mask, "SECRETqrst", "********");
}

static void
strings_of_several_lines_and_quoted_ones_are_hidden(void **state)
{
    static const char *const strings[] = { "first line of it\nshort\nsecond line of it\n",
                                           "pa\"ss\\word", "tab\there" };
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));

    check_masked(mask, "a: first line of it\nshort\nsecond line of it!", "a: ********!");
    check_masked(mask, "x second line of it y", "x ******** y");
    check_masked(mask, "short", "short");
    check_masked(mask, "\"first line of it\\nshort\\nsecond line of it\\n\"", "\"********\\n\"");
    check_masked(mask, "pa\"ss\\word", "********");
    check_masked(mask, "value: \"pa\\\"ss\\\\word\"", "value: \"********\"");
    check_masked(mask, "tab\\there", "********");
    check_masked(mask, "\\\"pa\\\\\\\"ss\\\\\\\\word\\\"", "\\\"********\\\"");
    check_masked(mask, "tab\\\\there", "********");
}

static void
tokens_are_hidden_though_nobody_named_them(void **state)
{
    static const char *const strings[] = { "prefix-of-it", "0123456789abc" };
    const struct scl_mask *none = make_mask(state, NULL, 0);
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));

    check_masked(none, "token " TOKEN " here", "token ******** here");
    check_masked(none, "postgres://app:tiger9@db/x", "postgres://app:********@db/x");
    check_masked(none, "x" TOKEN, "x" TOKEN); /* in a word it is none */
    check_masked(mask, "prefix-of-it " TOKEN, "******** ********");
    check_masked(mask, TOKEN, "********"); /* though a part of it is hidden besides */
}

static void
tokens_that_a_mask_sets_free_are_hidden_too(void **state)
{
    static const char *const strings[] = { "named9secret" };
    const struct scl_mask *mask = make_mask(state, strings, 1);
    struct scl_text text, masked;

    check_masked(mask, "named9secret" TOKEN, "****************");
    scl_text_init(&text);
    scl_text_init(&masked);
    for (int i = 0; i < 40; i++) /* each is too long until the one behind it is hidden */
        scl_text_c(&text, "AIza" "0123456789abcdefghijABCDEFGHIJ0123-");
    scl_text_c(&text, "named9secret");
    scl_mask_apply(mask, scl_text_str(&text), &masked);
    assert_true(scl_mask_text_is_clean(mask, scl_text_str(&masked)));
    scl_text_finish(&text);
    scl_text_finish(&masked);
}

static void
nothing_is_looked_for_without_strings_and_tables(void **state)
{
    const struct scl_mask *mask = scl_mask_new(*state, NULL, NULL, 0);
    struct scl_mask_file file;

    check_masked(mask, "token " TOKEN, "token " TOKEN);
    assert_true(scl_mask_file(mask, *state, SCL_S(TOKEN), NULL, 0, &file));
    assert_int_equal(file.count, 0);
}

static void
check_spans(const struct scl_mask_file *file, uint32_t offset, uint32_t length,
            const char *expected)
{
    const struct scl_span *spans;
    uint32_t count = scl_mask_spans(file, (struct scl_span){ offset, length }, &spans);
    char text[200] = "";

    for (uint32_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u+%u", i ? " " : "",
                 spans[i].offset, spans[i].length);
    check_text(scl_str_c(text), expected, "spans");
}

static void
a_file_tells_its_secret_bytes(void **state)
{
    static const char *const strings[] = { "hunter2" };
    static const char text[] = "FROM x\n"                  /* 0 */
                               "ENV A=hunter2 B=pa\\ ss\n" /* 7: 13+7, 23+6 */
                               "ARG T=" TOKEN "\n"         /* 30: 36+40 */
                               "ENV hunter2=hunter2\n";    /* 77: 81+7, 89+7 */
    static const struct scl_span known[] = { { 89, 7 }, { 23, 6 }, { 5, 0 }, { 13, 3 } };
    const struct scl_mask *mask = make_mask(state, strings, 1);
    struct scl_mask_file file;

    assert_true(scl_mask_file(mask, *state, scl_str_c(text), known, COUNT(known), &file));
    check_spans(&file, 0, sizeof text - 1, "13+7 23+6 36+40 81+7 89+7");
    check_spans(&file, 0, 7, "");
    check_spans(&file, 7, 22, "13+7 23+6");
    check_spans(&file, 0, 13, "");
    check_spans(&file, 0, 14, "13+7");
    check_spans(&file, 19, 1, "13+7");
    check_spans(&file, 20, 3, "");
    check_spans(&file, 40, 1, "36+40");
    check_spans(&file, 76, 1, "");
    check_spans(&file, 96, 1, "");
    assert_true(scl_mask_file(mask, *state, SCL_S(""), NULL, 0, &file));
    check_spans(&file, 0, 0, "");
}

/* A mask of strings by brute force: what any of them covers, as one run. */
static void
hide_slowly(const char *const *strings, size_t count, const char *text, char *ret)
{
    size_t len = strlen(text);
    char covered[64] = { 0 };

    for (size_t at = 0; at < len; at++)
        for (size_t i = 0; i < count; i++)
            if (strncmp(text + at, strings[i], strlen(strings[i])) == 0)
                memset(covered + at, 1, strlen(strings[i]));
    for (size_t at = 0; at < len; at++) {
        if (!covered[at])
            *ret++ = text[at];
        else if (at == 0 || !covered[at - 1])
            for (int star = 0; star < 8; star++)
                *ret++ = '*';
    }
    *ret = '\0';
}

static void
the_automaton_agrees_with_brute_force(void **state)
{
    static const char *const strings[] = { "abca", "bcab", "aabb", "abcabcab", "ccca", "cabcc",
                                           "bbbba" };
    const struct scl_mask *mask = make_mask(state, strings, COUNT(strings));
    uint32_t random = 1;

    for (int round = 0; round < 5000; round++) {
        char text[41], expected[400];

        for (size_t i = 0; i + 1 < sizeof text; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = (char)('a' + (random >> 24) % 3);
        }
        text[sizeof text - 1] = '\0';
        hide_slowly(strings, COUNT(strings), text, expected);
        check_masked(mask, text, expected);
    }
}

static void
many_and_long_strings_take_linear_time(void **state)
{
    enum { COUNT_OF_STRINGS = 50000 };
    const struct scl_secrets *secrets = scl_secrets_new(*state, scl_facts_builtin(), NULL);
    struct scl_str *strings = scl_arena_array(*state, COUNT_OF_STRINGS, sizeof *strings);
    const struct scl_mask *mask;
    struct scl_text text, masked;

    scl_text_init(&text);
    scl_text_init(&masked);
    for (uint32_t i = 0; i < COUNT_OF_STRINGS; i++) {
        char *bytes = scl_arena_alloc(*state, 16);

        snprintf(bytes, 16, "value-%u-x", i);
        strings[i] = scl_str_c(bytes);
        scl_text_f(&text, "value-%u-x value-%u-y ", i, i);
    }
    scl_text_fill(&text, 'a', 500000);
    strings[0] = scl_str_n(text.at + text.len - 250000, 249999);
    scl_text_char(&text, 'b');
    strings[1] = scl_str_n(text.at + text.len - 250000, 250000);
    mask = scl_mask_new(*state, secrets, strings, COUNT_OF_STRINGS);
    assert_non_null(mask);
    scl_mask_apply(mask, scl_text_str(&text), &masked);
    assert_false(masked.failed);
    assert_int_equal(scl_str_find(scl_text_str(&masked), SCL_S("value-77-x")), SIZE_MAX);
    assert_true(scl_str_find(scl_text_str(&masked), SCL_S("value-77-y")) != SIZE_MAX);
    scl_text_finish(&text);
    scl_text_finish(&masked);
}

static void
no_memory_is_told(void **state)
{
    struct scl_arena *arena = *state;
    const struct scl_str string = SCL_STR("hunter2");
    struct scl_mask_file file;
    const struct scl_mask *mask = scl_mask_new(arena, NULL, &string, 1);

    arena->failed = true;
    assert_null(scl_mask_new(arena, NULL, &string, 1));
    assert_false(scl_mask_file(mask, arena, string, NULL, 0, &file));
}

SUITE(
    CASE(every_occurrence_is_eight_asterisks),
    CASE(what_would_hide_everything_is_not_looked_for),
    CASE(asterisks_in_a_secret_leave_masks_alone),
    CASE(strings_of_several_lines_and_quoted_ones_are_hidden),
    CASE(tokens_are_hidden_though_nobody_named_them),
    CASE(tokens_that_a_mask_sets_free_are_hidden_too),
    CASE(nothing_is_looked_for_without_strings_and_tables),
    CASE(a_file_tells_its_secret_bytes),
    CASE(the_automaton_agrees_with_brute_force),
    CASE(many_and_long_strings_take_linear_time),
    CASE(no_memory_is_told))
