/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_kubernetes.c: any bytes as a manifest of Kubernetes, and every node of it read
 */
#include "read_all.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct scl_pair templates[] = {
        { SCL_STR("Widget.example.com"), SCL_STR("spec.*.*") },
    };
    struct scl_input input = {
        .name = SCL_S("pod.yaml"),
        .text = scl_str_n((const char *)data, size),
        .format = SCL_S("kubernetes"),
        .pod_templates = templates,
        .pod_template_count = sizeof templates / sizeof *templates,
    };

    read_all(&input);
    return 0;
}
