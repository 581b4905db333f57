/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base64.c: bytes from text
 */
#include "base/base64.h"

static int
value_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (scl_is_digit(byte))
        return byte - '0' + 52;
    if (byte == '+' || byte == '-')
        return 62;
    return byte == '/' || byte == '_' ? 63 : -1;
}

bool
scl_base64_decode(struct scl_arena *arena, struct scl_str text, struct scl_str *ret)
{
    char *out;
    uint32_t bits = 0;
    unsigned count = 0;
    size_t length = 0;

    text = scl_str_trim(text);
    while (text.len && text.at[text.len - 1] == '=')
        text.len--;
    out = scl_arena_alloc(arena, text.len / 4 * 3 + 3);
    for (size_t i = 0; out && i < text.len; i++) {
        int value = value_of(text.at[i]);

        if (text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == ' ')
            continue;
        if (value < 0)
            return false;
        bits = (bits << 6 | (uint32_t)value) & 0xffffff;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        out[length++] = (char)(bits >> count & 0xff);
    }
    *ret = scl_str_n(out, length);
    return out != NULL;
}
