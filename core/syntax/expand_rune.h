/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_rune.h: what BuildKit takes for blanks and letters
 *
 * Most of the Dockerfile language counts every Unicode blank as one, and names of variables may
 * hold letters of any script.
 */
#ifndef SCL_SYNTAX_EXPAND_RUNE_H
#define SCL_SYNTAX_EXPAND_RUNE_H

#include "base/arena.h"
#include "base/str.h"

/* The same for bytes that are not ASCII. */
size_t scl_rune_wide_blank(const char *at, size_t len);

/* How many bytes the blank at `at` has, of `len` that are there; 0: it is none. */
static inline size_t
scl_rune_blank(const char *at, size_t len)
{
    if (len == 0)
        return 0;
    if ((unsigned char)*at >= 0x80)
        return scl_rune_wide_blank(at, len);
    return *at == ' ' || (*at >= '\t' && *at <= '\r');
}

struct scl_str scl_rune_trim_left(struct scl_str str);
/* Without blanks at both ends. */
struct scl_str scl_rune_trim(struct scl_str str);
/* A letter, a digit or `_`. What is beyond ASCII counts where it lies in no block of signs. */
bool scl_rune_is_name(int32_t code);
/* The text itself where it is valid UTF-8, else a copy with U+FFFD for each bad byte. */
struct scl_str scl_rune_valid(struct scl_arena *arena, struct scl_str str);

#endif
