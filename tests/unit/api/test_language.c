/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_language.c: the policy language, by small policies given as text
 *
 * A row is an expression over `image` or `build`, and what `%s` prints of it; or a policy and what
 * loading or judging it says.
 */
#include "judged.h"

static const char dockerfile[] = "FROM scratch\n" /* which BuildKit gives a PATH */
                                 "ARG V\n"
                                 "ARG W=here\n"
                                 "ENV A=one B=\"t wo\"\n"
                                 "LABEL a.b=\"c d\" size=512m\n"
                                 "USER 1000:app\n"
                                 "WORKDIR $V\n"
                                 "RUN echo hello world; make --all\n"
                                 "RUN $V && apt-get install -y curl\n"
                                 "CMD [\"run\", \"it\", \"now\", \"and\", \"then\"]\n";

struct row {
    const char *expression, *printed;
};

/* Prints each expression by a policy of its own; an unknown or error shows as its finding. */
static void
check_rows(void **state, const char *subject, const struct row *rows, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        struct scl_text policy = { 0 };
        struct scl_str findings, printed;

        scl_text_f(&policy,
                   "return policy { id = \"acme/one\", title = \"A hazard\", severity = \"low\",\n"
                   "subjects = { \"%s\" }, why = \"A.\", fix = \"B.\", fails = {}, passes = {},\n"
                   "params = { most = { type = \"integer\", default = 7, doc = \"Most.\" } },\n"
                   "check = function(%s, report)\nreport(%s, \"%%s\", %s)\nend }\n",
                   subject, subject, subject, rows[i].expression);
        findings = judged(state, scl_text_str(&policy).at, dockerfile);
        printed = scl_str_trim(findings);
        if (scl_str_starts(printed, SCL_S("fail 1:1 ")))
            printed = scl_str_sub(printed, 9, printed.len);
        if (!scl_str_is(printed, rows[i].printed))
            print_error("%s\n    expected %s\n    actual   %.*s\n", rows[i].expression,
                        rows[i].printed, SCL_ARG(printed));
        good = good && scl_str_is(printed, rows[i].printed);
        scl_text_finish(&policy);
    }
    assert_true(good);
}
#define CHECK_ROWS(subject, rows) check_rows(state, (subject), (rows), COUNT(rows))

/* ---- reading ---- */

static void
fields_are_values_and_nil_is_absent(void **state)
{
    static const struct row rows[] = {
        { "image.user.raw", "1000:app" },
        { "image.user.uid + 1", "1001" },
        { "image.user.is_root", "false" },
        { "image.author", "unset" },
        { "image.author == nil", "true" },
        { "image.env[2].value", "one" },
        { "image.labels[\"a.b\"]", "c d" },
        { "image.labels.nothing", "unset" },
        { "image.user == image.user", "true" },
        { "image.user == image.base", "false" },
        { "image.name", "final" },
        { "image.format", "dockerfile" },
        { "image.resolution", "request" },
        { "image.working_dir", "inconclusive 1:1 working_dir is not known | $V holds what nothing "
                               "given sets" },
    };

    CHECK_ROWS("image", rows);
}

static void
verbs_take_a_node_and_a_path(void **state)
{
    static const struct row rows[] = {
        { "known(image, \"user.uid\")", "true" },
        { "state(image, \"user.raw\")", "declared" },
        { "state(image, \"user.uid\")", "derived" },
        { "state(image, \"author\")", "absent" },
        { "tostring(declared(image, \"user.uid\"))", "1000" },
        { "declared(image, \"author\")", "unset" },
        { "raw(image, \"env[B].value\")", "\"t wo\"" },
        { "raw(image.user)", "1000:app" },
        { "raw(image, \"author\")", "unset" },
        { "at(image, \"user.raw\")", "1000:app" },
        { "at(image, \"command[2]\")", "\"it\"" },
        { "at(image.command, 2)", "\"it\"" },
        { "tostring(where(at(image, \"user.raw\")))", "Dockerfile:6:1" },
        { "where(image.user).line", "6" },
        { "where(image.user).end_column", "14" },
        { "where(image.user).path", "Dockerfile" },
        { "kind(image)", "image" },
        { "kind(image.env)", "list" },
        { "kind(image.labels)", "map" },
        { "kind(image.env[2])", "env" },
        { "kind(parent(image.env[2]))", "image" },
        { "parent(image)", "unset" },
        { "parent(image.user) == image", "true" },
    };

    CHECK_ROWS("image", rows);
}

