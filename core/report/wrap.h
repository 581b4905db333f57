/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap.h: text in lines of a width
 */
#ifndef SCL_REPORT_WRAP_H
#define SCL_REPORT_WRAP_H

#include "base/text.h"

/* Adds an escaped text that begins in column `indent` of a line begun already, and goes on there in
 * each further line. It is broken at blanks alone: a word wider than the room stands out. No line
 * end after it. */
void scl_wrap_add(struct scl_text *out, struct scl_str escaped, uint32_t indent, uint32_t width);

#endif
