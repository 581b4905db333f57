/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.h: reading the tables that policy files hand over
 *
 * Each function reads a key of the table at the stack's index `t`; what is wrong ends the run with
 * the key remembered, so that the error can point at it in the file.
 */
#ifndef SCL_SCRIPT_TABLE_H
#define SCL_SCRIPT_TABLE_H

#include "base/vec.h"
#include "script/policy.h"
#include "script/state.h"

struct scl_reader {
    lua_State *L;
    const char *what;   /* the call that was given the table: "policy", "adjust" */
    struct scl_arena *arena;
    struct scl_str key; /* at fault */
    bool of_value;      /* its value is, not its name */
    struct scl_str help;
};

/* Ends the run; the error points at `key`, or its value. */
_Noreturn void scl_reader_refuse(struct scl_reader *r, const char *key, bool of_value,
                                 const char *format, ...) __attribute__((format(printf, 4, 5)));
/* What to do about the refusal that follows, for the help line. */
void scl_reader_help(struct scl_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The value on top of the stack as a text of the arena. */
struct scl_str scl_reader_copy(struct scl_reader *r, int index);
/* A string, or a slice of length 0 where there is none. */
struct scl_str scl_reader_text(struct scl_reader *r, int t, const char *key);
/* A string or list of strings; `one`: a lone string will do. */
struct scl_strs scl_reader_list(struct scl_reader *r, int t, const char *key, bool one);
/* A table of names to strings or lists of strings, in byte order of the names. */
const struct scl_named_strs *scl_reader_map(struct scl_reader *r, int t, const char *key,
                                            uint32_t *ret_count);
/* Refuses keys of the table that are not among `known`, which ends with NULL. */
void scl_reader_known(struct scl_reader *r, int t, const char *what, const char *const *known);

#endif
