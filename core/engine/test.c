/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test.c: running the examples that policies carry
 *
 * Each policy is loaded again for its examples. Each example is a project of its own, judged by an
 * engine that has this policy alone, with the example's parameters and date; what ended otherwise
 * than promised becomes a finding at the key in the policy's file.
 */
#include "engine/test.h"

#include "base/text.h"
#include "base/utf8.h"
#include "engine/adjust.h"
#include "engine/blank.h"
#include "engine/carets.h"
#include "engine/example.h"
#include "engine/fix.h"
#include "script/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct testing {
    struct scantling_engine *engine;
    struct scantling_report *report;
    struct scl_arena arena; /* of the policy at hand */
    const struct scl_policy *policy;
    struct scl_read_log *log; /* of the example at hand, as it is written */
    uint32_t index;
    scantling_error *errors;
};

/* ---- findings about examples ---- */

/* Notes that an example did not end as promised. */
static bool
complain(struct testing *t, scantling_verdict verdict, struct scl_str message,
         struct scl_str detail)
{
    struct scl_arena *arena = &t->report->arena;
    struct scl_finding *finding = scl_vec_push(arena, &t->report->findings);
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);

    if (!finding || !source ||
        !scl_source_init(source, arena, t->policy->path, t->policy->source))
        return false;
    *finding = (struct scl_finding){
        .policy = t->index,
        .document = SCANTLING_NONE,
        .subject = SCANTLING_NONE,
        .verdict = verdict,
        .severity = t->policy->severity,
        .confidence = t->policy->confidence,
        .message = scl_str_n(scl_arena_copy(arena, message.at, message.len), message.len),
        .help = scl_str_n(scl_arena_copy(arena, detail.at, detail.len), detail.len),
    };
    finding->place = (struct scl_place){ .path = source->name, .source = source,
                                         .document = SCANTLING_NONE, .subject = SCANTLING_NONE };
    finding->place.start = finding->place.end = (struct scl_position){ 1, 1 };
    return !arena->failed;
}

static bool
complain_f(struct testing *t, scantling_verdict verdict, struct scl_str detail, const char *format,
           ...) __attribute__((format(printf, 4, 5)));

static bool
complain_f(struct testing *t, scantling_verdict verdict, struct scl_str detail, const char *format,
           ...)
{
    struct scl_text text = { 0 };
    va_list arguments;
    bool good;

    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    good = !text.failed && complain(t, verdict, scl_text_str(&text), detail);
    scl_text_finish(&text);
    return good;
}

/* The findings of an example, a line or two each; of a policy that fails the place in it first. */
static void
list_findings(const struct scantling_report *report, const struct scl_example *example,
              struct scl_str path, struct scl_text *out)
{
    bool names_file = example->file_count > 1;

    for (uint32_t i = 0; i < report->findings.count; i++) {
        const struct scl_finding *f = &report->findings.at[i];
        struct scl_str name = scl_project_subject_name(report->project, f->document, f->subject);
        bool errs = f->verdict == SCANTLING_VERDICT_ERROR && f->policy_place.path.len;

        scl_text_f(out, "%s%s: %.*s\n", out->len ? "\n" : "",
                   f->verdict == SCANTLING_VERDICT_FAIL ? scl_severity_name(f->severity)
                   : f->verdict == SCANTLING_VERDICT_ERROR ? "error"
                                                           : "inconclusive",
                   SCL_ARG(f->message));
        if (errs)
            scl_text_f(out, "--> %.*s:%u:%u\n", SCL_ARG(f->policy_place.path),
                       (unsigned)f->policy_place.start.line,
                       (unsigned)f->policy_place.start.column);
        scl_text_f(out, "%s %.*s!%.*s%s%.*s:%u:%u (%s%s%.*s)", errs ? ":::" : "-->",
                   SCL_ARG(path), SCL_ARG(example->name), names_file ? "!" : "",
                   names_file ? (int)f->place.path.len : 0, f->place.path.at,
                   (unsigned)f->place.start.line, (unsigned)f->place.start.column,
                   scl_project_subject_kind(report->project, f->document, f->subject),
                   name.len ? " " : "", SCL_ARG(name));
        if (f->verdict == SCANTLING_VERDICT_ERROR && f->help.len)
            scl_text_f(out, "\n= help     %.*s", SCL_ARG(f->help));
    }
}

