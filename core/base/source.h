/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h: the text of one input, and where things are in it
 *
 * Readers work with byte offsets, people with lines and columns. A source keeps the text and the
 * offset of every line's first byte, found once, so that either can be had from the other by
 * binary search.
 *
 * Invariants: the first line starts at 0; starts only grow; an offset equal to the length is valid
 * and means "at the end". LF ends a line; a CR is text. Lines and columns count from 1, columns in
 * bytes. A source is at most UINT32_MAX bytes long.
 */
#ifndef SCL_BASE_SOURCE_H
#define SCL_BASE_SOURCE_H

#include "base/arena.h"
#include "base/str.h"

struct scl_span {
    uint32_t offset, length;
};

struct scl_position {
    uint32_t line, column;
};

struct scl_source {
    struct scl_str name;
    struct scl_str text;
    const uint32_t *lines; /* offsets of their first bytes */
    uint32_t line_count;
    bool is_member; /* of an archive: nobody sees its lines in an editor */
};

/* Text and name are borrowed; the table lies in the arena. False without memory. */
bool scl_source_init(struct scl_source *source, struct scl_arena *arena, struct scl_str name,
                     struct scl_str text);
struct scl_position scl_source_locate(const struct scl_source *source, uint32_t offset);
/* Line `line`, from 1, without its LF and a CR before that. */
struct scl_str scl_source_line(const struct scl_source *source, uint32_t line);
struct scl_str scl_source_text(const struct scl_source *source, struct scl_span span);

struct scl_span scl_span_between(uint32_t start, uint32_t end);
static inline uint32_t
scl_span_end(struct scl_span span)
{
    return span.offset + span.length;
}

#endif
