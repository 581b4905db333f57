/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conclude.c: from what a run left to findings
 *
 * A run that reported is a fail, whatever came after; one that met the unknown and reported nothing
 * is inconclusive; an error or a limit is reported besides. Findings of one policy with one place
 * and message are one, within a subject and between a build and the image it promises.
 */
#include "engine/adjust.h"

#include "base/text.h"
#include "base/utf8.h"
#include "document/joint.h"
#include "engine/fix.h"
#include "engine/nil.h"
#include "formats/input.h"
#include "script/locate.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX = 4096 };

/* ---- texts and places ---- */

/* A copy in the report: masked, valid UTF-8, then cut and perhaps put on one line. */
static struct scl_str
settled(struct scl_evaluation *e, struct scl_str text, size_t most, bool on_one_line)
{
    struct scl_text masked = { 0 }, valid = { 0 };
    struct scl_str kept = { "", 0 };
    char *copy;

    scl_mask_apply(e->project->mask, text, &masked);
    scl_utf8_add_valid(&valid, scl_text_str(&masked));
    if (masked.failed || valid.failed) {
        e->report->arena.failed = true;
    } else {
        text = scl_utf8_cut(scl_text_str(&valid), most);
        copy = scl_arena_copy(&e->report->arena, text.at, text.len);
        for (size_t i = 0; copy && on_one_line && i < text.len; i++)
            if (copy[i] == '\n' || copy[i] == '\r')
                copy[i] = ' ';
        if (copy)
            kept = scl_str_n(copy, text.len);
    }
    scl_text_finish(&masked);
    scl_text_finish(&valid);
    return kept;
}

struct scl_str
scl_evaluation_text(struct scl_evaluation *e, struct scl_str text)
{
    return settled(e, text, SIZE_MAX, false);
}

struct scl_str
scl_evaluation_cut(struct scl_evaluation *e, struct scl_str text, size_t most)
{
    return settled(e, text, most, false);
}

struct scl_str
scl_evaluation_take(struct scl_evaluation *e, struct scl_text *text)
{
    struct scl_str kept = scl_evaluation_text(e, scl_text_str(text));

    e->report->arena.failed = e->report->arena.failed || text->failed;
    scl_text_finish(text);
    return kept;
}

struct scl_place
scl_evaluation_place(const struct scl_evaluation *e, uint32_t file, struct scl_span span)
{
    struct scl_place place = { .span = span, .document = e->document,
                               .subject = SCANTLING_NONE };

    place.source = scl_view_file(e->run.view, file);
    if (!e->joined) {
        uint32_t other = scl_joint_file(e->run.view, &file);

        if (other != SCANTLING_NONE)
            place.document = scl_project_given(e->project, other);
    } else {
        const struct scl_joined_part *part = scl_joined_file(e->joined, file);

        place.document = scl_project_given(e->project, part->index);
        place.source = &e->project->documents[part->index].document->files[file - part->first_file];
    }
    place.path = place.source->name;
    place.start = scl_source_locate(place.source, span.offset);
    place.end = scl_source_locate(place.source, scl_span_end(span));
    return place;
}

struct scl_place
scl_place_of(const struct scl_evaluation *e, const struct scl_place_node *node)
{
    struct scl_origin origin = scl_view_place(node->view, node->node, false, NULL);
    struct scl_place place =
        scl_evaluation_place(e, origin.file, node->has_span ? node->span : origin.place);

    place.subject = scl_view_object(node->view, node->node.object)->subject;
    if (e->joined) {
        place.subject -= scl_joined_file(e->joined, origin.file)->first_subject;
        if (place.subject >= e->project->documents[place.document].document->subjects.count)
            place.subject = SCANTLING_NONE;
    }
    return place;
}

/* ---- making a finding ---- */

/* What makes findings one: where they are, what they say, and whose they are. What is not known at
 * a place is told once, whichever of its fields was read first. */
