/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blank.c: what becomes of a verdict when a field is not known
 *
 * A policy that reads a field and then decides otherwise without it, in silence, would be wrong
 * about every document that leaves the field open. So each field that an example made its policy
 * read is blanked in the view of its document, one at a time, and the example judged again.
 *
 * Not blanked is the name of a command that the policy's `on` asks for: which commands a policy
 * looks at is not decided by what it reads. As many fields as FIELDS_MAX are tried, those that were
 * read first.
 */
#include "engine/blank.h"

enum { FIELDS_MAX = 200 };

bool
scl_read_log_add(struct scl_read_log *log, const struct scl_evaluation *e)
{
    if (e->document >= e->project->count) /* the project as such: a view for that alone */
        return true;
    for (uint32_t i = 0; i < e->run.reads.count && log->list.count < FIELDS_MAX; i++) {
        struct scl_node node = e->run.reads.at[i];
        struct scl_read *made;
        bool is_new = true;

        for (uint32_t r = 0; r < log->list.count && is_new; r++)
            is_new = log->list.at[r].document != e->document ||
                     !scl_node_same(log->list.at[r].node, node);
        if (!is_new)
            continue;
        made = scl_vec_push(log->arena, &log->list);
        if (!made)
            return false;
        *made = (struct scl_read){ e->document, node };
    }
    return true;
}

static bool
is_selecting(const struct scl_policy *policy, struct scl_node node)
{
    for (uint32_t i = 0; i < policy->on_count; i++)
        if (node.field == SCL_COMMAND_NAME && policy->on[i].field == SCL_COMMAND_NAME)
            return true;
    return false;
}

/* Judges all documents, of which one has a blank. */
static bool
judge(struct scantling_project *project, bool *ret_fails, bool *ret_passes, scantling_error **error)
{
    *ret_fails = false;
    *ret_passes = true;
    for (uint32_t i = 0; i <= project->count; i++) {
        struct scantling_report *report =
            scl_project_judge_again(project, i, &project->is_cancelled, error);

        if (!report)
            return false;
        *ret_fails = *ret_fails || scl_report_number(report, SCANTLING_NUMBER_FAIL);
        *ret_passes = *ret_passes && !report->findings.count;
        scl_report_unref(report);
    }
    return true;
}

bool
scl_blank_fields(struct scantling_project *project, const struct scl_read_log *log, bool fails,
                 struct scl_read *ret, scantling_error **error)
{
    const struct scl_policy *policy = project->engine->policies[0].meta;

    *ret = (struct scl_read){ .document = 0 };
    for (uint32_t i = 0; i < log->list.count; i++) {
        const struct scl_read *read = &log->list.at[i];
        struct scl_view *view = project->documents[read->document].own_view;
        bool fails_now, passes_now, good;

        if (is_selecting(policy, read->node))
            continue;
        view->blank = read->node;
        good = judge(project, &fails_now, &passes_now, error);
        view->blank = (struct scl_node){ .object = 0 };
        if (!good)
            return false;
        if (fails ? passes_now : fails_now) {
            *ret = *read;
            return true;
        }
    }
    return true;
}
