/* SPDX-License-Identifier: Apache-2.0 */
/*
 * example.h: the files of an example as documents
 *
 * A file that a document asks for is its companion, by its path among the files of the example. An
 * example that tells of one companion of a document tells of all: what it does not name does not
 * exist. Where it tells of none, nothing is known of them.
 */
#ifndef SCL_ENGINE_EXAMPLE_H
#define SCL_ENGINE_EXAMPLE_H

#include "document/document.h"
#include "script/load.h"

struct scl_example_documents {
    struct scl_document **at; /* in the order of their files */
    uint32_t count;
};

/* Reads an example whose files have these texts. What was read is to be released, whether or not
 * this succeeds. False without memory. */
bool scl_example_read(const struct scl_example *example, struct scl_arena *arena,
                      const struct scl_str *texts, struct scl_example_documents *ret);
void scl_example_release(struct scl_example_documents *documents);
/* The number of the file of an example that has this name, or UINT32_MAX. */
uint32_t scl_example_file(const struct scl_example *example, struct scl_str name);

#endif
