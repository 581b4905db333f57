/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_container.c: a container of a pod
 *
 * What the pod says of all its containers is read first, what the container says of itself second:
 * field by field it wins.
 */
#include "formats/kubernetes.h"

#include <string.h>

static void
read_image(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_IMAGE, scl_rows_origin(l, node));
    scl_build_reference(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
}

#define AT(path) SCL_KUBE_CONTAINER path

static const struct scl_json_row rows[] = {
    { AT("name"), SCL_CONTAINER_NAME, scl_row_text },
    { AT("image"), SCL_CONTAINER_IMAGE_RAW, read_image },
    { AT("image"), SCL_CONTAINER_IMAGE_NAME, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_REGISTRY, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_REPOSITORY, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_TAG, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_DIGEST, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_DIGEST_ALGO, NULL },
    { AT("image"), SCL_CONTAINER_IMAGE_PIN, NULL },
    { AT("command"), SCL_CONTAINER_ENTRYPOINT, scl_row_texts },
    { AT("args"), SCL_CONTAINER_COMMAND, scl_row_texts },
    { AT("workingDir"), SCL_CONTAINER_WORKING_DIR, scl_row_some_text },
    { AT("tty"), SCL_CONTAINER_TTY, scl_row_bool },
    { AT("stdin"), SCL_CONTAINER_STDIN, scl_row_bool },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row pod_rows[] = {
    { "metadata.labels", SCL_CONTAINER_LABELS, scl_row_map },
    { "metadata.annotations", SCL_CONTAINER_ANNOTATIONS, scl_row_map },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row object_rows[] = {
    { "metadata.name", SCL_CONTAINER_POD_NAME, scl_row_text },
    { "kind", SCL_CONTAINER_POD_KIND, scl_row_text },
    { "metadata.namespace", SCL_CONTAINER_POD_NAMESPACE, scl_row_text },
    { "metadata.labels", SCL_CONTAINER_POD_LABELS, scl_row_map },
    { "metadata.annotations", SCL_CONTAINER_POD_ANNOTATIONS, scl_row_map },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row constant_rows[] = {
    { "", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { "", SCL_CONTAINER_ROLE, NULL },
    { "", SCL_CONTAINER_POD_INDEX, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_kube_rows[] = {
    rows, pod_rows, object_rows, constant_rows, NULL,
};

static void
set_constants(struct scl_kube *k, uint32_t container)
{
    struct scl_document *d = k->l.d;

    scl_build_text(d, container, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(d->family), 0);
    scl_build_text(d, container, SCL_CONTAINER_ROLE, scl_str_c(k->role), 0);
    scl_build_int(d, container, SCL_CONTAINER_POD_INDEX, k->index, 0);
}

void
scl_kube_container(struct scl_kube *k)
{
    struct scl_lowering *l = &k->l;
    bool is_first = !l->says;
    uint32_t container = scl_rows_subject(l, SCL_TYPE_CONTAINER,
                                          scl_rows_text_at(l->root, "name"));

    if (!container)
        return;
    if (is_first)
        scl_rows_say_all(l, scl_kube_rows);
    set_constants(k, container);
    scl_rows_apply(l, container, object_rows, k->object);
    if (k->metadata)
        scl_rows_apply_part(l, container, pod_rows, k->metadata, strlen("metadata."));
    scl_rows_bind_part(l, container, rows, l->root, strlen(SCL_KUBE_CONTAINER));
    scl_rows_apply_part(l, container, rows, l->root, strlen(SCL_KUBE_CONTAINER));
}