/* After a `false` of known, or a state of "unknown", no run is a pass. */
static void
doubt_stays(void **state)
{
    check_text(judged(state, POLICY(ON_IMAGE, "if known(node, \"working_dir\") then "
                                              "report(node, \"x\") end"), dockerfile),
               "inconclusive 1:1 working_dir is not known | $V holds what nothing given sets\n",
               "known");
    check_text(judged(state, POLICY(ON_IMAGE, "if state(node, \"working_dir\") == \"declared\" "
                                              "then report(node, \"x\") end"), dockerfile),
               "inconclusive 1:1 working_dir is not known | $V holds what nothing given sets\n",
               "state");
    check_text(judged(state, POLICY(ON_IMAGE, "if not known(node, \"working_dir\") then "
                                              "report(node, \"in doubt\") end"), dockerfile),
               "fail 1:1 in doubt\n", "a finding all the same");
}

static void
operators_are_luas_over_known_values(void **state)
{
    static const struct row rows[] = {
        { "image.user.is_root and image.working_dir", "false" },
        { "image.user.uid == 1000 or image.working_dir", "true" },
        { "image.author or \"nobody\"", "nobody" },
        { "known(image, \"working_dir\") and image.working_dir", "false" },
    };

    CHECK_ROWS("image", rows);
}

static void
lists_have_indexes_lengths_and_order(void **state)
{
    static const struct row rows[] = {
        { "#image.command", "5" },
        { "image.command[1]", "run" },
        { "image.command[6]", "unset" },
        { "image.command", "run, it, now and 2 more" },
        { "(function() local n = 0; for i, v in ipairs(image.command) do n = n + i end return n "
          "end)()", "15" },
        { "(function() local s = \"\"; for k, v in pairs(image.labels) do s = s .. k .. \"=\" .. v "
          ".. \";\" end return s end)()", "a.b=c d;size=512m;" },
        { "(function() local s = \"\"; for k, v in pairs({ b = 1, a = 2, 9 }) do s = s .. "
          "tostring(k) .. \" \" end return s end)()", "1 a b" },
        { "#image.onbuild", "0" },
    };

    CHECK_ROWS("image", rows);
}

/* What a base image that nobody gave may add is not known; what is there is. */
static void
open_lists_answer_only_what_they_know(void **state)
{
    static const struct {
        const char *body, *findings;
    } rows[] = {
        { "report(node, \"%s\", node.env[1].value)", "fail 1:1 b\n" },
        { "report(node, \"%s\", list.any(node.env, function(e) return e.name == \"A\" end))",
          "fail 1:1 true\n" },
        { "report(node, \"%s\", #node.env)",
          "inconclusive 1:1 env is not known | more may come from what was not given\n" },
        { "report(node, \"%s\", node.env[2])",
          "inconclusive 1:1 env is not known | more may come from what was not given\n" },
        { "report(node, \"%s\", list.any(node.env, function(e) return e.name == \"Z\" end))",
          "inconclusive 1:1 env is not known | more may come from what was not given\n" },
        { "report(node, \"%s\", known(node, \"env\"))", "fail 1:1 false\n" },
        { "for _, e in ipairs(node.env) do report(e, \"%s\", e.name) end", "fail 2:5 A\n" },
        { "for _, e in ipairs(node.env) do end",
          "inconclusive 1:1 env is not known | more may come from what was not given\n" },
    };
    char policy[1000];

    for (size_t i = 0; i < COUNT(rows); i++) {
        snprintf(policy, sizeof policy, POLICY(ON_IMAGE, "%s"), rows[i].body);
        check_text(judged(state, policy, "FROM a:1\nENV A=b\n"), rows[i].findings, rows[i].body);
    }
}

/* ---- the library ---- */

