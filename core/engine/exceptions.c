/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exceptions.c: suppression by the settings
 *
 * For each policy the exceptions that name it are listed, so that a finding meets only those. An
 * exception is of use if any document's finding fits it; which are of none is known when the
 * reports of a whole project are merged, and is found then, at their lines.
 */
#include "engine/suppress.h"

#include "base/text.h"

/* ---- compiling ---- */

/* Visits the policies that an exception names; the list is filled in the second round. */
static void
link_exception(struct scantling_engine *engine, uint32_t index, uint32_t *counts, uint32_t *ret)
{
    const struct scl_exception *exception = &engine->settings->exceptions.at[index];

    for (uint32_t i = 0; i < exception->policies.list.count; i++) {
        const struct scl_name *at =
            scl_names_find(&engine->names, exception->policies.list.at[i]);

        for (; at; at = scl_names_next(&engine->names, at)) {
            if (at->index == UINT32_MAX)
                continue;
            if (ret)
                ret[counts[at->index]] = index;
            counts[at->index]++;
        }
    }
}

static void
set_dates(struct scl_exception *exception, struct scl_str date)
{
    exception->is_dateless = exception->until.len && !date.len;
    exception->is_expired = exception->until.len && date.len &&
                            scl_str_compare(exception->until, date) < 0;
}

bool
scl_exceptions_compile(struct scantling_engine *engine)
{
    uint32_t count = engine->settings ? engine->settings->exceptions.count : 0, total = 0;
    uint32_t *first, *next, *list;

    if (!count)
        return true;
    first = scl_arena_array(&engine->arena, scl_engine_file_count(engine) + 1u, sizeof *first);
    next = scl_arena_array(&engine->arena, scl_engine_file_count(engine) + 1u, sizeof *next);
    if (!first || !next)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        set_dates(&engine->settings->exceptions.at[i], engine->date);
        link_exception(engine, i, next, NULL);
    }
    for (uint32_t p = 0; p <= scl_engine_file_count(engine); p++) {
        uint32_t here = next[p];

        first[p] = next[p] = total;
        total += here;
    }
    list = scl_arena_array(&engine->arena, total, sizeof *list);
    for (uint32_t i = 0; list && i < count; i++)
        link_exception(engine, i, next, list);
    engine->exception_first = first;
    engine->exception_list = list;
    return list != NULL;
}

/* ---- applying ---- */

static bool
fits_subject(const struct scl_evaluation *e, const struct scl_finding *finding,
             const struct scl_exception *exception)
{
    const struct scl_project_document *joined;

    if (!exception->kind)
        return true;
    if (e->document == SCANTLING_NONE)
        return exception->kind == SCL_TYPE_PROJECT && !exception->name.len;
    joined = &e->project->documents[e->document];
    if (finding->subject >= joined->document->subjects.count ||
        joined->subjects[finding->subject].type != exception->kind)
        return false;
    return !exception->name.len ||
           scl_str_same(scl_project_subject_name(e->project, e->document, finding->subject),
                        exception->name);
}

static const struct scl_suppression *
suppression_of(struct scl_evaluation *e, const struct scl_exception *exception)
{
    struct scl_suppression *made = scl_arena_alloc(&e->report->arena, sizeof *made);

    if (made)
        *made = (struct scl_suppression){
            .by = SCL_BY_CONFIG,
            .reason = scl_evaluation_text(e, exception->reason),
            .until = scl_evaluation_text(e, exception->until),
            .place = exception->place,
        };
    return made;
}

