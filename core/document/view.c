/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view.c: a document as policies see it
 *
 * A read looks in the overlay, then in the document, then among the defaults of the runtime. Lists
 * that are neighbours seen from a node (`preceding`, `following`) are slices of another list, made
 * while reading; what a package has from its command is read there.
 */
#include "document/view.h"

#include "document/assume.h"
#include "document/defaults.h"
#include "document/derive.h"
#include "document/held.h"
#include "document/joint.h"
#include "document/overlay.h"

#include <stdlib.h>
#include <string.h>

static int
overlay_order(const void *a, const void *b)
{
    const struct scl_overlay *x = a, *y = b;

    if (x->object != y->object)
        return x->object < y->object ? -1 : 1;
    return (x->value.field > y->value.field) - (x->value.field < y->value.field);
}

/* ---- texts of numbers ---- */

static void
add_number(struct scl_view *view, struct scl_node node, const struct scl_value *value)
{
    struct scl_number *number;
    struct scl_text text = { 0 };

    if (value->kind != SCL_KIND_INT && value->kind != SCL_KIND_DECIMAL)
        return;
    number = scl_vec_push(&view->building, &view->numbers);
    scl_value_print(value, &text);
    if (number && !text.failed) {
        number->node = scl_node_pack(node, 0);
        number->text.at = scl_arena_copy(&view->arena, text.at, text.len);
        number->text.len = text.len;
    }
    view->arena.failed = view->arena.failed || text.failed;
    scl_text_finish(&text);
}

static int
number_order(const void *a, const void *b)
{
    const struct scl_number *x = a, *y = b;

    return (x->node > y->node) - (x->node < y->node);
}

static void
add_numbers(struct scl_view *view)
{
    const struct scl_document *d = view->document;

    for (uint32_t i = SCL_TYPE_COUNT; i < d->objects.count; i++)
        for (unsigned v = 0; v < d->objects.at[i].count; v++) {
            const struct scl_value *value = &d->objects.at[i].values[v];

            add_number(view, (struct scl_node){ i, value->field, 0 }, value);
        }
    for (uint32_t i = 0; i < view->overlay.count; i++) {
        const struct scl_overlay *over = &view->overlay.at[i];

        add_number(view, (struct scl_node){ over->object, over->value.field, 0 }, &over->value);
    }
    if (view->numbers.count > 1)
        qsort(view->numbers.at, view->numbers.count, sizeof *view->numbers.at, number_order);
}

struct scl_str
scl_view_scalar_text(const struct scl_view *view, struct scl_node node,
                     const struct scl_reading *reading)
{
    struct scl_number wanted = { .node = scl_node_pack(node, 0) };
    const struct scl_number *found = NULL;

    if (reading->from) {
        view = scl_view_at(view, &node);
        wanted.node = scl_node_pack(node, 0);
    }
    if (reading->value.kind == SCL_KIND_TEXT)
        return scl_value_text(&reading->value);
    if (reading->value.kind == SCL_KIND_BOOL)
        return reading->value.as.number ? SCL_S("true") : SCL_S("false");
    if (view->numbers.count)
        found = bsearch(&wanted, view->numbers.at, view->numbers.count, sizeof wanted,
                        number_order);
    return found ? found->text : scl_str_n("", 0);
}

/* ---- making ---- */

/* Sets what links say; lists without one are there, and empty. */
static void
add_links(struct scl_view *view)
{
    const struct scl_links *links = &view->links;

    for (uint32_t i = 0, end; i < links->count; i = end) {
        const struct scl_link *first = &links->at[i];
        struct scl_value *value;

        for (end = i + 1; end < links->count && links->at[end].root == first->root &&
                          links->at[end].field == first->field;
             end++)
            ;
        if (scl_field(first->field)->kind == SCL_KIND_LIST) {
            value = scl_overlay_list(view, first->root, first->field, end - i, SCL_NONE);
            for (uint32_t link = i; value && link < end; link++)
                scl_overlay_object(value, scl_joint_object(view, links->at[link].document,
                                                           links->at[link].object));
        } else {
            value = scl_overlay_add(view, first->root, first->field, SCANTLING_STATE_LINKED);
            if (value)
                value->as.object = scl_joint_object(view, first->document, first->object);
        }
        if (value) {
            value->kind = scl_field(first->field)->kind;
            value->state = SCANTLING_STATE_LINKED;
        }
    }
}

