/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number.h: decimal numbers as text, taken exactly
 *
 * `[+-]digits[.digits][e[+-]digits]`, where digits may be missing on one side of the point (`.5`),
 * as JSON, YAML and command lines write them. No binary fraction stands in between: 0.1 is a tenth.
 */
#ifndef SCL_SYNTAX_NUMBER_H
#define SCL_SYNTAX_NUMBER_H

#include "base/str.h"

/* A whole number however it is written (5, 5.0, 5e0); false for any other, or beyond int64_t. */
bool scl_number_int(struct scl_str text, int64_t *ret_value);
/* A number in billionths, the nearest where it is not exact (halves away from zero); false for what
 * is no number, or beyond int64_t, which is some 9.2e9. */
bool scl_number_nano(struct scl_str text, int64_t *ret_nano, bool *ret_exact);

#endif
