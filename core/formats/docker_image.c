/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_image.c: an image as `docker image inspect` prints it
 *
 * The configuration of the image under other keys, and what the engine knows of it besides: its
 * names, its id, its digest. Podman adds the history and repeats the user; nerdctl prints Docker's
 * keys.
 */
#include "formats/docker_inspect.h"
#include "formats/oci_image.h"

/* An image without a name has been listed as `<none>:<none>`. */
static bool
is_name(const struct scl_tree *item)
{
    return item->kind == SCL_TREE_STRING && item->count &&
           !scl_str_starts(scl_tree_text(item), SCL_S("<none>"));
}

/* The first name of a list, or NULL. */
static const struct scl_tree *
first_name(const struct scl_tree *root, const char *path)
{
    const struct scl_tree *list = scl_rows_find(root, path);

    for (uint32_t i = 0; list && i < scl_tree_count(list); i++)
        if (is_name(scl_tree_child(list, i)))
            return scl_tree_child(list, i);
    return NULL;
}

/* The tag it is known by, else the digest, else its id. */
static const struct scl_tree *
name_of(const struct scl_tree *root)
{
    static const char *const lists[] = { "RepoTags", "RepoDigests" };
    const struct scl_tree *id = scl_rows_find(root, "Id"), *name;

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        name = first_name(root, lists[i]);
        if (name)
            return name;
    }
    return id && id->kind == SCL_TREE_STRING && id->count ? id : NULL;
}

static void
read_names(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (item->kind == SCL_TREE_STRING && !is_name(item))
            continue;
        if (scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING))
            scl_build_item_text(l->d, object, field, scl_tree_text(item),
                                scl_rows_origin(l, item));
        else
            scl_build_item_unknown(l->d, object, field, scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* The digest of the first of its names that has one. */
static void
read_digest(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    for (uint32_t i = 0; node->kind == SCL_TREE_LIST && i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        struct scl_str text = scl_tree_text(item);
        size_t at = scl_str_find_char(text, '@');

        if (item->kind != SCL_TREE_STRING || at == SIZE_MAX)
            continue;
        scl_build_text(l->d, object, field, scl_str_sub(text, at + 1, text.len),
                       scl_rows_origin(l, item));
        return;
    }
}

/* Names by digest: set apart, so that a null here does not take back the tags. */
static void
read_digest_names(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    (void)field;
    read_names(l, object, SCL_IMAGE_NAMES, node);
    read_digest(l, object, SCL_IMAGE_DIGEST, node);
}

/* Podman has bare digits; the ids of others begin with the algorithm. */
static void
read_id(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !text.len)
        return;
    if (scl_str_find_char(text, ':') == SIZE_MAX)
        text = scl_rows_print(&l->d->arena, "sha256:%.*s", SCL_ARG(text));
    scl_build_text(l->d, object, field, text, scl_rows_origin(l, node));
}

