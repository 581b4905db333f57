/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check.c: judge files, folders, standard input or a command line
 *
 * Whatever makes the status 2 is found before a document is judged and leaves standard output
 * empty; all reports are rendered before the first is written.
 */
#include <string.h>

#include "config.h"
#include "errors.h"
#include "fix.h"
#include "inputs.h"
#include "judge.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

enum { MOST_FIXINGS = 10 };

struct times {
    double read, loaded, judged;
    unsigned threads;
};

/* The name of a report with its options, as the library takes them. */
static const char *
format_of(struct cli_run *run, const struct cli_options *options,
          const struct cli_request *request)
{
    const struct cli_stream *out = &run->out;
    bool to_terminal = !request->file;
    const char *text;

    if (to_terminal && options->diff)
        return options->unsafe ? "diff unsafe" : "diff";
    if (strcmp(request->format, "text") != 0 && strcmp(request->format, "short") != 0)
        return request->format;
    text = cli_pool_format(&run->pool, "%s%s%s%s%s", request->format,
                           to_terminal && out->has_color ? " color" : "",
                           to_terminal && out->is_ascii ? " ascii" : "",
                           options->show_suppressed ? " suppressed" : "",
                           run->is_verbose ? " verbose" : "");
    if (strcmp(request->format, "short") == 0)
        return text;
    return cli_pool_format(&run->pool, "%s width=%u%s%s%s fail-on=%s%s", text,
                           to_terminal ? out->width
                           : options->width ? options->width : CLI_USUAL_WIDTH,
                           to_terminal && out->has_links ? " links=" : "",
                           to_terminal && out->has_links ? cli_link_base(&run->pool) : "",
                           run->is_quiet ? " quiet" : "", options->fail_on_name,
                           options->fail_on_inconclusive ? ",inconclusive" : "");
}

/* Without any document there is nothing a person would want to read. */
static bool
is_wanted(const struct cli_run *run, const scantling_report *report,
          const struct cli_request *request)
{
    return run->status != CLI_INCOMPLETE || strcmp(request->format, "text") != 0 ||
           scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS) > 0;
}

static void
write_reports(struct cli_run *run, const struct cli_options *options,
              const scantling_report *report)
{
    size_t count = options->request_count, rendered = 0;
    scantling_buffer **buffers = cli_pool_alloc(&run->pool, count * sizeof *buffers);
    scantling_error *error = NULL;

    for (; rendered < count && !error; rendered++)
        buffers[rendered] = scantling_report_render(
            report, format_of(run, options, &options->requests[rendered]), SCANTLING_TERMINATED,
            &error);
    if (error)
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "--format: ", error);
    for (size_t i = 0; i < rendered; i++) {
        if (!error && !options->requests[i].file && options->diff)
            cli_fix_show(run, buffers[i]);
        else if (!error && is_wanted(run, report, &options->requests[i]))
            cli_output_write(run, options->requests[i].file, buffers[i]);
        scantling_buffer_free(buffers[i]);
    }
    scantling_error_free(error);
}

/* What the report makes of the status. */
static void
conclude(struct cli_run *run, const struct cli_options *options, const scantling_report *report)
{
    bool is_found = options->fail_on_inconclusive &&
                    scantling_report_number(report, SCANTLING_NUMBER_INCONCLUSIVE) > 0;

    if (scantling_report_number(report, SCANTLING_NUMBER_WORST_SEVERITY) >= options->fail_on)
        is_found = true;
    if (is_found && !options->exit_zero && !options->write_baseline)
        run->status = cli_status_worse(run->status, CLI_FOUND);
    if (scantling_report_number(report, SCANTLING_NUMBER_BAD_INPUTS) > 0)
        run->status = cli_status_worse(run->status, CLI_INCOMPLETE);
    if (scantling_report_number(report, SCANTLING_NUMBER_ERROR) > 0)
        run->status = cli_status_worse(run->status, CLI_POLICY_FAILED);
}

