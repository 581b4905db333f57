/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.h: images in tar archives
 */
#ifndef SCL_FORMATS_ARCHIVE_H
#define SCL_FORMATS_ARCHIVE_H

#include "formats/input.h"

/* Whether an input is an archive that is looked into: by its first bytes, unless it was said to be
 * of a format that is no archive. */
bool scl_is_archive(const struct scl_input *input);
/* Makes the subjects of an archive. `what` says how it begins, as "tar archive". The bytes of the
 * archive itself are no text of the document. */
void scl_archive_lower(struct scl_document *d, const struct scl_input *input, const char *what);

#endif
