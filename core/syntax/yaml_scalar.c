/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_scalar.c: what a plain scalar is
 *
 * The core schema of YAML 1.2: null, booleans in three ways of writing, whole numbers in base 10, 8
 * and 16, decimal numbers, infinities and what is no number; all else is a string. The text stays
 * as it is written, whatever the kind.
 */
#include "syntax/yaml_reader.h"

#define STANDARD_TAG "tag:yaml.org,2002:"

static const struct word {
    struct scl_str text;
    enum scl_tree_kind kind;
    bool is_true, is_old;
} words[] = {
    { SCL_STR(""), SCL_TREE_NULL, false, false },
    { SCL_STR("~"), SCL_TREE_NULL, false, false },
    { SCL_STR("null"), SCL_TREE_NULL, false, false },
    { SCL_STR("Null"), SCL_TREE_NULL, false, false },
    { SCL_STR("NULL"), SCL_TREE_NULL, false, false },
    { SCL_STR("true"), SCL_TREE_BOOL, true, false },
    { SCL_STR("True"), SCL_TREE_BOOL, true, false },
    { SCL_STR("TRUE"), SCL_TREE_BOOL, true, false },
    { SCL_STR("false"), SCL_TREE_BOOL, false, false },
    { SCL_STR("False"), SCL_TREE_BOOL, false, false },
    { SCL_STR("FALSE"), SCL_TREE_BOOL, false, false },
    { SCL_STR("y"), SCL_TREE_BOOL, true, true },
    { SCL_STR("Y"), SCL_TREE_BOOL, true, true },
    { SCL_STR("yes"), SCL_TREE_BOOL, true, true },
    { SCL_STR("Yes"), SCL_TREE_BOOL, true, true },
    { SCL_STR("YES"), SCL_TREE_BOOL, true, true },
    { SCL_STR("on"), SCL_TREE_BOOL, true, true },
    { SCL_STR("On"), SCL_TREE_BOOL, true, true },
    { SCL_STR("ON"), SCL_TREE_BOOL, true, true },
    { SCL_STR("n"), SCL_TREE_BOOL, false, true },
    { SCL_STR("N"), SCL_TREE_BOOL, false, true },
    { SCL_STR("no"), SCL_TREE_BOOL, false, true },
    { SCL_STR("No"), SCL_TREE_BOOL, false, true },
    { SCL_STR("NO"), SCL_TREE_BOOL, false, true },
    { SCL_STR("off"), SCL_TREE_BOOL, false, true },
    { SCL_STR("Off"), SCL_TREE_BOOL, false, true },
    { SCL_STR("OFF"), SCL_TREE_BOOL, false, true },
    { SCL_STR(".nan"), SCL_TREE_NUMBER, false, false },
    { SCL_STR(".NaN"), SCL_TREE_NUMBER, false, false },
    { SCL_STR(".NAN"), SCL_TREE_NUMBER, false, false },
};

enum { LONGEST_WORD = 5 };

/* Of standard tags: the kind that a text must have by itself, else it is a string. */
static const struct {
    const char *name;
    enum scl_tree_kind kind;
} tags[] = {
    { STANDARD_TAG "str", SCL_TREE_STRING },   { STANDARD_TAG "binary", SCL_TREE_STRING },
    { STANDARD_TAG "int", SCL_TREE_NUMBER },   { STANDARD_TAG "float", SCL_TREE_NUMBER },
    { STANDARD_TAG "bool", SCL_TREE_BOOL },    { STANDARD_TAG "null", SCL_TREE_NULL },
};

/* The value of a digit, 99 for what is none. */
static unsigned
digit_value(char byte)
{
    char lower = scl_lower(byte);

    if (scl_is_digit(byte))
        return (unsigned)(byte - '0');
    return lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a') + 10 : 99;
}

