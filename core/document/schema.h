/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema.h: the types and fields of the common model, looked up
 *
 * fields.h is the list; this is its use: identifiers, rows, and look-up by name. Identifier 0 is no
 * field; types and fields are numbered in the order of the list.
 */
#ifndef SCL_DOCUMENT_SCHEMA_H
#define SCL_DOCUMENT_SCHEMA_H

#include "base/str.h"
#include "document/fields.h"
#include "scantling.h"

enum scl_type_id {
    SCL_TYPE_NONE,
#define T(id, name, first, last, key, flags) SCL_TYPE_##id,
    SCL_TYPES(T)
#undef T
    SCL_TYPE_COUNT,
    SCL_OF_TEXT = 100, /* members that are no nodes */
    SCL_OF_INT
};

enum scl_field_id {
    SCL_NONE,
#define F(type, id, path, kind, of, flags, doc) SCL_##type##_##id,
    SCL_FIELDS(F)
#undef F
    SCL_FIELD_COUNT
};

enum { SCL_FIELD_BITS = 12 }; /* as many as a field takes where room is dear */
_Static_assert(SCL_FIELD_COUNT < 1 << SCL_FIELD_BITS, "more fields than fit");

enum scl_kind { /* as SCANTLING_NODE_; OBJECT and GROUP are maps outside */
    SCL_KIND_EMPTY,
    SCL_KIND_BOOL,
    SCL_KIND_INT,
    SCL_KIND_DECIMAL, /* in units of 10 to the -9 */
    SCL_KIND_TEXT,
    SCL_KIND_LIST,
    SCL_KIND_MAP,
    SCL_KIND_OBJECT,
    SCL_KIND_GROUP
};

enum { SCL_TYPE_IS_SUBJECT = 1 };

enum {
    SCL_FIELD_META = 1,      /* not shown by `inspect` */
    SCL_FIELD_DERIVED = 2,   /* follows from others: no format says it */
    SCL_FIELD_LINUX = 4,     /* Windows has no such thing */
    SCL_FIELD_UNLIMITED = 8, /* EMPTY with a state of declared or default means "no limit" */
    SCL_FIELD_COMPUTED = 16, /* made from neighbours when read, stored nowhere */
    SCL_FIELD_ENUM = 32,     /* TEXT of a few words, which `doc` lists */
    SCL_FIELD_LINK = 64      /* what others of the project are to a subject */
};

struct scl_type {
    const char *name;
    uint16_t first, count; /* its fields are numbered in a row */
    uint16_t key;          /* field that `list[KEY]` compares, or SCL_NONE */
    uint8_t flags;
};

struct scl_field {
    struct scl_str path; /* dotted, below its type */
    uint8_t type;        /* whose field it is */
    uint8_t kind;
    uint8_t of;
    uint8_t flags;
    const char *doc;
};

const struct scl_type *scl_type(unsigned type);
const struct scl_field *scl_field(unsigned field);
/* The type of that name, or SCL_TYPE_NONE. */
unsigned scl_type_find(struct scl_str name);
/* Member `name` of a type, or of a group of it (`group` not SCL_NONE); SCL_NONE if it has none. */
unsigned scl_field_find(unsigned type, unsigned group, struct scl_str name);
/* The field at a dotted path without positions below a type; lists are crossed (`mounts.source`).
 * SCL_NONE where there is none. `ret_type` may be NULL. */
unsigned scl_field_at_path(unsigned type, struct scl_str path);
/* The last name of its path: `uid` of `user.uid`. */
struct scl_str scl_field_name(unsigned field);
/* The innermost group a field is in, or SCL_NONE. */
unsigned scl_field_group(unsigned field);
/* The nearest known member to a mistyped one, or a slice of length 0. */
struct scl_str scl_field_suggest(unsigned type, unsigned group, struct scl_str name);
/* What `kind()` calls a node there: the name of its type, of its group, `list` or `map`. */
struct scl_str scl_field_kind_name(unsigned field);

#endif
