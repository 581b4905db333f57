/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defaults.h: what a runtime does where a document says nothing
 */
#ifndef SCL_DOCUMENT_DEFAULTS_H
#define SCL_DOCUMENT_DEFAULTS_H

#include "document/view.h"

/* Fills in the default of a field by the runtime family, if there is a row for it. */
void scl_default_read(const char *family, unsigned field, struct scl_reading *ret);
/* The runtime family number `index` of those that have defaults, or NULL past the last. */
const char *scl_default_family(size_t index);

#endif
