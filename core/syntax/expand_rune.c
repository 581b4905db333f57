/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_rune.c: what BuildKit takes for blanks and letters
 *
 * Blanks beyond ASCII are few, so their bytes are compared; no table of letters is kept, because a
 * name of a variable that is not ASCII is rare and one that ends at an odd sign rarer.
 */
#include "syntax/expand_rune.h"

#include "base/utf8.h"

#include <string.h>

struct range {
    int32_t first, last;
};

/* Blocks without letters: signs, marks, private use, surrogates. */
static const struct range signs[] = {
    { 0x80, 0xa9 },     { 0xab, 0xb4 },     { 0xb6, 0xb9 },     { 0xbb, 0xbf },
    { 0xd7, 0xd7 },     { 0xf7, 0xf7 },     { 0x2c2, 0x2c5 },   { 0x300, 0x36f },
    { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x2000, 0x2070 }, { 0x2080, 0x208f },
    { 0x20a0, 0x2101 }, { 0x2190, 0x2bff }, { 0x2e00, 0x2e2e }, { 0x2e30, 0x3004 },
    { 0x3008, 0x3030 }, { 0xd800, 0xf8ff }, { 0xfe00, 0xfe6f }, { 0xfeff, 0xff0f },
    { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 }, { 0xff5b, 0xff65 }, { 0xffe0, 0xffff },
    { 0x1f000, 0x1faff }, { 0xe0000, 0x10ffff },
};

size_t
scl_rune_wide_blank(const char *at, size_t len)
{
    unsigned char first = (unsigned char)at[0];
    unsigned char second = len > 1 ? (unsigned char)at[1] : 0;
    unsigned char third = len > 2 ? (unsigned char)at[2] : 0;

    if (first == 0xc2)
        return second == 0x85 || second == 0xa0 ? 2 : 0;
    if (first == 0xe1)
        return second == 0x9a && third == 0x80 ? 3 : 0;
    if (first == 0xe3)
        return second == 0x80 && third == 0x80 ? 3 : 0;
    if (first != 0xe2)
        return 0;
    if (second == 0x81)
        return third == 0x9f ? 3 : 0;
    if (second != 0x80 || third < 0x80)
        return 0;
    return third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf ? 3 : 0;
}

struct scl_str
scl_rune_trim_left(struct scl_str str)
{
    size_t width;

    while ((width = scl_rune_blank(str.at, str.len)) > 0)
        str = scl_str_sub(str, width, str.len);
    return str;
}

struct scl_str
scl_rune_trim(struct scl_str str)
{
    str = scl_rune_trim_left(str);
    for (;;) {
        if (str.len && scl_is_blank(str.at[str.len - 1]))
            str.len--;
        else if (str.len >= 2 && scl_rune_blank(str.at + str.len - 2, 2) == 2)
            str.len -= 2;
        else if (str.len >= 3 && scl_rune_blank(str.at + str.len - 3, 3) == 3)
            str.len -= 3;
        else
            return str;
    }
}

bool
scl_rune_is_name(int32_t code)
{
    size_t low = 0, high = sizeof signs / sizeof signs[0];

    if (code < 0x80)
        return code > 0 && (scl_is_alnum((char)code) || code == '_');
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (signs[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low == sizeof signs / sizeof signs[0] || code < signs[low].first;
}

struct scl_str
scl_rune_valid(struct scl_arena *arena, struct scl_str str)
{
    struct scl_text text = { 0 };
    char *copy = NULL;

    if (scl_utf8_is_valid(str))
        return str;
    scl_utf8_add_valid(&text, str);
    if (!text.failed)
        copy = scl_arena_copy(arena, text.at, text.len);
    if (copy)
        str = scl_str_n(copy, text.len);
    else
        arena->failed = true;
    scl_text_finish(&text);
    return str;
}
