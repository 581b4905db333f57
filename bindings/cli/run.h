/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h: one run of the program: its memory, its streams, how it will end
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>

#include "pool.h"
#include "terminal.h"

/* Exit statuses; see cli_status_worse for their rank. */
enum cli_status {
    CLI_CLEAN = 0,
    CLI_FOUND = 1,      /* a finding at or above the threshold */
    CLI_UNUSABLE = 2,   /* options, configuration, policies: nothing was judged */
    CLI_INCOMPLETE = 3, /* an input was not read or understood, a report not written */
    CLI_POLICY_FAILED = 4
};

struct cli_run {
    struct cli_pool pool;
    struct cli_stream out, err;
    enum cli_status status; /* the worst so far */
    bool is_quiet, is_verbose;
    bool is_setting_up;       /* errors of this time are counted, and shown up to a number */
    bool is_hiding;           /* the last error was one too many: so are its help lines */
    unsigned error_count;
};

/* Of two statuses the one that a run ends with. */
enum cli_status cli_status_worse(enum cli_status a, enum cli_status b);

#endif
