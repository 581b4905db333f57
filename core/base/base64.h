/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base64.h: bytes from text (RFC 4648)
 */
#ifndef SCL_BASE_BASE64_H
#define SCL_BASE_BASE64_H

#include "base/arena.h"
#include "base/str.h"

/* Decodes either alphabet, with or without padding; blanks and line ends between are skipped, as
 * PEM has them. False for anything else, and without memory. */
bool scl_base64_decode(struct scl_arena *arena, struct scl_str text, struct scl_str *ret);

#endif
