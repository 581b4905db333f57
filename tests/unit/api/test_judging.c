/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_judging.c: verdicts, limits, evidence, fingerprints and masks
 */
#include "judged.h"

#define ON_INSTRUCTION ON_BUILD ", on = \"instruction\""

/* ---- verdicts ---- */

static void
a_run_ends_in_one_of_five_verdicts(void **state)
{
    static const struct {
        const char *policy, *findings;
        int64_t pass, not_applicable;
    } rows[] = {
        { POLICY(ON_IMAGE, ""), "", 1, 0 },
        { POLICY(ON_IMAGE, "report(node.user, \"is named\")"), "fail 3:1 is named\n", 0, 0 },
        { POLICY(ON_IMAGE, "if node.user.raw then report(node, \"x\") end"),
          "inconclusive 1:1 user.raw is not known | $V holds what nothing given sets\n", 0, 0 },
        { POLICY(ON_IMAGE ", requires = { \"layers\" }", "report(node, \"x\")"), "", 0, 1 },
        { POLICY(ON_IMAGE, "error(\"gives up\")"),
          "error 1:1 policy failed: gives up\n", 0, 0 },
        { POLICY("subjects = { \"container\" }", "report(node, \"x\")"), "", 0, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_report *report = test_report(rows[i].policy, "FROM a:1\nARG V\nUSER $V\n");

        check_text(test_findings(state, report), rows[i].findings, "a verdict");
        check_number(scantling_report_number(report, SCANTLING_NUMBER_PASS), rows[i].pass,
                     rows[i].policy);
        check_number(scantling_report_number(report, SCANTLING_NUMBER_NOT_APPLICABLE),
                     rows[i].not_applicable, rows[i].policy);
        scantling_report_unref(report);
    }
}

static void
what_was_reported_stays_whatever_comes_after(void **state)
{
    check_text(judged(state, POLICY(ON_IMAGE, "report(node, \"first\"); error(\"then this\")"),
                      "FROM a:1\n"),
               "fail 1:1 first\nerror 1:1 policy failed: then this\n", "an error");
    check_text(judged(state, POLICY(ON_IMAGE, "report(node, \"first\"); local x = node.user.raw"),
                      "FROM a:1\nARG V\nUSER $V\n"),
               "fail 1:1 first\n", "the unknown");
}

static void
each_node_is_a_run_of_its_own(void **state)
{
    check_text(judged(state,
                      POLICY(ON_INSTRUCTION, "if node.name == \"user\" then error(\"e\") end "
                                             "report(node, \"%s\", node.name)"),
                      "FROM a:1\nUSER b\nWORKDIR /c\n"),
               "fail 1:1 from\nerror 1:1 policy failed: e\nfail 3:1 workdir\n",
               "the others are judged");
}

static void
a_policy_that_returns_something_errs(void **state)
{
    check_text(judged(state, POLICY(ON_IMAGE, "do return false end"), "FROM a:1\n"),
               "error 1:1 policy failed: check returned false | verdicts are made with "
               "report(...)\n", "false is no verdict");
    check_text(judged(state, POLICY(ON_IMAGE, "do return report(node, \"x\") end"), "FROM a:1\n"),
               "error 1:1 policy failed: check returned a finding | verdicts are made with "
               "report(...)\nfail 1:1 x\n", "nor is a finding");
}

static void
findings_at_one_place_that_say_the_same_are_one(void **state)
{

    check_text(judged(state, POLICY(ON_IMAGE, "report(node, \"a\"); report(node, \"a\"); "
                                              "report(node, \"b\"); report(node.user, \"a\")"),
                      "FROM a:1\nUSER b\n"),
               "fail 1:1 a\nfail 1:1 b\nfail 2:1 a\n", "within a subject");
    check_text(judged(state,
                      POLICY("subjects = { \"build\", \"image\" }, on = { env = { \"A\", \"C\" } }",
                             "report(at(node, \"value\"), \"a\")"),
                      "FROM scratch\nENV A=b\nENV C=d\n"),
               "fail 2:5 a\nfail 3:5 a\n", "a Dockerfile speaks once");
}

static void
root_that_is_only_likely_has_low_confidence(void **state)
{
    static const struct {
        const char *dockerfile;
        int32_t confidence;
    } rows[] = { { "FROM unheard.example/of:1\n", 10 }, { "FROM a:1\nUSER root\n", 30 } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_report *report = test_report(
            POLICY(ON_IMAGE, "if node.user.is_root then report(node.user, \"root\") end"),
            rows[i].dockerfile);
        scantling_finding found;

        assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
        check_number(found.confidence, rows[i].confidence, rows[i].dockerfile);
        scantling_report_unref(report);
    }
}

/* ---- limits ---- */

static void
a_limit_that_is_reached_ends_the_policy_and_is_named(void **state)
{
    static const struct {
        scantling_option limit;
        int64_t value;
        const char *body, *message;
    } rows[] = {
        { SCANTLING_LIMIT_STEPS, 50000, "while true do end",
          "policy ran over its limit of 50000 steps" },
        { SCANTLING_LIMIT_MEMORY, 4000000,
          "local t = {}; for i = 1, 10000000 do t[i] = { i } end",
          "policy ran over its limit of 4000000 (limit memory)" },
        { SCANTLING_LIMIT_STRING_BYTES, 1000, "local s = string.rep(\"x\", 1001)",
          "policy ran over its limit of 1000 (limit string_bytes)" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_setting settings[] = { { rows[i].limit, rows[i].value, NULL }, { 0, 0, NULL } };
        char policy[1000];
        const char *const policies[] = { policy, NULL };
        scantling_config *config;
        scantling_engine *engine;
        scantling_report *report;
        scantling_finding found;

        snprintf(policy, sizeof policy, POLICY(ON_IMAGE, "%s"), rows[i].body);
        config = test_config(policies);
        test_set_config(config, settings);
        engine = test_compile(config);
        for (int again = 0; again < 2; again++) {
            report = test_evaluate(engine, "FROM a:1\n");
            assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
            assert_string_equal(found.message, rows[i].message);
            check_number(found.limit, rows[i].limit, rows[i].message);
            check_number(found.verdict, SCANTLING_VERDICT_ERROR, rows[i].message);
            check_number(scantling_report_number(report, SCANTLING_NUMBER_ERROR), 1, "errors");
            scantling_report_unref(report);
        }
        scantling_engine_unref(engine);
    }
}

/* The steps of all runs of a document; there are 100 000 a subject if that is more. */
static void
the_steps_of_a_document_are_limited_in_sum(void **state)
{
    struct test_setting settings[] = { { SCANTLING_LIMIT_TOTAL_STEPS, 1, NULL }, { 0, 0, NULL } };
    struct scl_text dockerfile = { 0 };
    const char *const policies[] = {
        POLICY(ON_INSTRUCTION, "for i = 1, 30000 do local x = i end report(node, \"done\")"), NULL
    };
    scantling_config *config = test_config(policies);
    scantling_engine *engine;
    scantling_report *report;
    scantling_finding found;
    size_t done = 0, over = 0;

    (void)state;
    scl_text_c(&dockerfile, "FROM a:1\n");
    for (int i = 0; i < 20; i++)
        scl_text_f(&dockerfile, "WORKDIR /%d\n", i);
    test_set_config(config, settings);
    engine = test_compile(config);
    report = test_evaluate(engine, scl_text_str(&dockerfile).at);
    for (size_t i = 0; scantling_report_findings(report, i, &found, sizeof found, 1); i++) {
        done += found.verdict == SCANTLING_VERDICT_FAIL;
        over += found.verdict == SCANTLING_VERDICT_ERROR &&
                found.limit == SCANTLING_LIMIT_TOTAL_STEPS;
    }
    assert_in_range(done, 2, 7);
    assert_true(over >= 1);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    scl_text_finish(&dockerfile);
}

static void
findings_over_their_limit_are_counted(void **state)
{
    static const struct {
        scantling_option limit;
        int64_t value, findings;
    } rows[] = {
        { SCANTLING_LIMIT_FINDINGS, 3, 3 },
        { SCANTLING_LIMIT_RESULT_BYTES, 2000, -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_setting settings[] = { { rows[i].limit, rows[i].value, NULL }, { 0, 0, NULL } };
        const char *const policies[] = {
            POLICY(ON_IMAGE, "for i = 1, 10 do report(node, \"number %d\", i) end"), NULL
        };
        scantling_config *config = test_config(policies);
        scantling_engine *engine;
        scantling_report *report;
        int64_t findings, dropped;

        test_set_config(config, settings);
        engine = test_compile(config);
        report = test_evaluate(engine, "FROM a:1\n");
        findings = scantling_report_number(report, SCANTLING_NUMBER_FINDINGS);
        dropped = scantling_report_number(report, SCANTLING_NUMBER_DROPPED);
        check_number(findings + dropped, 10, "kept or counted");
        assert_true(dropped > 0 && findings > 0);
        if (rows[i].findings >= 0)
            check_number(findings, rows[i].findings, "kept");
        scantling_report_unref(report);
        scantling_engine_unref(engine);
    }
}

/* ---- evidence ---- */

static void
evidence_is_what_the_run_read(void **state)
{
    scantling_report *report = test_report(
        POLICY(ON_IMAGE, "if node.user.is_root and node.labels.a == \"b\" and not node.author then "
                         "report(node.user, \"x\"):also(at(node, \"labels[a]\"), \"so labelled\") "
                         "end"),
        "FROM scratch\nLABEL a=b\nUSER root\n");

    check_text(test_marks(state, report, 0),
               "user.is_root = true 0:0\nlabels[a] = b 2:9\nauthor =  0:0\n"
               "also  so labelled 2:7\n", "fields, values and places");
    scantling_report_unref(report);
}

static void
evidence_ends_at_sixteen(void **state)
{
    struct scl_text dockerfile = { 0 };
    scantling_report *report;
    scantling_finding found;

    (void)state;
    scl_text_c(&dockerfile, "FROM a:1\n");
    for (int i = 0; i < 40; i++)
        scl_text_f(&dockerfile, "ENV V%d=%d\n", i, i);
    report = test_report(POLICY(ON_IMAGE, "local n = 0; for i = 1, 40 do "
                                          "n = n + #node.env[i].value end report(node, \"%d\", n)"),
                         scl_text_str(&dockerfile).at);
    assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
    assert_int_equal(found.mark_count, 16);
    scantling_report_unref(report);
    scl_text_finish(&dockerfile);
}

/* ---- fingerprints ---- */

/* Fingerprints of the findings over a Dockerfile, in order. */
static struct scl_str
fingerprints(void **state, const char *dockerfile)
{
    scantling_report *report = test_report(
        POLICY(ON_INSTRUCTION, "if node.name == \"run\" then report(node, \"runs\") end"),
        dockerfile);
    struct scl_text text = { 0 };
    scantling_finding found;

    for (size_t i = 0; scantling_report_findings(report, i, &found, sizeof found, 1); i++)
        scl_text_f(&text, "%s\n", found.fingerprint);
    scantling_report_unref(report);
    return test_kept(state, &text);
}

static void
a_fingerprint_stays_when_the_finding_moves(void **state)
{
    struct scl_str here = fingerprints(state, "FROM a:1\nRUN make\nRUN other\n");
    struct scl_str moved =
        fingerprints(state, "# text\n\nFROM a:1\nENV A=b\nRUN   make\n\n\nRUN other\n");

    assert_int_equal(here.len, 34);
    check_text(moved, here.at, "lines before it");
    assert_false(scl_str_same(here, fingerprints(state, "FROM a:1\nRUN fake\nRUN other\n")));
    assert_memory_not_equal(here.at, here.at + 17, 16);
}

static void
equal_lines_have_fingerprints_of_their_own(void **state)
{
    struct scl_str twice = fingerprints(state, "FROM a:1\nRUN make\nRUN make\n");

    assert_int_equal(twice.len, 34);
    assert_memory_not_equal(twice.at, twice.at + 17, 16);
}

/* ---- secrets ---- */

static void
a_secret_leaves_in_no_text(void **state)
{
    static const char secret[] = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    static const char *const formats[] = { "text", "json", "short", "text verbose suppressed" };
    scantling_report *report = test_report(
        POLICY(ON_IMAGE,
               "for _, e in ipairs(node.env) do "
               "report(at(e, \"value\"), \"has %s and %q and %s\", e.value, e.value, raw(e)):also("
               "e, \"also %s\", e.value) end error(node.env[1].value)"),
        "FROM scratch\nENV API_TOKEN=ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\n"
        "ENV DB_PASSWORD=\"cor\\\"rect horse\" GREETING=hello\n");
    scantling_finding found;
    scantling_mark mark;
    size_t count = 0;

    for (; scantling_report_findings(report, count, &found, sizeof found, 1); count++) {
        assert_null(strstr(found.message, secret));
        assert_null(strstr(found.message, "rect horse"));
        assert_null(strstr(found.reason, secret));
        for (size_t i = 0; scantling_report_marks(report, count, i, &mark, sizeof mark, 1); i++) {
            assert_null(strstr(mark.text, secret));
            assert_null(strstr(mark.text, "rect horse"));
        }
    }
    check_number(count, 5, "three variables, PATH and an error");
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_str text =
            test_buffer(state, scantling_report_render(report, formats[i], END, NULL));

        assert_null(strstr(text.at, secret));
        assert_null(strstr(text.at, "rect horse"));
        assert_non_null(strstr(text.at, "********"));
        assert_non_null(strstr(text.at, "hello"));
    }
    scantling_report_unref(report);
}

/* A secret of one document shows in no text about another. */
static void
secrets_are_masked_across_documents(void **state)
{
    scantling_engine *engine =
        test_engine(POLICY(ON_IMAGE, "report(node, \"is %s\", node.labels.a)"));
    scantling_document *documents[2];
    scantling_report *report;

    documents[0] = test_read("a/Dockerfile", "FROM a:1\nENV API_TOKEN=kT8sWq3zLm5xVb7n LABEL=1\n");
    documents[1] = test_read("b/Dockerfile", "FROM a:1\nLABEL a=kT8sWq3zLm5xVb7n\n");
    report = scantling_engine_evaluate(engine, documents, 2, NULL);
    check_text(test_findings(state, report),
               "inconclusive 1:1 labels is not known | more may come from what was not given\n"
               "fail 1:1 is ********\n", "the label of the second");
    scantling_report_unref(report);
    scantling_document_unref(documents[0]);
    scantling_document_unref(documents[1]);
    scantling_engine_unref(engine);
}

SUITE(
    CASE(a_run_ends_in_one_of_five_verdicts),
    CASE(what_was_reported_stays_whatever_comes_after),
    CASE(each_node_is_a_run_of_its_own),
    CASE(a_policy_that_returns_something_errs),
    CASE(findings_at_one_place_that_say_the_same_are_one),
    CASE(root_that_is_only_likely_has_low_confidence),
    CASE(a_limit_that_is_reached_ends_the_policy_and_is_named),
    CASE(the_steps_of_a_document_are_limited_in_sum),
    CASE(findings_over_their_limit_are_counted),
    CASE(evidence_is_what_the_run_read),
    CASE(evidence_ends_at_sixteen),
    CASE(a_fingerprint_stays_when_the_finding_moves),
    CASE(equal_lines_have_fingerprints_of_their_own),
    CASE(a_secret_leaves_in_no_text),
    CASE(secrets_are_masked_across_documents))
