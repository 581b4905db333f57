/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carets.h: the places that examples expect findings at
 *
 * A line of carets under a line of an example is the place, a part of the message may follow it;
 * it is taken out before the text is read.
 */
#ifndef SCL_ENGINE_CARETS_H
#define SCL_ENGINE_CARETS_H

#include "engine/project.h"
#include "script/load.h"

struct scl_caret {
    struct scl_str path;
    uint32_t line, column, end_column;
    struct scl_str message;
};

struct scl_carets {
    SCL_VEC(struct scl_caret) list;
};

/* Takes the lines of carets out of the text of a file and appends them. False without memory. */
bool scl_carets_take(struct scl_carets *carets, struct scl_arena *arena,
                     const struct scl_example_file *file, struct scl_str *ret_text);
/* Whether a failing finding covers exactly the carets (the first line of it, where it has several)
 * and its message has the part. */
bool scl_caret_is_met(const struct scl_caret *caret, const struct scantling_report *report);

#endif