static size_t
count_digits(struct scl_str text, size_t from, unsigned base)
{
    size_t at = from;

    while (at < text.len && digit_value(text.at[at]) < base)
        at++;
    return at - from;
}

static bool
is_decimal(struct scl_str text)
{
    size_t at = text.at[0] == '-' || text.at[0] == '+', whole = count_digits(text, at, 10);
    size_t fraction = 0, exponent;

    at += whole;
    if (at < text.len && text.at[at] == '.') {
        fraction = count_digits(text, at + 1, 10);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.len && scl_lower(text.at[at]) == 'e') {
        at++;
        at += at < text.len && (text.at[at] == '-' || text.at[at] == '+');
        exponent = count_digits(text, at, 10);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.len;
}

static bool
is_infinity(struct scl_str text)
{
    struct scl_str rest = scl_str_sub(text, text.at[0] == '-' || text.at[0] == '+', text.len);

    return scl_str_is(rest, ".inf") || scl_str_is(rest, ".Inf") || scl_str_is(rest, ".INF");
}

static bool
is_number(struct scl_str text)
{
    if (text.len == 0)
        return false;
    if (scl_str_starts(text, SCL_S("0x")))
        return text.len > 2 && 2 + count_digits(text, 2, 16) == text.len;
    if (scl_str_starts(text, SCL_S("0o")))
        return text.len > 2 && 2 + count_digits(text, 2, 8) == text.len;
    return is_decimal(text) || is_infinity(text);
}

/* The kind of a text that is written without quotes. */
static enum scl_tree_kind
plain_kind(struct scl_str text, unsigned flags, bool *ret_is_true)
{
    if (text.len <= LONGEST_WORD) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (words[i].is_old && !(flags & SCL_YAML_OLD_BOOLS))
                continue;
            if (scl_str_same(words[i].text, text)) {
                *ret_is_true = words[i].is_true;
                return words[i].kind;
            }
        }
    }
    return is_number(text) ? SCL_TREE_NUMBER : SCL_TREE_STRING;
}

enum scl_tree_kind
scl_yaml_resolve(struct scl_str text, bool is_plain, const char *tag, unsigned flags,
                 bool *ret_is_true)
{
    enum scl_tree_kind natural = plain_kind(text, flags, ret_is_true);

    for (size_t i = 0; tag && i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].name, tag) == 0)
            return tags[i].kind == natural ? natural : SCL_TREE_STRING;
    return is_plain ? natural : SCL_TREE_STRING;
}

/* The base that a number is written in, and how many bytes say so. */
static unsigned
number_base(struct scl_str digits, size_t *ret_prefix)
{
    char mark = digits.len > 1 ? scl_lower(digits.at[1]) : '\0';

    *ret_prefix = 2;
    if (digits.len == 0 || digits.at[0] != '0')
        return 10;
    if (mark == 'x')
        return 16;
    if (mark == 'o')
        return 8;
    *ret_prefix = 1;
    return digits.len > 1 && 1 + count_digits(digits, 1, 8) == digits.len ? 8 : 10;
}

bool
scl_yaml_int(const struct scl_tree *node, int64_t *ret_value)
{
    struct scl_str text = node ? scl_tree_text(node) : SCL_S("");
    bool is_negative = text.len && text.at[0] == '-';
    struct scl_str digits = scl_str_sub(text, is_negative || (text.len && text.at[0] == '+'),
                                        text.len);
    size_t prefix;
    unsigned base = number_base(digits, &prefix);
    uint64_t value = 0, most = (uint64_t)INT64_MAX + is_negative;

    if (base == 10)
        return scl_tree_int(node, ret_value);
    if (node->kind != SCL_TREE_NUMBER || prefix == digits.len)
        return false;
    for (size_t i = prefix; i < digits.len; i++) {
        unsigned digit = digit_value(digits.at[i]);

        if (digit >= base || value > (most - digit) / base)
            return false;
        value = value * base + digit;
    }
    *ret_value = is_negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}
