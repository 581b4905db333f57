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
/* For derive.c: capabilities, filters and masks of a container. */
void scl_derive_confinement(struct scl_view *view, uint32_t root);
/* What a container has from its host and from assumptions, and a host from assumptions. */
void scl_derive_context(struct scl_view *view, uint32_t root);
void scl_derive_host(struct scl_view *view, uint32_t root);
/* Sets where a published port is reached, if a host says that; false: none does. */
bool scl_is_wildcard(struct scl_str ip); /* every address of the host */
bool scl_derive_port(struct scl_view *view, uint32_t root, uint32_t port);

#endif
