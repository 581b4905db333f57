/* SPDX-License-Identifier: Apache-2.0 */
/*
 * error.h: the error object of the ABI
 *
 * A call that fails says why in an object the caller frees: a status, one line of text, perhaps a
 * place and what might have been meant, and a chain of further problems of the same call.
 *
 * Invariants: `*error` keeps the first error it got; without memory it becomes one static object
 * of status MEMORY, and freeing that is nothing.
 */
#ifndef SCL_BASE_ERROR_H
#define SCL_BASE_ERROR_H

#include "base/source.h"
#include "scantling.h"

struct scl_error_suggestion {
    struct scl_error_suggestion *next;
    size_t len;
    char text[]; /* NUL-terminated */
};

struct scantling_error {
    scantling_status status;
    char *message;
    size_t message_len;
    char *path; /* NULL: no place */
    size_t path_len;
    struct scl_span span;
    struct scl_position start, end;
    struct scl_error_suggestion *suggestions;
    scantling_error *next;
    scantling_error *last; /* of the first of a chain: one near its end; NULL: none is known */
};

/* Sets `*error` where it is not NULL and holds none yet. Always returns false. */
bool scl_fail(scantling_error **error, scantling_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool scl_fail_memory(scantling_error **error);

/* An error of its own, to be completed and then handed over; the static one without memory. */
scantling_error *scl_error_new(scantling_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A copy with the whole chain. */
scantling_error *scl_error_copy(const scantling_error *error);
/* Its place: a file, a span (may be empty) and the position of its ends. */
void scl_error_at(scantling_error *error, const struct scl_source *source, struct scl_span span);
/* Its place where only a line is known (0: none). */
void scl_error_at_line(scantling_error *error, struct scl_str path, uint32_t line);
/* A further line of what might have been meant, or what to do. */
void scl_error_suggest(scantling_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends to the chain that begins at `*chain` (NULL: begins it), whatever is there. */
void scl_error_append(scantling_error **chain, scantling_error *more);
/* Hands `chain` over to `*error`, or frees it where nobody asks or an earlier one is kept. */
bool scl_error_give(scantling_error **error, scantling_error *chain);

/* Frees the chain; of NULL nothing. */
void scl_error_free(scantling_error *error);

#endif
