/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema.c: the types and fields of the common model, looked up
 *
 * Members are found by walking the few fields of one type: lengths differ before bytes are
 * compared. What is asked often (a policy's field names) is looked up once and kept by the asker.
 */
#include "document/schema.h"

#include "base/suggest.h"

#include <string.h>

static const struct scl_field fields[] = {
    [SCL_NONE] = { .kind = SCL_KIND_EMPTY, .path = { "", 0 }, .doc = "" },
#define F(type_, id, path_, kind_, of_, flags_, doc_) \
    [SCL_##type_##_##id] = { SCL_STR(path_), SCL_TYPE_##type_, SCL_KIND_##kind_, of_, flags_, \
                             doc_ },
    SCL_FIELDS(F)
#undef F
};

static const struct scl_type types[SCL_TYPE_COUNT] = {
    [SCL_TYPE_NONE] = { "", 0, 0, SCL_NONE, 0 },
#define T(id, name, first, last, key, flags) \
    [SCL_TYPE_##id] = { name, SCL_##first, SCL_##last - SCL_##first + 1, SCL_##key, flags },
    SCL_TYPES(T)
#undef T
};

const struct scl_type *
scl_type(unsigned type)
{
    return &types[type < SCL_TYPE_COUNT ? type : SCL_TYPE_NONE];
}

const struct scl_field *
scl_field(unsigned field)
{
    return &fields[field < SCL_FIELD_COUNT ? field : SCL_NONE];
}

unsigned
scl_type_find(struct scl_str name)
{
    for (unsigned type = 1; type < SCL_TYPE_COUNT; type++)
        if (scl_str_is(name, types[type].name))
            return type;
    return SCL_TYPE_NONE;
}

/* The part of a field's path below a group, with length 0 where the field is not right below it. */
static struct scl_str
member_name(const struct scl_field *field, struct scl_str group)
{
    struct scl_str name = field->path;

    if (group.len) {
        if (name.len <= group.len + 1 || name.at[group.len] != '.' || !scl_str_starts(name, group))
            return scl_str_n("", 0);
        name = scl_str_sub(name, group.len + 1, name.len);
    }
    return scl_str_find_char(name, '.') == SIZE_MAX ? name : scl_str_n("", 0);
}

unsigned
scl_field_find(unsigned type, unsigned group, struct scl_str name)
{
    const struct scl_type *row = scl_type(type);
    struct scl_str above = group ? scl_field(group)->path : scl_str_n("", 0);
    size_t length = name.len + (above.len ? above.len + 1 : 0);

    if (name.len == 0)
        return SCL_NONE;
    for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++)
        if (fields[field].path.len == length &&
            scl_str_same(member_name(&fields[field], above), name))
            return field;
    return SCL_NONE;
}

unsigned
scl_field_at_path(unsigned type, struct scl_str path)
{
    unsigned field = SCL_NONE;
    struct scl_str name;

    while (scl_str_cut(&path, '.', &name)) {
        const struct scl_field *at = scl_field(field);

        if (field && at->kind == SCL_KIND_GROUP)
            field = scl_field_find(type, field, name);
        else if (field && at->of < SCL_TYPE_COUNT && at->of != SCL_TYPE_NONE)
            field = scl_field_find(type = at->of, SCL_NONE, name);
        else
            field = field ? SCL_NONE : scl_field_find(type, SCL_NONE, name);
        if (!field)
            break;
    }
    return field;
}

struct scl_str
scl_field_name(unsigned field)
{
    struct scl_str path = scl_field(field)->path;
    size_t dot = scl_str_find_last(path, '.');

    return dot == SIZE_MAX ? path : scl_str_sub(path, dot + 1, path.len);
}

unsigned
scl_field_group(unsigned field)
{
    struct scl_str path = scl_field(field)->path;
    size_t dot = scl_str_find_last(path, '.');
    const struct scl_type *row = scl_type(scl_field(field)->type);

    if (dot == SIZE_MAX)
        return SCL_NONE;
    path = scl_str_sub(path, 0, dot);
    while (field > row->first)
        if (scl_str_same(fields[--field].path, path))
            return field;
    return SCL_NONE;
}

struct scl_str
scl_field_suggest(unsigned type, unsigned group, struct scl_str name)
{
    const struct scl_type *row = scl_type(type);
    struct scl_str above = group ? scl_field(group)->path : scl_str_n("", 0);
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++) {
        struct scl_str member = member_name(&fields[field], above);

        if (member.len)
            scl_suggest_offer(&suggest, member);
    }
    return suggest.best;
}

struct scl_str
scl_field_kind_name(unsigned field)
{
    const struct scl_field *row = scl_field(field);

    if (row->kind == SCL_KIND_LIST)
        return SCL_S("list");
    if (row->kind == SCL_KIND_MAP)
        return SCL_S("map");
    if (row->kind == SCL_KIND_OBJECT)
        return scl_str_c(scl_type(row->of)->name);
    if (field == SCL_IMAGE_BASE || field == SCL_CONTAINER_IMAGE)
        return SCL_S("reference");
    return scl_field_name(field);
}