/* ---- judging an example ---- */

/* The policy whose findings an adjustment is about, as the engine under test has it. */
static bool
set_adjusted(const struct testing *t, struct scl_judge_policy *ret, struct scl_arena *arena)
{
    const struct scantling_engine *engine = t->engine;
    uint32_t index = engine->policies[t->index].adjusts;
    struct scl_param_value *params;

    if (index != UINT32_MAX) {
        *ret = engine->policies[index];
        return true;
    }
    ret->meta = scl_adjusted_policy(engine, t->policy);
    ret->severity = ret->meta->severity;
    params = scl_arena_array(arena, ret->meta->param_count, sizeof *params);
    for (uint32_t i = 0; params && i < ret->meta->param_count; i++)
        params[i] = ret->meta->params[i].fallback;
    ret->params = params;
    return params != NULL;
}

/* The policy under test, or an adjustment behind the policy that it is about. */
static bool
set_policies(const struct testing *t, const struct scl_example *example,
             struct scl_judge_policy *ret, struct scl_arena *arena)
{
    if (t->policy->adjusts.len && !set_adjusted(t, ret++, arena))
        return false;
    ret->meta = t->policy;
    ret->params = example->params;
    ret->severity = t->policy->severity;
    return true;
}

/* An engine like the one under test with this policy alone. */
static struct scantling_engine *
engine_for(const struct testing *t, const struct scl_example *example)
{
    struct scantling_engine *e = calloc(1, sizeof *e);
    struct scl_judge_policy *policy;

    if (!e)
        return NULL;
    atomic_init(&e->references, 1);
    scl_arena_init(&e->arena);
    policy = scl_arena_array(&e->arena, 2, sizeof *policy);
    if (!policy || !set_policies(t, example, policy, &e->arena)) {
        scl_engine_unref(e);
        return NULL;
    }
    e->policies = policy;
    e->policy_count = 1;
    e->adjustment_count = t->policy->adjusts.len ? 1 : 0;
    e->subjects = policy->meta->subjects;
    e->facts = t->engine->facts;
    e->libraries = t->engine->libraries;
    e->secrets = t->engine->secrets;
    e->date = example->date;
    e->log = t->log;
    e->limits = t->engine->limits;
    return e;
}

/* NULL without memory, or where the policy does not load. */
static struct scantling_report *
judge_documents(struct testing *t, const struct scl_example *example,
                const struct scl_example_documents *documents)
{
    struct scantling_engine *engine = engine_for(t, example);
    struct scantling_project *project = NULL;
    struct scantling_report **reports, *merged = NULL;
    uint32_t judged = 0, count = documents->count;

    if (engine)
        project = scl_project_new(engine, documents->at, count, &t->errors);
    reports = scl_arena_array(&t->arena, count + 1u, sizeof(void *));
    while (project && reports && judged <= count &&
           (reports[judged] = scl_project_judge(project, judged, &t->errors)) != NULL)
        judged++;
    if (reports && judged == count + 1)
        merged = scl_report_merge(reports, judged, &t->errors);
    while (judged > 0)
        scl_report_unref(reports[--judged]);
    scl_project_unref(project);
    scl_engine_unref(engine);
    return merged;
}

/* Reads and judges an example whose files have these texts. */
static struct scantling_report *
judge_texts(struct testing *t, const struct scl_example *example, const struct scl_str *texts)
{
    struct scl_example_documents documents;
    struct scantling_report *report = NULL;

    if (scl_example_read(example, &t->arena, texts, &documents))
        report = judge_documents(t, example, &documents);
    scl_example_release(&documents);
    return report;
}

/* The texts of an example's files without their lines of carets. NULL without memory. */
static struct scl_str *
take_carets(struct testing *t, const struct scl_example *example, struct scl_carets *carets)
{
    struct scl_str *texts = scl_arena_array(&t->arena, example->file_count, sizeof *texts);

    for (uint32_t i = 0; texts && i < example->file_count; i++)
        if (!scl_carets_take(carets, &t->arena, &example->files[i], &texts[i]))
            return NULL;
    return texts;
}

/* ---- comparing ---- */

