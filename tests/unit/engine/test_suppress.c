/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_suppress.c: comments and exceptions that suppress
 */
#include "judged.h"

#include "engine/comments.h"

#define BOTH "no-root-user,pin-image-version,SL9002,SL9003,SL9004"
#define SETTINGS(entries) "version: 1\nsuppress:\n" entries

/* Judges one Dockerfile by the two policies and what the engine finds itself. */
static void
check_file(const char *text, const char *date, const char *expected)
{
    struct judged j = judged_new();

    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    if (date)
        judged_set(&j, SCANTLING_OPTION_DATE, date);
    judged_add(&j, "Dockerfile", text);
    check_found(&j, expected);
}

/* ---- what is written ---- */

static void
a_comment_is_read_word_by_word(void **state)
{
    struct scl_request request;

    assert_true(scl_request_read(*state, SCL_S("scantling:ignore-file a ,b,\tc until 2026-02-28 "
                                               "because  it is  so "),
                                 false, &request));
    check_number(request.scope, SCL_COMMENT_FILE, "scope");
    check_number(request.names.count, 3, "names");
    check_text(request.names.at[2], "c", "third name");
    check_text(request.until, "2026-02-28", "until");
    check_text(request.reason, "it is  so", "reason");
    check_number((int64_t)request.problem.len, 0, "problem");
}

