/* SPDX-License-Identifier: Apache-2.0 */
/*
 * joined.c: all documents of a project as one
 *
 * Objects are copied with the numbers of what they refer to moved on by what stands before their
 * document. The empty objects of the types are shared.
 */
#include "engine/joined.h"

#include "document/build.h"

#include <stdlib.h>
#include <string.h>

/* What the numbers of files in origins, and of objects in nodes of the ABI, have room for. */
enum { MOST_FILES = UINT16_MAX, MOST_OBJECTS = (1 << 24) - 1 };

struct joining {
    struct scl_document *to;
    const struct scl_document *from;
    const struct scl_joined_part *part;
};

/* ---- numbers ---- */

static uint32_t
moved_object(const struct joining *j, uint32_t object)
{
    return object < SCL_TYPE_COUNT ? object : object - SCL_TYPE_COUNT + j->part->first_object;
}

static uint32_t
moved_origin(const struct joining *j, uint32_t origin)
{
    return origin ? origin - 1 + j->part->first_origin : 0;
}

/* ---- copies ---- */

static void copy_value(struct joining *j, struct scl_value *value);

static struct scl_list *
copy_list(struct joining *j, const struct scl_list *from)
{
    struct scl_list *list = scl_arena_alloc(&j->to->arena, sizeof *list);
    struct scl_value *items = scl_arena_array(&j->to->arena, from->count, sizeof *items);

    if (!list || !items)
        return list;
    *list = *from;
    list->items = items;
    list->room = from->count;
    if (from->count)
        memcpy(items, from->items, from->count * sizeof *items);
    for (uint32_t i = 0; i < from->count; i++)
        copy_value(j, &items[i]);
    return list;
}

/* Makes what a value refers to its own; lists hold no lists. */
static void
copy_value(struct joining *j, struct scl_value *value)
{
    value->origin = moved_origin(j, value->origin);
    if (value->kind == SCL_KIND_OBJECT)
        value->as.object = moved_object(j, value->as.object);
    else if (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP)
        value->as.list = copy_list(j, value->as.list);
}

static void
copy_object(struct joining *j, const struct scl_object *from)
{
    struct scl_object *object = scl_vec_push(&j->to->arena, &j->to->objects);
    struct scl_value *values = scl_arena_array(&j->to->arena, from->count, sizeof *values);

    if (!object || !values)
        return;
    *object = *from;
    object->parent = from->parent ? moved_object(j, from->parent) : 0;
    object->subject = from->subject + j->part->first_subject;
    object->origin = moved_origin(j, from->origin);
    object->values = values;
    object->room = from->count;
    if (from->count)
        memcpy(values, from->values, from->count * sizeof *values);
    for (unsigned i = 0; i < from->count; i++)
        copy_value(j, &values[i]);
}

static void
copy_origin(struct joining *j, const struct scl_origin *from)
{
    struct scl_origin *origin = scl_vec_push(&j->to->arena, &j->to->origins);

    if (!origin)
        return;
    *origin = *from;
    origin->from_object = from->from_object ? moved_object(j, from->from_object) : 0;
    origin->file = (from->file + j->part->first_file) & UINT16_MAX;
}

static void
copy_document(struct joining *j)
{
    struct scl_document *to = j->to;
    const struct scl_document *from = j->from;

    for (uint32_t i = 1; i < from->origins.count && !to->arena.failed; i++)
        copy_origin(j, &from->origins.at[i]);
    for (uint32_t i = SCL_TYPE_COUNT; i < from->objects.count && !to->arena.failed; i++)
        copy_object(j, &from->objects.at[i]);
    for (uint32_t i = 0; i < from->subjects.count; i++) {
        struct scl_subject_entry *entry = scl_vec_push(&to->arena, &to->subjects);

        if (!entry)
            return;
        *entry = from->subjects.at[i];
        entry->root = moved_object(j, entry->root);
    }
    for (uint32_t i = 0; i < from->quotes.count; i++) {
        const struct scl_quote *quote = &from->quotes.at[i];
        struct scl_quote *made = scl_vec_push(&to->arena, &to->quotes);

        if (made)
            *made = (struct scl_quote){ (uint16_t)(quote->file + j->part->first_file),
                                        moved_origin(j, quote->place),
                                        moved_origin(j, quote->said) };
    }
    memcpy(to->files + j->part->first_file, from->files, from->file_count * sizeof *to->files);
}

