/* SPDX-License-Identifier: Apache-2.0 */
/*
 * companions.h: other files that a document is read with
 *
 * A format asks for a companion by its path. What the client gave becomes a file of the document;
 * what it did not tell of is named as missing, so that it can be given and the document read again.
 *
 * What lies in a folder no path can name: a path that ends in a slash asks for the names of the
 * files in it, a text with one a line. A format asks for those that it wants by their own paths.
 */
#ifndef SCL_FORMATS_COMPANIONS_H
#define SCL_FORMATS_COMPANIONS_H

#include "formats/input.h"

enum scl_companion_answer {
    SCL_COMPANION_UNTOLD, /* whether it exists is not known */
    SCL_COMPANION_ABSENT,
    SCL_COMPANION_GIVEN
};

/* What the client told of the companion at `path`, relative to the folder of the document's name;
 * of one that was given, `*ret_file` is its number among the files of the document. Asked again,
 * the answer is the same. */
enum scl_companion_answer scl_companion_read(struct scl_document *d, const struct scl_input *input,
                                             struct scl_str path, uint16_t *ret_file);

#endif
