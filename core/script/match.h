/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.h: Lua's patterns, bounded
 *
 * The language of string.find and its kin with its captures, `%b`, `%f` and back references. Every
 * comparison of an item with a byte is a step that is charged, and items nest 200 deep at most.
 */
#ifndef SCL_SCRIPT_MATCH_H
#define SCL_SCRIPT_MATCH_H

#include "base/str.h"

#include <lua.h>
#include <stdbool.h>

enum { SCL_CAPTURES_MAX = 32 };

struct scl_capture {
    uint32_t start;
    int32_t len; /* or one of the two below */
};

enum { SCL_CAPTURE_OPEN = -1, SCL_CAPTURE_POSITION = -2 };

struct scl_matcher {
    lua_State *L;
    const char *name; /* of the function, for messages */
    struct scl_str text, pattern;
    uint32_t steps;   /* made and not yet charged */
    uint32_t depth;
    uint32_t count;   /* of captures */
    struct scl_capture captures[SCL_CAPTURES_MAX];
};

void scl_matcher_init(struct scl_matcher *matcher, lua_State *L, const char *name,
                      struct scl_str text, struct scl_str pattern);
/* Matches the pattern at `start` exactly; where the match ends, or -1. A `^` in front is not part
 * of the pattern here. */
int64_t scl_matcher_run(struct scl_matcher *matcher, size_t start);
/* Charges what was not charged yet; to be called before the matcher is left. */
void scl_matcher_finish(struct scl_matcher *matcher);
/* Pushes capture `index` from 0; with no captures, 0 is the whole match. */
void scl_matcher_push(struct scl_matcher *matcher, uint32_t index, size_t start, size_t end);
/* Pushes all captures, or the whole match where there are none and `whole`; how many. */
int scl_matcher_push_all(struct scl_matcher *matcher, size_t start, size_t end, bool whole);

#endif
