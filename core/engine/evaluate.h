/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evaluate.h: the judging of one document, in parts
 *
 * evaluate.c walks subjects, policies and nodes; conclude.c makes findings of what a run left;
 * evidence.c chooses and prints what they rest on; adjust.c lets adjustments look at them.
 */
#ifndef SCL_ENGINE_EVALUATE_H
#define SCL_ENGINE_EVALUATE_H

#include "base/map.h"
#include "base/text.h"
#include "engine/joined.h"
#include "script/judge.h"

struct scl_evaluation {
    struct scantling_report *report; /* that is made */
    struct scantling_project *project;
    uint32_t document; /* SCANTLING_NONE: the project, in `joined` */
    const struct scl_joined *joined;
    const struct scantling_subject *subject;
    uint32_t policy; /* index in the engine */
    struct scl_judge *judge;
    struct scl_run run, adjusting;
    struct scl_arena run_arena;  /* of what runs leave */
    struct scl_arena adjusting_arena; /* of what an adjustment leaves */
    struct scl_arena node_arena; /* of the nodes that a policy looks at in a subject */
    struct scl_map seen;        /* findings by what makes them one */
    uint64_t result_bytes;
    uint64_t search_steps; /* left for comparing nodes with what policies look at */
    atomic_bool *cancel;
    bool had_finding, had_not_applicable; /* of the policy on the subject */
};

/* Makes findings of a run that was just made over a node. False where judging has to end: without
 * memory, or cancelled. */
bool scl_conclude(struct scl_evaluation *e, struct scl_node node,
                  const struct scl_outcome *outcome);
/* The finding for a policy whose nodes could not be looked for any longer. */
bool scl_conclude_search(struct scl_evaluation *e);
/* The finding for a list behind `on` that is open, or a node whose narrowing field is unknown. */
bool scl_conclude_open(struct scl_evaluation *e, struct scl_node list);

/* The finding for an adjustment that failed, if it did. False as above. */
bool scl_conclude_adjustment(struct scl_evaluation *e, uint32_t index,
                             const struct scl_outcome *outcome);

/* Chooses the evidence of a finding. */
bool scl_evidence_fill(struct scl_evaluation *e, const struct scl_found *found,
                       struct scl_finding *finding);
/* The place of bytes in a file of the view. */
struct scl_place scl_evaluation_place(const struct scl_evaluation *e, uint32_t file,
                                      struct scl_span span);
/* The place of a node, masked path and all. */
struct scl_place scl_place_of(const struct scl_evaluation *e, const struct scl_place_node *node);
/* A copy in the report, masked and valid UTF-8. */
struct scl_str scl_evaluation_text(struct scl_evaluation *e, struct scl_str text);
/* The same, cut to `most` bytes once it is masked. */
struct scl_str scl_evaluation_cut(struct scl_evaluation *e, struct scl_str text, size_t most);
/* The same of what was written, which is finished; without memory the report has none either. */
struct scl_str scl_evaluation_take(struct scl_evaluation *e, struct scl_text *text);

/* Sets the fingerprints of findings that stand in report order. */
bool scl_fingerprints(struct scantling_report *report);

#endif
