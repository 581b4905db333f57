/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_config.c: what to judge with
 */
#include "judged.h"

static const char clean[] = POLICY(ON_IMAGE, "");

/* The first error of the engine that settings and a policy give. */
static void
check_refused_at(const char *file, int line, const struct test_setting *settings,
                 const char *policy, scantling_status status, const char *message)
{
    const char *const policies[] = { policy, NULL };
    scantling_config *config = test_config(policies);
    scantling_error *error = NULL;

    test_set_config(config, settings);
    for (int again = 0; again < 2; again++) {
        if (scantling_engine_new(config, &error))
            print_error("an engine was made: %s\n", message);
        check_error_at(file, line, &error, status, message);
    }
    scantling_config_free(config);
}
#define check_refused(setting, policy, status, message) \
    check_refused_at(__FILE__, __LINE__, (const struct test_setting[]){ setting, { 0, 0, 0 } }, \
                     (policy), SCANTLING_STATUS_##status, (message))
#define TEXT(option, text) ((struct test_setting){ SCANTLING_OPTION_##option, 0, (text) })
#define NUMBER(option, number) ((struct test_setting){ (option), (number), NULL })

static void
no_config_is_set_in_silence(void **state)
{
    (void)state;
    scantling_config_set_int(NULL, SCANTLING_LIMIT_STEPS, 1);
    scantling_config_set_text(NULL, SCANTLING_OPTION_PACK, "none", END);
    scantling_config_add_file(NULL, SCANTLING_FILE_POLICY, "p.lua", END, "return 1", END);
    scantling_config_free(NULL);
}

static void
the_default_pack_is_recommended(void **state)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine = test_compile(config);
    scantling_report *report = test_evaluate(engine, "FROM debian:12\nUSER root\n");
    struct scl_str found = test_findings(state, report);

    assert_true(scl_str_find(found, SCL_S("fail 2:1 starts as root\n")) != SIZE_MAX);
    assert_true(scantling_report_number(report, SCANTLING_NUMBER_POLICIES) > 20);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

/* An engine without policies would find everything good. */
static void
an_engine_of_no_policy_is_refused(void **state)
{
    scantling_config *config = test_config(NULL);
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_engine_new(config, &error));
    check_error(&error, ARGUMENT, "no policy selected");
    scantling_config_free(config);
}

/* Number of the built-in policies that a config of one setting chooses. */
static int64_t
chosen(scantling_option option, const char *text)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;
    int64_t count;

    scantling_config_set_text(config, option, text, END);
    engine = test_compile(config);
    report = test_evaluate(engine, "FROM a:1\n");
    count = scantling_report_number(report, SCANTLING_NUMBER_POLICIES);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    return count;
}

static void
policies_are_chosen_by_code_prefix_id_and_alias(void **state)
{
    int64_t all = chosen(SCANTLING_OPTION_PACK, "recommended");

    (void)state;
    check_number(chosen(SCANTLING_OPTION_POLICY, "SL1001"), 1, "a code");
    check_number(chosen(SCANTLING_OPTION_POLICY, "no-root-user"), 1, "an id");
    check_number(chosen(SCANTLING_OPTION_POLICY, "DL3002"), 1, "an alias");
    assert_true(chosen(SCANTLING_OPTION_POLICY, "SL10") >= 1);
    assert_true(chosen(SCANTLING_OPTION_POLICY, "SL1") > chosen(SCANTLING_OPTION_POLICY, "SL10"));
    check_number(chosen(SCANTLING_OPTION_IGNORE, "SL1001"), all - 1, "one ignored");
    assert_true(chosen(SCANTLING_OPTION_PACK, "all") >= all);
}

static void
texts_add_up(void **state)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;

    (void)state;
    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "SL1001", END);
    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "prefer-copy and what follows", 11);
    engine = test_compile(config);
    report = test_evaluate(engine, "FROM a:1\nADD a /\n");
    assert_int_equal(scantling_report_number(report, SCANTLING_NUMBER_POLICIES), 2);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
unknown_names_and_options_are_refused_every_time(void **state)
{
    (void)state;
    check_refused(TEXT(PACK, "recomended"), clean, UNSUPPORTED, "unknown pack 'recomended'");
    check_refused(TEXT(POLICY, "no-root-usr"), clean, UNSUPPORTED,
                  "unknown policy 'no-root-usr'");
    check_refused(TEXT(IGNORE, "SL9999"), clean, UNSUPPORTED, "unknown policy 'SL9999'");
    check_refused(TEXT(DATE, "2026-13-01"), clean, ARGUMENT,
                  "'2026-13-01' is no date; write YYYY-MM-DD");
    check_refused(TEXT(DATE, ""), clean, ARGUMENT, "'' is no date; write YYYY-MM-DD");
    check_refused(TEXT(SUPPRESS, "some"), clean, UNSUPPORTED,
                  "suppressions are 'all' or 'none', not 'some'");
    check_refused(TEXT(ASSUME, "containerd"), clean, ARGUMENT, "'containerd' has no '='");
    check_refused(TEXT(FORMAT, "dockerfile"), clean, UNSUPPORTED,
                  "a config has no text option 101");
    check_refused(NUMBER(SCANTLING_LIMIT_BYTES, 1), clean, UNSUPPORTED,
                  "a config has no number 301");
    check_refused(NUMBER(SCANTLING_OPTION_PACK, 1), clean, UNSUPPORTED,
                  "a config has no number 1");
    check_refused(NUMBER(SCANTLING_LIMIT_STEPS, -1), clean, ARGUMENT,
                  "limit steps is negative");
}

