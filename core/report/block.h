/* SPDX-License-Identifier: Apache-2.0 */
/*
 * block.h: one finding, or one note, at length
 */
#ifndef SCL_REPORT_BLOCK_H
#define SCL_REPORT_BLOCK_H

#include "report/entry.h"

/* Adds what is wrong, where, why and what to do, with a line end after each row. */
void scl_block_add(const struct scl_entries *entries, const struct scl_entry *entry,
                   const struct scl_render_options *options, struct scl_text *out);

/* Adds only the values that a finding rests on, what it misses and what helps. */
void scl_block_add_reasons(const struct scl_entries *entries, const struct scl_entry *entry,
                           const struct scl_render_options *options, struct scl_text *out);

#endif
