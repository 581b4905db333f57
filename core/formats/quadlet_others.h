/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quadlet_others.h: what other units of Quadlet say of a container
 *
 * A container names units beside its own: `Image=web.image` what is pulled, `Image=web.build` what
 * is built, `Volume=data.volume:/data` a volume, `Pod=shop.pod` its pod. They are companions; what
 * is read from them keeps its place there, and what nobody gave is unknown.
 */
#ifndef SCL_FORMATS_QUADLET_OTHERS_H
#define SCL_FORMATS_QUADLET_OTHERS_H

#include "formats/json_rows.h"
#include "formats/quadlet_unit.h"

/* What a volume mounts. */
struct scl_other_volume {
    enum scl_other_source { SCL_SOURCE_UNKNOWN, SCL_SOURCE_FOLDER, SCL_SOURCE_NAME } from;
    struct scl_tree source;
};

struct scl_others {
    struct scl_lowering *l;
    struct scl_map names; /* -> number in `units` */
    SCL_VEC(const struct scl_unit *) units; /* NULL: not given */
    struct scl_map volume_names; /* -> number in `volumes` */
    SCL_VEC(struct scl_other_volume) volumes;
};

void scl_others_init(struct scl_others *o, struct scl_lowering *l);
/* A unit by the name of its file, read once, with what is dropped into it; NULL where nobody gave
 * it. */
const struct scl_unit *scl_others_find(struct scl_others *o, struct scl_str name);

/* Sets the image of a container to what the unit pulls that a node names. */
void scl_others_pull(struct scl_others *o, uint32_t container, const struct scl_tree *node);
/* The same of one that builds, and what it is built from. */
void scl_others_build(struct scl_others *o, uint32_t container, const struct scl_tree *node);
/* Puts in place of units what they make: mounts of volumes by the names that Podman gives them, and
 * of folders of the host where a volume is told to bind one. */
void scl_others_mounts(struct scl_others *o, uint32_t container);

#endif
