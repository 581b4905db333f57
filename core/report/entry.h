/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entry.h: findings and notes in the order in which they are told
 *
 * Notes of a document stand among its findings, in the order of their places. Findings that agree
 * in document, policy, verdict, severity and message are folded into the first of them.
 */
#ifndef SCL_REPORT_ENTRY_H
#define SCL_REPORT_ENTRY_H

#include "report/paint.h"
#include "report/report.h"

struct scl_entry {
    const struct scl_finding *finding; /* NULL: a note */
    const struct scl_note *note;
    struct scl_place place; /* a note lies in no subject */
    uint32_t first;         /* of a folded one: index of what it is folded into; else its own */
    uint32_t next;          /* next one folded into the same, or 0 */
    uint32_t last;          /* of the first: the last one folded into it, or its own */
};

struct scl_entries {
    const struct scantling_report *report;
    SCL_VEC(struct scl_entry) list;
};

/* All that is to be told: with info notes if `verbose`, without those of warning and info if
 * `quiet`; with suppressed findings if `suppressed`. False without memory. */
bool scl_entries_collect(const struct scantling_report *report,
                         const struct scl_render_options *options, struct scl_arena *arena,
                         struct scl_entries *ret);
/* Folds them. False without memory. */
bool scl_entries_fold(struct scl_entries *entries, struct scl_arena *arena);

/* "high", "inconclusive", "error", "warning"; "suppressed" of what is. */
const char *scl_entry_word(const struct scl_entry *entry, enum scl_role *ret_role);
/* Adds ` [CODE SLUG]`. */
void scl_entry_add_policy(const struct scl_entries *entries, const struct scl_entry *entry,
                          bool ascii, struct scl_text *out);
/* A text of a note: masked. */
void scl_note_add_text(const struct scantling_report *report, struct scl_str text,
                       struct scl_text *out);
/* Adds `PATH:LINE:COLUMN`. */
void scl_place_add(const struct scl_place *place, bool ascii, struct scl_text *out);
/* Adds `KIND NAME` of a subject; nothing where there is none. */
void scl_subject_add(const struct scantling_report *report, uint32_t document, uint32_t subject,
                     bool ascii, struct scl_text *out);
/* The place of a span in a file of a document. */
struct scl_place scl_place_in(const struct scl_document *document, uint32_t file,
                              struct scl_span span);

#endif
