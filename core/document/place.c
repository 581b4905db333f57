/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.c: nodes of a view, by path, by place and by number
 *
 * A path names a node below its subject; a place is where the input writes it. What is absent has
 * the place of its nearest existing parent, which the format may know better than the model: the
 * map in which the key would stand.
 */
#include "document/joint.h"

#include <string.h>

enum { FOLLOWED = 4 }; /* steps from what is derived to what it follows from */

/* Paths. */

static uint32_t
find_entry(const struct scl_list *map, struct scl_str key)
{
    if (map->index) {
        const struct scl_map_entry *entry = scl_map_find(map->index, key);

        return entry ? (uint32_t)entry->value + 1 : 0;
    }
    for (uint32_t i = 0; i < map->count; i++)
        if (scl_str_same(map->keys[i], key))
            return i + 1;
    return 0;
}

/* The member of a list whose key column is `key`. */
static uint32_t
find_by_key(const struct scl_view *view, struct scl_node node, const struct scl_reading *list,
            struct scl_str key)
{
    const struct scl_type *type = scl_type(scl_field(list->value.field)->of);
    struct scl_reading column;

    for (uint32_t i = 0; type->key && i < list->value.as.list->count; i++) {
        struct scl_node member = scl_view_member(node, list, i + 1);

        member.field = type->key;
        scl_view_read(view, member, &column);
        if (column.value.kind == SCL_KIND_TEXT && scl_str_same(scl_value_text(&column.value), key))
            return i + 1;
    }
    return 0;
}

/* Cuts `[KEY]` off the start of the path; it ends at a `]` with nothing, `.` or `[` behind it. */
static bool
cut_key(struct scl_str *path, struct scl_str *ret_key)
{
    for (size_t i = 1; i < path->len; i++) {
        if (path->at[i] != ']')
            continue;
        if (i + 1 == path->len || path->at[i + 1] == '.' || path->at[i + 1] == '[') {
            *ret_key = scl_str_sub(*path, 1, i - 1);
            *path = scl_str_sub(*path, i + 1, path->len);
            return true;
        }
    }
    return false;
}

static bool
step_into_list(const struct scl_view *view, struct scl_node *node, struct scl_str *path)
{
    struct scl_reading list;
    struct scl_str key;
    int64_t position;
    uint32_t element;

    scl_view_read(view, *node, &list);
    if (!cut_key(path, &key) ||
        (list.value.kind != SCL_KIND_LIST && list.value.kind != SCL_KIND_MAP))
        return false;
    if (list.value.kind == SCL_KIND_MAP)
        element = find_entry(list.value.as.list, key);
    else if (scl_str_int(key, &position))
        element = position > 0 && position <= list.value.as.list->count ? (uint32_t)position : 0;
    else
        element = find_by_key(view, *node, &list, key);
    if (!element)
        return false;
    *node = scl_view_member(*node, &list, element);
    return true;
}

static bool
step_into_field(const struct scl_view *view, struct scl_node *node, struct scl_str *path)
{
    unsigned type = scl_view_object(view, node->object)->type;
    struct scl_reading reading;
    size_t end = 0;
    unsigned field;

    if (node->element || (node->field && scl_field(node->field)->kind != SCL_KIND_GROUP))
        return false;
    while (end < path->len && path->at[end] != '.' && path->at[end] != '[')
        end++;
    field = scl_field_find(type, node->field, scl_str_sub(*path, 0, end));
    *path = scl_str_sub(*path, end, path->len);
    if (!field)
        return false;
    *node = (struct scl_node){ node->object, (uint16_t)field, 0 };
    if (scl_field(field)->kind != SCL_KIND_OBJECT)
        return true;
    scl_view_read(view, *node, &reading);
    if (reading.value.kind == SCL_KIND_OBJECT)
        *node = (struct scl_node){ reading.value.as.object, SCL_NONE, 0 };
    else if (path->len)
        *node = (struct scl_node){ scl_field(field)->of, SCL_NONE, 0 };
    return true;
}