static void
text_and_glob_and_list_work_on_strings_and_lists(void **state)
{
    static const struct row rows[] = {
        { "text.starts(\"abc\", \"ab\")", "true" },
        { "text.starts(\"abc\", { \"x\", \"a\" })", "true" },
        { "text.ends(\"abc\", \"ab\")", "false" },
        { "text.has(\"abc\", \"b\")", "true" },
        { "text.has(nil, \"b\")", "unset" },
        { "text.trim(\"  a b \")", "a b" },
        { "text.lines(\"a\\nb\\n\")", "a, b" },
        { "text.split(\"a,b,,c\", \",\")[4]", "c" },
        { "text.words(\"someAPI_key-name.x\")", "some, api, key and 2 more" },
        { "glob.match(\"a*c\", \"abc\")", "true" },
        { "glob.match(\"a*c\", \"a/c\")", "false" },
        { "glob.match(\"a/**\", \"a/b/c\")", "true" },
        { "glob.any({ \"x*\", \"[a-c]?\" }, \"b1\")", "[a-c]?" },
        { "glob.any({ \"x*\" }, \"b1\")", "unset" },
        { "list.any(image.command, function(w) return w == \"it\" end)", "true" },
        { "list.all({ 1, 2 }, function(n) return n > 1 end)", "false" },
        { "list.find(image.env, function(e) return e.name == \"B\" end).value", "t wo" },
        { "list.has(image.command, \"now\")", "true" },
        { "list.filter({ 1, 2, 3 }, function(n) return n ~= 2 end)", "1, 3" },
        { "list.map(image.env, function(e) return e.name end)[3]", "B" },
    };

    CHECK_ROWS("image", rows);
}

static void
images_and_paths_are_read(void **state)
{
    static const struct row rows[] = {
        { "path.clean(\"/a/./b/../c/\")", "/a/c" },
        { "path.join(\"/a\", \"b\")", "/a/b" },
        { "path.dir(\"/a/b\")", "/a" },
        { "path.base(\"/a/b\")", "b" },
        { "path.covers(\"/run\", \"/var/run/docker.sock\")", "true" },
        { "path.covers(\"/ru\", \"/run\")", "false" },
        { "path.covers(\"/home/*/x\", \"/home/me/x/y\")", "true" },
        { "version.compare(\"1.10\", \"1.9\")", "1" },
        { "version.parse(\"1.2.3-rc1\").pre", "rc1" },
        { "caps.name(\"sys_admin\")", "CAP_SYS_ADMIN" },
        { "caps.has({ \"ALL\" }, \"NET_RAW\")", "true" },
        { "caps.minus({ \"SYS_ADMIN\", \"CHOWN\" }, { \"CAP_CHOWN\" })", "CAP_SYS_ADMIN" },
        { "size.parse(image.labels.size)", "536870912" },
        { "size.text(536870912)", "512 MiB" },
        { "size.parse(\"1.5 GiB\")", "1610612736" },
        { "size.parse(\"17179869184\")", "17179869184" },
        { "size.parse(\"99999999p\")", "unset" },
        { "size.parse(\"7x\")", "unset" },
        { "date.days(\"2026-02-27\", \"2026-03-01\")", "2" },
        { "date.add(\"2024-02-28\", 2)", "2024-03-01" },
        { "date.today()", "inconclusive 1:1 the date is not known | give the evaluation a date" },
        { "net.is_loopback(\"127.0.0.1\")", "true" },
        { "net.is_wildcard(\"0.0.0.0\")", "true" },
        { "net.within(\"10.1.2.3\", \"10.0.0.0/8\")", "true" },
        { "url.parse(\"https://u@h.example:8/p?q\").host", "h.example" },
    };
    static const struct row over_build[] = {
        { "image.parse(\"debian:12\").repository", "library/debian" },
        { "image.parse(\"debian:12\").registry", "docker.io" },
        { "image.parse(\"quay.io/a/b@sha256:0\").tag",
          "error 1:1 policy failed: indexes nil" },
        { "image.match(\"debian\", \"docker.io/library/debian:12\")", "true" },
        { "image.match(\"node:*-slim\", \"node:20-slim\")", "true" },
        { "image.match(\"node:*-slim\", \"node:20\")", "false" },
    };

    CHECK_ROWS("image", rows);
    CHECK_ROWS("build", over_build);
}

static void
secrets_facts_and_parameters_are_at_hand(void **state)
{
    static const struct row rows[] = {
        { "secrets.is_name(\"DB_PASSWORD\")", "true" },
        { "secrets.is_name(\"PASSENGER_COUNT\")", "false" },
        { "secrets.is_file(\"/root/.ssh/id_rsa\")", "true" },
        { "secrets.is_placeholder(\"\")", "true" },
        { "secrets.is_placeholder(\"kT8sWq3zLm5xVb7n\")", "false" },
        { "secrets.is_placeholder(\"${TOKEN}\")", "true" },
        { "secrets.is_placeholder(nil)", "unset" },
        { "#secrets.scan(\"nothing here\")", "0" },
        { "#secrets.scan(\"ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\")", "1" },
        { "facts.capabilities[\"CAP_SYS_ADMIN\"] ~= nil", "true" },
        { "facts.capabilities[\"CAP_NOTHING\"]", "unset" },
        { "params.most", "7" },
    };

    CHECK_ROWS("image", rows);
}

