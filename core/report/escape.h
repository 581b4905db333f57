/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape.h: bytes of others as what a terminal may be sent
 *
 * What is hidden shows as `<U+202E>`, a byte that is not UTF-8 as `<FF>`, with `ascii` also every
 * other character than ASCII as `<U+65E5>`. What comes out is valid UTF-8 without controls.
 */
#ifndef SCL_REPORT_ESCAPE_H
#define SCL_REPORT_ESCAPE_H

#include "base/text.h"

enum { SCL_GLYPH_ROOM = 12 };

/* A character as it is shown. */
struct scl_glyph {
    char text[SCL_GLYPH_ROOM];
    uint8_t len;   /* bytes of it */
    uint8_t width; /* columns */
};

/* The character that begins at byte `at`; how many bytes it takes there. */
size_t scl_glyph_read(struct scl_str text, size_t at, bool ascii, struct scl_glyph *ret);

/* Adds a text of one line: a line end becomes one blank. */
void scl_escape_add(struct scl_text *out, struct scl_str text, bool ascii);
/* The same, cut to `columns` with `...` within them. */
void scl_escape_add_cut(struct scl_text *out, struct scl_str text, bool ascii, uint32_t columns);
/* Columns of a text that was escaped. */
uint32_t scl_escape_width(struct scl_str escaped);

#endif
