/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_report.c: what was found, as it is read, merged and rendered
 */
#include "judged.h"

static const char root_policy[] =
    POLICY(ON_IMAGE, "if node.user.is_root then report(node.user, \"starts as root\") end");

static scantling_project *
test_project(const char *first, const char *second)
{
    scantling_engine *engine = test_engine(root_policy);
    scantling_document *documents[2];
    scantling_project *project;

    documents[0] = test_read("a/Dockerfile", first);
    documents[1] = test_read("b/Dockerfile", second);
    project = scantling_project_new(engine, documents, 2, NULL);
    assert_non_null(project);
    scantling_document_unref(documents[0]);
    scantling_document_unref(documents[1]);
    scantling_engine_unref(engine);
    return project;
}

static void
no_report_reads_as_nothing(void **state)
{
    scantling_error *error = NULL;
    scantling_finding found;
    scantling_mark mark;

    (void)state;
    assert_null(scantling_report_ref(NULL));
    scantling_report_unref(NULL);
    assert_int_equal(scantling_report_number(NULL, SCANTLING_NUMBER_FINDINGS), 0);
    assert_int_equal(scantling_report_findings(NULL, 0, &found, sizeof found, 1), 0);
    assert_int_equal(scantling_report_marks(NULL, 0, 0, &mark, sizeof mark, 1), 0);
    assert_null(scantling_report_render(NULL, "json", END, &error));
    check_error(&error, ARGUMENT, "report is NULL");
}

static void
a_finding_has_all_its_parts(void **state)
{
    scantling_report *report = test_report(root_policy, "FROM a:1\nUSER root\n");
    scantling_finding found;

    (void)state;
    memset(&found, 0xAA, sizeof found);
    assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
    assert_string_equal(found.code, "acme/one");
    assert_int_equal(found.code_length, 8);
    assert_string_equal(found.message, "starts as root");
    assert_int_equal(found.message_length, 14);
    assert_string_equal(found.reason, "");
    assert_int_equal(found.reason_length, 0);
    assert_int_equal(found.fingerprint_length, 16);
    assert_int_equal(strlen(found.fingerprint), 16);
    assert_string_equal(found.path, "Dockerfile");
    assert_int_equal(found.path_length, 10);
    assert_int_equal(found.offset, 9);
    assert_int_equal(found.length, 9);
    assert_int_equal(found.line, 2);
    assert_int_equal(found.column, 1);
    assert_int_equal(found.end_line, 2);
    assert_int_equal(found.end_column, 10);
    assert_int_equal(found.policy, 0);
    assert_int_equal(found.document, 0);
    assert_int_equal(found.subject, 1);
    assert_int_equal(found.verdict, SCANTLING_VERDICT_FAIL);
    assert_int_equal(found.severity, SCANTLING_SEVERITY_MEDIUM);
    assert_int_equal(found.confidence, 30);
    assert_int_equal(found.suppression, 0);
    assert_int_equal(found.limit, 0);
    assert_int_equal(found.fix_count, 0);
    assert_true(found.mark_count > 0);
    scantling_report_unref(report);
}

static void
evidence_names_the_value_and_its_place(void **state)
{
    scantling_report *report = test_report(root_policy, "FROM a:1\nUSER root\n");
    scantling_finding found;
    scantling_mark marks[8];
    size_t count;

    (void)state;
    scantling_report_findings(report, 0, &found, sizeof found, 1);
    count = scantling_report_marks(report, 0, 0, marks, sizeof marks[0], COUNT(marks));
    assert_int_equal(count, found.mark_count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(marks[i].kind, SCANTLING_MARK_EVIDENCE);
        assert_int_equal(marks[i].field[marks[i].field_length], '\0');
        assert_int_equal(marks[i].text[marks[i].text_length], '\0');
    }
    assert_int_equal(scantling_report_marks(report, 0, count, marks, sizeof marks[0], 1), 0);
    assert_int_equal(scantling_report_marks(report, 1, 0, marks, sizeof marks[0], 1), 0);
    assert_int_equal(scantling_report_marks(report, SIZE_MAX, 0, marks, sizeof marks[0], 1), 0);
    assert_int_equal(scantling_report_marks(report, 0, SIZE_MAX, marks, sizeof marks[0], 1), 0);
    assert_int_equal(scantling_report_marks(report, 0, 0, NULL, sizeof marks[0], 1), 0);
    assert_int_equal(scantling_report_marks(report, 0, 0, marks, sizeof marks[0] - 1, 1), 0);
    scantling_report_unref(report);
}