static void
the_date_is_the_evaluations(void **state)
{
    const struct test_setting settings[] = { { SCANTLING_OPTION_DATE, 0, "2026-11-21" },
                                             { 0, 0, NULL } };

    check_text(judged_with(state, settings,
                           POLICY(ON_IMAGE, "report(node, \"%s %s\", date.today(), "
                                            "date.today() < \"2027-01-01\")"), dockerfile),
               "fail 1:1 2026-11-21 true\n", "as it was given");
}

static void
report_has_four_directives(void **state)
{
    static const struct {
        const char *body, *findings;
    } rows[] = {
        { "report(node, \"%d%% of %q\", 7, \"a\\\"b\\n\")", "fail 1:1 7% of \"a\\\"b\\x0a\"\n" },
        { "report(node, \"%s and %s\", node.user, at(node, \"labels[size]\"))",
          "fail 1:1 1000:app and 512m\n" },
        { "report(node, \"%s %s\", true, nil)", "fail 1:1 true unset\n" },
        { "report(node, \"%x\", 1)",
          "error 1:1 policy failed: report: '%x' is no directive | there are %s, %d, %q and %%\n" },
        { "report(node, \"%s\")",
          "error 1:1 policy failed: report: too few arguments for its format\n" },
        { "report(true, \"x\")",
          "error 1:1 policy failed: report: first argument is true, not a place | did you "
          "mean at(node, \"field\")?\n" },
        { "report(at(node, \"user\"), \"high\"):severity(\"critical\")", "fail 6:1 high\n" },
        { "report(node, \"x\"):severity(\"severe\")",
          "error 1:1 policy failed: unknown severity 'severe' | it is one of critical, high, "
          "medium, low, info\nfail 1:1 x\n" },
    };
    char policy[1000];

    for (size_t i = 0; i < COUNT(rows); i++) {
        int length = 0;

        for (const char *c = POLICY(ON_IMAGE, "\a"); *c; c++)
            length += snprintf(policy + length, sizeof policy - (size_t)length, "%.*s",
                               *c == '\a' ? 900 : 1, *c == '\a' ? rows[i].body : c);
        check_text(judged(state, policy, dockerfile), rows[i].findings, rows[i].body);
    }
}

/* ---- what errors say ---- */

static void
mistakes_at_run_time_say_what_to_do(void **state)
{
    static const struct row rows[] = {
        { "image.isroot", "error 1:1 policy failed: image has no field 'isroot'" },
        { "image.user.isroot",
          "error 1:1 policy failed: image.user has no field 'isroot' | did you mean 'is_root'?" },
        { "pcall(error)", "error 1:1 policy failed: 'pcall' is not offered to policies | an "
                          "unknown value ends the run by itself" },
        { "undefined_thing", "error 1:1 policy failed: 'undefined_thing' is not defined" },
        { "image.author < 5", "error 1:1 policy failed: compares nil with a number: 'author' is "
                              "not set in final (Dockerfile:1:1) | write `or 0`, or test for "
                              "nil" },
        { "5 >= image.author", "error 1:1 policy failed: compares nil with a number: 'author' is "
                               "not set in final (Dockerfile:1:1) | write `or 0`, or test for "
                               "nil" },
        { "image.author .. \"x\"", "error 1:1 policy failed: concatenates nil: 'author' is not set "
                                   "in final (Dockerfile:1:1) | write `or \"\"`, or test for nil" },
        { "image.author + 1", "error 1:1 policy failed: computes with nil: 'author' is not set in "
                              "final (Dockerfile:1:1) | write `or 0`, or test for nil" },
        { "#image.author", "error 1:1 policy failed: takes the length of nil: 'author' is not set "
                           "in final (Dockerfile:1:1) | write `or 0`, or test for nil" },
        /* which of two, and what came by a variable, is not certain */
        { "image.author < (image.author or image.stop_signal)",
          "error 1:1 policy failed: compares two nil values" },
        { "(function(a) return a < 5 end)(image.author)",
          "error 1:1 policy failed: compares nil with a number | write `or 0`, or test for nil" },
        { "(image.author or nil) < 5",
          "error 1:1 policy failed: compares nil with a number | write `or 0`, or test for nil" },
        { "params.least", "error 1:1 policy failed: params has no 'least'" },
        { "at(image, \"usr\")",
          "error 1:1 policy failed: image has no field 'usr' | did you mean 'user'?" },
        { "(function() image.user = 1 end)()",
          "error 1:1 policy failed: cannot set 'user': documents are read-only" },
        { "(function() leaked = 1 end)()",
          "error 1:1 policy failed: cannot assign global 'leaked' | write `local "
          "leaked`" },
    };

    CHECK_ROWS("image", rows);
}

