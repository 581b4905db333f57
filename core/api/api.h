/* SPDX-License-Identifier: Apache-2.0 */
/*
 * api.h: what the files of the ABI share
 *
 * Each exported function checks its arguments, calls down and translates. What a handle is inside
 * is defined by the layer that makes it; a document handle is a struct scl_document, and this is
 * the one place where the two meet.
 */
#ifndef SCL_API_API_H
#define SCL_API_API_H

#include "base/error.h"
#include "base/text.h"
#include "engine/project.h"

struct scantling_document; /* is struct scl_document */

struct scantling_buffer {
    char *bytes;
    size_t length;
};

/* The text that a pair of pointer and length means: of length 0 for NULL. */
struct scl_str scl_api_text(const char *text, size_t length);
/* Whether a text is given: NULL with SCANTLING_TERMINATED is none. */
bool scl_api_is_given(const char *text, size_t length);
/* False with an error ARGUMENT where a handle is NULL. */
bool scl_api_handle(const void *handle, const char *name, scantling_error **error);
/* Copies a struct out into the caller's, whose size may differ; false where it is too short. */
bool scl_api_give(void *ret, size_t size, const void *full, size_t full_size, size_t least);
/* Turns what was written into a buffer, or fails; the builder is finished either way. */
scantling_buffer *scl_api_buffer(struct scl_text *text, bool good, scantling_error **error);
/* Returns a text, its length in `ret_length` if that is not NULL. */
const char *scl_api_return(struct scl_str text, size_t *ret_length);

static inline const struct scl_document *
scl_api_document(const scantling_document *document)
{
    return (const void *)document;
}

/* Sets the place of a mark. */
void scl_api_set_place(scantling_mark *mark, struct scl_str path, struct scl_span span,
                       struct scl_position start, struct scl_position end);

#endif
