/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_create.c: the body of a request to Docker's API that makes a container
 *
 * Its keys are those of `docker inspect`, but what runs in the container stands at the top, beside
 * HostConfig. It is a request: a user that it does not name is that of the image.
 */
#include "formats/docker_container.h"
#include "formats/format.h"

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *host = scl_tree_find(root, SCL_S("HostConfig"));

    *ret_reason = "HostConfig and Image";
    return host && host->kind == SCL_TREE_MAP && scl_tree_find(root, SCL_S("Image")) &&
                   !scl_tree_find(root, SCL_S("Config")) && !scl_tree_find(root, SCL_S("State"))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root, .input = input };

    scl_docker_request(&l);
}

const struct scl_format scl_format_docker_create_body = {
    .name = "docker-create-body",
    .title = "requests to Docker's API that make a container",
    .resolution = "request",
    .family = "docker",
    .sample = "{\"Image\": \"\", \"HostConfig\": {}}",
    .rows = scl_docker_request_rows,
    .fits_tree = fits_tree,
    .lower = lower,
};
