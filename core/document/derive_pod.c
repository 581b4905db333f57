/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive_pod.c: containers that share a pod, a task or a group
 *
 * The containers of a pod stand in a row, since one object of the document makes them, and they
 * have the place of its name in common. The siblings of one are those after it, then those before:
 * a part of a ring that all of them share, so that many take no more room than they are.
 */
#include "document/derive.h"
#include "document/overlay.h"

/* Where the pod of a container says what it is; false: it has none. */
static bool
pod_of(const struct scl_view *view, uint32_t root, struct scl_origin *ret)
{
    static const unsigned fields[] = { SCL_CONTAINER_POD_NAME, SCL_CONTAINER_POD_KIND };
    const struct scl_value *value = NULL;

    for (size_t i = 0; i < 2 && (!value || !value->origin); i++)
        value = scl_document_value(view->document, root, fields[i]);
    if (!value || !value->origin)
        return false;
    *ret = *scl_document_origin(view->document, value->origin);
    return true;
}

static bool
is_same_place(const struct scl_origin *a, const struct scl_origin *b)
{
    return a->file == b->file && a->value.offset == b->value.offset &&
           a->value.length == b->value.length && a->from_field == b->from_field;
}

/* Gives `count` containers from subject `first` on each the others. */
static void
link_pod(struct scl_view *view, uint32_t first, uint32_t count)
{
    struct scl_value *ring = scl_arena_array(&view->arena, 2 * (size_t)count, sizeof *ring);
    struct scl_list *lists = scl_arena_array(&view->arena, count, sizeof *lists);

    for (uint32_t i = 0; ring && i < 2 * count; i++)
        ring[i] = (struct scl_value){
            .field = SCL_CONTAINER_LINKED_SIBLINGS,
            .kind = SCL_KIND_OBJECT,
            .state = SCANTLING_STATE_LINKED,
            .as.object = view->document->subjects.at[first + i % count].root,
        };
    for (uint32_t i = 0; ring && lists && i < count; i++) {
        struct scl_value *value = scl_overlay_add(
            view, view->document->subjects.at[first + i].root, SCL_CONTAINER_LINKED_SIBLINGS,
            SCANTLING_STATE_LINKED);

        lists[i] = (struct scl_list){ .items = ring + i + 1, .count = count - 1,
                                      .room = count - 1 };
        if (value) {
            value->kind = SCL_KIND_LIST;
            value->as.list = &lists[i];
        }
    }
}

void
scl_derive_pods(struct scl_view *view)
{
    uint32_t subjects = view->document->subjects.count;
    struct scl_origin pod, other;

    for (uint32_t first = 0, end; first < subjects; first = end) {
        end = first + 1;
        if (view->document->subjects.at[first].type != SCL_TYPE_CONTAINER ||
            !pod_of(view, view->document->subjects.at[first].root, &pod))
            continue;
        while (end < subjects && view->document->subjects.at[end].type == SCL_TYPE_CONTAINER &&
               pod_of(view, view->document->subjects.at[end].root, &other) &&
               is_same_place(&pod, &other))
            end++;
        if (end - first > 1)
            link_pod(view, first, end - first);
    }
}
