/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near.h: what is called by a name, looked up from where the name is used
 *
 * A name means something between two files of which one lies in the folder of the other or below
 * it; the nearest counts. An entry stands under its name in its folder and in each above, with what
 * is nearest there; so a question asks its own folder and those above it once, however many entries
 * there are. Digests mean the same everywhere.
 */
#ifndef SCL_ENGINE_NEAR_H
#define SCL_ENGINE_NEAR_H

#include "base/map.h"

/* Folders that a path is followed through; what lies deeper has no neighbours. */
enum { SCL_NEAR_DEPTH = 64 };

struct scl_near_entry {
    uint32_t document, subject; /* index in the project, and there */
    uint32_t part;              /* what of the subject it is, or 0 */
};

struct scl_near_found { /* under one name in one folder, as near as any */
    uint32_t distance, entry;
    uint32_t next; /* as near, plus 1 */
};

struct scl_near {
    struct scl_arena *arena;
    struct scl_map names; /* -> found, plus 1: the latest of the nearest */
    SCL_VEC(struct scl_near_entry) entries;
    SCL_VEC(struct scl_near_found) found;
};

void scl_near_init(struct scl_near *near, struct scl_arena *arena);
/* Enters a name that a file gives; `folder` is that of the file, clean. */
void scl_near_enter(struct scl_near *near, struct scl_str name, struct scl_str folder,
                    struct scl_near_entry entry);
/* What is nearest of a name: how many entries, up to `room`, were filled in. */
uint32_t scl_near_find(const struct scl_near *near, struct scl_str name, struct scl_str folder,
                       struct scl_near_entry *ret, uint32_t room);

/* The folder of a file, clean; "." for none. */
struct scl_str scl_near_folder(struct scl_arena *arena, struct scl_str name);
/* What an image reference is in full: `registry/repository@digest` becomes the digest, an id
 * `sha256:...`, a tag `registry/repository:tag`; of length 0: it is no reference. */
struct scl_str scl_near_reference(struct scl_arena *arena, struct scl_str text);

#endif
