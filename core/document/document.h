/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.h: one input, normalized
 *
 * A document is a tree of objects: subjects, and what lies in their lists. An object holds values
 * of the fields of its type, and only of those the input touches. It says what the input says,
 * nothing more: defaults, links and what follows from them belong to views (view.h).
 *
 * Invariants once frozen: nothing changes, so every thread may read; an object's values are sorted
 * by field; every value of state declared has an origin; texts and keys are valid UTF-8 (bytes that
 * are not show as U+FFFD) with a NUL after them, in the arena of the document. Object 0 is none;
 * the object whose id is the number of a type is the empty one of that type, which every absent
 * OBJECT leads to.
 */
#ifndef SCL_DOCUMENT_DOCUMENT_H
#define SCL_DOCUMENT_DOCUMENT_H

#include "base/map.h"
#include "base/note.h"
#include "base/source.h"
#include "document/schema.h"
#include "syntax/ignore.h"

#include <stdatomic.h>

enum {
    SCL_VALUE_OPEN = 1,      /* a list to which more may come from what was not given */
    SCL_VALUE_NO_LIMIT = 2,  /* EMPTY, and that is a statement: there is no limit */
    SCL_VALUE_IN_FILE = 4,   /* a text that a file of the document shows in one piece */
    SCL_VALUE_ASSUMED = 8    /* a default that an assumption gave */
};

struct scl_value {
    uint16_t field;  /* of the object that holds it; in a list: of the list */
    uint8_t kind;    /* enum scl_kind */
    uint8_t state;   /* SCANTLING_STATE_ */
    uint8_t flags;
    uint32_t origin; /* index in the document's table; 0: none */
    uint32_t length; /* of a text */
    union {
        int64_t number; /* BOOL, INT, DECIMAL */
        const char *text;
        struct scl_list *list; /* LIST, MAP */
        uint32_t object;       /* OBJECT */
    } as;
};

struct scl_list {
    struct scl_value *items;
    struct scl_str *keys; /* of a MAP, one an item; else NULL */
    uint32_t count, room;
    struct scl_map *index; /* of the keys, while it is built and once it is long */
};

/* Where a value comes from. `place` is what a finding covers: key and value, or the key alone of a
 * map or list over several lines. `value` is what evidence covers. */
struct scl_origin {
    struct scl_span place, value;
    uint32_t from_object; /* of what is derived: the object and field it follows from */
    uint32_t from_field : SCL_FIELD_BITS; /* SCL_NONE: it is written there */
    uint32_t file : 20;   /* of the document, or, from SCL_FILE_FOREIGN on, of another (joint.h) */
};

struct scl_object {
    uint8_t type;
    bool is_inner;     /* of an image that no subject is: no kind of nodes has it */
    uint16_t field;    /* of the parent that holds it */
    uint16_t count, room;
    uint32_t parent;   /* 0 of a subject */
    uint32_t position; /* in the parent's list, from 1; 0: it is no list */
    uint32_t subject;  /* index of its subject */
    uint32_t origin;
    struct scl_value *values;
};

struct scl_subject_entry {
    uint32_t root;  /* object */
    uint8_t type;
    bool is_windows;
    bool is_foreign; /* the kernel is another one than Linux */
    const char *family; /* of the runtime whose defaults hold, or "" */
    const struct scl_ignore *ignore; /* of a build, what its patterns mean; NULL: it has none */
    const uint64_t *says; /* bit a field: what the format can say of this type; NULL: all */
};

/* All objects of one type of a subject, in document order, without those of inner images. */
struct scl_type_index {
    const uint32_t *objects;
    uint32_t count;
};

/* A comment of a file, and what it may speak of: nothing where a span is empty. */
struct scl_comment {
    struct scl_span span; /* with its mark, without blanks at the end */
    struct scl_span text; /* behind the mark, trimmed */
    struct scl_span next; /* the entry or instruction that it stands above or in */
    struct scl_span stage; /* the stage of a Dockerfile that it stands above */
    uint16_t file;
    bool is_directive;    /* `# check=` in the first lines: it speaks of the whole file */
};

