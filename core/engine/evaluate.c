/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evaluate.c: the judging of one document, or of all as one
 *
 * Every subject meets every policy of its kind, in the order of codes; each node that a policy
 * looks at is a run of its own. A state is taken from the pool, put back to its snapshot, and given
 * back at the end, whatever happened in it.
 */
#include "engine/evaluate.h"

#include "engine/baseline.h"
#include "engine/blank.h"
#include "engine/fix.h"
#include "engine/pool.h"
#include "engine/suppress.h"
#include "script/selector.h"

#include <stdlib.h>

enum { STEPS_A_SUBJECT = 100000 };

static struct scantling_report *
new_report(struct scantling_project *project)
{
    struct scantling_report *report = calloc(1, sizeof *report);

    if (!report)
        return NULL;
    atomic_init(&report->references, 1);
    scl_arena_init(&report->arena);
    report->project = scl_project_ref(project);
    report->judged = scl_arena_array(&report->arena, project->count + 1u, sizeof *report->judged);
    if (!report->judged || !scl_report_init_exceptions(report)) {
        scl_report_unref(report);
        return NULL;
    }
    return report;
}

/* One policy over one subject. */
static bool
judge_subject(struct scl_evaluation *e, struct scl_judge *judge)
{
    const struct scl_policy *policy = e->project->engine->policies[e->policy].meta;
    struct scl_read_log *log = e->project->engine->log;
    struct scl_selected selected;
    struct scl_outcome outcome;

    e->had_finding = e->had_not_applicable = false;
    if (!scl_selector_applies(policy, e->subject)) {
        e->report->not_applicable++;
        return true;
    }
    selected.steps = e->search_steps;
    if (!scl_selector_nodes(policy, e->subject, &e->node_arena, &selected))
        return false;
    e->search_steps = selected.steps;
    if (!selected.steps)
        return scl_conclude_search(e);
    e->run.made = e->run.dropped = 0;
    for (uint32_t i = 0; i < selected.nodes.count; i++) {
        scl_run_reset(&e->run);
        scl_judge_run(judge, &e->run, e->policy, selected.nodes.at[i], &outcome);
        e->report->steps += scl_judge_steps(judge);
        if ((log && !scl_read_log_add(log, e)) ||
            !scl_conclude(e, selected.nodes.at[i], &outcome))
            return false;
    }
    for (uint32_t i = 0; i < selected.open.count; i++)
        if (!scl_conclude_open(e, selected.open.at[i]))
            return false;
    for (uint32_t i = 0; i < selected.unnamed.count; i++)
        if (scl_field(selected.unnamed.at[i].field)->type != SCL_TYPE_COMMAND &&
            !scl_conclude_open(e, selected.unnamed.at[i]))
            return false;
    e->report->dropped += e->run.dropped;
    if (!e->had_finding && e->had_not_applicable)
        e->report->not_applicable++;
    else if (!e->had_finding)
        e->report->pass++;
    return true;
}

/* Memory of runs is given back between policies. */
static void
begin_policy(struct scl_evaluation *e)
{
    scl_arena_finish(&e->run_arena);
    scl_arena_finish(&e->node_arena);
    e->run = (struct scl_run){
        .view = e->subject->view,
        .subject = e->subject,
        .facts = e->project->engine->facts,
        .secrets = e->project->engine->secrets,
        .date = e->project->engine->date,
        .finding_limit = e->project->engine->limits.findings,
        .arena = &e->run_arena,
    };
}

/* All policies of its kind over one subject. */
static bool
judge_policies(struct scl_evaluation *e, struct scl_judge *judge)
{
    const struct scantling_engine *engine = e->project->engine;

    for (e->policy = 0; e->policy < engine->policy_count; e->policy++) {
        if (!(engine->policies[e->policy].meta->subjects >> e->subject->type & 1))
            continue;
        begin_policy(e);
        if (!judge_subject(e, judge))
            return false;
    }
    return true;
}

/* Lets policies have steps, the more the more subjects there are. */
static void
begin_steps(struct scl_evaluation *e, struct scl_judge *judge, uint32_t subjects)
{
    uint64_t least = e->project->engine->limits.total_steps;
    uint64_t total = (uint64_t)subjects * STEPS_A_SUBJECT;

    e->judge = judge;
    scl_judge_begin(judge, total > least ? total : least, e->cancel);
    e->search_steps = least;
}

static bool
judge_all(struct scl_evaluation *e, struct scl_judge *judge)
{
    const struct scl_project_document *joined = &e->project->documents[e->document];
    uint32_t subjects = joined->document->subjects.count;

    begin_steps(e, judge, subjects);
    for (uint32_t i = 0; i < subjects; i++) {
        e->subject = &joined->subjects[i];
        if (!judge_policies(e, judge))
            return false;
        e->report->subjects++;
    }
    return true;
}

static uint32_t
kinds_of(const struct scl_document *document)
{
    uint32_t kinds = 0;

    for (uint32_t i = 0; i < document->subjects.count; i++)
        kinds |= 1u << document->subjects.at[i].type;
    return kinds;
}

/* Meets the subjects with the policies of their kinds. */
static bool
judge_kinds(struct scl_evaluation *e, uint32_t kinds, scantling_error **error)
{
    struct scantling_engine *engine = e->project->engine;
    struct scl_judge *judge;
    bool judged;

    if (!kinds) {
        e->report->subjects += e->project->documents[e->document].document->subjects.count;
        return true;
    }
    judge = scl_pool_take(engine, kinds, error);
    if (!judge)
        return false;
    judged = judge_all(e, judge);
    scl_pool_give(engine, judge);
    return judged;
}

