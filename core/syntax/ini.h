/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ini.h: unit files of systemd, sections of keys and values, with positions
 *
 * A value is a string node with its key, as trees have them, so that whatever reads a string reads
 * it. A line that ends in a backslash goes on in the next one, with a blank in place of both;
 * comments in between are skipped. What stands between `[` and `]` begins a section; a key may
 * occur many times, and all of them are kept in their order.
 *
 * Words are what systemd makes of a value: divided by blanks, quotes removed, escapes of C undone.
 */
#ifndef SCL_SYNTAX_INI_H
#define SCL_SYNTAX_INI_H

#include "base/note.h"
#include "base/vec.h"
#include "syntax/piece.h"
#include "syntax/tree.h"

struct scl_ini_entry {
    struct scl_str section;
    struct scl_span header; /* of the section, with its brackets */
    struct scl_tree value;
    const struct scl_piece *pieces; /* of a value over several lines: where its text stands */
    uint32_t piece_count;
};

struct scl_ini {
    SCL_VEC(struct scl_ini_entry) entries;
};

/* Reads a source; what is no line of a unit is noted. False only without memory. */
bool scl_ini_read(struct scl_arena *arena, const struct scl_source *source,
                  struct scl_notes *notes, struct scl_ini *ret);

/* Takes the next word of an entry's value behind `*at`, an offset of it, as a string node with its
 * place and without a key. False at its end, or without memory. */
bool scl_ini_word(struct scl_arena *arena, const struct scl_ini_entry *entry, uint32_t *at,
                  struct scl_tree *ret);

#endif