static uint32_t
count_of(const struct scantling_report *report, scantling_verdict verdict)
{
    return (uint32_t)scl_report_number(
        report, verdict == SCANTLING_VERDICT_FAIL           ? SCANTLING_NUMBER_FAIL
                : verdict == SCANTLING_VERDICT_INCONCLUSIVE ? SCANTLING_NUMBER_INCONCLUSIVE
                                                            : SCANTLING_NUMBER_ERROR);
}

/* What a report is, in one word. */
static const char *
ending(const struct scantling_report *report)
{
    if (count_of(report, SCANTLING_VERDICT_ERROR))
        return "errs";
    if (count_of(report, SCANTLING_VERDICT_FAIL))
        return "fails";
    return count_of(report, SCANTLING_VERDICT_INCONCLUSIVE) ? "is inconclusive" : "passes";
}

static bool
compare_counts(struct testing *t, const struct scl_example *example,
               const struct scantling_report *report, struct scl_str detail)
{
    uint32_t fails = count_of(report, SCANTLING_VERDICT_FAIL);

    if (example->count >= 0 && example->count != fails)
        return complain_f(t, SCANTLING_VERDICT_FAIL, detail,
                          "%.*s has %u findings, but should have %lld", SCL_ARG(example->name),
                          (unsigned)fails, (long long)example->count);
    for (uint32_t i = 0; example->severity && i < report->findings.count; i++)
        if (report->findings.at[i].verdict == SCANTLING_VERDICT_FAIL &&
            report->findings.at[i].severity != example->severity)
            return complain_f(t, SCANTLING_VERDICT_FAIL, detail, "%.*s is %s, but should be %s",
                              SCL_ARG(example->name),
                              scl_severity_name(report->findings.at[i].severity),
                              scl_severity_name(example->severity));
    return true;
}

/* The place of the first finding there is, as ", got 2:1-2:13". */
static void
write_got(const struct scantling_report *report, char room[64])
{
    room[0] = '\0';
    for (uint32_t i = 0; i < report->findings.count; i++) {
        const struct scl_place *place = &report->findings.at[i].place;

        if (report->findings.at[i].verdict != SCANTLING_VERDICT_FAIL || !place->start.line)
            continue;
        snprintf(room, 64, ", got %u:%u-%u:%u", (unsigned)place->start.line,
                 (unsigned)place->start.column, (unsigned)place->end.line,
                 (unsigned)place->end.column);
        return;
    }
}

static bool
compare_carets(struct testing *t, const struct scl_example *example,
               const struct scantling_report *report, const struct scl_carets *carets,
               struct scl_str detail)
{
    for (uint32_t i = 0; i < carets->list.count; i++) {
        const struct scl_caret *caret = &carets->list.at[i];
        char got[64];

        if (scl_caret_is_met(caret, report))
            continue;
        write_got(report, got);
        return complain_f(t, SCANTLING_VERDICT_FAIL, detail,
                          "%.*s expects a finding at %u:%u-%u:%u%s%.*s%s", SCL_ARG(example->name),
                          (unsigned)caret->line, (unsigned)caret->column, (unsigned)caret->line,
                          (unsigned)caret->end_column, caret->message.len ? " with " : "",
                          SCL_ARG(caret->message), got);
    }
    return true;
}

static bool
has_adjusted(const struct scantling_report *report)
{
    for (uint32_t i = 0; i < report->findings.count; i++)
        if (report->findings.at[i].adjusted_from)
            return true;
    return false;
}

static bool
compare(struct testing *t, const struct scl_example *example, const struct scantling_report *report,
        const struct scl_carets *carets, struct scl_str detail)
{
    static const char *const wanted[] = { "fail", "pass", "be inconclusive" };
    static const char *const endings[] = { "fails", "passes", "is inconclusive" };
    const char *ended = ending(report);

    if (strcmp(ended, "errs") == 0)
        return complain_f(t, SCANTLING_VERDICT_ERROR, detail, "%.*s errs, but should %s",
                          SCL_ARG(example->name), wanted[example->want]);
    if (strcmp(ended, endings[example->want]) != 0)
        return complain_f(t, SCANTLING_VERDICT_FAIL, detail, "%.*s %s, but should %s",
                          SCL_ARG(example->name), ended, wanted[example->want]);
    if (t->policy->adjusts.len && !has_adjusted(report))
        return complain_f(t, SCANTLING_VERDICT_FAIL, detail, "%.*s is not adjusted, but should be",
                          SCL_ARG(example->name));
    return compare_counts(t, example, report, detail) &&
           compare_carets(t, example, report, carets, detail);
}

