/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.h: bytes to standard output, and to files that are complete or not there
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "run.h"
#include "scantling.h"

/* Writes a buffer; what cannot be written is told. `file` NULL: to standard output. */
void cli_output_write(struct cli_run *run, const char *file, const scantling_buffer *buffer);
/* The same with a text of our own. */
void cli_output_text(struct cli_run *run, const char *text);

#endif
