/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.h: the configuration file, and what of it is the command line's
 *
 * The library reads the file and says what it found; the names of files in it are read here, and
 * what says which inputs to judge and how to end goes to the options, unless an option says it.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "options.h"
#include "settings.h"

/* The engine of the options, the configuration, the files that either names, and one more (NULL:
 * none); NULL: everything that is wrong was told. Completes the options. */
scantling_engine *cli_config_engine(struct cli_run *run, struct cli_options *options,
                                    const struct cli_text *more,
                                    struct cli_settings *ret_settings);
/* With --verbose: which entries of the baseline were of no use. */
void cli_config_tell_baseline(struct cli_run *run, const struct cli_options *options,
                              const scantling_engine *engine, const scantling_report *report);

#endif
