/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_report.c: report(place, format, ...) and the finding it returns
 */
#include "policies.h"

static const struct input dockerfile = {
    "Dockerfile",
    "FROM scratch\n"
    "LABEL a=\"x y\" b=2 c=3 d=4 e=5\n"
    "EXPOSE 1 2 3 4 5\n"
    "USER app\n",
};

struct case_row {
    const char *body, *expected;
};

static void
check_bodies(void **state, const struct case_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text policy = { 0 };

        scl_text_f(&policy, POLICY_TEXT("subjects = { 'image' }", "%s"), rows[i].body);
        check_text(judged(state, scl_text_str(&policy).at, dockerfile), rows[i].expected,
                   rows[i].body);
        scl_text_finish(&policy);
    }
}

static void
messages_have_four_directives(void **state)
{
    static const struct case_row rows[] = {
        { "report(s, 'plain')", "fail 1:1 plain\n" },
        { "report(s, '%s %s %s %s', 'a', 1, true, nil)", "fail 1:1 a 1 true unset\n" },
        { "report(s, '%d %d', 42, 7.0)", "fail 1:1 42 7\n" },
        { "report(s, '%q', 'a\"b\\\\c\\n')", "fail 1:1 \"a\\\"b\\\\c\\x0a\"\n" },
        { "report(s, '100%%')", "fail 1:1 100%\n" },
        { "report(s, '%s', 0.5)", "fail 1:1 0.5\n" },
        { "report(s, 'a\\nb\\rc')", "fail 1:1 a b c\n" },
        { "report(s, '%x', 1)", "error 1:1 policy failed: report: '%x' is no directive | there are "
                                "%s, %d, %q and %%\n" },
        { "report(s, '50%')", "error 1:1 policy failed: report: '% ' is no directive | there are "
                              "%s, %d, %q and %%\n" },
        { "report(s, '%s %s', 1)",
          "error 1:1 policy failed: report: too few arguments for its format\n" },
        { "report(s, '%d', 'x')",
          "error 1:1 policy failed: report: third argument is a string, not a whole number\n" },
        { "report(s, '%d', 1.5)", "error 1:1 policy failed: report: 1.5 is not a whole number\n" },
        { "report(s, '%q', {})",
          "error 1:1 policy failed: report: third argument is a table, not a string\n" },
        { "report(s)",
          "error 1:1 policy failed: report: second argument is missing, not a string\n" },
    };

    check_bodies(state, rows, COUNT(rows));
}

static void
nodes_and_places_print_as_the_document_writes_them(void **state)
{
    static const struct case_row rows[] = {
        { "report(s, '%s', at(s, 'user.raw'))", "fail 1:1 app\n" },
        { "report(s, '%s', at(s.labels, 1))", "fail 1:1 \"x y\"\n" },
        { "report(s, '%s', at(s, 'labels[b]'))", "fail 1:1 2\n" },
        { "report(s, '%s', at(s, 'stop_signal'))", "fail 1:1 unset\n" },
        { "report(s, '%s', s.exposed_ports)", "fail 1:1 1/tcp, 2/tcp, 3/tcp and 2 more\n" },
        { "report(s, '%s', { 'a', 'b', 'c', 'd' })", "fail 1:1 a, b, c, d\n" },
        { "report(s, '%s', { 'a', 'b', 'c', 'd', 'e' })", "fail 1:1 a, b, c and 2 more\n" },
        { "report(s, '%s|', {})", "fail 1:1 |\n" },
        { "report(s, '%s', { at(s, 'user.raw'), 1 })", "fail 1:1 app, 1\n" },
        { "report(s, '%s', { { 1 } })", "fail 1:1 table\n" },
        { "report(s, '%s', report)", "fail 1:1 function\n" },
    };

    check_bodies(state, rows, COUNT(rows));
}

static void
a_place_is_a_node_a_field_or_its_nearest_parent(void **state)
{
    static const struct case_row rows[] = {
        { "report(at(s, 'user.raw'), 'x')", "fail 4:1 x\n" },
        { "report(s.user, 'x')", "fail 4:1 x\n" },
        { "report(s, 'x')", "fail 1:1 x\n" },
        { "report(at(s.labels, 2), 'x')", "fail 2:15 x\n" },
        { "report(at(s, 'exposed_ports[2]'), 'x')", "fail 3:10 x\n" },
        { "report(at(s, 'user.uid'), 'x')", "fail 4:1 x\n" },
        { "report(at(s, 'stop_signal'), 'x')", "fail 1:1 x\n" },
        { "report(true, 'x')",
          "error 1:1 policy failed: report: first argument is true, not a place | did you mean "
          "at(node, \"field\")?\n" },
        { "report('x')",
          "error 1:1 policy failed: report: first argument is a string, not a place | did you mean "
          "at(node, \"field\")?\n" },
        { "report()", "error 1:1 policy failed: report: first argument is missing, not a place | "
                      "did you mean at(node, \"field\")?\n" },
    };

    check_bodies(state, rows, COUNT(rows));
}

