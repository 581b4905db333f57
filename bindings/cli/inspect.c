/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inspect.c: print how a document is understood
 */
#include <string.h>

#include "errors.h"
#include "inputs.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

static void
print_model(struct cli_run *run, const struct cli_options *options,
            const scantling_document *document)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer =
        scantling_document_render(document, options->with_origins ? "json origins" : "json",
                                  SCANTLING_TERMINATED, &error);

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
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
inspect(struct cli_run *run, const struct cli_options *options, struct cli_input input)
{
    struct cli_inputs inputs = { .at = &input, .count = 1 };

    cli_inputs_load(options, &inputs);
    if (cli_inputs_find_target(run, options, &inputs)) {
        cli_inputs_settle(run, options, &inputs);
        if (inputs.count && has_errors(input.document))
            run->status = cli_status_worse(run->status, CLI_INCOMPLETE);
        if (inputs.count && *scantling_document_format(input.document))
            print_model(run, options, input.document);
    }
    cli_inputs_finish(&inputs);
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

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    scantling_error_free(error);
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
    if (!options->has_command && options->operands.count != 1) {
        cli_error(run, CLI_UNUSABLE, "inspect takes one FILE, not %zu", options->operands.count);
        cli_error_help(run, "scantling inspect FILE, or - for standard input");
        return;
    }
    if (!cli_inputs_know_format(run, options))
        return;
    run->is_setting_up = false;
    if (options->has_command)
        inspect(run, options, cli_input_words());
    else
        inspect(run, options, cli_input_named(&run->pool, options, options->operands.at[0]));
}
