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
/* Says that no format fits, and what it is instead where that can be told. `root` is its tree where
 * it is JSON, else NULL. */
void scl_refuse_unknown(struct scl_document *d, struct scl_str base_name,
                        const struct scl_tree *root);

#endif
