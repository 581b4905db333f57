/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap.c: text in lines of a width
 */
#include "report/wrap.h"

#include "report/escape.h"

/* Cuts blanks, or what is no blank, off the start. */
static struct scl_str
cut_run(struct scl_str *rest, bool of_blanks)
{
    size_t end = 0;
    struct scl_str run;

    while (end < rest->len && (rest->at[end] == ' ') == of_blanks)
        end++;
    run = scl_str_sub(*rest, 0, end);
    *rest = scl_str_sub(*rest, end, rest->len);
    return run;
}

void
scl_wrap_add(struct scl_text *out, struct scl_str escaped, uint32_t indent, uint32_t width)
{
    uint32_t column = indent;

    cut_run(&escaped, true);
    for (struct scl_str blanks = { "", 0 }; escaped.len; blanks = cut_run(&escaped, true)) {
        struct scl_str word = cut_run(&escaped, false);
        uint32_t columns = scl_escape_width(word);

        if (word.len == 0)
            continue;
        if (column > indent && column + blanks.len + columns > width) {
            scl_text_char(out, '\n');
            scl_text_fill(out, ' ', indent);
            column = indent;
        } else {
            scl_text_add(out, blanks);
            column += (uint32_t)blanks.len;
        }
        scl_text_add(out, word);
        column += columns;
    }
}
