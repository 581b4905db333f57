/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sha256.h: the digest by which images name their parts (FIPS 180-4)
 */
#ifndef SCL_BASE_SHA256_H
#define SCL_BASE_SHA256_H

#include "base/str.h"

enum { SCL_SHA256_HEX = 64 };

/* The digest in lower-case hexadecimal digits, with a NUL after them. */
void scl_sha256_hex(struct scl_str bytes, char ret_hex[SCL_SHA256_HEX + 1]);

#endif
