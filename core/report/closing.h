/* SPDX-License-Identifier: Apache-2.0 */
/*
 * closing.h: the lines that close a text report
 */
#ifndef SCL_REPORT_CLOSING_H
#define SCL_REPORT_CLOSING_H

#include "report/entry.h"

void scl_closing_add(const struct scl_entries *entries, const struct scl_render_options *options,
                     struct scl_text *out);
/* Adds a number with commas: 1,884. */
void scl_number_add(uint64_t number, struct scl_text *out);

#endif
