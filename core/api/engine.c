/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.c: config, engine, project and report of the ABI
 */
#include "api/api.h"

#include "report/describe.h"
#include "engine/test.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

/* ---- config ---- */

scantling_config *
scantling_config_new(scantling_error **error)
{
    return scl_config_new(error);
}

void
scantling_config_set_int(scantling_config *config, scantling_option option, int64_t value)
{
    if (config)
        scl_config_set_int(config, option, value);
}

void
scantling_config_set_text(scantling_config *config, scantling_option option, const char *text,
                          size_t length)
{
    if (config)
        scl_config_set_text(config, option, scl_api_text(text, length));
}

void
scantling_config_add_file(scantling_config *config, int32_t kind, const char *name,
                          size_t name_length, const char *text, size_t text_length)
{
    if (config)
        scl_config_add_file(config, kind, scl_api_text(name, name_length),
                            scl_api_text(text, text_length));
}

void
scantling_config_free(scantling_config *config)
{
    scl_config_free(config);
}

/* ---- engine ---- */

scantling_engine *
scantling_engine_new(const scantling_config *config, scantling_error **error)
{
    return scl_api_handle(config, "config", error) ? scl_engine_new(config, error) : NULL;
}

scantling_engine *
scantling_engine_ref(scantling_engine *engine)
{
    return scl_engine_ref(engine);
}

void
scantling_engine_unref(scantling_engine *engine)
{
    scl_engine_unref(engine);
}

scantling_buffer *
scantling_engine_describe(const scantling_engine *engine, const char *policy, size_t policy_length,
                          const char *format, size_t format_length, scantling_error **error)
{
    struct scl_text text = { 0 };
    bool good = scl_api_handle(engine, "engine", error) &&
                scl_engine_describe(engine, scl_api_text(policy, policy_length),
                                    scl_api_text(format, format_length), &text, error);

    return scl_api_buffer(&text, good, error);
}

/* An engine is shared, and judging borrows a state of its pool: `const` promises any thread. */
static scantling_engine *
lent(const scantling_engine *engine)
{
    union {
        const scantling_engine *read;
        scantling_engine *shared;
    } both = { engine };

    return both.shared;
}

scantling_report *
scantling_engine_test(const scantling_engine *engine, scantling_error **error)
{
    return scl_api_handle(engine, "engine", error) ? scl_engine_test(lent(engine), error) : NULL;
}

/* Judges every index of a project into `reports`, and merges them. */
static scantling_report *
judge_all(scantling_project *project, scantling_report **reports, size_t count,
          scantling_error **error)
{
    scantling_report *merged = NULL;
    size_t judged = 0;

    while (judged < count &&
           (reports[judged] = scantling_project_judge(project, judged, error)) != NULL)
        judged++;
    if (judged == count)
        merged = scantling_report_merge(reports, count, error);
    while (judged > 0)
        scantling_report_unref(reports[--judged]);
    return merged;
}

scantling_report *
scantling_engine_evaluate(const scantling_engine *engine, scantling_document *const *documents,
                          size_t count, scantling_error **error)
{
    scantling_project *project = scantling_project_new(engine, documents, count, error);
    scantling_report **reports = project ? calloc(count + 1, sizeof *reports) : NULL;
    scantling_report *merged = NULL;

    if (project && !reports)
        scl_fail_memory(error);
    if (reports)
        merged = judge_all(project, reports, count + 1, error);
    free(reports);
    scantling_project_unref(project);
    return merged;
}

/* ---- project ---- */

scantling_project *
scantling_project_new(const scantling_engine *engine, scantling_document *const *documents,
                      size_t count, scantling_error **error)
{
    if (!scl_api_handle(engine, "engine", error))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (!documents || !documents[i]) {
            scl_fail(error, SCANTLING_STATUS_ARGUMENT, "document %zu is NULL", i);
            return NULL;
        }
    return scl_project_new(lent(engine), (const void *)documents, count, error);
}

scantling_project *
scantling_project_ref(scantling_project *project)
{
    return scl_project_ref(project);
}

void
scantling_project_unref(scantling_project *project)
{
    scl_project_unref(project);
}

const scantling_subject *
scantling_project_subject(const scantling_project *project, size_t document, size_t index)
{
    if (!project || document >= project->count ||
        index >= project->documents[document].document->subjects.count)
        return NULL;
    return &project->documents[document].subjects[index];
}

scantling_buffer *
scantling_project_render(const scantling_project *project, size_t document, const char *format,
                         size_t format_length, scantling_error **error)
{
    struct scl_text text = { 0 };
    bool good = scl_api_handle(project, "project", error);

    if (good && document >= project->count)
        good = scl_fail(error, SCANTLING_STATUS_ARGUMENT, "the project has no such document");
    good = good && scl_view_render(project->documents[document].view,
                                   scl_api_text(format, format_length), &text, error);
    return scl_api_buffer(&text, good, error);
}

scantling_report *
scantling_project_judge(const scantling_project *project, size_t index, scantling_error **error)
{
    union {
        const scantling_project *read;
        scantling_project *shared;
    } both = { project };

    return scl_api_handle(project, "project", error) ? scl_project_judge(both.shared, index, error)
                                                     : NULL;
}

void
scantling_project_cancel(scantling_project *project)
{
    if (project)
        atomic_store(&project->is_cancelled, true);
}

/* ---- report ---- */

scantling_report *
scantling_report_ref(scantling_report *report)
{
    return scl_report_ref(report);
}

void
scantling_report_unref(scantling_report *report)
{
    scl_report_unref(report);
}

