/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.c: what a document says that went wrong, without a place in it
 *
 * Notes with a place are in the report; those without have none to stand at there and are told as
 * errors of the input. A suggestion follows its note and shares its group.
 */
#include "notes.h"

#include <string.h>

#include "errors.h"

/* Goes over the notes of a document one by one. */
static bool
next(const scantling_document *document, size_t *index, scantling_mark *ret_mark)
{
    return scantling_document_notes(document, (*index)++, ret_mark, sizeof *ret_mark, 1) == 1;
}

static bool
is_error(const scantling_mark *mark)
{
    return mark->kind == SCANTLING_MARK_ERROR && mark->line == 0;
}

/* Whether a mark begins a note; what else there is belongs to the note before it. */
static bool
is_note(const scantling_mark *mark)
{
    return mark->kind == SCANTLING_MARK_ERROR || mark->kind == SCANTLING_MARK_WARNING ||
           mark->kind == SCANTLING_MARK_INFO;
}

/* Tells what belongs to a note. */
static void
tell_more(struct cli_run *run, const scantling_mark *mark)
{
    if (mark->kind == SCANTLING_MARK_SUGGESTION)
        cli_error_help(run, "%s", mark->text);
    else if (mark->kind == SCANTLING_MARK_RELATED)
        cli_error_note(run, "%s", mark->text);
}

bool
cli_notes_have(const scantling_document *document, const char *message)
{
    scantling_mark mark;

    for (size_t i = 0; next(document, &i, &mark);)
        if (is_error(&mark) && strcmp(mark.text, message) == 0)
            return true;
    return false;
}

void
cli_notes_help(struct cli_run *run, const scantling_document *document, const char *message)
{
    scantling_mark mark;
    bool is_open = false;

    for (size_t i = 0; next(document, &i, &mark);) {
        if (is_note(&mark))
            is_open = is_error(&mark) && strcmp(mark.text, message) == 0;
        else if (is_open)
            tell_more(run, &mark);
    }
}

size_t
cli_notes_count_suggestions(const scantling_document *document)
{
    scantling_mark mark;
    size_t count = 0;
    bool is_open = false;

    for (size_t i = 0; next(document, &i, &mark);) {
        if (is_note(&mark))
            is_open = is_error(&mark);
        else if (is_open)
            count += mark.kind == SCANTLING_MARK_SUGGESTION;
    }
    return count;
}

void
cli_notes_tell(struct cli_run *run, const scantling_document *document, const char *name)
{
    scantling_mark mark;
    bool is_open = false;

    for (size_t i = 0; next(document, &i, &mark);) {
        if (!is_note(&mark)) {
            if (is_open)
                tell_more(run, &mark);
            continue;
        }
        is_open = is_error(&mark);
        if (is_open && name)
            cli_error(run, CLI_INCOMPLETE, "%s: %s", name, mark.text);
        else if (is_open)
            cli_error(run, CLI_INCOMPLETE, "%s", mark.text);
    }
}
