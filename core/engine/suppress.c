/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suppress.c: suppression by comments
 *
 * A comment covers the findings of the policies it names whose places begin in its range. Findings
 * are sorted by policy, file and offset once; what a name of a comment covers is then a row of
 * them, found by binary search. In a row those that are free are taken, and skipped from then on,
 * so that no finding is visited once for each of many comments that cover it.
 */
#include "engine/suppress.h"

#include "base/text.h"
#include "base/utf8.h"
#include "engine/comments.h"

#include <stdlib.h>

enum { SUGGESTIONS = 100 }; /* of a document: looking for one takes long */

/* A finding that may be suppressed. */
struct coverable {
    uint32_t policy, file, offset, finding;
    uint32_t next; /* the first one at or after it that is free */
};

struct covering {
    struct scl_evaluation *e;
    struct scl_arena scratch;
    struct coverable *list;
    uint32_t count;
    uint32_t suggestions;
    bool is_across; /* of the project: what is wrong with comments, their documents tell */
};

/* ---- findings of the engine's own ---- */

bool
scl_own_is_selected(const struct scantling_engine *engine, enum scl_own own)
{
    return engine->own[own] != 0;
}

static struct scl_str
keep_text(struct scantling_report *report, struct scl_str text)
{
    struct scl_text masked = { 0 }, valid = { 0 };
    char *copy = NULL;
    size_t length;

    scl_mask_apply(report->project->mask, text, &masked);
    scl_utf8_add_valid(&valid, scl_text_str(&masked));
    length = valid.len;
    if (masked.failed || valid.failed)
        report->arena.failed = true;
    else
        copy = scl_arena_copy(&report->arena, scl_text_str(&valid).at, length);
    scl_text_finish(&masked);
    scl_text_finish(&valid);
    return copy ? scl_str_n(copy, length) : scl_str_n("", 0);
}

/* The build that a Dockerfile is; other documents say nothing of their comments' subjects. */
static uint32_t
subject_of(const struct scantling_report *report, uint32_t document)
{
    const struct scl_document *d;

    if (document >= report->project->count)
        return SCANTLING_NONE;
    d = report->project->documents[document].document;
    return d->subjects.count && d->subjects.at[0].type == SCL_TYPE_BUILD ? 0 : SCANTLING_NONE;
}

bool
scl_own_find(struct scantling_report *report, const struct scl_own_finding *own)
{
    const struct scantling_engine *engine = report->project->engine;
    struct scl_finding *finding;
    uint32_t policy;

    if (!scl_own_is_selected(engine, own->own))
        return true;
    policy = engine->own[own->own] - 1;
    if (report->own_count[own->own] >= engine->limits.findings) {
        report->dropped++;
        return true;
    }
    report->own_count[own->own]++;
    finding = scl_vec_push(&report->arena, &report->findings);
    if (!finding)
        return false;
    finding->policy = policy;
    finding->document = own->document;
    finding->subject = subject_of(report, own->document);
    finding->verdict = own->verdict;
    finding->severity = engine->policies[policy].severity;
    finding->confidence = engine->policies[policy].meta->confidence;
    finding->place = own->place;
    finding->message = keep_text(report, own->message);
    finding->help = keep_text(report, own->help);
    return !report->arena.failed;
}

bool
scl_finding_yields(const struct scantling_engine *engine, const struct scl_finding *finding)
{
    return finding->verdict != SCANTLING_VERDICT_ERROR &&
           !scl_policy_is_own(engine->policies[finding->policy].meta);
}

/* ---- what may be covered ---- */

static int
coverable_order(const void *a, const void *b)
{
    const struct coverable *x = a, *y = b;

    if (x->policy != y->policy)
        return x->policy < y->policy ? -1 : 1;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return (x->finding > y->finding) - (x->finding < y->finding);
}

