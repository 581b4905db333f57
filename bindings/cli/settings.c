/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.c: the files of a configuration, and its errors
 *
 * Of a folder every `*.lua` is a policy but those of a `lib` folder, and every `*.tsv` of a `facts`
 * folder is a table of facts. A file that is named is a policy whatever its name, or facts if it
 * ends in `.tsv`.
 */
#include "settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "errors.h"
#include "files.h"
#include "paths.h"
#include "walk.h"

enum { USUAL_POLICY_BYTES = 256 * 1024, FOLDER_DEPTH = 64, FOLDER_FILES = 100000 };

struct found {
    const char *shown, *below;
};

struct collector {
    struct cli_run *run;
    struct found *files;
    size_t count;
};

/* Whether `below` has a folder of that name on its way. */
static bool
lies_in(const char *below, const char *folder)
{
    size_t length = strlen(folder);
    const char *at = below;

    for (; strchr(at, '/'); at = strchr(at, '/') + 1)
        if (strcspn(at, "/") == length && memcmp(at, folder, length) == 0)
            return true;
    return false;
}

/* What a file of a policy folder is, or 0. */
static int32_t
kind_of(const char *below)
{
    const char *extension = cli_path_extension(below);

    if (strcmp(extension, ".lua") == 0)
        return lies_in(below, "lib") ? SCANTLING_FILE_LIBRARY : SCANTLING_FILE_POLICY;
    if (strcmp(extension, ".tsv") == 0 && lies_in(below, "facts"))
        return SCANTLING_FILE_FACTS;
    return 0;
}

static bool
collect(void *context, const char *shown, const char *below)
{
    struct collector *collector = context;

    if (!kind_of(below))
        return false;
    collector->files = cli_pool_grow(&collector->run->pool, collector->files, collector->count,
                                     sizeof *collector->files);
    collector->files[collector->count++] = (struct found){ shown, below };
    return true;
}

static int
compare_found(const void *a, const void *b)
{
    return strcmp(((const struct found *)a)->shown, ((const struct found *)b)->shown);
}

/* Takes the text, or tells why there is none. */
static void
take(struct cli_run *run, struct cli_settings *settings, const char *name, int32_t kind,
     int reason, struct cli_bytes *bytes)
{
    struct cli_text file = { .name = name, .kind = kind };

    if (reason) {
        cli_error(run, CLI_UNUSABLE, "%s: %s", name,
                  reason == CLI_TOO_LARGE ? "too large for a policy" : cli_reason(reason));
        if (reason == ENOENT)
            cli_walk_suggest(run, name);
        return;
    }
    file.text = cli_pool_text(&run->pool, bytes->at, bytes->length);
    file.length = bytes->length;
    free(bytes->at);
    settings->files =
        cli_pool_grow(&run->pool, settings->files, settings->count, sizeof *settings->files);
    settings->files[settings->count++] = file;
}

static void
read_folder(struct cli_run *run, struct cli_settings *settings, const char *path,
            const char *shown)
{
    struct cli_globs none = { NULL, 0 };
    struct collector collector = { .run = run };
    unsigned errors = run->error_count;
    size_t policies = 0;
    struct cli_walk walk = {
        .folder = path, .shown = shown, .exclude = &none, .depth_limit = FOLDER_DEPTH,
        .file_limit = FOLDER_FILES, .wants = collect, .context = &collector,
        .on_failure = CLI_UNUSABLE,
    };

    cli_walk_run(run, &walk);
    if (collector.count)
        qsort(collector.files, collector.count, sizeof *collector.files, compare_found);
    for (size_t i = 0; i < collector.count; i++) {
        const struct found *found = &collector.files[i];
        struct cli_bytes bytes;
        int reason = cli_file_read_beneath(path, found->below, 16 * USUAL_POLICY_BYTES, &bytes);

        policies += kind_of(found->below) == SCANTLING_FILE_POLICY;
        take(run, settings, found->shown, kind_of(found->below), reason, &bytes);
    }
    if (!policies && run->error_count == errors)
        cli_error(run, CLI_UNUSABLE, "%s: no policies (*.lua) in this folder", shown);
}

void
cli_settings_read(struct cli_run *run, const struct cli_names *paths,
                  struct cli_settings *ret_settings)
{
    memset(ret_settings, 0, sizeof *ret_settings);
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->at[i], *shown = cli_path_shown(&run->pool, path);
        bool is_facts = strcmp(cli_path_extension(path), ".tsv") == 0;
        struct cli_bytes bytes;
        struct stat status;

        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            read_folder(run, ret_settings, path, shown);
            continue;
        }
        take(run, ret_settings, shown, is_facts ? SCANTLING_FILE_FACTS : SCANTLING_FILE_POLICY,
             cli_file_read_path(path, 16 * USUAL_POLICY_BYTES, &bytes), &bytes);
    }
}

/* Tells the place of an error, with the line where its text is at hand. */
static void
tell_place(struct cli_run *run, const struct cli_settings *settings, const scantling_mark *mark)
{
    struct cli_place place = {
        .path = mark->path, .line = mark->line, .column = mark->column ? mark->column : 1,
        .end_line = mark->end_line, .end_column = mark->end_column,
    };

    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->files[i].name, mark->path) == 0) {
            place.text = settings->files[i].text;
            place.length = settings->files[i].length;
        }
    cli_error_place(run, &place);
}

void
cli_settings_tell(struct cli_run *run, const struct cli_settings *settings, const char *prefix,
                  const scantling_error *error)
{
    for (; error; error = scantling_error_next(error)) {
        scantling_mark mark = { 0 };
        const char *suggestion;
        bool has_place = scantling_error_mark(error, &mark, sizeof mark) && !*prefix;

        /* Of a file as a whole. */
        if (has_place && !mark.line)
            prefix = cli_pool_format(&run->pool, "%s: ", mark.path);
        cli_error(run, CLI_UNUSABLE, "%s%s", prefix, scantling_error_message(error, NULL));
        if (has_place && mark.line)
            tell_place(run, settings, &mark);
        if (has_place)
            prefix = "";
        for (size_t i = 0; (suggestion = scantling_error_suggestion(error, i, NULL)) != NULL; i++)
            cli_error_help(run, "%s", suggestion);
    }
}
