/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_adjust.c: severities that an adjustment changes
 */
#include "../script/policies.h"

static const struct input runtime = {
    "config.json",
    "{ \"ociVersion\": \"1.0.0\",\n"
    "  \"process\": { \"user\": { \"uid\": 0 }, \"cwd\": \"/\", \"args\": [\"a\"] } }\n",
};

#define POLICY \
    POLICY_TEXT("subjects = { 'container', 'image' }", \
                "report(at(s, 'working_dir'), 'first') report(s, 'second'):severity('high')")

/* An adjustment of acme/one for containers, around the body of its function. */
#define ADJUSTMENT(id, body) \
    "return adjust {\n  id = '" id "', adjusts = 'acme/one', subjects = { 'container' },\n" \
    "  why = 'A reason.', fails = {},\n  severity = function(finding, s)\n" body "\n  end,\n}\n"

static struct scl_str
adjusted(void **state, const char *first, const char *second)
{
    struct judging j = judging_new(POLICY);
    struct scl_text text = { 0 };
    scantling_report *report;
    scantling_finding f;

    scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "first.lua", SCANTLING_TERMINATED,
                              first, SCANTLING_TERMINATED);
    if (second)
        scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "second.lua",
                                  SCANTLING_TERMINATED, second, SCANTLING_TERMINATED);
    judging_add(&j, runtime.name, runtime.text, SCANTLING_TERMINATED);
    report = judging_end(&j, &text);
    for (size_t i = 0; scantling_report_findings(report, i, &f, sizeof f, 1); i++)
        scl_text_f(&text, "%s%s %s", i ? ", " : "", f.message,
                   f.verdict == SCANTLING_VERDICT_FAIL
                       ? scantling_enum_name(SCANTLING_ENUM_SEVERITY, f.severity)
                       : f.reason);
    scantling_report_unref(report);
    return judging_kept(state, &text);
}

struct adjusting_row {
    const char *first, *second, *expected;
};

static void
check_adjusted(void **state, const struct adjusting_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(adjusted(state, rows[i].first, rows[i].second), rows[i].expected,
                   rows[i].first);
}

static void
a_name_replaces_the_severity_and_nothing_leaves_it(void **state)
{
    static const struct adjusting_row rows[] = {
        { ADJUSTMENT("acme/a", "return 'info'"), NULL, "second info, first info" },
        { ADJUSTMENT("acme/a", "return nil"), NULL, "second high, first medium" },
        { ADJUSTMENT("acme/a", "if finding.severity == 'high' then return 'critical' end"), NULL,
          "second critical, first medium" },
        { ADJUSTMENT("acme/a", "if finding.message == 'first' then return 'low' end"), NULL,
          "second high, first low" },
        { ADJUSTMENT("acme/a", "if finding.confidence == 'high' then return 'low' end"), NULL,
          "second low, first low" },
        { ADJUSTMENT("acme/a", "if s.user.uid == 0 then return 'low' end"), NULL,
          "second low, first low" },
    };

    check_adjusted(state, rows, COUNT(rows));
}

static void
the_first_id_that_changes_something_decides(void **state)
{
    static const struct adjusting_row rows[] = {
        { ADJUSTMENT("acme/b", "return 'low'"), ADJUSTMENT("acme/a", "return 'info'"),
          "second info, first info" },
        { ADJUSTMENT("acme/b", "return 'low'"), ADJUSTMENT("acme/a", "return finding.severity"),
          "second low, first low" },
        { ADJUSTMENT("acme/b", "return 'low'"),
          ADJUSTMENT("acme/a", "if finding.message == 'first' then return 'info' end"),
          "second low, first info" },
    };

    check_adjusted(state, rows, COUNT(rows));
}

static void
what_is_unknown_leaves_things_as_they_are(void **state)
{
    static const struct input open = { "Dockerfile", "FROM scratch\nARG WHO\nUSER $WHO\n" };
    static const char *const bodies[] = {
        "if date.today() then return 'low' end",
        "if s.user.raw then return 'low' end",
        "if not known(s, 'user.raw') then return 'low' end",
        "if state(s, 'user.raw') == 'unknown' then return 'low' end",
    };

    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct judging j = judging_new(
            POLICY_TEXT("subjects = { 'container', 'image' }", "report(s, 'found')"));
        struct scl_text text = { 0 };
        scantling_report *report;
        scantling_finding f;

        scl_text_f(&text,
                   "return adjust { id = 'acme/a', adjusts = 'acme/one', subjects = { 'image' },\n"
                   "why = 'A reason.', fails = {}, severity = function(finding, s) %s end }\n",
                   bodies[i]);
        scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "a.lua", SCANTLING_TERMINATED,
                                  text.at, text.len);
        judging_add(&j, open.name, open.text, SCANTLING_TERMINATED);
        report = judging_end(&j, &text);
        check_number(scantling_report_findings(report, 0, &f, sizeof f, 1), 1, bodies[i]);
        check_number(scantling_report_number(report, SCANTLING_NUMBER_FINDINGS), 1, bodies[i]);
        check_number(f.severity, SCANTLING_SEVERITY_MEDIUM, bodies[i]);
        scantling_report_unref(report);
        scl_text_finish(&text);
    }
    (void)state;
}

