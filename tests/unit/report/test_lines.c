/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lines.c: reports of a line or two each: jsonl and values
 */
#include "judged.h"

#include <jansson.h>

static const struct given_file two[] = {
    { "a/Dockerfile", "FROM a:1\nENV TOKEN=hunter2hunter2\nUSER root\n" },
    { "b/Dockerfile", "FROM a:1\nARG WHO\nUSER $WHO\n" },
};

static const char reads_user[] =
    POLICY("acme/user", "info", "subjects = { \"image\" }",
           "report(node, \"is root: %s\", tostring(node.user.is_root))");
static const char reads_secret[] =
    POLICY("acme/secret", "info", "subjects = { \"image\" }",
           "report(node, \"%s\", node.env[1].value)");
static const char errs[] =
    POLICY("acme/errs", "info", "subjects = { \"image\" }", "report(node, \"%s\", node.usr)");

/* ---- values ---- */

static void
check_values(const struct given_file *files, size_t count, const char *policy, const char *format,
             const char *expected)
{
    struct scl_text out = test_report(files, count, &policy, 1, format);

    check_text(scl_text_str(&out), expected, format);
    scl_text_finish(&out);
}

static void
a_value_has_a_line_and_what_it_rests_on(void **state)
{
    (void)state;
    check_values(two, 2, reads_user, "values",
                 "a/Dockerfile:1:1: image final: is root: true\n"
                 "   = because  user.is_root: true, derived from user.raw: root, a/Dockerfile:3:6\n"
                 "b/Dockerfile:1:1: image final: not known\n"
                 "   = missing  user.is_root: $WHO holds what nothing given sets\n"
                 "   = help     --build-arg NAME=VALUE gives an ARG its value\n");
}

static void
colour_is_for_what_is_no_value(void **state)
{
    (void)state;
    check_values(two + 1, 1, reads_user, "values color width=1000",
                 "b/Dockerfile:1:1: image final: \033[35mnot known\033[0m\n"
                 "   \033[34m=\033[0m \033[1mmissing\033[0m  user.is_root: $WHO holds what nothing"
                 " given sets\n"
                 "   \033[34m=\033[0m \033[32mhelp\033[0m     --build-arg NAME=VALUE gives an ARG"
                 " its value\n");
}

static void
values_that_are_secret_stay_so(void **state)
{
    (void)state;
    check_values(two, 1, reads_secret, "values",
                 "a/Dockerfile:1:1: image final: ********\n"
                 "   = because  env[1].value: ********, a/Dockerfile:2:11\n");
}

static void
an_error_names_what_is_wrong_and_what_may_be_meant(void **state)
{
    (void)state;
    check_values(two, 1, errs, "values",
                 "a/Dockerfile:1:1: image final: error: image has no field 'usr'\n"
                 "   = help     did you mean 'user'?\n");
}

static void
what_was_not_understood_is_said(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a:1\nRUNN x\nUSER 1\n" };

    (void)state;
    check_values(&file, 1, reads_user, "values",
                 "Dockerfile:1:1: image final: is root: false\n"
                 "   = because  user.is_root: false, derived from user.raw: 1, Dockerfile:3:6\n"
                 "Dockerfile:2:1: error: unknown instruction RUNN [SL9001 parse-error]\n");
}

/* ---- jsonl ---- */

/* The object of a line, which must begin with its type. */
static json_t *
line_object(struct scl_str line)
{
    json_t *object = json_loadb(line.at, line.len, 0, NULL);

    assert_true(scl_str_starts(line, SCL_S("{\"type\": \"")));
    assert_non_null(object);
    return object;
}

static void
lines_are_the_parts_of_the_json_report(void **state)
{
    static const char *const arrays[] = { "documents", "findings", "policies" };
    static const char *const policy[] = { reads_user };
    struct scl_text lines = test_report(two, 2, policy, 1, "jsonl");
    struct scl_text whole = test_report(two, 2, policy, 1, "json");
    json_t *root = json_loadb(whole.at, whole.len, 0, NULL), *object;
    struct scl_str rest = scl_text_str(&lines), line;

    (void)state;
    assert_non_null(root);
    assert_true(scl_str_cut(&rest, '\n', &line));
    object = line_object(line);
    assert_string_equal(json_string_value(json_object_get(object, "type")), "evaluation");
    assert_true(
        json_equal(json_object_get(object, "scantling"), json_object_get(root, "scantling")));
    json_object_del(object, "scantling");
    json_object_del(object, "type");
    assert_true(json_equal(object, json_object_get(root, "evaluation")));
    json_decref(object);
    for (size_t i = 0; i < COUNT(arrays); i++) {
        json_t *array = json_object_get(root, arrays[i]);

        assert_true(json_array_size(array) > 0);
        for (size_t at = 0; at < json_array_size(array); at++) {
            assert_true(scl_str_cut(&rest, '\n', &line));
            object = line_object(line);
            json_object_del(object, "type");
            assert_true(json_equal(object, json_array_get(array, at)));
            json_decref(object);
        }
    }
    assert_true(scl_str_cut(&rest, '\n', &line));
    object = line_object(line);
    assert_string_equal(json_string_value(json_object_get(object, "type")), "summary");
    json_object_del(object, "type");
    assert_true(json_equal(object, json_object_get(root, "summary")));
    json_decref(object);
    check_number(rest.len, 0, "the summary is the last line");
    json_decref(root);
    scl_text_finish(&lines);
    scl_text_finish(&whole);
}

SUITE(CASE(a_value_has_a_line_and_what_it_rests_on), CASE(colour_is_for_what_is_no_value),
      CASE(values_that_are_secret_stay_so),
      CASE(an_error_names_what_is_wrong_and_what_may_be_meant),
      CASE(what_was_not_understood_is_said), CASE(lines_are_the_parts_of_the_json_report))