static void
findings_of_other_sizes_are_filled_as_far_as_they_go(void **state)
{
    scantling_report *report = test_report(
        POLICY(ON_BUILD ", on = \"instruction\"", "report(node, \"%s\", node.name)"),
        "FROM a:1\nUSER b\nUSER c\n");
    struct {
        scantling_finding finding;
        uint64_t later[3];
    } longer[3];
    scantling_finding found[3];

    (void)state;
    memset(longer, 0xAA, sizeof longer);
    assert_int_equal(scantling_report_findings(report, 0, found, sizeof found[0], 3), 3);
    assert_int_equal(scantling_report_findings(report, 0, &longer[0].finding, sizeof longer[0], 9),
                     3);
    for (int i = 0; i < 3; i++) {
        assert_memory_equal(&longer[i].finding, &found[i], sizeof found[i]);
        assert_int_equal(longer[i].later[0] | longer[i].later[2], 0);
    }
    assert_int_equal(scantling_report_findings(report, 2, found, sizeof found[0], 3), 1);
    assert_int_equal(found[0].line, 3);
    assert_int_equal(scantling_report_findings(report, 3, found, sizeof found[0], 3), 0);
    assert_int_equal(scantling_report_findings(report, SIZE_MAX, found, sizeof found[0], 3), 0);
    assert_int_equal(scantling_report_findings(report, 0, found, sizeof found[0], 0), 0);
    assert_int_equal(scantling_report_findings(report, 0, NULL, sizeof found[0], 3), 0);
    assert_int_equal(scantling_report_findings(report, 0, found, sizeof found[0] - 8, 3), 0);
    assert_int_equal(scantling_report_findings(report, 0, found, 0, 3), 0);
    scantling_report_unref(report);
}

static void
numbers_tell_what_was_judged(void **state)
{
    static const struct {
        int32_t number;
        int64_t expected;
    } rows[] = {
        { SCANTLING_NUMBER_DOCUMENTS, 2 },
        { SCANTLING_NUMBER_SUBJECTS, 4 },
        { SCANTLING_NUMBER_POLICIES, 1 },
        { SCANTLING_NUMBER_FINDINGS, 2 },
        { SCANTLING_NUMBER_FAIL, 1 },
        { SCANTLING_NUMBER_INCONCLUSIVE, 1 },
        { SCANTLING_NUMBER_ERROR, 0 },
        { SCANTLING_NUMBER_SUPPRESSED, 0 },
        { SCANTLING_NUMBER_DROPPED, 0 },
        { SCANTLING_NUMBER_WORST_SEVERITY, SCANTLING_SEVERITY_MEDIUM },
        { SCANTLING_NUMBER_BAD_INPUTS, 1 },
        { SCANTLING_NUMBER_PASS, 0 },
        { SCANTLING_NUMBER_NOT_APPLICABLE, 0 },
        { 0, -1 },
        { 15, -1 },
        { -7, -1 },
    };
    scantling_engine *engine = test_engine(root_policy);
    scantling_document *documents[2];
    scantling_report *report;

    (void)state;
    documents[0] = test_read("a/Dockerfile", "FROM a:1\nUSER root\nUSRE x\n");
    documents[1] = test_read("b/Dockerfile", "FROM a:1\nARG V\nUSER $V\n");
    report = scantling_engine_evaluate(engine, documents, 2, NULL);
    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(scantling_report_number(report, rows[i].number), rows[i].expected,
                     "a number of the report");
    assert_true(scantling_report_number(report, SCANTLING_NUMBER_STEPS) > 0);
    scantling_report_unref(report);
    scantling_document_unref(documents[0]);
    scantling_document_unref(documents[1]);
    scantling_engine_unref(engine);
}

/* ---- merging ---- */

static void
the_order_of_parts_does_not_matter(void **state)
{
    static const int orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 2, 0 } };
    scantling_project *project = test_project("FROM a:1\nUSER root\n", "FROM a:1\nUSER 0\n");
    scantling_report *parts[3];
    struct scl_str first = { "", 0 };

    for (size_t i = 0; i < 3; i++)
        parts[i] = scantling_project_judge(project, i, NULL);
    for (size_t i = 0; i < COUNT(orders); i++) {
        scantling_report *given[3] = { parts[orders[i][0]], parts[orders[i][1]],
                                       parts[orders[i][2]] };
        scantling_report *merged = scantling_report_merge(given, 3, NULL);
        struct scl_str text =
            test_buffer(state, scantling_report_render(merged, "json", END, NULL));

        if (first.len)
            check_text(text, first.at, "another order");
        first = text;
        scantling_report_unref(merged);
    }
    for (size_t i = 0; i < 3; i++)
        scantling_report_unref(parts[i]);
    scantling_project_unref(project);
}

