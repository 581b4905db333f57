/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fix.h: the fixes of a report, applied to the files or shown
 */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "inputs.h"

/* Applies the fixes that the report offers to the files of its inputs, and reads those again.
 * Whether any was written; what cannot be is told. */
bool cli_fix_files(struct cli_run *run, const struct cli_options *options,
                   struct cli_inputs *inputs, const scantling_report *report);
/* Writes a diff to standard output: as it is, or to a terminal with what is hidden shown. */
void cli_fix_show(struct cli_run *run, const scantling_buffer *diff);

#endif