/* Of a run that is incomplete a baseline would hide too little, and be taken for all. */
static void
write_baseline(struct cli_run *run, const struct cli_options *options,
               const scantling_report *report)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer;

    if (!options->write_baseline)
        return;
    if (run->status != CLI_CLEAN) {
        cli_error(run, run->status, "%s: not written, because the run is incomplete",
                  options->write_baseline);
        return;
    }
    buffer = scantling_report_render(report, "baseline", SCANTLING_TERMINATED, &error);
    if (buffer)
        cli_output_write(run, options->write_baseline, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
}

static void
tell_times(struct cli_run *run, const struct cli_inputs *inputs, const scantling_report *report,
           const struct times *times)
{
    long long policies = scantling_report_number(report, SCANTLING_NUMBER_POLICIES);
    unsigned long long bytes = 0;

    for (size_t i = 0; i < inputs->count; i++)
        bytes += inputs->at[i].size;
    cli_tell(run,
             "read %zu %s (%llu KiB) in %.1f ms, loaded %lld %s in %.1f ms, judged in %.1f ms with "
             "%u %s",
             inputs->count, inputs->count == 1 ? "document" : "documents", (bytes + 1023) / 1024,
             times->read, policies, policies == 1 ? "policy" : "policies", times->loaded,
             times->judged, times->threads, times->threads == 1 ? "thread" : "threads");
}

/* Reads the inputs; false where nothing is to be judged, because the status is 2. */
static bool
read_inputs(struct cli_run *run, const struct cli_options *options, struct cli_inputs *inputs)
{
    *inputs = cli_inputs_find(run, options);
    if (run->status == CLI_UNUSABLE)
        return false;
    cli_inputs_load(options, inputs);
    if (!cli_inputs_find_target(run, options, inputs))
        return false;
    cli_inputs_settle(run, options, inputs);
    return run->status != CLI_UNUSABLE;
}

/* Fixes what can be fixed, and judges again; a fix that another one is in the way of comes
 * later. */
static scantling_report *
fix(struct cli_run *run, const struct cli_options *options, const scantling_engine *engine,
    struct cli_inputs *inputs, scantling_report *report, unsigned *threads)
{
    for (int i = 0; report && i < MOST_FIXINGS && cli_fix_files(run, options, inputs, report);
         i++) {
        scantling_report_unref(report);
        report = cli_judge(run, engine, inputs, threads);
    }
    return report;
}

static void
judge(struct cli_run *run, const struct cli_options *options, const scantling_engine *engine,
      struct times *times)
{
    struct cli_inputs inputs;
    scantling_report *report = NULL;

    times->read = cli_clock();
    times->threads = options->jobs;
    if (read_inputs(run, options, &inputs)) {
        times->judged = cli_clock();
        times->read = times->judged - times->read;
        report = cli_judge(run, engine, &inputs, &times->threads);
        if (options->fix)
            report = fix(run, options, engine, &inputs, report, &times->threads);
        times->judged = cli_clock() - times->judged;
    }
    if (report) {
        write_reports(run, options, report);
        conclude(run, options, report);
        write_baseline(run, options, report);
        cli_config_tell_baseline(run, options, engine, report);
        tell_times(run, &inputs, report, times);
    }
    scantling_report_unref(report);
    cli_inputs_finish(&inputs);
}

void
cli_check(struct cli_run *run, struct cli_options *options)
{
    struct cli_settings settings;
    struct times times = { .loaded = cli_clock() };
    scantling_engine *engine;

    if (!cli_inputs_know_format(run, options))
        return;
    engine = cli_config_engine(run, options, NULL, &settings);
    times.loaded = cli_clock() - times.loaded;
    if (!engine)
        return;
    run->is_setting_up = false;
    judge(run, options, engine, &times);
    scantling_engine_unref(engine);
}
