/* SPDX-License-Identifier: Apache-2.0 */
/*
 * joint.h: numbers that lead from the view of one document into those of others
 *
 * Links join documents, and each has its own view. Within a project every object, file and origin
 * of every document has a number besides its own, so that a view can hand out what lies in another
 * without copying it: a node, a place and a value say themselves where they belong.
 *
 * Invariants: what lies in the document of a view has its own number there, never the other; so a
 * thing has one number in a view, whichever way led to it. A joint does not change once the views
 * are made.
 */
#ifndef SCL_DOCUMENT_JOINT_H
#define SCL_DOCUMENT_JOINT_H

#include "document/view.h"

enum {
    SCL_FILE_FOREIGN = 1 << 16,   /* files from here on are those of other documents */
    SCL_FILE_LIMIT = 1 << 20,
    SCL_OBJECT_FOREIGN = 1 << 24, /* objects likewise */
    SCL_OBJECT_LIMIT = 1 << 28,
    /* Objects from here on are what was not given: one for each field that links to it. */
    SCL_OBJECT_NOT_GIVEN = SCL_OBJECT_FOREIGN - (1 << SCL_FIELD_BITS)
};
#define SCL_ORIGIN_FOREIGN (UINT32_C(1) << 31)

/* Where the numbers of a document begin. */
struct scl_joint_part {
    const struct scl_document *document;
    const struct scl_view *view;
    uint32_t first_object, first_file, first_origin;
};

struct scl_joint {
    struct scl_joint_part *parts; /* by document, and a last one */
    uint32_t count;
};

static inline bool
scl_object_is_given(uint32_t object)
{
    return object < SCL_OBJECT_NOT_GIVEN || object >= SCL_OBJECT_FOREIGN;
}

/* Whether a number is that of an object, whoever made it up, if it is one of another document. */
bool scl_joint_has(const struct scl_view *view, uint32_t object);
/* The number of an object of document `index`, as the view has it. */
uint32_t scl_joint_object(const struct scl_view *view, uint32_t index, uint32_t object);
/* The document of an object of a view, and its own number there. */
const struct scl_document *scl_joint_document(const struct scl_view *view, uint32_t *object);
/* The same of a file: its document, or SCANTLING_NONE for that of the view. */
uint32_t scl_joint_file(const struct scl_view *view, uint32_t *file);
/* What a place in the document of an object is in the view: its files begin at this number. */
uint32_t scl_joint_first_file(const struct scl_view *view, uint32_t object);

#endif
