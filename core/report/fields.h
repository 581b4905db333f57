/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.h: the schema and the formats in words
 */
#ifndef SCL_REPORT_FIELDS_H
#define SCL_REPORT_FIELDS_H

#include "base/error.h"
#include "base/text.h"

/* The fields of a type by its name, or of all kinds of subjects where none is named. Failure:
 * UNSUPPORTED with the nearest name. */
bool scl_fields_list(struct scl_str type, struct scl_text *out, scantling_error **error);
/* All about one field, as "container.user.uid". Failure: likewise, or MEMORY. */
bool scl_field_describe(struct scl_str path, struct scl_text *out, scantling_error **error);
/* The formats, a line each. It does not fail. */
bool scl_formats_list(struct scl_str none, struct scl_text *out, scantling_error **error);

#endif