bool
scl_view_find(const struct scl_view *view, struct scl_node from, struct scl_str path,
              struct scl_node *ret)
{
    while (path.len) {
        if (path.at[0] == '[') {
            if (!step_into_list(view, &from, &path))
                return false;
        } else if (!step_into_field(view, &from, &path)) {
            return false;
        }
        if (path.len && path.at[0] == '.') {
            path = scl_str_sub(path, 1, path.len);
            if (!path.len)
                return false;
        }
    }
    *ret = from;
    return true;
}

/* The first link of the view that leads to a subject of another document, else what that is. */
static void
write_link_path(const struct scl_view *view, uint32_t root, struct scl_text *text)
{
    for (uint32_t i = 0, position = 1; i < view->links.count; i++) {
        const struct scl_link *link = &view->links.at[i];

        if (scl_joint_object(view, link->document, link->object) == root) {
            scl_text_add(text, scl_field(link->field)->path);
            if (scl_field(link->field)->kind == SCL_KIND_LIST)
                scl_text_f(text, "[%u]", (unsigned)position);
            return;
        }
        position = i + 1 < view->links.count && link[1].root == link->root &&
                           link[1].field == link->field
                       ? position + 1
                       : 1;
    }
    scl_text_c(text, scl_type(scl_view_object(view, root)->type)->name);
}

static void
write_object_path(const struct scl_view *view, uint32_t at, struct scl_text *text)
{
    const struct scl_object *object = scl_view_object(view, at);
    struct scl_node parent = scl_view_parent(view, (struct scl_node){ at, SCL_NONE, 0 });

    if (!scl_object_is_given(at)) {
        scl_text_add(text, scl_field(at - SCL_OBJECT_NOT_GIVEN)->path);
        return;
    }
    if (!object->parent) {
        if (at >= SCL_OBJECT_FOREIGN)
            write_link_path(view, at, text);
        return;
    }
    write_object_path(view, parent.object, text);
    if (text->len)
        scl_text_char(text, '.');
    scl_text_add(text, scl_field(object->field)->path);
    if (object->position)
        scl_text_f(text, "[%u]", (unsigned)object->position);
}

void
scl_view_path(const struct scl_view *view, struct scl_node node, struct scl_text *text)
{
    struct scl_reading list;
    size_t before = text->len;

    write_object_path(view, node.object, text);
    if (node.field && text->len > before)
        scl_text_char(text, '.');
    scl_text_add(text, scl_field(node.field)->path);
    if (!node.element)
        return;
    scl_view_read(view, (struct scl_node){ node.object, node.field, 0 }, &list);
    if (list.value.kind == SCL_KIND_MAP && node.element <= list.value.as.list->count)
        scl_text_f(text, "[%.*s]", SCL_ARG(list.value.as.list->keys[node.element - 1]));
    else
        scl_text_f(text, "[%u]", (unsigned)node.element);
}

/* Places. */

/* The origin of a value, or of what it follows from; false where none is written anywhere. */
static bool
written_origin(const struct scl_view *view, const struct scl_value *value, struct scl_origin *ret)
{
    struct scl_reading source = { .value = *value };

    *ret = scl_view_origin(view, value);
    for (int i = 0; i < FOLLOWED && ret->from_field != SCL_NONE; i++) {
        struct scl_node node = { ret->from_object, (uint16_t)ret->from_field, 0 };

        scl_view_read(view, node, &source);
        *ret = scl_view_origin(view, &source.value);
    }
    return ret->from_field == SCL_NONE && source.value.origin;
}

bool
scl_view_is_linked(const struct scl_view *view, const struct scl_origin *origin)
{
    return origin->file >= SCL_FILE_FOREIGN ||
           (view->document->first_linked && origin->file >= view->document->first_linked);
}

/* Whether an origin is in another document; a quote is where it is brought in. */
static bool
is_elsewhere(const struct scl_view *view, const struct scl_origin *origin)
{
    return scl_view_is_linked(view, origin) &&
           (origin->file >= SCL_FILE_FOREIGN ||
            !scl_document_quote(view->document, (uint16_t)origin->file));
}

static bool
object_origin(const struct scl_view *view, uint32_t object, struct scl_origin *ret)
{
    const struct scl_object *at = scl_document_object(view->document, object);

    while (at->parent &&
           (!at->origin || is_elsewhere(view, scl_document_origin(view->document, at->origin))))
        at = scl_document_object(view->document, at->parent);
    *ret = *scl_document_origin(view->document, at->origin);
    return at->origin != 0;
}

