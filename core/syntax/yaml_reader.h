/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_reader.h: what the files of the YAML reader share
 */
#ifndef SCL_SYNTAX_YAML_READER_H
#define SCL_SYNTAX_YAML_READER_H

#include "base/map.h"
#include "syntax/yaml_read.h"

#include <yaml.h>

enum { SCL_YAML_NO_ANCHOR = 0 };

struct scl_yaml_level { /* an open list or map */
    uint32_t anchor;    /* its index plus 1, or SCL_YAML_NO_ANCHOR */
    uint32_t height;    /* of the highest member */
    uint64_t size;      /* nodes of it once aliases are expanded */
    bool is_map, has_key, has_merge;
};

struct scl_yaml_anchor {
    struct scl_tree node;
    uint64_t size;
    uint32_t height;
    uint32_t document; /* the one that it was last set in */
    bool is_open;      /* its list or map has not ended */
};

struct scl_yaml_reader {
    yaml_parser_t parser;
    struct scl_tree_builder builder;
    struct scl_arena *arena, scratch;
    struct scl_notes *notes;
    struct scl_yaml *yaml;
    struct scl_str text; /* what libyaml reads: the source, or a copy of the same length */
    const char *source;  /* its text */
    uint32_t first;      /* the offset behind a byte-order mark */
    size_t index;        /* the cursor: a character, counted from `first`, ... */
    uint32_t at;         /* ... and its offset */
    uint32_t gap;        /* comments before this offset have been looked for */
    uint32_t last;       /* the end of the last content */
    SCL_VEC(struct scl_yaml_level) levels;
    SCL_VEC(struct scl_yaml_anchor) anchors;
    struct scl_map names; /* of anchors: their indexes */
    uint64_t visits, most_visits;
    uint32_t document;
    unsigned flags;
    bool stopped; /* an error note or a failed arena says why */
};

struct scl_yaml_properties {
    struct scl_span tag; /* of length 0: none */
    uint32_t end;        /* of the last one */
};

/* yaml_text.c: looks over the text before libyaml does; false where it cannot be read at all */
bool scl_yaml_check_text(struct scl_yaml_reader *r);

/* yaml_place.c */
/* The length of the line break at an offset, 0 for none; CR LF are two. */
uint32_t scl_yaml_break_at(const struct scl_yaml_reader *r, uint32_t at);
uint32_t scl_yaml_offset(struct scl_yaml_reader *r, size_t index);
/* Goes over tags and anchors between two offsets to the content, at most to `end`. */
uint32_t scl_yaml_skip_properties(const struct scl_yaml_reader *r, uint32_t at, uint32_t end,
                                  struct scl_yaml_properties *ret);
/* The end of the content of a scalar that begins at `start` and ends for libyaml at `end`. */
uint32_t scl_yaml_scalar_end(const struct scl_yaml_reader *r, enum scl_tree_style style,
                             uint32_t start, uint32_t end);
/* Where an empty node stands that libyaml has at `at`. */
uint32_t scl_yaml_empty_place(const struct scl_yaml_reader *r, uint32_t at);
/* Collects the comments from where the last call ended up to `end`. */
void scl_yaml_take_comments(struct scl_yaml_reader *r, uint32_t end);

/* yaml_scalar.c: the kind of a scalar by its text and the tag that libyaml resolved, which may be
 * NULL; of a bool its value. Tags that are not YAML's own change nothing. */
enum scl_tree_kind scl_yaml_resolve(struct scl_str text, bool is_plain, const char *tag,
                                    unsigned flags, bool *ret_is_true);

/* yaml_node.c: what the events of nodes add to the tree */
void scl_yaml_on_scalar(struct scl_yaml_reader *r, const yaml_event_t *event);
void scl_yaml_on_alias(struct scl_yaml_reader *r, const yaml_event_t *event);
void scl_yaml_on_open(struct scl_yaml_reader *r, const yaml_event_t *event);
void scl_yaml_on_close(struct scl_yaml_reader *r, const yaml_event_t *event);

/* yaml_merge.c: replaces the `<<` of a map that is closed; false where reading ends */
bool scl_yaml_merge(struct scl_yaml_reader *r, struct scl_tree *map);

/* yaml_error.c */
/* Ends the reading with an error at a place; the note may be NULL. */
struct scl_note *scl_yaml_stop(struct scl_yaml_reader *r, struct scl_span span,
                               const char *format, ...) __attribute__((format(printf, 3, 4)));
/* What libyaml has to say, in our words and at our places. */
void scl_yaml_stop_at_error(struct scl_yaml_reader *r);

#endif