/* ---- what an index means ---- */

static void
begin(struct scl_evaluation *e, struct scantling_report *report, uint32_t document,
      atomic_bool *cancel)
{
    *e = (struct scl_evaluation){ .report = report, .project = report->project,
                                  .document = document, .cancel = cancel };
    scl_arena_init(&e->run_arena);
    scl_arena_init(&e->node_arena);
    scl_arena_init(&e->adjusting_arena);
    scl_map_init(&e->seen, &report->arena);
}

/* Puts what was found in order. False with the error set. */
static bool
end(struct scl_evaluation *e, bool judged, scantling_error **error)
{
    struct scantling_report *report = e->report;

    scl_arena_finish(&e->run_arena);
    scl_arena_finish(&e->node_arena);
    scl_arena_finish(&e->adjusting_arena);
    if (judged && !report->arena.failed) {
        scl_report_sort(report);
        judged = scl_fingerprints(report) &&
                 (!report->project->engine->suppresses || scl_baseline_apply(report));
    }
    if (!judged || report->arena.failed)
        return atomic_load(e->cancel)
                   ? scl_fail(error, SCANTLING_STATUS_CANCELLED, "the project was cancelled")
                   : scl_fail_memory(error);
    return true;
}

static bool
judge_document(struct scantling_report *report, uint32_t index, atomic_bool *cancel,
               scantling_error **error)
{
    uint32_t kinds = kinds_of(report->project->documents[index].document) &
                     report->project->engine->subjects;
    struct scl_evaluation e;

    begin(&e, report, index, cancel);
    return end(&e, judge_kinds(&e, kinds, error) && scl_suppress_by_comments(&e) &&
                       scl_suppress_by_exceptions(&e), error);
}

/* Meets the project, the last subject of all documents as one, with the policies across them. */
static bool
judge_joined(struct scl_evaluation *e, scantling_error **error)
{
    const struct scl_document *document = e->joined->document;
    struct scl_judge *judge = scl_pool_take(e->project->engine, 1u << SCL_TYPE_PROJECT, error);
    bool judged;

    if (!judge)
        return false;
    begin_steps(e, judge, document->subjects.count);
    e->subject = &document->lone[document->subjects.count - 1];
    judged = judge_policies(e, judge);
    scl_pool_give(e->project->engine, judge);
    e->report->subjects++;
    return judged;
}

/* Says of each policy across documents that it could not look at them all. */
static bool
refuse_joined(struct scl_evaluation *e)
{
    const struct scantling_engine *engine = e->project->engine;
    const struct scl_document *document = e->joined->document;
    struct scl_outcome outcome = {
        .kind = SCL_RUN_ERROR,
        .message = SCL_S("there is too much to look at across documents; judge fewer at once"),
    };
    bool good = true;

    e->subject = &document->lone[document->subjects.count - 1];
    for (e->policy = 0; good && e->policy < engine->policy_count; e->policy++) {
        struct scl_node project = { e->subject->root, SCL_NONE, 0 };

        if (!(engine->policies[e->policy].meta->subjects >> SCL_TYPE_PROJECT & 1))
            continue;
        begin_policy(e);
        good = scl_conclude(e, project, &outcome);
    }
    return good;
}

static bool
judge_across(struct scantling_report *report, atomic_bool *cancel, scantling_error **error)
{
    struct scl_joined joined;
    struct scl_evaluation e;
    bool judged = scl_joined_make(report->project, &joined);

    begin(&e, report, SCANTLING_NONE, cancel);
    e.joined = &joined;
    if (judged)
        judged = (joined.is_cut ? refuse_joined(&e) : judge_joined(&e, error)) &&
                 scl_suppress_by_comments(&e) && scl_suppress_by_exceptions(&e);
    judged = end(&e, judged, error);
    scl_joined_finish(&joined);
    return judged;
}

/* `is_again`: the text is one with fixes applied, whose own fixes are nobody's concern. */
static struct scantling_report *
judge_index(struct scantling_project *project, size_t index, atomic_bool *cancel, bool is_again,
            scantling_error **error)
{
    struct scantling_report *report = new_report(project);
    bool judged = true;

    if (!report) {
        scl_fail_memory(error);
        return NULL;
    }
    report->judged[index] = true;
    if (atomic_load(cancel))
        judged = scl_fail(error, SCANTLING_STATUS_CANCELLED, "the project was cancelled");
    else if (index < project->count)
        judged = judge_document(report, (uint32_t)index, cancel, error) &&
                 (is_again || scl_fixes_prove(report, (uint32_t)index, error));
    else if (project->count && project->engine->subjects >> SCL_TYPE_PROJECT & 1)
        judged = judge_across(report, cancel, error);
    if (!judged) {
        scl_report_unref(report);
        return NULL;
    }
    return report;
}

struct scantling_report *
scl_project_judge(struct scantling_project *project, size_t index, scantling_error **error)
{
    if (index > project->count) {
        scl_fail(error, SCANTLING_STATUS_ARGUMENT, "index %zu is past the end of the project",
                 index);
        return NULL;
    }
    return judge_index(project, index, &project->is_cancelled, false, error);
}

struct scantling_report *
scl_project_judge_again(struct scantling_project *project, size_t index, atomic_bool *cancel,
                        scantling_error **error)
{
    return judge_index(project, index, cancel, true, error);
}
