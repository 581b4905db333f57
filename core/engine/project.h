/* SPDX-License-Identifier: Apache-2.0 */
/*
 * project.h: documents joined, and what was found in them
 *
 * A project holds its engine and documents, a view of each under the engine's facts, and the mask
 * that hides every secret of them all. A report holds its project.
 */
#ifndef SCL_ENGINE_PROJECT_H
#define SCL_ENGINE_PROJECT_H

#include "document/mask.h"
#include "document/view.h"
#include "engine/engine.h"
#include "engine/finding.h"

struct scl_project_document {
    struct scl_document *document;
    const struct scl_view *view;               /* the document's own, or one of the project */
    struct scl_view *own_view;                 /* that of the project; NULL: the document's */
    const struct scantling_subject *subjects;  /* document->subjects.count of them */
    const struct scl_mask_file *masks;         /* one a file of the document */
};

struct scantling_project {
    atomic_uint references;
    atomic_bool is_cancelled;
    struct scl_arena arena;
    struct scantling_engine *engine;
    struct scl_project_document *documents;
    uint32_t count; /* of those that were given */
    uint32_t all;   /* with those that only links lead to, behind them */
    const uint32_t *originals;  /* of these, the documents given that they are */
    const struct scl_link *links; /* by document, root and field */
    const uint32_t *first_link;   /* of a document; `all` and one more */
    struct scl_joint *joint;      /* NULL: there are no links */
    uint32_t used_assumptions;    /* bit an SCL_ASSUME_ */
    const struct scl_mask *mask;
};

struct scantling_project *scl_project_new(struct scantling_engine *engine,
                                          struct scl_document *const *documents, size_t count,
                                          scantling_error **error);
struct scantling_project *scl_project_ref(struct scantling_project *project);
void scl_project_unref(struct scantling_project *project);

/* An example that ended as its policy promises. */
struct scl_kept_example {
    uint32_t policy;   /* index in the engine */
    struct scl_str name;
    const char *ended; /* "fails", "passes" */
};

struct scantling_report {
    atomic_uint references;
    struct scl_arena arena;
    struct scantling_project *project;
    SCL_VEC(struct scl_finding) findings; /* in report order */
    bool *judged;      /* one a document and a last one for the project */
    uint64_t subjects; /* judged */
    uint64_t pass, not_applicable, dropped, steps;
    uint64_t own_count[SCL_OWN_COUNT]; /* findings of the engine's own policies */
    bool *used_exceptions; /* one an exception of the settings; NULL: there are none */
    struct scantling_report **parts; /* of a merged one: they hold the findings' texts */
    uint32_t part_count;
    bool is_test;      /* of a policy's own examples */
    uint64_t examples;
    SCL_VEC(struct scl_kept_example) kept;
};

/* What `index` of the project is found to be: a document, or `count` for the project itself. */
struct scantling_report *scl_project_judge(struct scantling_project *project, size_t index,
                                           scantling_error **error);
/* The same without a look at its fixes; `cancel` ends it. */
struct scantling_report *scl_project_judge_again(struct scantling_project *project, size_t index,
                                                 atomic_bool *cancel, scantling_error **error);
struct scantling_report *scl_report_merge(struct scantling_report *const *reports, size_t count,
                                          scantling_error **error);
struct scantling_report *scl_report_ref(struct scantling_report *report);
void scl_report_unref(struct scantling_report *report);
/* As scantling_report_number. */
int64_t scl_report_number(const struct scantling_report *report, int32_t number);
/* Makes room to remember which exceptions are of use. False without memory. */
bool scl_report_init_exceptions(struct scantling_report *report);
/* Sorts findings into report order. */
void scl_report_sort(struct scantling_report *report);

/* The document that was given, of one that links lead to. */
uint32_t scl_project_given(const struct scantling_project *project, uint32_t document);

/* The name of a subject, or a slice of length 0; and of its kind. */
struct scl_str scl_project_subject_name(const struct scantling_project *project, uint32_t document,
                                        uint32_t subject);
const char *scl_project_subject_kind(const struct scantling_project *project, uint32_t document,
                                     uint32_t subject);

#endif
