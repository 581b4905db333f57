/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.h: what to judge by: the engine that the options describe
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "options.h"

/* A file of the configuration; its text is kept for excerpts. */
struct cli_text {
    const char *name;
    int32_t kind; /* SCANTLING_FILE_ */
    const char *text;
    size_t length;
};

struct cli_settings {
    struct cli_text *files;
    size_t count;
};

/* Reads the policy files and folders at `paths`; what is wrong is told and makes the status 2. */
void cli_settings_read(struct cli_run *run, const struct cli_names *paths,
                       struct cli_settings *ret_settings);
/* The engine of the options and the files; NULL: everything that is wrong was told. */
scantling_engine *cli_settings_engine(struct cli_run *run, const struct cli_options *options,
                                      const struct cli_settings *settings);
/* Tells an error of the library with all that follow it, each after `prefix`. */
void cli_settings_tell(struct cli_run *run, const struct cli_settings *settings,
                       const char *prefix, const scantling_error *error);

#endif
