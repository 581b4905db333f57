/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nomad.h: what the files of Nomad's jobs share
 *
 * nomad.c has the rows, nomad_config.c the readers of what the driver is told, nomad_parts.c those
 * of mounts and ports.
 */
#ifndef SCL_FORMATS_NOMAD_H
#define SCL_FORMATS_NOMAD_H

#include "formats/json_rows.h"

/* A task that is being read. Readers get its `l`, whose root is the task. */
struct scl_nomad {
    struct scl_lowering l;
    const struct scl_tree *group;
    struct scl_map ports, own_ports; /* of the group's networks and the task's: nodes, by label */
    uint64_t *says[2];    /* of the drivers */
};

/* A block of the job specification is a map, or a list of maps, mostly of one. NULL has none. */
uint32_t scl_nomad_block_count(const struct scl_tree *node);
const struct scl_tree *scl_nomad_block(const struct scl_tree *node, uint32_t index);
/* What the first block of that name below a node has under a key, or NULL. */
const struct scl_tree *scl_nomad_find(const struct scl_tree *from, const char *block,
                                      const char *key);

/* nomad_values.c: what the agent converts; the first two without a note */
bool scl_nomad_truth(const struct scl_tree *node, bool *ret);
bool scl_nomad_is_template(const struct scl_tree *node);
bool scl_nomad_number(const struct scl_tree *node, int64_t *ret);
void scl_nomad_bool(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_nomad_int(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* A number above 0; else nothing is said. */
void scl_nomad_some_int(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
/* A number above 0; else there is no limit. */
void scl_nomad_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_nomad_bytes(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);

/* nomad_config.c */
void scl_nomad_image(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_nomad_pull(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
/* Nanoseconds, or a text as `30s`. */
void scl_nomad_duration(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
void scl_nomad_command(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_nomad_args(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
/* Maps in blocks as one map. */
void scl_nomad_maps(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_nomad_env(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
void scl_nomad_templates(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_nomad_ulimits(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_nomad_logging(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_nomad_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_nomad_health(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_nomad_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
void scl_nomad_selinux(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
extern const struct scl_json_row scl_nomad_ulimit_rows[];
extern const struct scl_json_row scl_nomad_device_rows[];

/* nomad_parts.c */
void scl_nomad_volumes(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_nomad_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_nomad_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_nomad_volume_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                             const struct scl_tree *node);
void scl_nomad_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_nomad_port_map(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
void scl_nomad_own_ports(struct scl_lowering *l, uint32_t object);
extern const struct scl_json_row scl_nomad_mount_rows[];
extern const struct scl_json_row scl_nomad_port_rows[];
/* Indexes the ports of networks, which may be NULL. */
void scl_nomad_index(struct scl_map *ports, struct scl_lowering *l,
                     const struct scl_tree *networks);

#endif
