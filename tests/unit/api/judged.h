/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judged.h: small policies over small documents through the ABI, for tests of it
 *
 * `judge` sets a judging up from what a case gives, and `judged` writes its findings one a line:
 *
 *     fail 2:1 starts as root
 *     inconclusive 1:6 user.is_root is not known | nothing given says it
 *
 * Everything lies in the arena of the case; handles are released before a text is returned.
 */
#ifndef SCL_TESTS_API_JUDGED_H
#define SCL_TESTS_API_JUDGED_H

#include "../test.h"

#include "scantling.h"

#define END SCANTLING_TERMINATED

/* A policy of its own: what selects (`subjects = ..., on = ...`), and the body of its check. */
#define POLICY_NAMED(id, selects, body) \
    "return policy {\n  id = \"" id "\", title = \"A hazard\", severity = \"medium\",\n  " selects \
    ", why = \"A reason.\", fix = \"A remedy.\",\n" \
    "  fails = { dockerfile = \"FROM a\" }, passes = { dockerfile = \"FROM b\" },\n" \
    "  check = function(node, report, subject)\n    " body "\n  end,\n}\n"
#define POLICY(selects, body) POLICY_NAMED("acme/one", selects, body)
#define ON_IMAGE "subjects = { \"image\" }"
#define ON_BUILD "subjects = { \"build\" }"

/* What is set beside the policies, ended by a row without an option. */
struct test_setting {
    scantling_option option;
    int64_t number;
    const char *text;
};

static inline scantling_config *
test_config(const char *const *policies)
{
    scantling_config *config = scantling_config_new(NULL);
    char name[40];

    assert_non_null(config);
    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "none", END);
    for (int i = 0; policies && policies[i]; i++) {
        snprintf(name, sizeof name, "p%d.lua", i + 1);
        scantling_config_add_file(config, SCANTLING_FILE_POLICY, name, END, policies[i], END);
    }
    return config;
}

static inline void
test_set_config(scantling_config *config, const struct test_setting *settings)
{
    for (; settings && settings->option; settings++)
        if (settings->text)
            scantling_config_set_text(config, settings->option, settings->text, END);
        else
            scantling_config_set_int(config, settings->option, settings->number);
}

/* Compiles, and fails the case with what an engine says against it. Frees the config. */
static inline scantling_engine *
test_compile(scantling_config *config)
{
    scantling_error *error = NULL;
    scantling_engine *engine = scantling_engine_new(config, &error);

    if (!engine)
        print_error("%s\n", scantling_error_message(error, NULL));
    assert_non_null(engine);
    scantling_config_free(config);
    return engine;
}

static inline scantling_engine *
test_engine(const char *policy)
{
    const char *const policies[] = { policy, NULL };

    return test_compile(test_config(policies));
}

static inline scantling_document *
test_read(const char *name, const char *text)
{
    scantling_source *source = scantling_source_new(name, END, text, END, NULL);
    scantling_document *document = scantling_document_new(source, NULL);

    assert_non_null(document);
    scantling_source_free(source);
    return document;
}

static inline scantling_report *
test_evaluate(const scantling_engine *engine, const char *dockerfile)
{
    scantling_document *document = test_read("Dockerfile", dockerfile);
    scantling_error *error = NULL;
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, &error);

    if (!report)
        print_error("%s\n", scantling_error_message(error, NULL));
    assert_non_null(report);
    scantling_document_unref(document);
    return report;
}

/* The report of one policy over one Dockerfile. */
static inline scantling_report *
test_report(const char *policy, const char *dockerfile)
{
    scantling_engine *engine = test_engine(policy);
    scantling_report *report = test_evaluate(engine, dockerfile);

    scantling_engine_unref(engine);
    return report;
}

static inline struct scl_str
test_kept(void **state, struct scl_text *text)
{
    struct scl_str kept;

    assert_false(text->failed);
    kept = scl_str_n(scl_arena_copy(*state, scl_text_str(text).at, text->len), text->len);
    scl_text_finish(text);
    return kept;
}

/* The findings of a report, one a line. */
static inline struct scl_str
test_findings(void **state, const scantling_report *report)
{
    struct scl_text text = { 0 };
    scantling_finding found;

    for (size_t i = 0; scantling_report_findings(report, i, &found, sizeof found, 1); i++) {
        scl_text_f(&text, "%s %u:%u %s",
                   scantling_enum_name(SCANTLING_ENUM_VERDICT, found.verdict),
                   (unsigned)found.line, (unsigned)found.column, found.message);
        if (found.reason_length)
            scl_text_f(&text, " | %s", found.reason);
        scl_text_char(&text, '\n');
    }
    return test_kept(state, &text);
}

static inline struct scl_str
judged_with(void **state, const struct test_setting *settings, const char *policy,
            const char *dockerfile)
{
    const char *const policies[] = { policy, NULL };
    scantling_config *config = test_config(policies);
    scantling_engine *engine;
    scantling_report *report;
    struct scl_str findings;

    test_set_config(config, settings);
    engine = test_compile(config);
    report = test_evaluate(engine, dockerfile);
    findings = test_findings(state, report);
    scantling_engine_unref(engine);
    scantling_report_unref(report);
    return findings;
}

static inline struct scl_str
judged(void **state, const char *policy, const char *dockerfile)
{
    return judged_with(state, NULL, policy, dockerfile);
}

/* The evidence and related places of a finding, one a line. */
static inline struct scl_str
test_marks(void **state, const scantling_report *report, size_t finding)
{
    struct scl_text text = { 0 };
    scantling_mark mark;

    for (size_t i = 0; scantling_report_marks(report, finding, i, &mark, sizeof mark, 1); i++)
        scl_text_f(&text, "%s%s%s %s %u:%u\n", mark.kind == SCANTLING_MARK_RELATED ? "also " : "",
                   mark.field, mark.field_length ? " =" : "", mark.text, (unsigned)mark.line,
                   (unsigned)mark.column);
    return test_kept(state, &text);
}

/* What a buffer holds; the buffer is released. */
static inline struct scl_str
test_buffer(void **state, scantling_buffer *buffer)
{
    const char *bytes;
    size_t length;

    assert_non_null(buffer);
    bytes = scantling_buffer_bytes(buffer, &length);
    assert_int_equal(bytes[length], '\0');
    bytes = scl_arena_copy(*state, bytes, length);
    scantling_buffer_free(buffer);
    return scl_str_n(bytes, length);
}

/* Fails the case unless an error has a status and a message; frees it and begins anew. */
static inline void
check_error_at(const char *file, int line, scantling_error **error, scantling_status status,
               const char *message)
{
    struct scl_str actual = scl_str_c(scantling_error_message(*error, NULL));

    if (scantling_error_status(*error) != status || !scl_str_is(actual, message)) {
        print_error("%s:%d: expected %s: %s\n         got %s: %.*s\n", file, line,
                    scantling_enum_name(SCANTLING_ENUM_STATUS, status), message,
                    scantling_enum_name(SCANTLING_ENUM_STATUS, scantling_error_status(*error)),
                    SCL_ARG(actual));
        _fail(file, line);
    }
    scantling_error_free(*error);
    *error = NULL;
}
#define check_error(error, status, message) \
    check_error_at(__FILE__, __LINE__, (error), SCANTLING_STATUS_##status, (message))

#endif