static bool
is_repeated(struct scl_evaluation *e, const struct scl_finding *finding)
{
    bool shared = e->subject->type == SCL_TYPE_BUILD || e->subject->type == SCL_TYPE_IMAGE;
    struct scl_text key = { 0 };
    char *copy;
    bool known;

    scl_text_f(&key, "%u %d %u %u %u %p ", (unsigned)finding->policy, (int)finding->verdict,
               (unsigned)finding->place.span.offset, (unsigned)finding->place.span.length,
               shared ? 0u : 1u + e->subject->index, (const void *)finding->place.source);
    if (finding->verdict != SCANTLING_VERDICT_INCONCLUSIVE)
        scl_text_add(&key, finding->message);
    known = !key.failed && scl_map_find(&e->seen, scl_text_str(&key));
    copy = key.failed || known ? NULL : scl_arena_copy(&e->report->arena, key.at, key.len);
    if (!known && (!copy || !scl_map_put(&e->seen, scl_str_n(copy, key.len), 1)))
        e->report->arena.failed = true;
    scl_text_finish(&key);
    return known;
}

static struct scl_finding
begin_finding(struct scl_evaluation *e, scantling_verdict verdict)
{
    const struct scl_judge_policy *policy = &e->project->engine->policies[e->policy];

    e->had_finding = true;
    return (struct scl_finding){
        .policy = e->policy,
        .document = e->document,
        .subject = e->joined ? SCL_PROJECT_SUBJECT : e->subject->index,
        .verdict = verdict,
        .severity = policy->severity,
        .confidence = policy->meta->confidence,
    };
}

static uint64_t
size_of(const struct scl_finding *finding)
{
    uint64_t size = sizeof *finding + finding->message.len +
                    finding->evidence.count * sizeof *finding->evidence.at;

    for (uint32_t i = 0; i < finding->fixes.count; i++)
        for (uint32_t edit = 0; edit < finding->fixes.at[i].edits.count; edit++)
            size += sizeof(struct scl_edit) + finding->fixes.at[i].edits.at[edit].text.len;
    return size;
}

/* Keeps a finding, unless it was there or there is no room left for it. */
static bool
keep(struct scl_evaluation *e, const struct scl_finding *finding)
{
    uint64_t size = size_of(finding);
    struct scl_finding *kept;

    if (e->result_bytes + size > e->project->engine->limits.result_bytes) {
        e->report->dropped++;
        return true;
    }
    kept = scl_vec_push(&e->report->arena, &e->report->findings);
    if (!kept)
        return false;
    e->result_bytes += size;
    *kept = *finding;
    return !e->report->arena.failed;
}

/* ---- fail ---- */

/* Whether the run rests on what is only likely: root, because nothing says otherwise. */
static bool
is_only_likely(const struct scl_evaluation *e)
{
    for (uint32_t i = 0; i < e->run.reads.count; i++) {
        struct scl_reading reading;

        struct scl_node node = e->run.reads.at[i];
        bool is_image = node.field == SCL_IMAGE_USER_IS_ROOT;

        if (!is_image && node.field != SCL_CONTAINER_USER_IS_ROOT)
            continue;
        node.field = is_image ? SCL_IMAGE_USER_CERTAINTY : SCL_CONTAINER_USER_CERTAINTY;
        scl_view_read(e->run.view, node, &reading);
        if (reading.value.kind == SCL_KIND_TEXT &&
            scl_str_is(scl_value_text(&reading.value), "default"))
            return true;
    }
    return false;
}

/* Where a finding stands: what lies in another document stands beside it, and it at its subject. */
static bool
set_place(struct scl_evaluation *e, const struct scl_found *found, struct scl_finding *finding)
{
    struct scl_place_node subject = { .view = e->run.view,
                                      .node = { e->subject->root, SCL_NONE, 0 } };
    struct scl_related *related;

    finding->place = scl_place_of(e, &found->place);
    if (found->place.node.object < SCL_OBJECT_FOREIGN)
        return true;
    related = scl_vec_push(&e->report->arena, &finding->related);
    if (!related)
        return false;
    related->place = finding->place;
    related->message = scl_evaluation_text(e, SCL_S("what this is about"));
    finding->place = scl_place_of(e, &subject);
    return true;
}

/* The text of a place as its document has it. A file that was read once more, for another target,
 * is shown as the document that was given. */
