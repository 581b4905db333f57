/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fix.h: the fixes of findings, and which of them hold
 */
#ifndef SCL_ENGINE_FIX_H
#define SCL_ENGINE_FIX_H

#include "engine/changes.h"
#include "engine/evaluate.h"

/* Takes over the fixes that a run gave a finding, as far as they can be told and applied. False
 * without memory. */
bool scl_fixes_take(struct scl_evaluation *e, const struct scl_found *found,
                    struct scl_finding *finding);
/* Whether a finding may have a fix: it is a fail, and reported. */
static inline bool
scl_finding_takes_fix(const struct scl_finding *finding)
{
    return finding->verdict == SCANTLING_VERDICT_FAIL && !finding->suppressed;
}

/* Leaves each finding of a judged document the fix that holds, or none. False with `*error` set. */
bool scl_fixes_prove(struct scantling_report *report, uint32_t document, scantling_error **error);
/* The findings of each document, in report order: those of one stand by the files they lie in, so
 * not together. */
struct scl_findings {
    uint32_t *first; /* by document, or SCANTLING_NONE */
    uint32_t *next;  /* by finding */
};

/* False without memory. */
bool scl_findings_by_document(const struct scantling_report *report, struct scl_arena *arena,
                              struct scl_findings *ret);
/* The edits that a report offers for the files of a document, safe or all, and the findings (by
 * their numbers) as owners; settled. False without memory. */
bool scl_fixes_collect(const struct scantling_report *report, const struct scl_findings *findings,
                       uint32_t document, bool with_unsafe, struct scl_changes *ret);

#endif