static bool
collect(struct covering *c)
{
    const struct scantling_report *report = c->e->report;
    const struct scl_document *document = report->project->documents[c->e->document].document;

    c->list = scl_arena_array(&c->scratch, report->findings.count + 1u, sizeof *c->list);
    for (uint32_t i = 0; c->list && i < report->findings.count; i++) {
        const struct scl_finding *finding = &report->findings.at[i];

        if (scl_finding_yields(report->project->engine, finding))
            c->list[c->count++] = (struct coverable){
                finding->policy, scl_document_file(document, finding->place.source),
                finding->place.span.offset, i, 0,
            };
    }
    if (c->count > 1)
        qsort(c->list, c->count, sizeof *c->list, coverable_order);
    for (uint32_t i = 0; i < c->count; i++)
        c->list[i].next = i;
    return c->list != NULL;
}

/* The first one at or after an offset. */
static uint32_t
lower_bound(const struct covering *c, uint32_t policy, uint32_t file, uint32_t offset)
{
    struct coverable key = { policy, file, offset, 0, 0 };
    uint32_t low = 0, high = c->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (coverable_order(&c->list[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first free one at or after an index; the ways there are made shorter. */
static uint32_t
first_free(struct covering *c, uint32_t at)
{
    uint32_t found = at;

    while (found < c->count && c->list[found].next != found)
        found = c->list[found].next;
    while (at < c->count && c->list[at].next != at) {
        uint32_t next = c->list[at].next;

        c->list[at].next = found;
        at = next;
    }
    return found;
}

/* ---- one comment ---- */

struct applying {
    struct covering *covering;
    const struct scl_comment *comment;
    const struct scl_request *request;
    bool is_of_all; /* all files of the document; else `range` of the comment's file */
    struct scl_span range;
    struct scl_suppression *made; /* once it is of use */
    struct scl_text unused;       /* names */
};

static struct scl_place
comment_place(const struct scl_evaluation *e, const struct scl_comment *comment)
{
    const struct scl_source *source =
        &e->project->documents[e->document].document->files[comment->file];

    return (struct scl_place){
        .path = source->name, .source = source, .span = comment->span,
        .start = scl_source_locate(source, comment->span.offset),
        .end = scl_source_locate(source, scl_span_end(comment->span)),
        .document = e->document, .subject = SCANTLING_NONE,
    };
}

static bool
find_own(struct applying *a, enum scl_own own, scantling_verdict verdict, struct scl_str message,
         struct scl_str help)
{
    struct scl_evaluation *e = a->covering->e;
    struct scl_own_finding finding = { own, verdict, e->document, comment_place(e, a->comment),
                                       message, help };

    return a->covering->is_across || scl_own_find(e->report, &finding);
}

static struct scl_suppression *
suppression_of(struct applying *a)
{
    struct scl_evaluation *e = a->covering->e;

    if (a->made)
        return a->made;
    a->made = scl_arena_alloc(&e->report->arena, sizeof *a->made);
    if (a->made)
        *a->made = (struct scl_suppression){
            .by = SCL_BY_COMMENT,
            .reason = scl_evaluation_text(e, a->request->reason),
            .until = scl_evaluation_text(e, a->request->until),
            .tool = scl_str_c(a->request->tool ? a->request->tool : ""),
            .place = comment_place(e, a->comment),
        };
    return a->made;
}

/* Suppresses what a policy found in the range. Whether there was anything. */
static bool
cover(struct applying *a, uint32_t policy)
{
    struct covering *c = a->covering;
    struct scl_suppression *made;
    uint32_t first, end;

    if (a->is_of_all) {
        first = lower_bound(c, policy, 0, 0);
        end = lower_bound(c, policy, SCANTLING_NONE, 0);
    } else {
        first = lower_bound(c, policy, a->comment->file, a->range.offset);
        end = lower_bound(c, policy, a->comment->file, scl_span_end(a->range));
    }
    if (first >= end)
        return false;
    made = suppression_of(a);
    for (uint32_t at = first_free(c, first); at < end; at = first_free(c, at + 1)) {
        c->e->report->findings.at[c->list[at].finding].suppressed = made;
        c->list[at].next = at + 1;
    }
    return true;
}

static bool
has_alias(const struct scl_policy *policy, const char *tool, struct scl_str id)
{
    for (uint32_t i = 0; i < policy->alias_count; i++)
        if (scl_str_is(policy->aliases[i].name, tool))
            return scl_strs_have(policy->aliases[i].values, id);
    return false;
}

static bool
refuse_name(struct applying *a, struct scl_str name)
{
    struct covering *c = a->covering;
    struct scl_text message = { 0 }, help = { 0 };
    const struct scl_policy *near = NULL;
    bool good;

    scl_text_f(&message, "unknown policy '%.*s'", SCL_ARG(name));
    if (c->suggestions < SUGGESTIONS) {
        c->suggestions++;
        near = scl_names_nearest(&c->e->project->engine->names, name);
    }
    if (near && near->code.len)
        scl_text_f(&help, "did you mean '%.*s' (%.*s)?", SCL_ARG(near->id), SCL_ARG(near->code));
    else if (near)
        scl_text_f(&help, "did you mean '%.*s'?", SCL_ARG(near->id));
    good = !message.failed && !help.failed &&
           find_own(a, SCL_OWN_UNUSED, SCANTLING_VERDICT_FAIL, scl_text_str(&message),
                    scl_text_str(&help));
    scl_text_finish(&message);
    scl_text_finish(&help);
    return good;
}

static bool
refuse_own(struct applying *a, struct scl_str name)
{
    struct scl_text message = { 0 };
    bool good;

    scl_text_f(&message, "%.*s cannot be suppressed by a comment", SCL_ARG(name));
    good = !message.failed && find_own(a, SCL_OWN_UNUSED, SCANTLING_VERDICT_FAIL,
                                       scl_text_str(&message), SCL_S(""));
    scl_text_finish(&message);
    return good;
}

/* Applies one name of a comment, and remembers it where it is of no use. */
static bool
apply_name(struct applying *a, struct scl_str name)
{
    const struct scl_names *names = &a->covering->e->project->engine->names;
    const struct scl_name *at = scl_names_find(names, name);
    bool is_used = false, has_run = false;

    if (!a->request->tool && scl_str_is(name, SCL_NOTE_CODE))
        return refuse_own(a, name);
    if (!at && !a->request->tool)
        return refuse_name(a, name);
    for (; at; at = scl_names_next(names, at)) {
        if (a->request->tool && !has_alias(at->policy, a->request->tool, name))
            continue;
        if (!a->request->tool && scl_policy_is_own(at->policy))
            return refuse_own(a, name);
        if (at->index == UINT32_MAX)
            continue;
        /* What it finds across documents is not known while one is judged. */
        has_run = has_run || !(at->policy->subjects >> SCL_TYPE_PROJECT & 1);
        is_used = cover(a, at->index) || is_used;
    }
    if (has_run && !is_used)
        scl_text_f(&a->unused, "%s%.*s", a->unused.len ? ", " : "", SCL_ARG(name));
    return true;
}

/* All that another tool has an id for. */
static void
apply_all(struct applying *a)
{
    const struct scl_names *names = &a->covering->e->project->engine->names;

    for (uint32_t i = 0; i < names->policies.count; i++) {
        const struct scl_policy *policy = names->policies.at[i];
        uint32_t index = scl_names_index(names, policy);

        for (uint32_t tool = 0; tool < policy->alias_count && index != UINT32_MAX; tool++)
            if (scl_str_is(policy->aliases[tool].name, a->request->tool))
                cover(a, index);
    }
}

static bool
tell_unused(struct applying *a)
{
    struct scl_text message = { 0 };
    bool good;

    if (!a->unused.len || a->request->tool)
        return !a->unused.failed;
    scl_text_f(&message, "suppresses nothing: no finding of %.*s here",
               SCL_ARG(scl_text_str(&a->unused)));
    good = !message.failed && find_own(a, SCL_OWN_UNUSED, SCANTLING_VERDICT_FAIL,
                                       scl_text_str(&message), SCL_S(""));
    scl_text_finish(&message);
    return good;
}

static bool
apply_names(struct applying *a)
{
    bool good = true;

    a->is_of_all = a->request->scope == SCL_COMMENT_FILE;
    a->range = a->request->scope == SCL_COMMENT_STAGE ? a->comment->stage : a->comment->next;
    if (a->request->is_all)
        apply_all(a);
    for (uint32_t i = 0; good && i < a->request->names.count; i++)
        good = apply_name(a, a->request->names.at[i]);
    good = good && tell_unused(a);
    scl_text_finish(&a->unused);
    return good;
}

/* Whether the date allows it; what is wrong with the date is found. */
static bool
is_in_force(struct applying *a, bool *ret_good)
{
    struct scl_str date = a->covering->e->project->engine->date, until = a->request->until;
    struct scl_text message = { 0 };

    *ret_good = true;
    if (!until.len)
        return true;
    if (!date.len) {
        if (!a->request->tool)
            *ret_good = find_own(a, SCL_OWN_EXPIRED, SCANTLING_VERDICT_INCONCLUSIVE,
                                 SCL_S("the date is not known"),
                                 SCL_S("give the evaluation a date"));
        return true;
    }
    if (scl_str_compare(date, until) <= 0)
        return true;
    if (!a->request->tool) {
        scl_text_f(&message, "suppression was good until %.*s", SCL_ARG(until));
        *ret_good = !message.failed &&
                    find_own(a, SCL_OWN_EXPIRED, SCANTLING_VERDICT_FAIL, scl_text_str(&message),
                             SCL_S(""));
        scl_text_finish(&message);
    }
    return false;
}

static bool
apply(struct applying *a)
{
    const struct scl_request *request = a->request;
    bool is_ours = !request->tool, good;

    if (is_ours && scl_own_is_selected(a->covering->e->project->engine, SCL_OWN_FORBIDDEN))
        return find_own(a, SCL_OWN_FORBIDDEN, SCANTLING_VERDICT_FAIL,
                        SCL_S("suppression comments are forbidden"), SCL_S(""));
    if (request->problem.len)
        return find_own(a, SCL_OWN_UNUSED, SCANTLING_VERDICT_FAIL, request->problem,
                        request->help);
    if (request->scope == SCL_COMMENT_STAGE && !a->comment->stage.length)
        return !is_ours || find_own(a, SCL_OWN_UNUSED, SCANTLING_VERDICT_FAIL,
                                    SCL_S("suppresses nothing: ignore-stage stands above no FROM"),
                                    SCL_S(""));
    if (is_ours && !request->reason.len &&
        !find_own(a, SCL_OWN_NO_REASON, SCANTLING_VERDICT_FAIL,
                  SCL_S("suppression has no reason"), SCL_S("")))
        return false;
    return is_in_force(a, &good) ? good && apply_names(a) : good;
}

static bool
apply_comments(struct covering *c, const struct scl_document *document)
{
    const struct scl_settings *settings = c->e->project->engine->settings;
    bool good = collect(c);

    for (uint32_t i = 0; good && i < document->comments.count; i++) {
        const struct scl_comment *comment = &document->comments.at[i];
        struct scl_request request;
        struct applying a = { .covering = c, .comment = comment, .request = &request };
        struct scl_str text = scl_source_text(&document->files[comment->file], comment->text);

        if (scl_request_read(&c->scratch, text, comment->is_directive, &request) &&
            !(request.tool && settings && settings->ignores_peers))
            good = apply(&a);
        good = good && !c->scratch.failed;
    }
    return good;
}

/* By the comments of one document. */
static bool
suppress(struct scl_evaluation *e, bool is_across)
{
    const struct scl_document *document = e->project->documents[e->document].document;
    struct covering c = { .e = e, .is_across = is_across };
    bool good;

    if (!document->comments.count)
        return true;
    scl_arena_init(&c.scratch);
    good = apply_comments(&c, document);
    scl_arena_finish(&c.scratch);
    return good;
}

bool
scl_suppress_by_comments(struct scl_evaluation *e)
{
    const struct scantling_report *report = e->report;
    bool *has_finding, good = true;

    if (!e->project->engine->suppresses)
        return true;
    if (!e->joined)
        return suppress(e, false);
    has_finding = scl_arena_array(&e->run_arena, e->project->count, sizeof *has_finding);
    for (uint32_t i = 0; has_finding && i < report->findings.count; i++)
        has_finding[report->findings.at[i].place.document] = true;
    for (uint32_t i = 0; has_finding && good && i < e->project->count; i++) {
        e->document = i;
        good = !has_finding[i] || suppress(e, true);
    }
    e->document = SCANTLING_NONE;
    return has_finding && good;
}
