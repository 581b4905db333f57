/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links.h: documents of a project that speak of one another
 *
 * A Dockerfile is read again with those images of the project that its stages are made from, and
 * a document with containers with those that they are of. Images are found by id and digest
 * wherever they lie, and by tag where the file of one lies in the folder of the other or below it:
 * the nearest counts, and of several equally near none.
 */
#ifndef SCL_ENGINE_LINKS_H
#define SCL_ENGINE_LINKS_H

#include "document/document.h"

/* Replaces documents by what they are with their links; each is held once, before and after. The
 * replacements borrow of the others. False without memory. */
bool scl_links_make(struct scl_document **documents, uint32_t count);

#endif