static const struct scl_source *
shown_source(const struct scl_evaluation *e, const struct scl_place *place)
{
    const struct scl_document *d;

    if (place->document >= e->project->all)
        return NULL;
    d = e->project->documents[place->document].document;
    if (scl_document_file(d, place->source) != SCANTLING_NONE)
        return place->source;
    return place->source && scl_str_same(d->files[0].text, place->source->text) ? &d->files[0]
                                                                                : NULL;
}

/* Gives a place in a file that the document is linked to as that of the document whose file it is:
 * which secrets it has is known there. Of one that no link names, the text is not shown. */
static void
own_place(struct scl_evaluation *e, struct scl_place *place)
{
    static const uint16_t links[] = {
        SCL_CONTAINER_LINKED_IMAGE, SCL_CONTAINER_LINKED_HOST, SCL_IMAGE_LINKED_BASE,
    };
    struct scl_place_node other = { .view = e->run.view };
    struct scl_reading link;
    struct scl_place found;

    place->source = NULL;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct scl_node node = { e->subject->root, links[i], 0 };

        if (scl_field(links[i])->type != e->subject->type)
            continue;
        scl_view_read(e->run.view, node, &link);
        if (link.value.kind != SCL_KIND_OBJECT || !scl_object_is_given(link.value.as.object))
            continue;
        other.node = (struct scl_node){ link.value.as.object, SCL_NONE, 0 };
        found = scl_place_of(e, &other);
        if (!scl_str_same(found.path, place->path))
            continue;
        place->source = shown_source(e, &found);
        place->document = found.document;
        place->subject = found.subject;
        return;
    }
}

/* What a finding rests on first, where another document says it, stands beside the finding. */
static bool
add_linked(struct scl_evaluation *e, struct scl_finding *finding)
{
    const struct scl_evidence *first = finding->evidence.count ? finding->evidence.at : NULL;
    struct scl_related *related;

    if (!first || e->joined || finding->related.count || !first->place.path.len ||
        first->state != SCANTLING_STATE_LINKED ||
        scl_str_same(first->place.path, finding->place.path))
        return true;
    related = scl_vec_push(&e->report->arena, &finding->related);
    if (!related)
        return false;
    related->place = first->place;
    own_place(e, &related->place);
    return true;
}

static bool
conclude_fail(struct scl_evaluation *e, const struct scl_found *found)
{
    struct scl_finding finding = begin_finding(e, SCANTLING_VERDICT_FAIL);

    finding.message = settled(e, found->message, MESSAGE_MAX, true);
    if (!set_place(e, found, &finding))
        return false;
    if (is_repeated(e, &finding))
        return !e->report->arena.failed;
    if (found->severity && !e->project->engine->policies[e->policy].has_severity)
        finding.severity = found->severity;
    if (is_only_likely(e))
        finding.confidence = scl_confidence_from(SCL_S("low"));
    if (!scl_adjust(e, &finding))
        return false;
    for (uint32_t i = 0; i < found->also.count; i++) {
        struct scl_related *related = scl_vec_push(&e->report->arena, &finding.related);

        if (!related)
            return false;
        related->place = scl_place_of(e, &found->also.at[i].place);
        related->message = settled(e, found->also.at[i].message, MESSAGE_MAX, true);
    }
    return scl_fixes_take(e, found, &finding) && scl_evidence_fill(e, found, &finding) &&
           add_linked(e, &finding) && keep(e, &finding);
}

/* ---- inconclusive ---- */

/* How the document writes what is unknown, where that names a variable; else of length 0. */
static struct scl_str
unset_variable(const struct scl_view *view, struct scl_node node)
{
    struct scl_str written = scl_view_written(view, node);

    if (scl_str_find_char(written, '$') != SIZE_MAX && written.len < 200)
        return written;
    return scl_str_n("", 0);
}

static bool
is_word(char byte)
{
    return scl_is_digit(byte) || byte == '_' || (scl_lower(byte) >= 'a' && scl_lower(byte) <= 'z');
}

