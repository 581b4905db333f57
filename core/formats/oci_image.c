/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_image.c: the configuration of an image, one JSON blob
 *
 * What the image specification's config.md says, and what Docker adds to it: the health check, the
 * triggers of later builds, and the shell.
 */
#include "formats/oci_image.h"

#include "formats/format.h"

#define LABEL_BASE_NAME "org.opencontainers.image.base.name"
#define LABEL_BASE_DIGEST "org.opencontainers.image.base.digest"

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    static const struct scl_str others[] = {
        SCL_STR("schemaVersion"), SCL_STR("mediaType"), SCL_STR("digest"), SCL_STR("ociVersion"),
    };
    const struct scl_tree *layers = scl_rows_find(root, "rootfs.diff_ids");
    const struct scl_tree *architecture = scl_rows_find(root, "architecture");
    const struct scl_tree *os = scl_rows_find(root, "os");

    if (layers && layers->kind == SCL_TREE_LIST) {
        *ret_reason = "rootfs.diff_ids";
        return SCL_FIT_YES;
    }
    *ret_reason = "architecture and os";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (scl_tree_find(root, others[i]))
            return SCL_FIT_NO;
    if (!architecture || architecture->kind != SCL_TREE_STRING || !os ||
        os->kind != SCL_TREE_STRING)
        return SCL_FIT_NO;
    return scl_rows_find(root, "config") || scl_rows_find(root, "rootfs") ? SCL_FIT_YES
                                                                          : SCL_FIT_MAYBE;
}

void
scl_image_user(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    scl_build_group(l->d, object, scl_field_group(field), origin);
    scl_build_user(l->d, object, field, scl_tree_text(node), origin);
}

/* Ports are keys; one without a protocol is TCP. */
void
scl_image_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    bool is_image = field == SCL_IMAGE_EXPOSED_PORTS;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP)) {
        if (is_image)
            scl_build_empty(l->d, object, SCL_IMAGE_PORTS, SCANTLING_STATE_UNKNOWN,
                            scl_rows_origin(l, node));
        return;
    }
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    if (is_image)
        scl_build_list(l->d, object, SCL_IMAGE_PORTS, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t origin = scl_build_origin(l->d, item->key_span, item->key_span);
        struct scl_str port = scl_tree_key(item);

        if (scl_str_find_char(port, '/') == SIZE_MAX)
            port = scl_rows_print(&l->d->arena, "%.*s/tcp", SCL_ARG(port));
        scl_build_item_text(l->d, object, field, port, origin);
        if (is_image)
            scl_build_port(l->d, object, SCL_IMAGE_PORTS, port, origin, origin);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
    if (node->is_cut && is_image)
        scl_build_open(l->d, object, SCL_IMAGE_PORTS);
}

const struct scl_json_row scl_image_port_rows[] = {
    { "", SCL_PORT_CONTAINER_PORT, NULL },
    { "", SCL_PORT_PROTOCOL, NULL },
    { NULL, SCL_NONE, NULL },
};

/* A test of no words is that of the base, one of the word NONE is none. */
void
scl_image_test(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    enum { DECLARED = -2, DISABLED = -1 }; /* counted from the test */
    const struct scl_tree *first = scl_tree_child(node, 0);
    bool is_none = first && first->kind == SCL_TREE_STRING &&
                   scl_str_is(scl_tree_text(first), "NONE");
    uint32_t follows;

    scl_row_texts(l, object, field, node);
    if (!first)
        return;
    follows = scl_build_derived(l->d, object, field);
    scl_build_bool(l->d, object, field + (unsigned)DECLARED, !is_none, follows);
    scl_build_bool(l->d, object, field + (unsigned)DISABLED, is_none, follows);
}

void
scl_image_base(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    const struct scl_tree *name = scl_tree_find(node, SCL_S(LABEL_BASE_NAME));
    const struct scl_tree *digest = scl_tree_find(node, SCL_S(LABEL_BASE_DIGEST));
    uint32_t origin;

    (void)field;
    if (!name || name->kind != SCL_TREE_STRING || !name->count)
        return;
    scl_build_reference(l->d, object, SCL_IMAGE_BASE_RAW, scl_tree_text(name),
                        scl_rows_origin(l, name));
    if (!digest || digest->kind != SCL_TREE_STRING || !digest->count)
        return;
    origin = scl_rows_origin(l, digest);
    scl_build_text(l->d, object, SCL_IMAGE_BASE_DIGEST, scl_tree_text(digest), origin);
    scl_build_text(l->d, object, SCL_IMAGE_BASE_DIGEST_ALGO,
                   scl_str_sub(scl_tree_text(digest), 0,
                               scl_str_find_char(scl_tree_text(digest), ':')),
                   origin);
    scl_build_text(l->d, object, SCL_IMAGE_BASE_PIN, SCL_S("digest"), origin);
}

