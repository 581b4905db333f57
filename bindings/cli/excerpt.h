/* SPDX-License-Identifier: Apache-2.0 */
/*
 * excerpt.h: a line of a policy or settings file, and what is meant in it
 *
 * The same rules as those of the text report, for the one line that a message about a file of the
 * configuration needs.
 */
#ifndef CLI_EXCERPT_H
#define CLI_EXCERPT_H

#include <stdint.h>

#include "display.h"

/* Lines and columns count from 1, columns in bytes, ends exclusive. */
struct cli_excerpt {
    const char *text;
    size_t length;
    uint32_t line, column, end_line, end_column;
    unsigned width;
    bool is_ascii, has_color;
};

/* Writes nothing where there is no such line, or nothing in the text. */
void cli_excerpt_write(FILE *stream, const struct cli_excerpt *excerpt);

#endif
