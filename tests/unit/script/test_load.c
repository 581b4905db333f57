/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_load.c: from the text of a policy file to what it says of itself
 *
 * What a row gives takes the place of a key of a policy in which all is right.
 */
#include "policies.h"

struct load_row {
    const char *key, *line, *expected;
};

static const struct { const char *key, *line; } keys[] = {
    { "id", "  id = 'acme/one',\n" },
    { "title", "  title = 'A hazard',\n" },
    { "severity", "  severity = 'low',\n" },
    { "subjects", "  subjects = { 'image' },\n" },
    { "why", "  why = 'A reason.',\n" },
    { "fix", "  fix = 'A remedy.',\n" },
    { "check", "  check = function() end,\n" },
    { "fails", "  fails = {},\n" },
    { "passes", "  passes = {},\n" },
};

/* The policy with the line of one key replaced, or put behind the others. */
static struct scl_str
policy_with(void **state, const char *key, const char *line)
{
    struct scl_text text = { 0 };
    bool replaced = false;

    scl_text_c(&text, "return policy {\n");
    for (size_t i = 0; i < COUNT(keys); i++) {
        bool is_key = strcmp(keys[i].key, key) == 0;

        scl_text_c(&text, is_key ? line : keys[i].line);
        replaced = replaced || is_key;
    }
    if (!replaced)
        scl_text_c(&text, line);
    scl_text_c(&text, "}\n");
    return judging_kept(state, &text);
}

static void
check_loads(void **state, const struct load_row *rows, size_t count)
{
    static const struct input input = { "Dockerfile", "FROM scratch\n" };

    for (size_t i = 0; i < count; i++)
        check_text(judged(state, policy_with(state, rows[i].key, rows[i].line).at, input),
                   rows[i].expected, rows[i].line);
}

static void
a_policy_says_who_it_is(void **state)
{
    static const struct load_row rows[] = {
        { "id", "  id = 'acme/one',\n", "pass 1\n" },
        { "id", "  id = 'acme/one-two-three-four-five',\n", "pass 1\n" },
        { "id", "\n", "refused 1:1 policy has no 'id'\n" },
        { "id", "  id = 7,\n", "refused 2:8 policy: 'id' is a number, not a string\n" },
        { "id", "  id = 'one',\n", "refused 2:8 the id 'one' has no organisation | write "
          "'acme/one', "
                                   "with your organisation's name\n" },
        { "id", "  id = 'Acme/one',\n",
          "refused 2:8 'Acme/one' is no policy id | write lower-case words joined by '-', 5 at "
          "most: "
          "acme/no-latest\n" },
        { "id", "  id = 'acme/a--b',\n",
          "refused 2:8 'acme/a--b' is no policy id | write lower-case words joined by '-', 5 at "
          "most: acme/no-latest\n" },
        { "id", "  id = 'acme/a-b-c-d-e-f',\n",
          "refused 2:8 'acme/a-b-c-d-e-f' is no policy id | write lower-case words joined by "
          "'-', 5 "
          "at most: acme/no-latest\n" },
        { "id", "  id = 'acme/',\n",
          "refused 2:8 'acme/' is no policy id | write lower-case words joined by '-', 5 at most: "
          "acme/no-latest\n" },
        { "code", "  code = 'SL1001',\n",
          "refused 11:10 only built-in policies have a code, SL and four digits\n" },
    };

    check_loads(state, rows, COUNT(rows));
}

static void
its_prose_is_needed(void **state)
{
    static const struct load_row rows[] = {
        { "title", "\n",
          "refused 1:1 policy 'acme/one' has no 'title': name the hazard\n" },
        { "title", "  title = 'A hazard.',\n",
          "refused 3:11 a title is one line of at most 72 bytes without a full stop\n" },
        { "title", "  title = ('a'):rep(73),\n",
          "refused 3:11 a title is one line of at most 72 bytes without a full stop\n" },
        { "title", "  title = 'A\\nB',\n",
          "refused 3:11 a title is one line of at most 72 bytes without a full stop\n" },
        { "title", "  title = ('a'):rep(72),\n", "pass 1\n" },
        { "why", "  why = '  \\n ',\n",
          "refused 6:3 policy 'acme/one' has no 'why': say what happens otherwise\n" },
        { "fix", "\n",
          "refused 1:1 policy 'acme/one' has no 'fix': say in a sentence what the reader should "
          "do\n" },
        { "fix", "  fix = {},\n", "refused 7:9 policy: 'fix' is a table, not a string\n" },
    };

    check_loads(state, rows, COUNT(rows));
}

