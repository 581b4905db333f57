/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime.h: what the files of the OCI runtime format share
 *
 * oci_runtime.c has the rows, its neighbours the readers of what takes more than a row. Each reader
 * sets the fields that stand in the rows beside it without a reader of their own.
 */
#ifndef SCL_FORMATS_OCI_RUNTIME_H
#define SCL_FORMATS_OCI_RUNTIME_H

#include "formats/json_rows.h"

/* "linux", "windows" or another; `ret_node` is the key that says so, or NULL. */
const char *scl_runtime_os(const struct scl_tree *root, const struct scl_tree **ret_node);

/* oci_runtime_process.c */
void scl_runtime_user(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_runtime_groups(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
void scl_runtime_capabilities(struct scl_lowering *l, uint32_t object, unsigned field,
                              const struct scl_tree *node);
void scl_runtime_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
void scl_runtime_selinux(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_runtime_rlimits(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
extern const struct scl_json_row scl_runtime_rlimit_rows[];
/* RLIMIT_NOFILE is nofile; a limit that is negative or too large is none, 0 is one. */
void scl_row_rlimit_name(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_row_rlimit(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);

/* oci_runtime_mounts.c */
void scl_runtime_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
/* Reads an option of a mount that stands at a node: `ro`, `rshared`, `size=64m` and their like. */
void scl_mount_option(struct scl_lowering *l, uint32_t object, struct scl_str text,
                      const struct scl_tree *node);
/* The option `z` or `Z`, by which an engine gives what it mounts a label. */
void scl_mount_relabel(struct scl_lowering *l, uint32_t object, struct scl_str text,
                       uint32_t origin);
/* Whether a mount makes /sys read-only. */
bool scl_runtime_protects_sys(const struct scl_tree *root);
extern const struct scl_json_row scl_runtime_mount_rows[];

/* oci_runtime_linux.c */
void scl_runtime_namespaces(struct scl_lowering *l, uint32_t object, unsigned field,
                            const struct scl_tree *node);
void scl_runtime_seccomp(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* Whether a system call filter refuses anything. False where that cannot be told. */
bool scl_seccomp_refuses(const struct scl_tree *filter, bool *ret_refuses);
/* Sets a limit of processors from time in a period, both in microseconds; 0 of either: standard. */
void scl_cpu_quota(struct scl_lowering *l, uint32_t object, unsigned field, int64_t quota,
                   int64_t period, const struct scl_tree *node);
void scl_runtime_cpu(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_runtime_unified(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);

/* oci_runtime_devices.c */
void scl_runtime_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
void scl_runtime_device_rules(struct scl_lowering *l, uint32_t object, unsigned field,
                              const struct scl_tree *node);
/* Whether the device controller lets everything through in the end. */
bool scl_runtime_allows_all_devices(const struct scl_tree *root);
extern const struct scl_json_row scl_runtime_device_rows[];

#endif
