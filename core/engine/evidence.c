/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.c: what a finding rests on
 *
 * Of the values that a run read: first those below the reported node, then those of its ancestors,
 * then others since the run's last report; in document order within each, what has no place last
 * and in the order of the schema. A derived value is left out where what it follows from is
 * evidence itself. At most 16, of the last 2048 values that were read before the report, so that a
 * run of many reads and reports takes no quadratic time.
 */
#include "engine/evaluate.h"

#include "base/text.h"
#include "base/utf8.h"
#include "document/joint.h"

#include <stdlib.h>

enum { EVIDENCE_MAX = 16, VALUE_MAX = 1024, CONSIDERED_MAX = 2048, LIST_SHOWN = 3 };

enum rank { BELOW, ABOVE, ELSEWHERE, NOT_SHOWN };

struct candidate {
    struct scl_node node;
    struct scl_reading reading;
    struct scl_origin origin;
    bool has_place;
    enum rank rank;
};

static bool
is_within(const struct scl_view *view, struct scl_node node, uint32_t ancestor)
{
    for (node.field = SCL_NONE, node.element = 0; node.object && node.object != ancestor;)
        node = scl_view_parent(view, node);
    return node.object == ancestor;
}

/* Whether field `field` is `group` itself or below it. */
static bool
is_in_group(unsigned field, unsigned group)
{
    while (field && field != group)
        field = scl_field_group(field);
    return field == group;
}

static enum rank
rank_of(const struct scl_evaluation *e, const struct scl_found *found, uint32_t read)
{
    const struct scl_view *view = e->run.view;
    struct scl_node node = e->run.reads.at[read], reported = found->place.node;

    if (node.object == reported.object)
        return !reported.field || is_in_group(node.field, reported.field) ? BELOW : ABOVE;
    if (!reported.field && is_within(view, node, reported.object))
        return BELOW;
    if (is_within(view, reported, node.object))
        return ABOVE;
    return read >= found->first_read ? ELSEWHERE : NOT_SHOWN;
}

static int
candidate_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->has_place != y->has_place)
        return x->has_place ? -1 : 1;
    if (x->has_place && x->origin.file != y->origin.file)
        return x->origin.file < y->origin.file ? -1 : 1;
    if (x->has_place && x->origin.value.offset != y->origin.value.offset)
        return x->origin.value.offset < y->origin.value.offset ? -1 : 1;
    if (x->node.field != y->node.field)
        return x->node.field < y->node.field ? -1 : 1;
    if (x->node.object != y->node.object)
        return x->node.object < y->node.object ? -1 : 1;
    return (x->node.element > y->node.element) - (x->node.element < y->node.element);
}

static bool
is_derived(const struct candidate *c)
{
    return c->reading.value.origin && c->origin.from_field != SCL_NONE;
}

/* Whether what a candidate follows from was read as well. */
static bool
follows_from_read(const struct candidate *all, uint32_t count, const struct candidate *c)
{
    for (uint32_t i = 0; i < count && is_derived(c); i++)
        if (all[i].rank != NOT_SHOWN && all[i].node.object == c->origin.from_object &&
            all[i].node.field == c->origin.from_field)
            return true;
    return false;
}

static uint32_t
collect(const struct scl_evaluation *e, const struct scl_found *found, struct candidate *ret)
{
    uint32_t count = 0, end = found->last_read;

    for (uint32_t i = end > CONSIDERED_MAX ? end - CONSIDERED_MAX : 0; i < end; i++) {
        struct candidate *c = &ret[count];

        c->rank = rank_of(e, found, i);
        if (c->rank == NOT_SHOWN)
            continue;
        c->node = e->run.reads.at[i];
        scl_view_read(e->run.view, c->node, &c->reading);
        c->origin = scl_view_outside(e->run.view,
                                     scl_view_origin(e->run.view, &c->reading.value), true);
        c->has_place = c->reading.value.origin && c->origin.from_field == SCL_NONE;
        count++;
    }
    return count;
}

/* ---- printing ---- */

static const struct scl_mask_file *
masks_of(const struct scl_evaluation *e, uint32_t file)
{
    const struct scl_joined_part *part;
    uint32_t other;

    if (!e->joined) {
        other = scl_joint_file(e->run.view, &file);
        return &e->project->documents[other == SCANTLING_NONE ? e->document : other].masks[file];
    }
    part = scl_joined_file(e->joined, file);
    return &e->project->documents[part->index].masks[file - part->first_file];
}

/* Whether a value is written where the document has a secret, however short that is. */
static bool
is_secret(const struct scl_evaluation *e, const struct scl_reading *reading)
{
    struct scl_origin origin = scl_view_origin(e->run.view, &reading->value);
    const struct scl_span *first;

    if (!reading->value.origin || origin.from_field != SCL_NONE || !origin.value.length ||
        !scl_mask_spans(masks_of(e, origin.file), origin.value, &first))
        return false;
    return first->offset <= origin.value.offset &&
           scl_span_end(*first) >= scl_span_end(origin.value);
}

