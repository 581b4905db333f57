/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nil.h: which field it was that a policy took for set
 */
#ifndef SCL_ENGINE_NIL_H
#define SCL_ENGINE_NIL_H

#include "engine/evaluate.h"

/* Writes the message of an error about nil with the field that was read as nil, where it is
 * certain that it was this one. False: the message is to stay as it is. */
bool scl_nil_explain(const struct scl_evaluation *e, const struct scl_outcome *outcome,
                     struct scl_text *out);

#endif
