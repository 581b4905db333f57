/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_wrapper.c: what a command with wrappers before it runs in the end
 */
#include "syntax/shell.h"
#include "test.h"

/* Words divided by single blanks; `?` is one whose text is not known. */
static struct scl_shell_argv
argv_of(struct scl_arena *arena, const char *line)
{
    struct scl_str rest = scl_str_c(line), word, *texts = scl_arena_array(arena, 32, sizeof *texts);
    struct scl_shell_argv argv = { .texts = texts };

    while (scl_str_cut(&rest, ' ', &word)) {
        texts[argv.count] = word;
        if (scl_str_is(word, "?"))
            texts[argv.count].at = NULL;
        argv.count++;
    }
    return argv;
}

static void
wrappers_are_stripped_with_their_options(void **state)
{
    static const struct {
        const char *line;
        uint32_t effective;
        const char *wrappers;
    } rows[] = {
        { "a b", 0, "" },
        { "sudo a", 1, "sudo " },
        { "/usr/bin/sudo a", 1, "sudo " },
        { "sudo -E a", 1 + 1, "sudo " },
        { "sudo -u root -EH a", 4, "sudo " },
        { "sudo -uroot a", 2, "sudo " },
        { "sudo --user=root a", 2, "sudo " },
        { "sudo --user root a", 3, "sudo " },
        { "sudo A=b C=d a", 3, "sudo " },
        { "sudo -n -- a -b", 3, "sudo " },
        { "sudo", 0, "" },
        { "sudo -v", 0, "" },
        { "sudo -u a", 0, "" },
        { "sudo ? a", 1, "sudo " },
        { "sudo -u ? a", 3, "sudo " },
        { "env a", 1, "env " },
        { "env A=b C= a D=e", 3, "env " },
        { "env -i -u X A=b a", 5, "env " },
        { "env --unset X -C / a", 5, "env " },
        { "env -S a", 0, "" },
        { "env A=b", 0, "" },
        { "env - a", 2, "env " },
        { "exec a", 1, "exec " },
        { "exec -a b c", 3, "exec " },
        { "time -f %e -o x a", 5, "time " },
        { "nice a", 1, "nice " },
        { "nice -n 10 a", 3, "nice " },
        { "nice -10 a", 2, "nice " },
        { "ionice -c3 a", 2, "ionice " },
        { "nohup a", 1, "nohup " },
        { "timeout 5 a", 2, "timeout " },
        { "timeout -k 5 -s KILL 10m a", 6, "timeout " },
        { "timeout --signal=KILL ? a", 3, "timeout " },
        { "timeout 5", 0, "" },
        { "command a", 1, "command " },
        { "command -v a", 0, "" },
        { "xargs a", 1, "xargs " },
        { "xargs -0 -r -n 1 -I {} a {}", 7, "xargs " },
        { "xargs -n1 -I{} a", 3, "xargs " },
        { "xargs --max-args 1 --no-run-if-empty a", 4, "xargs " },
        { "xargs -i a", 2, "xargs " },
        { "xargs", 0, "" },
        { "gosu nobody a", 2, "gosu " },
        { "su-exec a:b c", 2, "su-exec " },
        { "doas -u a b", 3, "doas " },
        { "eatmydata -- a", 2, "eatmydata " },
        { "busybox a", 1, "busybox " },
        { "busybox --install", 0, "" },
        { "tini -- a", 2, "tini " },
        { "tini -g -e 143 a", 4, "tini " },
        { "dumb-init --rewrite 15:3 a", 3, "dumb-init " },
        { "setpriv --reuid 1 --clear-groups a", 4, "setpriv " },
        { "stdbuf -oL a", 2, "stdbuf " },
        { "sudo env A=b nice -n 5 a", 6, "sudo env nice " },
        { "sudo sudo a", 2, "sudo sudo " },
        { "chroot / a", 0, "" },
        { "? a", 0, "" },
        { "apt-get sudo a", 0, "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_shell_argv argv = argv_of(*state, rows[i].line);
        struct scl_shell_wrapped wrapped;
        struct scl_text names = { 0 };

        scl_shell_unwrap(&argv, &wrapped);
        for (uint32_t k = 0; k < wrapped.wrapper_count; k++)
            scl_text_f(&names, "%.*s ", SCL_ARG(wrapped.wrappers[k]));
        check_number(wrapped.effective, rows[i].effective, rows[i].line);
        check_text(scl_text_str(&names), rows[i].wrappers, rows[i].line);
        scl_text_finish(&names);
    }
}

static void
a_row_of_wrappers_without_end_is_cut(void **state)
{
    struct scl_shell_argv argv =
        argv_of(*state, "nohup nohup nohup nohup nohup nohup nohup nohup nohup nohup a");
    struct scl_shell_wrapped wrapped;

    scl_shell_unwrap(&argv, &wrapped);
    check_number(wrapped.wrapper_count, SCL_SHELL_WRAPPERS, "as many as there is room for");
    check_number(wrapped.effective, SCL_SHELL_WRAPPERS, "the one behind them");
}

static void
a_shell_takes_its_script_from_an_argument_or_its_input(void **state)
{
    static const struct {
        const char *line;
        uint32_t script;
        bool reads;
    } rows[] = {
        { "sh -c a", 2, false },
        { "sh -ec a", 2, false },
        { "sh -e -c a b", 3, false },
        { "sh -c -e a", 3, false },
        { "sh -c -- a", 3, false },
        { "bash -o pipefail -c a", 4, false },
        { "bash -eo pipefail -c a", 4, false },
        { "bash -c -o pipefail a", 4, false },
        { "bash +e -c a", 3, false },
        { "bash --login -c a", 3, false },
        { "bash --rcfile x -c a", 4, false },
        { "/bin/ash -c a", 2, false },
        { "dash -c a", 2, false },
        { "zsh -fc a", 2, false },
        { "sh -c", 0, false },
        { "sh ? -c a", 0, false },
        { "sh a -c b", 0, false },
        { "sh a", 0, false },
        { "sh", 0, true },
        { "sh -e", 0, true },
        { "bash -s", 0, true },
        { "bash -", 0, true },
        { "su -c a", 2, false },
        { "su - u -c a", 4, false },
        { "su -l u --command a", 4, false },
        { "su u", 0, false },
        { "python -c a", 0, false },
        { "?", 0, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_shell_argv argv = argv_of(*state, rows[i].line);

        check_number(scl_shell_script(&argv, 0), rows[i].script, rows[i].line);
        check_number(scl_shell_reads_script(&argv, 0), rows[i].reads, rows[i].line);
    }
}

SUITE(
    CASE(wrappers_are_stripped_with_their_options),
    CASE(a_row_of_wrappers_without_end_is_cut),
    CASE(a_shell_takes_its_script_from_an_argument_or_its_input))
