/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h: positioned trees, what the readers of JSON, YAML and their like make
 *
 * A node is a scalar with its text, or a list or map with its children, and knows where it stands
 * and where its key does. Walking one:
 *
 *     for (uint32_t i = 0; i < scl_tree_count(map); i++) {
 *         const struct scl_tree *entry = scl_tree_child(map, i);
 *         use(scl_tree_key(entry), scl_tree_text(entry), entry->span);
 *     }
 *
 * Invariants: a node takes 40 bytes; its children lie in a row, in the order of the source; no two
 * entries of a map have the same key (of duplicates the last is kept); a text that the source has
 * literally is a slice of the source. A tree is not changed once its reader is done.
 */
#ifndef SCL_SYNTAX_TREE_H
#define SCL_SYNTAX_TREE_H

#include "base/source.h"

enum scl_tree_kind {
    SCL_TREE_NULL,
    SCL_TREE_BOOL,
    SCL_TREE_NUMBER,
    SCL_TREE_STRING,
    SCL_TREE_LIST,
    SCL_TREE_MAP
};

enum scl_tree_style { /* how it is written */
    SCL_TREE_PLAIN,
    SCL_TREE_SINGLE_QUOTED,
    SCL_TREE_DOUBLE_QUOTED,
    SCL_TREE_LITERAL, /* YAML's | */
    SCL_TREE_FOLDED,  /* YAML's > */
    SCL_TREE_FLOW,    /* lists and maps in brackets */
    SCL_TREE_BLOCK    /* by indentation */
};

struct scl_tree {
    union {
        const char *at;              /* NULL: no key */
        const struct scl_str *boxed; /* where key_trim is SCL_TREE_BOXED */
    } key;
    union {
        const char *text;       /* of a scalar */
        struct scl_tree *first; /* of a list or map; see scl_tree_slot for what lies behind */
    } body;
    struct scl_span key_span; /* with its quotes */
    struct scl_span span;     /* of the value, with its quotes or brackets */
    uint32_t count;           /* of bytes of text, or of children */
    unsigned kind : 3;
    unsigned style : 3;
    unsigned is_true : 1;  /* of a BOOL */
    unsigned is_cut : 1;   /* not read to its end, so that what is absent may have been meant */
    unsigned key_trim : 6; /* the text of the key is so much shorter than its span */
    unsigned file : 16;    /* of the document that the spans are in, as in its notes */
    unsigned is_alias : 1; /* it shares kind, text or children, and span of an anchor's node */
};

enum { SCL_TREE_BOXED = 63 };

/* The key, decoded; of length 0 where there is none, or it is empty. */
struct scl_str scl_tree_key(const struct scl_tree *node);
/* The text of a scalar, decoded ("null", "true", "1e3", what a string says); else of length 0. */
struct scl_str scl_tree_text(const struct scl_tree *node);
/* Of children; 0 for scalars. */
uint32_t scl_tree_count(const struct scl_tree *node);
/* Of the node and all below it, aliases as often as they stand there. */
uint64_t scl_tree_nodes(const struct scl_tree *node);
/* NULL where there are not so many; from 0. */
const struct scl_tree *scl_tree_child(const struct scl_tree *node, uint32_t index);
/* The entry of a map with that key, or NULL; NULL too for what is no map, NULL included. */
const struct scl_tree *scl_tree_find(const struct scl_tree *node, struct scl_str key);
/* From the key to the end of the value; the value alone without a key, the key alone where the
 * value stands before it (at an anchor). */
struct scl_span scl_tree_entry(const struct scl_tree *node);

/* The value of a node of the kind, as number.h says; false for any other (NULL included). */
bool scl_tree_bool(const struct scl_tree *node, bool *ret_value);
bool scl_tree_int(const struct scl_tree *node, int64_t *ret_value);
bool scl_tree_nano(const struct scl_tree *node, int64_t *ret_nano, bool *ret_exact);

/* For tree_build.c. A map of more than SCL_TREE_SMALL entries has slots behind them: an open hash
 * table of indexes plus 1. The slot of a key, or the free one (0) where it would go. */
enum { SCL_TREE_SMALL = 16 };
uint32_t *scl_tree_slot(const struct scl_tree *map, struct scl_str key);
uint32_t scl_tree_slot_count(uint32_t count);

#endif
