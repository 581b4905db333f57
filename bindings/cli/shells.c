/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shells.c: completion scripts of shells
 *
 * All three say the same: the first word is a verb, what follows an option is its value, the rest
 * are options of the verb or its arguments. The words that are offered have no blanks, quotes or
 * signs that a shell takes for its own.
 */
#include <stdio.h>
#include <string.h>

#include "completion.h"
#include "verbs.h"

/* ---- pieces ---- */

/* Prints lines up to NULL. */
static void
print_lines(const char *const *lines)
{
    for (; *lines; lines++)
        puts(*lines);
}

static void
print_words(const struct cli_names *words)
{
    for (size_t i = 0; i < words->count; i++)
        printf("%s%s", i ? " " : "", words->at[i]);
}

/* The options of a verb, as they are written. */
static void
print_options(enum cli_verb verb)
{
    struct cli_option option;
    const char *between = "";

    for (size_t i = 0; cli_option_at(i, &option); i++) {
        if (!(option.verbs & (unsigned)verb))
            continue;
        printf("%s--%s", between, option.name);
        if (option.letter)
            printf(" -%c", option.letter);
        between = " ";
    }
}

/* Whether an earlier row of the table has the same name: verbs may differ in what it means. */
static bool
is_repeated(size_t index, const char *name)
{
    struct cli_option earlier;

    for (size_t i = 0; i < index && cli_option_at(i, &earlier); i++)
        if (strcmp(earlier.name, name) == 0)
            return true;
    return false;
}

/* The options whose value is one of a choice, as a pattern of `case`; whether there are any. */
static bool
print_pattern(enum cli_choice choice, const char *before)
{
    struct cli_option option;
    bool has_any = false;

    for (size_t i = 0; cli_option_at(i, &option); i++) {
        if (!option.takes_value || cli_choice_of_option(option.name) != choice ||
            is_repeated(i, option.name))
            continue;
        printf("%s--%s", has_any ? "|" : before, option.name);
        if (option.letter)
            printf("|-%c", option.letter);
        has_any = true;
    }
    return has_any;
}

/* ---- bash ---- */

static const char *const bash_head[] = {
    "# Completion of scantling for bash, printed by 'scantling completion bash'.",
    "_scantling()",
    "{",
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}",
    "    local verb=${COMP_WORDS[1]} options='' words='' last=''",
    NULL,
};

static const char *const bash_values[] = {
    "",
    "    COMPREPLY=()",
    "    if ((COMP_CWORD == 1)); then",
    "        COMPREPLY=($(compgen -W \"$verbs --help --version\" -- \"$word\"))",
    "        return",
    "    fi",
    "    # Bash takes '--option=value' for three words.",
    "    if [[ $word == '=' ]]; then",
    "        word=''",
    "    elif [[ $before == '=' ]]; then",
    "        before=${COMP_WORDS[COMP_CWORD - 2]}",
    "    fi",
    "    case $before in",
    NULL,
};

static const char *const bash_verbs[] = {
    "    esac",
    "    if [[ -z $words ]]; then",
    "        case $verb in",
    NULL,
};

static const char *const bash_tail[] = {
    "        esac",
    "        if [[ $word == -* ]]; then",
    "            words=$options",
    "        fi",
    "    fi",
    "    # Of a list only the last piece is completed; of a limit the number is still to come.",
    "    last=${word##*,}",
    "    COMPREPLY=($(compgen -P \"${word%\"$last\"}\" -W \"$words\" -- \"$last\"))",
    "    if [[ ${COMPREPLY[0]} == *= ]]; then",
    "        compopt -o nospace 2>/dev/null",
    "    fi",
    "}",
    "complete -o default -F _scantling scantling",
    NULL,
};

static void
bash_values_of_options(void)
{
    for (enum cli_choice choice = CLI_CHOICE_NONE; choice < CLI_CHOICES; choice++) {
        if (!print_pattern(choice, "    "))
            continue;
        if (cli_choice_name(choice))
            printf(") words=$%s ;;\n", cli_choice_name(choice));
        else
            puts(") return ;;");
    }
}

void
cli_shell_write_bash(const struct cli_completion *completion)
{
    enum cli_verb options;
    const char *verb;

    print_lines(bash_head);
    for (enum cli_choice choice = CLI_CHOICE_NONE; choice < CLI_CHOICES; choice++) {
        if (!cli_choice_name(choice))
            continue;
        printf("    local %s='", cli_choice_name(choice));
        print_words(&completion->words[choice]);
        puts("'");
    }
    print_lines(bash_values);
    bash_values_of_options();
    print_lines(bash_verbs);
    for (size_t i = 0; (verb = cli_verb_at(i, &options)) != NULL; i++) {
        printf("        %s) options='", verb);
        print_options(options);
        printf("'");
        if (cli_choice_name(cli_choice_of_verb(verb)))
            printf(" words=$%s", cli_choice_name(cli_choice_of_verb(verb)));
        puts(" ;;");
    }
    puts("        help) words=$verbs ;;");
    print_lines(bash_tail);
}

/* ---- zsh ---- */

static const char *const zsh_head[] = {
    "#compdef scantling",
    "# Completion of scantling for zsh, printed by 'scantling completion zsh'.",
    "_scantling()",
    "{",
    "    local word=$words[CURRENT] before=$words[CURRENT-1] verb=$words[2] takes_files=''",
    "    local -a options choices",
    NULL,
};

