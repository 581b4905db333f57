/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.c: the configuration file, and what of it is the command line's
 *
 * The file names others, policies and a baseline, so an engine is made of it alone first, only to
 * be asked which; what is wrong with it is told when the engine to judge with is made of all.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "errors.h"
#include "files.h"
#include "json.h"
#include "paths.h"
#include "values.h"
#include "walk.h"

enum { MOST_BYTES = 64 * 1024 * 1024, MOST_PARENTS = 1000 };

/* ---- finding and reading ---- */

static bool
is_there(struct cli_pool *pool, const char *folder, const char *name, struct stat *ret_status)
{
    return stat(cli_path_join(pool, folder, name), ret_status) == 0;
}

/* Names that look like the file's and are not. */
static void
warn_of_others(struct cli_run *run, const char *folder)
{
    static const char *const names[] = { "scantling.yml", ".scantling.yaml" };
    struct stat status;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_there(&run->pool, folder, names[i], &status))
            cli_warning(run, "%s is not read; the name is scantling.yaml",
                        cli_path_shown(&run->pool, cli_path_join(&run->pool, folder, names[i])));
}

/* The file in this folder or in a parent, up to the root of a repository; or NULL. */
static const char *
find_file(struct cli_run *run)
{
    const char *folder = ".";
    struct stat here, above, status;

    for (int i = 0; i < MOST_PARENTS && stat(folder, &here) == 0; i++) {
        const char *parent = i ? cli_path_join(&run->pool, folder, "..") : "..";

        if (is_there(&run->pool, folder, "scantling.yaml", &status) && S_ISREG(status.st_mode))
            return cli_path_join(&run->pool, folder, "scantling.yaml");
        warn_of_others(run, folder);
        if (is_there(&run->pool, folder, ".git", &status) || stat(parent, &above) != 0 ||
            (here.st_dev == above.st_dev && here.st_ino == above.st_ino))
            return NULL;
        folder = parent;
    }
    return NULL;
}

/* Adds a file of the configuration. False: it was told why not. */
static bool
add_file(struct cli_run *run, struct cli_settings *settings, const char *path, int32_t kind)
{
    struct cli_text file = { .name = cli_path_shown(&run->pool, path), .kind = kind };
    struct cli_bytes bytes;
    int reason = cli_file_read_path(path, MOST_BYTES, &bytes);

    if (reason) {
        cli_error(run, CLI_UNUSABLE, "%s: %s", file.name,
                  reason == CLI_TOO_LARGE ? "too large" : cli_reason(reason));
        if (reason == ENOENT)
            cli_walk_suggest(run, path);
        return false;
    }
    file.text = cli_pool_text(&run->pool, bytes.at, bytes.length);
    file.length = bytes.length;
    free(bytes.at);
    settings->files =
        cli_pool_grow(&run->pool, settings->files, settings->count, sizeof *settings->files);
    settings->files[settings->count++] = file;
    return true;
}

/* ---- asking the library ---- */

static const char *
describe(struct cli_run *run, const scantling_engine *engine)
{
    scantling_buffer *buffer =
        scantling_engine_describe(engine, NULL, 0, "settings", SCANTLING_TERMINATED, NULL);
    size_t length;
    const char *bytes, *text;

    if (!buffer)
        cli_end_without_memory();
    bytes = scantling_buffer_bytes(buffer, &length);
    text = cli_pool_text(&run->pool, bytes, length);
    scantling_buffer_free(buffer);
    return text;
}

/* What the configuration alone says; NULL where it is wrong, which is told later. */
static const char *
describe_file(struct cli_run *run, const struct cli_text *file)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    const char *text = NULL;

    scantling_config_add_file(config, file->kind, file->name, SCANTLING_TERMINATED, file->text,
                              file->length);
    /* Whatever its names leave to judge with, it has something to say. */
    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    if (engine)
        text = describe(run, engine);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    return text;
}