int64_t
scantling_report_number(const scantling_report *report, int32_t number)
{
    return report ? scl_report_number(report, number) : 0;
}

/* Evidence, related places, edits. */
static size_t
count_marks(const struct scl_finding *finding)
{
    size_t count = (size_t)finding->evidence.count + finding->related.count;

    for (uint32_t i = 0; i < finding->fixes.count; i++)
        count += finding->fixes.at[i].edits.count;
    return count;
}

static void
view_finding(const scantling_report *report, const struct scl_finding *from,
             scantling_finding *ret)
{
    struct scl_str label =
        scl_policy_label(report->project->engine->policies[from->policy].meta);
    struct scl_str reason = from->suppressed      ? from->suppressed->reason
                            : from->missing.count ? from->missing.at[0].reason
                                                  : from->help;

    *ret = (scantling_finding){
        .code = label.at,
        .code_length = label.len,
        .message = from->message.at,
        .message_length = from->message.len,
        .reason = reason.len ? reason.at : "",
        .reason_length = reason.len,
        .fingerprint = from->fingerprint,
        .fingerprint_length = strlen(from->fingerprint),
        .path = from->place.path.len ? from->place.path.at : "",
        .path_length = from->place.path.len,
        .offset = from->place.span.offset,
        .length = from->place.span.length,
        .line = from->place.start.line,
        .column = from->place.start.column,
        .end_line = from->place.end.line,
        .end_column = from->place.end.column,
        .policy = from->policy,
        .document = from->document,
        .subject = from->subject == SCL_PROJECT_SUBJECT ? SCANTLING_NONE : from->subject,
        .mark_count = (uint32_t)count_marks(from),
        .verdict = from->verdict,
        .severity = from->severity,
        .confidence = from->confidence,
        .suppression = from->suppressed ? from->suppressed->by : 0,
        .limit = from->limit,
        .fix_count = from->fixes.count,
    };
}

size_t
scantling_report_findings(const scantling_report *report, size_t start,
                          scantling_finding *ret_findings, size_t size, size_t capacity)
{
    size_t filled = 0;

    while (report && filled < capacity && start + filled < report->findings.count) {
        scantling_finding full;

        view_finding(report, &report->findings.at[start + filled], &full);
        if (!ret_findings || !scl_api_give((char *)ret_findings + filled * size, size, &full,
                                           sizeof full, sizeof full))
            break;
        filled++;
    }
    return filled;
}

static void
view_place(const struct scl_place *place, scantling_mark *ret)
{
    if (!place->path.len)
        return;
    scl_api_set_place(ret, place->path, place->span, place->start, place->end);
    ret->document = place->document;
}

static void
view_text(struct scl_str text, scantling_mark *ret)
{
    ret->text = text.len ? text.at : "";
    ret->text_length = text.len;
}

/* The edit number `index` of all fixes. */
static void
view_edit(const struct scl_finding *finding, size_t index, scantling_mark *ret)
{
    const struct scl_fix *fix = finding->fixes.at;

    while (index >= fix->edits.count) {
        index -= fix->edits.count;
        fix++;
        ret->group++;
    }
    ret->kind = fix->is_safe ? SCANTLING_MARK_EDIT : SCANTLING_MARK_UNSAFE_EDIT;
    view_place(&fix->edits.at[index].place, ret);
    view_text(fix->edits.at[index].text, ret);
}

static void
view_mark(const struct scl_finding *finding, size_t index, scantling_mark *ret)
{
    size_t after_evidence = index - finding->evidence.count;

    *ret = (scantling_mark){ .path = "", .field = "", .text = "", .document = SCANTLING_NONE };
    if (index < finding->evidence.count) {
        const struct scl_evidence *evidence = &finding->evidence.at[index];

        ret->kind = SCANTLING_MARK_EVIDENCE;
        ret->state = evidence->state;
        ret->field = evidence->field.len ? evidence->field.at : "";
        ret->field_length = evidence->field.len;
        view_place(&evidence->place, ret);
        view_text(evidence->value, ret);
    } else if (after_evidence < finding->related.count) {
        ret->kind = SCANTLING_MARK_RELATED;
        view_place(&finding->related.at[after_evidence].place, ret);
        view_text(finding->related.at[after_evidence].message, ret);
    } else {
        view_edit(finding, after_evidence - finding->related.count, ret);
    }
}

size_t
scantling_report_marks(const scantling_report *report, size_t finding, size_t start,
                       scantling_mark *ret_marks, size_t size, size_t capacity)
{
    size_t filled = 0, count;

    if (!report || finding >= report->findings.count)
        return 0;
    count = count_marks(&report->findings.at[finding]);
    while (filled < capacity && start + filled < count) {
        scantling_mark full;

        view_mark(&report->findings.at[finding], start + filled, &full);
        if (!ret_marks || !scl_api_give((char *)ret_marks + filled * size, size, &full, sizeof full,
                                        sizeof full))
            break;
        filled++;
    }
    return filled;
}

scantling_report *
scantling_report_merge(scantling_report *const *reports, size_t count, scantling_error **error)
{
    return scl_api_handle(reports, "reports", error) ? scl_report_merge(reports, count, error)
                                                     : NULL;
}

scantling_buffer *
scantling_report_render(const scantling_report *report, const char *format, size_t format_length,
                        scantling_error **error)
{
    struct scl_text text = { 0 };
    bool good = scl_api_handle(report, "report", error) &&
                scl_report_render(report, scl_api_text(format, format_length), &text, error);

    return scl_api_buffer(&text, good, error);
}