static void
parts_may_be_left_out_and_merged_again(void **state)
{
    scantling_project *project = test_project("FROM a:1\nUSER root\n", "FROM a:1\nUSER 0\n");
    scantling_report *parts[2], *first, *both;

    parts[0] = scantling_project_judge(project, 0, NULL);
    parts[1] = scantling_project_judge(project, 1, NULL);
    first = scantling_report_merge(&parts[0], 1, NULL);
    check_number(scantling_report_number(first, SCANTLING_NUMBER_DOCUMENTS), 1, "one part");
    scantling_report_unref(parts[0]);
    parts[0] = first;
    both = scantling_report_merge(parts, 2, NULL);
    assert_non_null(both);
    scantling_report_unref(parts[0]);
    scantling_report_unref(parts[1]);
    scantling_project_unref(project);
    check_text(test_findings(state, both),
               "fail 2:1 starts as root\nfail 2:1 starts as root\n", "both, and their parts gone");
    scantling_report_unref(both);
}

static void
what_does_not_belong_together_is_not_merged(void **state)
{
    scantling_project *project = test_project("FROM a:1\n", "FROM a:1\n");
    scantling_project *other = test_project("FROM a:1\n", "FROM a:1\n");
    scantling_report *one = scantling_project_judge(project, 0, NULL);
    scantling_report *same = scantling_project_judge(project, 0, NULL);
    scantling_report *foreign = scantling_project_judge(other, 1, NULL);
    scantling_report *pair[2] = { one, NULL };
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_report_merge(pair, 2, &error));
    check_error(&error, ARGUMENT, "report 1 is NULL");
    pair[1] = one;
    assert_null(scantling_report_merge(pair, 2, &error));
    check_error(&error, ARGUMENT, "index 0 was judged twice");
    pair[1] = same;
    assert_null(scantling_report_merge(pair, 2, &error));
    check_error(&error, ARGUMENT, "index 0 was judged twice");
    pair[1] = foreign;
    assert_null(scantling_report_merge(pair, 2, &error));
    check_error(&error, ARGUMENT, "reports of different projects do not merge");
    assert_null(scantling_report_merge(pair, 0, &error));
    check_error(&error, ARGUMENT, "there is no report to merge");
    assert_null(scantling_report_merge(NULL, 0, &error));
    check_error(&error, ARGUMENT, "reports is NULL");
    scantling_report_unref(one);
    scantling_report_unref(same);
    scantling_report_unref(foreign);
    scantling_project_unref(project);
    scantling_project_unref(other);
}

/* ---- rendering ---- */

static void
every_format_renders_the_same_bytes_every_time(void **state)
{
    static const char *const formats[] = {
        "text", "text width=60 color links ascii suppressed verbose", "text quiet", "short",
        "json", "text fail-on=high",
    };

    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_str first = { "", 0 };

        for (int again = 0; again < 3; again++) {
            scantling_report *report =
                test_report(root_policy, "FROM a:1\nENV A=b\nUSER root\nUSRE x\n");
            struct scl_str text =
                test_buffer(state, scantling_report_render(report, formats[i], END, NULL));

            assert_true(text.len > 0);
            if (first.len)
                check_text(text, first.at, formats[i]);
            first = text;
            scantling_report_unref(report);
        }
    }
}

static void
unknown_formats_and_options_are_named(void **state)
{
    static const char *const wrong[] = { "jsn", "", "text wdth=80", "text width=no",
                                         "text fail-on=dire", "text width=1", "json x" };
    scantling_report *report = test_report(root_policy, "FROM a:1\n");
    scantling_error *error = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_null(scantling_report_render(report, wrong[i], END, &error));
        if (scantling_error_status(error) != SCANTLING_STATUS_UNSUPPORTED)
            check_number(scantling_error_status(error), SCANTLING_STATUS_ARGUMENT, wrong[i]);
        scantling_error_free(error);
        error = NULL;
    }
    assert_null(scantling_report_render(report, NULL, END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    scantling_error_free(error);
    error = NULL;
    assert_null(scantling_report_render(report, "jsn", END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    assert_non_null(scantling_error_suggestion(error, 0, NULL));
    scantling_error_free(error);
    scantling_report_unref(report);
}

SUITE(
    CASE(no_report_reads_as_nothing),
    CASE(a_finding_has_all_its_parts),
    CASE(evidence_names_the_value_and_its_place),
    CASE(findings_of_other_sizes_are_filled_as_far_as_they_go),
    CASE(numbers_tell_what_was_judged),
    CASE(the_order_of_parts_does_not_matter),
    CASE(parts_may_be_left_out_and_merged_again),
    CASE(what_does_not_belong_together_is_not_merged),
    CASE(every_format_renders_the_same_bytes_every_time),
    CASE(unknown_formats_and_options_are_named))
