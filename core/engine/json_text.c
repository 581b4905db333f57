/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_text.c: a text as a JSON string
 */
#include "engine/json_text.h"

#include "base/utf8.h"

void
scl_json_text(struct scl_text *out, struct scl_str text)
{
    size_t from = 0, bytes;

    scl_text_char(out, '"');
    for (size_t i = 0; i < text.len; i += bytes) {
        int32_t code = scl_utf8_decode(text.at + i, text.len - i, &bytes);

        if (code >= 0x20 && code != '"' && code != '\\')
            continue;
        scl_text_add(out, scl_str_sub(text, from, i - from));
        from = i + bytes;
        if (code == SCL_UTF8_BAD)
            scl_text_c(out, "\xef\xbf\xbd");
        else if (code == '"' || code == '\\')
            scl_text_f(out, "\\%c", (char)code);
        else if (code == '\n')
            scl_text_c(out, "\\n");
        else if (code == '\t')
            scl_text_c(out, "\\t");
        else
            scl_text_f(out, "\\u%04x", (unsigned)code);
    }
    scl_text_add(out, scl_str_sub(text, from, text.len));
    scl_text_char(out, '"');
}
