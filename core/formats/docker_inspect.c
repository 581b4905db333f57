/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_inspect.c: what `docker inspect` and `docker image inspect` print
 *
 * An array of containers and images, in the order they were named; the engine's API gives one of
 * them alone. What else can be inspected (networks, volumes) is noted and left out. Podman and
 * nerdctl print the same keys.
 */
#include "formats/docker_inspect.h"

#include "formats/format.h"

enum element { OTHER, CONTAINER, IMAGE, HOST_CONFIG };

static bool
has(const struct scl_tree *element, struct scl_str key)
{
    return scl_tree_find(element, key) != NULL;
}

static enum element
element_kind(const struct scl_tree *element)
{
    if (has(element, SCL_S("HostConfig")))
        return has(element, SCL_S("Config")) || has(element, SCL_S("State")) ? CONTAINER : OTHER;
    if (has(element, SCL_S("RootFS")) &&
        (has(element, SCL_S("Id")) || has(element, SCL_S("RepoTags")) ||
         has(element, SCL_S("RepoDigests"))))
        return IMAGE;
    if (has(element, SCL_S("RestartPolicy")) && has(element, SCL_S("LogConfig")))
        return HOST_CONFIG;
    return OTHER;
}

bool
scl_docker_is_podman(const struct scl_tree *element)
{
    return has(element, SCL_S("OCIRuntime")) || has(element, SCL_S("ImageName")) ||
           has(element, SCL_S("NamesHistory"));
}

/* Elements of an array, or the one that the document is. */
static uint32_t
element_count(const struct scl_tree *root)
{
    return root->kind == SCL_TREE_LIST ? scl_tree_count(root) : 1;
}

static const struct scl_tree *
element_at(const struct scl_tree *root, uint32_t index)
{
    return root->kind == SCL_TREE_LIST ? scl_tree_child(root, index) : root;
}

static uint32_t
count_kind(const struct scl_tree *root, enum element kind)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < element_count(root); i++)
        count += element_kind(element_at(root, i)) == kind;
    return count;
}

static enum scl_fit
fits_containers(const struct scl_tree *root, const char **ret_reason)
{
    if (count_kind(root, CONTAINER)) {
        *ret_reason = "HostConfig and Config";
        return SCL_FIT_YES;
    }
    *ret_reason = "RestartPolicy and LogConfig";
    return element_kind(root) == HOST_CONFIG ? SCL_FIT_MAYBE : SCL_FIT_NO;
}

static enum scl_fit
fits_images(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "RootFS and Id";
    return count_kind(root, IMAGE) && !count_kind(root, CONTAINER) ? SCL_FIT_YES : SCL_FIT_NO;
}

static void
note_other(struct scl_lowering *l, const struct scl_tree *element)
{
    enum { MOST_NOTES = 100 };

    if (l->noted++ < MOST_NOTES)
        scl_note_add(&l->d->notes, SCL_NOTE_WARNING, (struct scl_span){ element->span.offset, 0 },
                     "neither a container nor an image; left out");
}

static void
lower_element(struct scl_lowering *l, struct scl_docker_says *says, enum element otherwise)
{
    enum element kind = element_kind(l->root);

    if (kind == OTHER)
        kind = otherwise;
    if (kind == IMAGE)
        scl_docker_image(l, says);
    else if (kind == CONTAINER || kind == HOST_CONFIG)
        scl_docker_container(l, says);
    else if (scl_rows_expect(l, 0, SCL_NONE, l->root, SCL_TREE_MAP))
        note_other(l, l->root);
}

static void
lower(struct scl_document *d, const struct scl_tree *root, enum element otherwise)
{
    struct scl_lowering l = { .d = d };
    struct scl_docker_says says = { NULL, NULL };

    for (uint32_t i = 0; i < element_count(root); i++) {
        l.root = element_at(root, i);
        if (scl_docker_is_podman(l.root) && d->family[0])
            d->family = "podman";
        lower_element(&l, &says, otherwise);
    }
}

static void
lower_containers(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    (void)input;
    lower(d, root, root->kind == SCL_TREE_MAP ? CONTAINER : OTHER);
}

static void
lower_images(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    (void)input;
    lower(d, root, root->kind == SCL_TREE_MAP ? IMAGE : OTHER);
}

const struct scl_format scl_format_docker_inspect = {
    .name = "docker-inspect",
    .title = "containers, and images among them, as docker inspect prints them",
    .resolution = "resolved",
    .family = "docker",
    .sample = "[{\"Config\": {}, \"HostConfig\": {}}, {\"Id\": \"\", \"RootFS\": {}}]",
    .rows = scl_docker_container_rows,
    .fits_tree = fits_containers,
    .lower = lower_containers,
};

const struct scl_format scl_format_docker_image_inspect = {
    .name = "docker-image-inspect",
    .title = "images as docker image inspect prints them",
    .resolution = "resolved",
    .family = "",
    .sample = "[{\"Id\": \"\", \"RootFS\": {}}]",
    .rows = scl_docker_image_rows,
    .fits_tree = fits_images,
    .lower = lower_images,
};