/* ---- fixes ---- */

/* Puts the texts that the fixes make of a document's files in the place of `texts`. */
static bool
fix_document(struct testing *t, const struct scl_example *example,
             const struct scantling_report *report, const struct scl_findings *findings,
             uint32_t document, struct scl_str *texts)
{
    const struct scl_document *d = report->project->documents[document].document;
    struct scl_changes changes;
    uint32_t first;

    scl_changes_init(&changes, &t->arena);
    if (!scl_fixes_collect(report, findings, document, true, &changes))
        return false;
    for (uint32_t file = 0; file < d->file_count; file++) {
        uint32_t at = scl_example_file(example, d->files[file].name);
        struct scl_text fixed = { 0 };

        if (!scl_changes_of(&changes, file, &first) || at == UINT32_MAX)
            continue;
        scl_changes_apply(&changes, file, d->files[file].text, &fixed);
        texts[at] = scl_str_n(scl_arena_copy(&t->arena, fixed.at, fixed.len), fixed.len);
        scl_text_finish(&fixed);
        if (!texts[at].at)
            return false;
    }
    return true;
}

/* The texts with the fixes of all findings applied. NULL without memory. */
static struct scl_str *
fix_texts(struct testing *t, const struct scl_example *example,
          const struct scantling_report *report, const struct scl_str *texts)
{
    struct scl_str *fixed = scl_arena_array(&t->arena, example->file_count, sizeof *fixed);
    struct scl_findings findings;

    if (!fixed || !scl_findings_by_document(report, &t->arena, &findings))
        return NULL;
    memcpy(fixed, texts, example->file_count * sizeof *fixed);
    for (uint32_t i = 0; i < report->project->count; i++)
        if (!fix_document(t, example, report, &findings, i, fixed))
            return NULL;
    return fixed;
}

/* Tells the first line in which two texts differ. */
static bool
complain_difference(struct testing *t, const struct scl_example *example, struct scl_str name,
                    struct scl_str is, struct scl_str wanted)
{
    struct scl_str line = { "", 0 }, wanted_line = { "", 0 };
    uint32_t number = 0;
    bool has_line = true, has_wanted = true;

    while (scl_str_same(line, wanted_line) && (has_line || has_wanted)) {
        number++;
        line = wanted_line = scl_str_n("", 0);
        has_line = scl_str_cut(&is, '\n', &line);
        has_wanted = scl_str_cut(&wanted, '\n', &wanted_line);
    }
    return complain_f(t, SCANTLING_VERDICT_FAIL, scl_str_n("", 0),
                      "%.*s: line %u of %.*s is fixed to \"%.*s\", but should be \"%.*s\"",
                      SCL_ARG(example->name), (unsigned)number, SCL_ARG(name), SCL_ARG(line),
                      SCL_ARG(wanted_line));
}

/* Judges what the fixes made: nothing may be found there. */
static bool
compare_rest(struct testing *t, const struct scl_example *example, const struct scl_str *texts)
{
    struct scantling_report *rest = judge_texts(t, example, texts);
    struct scl_text detail = { 0 };
    bool good = rest != NULL;

    if (rest && rest->findings.count) {
        list_findings(rest, example, t->policy->path, &detail);
        good = complain_f(t, SCANTLING_VERDICT_FAIL, scl_text_str(&detail),
                          "%.*s is fixed as it should be, but then %s", SCL_ARG(example->name),
                          ending(rest));
    }
    scl_text_finish(&detail);
    scl_report_unref(rest);
    return good;
}

static bool
compare_fixed(struct testing *t, const struct scl_example *example,
              const struct scantling_report *report, const struct scl_str *texts)
{
    const struct scl_str *fixed = fix_texts(t, example, report, texts);

    for (uint32_t i = 0; fixed && i < example->file_count; i++) {
        struct scl_str wanted = example->fixed[i].at ? example->fixed[i] : texts[i];

        if (!scl_str_same(fixed[i], wanted))
            return complain_difference(t, example, example->files[i].name, fixed[i], wanted);
    }
    return fixed && compare_rest(t, example, fixed);
}