/* Where a runtime is assumed, it is that of all documents that do not tell. */
static void
set_families(struct scl_view *view)
{
    const struct scl_document *d = view->document;

    if (!view->assumed || !view->assumed->values[SCL_ASSUME_RUNTIME].len)
        return;
    view->families = scl_arena_array(&view->arena, d->subjects.count, sizeof *view->families);
    for (uint32_t i = 0; view->families && i < d->subjects.count; i++) {
        const struct scl_subject_entry *subject = &d->subjects.at[i];
        const struct scl_value *format =
            subject->type == SCL_TYPE_CONTAINER
                ? scl_document_value(d, subject->root, SCL_CONTAINER_FORMAT)
                : NULL;
        const char *family = format && format->kind == SCL_KIND_TEXT && subject->family[0]
                                 ? scl_assumed_family(view->assumed, scl_value_text(format))
                                 : NULL;

        view->families[i] = family ? family : subject->family;
    }
}

/* Moves what has grown out of the memory it grew in, and gives that back; false without memory. */
static bool
move_all(struct scl_view *view)
{
    struct scl_arena *arena = &view->arena;

    if (view->building.failed)
        return false;
    view->overlay.at = scl_arena_members(arena, view->overlay.at, view->overlay.count,
                                         sizeof *view->overlay.at);
    view->origins.at = scl_arena_members(arena, view->origins.at, view->origins.count,
                                         sizeof *view->origins.at);
    view->numbers.at = scl_arena_members(arena, view->numbers.at, view->numbers.count,
                                         sizeof *view->numbers.at);
    scl_arena_finish(&view->building);
    return !arena->failed;
}

struct scl_view *
scl_view_new(const struct scl_document *document, const struct scl_view_with *with)
{
    struct scl_view *view = calloc(1, sizeof *view);

    if (!view)
        return NULL;
    scl_arena_init(&view->arena);
    scl_arena_init(&view->building);
    view->document = document;
    view->facts = with->facts;
    view->index = with->index;
    view->joint = with->joint;
    view->links = with->links;
    view->assumed = with->assumed;
    add_links(view);
    set_families(view);
    scl_derive(view);
    if (view->overlay.count)
        qsort(view->overlay.at, view->overlay.count, sizeof *view->overlay.at, overlay_order);
    add_numbers(view);
    if (!move_all(view)) {
        scl_view_free(view);
        return NULL;
    }
    return view;
}

void
scl_view_free(struct scl_view *view)
{
    if (view) {
        scl_arena_finish(&view->building);
        scl_arena_finish(&view->arena);
    }
    free(view);
}

static const struct scl_value *
overlaid(const struct scl_view *view, uint32_t object, unsigned field)
{
    struct scl_overlay wanted = { .object = object, .value.field = (uint16_t)field };
    const struct scl_overlay *found = NULL;

    if (view->overlay.count)
        found = bsearch(&wanted, view->overlay.at, view->overlay.count, sizeof wanted,
                        overlay_order);
    return found ? &found->value : NULL;
}

static const struct scl_value *
stored(const struct scl_view *view, uint32_t object, unsigned field)
{
    const struct scl_value *value = overlaid(view, object, field);

    return value ? value : scl_document_value(view->document, object, field);
}

static bool
is_foreign(const struct scl_view *view, uint32_t object)
{
    const struct scl_object *at = scl_document_object(view->document, object);

    return at->origin && view->document->subjects.at[at->subject].is_foreign;
}

/* What a command names or adds has the command for its parent. */
static void
read_of_command(const struct scl_view *view, uint32_t object, unsigned field,
                struct scl_reading *ret)
{
    uint32_t parent = scl_document_object(view->document, object)->parent;
    const struct scl_value *manager;

    if (scl_document_object(view->document, parent)->type != SCL_TYPE_COMMAND)
        return;
    if (field == SCL_PACKAGE_COMMAND || field == SCL_ADDITION_COMMAND) {
        ret->value.kind = SCL_KIND_OBJECT;
        ret->value.as.object = parent;
        ret->state = SCANTLING_STATE_DERIVED;
        return;
    }
    manager = stored(view, parent, SCL_COMMAND_MANAGER);
    if (manager) {
        ret->value = *manager;
        ret->state = manager->state;
    }
}

