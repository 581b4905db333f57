/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_report.c: what is said of any Dockerfile, in every format
 *
 * JSON must be what jansson reads (which takes all but NULs in keys), text must hold no control
 * character that a terminal would obey, and a report that is written twice is the same twice.
 */
#include "demand.h"

#include "base/utf8.h"
#include "scantling.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

static void
check_json(const char *bytes, size_t length)
{
    json_error_t error = { .line = 0 };
    json_t *tree = json_loadb(bytes, length, JSON_ALLOW_NUL, &error);

    demand(tree || json_error_code(&error) == json_error_null_byte_in_key);
    json_decref(tree);
}

static void
check_lines(const char *bytes, size_t length)
{
    struct scl_str rest = scl_str_n(bytes, length), line;

    while (rest.len && scl_str_cut(&rest, '\n', &line))
        check_json(line.at, line.len);
}

static void
check_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        demand((byte >= 0x20 && byte != 0x7f) || byte == '\n');
        /* U+0080 to U+009F, of which a terminal takes U+009B for an escape */
        demand(!(byte == 0xc2 && i + 1 < length && (unsigned char)bytes[i + 1] < 0xa0));
    }
}

static const struct {
    const char *format;
    void (*check)(const char *bytes, size_t length);
} reports[] = {
    { "json", check_json },
    { "jsonl", check_lines },
    { "baseline", check_json },
    { "text verbose suppressed", check_text },
    { "text width=40", check_text },
    { "short", check_text },
};

static void
check_buffer(scantling_buffer *buffer, scantling_buffer *again,
             void (*check)(const char *bytes, size_t length))
{
    size_t length, other;
    const char *bytes = scantling_buffer_bytes(buffer, &length);
    const char *same = scantling_buffer_bytes(again, &other);

    demand(buffer && again && length == other && memcmp(bytes, same, length) == 0);
    check(bytes, length);
    scantling_buffer_free(buffer);
    scantling_buffer_free(again);
}

static void
check_all(const scantling_report *report, const scantling_document *document)
{
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        check_buffer(scantling_report_render(report, reports[i].format, SCANTLING_TERMINATED, NULL),
                     scantling_report_render(report, reports[i].format, SCANTLING_TERMINATED, NULL),
                     reports[i].check);
    check_buffer(scantling_document_render(document, "json origins", SCANTLING_TERMINATED, NULL),
                 scantling_document_render(document, "json origins", SCANTLING_TERMINATED, NULL),
                 check_json);
    check_buffer(scantling_document_render(document, "text", SCANTLING_TERMINATED, NULL),
                 scantling_document_render(document, "text", SCANTLING_TERMINATED, NULL),
                 check_text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static scantling_engine *engine;
    scantling_source *source = scantling_source_new("a\x1b/Dockerfile", SCANTLING_TERMINATED,
                                                    size ? (const char *)data : "", size, NULL);
    scantling_document *document;
    scantling_report *report;

    if (!engine) {
        scantling_config *config = scantling_config_new(NULL);

        scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", SCANTLING_TERMINATED);
        engine = scantling_engine_new(config, NULL);
        scantling_config_free(config);
    }
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "dockerfile", SCANTLING_TERMINATED);
    document = scantling_document_new(source, NULL);
    report = scantling_engine_evaluate(engine, &document, 1, NULL);
    demand(report != NULL);
    check_all(report, document);
    scantling_report_unref(report);
    scantling_document_unref(document);
    scantling_source_free(source);
    return 0;
}
