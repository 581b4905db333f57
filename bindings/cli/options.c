/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options.c: what the words of a command line say
 *
 * A row of the table says which verbs have the option and where its value goes: plain ones by the
 * place of a field, the others through a function of values.c.
 */
#include "options.h"

#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "globs.h"
#include "nearest.h"
#include "paths.h"
#include "values.h"

enum take {
    TAKE_FLAG,    /* no value; the field is a bool */
    TAKE_TEXT,    /* the last one wins */
    TAKE_EACH,    /* repeatable */
    TAKE_NAMES,   /* repeatable, and a list with commas */
    TAKE_PAIR,    /* repeatable, and must have a '=' */
    TAKE_CHECKED  /* a function reads it */
};

struct option {
    const char *name;
    char letter;
    unsigned verbs;
    enum take take;
    size_t field;
    cli_value_fn *read;
};

#define FIELD(name) offsetof(struct cli_options, name)
#define DOCUMENTS (CLI_CHECK | CLI_INSPECT | CLI_EVAL)

static const struct option table[] = {
    { "as", 0, DOCUMENTS, TAKE_TEXT, FIELD(as), NULL },
    { "stdin-name", 0, CLI_CHECK | CLI_INSPECT, TAKE_TEXT, FIELD(stdin_name), NULL },
    { "files-from", 0, CLI_CHECK, TAKE_EACH, FIELD(files_from), NULL },
    { "exclude", 0, CLI_CHECK | CLI_EVAL, TAKE_EACH, FIELD(exclude), NULL },
    { "build-arg", 0, DOCUMENTS, TAKE_PAIR, FIELD(build_args), NULL },
    { "variable", 0, DOCUMENTS, TAKE_PAIR, FIELD(variables), NULL },
    { "pod-template", 0, DOCUMENTS, TAKE_PAIR, FIELD(pod_templates), NULL },
    { "target", 0, DOCUMENTS, TAKE_TEXT, FIELD(target), NULL },
    { "assume", 0, CLI_CHECK | CLI_EVAL | CLI_INSPECT, TAKE_PAIR, FIELD(assume), NULL },
    { "skip-unknown", 0, CLI_CHECK, TAKE_FLAG, FIELD(skip_unknown), NULL },
    { "pack", 0, CLI_CHECK | CLI_POLICIES, TAKE_NAMES, FIELD(packs), NULL },
    { "policies", 0, CLI_CHECK | CLI_EXPLAIN | CLI_POLICIES, TAKE_EACH, FIELD(policies), NULL },
    { "only", 0, CLI_CHECK | CLI_TEST | CLI_POLICIES, TAKE_NAMES, FIELD(only), NULL },
    { "skip", 0, CLI_CHECK | CLI_POLICIES, TAKE_NAMES, FIELD(skip), NULL },
    { "param", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_param },
    { "date", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_date },
    { "limit", 0, DOCUMENTS, TAKE_CHECKED, 0, cli_value_limit },
    { "config", 0, CLI_CHECK | CLI_POLICIES, TAKE_TEXT, FIELD(config), NULL },
    { "no-config", 0, CLI_CHECK | CLI_POLICIES, TAKE_FLAG, FIELD(no_config), NULL },
    { "format", 'f', CLI_CHECK, TAKE_CHECKED, 0, cli_value_format },
    { "output", 'o', CLI_CHECK, TAKE_CHECKED, 0, cli_value_output },
    { "show-suppressed", 0, CLI_CHECK, TAKE_FLAG, FIELD(show_suppressed), NULL },
    { "no-suppress", 0, CLI_CHECK, TAKE_FLAG, FIELD(no_suppress), NULL },
    { "baseline", 0, CLI_CHECK, TAKE_TEXT, FIELD(baseline), NULL },
    { "write-baseline", 0, CLI_CHECK, TAKE_TEXT, FIELD(write_baseline), NULL },
    { "color", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_color },
    { "hyperlinks", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_hyperlinks },
    { "width", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_width },
    { "quiet", 'q', CLI_CHECK, TAKE_FLAG, FIELD(is_quiet), NULL },
    { "verbose", 'v', CLI_CHECK | CLI_TEST, TAKE_FLAG, FIELD(is_verbose), NULL },
    { "fix", 0, CLI_CHECK, TAKE_FLAG, FIELD(fix), NULL },
    { "diff", 0, CLI_CHECK, TAKE_FLAG, FIELD(diff), NULL },
    { "unsafe", 0, CLI_CHECK, TAKE_FLAG, FIELD(unsafe), NULL },
    { "fail-on", 0, CLI_CHECK, TAKE_CHECKED, 0, cli_value_fail_on },
    { "exit-zero", 0, CLI_CHECK, TAKE_FLAG, FIELD(exit_zero), NULL },
    { "jobs", 'j', CLI_CHECK, TAKE_CHECKED, 0, cli_value_jobs },
    { "origins", 0, CLI_INSPECT, TAKE_FLAG, FIELD(with_origins), NULL },
    { "fields", 0, CLI_INSPECT, TAKE_FLAG, FIELD(lists_fields), NULL },
    { "formats", 0, CLI_INSPECT, TAKE_FLAG, FIELD(lists_formats), NULL },
    { "kind", 0, CLI_EVAL, TAKE_CHECKED, 0, cli_value_kind },
    { "json", 0, CLI_TEST | CLI_VERSION | CLI_EXPLAIN | CLI_POLICIES,
      TAKE_FLAG, FIELD(as_json), NULL },
    { "why", 0, CLI_POLICIES, TAKE_FLAG, FIELD(asks_why), NULL },
    { "help", 'h', ~0u, TAKE_FLAG, FIELD(wants_help), NULL },
};

