/* SPDX-License-Identifier: Apache-2.0 */
/*
 * help.h: the texts of --help
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdbool.h>
#include <stdio.h>

/* Writes the help of a verb, of the program for ""; false where there is no such verb. */
bool cli_help_write(FILE *stream, const char *verb);

#endif
