/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes.h: what the files of the Kubernetes format share
 *
 * A pod is lowered container by container; each reader finds the pod it belongs to behind the
 * lowering that it is given. The paths of rows are written as from the pod, so that they tell a
 * reader of the reference where a field stands; what they begin with is skipped.
 */
#ifndef SCL_FORMATS_KUBERNETES_H
#define SCL_FORMATS_KUBERNETES_H

#include "formats/json_rows.h"

#define SCL_KUBE_CONTAINER "spec.containers[]."
#define SCL_KUBE_POD "spec."

/* A pod or the template of one, and the container of it that is being lowered. */
struct scl_kube {
    struct scl_lowering l; /* first, so that a reader comes from it to the rest; the root is the
                              container's node */
    struct scl_str kind;   /* of the object that holds the pod */
    const struct scl_tree *object, *metadata, *spec; /* the latter two of the pod; or NULL */
    const char *role;
    uint32_t index; /* of the container among those of its role, from 1 */
};

static inline struct scl_kube *
scl_kube_of(struct scl_lowering *l)
{
    return (struct scl_kube *)(void *)l;
}

/* kubernetes_container.c: makes the subject of the container that is the root. */
void scl_kube_container(struct scl_kube *k);
extern const struct scl_json_row *const scl_kube_rows[];

#endif
