/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judged.h: reports of small documents by small policies, for tests of writers
 */
#ifndef SCL_TESTS_JUDGED_H
#define SCL_TESTS_JUDGED_H

#include "../test.h"

#include "formats/input.h"
#include "report/report.h"

struct given_file {
    const char *name, *text;
};

/* A policy on images or builds: what stands before `check`, and its body. */
#define POLICY(id, severity, selects, body) \
    "return policy {\n  id = \"" id "\", title = \"A title\", severity = \"" severity "\",\n" \
    "  " selects ", why = \"A reason.\", fix = [[Do this, and\n   then that.]],\n" \
    "  fails = { dockerfile = \"FROM a\" }, passes = { dockerfile = \"FROM b\" },\n" \
    "  check = function(node, report)\n    " body "\n  end,\n}\n"

static inline struct scl_document *
test_document(struct given_file file)
{
    struct scl_input input = { .name = scl_str_c(file.name), .text = scl_str_c(file.text) };
    struct scl_document *document = scl_read(&input);

    assert_non_null(document);
    return document;
}

static inline struct scantling_engine *
test_engine(const char *const *policies, size_t count, int64_t steps)
{
    struct scantling_config *config = scl_config_new(NULL);
    struct scantling_engine *engine;
    scantling_error *error = NULL;

    scl_config_set_text(config, SCANTLING_OPTION_PACK, SCL_S("none"));
    scl_config_set_int(config, SCANTLING_LIMIT_STEPS, steps);
    for (size_t i = 0; i < count; i++) {
        char name[40];

        snprintf(name, sizeof name, "p%d.lua", (int)i + 1);
        scl_config_add_file(config, SCANTLING_FILE_POLICY, scl_str_c(name),
                            scl_str_c(policies[i]));
    }
    engine = scl_engine_new(config, &error);
    if (!engine)
        print_error("%s\n", error->message);
    assert_non_null(engine);
    scl_config_free(config);
    return engine;
}

/* Judges the documents, and renders in a format with its options. */
static inline struct scl_text
test_report(const struct given_file *files, size_t file_count, const char *const *policies,
            size_t policy_count, const char *format)
{
    struct scantling_engine *engine = test_engine(policies, policy_count, 100000);
    struct scl_document *documents[8];
    struct scantling_report *reports[9], *report;
    struct scantling_project *project;
    struct scl_text out = { 0 };

    assert_true(file_count <= COUNT(documents));
    for (size_t i = 0; i < file_count; i++)
        documents[i] = test_document(files[i]);
    project = scl_project_new(engine, documents, file_count, NULL);
    assert_non_null(project);
    for (size_t i = 0; i <= file_count; i++)
        assert_non_null(reports[i] = scl_project_judge(project, i, NULL));
    report = scl_report_merge(reports, file_count + 1, NULL);
    assert_non_null(report);
    assert_true(scl_report_render(report, scl_str_c(format), &out, NULL));
    for (size_t i = 0; i <= file_count; i++)
        scl_report_unref(reports[i]);
    for (size_t i = 0; i < file_count; i++)
        scl_document_unref(documents[i]);
    scl_report_unref(report);
    scl_project_unref(project);
    scl_engine_unref(engine);
    return out;
}

#endif
