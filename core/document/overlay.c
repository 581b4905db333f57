/* SPDX-License-Identifier: Apache-2.0 */
/*
 * overlay.c: the writer of what a view adds to its document
 */
#include "document/overlay.h"

struct scl_value *
scl_overlay_add(struct scl_view *view, uint32_t object, unsigned field, scantling_state state)
{
    struct scl_overlay *made = scl_vec_push(&view->building, &view->overlay);

    if (!made)
        return NULL;
    made->object = object;
    made->value.field = (uint16_t)field;
    made->value.state = (uint8_t)state;
    return &made->value;
}

static uint32_t
follows(struct scl_view *view, uint32_t object, unsigned field)
{
    struct scl_origin *origin = field ? scl_vec_push(&view->building, &view->origins) : NULL;

    if (!origin)
        return 0;
    origin->from_object = object;
    origin->from_field = field & ((1u << SCL_FIELD_BITS) - 1);
    return view->document->origins.count + view->origins.count - 1;
}

static struct scl_value *
add(struct scl_view *view, uint32_t object, unsigned field, enum scl_kind kind, unsigned from)
{
    uint32_t origin = follows(view, object, from);
    struct scl_value *value = scl_overlay_add(
        view, object, field, from ? SCANTLING_STATE_DERIVED : SCANTLING_STATE_DEFAULT);

    if (value) {
        value->kind = (uint8_t)kind;
        value->origin = origin;
    }
    return value;
}

void
scl_overlay_bool(struct scl_view *view, uint32_t object, unsigned field, bool truth, unsigned from)
{
    struct scl_value *value = add(view, object, field, SCL_KIND_BOOL, from);

    if (value)
        value->as.number = truth;
}

void
scl_overlay_int(struct scl_view *view, uint32_t object, unsigned field, int64_t number,
                unsigned from)
{
    struct scl_value *value = add(view, object, field, SCL_KIND_INT, from);

    if (value)
        value->as.number = number;
}

void
scl_overlay_text(struct scl_view *view, uint32_t object, unsigned field, struct scl_str text,
                 unsigned from)
{
    struct scl_value *value = add(view, object, field, SCL_KIND_TEXT, from);

    if (value) {
        value->as.text = text.at;
        value->length = (uint32_t)text.len;
    }
}

void
scl_overlay_unknown(struct scl_view *view, uint32_t object, unsigned field, unsigned from)
{
    struct scl_value *value = add(view, object, field, SCL_KIND_EMPTY, from);

    if (value)
        value->state = SCANTLING_STATE_UNKNOWN;
}

struct scl_value *
scl_overlay_list(struct scl_view *view, uint32_t object, unsigned field, uint32_t count,
                 unsigned from)
{
    struct scl_list *list = scl_arena_alloc(&view->arena, sizeof *list);
    struct scl_value *items = scl_arena_array(&view->arena, count ? count : 1, sizeof *items);
    struct scl_value *value =
        list && items ? add(view, object, field, SCL_KIND_LIST, from) : NULL;

    if (!value)
        return NULL;
    list->items = items;
    list->room = count;
    value->as.list = list;
    return value;
}

void
scl_overlay_share(struct scl_view *view, uint32_t object, unsigned field, struct scl_list *list)
{
    struct scl_value *value = add(view, object, field, SCL_KIND_LIST, SCL_NONE);

    if (value)
        value->as.list = list;
}

static struct scl_value *
add_item(struct scl_value *list, enum scl_kind kind)
{
    struct scl_list *to = list->as.list;
    struct scl_value *item = to->count < to->room ? &to->items[to->count++] : NULL;

    if (item) {
        item->field = list->field;
        item->kind = (uint8_t)kind;
        item->state = list->state;
        item->origin = list->origin;
    }
    return item;
}

void
scl_overlay_item(struct scl_value *list, struct scl_str text)
{
    struct scl_value *item = add_item(list, SCL_KIND_TEXT);

    if (item) {
        item->as.text = text.at;
        item->length = (uint32_t)text.len;
    }
}

void
scl_overlay_object(struct scl_value *list, uint32_t object)
{
    struct scl_value *item = add_item(list, SCL_KIND_OBJECT);

    if (item)
        item->as.object = object;
}
