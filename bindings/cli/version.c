/* SPDX-License-Identifier: Apache-2.0 */
/*
 * version.c: print versions
 */
#include "errors.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

void
cli_version_write(struct cli_run *run)
{
    cli_output_text(run, cli_pool_format(&run->pool, "scantling %s\n", scantling_version()));
}

/* What the library was built with is what an engine tells of itself. */
static void
write_json(struct cli_run *run)
{
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine = scantling_engine_new(config, &error);
    scantling_buffer *buffer =
        scantling_engine_describe(engine, NULL, 0, "version", SCANTLING_TERMINATED, &error);

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, &(struct cli_settings){ NULL, 0 }, "", error);
    scantling_buffer_free(buffer);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    scantling_error_free(error);
}

void
cli_version(struct cli_run *run, struct cli_options *options)
{
    if (options->operands.count)
        cli_error(run, CLI_UNUSABLE, "version takes no argument '%s'", options->operands.at[0]);
    else if (options->as_json)
        write_json(run);
    else
        cli_version_write(run);
}
