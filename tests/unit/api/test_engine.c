/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_engine.c: a config compiled
 */
#include "judged.h"

static const char says_one[] = POLICY(ON_IMAGE, "report(node, \"one\")");

static void
no_engine_fails_with_argument(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_engine_ref(NULL));
    scantling_engine_unref(NULL);
    assert_null(scantling_engine_new(NULL, &error));
    check_error(&error, ARGUMENT, "config is NULL");
    assert_null(scantling_engine_describe(NULL, NULL, 0, "json", END, &error));
    check_error(&error, ARGUMENT, "engine is NULL");
    assert_null(scantling_engine_test(NULL, &error));
    check_error(&error, ARGUMENT, "engine is NULL");
    assert_null(scantling_engine_evaluate(NULL, NULL, 0, &error));
    check_error(&error, ARGUMENT, "engine is NULL");
}

static void
an_engine_lives_as_long_as_its_last_owner(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_report *report;

    assert_ptr_equal(scantling_engine_ref(engine), engine);
    scantling_engine_unref(engine);
    report = test_evaluate(engine, "FROM a:1\n");
    scantling_engine_unref(engine);
    check_text(test_findings(state, report), "fail 1:1 one\n", "after the engine was released");
    scantling_report_unref(report);
}

static struct scl_str
described(void **state, const scantling_engine *engine, const char *policy, const char *format)
{
    return test_buffer(state, scantling_engine_describe(engine, policy, END, format, END, NULL));
}

static void
an_engine_describes_one_policy_or_all(void **state)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    struct scl_str one, all;

    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "p1.lua", END, says_one, END);
    engine = test_compile(config);
    one = described(state, engine, "acme/one", "text");
    assert_true(scl_str_find(one, SCL_S("A hazard")) != SIZE_MAX);
    assert_true(scl_str_find(one, SCL_S("SL1001")) == SIZE_MAX);
    check_text(described(state, engine, "SL1001", "text"),
               described(state, engine, "no-root-user", "text").at, "by code as by id");
    check_text(described(state, engine, "DL3002", "text"),
               described(state, engine, "no-root-user", "text").at, "by alias as by id");
    all = described(state, engine, NULL, "json");
    assert_int_equal(all.at[0], '{');
    assert_true(scl_str_find(all, SCL_S("\"acme/one\"")) != SIZE_MAX);
    assert_true(scl_str_find(all, SCL_S("\"no-root-user\"")) != SIZE_MAX);
    assert_true(scl_str_find(all, SCL_S("\"digest\"")) != SIZE_MAX);
    assert_true(described(state, engine, NULL, "markdown").len > 0);
    scantling_engine_unref(engine);
}

static void
an_engine_tells_what_switched_a_policy_on(void **state)
{
    static const char settings[] = "version: 1\nonly: [SL1001, acme/one]\nseverity:\n"
                                   "  no-root-user: low\n";
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    struct scl_str text;

    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "p1.lua", END, says_one, END);
    scantling_config_add_file(config, SCANTLING_FILE_SETTINGS, "s.yaml", END, settings, END);
    engine = test_compile(config);
    text = described(state, engine, NULL, "text why");
    assert_true(scl_str_find(text, SCL_S(" on by pack recommended; severity low by s.yaml:4:3")) !=
                SIZE_MAX);
    assert_true(scl_str_find(text, SCL_S(" on by p1.lua\n")) != SIZE_MAX);
    text = described(state, engine, NULL, "json why");
    assert_true(scl_str_find(text, SCL_S("\"set_by\": { \"on\": \"pack recommended\", "
                                         "\"severity\": \"s.yaml:4:3\", \"params\": {} }")) !=
                SIZE_MAX);
    assert_true(scl_str_find(described(state, engine, NULL, "json"), SCL_S("set_by")) == SIZE_MAX);
    scantling_engine_unref(engine);
}

