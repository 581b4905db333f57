/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.h: what follows from a document, its facts and its links
 */
#ifndef SCL_DOCUMENT_DERIVE_H
#define SCL_DOCUMENT_DERIVE_H

#include "document/view.h"

/* Fills the overlay of a view whose document and facts are set. */
void scl_derive(struct scl_view *view);
/* For derive.c: capabilities, filters and masks of a container. */
void scl_derive_confinement(struct scl_view *view, uint32_t root);

#endif
