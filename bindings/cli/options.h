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
    CLI_POLICIES = 32,
    CLI_EVAL = 64,
    CLI_COMPLETION = 128
};

enum { CLI_NOT_GIVEN = -1, CLI_USUAL_DEPTH = 64, CLI_USUAL_FILES = 100000 };

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
    bool only_is_operand; /* what explain is asked for stands in `only` */
    /* what to judge */
    struct cli_names files_from, exclude, build_args, variables, pod_templates, assume;
    const char *as, *stdin_name, *target, *kind;
    bool skip_unknown;
    /* what to judge it by */
    struct cli_names packs, policies, only, skip;
    struct cli_param *params;
    size_t param_count;
    struct cli_limit *limits;
    size_t limit_count;
    int64_t search_depth, search_files; /* or CLI_NOT_GIVEN */
    struct cli_names format_globs, formats; /* of the configuration: which file is of which */
    const char *date;
    const char *config, *baseline;
    bool no_config;
    /* what to report */
    struct cli_request *requests;
    size_t request_count;
    enum cli_when color, links;
    unsigned width;
    const char *write_baseline;
    bool show_suppressed, no_suppress, is_quiet, is_verbose, as_json, with_origins;
    bool lists_fields, lists_formats, asks_why;
    /* what to change */
    bool fix, diff, unsafe;
    /* how to end */
    scantling_severity fail_on;
    const char *fail_on_name;
    bool has_fail_on, fail_on_inconclusive, exit_zero;
    unsigned jobs;
};

/* An option as others see it. */
struct cli_option {
    const char *name;
    char letter; /* or NUL */
    unsigned verbs;
    bool takes_value;
};

/* The option number `index` of those that this version has; false past the last. */
bool cli_option_at(size_t index, struct cli_option *ret_option);

/* Reads the words after the verb; what is wrong with them is told and makes the status 2. */
void cli_options_parse(struct cli_run *run, enum cli_verb verb, int count, char **words,
                       struct cli_options *ret_options);
/* The format that the configuration gives the file of that name, or NULL. */
const char *cli_options_format(const struct cli_options *options, const char *name);
/* The number given for a limit of the ABI, or `usual`. */
int64_t cli_options_limit(const struct cli_options *options, scantling_option option,
                          int64_t usual);

#endif
