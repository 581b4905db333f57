/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refusal.h: notes about an input as such, which no place belongs to
 */
#ifndef SCL_FORMATS_REFUSAL_H
#define SCL_FORMATS_REFUSAL_H

#include "document/document.h"
#include "syntax/tree.h"

/* Adds an error note without a place. NULL without memory. */
struct scl_note *scl_refuse(struct scl_document *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Whether a name is that of a file which is known to be no document. */
bool scl_is_other_by_name(struct scl_str base_name);
/* Whether a YAML text is a template of Helm: it cannot be read as it is, or its values are yet to
 * be filled in. */
bool scl_is_helm(const struct scl_document *d, struct scl_str base_name,
                 const struct scl_tree *documents);
/* Says that no format fits, and what it is instead where that can be told. `root` is its tree where
 * it is JSON or YAML, else NULL. */
void scl_refuse_unknown(struct scl_document *d, struct scl_str base_name,
                        const struct scl_tree *root);

#endif
