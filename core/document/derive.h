/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.h: what follows from a document, its facts and its links
 */
#ifndef SCL_DOCUMENT_DERIVE_H
#define SCL_DOCUMENT_DERIVE_H

#include "document/view.h"

/* Fills the overlay of a view whose document and facts are set. */
void scl_derive(struct scl_view *view);

#endif
