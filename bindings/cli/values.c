/* SPDX-License-Identifier: Apache-2.0 */
/*
 * values.c: the values of options that need more than to be kept
 */
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "errors.h"
#include "nearest.h"
#include "paths.h"

static const char *const severities[] = { "critical", "high", "medium", "low", "info" };

/* Kinds of subjects. */
static const char *const subject_kinds[] = {
    "build", "image", "container", "host", "evidence", "project",
};

/* Names of reports, and the ending of a file that stands for one. */
static const struct {
    const char *name, *extension;
} formats[] = {
    { "text", ".txt" },     { "short", NULL },    { "json", ".json" },    { "jsonl", ".jsonl" },
    { "sarif", ".sarif" },  { "github", NULL },   { "gitlab", NULL },     { "junit", ".xml" },
    { "checkstyle", NULL }, { "rdjson", NULL },   { "markdown", ".md" },  { "html", ".html" },
};

/* Numbers that bound the search of folders; the others are limits of the ABI. */
static const struct {
    const char *name;
    size_t field;
} own_limits[] = {
    { "search_depth", offsetof(struct cli_options, search_depth) },
    { "search_files", offsetof(struct cli_options, search_files) },
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

const char *
cli_value_severity_at(size_t index)
{
    return index < COUNT(severities) ? severities[index] : NULL;
}

const char *
cli_value_report_at(size_t index)
{
    return index < COUNT(formats) ? formats[index].name : NULL;
}

const char *
cli_value_limit_at(size_t index)
{
    scantling_option option = SCANTLING_LIMIT_POLICY_BYTES;

    if (index < COUNT(own_limits))
        return own_limits[index].name;
    for (index -= COUNT(own_limits); option <= SCANTLING_LIMIT_ENTRY_BYTES; option++)
        if (*scantling_enum_name(SCANTLING_ENUM_OPTION, option) && index-- == 0)
            return scantling_enum_name(SCANTLING_ENUM_OPTION, option);
    return NULL;
}

const char *
cli_value_kind_at(size_t index)
{
    return index < COUNT(subject_kinds) ? subject_kinds[index] : NULL;
}

/* A whole number of digits alone, or -1. */
static int64_t
number_of(const char *text)
{
    int64_t number = 0;

    if (!*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || number > (INT64_MAX - 9) / 10)
            return -1;
        number = number * 10 + (*text - '0');
    }
    return number;
}

void
cli_value_fail_on(struct cli_run *run, struct cli_options *options, const char *name,
                  const char *value)
{
    struct cli_names pieces = { 0 };

    options->has_fail_on = true;
    cli_names_split(&run->pool, &pieces, value);
    for (size_t i = 0; i < pieces.count; i++) {
        const char *piece = pieces.at[i];
        const char *known = NULL;

        if (strcmp(piece, "inconclusive") == 0) {
            options->fail_on_inconclusive = true;
            continue;
        }
        for (size_t j = 0; j < COUNT(severities); j++)
            if (strcmp(piece, severities[j]) == 0)
                known = severities[j];
        if (!known) {
            cli_error(run, CLI_UNUSABLE, "--%s: unknown severity '%s'", name, piece);
            cli_error_help(run, "one of critical, high, medium, low, info");
            continue;
        }
        options->fail_on_name = known;
        options->fail_on =
            scantling_enum_value(SCANTLING_ENUM_SEVERITY, known, SCANTLING_TERMINATED);
    }
}

void
cli_value_format(struct cli_run *run, struct cli_options *options, const char *name,
                 const char *value)
{
    struct cli_nearest nearest;
    struct cli_request request = { NULL, NULL };

    cli_nearest_init(&nearest, value);
    for (size_t i = 0; i < COUNT(formats); i++) {
        cli_nearest_try(&nearest, formats[i].name);
        if (strcmp(value, formats[i].name) == 0)
            request.format = formats[i].name;
    }
    if (!request.format) {
        cli_error(run, CLI_UNUSABLE, "--%s: unknown report format '%s'", name, value);
        cli_error_suggest(run, nearest.best);
        request.format = formats[0].name;
    }
    options->requests = cli_pool_grow(&run->pool, options->requests, options->request_count,
                                      sizeof *options->requests);
    options->requests[options->request_count++] = request;
}

void
cli_value_output(struct cli_run *run, struct cli_options *options, const char *name,
                 const char *value)
{
    const char *extension = cli_path_extension(value);
    struct cli_request request = { NULL, value };
    size_t count = options->request_count;

    if (strcmp(value, "-") == 0)
        return;
    if (count && !options->requests[count - 1].file) {
        options->requests[count - 1].file = value;
        return;
    }
    for (size_t i = 0; i < COUNT(formats); i++)
        if (formats[i].extension && strcmp(extension, formats[i].extension) == 0)
            request.format = formats[i].name;
    if (!request.format) {
        cli_error(run, CLI_UNUSABLE, "--%s: no format is known by the ending of '%s'", name, value);
        cli_error_help(run, "name it before: --format NAME --output FILE");
        request.format = formats[0].name;
    }
    options->requests = cli_pool_grow(&run->pool, options->requests, count, sizeof request);
    options->requests[options->request_count++] = request;
}