static void
files_of_unknown_kinds_are_refused(void **state)
{
    scantling_config *config = test_config(NULL);
    scantling_error *error = NULL;

    (void)state;
    scantling_config_add_file(config, 6, "x", END, "", 0);
    scantling_config_add_file(config, 0, "x", END, "", 0);
    assert_null(scantling_engine_new(config, &error));
    assert_non_null(scantling_error_next(error));
    check_error(&error, UNSUPPORTED, "a config has no files of kind 6");
    scantling_config_free(config);
}

static void
limits_of_bytes_refuse_the_config(void **state)
{
    char message[120];

    (void)state;
    snprintf(message, sizeof message, "%zu bytes, over the limit of 20 (limit policy_bytes)",
             sizeof clean - 1);
    check_refused(NUMBER(SCANTLING_LIMIT_POLICY_BYTES, 20), clean, POLICY, message);
    snprintf(message, sizeof message, "the files of the config have %zu bytes, over the limit of "
             "20 (limit config_bytes)", sizeof clean - 1);
    check_refused(NUMBER(SCANTLING_LIMIT_CONFIG_BYTES, 20), clean, POLICY, message);
}

static void
a_limit_of_nought_is_the_default(void **state)
{
    const struct test_setting settings[] = {
        { SCANTLING_LIMIT_POLICY_BYTES, 20, NULL },
        { SCANTLING_LIMIT_POLICY_BYTES, 0, NULL },
        { 0, 0, NULL },
    };

    check_text(judged_with(state, settings, clean, "FROM a:1\n"), "", "nothing is found");
}

static void
a_config_may_be_changed_for_another_engine(void **state)
{
    const char *const policies[] = { POLICY(ON_IMAGE, "report(node, \"one\")"), NULL };
    scantling_config *config = test_config(policies);
    scantling_engine *first = scantling_engine_new(config, NULL), *second;
    scantling_report *report;

    assert_non_null(first);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "other.lua", END,
                              POLICY_NAMED("acme/two", ON_IMAGE, "report(node, \"two\")"), END);
    second = test_compile(config);
    report = test_evaluate(first, "FROM a:1\n");
    check_text(test_findings(state, report), "fail 1:1 one\n", "the first engine");
    scantling_report_unref(report);
    report = test_evaluate(second, "FROM a:1\n");
    check_text(test_findings(state, report), "fail 1:1 one\nfail 1:1 two\n", "the second");
    scantling_report_unref(report);
    scantling_engine_unref(first);
    scantling_engine_unref(second);
}

static void
what_is_given_is_copied(void **state)
{
    char text[] = POLICY(ON_IMAGE, "report(node, \"said\")");
    char name[] = "p.lua", pack[] = "none";
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, pack, 4);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, name, 5, text, sizeof text - 1);
    memset(text, 'x', sizeof text);
    memset(name, 'x', sizeof name);
    memset(pack, 'x', sizeof pack);
    engine = test_compile(config);
    report = test_evaluate(engine, "FROM a:1\n");
    check_text(test_findings(state, report), "fail 1:1 said\n", "a copy was judged");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
facts_libraries_settings_and_baselines_are_files_too(void **state)
{
    static const char policy[] =
        "local teams = import \"teams\"\n"
        POLICY(ON_IMAGE, "report(node, \"%s and %s\", teams.name, facts[\"acme/kinds\"].a.what)");
    scantling_config *config = test_config(NULL);
    scantling_engine *engine;
    scantling_report *report;
    scantling_finding found;

    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/p.lua", END, policy, END);
    scantling_config_add_file(config, SCANTLING_FILE_LIBRARY, "acme/lib/teams.lua", END,
                              "return { name = \"red\" }\n", END);
    scantling_config_add_file(config, SCANTLING_FILE_FACTS, "acme/facts/kinds.tsv", END,
                              "key\twhat\na\tblue\n", END);
    scantling_config_add_file(config, SCANTLING_FILE_SETTINGS, "scantling.yaml", END,
                              "version: 1\nseverity:\n  acme/one: critical\n", END);
    engine = test_compile(config);
    report = test_evaluate(engine, "FROM a:1\n");
    check_text(test_findings(state, report), "fail 1:1 red and blue\n", "library and facts");
    assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
    check_number(found.severity, SCANTLING_SEVERITY_CRITICAL, "the settings' severity");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

static void
two_policies_cannot_have_one_id(void **state)
{
    const char *const policies[] = { clean, clean, NULL };
    scantling_config *config = test_config(policies);
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_engine_new(config, &error));
    check_error(&error, POLICY, "two policies have the id 'acme/one': p1.lua:2:8, p2.lua:2:8");
    scantling_config_free(config);
}

SUITE(
    CASE(no_config_is_set_in_silence),
    CASE(the_default_pack_is_recommended),
    CASE(an_engine_of_no_policy_is_refused),
    CASE(policies_are_chosen_by_code_prefix_id_and_alias),
    CASE(texts_add_up),
    CASE(unknown_names_and_options_are_refused_every_time),
    CASE(files_of_unknown_kinds_are_refused),
    CASE(limits_of_bytes_refuse_the_config),
    CASE(a_limit_of_nought_is_the_default),
    CASE(a_config_may_be_changed_for_another_engine),
    CASE(what_is_given_is_copied),
    CASE(facts_libraries_settings_and_baselines_are_files_too),
    CASE(two_policies_cannot_have_one_id))