/* Whether a text refers to a variable: `$NAME` or `${NAME`. */
static bool
refers_to(struct scl_str text, struct scl_str name)
{
    for (size_t at; (at = scl_str_find_char(text, '$')) != SIZE_MAX;) {
        text = scl_str_sub(text, at + 1, text.len);
        if (text.len && text.at[0] == '{')
            text = scl_str_sub(text, 1, text.len);
        if (scl_str_starts(text, name) &&
            (text.len == name.len || !is_word(text.at[name.len])))
            return true;
    }
    return false;
}

/* Whether a node hangs on a variable that an ARG declares: others the base image sets. */
static bool
names_argument(const struct scl_view *view, struct scl_node node)
{
    struct scl_str written = unset_variable(view, node);
    const struct scl_document *d = view->document;

    for (uint32_t s = 0; written.len && s < d->subjects.count; s++) {
        struct scl_type_index args = scl_document_by_type(d, s, SCL_TYPE_ARG);

        for (uint32_t i = 0; i < args.count; i++) {
            const struct scl_value *name = scl_document_value(d, args.objects[i], SCL_ARG_NAME);

            if (name && name->kind == SCL_KIND_TEXT && refers_to(written, scl_value_text(name)))
                return true;
        }
    }
    return false;
}

/* The image that decides who a container's user is, where the container says nothing of it and the
 * image was not given; else of length 0. */
static struct scl_str
deciding_image(const struct scl_view *view, struct scl_node node)
{
    struct scl_reading user, image, link;

    if (scl_field_group(node.field) != SCL_CONTAINER_USER)
        return scl_str_n("", 0);
    scl_view_read(view, (struct scl_node){ node.object, SCL_CONTAINER_USER_RAW, 0 }, &user);
    scl_view_read(view, (struct scl_node){ node.object, SCL_CONTAINER_IMAGE_RAW, 0 }, &image);
    scl_view_read(view, (struct scl_node){ node.object, SCL_CONTAINER_LINKED_IMAGE, 0 }, &link);
    if (user.value.origin || image.value.kind != SCL_KIND_TEXT ||
        (link.value.kind == SCL_KIND_OBJECT && scl_object_is_given(link.value.as.object)))
        return scl_str_n("", 0);
    return scl_value_text(&image.value);
}

/* Whether several images at hand are called so, of which none was taken. */
static bool
is_ambiguous(const struct scl_view *view, struct scl_str image)
{
    const struct scl_input *input = view->document->input;

    for (uint32_t i = 0; input && i < input->base_count; i++)
        if (!input->bases[i].document && scl_str_same(input->bases[i].reference, image))
            return true;
    return false;
}

/* Why a container's user is unknown that its image decides. */
static void
tell_image(const struct scl_view *view, struct scl_str image, struct scl_text *text)
{
    bool is_service = strcmp(view->document->format, "compose") == 0;

    scl_text_f(text, "the %s sets no user, so the image decides, and ",
               is_service ? "service" : "container");
    if (is_ambiguous(view, image))
        scl_text_f(text, "several of the documents are called %.*s", SCL_ARG(image));
    else
        scl_text_f(text, "%.*s is not among the documents", SCL_ARG(image));
}

/* Why a node is unknown, in words. */
static struct scl_str
reason_of(struct scl_evaluation *e, struct scl_node node)
{
    struct scl_str written = unset_variable(e->run.view, node);
    struct scl_str image = deciding_image(e->run.view, node), reason;
    struct scl_text text = { 0 };
    struct scl_reading reading;

    scl_view_read(e->run.view, node, &reading);
    if (!scl_object_is_given(node.object))
        scl_text_f(&text, "nothing given is its %s",
                   scl_type(scl_view_object(e->run.view, node.object)->type)->name);
    else if (reading.value.flags & SCL_VALUE_OPEN)
        scl_text_c(&text, "more may come from what was not given");
    else if (written.len)
        scl_text_f(&text, "%.*s holds what nothing given sets", SCL_ARG(written));
    else if (node.field == SCL_BUILD_IGNORE_PRESENT || node.field == SCL_BUILD_IGNORE_PATTERNS)
        scl_text_c(&text, "nothing given tells of a .dockerignore beside it");
    else if (image.len)
        tell_image(e->run.view, image, &text);
    else
        scl_text_c(&text, "nothing given says it");
    reason = scl_evaluation_take(e, &text);
    return reason;
}

