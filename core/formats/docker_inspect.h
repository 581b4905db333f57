/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_inspect.h: what the files of `docker inspect` share
 *
 * docker_inspect.c tells what an element is, docker_image.c and docker_container.c have the rows,
 * the others the readers of what takes more than a row.
 */
#ifndef SCL_FORMATS_DOCKER_INSPECT_H
#define SCL_FORMATS_DOCKER_INSPECT_H

#include "formats/json_rows.h"

/* What can be said of either kind of subject, counted once a document. */
struct scl_docker_says {
    uint64_t *image, *container;
};

/* Make the subject of the element that is the root. */
void scl_docker_image(struct scl_lowering *l, struct scl_docker_says *says);
void scl_docker_container(struct scl_lowering *l, struct scl_docker_says *says);

/* Their rows, ended by NULL. */
extern const struct scl_json_row *const scl_docker_image_rows[];
extern const struct scl_json_row *const scl_docker_container_rows[];

/* Whether an element is one of Podman's. */
bool scl_docker_is_podman(const struct scl_tree *element);

#endif