const char *
scl_view_family(const struct scl_view *view, uint32_t subject)
{
    return view->families ? view->families[subject]
                          : view->document->subjects.at[subject].family;
}

/* The runtime whose defaults hold for an object; what no subject has, has those of the document. */
static const char *
family_of(const struct scl_view *view, uint32_t object)
{
    const struct scl_document *d = view->document;
    const struct scl_object *at = scl_document_object(d, object);

    return object < SCL_TYPE_COUNT ? d->family : scl_view_family(view, at->subject);
}

/* A field of the scope that an instruction starts in. */
static void
read_held(const struct scl_view *view, uint32_t instruction, unsigned field,
          struct scl_reading *ret)
{
    const struct scl_value *value = scl_held_value(view->document, instruction, field);

    if (!value)
        return;
    ret->value = *value;
    ret->state = value->state;
}

/* The commands of an instruction before, or after, one of them. */
static void
read_neighbours(const struct scl_view *view, uint32_t object, bool after, struct scl_reading *ret)
{
    const struct scl_value *in = stored(view, object, SCL_COMMAND_INSTRUCTION);
    const struct scl_value *index = stored(view, object, SCL_COMMAND_INDEX);
    const struct scl_value *all =
        in ? stored(view, in->as.object, SCL_INSTRUCTION_COMMANDS) : NULL;
    uint32_t at;

    if (!all || !index || index->as.number > all->as.list->count)
        return;
    at = (uint32_t)index->as.number;
    ret->slice.items = all->as.list->items + (after ? at : 0);
    ret->slice.count = after ? all->as.list->count - at : at - 1;
    ret->value.kind = SCL_KIND_LIST;
    ret->value.as.list = &ret->slice;
    ret->state = SCANTLING_STATE_DERIVED;
}

static void
read_member(const struct scl_view *view, struct scl_node node, struct scl_reading *ret)
{
    struct scl_node list = { node.object, node.field, 0 };
    const struct scl_value *item;
    scantling_state state;

    scl_view_read(view, list, ret);
    if ((ret->value.kind != SCL_KIND_LIST && ret->value.kind != SCL_KIND_MAP) ||
        node.element > ret->value.as.list->count) {
        *ret = (struct scl_reading){ .state = SCANTLING_STATE_ABSENT };
        return;
    }
    state = ret->state;
    item = &ret->value.as.list->items[node.element - 1];
    ret->value = *item;
    ret->state = state == SCANTLING_STATE_DECLARED || item->state == SCANTLING_STATE_UNKNOWN
                     ? item->state
                     : state;
}

/* What nothing given is linked as: of one document it is unknown all that it would say, and of
 * several there are none. */
static void
read_no_link(struct scl_node node, struct scl_reading *ret)
{
    if (node.object < SCL_TYPE_COUNT)
        return;
    ret->value.kind = scl_field(node.field)->kind;
    if (ret->value.kind == SCL_KIND_OBJECT) {
        ret->value.as.object = SCL_OBJECT_NOT_GIVEN + node.field;
        ret->state = SCANTLING_STATE_UNKNOWN;
    } else {
        ret->value.as.list = &ret->slice;
        ret->state = SCANTLING_STATE_LINKED;
    }
}

static void
read_value(const struct scl_view *view, struct scl_node node, struct scl_reading *ret)
{
    const struct scl_field *row = scl_field(node.field);
    const struct scl_value *value;

    *ret = (struct scl_reading){ .state = SCANTLING_STATE_ABSENT };
    if (!scl_object_is_given(node.object)) {
        ret->value.field = node.field;
        ret->state = SCANTLING_STATE_UNKNOWN;
        return;
    }
    if (node.element) {
        read_member(view, node, ret);
        return;
    }
    ret->value.field = node.field;
    if (node.field == SCL_NONE) {
        ret->value.kind = SCL_KIND_OBJECT;
        ret->value.as.object = node.object;
        ret->value.origin = scl_document_object(view->document, node.object)->origin;
        ret->state = SCANTLING_STATE_DECLARED;
        return;
    }
    if (row->flags & SCL_FIELD_LINUX && is_foreign(view, node.object)) {
        ret->state = SCANTLING_STATE_NOT_APPLICABLE;
        return;
    }
    if (row->flags & SCL_FIELD_COMPUTED) {
        if (row->type == SCL_TYPE_PACKAGE || row->type == SCL_TYPE_ADDITION)
            read_of_command(view, node.object, node.field, ret);
        else if (row->type == SCL_TYPE_INSTRUCTION)
            read_held(view, node.object, node.field, ret);
        else
            read_neighbours(view, node.object, node.field == SCL_COMMAND_FOLLOWING, ret);
        return;
    }
    value = stored(view, node.object, node.field);
    if (value) {
        ret->value = *value;
        ret->state = value->state;
        if (ret->state == SCANTLING_STATE_DEFAULT)
            ret->default_of = value->flags & SCL_VALUE_ASSUMED
                                  ? scl_assumed_text(view->assumed, node.field)
                                  : family_of(view, node.object);
    } else if (row->flags & SCL_FIELD_LINK) {
        read_no_link(node, ret);
    } else {
        scl_default_read(family_of(view, node.object), node.field, ret);
    }
}