static bool
add_missing(struct scl_evaluation *e, struct scl_finding *finding, struct scl_node node)
{
    struct scl_missing *missing = scl_vec_push(&e->report->arena, &finding->missing);
    struct scl_text path = { 0 };

    if (!missing)
        return false;
    scl_view_path(e->run.view, node, &path);
    missing->field = scl_evaluation_take(e, &path);
    missing->reason = reason_of(e, node);
    return true;
}

static void
set_inconclusive_text(struct scl_evaluation *e, struct scl_finding *finding)
{
    struct scl_text text = { 0 };
    struct scl_str image = { "", 0 };

    if (e->run.missing.count)
        image = deciding_image(e->run.view, e->run.missing.at[0]);
    if (finding->missing.count) {
        scl_text_add(&text, finding->missing.at[0].field);
        scl_text_c(&text, " is not known");
    } else {
        scl_text_c(&text, "the date is not known");
        finding->help = SCL_S("give the evaluation a date");
    }
    finding->message = scl_evaluation_take(e, &text);
    if (e->run.missing.count && names_argument(e->run.view, e->run.missing.at[0]) &&
        strcmp(e->run.view->document->format, "dockerfile") == 0)
        finding->help = SCL_S("--build-arg NAME=VALUE gives an ARG its value");
    else if (image.len && is_ambiguous(e->run.view, image))
        finding->help = SCL_S("leave one of them, or name the image by its digest");
    else if (image.len)
        finding->help = SCL_S("add its Dockerfile, or the output of 'docker image inspect', as a "
                              "PATH");
}

static bool
conclude_inconclusive(struct scl_evaluation *e, struct scl_node node)
{
    struct scl_finding finding = begin_finding(e, SCANTLING_VERDICT_INCONCLUSIVE);
    struct scl_place_node place = { .view = e->run.view, .node = node };

    for (uint32_t i = 0; i < e->run.missing.count; i++)
        if (!add_missing(e, &finding, e->run.missing.at[i]))
            return false;
    /* The project has no place: what is not known has. */
    if (e->joined && e->run.missing.count)
        place.node = e->run.missing.at[0];
    finding.place = scl_place_of(e, &place);
    set_inconclusive_text(e, &finding);
    return is_repeated(e, &finding) ? !e->report->arena.failed : keep(e, &finding);
}

bool
scl_conclude_open(struct scl_evaluation *e, struct scl_node list)
{
    struct scl_node subject = { e->subject->root, SCL_NONE, 0 };
    struct scl_node *missing;

    scl_run_reset(&e->run);
    missing = scl_vec_push(&e->run_arena, &e->run.missing);
    if (!missing)
        return false;
    *missing = list;
    return conclude_inconclusive(e, subject);
}

/* ---- error ---- */

static bool
set_policy_place(struct scl_evaluation *e, const struct scl_outcome *outcome,
                 struct scl_finding *finding)
{
    const struct scl_policy *policy = e->project->engine->policies[e->policy].meta;
    struct scl_place *place = &finding->policy_place;
    struct scl_source *source = scl_arena_alloc(&e->report->arena, sizeof *source);

    if (!source ||
        !scl_source_init(source, &e->report->arena, policy->path, policy->source))
        return false;
    place->source = source;
    place->path = policy->path;
    place->document = place->subject = SCANTLING_NONE;
    if (outcome->line)
        place->span = scl_policy_find_quoted(source, outcome->line, outcome->message);
    else /* the function had returned */
        place->span = scl_policy_find_key(
            policy->source, scl_str_c(policy->adjusts.len ? "severity" : "check"), false);
    place->start = scl_source_locate(source, place->span.offset);
    place->end = scl_source_locate(source, scl_span_end(place->span));
    return true;
}

/* "what; and what to do" in two, once it is masked as a whole. */
static void
split_message(struct scl_evaluation *e, const struct scl_outcome *outcome,
              struct scl_finding *finding)
{
    struct scl_str said = outcome->message;
    bool is_cut = said.len + 4 > SCL_MESSAGE_ROOM; /* perhaps within what is to be masked */
    struct scl_text text = { 0 };
    size_t at;

