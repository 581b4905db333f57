/* SPDX-License-Identifier: Apache-2.0 */
/*
 * result.c: reports, their order, their numbers and their union
 *
 * A merged report holds on to its parts, whose findings it shows in one order; nothing of them is
 * copied but the rows.
 */
#include "engine/evaluate.h"
#include "engine/suppress.h"

#include "base/hash.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scantling_report *
scl_report_ref(struct scantling_report *report)
{
    if (report)
        atomic_fetch_add_explicit(&report->references, 1, memory_order_relaxed);
    return report;
}

void
scl_report_unref(struct scantling_report *report)
{
    if (!report || atomic_fetch_sub_explicit(&report->references, 1, memory_order_acq_rel) != 1)
        return;
    for (uint32_t i = 0; i < report->part_count; i++)
        scl_report_unref(report->parts[i]);
    scl_project_unref(report->project);
    scl_arena_finish(&report->arena);
    free(report);
}

bool
scl_report_init_exceptions(struct scantling_report *report)
{
    const struct scl_settings *settings = report->project->engine->settings;

    if (!settings || !settings->exceptions.count)
        return true;
    report->used_exceptions =
        scl_arena_array(&report->arena, settings->exceptions.count, sizeof(bool));
    return report->used_exceptions != NULL;
}

/* ---- order ---- */

struct sortable {
    struct scl_finding finding;
    struct scl_str label;
};

static int
finding_order(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    int order = scl_str_compare(x->finding.place.path, y->finding.place.path);

    if (order)
        return order;
    if (x->finding.document != y->finding.document)
        return x->finding.document < y->finding.document ? -1 : 1;
    if (x->finding.place.span.offset != y->finding.place.span.offset)
        return x->finding.place.span.offset < y->finding.place.span.offset ? -1 : 1;
    order = scl_str_compare(x->label, y->label);
    if (!order)
        order = scl_str_compare(x->finding.message, y->finding.message);
    if (!order)
        order = (x->finding.subject > y->finding.subject) -
                (x->finding.subject < y->finding.subject);
    return order ? order : (int)x->finding.verdict - (int)y->finding.verdict;
}

void
scl_report_sort(struct scantling_report *report)
{
    uint32_t count = report->findings.count;
    struct sortable *all = count ? calloc(count, sizeof *all) : NULL;

    if (!count)
        return;
    if (!all) {
        report->arena.failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct scl_finding *finding = &report->findings.at[i];

        all[i].finding = *finding;
        all[i].label =
            scl_policy_label(report->project->engine->policies[finding->policy].meta);
    }
    qsort(all, count, sizeof *all, finding_order);
    for (uint32_t i = 0; i < count; i++)
        report->findings.at[i] = all[i].finding;
    free(all);
}

/* ---- fingerprints ---- */

/* The bytes that a finding is about, masked, with each run of blanks as one. */
static void
add_excerpt(const struct scl_finding *finding, const struct scl_mask *mask, struct scl_text *text)
{
    struct scl_str bytes = finding->place.source
                               ? scl_source_text(finding->place.source, finding->place.span)
                               : scl_str_n("", 0);
    struct scl_text masked = { 0 };
    bool blank = false;

    scl_mask_apply(mask, bytes, &masked);
    for (size_t i = 0; i < masked.len; i++) {
        if (scl_is_blank(masked.at[i])) {
            blank = true;
            continue;
        }
        if (blank)
            scl_text_char(text, ' ');
        blank = false;
        scl_text_char(text, masked.at[i]);
    }
    text->failed = text->failed || masked.failed;
    scl_text_finish(&masked);
}

/* Of a place in a companion, which several documents may have: whose. */
static void
add_document(const struct scantling_report *report, const struct scl_finding *finding,
             struct scl_text *text)
{
    const struct scl_document *document;

    if (finding->document >= report->project->count)
        return;
    document = report->project->documents[finding->document].document;
    if (scl_str_same(document->name, finding->place.path))
        return;
    scl_text_add(text, document->name);
    scl_text_char(text, '\0');
}

