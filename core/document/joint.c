/* SPDX-License-Identifier: Apache-2.0 */
/*
 * joint.c: numbers that lead from the view of one document into those of others
 */
#include "document/joint.h"

/* The part of which the numbers include one, by halving. */
static const struct scl_joint_part *
part_of(const struct scl_joint *joint, uint32_t number, size_t column)
{
    uint32_t low = 0, high = joint->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        const char *part = (const char *)&joint->parts[middle];

        if (*(const uint32_t *)(part + column) <= number)
            low = middle;
        else
            high = middle;
    }
    return &joint->parts[low];
}

#define PART_OF(joint, number, column) \
    part_of(joint, number, offsetof(struct scl_joint_part, column))

static const struct scl_joint_part *
part_of_object(const struct scl_view *view, uint32_t object)
{
    return PART_OF(view->joint, object - SCL_OBJECT_FOREIGN, first_object);
}

uint32_t
scl_joint_object(const struct scl_view *view, uint32_t index, uint32_t object)
{
    if (index == view->index)
        return object;
    return SCL_OBJECT_FOREIGN + view->joint->parts[index].first_object + object;
}

bool
scl_joint_has(const struct scl_view *view, uint32_t object)
{
    if (!scl_object_is_given(object))
        return scl_field(object - SCL_OBJECT_NOT_GIVEN)->flags & SCL_FIELD_LINK;
    return object < SCL_OBJECT_FOREIGN ||
           (view->joint && object - SCL_OBJECT_FOREIGN <
                               view->joint->parts[view->joint->count].first_object);
}

const struct scl_document *
scl_joint_document(const struct scl_view *view, uint32_t *object)
{
    const struct scl_joint_part *part;

    if (*object < SCL_OBJECT_FOREIGN)
        return view->document;
    part = part_of_object(view, *object);
    *object -= SCL_OBJECT_FOREIGN + part->first_object;
    return part->document;
}

uint32_t
scl_joint_file(const struct scl_view *view, uint32_t *file)
{
    const struct scl_joint_part *part;

    if (*file < SCL_FILE_FOREIGN)
        return SCANTLING_NONE;
    part = PART_OF(view->joint, *file - SCL_FILE_FOREIGN, first_file);
    *file -= SCL_FILE_FOREIGN + part->first_file;
    return (uint32_t)(part - view->joint->parts);
}

uint32_t
scl_joint_first_file(const struct scl_view *view, uint32_t object)
{
    return object < SCL_OBJECT_FOREIGN
               ? 0
               : SCL_FILE_FOREIGN + part_of_object(view, object)->first_file;
}

/* ---- reading through ---- */

const struct scl_view *
scl_view_at(const struct scl_view *view, struct scl_node *node)
{
    const struct scl_joint_part *part;

    if (node->object < SCL_OBJECT_FOREIGN)
        return view;
    part = part_of_object(view, node->object);
    node->object -= SCL_OBJECT_FOREIGN + part->first_object;
    return part->view;
}

uint32_t
scl_view_from(const struct scl_view *view, uint32_t object)
{
    return object < SCL_OBJECT_FOREIGN
               ? 0
               : (uint32_t)(part_of_object(view, object) - view->joint->parts) + 1;
}

uint32_t
scl_view_renumber(const struct scl_view *view, uint32_t from, uint32_t object)
{
    const struct scl_joint_part *own = &view->joint->parts[view->index];
    uint32_t number = object;

    if (object < SCL_TYPE_COUNT || !scl_object_is_given(object))
        return object;
    if (object < SCL_OBJECT_FOREIGN)
        return scl_joint_object(view, from - 1, object);
    number -= SCL_OBJECT_FOREIGN;
    return number >= own->first_object && number < own[1].first_object
               ? number - own->first_object
               : object;
}

static uint32_t
renumber_origin(const struct scl_view *view, uint32_t from, uint32_t origin)
{
    return origin ? SCL_ORIGIN_FOREIGN + view->joint->parts[from - 1].first_origin + origin : 0;
}

void
scl_view_adopt(const struct scl_view *view, uint32_t from, struct scl_value *value)
{
    value->origin = renumber_origin(view, from, value->origin);
    if (value->kind == SCL_KIND_OBJECT)
        value->as.object = scl_view_renumber(view, from, value->as.object);
}

struct scl_value
scl_reading_item(const struct scl_reading *reading, uint32_t index)
{
    struct scl_value item = reading->value.as.list->items[index];

    if (reading->from)
        scl_view_adopt(reading->view, reading->from, &item);
    return item;
}

struct scl_origin
scl_view_origin(const struct scl_view *view, const struct scl_value *value)
{
    uint32_t own = view->document->origins.count;
    const struct scl_joint_part *part;
    struct scl_value local = *value;
    struct scl_origin origin;

    if (value->origin < own)
        return *scl_document_origin(view->document, value->origin);
    if (value->origin < SCL_ORIGIN_FOREIGN)
        return view->origins.at[value->origin - own];
    part = PART_OF(view->joint, value->origin - SCL_ORIGIN_FOREIGN, first_origin);
    local.origin -= SCL_ORIGIN_FOREIGN + part->first_origin;
    origin = scl_view_outside(part->view, scl_view_origin(part->view, &local), true);
    return scl_view_adopt_origin(view, (uint32_t)(part - view->joint->parts) + 1, origin);
}

struct scl_origin
scl_view_adopt_origin(const struct scl_view *view, uint32_t from, struct scl_origin origin)
{
    if (!from)
        return origin;
    if (origin.from_object)
        origin.from_object = scl_view_renumber(view, from, origin.from_object);
    if (origin.file < SCL_FILE_FOREIGN)
        origin.file = (origin.file + SCL_FILE_FOREIGN +
                       view->joint->parts[from - 1].first_file) & (SCL_FILE_LIMIT - 1);
    return origin;
}

const struct scl_object *
scl_view_object(const struct scl_view *view, uint32_t object)
{
    const struct scl_document *d;

    if (!scl_object_is_given(object))
        return scl_document_object(view->document,
                                   scl_field(object - SCL_OBJECT_NOT_GIVEN)->of);
    d = scl_joint_document(view, &object);
    return scl_document_object(d, object);
}

const struct scl_source *
scl_view_file(const struct scl_view *view, uint32_t file)
{
    uint32_t index = scl_joint_file(view, &file);
    const struct scl_document *d =
        index == SCANTLING_NONE ? view->document : view->joint->parts[index].document;

    return &d->files[file];
}
