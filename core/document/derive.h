/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.h: what follows from a document, its facts and its links
 */
#ifndef SCL_DOCUMENT_DERIVE_H
#define SCL_DOCUMENT_DERIVE_H

#include "document/view.h"

/* Fills the overlay of a view whose document and facts are set. */
void scl_derive(struct scl_view *view);
/* For derive.c: the containers of each pod. */
void scl_derive_pods(struct scl_view *view);
/* For derive.c: capabilities, filters and masks of a container. What containers of one runtime have
 * alike is found once, and their lists are shared. */
enum { SCL_CAPABILITIES = 64 };
struct scl_engine_row;
struct scl_usual {
    const char *family; /* of which the rest is; NULL: of none yet */
    const struct scl_engine_row *engine;
    const struct scl_facts_table *capabilities;
    struct scl_str names[SCL_CAPABILITIES]; /* by number */
    uint64_t all, own;
    struct scl_list *effective, *masked, *readonly; /* of who says nothing; NULL: nobody has them */
};
void scl_derive_confinement(struct scl_view *view, uint32_t root, struct scl_usual *usual);
/* What a container has from its host and from assumptions, and a host from assumptions. */
void scl_derive_context(struct scl_view *view, uint32_t root);
void scl_derive_host(struct scl_view *view, uint32_t root);
/* Sets where a published port is reached, if a host says that; false: none does. */
bool scl_is_wildcard(struct scl_str ip); /* every address of the host */
bool scl_derive_port(struct scl_view *view, uint32_t root, uint32_t port);

#endif
