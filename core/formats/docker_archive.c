/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_archive.c: images as `docker save` and `podman save` write them
 *
 * manifest.json lists them, each with the file of its configuration and its names. Since version 25
 * Docker writes an OCI layout into the same archive; its index adds the digests of the manifests,
 * and what attests to the images.
 */
#include "formats/format.h"
#include "formats/layout.h"
#include "formats/oci_image.h"

#include "base/path.h"

static bool
is_entry(const struct scl_tree *node)
{
    const struct scl_tree *config = scl_tree_find(node, SCL_S("Config"));

    return config && config->kind == SCL_TREE_STRING &&
           (scl_tree_find(node, SCL_S("Layers")) || scl_tree_find(node, SCL_S("RepoTags")));
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "Config, RepoTags and Layers";
    return root->kind == SCL_TREE_LIST && scl_tree_count(root) &&
                   is_entry(scl_tree_child(root, 0))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

/* The path of a configuration; of length 0 with a note where it leads out of the archive. */
static struct scl_str
config_path(struct scl_layout *k, const struct scl_tree *config)
{
    struct scl_str path = scl_path_clean(&k->d->arena, scl_tree_text(config));

    if (config->count && !scl_path_is_absolute(path) && !scl_str_is(path, "..") &&
        !scl_str_starts(path, SCL_S("../")))
        return path;
    scl_layout_note(k, SCL_NOTE_ERROR, config, "expected the name of a file beside this one");
    return (struct scl_str){ "", 0 };
}

static void
add_tags(struct scl_layout *k, struct scl_layout_image *image, const struct scl_tree *tags)
{
    if (tags->kind != SCL_TREE_LIST && tags->kind != SCL_TREE_NULL)
        scl_layout_note(k, SCL_NOTE_ERROR, tags, "expected a list of names");
    for (uint32_t i = 0; i < scl_tree_count(tags); i++) {
        const struct scl_tree *tag = scl_tree_child(tags, i);

        if (tag->kind != SCL_TREE_STRING)
            scl_layout_note(k, SCL_NOTE_ERROR, tag, "expected a name");
        else if (tag->count)
            scl_layout_add_name(k, image, scl_tree_text(tag), tag);
    }
}

static void
add_entry(struct scl_layout *k, const struct scl_tree *entry)
{
    const struct scl_tree *config = scl_tree_find(entry, SCL_S("Config"));
    const struct scl_tree *tags = scl_tree_find(entry, SCL_S("RepoTags"));
    struct scl_str path = { "", 0 };
    struct scl_layout_image *image;

    if (entry->kind != SCL_TREE_MAP) {
        scl_layout_note(k, SCL_NOTE_ERROR, entry, "expected an image, as an object");
        return;
    }
    if (config && config->kind == SCL_TREE_STRING)
        path = config_path(k, config);
    else if (!entry->is_cut)
        scl_layout_note(k, SCL_NOTE_ERROR, config ? config : entry,
                        "expected Config, the name of a file");
    image = scl_layout_add_image(k, path, entry);
    if (!image)
        return;
    image->config_at = config;
    if (tags)
        add_tags(k, image, tags);
}

static const struct scl_json_row rows[] = {
    { "RepoTags", SCL_IMAGE_NAME, NULL },
    { "RepoTags", SCL_IMAGE_NAMES, NULL },
    { "Config", SCL_IMAGE_ID, NULL },
    { "manifests[].digest", SCL_IMAGE_DIGEST, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    rows, scl_image_config_rows, scl_env_rows, scl_image_history_rows, scl_image_port_rows, NULL,
};

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_layout_part index;
    struct scl_layout k;

    scl_layout_init(&k, d, input, root);
    k.is_strict = true;
    if (root->kind != SCL_TREE_LIST && !root->is_cut)
        scl_layout_note(&k, SCL_NOTE_ERROR, root, "expected a list of images");
    for (uint32_t i = 0; root->kind == SCL_TREE_LIST && i < scl_tree_count(root); i++)
        add_entry(&k, scl_tree_child(root, i));
    index = scl_layout_optional(&k, SCL_S("index.json"));
    if (index.root)
        scl_layout_visit(&k, index.root);
    scl_layout_finish(&k, root, all_rows);
}

const struct scl_format scl_format_docker_archive = {
    .name = "docker-archive",
    .title = "images as docker save writes them: a tar archive, or its manifest.json",
    .resolution = "resolved",
    .family = "",
    .sample = "[{\"Config\": \"a.json\", \"RepoTags\": null, \"Layers\": []}]",
    .rows = all_rows,
    .fits_tree = fits_tree,
    .lower = lower,
};