static void
what_is_not_understood_says_what(void **state)
{
    static const struct {
        const char *text, *problem, *help;
    } rows[] = {
        { "scantling:", "suppression with an unknown scope ''",
          "one of ignore, ignore-stage, ignore-file" },
        { "scantling: ignore-fil a", "suppression with an unknown scope 'ignore-fil'",
          "did you mean 'ignore-file'?" },
        { "scantling: ignore", "suppression names no policy",
          "write NAME, or NAME, NAME, before 'until' and 'because'" },
        { "scantling: ignore a,, b", "suppression names no policy",
          "write NAME, or NAME, NAME, before 'until' and 'because'" },
        { "scantling: ignore until 2026-01-01", "suppression names no policy",
          "write NAME, or NAME, NAME, before 'until' and 'because'" },
        { "scantling: ignore a becuase b", "suppression is not understood at 'becuase'",
          "did you mean 'because'?" },
        { "scantling: ignore a b", "suppression is not understood at 'b'",
          "divide names by commas, and begin a reason with 'because'" },
        { "scantling: ignore a until", "'' is no date", "write YYYY-MM-DD" },
        { "scantling: ignore a until 2025-02-29", "'2025-02-29' is no date", "write YYYY-MM-DD" },
        { "scantling: ignore a until 2025-02-28 and b",
          "suppression is not understood at 'and'",
          "divide names by commas, and begin a reason with 'because'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_request request;

        assert_true(scl_request_read(*state, scl_str_c(rows[i].text), false, &request));
        check_text(request.problem, rows[i].problem, rows[i].text);
        check_text(request.help, rows[i].help, rows[i].text);
    }
}

static void
comments_of_other_tools_are_known_by_their_grammars(void **state)
{
    static const struct {
        const char *text, *tool, *names, *until;
        int scope;
        bool is_directive;
    } rows[] = {
        { "hadolint ignore=DL3006, DL3008", "hadolint", "DL3006 DL3008 ", "", 0, false },
        { "hadolint  global  ignore=DL3003 # why", "hadolint", "DL3003 ", "", 2, false },
        { "check=skip=A,B;error=true", "buildkit", "A B ", "", 2, true },
        { "check=error=true;skip=A", "buildkit", "A ", "", 0, false },
        { "check=skip=all // of this one", "buildkit", "all ", "", 0, false },
        { "trivy:ignore:AVD-DS-0002:exp:2026-12-31", "trivy", "DS-0002 ", "2026-12-31", 0, false },
        { "trivy:ignore:DS-0002:exp:soon", "trivy", "DS-0002 ", "", 0, false },
        { "checkov:skip=CKV_DOCKER_3:a: b", "checkov", "CKV_DOCKER_3 ", "", 2, false },
        { "kics-scan disable=fd54f200-1-2,67fd0c4a", "kics", "fd54f200 67fd0c4a ", "", 2, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text names = { 0 };
        struct scl_request request;

        assert_true(scl_request_read(*state, scl_str_c(rows[i].text), rows[i].is_directive,
                                     &request));
        for (uint32_t n = 0; n < request.names.count; n++)
            scl_text_f(&names, "%.*s ", SCL_ARG(request.names.at[n]));
        check_text(scl_str_c(request.tool), rows[i].tool, rows[i].text);
        check_text(scl_text_str(&names), rows[i].names, rows[i].text);
        check_text(request.until, rows[i].until, rows[i].text);
        check_number(request.scope, rows[i].scope, rows[i].text);
        scl_text_finish(&names);
    }
}

static void
other_comments_are_none(void **state)
{
    static const char *const rows[] = {
        "", "scantling", "scantling ignore a", "Scantling: ignore a", "hadolint shell=/bin/sh",
        "hadolint ignore=", "hadolintignore=DL3006", "check=error=true", "check=skip=",
        "trivy:ignore:", "checkov:skip=", "kics-scan ignore-line", "kics-scan disable=",
        "a note: scantling: ignore a",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_request request;

        if (scl_request_read(*state, scl_str_c(rows[i]), false, &request))
            fail_msg("taken for a suppression: %s", rows[i]);
    }
}

/* ---- what is covered ---- */

static void
the_next_instruction_is_covered_and_no_more(void **state)
{
    (void)state;
    check_file("# scantling: ignore pin-image-version because a\n\n# more\nFROM a AS x\n"
               "FROM b\nUSER 1\n",
               NULL,
               "Dockerfile:4:6 SL1101 medium by comment: a\nDockerfile:5:6 SL1101 medium\n");
}

static void
a_stage_is_covered_to_the_next_from(void **state)
{
    (void)state;
    check_file("FROM a:1 AS x\n# scantling: ignore-stage no-root-user because a\nFROM b:1\nRUN c\n"
               "USER root\n",
               NULL, "Dockerfile:5:1 SL1001 high by comment: a\n");
}

static void
names_are_matched_whole(void **state)
{
    (void)state;
    check_file("# scantling: ignore-file SL11 because a\nFROM a\nUSER 1\n", NULL,
               "Dockerfile:1:1 SL9003 info\nDockerfile:2:6 SL1101 medium\n");
}

static void
codes_slugs_and_aliases_name_alike(void **state)
{
    static const char *const names[] = { "SL1101", "pin-image-version", "DL3006", "CKV_DOCKER_7" };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        char text[128];

        snprintf(text, sizeof text, "# scantling: ignore %s because a\nFROM a\nUSER 1\n", names[i]);
        check_file(text, NULL, "Dockerfile:2:6 SL1101 medium by comment: a\n");
    }
}

static void
two_comments_that_cover_one_finding_are_both_of_use(void **state)
{
    (void)state;
    check_file("# scantling: ignore-file SL1101 because a\n# scantling: ignore SL1101 because b\n"
               "FROM a\nUSER 1\n",
               NULL, "Dockerfile:3:6 SL1101 medium by comment: a\n");
}

static void
a_comment_is_good_on_its_last_day(void **state)
{
    static const char text[] =
        "# scantling: ignore SL1101 until 2026-06-30 because a\nFROM a\nUSER 1\n";

    (void)state;
    check_file(text, "2026-06-30", "Dockerfile:2:6 SL1101 medium by comment: a\n");
    check_file(text, "2026-07-01",
               "Dockerfile:1:1 SL9004 medium\nDockerfile:2:6 SL1101 medium\n");
}

static void
without_a_date_nothing_expires_and_that_is_told(void **state)
{
    (void)state;
    check_file("# scantling: ignore SL1101 until 2026-06-30 because a\nFROM a\nUSER 1\n", NULL,
               "Dockerfile:1:1 SL9004 medium?\nDockerfile:2:6 SL1101 medium by comment: a\n");
}

static void
only_the_names_of_no_use_are_found(void **state)
{
    struct judged j = judged_new();
    scantling_finding f;

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_add(&j, "Dockerfile",
               "# scantling: ignore SL1101, no-root-user, SL2001 because a\nFROM a\nUSER 1\n");
    judged_run(&j);
    assert_int_equal(scantling_report_findings(j.report, 0, &f, sizeof f, 1), 1);
    check_text(scl_str_c(f.message), "suppresses nothing: no finding of no-root-user here", "");
    judged_finish(&j);
}

static void
many_comments_over_many_findings_take_no_time(void **state)
{
    enum { LINES = 4000 };
    struct judged j = judged_new();
    struct scl_text text = { 0 };

    (void)state;
    for (int i = 0; i < LINES; i++)
        scl_text_c(&text, "# scantling: ignore-file SL1101, no-root-usr because a\nFROM a\n");
    judged_set(&j, SCANTLING_OPTION_POLICY, "pin-image-version,SL9003");
    judged_add(&j, "Dockerfile", text.at);
    judged_run(&j);
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_SUPPRESSED), 1000,
                 "all that were kept");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_FAIL), 1000,
                 "of the unknown names as many");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_DROPPED), 2 * LINES - 2000,
                 "the rest is counted");
    judged_finish(&j);
    scl_text_finish(&text);
}

/* ---- numbers and switches ---- */

static void
suppressed_findings_are_counted_apart(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_add(&j, "Dockerfile",
               "# scantling: ignore no-root-user because a\nFROM a\n");
    judged_run(&j);
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_FINDINGS), 2, "findings");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_FAIL), 1, "fail");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_SUPPRESSED), 1, "suppressed");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_WORST_SEVERITY),
                 SCANTLING_SEVERITY_MEDIUM, "worst");
    judged_finish(&j);
}

