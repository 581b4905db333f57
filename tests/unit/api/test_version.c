/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_version.c: versions, and names of values
 */
#include "judged.h"

static void
the_library_is_as_new_as_its_header(void **state)
{
    (void)state;
    assert_string_equal(scantling_version(), SCANTLING_VERSION);
    assert_int_equal(scantling_api_level(), SCANTLING_API_LEVEL);
}

/* Every value that has a name, and no other: the values of each enumeration are in a range. */
static void
names_and_values_are_each_others_inverse(void **state)
{
    static const int expected[] = {
        [SCANTLING_ENUM_STATUS] = 8, [SCANTLING_ENUM_SEVERITY] = 6, [SCANTLING_ENUM_VERDICT] = 5,
        [SCANTLING_ENUM_STATE] = 8,  [SCANTLING_ENUM_OPTION] = 27,
    };

    (void)state;
    for (int32_t enumeration = 1; enumeration < (int32_t)COUNT(expected); enumeration++) {
        int named = 0;

        for (int32_t value = -10; value < 1000; value++) {
            const char *name = scantling_enum_name(enumeration, value);

            if (!name[0])
                continue;
            named++;
            check_number(scantling_enum_value(enumeration, name, strlen(name)), value, name);
            check_number(scantling_enum_value(enumeration, name, END), value, name);
        }
        check_number(named, expected[enumeration], "names of an enumeration");
    }
}

static void
names_are_constants_in_lower_case(void **state)
{
    (void)state;
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_STATUS, SCANTLING_STATUS_CANCELLED),
                        "cancelled");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_CRITICAL),
                        "critical");
    assert_string_equal(
        scantling_enum_name(SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_NOT_APPLICABLE),
        "not_applicable");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_STATE, SCANTLING_STATE_LINKED),
                        "linked");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_OPTION, SCANTLING_LIMIT_ENTRY_BYTES),
                        "entry_bytes");
}

static void
values_are_kept_in_their_own_types(void **state)
{
    scantling_severity severity = SCANTLING_SEVERITY_LOW;
    scantling_verdict verdict = SCANTLING_VERDICT_INCONCLUSIVE;

    (void)state;
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_SEVERITY, (int32_t)severity), "low");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_VERDICT, (int32_t)verdict),
                        "inconclusive");
}

static void
what_is_not_known_has_no_name_and_no_value(void **state)
{
    (void)state;
    assert_string_equal(scantling_enum_name(0, 1), "");
    assert_string_equal(scantling_enum_name(99, 1), "");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_SEVERITY, 41), "");
    assert_string_equal(scantling_enum_name(SCANTLING_ENUM_STATE, INT32_MIN), "");
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, "dire", END), -1);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, "HIGH", END), -1);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, "high", 3), -1);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, "highest", 4),
                     SCANTLING_SEVERITY_HIGH);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, "high\0", 5), -1);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, NULL, 0), -1);
    assert_int_equal(scantling_enum_value(SCANTLING_ENUM_SEVERITY, NULL, END), -1);
    assert_int_equal(scantling_enum_value(99, "high", END), -1);
}

/* A binding mirrors the structs: they have no padding, and the offsets of level 1 are for good. */
static void
structs_have_the_layout_that_bindings_mirror(void **state)
{
    (void)state;
    if (sizeof(void *) != 8)
        skip();
    assert_int_equal(sizeof(scantling_mark), 96);
    assert_int_equal(offsetof(scantling_mark, offset), 48);
    assert_int_equal(offsetof(scantling_mark, document), 80);
    assert_int_equal(offsetof(scantling_mark, state), 92);
    assert_int_equal(sizeof(scantling_finding), 152);
    assert_int_equal(offsetof(scantling_finding, offset), 80);
    assert_int_equal(offsetof(scantling_finding, policy), 112);
    assert_int_equal(offsetof(scantling_finding, fix_count), 148);
    assert_int_equal(sizeof(scantling_node), 8);
}

SUITE(
    CASE(the_library_is_as_new_as_its_header),
    CASE(names_and_values_are_each_others_inverse),
    CASE(names_are_constants_in_lower_case),
    CASE(values_are_kept_in_their_own_types),
    CASE(what_is_not_known_has_no_name_and_no_value),
    CASE(structs_have_the_layout_that_bindings_mirror))