enum { COUNT = sizeof table / sizeof *table };

bool
cli_option_at(size_t index, struct cli_option *ret_option)
{
    if (index >= COUNT)
        return false;
    *ret_option = (struct cli_option){ table[index].name, table[index].letter,
                                       table[index].verbs, table[index].take != TAKE_FLAG };
    return true;
}

struct parser {
    struct cli_run *run;
    struct cli_options *options;
    enum cli_verb verb;
    char **words;
    int count, next;
};

static const struct option *
find(enum cli_verb verb, const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT; i++)
        if ((table[i].verbs & (unsigned)verb) && strlen(table[i].name) == length &&
            memcmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

static const struct option *
find_letter(enum cli_verb verb, char letter)
{
    for (size_t i = 0; i < COUNT; i++)
        if ((table[i].verbs & (unsigned)verb) && table[i].letter == letter)
            return &table[i];
    return NULL;
}

static void
fail_unknown(struct parser *parser, const char *name)
{
    struct cli_nearest nearest;

    cli_nearest_init(&nearest, name);
    for (size_t i = 0; i < COUNT; i++)
        if (table[i].verbs & (unsigned)parser->verb)
            cli_nearest_try(&nearest, table[i].name);
    cli_error(parser->run, CLI_UNUSABLE, "unknown option '--%s'", name);
    if (nearest.best)
        cli_error_help(parser->run, "did you mean '--%s'?", nearest.best);
}

static void
store(struct parser *parser, const struct option *option, const char *value)
{
    struct cli_run *run = parser->run;
    void *field = (char *)parser->options + option->field;

    switch (option->take) {
    case TAKE_FLAG:
        *(bool *)field = true;
        break;
    case TAKE_TEXT:
        *(const char **)field = value;
        break;
    case TAKE_EACH:
        cli_names_add(&run->pool, field, value);
        break;
    case TAKE_NAMES:
        cli_names_split(&run->pool, field, value);
        break;
    case TAKE_PAIR:
        if (!strchr(value, '='))
            cli_error(run, CLI_UNUSABLE, "--%s: '%s' has no '='", option->name, value);
        else if (value[0] == '=')
            cli_error(run, CLI_UNUSABLE, "--%s: '%s' has no name", option->name, value);
        else
            cli_names_add(&run->pool, field, value);
        break;
    case TAKE_CHECKED:
        option->read(run, parser->options, option->name, value);
        break;
    }
}

/* `shown` is the option as it was written; `attached` the value written with it, or NULL. */
static void
take_option(struct parser *parser, const struct option *option, const char *shown,
            const char *attached)
{
    const char *value = attached;

    if (option->take == TAKE_FLAG) {
        if (attached)
            cli_error(parser->run, CLI_UNUSABLE, "option '%s' takes no value", shown);
        else
            store(parser, option, NULL);
        return;
    }
    if (!value && parser->next < parser->count)
        value = parser->words[parser->next++];
    if (!value)
        cli_error(parser->run, CLI_UNUSABLE, "option '%s' needs a value", shown);
    else
        store(parser, option, value);
}

static void
take_long(struct parser *parser, const char *word)
{
    struct cli_pool *pool = &parser->run->pool;
    size_t length = strcspn(word, "=");
    const char *name = cli_pool_text(pool, word, length);
    const struct option *option = find(parser->verb, name, length);

    if (!option)
        fail_unknown(parser, name);
    else
        take_option(parser, option, cli_pool_format(pool, "--%s", name),
                    word[length] ? word + length + 1 : NULL);
}

static void
take_letters(struct parser *parser, const char *letters)
{
    for (; *letters; letters++) {
        const struct option *option = find_letter(parser->verb, *letters);
        char shown[3] = { '-', *letters, '\0' };

        if (!option) {
            cli_error(parser->run, CLI_UNUSABLE, "unknown option '%s'", shown);
            return;
        }
        if (option->take != TAKE_FLAG) {
            take_option(parser, option, shown, letters[1] ? letters + 1 : NULL);
            return;
        }
        take_option(parser, option, shown, NULL);
    }
}

static unsigned
processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    if (online < 1)
        return 1;
    return online < CLI_MOST_JOBS ? (unsigned)online : CLI_MOST_JOBS;
}