/* Of two rows for one field the later counts. */
static const struct scl_json_row rows[] = {
    { "Config", SCL_NONE, scl_row_object },
    { "RootFS", SCL_NONE, scl_row_object },
    { "RepoTags", SCL_IMAGE_NAME, NULL },
    { "RepoTags", SCL_IMAGE_NAMES, read_names },
    { "RepoDigests", SCL_NONE, read_digest_names },
    { "Id", SCL_IMAGE_ID, read_id },
    { "RepoDigests", SCL_IMAGE_DIGEST, NULL },
    { "Digest", SCL_IMAGE_DIGEST, scl_row_some_text },
    { "Descriptor.digest", SCL_IMAGE_DIGEST, scl_row_some_text },
    { "Os", SCL_IMAGE_OS, scl_row_some_text },
    { "Architecture", SCL_IMAGE_ARCHITECTURE, scl_row_some_text },
    { "Variant", SCL_IMAGE_VARIANT, scl_row_some_text },
    { "Config.Labels", SCL_IMAGE_BASE_RAW, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_NAME, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_REGISTRY, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_REPOSITORY, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_TAG, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_DIGEST, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_DIGEST_ALGO, NULL },
    { "Config.Labels", SCL_IMAGE_BASE_PIN, NULL },
    { "Descriptor.annotations", SCL_NONE, scl_image_base },
    { "Annotations", SCL_NONE, scl_image_base },
    { "Config.User", SCL_IMAGE_USER_RAW, NULL },
    { "User", SCL_IMAGE_USER_RAW, scl_image_user },
    { "Config.User", SCL_IMAGE_USER_RAW, scl_image_user },
    { "Config.User", SCL_IMAGE_USER_UID, NULL },
    { "Config.User", SCL_IMAGE_USER_GID, NULL },
    { "Config.User", SCL_IMAGE_USER_NAME, NULL },
    { "Config.User", SCL_IMAGE_USER_GROUP, NULL },
    { "Config.User", SCL_IMAGE_USER_IS_ROOT, NULL },
    { "Config.User", SCL_IMAGE_USER_CERTAINTY, NULL },
    { "Config.Env", SCL_IMAGE_ENV, scl_row_env },
    { "Config.Entrypoint", SCL_IMAGE_ENTRYPOINT, scl_row_texts },
    { "Config.Cmd", SCL_IMAGE_COMMAND, scl_row_texts },
    { "Config.Shell", SCL_IMAGE_SHELL, scl_row_texts },
    { "Config.WorkingDir", SCL_IMAGE_WORKING_DIR, scl_row_some_text },
    { "Config.StopSignal", SCL_IMAGE_STOP_SIGNAL, scl_row_some_text },
    { "Config.ExposedPorts", SCL_IMAGE_EXPOSED_PORTS, scl_image_ports },
    { "Config.ExposedPorts", SCL_IMAGE_PORTS, NULL },
    { "Config.Volumes", SCL_IMAGE_VOLUMES, scl_row_keys },
    { "Config.Labels", SCL_IMAGE_LABELS, scl_image_labels },
    { "Config.Healthcheck", SCL_IMAGE_HEALTHCHECK, scl_row_group },
    { "Config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_TEST, scl_image_test },
    { "Config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_DECLARED, NULL },
    { "Config.Healthcheck.Test", SCL_IMAGE_HEALTHCHECK_DISABLED, NULL },
    { "Config.OnBuild", SCL_IMAGE_ONBUILD, scl_row_texts },
    { "RootFS.Layers", SCL_IMAGE_LAYERS, scl_row_texts },
    { "Created", SCL_IMAGE_CREATED, scl_row_some_text },
    { "Author", SCL_IMAGE_AUTHOR, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row podman_rows[] = {
    { "History", SCL_IMAGE_HISTORY, scl_image_history },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_docker_image_rows[] = {
    rows, scl_env_rows, scl_image_port_rows, NULL,
};

void
scl_docker_image(struct scl_lowering *l, struct scl_docker_says *says)
{
    const struct scl_tree *root = l->root, *name = name_of(root);
    bool is_podman = scl_docker_is_podman(root);
    uint32_t image;

    l->says = says->image;
    image = scl_rows_subject(l, SCL_TYPE_IMAGE, scl_str_n("", 0));
    if (!image)
        return;
    if (!says->image) {
        scl_rows_say_all(l, scl_docker_image_rows);
        says->image = l->says;
    }
    scl_rows_bind(l, image, rows, root);
    if (name)
        scl_build_text(l->d, image, SCL_IMAGE_NAME, scl_tree_text(name),
                       scl_rows_origin(l, name));
    scl_rows_apply(l, image, rows, root);
    if (!is_podman)
        return;
    scl_rows_say(l, podman_rows);
    scl_rows_say(l, scl_image_history_rows);
    scl_rows_bind(l, image, podman_rows, root);
    scl_rows_apply(l, image, podman_rows, root);
}
