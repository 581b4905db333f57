/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judged.h: texts judged together, and what was found as a few lines
 *
 *     struct judged j = judged_new();
 *     judged_file(&j, SCANTLING_FILE_SETTINGS, "s.yaml", "version: 1\n");
 *     judged_add(&j, "Dockerfile", "FROM a\n");
 *     check_found(&j, "Dockerfile:1:1 SL1001 high\n");
 */
#ifndef SCL_TESTS_ENGINE_JUDGED_H
#define SCL_TESTS_ENGINE_JUDGED_H

#include "../test.h"

#include "scantling.h"

enum { MOST_DOCUMENTS = 8 };

struct judged {
    scantling_config *config;
    scantling_document *documents[MOST_DOCUMENTS];
    size_t count;
    scantling_error *error;
    scantling_engine *engine;
    scantling_report *report;
};

static inline struct judged
judged_new(void)
{
    struct judged j = { 0 };

    j.config = scantling_config_new(&j.error);
    return j;
}

static inline void
judged_set(struct judged *j, scantling_option option, const char *text)
{
    scantling_config_set_text(j->config, option, text, SCANTLING_TERMINATED);
}

static inline void
judged_file(struct judged *j, int32_t kind, const char *name, const char *text)
{
    scantling_config_add_file(j->config, kind, name, SCANTLING_TERMINATED, text,
                              SCANTLING_TERMINATED);
}

static inline void
judged_add(struct judged *j, const char *name, const char *text)
{
    scantling_source *source =
        scantling_source_new(name, SCANTLING_TERMINATED, text, SCANTLING_TERMINATED, &j->error);

    j->documents[j->count++] = scantling_document_new(source, &j->error);
    scantling_source_free(source);
}

static inline void
judged_run(struct judged *j)
{
    j->engine = scantling_engine_new(j->config, &j->error);
    j->report = scantling_engine_evaluate(j->engine, j->documents, j->count, &j->error);
}

static inline void
judged_finish(struct judged *j)
{
    scantling_report_unref(j->report);
    scantling_engine_unref(j->engine);
    for (size_t i = 0; i < j->count; i++)
        scantling_document_unref(j->documents[i]);
    scantling_config_free(j->config);
    scantling_error_free(j->error);
}

/* `PATH:LINE:COLUMN CODE SEVERITY` of each finding, an inconclusive one with `?`, of a suppressed
 * one who did it, and its reason. */
static inline void
judged_list(const struct judged *j, struct scl_text *out)
{
    static const char *const by[] = { "", " by comment", " by config", " by baseline" };
    scantling_finding f;

    for (size_t i = 0; scantling_report_findings(j->report, i, &f, sizeof f, 1); i++) {
        scl_text_f(out, "%s:%u:%u %s %s%s%s", f.path, (unsigned)f.line, (unsigned)f.column, f.code,
                   scantling_enum_name(SCANTLING_ENUM_SEVERITY, f.severity),
                   f.verdict == SCANTLING_VERDICT_FAIL ? "" : "?", by[f.suppression]);
        scl_text_f(out, "%s%s\n", f.suppression && f.reason_length ? ": " : "",
                   f.suppression ? f.reason : "");
    }
}

/* Judges, compares what was found and lets go. */
static inline void
check_found(struct judged *j, const char *expected)
{
    struct scl_text found = { 0 };

    judged_run(j);
    if (j->error)
        scl_text_f(&found, "error: %s\n", scantling_error_message(j->error, NULL));
    judged_list(j, &found);
    check_text(scl_text_str(&found), expected, "found");
    scl_text_finish(&found);
    judged_finish(j);
}

/* Compares why no engine is made, a line an error: `LINE:COLUMN MESSAGE | SUGGESTION`. */
static inline void
check_refused(struct judged *j, const char *expected)
{
    struct scl_text found = { 0 };

    judged_run(j);
    for (const scantling_error *e = j->error; e; e = scantling_error_next(e)) {
        const char *help = scantling_error_suggestion(e, 0, NULL);
        scantling_mark mark = { 0 };

        scantling_error_mark(e, &mark, sizeof mark);
        scl_text_f(&found, "%u:%u %s%s%s\n", (unsigned)mark.line, (unsigned)mark.column,
                   scantling_error_message(e, NULL), help ? " | " : "", help ? help : "");
    }
    check_text(scl_text_str(&found), expected, "refused");
    scl_text_finish(&found);
    judged_finish(j);
}

#endif
