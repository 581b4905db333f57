/* SPDX-License-Identifier: Apache-2.0 */
/*
 * completion.c: print the completion script of a shell
 *
 * Verbs and options are those of their tables; policies, packs and formats are asked of the
 * library, and so is which reports it has.
 */
#include "completion.h"

#include <string.h>

#include "errors.h"
#include "nearest.h"
#include "values.h"
#include "verbs.h"

struct row {
    const char *name;
    enum cli_choice choice;
};

static const struct row of_options[] = {
    { "as", CLI_CHOICE_FORMATS },       { "baseline", CLI_CHOICE_FILES },
    { "color", CLI_CHOICE_COLORS },     { "config", CLI_CHOICE_FILES },
    { "fail-on", CLI_CHOICE_SEVERITIES }, { "files-from", CLI_CHOICE_FILES },
    { "format", CLI_CHOICE_REPORTS },   { "hyperlinks", CLI_CHOICE_LINKS },
    { "kind", CLI_CHOICE_KINDS },       { "limit", CLI_CHOICE_LIMITS },
    { "only", CLI_CHOICE_POLICIES },    { "output", CLI_CHOICE_FILES },
    { "pack", CLI_CHOICE_PACKS },       { "policies", CLI_CHOICE_FILES },
    { "skip", CLI_CHOICE_POLICIES },    { "write-baseline", CLI_CHOICE_FILES },
};

static const struct row of_verbs[] = {
    { "check", CLI_CHOICE_FILES },      { "completion", CLI_CHOICE_SHELLS },
    { "eval", CLI_CHOICE_FILES },       { "explain", CLI_CHOICE_POLICIES },
    { "inspect", CLI_CHOICE_FILES },    { "test", CLI_CHOICE_FILES },
};

static const char *const choice_names[CLI_CHOICES] = {
    [CLI_CHOICE_VERBS] = "verbs",         [CLI_CHOICE_SHELLS] = "shells",
    [CLI_CHOICE_FORMATS] = "formats",     [CLI_CHOICE_REPORTS] = "reports",
    [CLI_CHOICE_PACKS] = "packs",         [CLI_CHOICE_POLICIES] = "policies",
    [CLI_CHOICE_SEVERITIES] = "severities", [CLI_CHOICE_LIMITS] = "limits",
    [CLI_CHOICE_KINDS] = "kinds",         [CLI_CHOICE_COLORS] = "colors",
    [CLI_CHOICE_LINKS] = "links",
};