static void
levels_are_of_a_few_names(void **state)
{
    static const struct load_row rows[] = {
        { "severity", "\n",
          "refused 1:1 policy 'acme/one' has no 'severity' | one of critical, high, medium, low, "
          "info\n" },
        { "severity", "  severity = 'severe',\n",
          "refused 4:14 unknown severity 'severe' | one of critical, high, medium, low, info\n" },
        { "severity", "  severity = 'none',\n",
          "refused 4:14 unknown severity 'none' | one of critical, high, medium, low, info\n" },
        { "confidence", "  confidence = 'low',\n", "pass 1\n" },
        { "confidence", "  confidence = 'sure',\n",
          "refused 11:16 unknown confidence 'sure' | one of high, medium, low\n" },
    };

    check_loads(state, rows, COUNT(rows));
}

static void
keys_that_are_none_get_the_nearest_one(void **state)
{
    static const struct load_row rows[] = {
        { "severity", "  severty = 'low',\n",
          "refused 4:3 policy: unknown key 'severty' | did you mean 'severity'?\n" },
        { "zzz", "  zzz = 1, aaa = 2,\n", "refused 11:12 policy: unknown key 'aaa'\n" },
        { "[1]", "  1,\n", "refused 1:1 policy: keys are names\n" },
        { "packs", "  packs = { 'acme' },\n", "pass 1\n" },
        { "packs", "  packs = 'acme',\n",
          "refused 11:11 policy: 'packs' is a string, not a list of strings\n" },
        { "packs", "  packs = { 1 },\n",
          "refused 11:11 policy: entry 1 of 'packs' is a number, not a string\n" },
        { "packs", "  packs = { 'all' },\n",
          "refused 11:11 the pack 'all' is the engine's own\n" },
        { "packs", "  packs = { 'none' },\n",
          "refused 11:11 the pack 'none' is the engine's own\n" },
        { "refs", "  refs = { cis = '4.1', nist = { 'a', 'b' } },\n", "pass 1\n" },
        { "refs", "  refs = { 'a' },\n", "refused 11:10 policy: the keys of 'refs' are names\n" },
        { "aliases", "  aliases = { hadolint = {} },\n", "pass 1\n" },
        { "aliases", "  aliases = 'DL1',\n", "refused 11:13 policy: 'aliases' is a string, not a "
                                             "table\n" },
        { "replaces", "  replaces = { 'acme/old' },\n", "pass 1\n" },
    };

    check_loads(state, rows, COUNT(rows));
}

static void
a_function_and_examples_are_needed(void **state)
{
    static const struct load_row rows[] = {
        { "check", "\n", "refused 1:1 policy has no 'check'\n" },
        { "check", "  check = 'x',\n", "refused 8:11 policy: 'check' is not a function\n" },
        { "fails", "\n", "refused 1:1 policy has no 'fails'\n" },
        { "passes", "  passes = true,\n",
          "refused 10:12 policy: 'passes' is not a table of examples\n" },
    };

    check_loads(state, rows, COUNT(rows));
}

static void
a_file_returns_one_policy_and_what_else_it_does_is_told(void **state)
{
    static const struct { const char *text, *expected; } rows[] = {
        { "", "refused 1:1 the file returns no policy; it ends with: return policy { ... }\n" },
        { "return 1", "refused 1:1 the file returns no policy; it ends with: return policy { ... "
                      "}\n" },
        { "return {}", "refused 1:1 the file returns no policy; it ends with: return policy { ... "
                       "}\n" },
        { "policy {} return {}", "refused 1:1 the file returns no policy; it ends with: return "
                                 "policy { ... }\n" },
        { "return policy 'x'", "refused 1:1 policy is called with a table: return policy { ... "
          "}\n" },
        { "return policy {\n  id = 'acme/x'\n  title = 'x' }",
          "refused 3:3 policy cannot be read: '}' expected (to close '{' at line 1) near "
          "'title'\n" },
        { "x = 1", "refused 1:1 cannot assign global 'x'; write `local x`\n" },
        { "local a = nil\nreturn a.b", "refused 2:8 indexes nil: local 'a'\n" },
        { "pcall(error)", "refused 1:1 'pcall' is not offered to policies; an unknown value ends "
          "the "
                          "run by itself\n" },
        { "require 'x'", "refused 1:1 'require' is not offered to policies; `import` gives what "
          "lies "
                       "in lib/\n" },
        { "print(tabel.concat({}))",
          "refused 1:7 'tabel' is not defined; did you mean 'table'?\n" },
        { "while true do end", "refused 1:1 runs over its limit of 10000000 steps (limit "
          "steps)\n" },
        { "return policy { id = params.x }", "refused 1:22 'params' is not defined\n" },
        { "local d = date.today()",
          "refused 1:1 date.today() is known in a check, not while the policy loads\n" },
        { "local t = facts.capabilites",
          "refused 1:17 there are no facts 'capabilites'; did you mean 'capabilities'?\n" },
        { "\x1bLua", "refused 1:1 is a compiled chunk, not a text\n" },
    };
    static const struct input input = { "Dockerfile", "FROM scratch\n" };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(judged(state, rows[i].text, input), rows[i].expected, rows[i].text);
}

