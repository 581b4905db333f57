/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h: a document as it is understood, being written
 *
 * What of an object is shown: its fields in the order of the schema, without those about the
 * document and those made of neighbours. An object is shown where it lives; wherever else it is a
 * member, its path is. So there are no circles, and the schema bounds the depth.
 */
#ifndef SCL_REPORT_MODEL_H
#define SCL_REPORT_MODEL_H

#include "base/map.h"
#include "document/mask.h"
#include "report/report.h"

struct scl_model {
    const struct scl_view *view;
    const struct scl_mask *mask; /* of the document's own secrets */
    struct scl_map secrets;      /* texts of values, by where they lie */
    struct scl_text *out;
    struct scl_text path; /* of the field that is visited, below its subject */
    bool has_origins;
};

typedef void scl_model_visit(struct scl_model *model, struct scl_node node,
                             const struct scl_reading *reading, void *context);

/* Visits each field of an object, and of the objects that live in it, each list before its
 * members; groups are none. Its path is in `model->path`. */
void scl_model_each(struct scl_model *model, uint32_t object, scl_model_visit *visit,
                    void *context);
/* Whether a field is shown at all. */
bool scl_model_shows(unsigned field);
/* Whether an object that was read in a field of `object` lives there. */
bool scl_model_owns(const struct scl_model *model, uint32_t object, unsigned field,
                    uint32_t member);
/* Whether a value is a secret, by its name or form: all of it is. */
bool scl_model_is_secret(const struct scl_model *model, const struct scl_value *value);
/* Adds a scalar as `true`, `42` or its text, what is secret of it masked. */
void scl_model_add_scalar(const struct scl_model *model, const struct scl_value *value,
                          struct scl_text *out);
/* Adds a text, masked. */
void scl_model_add_masked(const struct scl_model *model, struct scl_str text,
                          struct scl_text *out);
/* Adds `stages[1]`, or `image final` for what is a subject of its own. */
void scl_model_add_object_path(const struct scl_model *model, uint32_t object,
                               struct scl_text *out);

/* The writers. */
void scl_model_write_json(struct scl_model *model);
void scl_model_write_node_json(struct scl_model *model, struct scl_node node);
void scl_model_write_text(struct scl_model *model);
void scl_model_write_node_text(struct scl_model *model, struct scl_node node);
void scl_model_write_node_markdown(struct scl_model *model, struct scl_node node);

#endif
