/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inputs.c: the names of what is to be judged
 *
 * Names are collected as they come, then sorted by their bytes. A file that two names lead to is
 * judged under the first. Hard links are files of their own, so equal numbers of a file are only
 * the reason to compare where the names lead.
 */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "errors.h"
#include "files.h"
#include "paths.h"
#include "walk.h"

enum { LIST_LIMIT = 64 * 1024 * 1024 };

struct finder {
    struct cli_run *run;
    const struct cli_options *options;
    struct cli_globs exclude;
    struct cli_inputs inputs;
    const char *folder; /* the one that is being searched */
};

static void
add(struct finder *finder, struct cli_input input)
{
    struct cli_inputs *inputs = &finder->inputs;

    inputs->at = cli_pool_grow(&finder->run->pool, inputs->at, inputs->count, sizeof input);
    inputs->at[inputs->count++] = input;
}

static bool
add_found(void *context, const char *shown, const char *below)
{
    struct finder *finder = context;
    struct cli_input input = { .name = shown, .root = finder->folder, .below = below };
    struct stat status;

    if (!cli_options_format(finder->options, shown) &&
        !scantling_format_for_name(shown, SCANTLING_TERMINATED))
        return false;
    input.path = cli_path_join(&finder->run->pool, finder->folder, below);
    input.folder = finder->inputs.folder_count - 1;
    if (lstat(input.path, &status) == 0) {
        input.device = (uint64_t)status.st_dev;
        input.inode = (uint64_t)status.st_ino;
    }
    add(finder, input);
    return true;
}

static void
search_folder(struct finder *finder, const char *path, const char *shown)
{
    struct cli_inputs *inputs = &finder->inputs;
    unsigned errors = finder->run->error_count;
    struct cli_walk walk = {
        .folder = path, .shown = shown, .exclude = &finder->exclude,
        .depth_limit = finder->options->search_depth,
        .file_limit = finder->options->search_files,
        .wants = add_found, .context = finder, .knows_bundles = true,
        .on_failure = CLI_INCOMPLETE,
    };
    struct cli_folder *folder;

    inputs->folders = cli_pool_grow(&finder->run->pool, inputs->folders, inputs->folder_count,
                                    sizeof *inputs->folders);
    folder = &inputs->folders[inputs->folder_count++];
    *folder = (struct cli_folder){ .shown = shown };
    finder->folder = path;
    cli_walk_run(finder->run, &walk);
    folder->file_count = walk.file_count;
    folder->has_failed = finder->run->error_count != errors;
}

struct cli_input
cli_input_words(void)
{
    return (struct cli_input){ .name = "<command-line>", .origin = CLI_FROM_WORDS,
                               .is_named = true, .root = ".", .below = "-",
                               .folder = CLI_NO_FOLDER };
}

static struct cli_input
name_stream(struct cli_pool *pool, const struct cli_options *options)
{
    struct cli_input input = { .name = "<stdin>", .origin = CLI_FROM_STREAM, .is_named = true,
                               .folder = CLI_NO_FOLDER };

    if (!options->stdin_name)
        return input;
    input.name = cli_path_shown(pool, options->stdin_name);
    input.root = cli_path_folder(pool, options->stdin_name);
    input.below = cli_path_base(options->stdin_name);
    return input;
}

struct cli_input
cli_input_named(struct cli_pool *pool, const struct cli_options *options, const char *path)
{
    struct cli_input input = { .path = path, .is_named = true, .folder = CLI_NO_FOLDER };
    struct stat status;

    if (strcmp(path, "-") == 0)
        return name_stream(pool, options);
    input.name = cli_path_shown(pool, path);
    input.root = cli_path_folder(pool, path);
    input.below = cli_path_base(path);
    if (stat(path, &status) == 0) {
        input.device = (uint64_t)status.st_dev;
        input.inode = (uint64_t)status.st_ino;
    }
    return input;
}

static void
add_named(struct finder *finder, const char *path)
{
    struct cli_pool *pool = &finder->run->pool;
    struct stat status;

    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        search_folder(finder, path, cli_path_shown(pool, path));
    else
        add(finder, cli_input_named(pool, finder->options, path));
}

