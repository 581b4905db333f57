/* SPDX-License-Identifier: Apache-2.0 */
/*
 * held.h: what holds when an instruction of a build starts
 *
 * A scope has a dozen fields and changes in one or two of them at a time, so that a document keeps
 * the changes: each has the new value, and for every field which change set it last. An instruction
 * has the number of the change before it. A field is read in one step, however long the file.
 */
#ifndef SCL_DOCUMENT_HELD_H
#define SCL_DOCUMENT_HELD_H

#include "document/document.h"

enum {
    SCL_HELD_FIRST = SCL_INSTRUCTION_SCOPE_USER,
    SCL_HELD_COUNT = SCL_INSTRUCTION_SCOPE_GROUPS - SCL_HELD_FIRST + 1
};

struct scl_held {
    uint32_t latest[SCL_HELD_COUNT]; /* numbers of changes; 0: none */
    struct scl_value value;
};

/* Notes that a field of the scope has another value from now on; `before` is the number of the
 * change before. The number of this one; `before` without memory. */
uint32_t scl_held_change(struct scl_document *d, uint32_t before, const struct scl_value *value);

/* The value of a field of the scope that an instruction starts in, or NULL. */
const struct scl_value *scl_held_value(const struct scl_document *d, uint32_t instruction,
                                       unsigned field);

#endif
