/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_report.c: reports of what small policies find, as text, short and JSON
 */
#include "judged.h"

#include "base/utf8.h"

#include <jansson.h>

static const char runs_as_root[] =
    POLICY("acme/root", "high", "subjects = { \"image\" }",
           "if node.user.is_root and node.user.raw then"
           " report(at(node, \"user.raw\"), \"starts as root\") end");
static const char no_version[] =
    POLICY("acme/version", "medium", "subjects = { \"build\" }, on = \"stage\"",
           "if node.base.tag == nil then report(at(node, \"base\"), \"%s has no version\","
           " node.base.raw) end");
static const char fails_always[] =
    POLICY("acme/broken", "low", "subjects = { \"image\" }", "local x = 1 + node.working_dir.y");
static const char runs_for_ever[] =
    POLICY("acme/slow", "low", "subjects = { \"image\" }", "while true do end");
static const char each_run[] =
    POLICY("acme/run", "low", "subjects = { \"build\" }, on = { instruction = \"run\" }",
           "report(node, \"runs something\")");
static const char each_run_itself[] =
    POLICY("acme/runs", "info", "subjects = { \"build\" }, on = { instruction = \"run\" }",
           "report(node, \"runs number %d\", node.index):also(at(node, \"name\"), \"here\")");
static const char secret_env[] =
    POLICY("acme/secret", "critical", "subjects = { \"image\" }, on = \"env\"",
           "if secrets.is_name(node.name) then report(node, \"%s is %s\", node.name,"
           " tostring(node.value)) end");

static void
check_report(const struct given_file *files, size_t count, const char *policy, const char *format,
             const char *expected)
{
    struct scl_text out = test_report(files, count, &policy, 1, format);

    check_text(scl_text_str(&out), expected, format);
    scl_text_finish(&out);
}

/* ---- text ---- */

static void
a_finding_is_told_in_a_block(void **state)
{
    static const struct given_file file = { "web/Dockerfile", "FROM a:1\nUSER root\n" };

    (void)state;
    check_report(&file, 1, runs_as_root, "text",
                 "high: starts as root [acme/root]\n"
                 "  --> web/Dockerfile:2:1 (image final)\n"
                 " 2 | USER root\n"
                 "   | ^^^^^^^^^\n"
                 "   = because  user.raw: root, web/Dockerfile:2:6\n"
                 "   = fix      Do this, and then that.\n"
                 "\n"
                 "1 finding (1 high); judged 1 document by 1 policy\n"
                 "fails: 1 at or above medium; more on one: scantling explain acme/root\n");
}

