/* SPDX-License-Identifier: Apache-2.0 */
/*
 * str.c: slices of text that somebody else owns
 *
 * Nothing here depends on the locale: letters are ASCII letters.
 */
#include "base/str.h"

#include <string.h>

struct scl_str
scl_str_c(const char *text)
{
    return (struct scl_str){ text, text ? strlen(text) : 0 };
}

struct scl_str
scl_str_n(const char *at, size_t len)
{
    return (struct scl_str){ at, len };
}

struct scl_str
scl_str_sub(struct scl_str str, size_t start, size_t len)
{
    if (start > str.len)
        start = str.len;
    if (len > str.len - start)
        len = str.len - start;
    return (struct scl_str){ str.at ? str.at + start : NULL, len };
}

bool
scl_str_same(struct scl_str a, struct scl_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
scl_str_same_nocase(struct scl_str a, struct scl_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (scl_lower(a.at[i]) != scl_lower(b.at[i]))
            return false;
    return true;
}

bool
scl_str_is(struct scl_str str, const char *text)
{
    return scl_str_same(str, scl_str_c(text));
}

bool
scl_str_is_nocase(struct scl_str str, const char *text)
{
    return scl_str_same_nocase(str, scl_str_c(text));
}

int
scl_str_compare(struct scl_str a, struct scl_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.at, b.at, len) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool
scl_str_starts(struct scl_str str, struct scl_str prefix)
{
    return str.len >= prefix.len && (prefix.len == 0 || memcmp(str.at, prefix.at, prefix.len) == 0);
}

bool
scl_str_ends(struct scl_str str, struct scl_str suffix)
{
    return str.len >= suffix.len &&
           scl_str_same(scl_str_sub(str, str.len - suffix.len, suffix.len), suffix);
}

size_t
scl_str_find(struct scl_str str, struct scl_str piece)
{
    size_t last;

    if (piece.len == 0)
        return 0;
    if (str.len < piece.len)
        return SIZE_MAX;
    last = str.len - piece.len;
    for (size_t i = 0; i <= last; i++) {
        const char *hit = memchr(str.at + i, piece.at[0], last - i + 1);

        if (!hit)
            return SIZE_MAX;
        i = (size_t)(hit - str.at);
        if (memcmp(hit, piece.at, piece.len) == 0)
            return i;
    }
    return SIZE_MAX;
}

size_t
scl_str_find_char(struct scl_str str, char byte)
{
    const char *hit = str.len ? memchr(str.at, byte, str.len) : NULL;

    return hit ? (size_t)(hit - str.at) : SIZE_MAX;
}

size_t
scl_str_find_last(struct scl_str str, char byte)
{
    for (size_t i = str.len; i > 0; i--)
        if (str.at[i - 1] == byte)
            return i - 1;
    return SIZE_MAX;
}

struct scl_str
scl_str_trim(struct scl_str str)
{
    while (str.len && scl_is_blank(str.at[0]))
        str.at++, str.len--;
    while (str.len && scl_is_blank(str.at[str.len - 1]))
        str.len--;
    return str;
}

bool
scl_str_cut(struct scl_str *rest, char byte, struct scl_str *ret_piece)
{
    size_t end;

    if (!rest->at)
        return false;
    end = scl_str_find_char(*rest, byte);
    if (end == SIZE_MAX) {
        *ret_piece = *rest;
        *rest = (struct scl_str){ NULL, 0 };
        return true;
    }
    *ret_piece = scl_str_sub(*rest, 0, end);
    *rest = scl_str_sub(*rest, end + 1, rest->len);
    return true;
}

bool
scl_str_int(struct scl_str str, int64_t *ret_value)
{
    bool negative = str.len && str.at[0] == '-';
    size_t i = negative;
    uint64_t value = 0, limit = (uint64_t)INT64_MAX + negative;

    if (i == str.len)
        return false;
    for (; i < str.len; i++) {
        unsigned digit = (unsigned)(unsigned char)str.at[i] - '0';

        if (digit > 9 || value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *ret_value = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

bool
scl_is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

bool
scl_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool
scl_is_alpha(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool
scl_is_alnum(char byte)
{
    return scl_is_alpha(byte) || scl_is_digit(byte);
}

char
scl_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

char
scl_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - ('a' - 'A')) : byte;
}