/* ---- the project ---- */

/* Gives the project its lists, of the subjects that are there so far; what only links lead to is
 * in none. */
static void
add_project(const struct scantling_project *of, const struct scl_joined *joined)
{
    struct scl_document *d = joined->document;
    static const struct {
        unsigned type, field;
    } lists[] = {
        { SCL_TYPE_BUILD, SCL_PROJECT_BUILDS }, { SCL_TYPE_IMAGE, SCL_PROJECT_IMAGES },
        { SCL_TYPE_CONTAINER, SCL_PROJECT_CONTAINERS }, { SCL_TYPE_HOST, SCL_PROJECT_HOSTS },
        { SCL_TYPE_EVIDENCE, SCL_PROJECT_EVIDENCE },
    };
    uint32_t subjects = d->subjects.count;
    uint32_t project = scl_build_subject(d, SCL_TYPE_PROJECT, SCL_S(""), 0);

    scl_build_text(d, project, SCL_PROJECT_FORMAT, SCL_S(""), 0);
    scl_build_text(d, project, SCL_PROJECT_RESOLUTION, scl_str_c(d->resolution), 0);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        scl_build_list(d, project, lists[i].field, 0);
        for (uint32_t p = 0, s = 0; p < joined->count && !d->arena.failed; p++)
            for (uint32_t end = p + 1 < joined->count ? joined->parts[p + 1].first_subject
                                                      : subjects;
                 s < end; s++)
                if (d->subjects.at[s].type == lists[i].type &&
                    joined->parts[p].index < of->count)
                    scl_build_item_link(d, project, lists[i].field, d->subjects.at[s].root);
    }
    if (!d->arena.failed)
        d->subjects.at[subjects].family = "";
}

/* The place that its document gives an absent field. */
static bool
absent_place(const struct scl_document *d, uint32_t object, unsigned field, struct scl_origin *ret)
{
    const struct scl_joined *joined = d->tree;
    uint32_t low = 0, high = joined->count;
    const struct scl_joined_part *part;
    const struct scl_document *from;

    if (object < SCL_TYPE_COUNT || scl_document_object(d, object)->type == SCL_TYPE_PROJECT)
        return false;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (joined->parts[middle].first_object <= object)
            low = middle;
        else
            high = middle;
    }
    part = &joined->parts[low];
    from = joined->documents[part->index].document;
    if (!from->absent_place ||
        !from->absent_place(from, object - part->first_object + SCL_TYPE_COUNT, field, ret))
        return false;
    ret->file = (ret->file + part->first_file) & UINT16_MAX;
    return true;
}

/* ---- parts ---- */

struct named {
    struct scl_str name;
    uint32_t index;
};

static int
name_order(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = scl_str_compare(x->name, y->name);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Lays the parts out; false without memory. */
static bool
lay_out(const struct scantling_project *project, struct scl_joined *joined, uint32_t *ret_files)
{
    struct named *names = malloc((project->all + 1u) * sizeof *names);
    uint64_t files = 0, origins = 1, objects = SCL_TYPE_COUNT, subjects = 0;

    joined->parts = malloc((project->all + 1u) * sizeof *joined->parts);
    for (uint32_t i = 0; names && i < project->all; i++)
        names[i] = (struct named){ project->documents[i].document->name, i };
    if (names && project->all > 1)
        qsort(names, project->all, sizeof *names, name_order);
    for (uint32_t i = 0; names && joined->parts && i < project->all; i++) {
        const struct scl_document *d = project->documents[names[i].index].document;

        joined->is_cut = files + d->file_count > MOST_FILES ||
                         objects + d->objects.count > MOST_OBJECTS;
        if (joined->is_cut)
            break;
        joined->parts[joined->count++] =
            (struct scl_joined_part){ names[i].index, (uint32_t)files, (uint32_t)origins,
                                      (uint32_t)objects, (uint32_t)subjects };
        files += d->file_count;
        origins += d->origins.count - 1;
        objects += d->objects.count - SCL_TYPE_COUNT;
        subjects += d->subjects.count;
    }
    free(names);
    *ret_files = (uint32_t)files;
    return names && joined->parts;
}

const struct scl_joined_part *
scl_joined_file(const struct scl_joined *joined, uint32_t file)
{
    uint32_t low = 0, high = joined->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (joined->parts[middle].first_file <= file)
            low = middle;
        else
            high = middle;
    }
    return &joined->parts[low];
}

