/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_read.h: fields of the model from JSON, by the schema
 */
#ifndef SCL_FORMATS_MODEL_READ_H
#define SCL_FORMATS_MODEL_READ_H

#include "base/map.h"
#include "base/text.h"
#include "formats/json_rows.h"

/* A subject that is being read. */
struct scl_model_reading {
    struct scl_lowering l; /* its root is the subject */
    struct scl_str source; /* path of what the model was made of; of length 0: not told */
    struct scl_map states;         /* of paths of fields, as they are listed */
    struct scl_map open;           /* paths of lists to which more may come */
    const struct scl_tree *places; /* of paths, `origins`; NULL: none are told */
    struct scl_map files;          /* number of a file by its path, UINT16_MAX: it is not given */
    struct scl_text path;          /* of the field that is being read, below its subject */
    size_t hidden; /* masks in values whose place in another file is known, and hidden there */
};

/* How often a text has what stands for a secret. */
size_t scl_model_masks(struct scl_str text);

/* Where a value lies: where `span` says, a node of `origins`, or else, and where that file is not
 * given, here. */
uint32_t scl_model_origin(struct scl_model_reading *r, const struct scl_tree *span,
                          const struct scl_tree *node);
/* Reads the members of a map as fields of an object. */
void scl_model_read_members(struct scl_model_reading *r, uint32_t object, unsigned group,
                            const struct scl_tree *map);

#endif
