/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inspect.c: print how documents are understood
 */
#include <string.h>

#include "errors.h"
#include "inputs.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

static const char *
format_of(const struct cli_options *options)
{
    return options->with_origins ? "json origins" : "json";
}

/* Prints what was made, and lets go of it; tells why where nothing was. */
static void
print_buffer(struct cli_run *run, scantling_buffer *buffer, scantling_error *error)
{
    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
}

static void
print_model(struct cli_run *run, const struct cli_options *options,
            const scantling_document *document)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer = scantling_document_render(document, format_of(options),
                                                         SCANTLING_TERMINATED, &error);

    print_buffer(run, buffer, error);
}

/* The models of documents that are understood together, or with assumptions, as they would be
 * judged. */
static void
print_project(struct cli_run *run, const struct cli_options *options,
              const struct cli_inputs *inputs)
{
    scantling_document **documents =
        cli_pool_alloc(&run->pool, (inputs->count + 1) * sizeof *documents);
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine;
    scantling_project *project;

    for (size_t i = 0; i < options->assume.count; i++)
        scantling_config_set_text(config, SCANTLING_OPTION_ASSUME, options->assume.at[i],
                                  SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, &error);
    for (size_t i = 0; i < inputs->count; i++)
        documents[i] = inputs->at[i].document;
    project = scantling_project_new(engine, documents, inputs->count, &error);
    if (!project)
        print_buffer(run, NULL, error);
    for (size_t i = 0; project && i < inputs->count; i++) {
        scantling_error *reason = NULL;
        scantling_buffer *buffer = NULL;

        if (!*scantling_document_format(documents[i]))
            continue;
        buffer = scantling_project_render(project, i, format_of(options), SCANTLING_TERMINATED,
                                          &reason);
        print_buffer(run, buffer, reason);
    }
    scantling_project_unref(project);
    scantling_engine_unref(engine);
    scantling_config_free(config);
}

/* Whether a part of the document was not understood. */
static bool
has_errors(const scantling_document *document)
{
    scantling_mark mark;

    for (size_t i = 0; scantling_document_notes(document, i, &mark, sizeof mark, 1); i++)
        if (mark.kind == SCANTLING_MARK_ERROR)
            return true;
    return false;
}

static void
inspect(struct cli_run *run, const struct cli_options *options, struct cli_inputs inputs)
{
    bool is_alone = inputs.count == 1;

    cli_inputs_load(options, &inputs);
    if (cli_inputs_find_target(run, options, &inputs)) {
        cli_inputs_settle(run, options, &inputs);
        for (size_t i = 0; i < inputs.count; i++)
            if (has_errors(inputs.at[i].document))
                run->status = cli_status_worse(run->status, CLI_INCOMPLETE);
        if (inputs.count && (!is_alone || options->assume.count))
            print_project(run, options, &inputs);
        else if (inputs.count && *scantling_document_format(inputs.at[0].document))
            print_model(run, options, inputs.at[0].document);
    }
    cli_inputs_finish(&inputs);
}

/* The files in the order in which they are named. */
static struct cli_inputs
named_inputs(struct cli_run *run, const struct cli_options *options)
{
    const struct cli_names *operands = &options->operands;
    struct cli_inputs inputs = {
        .at = cli_pool_alloc(&run->pool, (operands->count + 1) * sizeof *inputs.at),
    };

    if (options->has_command) {
        inputs.at[inputs.count++] = cli_input_words();
        return inputs;
    }
    for (size_t i = 0; i < operands->count; i++)
        inputs.at[inputs.count++] = cli_input_named(&run->pool, options, operands->at[i]);
    return inputs;
}

/* What the library tells of its tables; any engine does. */
static void
print_catalogue(struct cli_run *run, const char *words)
{
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine = scantling_engine_new(config, &error);
    scantling_buffer *buffer =
        scantling_engine_describe(engine, NULL, 0, words, SCANTLING_TERMINATED, &error);

    print_buffer(run, buffer, error);
    scantling_engine_unref(engine);
    scantling_config_free(config);
}

/* --fields [SUBJECT or FIELD], or --formats. */
static void
print_tables(struct cli_run *run, const struct cli_options *options)
{
    const struct cli_names *operands = &options->operands;
    const char *about = operands->count ? operands->at[0] : "";

    if (options->lists_fields && options->lists_formats)
        cli_error(run, CLI_UNUSABLE, "--fields and --formats exclude each other");
    else if (options->lists_formats && operands->count)
        cli_error(run, CLI_UNUSABLE, "--formats takes no argument '%s'", about);
    else if (operands->count > 1)
        cli_error(run, CLI_UNUSABLE, "--fields takes one SUBJECT, not %zu", operands->count);
    else if (options->lists_formats)
        print_catalogue(run, "formats");
    else
        print_catalogue(run, cli_pool_format(&run->pool, "%s %s",
                                             strchr(about, '.') ? "field" : "fields", about));
}

void
cli_inspect(struct cli_run *run, struct cli_options *options)
{
    if (options->lists_fields || options->lists_formats) {
        print_tables(run, options);
        return;
    }
    if (!options->has_command && !options->operands.count) {
        cli_error(run, CLI_UNUSABLE, "inspect needs a FILE");
        cli_error_help(run, "scantling inspect FILE, or - for standard input");
        return;
    }
    if (!cli_inputs_know_format(run, options))
        return;
    run->is_setting_up = false;
    inspect(run, options, named_inputs(run, options));
}
