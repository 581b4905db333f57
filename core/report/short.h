/* SPDX-License-Identifier: Apache-2.0 */
/*
 * short.h: one line each
 */
#ifndef SCL_REPORT_SHORT_H
#define SCL_REPORT_SHORT_H

#include "report/entry.h"

/* Adds `PATH:LINE:COLUMN: SEVERITY: MESSAGE [CODE SLUG]` and a line end. */
void scl_short_add(const struct scl_entries *entries, const struct scl_entry *entry,
                   const struct scl_render_options *options, struct scl_text *out);

#endif
