/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_container.c: a container of a pod
 *
 * What the pod says of all its containers is read first, what the container says of itself second:
 * field by field it wins.
 */
#include "formats/kubernetes.h"
#include "syntax/quantity.h"
#include "syntax/reference.h"

#include <string.h>

static void
read_pull_policy(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    static const char *const words[][2] = {
        { "Always", "always" }, { "IfNotPresent", "missing" }, { "Never", "never" }, { NULL, NULL },
    };

    scl_kube_word(l, object, field, node, words, "expected Always, IfNotPresent or Never");
}

#define AT(path) SCL_KUBE_CONTAINER path

static const struct scl_json_row rows[] = {
    { AT("name"), SCL_CONTAINER_NAME, scl_row_text },
    { AT("image"), SCL_CONTAINER_IMAGE_RAW, scl_row_image },
    { AT("image"), SCL_CONTAINER_IMAGE_NAME, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_REGISTRY, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_REPOSITORY, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_TAG, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_DIGEST, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_DIGEST_ALGO, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_ID, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_PIN, NULL },
    { AT("imagePullPolicy"), SCL_CONTAINER_PULL_POLICY, read_pull_policy },
    { AT("command"), SCL_CONTAINER_ENTRYPOINT, scl_row_texts },
    { AT("args"), SCL_CONTAINER_COMMAND, scl_row_texts },
    { AT("workingDir"), SCL_CONTAINER_WORKING_DIR, scl_kube_text },
    { AT("tty"), SCL_CONTAINER_TTY, scl_kube_bool },
    { AT("stdin"), SCL_CONTAINER_STDIN, scl_kube_bool },
    { AT("resources"), SCL_CONTAINER_RESOURCES, scl_row_object },
    { AT("resources.limits"), SCL_NONE, scl_row_object },
    { AT("resources.requests"), SCL_NONE, scl_row_object },
    { AT("resources.limits.memory"), SCL_CONTAINER_MEMORY_LIMIT, scl_kube_memory },
    { AT("resources.limits.cpu"), SCL_CONTAINER_CPU_LIMIT, scl_kube_cpu },
    { AT("resources.requests.memory"), SCL_CONTAINER_MEMORY_RESERVATION, scl_kube_memory },
    { AT("resources.requests.cpu"), SCL_CONTAINER_CPU_REQUEST, scl_kube_cpu },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row constant_rows[] = {
    { "", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { "", SCL_CONTAINER_ROLE, NULL },
    { "", SCL_CONTAINER_POD_INDEX, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_kube_rows[] = {
    rows,
    scl_kube_security_rows,
    scl_kube_process_rows,
    scl_kube_mounts_rows,
    scl_kube_pod_rows,
    scl_kube_pod_security_rows,
    scl_kube_metadata_rows,
    scl_kube_object_rows,
    constant_rows,
    scl_kube_env_rows,
    scl_kube_env_from_rows,
    scl_kube_port_rows,
    scl_kube_mount_rows,
    scl_kube_volume_rows,
    scl_kube_device_rows,
    scl_kube_probe_rows,
    scl_kube_extra_host_rows,
    NULL,
};

static void
set_constants(struct scl_kube *k, uint32_t container)
{
    struct scl_document *d = k->l.d;

    scl_build_text(d, container, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(d->family), 0);
    scl_build_text(d, container, SCL_CONTAINER_ROLE, scl_str_c(k->role), 0);
    scl_build_int(d, container, SCL_CONTAINER_POD_INDEX, k->index, 0);
}

/* Where nothing is said, an image whose tag may move is always asked for. */
static void
set_pull_policy(struct scl_kube *k, uint32_t container)
{
    struct scl_document *d = k->l.d;
    struct scl_str image = scl_rows_text_at(k->l.root, "image");
    struct scl_reference reference;
    bool moves;

    if (scl_build_has(d, container, SCL_CONTAINER_PULL_POLICY) || !image.len ||
        !scl_reference_parse(&d->arena, image, &reference))
        return;
    moves = scl_str_is(scl_str_c(reference.pin), "latest") ||
            scl_str_is(scl_str_c(reference.pin), "untagged");
    scl_build_text(d, container, SCL_CONTAINER_PULL_POLICY,
                   moves ? SCL_S("always") : SCL_S("missing"),
                   scl_build_derived(d, container, SCL_CONTAINER_IMAGE_RAW));
}

/* What is limited and not requested is requested up to its limit. */
static void
set_requests(struct scl_kube *k, uint32_t container)
{
    struct scl_lowering *l = &k->l;
    const struct scl_tree *limits = scl_rows_find(l->root, "resources.limits");
    const struct scl_tree *cpu = limits ? scl_tree_find(limits, SCL_S("cpu")) : NULL;
    const struct scl_tree *memory = limits ? scl_tree_find(limits, SCL_S("memory")) : NULL;
    int64_t amount;

    if (memory && !scl_build_has(l->d, container, SCL_CONTAINER_MEMORY_RESERVATION) &&
        scl_quantity_int(scl_tree_text(memory), &amount) && amount > 0)
        scl_build_int(l->d, container, SCL_CONTAINER_MEMORY_RESERVATION, amount,
                      scl_build_derived(l->d, container, SCL_CONTAINER_MEMORY_LIMIT));
    if (cpu && !scl_build_has(l->d, container, SCL_CONTAINER_CPU_REQUEST) &&
        scl_quantity_nano(scl_tree_text(cpu), &amount) && amount > 0)
        scl_build_decimal(l->d, container, SCL_CONTAINER_CPU_REQUEST, amount,
                          scl_build_derived(l->d, container, SCL_CONTAINER_CPU_LIMIT));
}

/* The places of what is absent: in the container, else in its pod. */
static void
bind(struct scl_kube *k, uint32_t container)
{
    struct scl_lowering *l = &k->l;
    static const struct scl_json_row *const of_container[] = {
        rows, scl_kube_security_rows, scl_kube_process_rows, scl_kube_mounts_rows,
    };

    for (size_t i = 0; i < sizeof of_container / sizeof *of_container; i++)
        scl_rows_bind_part(l, container, of_container[i], l->root, strlen(SCL_KUBE_CONTAINER));
    scl_rows_bind_part(l, container, scl_kube_pod_rows, k->spec, strlen(SCL_KUBE_POD));
    scl_rows_bind_part(l, container, scl_kube_pod_security_rows, k->spec, strlen(SCL_KUBE_POD));
}

void
scl_kube_container(struct scl_kube *k)
{
    struct scl_lowering *l = &k->l;
    size_t skipped = strlen(SCL_KUBE_CONTAINER);
    bool is_first = !l->says;
    uint32_t container = scl_rows_subject(l, SCL_TYPE_CONTAINER,
                                          scl_rows_text_at(l->root, "name"));

    if (!container)
        return;
    if (is_first)
        scl_rows_say_all(l, scl_kube_rows);
    scl_map_init(&k->variables, &l->d->arena);
    k->values.count = 0;
    set_constants(k, container);
    bind(k, container);
    scl_kube_pod(k, container);
    scl_rows_apply_part(l, container, rows, l->root, skipped);
    scl_rows_apply_part(l, container, scl_kube_security_rows, l->root, skipped);
    scl_rows_apply_part(l, container, scl_kube_process_rows, l->root, skipped);
    scl_kube_expand_words(k, container, SCL_CONTAINER_ENTRYPOINT);
    scl_kube_expand_words(k, container, SCL_CONTAINER_COMMAND);
    scl_kube_security(k, container);
    scl_kube_volumes(k, container);
    set_pull_policy(k, container);
    set_requests(k, container);
}
