/* SPDX-License-Identifier: Apache-2.0 */
/*
 * completion.h: what a shell can offer, word by word
 *
 * Found out once (completion.c) and written into the script of a shell (shells.c), which asks no
 * program later.
 */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "options.h"

/* What a value or an argument is one of. */
enum cli_choice {
    CLI_CHOICE_NONE, /* nothing that is known before */
    CLI_CHOICE_FILES,
    CLI_CHOICE_VERBS,
    CLI_CHOICE_SHELLS,
    CLI_CHOICE_FORMATS,
    CLI_CHOICE_REPORTS,
    CLI_CHOICE_PACKS,
    CLI_CHOICE_POLICIES,
    CLI_CHOICE_SEVERITIES,
    CLI_CHOICE_LIMITS,
    CLI_CHOICE_KINDS,
    CLI_CHOICE_COLORS,
    CLI_CHOICE_LINKS,
    CLI_CHOICES
};

struct cli_completion {
    struct cli_names words[CLI_CHOICES];
};

/* What the words of a choice are called in scripts. */
const char *cli_choice_name(enum cli_choice choice);
/* What the value of an option is, and what the arguments of a verb are. */
enum cli_choice cli_choice_of_option(const char *name);
enum cli_choice cli_choice_of_verb(const char *name);

/* Writes the script of a shell to standard output. */
void cli_shell_write_bash(const struct cli_completion *completion);
void cli_shell_write_zsh(const struct cli_completion *completion);
void cli_shell_write_fish(const struct cli_completion *completion);

#endif
