/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore_pattern.h: what the files of ignore patterns share
 */
#ifndef SCL_SYNTAX_IGNORE_PATTERN_H
#define SCL_SYNTAX_IGNORE_PATTERN_H

#include "base/text.h"
#include "syntax/ignore.h"

enum scl_ignore_step_kind {
    SCL_IGNORE_ONE,     /* a character of the ranges, or of none of them */
    SCL_IGNORE_MANY,    /* any number of those */
    SCL_IGNORE_START,   /* no character: the path begins here */
    SCL_IGNORE_OPTIONAL /* no character: the two steps behind it may be left out */
};

struct scl_ignore_step {
    const struct scl_ignore_range *ranges;
    uint32_t range_count;
    enum scl_ignore_step_kind kind;
    bool is_negated;
};

struct scl_ignore_range {
    int32_t first, last;
};

/* ignore_pattern.c */
/* Whether Go's filepath.Match takes the pattern. */
bool scl_ignore_is_pattern(struct scl_str pattern);
/* How a pattern is matched, and the expression that stands for it in moby. */
enum scl_ignore_kind scl_ignore_express(struct scl_str pattern, struct scl_text *expression);
enum scl_ignore_problem { SCL_IGNORE_FINE, SCL_IGNORE_BAD, SCL_IGNORE_LONG };
/* Makes the steps of an expression. */
enum scl_ignore_problem scl_ignore_compile(struct scl_arena *arena, struct scl_str expression,
                                           struct scl_ignore_pattern *pattern);

/* ignore_match.c: whether a pattern hits a path of at most SCL_IGNORE_LONGEST_PATH bytes, or a
 * folder above it */
bool scl_ignore_hits(const struct scl_ignore_pattern *pattern, struct scl_str path);

#endif
