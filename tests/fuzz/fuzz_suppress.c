/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_suppress.c: any text as a Dockerfile with comments that suppress
 *
 * What is found does not hang on comments: with and without them there are the same findings at
 * the same places, and what differs is only who suppresses them. The first line is read as such a
 * comment by itself as well.
 */
#include "demand.h"

#include "engine/comments.h"
#include "scantling.h"

#include <stdint.h>
#include <string.h>

static const char policy[] =
    "return policy { id = 'acme/env', title = 'Sets a variable', severity = 'low',\n"
    "  subjects = { 'build', 'image' }, on = 'env', why = 'It.', fix = 'No.',\n"
    "  fails = { dockerfile = 'FROM a\\n' }, passes = { dockerfile = 'FROM a\\n' },\n"
    "  check = function(env, report) report(env, 'sets %s', env.name) end }\n";

static scantling_engine *
make_engine(const char *suppress)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "SL1001", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "SL1101", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "acme/env", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_SUPPRESS, suppress, SCANTLING_TERMINATED);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/env.lua", SCANTLING_TERMINATED,
                              policy, SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    scantling_config_free(config);
    demand(engine != NULL);
    return engine;
}

static void
check_comment(struct scl_str line)
{
    for (int is_directive = 0; is_directive < 2; is_directive++) {
        struct scl_arena arena;
        struct scl_request request;

        scl_arena_init(&arena);
        if (scl_request_read(&arena, line, is_directive, &request)) {
            demand(request.problem.len > 0 || request.names.count > 0);
            demand(request.scope <= SCL_COMMENT_FILE);
        }
        scl_arena_finish(&arena);
    }
}

static void
compare(const scantling_report *suppressed, const scantling_report *plain)
{
    scantling_finding a, b;
    size_t i = 0;

    demand(suppressed && plain);
    for (; scantling_report_findings(plain, i, &b, sizeof b, 1); i++) {
        demand(scantling_report_findings(suppressed, i, &a, sizeof a, 1) == 1);
        demand(a.offset == b.offset && a.length == b.length && a.policy == b.policy);
        demand(a.verdict == b.verdict && a.severity == b.severity);
        demand(strcmp(a.message, b.message) == 0 && strcmp(a.fingerprint, b.fingerprint) == 0);
        demand(b.suppression == 0 && (a.suppression == 0 || a.suppression == 1));
    }
    demand(scantling_report_findings(suppressed, i, &a, sizeof a, 1) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static scantling_engine *with, *without;
    struct scl_str text = scl_str_n((const char *)data, size), line = text;
    scantling_source *source = scantling_source_new("Dockerfile", SCANTLING_TERMINATED,
                                                    size ? text.at : "", size, NULL);
    scantling_document *document;
    scantling_report *suppressed, *plain;

    if (!with) {
        with = make_engine("all");
        without = make_engine("none");
    }
    scl_str_cut(&text, '\n', &line);
    check_comment(line);
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "dockerfile", SCANTLING_TERMINATED);
    document = scantling_document_new(source, NULL);
    suppressed = scantling_engine_evaluate(with, &document, 1, NULL);
    plain = scantling_engine_evaluate(without, &document, 1, NULL);
    compare(suppressed, plain);
    scantling_report_unref(suppressed);
    scantling_report_unref(plain);
    scantling_document_unref(document);
    scantling_source_free(source);
    return 0;
}