static uint64_t
finding_hash(const struct scantling_report *report, const struct scl_finding *finding, bool *failed)
{
    const struct scl_policy *policy =
        report->project->engine->policies[finding->policy].meta;
    struct scl_text text = { 0 };
    uint64_t hash;

    scl_text_add(&text, scl_policy_label(policy));
    scl_text_char(&text, '\0');
    scl_text_add(&text, finding->place.path);
    scl_text_char(&text, '\0');
    add_document(report, finding, &text);
    scl_text_c(&text, scl_project_subject_kind(report->project, finding->document,
                                               finding->subject));
    scl_text_char(&text, ' ');
    scl_text_add(&text, scl_project_subject_name(report->project, finding->document,
                                                 finding->subject));
    scl_text_char(&text, '\0');
    add_excerpt(finding, report->project->mask, &text);
    hash = scl_hash(scl_text_str(&text), 0);
    *failed = *failed || text.failed;
    scl_text_finish(&text);
    return hash;
}

bool
scl_fingerprints(struct scantling_report *report)
{
    struct scl_map seen;
    bool failed = false;

    scl_map_init(&seen, &report->arena);
    for (uint32_t i = 0; i < report->findings.count; i++) {
        struct scl_finding *finding = &report->findings.at[i];
        uint64_t hash = finding_hash(report, finding, &failed);
        char *key = scl_arena_copy(&report->arena, &hash, sizeof hash);
        struct scl_map_entry *entry;
        uint64_t repeat;

        if (failed || !key)
            return false;
        entry = scl_map_find(&seen, scl_str_n(key, sizeof hash));
        repeat = entry ? entry->value : 0;
        if (!scl_map_put(&seen, scl_str_n(key, sizeof hash), repeat + 1))
            return false;
        if (repeat)
            hash = scl_hash(scl_str_n(key, sizeof hash), repeat);
        snprintf(finding->fingerprint, sizeof finding->fingerprint, "%016llx",
                 (unsigned long long)hash);
    }
    return true;
}

/* ---- merging ---- */

static bool
check_parts(struct scantling_report *const *reports, size_t count, scantling_error **error)
{
    if (!count)
        return scl_fail(error, SCANTLING_STATUS_ARGUMENT, "there is no report to merge");
    for (size_t i = 0; i < count; i++) {
        if (!reports[i])
            return scl_fail(error, SCANTLING_STATUS_ARGUMENT, "report %zu is NULL", i);
        if (reports[i]->project != reports[0]->project)
            return scl_fail(error, SCANTLING_STATUS_ARGUMENT,
                            "reports of different projects do not merge");
    }
    return true;
}

/* What is found about exceptions is found again of all parts together. */
static bool
is_of_exceptions(const struct scl_finding *finding, const struct scantling_report *report)
{
    return finding->document == SCANTLING_NONE &&
           scl_policy_is_own(report->project->engine->policies[finding->policy].meta);
}

static bool
add_exceptions(struct scantling_report *merged)
{
    uint32_t first = merged->findings.count;
    bool failed = false;

    if (!scl_exceptions_tell(merged))
        return false;
    for (uint32_t i = first; i < merged->findings.count; i++) {
        struct scl_finding *finding = &merged->findings.at[i];

        snprintf(finding->fingerprint, sizeof finding->fingerprint, "%016llx",
                 (unsigned long long)(finding_hash(merged, finding, &failed) + (i - first)));
    }
    return !failed;
}

static bool
add_part(struct scantling_report *merged, struct scantling_report *part, scantling_error **error)
{
    for (uint32_t i = 0; i <= merged->project->count; i++) {
        if (part->judged[i] && merged->judged[i])
            return scl_fail(error, SCANTLING_STATUS_ARGUMENT, "index %u was judged twice",
                            (unsigned)i);
        merged->judged[i] = merged->judged[i] || part->judged[i];
    }
    for (uint32_t i = 0; i < part->findings.count; i++) {
        struct scl_finding *finding;

        if (is_of_exceptions(&part->findings.at[i], merged))
            continue;
        finding = scl_vec_push(&merged->arena, &merged->findings);
        if (!finding)
            return scl_fail_memory(error);
        *finding = part->findings.at[i];
    }
    for (uint32_t i = 0; part->used_exceptions &&
                         i < merged->project->engine->settings->exceptions.count; i++)
        merged->used_exceptions[i] = merged->used_exceptions[i] || part->used_exceptions[i];
    merged->subjects += part->subjects;
    merged->pass += part->pass;
    merged->not_applicable += part->not_applicable;
    merged->dropped += part->dropped;
    merged->steps += part->steps;
    merged->examples += part->examples;
    merged->is_test = merged->is_test || part->is_test;
    merged->parts[merged->part_count++] = scl_report_ref(part);
    return true;
}