/* ---- links ---- */

static int
link_order(const void *a, const void *b)
{
    const struct scl_link *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    return (x->document > y->document) - (x->document < y->document);
}

/* The links of all documents as links within the one; `document` is their order for a while. */
static bool
move_links(const struct scantling_project *project, struct scl_joined *joined,
           struct scl_links *ret)
{
    uint32_t count = project->first_link[project->all], *part_of;

    joined->links = malloc((count + 1u) * sizeof *joined->links);
    part_of = calloc(project->all + 1u, sizeof *part_of);
    for (uint32_t p = 0; part_of && p < joined->count; p++)
        part_of[joined->parts[p].index] = p;
    for (uint32_t p = 0; joined->links && part_of && p < joined->count; p++) {
        const struct scl_joined_part *part = &joined->parts[p];
        uint32_t end = project->first_link[part->index + 1];

        for (uint32_t i = project->first_link[part->index]; i < end; i++) {
            struct joining from = { .part = part };
            struct joining to = { .part = &joined->parts[part_of[project->links[i].document]] };
            struct scl_link *link = &joined->links[ret->count];

            *link = project->links[i];
            link->root = moved_object(&from, link->root);
            link->object = moved_object(&to, link->object);
            link->document = ret->count++;
        }
    }
    free(part_of);
    if (!joined->links || !part_of)
        return false;
    if (ret->count > 1)
        qsort(joined->links, ret->count, sizeof *joined->links, link_order);
    for (uint32_t i = 0; i < ret->count; i++)
        joined->links[i].document = SCANTLING_NONE;
    ret->at = joined->links;
    return true;
}

/* Fills the joined document; false without memory. */
static bool
fill(const struct scantling_project *project, struct scl_joined *joined, uint32_t files)
{
    struct scl_document *d = joined->document;
    struct scl_view_with with = { .index = SCANTLING_NONE };

    d->files = scl_arena_array(&d->arena, files, sizeof *d->files);
    d->file_count = d->file_room = files;
    d->resolution = "resolved";
    for (uint32_t i = 0; i < joined->count && !d->arena.failed; i++) {
        struct joining j = { d, project->documents[joined->parts[i].index].document,
                             &joined->parts[i] };

        copy_document(&j);
    }
    if (d->arena.failed)
        return false;
    add_project(project, joined);
    d->absent_place = absent_place;
    d->tree = joined;
    with.facts = project->engine->facts;
    with.assumed = project->engine->assumption_count ? &project->engine->assumed : NULL;
    return move_links(project, joined, &with.links) && scl_document_freeze_joined(d, &with);
}

bool
scl_joined_make(const struct scantling_project *project, struct scl_joined *ret)
{
    uint32_t files;

    *ret = (struct scl_joined){ .documents = project->documents };
    if (!lay_out(project, ret, &files))
        return false;
    ret->document = scl_document_begin(scl_str_n("", 0), scl_str_n("", 0));
    return ret->document && fill(project, ret, files);
}

void
scl_joined_finish(struct scl_joined *joined)
{
    scl_document_unref(joined->document);
    free(joined->parts);
    free(joined->links);
    *joined = (struct scl_joined){ .document = NULL };
}
