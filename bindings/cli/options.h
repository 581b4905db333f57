/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options.h: what the words of a command line say
 *
 * One table has the options of all verbs. Options may stand anywhere before `--`, which begins the
 * command line to judge; `--name V` and `--name=V` are the same, short ones bundle, long ones are
 * never abbreviated. Every mistake is told before the run ends.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdint.h>

#include "run.h"
#include "scantling.h"

/* Verbs that have options. */
enum cli_verb {
    CLI_NO_VERB = 0,
    CLI_CHECK = 1,
    CLI_INSPECT = 2,
    CLI_TEST = 4,
    CLI_VERSION = 8,
    CLI_EXPLAIN = 16,
    CLI_POLICIES = 32
};

struct cli_limit {
    scantling_option option;
    const char *text; /* as written, for messages */
    int64_t number;
};

struct cli_param {
    const char *policy, *name, *value, *text;
};

/* A report to write; `file` NULL: to standard output. */
struct cli_request {
    const char *format, *file;
};

struct cli_options {
    struct cli_names operands;
    struct cli_names command; /* the words after `--` */
    bool has_command, wants_help;
    /* what to judge */
    struct cli_names files_from, exclude, build_args, variables, assume;
    const char *as, *stdin_name, *target;
    bool skip_unknown;
    /* what to judge it by */
    struct cli_names packs, policies, only, skip;
    struct cli_param *params;
    size_t param_count;
    struct cli_limit *limits;
    size_t limit_count;
    int64_t search_depth, search_files;
    const char *date;
    bool no_config;
    /* what to report */
    struct cli_request *requests;
    size_t request_count;
    enum cli_when color, links;
    unsigned width;
    bool show_suppressed, no_suppress, is_quiet, is_verbose, as_json, with_origins;
    /* how to end */
    scantling_severity fail_on;
    const char *fail_on_name;
    bool fail_on_inconclusive, exit_zero;
    unsigned jobs;
};

/* Reads the words after the verb; what is wrong with them is told and makes the status 2. */
void cli_options_parse(struct cli_run *run, enum cli_verb verb, int count, char **words,
                       struct cli_options *ret_options);
/* The number given for a limit of the ABI, or `usual`. */
int64_t cli_options_limit(const struct cli_options *options, scantling_option option,
                          int64_t usual);

#endif
