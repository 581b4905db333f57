/* SPDX-License-Identifier: Apache-2.0 */
/*
 * env_file.h: files of variables, which containers are given
 */
#ifndef SCL_FORMATS_ENV_FILE_H
#define SCL_FORMATS_ENV_FILE_H

#include "formats/input.h"
#include "formats/json_rows.h"

enum scl_env_file_kind {
    SCL_ENV_FILE_PLAIN, /* as `docker run` takes it: a line is a variable, quotes are text */
    SCL_ENV_FILE_DOTENV /* as Compose does: quotes, `export`, comments, and variables in values */
};

/* Reads the file whose path a node has, a companion, into a list of variables or a map of labels,
 * at `field`; those that the container has already by an option of its own stay. A file that nobody
 * gave leaves the list open, unless it `is_required` not and is known not to exist. */
void scl_env_file_read(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node, enum scl_env_file_kind kind, bool is_required);

/* One line of such a file, or false at its end. */
struct scl_env_line {
    struct scl_str name, value;
    struct scl_span name_span, value_span, span;
    bool has_value;
    bool is_cut;      /* the value holds a variable that nobody gave, as SCL_HOLE */
    bool is_literal;  /* nothing in the value is replaced */
};
struct scl_env_lines {
    struct scl_arena *arena;
    struct scl_str text;
    size_t at;
    enum scl_env_file_kind kind;
};
bool scl_env_file_next(struct scl_env_lines *lines, struct scl_env_line *ret);

#endif
