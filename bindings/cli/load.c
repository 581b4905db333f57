/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.c: inputs read into documents
 *
 * A document names the companions that it would have read; those that lie beneath the input's root
 * are given to its source, and it is read again, until there is nothing more to give. Of a folder,
 * whose path ends in a slash, that is the names of what lies in it. What lies elsewhere, or cannot
 * be read, is not answered for: it stays unknown.
 *
 * Nothing here touches the run, so inputs are loaded on any thread.
 */
#include "inputs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "jobs.h"
#include "paths.h"

enum {
    USUAL_BYTES = 64 * 1024 * 1024,
    ARCHIVE_BYTES = 1024 * 1024 * 1024, /* of which the layers are, that nobody reads */
    MOST_ROUNDS = 1000
};

struct loading {
    const struct cli_options *options;
    struct cli_inputs *inputs;
};

/* Whether a shell takes a word as it is. */
static bool
is_plain(const char *word)
{
    for (const char *at = word; *at; at++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                    "_@%+=:,./-", *at))
            return false;
    return *word != '\0';
}

/* Writes a word as a shell reads it; its length, and nothing without `ret`. */
static size_t
quote(const char *word, char *ret)
{
    size_t length = 0;
    bool plain = is_plain(word);

#define PUT(byte) (ret ? (void)(ret[length] = (byte)) : (void)0, length++)
    if (!plain)
        PUT('\'');
    for (const char *at = word; *at; at++) {
        PUT(*at);
        if (*at == '\'') { /* ends the quotes, stands escaped, and begins them again */
            PUT('\\');
            PUT('\'');
            PUT('\'');
        }
    }
    if (!plain)
        PUT('\'');
#undef PUT
    return length;
}

/* The words of a command line as a line of a shell, so that reports show what was typed. */
static int
join_words(const struct cli_names *words, struct cli_bytes *ret_bytes)
{
    size_t length = 0, written = 0;
    char *at;

    for (size_t i = 0; i < words->count; i++)
        length += quote(words->at[i], NULL) + 1;
    at = malloc(length + 1);
    if (!at)
        return ENOMEM;
    for (size_t i = 0; i < words->count; i++) {
        written += quote(words->at[i], at + written);
        at[written++] = ' ';
    }
    *ret_bytes = (struct cli_bytes){ at, written ? written - 1 : 0, length };
    return 0;
}

/* Standard input; a second time what was kept of the first. */
static int
read_stream(struct cli_input *input, uint64_t limit, struct cli_bytes *ret_bytes)
{
    if (input->kept) {
        *ret_bytes = (struct cli_bytes){ input->kept, input->kept_length, 0 };
        input->kept = NULL;
        return 0;
    }
    return cli_file_read(0, limit, false, ret_bytes);
}

/* A named file. That of an archive may be larger, unless its size was limited in so many words: the
 * library keeps nothing of it but the documents that it finds. */
static int
read_named(const struct cli_input *input, const struct cli_options *options, uint64_t limit,
           struct cli_bytes *ret_bytes)
{
    int reason = cli_file_read_path(input->path, limit, ret_bytes);

    if (reason != CLI_TOO_LARGE || cli_options_limit(options, SCANTLING_LIMIT_BYTES, 0) ||
        !cli_file_is_archive(input->path))
        return reason;
    return cli_file_read_path(input->path, ARCHIVE_BYTES, ret_bytes);
}

static int
read_input(struct cli_input *input, const struct cli_options *options, uint64_t limit,
           struct cli_bytes *ret_bytes)
{
    memset(ret_bytes, 0, sizeof *ret_bytes);
    switch (input->origin) {
    case CLI_FROM_WORDS:
        return join_words(&options->command, ret_bytes);
    case CLI_FROM_STREAM:
        return read_stream(input, limit, ret_bytes);
    case CLI_FROM_FILE:
        break;
    }
    if (input->is_named)
        return read_named(input, options, limit, ret_bytes);
    return cli_file_read_beneath(input->root, input->below, limit, ret_bytes);
}

static void
set_each(scantling_source *source, scantling_option option, const struct cli_names *values)
{
    for (size_t i = 0; i < values->count; i++)
        scantling_source_set_text(source, option, values->at[i], SCANTLING_TERMINATED);
}

