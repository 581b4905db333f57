/* SPDX-License-Identifier: Apache-2.0 */
/*
 * interpolate.h: variables in the values of Compose files and of files of variables
 *
 * `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, `${NAME?message}`,
 * `${NAME:+other}` and `${NAME+other}`, nested; `$$` is a dollar. Where a variable is not given and
 * has no default, its place is taken by a byte 0: nobody knows what stands there.
 */
#ifndef SCL_SYNTAX_INTERPOLATE_H
#define SCL_SYNTAX_INTERPOLATE_H

#include "base/arena.h"
#include "base/str.h"

enum scl_variable_use {
    SCL_VARIABLE_GIVEN,
    SCL_VARIABLE_DEFAULT, /* the text's own value stands in its place */
    SCL_VARIABLE_MISSING
};

struct scl_interpolation {
    struct scl_arena *arena;
    void *context;
    /* False where nobody gave the variable. */
    bool (*find)(void *context, struct scl_str name, struct scl_str *ret_value);
    /* Told of each reference that is looked at; may be NULL. Of a default that holds bytes 0 they
     * are in the value. */
    void (*use)(void *context, struct scl_str name, enum scl_variable_use use,
                struct scl_str value);
};

enum scl_interpolated {
    SCL_INTERPOLATED,  /* `*ret` is the text, which is the same slice where nothing was replaced */
    SCL_INTERPOLATED_BROKEN /* no such grammar, at `*ret_at` */
};

/* Without memory the arena knows. */
enum scl_interpolated scl_interpolate(const struct scl_interpolation *in, struct scl_str text,
                                      struct scl_str *ret, size_t *ret_at);

#endif