void
cli_value_kind(struct cli_run *run, struct cli_options *options, const char *name,
               const char *value)
{
    struct cli_nearest nearest;

    options->kind = NULL;
    cli_nearest_init(&nearest, value);
    for (size_t i = 0; i < COUNT(subject_kinds); i++) {
        cli_nearest_try(&nearest, subject_kinds[i]);
        if (strcmp(value, subject_kinds[i]) == 0)
            options->kind = subject_kinds[i];
    }
    if (options->kind)
        return;
    cli_error(run, CLI_UNUSABLE, "--%s: unknown kind '%s'", name, value);
    if (nearest.best)
        cli_error_suggest(run, nearest.best);
    else
        cli_error_help(run, "one of build, image, container, host, evidence, project");
}

static enum cli_when
when_of(struct cli_run *run, const char *name, const char *value, bool has_auto)
{
    if (has_auto && strcmp(value, "auto") == 0)
        return CLI_AUTO;
    if (strcmp(value, "always") == 0)
        return CLI_ALWAYS;
    if (strcmp(value, "never") == 0)
        return CLI_NEVER;
    cli_error(run, CLI_UNUSABLE, "--%s: unknown value '%s'", name, value);
    cli_error_help(run, "one of %salways, never", has_auto ? "auto, " : "");
    return CLI_AUTO;
}

void
cli_value_color(struct cli_run *run, struct cli_options *options, const char *name,
                const char *value)
{
    options->color = when_of(run, name, value, true);
}

void
cli_value_hyperlinks(struct cli_run *run, struct cli_options *options, const char *name,
                     const char *value)
{
    options->links = when_of(run, name, value, false);
}

static unsigned
number_within(struct cli_run *run, const char *name, const char *value, unsigned least,
              unsigned most)
{
    int64_t number = number_of(value);

    if (number >= (int64_t)least && number <= (int64_t)most)
        return (unsigned)number;
    cli_error(run, CLI_UNUSABLE, "--%s: '%s' is no number from %u to %u", name, value, least, most);
    return least;
}

void
cli_value_width(struct cli_run *run, struct cli_options *options, const char *name,
                const char *value)
{
    options->width = number_within(run, name, value, CLI_NARROWEST, CLI_WIDEST);
}

void
cli_value_jobs(struct cli_run *run, struct cli_options *options, const char *name,
               const char *value)
{
    options->jobs = number_within(run, name, value, 1, CLI_MOST_JOBS);
}

static bool
is_date(const char *text)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    month = (text[5] - '0') * 10 + text[6] - '0';
    day = (text[8] - '0') * 10 + text[9] - '0';
    if (month < 1 || month > 12 || day < 1)
        return false;
    if (month == 2 && day == 29)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1];
}

void
cli_value_date(struct cli_run *run, struct cli_options *options, const char *name,
               const char *value)
{
    options->date = value;
    if (is_date(value))
        return;
    cli_error(run, CLI_UNUSABLE, "--%s: '%s' is no date", name, value);
    cli_error_help(run, "write YYYY-MM-DD");
}

/* The constant of a limit of the ABI by its name, or 0. */
static scantling_option
limit_of(const char *name)
{
    int32_t value = scantling_enum_value(SCANTLING_ENUM_OPTION, name, SCANTLING_TERMINATED);

    return value >= SCANTLING_LIMIT_POLICY_BYTES ? value : 0;
}

static void
fail_limit(struct cli_run *run, const char *option, const char *name)
{
    struct cli_nearest nearest;

    cli_nearest_init(&nearest, name);
    for (size_t i = 0; i < COUNT(own_limits); i++)
        cli_nearest_try(&nearest, own_limits[i].name);
    for (scantling_option i = SCANTLING_LIMIT_POLICY_BYTES; i <= SCANTLING_LIMIT_ENTRY_BYTES; i++)
        cli_nearest_try(&nearest, scantling_enum_name(SCANTLING_ENUM_OPTION, i));
    cli_error(run, CLI_UNUSABLE, "--%s: unknown limit '%s'", option, name);
    cli_error_suggest(run, nearest.best);
}

