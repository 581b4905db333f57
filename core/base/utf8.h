/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8.h: code points in bytes
 */
#ifndef SCL_BASE_UTF8_H
#define SCL_BASE_UTF8_H

#include "base/text.h"

enum { SCL_UTF8_BAD = -1 };

/* The code point at `at` of `len` > 0 bytes and its length in bytes; SCL_UTF8_BAD and 1 where the
 * bytes are none (RFC 3629: shortest form, no surrogates, up to U+10FFFF). */
int32_t scl_utf8_decode(const char *at, size_t len, size_t *ret_bytes);
/* Writes a code point in 1 to 4 bytes and returns how many. */
size_t scl_utf8_encode(uint32_t code, char ret_bytes[4]);
bool scl_utf8_is_valid(struct scl_str str);
/* Adds `str` with U+FFFD for each bad byte. */
void scl_utf8_add_valid(struct scl_text *text, struct scl_str str);
/* The longest start of `str` of at most `len` bytes that cuts no code point. */
struct scl_str scl_utf8_cut(struct scl_str str, size_t len);

#endif