/* Adds the paths that a list names, one a line. */
static void
add_listed(struct finder *finder, const char *list)
{
    struct cli_run *run = finder->run;
    struct cli_bytes bytes;
    size_t found = 0;
    bool is_stream = strcmp(list, "-") == 0;
    int reason = is_stream ? cli_file_read(0, LIST_LIMIT, false, &bytes)
                           : cli_file_read_path(list, LIST_LIMIT, &bytes);

    if (is_stream)
        list = "<stdin>";
    if (reason) {
        cli_error(run, CLI_UNUSABLE, "%s: %s", list,
                  reason == CLI_TOO_LARGE ? "too large a list" : cli_reason(reason));
        return;
    }
    for (size_t start = 0, i = 0; i <= bytes.length; i++) {
        if (i < bytes.length && bytes.at[i] != '\n')
            continue;
        if (i > start) {
            add_named(finder, cli_pool_text(&run->pool, bytes.at + start, i - start));
            found++;
        }
        start = i + 1;
    }
    free(bytes.at);
    if (!found && !finder->options->skip_unknown)
        cli_error(run, CLI_INCOMPLETE, "%s: nothing to judge: it names no file", list);
}

static int
compare_inputs(const void *a, const void *b)
{
    const struct cli_input *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    if (order)
        return order;
    return (int)right->is_named - (int)left->is_named;
}

/* Sorts inputs by the numbers of their files, those of one file by their place in the list. */
static int
compare_files(const void *a, const void *b)
{
    const struct cli_input *left = *(struct cli_input *const *)a;
    const struct cli_input *right = *(struct cli_input *const *)b;

    if (left->device != right->device)
        return left->device < right->device ? -1 : 1;
    if (left->inode != right->inode)
        return left->inode < right->inode ? -1 : 1;
    return left < right ? -1 : left > right;
}

static bool
is_same_file(const struct cli_input *a, const struct cli_input *b)
{
    char *left = realpath(a->path, NULL), *right = realpath(b->path, NULL);
    bool is_same = left && right && strcmp(left, right) == 0;

    free(left);
    free(right);
    return is_same;
}

/* Marks what was already met under an earlier name, and hands on what is known of it. */
static void
mark_duplicates(struct finder *finder)
{
    struct cli_inputs *inputs = &finder->inputs;
    struct cli_input **order =
        cli_pool_alloc(&finder->run->pool, (inputs->count + 1) * sizeof *order);

    for (size_t i = 0; i < inputs->count; i++)
        order[i] = &inputs->at[i];
    qsort(order, inputs->count, sizeof *order, compare_files);
    for (size_t i = 1, first = 0; i < inputs->count; i++) {
        if (!order[i]->inode || order[i]->inode != order[first]->inode ||
            order[i]->device != order[first]->device) {
            first = i;
        } else if (is_same_file(order[i], order[first])) {
            order[first]->is_named = order[first]->is_named || order[i]->is_named;
            order[i]->original = order[first];
            cli_tell(finder->run, "skipped %s: the same file as %s", order[i]->name,
                     order[first]->name);
        }
    }
}

struct cli_inputs
cli_inputs_find(struct cli_run *run, const struct cli_options *options)
{
    struct finder finder = { .run = run, .options = options };
    struct cli_inputs *inputs = &finder.inputs;

    finder.exclude = cli_globs_prepare(&run->pool, &options->exclude);
    if (options->has_command)
        add(&finder, cli_input_words());
    else if (options->operands.count == 0 && options->files_from.count == 0)
        search_folder(&finder, ".", ".");
    for (size_t i = 0; i < options->operands.count; i++)
        add_named(&finder, options->operands.at[i]);
    for (size_t i = 0; i < options->files_from.count; i++)
        add_listed(&finder, options->files_from.at[i]);
    if (inputs->count)
        qsort(inputs->at, inputs->count, sizeof *inputs->at, compare_inputs);
    mark_duplicates(&finder);
    return *inputs;
}

void
cli_input_release(struct cli_input *input)
{
    scantling_document_unref(input->document);
    scantling_error_free(input->error);
    free(input->kept);
    for (size_t i = 0; i < input->companion_count; i++) {
        free(input->companions[i].name);
        free(input->companions[i].path);
        free(input->companions[i].kept);
    }
    free(input->companions);
    input->document = NULL;
    input->error = NULL;
    input->kept = NULL;
    input->companions = NULL;
    input->companion_count = 0;
}

void
cli_inputs_finish(struct cli_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        cli_input_release(&inputs->at[i]);
    inputs->count = 0;
}
