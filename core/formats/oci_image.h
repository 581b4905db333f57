/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_image.h: readers of what the configuration of an image and that of a container share
 *
 * They set the fields that stand in the rows beside theirs without a reader of their own.
 */
#ifndef SCL_FORMATS_OCI_IMAGE_H
#define SCL_FORMATS_OCI_IMAGE_H

#include "formats/json_rows.h"

/* user.raw and what follows, from "name[:group]". */
void scl_image_user(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
/* Keys as "80/tcp" become texts; of an image, ports one by one too. */
void scl_image_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* healthcheck.test, and the two fields before it. */
void scl_image_test(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
/* Labels, which may name the base. */
void scl_image_labels(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
/* The base that annotations name. */
void scl_image_base(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_image_history(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
extern const struct scl_json_row scl_image_history_rows[];
/* Of the configuration itself. */
extern const struct scl_json_row scl_image_config_rows[];
/* Of members of a list of ports. */
extern const struct scl_json_row scl_image_port_rows[];

#endif