static void
what_is_not_known_cannot_be_described(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_engine_describe(engine, "acme/tow", END, "text", END, &error));
    check_error(&error, UNSUPPORTED, "unknown policy 'acme/tow'");
    assert_null(scantling_engine_describe(engine, NULL, 0, "html", END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    scantling_error_free(error);
    scantling_engine_unref(engine);
}

/* What decides verdicts is in the digest: two engines of one config have the same. */
static void
the_digest_follows_the_policies(void **state)
{
    scantling_engine *first = test_engine(says_one), *same = test_engine(says_one);
    scantling_engine *other = test_engine(POLICY(ON_IMAGE, "report(node, \"two\")"));
    struct scl_str text = described(state, first, NULL, "json");

    check_text(text, described(state, same, NULL, "json").at, "the same config");
    assert_false(scl_str_same(text, described(state, other, NULL, "json")));
    scantling_engine_unref(first);
    scantling_engine_unref(same);
    scantling_engine_unref(other);
}

static void
a_policys_own_examples_are_tested(void **state)
{
    static const char good[] =
        "return policy { id = \"acme/good\", title = \"A hazard\", severity = \"low\",\n"
        " subjects = { \"image\" }, why = \"A reason.\", fix = \"A remedy.\",\n"
        " check = function(node, report)\n"
        "   if node.user.is_root then report(node.user, \"starts as root\") end end,\n"
        " fails = { dockerfile = \"FROM a:1\\nUSER 0\\n^^^^^^ as root\\n\" },\n"
        " passes = { dockerfile = { \"FROM a:1\\nUSER 1\\n\", \"FROM a:1\\nUSER 2\\n\" } } }\n";
    scantling_engine *engine = test_engine(good);
    scantling_error *error = NULL;
    scantling_report *report = scantling_engine_test(engine, &error);

    assert_null(error);
    assert_non_null(report);
    check_text(test_findings(state, report), "", "all end as they promise");
    check_number(scantling_report_number(report, SCANTLING_NUMBER_SUBJECTS), 3, "examples");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
an_example_that_ends_otherwise_is_a_finding(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_report *report = scantling_engine_test(engine, NULL);

    (void)state;
    assert_non_null(report);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_FINDINGS), 1,
                 "the passing example is reported");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
documents_are_evaluated_together(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_document *documents[3];
    scantling_report *report;

    documents[0] = test_read("b/Dockerfile", "FROM a:1\n");
    documents[1] = test_read("a/Dockerfile", "FROM a:1\n");
    documents[2] = documents[0];
    report = scantling_engine_evaluate(engine, documents, 3, NULL);
    assert_non_null(report);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS), 3, "documents");
    check_text(test_findings(state, report), "fail 1:1 one\nfail 1:1 one\nfail 1:1 one\n",
               "one document may be given twice");
    scantling_report_unref(report);
    scantling_document_unref(documents[0]);
    scantling_document_unref(documents[1]);
    scantling_engine_unref(engine);
}

static void
no_documents_are_a_clean_report(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_report *report = scantling_engine_evaluate(engine, NULL, 0, NULL);

    (void)state;
    assert_non_null(report);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS), 0, "documents");
    check_number(scantling_report_number(report, SCANTLING_NUMBER_FINDINGS), 0, "findings");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
a_document_that_is_null_fails(void **state)
{
    scantling_engine *engine = test_engine(says_one);
    scantling_document *documents[2] = { test_read("Dockerfile", "FROM a:1\n"), NULL };
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_engine_evaluate(engine, documents, 2, &error));
    check_error(&error, ARGUMENT, "document 1 is NULL");
    assert_null(scantling_engine_evaluate(engine, NULL, 1, &error));
    check_error(&error, ARGUMENT, "document 0 is NULL");
    scantling_document_unref(documents[0]);
    scantling_engine_unref(engine);
}

/* Locals of a file are put back before each document: no verdict hangs on what came before. */
static void
nothing_is_left_of_one_document_for_the_next(void **state)
{
    scantling_engine *engine = test_engine(
        "local runs = 0\n" POLICY(ON_IMAGE, "runs = runs + 1; report(node, \"run %d\", runs)"));

    for (int i = 0; i < 3; i++) {
        scantling_report *report = test_evaluate(engine, "FROM a:1\n");

        check_text(test_findings(state, report), "fail 1:1 run 1\n", "each is the first");
        scantling_report_unref(report);
    }
    scantling_engine_unref(engine);
}

SUITE(
    CASE(no_engine_fails_with_argument),
    CASE(an_engine_lives_as_long_as_its_last_owner),
    CASE(an_engine_describes_one_policy_or_all),
    CASE(an_engine_tells_what_switched_a_policy_on),
    CASE(what_is_not_known_cannot_be_described),
    CASE(the_digest_follows_the_policies),
    CASE(a_policys_own_examples_are_tested),
    CASE(an_example_that_ends_otherwise_is_a_finding),
    CASE(documents_are_evaluated_together),
    CASE(no_documents_are_a_clean_report),
    CASE(a_document_that_is_null_fails),
    CASE(nothing_is_left_of_one_document_for_the_next))