/* What a value follows from may be a list: its first texts, and how many there are more. */
static void
print_list(const struct scl_evaluation *e, const struct scl_reading *reading, struct scl_text *text)
{
    const struct scl_list *list = reading->value.as.list;
    uint32_t shown = 0;

    while (shown < list->count && shown < LIST_SHOWN &&
           list->items[shown].kind != SCL_KIND_OBJECT) {
        struct scl_reading item = { .value = scl_reading_item(reading, shown) };

        scl_text_c(text, shown ? ", " : "");
        if (list->keys)
            scl_text_f(text, "%.*s=", SCL_ARG(list->keys[shown]));
        if (is_secret(e, &item))
            scl_text_c(text, SCL_MASK_TEXT);
        else
            scl_value_print(&item.value, text);
        shown++;
    }
    if (!shown)
        scl_text_f(text, list->count ? "%u entries" : "empty", (unsigned)list->count);
    else if (shown < list->count)
        scl_text_f(text, " and %u more", (unsigned)(list->count - shown));
}

static struct scl_str
printed_value(struct scl_evaluation *e, const struct scl_reading *reading)
{
    struct scl_text text = { 0 };
    struct scl_str kept;

    if (is_secret(e, reading))
        return SCL_S(SCL_MASK_TEXT);
    if (reading->value.flags & SCL_VALUE_NO_LIMIT)
        scl_text_c(&text, "no limit");
    if (reading->value.kind == SCL_KIND_LIST || reading->value.kind == SCL_KIND_MAP)
        print_list(e, reading, &text);
    else
        scl_value_print(&reading->value, &text);
    kept = scl_evaluation_cut(e, scl_text_str(&text), VALUE_MAX);
    e->report->arena.failed = e->report->arena.failed || text.failed;
    scl_text_finish(&text);
    return kept;
}

static struct scl_str
printed_path(struct scl_evaluation *e, struct scl_node node)
{
    struct scl_text text = { 0 };

    scl_view_path(e->run.view, node, &text);
    return scl_evaluation_take(e, &text);
}

static bool
has_value(const struct scl_reading *reading)
{
    return reading->value.kind != SCL_KIND_EMPTY || reading->value.flags & SCL_VALUE_NO_LIMIT;
}

/* Where the value itself is written. */
static struct scl_place
value_place(const struct scl_evaluation *e, const struct scl_origin *origin)
{
    return scl_evaluation_place(e, origin->file, origin->value);
}

static void
fill_source(struct scl_evaluation *e, const struct candidate *c, struct scl_evidence *ret)
{
    struct scl_node from = { c->origin.from_object, (uint16_t)c->origin.from_field, 0 };
    struct scl_origin origin;
    struct scl_reading reading;
    bool exact;

    scl_view_read(e->run.view, from, &reading);
    ret->from_field = printed_path(e, from);
    ret->from_has_value = has_value(&reading);
    ret->from_value = printed_value(e, &reading);
    origin = scl_view_place(e->run.view, from, true, &exact);
    origin.value = origin.place;
    if (exact)
        ret->from_place = value_place(e, &origin);
}

/* Of a value that the image says which the container has built: where it is told to be built. */
static void
fill_build(struct scl_evaluation *e, struct scl_evidence *ret)
{
    struct scl_node build = { e->subject->root, SCL_CONTAINER_BUILD, 0 };
    struct scl_place_node image = { .view = e->run.view };
    struct scl_reading link;
    struct scl_origin origin;
    bool is_exact;

    scl_view_read(e->run.view, (struct scl_node){ build.object, SCL_CONTAINER_LINKED_IMAGE, 0 },
                  &link);
    if (link.value.kind != SCL_KIND_OBJECT || !scl_object_is_given(link.value.as.object))
        return;
    image.node = (struct scl_node){ link.value.as.object, SCL_NONE, 0 };
    origin = scl_view_place(e->run.view, build, false, &is_exact);
    if (is_exact && scl_str_same(scl_place_of(e, &image).path, ret->place.path))
        ret->built_at = scl_evaluation_place(e, origin.file, origin.place);
}

static bool
add_evidence(struct scl_evaluation *e, const struct candidate *c, struct scl_finding *finding)
{
    struct scl_evidence *evidence = scl_vec_push(&e->report->arena, &finding->evidence);

    if (!evidence)
        return false;
    evidence->field = printed_path(e, c->node);
    evidence->state = c->reading.state;
    evidence->has_value = has_value(&c->reading);
    evidence->value = printed_value(e, &c->reading);
    if (c->has_place)
        evidence->place = value_place(e, &c->origin);
    if (c->reading.state == SCANTLING_STATE_DEFAULT && c->reading.default_of)
        evidence->default_of = scl_str_c(c->reading.default_of);
    if (is_derived(c))
        fill_source(e, c, evidence);
    else if (c->reading.state == SCANTLING_STATE_LINKED && !e->joined &&
             e->subject->type == SCL_TYPE_CONTAINER)
        fill_build(e, evidence);
    return true;
}

bool
scl_evidence_fill(struct scl_evaluation *e, const struct scl_found *found,
                  struct scl_finding *finding)
{
    uint32_t count = found->last_read < CONSIDERED_MAX ? found->last_read : CONSIDERED_MAX;
    struct candidate *all = count ? calloc(count, sizeof *all) : NULL;
    bool good = all || !count;

    count = all ? collect(e, found, all) : 0;
    if (count > 1)
        qsort(all, count, sizeof *all, candidate_order);
    for (uint32_t i = 0; good && i < count && finding->evidence.count < EVIDENCE_MAX; i++)
        good = follows_from_read(all, count, &all[i]) || add_evidence(e, &all[i], finding);
    free(all);
    return good;
}
