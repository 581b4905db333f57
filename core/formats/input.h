/* SPDX-License-Identifier: Apache-2.0 */
/*
 * input.h: what a document is read from
 *
 * The text of one input with all that the client says about it. It borrows everything.
 */
#ifndef SCL_FORMATS_INPUT_H
#define SCL_FORMATS_INPUT_H

#include "base/str.h"
#include "document/document.h"
#include "syntax/archive.h"

struct scl_pair {
    struct scl_str name, value;
};

struct scl_companion {
    struct scl_str path, text;
    bool is_absent; /* known not to exist */
};

/* An image that a Dockerfile may build on, or containers are of. Its document outlives those that
 * are read with it. */
struct scl_base {
    struct scl_str reference; /* as a FROM names it, variables replaced */
    uint32_t container;       /* the one subject that it is for, plus 1; 0: whatever names it */
    const struct scl_document *document; /* NULL: several are called so, and none is taken */
    uint32_t image;           /* root of the subject */
};

struct scl_input_limits { /* 0: the default of scantling.h */
    uint64_t bytes, nodes, depth, aliases, line_bytes, files, entries, entry_bytes;
};

struct scl_input {
    struct scl_str name, text;
    bool is_unreadable;    /* the client could not read it; there is no text */
    struct scl_str format; /* the hint; of length 0: name and content decide */
    struct scl_str about;  /* reference or digest of the image it describes */
    const struct scl_pair *build_args, *variables;
    const struct scl_pair *pod_templates; /* paths in objects of a "Kind" or "Kind.group" */
    uint32_t build_arg_count, variable_count, pod_template_count;
    const struct scl_str *targets;
    uint32_t target_count;
    const struct scl_companion *files;
    uint32_t file_count;
    const struct scl_archive *archive; /* whose members are the companions; NULL: none's */
    const struct scl_base *bases;
    uint32_t base_count;
    struct scl_input_limits limits;
};

/* How many bytes may be read of a document and its companions. */
uint64_t scl_input_bytes_limit(const struct scl_input *input);
/* Reads an input. What is wrong with it is noted on the document; NULL only without memory. */
struct scl_document *scl_read(const struct scl_input *input);
/* Reads a document again with images that it builds on; they are borrowed. */
struct scl_document *scl_read_with_bases(const struct scl_document *document,
                                         const struct scl_base *bases, uint32_t count);
/* Reads a Dockerfile again as it is built for somebody else: for a target (of length 0: the final
 * stage) and with further build arguments. */
struct scl_document *scl_read_for_build(const struct scl_document *document, struct scl_str target,
                                        const struct scl_pair *args, uint32_t arg_count);
/* Reads a document again from other texts, one for each of its files, all else being as it was. */
struct scl_document *scl_read_again(const struct scl_document *document,
                                    const struct scl_str *texts);

#endif
