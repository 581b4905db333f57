/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.h: what the two formats of hosts share
 *
 * daemon.json says how an engine is to run, `docker info` how it does; fields have the names of the
 * former. Readers are for rows.
 */
#ifndef SCL_FORMATS_HOST_H
#define SCL_FORMATS_HOST_H

#include "formats/json_rows.h"

/* Strings that are addresses of the API, or registries. */
void scl_host_listeners(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
void scl_host_registries(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* Adds one of them, whose text is `text`. */
uint32_t scl_host_registry(struct scl_lowering *l, uint32_t object, unsigned field,
                           const struct scl_tree *node, struct scl_str text);
uint32_t scl_host_listener(struct scl_lowering *l, uint32_t object, struct scl_str text,
                           uint32_t origin);
/* Scalars of a map as texts. */
void scl_host_map(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
extern const struct scl_json_row scl_host_listener_rows[];
extern const struct scl_json_row scl_host_registry_rows[];

#endif
