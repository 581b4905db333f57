/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_settings.c: settings given as texts
 *
 * What is wrong with them is in the golden tests of the command line, to the byte; here is what
 * they do, and what a client gets to see of them.
 */
#include "judged.h"

static void
check_settings(const char *text, const char *expected)
{
    struct judged j = judged_new();

    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", text);
    judged_add(&j, "Dockerfile", "FROM a\nUSER root\n");
    check_found(&j, expected);
}

static void
check_mistakes(const char *text, const char *expected)
{
    struct judged j = judged_new();

    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", text);
    check_refused(&j, expected);
}

static void
names_choose_the_policies(void **state)
{
    (void)state;
    check_settings("version: 1\nonly: [SL1001, SL1101]\nskip: [SL11]\n",
                   "Dockerfile:2:1 SL1001 high\n");
    check_settings("version: 1\npacks: [none]\nonly: [DL3006]\n", "Dockerfile:1:6 SL1101 medium\n");
}

static void
options_replace_the_names(void **state)
{
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_POLICY, "SL1101");
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", "version: 1\nonly: [SL1001]\n");
    judged_add(&j, "Dockerfile", "FROM a\nUSER root\n");
    check_found(&j, "Dockerfile:1:6 SL1101 medium\n");
}

static void
severities_outweigh_what_a_policy_says(void **state)
{
    static const char policy[] =
        "return policy { id = 't/two', title = 'Two', severity = 'low', subjects = { 'image' },\n"
        "why = 'It.', fix = 'No.', fails = { dockerfile = 'FROM a\\n' },\n"
        "passes = { dockerfile = 'FROM a\\n' },\n"
        "check = function(s, report) report(s, 'a'):severity('high') report(s, 'b') end }\n";
    struct judged j = judged_new();

    (void)state;
    judged_set(&j, SCANTLING_OPTION_PACK, "none");
    judged_file(&j, SCANTLING_FILE_POLICY, "two.lua", policy);
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                "version: 1\nseverity: {t/two: critical}\n");
    judged_add(&j, "Dockerfile", "FROM a\n");
    check_found(&j, "Dockerfile:1:1 t/two critical\nDockerfile:1:1 t/two critical\n");
}

static void
a_later_text_is_stronger(void **state)
{
    static const char policy[] =
        "return policy { id = 't/say', title = 'Say', severity = 'low', subjects = { 'image' },\n"
        "why = 'It.', fix = 'No.', fails = { dockerfile = 'FROM a\\n' },\n"
        "passes = { dockerfile = 'FROM a\\n' },\n"
        "params = { n = { type = 'integer', default = 1, doc = 'a number' },\n"
        "  l = { type = 'list', default = {}, doc = 'a list' } },\n"
        "check = function(s, report) report(s, '%d %d', params.n, #params.l) end }\n";
    struct judged j = judged_new();
    scantling_finding f;

    (void)state;
    judged_set(&j, SCANTLING_OPTION_PACK, "none");
    judged_file(&j, SCANTLING_FILE_POLICY, "say.lua", policy);
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                "version: 1\nparams:\n  t/say: {n: 2, l: [a]}\n");
    judged_file(&j, SCANTLING_FILE_SETTINGS, "--param",
                "{\"params\":{\"t/say\":{\"n\":\"3\"}}}");
    judged_add(&j, "Dockerfile", "FROM a\n");
    judged_run(&j);
    assert_int_equal(scantling_report_findings(j.report, 0, &f, sizeof f, 1), 1);
    check_text(scl_str_c(f.message), "3 1", "parameters");
    judged_finish(&j);
}

static void
limits_hold_unless_the_config_sets_others(void **state)
{
    static const char text[] = "version: 1\nonly: [SL1001]\nlimits: {findings: 1, steps: 1}\n";
    struct judged j = judged_new();

    (void)state;
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", text);
    judged_add(&j, "Dockerfile", "FROM a\nUSER root\n");
    judged_run(&j);
    check_number(scantling_report_number(j.report, SCANTLING_NUMBER_FAIL), 0, "with one step");
    judged_finish(&j);
    j = judged_new();
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", text);
    scantling_config_set_int(j.config, SCANTLING_LIMIT_STEPS, 1000000);
    judged_add(&j, "Dockerfile", "FROM a\nUSER root\n");
    check_found(&j, "Dockerfile:2:1 SL1001 high\n");
}

