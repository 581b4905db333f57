/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_baseline.c: findings known from earlier
 */
#include "judged.h"

#define BOTH "no-root-user,pin-image-version,SL9003"

/* What a run over a Dockerfile would list. */
static scantling_buffer *
list_of(const char *path, const char *text, const char *known)
{
    struct judged j = judged_new();
    scantling_buffer *buffer;

    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    if (known)
        judged_file(&j, SCANTLING_FILE_BASELINE, "b.json", known);
    judged_add(&j, path, text);
    judged_run(&j);
    buffer = scantling_report_render(j.report, "baseline", SCANTLING_TERMINATED, &j.error);
    assert_non_null(buffer);
    judged_finish(&j);
    return buffer;
}

/* Judges a Dockerfile after another one was listed. */
static void
check_after(const char *before, const char *path, const char *after, const char *expected)
{
    scantling_buffer *known = list_of("Dockerfile", before, NULL);
    struct judged j = judged_new();

    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_file(&j, SCANTLING_FILE_BASELINE, "b.json", scantling_buffer_bytes(known, NULL));
    judged_add(&j, path, after);
    check_found(&j, expected);
    scantling_buffer_free(known);
}

static void
check_refusal(const char *text, const char *expected)
{
    struct judged j = judged_new();

    judged_file(&j, SCANTLING_FILE_BASELINE, "b.json", text);
    check_refused(&j, expected);
}

static void
what_is_listed_is_suppressed_also_where_it_has_moved(void **state)
{
    (void)state;
    check_after("FROM a\nUSER root\n", "Dockerfile", "# new\n\nFROM  a\nRUN b\nUSER   root\n",
                "Dockerfile:3:7 SL1101 medium by baseline\n"
                "Dockerfile:5:1 SL1001 high by baseline\n");
}

static void
a_new_neighbour_is_reported(void **state)
{
    (void)state;
    check_after("FROM a\nUSER root\n", "Dockerfile", "FROM b AS x\nFROM a\nUSER root\n",
                "Dockerfile:1:6 SL1101 medium\nDockerfile:2:6 SL1101 medium by baseline\n"
                "Dockerfile:3:1 SL1001 high by baseline\n");
}

static void
one_more_of_the_same_is_reported(void **state)
{
    (void)state;
    check_after("FROM a AS x\nFROM b:1\nUSER 1\n", "Dockerfile",
                "FROM a AS x\nFROM a AS y\nFROM b:1\nUSER 1\n",
                "Dockerfile:1:6 SL1101 medium by baseline\nDockerfile:2:6 SL1101 medium\n");
}

static void
what_was_changed_or_lies_elsewhere_is_reported(void **state)
{
    (void)state;
    check_after("FROM a\nUSER root\n", "Dockerfile", "FROM a:latest\nUSER 0\n",
                "Dockerfile:1:6 SL1101 medium\nDockerfile:2:1 SL1001 high\n");
    check_after("FROM a\nUSER root\n", "b/Dockerfile", "FROM a\nUSER root\n",
                "b/Dockerfile:1:6 SL1101 medium\nb/Dockerfile:2:1 SL1001 high\n");
}

static void
an_entry_of_another_policy_is_none(void **state)
{
    scantling_buffer *known = list_of("Dockerfile", "FROM a:1\nUSER root\n", NULL);
    struct scl_text changed = { 0 };
    struct judged j = judged_new();
    char *code;

    (void)state;
    scl_text_c(&changed, scantling_buffer_bytes(known, NULL));
    code = strstr(changed.at, "SL1001");
    assert_non_null(code);
    code[5] = '2';
    judged_set(&j, SCANTLING_OPTION_POLICY, BOTH);
    judged_file(&j, SCANTLING_FILE_BASELINE, "b.json", changed.at);
    judged_add(&j, "Dockerfile", "FROM a:1\nUSER root\n");
    check_found(&j, "Dockerfile:2:1 SL1001 high\n");
    scl_text_finish(&changed);
    scantling_buffer_free(known);
}

static void
what_else_suppresses_is_not_listed_and_what_is_known_stays(void **state)
{
    static const char text[] =
        "# scantling: ignore SL1101, SL1001 because a\nFROM a\nUSER root\n";
    scantling_buffer *first = list_of("Dockerfile", text, NULL);
    scantling_buffer *second =
        list_of("Dockerfile", text, scantling_buffer_bytes(first, NULL));
    const char *bytes = scantling_buffer_bytes(first, NULL);

    (void)state;
    assert_non_null(strstr(bytes, "SL1001"));
    assert_null(strstr(bytes, "SL1101"));
    assert_null(strstr(bytes, "SL9003"));
    check_text(scl_str_c(scantling_buffer_bytes(second, NULL)), bytes, "again");
    scantling_buffer_free(first);
    scantling_buffer_free(second);
}

static void
secrets_are_no_part_of_it(void **state)
{
    scantling_buffer *known =
        list_of("Dockerfile", "FROM a AS ghp_0123456789abcdefghijklmnopqrstuvwxyz\n", NULL);

    (void)state;
    assert_null(strstr(scantling_buffer_bytes(known, NULL), "0123456789abcdefghij"));
    scantling_buffer_free(known);
}

static void
what_is_none_is_refused_at_its_place(void **state)
{
    (void)state;
    check_refusal("", "1:1 the file is empty\n");
    check_refusal("{}", "1:1 no baseline\n");
    check_refusal("[1]", "1:1 no baseline\n");
    check_refusal("{\"baseline\": 2}",
                  "0:0 baseline of version 2; this scantling reads version 1\n");
    check_refusal("{\"baseline\": 1}", "1:1 baseline without a list 'findings'\n");
    check_refusal("{\"baseline\": 1,\n \"findings\": [{}, 7]}",
                  "2:15 entry without a fingerprint of 16 hexadecimal digits\n"
                  "2:19 entry without a fingerprint of 16 hexadecimal digits\n");
}

SUITE(
    CASE(what_is_listed_is_suppressed_also_where_it_has_moved),
    CASE(a_new_neighbour_is_reported),
    CASE(one_more_of_the_same_is_reported),
    CASE(what_was_changed_or_lies_elsewhere_is_reported),
    CASE(an_entry_of_another_policy_is_none),
    CASE(what_else_suppresses_is_not_listed_and_what_is_known_stays),
    CASE(secrets_are_no_part_of_it),
    CASE(what_is_none_is_refused_at_its_place))
