/* SPDX-License-Identifier: Apache-2.0 */
/*
 * argv.h: command lines as rows of words
 *
 * However a command line is given (a line of a shell, words with a NUL behind each, a JSON array),
 * it becomes a row of string nodes, each with its place. Of a shell line the quotes are removed and
 * the variables replaced whose values are given; where others stand, and commands in `$( )`, the
 * word has a byte 0 and is marked as cut. But `$PWD` and `$(pwd)` are `.` and `$HOME` is `~` where
 * they begin the path of a mount. A word that was nothing but one unquoted reference may be several
 * words, or none: its style is PLAIN, that of all other words with such a byte is not.
 */
#ifndef SCL_SYNTAX_ARGV_H
#define SCL_SYNTAX_ARGV_H

#include "base/note.h"
#include "base/vec.h"
#include "syntax/piece.h"
#include "syntax/tree.h"

struct scl_argv {
    const struct scl_tree *words;
    uint32_t count;
    struct scl_span span; /* from its first word to its last, wrappers and assignments included */
};

struct scl_argv_list {
    SCL_VEC(struct scl_argv) lines;
};

/* Gives the value of a variable; false where it is not known. */
struct scl_argv_variables {
    bool (*find)(const void *context, struct scl_str name, struct scl_str *ret_value);
    const void *context;
};

/* Each adds the command lines that it finds; false only without memory. Wrappers before a command
 * (`sudo`, `env A=b`) are left out. */

/* All simple commands of a shell text, which lies in the source where `pieces` say (NULL: it is the
 * source). What cannot be parsed is noted. */
bool scl_argv_read_shell(struct scl_arena *arena, struct scl_str text,
                         const struct scl_piece *pieces, uint32_t piece_count,
                         const struct scl_argv_variables *variables, struct scl_notes *notes,
                         struct scl_argv_list *ret);
/* The words of a text with a NUL behind each. */
bool scl_argv_read_words(struct scl_arena *arena, struct scl_str text, struct scl_argv_list *ret);
/* A list of strings; nothing where it is another list. */
bool scl_argv_read_list(struct scl_arena *arena, const struct scl_tree *list,
                        struct scl_argv_list *ret);

/* The pieces of a JSON string that stands in `raw`, at `offset` of the source, quotes included:
 * where the bytes of its decoded text stand. NULL without memory. */
const struct scl_piece *scl_argv_json_pieces(struct scl_arena *arena, struct scl_str raw,
                                             uint32_t offset, uint32_t *ret_count);

#endif
