/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_document.c: any bytes as a document, and every node of it read
 *
 * The same bytes are read as a Dockerfile, as its .dockerignore, and as whatever they look like.
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
    input.name = SCL_S("config.json");
    input.format = SCL_S("");
    read_all(&input);
    return 0;
}
