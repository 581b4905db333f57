/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blank.h: what becomes of a verdict when a field is not known
 */
#ifndef SCL_ENGINE_BLANK_H
#define SCL_ENGINE_BLANK_H

#include "engine/evaluate.h"

/* The fields that runs read, while examples are judged. */
struct scl_read {
    uint32_t document; /* index in the project */
    struct scl_node node;
};

struct scl_read_log {
    struct scl_arena *arena;
    SCL_VEC(struct scl_read) list;
};

/* Remembers what the run just made has read. False without memory. */
bool scl_read_log_add(struct scl_read_log *log, const struct scl_evaluation *e);

/* Judges again, once for each of the fields that the log has, which seems unknown then. What fails
 * must not pass, what passes must not fail: `*ret` is the first field of which that is not so, of
 * object 0 where there is none. False with the error set. */
bool scl_blank_fields(struct scantling_project *project, const struct scl_read_log *log, bool fails,
                      struct scl_read *ret, scantling_error **error);

#endif
