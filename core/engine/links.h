/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links.h: documents of a project that speak of one another
 *
 * A Dockerfile is read again with those images of the project that its stages are made from, and a
 * document with containers with those that they are of: images that were given, else what a
 * Dockerfile promises that a service is built from. What everything is to everything else is told
 * besides, for the views. A Dockerfile that somebody builds for another target or with arguments of
 * their own is a document more, which links alone lead to.
 */
#ifndef SCL_ENGINE_LINKS_H
#define SCL_ENGINE_LINKS_H

#include "document/view.h"

struct scl_links_made {
    struct scl_document **documents; /* those that were given, and more; each is held once */
    uint32_t count;
    uint32_t *originals;   /* of those that are more: which of the given they are */
    struct scl_link *links; /* of each document in a row, by root and field */
    uint32_t *first;       /* of a document; `count` and one more */
};

/* Reads and links documents; what they are is in `arena`. False without memory: then those in `ret`
 * are held as well. */
bool scl_links_make(struct scl_arena *arena, struct scl_document *const *documents, uint32_t count,
                    struct scl_links_made *ret);

#endif
