/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.h: what a document says that went wrong, without a place in it
 */
#ifndef CLI_NOTES_H
#define CLI_NOTES_H

#include "run.h"
#include "scantling.h"

/* Whether it has an error note without a place whose message is `message`. */
bool cli_notes_have(const scantling_document *document, const char *message);
/* The suggestions that belong to that note, as help of the last error. */
void cli_notes_help(struct cli_run *run, const scantling_document *document, const char *message);
/* How many suggestions the notes without a place have. */
size_t cli_notes_count_suggestions(const scantling_document *document);
/* Tells each as `NAME: MESSAGE`, or without NAME where that is NULL. */
void cli_notes_tell(struct cli_run *run, const scantling_document *document, const char *name);

#endif
