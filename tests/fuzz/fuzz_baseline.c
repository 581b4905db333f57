/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_baseline.c: any text as a baseline, and the baseline of any Dockerfile
 *
 * As a baseline it is taken, or there are errors with places in it. As a Dockerfile it is judged,
 * and judged again with a baseline of what was found: then all that fails is suppressed.
 */
#include "demand.h"

#include "engine/baseline.h"

#include <stdbool.h>
#include <stdint.h>

static scantling_engine *
make_engine(const char *baseline, size_t length, scantling_error **error)
{
    static const char *const policies[] = { "SL1001", "SL1101", "SL1201", "SL1401" };
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
        scantling_config_set_text(config, SCANTLING_OPTION_POLICY, policies[i],
                                  SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    if (baseline)
        scantling_config_add_file(config, SCANTLING_FILE_BASELINE, "b.json", SCANTLING_TERMINATED,
                                  baseline, length);
    engine = scantling_engine_new(config, error);
    scantling_config_free(config);
    return engine;
}

static void
check_text(const char *text, size_t size)
{
    struct scl_config_file file = {
        .kind = SCANTLING_FILE_BASELINE, .name = SCL_S("b.json"), .text = scl_str_n(text, size),
    };
    struct scl_baseline baseline = { .list = { 0 } };
    scantling_error *error = NULL;
    struct scl_arena arena;

    scl_arena_init(&arena);
    scl_map_init(&baseline.map, &arena);
    demand(scl_baseline_read(&file, &arena, &baseline, &error) == (error == NULL));
    for (const scantling_error *each = error; each; each = scantling_error_next(each)) {
        scantling_mark mark;

        demand(scantling_error_status(each) != SCANTLING_STATUS_INTERNAL);
        if (scantling_error_mark(each, &mark, sizeof mark) && mark.line > 0)
            demand(mark.offset <= size && mark.length <= size - mark.offset);
    }
    scantling_error_free(error);
    scl_arena_finish(&arena);
}

static void
check_known(const scantling_report *first, scantling_document *document)
{
    scantling_buffer *list = scantling_report_render(first, "baseline", SCANTLING_TERMINATED, NULL);
    size_t length;
    const char *bytes = scantling_buffer_bytes(list, &length);
    scantling_engine *engine = make_engine(bytes, length, NULL);
    scantling_report *again = scantling_engine_evaluate(engine, &document, 1, NULL);

    demand(list && again);
    demand(scantling_report_number(again, SCANTLING_NUMBER_FAIL) == 0);
    demand(scantling_report_number(again, SCANTLING_NUMBER_INCONCLUSIVE) ==
           scantling_report_number(first, SCANTLING_NUMBER_INCONCLUSIVE));
    scantling_report_unref(again);
    scantling_engine_unref(engine);
    scantling_buffer_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static scantling_engine *plain;
    const char *text = size ? (const char *)data : "";
    scantling_source *source = scantling_source_new("Dockerfile", SCANTLING_TERMINATED, text, size,
                                                    NULL);
    scantling_document *document;
    scantling_report *report;

    if (!plain)
        plain = make_engine(NULL, 0, NULL);
    check_text(text, size);
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "dockerfile", SCANTLING_TERMINATED);
    document = scantling_document_new(source, NULL);
    report = scantling_engine_evaluate(plain, &document, 1, NULL);
    demand(report != NULL);
    if (scantling_report_number(report, SCANTLING_NUMBER_FAIL) > 0)
        check_known(report, document);
    scantling_report_unref(report);
    scantling_document_unref(document);
    scantling_source_free(source);
    return 0;
}
