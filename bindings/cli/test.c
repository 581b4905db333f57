/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test.c: run the examples that policies carry
 */
#include <stdio.h>
#include <string.h>

#include "display.h"
#include "errors.h"
#include "output.h"
#include "paths.h"
#include "settings.h"
#include "verbs.h"

/* What was tested, in a few words. */
static const char *
subject_of(struct cli_run *run, const struct cli_options *options)
{
    struct cli_pool *pool = &run->pool;
    const struct cli_names *paths = &options->operands;
    const char *first;

    if (paths->count == 0)
        return "built in";
    first = cli_path_shown(pool, paths->at[0]);
    if (paths->count == 1)
        return first;
    if (paths->count == 2)
        return cli_pool_format(pool, "%s, %s", first, cli_path_shown(pool, paths->at[1]));
    return cli_pool_format(pool, "%s and %zu more", first, paths->count - 1);
}

static void
show(const struct cli_run *run, const char *text, size_t length)
{
    cli_display(stdout, text, length, run->out.is_ascii);
}

/* One example that did not end as it promises; the lines of its reason tell what came instead. */
static void
print_failure(const struct cli_run *run, const scantling_finding *finding)
{
    const char *line = finding->reason;
    const char *end = finding->reason + finding->reason_length;

    show(run, finding->code, finding->code_length);
    fputs(": ", stdout);
    show(run, finding->message, finding->message_length);
    fputc('\n', stdout);
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));

        if (!stop)
            stop = end;
        fputs("   ", stdout);
        show(run, line, (size_t)(stop - line));
        fputc('\n', stdout);
        line = stop + 1;
    }
}

static void
print_text(struct cli_run *run, const struct cli_options *options, const scantling_report *report)
{
    char policies[CLI_NUMBER_SIZE], examples[CLI_NUMBER_SIZE], failures[CLI_NUMBER_SIZE];
    int64_t policy_count = scantling_report_number(report, SCANTLING_NUMBER_POLICIES);
    int64_t example_count = scantling_report_number(report, SCANTLING_NUMBER_SUBJECTS);
    size_t count = 0;
    scantling_finding finding;

    for (; scantling_report_findings(report, count, &finding, sizeof finding, 1); count++)
        print_failure(run, &finding);
    show(run, subject_of(run, options), strlen(subject_of(run, options)));
    printf(": %s %s, %s %s, ", cli_number(policies, (unsigned long long)policy_count),
           policy_count == 1 ? "policy" : "policies",
           cli_number(examples, (unsigned long long)example_count),
           example_count == 1 ? "example" : "examples");
    if (count)
        printf("%s not as promised\n", cli_number(failures, count));
    else
        puts("all as promised");
}

static void
print_rendered(struct cli_run *run, const scantling_report *report, const char *format)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer =
        scantling_report_render(report, format, SCANTLING_TERMINATED, &error);

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
}

static void
conclude(struct cli_run *run, const scantling_report *report)
{
    if (scantling_report_number(report, SCANTLING_NUMBER_FINDINGS) > 0)
        run->status = cli_status_worse(run->status, CLI_FOUND);
    if (scantling_report_number(report, SCANTLING_NUMBER_ERROR) > 0)
        run->status = cli_status_worse(run->status, CLI_POLICY_FAILED);
}

void
cli_test(struct cli_run *run, struct cli_options *options)
{
    struct cli_settings settings;
    scantling_engine *engine = NULL;
    scantling_report *report;
    scantling_error *error = NULL;

    cli_settings_read(run, &options->operands, &settings);
    cli_names_add(&run->pool, &options->packs, options->operands.count ? "none" : "all");
    if (run->status == CLI_CLEAN)
        engine = cli_settings_engine(run, options, &settings);
    if (!engine)
        return;
    report = scantling_engine_test(engine, &error);
    if (report) {
        if (options->as_json)
            print_rendered(run, report, "json");
        else if (options->is_verbose)
            print_rendered(run, report, run->out.is_ascii ? "examples ascii" : "examples");
        if (!options->as_json)
            print_text(run, options, report);
        conclude(run, report);
    } else {
        cli_settings_tell(run, &settings, "", error);
    }
    scantling_error_free(error);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}
