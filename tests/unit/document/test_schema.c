/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_schema.c: the types and fields of the common model, looked up
 */
#include "../test.h"

#include "document/schema.h"

static void
the_fields_of_a_type_stand_in_a_row(void **state)
{
    unsigned next = 1;

    (void)state;
    for (unsigned field = 1; field < SCL_FIELD_COUNT; field++) {
        const struct scl_type *type = scl_type(scl_field(field)->type);

        assert_true(field >= type->first && field < (unsigned)type->first + type->count);
        if (field == type->first)
            check_number(field, next, type->name);
        if (field + 1u == (unsigned)type->first + type->count)
            next = field + 1;
    }
    check_number(next, SCL_FIELD_COUNT, "every field has a type");
}

static void
every_field_has_a_name_of_its_own_and_a_doc(void **state)
{
    (void)state;
    for (unsigned field = 1; field < SCL_FIELD_COUNT; field++) {
        const struct scl_field *row = scl_field(field);

        assert_true(row->doc[0] != '\0');
        check_number(scl_field_find(row->type, scl_field_group(field), scl_field_name(field)),
                     field, row->path.at);
        check_number(scl_field_at_path(row->type, row->path), field, row->path.at);
    }
}

static void
a_group_stands_before_its_members(void **state)
{
    (void)state;
    for (unsigned field = 1; field < SCL_FIELD_COUNT; field++) {
        bool is_nested = scl_str_find_char(scl_field(field)->path, '.') != SIZE_MAX;
        unsigned group = scl_field_group(field);

        check_number(group != SCL_NONE, is_nested, scl_field(field)->path.at);
        if (group)
            check_number(scl_field(group)->kind, SCL_KIND_GROUP, scl_field(group)->path.at);
    }
}

static void
paths_cross_lists(void **state)
{
    static const struct { unsigned type; const char *path; unsigned field; } rows[] = {
        { SCL_TYPE_CONTAINER, "user.is_root", SCL_CONTAINER_USER_IS_ROOT },
        { SCL_TYPE_CONTAINER, "mounts.source", SCL_MOUNT_SOURCE },
        { SCL_TYPE_CONTAINER, "mounts", SCL_CONTAINER_MOUNTS },
        { SCL_TYPE_BUILD, "stages.base.tag", SCL_REFERENCE_TAG },
        { SCL_TYPE_CONTAINER, "user.isroot", SCL_NONE },
        { SCL_TYPE_CONTAINER, "privileged.x", SCL_NONE },
        { SCL_TYPE_CONTAINER, "", SCL_NONE },
        { SCL_TYPE_IMAGE, "privileged", SCL_NONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(scl_field_at_path(rows[i].type, scl_str_c(rows[i].path)), rows[i].field,
                     rows[i].path);
}

static void
a_mistyped_field_gets_a_suggestion(void **state)
{
    (void)state;
    check_text(scl_field_suggest(SCL_TYPE_CONTAINER, SCL_CONTAINER_USER, SCL_S("isroot")),
               "is_root", "in a group");
    check_text(scl_field_suggest(SCL_TYPE_CONTAINER, SCL_NONE, SCL_S("privilegd")), "privileged",
               "in a type");
    check_text(scl_field_suggest(SCL_TYPE_CONTAINER, SCL_NONE, SCL_S("nonsense")), "", "none");
}

static void
types_are_found_by_their_names(void **state)
{
    (void)state;
    for (unsigned type = 1; type < SCL_TYPE_COUNT; type++)
        check_number(scl_type_find(scl_str_c(scl_type(type)->name)), type, scl_type(type)->name);
    check_number(scl_type_find(SCL_S("pod")), SCL_TYPE_NONE, "no type");
    check_text(scl_field_kind_name(SCL_CONTAINER_MOUNTS), "list", "a list");
    check_text(scl_field_kind_name(SCL_IMAGE_BASE), "reference", "a reference");
    check_text(scl_field_kind_name(SCL_IMAGE_USER), "user", "a group");
}

SUITE(
    CASE(the_fields_of_a_type_stand_in_a_row),
    CASE(every_field_has_a_name_of_its_own_and_a_doc),
    CASE(a_group_stands_before_its_members),
    CASE(paths_cross_lists),
    CASE(a_mistyped_field_gets_a_suggestion),
    CASE(types_are_found_by_their_names))
