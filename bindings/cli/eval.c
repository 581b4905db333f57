/* SPDX-License-Identifier: Apache-2.0 */
/*
 * eval.c: evaluate an expression over the subjects of documents
 *
 * The expression becomes a policy that reports its value for every subject, so it has what policies
 * have, their limits and no more; what it read is the evidence of that finding. Each subject has
 * one finding; nothing suppresses it. The configuration counts as for `check`, but that no other
 * policy is asked.
 */
#include <string.h>

#include "config.h"
#include "errors.h"
#include "inputs.h"
#include "judge.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

#define NAME "<expression>"
#define ID "eval/expression"

enum { HEAD_LINES = 2 };

/* Stands before the expression, which has lines of its own. */
static const char head[] = "local function value(subject)\nreturn\n";

/* Shows lists and maps with their members, a node by its kind and place. */
static const char middle[] =
    "\nend\n"
    "local function show(value, depth)\n"
    "    local name = type(value) == 'userdata' and tostring(value) or type(value)\n"
    "    local parts = {}\n"
    "    if name == 'node' then\n"
    "        return kind(value) .. ' ' .. tostring(where(value))\n"
    "    end\n"
    "    if name ~= 'table' and name ~= 'list' and name ~= 'map' then\n"
    "        return tostring(value)\n"
    "    end\n"
    "    if depth > 3 then\n"
    "        return '...'\n"
    "    end\n"
    "    for key, item in (name == 'list' and ipairs or pairs)(value) do\n"
    "        local text = show(item, depth + 1)\n"
    "        parts[#parts + 1] = type(key) == 'number' and text or key .. ' = ' .. text\n"
    "    end\n"
    "    return #parts > 0 and '{ ' .. table.concat(parts, ', ') .. ' }' or '{}'\n"
    "end\n"
    "return policy {\n"
    "    id = '" ID "', title = 'An expression', severity = 'info',\n"
    "    why = 'It is asked for.', fix = 'It is no fault.', fails = {}, passes = {},\n"
    "    subjects = { ";

static const char tail[] =
    " },\n"
    "    check = function(subject, report)\n"
    "        report(subject, '%s', show(value(subject), 0))\n"
    "    end,\n"
    "}\n";

/* Without --kind, all that a document has. */
static const char usual_kinds[] = "'build', 'image', 'container', 'host', 'evidence'";

static struct cli_text
policy_of(struct cli_run *run, const struct cli_options *options, const char *expression)
{
    struct cli_pool *pool = &run->pool;
    const char *kinds =
        options->kind ? cli_pool_format(pool, "'%s'", options->kind) : usual_kinds;
    const char *text =
        cli_pool_format(pool, "%s%s%s%s%s", head, expression, middle, kinds, tail);

    return (struct cli_text){ NAME, SCANTLING_FILE_POLICY, text, strlen(text) };
}

static uint32_t
count_lines(const char *text)
{
    uint32_t count = 1;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* What the parser of Lua says, without the function that the expression is put into. */
static void
tell_message(struct cli_run *run, const char *message)
{
    static const char prefix[] = "policy cannot be read: ";
    static const char end[] = "'end' expected", near[] = " near ";
    const char *what;

    if (strncmp(message, prefix, sizeof prefix - 1) == 0)
        message += sizeof prefix - 1;
    what = strncmp(message, end, sizeof end - 1) == 0 ? strstr(message, near) : NULL;
    if (what)
        cli_error(run, CLI_UNUSABLE, "the expression ends before %s", what + sizeof near - 1);
    else
        cli_error(run, CLI_UNUSABLE, "the expression cannot be read: %s", message);
}

/* Why the expression is none, at its place in the words that were given. */
static void
tell_error(struct cli_run *run, const char *expression, const scantling_error *error)
{
    struct cli_place place = { .path = NAME, .text = expression, .length = strlen(expression) };
    scantling_mark mark = { 0 };

    scantling_error_mark(error, &mark, sizeof mark);
    if (mark.line > HEAD_LINES + count_lines(expression)) {
        cli_error(run, CLI_UNUSABLE, "the expression has no end");
        return;
    }
    tell_message(run, scantling_error_message(error, NULL));
    if (mark.line <= HEAD_LINES)
        return;
    place.line = mark.line - HEAD_LINES;
    place.column = mark.column ? mark.column : 1;
    place.end_line = mark.end_line - HEAD_LINES;
    place.end_column = mark.end_column;
    cli_error_place(run, &place);
}

/* Whether the expression is one, whatever the other options say. */
static bool
compiles(struct cli_run *run, const char *expression, const struct cli_text *policy)
{
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "none", SCANTLING_TERMINATED);
    scantling_config_add_file(config, policy->kind, policy->name, SCANTLING_TERMINATED,
                              policy->text, policy->length);
    engine = scantling_engine_new(config, &error);
    if (!engine)
        tell_error(run, expression, error);
    scantling_error_free(error);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    return run->status == CLI_CLEAN;
}

static scantling_engine *
engine_of(struct cli_run *run, struct cli_options *options, const char *expression)
{
    struct cli_text policy = policy_of(run, options, expression);
    struct cli_settings settings;

    if (!compiles(run, expression, &policy))
        return NULL;
    cli_names_add(&run->pool, &options->only, ID);
    options->no_suppress = true;
    return cli_config_engine(run, options, &policy, &settings);
}

static void
write_values(struct cli_run *run, const scantling_report *report)
{
    const char *format = cli_pool_format(&run->pool, "values width=%u%s%s", run->out.width,
                                         run->out.has_color ? " color" : "",
                                         run->out.is_ascii ? " ascii" : "");
    scantling_error *error = NULL;
    scantling_buffer *buffer =
        scantling_report_render(report, format, SCANTLING_TERMINATED, &error);

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
    if (scantling_report_number(report, SCANTLING_NUMBER_BAD_INPUTS) > 0)
        run->status = cli_status_worse(run->status, CLI_INCOMPLETE);
    if (scantling_report_number(report, SCANTLING_NUMBER_ERROR) > 0)
        run->status = cli_status_worse(run->status, CLI_POLICY_FAILED);
}

static void
evaluate(struct cli_run *run, const struct cli_options *options, const scantling_engine *engine)
{
    struct cli_inputs inputs = cli_inputs_find(run, options);
    unsigned threads = options->jobs;
    scantling_report *report = NULL;

    if (run->status != CLI_UNUSABLE) {
        cli_inputs_load(options, &inputs);
        if (cli_inputs_find_target(run, options, &inputs))
            cli_inputs_settle(run, options, &inputs);
    }
    if (run->status != CLI_UNUSABLE)
        report = cli_judge(run, engine, &inputs, &threads);
    if (report)
        write_values(run, report);
    scantling_report_unref(report);
    cli_inputs_finish(&inputs);
}

void
cli_eval(struct cli_run *run, struct cli_options *options)
{
    scantling_engine *engine;
    const char *expression;

    if (!options->operands.count) {
        cli_error(run, CLI_UNUSABLE, "eval needs an EXPRESSION");
        cli_error_help(run, "scantling eval 'subject.name' PATH");
        return;
    }
    if (!cli_inputs_know_format(run, options))
        return;
    expression = options->operands.at[0];
    options->operands.at++;
    options->operands.count--;
    engine = engine_of(run, options, expression);
    if (!engine)
        return;
    run->is_setting_up = false;
    evaluate(run, options, engine);
    scantling_engine_unref(engine);
}
