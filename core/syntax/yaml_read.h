/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_read.h: YAML to positioned trees
 *
 * What is not YAML leaves an error note at the place and ends the reading there: the tree then
 * holds what was read before it, and what was open is marked as cut. Reading goes on after bytes
 * that are not UTF-8, characters that YAML does not allow and aliases that stand for nothing (a
 * null that is cut), each with an error note. A duplicate key is a warning: the last one counts.
 *
 * Spans begin at the content, behind its tag and anchor. Those of block scalars begin at `|` or `>`
 * and end with the last line that is not blank; block lists and maps end with their last member.
 * What is left out (`key:`) is an empty null where it would stand.
 *
 * An alias is a node of its own, with its own key, that shares all else with the anchor's node: its
 * span is the anchor's, and children are shared, not copied. Expanded, a tree has at most as many
 * nodes as the limits of nodes and of alias visits together say, and is nowhere deeper than its own
 * limit.
 */
#ifndef SCL_SYNTAX_YAML_READ_H
#define SCL_SYNTAX_YAML_READ_H

#include "syntax/tree_build.h"

enum scl_yaml_flags {
    SCL_YAML_MERGE = 1,     /* `<<` gives its map the entries of others; see below */
    SCL_YAML_OLD_BOOLS = 2, /* as YAML 1.1 has them: y yes on n no off, too */
    SCL_YAML_SINGLE = 4     /* a second document is an error and is not read */
};

enum { SCL_YAML_ALIAS_VISITS = 100000 };

struct scl_yaml_options {
    const struct scl_tree_limits *limits; /* NULL: the default ones; nodes are of all documents */
    uint32_t alias_visits;                /* nodes that aliases stand for, in all */
    unsigned flags;
};

struct scl_yaml_comment {
    struct scl_span span; /* from `#` to the end of the line */
    bool is_alone;        /* nothing stands before it on the line */
};

struct scl_yaml_tag {
    struct scl_span span;
    struct scl_str name; /* as written: "!reset", "!!str" */
    uint32_t node;       /* where the content starts that it belongs to, also of keys */
};

/* All tables are in the order of the source. After an error they end before it. */
struct scl_yaml {
    const struct scl_tree *documents; /* a list of their roots */
    SCL_VEC(struct scl_yaml_comment) comments;
    SCL_VEC(struct scl_yaml_tag) tags;
    SCL_VEC(struct scl_span) aliases; /* where they stand, with the `*` */
};

/* All documents of a stream; NULL only without memory. With SCL_YAML_MERGE a plain key `<<` whose
 * value is a map, or a list of maps, is replaced by their entries, behind the map's own, with their
 * places; its own entries win, then those of earlier maps. Without options: the
 * default limits, no flags. The text of the source must outlive the tree. */
const struct scl_yaml *scl_yaml_read_all(struct scl_arena *arena, const struct scl_source *source,
                                         const struct scl_yaml_options *options,
                                         struct scl_notes *notes);
/* The root of the one document, as scl_json_read does: SCL_YAML_SINGLE and SCL_YAML_MERGE. */
const struct scl_tree *scl_yaml_read(struct scl_arena *arena, const struct scl_source *source,
                                     const struct scl_tree_limits *limits, struct scl_notes *notes);

/* Where the alias itself stands of a node that is_alias, and of no other. */
struct scl_span scl_yaml_alias_place(const struct scl_yaml *yaml, const struct scl_tree *node);
/* The tag of a node as it is written, of length 0 where it has none. */
struct scl_str scl_yaml_tag_of(const struct scl_yaml *yaml, const struct scl_tree *node);
/* As scl_tree_int, and also 0x1F, 0o17 and 017, which are 31, 15 and 15. */
bool scl_yaml_int(const struct scl_tree *node, int64_t *ret_value);
/* Version of the library that reads YAML, as "0.2.5". */
const char *scl_yaml_library_version(void);

#endif
