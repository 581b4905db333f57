/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fix.c: which fixes are offered, and the diff of them
 */
#include "../report/judged.h"

#define ON(name) "subjects = { \"build\" }, on = { instruction = \"" name "\" }"
#define BUILD "subjects = { \"build\" }"

/* A finding at each ADD, whose fix writes COPY. */
#define ADDS \
    POLICY("t/adds", "low", ON("add"), \
           "local k = at(node, \"name\") " \
           "report(k, \"adds\"):fix(\"safe\", edit.replace(k, \"COPY\"))")

struct fix_row {
    const char *document, *policies[2], *diff;
};

static void
check_diffs(const struct fix_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given_file file = { "Dockerfile", rows[i].document };
        struct scl_text out = test_report(&file, 1, rows[i].policies,
                                          rows[i].policies[1] ? 2 : 1, "diff unsafe");

        check_text(scl_text_str(&out), rows[i].diff, rows[i].policies[0]);
        scl_text_finish(&out);
    }
}

#define NAMES "--- a/Dockerfile\n+++ b/Dockerfile\n"

static void
a_fix_that_holds_is_offered(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { ADDS },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n+COPY x /\n" },
        { "FROM a:1\nRUN x\n", { ADDS }, "" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
a_fix_that_leaves_its_finding_standing_is_not_offered(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(at(node, \"name\"), \"adds\"):fix(\"safe\", "
                   "edit.replace(at(node, \"name\"), \"add\"))") }, "" },
        /* In other words, too. */
        { "FROM a:1\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(at(node, \"name\"), \"writes %s\", raw(node, \"name\")):fix(\"safe\", "
                   "edit.replace(at(node, \"name\"), \"add\"))") }, "" },
        /* And elsewhere: without a USER it is the FROM that is reported. */
        { "FROM a:1\nUSER root\n",
          { POLICY("t/p", "low", BUILD,
                   "local last = node.instructions[#node.instructions] "
                   "report(last, \"is last\"):fix(\"unsafe\", edit.delete(last))") }, "" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
a_fix_that_brings_a_finding_is_not_offered(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { ADDS, POLICY("t/copies", "low", ON("copy"), "report(node, \"copies\")") },
          "" },
        { "FROM a:1\nADD x /\nRUN y\n",
          { ADDS,
            POLICY("t/no-add", "low", BUILD,
                   "if not list.any(node.instructions, function(i) return i.name == \"add\" end)"
                   " then report(node.instructions[3], \"comes after no ADD\") end") },
          "" },
        /* Where it was reported before, in other words, nothing is new. */
        { "FROM a:1\nADD x /\n",
          { ADDS, POLICY("t/all", "low", BUILD,
                         "report(node.instructions[2], \"is %s\", node.instructions[2].name)") },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n+COPY x /\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
a_fix_that_breaks_the_document_is_not_offered(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(node, \"adds\"):fix(\"safe\", edit.replace(node, \"COYP x /\"))") },
          "" },
        { "FROM a:1\nADD x /\n",
          { POLICY("t/p", "low", BUILD,
                   "report(node, \"is\"):fix(\"safe\", edit.delete(node.instructions[1]), "
                   "edit.delete(node.instructions[2]))") },
          "" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
a_fix_that_does_not_hold_leaves_the_others(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\nRUN y\nADD bad /\n",
          { POLICY("t/p", "low", ON("add"),
                   "local k = at(node, \"name\") local bad = raw(node, \"sources\") "
                   "report(k, \"adds\"):fix(\"safe\", edit.replace(k, "
                   "node.sources[1].text == \"bad\" and \"add\" or \"COPY\"))") },
          NAMES "@@ -1,4 +1,4 @@\n FROM a:1\n-ADD x /\n+COPY x /\n RUN y\n ADD bad /\n" },
        { "FROM a:1\nADD x /\nADD y /\n",
          { ADDS, POLICY("t/copies", "low", ON("copy"),
                         "if node.sources[1].text == \"y\" then report(node, \"copies y\") end") },
          NAMES "@@ -1,3 +1,3 @@\n FROM a:1\n-ADD x /\n+COPY x /\n ADD y /\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
of_two_in_each_others_way_the_earlier_one_wins(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { ADDS,
            POLICY("t/whole", "low", ON("add"),
                   "report(node, \"is a step\"):fix(\"safe\", edit.replace(node, \"RUN z\"))") },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n+COPY x /\n" },
        /* But safe ones go before unsafe ones. */
        { "FROM a:1\nADD x /\n",
          { POLICY("t/a", "low", ON("add"),
                   "report(node, \"is a step\"):fix(\"unsafe\", edit.replace(node, \"RUN z\"))"),
            POLICY("t/b", "low", ON("add"),
                   "report(node, \"is\"):fix(\"safe\", edit.replace(node, \"RUN w\"))") },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n+RUN w\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
of_several_fixes_of_a_finding_one_is_offered(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(node, \"adds\"):fix(\"unsafe\", edit.delete(node))"
                   ":fix(\"safe\", edit.replace(node, \"ADD y /\"))"
                   ":fix(\"safe\", edit.replace(node, \"COPY x /\"))") },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n+COPY x /\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
unsafe_fixes_are_shown_where_they_are_wanted(void **state)
{
    static const char *const policies[] = {
        POLICY("t/p", "low", ON("add"),
               "report(node, \"adds\"):fix(\"unsafe\", edit.delete(node))"),
    };
    struct given_file file = { "Dockerfile", "FROM a:1\nADD x /\n" };
    struct scl_text out = test_report(&file, 1, policies, 1, "diff");

    (void)state;
    check_text(scl_text_str(&out), "", "safe ones alone");
    scl_text_finish(&out);
    out = test_report(&file, 1, policies, 1, "diff unsafe");
    check_text(scl_text_str(&out), NAMES "@@ -1,2 +1,1 @@\n FROM a:1\n-ADD x /\n", "all");
    scl_text_finish(&out);
}

static void
diffs_have_the_forms_that_patch_reads(void **state)
{
    static const struct fix_row rows[] = {
        /* A last line without an end, before and after. */
        { "FROM a:1\nADD x /",
          { ADDS },
          NAMES "@@ -1,2 +1,2 @@\n FROM a:1\n-ADD x /\n\\ No newline at end of file\n+COPY x /\n"
                "\\ No newline at end of file\n" },
        /* Lines that come alone take none away. */
        { "FROM a:1\nUSER 1\n",
          { POLICY("t/p", "low", BUILD,
                   "if #node.instructions < 3 then report(node, \"is short\")"
                   ":fix(\"safe\", edit.after(node.instructions[2], \"STOPSIGNAL 9\")) end") },
          NAMES "@@ -1,2 +1,3 @@\n FROM a:1\n USER 1\n+STOPSIGNAL 9\n" },
        { "FROM a:1",
          { POLICY("t/p", "low", BUILD,
                   "if #node.instructions < 2 then report(node, \"is short\")"
                   ":fix(\"safe\", edit.after(node.instructions[1], \"USER 1\")) end") },
          NAMES "@@ -1,1 +1,2 @@\n-FROM a:1\n\\ No newline at end of file\n+FROM a:1\n+USER 1\n" },
        /* Far changes are hunks of their own, near ones are one. */
        { "FROM a:1\nADD 1 /\nRUN 2\nRUN 3\nRUN 4\nRUN 5\nRUN 6\nRUN 7\nADD 8 /\nRUN 9\n"
          "RUN 10\nRUN 11\nRUN 12\nRUN 13\nRUN 14\nRUN 15\nADD 16 /\n",
          { ADDS },
          NAMES
          "@@ -1,12 +1,12 @@\n FROM a:1\n-ADD 1 /\n+COPY 1 /\n RUN 2\n RUN 3\n RUN 4\n RUN 5\n"
          " RUN 6\n RUN 7\n-ADD 8 /\n+COPY 8 /\n RUN 9\n RUN 10\n RUN 11\n"
          "@@ -14,4 +14,4 @@\n RUN 13\n RUN 14\n RUN 15\n-ADD 16 /\n+COPY 16 /\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
no_fix_and_no_diff_tells_a_secret(void **state)
{
    static const struct fix_row rows[] = {
        { "FROM a:1\nENV API_TOKEN=k3yMaterial99\nADD x /\n", { ADDS },
          NAMES "@@ -1,3 +1,3 @@\n FROM a:1\n ENV API_TOKEN=********\n-ADD x /\n+COPY x /\n" },
        { "FROM a:1\nENV API_TOKEN=k3yMaterial99\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(node, \"adds\"):fix(\"safe\", "
                   "edit.replace(node, \"RUN echo k3yMaterial99\"))") }, "" },
        { "FROM a:1\nENV API_TOKEN=k3yMaterial99\nADD x /\n",
          { POLICY("t/p", "low", ON("add"),
                   "report(node, \"adds\"):fix(\"safe\", edit.replace(node, \"RUN echo k3y\"))") },
          NAMES "@@ -1,3 +1,3 @@\n FROM a:1\n ENV API_TOKEN=********\n-ADD x /\n+RUN echo k3y\n" },
    };

    (void)state;
    check_diffs(rows, COUNT(rows));
}

static void
a_fix_is_told_as_marks(void **state)
{
    static const char *const policies[] = { ADDS };
    struct given_file file = { "Dockerfile", "FROM a:1\nADD x /\n" };
    struct scl_text out = test_report(&file, 1, policies, 1, "json");

    (void)state;
    assert_true(scl_str_find(scl_text_str(&out),
                             SCL_S("\"fixes\": [{\"safe\": true, \"edits\": [{\"text\": \"COPY\", "
                                   "\"path\": \"Dockerfile\", \"line\": 2, \"column\": 1, "
                                   "\"end_line\": 2, \"end_column\": 4, \"offset\": 9, "
                                   "\"length\": 3}]}]")) != SIZE_MAX);
    scl_text_finish(&out);
}

static void
marks_of_edits_come_after_the_others(void **state)
{
    static const char *const policies[] = {
        POLICY("t/p", "low", ON("add"),
               "report(node, \"%s\", node.name):also(node, \"here\")"
               ":fix(\"unsafe\", edit.before(node, \"USER 1\"), edit.delete(node))"),
    };
    struct scantling_engine *engine = test_engine(policies, 1, 100000);
    struct scl_document *document =
        test_document((struct given_file){ "Dockerfile", "FROM a:1\nADD x /\n" });
    struct scantling_project *project = scl_project_new(engine, &document, 1, NULL);
    struct scantling_report *report = scl_project_judge(project, 0, NULL);
    scantling_finding finding;
    scantling_mark marks[8];
    size_t count;

    (void)state;
    assert_int_equal(scantling_report_findings(report, 0, &finding, sizeof finding, 1), 1);
    check_number(finding.fix_count, 1, "fixes");
    count = scantling_report_marks(report, 0, 0, marks, sizeof *marks, COUNT(marks));
    check_number(count, finding.mark_count, "marks");
    check_number(count, 4, "evidence, related, two edits");
    check_number(marks[0].kind, SCANTLING_MARK_EVIDENCE, "first");
    check_number(marks[1].kind, SCANTLING_MARK_RELATED, "second");
    for (size_t i = 2; i < 4; i++) {
        check_number(marks[i].kind, SCANTLING_MARK_UNSAFE_EDIT, "edits");
        check_number(marks[i].group, 0, "group");
        check_number(marks[i].document, 0, "document");
        check_number(marks[i].offset, 9, "offset");
    }
    check_text(scl_str_c(marks[2].text), "USER 1\n", "inserted");
    check_number(marks[2].length, 0, "of no bytes");
    check_number(marks[3].text_length, 0, "deleted");
    check_number(marks[3].length, 8, "of a line");
    scl_report_unref(report);
    scl_project_unref(project);
    scl_document_unref(document);
    scl_engine_unref(engine);
}

SUITE(
    CASE(a_fix_that_holds_is_offered),
    CASE(a_fix_that_leaves_its_finding_standing_is_not_offered),
    CASE(a_fix_that_brings_a_finding_is_not_offered),
    CASE(a_fix_that_breaks_the_document_is_not_offered),
    CASE(a_fix_that_does_not_hold_leaves_the_others),
    CASE(of_two_in_each_others_way_the_earlier_one_wins),
    CASE(of_several_fixes_of_a_finding_one_is_offered),
    CASE(unsafe_fixes_are_shown_where_they_are_wanted),
    CASE(diffs_have_the_forms_that_patch_reads),
    CASE(no_fix_and_no_diff_tells_a_secret),
    CASE(a_fix_is_told_as_marks),
    CASE(marks_of_edits_come_after_the_others))
