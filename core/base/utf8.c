/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8.c: code points in bytes
 */
#include "base/utf8.h"

static const int32_t least_of_length[] = { 0, 0, 0x80, 0x800, 0x10000 };

int32_t
scl_utf8_decode(const char *at, size_t len, size_t *ret_bytes)
{
    unsigned char first = (unsigned char)at[0];
    size_t bytes = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    int32_t code = bytes == 1 ? first : first & (0x7f >> bytes);

    *ret_bytes = 1;
    if (bytes == 0 || bytes > len || first > 0xf4)
        return SCL_UTF8_BAD;
    for (size_t i = 1; i < bytes; i++) {
        if (((unsigned char)at[i] & 0xc0) != 0x80)
            return SCL_UTF8_BAD;
        code = code << 6 | ((unsigned char)at[i] & 0x3f);
    }
    if (code < least_of_length[bytes] || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
        return SCL_UTF8_BAD;
    *ret_bytes = bytes;
    return code;
}

size_t
scl_utf8_encode(uint32_t code, char ret_bytes[4])
{
    size_t bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    for (size_t i = bytes - 1; i > 0; i--, code >>= 6)
        ret_bytes[i] = (char)(0x80 | (code & 0x3f));
    ret_bytes[0] = (char)(bytes == 1 ? code : (0xf00u >> bytes & 0xff) | code);
    return bytes;
}

bool
scl_utf8_is_valid(struct scl_str str)
{
    size_t bytes;

    for (size_t i = 0; i < str.len; i += bytes)
        if (scl_utf8_decode(str.at + i, str.len - i, &bytes) == SCL_UTF8_BAD)
            return false;
    return true;
}

void
scl_utf8_add_valid(struct scl_text *text, struct scl_str str)
{
    size_t from = 0, bytes;

    for (size_t i = 0; i < str.len; i += bytes) {
        if (scl_utf8_decode(str.at + i, str.len - i, &bytes) != SCL_UTF8_BAD)
            continue;
        scl_text_add(text, scl_str_sub(str, from, i - from));
        scl_text_c(text, "\xef\xbf\xbd");
        from = i + 1;
    }
    scl_text_add(text, scl_str_sub(str, from, str.len));
}

struct scl_str
scl_utf8_cut(struct scl_str str, size_t len)
{
    if (str.len <= len)
        return str;
    while (len > 0 && ((unsigned char)str.at[len] & 0xc0) == 0x80)
        len--;
    return scl_str_sub(str, 0, len);
}
