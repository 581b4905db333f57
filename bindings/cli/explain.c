/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.c: say what policies want, and list them
 */
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "errors.h"
#include "output.h"
#include "settings.h"
#include "verbs.h"

/* An engine of the policies that the options name, and its files. */
static scantling_engine *
engine_of(struct cli_run *run, struct cli_options *options, struct cli_settings *settings)
{
    cli_settings_read(run, &options->policies, settings);
    return run->status == CLI_CLEAN ? cli_settings_engine(run, options, settings) : NULL;
}

static void
print(struct cli_run *run, const struct cli_settings *settings, const scantling_engine *engine,
      const char *policy, const char *format)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer =
        scantling_engine_describe(engine, policy, policy ? strlen(policy) : 0, format,
                                  SCANTLING_TERMINATED, &error);

    if (buffer)
        cli_output_write(run, NULL, buffer);
    else
        cli_settings_tell(run, settings, "", error);
    scantling_buffer_free(buffer);
    scantling_error_free(error);
}

void
cli_explain(struct cli_run *run, struct cli_options *options)
{
    struct cli_settings settings;
    scantling_engine *engine;

    if (options->operands.count != 1) {
        cli_error(run, CLI_UNUSABLE, "explain takes one POLICY");
        return;
    }
    cli_names_add(&run->pool, &options->packs, "all");
    cli_names_add(&run->pool, &options->only, options->operands.at[0]);
    options->only_is_operand = true;
    engine = engine_of(run, options, &settings);
    if (!engine && !options->policies.count && strchr(options->operands.at[0], '/'))
        cli_error_help(run, "--policies PATH adds the folder that a policy of your own lies in");
    if (engine)
        print(run, &settings, engine, options->operands.at[0], options->as_json ? "json" : "text");
    scantling_engine_unref(engine);
}

/* How many policies an engine has, by the lines it tells of them; a line behind `=` tells more of
 * the one before. */
static size_t
count_policies(const scantling_engine *engine)
{
    scantling_buffer *buffer =
        scantling_engine_describe(engine, NULL, 0, "text", SCANTLING_TERMINATED, NULL);
    size_t length, count = 0;
    const char *bytes = scantling_buffer_bytes(buffer, &length);

    for (size_t i = 0, start = 0; i < length; i++) {
        if (bytes[i] != '\n')
            continue;
        start += strspn(bytes + start, " ");
        count += bytes[start] != '=';
        start = i + 1;
    }
    scantling_buffer_free(buffer);
    return count;
}

static size_t
count_of_pack(const char *pack)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    size_t count;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, pack, SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    count = count_policies(engine);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    return count;
}

static void
print_counts(const struct cli_options *options, const scantling_engine *engine)
{
    size_t count = count_policies(engine);
    const char *pack = options->packs.count == 1 ? options->packs.at[0] : "recommended";

    printf("%zu %s", count, count == 1 ? "policy" : "policies");
    if (options->packs.count <= 1)
        printf(", of %zu in pack %s and %zu built in", count_of_pack(pack), pack,
               count_of_pack("all"));
    putchar('\n');
}

/* What the library is asked for. */
static const char *
list_format(const struct cli_options *options)
{
    if (options->as_json)
        return options->asks_why ? "json why" : "json";
    return options->asks_why ? "text why" : "text";
}

void
cli_policies(struct cli_run *run, struct cli_options *options)
{
    struct cli_settings settings;
    scantling_engine *engine;

    if (options->operands.count) {
        cli_error(run, CLI_UNUSABLE, "policies takes no argument '%s'", options->operands.at[0]);
        return;
    }
    engine = cli_config_engine(run, options, NULL, &settings);
    if (engine) {
        print(run, &settings, engine, NULL, list_format(options));
        if (!options->as_json)
            print_counts(options, engine);
    }
    scantling_engine_unref(engine);
}