static void
set_options(scantling_source *source, const struct cli_input *input,
            const struct cli_options *options)
{
    if (input->origin == CLI_FROM_WORDS)
        scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "docker-run",
                                  SCANTLING_TERMINATED);
    else if (options->as && input->is_named)
        scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, options->as,
                                  SCANTLING_TERMINATED);
    else if (cli_options_format(options, input->name))
        scantling_source_set_text(source, SCANTLING_OPTION_FORMAT,
                                  cli_options_format(options, input->name), SCANTLING_TERMINATED);
    if (options->target && !input->lacks_target)
        scantling_source_set_text(source, SCANTLING_OPTION_TARGET, options->target,
                                  SCANTLING_TERMINATED);
    set_each(source, SCANTLING_OPTION_BUILD_ARG, &options->build_args);
    set_each(source, SCANTLING_OPTION_VARIABLE, &options->variables);
    set_each(source, SCANTLING_OPTION_POD_TEMPLATE, &options->pod_templates);
    for (size_t i = 0; i < options->limit_count; i++)
        if (options->limits[i].option >= SCANTLING_LIMIT_BYTES)
            scantling_source_set_int(source, options->limits[i].option, options->limits[i].number);
}

/* Keeps the text of a companion, which may be fixed; without memory it is not. */
static void
keep_companion(struct cli_input *input, const char *missing, const char *clean,
               struct cli_bytes *bytes)
{
    size_t count = input->companion_count, root = strlen(input->root);
    struct cli_companion *grown =
        realloc(input->companions, (count + 1) * sizeof *input->companions);
    struct cli_companion *made = grown ? &grown[count] : NULL;
    char shown[PATH_MAX];

    if (!grown)
        return;
    input->companions = grown;
    *made = (struct cli_companion){ .kept = bytes->at, .kept_length = bytes->length };
    made->path = malloc(root + strlen(clean) + 2);
    if (cli_path_beside(input->name, missing, shown, sizeof shown))
        made->name = strdup(shown);
    if (!made->path || !made->name) {
        free(made->path);
        free(made->name);
        return;
    }
    sprintf(made->path, "%s/%s", root == 1 && *input->root == '/' ? "" : input->root, clean);
    input->companion_count++;
    bytes->at = NULL;
}

/* Answers for one companion; false where it is left open. */
static bool
give_companion(scantling_source *source, struct cli_input *input, const char *path, size_t length,
               uint64_t limit, bool keeps)
{
    bool is_folder = length && path[length - 1] == '/';
    char clean[PATH_MAX];
    struct cli_bytes bytes;
    int reason;

    if (strlen(path) != length || !cli_path_resolve(input->below, path, clean, sizeof clean))
        return false;
    reason = is_folder ? cli_file_list_beneath(input->root, clean, limit, &bytes)
                       : cli_file_read_beneath(input->root, clean, limit, &bytes);
    if (reason && reason != ENOENT && reason != ENOTDIR) {
        free(bytes.at);
        return false;
    }
    scantling_source_add_file(source, path, length, bytes.at,
                              reason ? SCANTLING_TERMINATED : bytes.length);
    if (!reason && keeps && !is_folder)
        keep_companion(input, path, clean, &bytes);
    free(bytes.at);
    return true;
}

static bool
give_companions(scantling_source *source, struct cli_input *input,
                const scantling_document *document, uint64_t limit, bool keeps)
{
    bool has_given = false;
    const char *path;
    size_t length;

    for (size_t i = 0; (path = scantling_document_missing(document, i, &length)) != NULL; i++)
        has_given = give_companion(source, input, path, length, limit, keeps) || has_given;
    return has_given;
}

void
cli_input_load(struct cli_input *input, const struct cli_options *options)
{
    uint64_t limit = (uint64_t)cli_options_limit(options, SCANTLING_LIMIT_BYTES, USUAL_BYTES);
    struct cli_bytes bytes;
    scantling_source *source;

    input->reason = read_input(input, options, limit, &bytes);
    input->size = bytes.size > bytes.length ? bytes.size : bytes.length;
    source = scantling_source_new(input->name, SCANTLING_TERMINATED, bytes.at,
                                  input->reason ? SCANTLING_TERMINATED : bytes.length,
                                  &input->error);
    if (input->origin == CLI_FROM_STREAM || options->fix) {
        free(input->kept);
        input->kept = bytes.at;
        input->kept_length = bytes.length;
    } else {
        free(bytes.at);
    }
    set_options(source, input, options);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        input->document = scantling_document_new(source, &input->error);
        if (!input->root || input->reason || round == MOST_ROUNDS - 1 ||
            !give_companions(source, input, input->document, limit, options->fix))
            break;
        scantling_document_unref(input->document);
    }
    scantling_source_free(source);
}

static void
load_one(void *context, size_t index)
{
    struct loading *loading = context;
    struct cli_input *input = &loading->inputs->at[index];

    if (!input->original)
        cli_input_load(input, loading->options);
}

void
cli_inputs_load(const struct cli_options *options, struct cli_inputs *inputs)
{
    struct loading loading = { options, inputs };

    cli_jobs_run(options->jobs, inputs->count, load_one, &loading);
}