/* A file of the document that is none: a text that another document holds as a value, as a trigger
 * of an image. Values know where in it they are written; to everybody else a finding about them
 * stands at `place`, and `said` is where the text is said. */
struct scl_quote {
    uint16_t file;
    uint32_t place, said; /* origins */
};

/* What a copy shows masked, in the file that it was made of. */
struct scl_hidden {
    struct scl_span span;
    uint16_t file;
};

struct scl_document;
struct scl_held;
struct scl_yaml;

/* Gives the place that an absent field would have, in `*ret`; false: that of its object. */
typedef bool (*scl_absent_fn)(const struct scl_document *document, uint32_t object, unsigned field,
                              struct scl_origin *ret);

struct scl_document {
    atomic_uint references;
    struct scl_arena arena;
    struct scl_arena building; /* of what grows; freezing moves what became of it */
    struct scl_str name;
    const char *format;     /* "" where none fits */
    bool is_copy;           /* its source tells what another text says: nobody wrote it so */
    const char *resolution; /* "request" or "resolved" */
    const char *family;     /* of the runtime whose defaults hold, or "" */
    struct scl_source *files; /* the source, then its companions */
    uint32_t file_count, file_room;
    uint32_t first_linked; /* of the files that are other documents' sources; 0: there are none */
    SCL_VEC(uint32_t) companion_numbers; /* of file 1 and on: among those that were told of */
    struct scl_map *companions; /* while it is read: what was told of them (companions.c) */
    uint64_t companions_asked, companion_bytes;
    struct scl_notes notes;
    SCL_VEC(struct scl_object) objects;
    SCL_VEC(struct scl_origin) origins;
    SCL_VEC(struct scl_subject_entry) subjects;
    SCL_VEC(struct scl_held) held; /* scopes of instructions (held.h) */
    SCL_VEC(struct scl_quote) quotes; /* by file */
    SCL_VEC(struct scl_str) missing; /* companions it would have read */
    SCL_VEC(struct scl_hidden) hidden;
    SCL_VEC(struct scl_comment) comments; /* in the order of their files and places */
    const uint32_t *type_objects; /* by subject and type, those of one in document order */
    const uint32_t *type_first;   /* subject * SCL_TYPE_COUNT + type -> its first; one more */
    scl_absent_fn absent_place;
    const void *tree; /* what absent_place looks at */
    const struct scl_yaml *yaml; /* what its source was read as; NULL: it is no YAML */
    const void *input; /* what it was read from (formats/input.h); NULL: it takes no edits */
    struct scl_view *view; /* the document alone, without links and assumptions */
    struct scantling_subject *lone; /* its subjects in that view */
};

struct scl_document *scl_document_ref(struct scl_document *document);
void scl_document_unref(struct scl_document *document);

const struct scl_object *scl_document_object(const struct scl_document *document, uint32_t object);
const struct scl_origin *scl_document_origin(const struct scl_document *document, uint32_t origin);
/* The number of a file of the document; SCANTLING_NONE where the source is none. */
uint32_t scl_document_file(const struct scl_document *document, const struct scl_source *source);
/* The quote that a file is, or NULL. */
const struct scl_quote *scl_document_quote(const struct scl_document *document, uint16_t file);
/* What the document itself holds of a field, or NULL. */
const struct scl_value *scl_document_value(const struct scl_document *document, uint32_t object,
                                           unsigned field);
/* Whether the format can say a field of a subject's type. */
bool scl_document_says(const struct scl_document *document, uint32_t subject, unsigned field);
struct scl_type_index scl_document_by_type(const struct scl_document *document, uint32_t subject,
                                           unsigned type);
/* The text of a value of kind TEXT. */
static inline struct scl_str
scl_value_text(const struct scl_value *value)
{
    return scl_str_n(value->as.text, value->length);
}

#endif