static void
nothing_suppresses_where_that_is_off(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_set(&j, SCANTLING_OPTION_SUPPRESS, "none");
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                SETTINGS("- {policies: [SL1101], path: '*', reason: a}\n"));
    judged_add(&j, "Dockerfile", "# scantling: ignore no-root-user\nFROM a\n");
    check_found(&j, "Dockerfile:2:1 SL1001 high\nDockerfile:2:6 SL1101 medium\n");
}

static void
forbidden_comments_have_no_effect_and_those_of_others_have(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH ",SL9005");
    judged_add(&j, "Dockerfile",
               "# scantling: ignore no-root-user until 2020-01-01\n# hadolint ignore=DL3006\n"
               "FROM a\n");
    check_found(&j, "Dockerfile:1:1 SL9005 low\nDockerfile:3:1 SL1001 high\n"
                    "Dockerfile:3:6 SL1101 medium by comment\n");
}

/* ---- exceptions ---- */

static void
exceptions_choose_by_path_and_subject(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                SETTINGS("- {policies: [SL1101], path: 'ci/**', reason: a}\n"
                         "- {policies: [SL1001, SL1101], path: web/Dockerfile, "
                         "subject: image x, reason: b}\n"
                         "- {policies: [SL1001], path: 'ci/*', subject: build, reason: c}\n"));
    judged_add(&j, "ci/a/Dockerfile", "FROM a\n");
    judged_add(&j, "web/Dockerfile", "FROM a AS x\n");
    check_found(&j, "ci/a/Dockerfile:1:1 SL1001 high\n"
                    "ci/a/Dockerfile:1:6 SL1101 medium by config: a\n"
                    "web/Dockerfile:1:1 SL1001 high by config: b\n"
                    "web/Dockerfile:1:6 SL1101 medium\n");
}

static void
exceptions_of_no_use_are_found_where_their_path_was_judged(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_set(&j, SCANTLING_OPTION_DATE, "2026-06-30");
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                SETTINGS("- {policies: [SL1001], path: '*', reason: of no use}\n"
                         "- {policies: [SL1001], path: elsewhere, reason: not judged}\n"
                         "- {policies: [SL2001], path: '*', reason: did not run}\n"
                         "- {policies: [SL1101], path: '*', until: 2026-06-29, reason: old}\n"));
    judged_add(&j, "Dockerfile", "FROM a\nUSER 1\n");
    check_found(&j, "Dockerfile:1:6 SL1101 medium\ns.yaml:3:3 SL9003 info\n"
                    "s.yaml:6:3 SL9004 medium\n");
}

static void
reports_that_are_merged_again_tell_once(void **state)
{
    struct judged j = judged_new();
    scantling_project *project;
    scantling_report *parts[3], *twice;

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                SETTINGS("- {policies: [SL1001], path: '*', reason: of use in the second}\n"
                         "- {policies: [SL1101], path: '*', reason: of no use}\n"));
    judged_add(&j, "a/Dockerfile", "FROM a:1\nUSER 1\n");
    judged_add(&j, "b/Dockerfile", "FROM a:1\n");
    j.engine = scantling_engine_new(j.config, &j.error);
    project = scantling_project_new(j.engine, j.documents, j.count, &j.error);
    for (size_t i = 0; i < 3; i++)
        parts[i] = scantling_project_judge(project, 2 - i, &j.error);
    twice = scantling_report_merge(parts, 2, &j.error);
    check_number(scantling_report_number(twice, SCANTLING_NUMBER_FAIL), 1, "first merge");
    scantling_report_unref(parts[1]);
    parts[1] = twice;
    j.report = scantling_report_merge(parts + 1, 2, &j.error);
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_FAIL), 1, "second merge");
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_SUPPRESSED), 1, "suppressed");
    for (size_t i = 0; i < 3; i++)
        scantling_report_unref(parts[i]);
    scantling_project_unref(project);
    judged_finish(&j);
}

SUITE(
    CASE(a_comment_is_read_word_by_word),
    CASE(what_is_not_understood_says_what),
    CASE(comments_of_other_tools_are_known_by_their_grammars),
    CASE(other_comments_are_none),
    CASE(the_next_instruction_is_covered_and_no_more),
    CASE(a_stage_is_covered_to_the_next_from),
    CASE(names_are_matched_whole),
    CASE(codes_slugs_and_aliases_name_alike),
    CASE(two_comments_that_cover_one_finding_are_both_of_use),
    CASE(a_comment_is_good_on_its_last_day),
    CASE(without_a_date_nothing_expires_and_that_is_told),
    CASE(only_the_names_of_no_use_are_found),
    CASE(many_comments_over_many_findings_take_no_time),
    CASE(suppressed_findings_are_counted_apart),
    CASE(nothing_suppresses_where_that_is_off),
    CASE(forbidden_comments_have_no_effect_and_those_of_others_have),
    CASE(exceptions_choose_by_path_and_subject),
    CASE(exceptions_of_no_use_are_found_where_their_path_was_judged),
    CASE(reports_that_are_merged_again_tell_once))