static void
options_change_how_it_is_told(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a:1\nUSER root\n" };
    static const struct {
        const char *format, *expected;
    } rows[] = {
        { "text quiet", "high: starts as root [acme/root]\n"
                        "  --> Dockerfile:2:1 (image final)\n"
                        " 2 | USER root\n"
                        "   | ^^^^^^^^^\n"
                        "   = because  user.raw: root, Dockerfile:2:6\n"
                        "   = fix      Do this, and then that.\n" },
        { "text width=40 fail-on=critical",
          "high: starts as root [acme/root]\n"
          "  --> Dockerfile:2:1 (image final)\n"
          " 2 | USER root\n"
          "   | ^^^^^^^^^\n"
          "   = because  user.raw: root,\n"
          "              Dockerfile:2:6\n"
          "   = fix      Do this, and then that.\n"
          "\n"
          "1 finding (1 high); judged 1 document by 1 policy\n"
          "passes: no finding at or above critical\n" },
        { "text color quiet links=file://host/tmp",
          "\033[31mhigh\033[0m: \033[1mstarts as root\033[0m [acme/root]\n"
          "  \033[34m-->\033[0m "
          "\033]8;;file://host/tmp/Dockerfile\033\\\033[1mDockerfile:2:1\033[0m\033]8;;\033\\"
          " (image final)\n"
          "\033[34m 2 |\033[0m USER root\n"
          "\033[34m   |\033[0m \033[31m^^^^^^^^^\033[0m\n"
          "   \033[34m=\033[0m \033[1mbecause\033[0m  user.raw: root, Dockerfile:2:6\n"
          "   \033[34m=\033[0m \033[32mfix\033[0m      Do this, and then that.\n" },
        { "short", "Dockerfile:2:1: high: starts as root [acme/root]\n" },
        { "short color", "Dockerfile:2:1: \033[31mhigh\033[0m: starts as root [acme/root]\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_report(&file, 1, runs_as_root, rows[i].format, rows[i].expected);
}

static void
a_run_without_findings_is_clean(void **state)
{
    static const struct given_file files[] = { { "a/Dockerfile", "FROM a:1\nUSER 5\n" },
                                               { "b/Dockerfile", "FROM a:1\nUSER 5\n" } };

    (void)state;
    check_report(files, 2, runs_as_root, "text", "clean; judged 2 documents by 1 policy\n");
    check_report(files, 2, runs_as_root, "text quiet", "");
    check_report(files, 2, runs_as_root, "short", "");
}

static void
what_is_not_known_is_neither_pass_nor_fail(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a:1\nUSER ${WHO}\n" };
    struct scl_text out = test_report(&file, 1, (const char *[]){ runs_as_root }, 1, "text");

    (void)state;
    assert_true(scl_str_starts(scl_text_str(&out),
                               SCL_S("inconclusive: user.is_root is not known [acme/root]\n")));
    assert_true(scl_str_find(scl_text_str(&out), SCL_S("   = missing  user.is_root: ")) !=
                SIZE_MAX);
    assert_true(scl_str_find(scl_text_str(&out), SCL_S("   = because")) == SIZE_MAX);
    assert_true(scl_str_ends(
        scl_text_str(&out),
        SCL_S("\n\nno findings, 1 inconclusive; judged 1 document by 1 policy\n"
              "passes: no finding at or above medium; "
              "--fail-on medium,inconclusive would fail\n")));
    scl_text_finish(&out);
    out = test_report(&file, 1, (const char *[]){ runs_as_root }, 1,
                      "text fail-on=high,inconclusive");
    assert_true(scl_str_ends(
        scl_text_str(&out),
        SCL_S("\nfails: 1 inconclusive; more on one: scantling explain acme/root\n")));
    scl_text_finish(&out);
}

static void
a_policy_that_fails_is_told_with_its_place(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a:1\nWORKDIR /x\n" };

    (void)state;
    check_report(&file, 1, runs_for_ever, "text",
                 "error: policy ran over its limit of 100000 steps [acme/slow]\n"
                 "  --> p1.lua:7:5\n"
                 " 7 |     while true do end\n"
                 "   |     ^^^^^^^^^^^^^^^^^\n"
                 "  ::: Dockerfile:1:1 (image final)\n"
                 " 1 | FROM a:1\n"
                 "   | --------\n"
                 "   = help     --limit steps=N raises it, for every policy\n"
                 "\n"
                 "no findings, 1 error; judged 1 document by 1 policy\n"
                 "incomplete: 1 policy failed\n");
    check_report(&file, 1, runs_for_ever, "short",
                 "Dockerfile:1:1: error: policy ran over its limit of 100000 steps at p1.lua:7 "
                 "[acme/slow]\n");
}

static void
notes_stand_among_the_findings(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a\nRUNN x\nFROM b\n" };

    (void)state;
    check_report(&file, 1, no_version, "short",
                 "Dockerfile:1:6: medium: a has no version [acme/version]\n"
                 "Dockerfile:2:1: error: unknown instruction RUNN [SL9001 parse-error]\n"
                 "Dockerfile:3:6: medium: b has no version [acme/version]\n");
}

static void
findings_that_agree_are_folded_in_the_text_alone(void **state)
{
    static const struct given_file file = { "Dockerfile",
                                            "FROM a\nRUN 1\nRUN 2\nRUN 3\nRUN 4\nRUN 5\nRUN 6\n"
                                            "RUN 7\nRUN 8\n" };
    struct scl_text out = test_report(&file, 1, (const char *[]){ each_run }, 1, "short");
    size_t lines = 0;

    (void)state;
    for (size_t i = 0; i < out.len; i++)
        lines += out.at[i] == '\n';
    check_number(lines, 8, "short never folds");
    scl_text_finish(&out);
    check_report(&file, 1, each_run, "text",
                 "low: runs something [acme/run]\n"
                 "  --> Dockerfile:2:1 (build)\n"
                 " 2 | RUN 1\n"
                 "   | ^^^^^\n"
                 "   = also     build, Dockerfile:3:1\n"
                 "   = also     build, Dockerfile:4:1\n"
                 "   = also     build, Dockerfile:5:1\n"
                 "   = also     build, Dockerfile:6:1\n"
                 "   = also     build, Dockerfile:7:1\n"
                 "   = also     and 2 more\n"
                 "   = fix      Do this, and then that.\n"
                 "\n"
                 "8 findings (8 low); judged 1 document by 1 policy\n"
                 "passes: no finding at or above medium\n");
}

static struct scl_text
many_runs(int count)
{
    struct scl_text text = { 0 };

    scl_text_c(&text, "FROM a\n");
    for (int i = 0; i < count; i++)
        scl_text_f(&text, "RUN %d\n", i);
    return text;
}

static size_t
occurrences(const struct scl_text *text, struct scl_str piece)
{
    struct scl_str rest = scl_text_str(text);
    size_t count = 0, at;

    while ((at = scl_str_find(rest, piece)) != SIZE_MAX) {
        count++;
        rest = scl_str_sub(rest, at + piece.len, rest.len);
    }
    return count;
}

static void
after_the_hundredth_block_there_is_a_line_each(void **state)
{
    struct scl_text text = many_runs(103);
    struct given_file file = { "Dockerfile", text.at };
    struct scl_text out = test_report(&file, 1, (const char *[]){ each_run_itself }, 1, "text");

    (void)state;
    check_number(occurrences(&out, SCL_S("  --> ")), 100, "blocks");
    check_number(occurrences(&out, SCL_S("  ::: Dockerfile:")), 100, "related places");
    check_number(occurrences(&out, SCL_S("(build): here\n")), 100, "what they say");
    assert_true(scl_str_ends(
        scl_text_str(&out),
        SCL_S("\n\n3 more, one line each:\n"
              "Dockerfile:102:1: info: runs number 102 [acme/runs]\n"
              "Dockerfile:103:1: info: runs number 103 [acme/runs]\n"
              "Dockerfile:104:1: info: runs number 104 [acme/runs]\n"
              "\n"
              "103 findings (103 info); judged 1 document by 1 policy\n"
              "    103  info      acme/runs\n"
              "passes: no finding at or above medium\n")));
    scl_text_finish(&out);
    out = test_report(&file, 1, (const char *[]){ each_run_itself }, 1, "text verbose");
    check_number(occurrences(&out, SCL_S("  --> ")), 103, "blocks, verbose");
    scl_text_finish(&out);
    scl_text_finish(&text);
}

static void
from_twenty_findings_on_there_is_a_table(void **state)
{
    static const char *const policies[] = { each_run_itself, runs_as_root, no_version };
    struct scl_text text = many_runs(18);
    struct given_file file;
    struct scl_text out;

    (void)state;
    scl_text_c(&text, "USER root\n");
    file = (struct given_file){ "Dockerfile", text.at };
    out = test_report(&file, 1, policies, 3, "text");
    assert_true(scl_str_ends(
        scl_text_str(&out),
        SCL_S("\n20 findings (1 high, 1 medium, 18 info); judged 1 document by 3 policies\n"
              "     18  info      acme/runs\n"
              "      1  high      acme/root\n"
              "      1  medium    acme/version\n"
              "fails: 2 at or above medium; more on one: scantling explain acme/runs\n")));
    scl_text_finish(&out);
    scl_text_finish(&text);
}

static void
no_writer_shows_a_secret(void **state)
{
    static const struct given_file file = {
        "Dockerfile", "FROM a\nENV DB_PASSWORD=hunter22hunter\nENV A=\"x hunter22hunter\"\n"
                      "RUN login hunter22hunter\nRUNN hunter22hunter\n" };
    static const char *const formats[] = { "text", "text verbose width=40", "short", "json" };
    static const char *const policies[] = { secret_env, each_run_itself };

    (void)state;
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_text out = test_report(&file, 1, policies, 2, formats[i]);

        assert_true(scl_str_find(scl_text_str(&out), SCL_S("DB_PASSWORD")) != SIZE_MAX);
        assert_true(scl_str_find(scl_text_str(&out), SCL_S("hunter22")) == SIZE_MAX);
        assert_true(scl_str_find(scl_text_str(&out), SCL_S("********")) != SIZE_MAX);
        scl_text_finish(&out);
    }
}

static void
hostile_texts_come_out_as_valid_text_without_controls(void **state)
{
    static const struct given_file file = {
        "Docker\033[31mfile\xff.Dockerfile",
        "FROM a\033[2J\xff\xe2\x80\xae\nENV PASSWORD_\xff=\xfe\033]0;x\007\n"
        "RUN \001\002\xc2\x9b x\n"
        "RUNN\033 x\nUSER ro\xffot\n" };
    static const char *const formats[] = { "text", "text ascii verbose", "short", "json" };
    static const char *const policies[] = { secret_env, each_run_itself, no_version,
                                            runs_as_root, fails_always };

    (void)state;
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_text out = test_report(&file, 1, policies, COUNT(policies), formats[i]);

        assert_true(scl_utf8_is_valid(scl_text_str(&out)));
        for (size_t at = 0; at < out.len; at++)
            assert_true(out.at[at] == '\n' || ((unsigned char)out.at[at] >= ' ' &&
                                               out.at[at] != 0x7f));
        assert_true(scl_str_find(scl_text_str(&out), SCL_S("\xc2\x9b")) == SIZE_MAX);
        assert_true(scl_str_find(scl_text_str(&out), SCL_S("\xe2\x80\xae")) == SIZE_MAX);
        scl_text_finish(&out);
    }
}

