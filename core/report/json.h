/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h: what is written as JSON
 *
 * Rows of a report are objects on a line of their own. What comes out is valid UTF-8 in which
 * characters that do not show are escaped.
 */
#ifndef SCL_REPORT_JSON_H
#define SCL_REPORT_JSON_H

#include "report/report.h"

/* Version of the library that writes JSON, as "2.14". */
const char *scl_json_library_version(void);
/* Adds a text in quotes; bytes that are not UTF-8 become U+FFFD. */
void scl_json_add_string(struct scl_text *out, struct scl_str text);
/* Adds a path in quotes, shown as everywhere. */
void scl_json_add_path(struct scl_text *out, struct scl_str path);
/* Adds one note of a document as an object, its text masked. */
void scl_json_add_note(struct scl_text *out, const struct scl_document *document,
                       const struct scl_note *note, const struct scl_mask *mask);

#endif
