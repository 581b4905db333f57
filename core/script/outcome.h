/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outcome.h: how a run of Lua ended
 *
 * Plain bytes, so that an outcome outlives the state it came from. Messages are cut at a border of
 * UTF-8; control characters are kept, because each writer escapes for itself.
 */
#ifndef SCL_SCRIPT_OUTCOME_H
#define SCL_SCRIPT_OUTCOME_H

#include "base/str.h"

enum { SCL_MESSAGE_ROOM = 4096, SCL_CHUNK_ROOM = 1024, SCL_QUOTED_ROOM = 128 };

enum scl_outcome_kind {
    SCL_RUN_OK,
    SCL_RUN_ERROR,          /* an error was raised: `message` */
    SCL_RUN_LIMIT,          /* a limit was reached: `limit`, `limit_value`, `used`, `message` */
    SCL_RUN_UNKNOWN,        /* ended by scl_end_unknown */
    SCL_RUN_NOT_APPLICABLE, /* ended by scl_end_not_applicable */
    SCL_RUN_CANCELLED,      /* the host asked for an end */
    SCL_RUN_MEMORY          /* the host's own memory ran out, not the limit */
};

struct scl_outcome {
    enum scl_outcome_kind kind;
    int32_t limit;        /* SCANTLING_LIMIT_ of scantling.h, or 0 */
    uint64_t limit_value; /* in its own unit */
    uint64_t used;        /* what was used, or asked for, in the same unit */
    uint32_t line;        /* of the innermost Lua frame, from 1; 0: no place */
    struct scl_str message, chunk, quoted; /* slices of the bytes below */
    /* The message without its place; the chunk's name as it was given; the word that a syntax
     * error is near to, which the message holds in quotes. */
    char message_bytes[SCL_MESSAGE_ROOM];
    char chunk_bytes[SCL_CHUNK_ROOM];
    char quoted_bytes[SCL_QUOTED_ROOM];
};

/* An outcome of kind OK without a place. */
void scl_outcome_init(struct scl_outcome *outcome);
/* Copies, so that the slices point into the copy. */
void scl_outcome_copy(struct scl_outcome *outcome, const struct scl_outcome *from);
void scl_outcome_set_place(struct scl_outcome *outcome, struct scl_str chunk, uint32_t line);
void scl_outcome_set_message(struct scl_outcome *outcome, struct scl_str message);
/* Lua's words for what went wrong at run time, in the house's own. `place` is the prefix that Lua
 * may have written before them. */
void scl_outcome_set_raised(struct scl_outcome *outcome, struct scl_str message,
                            struct scl_str place);
/* What the parser said of a chunk of this name: "NAME:LINE: MESSAGE near 'WORD'" taken apart. */
void scl_outcome_set_syntax(struct scl_outcome *outcome, struct scl_str message,
                            struct scl_str name);

#endif
