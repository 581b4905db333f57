/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sensitive.h: the secrets of a document
 */
#ifndef SCL_DOCUMENT_SENSITIVE_H
#define SCL_DOCUMENT_SENSITIVE_H

#include "document/document.h"
#include "document/secrets.h"

/* A value that is a secret, and where the document writes it. */
struct scl_sensitive {
    struct scl_str text;
    struct scl_span span; /* of length 0: it is written nowhere */
    uint32_t file;
};

struct scl_sensitives {
    SCL_VEC(struct scl_sensitive) list;
};

/* Appends the values under secret names, what a copy shows masked, the tokens of the files, those
 * within texts of the model that are no slice of a file, and what texts have of a token at their
 * place. False without memory. */
bool scl_sensitive_collect(const struct scl_document *document, const struct scl_secrets *secrets,
                           struct scl_arena *arena, struct scl_sensitives *ret);

/* Hides the secrets in the notes of a document that is frozen, before anybody sees it. False
 * without memory. */
bool scl_sensitive_mask_notes(struct scl_document *document);

#endif
