/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linked.h: values that another document says
 *
 * What a document leaves open an image may say that the project holds. Its values are written into
 * the document while that is read, in the state `linked`, and keep their places: the file that the
 * image lies in is a file of the document, behind its companions.
 */
#ifndef SCL_FORMATS_LINKED_H
#define SCL_FORMATS_LINKED_H

#include "document/build.h"
#include "formats/input.h"

struct scl_linked {
    struct scl_document *d;
    const struct scl_base *base;
    uint16_t file;
};

/* Makes the file that an image lies in a file of the document: its number; 0 without memory. */
uint16_t scl_linked_file(struct scl_document *d, const struct scl_base *base);

/* What the image says of a field, or NULL. */
const struct scl_value *scl_linked_value(const struct scl_base *base, unsigned field);
/* An origin of the image as one of the document; 0 where it is that of nothing written. */
uint32_t scl_linked_origin(const struct scl_linked *k, uint32_t origin);
/* A text of the image, as the document may keep it. */
struct scl_str scl_linked_text(const struct scl_linked *k, const struct scl_value *value);
/* Sets a scalar or a list of texts to what the image says of field `from`; nothing where it does
 * not. */
void scl_linked_set(const struct scl_linked *k, uint32_t object, unsigned field, unsigned from);
/* Sets user.raw, which is `raw`, and the four fields behind it. An image without a user starts as
 * root; `origin` is where that would be said. */
void scl_linked_user(const struct scl_linked *k, uint32_t object, unsigned raw, uint32_t origin);
/* Adds the entries of a map. */
void scl_linked_entries(const struct scl_linked *k, uint32_t object, unsigned field,
                        unsigned from);
/* Adds the variables of the image but those that were `replaced`. */
void scl_linked_env(const struct scl_linked *k, uint32_t object, unsigned field,
                    const struct scl_map *replaced);

/* How many variables the image sets; one of them, from 0: false where it is not known. */
uint32_t scl_linked_variable_count(const struct scl_base *base);
bool scl_linked_variable(const struct scl_base *base, uint32_t index,
                         const struct scl_value **ret_name, const struct scl_value **ret_value);

/* Fills in what the containers of a document leave to images that were given. */
void scl_linked_containers(struct scl_document *d, const struct scl_input *input);

#endif