/* ---- JSON ---- */

static const char *
text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "(none)";
}

static int64_t
number_at(const json_t *object, const char *key)
{
    return json_is_integer(json_object_get(object, key))
               ? json_integer_value(json_object_get(object, key))
               : -1;
}

static void
json_has_the_keys_that_are_promised(void **state)
{
    static const struct given_file file = { "web/Dockerfile", "FROM a\nUSER root\nRUNN x\n" };
    static const char *const policies[] = { runs_as_root, runs_for_ever };
    static const char *const keys[] = { "policy",   "verdict",     "severity",   "confidence",
                                        "subject",  "message",     "location",   "evidence",
                                        "related",  "fixes",       "fingerprint", "suppressed",
                                        "adjusted" };
    struct scl_text out = test_report(&file, 1, policies, 2, "json");
    json_t *root = json_loadb(out.at, out.len, 0, NULL), *findings, *finding, *place;
    const char *key;
    json_t *value;
    size_t i = 0;

    (void)state;
    assert_non_null(root);
    findings = json_object_get(root, "findings");
    check_number(json_array_size(findings), 2, "findings");
    finding = json_array_get(findings, 1);
    json_object_foreach(finding, key, value)
        if (i < COUNT(keys))
            assert_string_equal(key, keys[i++]);
    check_number(i, COUNT(keys), "keys of a finding");
    assert_string_equal(text_at(finding, "verdict"), "fail");
    assert_string_equal(text_at(finding, "message"), "starts as root");
    assert_string_equal(text_at(json_object_get(finding, "subject"), "kind"), "image");
    place = json_object_get(finding, "location");
    assert_string_equal(text_at(place, "path"), "web/Dockerfile");
    check_number(number_at(place, "line"), 2, "line");
    check_number(number_at(place, "offset"), 7, "offset");
    check_number(number_at(place, "length"), 9, "length");
    place = json_array_get(json_object_get(finding, "evidence"), 0);
    assert_string_equal(text_at(place, "field"), "user.raw");
    assert_string_equal(text_at(place, "state"), "declared");
    check_number(number_at(place, "column"), 6, "column of evidence");
    assert_string_equal(
        text_at(json_object_get(json_array_get(findings, 0), "policy_location"), "path"),
        "p2.lua");
    place = json_object_get(root, "summary");
    check_number(number_at(place, "fail"), 1, "fail");
    check_number(number_at(place, "error"), 1, "error");
    check_number(number_at(place, "notes"), 1, "notes");
    check_number(number_at(json_object_get(place, "by_severity"), "high"), 1, "high");
    json_decref(root);
    scl_text_finish(&out);
}

