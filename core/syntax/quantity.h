/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quantity.h: amounts as Kubernetes writes them
 *
 * A decimal number and what it is multiplied by: `n u m k M G T P E` are powers of 1000, `Ki Mi Gi
 * Ti Pi Ei` of 1024, `e3` and `E3` of 10. A suffix is never divided from its number, and its case
 * counts: `128m` is an eighth of one byte.
 */
#ifndef SCL_SYNTAX_QUANTITY_H
#define SCL_SYNTAX_QUANTITY_H

#include "base/str.h"

/* In whole units, a part of one rounded up; false for what is no quantity, or beyond int64_t. */
bool scl_quantity_int(struct scl_str text, int64_t *ret_value);
/* In billionths, rounded up; false for what is no quantity, or beyond int64_t. */
bool scl_quantity_nano(struct scl_str text, int64_t *ret_nano);

#endif
