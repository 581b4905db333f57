/* SPDX-License-Identifier: Apache-2.0 */
/*
 * display.h: bytes of others as what a terminal may be sent
 *
 * Controls, invisible characters and those that turn the direction of writing show as `<U+202E>`,
 * bytes that are not UTF-8 as `<FF>`: no file can write to the terminal.
 */
#ifndef CLI_DISPLAY_H
#define CLI_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* One character as it is shown, and the columns it takes. */
struct cli_glyph {
    char text[12];
    unsigned width;
};

/* Shows the character at `at`, of at least one byte; returns how many bytes it has. A tab goes to
 * the next stop, 4 apart, if `column` tells where it stands, and is a control for (unsigned)-1. */
size_t cli_glyph_of(const char *at, size_t length, bool is_ascii, unsigned column,
                    struct cli_glyph *ret_glyph);
/* Writes a text of one line: a line end in it becomes a blank. */
void cli_display(FILE *stream, const char *at, size_t length, bool is_ascii);

enum { CLI_NUMBER_SIZE = 32 };

/* A number with commas from 1,000 on. */
const char *cli_number(char buffer[CLI_NUMBER_SIZE], unsigned long long number);

#endif