static void
mistakes_in_the_table_are_told_at_load(void **state)
{
    static const struct {
        const char *policy, *message, *help;
    } rows[] = {
        { "return policy { id = \"acme/one\", severty = \"low\" }",
          "policy: unknown key 'severty'", "did you mean 'severity'?" },
        { POLICY("subjects = { \"container\" }, on = { instruction = \"copy\" }", ""),
          "on: no subject named has a 'instruction'; it exists in build", NULL },
        { POLICY(ON_BUILD ", on = \"mount\"", ""),
          "on: no subject named has a 'mount'; it exists in container", NULL },
        { POLICY(ON_BUILD ", on = { instruction = \"coppy\" }", ""),
          "on: 'coppy' is no instruction", "did you mean 'copy'?" },
        { POLICY("subjects = { \"images\" }", ""), "'images' is no subject",
          "one of build, image, container, host, evidence, project" },
        { POLICY("subjects = {}", ""), "policy 'acme/one' names no 'subjects'", NULL },
        { POLICY(ON_IMAGE ", requires = { \"labls\" }", ""),
          "requires: no subject named has a 'labls'", NULL },
        { POLICY(ON_IMAGE ", packs = { \"all\" }", ""), "the pack 'all' is the engine's own",
          NULL },
        { POLICY_NAMED("bare", ON_IMAGE, ""), NULL, NULL },
        { "return policy { id = \"acme/one\", title = \"T\", severity = \"low\", why = \"W.\",\n"
          "subjects = { \"image\" }, check = function() end, fails = {}, passes = {} }",
          "policy 'acme/one' has no 'fix': say in a sentence what the reader should do", NULL },
        { "return policy { id = \"acme/one\", title = \"T\", severity = \"severe\", why = \"W.\",\n"
          "fix = \"F.\", subjects = { \"image\" }, check = function() end }",
          "unknown severity 'severe'", "one of critical, high, medium, low, info" },
        { POLICY(ON_IMAGE ", params = { a = { type = \"list\", doc = \"Names of teams.\" } }", ""),
          "acme/one: parameter 'a' must be set: Names of teams.", NULL },
        { "return 7", NULL, NULL },
        { "", NULL, NULL },
        { "return policy {", NULL, NULL },
        { "local x = facts.nonsense\n" POLICY(ON_IMAGE, ""), NULL, NULL },
        { "local x = import \"nonsense\"\n" POLICY(ON_IMAGE, ""), NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const policies[] = { rows[i].policy, NULL };
        scantling_config *config = test_config(policies);
        scantling_error *error = NULL;
        const char *help;

        assert_null(scantling_engine_new(config, &error));
        help = scantling_error_suggestion(error, 0, NULL);
        if (rows[i].help)
            check_text(scl_str_c(help ? help : ""), rows[i].help, rows[i].policy);
        check_number(scantling_error_status(error), SCANTLING_STATUS_POLICY, rows[i].policy);
        if (rows[i].message)
            check_error(&error, POLICY, rows[i].message);
        scantling_error_free(error);
        scantling_config_free(config);
    }
}

SUITE(
    CASE(fields_are_values_and_nil_is_absent),
    CASE(verbs_take_a_node_and_a_path),
    CASE(doubt_stays),
    CASE(operators_are_luas_over_known_values),
    CASE(lists_have_indexes_lengths_and_order),
    CASE(open_lists_answer_only_what_they_know),
    CASE(text_and_glob_and_list_work_on_strings_and_lists),
    CASE(images_and_paths_are_read),
    CASE(secrets_facts_and_parameters_are_at_hand),
    CASE(the_date_is_the_evaluations),
    CASE(report_has_four_directives),
    CASE(mistakes_at_run_time_say_what_to_do),
    CASE(mistakes_in_the_table_are_told_at_load))