static void
findings_take_a_severity_and_further_places(void **state)
{
    static const struct case_row rows[] = {
        { "report(s, 'x'):severity('low'):also(s.user, 'y %d', 1)", "fail 1:1 x\n" },
        { "report(s, 'x'):severity('severe')",
          "error 1:1 policy failed: unknown severity 'severe' | it is one of critical, high, "
          "medium, low, info\nfail 1:1 x\n" },
        { "report(s, 'x'):severity('none')",
          "error 1:1 policy failed: unknown severity 'none' | it is one of critical, high, medium, "
          "low, info\nfail 1:1 x\n" },
        { "report(s, 'x').severity('low')",
          "error 1:1 policy failed: severity: first argument is a string, not a finding | call it "
          "with a colon\nfail 1:1 x\n" },
        { "report(s, 'x'):also(1, 'y')",
          "error 1:1 policy failed: also: first argument is a number, not a place | did you mean "
          "at(node, \"field\")?\nfail 1:1 x\n" },
        { "report(s, 'x').message = 'y'",
          "error 1:1 policy failed: a finding cannot be written to | call its methods\n"
          "fail 1:1 x\n" },
    };

    check_bodies(state, rows, COUNT(rows));
}

static void
what_check_returns_is_never_a_verdict(void **state)
{
    static const struct case_row rows[] = {
        { "return", "pass 1\n" },
        { "return nil", "pass 1\n" },
        { "return true", "error 1:1 policy failed: check returned true | verdicts are made with "
                         "report(...)\n" },
        { "return false", "error 1:1 policy failed: check returned false | verdicts are made with "
                          "report(...)\n" },
        { "return report(s, 'x')", "error 1:1 policy failed: check returned a finding | verdicts "
                                   "are made with report(...)\nfail 1:1 x\n" },
    };

    check_bodies(state, rows, COUNT(rows));
}

/* 4 KiB is the end, at a border of UTF-8, and never within what is masked. */
static void
long_messages_are_cut(void **state)
{
    struct judging j = judging_new(POLICY_TEXT(
        "subjects = { 'image' }",
        "report(s, ('a'):rep(4095) .. '\\u{e9}' .. ('b'):rep(10))\n"
        "report(s, ('c'):rep(4090) .. ' ghp_' .. '0123456789abcdefghijABCDEFGHIJ012345')\n"
        "report(s, '%s', ('d'):rep(900000))"));
    scantling_report *report;
    scantling_finding f[3];
    struct scl_text out = { 0 };

    (void)state;
    judging_add(&j, dockerfile.name, dockerfile.text, SCANTLING_TERMINATED);
    report = judging_end(&j, &out);
    check_number(scantling_report_findings(report, 0, f, sizeof *f, 3), 3, "findings");
    check_number(f[0].message_length, 4095, "no half of a code point");
    check_number(strspn(f[1].message, "c"), 4090, "what stands before the token");
    assert_null(strstr(f[1].message, "ghp_"));
    check_number(f[1].message_length, 4096, "a masked text");
    check_number(f[2].message_length, 4096, "a long text");
    scl_text_finish(&out);
    scantling_report_unref(report);
}

/* What a message masks is masked whole, wherever it would be cut. */
static void
no_part_of_a_secret_is_left_where_a_message_is_cut(void **state)
{
    for (unsigned at = 4040; at <= 4100; at++) {
        struct scl_text policy = { 0 }, out = { 0 };
        struct judging j;
        scantling_report *report;
        scantling_finding f;

        scl_text_f(&policy, POLICY_TEXT("subjects = { 'image' }",
                                        "report(s, '%%s', ('x'):rep(%u) .. s.labels.PASSWORD)"),
                   at);
        j = judging_new(scl_text_str(&policy).at);
        judging_add(&j, "Dockerfile", "FROM scratch\nLABEL PASSWORD=QrsTuvWmyz98765\n",
                    SCANTLING_TERMINATED);
        report = judging_end(&j, &out);
        check_number(scantling_report_findings(report, 0, &f, sizeof f, 1), 1, "findings");
        if (strstr(f.message, "QrsT") || strchr(f.message, 'Q'))
            print_error("at %u: ...%s\n", at, f.message + at - 10);
        assert_null(strchr(f.message, 'Q'));
        scantling_report_unref(report);
        scl_text_finish(&policy);
        scl_text_finish(&out);
    }
    (void)state;
}

SUITE(
    CASE(messages_have_four_directives),
    CASE(nodes_and_places_print_as_the_document_writes_them),
    CASE(a_place_is_a_node_a_field_or_its_nearest_parent),
    CASE(findings_take_a_severity_and_further_places),
    CASE(what_check_returns_is_never_a_verdict),
    CASE(long_messages_are_cut),
    CASE(no_part_of_a_secret_is_left_where_a_message_is_cut))
