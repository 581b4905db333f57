/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs.h: what the program can do, one function a verb
 *
 * Each gets options that were read without a mistake and leaves its status in the run.
 */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "options.h"

typedef void cli_verb_fn(struct cli_run *run, struct cli_options *options);

cli_verb_fn cli_check;
cli_verb_fn cli_completion;
cli_verb_fn cli_eval;
cli_verb_fn cli_explain;
cli_verb_fn cli_inspect;
cli_verb_fn cli_policies;
cli_verb_fn cli_test;
cli_verb_fn cli_version;

/* The verb number `index` and whose options it has, or NULL past the last. */
const char *cli_verb_at(size_t index, enum cli_verb *ret_options);
/* What --version and `version` print. */
void cli_version_write(struct cli_run *run);

#endif
