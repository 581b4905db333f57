/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policies.h: what small policies find in small documents, as text
 *
 * `judged` judges documents with one policy and writes its findings one a line:
 *
 *     fail 2:1 starts as root
 *     inconclusive 1:1 user.is_root is not known
 *     error 1:1 policy failed: calls nil: global 'x'
 *
 * or, where there are none, `pass N` or `not applicable N`. A row of `check_values` is an
 * expression over `s`, the subject, and what `%s` of a report writes for it.
 */
#ifndef SCL_TESTS_POLICIES_H
#define SCL_TESTS_POLICIES_H

#include "../test.h"

#include "scantling.h"

struct input {
    const char *name, *text;
};

/* The rest of a policy around what a case is about: keys, and the body of its check. */
#define POLICY_TEXT(keys, body) \
    "return policy {\n  id = \"acme/one\", title = \"A hazard\", severity = \"medium\",\n" \
    "  why = \"A reason.\", fix = \"A remedy.\", fails = {}, passes = {},\n  " keys ",\n" \
    "  check = function(s, report, subject)\n" body "\n  end,\n}\n"

struct judging {
    scantling_config *config;
    scantling_error *error;
    scantling_document *documents[8];
    size_t count;
};

static inline struct judging
judging_new(const char *policy)
{
    struct judging j = { 0 };

    j.config = scantling_config_new(&j.error);
    scantling_config_set_text(j.config, SCANTLING_OPTION_PACK, "none", SCANTLING_TERMINATED);
    if (policy)
        scantling_config_add_file(j.config, SCANTLING_FILE_POLICY, "one.lua", SCANTLING_TERMINATED,
                                  policy, SCANTLING_TERMINATED);
    return j;
}

static inline void
judging_add(struct judging *j, const char *name, const char *text, size_t length)
{
    scantling_source *source =
        scantling_source_new(name, SCANTLING_TERMINATED, text, length, &j->error);

    j->documents[j->count++] = scantling_document_new(source, &j->error);
    scantling_source_free(source);
}

/* Judges and lets go of all but the report. NULL with an error printed into `out`. */
static inline scantling_report *
judging_end(struct judging *j, struct scl_text *out)
{
    scantling_engine *engine = scantling_engine_new(j->config, &j->error);
    scantling_report *report =
        scantling_engine_evaluate(engine, j->documents, j->count, &j->error);

    for (const scantling_error *e = j->error; e; e = scantling_error_next(e)) {
        const char *help = scantling_error_suggestion(e, 0, NULL);
        scantling_mark mark = { 0 };

        scantling_error_mark(e, &mark, sizeof mark);
        scl_text_f(out, "refused %u:%u %s%s%s\n", (unsigned)mark.line, (unsigned)mark.column,
                   scantling_error_message(e, NULL), help ? " | " : "", help ? help : "");
    }
    scantling_engine_unref(engine);
    while (j->count)
        scantling_document_unref(j->documents[--j->count]);
    scantling_config_free(j->config);
    scantling_error_free(j->error);
    return report;
}

static inline struct scl_str
judging_kept(void **state, struct scl_text *text)
{
    struct scl_str kept =
        scl_str_n(scl_arena_copy(*state, scl_text_str(text).at, text->len), text->len);

    assert_false(text->failed);
    scl_text_finish(text);
    return kept;
}

/* The findings of a report, which is released. */
static inline struct scl_str
judging_findings(void **state, struct judging *j)
{
    struct scl_text text = { 0 };
    scantling_report *report = judging_end(j, &text);
    scantling_finding f;
    size_t i = 0;

    for (; scantling_report_findings(report, i, &f, sizeof f, 1); i++)
        scl_text_f(&text, "%s %u:%u %s%s%s\n",
                   scantling_enum_name(SCANTLING_ENUM_VERDICT, f.verdict), (unsigned)f.line,
                   (unsigned)f.column, f.message, f.reason_length ? " | " : "", f.reason);
    if (report && !i && scantling_report_number(report, SCANTLING_NUMBER_NOT_APPLICABLE))
        scl_text_f(&text, "not applicable %d\n",
                   (int)scantling_report_number(report, SCANTLING_NUMBER_NOT_APPLICABLE));
    else if (report && !i)
        scl_text_f(&text, "pass %d\n", (int)scantling_report_number(report, SCANTLING_NUMBER_PASS));
    scantling_report_unref(report);
    return judging_kept(state, &text);
}

/* What one policy finds in one document. */
static inline struct scl_str
judged(void **state, const char *policy, struct input input)
{
    struct judging j = judging_new(policy);

    judging_add(&j, input.name, input.text, SCANTLING_TERMINATED);
    return judging_findings(state, &j);
}

struct value_row {
    const char *expression, *expected;
};

/* Judges `return EXPRESSION` for each row: the first finding's message, or how it ended else. */
static inline void
check_values(void **state, const char *subjects, struct input input, const struct value_row *rows,
             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text policy = { 0 };
        struct scl_str found;

        scl_text_f(&policy,
                   POLICY_TEXT("subjects = { %s }",
                               "local function value() %s%s end\n"
                               "local v = value() report(s, \"%%s\", v)"),
                   subjects, strncmp(rows[i].expression, "local", 5) == 0 ? "" : "return ",
                   rows[i].expression);
        found = judged(state, scl_text_str(&policy).at, input);
        scl_text_finish(&policy);
        if (found.len && found.at[found.len - 1] == '\n')
            found.len--;
        if (scl_str_starts(found, SCL_S("fail 1:1 ")))
            found = scl_str_sub(found, 9, found.len);
        check_text(found, rows[i].expected, rows[i].expression);
    }
}

#endif