static const struct {
    const char *name;
    void (*write)(const struct cli_completion *completion);
} shells[] = {
    { "bash", cli_shell_write_bash },
    { "zsh", cli_shell_write_zsh },
    { "fish", cli_shell_write_fish },
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

const char *
cli_choice_name(enum cli_choice choice)
{
    return choice_names[choice];
}

static enum cli_choice
find(const struct row *rows, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return rows[i].choice;
    return CLI_CHOICE_NONE;
}

enum cli_choice
cli_choice_of_option(const char *name)
{
    return find(of_options, COUNT(of_options), name);
}

enum cli_choice
cli_choice_of_verb(const char *name)
{
    return find(of_verbs, COUNT(of_verbs), name);
}

/* ---- what there is ---- */

struct collector {
    struct cli_pool *pool;
    struct cli_completion *completion;
};

static void
add(struct collector *collector, enum cli_choice choice, const char *word)
{
    cli_names_add(collector->pool, &collector->completion->words[choice], word);
}

/* Adds the word of each line that has `before` words before it. */
static void
add_column(struct collector *collector, enum cli_choice choice, const char *lines, size_t before)
{
    while (*lines) {
        const char *end = lines + strcspn(lines, "\n");

        for (size_t i = 0; i < before; i++) {
            lines += strcspn(lines, " \n");
            lines += strspn(lines, " ");
        }
        if (lines < end)
            add(collector, choice,
                cli_pool_text(collector->pool, lines, strcspn(lines, " \n")));
        lines = end + (*end == '\n');
    }
}

static void
add_described(struct collector *collector, const scantling_engine *engine, const char *format,
              enum cli_choice choice, size_t before)
{
    scantling_buffer *buffer =
        scantling_engine_describe(engine, NULL, 0, format, SCANTLING_TERMINATED, NULL);

    add_column(collector, choice, scantling_buffer_bytes(buffer, NULL), before);
    scantling_buffer_free(buffer);
}

/* The reports that the library can write: of nothing, too. */
static void
add_reports(struct collector *collector, const scantling_engine *engine)
{
    scantling_report *report = scantling_engine_evaluate(engine, NULL, 0, NULL);
    const char *name;

    for (size_t i = 0; (name = cli_value_report_at(i)) != NULL; i++) {
        scantling_buffer *buffer =
            scantling_report_render(report, name, SCANTLING_TERMINATED, NULL);

        if (buffer)
            add(collector, CLI_CHOICE_REPORTS, name);
        scantling_buffer_free(buffer);
    }
    scantling_report_unref(report);
}

/* What is in tables of the program. */
static void
add_own(struct collector *collector)
{
    static const struct {
        enum cli_choice choice;
        const char *words;
    } fixed[] = {
        { CLI_CHOICE_COLORS, "auto,always,never" },
        { CLI_CHOICE_LINKS, "always,never" },
    };
    enum cli_verb options;
    const char *name;

    for (size_t i = 0; i < COUNT(fixed); i++)
        cli_names_split(collector->pool, &collector->completion->words[fixed[i].choice],
                        fixed[i].words);
    for (size_t i = 0; (name = cli_verb_at(i, &options)) != NULL; i++)
        add(collector, CLI_CHOICE_VERBS, name);
    add(collector, CLI_CHOICE_VERBS, "help");
    for (size_t i = 0; i < COUNT(shells); i++)
        add(collector, CLI_CHOICE_SHELLS, shells[i].name);
    for (size_t i = 0; (name = cli_value_severity_at(i)) != NULL; i++)
        add(collector, CLI_CHOICE_SEVERITIES, name);
    add(collector, CLI_CHOICE_SEVERITIES, "inconclusive");
    for (size_t i = 0; (name = cli_value_limit_at(i)) != NULL; i++)
        add(collector, CLI_CHOICE_LIMITS, cli_pool_format(collector->pool, "%s=", name));
    for (size_t i = 0; (name = cli_value_kind_at(i)) != NULL; i++)
        add(collector, CLI_CHOICE_KINDS, name);
}

static void
collect(struct cli_run *run, struct cli_completion *ret_completion)
{
    struct collector collector = { &run->pool, ret_completion };
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    memset(ret_completion, 0, sizeof *ret_completion);
    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    if (!engine)
        cli_end_without_memory();
    add_own(&collector);
    add_described(&collector, engine, "formats", CLI_CHOICE_FORMATS, 0);
    add_described(&collector, engine, "packs", CLI_CHOICE_PACKS, 0);
    add_described(&collector, engine, "text", CLI_CHOICE_POLICIES, 0);
    add_described(&collector, engine, "text", CLI_CHOICE_POLICIES, 2);
    add_reports(&collector, engine);
    scantling_engine_unref(engine);
    scantling_config_free(config);
}

void
cli_completion(struct cli_run *run, struct cli_options *options)
{
    struct cli_completion completion;
    struct cli_nearest nearest;
    const char *name;

    if (options->operands.count != 1) {
        cli_error(run, CLI_UNUSABLE, "completion takes one shell, not %zu",
                  options->operands.count);
        cli_error_help(run, "one of bash, zsh, fish");
        return;
    }
    name = options->operands.at[0];
    cli_nearest_init(&nearest, name);
    for (size_t i = 0; i < COUNT(shells); i++) {
        cli_nearest_try(&nearest, shells[i].name);
        if (strcmp(shells[i].name, name) != 0)
            continue;
        collect(run, &completion);
        shells[i].write(&completion);
        return;
    }
    cli_error(run, CLI_UNUSABLE, "no completion for '%s'", name);
    if (nearest.best)
        cli_error_suggest(run, nearest.best);
    else
        cli_error_help(run, "one of bash, zsh, fish");
}