static bool
apply(struct scl_evaluation *e, struct scl_finding *finding,
      const struct scl_suppression **suppressions)
{
    const struct scantling_engine *engine = e->project->engine;

    for (uint32_t i = engine->exception_first[finding->policy];
         i < engine->exception_first[finding->policy + 1]; i++) {
        uint32_t index = engine->exception_list[i];
        const struct scl_exception *exception = &engine->settings->exceptions.at[index];

        if (exception->is_expired || !scl_settings_fit(exception->path, finding->place.path) ||
            !fits_subject(e, finding, exception))
            continue;
        e->report->used_exceptions[index] = true;
        if (!suppressions[index])
            suppressions[index] = suppression_of(e, exception);
        if (!suppressions[index])
            return false;
        if (!finding->suppressed)
            finding->suppressed = suppressions[index];
    }
    return true;
}

bool
scl_suppress_by_exceptions(struct scl_evaluation *e)
{
    const struct scantling_engine *engine = e->project->engine;
    const struct scl_suppression **suppressions;
    struct scl_arena scratch;
    bool good;

    if (!engine->exception_list || !engine->suppresses)
        return true;
    scl_arena_init(&scratch);
    suppressions =
        scl_arena_array(&scratch, engine->settings->exceptions.count, sizeof *suppressions);
    good = suppressions != NULL;
    for (uint32_t i = 0; good && i < e->report->findings.count; i++)
        if (e->report->findings.at[i].verdict != SCANTLING_VERDICT_ERROR)
            good = apply(e, &e->report->findings.at[i], suppressions);
    scl_arena_finish(&scratch);
    return good;
}

/* ---- telling ---- */

static bool
is_judged(const struct scantling_report *report, struct scl_str glob)
{
    for (uint32_t i = 0; i < report->project->count; i++) {
        const struct scl_document *document = report->project->documents[i].document;

        for (uint32_t f = 0; report->judged[i] && f < document->file_count; f++)
            if (scl_settings_fit(glob, document->files[f].name))
                return true;
    }
    return false;
}

/* Whether any policy that it names is selected. */
static bool
has_run(const struct scantling_engine *engine, const struct scl_exception *exception)
{
    for (uint32_t i = 0; i < exception->policies.list.count; i++) {
        const struct scl_name *at =
            scl_names_find(&engine->names, exception->policies.list.at[i]);

        for (; at; at = scl_names_next(&engine->names, at))
            if (at->index != UINT32_MAX)
                return true;
    }
    return false;
}

static bool
tell(struct scantling_report *report, const struct scl_exception *exception, bool is_used)
{
    struct scl_own_finding own = {
        .verdict = SCANTLING_VERDICT_FAIL, .document = SCANTLING_NONE, .place = exception->place,
    };
    struct scl_text message = { 0 };
    bool good = true;

    if (exception->is_dateless) {
        own.own = SCL_OWN_EXPIRED;
        own.verdict = SCANTLING_VERDICT_INCONCLUSIVE;
        own.message = SCL_S("the date is not known");
        own.help = SCL_S("give the evaluation a date");
        good = scl_own_find(report, &own);
        own.verdict = SCANTLING_VERDICT_FAIL;
        own.help = SCL_S("");
    }
    if (exception->is_expired) {
        own.own = SCL_OWN_EXPIRED;
        scl_text_f(&message, "suppression was good until %.*s", SCL_ARG(exception->until));
    } else if (!is_used && is_judged(report, exception->path)) {
        own.own = SCL_OWN_UNUSED;
        scl_text_f(&message, "suppresses nothing in %.*s", SCL_ARG(exception->path));
    }
    own.message = scl_text_str(&message);
    if (message.len && good)
        good = scl_own_find(report, &own);
    good = good && !message.failed;
    scl_text_finish(&message);
    return good;
}

bool
scl_exceptions_tell(struct scantling_report *report)
{
    const struct scantling_engine *engine = report->project->engine;
    bool good = true;

    if (!engine->exception_list || !engine->suppresses || !report->judged[report->project->count])
        return true;
    for (uint32_t i = 0; good && i < engine->settings->exceptions.count; i++) {
        const struct scl_exception *exception = &engine->settings->exceptions.at[i];

        if (has_run(engine, exception))
            good = tell(report, exception, report->used_exceptions[i]);
    }
    return good;
}