static const char *const zsh_values[] = {
    "",
    "    if ((CURRENT == 2)); then",
    "        compadd -- $verbs --help --version",
    "        return",
    "    fi",
    "    if [[ $word == --*=* ]]; then",
    "        before=${word%%=*}",
    "        compset -P '*='",
    "    fi",
    "    case $before in",
    NULL,
};

static const char *const zsh_verbs[] = {
    "    esac",
    "    if ((! $#choices)); then",
    "        case $verb in",
    NULL,
};

static const char *const zsh_tail[] = {
    "        esac",
    "        if [[ $word == -* ]]; then",
    "            compadd -- $options",
    "            return",
    "        elif [[ -n $takes_files ]]; then",
    "            _files",
    "            return",
    "        fi",
    "    fi",
    "    # Of a list only the last piece is completed; of a limit the number is still to come.",
    "    compset -P '*,'",
    "    compadd -S '' -- ${(M)choices:#*=}",
    "    compadd -- ${choices:#*=}",
    "}",
    "if [[ $funcstack[1] == _scantling ]]; then",
    "    _scantling \"$@\"",
    "else",
    "    compdef _scantling scantling",
    "fi",
    NULL,
};

static void
zsh_values_of_options(void)
{
    for (enum cli_choice choice = CLI_CHOICE_NONE; choice < CLI_CHOICES; choice++) {
        if (!print_pattern(choice, "    ("))
            continue;
        if (cli_choice_name(choice))
            printf(") choices=($%s) ;;\n", cli_choice_name(choice));
        else
            puts(choice == CLI_CHOICE_FILES ? ") _files; return ;;" : ") return ;;");
    }
}

void
cli_shell_write_zsh(const struct cli_completion *completion)
{
    enum cli_verb options;
    const char *verb;

    print_lines(zsh_head);
    for (enum cli_choice choice = CLI_CHOICE_NONE; choice < CLI_CHOICES; choice++) {
        if (!cli_choice_name(choice))
            continue;
        printf("    local -a %s=(", cli_choice_name(choice));
        print_words(&completion->words[choice]);
        puts(")");
    }
    print_lines(zsh_values);
    zsh_values_of_options();
    print_lines(zsh_verbs);
    for (size_t i = 0; (verb = cli_verb_at(i, &options)) != NULL; i++) {
        enum cli_choice choice = cli_choice_of_verb(verb);

        printf("        (%s) options=(", verb);
        print_options(options);
        printf(")");
        if (cli_choice_name(choice))
            printf(" choices=($%s)", cli_choice_name(choice));
        puts(choice == CLI_CHOICE_FILES ? " takes_files=1 ;;" : " ;;");
    }
    puts("        (help) choices=($verbs) ;;");
    print_lines(zsh_tail);
}

/* ---- fish ---- */

/* The verbs that have an option. */
static void
fish_verbs_of(const struct cli_option *option)
{
    enum cli_verb options;
    const char *verb;

    for (size_t i = 0; (verb = cli_verb_at(i, &options)) != NULL; i++)
        if (option->verbs & (unsigned)options)
            printf(" %s", verb);
}

/* How what is one of a choice is offered. */
static void
fish_choice(enum cli_choice choice)
{
    if (cli_choice_name(choice))
        printf(" -a \"$%s\"", cli_choice_name(choice));
    else if (choice == CLI_CHOICE_FILES)
        printf(" -F");
}

static void
fish_option(const struct cli_option *option)
{
    enum cli_choice choice = cli_choice_of_option(option->name);

    printf("complete -c scantling -n '__fish_seen_subcommand_from");
    fish_verbs_of(option);
    printf("' -l %s", option->name);
    if (option->letter)
        printf(" -s %c", option->letter);
    if (option->takes_value) {
        printf(choice == CLI_CHOICE_FILES ? " -r" : " -x");
        fish_choice(choice);
    }
    putchar('\n');
}

void
cli_shell_write_fish(const struct cli_completion *completion)
{
    struct cli_option option;
    enum cli_verb options;
    const char *verb;

    puts("# Completion of scantling for fish, printed by 'scantling completion fish'.");
    for (enum cli_choice choice = CLI_CHOICE_NONE; choice < CLI_CHOICES; choice++) {
        if (!cli_choice_name(choice))
            continue;
        printf("set -l %s ", cli_choice_name(choice));
        print_words(&completion->words[choice]);
        putchar('\n');
    }
    puts("complete -c scantling -f");
    puts("complete -c scantling -n __fish_use_subcommand -a \"$verbs\"");
    puts("complete -c scantling -n __fish_use_subcommand -l help -s h");
    puts("complete -c scantling -n __fish_use_subcommand -l version -s V");
    for (size_t i = 0; cli_option_at(i, &option); i++)
        fish_option(&option);
    for (size_t i = 0; (verb = cli_verb_at(i, &options)) != NULL; i++) {
        if (cli_choice_of_verb(verb) == CLI_CHOICE_NONE)
            continue;
        printf("complete -c scantling -n '__fish_seen_subcommand_from %s'", verb);
        fish_choice(cli_choice_of_verb(verb));
        putchar('\n');
    }
    puts("complete -c scantling -n '__fish_seen_subcommand_from help' -a \"$verbs\"");
}