static void
json_has_a_row_for_each_object(void **state)
{
    static const struct given_file file = { "Dockerfile", "FROM a:1\nUSER 5\n" };
    struct scl_text out = test_report(&file, 1, (const char *[]){ runs_as_root }, 1, "json");
    static const char expected[] =
        "  \"documents\": [\n"
        "    {\"path\": \"Dockerfile\", \"format\": \"dockerfile\", \"subjects\": 2, "
        "\"notes\": []}\n"
        "  ],\n"
        "  \"findings\": [],\n"
        "  \"policies\": [],\n"
        "  \"summary\": {\"documents\": 1, ";

    (void)state;
    assert_true(scl_str_starts(scl_text_str(&out),
                               SCL_S("{\n  \"scantling\": {\"version\": \"0.1.0\", "
                                     "\"schema\": 1},\n"
                                     "  \"evaluation\": {\"date\": null, \"assumptions\": {}, ")));
    assert_true(scl_str_find(scl_text_str(&out), scl_str_c(expected)) != SIZE_MAX);
    assert_true(scl_str_ends(scl_text_str(&out), SCL_S("}\n}\n")));
    scl_text_finish(&out);
}

SUITE(CASE(a_finding_is_told_in_a_block), CASE(options_change_how_it_is_told),
      CASE(a_run_without_findings_is_clean), CASE(what_is_not_known_is_neither_pass_nor_fail),
      CASE(a_policy_that_fails_is_told_with_its_place), CASE(notes_stand_among_the_findings),
      CASE(findings_that_agree_are_folded_in_the_text_alone),
      CASE(after_the_hundredth_block_there_is_a_line_each),
      CASE(from_twenty_findings_on_there_is_a_table), CASE(no_writer_shows_a_secret),
      CASE(hostile_texts_come_out_as_valid_text_without_controls),
      CASE(json_has_the_keys_that_are_promised), CASE(json_has_a_row_for_each_object))
