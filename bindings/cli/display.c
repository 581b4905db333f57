/* SPDX-License-Identifier: Apache-2.0 */
/*
 * display.c: bytes of others as what a terminal may be sent
 *
 * Widths come from a table of our own, never from the locale: the same bytes are shown alike
 * everywhere. Ranges are sorted and searched by halving.
 */
#include "display.h"

#include <stdint.h>
#include <string.h>

enum { TAB_STOP = 4 };

struct range {
    uint32_t first, last;
};

/* C0, DEL, C1, soft hyphen, zero width, bidirectional controls, line separators, U+FEFF, tags. */
static const struct range hidden[] = {
    { 0x00, 0x1F },     { 0x7F, 0x9F },     { 0xAD, 0xAD },     { 0x61C, 0x61C },
    { 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
    { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
};

static const struct range combining[] = {
    { 0x300, 0x36F },   { 0x483, 0x489 },   { 0x591, 0x5BD },   { 0x610, 0x61A },
    { 0x64B, 0x65F },   { 0x6D6, 0x6DC },   { 0x900, 0x902 },   { 0x93C, 0x93C },
    { 0x941, 0x948 },   { 0x94D, 0x94D },   { 0xE31, 0xE31 },   { 0xE34, 0xE3A },
    { 0xE47, 0xE4E },   { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF },
    { 0x302A, 0x302D }, { 0x3099, 0x309A }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
    { 0xE0100, 0xE01EF },
};

static const struct range wide[] = {
    { 0x1100, 0x115F },   { 0x231A, 0x231B },   { 0x23E9, 0x23EC },   { 0x2E80, 0x303E },
    { 0x3041, 0x3247 },   { 0x3250, 0x4DBF },   { 0x4E00, 0xA4CF },   { 0xA960, 0xA97C },
    { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },   { 0xFE10, 0xFE19 },   { 0xFE30, 0xFE6B },
    { 0xFF01, 0xFF60 },   { 0xFFE0, 0xFFE6 },   { 0x16FE0, 0x1B2FB }, { 0x1F300, 0x1F320 },
    { 0x1F32D, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F7E0, 0x1F7EB }, { 0x1F90C, 0x1FAFF },
    { 0x20000, 0x3FFFD },
};

static bool
is_in(const struct range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (code > ranges[middle].last)
            low = middle + 1;
        else if (code < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

#define IS_IN(ranges, code) is_in(ranges, sizeof(ranges) / sizeof *(ranges), code)

/* Reads one character; 0 bytes where there is none in UTF-8's shortest form. */
static size_t
decode(const char *at, size_t length, uint32_t *ret_code)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char first = (unsigned char)at[0];
    size_t need = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    uint32_t code = need == 1 ? first : first & (0x7Fu >> need);

    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || need > length)
        return 0;
    for (size_t i = 1; i < need; i++) {
        if (((unsigned char)at[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | ((unsigned char)at[i] & 0x3Fu);
    }
    if (code < least[need] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    *ret_code = code;
    return need;
}

size_t
cli_glyph_of(const char *at, size_t length, bool is_ascii, unsigned column,
             struct cli_glyph *ret_glyph)
{
    uint32_t code = 0;
    size_t taken = decode(at, length, &code);

    if (taken == 0) {
        snprintf(ret_glyph->text, sizeof ret_glyph->text, "<%02X>", (unsigned char)at[0]);
        ret_glyph->width = 4;
        return 1;
    }
    if (code == '\t' && column != (unsigned)-1) {
        ret_glyph->width = TAB_STOP - column % TAB_STOP;
        snprintf(ret_glyph->text, sizeof ret_glyph->text, "%*s", (int)ret_glyph->width, "");
        return 1;
    }
    if (IS_IN(hidden, code) || (is_ascii && code >= 0x80)) {
        int written =
            snprintf(ret_glyph->text, sizeof ret_glyph->text, "<U+%04lX>", (unsigned long)code);

        ret_glyph->width = (unsigned)written;
        return taken;
    }
    memcpy(ret_glyph->text, at, taken);
    ret_glyph->text[taken] = '\0';
    ret_glyph->width = IS_IN(combining, code) ? 0 : IS_IN(wide, code) ? 2 : 1;
    return taken;
}

void
cli_display(FILE *stream, const char *at, size_t length, bool is_ascii)
{
    for (size_t i = 0; i < length;) {
        struct cli_glyph glyph;

        if (at[i] == '\n' || at[i] == '\r') {
            fputc(' ', stream);
            i += at[i] == '\r' && i + 1 < length && at[i + 1] == '\n' ? 2 : 1;
            continue;
        }
        i += cli_glyph_of(at + i, length - i, is_ascii, (unsigned)-1, &glyph);
        fputs(glyph.text, stream);
    }
}

const char *
cli_number(char buffer[CLI_NUMBER_SIZE], unsigned long long number)
{
    char *at = buffer + CLI_NUMBER_SIZE - 1;
    int digits = 0;

    *at = '\0';
    do {
        if (digits && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + number % 10);
        number /= 10;
        digits++;
    } while (number);
    return at;
}
