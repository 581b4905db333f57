/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_settings.c: any text as scantling.yaml
 *
 * It is taken, or there are errors whose places lie in it. What is taken is taken twice as well, is
 * described as JSON that jansson reads, and an engine of it judges.
 */
#include "demand.h"

#include "engine/settings.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

static const char dockerfile[] = "FROM a\nENV B=c\nUSER root\n";

static void
check_errors(const scantling_error *error, size_t size)
{
    demand(error != NULL);
    for (; error; error = scantling_error_next(error)) {
        scantling_mark mark;
        int32_t status = scantling_error_status(error);

        demand(status == SCANTLING_STATUS_ARGUMENT || status == SCANTLING_STATUS_POLICY ||
               status == SCANTLING_STATUS_UNSUPPORTED);
        demand(scantling_error_message(error, NULL)[0]);
        if (scantling_error_mark(error, &mark, sizeof mark) && mark.line > 0)
            demand(mark.offset <= size && mark.length <= size - mark.offset);
    }
}

static scantling_engine *
make_engine(const char *text, size_t size, scantling_error **error)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    scantling_config_set_int(config, SCANTLING_LIMIT_STEPS, 100000);
    scantling_config_add_file(config, SCANTLING_FILE_SETTINGS, "s.yaml", SCANTLING_TERMINATED, text,
                              size);
    engine = scantling_engine_new(config, error);
    scantling_config_free(config);
    return engine;
}

static void
check_json(scantling_buffer *buffer)
{
    size_t length;
    const char *bytes = scantling_buffer_bytes(buffer, &length);
    json_t *tree = json_loadb(bytes, length, JSON_ALLOW_NUL, NULL);

    demand(buffer && tree);
    json_decref(tree);
    scantling_buffer_free(buffer);
}

/* Files of policies may be named that nobody gave: then it does not judge, and says so. */
static void
check_judging(const scantling_engine *engine, scantling_document *document)
{
    scantling_error *error = NULL;
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, &error);

    demand((report == NULL) == (error != NULL));
    if (report)
        check_json(scantling_report_render(report, "json", SCANTLING_TERMINATED, NULL));
    else
        demand(scantling_error_status(error) == SCANTLING_STATUS_STATE);
    scantling_error_free(error);
    scantling_report_unref(report);
}

/* Whether a text is taken so often; what is wrong with it lies in it. */
static bool
takes(const struct scl_names *names, const char *text, size_t size, int times)
{
    struct scl_config_file file = {
        .kind = SCANTLING_FILE_SETTINGS, .name = SCL_S("s.yaml"), .text = scl_str_n(text, size),
    };
    struct scl_settings settings = { .packs = { .list = { 0 } } };
    scantling_error *error = NULL;
    struct scl_arena arena;

    scl_arena_init(&arena);
    for (int i = 0; i < times; i++)
        demand(scl_settings_read(&file, false, names, &arena, &settings, &error) ==
               (error == NULL));
    if (error)
        check_errors(error, size);
    scl_arena_finish(&arena);
    scl_error_free(error);
    return error == NULL;
}

/* An engine may refuse what is well written: a parameter of a policy that is not there. */
static void
check_engine(const char *text, size_t size, scantling_document *document)
{
    scantling_error *error = NULL;
    scantling_engine *engine = make_engine(text, size, &error);

    demand((engine == NULL) == (error != NULL));
    if (engine) {
        check_json(scantling_engine_describe(engine, NULL, 0, "settings", SCANTLING_TERMINATED,
                                             NULL));
        check_judging(engine, document);
    } else {
        check_errors(error, size);
    }
    scantling_error_free(error);
    scantling_engine_unref(engine);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scl_arena kept;
    static struct scl_names names;
    static scantling_document *document;
    const char *text = size ? (const char *)data : "";

    if (!document) {
        scantling_source *source = scantling_source_new("Dockerfile", SCANTLING_TERMINATED,
                                                        dockerfile, SCANTLING_TERMINATED, NULL);

        document = scantling_document_new(source, NULL);
        scantling_source_free(source);
        scl_arena_init(&kept);
        scl_names_init(&names, &kept);
        demand(document && scl_names_add_builtin(&names));
    }
    if (takes(&names, text, size, 1) && takes(&names, text, size, 2))
        check_engine(text, size, document);
    return 0;
}
