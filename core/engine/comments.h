/* SPDX-License-Identifier: Apache-2.0 */
/*
 * comments.h: comments that suppress findings, as they are written
 */
#ifndef SCL_ENGINE_COMMENTS_H
#define SCL_ENGINE_COMMENTS_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum scl_comment_scope { SCL_COMMENT_NEXT, SCL_COMMENT_STAGE, SCL_COMMENT_FILE };

struct scl_request {
    const char *tool;   /* whose comment it is, "hadolint"; NULL: ours */
    bool is_all;        /* every id that the tool has is meant */
    enum scl_comment_scope scope;
    SCL_VEC(struct scl_str) names; /* as written, of another tool as we write its ids */
    struct scl_str until, reason;
    struct scl_str problem, help; /* what is not understood; of length 0: nothing */
};

/* Reads the text of a comment behind its mark; false: it suppresses nothing, and was not meant to.
 * `is_directive` as in struct scl_comment. */
bool scl_request_read(struct scl_arena *arena, struct scl_str text, bool is_directive,
                      struct scl_request *ret);

#endif