static void
an_adjustment_neither_finds_nor_silences(void **state)
{
    static const struct adjusting_row rows[] = {
        { ADJUSTMENT("acme/a", "return 'none'"), NULL,
          "policy failed: unknown severity 'none' it is one of critical, high, medium, low, info, "
          "second high, first medium" },
        { ADJUSTMENT("acme/a", "return false"), NULL,
          "policy failed: severity returned false it returns the name of a severity, or nothing, "
          "second high, first medium" },
        { ADJUSTMENT("acme/a", "report(s, 'x')"), NULL,
          "policy failed: 'report' is not defined did you mean 'import'?, second high, first "
          "medium" },
        { ADJUSTMENT("acme/a", "finding.severity = 'low'"), NULL,
          "policy failed: finding cannot be written it has no place for 'severity', second high, "
          "first medium" },
        { ADJUSTMENT("acme/a", "return finding.severty"), NULL,
          "policy failed: finding has no 'severty' did you mean 'severity'?, second high, first "
          "medium" },
        { ADJUSTMENT("acme/a", "return params.most"), NULL,
          "policy failed: params has no 'most' , second high, first medium" },
        { ADJUSTMENT("acme/a", "while true do end"), NULL,
          "policy ran over its limit of 10000000 steps --limit steps=N raises it, for every "
          "policy, second high, first medium" },
        { ADJUSTMENT("acme/b", "return 'low'"), ADJUSTMENT("acme/a", "error('no')"),
          "policy failed: no , second low, first low" },
    };

    check_adjusted(state, rows, COUNT(rows));
}

static void
other_policies_and_subjects_are_not_its_business(void **state)
{
    struct judging j = judging_new(POLICY);

    scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "a.lua", SCANTLING_TERMINATED,
                              ADJUSTMENT("acme/a", "error('asked')"), SCANTLING_TERMINATED);
    judging_add(&j, "Dockerfile", "FROM scratch\n", SCANTLING_TERMINATED);
    check_text(judging_findings(state, &j), "fail 1:1 first\nfail 1:1 second\n", "an image");
}

static void
its_table_has_six_keys(void **state)
{
    static const struct { const char *text, *expected; } rows[] = {
        { "return adjust { adjusts = 'acme/one' }", "refused 1:1 adjustment has no 'id'\n" },
        { "return adjust { id = 'acme/a' }",
          "refused 1:1 adjustment has no 'adjusts' | write the id of the policy whose findings it "
          "is about\n" },
        { "return adjust { id = 'lower', adjusts = 'acme/one' }",
          "refused 1:22 the id 'lower' has no organisation | write 'acme/lower', with your "
          "organisation's name\n" },
        { "return adjust { id = 'acme/A', adjusts = 'acme/one' }",
          "refused 1:22 'acme/A' is no adjustment id | write lower-case words joined by '-', 5 at "
          "most: acme/no-latest\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/one' }",
          "refused 1:1 adjustment 'acme/a' has no 'why': say what makes the difference\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/one', why = 'x' }",
          "refused 1:1 policy 'acme/a' names no 'subjects'\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/one', why = 'x', subjects = { 'container'"
          " } }",
          "refused 1:1 adjust has no 'severity'\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/one', why = 'x', subjects = { 'container'"
          " }, severity = 'low' }",
          "refused 1:104 adjust: 'severity' is not a function\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/one', why = 'x', subjects = { 'container'"
          " }, severity = print }",
          "refused 1:1 adjust has no 'fails'\n" },
        { "return adjust { id = 'acme/a', passes = {} }",
          "refused 1:32 adjust: unknown key 'passes'\n" },
        { "return adjust { id = 'acme/a', adjust = 'x' }",
          "refused 1:32 adjust: unknown key 'adjust' | did you mean 'adjusts'?\n" },
        { "return adjust 'x'",
          "refused 1:1 adjust is called with a table: return adjust { ... }\n" },
        { "return adjust { id = 'acme/one', adjusts = 'acme/one', why = 'x', subjects = { "
          "'container' }, severity = print, fails = {} }",
          "refused 0:0 two policies have the id 'acme/one': one.lua:2:8, a.lua:1:22\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/on', why = 'x', subjects = { "
          "'container' }, severity = print, fails = {} }",
          "refused 1:42 adjusts: unknown policy 'acme/on' | did you mean 'acme/one'?\n" },
        { "return adjust { id = 'acme/a', adjusts = 'fd54f200', why = 'x', subjects = { "
          "'image' }, severity = print, fails = {} }",
          "refused 1:42 adjusts: 'fd54f200' is no id or code of a policy that "
          "judges\n" },
        { "return adjust { id = 'acme/a', adjusts = 'SL9003', why = 'x', subjects = { "
          "'image' }, severity = print, fails = {} }",
          "refused 1:42 adjusts: 'SL9003' is no id or code of a policy that "
          "judges\n" },
        { "return adjust { id = 'acme/a', adjusts = 'acme/a', why = 'x', subjects = { "
          "'image' }, severity = print, fails = {} }",
          "refused 1:42 adjusts: 'acme/a' is no id or code of a policy that "
          "judges\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct judging j = judging_new(POLICY);

        scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "a.lua", SCANTLING_TERMINATED,
                                  rows[i].text, SCANTLING_TERMINATED);
        judging_add(&j, runtime.name, runtime.text, SCANTLING_TERMINATED);
        check_text(judging_findings(state, &j), rows[i].expected, rows[i].text);
    }
}

SUITE(
    CASE(a_name_replaces_the_severity_and_nothing_leaves_it),
    CASE(the_first_id_that_changes_something_decides),
    CASE(what_is_unknown_leaves_things_as_they_are),
    CASE(an_adjustment_neither_finds_nor_silences),
    CASE(other_policies_and_subjects_are_not_its_business),
    CASE(its_table_has_six_keys))