void
cli_value_limit(struct cli_run *run, struct cli_options *options, const char *name,
                const char *value)
{
    const char *equals = strchr(value, '=');
    struct cli_limit limit = { 0, value, 0 };
    const char *known;

    if (!equals) {
        cli_error(run, CLI_UNUSABLE, "--%s: '%s' has no '='", name, value);
        return;
    }
    known = cli_pool_text(&run->pool, value, (size_t)(equals - value));
    limit.number = number_of(equals + 1);
    if (limit.number < 0) {
        cli_error(run, CLI_UNUSABLE, "--%s: '%s' is no number", name, equals + 1);
        return;
    }
    for (size_t i = 0; i < COUNT(own_limits); i++)
        if (strcmp(known, own_limits[i].name) == 0) {
            *(int64_t *)((char *)options + own_limits[i].field) = limit.number;
            return;
        }
    limit.option = limit_of(known);
    if (!limit.option) {
        fail_limit(run, name, known);
        return;
    }
    options->limits =
        cli_pool_grow(&run->pool, options->limits, options->limit_count, sizeof limit);
    options->limits[options->limit_count++] = limit;
}

void
cli_value_param(struct cli_run *run, struct cli_options *options, const char *name,
                const char *value)
{
    const char *equals = strchr(value, '='), *dot;
    struct cli_param param = { .text = value };

    if (!equals) {
        cli_error(run, CLI_UNUSABLE, "--%s: '%s' has no '='", name, value);
        return;
    }
    for (dot = equals; dot > value && *dot != '.';)
        dot--;
    if (*dot != '.' || dot == value || dot + 1 == equals) {
        cli_error(run, CLI_UNUSABLE, "--%s: '%s' names no parameter", name, value);
        cli_error_help(run, "write POLICY.PARAMETER=VALUE");
        return;
    }
    param.policy = cli_pool_text(&run->pool, value, (size_t)(dot - value));
    param.name = cli_pool_text(&run->pool, dot + 1, (size_t)(equals - dot - 1));
    param.value = equals + 1;
    options->params =
        cli_pool_grow(&run->pool, options->params, options->param_count, sizeof param);
    options->params[options->param_count++] = param;
}

/* The day to judge as of where no option says: of SOURCE_DATE_EPOCH, else of the clock. */
static const char *
usual_date(struct cli_run *run)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = time(NULL);
    struct tm day;

    if (epoch && *epoch) {
        now = (time_t)number_of(epoch);
        if (now < 0) {
            cli_error(run, CLI_UNUSABLE, "SOURCE_DATE_EPOCH: '%s' is no number of seconds", epoch);
            return NULL;
        }
    }
    if (!gmtime_r(&now, &day) || day.tm_year > 9999 - 1900) {
        cli_error(run, CLI_UNUSABLE, "SOURCE_DATE_EPOCH: '%s' is beyond the year 9999", epoch);
        return NULL;
    }
    return cli_pool_format(&run->pool, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
                           day.tm_mday);
}

/* At most one report goes to standard output; without any request it is the text report. */
static void
finish_requests(struct cli_run *run, struct cli_options *options)
{
    const char *first = NULL;

    if (options->request_count == 0)
        cli_value_format(run, options, "format", formats[0].name);
    for (size_t i = 0; i < options->request_count; i++) {
        const struct cli_request *request = &options->requests[i];

        if (request->file)
            continue;
        if (first) {
            cli_error(run, CLI_UNUSABLE, "two formats for standard output: %s and %s", first,
                      request->format);
            cli_error_help(run, "give all but one an --output FILE");
            return;
        }
        first = request->format;
    }
}

static void
finish_inputs(struct cli_run *run, const struct cli_options *options)
{
    size_t inputs = 0;

    for (size_t i = 0; i < options->operands.count; i++)
        inputs += strcmp(options->operands.at[i], "-") == 0;
    for (size_t i = 0; i < options->files_from.count; i++)
        inputs += strcmp(options->files_from.at[i], "-") == 0;
    if (inputs > 1)
        cli_error(run, CLI_UNUSABLE, "standard input can be read only once");
    if (options->has_command && (options->operands.count || options->files_from.count))
        cli_error(run, CLI_UNUSABLE, "a command line after '--' is judged alone, without PATHs");
    if (options->has_command && !options->command.count)
        cli_error(run, CLI_UNUSABLE, "no command line after '--'");
}

void
cli_values_finish(struct cli_run *run, enum cli_verb verb, struct cli_options *options)
{
    if (options->is_quiet && options->is_verbose)
        cli_error(run, CLI_UNUSABLE, "--quiet and --verbose exclude each other");
    if (options->fix && options->diff)
        cli_error(run, CLI_UNUSABLE, "--fix and --diff exclude each other");
    if (options->unsafe && !options->fix && !options->diff)
        cli_error(run, CLI_UNUSABLE, "--unsafe goes with --fix or --diff");
    if (verb == CLI_CHECK)
        finish_requests(run, options);
    if (verb == CLI_CHECK || verb == CLI_INSPECT)
        finish_inputs(run, options);
    else if (options->has_command)
        cli_error(run, CLI_UNUSABLE, "'--' begins a command line to judge: only check does");
    if ((verb == CLI_CHECK || verb == CLI_EVAL) && !options->date)
        options->date = usual_date(run);
}