    if (scl_nil_explain(e, outcome, &text))
        said = scl_evaluation_take(e, &text);
    said = settled(e, said, is_cut ? SCL_MESSAGE_ROOM / 2 : SIZE_MAX, false);
    at = scl_str_find(said, SCL_S("; "));
    scl_text_f(&text, "policy failed: %.*s", SCL_ARG(scl_str_sub(said, 0, at)));
    finding->message = scl_evaluation_take(e, &text);
    if (at != SIZE_MAX)
        finding->help = scl_str_sub(said, at + 2, said.len);
}

static void
describe_limit(struct scl_evaluation *e, const struct scl_outcome *outcome,
               struct scl_finding *finding)
{
    const char *name = scl_lua_limit_name(outcome->limit);
    struct scl_text text = { 0 };

    scl_text_f(&text, "policy ran over its limit of %llu %s",
               (unsigned long long)outcome->limit_value,
               outcome->limit == SCANTLING_LIMIT_STEPS ? "steps" : "");
    if (outcome->limit != SCANTLING_LIMIT_STEPS)
        scl_text_f(&text, "(limit %s)", name);
    finding->message = scl_evaluation_take(e, &text);
    scl_text_f(&text, "--limit %s=N raises it, for every policy", name);
    finding->help = scl_evaluation_take(e, &text);
}

static bool
conclude_error(struct scl_evaluation *e, const struct scl_outcome *outcome)
{
    struct scl_finding finding = begin_finding(e, SCANTLING_VERDICT_ERROR);
    struct scl_place_node subject = { .view = e->run.view,
                                      .node = { e->subject->root, SCL_NONE, 0 } };

    finding.place = scl_place_of(e, &subject);
    finding.limit = outcome->kind == SCL_RUN_LIMIT ? outcome->limit : 0;
    if (finding.limit)
        describe_limit(e, outcome, &finding);
    else
        split_message(e, outcome, &finding);
    if (!set_policy_place(e, outcome, &finding))
        return false;
    return is_repeated(e, &finding) ? !e->report->arena.failed : keep(e, &finding);
}

/* Whether judging goes on after a run. */
static bool
goes_on(struct scl_evaluation *e, const struct scl_outcome *outcome)
{
    if (outcome->kind == SCL_RUN_MEMORY)
        e->report->arena.failed = true;
    return outcome->kind != SCL_RUN_CANCELLED && outcome->kind != SCL_RUN_MEMORY;
}

bool
scl_conclude_adjustment(struct scl_evaluation *e, uint32_t index,
                        const struct scl_outcome *outcome)
{
    uint32_t policy = e->policy;
    bool good = goes_on(e, outcome);

    if (!good || (outcome->kind != SCL_RUN_ERROR && outcome->kind != SCL_RUN_LIMIT))
        return good;
    e->policy = index;
    good = conclude_error(e, outcome);
    e->policy = policy;
    return good;
}

bool
scl_conclude_search(struct scl_evaluation *e)
{
    struct scl_outcome outcome = { .kind = SCL_RUN_LIMIT, .limit = SCANTLING_LIMIT_TOTAL_STEPS,
                                   .limit_value = e->project->engine->limits.total_steps };

    return conclude_error(e, &outcome);
}

bool
scl_conclude(struct scl_evaluation *e, struct scl_node node, const struct scl_outcome *outcome)
{
    bool doubts = e->run.missing.count || e->run.misses_date;

    if (!goes_on(e, outcome))
        return false;
    for (uint32_t i = 0; i < e->run.found.count; i++)
        if (!conclude_fail(e, &e->run.found.at[i]))
            return false;
    if (outcome->kind == SCL_RUN_ERROR || outcome->kind == SCL_RUN_LIMIT)
        return conclude_error(e, outcome);
    if (e->run.found.count)
        return true;
    if (outcome->kind == SCL_RUN_UNKNOWN || doubts)
        return conclude_inconclusive(e, node);
    if (outcome->kind == SCL_RUN_NOT_APPLICABLE)
        e->had_not_applicable = true;
    return true;
}
