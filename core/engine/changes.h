/* SPDX-License-Identifier: Apache-2.0 */
/*
 * changes.h: edits of the files of one document, applied together
 *
 * The edits of several fixes, sorted by file and place. What they make of a text is told as bytes,
 * and as pieces: each byte of the new text lies in the text of an edit, or is one of the old text.
 *
 * Invariants: no edit lies within another, and no two of different fixes begin at one place.
 */
#ifndef SCL_ENGINE_CHANGES_H
#define SCL_ENGINE_CHANGES_H

#include "base/text.h"
#include "document/document.h"
#include "engine/finding.h"

/* A byte of a file of the document. */
struct scl_spot {
    uint32_t file, offset;
};

struct scl_change {
    uint32_t file;
    struct scl_span span; /* of the old text */
    struct scl_str text;
    uint32_t owner;       /* whatever the caller numbers */
    uint32_t order;       /* as it was added */
    uint32_t at;          /* where its text begins in the new text of the file */
};

struct scl_changes {
    struct scl_arena *arena;
    SCL_VEC(struct scl_change) list;
};

void scl_changes_init(struct scl_changes *changes, struct scl_arena *arena);
/* Adds the edits of a fix. False without memory. */
bool scl_changes_add(struct scl_changes *changes, const struct scl_fix *fix, uint32_t owner);
/* Sorts them and finds where each stands in the new texts; false where one grows too large. */
bool scl_changes_settle(struct scl_changes *changes, const struct scl_document *document);
/* The edits of a file: from `*ret_first` on, how many. */
uint32_t scl_changes_of(const struct scl_changes *changes, uint32_t file, uint32_t *ret_first);
/* Writes the new text of a file, which was `text`. */
void scl_changes_apply(const struct scl_changes *changes, uint32_t file, struct scl_str text,
                       struct scl_text *out);

/* Where a byte of a new text comes from: of an edit's text, where the edit begins. */
struct scl_spot scl_changes_origin(const struct scl_changes *changes, struct scl_spot spot);
/* A byte of an old text, or where the edit begins that takes it away. */
struct scl_spot scl_changes_clamp(const struct scl_changes *changes, struct scl_spot spot);
/* The edits whose text lies in a span of a new text or touches it: from `*ret_first` on, how
 * many. */
uint32_t scl_changes_touching(const struct scl_changes *changes, uint32_t file,
                              struct scl_span span, uint32_t *ret_first);

/* Which places are taken: fixes are chosen one after the other, and one that needs a place that an
 * earlier one changes is left out. */
struct scl_claims {
    struct scl_spot *points; /* sorted: where edits begin and end */
    uint32_t count;
    uint32_t *taken;  /* Fenwick tree: of each point, and of what lies between it and the next */
};

/* Room for the edits of all of `fixes`. False without memory. */
bool scl_claims_init(struct scl_claims *claims, struct scl_arena *arena,
                     const struct scl_fix *const *fixes, uint32_t count);
/* Takes the places of a fix that was among them, if all are free. */
bool scl_claims_take(struct scl_claims *claims, const struct scl_fix *fix);

#endif
