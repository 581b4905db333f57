/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linking.h: the making of links, in parts
 *
 * links.c finds images and reads documents again with them; links_build.c finds the Dockerfiles
 * that services are built from; links_tell.c says what everything is to everything else, of which
 * links_evidence.c knows evidence. Subjects are told by their index in a document, since their
 * objects change when it is read again.
 */
#ifndef SCL_ENGINE_LINKING_H
#define SCL_ENGINE_LINKING_H

#include "engine/links.h"
#include "engine/near.h"
#include "formats/input.h"

/* A subject of the project; `document` SCANTLING_NONE: none. */
struct scl_linked_subject {
    uint32_t document, subject;
};

/* What a document is to be read again with. */
struct scl_need {
    struct scl_str reference;
    uint32_t container; /* as of struct scl_base */
    struct scl_linked_subject image;
};

struct scl_linked_document {
    struct scl_document *document;
    uint32_t original;    /* of a document that is more: which it is */
    struct scl_str folder;
    struct scl_linked_subject *promised; /* by subject: what an explicit path leads to; or NULL */
    SCL_VEC(struct scl_need) needs;
    uint32_t looked_at;   /* how many of them, while documents are ordered */
    enum { SCL_LINK_NEW, SCL_LINK_OPEN, SCL_LINK_DONE } state;
};

/* A name that a service gives the image that it builds. */
struct scl_given_name {
    struct scl_linked_subject image;
    struct scl_str name, folder;
};

struct scl_telling {
    uint32_t from; /* document */
    struct scl_link link;
};

struct scl_linking {
    struct scl_arena scratch;
    SCL_VEC(struct scl_linked_document) documents;
    uint32_t given;         /* of them */
    struct scl_near images; /* that were given */
    struct scl_near builds; /* images that Dockerfiles promise, by the names that services give */
    SCL_VEC(struct scl_given_name) given_names;
    SCL_VEC(struct scl_telling) told;
};

/* Finds what services are built from, makes documents of builds that differ from those given, and
 * enters their names. */
void scl_links_find_builds(struct scl_linking *k);
/* Says what is linked; nothing is read again from here on. */
void scl_links_tell(struct scl_linking *k);
void scl_links_tell_one(struct scl_linking *k, struct scl_linked_subject from, unsigned field,
                        uint32_t document, uint32_t object);
/* The same of evidence. */
void scl_links_tell_evidence(struct scl_linking *k);

/* What a reference of a document means; `*ret_many`: several are as near, and it is none. */
struct scl_linked_subject scl_links_find_image(struct scl_linking *k, uint32_t document,
                                               struct scl_str text, bool *ret_many);
/* The first subject of a type in a document, or SCANTLING_NONE. */
uint32_t scl_links_first(const struct scl_document *d, unsigned type);
/* What a container of a document is of. */
struct scl_linked_subject scl_links_image_of(struct scl_linking *k, uint32_t document,
                                             uint32_t subject);
uint32_t scl_links_root(const struct scl_linking *k, struct scl_linked_subject subject);
/* The text of a field of a subject, or of length 0. */
struct scl_str scl_links_text(const struct scl_linking *k, struct scl_linked_subject subject,
                              unsigned field);
bool scl_links_is(const struct scl_linking *k, uint32_t document, const char *format);

#endif
