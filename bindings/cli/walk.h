/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.h: what lies in a folder
 *
 * One folder is searched for files of interest, in bounded depth and number, following no symbolic
 * link and entering none of the folders where tools keep what is not ours to judge.
 */
#ifndef CLI_WALK_H
#define CLI_WALK_H

#include <stdint.h>

#include "globs.h"
#include "run.h"

struct cli_walk {
    const char *folder; /* as it is opened */
    const char *shown;  /* as it is shown */
    const struct cli_globs *exclude;
    int64_t depth_limit, file_limit;
    /* Whether a regular file is one of interest. `below` is its path from the folder. */
    bool (*wants)(void *context, const char *shown, const char *below);
    void *context;
    bool knows_bundles;         /* the folders of OCI are documents as a whole */
    enum cli_status on_failure; /* what a folder that is not read, or a limit, makes of the run */
    size_t file_count;          /* filled in: regular files that were seen */
};

/* Searches; what cannot be searched is told. The order in which files come is no promise. */
void cli_walk_run(struct cli_run *run, struct cli_walk *walk);
/* Suggests the name in the same folder that a missing one is nearest to. */
void cli_walk_suggest(struct cli_run *run, const char *path);

#endif
