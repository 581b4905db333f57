/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h: JSON to a positioned tree
 *
 * Strict RFC 8259 with a byte-order mark allowed in front. What is not JSON leaves an error note at
 * the place. The first error of structure ends the reading there: the tree then holds what was read
 * before it, and the lists and maps that were open are marked as cut. Errors within a string
 * (a bad escape, half a surrogate pair, bytes that are not UTF-8, a control character other than a
 * line end) leave a note and reading goes on; half a pair becomes U+FFFD, the others stay as they
 * are written. A duplicate key is a warning, and the last one counts.
 */
#ifndef SCL_SYNTAX_JSON_H
#define SCL_SYNTAX_JSON_H

#include "syntax/tree_build.h"

/* The root, NULL only without memory; of an empty source a null that is cut. `limits` may be NULL
 * for the default ones. The text of the source must outlive the tree. */
const struct scl_tree *scl_json_read(struct scl_arena *arena, const struct scl_source *source,
                                     const struct scl_tree_limits *limits, struct scl_notes *notes);

/* Reads the JSON that stands in a string of another, a node of `source`: its nodes have the places
 * that they take there, escapes included, and what is wrong with it is noted at such places. Of a
 * string that is not written in JSON all places are that of the string. As scl_json_read. */
const struct scl_tree *scl_json_read_nested(struct scl_arena *arena,
                                            const struct scl_source *source,
                                            const struct scl_tree *string,
                                            const struct scl_tree_limits *limits,
                                            struct scl_notes *notes);

/* Whether a text may be a list or map in JSON: whatever else it is, it begins with a bracket. */
bool scl_json_begins(struct scl_str text);

#endif
