/* SPDX-License-Identifier: Apache-2.0 */
/*
 * joined.h: all documents of a project as one, for policies across documents
 *
 * A document with the files and the objects of all, and a last subject, the project, whose lists
 * lead to the subjects of each kind. It is made for one judging. Texts are those of the documents,
 * which outlive it.
 *
 * Invariants: documents stand in the order of their names, whatever the order they were given in;
 * what a part has, from its first file, object and subject on, is what its document has from its
 * first.
 */
#ifndef SCL_ENGINE_JOINED_H
#define SCL_ENGINE_JOINED_H

#include "engine/project.h"

struct scl_joined_part {
    uint32_t index; /* of the document in the project */
    uint32_t first_file, first_origin, first_object, first_subject;
};

struct scl_joined {
    const struct scl_project_document *documents; /* of the project */
    struct scl_document *document;
    struct scl_link *links; /* in the numbers of the joined document */
    bool is_cut; /* there is too much to be one: it has the first documents alone */
    struct scl_joined_part *parts;
    uint32_t count;
};

/* Of one document at least. False without memory. */
bool scl_joined_make(const struct scantling_project *project, struct scl_joined *ret);
void scl_joined_finish(struct scl_joined *joined);
/* The part that a file is of. */
const struct scl_joined_part *scl_joined_file(const struct scl_joined *joined, uint32_t file);

#endif
