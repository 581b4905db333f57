/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c: the program: a verb, and what it makes of the other words
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "help.h"
#include "nearest.h"
#include "verbs.h"

/* All verbs of the language. */
static const struct verb {
    const char *name;
    enum cli_verb options;
    cli_verb_fn *act;
} verbs[] = {
    { "check", CLI_CHECK, cli_check },
    { "inspect", CLI_INSPECT, cli_inspect },
    { "explain", CLI_EXPLAIN, cli_explain },
    { "policies", CLI_POLICIES, cli_policies },
    { "test", CLI_TEST, cli_test },
    { "eval", CLI_EVAL, cli_eval },
    { "completion", CLI_COMPLETION, cli_completion },
    { "version", CLI_VERSION, cli_version },
};

enum { VERBS = sizeof verbs / sizeof *verbs };

const char *
cli_verb_at(size_t index, enum cli_verb *ret_options)
{
    if (index >= VERBS)
        return NULL;
    *ret_options = verbs[index].options;
    return verbs[index].name;
}

static void
fail_unknown(struct cli_run *run, const char *name)
{
    struct cli_nearest nearest;

    cli_nearest_init(&nearest, name);
    for (size_t i = 0; i < VERBS; i++)
        cli_nearest_try(&nearest, verbs[i].name);
    if (name[0] == '-') {
        cli_error(run, CLI_UNUSABLE, "unknown option '%s'", name);
        return;
    }
    cli_error(run, CLI_UNUSABLE, "unknown verb '%s'", name);
    if (access(name, F_OK) == 0)
        cli_error_help(run, "to judge that file: scantling check %s", name);
    else
        cli_error_suggest(run, nearest.best);
}

static void
write_help(struct cli_run *run, const char *verb)
{
    if (!cli_help_write(stdout, verb))
        fail_unknown(run, verb);
}

/* Help outweighs whatever else is wrong with the words before `--`. */
static bool
asks_for_help(int count, char **words)
{
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

static void
act_on(struct cli_run *run, const struct verb *verb, int count, char **words)
{
    struct cli_options options;

    if (asks_for_help(count, words)) {
        write_help(run, verb->name);
        return;
    }
    run->is_setting_up = true;
    cli_options_parse(run, verb->options, count, words, &options);
    if (options.wants_help)
        write_help(run, verb->name);
    else if (run->status == CLI_CLEAN)
        verb->act(run, &options);
}

static void
act(struct cli_run *run, int count, char **words)
{
    const char *verb = words[0];

    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0) {
        write_help(run, "");
        return;
    }
    if (strcmp(verb, "help") == 0) {
        write_help(run, count > 1 ? words[1] : "");
        return;
    }
    if (strcmp(verb, "--version") == 0 || strcmp(verb, "-V") == 0) {
        cli_version_write(run);
        return;
    }
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(verb, verbs[i].name) != 0)
            continue;
        act_on(run, &verbs[i], count - 1, words + 1);
        return;
    }
    fail_unknown(run, verb);
}

int
main(int count, char **words)
{
    struct cli_run run = { .status = CLI_CLEAN };

    /* A reader that closes early ends the run quietly, whatever the parent made of the signal. */
    signal(SIGPIPE, SIG_DFL);
    cli_pool_init(&run.pool);
    run.out = cli_stream_of(STDOUT_FILENO, CLI_AUTO, CLI_AUTO, 0);
    run.err = cli_stream_of(STDERR_FILENO, CLI_AUTO, CLI_AUTO, 0);
    if (count < 2) {
        cli_help_write(stderr, "");
        run.status = CLI_UNUSABLE;
    } else {
        act(&run, count - 1, words + 1);
    }
    if (fflush(stdout) != 0)
        cli_error(&run, CLI_INCOMPLETE, "standard output: cannot write");
    cli_pool_finish(&run.pool);
    return (int)run.status;
}