/* Remembers an example that nothing is to be said against. */
static bool
keep(struct testing *t, const struct scl_example *example, const char *ended)
{
    struct scl_arena *arena = &t->report->arena;
    struct scl_kept_example *kept = scl_vec_push(arena, &t->report->kept);
    const char *name = scl_arena_copy(arena, example->name.at, example->name.len);

    if (!kept || !name)
        return false;
    *kept = (struct scl_kept_example){ t->index, scl_str_n(name, example->name.len), ended };
    return true;
}

/* Nothing that the policy reads may turn the verdict around by not being known. */
static bool
compare_blanks(struct testing *t, const struct scl_example *example,
               const struct scantling_report *report, const struct scl_read_log *log)
{
    bool fails = example->want == SCL_EXAMPLE_FAILS, good;
    struct scl_text path = { 0 };
    struct scl_read read;

    if (example->want == SCL_EXAMPLE_INCONCLUSIVE || t->policy->adjusts.len)
        return true;
    good = scl_blank_fields(report->project, log, fails, &read, &t->errors);
    if (!good || !read.node.object)
        return good;
    scl_view_path(report->project->documents[read.document].view, read.node, &path);
    good = !path.failed &&
           complain_f(t, SCANTLING_VERDICT_FAIL, scl_str_n("", 0),
                      "%.*s %s where %.*s is not known, but should be inconclusive",
                      SCL_ARG(example->name), fails ? "passes" : "fails",
                      SCL_ARG(scl_text_str(&path)));
    scl_text_finish(&path);
    return good;
}

static bool
test_example(struct testing *t, const struct scl_example *example)
{
    struct scl_carets carets = { { 0 } };
    struct scl_str *texts = take_carets(t, example, &carets);
    struct scl_read_log log = { .arena = &t->arena };
    struct scantling_report *report;
    struct scl_text detail = { 0 };
    uint32_t complaints = t->report->findings.count;
    bool good;

    t->log = &log;
    report = texts ? judge_texts(t, example, texts) : NULL;
    if (report)
        report->project->engine->log = NULL;
    t->log = NULL;
    good = report != NULL;
    t->report->examples++;
    if (report) {
        list_findings(report, example, t->policy->path, &detail);
        good = compare(t, example, report, &carets, scl_text_str(&detail)) &&
               (!example->fixed || compare_fixed(t, example, report, texts)) &&
               (t->report->findings.count > complaints ||
                compare_blanks(t, example, report, &log)) &&
               (t->report->findings.count > complaints || keep(t, example, ending(report)));
    }
    scl_text_finish(&detail);
    scl_report_unref(report);
    return good;
}

/* ---- all of them ---- */

static bool
test_policy(struct testing *t, struct scl_loader *loader)
{
    const struct scl_policy *policy = t->engine->policies[t->index].meta;
    struct scl_policy loaded;
    struct scl_examples examples = { NULL, 0 };

    if (scl_policy_is_own(policy) || t->engine->policies[t->index].is_beside)
        return true;
    t->policy = policy;
    if (!scl_policy_load(loader, &t->arena, policy->path, policy->source, policy->is_builtin,
                         &loaded, &examples, &t->errors))
        return false;
    for (uint32_t i = 0; i < examples.count; i++)
        if (!test_example(t, &examples.at[i]))
            return false;
    return true;
}

struct scantling_report *
scl_engine_test(struct scantling_engine *engine, scantling_error **error)
{
    struct testing t = { .engine = engine };
    struct scl_loader loader = { .lua = NULL };
    struct scantling_project *project = scl_project_new(engine, NULL, 0, error);
    bool good = project != NULL;

    if (good) {
        t.report = scl_project_judge(project, 0, error);
        good = t.report != NULL &&
               scl_loader_init(&loader, engine->facts, engine->secrets, &engine->limits, error);
    }
    scl_loader_set_libraries(&loader, engine->libraries);
    for (t.index = 0; good && t.index < scl_engine_file_count(engine); t.index++) {
        scl_arena_init(&t.arena);
        good = test_policy(&t, &loader);
        scl_arena_finish(&t.arena);
    }
    scl_loader_finish(&loader);
    scl_project_unref(project);
    if (t.report)
        t.report->is_test = true;
    if (!good) {
        scl_report_unref(t.report);
        t.report = NULL;
        if (t.errors)
            scl_error_give(error, t.errors);
        else
            scl_fail_memory(error);
    }
    return t.report;
}
