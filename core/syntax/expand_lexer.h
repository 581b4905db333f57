/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_lexer.h: the state of an expansion, inside
 *
 * One pass writes the result into a buffer. The word behind a modifier is written there too, and
 * then kept, or cut off again and replaced by the value. What a part is worth (known or not) is
 * asked for part by part, so that a default that is not needed does not spoil the result.
 *
 * Invariant: the words found so far are slices of the buffer that begin at `offsets`; the one that
 * is being read begins at `word_mark`.
 */
#ifndef SCL_SYNTAX_EXPAND_LEXER_H
#define SCL_SYNTAX_EXPAND_LEXER_H

#include "base/text.h"
#include "syntax/expand.h"

struct scl_lexer {
    const struct scl_expander *expander;
    struct scl_expansion *ret;
    struct scl_str word;
    size_t at;
    struct scl_text out;
    uint64_t own_steps;
    uint64_t *steps;
    unsigned depth;
    bool keeps_escapes;
    bool is_known; /* of the part that is being read */
    bool splits;
    bool in_word;
    size_t word_mark;
    uint32_t word_start, word_end; /* in the source word */
    SCL_VEC(size_t) offsets;
};

static inline bool
scl_lex_at_end(const struct scl_lexer *lexer)
{
    return lexer->at >= lexer->word.len;
}

static inline char
scl_lex_here(const struct scl_lexer *lexer)
{
    return lexer->word.at[lexer->at];
}

/* These return false where the expansion ends: an error of the word, or no memory. */

/* Ends it with `before`, `what` and `after` for an error. */
bool scl_lex_fail(struct scl_lexer *lexer, size_t offset, const char *before,
                    struct scl_str what, const char *after);
bool scl_lex_spend(struct scl_lexer *lexer, size_t steps);
bool scl_lex_add(struct scl_lexer *lexer, struct scl_str text);
/* Reads up to `stop` and past it, into the buffer; tells whether that part is known. */
bool scl_lex_nested(struct scl_lexer *lexer, char stop, bool keeps_escapes,
                           bool *ret_known);
/* A reference to a variable, or a lone `$`. */
bool scl_lex_dollar(struct scl_lexer *lexer);

#endif
