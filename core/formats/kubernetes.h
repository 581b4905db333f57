/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes.h: what the files of the Kubernetes format share
 *
 * A pod is lowered container by container; each reader finds the pod it belongs to behind the
 * lowering that it is given. The paths of a container's rows are written as from the pod, so that
 * they tell a reader of the reference where a field stands; what they begin with is skipped.
 */
#ifndef SCL_FORMATS_KUBERNETES_H
#define SCL_FORMATS_KUBERNETES_H

#include "base/map.h"
#include "base/vec.h"
#include "formats/json_rows.h"

#define SCL_KUBE_CONTAINER "spec.containers[]."
#define SCL_KUBE_POD "spec."
#define SCL_KUBE_METADATA "metadata."

/* A volume of a pod. */
struct scl_kube_volume {
    const struct scl_tree *node; /* of the pod, or a claim that its object makes for each pod */
    bool is_claim, is_mounted;
    uint32_t shown; /* the container whose list has it */
};

/* What a variable was given so far. */
struct scl_kube_variable {
    struct scl_str text;
    bool is_known;
};

/* A pod or the template of one, and the container of it that is being lowered. */
struct scl_kube {
    struct scl_lowering l; /* first, so that a reader comes from it to the rest; the root is the
                              container's node */
    struct scl_str kind;   /* of the object that holds the pod */
    const struct scl_tree *object, *metadata, *spec; /* the latter two of the pod; or NULL */
    struct scl_kube_volume *volumes;
    uint32_t volume_count;
    struct scl_map volumes_by_name; /* index */
    struct scl_map accounts; /* by namespace and name: the number of ... */
    SCL_VEC(const struct scl_tree *) tokens; /* ... what they say of their token */
    struct scl_map variables; /* of the container, by name: the number of ... */
    SCL_VEC(struct scl_kube_variable) values; /* ... its value */
    bool has_pod;        /* its object had one before */
    uint64_t shared;     /* nodes of objects that pods behind their first have too */
    uint64_t expanded;   /* bytes of texts that values were put into */
    const char *role;
    uint32_t index; /* of the container among those of its role, from 1 */
    bool is_noted;  /* what is wrong with the pod has been noted with an earlier container */
};

static inline struct scl_kube *
scl_kube_of(struct scl_lowering *l)
{
    return (struct scl_kube *)(void *)l;
}

/* The node below the container, or else that below the pod: of fields that a pod says for all of
 * its containers. NULL where neither does; null says nothing. */
const struct scl_tree *scl_kube_either(const struct scl_kube *k, const char *path);
/* An annotation of the pod, its last part being the container's name where `of_container` is set;
 * NULL where there is none. */
const struct scl_tree *scl_kube_annotation(const struct scl_kube *k, const char *key,
                                           bool of_container);

/* kubernetes.c: what the account of the pod says of its token, or NULL. */
const struct scl_tree *scl_kube_account(struct scl_kube *k);

/* kubernetes.c: whether one more pod of the object may have `count` nodes that all of them have;
 * else a note says so. What is shared counts as aliases do. */
bool scl_kube_may_share(struct scl_kube *k, uint64_t count);
/* kubernetes_workflow.c: how many nodes of a workflow all of its pods have. */
uint64_t scl_kube_workflow_shares(const struct scl_tree *workflow);
/* The specification of the pod that a template of a workflow becomes; NULL where it runs no
 * container. */
const struct scl_tree *scl_kube_workflow_pod(struct scl_kube *k, const struct scl_tree *workflow,
                                             const struct scl_tree *template);

/* kubernetes_values.c: readers for rows, of values as Kubernetes resolves them */
void scl_kube_bool(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* The truth of a node; false where it has none, which the second notes. */
bool scl_kube_truth_of(const struct scl_tree *node, bool *ret_truth);
bool scl_kube_truth(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node, bool *ret);
void scl_kube_not(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
void scl_kube_int(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
void scl_kube_text(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* A text that says something also where it is empty. */
void scl_kube_value(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_kube_word(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node, const char *const words[][2], const char *refusal);
void scl_kube_name(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
void scl_kube_memory(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_kube_cpu(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
void scl_kube_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);

/* kubernetes_fields.c: notes the fields of the pod, and of the container that is the root, that are
 * none. */
void scl_kube_know_pod(struct scl_kube *k);
void scl_kube_know_container(struct scl_kube *k);

/* kubernetes_container.c: makes the subject of the container that is the root. */
void scl_kube_container(struct scl_kube *k);
extern const struct scl_json_row *const scl_kube_rows[];

/* kubernetes_security.c */
void scl_kube_security(struct scl_kube *k, uint32_t container);
extern const struct scl_json_row scl_kube_security_rows[], scl_kube_pod_security_rows[];

/* kubernetes_volumes.c: looks at the volumes of a pod; then sets those of a container. */
void scl_kube_find_volumes(struct scl_kube *k);
void scl_kube_volumes(struct scl_kube *k, uint32_t container);
extern const struct scl_json_row scl_kube_mount_rows[], scl_kube_volume_rows[],
    scl_kube_device_rows[], scl_kube_mounts_rows[];

/* kubernetes_pod.c: what a pod says of all of its containers */
void scl_kube_pod(struct scl_kube *k, uint32_t container);
extern const struct scl_json_row scl_kube_pod_rows[], scl_kube_object_rows[],
    scl_kube_metadata_rows[], scl_kube_extra_host_rows[];

/* kubernetes_variables.c: the variables of a list, with others' values in theirs, `finish` called
 * for each that counts; then the words of a command with the values in them. */
void scl_kube_variables(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *list, scl_row_finish_fn finish);
/* A text with the values in it, in the arena; false where it is unknown. */
bool scl_kube_expand(struct scl_kube *k, struct scl_str text, struct scl_str *ret);
void scl_kube_expand_words(struct scl_kube *k, uint32_t container, unsigned field);

/* kubernetes_process.c: variables, ports and probes of a container */
extern const struct scl_json_row scl_kube_process_rows[], scl_kube_env_rows[],
    scl_kube_env_from_rows[], scl_kube_port_rows[], scl_kube_probe_rows[];

#endif
