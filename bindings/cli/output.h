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
/* The same with bytes of our own; whether they were written. */
bool cli_output_bytes(struct cli_run *run, const char *file, const char *at, size_t length);
/* The same with a text, to standard output. */
void cli_output_text(struct cli_run *run, const char *text);

#endif
