/* SPDX-License-Identifier: Apache-2.0 */
/*
 * adjust.c: severities that an adjustment changes
 *
 * An adjustment is a policy file that finds nothing: it is asked about each finding of one policy,
 * once the finding is made and before it is kept. So it can neither invent a finding nor silence
 * one. What it reads is no evidence of the finding; what it cannot know leaves things as they are.
 */
#include "engine/adjust.h"

#include "script/locate.h"

/* ---- compiling ---- */

/* Whether a name is a policy's own, and not another tool's for it. */
static bool
is_own_name(const struct scl_policy *policy, struct scl_str name)
{
    return scl_str_same(policy->id, name) || scl_str_same(policy->code, name) ||
           scl_strs_have(policy->replaces, name);
}

static const struct scl_policy *
find_adjusted(const struct scl_names *names, struct scl_str name)
{
    const struct scl_name *at = scl_names_find(names, name);

    while (at && (!is_own_name(at->policy, name) || at->policy->adjusts.len ||
                  scl_policy_is_own(at->policy)))
        at = scl_names_next(names, at);
    return at ? at->policy : NULL;
}

const struct scl_policy *
scl_adjusted_policy(const struct scantling_engine *engine, const struct scl_policy *adjustment)
{
    return find_adjusted(&engine->names, adjustment->adjusts);
}

/* Takes the error over. */
static void
refuse(const struct scl_policy *adjustment, const char *key, scantling_error *error,
       scantling_error **chain)
{
    struct scl_arena scratch;
    struct scl_source source;

    scl_arena_init(&scratch);
    if (scl_source_init(&source, &scratch, adjustment->path, adjustment->source))
        scl_error_at(error, &source,
                     scl_policy_find_key(adjustment->source, scl_str_c(key), true));
    scl_arena_finish(&scratch);
    scl_error_append(chain, error);
}

static void
add_subjects(struct scl_text *text, uint32_t subjects)
{
    size_t before = text->len;

    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++)
        if (subjects >> type & 1)
            scl_text_f(text, "%s%s", text->len > before ? ", " : "", scl_type(type)->name);
}

/* Subjects that the policy never meets would be asked about in vain. */
static void
check_subjects(const struct scl_policy *adjustment, const struct scl_policy *adjusted,
               scantling_error **chain)
{
    uint32_t vain = adjustment->subjects & ~adjusted->subjects;
    struct scl_text text = { 0 };

    if (!vain)
        return;
    scl_text_f(&text, "subjects: '%.*s' does not judge ", SCL_ARG(adjusted->id));
    add_subjects(&text, vain);
    scl_text_c(&text, "; it judges ");
    add_subjects(&text, adjusted->subjects);
    if (text.failed)
        scl_error_append(chain, scl_error_new(SCANTLING_STATUS_MEMORY, "out of memory"));
    else
        refuse(adjustment, "subjects", scl_error_new(SCANTLING_STATUS_POLICY, "%s", text.at),
               chain);
    scl_text_finish(&text);
}

static uint32_t
compile_one(const struct scantling_engine *engine, const struct scl_policy *adjustment,
            scantling_error **chain)
{
    const struct scl_policy *adjusted = find_adjusted(&engine->names, adjustment->adjusts);
    bool is_name = scl_names_find(&engine->names, adjustment->adjusts) != NULL;
    scantling_error *error;

    if (adjusted) {
        check_subjects(adjustment, adjusted, chain);
        return scl_names_index(&engine->names, adjusted);
    }
    error = scl_error_new(SCANTLING_STATUS_POLICY,
                          is_name ? "adjusts: '%.*s' is no id or code of a policy that judges"
                                  : "adjusts: unknown policy '%.*s'",
                          SCL_ARG(adjustment->adjusts));
    if (!is_name)
        scl_names_suggest(&engine->names, adjustment->adjusts, error);
    refuse(adjustment, "adjusts", error, chain);
    return UINT32_MAX;
}

void
scl_adjustments_compile(struct scantling_engine *engine, struct scl_judge_policy *adjustments,
                        scantling_error **chain)
{
    for (uint32_t i = 0; i < engine->adjustment_count; i++)
        adjustments[i].adjusts = compile_one(engine, adjustments[i].meta, chain);
}

/* ---- judging ---- */

static void
begin_run(struct scl_evaluation *e)
{
    scl_arena_finish(&e->adjusting_arena);
    e->adjusting = (struct scl_run){
        .view = e->run.view,
        .subject = e->run.subject,
        .facts = e->run.facts,
        .secrets = e->run.secrets,
        .date = e->run.date,
        .arena = &e->adjusting_arena,
    };
}

/* Asks one adjustment. NONE where the severity is to stay as it is. */
static scantling_severity
ask(struct scl_evaluation *e, uint32_t index, const struct scl_finding *finding,
    struct scl_outcome *ret)
{
    struct scl_judge_finding seen = { finding->message, finding->severity, finding->confidence };
    scantling_severity severity;

    begin_run(e);
    severity = scl_judge_adjust(e->judge, &e->adjusting, index, &seen, ret);
    e->report->steps += scl_judge_steps(e->judge);
    return e->adjusting.missing.count || e->adjusting.misses_date ? SCANTLING_SEVERITY_NONE
                                                                  : severity;
}

static bool
is_about(const struct scl_evaluation *e, uint32_t index)
{
    const struct scl_judge_policy *adjustment = &e->project->engine->policies[index];

    return adjustment->adjusts == e->policy &&
           adjustment->meta->subjects >> e->subject->type & 1;
}

bool
scl_adjust(struct scl_evaluation *e, struct scl_finding *finding)
{
    uint32_t first = e->project->engine->policy_count;
    uint32_t end = first + e->project->engine->adjustment_count;
    struct scl_outcome outcome;

    for (uint32_t i = first; i < end && !finding->adjusted_from; i++) {
        scantling_severity severity;

        if (!is_about(e, i))
            continue;
        severity = ask(e, i, finding, &outcome);
        if (!scl_conclude_adjustment(e, i, &outcome))
            return false;
        if (severity == SCANTLING_SEVERITY_NONE || severity == finding->severity)
            continue;
        finding->adjusted_by = i;
        finding->adjusted_from = finding->severity;
        finding->severity = severity;
    }
    return true;
}
