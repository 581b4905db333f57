/* SPDX-License-Identifier: Apache-2.0 */
/*
 * detect.h: of which format an input is
 *
 * The hint decides; else the name, where it can be of one format only; else the content. What
 * nobody claims, and what several do, is said in a note and never guessed.
 */
#ifndef SCL_FORMATS_DETECT_H
#define SCL_FORMATS_DETECT_H

#include "formats/format.h"

struct scl_detection {
    const struct scl_format *format; /* NULL: a note says why */
    const struct scl_tree *root;     /* of a format in JSON or YAML */
};

/* `is_textual` is false where NULs make it doubtful that this is a text at all: then only hint and
 * name count. The text is that of the document. */
void scl_detect(struct scl_document *d, const struct scl_input *input, bool is_textual,
                struct scl_detection *ret);

#endif
