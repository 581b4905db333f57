/* SPDX-License-Identifier: Apache-2.0 */
/*
 * errors.h: what goes to standard error
 *
 * `scantling: MESSAGE`, a place with an excerpt where there is one, then `help` lines. Whatever is
 * said may hold names and texts of others: it is shown so that it cannot write to the terminal.
 */
#ifndef CLI_ERRORS_H
#define CLI_ERRORS_H

#include <stdint.h>

#include "run.h"

/* A place in a text; `text` is NULL where it is not at hand. */
struct cli_place {
    const char *path;
    const char *text;
    size_t length;
    uint32_t line, column, end_line, end_column;
};

/* Says what is wrong and makes the run end with `status` at least. */
void cli_error(struct cli_run *run, enum cli_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Where the last error is. */
void cli_error_place(struct cli_run *run, const struct cli_place *place);
/* What helps against the last error. */
void cli_error_help(struct cli_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What else is to be known of the last error. */
void cli_error_note(struct cli_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `did you mean 'BEST'?`, if there is one. */
void cli_error_suggest(struct cli_run *run, const char *best);
/* Not with --quiet. */
void cli_warning(struct cli_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Only with --verbose. */
void cli_tell(struct cli_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What an `errno` of a file means, for people. */
const char *cli_reason(int number);

#endif