void
scl_image_labels(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    scl_row_map(l, object, field, node);
    scl_image_base(l, object, field, node);
}

const struct scl_json_row scl_image_history_rows[] = {
    { "created_by", SCL_HISTORY_CREATED_BY, scl_row_text },
    { "empty_layer", SCL_HISTORY_EMPTY_LAYER, scl_row_bool },
    { "comment", SCL_HISTORY_COMMENT, scl_row_text },
    { "author", SCL_HISTORY_AUTHOR, scl_row_text },
    { "created", SCL_HISTORY_CREATED, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

void
scl_image_history(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_image_history_rows, NULL);
}

const struct scl_json_row scl_image_config_rows[] = {
    { "config", SCL_NONE, scl_row_object },
    { "rootfs", SCL_NONE, scl_row_object },
    { "os", SCL_IMAGE_OS, scl_row_text },
    { "architecture", SCL_IMAGE_ARCHITECTURE, scl_row_text },
    { "variant", SCL_IMAGE_VARIANT, scl_row_text },
    { "config.Labels", SCL_IMAGE_BASE_RAW, NULL },
    { "config.Labels", SCL_IMAGE_BASE_NAME, NULL },
    { "config.Labels", SCL_IMAGE_BASE_REGISTRY, NULL },
    { "config.Labels", SCL_IMAGE_BASE_REPOSITORY, NULL },
    { "config.Labels", SCL_IMAGE_BASE_TAG, NULL },
    { "config.Labels", SCL_IMAGE_BASE_DIGEST, NULL },
    { "config.Labels", SCL_IMAGE_BASE_DIGEST_ALGO, NULL },
    { "config.Labels", SCL_IMAGE_BASE_PIN, NULL },
    { "config.User", SCL_IMAGE_USER_RAW, scl_image_user },
    { "config.User", SCL_IMAGE_USER_UID, NULL },
    { "config.User", SCL_IMAGE_USER_GID, NULL },
    { "config.User", SCL_IMAGE_USER_NAME, NULL },
    { "config.User", SCL_IMAGE_USER_GROUP, NULL },
    { "config.User", SCL_IMAGE_USER_IS_ROOT, NULL },
    { "config.User", SCL_IMAGE_USER_CERTAINTY, NULL },
    { "config.Env", SCL_IMAGE_ENV, scl_row_env },
    { "config.Entrypoint", SCL_IMAGE_ENTRYPOINT, scl_row_texts },
    { "config.Cmd", SCL_IMAGE_COMMAND, scl_row_texts },
    { "config.Shell", SCL_IMAGE_SHELL, scl_row_texts },
    { "config.WorkingDir", SCL_IMAGE_WORKING_DIR, scl_row_text },
    { "config.StopSignal", SCL_IMAGE_STOP_SIGNAL, scl_row_text },
    { "config.ExposedPorts", SCL_IMAGE_EXPOSED_PORTS, scl_image_ports },
    { "config.ExposedPorts", SCL_IMAGE_PORTS, NULL },
    { "config.Volumes", SCL_IMAGE_VOLUMES, scl_row_keys },
    { "config.Labels", SCL_IMAGE_LABELS, scl_image_labels },
    { "config.Healthcheck", SCL_IMAGE_HEALTHCHECK, scl_row_group },
    { "config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_TEST, scl_image_test },
    { "config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_DECLARED, NULL },
    { "config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_DISABLED, NULL },
    { "config.OnBuild", SCL_IMAGE_ONBUILD, scl_row_texts },
    { "rootfs.diff_ids", SCL_IMAGE_LAYERS, scl_row_texts },
    { "history", SCL_IMAGE_HISTORY, scl_image_history },
    { "created", SCL_IMAGE_CREATED, scl_row_text },
    { "author", SCL_IMAGE_AUTHOR, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    scl_image_config_rows, scl_env_rows, scl_image_history_rows, scl_image_port_rows, NULL,
};

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    struct scl_str about = scl_str_n("", 0);
    uint32_t image;

    if (input->about.len) /* borrowed of the input, which the document outlives */
        about = scl_str_n(scl_arena_copy(&d->arena, input->about.at, input->about.len),
                          input->about.len);
    image = about.at ? scl_rows_subject(&l, SCL_TYPE_IMAGE, about) : 0;
    if (!image)
        return;
    scl_rows_say_all(&l, all_rows);
    scl_rows_bind(&l, image, scl_image_config_rows, root);
    scl_rows_apply(&l, image, scl_image_config_rows, root);
}

const struct scl_format scl_format_oci_image = {
    .name = "oci-image",
    .title = "configuration of an image (OCI or Docker), a JSON blob",
    .resolution = "resolved",
    .family = "",
    .sample = "{}",
    .rows = all_rows,
    .fits_tree = fits_tree,
    .lower = lower,
};