static bool
own_origin(const struct scl_view *view, struct scl_node node, struct scl_origin *ret)
{
    struct scl_reading reading;

    if (node.field == SCL_NONE) {
        const struct scl_object *object = scl_document_object(view->document, node.object);

        *ret = *scl_document_origin(view->document, object->origin);
        return object->origin != 0;
    }
    scl_view_read(view, node, &reading);
    return reading.value.origin && written_origin(view, &reading.value, ret);
}

struct scl_origin
scl_view_outside(const struct scl_view *view, struct scl_origin origin, bool of_value)
{
    const struct scl_quote *quote =
        origin.file < SCL_FILE_FOREIGN ? scl_document_quote(view->document, (uint16_t)origin.file)
                                       : NULL;

    if (quote)
        origin = *scl_document_origin(view->document, of_value ? quote->said : quote->place);
    return origin;
}

struct scl_str
scl_view_written(const struct scl_view *view, struct scl_node node)
{
    const struct scl_view *at = scl_view_at(view, &node);
    struct scl_origin origin;

    if (!scl_object_is_given(node.object) || !own_origin(at, node, &origin))
        return (struct scl_str){ 0 };
    return scl_source_text(scl_view_file(at, origin.file), origin.value);
}

struct scl_str
scl_view_raw(const struct scl_view *view, struct scl_node node)
{
    struct scl_str text = scl_view_written(view, node);
    const struct scl_document *d = scl_view_at(view, &node)->document;
    bool is_copied = d->is_copy && text.at >= d->files[0].text.at &&
                     text.at <= d->files[0].text.at + d->files[0].text.len;

    return is_copied ? (struct scl_str){ 0 } : text;
}

/* The place of a node of the document itself. */
static struct scl_origin
place_of(const struct scl_view *view, struct scl_node node, bool of_value, bool *ret_exact)
{
    struct scl_origin origin = { 0 };
    bool exact = own_origin(view, node, &origin);

    /* What another document says is evidence there, and a finding about it is one here. */
    if (exact && !of_value && is_elsewhere(view, &origin))
        exact = false;
    if (ret_exact)
        *ret_exact = exact;
    if (!exact) {
        unsigned group = node.field;

        if (node.element)
            return place_of(view, scl_view_parent(view, node), false, NULL);
        while (!exact && group && (group = scl_field_group(group)) != SCL_NONE)
            exact = own_origin(view, (struct scl_node){ node.object, (uint16_t)group, 0 },
                               &origin) &&
                    !is_elsewhere(view, &origin);
        if (!exact && (!view->document->absent_place ||
                       !view->document->absent_place(view->document, node.object, node.field,
                                                     &origin)))
            object_origin(view, node.object, &origin);
        of_value = false;
    }
    origin = scl_view_outside(view, origin, of_value);
    if (of_value)
        origin.place = origin.value;
    return origin;
}

struct scl_origin
scl_view_place(const struct scl_view *view, struct scl_node node, bool of_value, bool *ret_exact)
{
    uint32_t from = scl_view_from(view, node.object);
    const struct scl_view *at = scl_view_at(view, &node);

    if (!scl_object_is_given(node.object)) {
        if (ret_exact)
            *ret_exact = false;
        return (struct scl_origin){ .file = 0 };
    }
    return scl_view_adopt_origin(view, from, place_of(at, node, of_value, ret_exact));
}

/* Numbers. */

enum { ELEMENT_BITS = 24 };

uint64_t
scl_node_pack(struct scl_node node, uint32_t root)
{
    uint64_t object = node.object == root ? 0 : node.object;

    return object << (ELEMENT_BITS + SCL_FIELD_BITS) | (uint64_t)node.field << ELEMENT_BITS |
           node.element;
}

struct scl_node
scl_node_unpack(uint64_t number, uint32_t root)
{
    uint32_t object = (uint32_t)(number >> (ELEMENT_BITS + SCL_FIELD_BITS));

    return (struct scl_node){
        object ? object : root,
        (uint16_t)(number >> ELEMENT_BITS & ((1u << SCL_FIELD_BITS) - 1)),
        (uint32_t)(number & ((1u << ELEMENT_BITS) - 1)),
    };
}
