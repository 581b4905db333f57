/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suppress.h: what is found and not reported, because somebody said so
 *
 * Comments first (suppress.c), then the exceptions of the settings (exceptions.c), last the
 * baseline (baseline.c), each after evaluation and alike for every policy. The first that covers a
 * finding is named by it; all that cover it are of use.
 */
#ifndef SCL_ENGINE_SUPPRESS_H
#define SCL_ENGINE_SUPPRESS_H

#include "engine/evaluate.h"
#include "engine/own.h"

/* Whether comments and exceptions may suppress a finding. */
bool scl_finding_yields(const struct scantling_engine *engine, const struct scl_finding *finding);

/* Applies the comments of the document, and finds what is wrong with them. */
bool scl_suppress_by_comments(struct scl_evaluation *e);

/* Compiles the exceptions of the settings: which policies each is about. */
bool scl_exceptions_compile(struct scantling_engine *engine);
/* Applies them to the document. */
bool scl_suppress_by_exceptions(struct scl_evaluation *e);
/* Finds, of a report of all that is judged, which of them are past their dates or of no use. */
bool scl_exceptions_tell(struct scantling_report *report);

/* A finding of one of the engine's own policies. Texts are copied, masked. */
struct scl_own_finding {
    enum scl_own own;
    scantling_verdict verdict;
    uint32_t document; /* or SCANTLING_NONE */
    struct scl_place place;
    struct scl_str message, help;
};

/* Adds it, where that policy is selected. False without memory. */
bool scl_own_find(struct scantling_report *report, const struct scl_own_finding *own);
/* Whether it is. */
bool scl_own_is_selected(const struct scantling_engine *engine, enum scl_own own);

#endif
