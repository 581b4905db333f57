/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_reader.h: what the files of the JSON reader share
 */
#ifndef SCL_SYNTAX_JSON_READER_H
#define SCL_SYNTAX_JSON_READER_H

#include "syntax/tree_build.h"

struct scl_json_reader {
    struct scl_tree_builder builder;
    struct scl_arena *arena;
    struct scl_notes *notes;
    const char *start, *at, *end;
    const char *last; /* the end of the last token */
    bool stopped;
};

uint32_t scl_json_offset(const struct scl_json_reader *r, const char *at);
struct scl_span scl_json_span(const struct scl_json_reader *r, const char *at, const char *end);
/* Ends the reading with an error at a place; the note may be NULL. */
struct scl_note *scl_json_stop(struct scl_json_reader *r, const char *at, const char *end,
                               const char *message);
/* Notes an error that reading goes on after. */
void scl_json_complain(struct scl_json_reader *r, const char *at, const char *end,
                       const char *message);
/* Reads the string whose opening quote is at `at`, and goes behind it. False where reading ends. */
bool scl_json_string(struct scl_json_reader *r, struct scl_span *ret_span,
                     struct scl_str *ret_text);

#endif