/* Nobody can say what a value is that seems unknown, only where it stands. */
static void
blank(struct scl_reading *ret)
{
    ret->state = SCANTLING_STATE_UNKNOWN;
    ret->value.kind = SCL_KIND_EMPTY;
    ret->value.flags = 0;
}

void
scl_view_read(const struct scl_view *view, struct scl_node node, struct scl_reading *ret)
{
    struct scl_node own = node;
    uint32_t from = scl_view_from(view, node.object);

    read_value(scl_view_at(view, &own), own, ret);
    if (from) {
        scl_view_adopt(view, from, &ret->value);
        ret->view = view;
        ret->from = from;
    }
    if (scl_view_blanks(view, node))
        blank(ret);
}

struct scl_node
scl_view_member(struct scl_node list, const struct scl_reading *reading, uint32_t element)
{
    struct scl_value item = scl_reading_item(reading, element - 1);

    if (item.kind == SCL_KIND_OBJECT)
        return (struct scl_node){ item.as.object, SCL_NONE, 0 };
    return (struct scl_node){ list.object, list.field, element };
}

unsigned
scl_view_type(const struct scl_view *view, struct scl_node node)
{
    if (node.field != SCL_NONE)
        return SCL_TYPE_NONE;
    return scl_view_object(view, node.object)->type;
}

struct scl_node
scl_view_parent(const struct scl_view *view, struct scl_node node)
{
    uint32_t from = scl_view_from(view, node.object);
    struct scl_node own = node;
    const struct scl_view *at;

    if (node.element)
        return (struct scl_node){ node.object, node.field, 0 };
    if (node.field != SCL_NONE)
        return (struct scl_node){ node.object, (uint16_t)scl_field_group(node.field), 0 };
    if (!scl_object_is_given(node.object))
        return (struct scl_node){ 0, SCL_NONE, 0 };
    at = scl_view_at(view, &own);
    own.object = scl_document_object(at->document, own.object)->parent;
    if (from && own.object)
        own.object = scl_view_renumber(view, from, own.object);
    return own;
}

/* Writing a scalar. */

static void
print_decimal(int64_t nano, struct scl_text *text)
{
    uint64_t size = nano < 0 ? 0 - (uint64_t)nano : (uint64_t)nano;
    char digits[16];
    int last = 9;

    scl_text_f(text, "%s%llu", nano < 0 ? "-" : "", (unsigned long long)(size / 1000000000));
    for (int i = 9; i > 0; i--, size /= 10)
        digits[i] = (char)('0' + size % 10);
    while (last > 0 && digits[last] == '0')
        last--;
    if (last > 0) {
        scl_text_char(text, '.');
        scl_text_add(text, scl_str_n(digits + 1, (size_t)last));
    }
}

void
scl_value_print(const struct scl_value *value, struct scl_text *text)
{
    switch (value->kind) {
    case SCL_KIND_BOOL:
        scl_text_c(text, value->as.number ? "true" : "false");
        break;
    case SCL_KIND_INT:
        scl_text_f(text, "%lld", (long long)value->as.number);
        break;
    case SCL_KIND_DECIMAL:
        print_decimal(value->as.number, text);
        break;
    case SCL_KIND_TEXT:
        scl_text_add(text, scl_value_text(value));
        break;
    default:
        break;
    }
}
