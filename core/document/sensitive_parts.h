/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sensitive_parts.h: what is left of a token that was divided, changed or cut
 */
#ifndef SCL_DOCUMENT_SENSITIVE_PARTS_H
#define SCL_DOCUMENT_SENSITIVE_PARTS_H

#include "document/sensitive.h"

/* Appends the tokens of the document's files, and what the texts of its model have in common with
 * a token at their place. False without memory. */
bool scl_sensitive_parts(const struct scl_document *document, const struct scl_secrets *secrets,
                         struct scl_arena *arena, struct scl_sensitives *ret);
/* Hides what the notes of a document show of the tokens in their lines. False without memory. */
bool scl_sensitive_hide_cut(struct scl_document *document, const struct scl_secrets *secrets,
                            struct scl_arena *scratch);

#endif