/* ---- what it says ---- */

static bool
has_key(const struct cli_names *pairs, const char *pair)
{
    size_t length = strcspn(pair, "=");

    for (size_t i = 0; i < pairs->count; i++)
        if (strcspn(pairs->at[i], "=") == length && memcmp(pairs->at[i], pair, length) == 0)
            return true;
    return false;
}

/* Adds the pairs whose keys no option gives. */
static void
add_pairs(struct cli_pool *pool, struct cli_names *pairs, struct cli_names more)
{
    struct cli_names given = *pairs;

    for (size_t i = 0; i < more.count; i++)
        if (!has_key(&given, more.at[i]))
            cli_names_add(pool, pairs, more.at[i]);
}

static void
add_limits(struct cli_run *run, struct cli_options *options, struct cli_names limits)
{
    int64_t depth = options->search_depth, files = options->search_files;
    size_t given = options->limit_count;

    for (size_t i = 0; i < limits.count; i++) {
        const char *name = cli_pool_text(&run->pool, limits.at[i], strcspn(limits.at[i], "="));
        int32_t option = scantling_enum_value(SCANTLING_ENUM_OPTION, name, SCANTLING_TERMINATED);
        bool is_given = false;

        /* Those of policies the library has from the file itself. */
        if (option >= SCANTLING_LIMIT_POLICY_BYTES && option < SCANTLING_LIMIT_BYTES)
            continue;
        for (size_t g = 0; g < given; g++)
            is_given = is_given || options->limits[g].option == option;
        if (!is_given)
            cli_value_limit(run, options, "limit", limits.at[i]);
    }
    if (depth != CLI_NOT_GIVEN)
        options->search_depth = depth;
    if (files != CLI_NOT_GIVEN)
        options->search_files = files;
}

/* Completes the options by what the settings say. */
static void
complete(struct cli_run *run, struct cli_options *options, const char *json)
{
    struct cli_pool *pool = &run->pool;
    struct cli_names exclude = cli_json_list(pool, cli_json_find(pool, json, "exclude"));
    const char *fail_on = cli_json_text(pool, cli_json_find(pool, json, "fail_on"));

    for (size_t i = 0; i < exclude.count; i++)
        cli_names_add(pool, &options->exclude, exclude.at[i]);
    add_pairs(pool, &options->build_args,
              cli_json_pairs(pool, cli_json_find(pool, json, "build_args"), NULL));
    add_pairs(pool, &options->variables,
              cli_json_pairs(pool, cli_json_find(pool, json, "variables"), NULL));
    add_pairs(pool, &options->pod_templates,
              cli_json_pairs(pool, cli_json_find(pool, json, "pod_templates"), NULL));
    options->formats =
        cli_json_pairs(pool, cli_json_find(pool, json, "formats"), &options->format_globs);
    if (!options->target)
        options->target = cli_json_text(pool, cli_json_find(pool, json, "target"));
    if (!options->has_fail_on && fail_on)
        cli_value_fail_on(run, options, "fail-on", fail_on);
    add_limits(run, options, cli_json_pairs(pool, cli_json_find(pool, json, "limits"), NULL));
}

static void
tell_assumptions(struct cli_run *run, const struct cli_options *options, const char *json,
                 const char *file)
{
    struct cli_pool *pool = &run->pool;
    struct cli_names assume = cli_json_pairs(pool, cli_json_find(pool, json, "assume"), NULL);

    for (size_t i = 0; i < options->assume.count; i++)
        cli_tell(run, "assumed %s, by --assume", options->assume.at[i]);
    for (size_t i = 0; i < assume.count; i++)
        if (!has_key(&options->assume, assume.at[i]))
            cli_tell(run, "assumed %s, by %s", assume.at[i], file);
}

/* ---- the files it names ---- */

static const char *
beside(struct cli_pool *pool, const char *file, const char *path)
{
    return path[0] == '/' ? path : cli_path_join(pool, cli_path_folder(pool, file), path);
}

