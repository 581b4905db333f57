/* SPDX-License-Identifier: Apache-2.0 */
/*
 * build.h: the only writer of documents
 *
 * Formats make objects and set their values, in any order; freezing sorts and indexes them. Nothing
 * is reported on the way: without memory the arena remembers, and freezing tells.
 *
 * A field that is set again is replaced. Texts are borrowed: slices of a file of the document, or
 * of its arena.
 */
#ifndef SCL_DOCUMENT_BUILD_H
#define SCL_DOCUMENT_BUILD_H

#include "document/document.h"
#include "document/facts.h"

struct scl_view_with;

/* An empty document with its source as file 0 and the empty objects made; NULL without memory. The
 * texts are copied. */
struct scl_document *scl_document_begin(struct scl_str name, struct scl_str text);
/* Sorts, indexes, finds secrets and makes the view of the document alone. False without memory. */
bool scl_document_freeze(struct scl_document *document, const struct scl_facts *facts);

/* The same where all but the last subject, a project, was frozen before. */
bool scl_document_freeze_joined(struct scl_document *document, const struct scl_view_with *with);

uint32_t scl_build_subject(struct scl_document *d, unsigned type, struct scl_str name,
                           uint32_t origin);
/* A new member at the end of a list of objects, or the object of an OBJECT field. */
uint32_t scl_build_object(struct scl_document *d, uint32_t parent, unsigned field, uint32_t origin);

/* Origins: of a place and its value; of what follows from another field. */
uint32_t scl_build_origin(struct scl_document *d, struct scl_span place, struct scl_span value);
/* The same in a file of the document that is not the one being read. */
uint32_t scl_build_file_origin(struct scl_document *d, uint16_t file, struct scl_span place,
                               struct scl_span value);
uint32_t scl_build_derived(struct scl_document *d, uint32_t from_object, unsigned from_field);

/* Makes a text a quote (document.h), which origins are places of from now on, until the end; notes
 * are about the place. NULL without memory. */
const struct scl_source *scl_build_quote(struct scl_document *d, struct scl_str text,
                                         uint32_t place, uint32_t said);
void scl_build_quote_end(struct scl_document *d);
/* Makes a source a file of the document that is another's; 0 without memory. */
uint16_t scl_build_linked_file(struct scl_document *d, const struct scl_source *source);

/* What a field has been set to, or NULL; and whether it has been. */
const struct scl_value *scl_build_value(const struct scl_document *d, uint32_t object,
                                        unsigned field);
bool scl_build_has(const struct scl_document *d, uint32_t object, unsigned field);
/* What a field was set to, or NULL. */
const struct scl_value *scl_build_find(const struct scl_document *d, uint32_t object,
                                       unsigned field);
/* Sets a field. The value is NULL without memory. */
struct scl_value *scl_build_text(struct scl_document *d, uint32_t object, unsigned field,
                                 struct scl_str text, uint32_t origin);
struct scl_value *scl_build_int(struct scl_document *d, uint32_t object, unsigned field,
                                int64_t number, uint32_t origin);
struct scl_value *scl_build_bool(struct scl_document *d, uint32_t object, unsigned field,
                                 bool truth, uint32_t origin);
struct scl_value *scl_build_decimal(struct scl_document *d, uint32_t object, unsigned field,
                                    int64_t nano, uint32_t origin);
/* An OBJECT that lives elsewhere. */
struct scl_value *scl_build_link(struct scl_document *d, uint32_t object, unsigned field,
                                 uint32_t target, uint32_t origin);
/* EMPTY, in the given state: unknown, null, absent, or declared for "no limit". */
struct scl_value *scl_build_empty(struct scl_document *d, uint32_t object, unsigned field,
                                  scantling_state state, uint32_t origin);
/* A list or map of no members, or the one that is there; and a group's own place. */
struct scl_value *scl_build_list(struct scl_document *d, uint32_t object, unsigned field,
                                 uint32_t origin);
struct scl_value *scl_build_group(struct scl_document *d, uint32_t object, unsigned field,
                                  uint32_t origin);
/* Members of a list that are no objects of its own, and entries of a map (a key again:
 * replaced). */
struct scl_value *scl_build_item_text(struct scl_document *d, uint32_t object, unsigned field,
                                      struct scl_str text, uint32_t origin);
struct scl_value *scl_build_item_unknown(struct scl_document *d, uint32_t object, unsigned field,
                                         uint32_t origin);
void scl_build_item_link(struct scl_document *d, uint32_t object, unsigned field, uint32_t target);
struct scl_value *scl_build_entry(struct scl_document *d, uint32_t object, unsigned field,
                                  struct scl_str key, struct scl_str text, uint32_t origin);
/* Marks what a field was set to, where it was not set to unknown, as a default or as derived: so it
 * was told. */
void scl_build_follows(struct scl_document *d, uint32_t object, unsigned field,
                       scantling_state state);
/* Marks a list, made where there is none, as open. */
void scl_build_open(struct scl_document *d, uint32_t object, unsigned field);

/* Sets the fields of an image reference in a row that begins at `raw_field`, from its text. */
void scl_build_reference(struct scl_document *d, uint32_t object, unsigned raw_field,
                         struct scl_str text, uint32_t origin);
/* The same where its text is not known; `end` is what it ends with for certain, perhaps of length
 * 0: of `${REGISTRY}/web` nobody knows the name, and yet it has no tag. */
void scl_build_reference_unknown(struct scl_document *d, uint32_t object, unsigned raw_field,
                                 struct scl_str end, uint32_t origin);
/* Sets user.raw to user.group in a row that begins at `raw_field`, from "name[:group]". */
void scl_build_user(struct scl_document *d, uint32_t object, unsigned raw_field,
                    struct scl_str text, uint32_t origin);
/* A new member of a list of ports, from "80/tcp" or "80", which is TCP. `origin` is that of the
 * member, `value` that of the text. */
uint32_t scl_build_port(struct scl_document *d, uint32_t object, unsigned field,
                        struct scl_str text, uint32_t origin, uint32_t value);

#endif
