/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.c: the engine that the options describe
 *
 * The library says what is wrong with a setting, not which option gave it. So where an engine
 * cannot be made, each option is tried once more alone, over the same files and all packs: what
 * fails then is told with the option's name before it.
 */
#include <stdint.h>
#include <string.h>

#include "errors.h"
#include "settings.h"

/* Options whose values the library reads, in the order in which their errors are told. */
static const struct {
    const char *name;
    scantling_option option;
    size_t field;
} told[] = {
    { "pack", SCANTLING_OPTION_PACK, offsetof(struct cli_options, packs) },
    { "only", SCANTLING_OPTION_POLICY, offsetof(struct cli_options, only) },
    { "skip", SCANTLING_OPTION_IGNORE, offsetof(struct cli_options, skip) },
    { "assume", SCANTLING_OPTION_ASSUME, offsetof(struct cli_options, assume) },
};

enum { TOLD = sizeof told / sizeof *told };

static const struct cli_names *
values_of(const struct cli_options *options, size_t row)
{
    return (const struct cli_names *)(const void *)((const char *)options + told[row].field);
}

static scantling_config *
config_of_files(const struct cli_settings *settings, scantling_error **error)
{
    scantling_config *config = scantling_config_new(error);

    for (size_t i = 0; i < settings->count; i++) {
        const struct cli_text *file = &settings->files[i];

        scantling_config_add_file(config, file->kind, file->name, SCANTLING_TERMINATED, file->text,
                                  file->length);
    }
    return config;
}

static void
set_text(scantling_config *config, scantling_option option, const char *text)
{
    scantling_config_set_text(config, option, text, SCANTLING_TERMINATED);
}

/* A text as a JSON string. */
static const char *
quote(struct cli_pool *pool, const char *text)
{
    char *quoted = cli_pool_alloc(pool, strlen(text) * 6 + 3), *to = quoted;
    static const char digits[] = "0123456789abcdef";

    *to++ = '"';
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\') {
            *to++ = '\\';
            *to++ = *text;
        } else if (byte < 0x20) {
            memcpy(to, "\\u00", 4);
            to[4] = digits[byte >> 4];
            to[5] = digits[byte & 15];
            to += 6;
        } else {
            *to++ = *text;
        }
    }
    *to++ = '"';
    return quoted;
}

static void
add_param(struct cli_run *run, scantling_config *config, const struct cli_param *param)
{
    struct cli_pool *pool = &run->pool;
    const char *text =
        cli_pool_format(pool, "{\"params\":{%s:{%s:%s}}}", quote(pool, param->policy),
                        quote(pool, param->name), quote(pool, param->value));

    scantling_config_add_file(config, SCANTLING_FILE_SETTINGS, "--param", SCANTLING_TERMINATED,
                              text, SCANTLING_TERMINATED);
}

static void
set_limit(scantling_config *config, const struct cli_limit *limit)
{
    if (limit->option < SCANTLING_LIMIT_BYTES)
        scantling_config_set_int(config, limit->option, limit->number);
}

static scantling_config *
config_of(struct cli_run *run, const struct cli_options *options,
          const struct cli_settings *settings, scantling_error **error)
{
    scantling_config *config = config_of_files(settings, error);

    for (size_t row = 0; row < TOLD; row++)
        for (size_t i = 0; i < values_of(options, row)->count; i++)
            set_text(config, told[row].option, values_of(options, row)->at[i]);
    if (options->date)
        set_text(config, SCANTLING_OPTION_DATE, options->date);
    if (options->no_suppress)
        set_text(config, SCANTLING_OPTION_SUPPRESS, "none");
    for (size_t i = 0; i < options->limit_count; i++)
        set_limit(config, &options->limits[i]);
    for (size_t i = 0; i < options->param_count; i++)
        add_param(run, config, &options->params[i]);
    return config;
}

