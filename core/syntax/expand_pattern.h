/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_pattern.h: the patterns of `${name#pattern}` and its like
 *
 * `*` any characters, `?` one, neither of them a line end; `\*`, `\?`, `\\`, `\}` and `\/` stand
 * for the sign itself, no other escape is valid, and there are no brackets.
 */
#ifndef SCL_SYNTAX_EXPAND_PATTERN_H
#define SCL_SYNTAX_EXPAND_PATTERN_H

#include "base/arena.h"
#include "base/str.h"

/* A row of code points, of a text or of a pattern; in one of these: SCL_PATTERN_ANY and _STAR. */
struct scl_runes {
    uint32_t *at;
    uint32_t count;
};

enum { SCL_PATTERN_ANY = 0x110000, SCL_PATTERN_STAR = 0x110001 };

struct scl_match {
    uint32_t start, end; /* in code points */
};

/* The code points of a text, U+FFFD for a bad byte. False only without memory. */
bool scl_runes_decode(struct scl_arena *arena, struct scl_str text, struct scl_runes *ret);
/* Last to first. */
void scl_runes_reverse(struct scl_runes *runes);
/* Turns a row of code points into a pattern, in place. False: an escape is not valid. */
bool scl_pattern_compile(struct scl_runes *runes);

/* Whether the text begins with the pattern; the longest such beginning where `is_greedy`, else the
 * shortest. `*steps` counts down; what does not fit it is no match. */
bool scl_pattern_begins(const struct scl_runes *pattern, const struct scl_runes *text,
                        bool is_greedy, uint64_t *steps, struct scl_match *ret);
/* The first place at or after `from` where the pattern matches, and the longest match there. */
bool scl_pattern_find(const struct scl_runes *pattern, const struct scl_runes *text, uint32_t from,
                      uint64_t *steps, struct scl_match *ret);

#endif
