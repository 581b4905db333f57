/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore.h: ignore patterns, of .dockerignore files and of --exclude
 *
 * As moby/patternmatcher reads and matches them, oddities included: patterns count in their order,
 * each hits a path or any folder above it, and the last one that hits decides; `!` takes a path
 * back. `\x` is x itself, letters and digits too. A pattern that cannot be matched leaves an error
 * note and is left out.
 */
#ifndef SCL_SYNTAX_IGNORE_H
#define SCL_SYNTAX_IGNORE_H

#include "base/note.h"

enum scl_ignore_kind { /* how a pattern is matched */
    SCL_IGNORE_EXACT,
    SCL_IGNORE_PREFIX,  /* it ends in its only wildcard, `**` */
    SCL_IGNORE_SUFFIX,  /* it begins with its only wildcard, `**` */
    SCL_IGNORE_PATTERN
};

struct scl_ignore_step;

struct scl_ignore_pattern {
    struct scl_str text;  /* clean, without `!` */
    struct scl_span span; /* as it is written, with `!`, without blanks around it */
    enum scl_ignore_kind kind;
    bool is_exclusion; /* it begins with `!` */
    const struct scl_ignore_step *steps; /* of SCL_IGNORE_PATTERN */
    uint32_t step_count;
};

struct scl_ignore {
    SCL_VEC(struct scl_ignore_pattern) patterns;
    bool is_cut; /* reading ended before the end of the file */
};

enum {
    SCL_IGNORE_LONGEST_LINE = 65535,
    SCL_IGNORE_MOST_PATTERNS = 100000, /* of a file */
    SCL_IGNORE_LONGEST_PATH = 4096, /* longer ones are nowhere, and are not excluded */
    SCL_IGNORE_MOST_STEPS = 4096    /* of one pattern */
};

/* The patterns of a file, one a line. False only without memory. */
bool scl_ignore_read(struct scl_arena *arena, const struct scl_source *source,
                     struct scl_notes *notes, struct scl_ignore *ret);
/* Adds one pattern, as an option gives it. False only without memory. */
bool scl_ignore_add(struct scl_arena *arena, struct scl_ignore *ignore, struct scl_str text,
                    struct scl_span span, struct scl_notes *notes);
/* Whether a path is ignored; it is clean (`a/b`), perhaps with a `/` at its end, and relative to
 * the context, whose root `.` never is. `ret_pattern`, which may be NULL, gets the pattern that
 * decided, or NULL where none hits. Takes no memory. */
bool scl_ignore_excludes(const struct scl_ignore *ignore, struct scl_str path,
                         const struct scl_ignore_pattern **ret_pattern);

#endif