/* Adds the policies of the configuration to those of the options; its baseline where there is no
 * option. */
static void
add_named(struct cli_run *run, struct cli_options *options, const char *file, const char *json)
{
    struct cli_pool *pool = &run->pool;
    struct cli_names policies = cli_json_list(pool, cli_json_find(pool, json, "policies"));
    const char *baseline = cli_json_text(pool, cli_json_find(pool, json, "baseline"));

    for (size_t i = 0; i < policies.count; i++)
        cli_names_add(pool, &options->policies, beside(pool, file, policies.at[i]));
    if (!options->baseline && baseline)
        options->baseline = beside(pool, file, baseline);
}

/* Whether there is no baseline yet because this run writes it. */
static bool
is_to_be_written(const struct cli_options *options)
{
    struct stat status;

    return options->write_baseline && strcmp(options->write_baseline, options->baseline) == 0 &&
           stat(options->baseline, &status) != 0;
}

static void
use_usual(struct cli_options *options)
{
    if (options->search_depth == CLI_NOT_GIVEN)
        options->search_depth = CLI_USUAL_DEPTH;
    if (options->search_files == CLI_NOT_GIVEN)
        options->search_files = CLI_USUAL_FILES;
}

static void
add_first(struct cli_run *run, struct cli_settings *settings, struct cli_text file)
{
    settings->files =
        cli_pool_grow(&run->pool, settings->files, settings->count, sizeof *settings->files);
    memmove(settings->files + 1, settings->files, settings->count * sizeof *settings->files);
    settings->files[0] = file;
    settings->count++;
}

/* Reads all files, the configuration's before those it names. */
static const char *
read_files(struct cli_run *run, struct cli_options *options, const struct cli_text *more,
           struct cli_settings *settings)
{
    struct cli_settings own = { NULL, 0 };
    const char *file = options->no_config ? NULL : options->config, *json = NULL;

    if (!file && !options->no_config)
        file = find_file(run);
    if (file && add_file(run, &own, file, SCANTLING_FILE_SETTINGS)) {
        json = describe_file(run, &own.files[0]);
        cli_tell(run, "configuration: %s", own.files[0].name);
    }
    if (json)
        add_named(run, options, file, json);
    cli_settings_read(run, &options->policies, settings);
    if (own.count)
        add_first(run, settings, own.files[0]);
    if (more)
        add_first(run, settings, *more);
    if (options->baseline && !is_to_be_written(options))
        add_file(run, settings, options->baseline, SCANTLING_FILE_BASELINE);
    return file ? cli_path_shown(&run->pool, file) : NULL;
}

scantling_engine *
cli_config_engine(struct cli_run *run, struct cli_options *options, const struct cli_text *more,
                  struct cli_settings *ret_settings)
{
    scantling_engine *engine = NULL;
    const char *file = read_files(run, options, more, ret_settings), *json;

    if (run->status != CLI_UNUSABLE)
        engine = cli_settings_engine(run, options, ret_settings);
    if (!engine)
        return NULL;
    json = describe(run, engine);
    if (file)
        complete(run, options, json);
    tell_assumptions(run, options, json, file);
    use_usual(options);
    return engine;
}

void
cli_config_tell_baseline(struct cli_run *run, const struct cli_options *options,
                         const scantling_engine *engine, const scantling_report *report)
{
    const char *json = describe(run, engine);
    int64_t known = cli_json_number(cli_json_find(&run->pool, json, "known_findings"));
    scantling_finding finding;

    if (!known || options->no_suppress)
        return;
    for (size_t i = 0; scantling_report_findings(report, i, &finding, sizeof finding, 1); i++)
        known -= finding.suppression == 3;
    if (known > 0)
        cli_tell(run, "%s: %lld %s nothing in this run", options->baseline, (long long)known,
                 known == 1 ? "entry matches" : "entries match");
}