/* The top level of a file runs when the engine is made, and again in each state that judges. */
static void
a_file_may_use_the_libraries_while_it_loads(void **state)
{
    static const struct { const char *head, *expected; } rows[] = {
        { "local p = path.clean('/a/../b') ", "pass 1\n" },
        { "local p = path.join('a', 'b') ", "pass 1\n" },
        { "local r = image.parse('a:1') ", "pass 1\n" },
        { "local r = image.match('a', 'a:1') ", "pass 1\n" },
        { "local c = caps.name('chown') ", "pass 1\n" },
        { "local h = secrets.scan('x') ", "pass 1\n" },
        { "local t = list.map({ 1 }, tostring) ", "pass 1\n" },
        { "local r = facts.capabilities[1] ", "pass 1\n" },
        { "local r = image.releases('debian:12') ", "pass 1\n" },
    };
    static const struct input input = { "Dockerfile", "FROM scratch\n" };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 };

        scl_text_c(&text, rows[i].head);
        scl_text_c(&text, POLICY_TEXT("subjects = { 'image' }", ""));
        check_text(judged(state, scl_text_str(&text).at, input), rows[i].expected, rows[i].head);
        scl_text_finish(&text);
    }
}

static void
every_setting_and_file_at_fault_is_told(void **state)
{
    struct judging j = judging_new(POLICY_TEXT("subjects = { 'image' }", ""));

    scantling_config_set_int(j.config, 999, 1);
    scantling_config_set_text(j.config, SCANTLING_OPTION_DATE, "tomorrow", SCANTLING_TERMINATED);
    scantling_config_set_text(j.config, SCANTLING_OPTION_PACK, "owsap", SCANTLING_TERMINATED);
    scantling_config_set_text(j.config, SCANTLING_OPTION_ASSUME, "runtime", SCANTLING_TERMINATED);
    check_text(judging_findings(state, &j),
               "refused 0:0 a config has no number 999\n"
               "refused 0:0 'tomorrow' is no date; write YYYY-MM-DD\n"
               "refused 0:0 'runtime' has no '='\n"
               "refused 0:0 unknown pack 'owsap' | did you mean 'owasp'?\n",
               "settings");
    j = judging_new("return 1\n");
    scantling_config_set_int(j.config, 999, 1);
    scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "two.lua", SCANTLING_TERMINATED,
                              "return 2\n", SCANTLING_TERMINATED);
    check_text(judging_findings(state, &j),
               "refused 0:0 a config has no number 999\n"
               "refused 1:1 the file returns no policy; it ends with: return policy { ... }\n"
               "refused 1:1 the file returns no policy; it ends with: return policy { ... }\n",
               "files");
}

static void
two_policies_have_two_names(void **state)
{
    struct judging j = judging_new(POLICY_TEXT("subjects = { 'image' }", ""));

    scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "two.lua", SCANTLING_TERMINATED,
                              POLICY_TEXT("subjects = { 'image' }", ""), SCANTLING_TERMINATED);
    check_text(judging_findings(state, &j),
               "refused 0:0 two policies have the id 'acme/one': one.lua:2:8, two.lua:2:8\n",
               "the same policy twice");
}

SUITE(
    CASE(a_policy_says_who_it_is),
    CASE(its_prose_is_needed),
    CASE(levels_are_of_a_few_names),
    CASE(keys_that_are_none_get_the_nearest_one),
    CASE(a_function_and_examples_are_needed),
    CASE(a_file_returns_one_policy_and_what_else_it_does_is_told),
    CASE(a_file_may_use_the_libraries_while_it_loads),
    CASE(every_setting_and_file_at_fault_is_told),
    CASE(two_policies_have_two_names))
