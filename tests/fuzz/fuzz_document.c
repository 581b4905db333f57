/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_document.c: any bytes as a document, and every node of it read
 *
 * The same bytes are read as a Dockerfile, as its .dockerignore, as a trigger of its base, and as
 * whatever they look like.
 */
#include "read_all.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_companion(struct scl_str text)
{
    struct scl_companion companion = { SCL_STR("Dockerfile.dockerignore"), text, false };
    struct scl_input input = {
        .name = SCL_S("a/Dockerfile"),
        .text = SCL_S("FROM a:1\nCOPY . /app\n"),
        .files = &companion,
        .file_count = 1,
    };

    read_all(&input);
}

/* As what an image has its children do: each byte is a character of its own. */
static void
read_trigger(struct scl_str text)
{
    struct scl_input image = {
        .name = SCL_S("base.json"),
        .format = SCL_S("docker-image-inspect"),
    };
    struct scl_input input = {
        .name = SCL_S("Dockerfile"),
        .text = SCL_S("FROM b:1 AS x\nFROM x\nRUN a\n"),
        .base_count = 1,
    };
    struct scl_base base = { .reference = SCL_S("b:1") };
    struct scl_text json = { 0 };
    struct scl_document *document;

    scl_text_c(&json, "[{\"Id\": \"sha256:00\", \"RootFS\": {}, \"Config\": {\"OnBuild\": [\"");
    for (size_t i = 0; i < text.len; i++)
        scl_text_f(&json, "\\u%04x", (unsigned)(unsigned char)text.at[i]);
    scl_text_c(&json, "\", \"USER u\"]}}]");
    image.text = scl_text_str(&json);
    document = json.failed ? NULL : scl_read(&image);
    if (document && document->subjects.count) {
        base.document = document;
        base.image = document->subjects.at[0].root;
        input.bases = &base;
        read_all(&input);
    }
    scl_document_unref(document);
    scl_text_finish(&json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct scl_pair given[] = { { SCL_STR("A"), SCL_STR("a b") } };
    static const struct scl_str targets[] = { SCL_STR("x") };
    struct scl_input input = {
        .name = SCL_S("Dockerfile"),
        .text = scl_str_n((const char *)data, size),
        .build_args = given,
        .build_arg_count = 1,
        .format = SCL_S("dockerfile"),
    };

    read_all(&input);
    input.targets = targets;
    input.target_count = 1;
    read_all(&input);
    read_companion(input.text);
    read_trigger(input.text);
    input.name = SCL_S("config.json");
    input.format = SCL_S("");
    read_all(&input);
    return 0;
}