void
cli_options_parse(struct cli_run *run, enum cli_verb verb, int count, char **words,
                  struct cli_options *ret_options)
{
    struct parser parser = { run, ret_options, verb, words, count, 0 };

    memset(ret_options, 0, sizeof *ret_options);
    ret_options->fail_on = SCANTLING_SEVERITY_MEDIUM;
    ret_options->fail_on_name = "medium";
    ret_options->jobs = processors();
    ret_options->search_depth = CLI_NOT_GIVEN;
    ret_options->search_files = CLI_NOT_GIVEN;
    while (parser.next < count) {
        const char *word = words[parser.next++];

        if (strcmp(word, "--") == 0) {
            ret_options->has_command = true;
            while (parser.next < count)
                cli_names_add(&run->pool, &ret_options->command, words[parser.next++]);
        } else if (word[0] == '-' && word[1] == '-') {
            take_long(&parser, word + 2);
        } else if (word[0] == '-' && word[1]) {
            take_letters(&parser, word + 1);
        } else {
            cli_names_add(&run->pool, &ret_options->operands, word);
        }
    }
    if (ret_options->wants_help)
        return;
    run->is_quiet = ret_options->is_quiet;
    run->is_verbose = ret_options->is_verbose;
    run->out =
        cli_stream_of(STDOUT_FILENO, ret_options->color, ret_options->links, ret_options->width);
    run->err =
        cli_stream_of(STDERR_FILENO, ret_options->color, ret_options->links, ret_options->width);
    cli_values_finish(run, verb, ret_options);
}

int64_t
cli_options_limit(const struct cli_options *options, scantling_option option, int64_t usual)
{
    for (size_t i = options->limit_count; i-- > 0;)
        if (options->limits[i].option == option && options->limits[i].number)
            return options->limits[i].number;
    return usual;
}

const char *
cli_options_format(const struct cli_options *options, const char *name)
{
    for (size_t i = 0; i < options->format_globs.count; i++) {
        const char *glob = options->format_globs.at[i];

        if (cli_glob_match(glob, strchr(glob, '/') ? name : cli_path_base(name)))
            return options->formats.at[i];
    }
    return NULL;
}
