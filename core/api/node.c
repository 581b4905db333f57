/* SPDX-License-Identifier: Apache-2.0 */
/*
 * node.c: the values of a subject, for the ABI
 */
#include "api/api.h"

#include "document/joint.h"
#include "report/report.h"

static struct scl_node
node_of(const scantling_subject *subject, scantling_node node)
{
    return scl_node_unpack(node, subject->root);
}

static scantling_node
number_of(const scantling_subject *subject, struct scl_node node)
{
    return scl_node_pack(node, subject->root);
}

/* Whether a number names something of the subject, whoever made it up. */
static bool
is_node(const scantling_subject *subject, scantling_node number)
{
    const struct scl_view *view;
    struct scl_node node, own;

    if (!subject || number == SCANTLING_NODE_NONE)
        return false;
    own = node = node_of(subject, number);
    if (node.field >= SCL_FIELD_COUNT || !scl_joint_has(subject->view, node.object))
        return false;
    view = scl_view_at(subject->view, &own);
    return (!scl_object_is_given(own.object) || own.object < view->document->objects.count) &&
           (node.field == SCL_NONE ||
            scl_field(node.field)->type == scl_view_object(subject->view, node.object)->type);
}

static bool
read_node(const scantling_subject *subject, scantling_node number, struct scl_reading *ret)
{
    if (!is_node(subject, number))
        return false;
    scl_view_read(subject->view, node_of(subject, number), ret);
    return true;
}

static bool
has_members(const struct scl_reading *reading)
{
    return reading->value.kind == SCL_KIND_LIST || reading->value.kind == SCL_KIND_MAP;
}

scantling_node
scantling_node_find(const scantling_subject *subject, scantling_node node, const char *path,
                    size_t length)
{
    struct scl_node found;

    if (!is_node(subject, node) || !scl_view_find(subject->view, node_of(subject, node),
                                                  scl_api_text(path, length), &found))
        return SCANTLING_NODE_NONE;
    return number_of(subject, found);
}

static bool
covers(struct scl_span span, uint64_t offset)
{
    return offset >= span.offset && offset < scl_span_end(span);
}

/* Whether a value is written around an offset, and as close as the best so far: what is within
 * another stands after it. Its own bytes are closer than those of its key. */
static bool
is_closer(const scantling_subject *subject, const struct scl_value *value, uint64_t offset,
          uint32_t *best)
{
    struct scl_origin origin = scl_view_origin(subject->view, value);
    struct scl_span span = covers(origin.value, offset) ? origin.value : origin.place;

    if (!value->origin || origin.from_field != SCL_NONE || origin.file != 0 ||
        !covers(span, offset) || span.length > *best)
        return false;
    *best = span.length;
    return true;
}

scantling_node
scantling_node_at(const scantling_subject *subject, uint64_t offset)
{
    const struct scl_document *d = subject ? subject->view->document : NULL;
    struct scl_node found = { 0, SCL_NONE, 0 };
    uint32_t best = UINT32_MAX;

    for (uint32_t i = SCL_TYPE_COUNT; d && i < d->objects.count; i++) {
        const struct scl_object *object = &d->objects.at[i];

        if (object->subject != subject->index || object->is_inner)
            continue;
        for (unsigned v = 0; v < object->count; v++) {
            const struct scl_value *value = &object->values[v];

            if (is_closer(subject, value, offset, &best))
                found = (struct scl_node){ i, value->field, 0 };
            for (uint32_t m = 0; (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP) &&
                                 m < value->as.list->count;
                 m++)
                if (value->as.list->items[m].kind != SCL_KIND_OBJECT &&
                    is_closer(subject, &value->as.list->items[m], offset, &best))
                    found = (struct scl_node){ i, value->field, m + 1 };
        }
    }
    return found.object ? number_of(subject, found) : SCANTLING_NODE_NONE;
}

