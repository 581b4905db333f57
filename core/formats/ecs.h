/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ecs.h: what the files of ECS task definitions share
 *
 * ecs.c has the rows, ecs_parts.c the readers of what takes more than a row, ecs_template.c finds
 * task definitions in CloudFormation's templates, ecs_terraform.c in what Terraform reads and
 * writes.
 */
#ifndef SCL_FORMATS_ECS_H
#define SCL_FORMATS_ECS_H

#include "formats/json_rows.h"
#include "syntax/tree_build.h"

/* A task definition that is being read. Readers get its `l`, whose root is the definition; where a
 * document has containers alone, the list of them. */
struct scl_ecs {
    struct scl_lowering l;
    struct scl_map volumes;    /* by name: index, from 1 */
    struct scl_map containers; /* by name: index, from 1 */
    const struct scl_tree *list; /* of containers */
    struct scl_tree_limits limits; /* of what stands in a string */
    uint32_t made;                 /* nodes of the bodies so far */
    bool is_full;                  /* there was one with more than the limit of them */
};

/* ecs_parts.c */
void scl_ecs_index(struct scl_ecs *ecs);
void scl_ecs_mib(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node);
void scl_ecs_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* Memory of a task: MiB, or a text as `2 GB`. */
void scl_ecs_task_memory(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* Processors of a task: 1024 to one, or a text as `.5 vCPU`. */
void scl_ecs_task_cpu(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_ecs_environment(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_ecs_secrets(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_ecs_mount_points(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
void scl_ecs_volumes_from(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
void scl_ecs_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
void scl_ecs_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
void scl_ecs_requirements(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
void scl_ecs_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
extern const struct scl_json_row scl_ecs_variable_rows[];
extern const struct scl_json_row scl_ecs_secret_rows[];
extern const struct scl_json_row scl_ecs_mount_rows[];
extern const struct scl_json_row scl_ecs_tmpfs_rows[];
extern const struct scl_json_row scl_ecs_port_rows[];
extern const struct scl_json_row scl_ecs_device_rows[];

/* ecs_template.c */
/* Whether a document is a template with a task definition among its resources. */
bool scl_ecs_is_template(const struct scl_tree *root);
/* The definition of a resource of a template in the keys of the API, or NULL where it is none. What
 * a function of the template will give is not known: a null that is cut. */
const struct scl_tree *scl_ecs_from_template(struct scl_document *d,
                                             const struct scl_tree *resource);

/* ecs_terraform.c */
typedef void (*scl_ecs_body_fn)(void *context, const struct scl_tree *body);
/* Calls for the body of each task definition of a configuration, a plan or a state; how many there
 * are. `visit` may be NULL. */
uint32_t scl_ecs_each_body(const struct scl_tree *root, scl_ecs_body_fn visit, void *context);
/* A body in the keys of the API; NULL without memory. What Terraform will compute is not known: a
 * null that is cut. All bodies of a document have the limit of nodes together, to which a string
 * counts by its length, as aliases may repeat it. */
const struct scl_tree *scl_ecs_from_body(struct scl_ecs *ecs, const struct scl_tree *body);

#endif