static void
a_client_sees_what_is_its_own(void **state)
{
    static const char expected[] =
        "{\n  \"version\": 1,\n  \"packs\": [\"cis\"],\n  \"policies\": [],\n"
        "  \"only\": [],\n  \"skip\": [\"SL1\"],\n  \"fail_on\": \"high,inconclusive\",\n"
        "  \"severity\": {\"no-privileged\": \"low\"},\n  \"exclude\": [\"a/**\"],\n"
        "  \"formats\": {\"*.tmpl\": \"dockerfile\"},\n  \"build_args\": {\"V\": \"1\\\"\"},\n"
        "  \"variables\": {},\n  \"pod_templates\": {\"Crunch\": \"spec.pod\"},\n"
        "  \"target\": \"x\",\n"
        "  \"assume\": {\"kubelet.seccomp_default\": \"true\"},\n  \"limits\": {\"steps\": 7},\n"
        "  \"baseline\": \"b.json\",\n  \"peer_comments\": \"ignore\",\n  \"suppress\": [\n"
        "    {\"policies\": [\"SL2001\"], \"path\": \"ci/*\", \"subject\": null, \"until\": null, "
        "\"reason\": \"r\"}],\n  \"known_findings\": 0\n}\n";
    struct judged j = judged_new();
    scantling_buffer *buffer;

    (void)state;
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml",
                "version: 1\npacks: [cis]\nskip: [SL1]\nfail_on: high,inconclusive\n"
                "severity: {SL2001: low}\nexclude: ['a/**']\nformats: {'*.tmpl': dockerfile}\n"
                "build_args: {V: '1\"'}\npod_templates: {Crunch: spec.pod}\n"
                "target: x\nassume: {kubelet.seccomp_default: true}\n"
                "limits: {steps: 7}\nbaseline: b.json\npeer_comments: ignore\n"
                "suppress: [{policies: [SL2001], path: ci/*, reason: r}]\n");
    j.engine = scantling_engine_new(j.config, &j.error);
    buffer = scantling_engine_describe(j.engine, NULL, 0, "settings", SCANTLING_TERMINATED,
                                       &j.error);
    assert_null(j.error);
    check_text(scl_str_c(scantling_buffer_bytes(buffer, NULL)), expected, "settings");
    scantling_buffer_free(buffer);
    judged_finish(&j);
}

static void
files_of_policies_that_are_missing_can_be_asked_for_and_not_done_without(void **state)
{
    static const char text[] = "version: 1\npolicies: [acme]\nonly: [acme/a]\n";
    struct judged j = judged_new();
    scantling_buffer *buffer;

    (void)state;
    judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", text);
    j.engine = scantling_engine_new(j.config, &j.error);
    buffer = scantling_engine_describe(j.engine, NULL, 0, "settings", SCANTLING_TERMINATED,
                                       &j.error);
    assert_non_null(strstr(scantling_buffer_bytes(buffer, NULL), "\"policies\": [\"acme\"]"));
    scantling_buffer_free(buffer);
    judged_add(&j, "Dockerfile", "FROM a\n");
    assert_null(scantling_engine_evaluate(j.engine, j.documents, j.count, &j.error));
    check_number(scantling_error_status(j.error), SCANTLING_STATUS_STATE, "status");
    judged_finish(&j);
}

static void
every_mistake_has_a_place_and_what_was_meant(void **state)
{
    (void)state;
    check_mistakes("", "1:1 the file is empty\n");
    check_mistakes("[]\n", "1:1 settings: expected a map, got a list\n");
    check_mistakes("version: 1\nversion: 1\n", "2:1 duplicate key 'version'\n");
    check_mistakes("version: '1'\n", "1:10 version: expected 1, got a string\n");
    check_mistakes("version: 1\nseverity: {no-rootuser: low}\n",
                   "2:12 severity: unknown policy 'no-rootuser' | did you mean 'no-root-user' "
                   "(SL1001)?\n");
    check_mistakes("version: 1\nsuppress: [{path: a, reason: b, until: 2026-02-30}]\n",
                   "2:40 suppress[1].until: '2026-02-30' is no date | write YYYY-MM-DD\n"
                   "2:12 suppress[1]: has no 'policies'\n");
    check_mistakes("version: 1\nfail_on: ''\n", "2:10 fail_on: is empty\n");
}

static void
anchors_are_allowed(void **state)
{
    (void)state;
    check_settings("version: 1\nonly: &names [SL1001]\nskip: [SL1101]\n"
                   "suppress: [{policies: *names, path: '*', reason: a}]\n",
                   "Dockerfile:2:1 SL1001 high by config: a\n");
}

SUITE(
    CASE(names_choose_the_policies),
    CASE(options_replace_the_names),
    CASE(severities_outweigh_what_a_policy_says),
    CASE(a_later_text_is_stronger),
    CASE(limits_hold_unless_the_config_sets_others),
    CASE(a_client_sees_what_is_its_own),
    CASE(files_of_policies_that_are_missing_can_be_asked_for_and_not_done_without),
    CASE(every_mistake_has_a_place_and_what_was_meant),
    CASE(anchors_are_allowed))
