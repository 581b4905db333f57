/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_input.h: a YAML text of a document, and its comments
 */
#ifndef SCL_FORMATS_YAML_INPUT_H
#define SCL_FORMATS_YAML_INPUT_H

#include "formats/input.h"
#include "syntax/yaml_read.h"

/* The limits of depth and nodes that an input sets. */
struct scl_tree_limits scl_tree_limits_of(const struct scl_input_limits *limits);
/* How many nodes aliases may stand for. */
uint32_t scl_input_alias_limit(const struct scl_input_limits *limits);
/* Reads a file of a document, with merge keys; what is wrong with it is noted. NULL without
 * memory. */
const struct scl_yaml *scl_yaml_input(struct scl_document *d, uint16_t file,
                                      const struct scl_input_limits *limits);
/* Gives its comments to the document, each with the entry that it stands above or behind. */
void scl_yaml_input_comments(struct scl_document *d, uint16_t file, const struct scl_yaml *yaml);
/* Whether a text begins as YAML does and as no other text that is read: with `---`, a directive, or
 * a key. */
bool scl_looks_like_yaml(struct scl_str text);

#endif
