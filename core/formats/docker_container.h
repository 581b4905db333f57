/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_container.h: what the files of Docker's containers share
 *
 * A container is said in three objects: what runs in it (Config), how the host confines it
 * (HostConfig), and what the engine has made of both. docker_container.c has their rows, the others
 * the readers of what takes more than a row.
 */
#ifndef SCL_FORMATS_DOCKER_CONTAINER_H
#define SCL_FORMATS_DOCKER_CONTAINER_H

#include "formats/json_rows.h"

/* The HostConfig of the container that is the root, which may be one itself. */
const struct scl_tree *scl_docker_host(const struct scl_tree *root);

/* Limits and names of hosts, as others write them too. */
extern const struct scl_json_row scl_docker_ulimit_rows[], scl_docker_extra_host_rows[];
void scl_docker_extra_hosts(struct scl_lowering *l, uint32_t object, unsigned field,
                            const struct scl_tree *node);

/* Makes the container that the root asks for, and its rows. */
void scl_docker_request(struct scl_lowering *l);
extern const struct scl_json_row *const scl_docker_request_rows[];

/* docker_security.c */
void scl_docker_security(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* One of them; and what it could have said is unknown. */
void scl_docker_security_option(struct scl_lowering *l, uint32_t object,
                                const struct scl_tree *node);
void scl_docker_lose_security(struct scl_lowering *l, uint32_t object,
                              const struct scl_tree *node);
void scl_docker_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* Whether a profile of AppArmor is one that a runtime brings. */
bool scl_docker_is_own_apparmor(struct scl_str name);
/* An option of the label of SELinux, as `type:container_t`. */
void scl_docker_label(struct scl_lowering *l, uint32_t object, struct scl_str text,
                      uint32_t origin);
void scl_docker_process_label(struct scl_lowering *l, uint32_t object, unsigned field,
                              const struct scl_tree *node);
/* Of a namespace whose group is the field. */
void scl_docker_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);

/* docker_mounts.c */
void scl_docker_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_docker_binds(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_docker_host_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                            const struct scl_tree *node);
void scl_docker_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
extern const struct scl_json_row scl_docker_mount_rows[];

/* docker_ports.c */
void scl_docker_bindings(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_docker_live_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                           const struct scl_tree *node);
extern const struct scl_json_row scl_docker_port_rows[];

#endif