/* Makes an engine of the config, tells what fails after `prefix`, and lets go of both. Whether
 * anything failed. */
static bool
fails(struct cli_run *run, const struct cli_settings *settings, const char *prefix,
      scantling_config *config, scantling_error *error)
{
    scantling_engine *engine = scantling_engine_new(config, &error);
    bool has_failed = !engine;

    cli_settings_tell(run, settings, prefix, error);
    scantling_error_free(error);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    return has_failed;
}

/* A config of the files, with all policies that there are. */
static scantling_config *
config_of_all(const struct cli_settings *settings, scantling_error **error)
{
    scantling_config *config = config_of_files(settings, error);

    set_text(config, SCANTLING_OPTION_PACK, "all");
    return config;
}

/* Tries one value of an option of the table alone. */
static bool
value_fails(struct cli_run *run, const struct cli_settings *settings, size_t row,
            const char *prefix, const char *value)
{
    scantling_error *error = NULL;
    scantling_config *config;

    /* A right name that, alone, leaves nothing to judge by. */
    if (told[row].option == SCANTLING_OPTION_PACK && strcmp(value, "none") == 0)
        return false;
    config = told[row].option == SCANTLING_OPTION_PACK ? config_of_files(settings, &error)
                                                       : config_of_all(settings, &error);
    set_text(config, told[row].option, value);
    return fails(run, settings, prefix, config, error);
}

/* What an error about a value of the table is told after: no option, where explain was asked. */
static const char *
prefix_of(struct cli_run *run, const struct cli_options *options, size_t row)
{
    if (options->only_is_operand && told[row].option == SCANTLING_OPTION_POLICY)
        return "";
    return cli_pool_format(&run->pool, "--%s: ", told[row].name);
}

/* Tells what is wrong with the options one by one. Whether anything was. */
static bool
tell_options(struct cli_run *run, const struct cli_options *options,
             const struct cli_settings *settings)
{
    bool has_told = false;

    for (size_t row = 0; row < TOLD; row++)
        for (size_t i = 0; i < values_of(options, row)->count; i++)
            has_told = value_fails(run, settings, row, prefix_of(run, options, row),
                                   values_of(options, row)->at[i]) ||
                       has_told;
    for (size_t i = 0; i < options->param_count; i++) {
        scantling_error *error = NULL;
        scantling_config *config = config_of_all(settings, &error);

        add_param(run, config, &options->params[i]);
        has_told = fails(run, settings, "--param: ", config, error) || has_told;
    }
    for (size_t i = 0; i < options->limit_count; i++) {
        scantling_error *error = NULL;
        scantling_config *config = config_of_all(settings, &error);

        set_limit(config, &options->limits[i]);
        has_told = fails(run, settings, "--limit: ", config, error) || has_told;
    }
    return has_told;
}

static void
tell_why(struct cli_run *run, const struct cli_options *options,
         const struct cli_settings *settings, const scantling_error *first)
{
    scantling_error *error = NULL;
    scantling_config *config;

    if (scantling_error_status(first) == SCANTLING_STATUS_MEMORY)
        cli_end_without_memory();
    config = config_of_all(settings, &error);
    if (fails(run, settings, "", config, error))
        return;
    if (tell_options(run, options, settings))
        return;
    cli_settings_tell(run, settings, "", first);
    /* Each name is right, and together they leave nothing. */
    if (!settings->count && !scantling_error_suggestion(first, 0, NULL))
        cli_error_help(run, "--policies PATH adds some");
}

scantling_engine *
cli_settings_engine(struct cli_run *run, const struct cli_options *options,
                    const struct cli_settings *settings)
{
    scantling_error *error = NULL;
    scantling_config *config = config_of(run, options, settings, &error);
    scantling_engine *engine = scantling_engine_new(config, &error);

    if (!engine)
        tell_why(run, options, settings, error);
    scantling_error_free(error);
    scantling_config_free(config);
    return engine;
}
