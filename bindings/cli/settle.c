/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settle.c: which documents are judged, and what is wrong with the others
 *
 * What was named must be judged, or the run is incomplete. What was found in a folder and is of no
 * known format was never meant: it is dropped, and only --verbose tells it.
 */
#include "inputs.h"

#include <errno.h>
#include <string.h>

#include "errors.h"
#include "files.h"
#include "notes.h"
#include "walk.h"

enum { USUAL_BYTES = 64 * 1024 * 1024 };

static void
tell_unread(struct cli_run *run, const struct cli_options *options, const struct cli_input *input)
{
    long long limit = cli_options_limit(options, SCANTLING_LIMIT_BYTES, USUAL_BYTES);

    if (input->reason == CLI_TOO_LARGE && input->size) {
        cli_error(run, CLI_INCOMPLETE, "%s: %llu bytes, over the limit of %lld", input->name,
                  (unsigned long long)input->size, limit);
        cli_error_help(run, "--limit bytes=N raises it");
    } else if (input->reason == CLI_TOO_LARGE) {
        cli_error(run, CLI_INCOMPLETE, "%s: more bytes than the limit of %lld", input->name, limit);
        cli_error_help(run, "--limit bytes=N raises it");
    } else {
        cli_error(run, CLI_INCOMPLETE, "%s: %s", input->name, cli_reason(input->reason));
        if (input->reason == ENOENT)
            cli_walk_suggest(run, input->name);
    }
}

/* Whether no format fits it; where several do, the note suggests each. */
static bool
is_unrecognized(const scantling_document *document)
{
    return !*scantling_document_format(document) && cli_notes_count_suggestions(document) < 2;
}

/* How the format of a document came about, for --verbose. */
static const char *
how_recognized(const struct cli_options *options, const struct cli_input *input)
{
    const char *by_name = scantling_format_for_name(input->name, SCANTLING_TERMINATED);

    if (input->origin == CLI_FROM_WORDS)
        return "the words after --";
    if (options->as && input->is_named)
        return "--as";
    return by_name && *by_name ? "its name" : "its content";
}

/* Whether the input stays. */
static bool
settle_one(struct cli_run *run, const struct cli_options *options, const struct cli_input *input)
{
    const char *format;

    if (input->error) {
        cli_error(run, CLI_UNUSABLE, "%s: %s", input->name,
                  scantling_error_message(input->error, NULL));
        return false;
    }
    if (input->reason) {
        tell_unread(run, options, input);
        return true;
    }
    if (is_unrecognized(input->document) && (!input->is_named || options->skip_unknown)) {
        cli_tell(run, "skipped %s: of no known format", input->name);
        return false;
    }
    format = scantling_document_format(input->document);
    if (*format)
        cli_tell(run, "%s: %s, by %s", input->name, format, how_recognized(options, input));
    cli_notes_tell(run, input->document,
                   input->origin == CLI_FROM_WORDS ? NULL : input->name);
    return true;
}

static void
settle_folder(struct cli_run *run, const struct cli_options *options,
              const struct cli_folder *folder)
{
    size_t count = folder->file_count;

    if (folder->has_documents || folder->has_failed || options->skip_unknown)
        return;
    if (count == 0) {
        cli_error(run, CLI_INCOMPLETE, "%s: nothing to judge: no files", folder->shown);
        return;
    }
    cli_error(run, CLI_INCOMPLETE, "%s: nothing to judge: %zu %s, none of a format we know",
              folder->shown, count, count == 1 ? "file" : "files");
    cli_error_help(run, "--verbose lists them; --as FORMAT takes named files for FORMAT");
}

bool
cli_inputs_know_format(struct cli_run *run, const struct cli_options *options)
{
    scantling_error *error = NULL;
    scantling_source *source;
    scantling_document *document;
    const char *help;

    if (!options->as)
        return true;
    source = scantling_source_new("", 0, NULL, 0, &error);
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, options->as, SCANTLING_TERMINATED);
    document = scantling_document_new(source, &error);
    if (!document) {
        cli_error(run, CLI_UNUSABLE, "--as: %s", scantling_error_message(error, NULL));
        help = scantling_error_suggestion(error, 0, NULL);
        cli_error_help(run, "%s%s'scantling inspect --formats' lists all", help ? help : "",
                       help ? " " : "");
    }
    scantling_document_unref(document);
    scantling_source_free(source);
    scantling_error_free(error);
    return document != NULL;
}

void
cli_inputs_settle(struct cli_run *run, const struct cli_options *options,
                  struct cli_inputs *inputs)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        struct cli_input *input = &inputs->at[i];

        if (!input->original && !settle_one(run, options, input))
            cli_input_release(input);
        /* What a call refuses it refuses for every input: once is enough. */
        if (run->status == CLI_UNUSABLE)
            return;
        if (input->folder != CLI_NO_FOLDER && (input->original ? input->original : input)->document)
            inputs->folders[input->folder].has_documents = true;
    }
    for (size_t i = 0; i < inputs->folder_count; i++)
        settle_folder(run, options, &inputs->folders[i]);
    for (size_t i = 0; i < inputs->count; i++)
        if (inputs->at[i].document)
            inputs->at[kept++] = inputs->at[i];
    inputs->count = kept;
}

bool
cli_inputs_find_target(struct cli_run *run, const struct cli_options *options,
                       struct cli_inputs *inputs)
{
    const struct cli_input *without = NULL;
    const char *message;
    bool is_found = false;

    if (!options->target)
        return true;
    message = cli_pool_format(&run->pool, "no stage '%s'", options->target);
    for (size_t i = 0; i < inputs->count; i++) {
        struct cli_input *input = &inputs->at[i];

        input->lacks_target = input->document && cli_notes_have(input->document, message);
        if (input->lacks_target)
            without = without ? without : input;
        else if (input->document &&
                 strcmp(scantling_document_format(input->document), "dockerfile") == 0)
            is_found = true;
    }
    if (!is_found) {
        cli_error(run, CLI_UNUSABLE, "--target: no document has a stage '%s'", options->target);
        if (without)
            cli_notes_help(run, without->document, message);
        return false;
    }
    for (size_t i = 0; i < inputs->count; i++) {
        if (!inputs->at[i].lacks_target)
            continue;
        scantling_document_unref(inputs->at[i].document);
        cli_input_load(&inputs->at[i], options);
    }
    return true;
}