scantling_node
scantling_node_child(const scantling_subject *subject, scantling_node node, size_t index)
{
    struct scl_reading reading;

    if (!read_node(subject, node, &reading) || !has_members(&reading) ||
        index >= reading.value.as.list->count)
        return SCANTLING_NODE_NONE;
    return number_of(subject, scl_view_member(node_of(subject, node), &reading,
                                              (uint32_t)index + 1));
}

const char *
scantling_node_key(const scantling_subject *subject, scantling_node node, size_t *ret_length)
{
    struct scl_node at;
    struct scl_reading list;
    struct scl_str key = { "", 0 };

    if (is_node(subject, node)) {
        at = node_of(subject, node);
        scl_view_read(subject->view, (struct scl_node){ at.object, at.field, 0 }, &list);
        if (at.element && list.value.kind == SCL_KIND_MAP &&
            at.element <= list.value.as.list->count)
            key = list.value.as.list->keys[at.element - 1];
    }
    return scl_api_return(key, ret_length);
}

int32_t
scantling_node_kind(const scantling_subject *subject, scantling_node node)
{
    struct scl_reading reading;

    if (!read_node(subject, node, &reading))
        return SCANTLING_NODE_EMPTY;
    if (scl_field(node_of(subject, node).field)->kind == SCL_KIND_GROUP)
        return SCANTLING_NODE_MAP;
    switch (reading.value.kind) {
    case SCL_KIND_GROUP:
    case SCL_KIND_OBJECT:
        return SCANTLING_NODE_MAP;
    default:
        return reading.value.kind;
    }
}

scantling_state
scantling_node_state(const scantling_subject *subject, scantling_node node)
{
    struct scl_reading reading;

    return read_node(subject, node, &reading) ? reading.state : SCANTLING_STATE_ABSENT;
}

int64_t
scantling_node_int(const scantling_subject *subject, scantling_node node)
{
    struct scl_reading reading;

    if (!read_node(subject, node, &reading) ||
        (reading.value.kind != SCL_KIND_BOOL && reading.value.kind != SCL_KIND_INT))
        return 0;
    return reading.value.as.number;
}

const char *
scantling_node_text(const scantling_subject *subject, scantling_node node, size_t *ret_length)
{
    struct scl_reading reading;
    struct scl_str text = { "", 0 };

    if (read_node(subject, node, &reading))
        text = scl_view_scalar_text(subject->view, node_of(subject, node), &reading);
    return scl_api_return(text, ret_length);
}

size_t
scantling_node_origins(const scantling_subject *subject, scantling_node node, size_t start,
                       scantling_mark *ret_marks, size_t size, size_t capacity)
{
    struct scl_origin origin;
    const struct scl_source *file;
    scantling_mark mark = { .field = "", .text = "", .kind = SCANTLING_MARK_ORIGIN,
                            .document = SCANTLING_NONE };

    if (!is_node(subject, node) || start > 0 || capacity == 0)
        return 0;
    origin = scl_view_place(subject->view, node_of(subject, node), true, NULL);
    file = scl_view_file(subject->view, origin.file);
    scl_api_set_place(&mark, file->name, origin.place,
                      scl_source_locate(file, origin.place.offset),
                      scl_source_locate(file, scl_span_end(origin.place)));
    mark.state = scantling_node_state(subject, node);
    return scl_api_give(ret_marks, size, &mark, sizeof mark, sizeof mark);
}

scantling_buffer *
scantling_node_render(const scantling_subject *subject, scantling_node node, const char *format,
                      size_t format_length, scantling_error **error)
{
    struct scl_text text = { 0 };
    bool good = scl_api_handle(subject, "subject", error);
    struct scl_node at;

    if (good && !is_node(subject, node))
        good = scl_fail(error, SCANTLING_STATUS_ARGUMENT, "the subject has no such node");
    if (good) {
        const struct scl_view *view;

        at = node_of(subject, node);
        view = scl_view_at(subject->view, &at);
        good = scl_node_render(view, at, scl_api_text(format, format_length), &text, error);
    }
    return scl_api_buffer(&text, good, error);
}
