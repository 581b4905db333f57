/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand.h: variables and quotes of a Dockerfile's words
 *
 * What BuildKit makes of a word before it uses it: `$name` and `${name}` with its modifiers are
 * replaced, quotes and escapes go away, and in some places the result is split into words.
 *
 * A variable may be unknown: set to something that cannot be told from here. A result that hangs on
 * one is unknown as a whole; one that does not (`${SET:-$UNKNOWN}`) is known.
 *
 * Invariants: a result that the word has literally is a slice of it; bytes that are not UTF-8
 * become U+FFFD; steps bound the work, so that neither patterns nor values that grow from
 * instruction to instruction can take over.
 */
#ifndef SCL_SYNTAX_EXPAND_H
#define SCL_SYNTAX_EXPAND_H

#include "base/str.h"
#include "base/vec.h"

enum scl_lookup { SCL_LOOKUP_UNSET, SCL_LOOKUP_SET, SCL_LOOKUP_UNKNOWN };

/* What a variable holds. The value must outlive the expansion; it is read where SET is returned. */
typedef enum scl_lookup (*scl_lookup_fn)(void *context, struct scl_str name,
                                         struct scl_str *ret_value);

enum {
    SCL_EXPAND_RAW_QUOTES = 1,  /* quotes group and stay */
    SCL_EXPAND_RAW_ESCAPES = 2, /* escapes protect and stay */
    SCL_EXPAND_KEEP_UNSET = 4,  /* `$X` stays where X is unset */
    SCL_EXPAND_NO_QUOTES = 8    /* quotes are text: bodies of heredocs */
};

struct scl_expander {
    struct scl_arena *arena;
    scl_lookup_fn lookup; /* NULL: nothing is set */
    void *context;
    uint64_t *steps; /* counts down with bytes written and matched; NULL: 4,000,000 a call */
    unsigned flags;
    char escape;
};

/* One reference to a variable, in the order of their ends. */
struct scl_expand_use {
    struct scl_str name;
    uint32_t start, end; /* of the reference in the word: `${X:-1}` */
    enum scl_lookup state;
    bool has_modifier;
};

struct scl_expand_word {
    struct scl_str text;
    uint32_t start, end; /* what it was made from, in the word that was expanded */
};

struct scl_expansion {
    bool ok;
    bool is_known;         /* text or words hold the result */
    struct scl_str error;  /* where not ok */
    uint32_t error_offset; /* in the word */
    struct scl_str text;   /* of scl_expand */
    SCL_VEC(struct scl_expand_use) uses;
    SCL_VEC(struct scl_expand_word) words; /* of scl_expand_words; none is empty */
};

/* Both return false only without memory; what is wrong with the word is in `*ret`. */
bool scl_expand(const struct scl_expander *expander, struct scl_str word,
                struct scl_expansion *ret);
/* Splits at blanks that are not quoted, those that variables bring along included. */
bool scl_expand_words(const struct scl_expander *expander, struct scl_str word,
                      struct scl_expansion *ret);

#endif
