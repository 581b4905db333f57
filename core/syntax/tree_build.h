/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree_build.h: making positioned trees, for readers
 *
 * A reader adds scalars and opens and closes lists and maps in the order of the source:
 *
 *     scl_tree_builder_init(&builder, arena, limits, notes);
 *     scl_tree_open(&builder, SCL_TREE_MAP, SCL_TREE_FLOW, 0);
 *     scl_tree_next_key(&builder, key_span, key);
 *     scl_tree_add(&builder, SCL_TREE_NUMBER, SCL_TREE_PLAIN, span, text);
 *     scl_tree_close(&builder, 20);
 *     root = scl_tree_builder_finish(&builder, 20);
 *
 * Open lists and maps and their members so far wait on a stack on the heap; closing one moves its
 * members into a row in the arena. Limits, duplicate keys and the number of notes are looked after
 * here, alike for every syntax.
 */
#ifndef SCL_SYNTAX_TREE_BUILD_H
#define SCL_SYNTAX_TREE_BUILD_H

#include "base/note.h"
#include "syntax/tree.h"

struct scl_tree_limits {
    uint32_t depth; /* of lists and maps in each other */
    uint32_t nodes;
};

extern const struct scl_tree_limits scl_tree_default_limits; /* 128 and 4,000,000 */

enum { SCL_TREE_NOTES = 100 }; /* of one reading; further ones are counted */
#define SCL_TREE_NONE_OPEN UINT32_MAX

struct scl_tree_builder {
    struct scl_arena *arena;
    struct scl_notes *notes;
    struct scl_tree_limits limits;
    struct scl_tree *stack; /* an open node has the index of the one around it as its count */
    uint32_t count, room;
    uint32_t open; /* the innermost open node, or SCL_TREE_NONE_OPEN */
    uint32_t depth, nodes;
    struct scl_tree next; /* only its key is used: of the node to come */
    uint32_t shown, hidden;
    bool hides_error;
};

/* Without limits: the default ones. */
void scl_tree_builder_init(struct scl_tree_builder *builder, struct scl_arena *arena,
                           const struct scl_tree_limits *limits, struct scl_notes *notes);
/* Closes at `end` what is still open, as cut, and returns the root: where nothing was added a node
 * of kind null that is cut, NULL without memory. Frees the stack. */
struct scl_tree *scl_tree_builder_finish(struct scl_tree_builder *builder, uint32_t end);

/* The key of the node to come; `text` is borrowed. False without memory. */
bool scl_tree_next_key(struct scl_tree_builder *builder, struct scl_span span, struct scl_str text);
/* Adds a scalar; `text` is borrowed. The node is valid until the next call. NULL where reading has
 * to end: a limit was reached and a note made, or there is no memory. */
struct scl_tree *scl_tree_add(struct scl_tree_builder *builder, enum scl_tree_kind kind,
                              enum scl_tree_style style, struct scl_span span, struct scl_str text);
/* Adds a list or map that begins at `offset`, and goes into it. NULL as above. */
struct scl_tree *scl_tree_open(struct scl_tree_builder *builder, enum scl_tree_kind kind,
                               enum scl_tree_style style, uint32_t offset);
/* Ends the innermost open one. False without memory. */
bool scl_tree_close(struct scl_tree_builder *builder, uint32_t end);
/* The innermost open one, or NULL. */
const struct scl_tree *scl_tree_innermost(const struct scl_tree_builder *builder);

/* Whether one more note may be made; if not, it is counted for a last one that says how many. */
bool scl_tree_may_note(struct scl_tree_builder *builder, enum scl_note_kind kind);

#endif