struct scantling_report *
scl_report_merge(struct scantling_report *const *reports, size_t count, scantling_error **error)
{
    struct scantling_report *merged;
    bool good;

    if (!check_parts(reports, count, error))
        return NULL;
    merged = calloc(1, sizeof *merged);
    if (!merged) {
        scl_fail_memory(error);
        return NULL;
    }
    atomic_init(&merged->references, 1);
    scl_arena_init(&merged->arena);
    merged->project = scl_project_ref(reports[0]->project);
    merged->judged = scl_arena_array(&merged->arena, merged->project->count + 1u, sizeof(bool));
    merged->parts = scl_arena_array(&merged->arena, count, sizeof *merged->parts);
    good = (merged->judged && merged->parts && scl_report_init_exceptions(merged)) ||
           scl_fail_memory(error);
    for (size_t i = 0; good && i < count; i++)
        good = add_part(merged, reports[i], error);
    if (good && !add_exceptions(merged))
        good = scl_fail_memory(error);
    if (good)
        scl_report_sort(merged);
    if (good && merged->arena.failed)
        good = scl_fail_memory(error);
    if (!good) {
        scl_report_unref(merged);
        return NULL;
    }
    return merged;
}

/* ---- numbers ---- */

static int64_t
count_verdict(const struct scantling_report *report, scantling_verdict verdict)
{
    int64_t count = 0;

    for (uint32_t i = 0; i < report->findings.count; i++)
        count += report->findings.at[i].verdict == verdict && !report->findings.at[i].suppressed;
    return count;
}

static int64_t
count_suppressed(const struct scantling_report *report)
{
    int64_t count = 0;

    for (uint32_t i = 0; i < report->findings.count; i++)
        count += report->findings.at[i].suppressed != NULL;
    return count;
}

static int64_t
count_documents(const struct scantling_report *report, bool bad_only)
{
    int64_t count = 0;

    for (uint32_t i = 0; i < report->project->count; i++)
        count += report->judged[i] &&
                 (!bad_only ||
                  scl_notes_have_error(&report->project->documents[i].document->notes));
    return count;
}

static int64_t
worst_severity(const struct scantling_report *report)
{
    int64_t worst = SCANTLING_SEVERITY_NONE;

    for (uint32_t i = 0; i < report->findings.count; i++)
        if (report->findings.at[i].verdict == SCANTLING_VERDICT_FAIL &&
            !report->findings.at[i].suppressed && report->findings.at[i].severity > worst)
            worst = report->findings.at[i].severity;
    return worst;
}

/* Of a test also the adjustments that were. */
static int64_t
count_policies(const struct scantling_report *report)
{
    const struct scantling_engine *engine = report->project->engine;
    int64_t count = engine->policy_count;

    for (uint32_t i = engine->policy_count; report->is_test && i < scl_engine_file_count(engine);
         i++)
        count += !engine->policies[i].is_beside;
    return count;
}

int64_t
scl_report_number(const struct scantling_report *report, int32_t number)
{
    switch (number) {
    case SCANTLING_NUMBER_DOCUMENTS:
        return count_documents(report, false);
    case SCANTLING_NUMBER_SUBJECTS:
        return (int64_t)(report->is_test ? report->examples : report->subjects);
    case SCANTLING_NUMBER_POLICIES:
        return count_policies(report);
    case SCANTLING_NUMBER_FINDINGS:
        return report->findings.count;
    case SCANTLING_NUMBER_FAIL:
        return count_verdict(report, SCANTLING_VERDICT_FAIL);
    case SCANTLING_NUMBER_INCONCLUSIVE:
        return count_verdict(report, SCANTLING_VERDICT_INCONCLUSIVE);
    case SCANTLING_NUMBER_ERROR:
        return count_verdict(report, SCANTLING_VERDICT_ERROR);
    case SCANTLING_NUMBER_SUPPRESSED:
        return count_suppressed(report);
    case SCANTLING_NUMBER_DROPPED:
        return (int64_t)report->dropped;
    case SCANTLING_NUMBER_WORST_SEVERITY:
        return worst_severity(report);
    case SCANTLING_NUMBER_BAD_INPUTS:
        return count_documents(report, true);
    case SCANTLING_NUMBER_STEPS:
        return (int64_t)report->steps;
    case SCANTLING_NUMBER_PASS:
        return (int64_t)report->pass;
    case SCANTLING_NUMBER_NOT_APPLICABLE:
        return (int64_t)report->not_applicable;
    default:
        return -1;
    }
}
