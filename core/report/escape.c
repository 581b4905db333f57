/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape.c: bytes of others as what a terminal may be sent
 */
#include "report/escape.h"

#include "base/utf8.h"
#include "report/width.h"

#include <string.h>

enum { DOTS = 3 };

/* Writes `<U+202E>`, or `<FF>` for a byte alone. */
static void
spell(uint32_t code, bool is_byte, struct scl_glyph *ret)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned count = is_byte ? 2 : 4;
    size_t at = 0;

    while (count < 8 && code >> (4 * count))
        count++;
    ret->text[at++] = '<';
    if (!is_byte) {
        ret->text[at++] = 'U';
        ret->text[at++] = '+';
    }
    while (count--)
        ret->text[at++] = digits[code >> (4 * count) & 15];
    ret->text[at++] = '>';
    ret->len = ret->width = (uint8_t)at;
}

size_t
scl_glyph_read(struct scl_str text, size_t at, bool ascii, struct scl_glyph *ret)
{
    size_t bytes;
    int32_t code = scl_utf8_decode(text.at + at, text.len - at, &bytes);

    if (code == SCL_UTF8_BAD) {
        spell((unsigned char)text.at[at], true, ret);
    } else if ((ascii && code > 0x7f) || scl_width_is_hidden((uint32_t)code)) {
        spell((uint32_t)code, false, ret);
    } else {
        memcpy(ret->text, text.at + at, bytes);
        ret->len = (uint8_t)bytes;
        ret->width = (uint8_t)scl_width((uint32_t)code);
    }
    return bytes;
}

/* The same in a text of one line. */
static size_t
read_inline(struct scl_str text, size_t at, bool ascii, struct scl_glyph *ret)
{
    if (text.at[at] != '\n' && text.at[at] != '\r')
        return scl_glyph_read(text, at, ascii, ret);
    *ret = (struct scl_glyph){ .text = " ", .len = 1, .width = 1 };
    return text.at[at] == '\r' && at + 1 < text.len && text.at[at + 1] == '\n' ? 2 : 1;
}

/* The bytes from `at` on that are shown as they are. */
static size_t
plain_run(struct scl_str text, size_t at)
{
    size_t end = at;

    while (end < text.len && text.at[end] >= ' ' && text.at[end] < 0x7f)
        end++;
    return end - at;
}

void
scl_escape_add(struct scl_text *out, struct scl_str text, bool ascii)
{
    size_t at = 0;

    while (at < text.len) {
        size_t plain = plain_run(text, at);
        struct scl_glyph glyph;

        scl_text_add(out, scl_str_sub(text, at, plain));
        at += plain;
        if (at == text.len)
            break;
        at += read_inline(text, at, ascii, &glyph);
        scl_text_add(out, scl_str_n(glyph.text, glyph.len));
    }
}

void
scl_escape_add_cut(struct scl_text *out, struct scl_str text, bool ascii, uint32_t columns)
{
    size_t cut = out->len;
    uint32_t column = 0;

    for (size_t at = 0; at < text.len;) {
        struct scl_glyph glyph;

        at += read_inline(text, at, ascii, &glyph);
        if (column + glyph.width > columns) {
            if (!out->failed)
                out->len = cut;
            scl_text_c(out, "...");
            return;
        }
        scl_text_add(out, scl_str_n(glyph.text, glyph.len));
        column += glyph.width;
        if (column + DOTS <= columns)
            cut = out->len;
    }
}

uint32_t
scl_escape_width(struct scl_str escaped)
{
    uint32_t width = 0;

    for (size_t at = 0; at < escaped.len;) {
        struct scl_glyph glyph;

        at += scl_glyph_read(escaped, at, false, &glyph);
        width += glyph.width;
    }
    return width;
}
