/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_layers.c: what a removal deletes of earlier layers, and what configures a command
 */
#include "dockerfile_cases.h"

#define DELETES(instruction, rest) "build.instructions[" #instruction "].removals[1].deletes" rest

static void
a_removal_knows_what_earlier_instructions_added_there(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCOPY x /a/b\nRUN rm /a/b\n", DELETES(3, "[1].path"), "/a/b", NULL },
        { "FROM a:1\nCOPY x /a/b\nRUN rm /a/b\n", DELETES(3, "[1].path@="), "2:8+4", NULL },
        { "FROM a:1\nCOPY x /a/b\nCOPY y /a/c\nRUN rm -r /a\n", DELETES(4, ""), "{2}", NULL },
        { "FROM a:1\nCOPY x /a/b\nCOPY y /a/c\nRUN rm /a/c\n", DELETES(4, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /a/b\nRUN rm -rf /a/*\n", DELETES(3, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /a/b\nRUN rm -rf /\n", DELETES(3, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /a/b/c\nRUN rm -rf /a/*/c\n", DELETES(3, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /a/b/d\nRUN rm -rf /a/*/c\n", DELETES(3, ""), "-", NULL },
        { "FROM a:1\nCOPY x /run/b\nRUN rm /var/run/b\n", DELETES(3, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /var/run/b\nRUN rm -r /run\n", DELETES(3, ""), "{1}", NULL },
        { "FROM a:1\nCOPY x /var/runner\nRUN rm -r /run\n", DELETES(3, ""), "-", NULL },
        { "FROM a:1\nCOPY x /ab\nRUN rm -r /a\n", DELETES(3, ""), "-", NULL },
        { "FROM a:1\nRUN echo > /a\nRUN rm /a\n", DELETES(3, "[1].how"), "redirect", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_the_same_instruction_added_or_a_later_one_adds_is_not_in_a_layer_before(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN echo > /a && rm /a\n", DELETES(2, ""), "-", NULL },
        { "FROM a:1\nRUN rm /a\nCOPY x /a\n", DELETES(2, ""), "-", NULL },
        { "FROM a:1\nONBUILD COPY x /a\nRUN rm /a\n", DELETES(4, ""), "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_was_removed_is_not_removed_again(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCOPY x /a\nRUN rm /a\nRUN rm /a\n", DELETES(4, ""), "-", NULL },
        { "FROM a:1\nCOPY x /a/b\nRUN rm /a/b\nRUN rm -r /a\n", DELETES(4, ""), "-", NULL },
        { "FROM a:1\nCOPY x /a\nRUN rm /a\nCOPY x /a\nRUN rm /a\n", DELETES(5, ""), "{1}", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_stage_sees_what_those_it_is_made_from_added_and_no_others(void **state)
{
    static const char forks[] = "FROM a:1 AS one\nCOPY x /a\nCOPY y /b\n"
                                "FROM one AS two\nRUN rm /a\nCOPY z /c\n"
                                "FROM one AS three\nRUN rm /a\nRUN rm /c\n"
                                "FROM two AS four\nRUN rm /a\nRUN rm /c\n"
                                "FROM a:1\nRUN rm /b\n";
    static const struct row rows[] = {
        { forks, DELETES(5, ""), "{1}", NULL },  { forks, DELETES(8, ""), "{1}", NULL },
        { forks, DELETES(9, ""), "-", NULL },    { forks, DELETES(11, ""), "-", NULL },
        { forks, DELETES(12, ""), "{1}", NULL }, { forks, DELETES(14, ""), "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_path_that_is_not_known_may_be_the_one(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nARG X\nCOPY x $X\nRUN rm /a\n", DELETES(4, "[1].path"), "?", NULL },
        { "FROM a:1\nARG X\nCOPY x $X\nCOPY x /a\nRUN rm /a\n", DELETES(5, ""), "{2}", NULL },
        { "FROM a:1\nCOPY x /a/*\nRUN rm /a/b\n", DELETES(3, ""), "{1}", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_package_command_knows_what_was_added_to_its_configuration(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCOPY x /etc/apt/apt.conf.d/\nRUN apt-get install -y b\n",
          "build.commands[1].configuration[1].path", "/etc/apt/apt.conf.d/x", NULL },
        { "FROM a:1\nRUN echo > /etc/apt/apt.conf && apt-get install -y b\n",
          "build.commands[2].configuration[1].command.name", "echo", NULL },
        { "FROM a:1\nRUN apt-get install -y b && echo > /etc/apt/apt.conf\n",
          "build.commands[1].configuration", "-", NULL },
        { "FROM a:1\nCOPY x /etc/apt/sources.list\nRUN apt-get install -y b\n",
          "build.commands[1].configuration", "-", NULL },
        { "FROM a:1\nCOPY x /etc/dnf/dnf.conf\nRUN dnf install -y b\n",
          "build.commands[1].configuration", "{1}", NULL },
        { "FROM a:1\nCOPY x /etc/dnf/dnf.conf\nRUN rm /etc/dnf/dnf.conf && dnf install -y b\n",
          "build.commands[2].configuration", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_stage_lists_what_its_own_instructions_add(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1 AS one\nCOPY x /a\nRUN echo > /b\nFROM one\nCOPY y /c\n",
          "build.stages[1].additions", "{2}", NULL },
        { "FROM a:1 AS one\nCOPY x /a\nRUN echo > /b\nFROM one\nCOPY y /c\n",
          "build.stages[2].additions[1].path", "/c", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
check_list(const struct scl_document *document, const char *path, uint32_t count, bool is_open)
{
    struct scl_node node = { .object = document->subjects.at[0].root };
    struct scl_reading reading;

    assert_true(scl_view_find(document->view, node, scl_str_c(path), &node));
    scl_view_read(document->view, node, &reading);
    assert_int_equal(reading.value.as.list ? reading.value.as.list->count : 0, count);
    assert_int_equal((reading.value.flags & SCL_VALUE_OPEN) != 0, is_open);
}

/* Each removal looks at every addition of an unknown path. */
static void
lists_are_open_where_a_file_asks_for_too_many(void **state)
{
    enum { SIDE = 700 };
    struct scl_text text;
    struct scl_document *document;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, "FROM a:1\nARG X\n");
    for (int i = 0; i < SIDE; i++)
        scl_text_c(&text, "COPY x $X\n");
    for (int i = 0; i < SIDE; i++)
        scl_text_f(&text, "RUN rm /a%d\n", i);
    document = read_dockerfile(scl_text_str(&text).at, NULL);
    check_list(document, "instructions[800].removals[1].deletes", SIDE, false);
    check_list(document, "instructions[1400].removals[1].deletes", 0, true);
    scl_document_unref(document);
    scl_text_finish(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_removal_knows_what_earlier_instructions_added_there),
        cmocka_unit_test(
            what_the_same_instruction_added_or_a_later_one_adds_is_not_in_a_layer_before),
        cmocka_unit_test(what_was_removed_is_not_removed_again),
        cmocka_unit_test(a_stage_sees_what_those_it_is_made_from_added_and_no_others),
        cmocka_unit_test(a_path_that_is_not_known_may_be_the_one),
        cmocka_unit_test(a_package_command_knows_what_was_added_to_its_configuration),
        cmocka_unit_test(a_stage_lists_what_its_own_instructions_add),
        cmocka_unit_test(lists_are_open_where_a_file_asks_for_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
