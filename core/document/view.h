/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view.h: a document as policies see it
 *
 * A view answers every field of the schema with its effective value and the state it came by:
 * declared or merged by the document, linked, derived, the runtime's default, else absent or
 * unknown. It holds only what differs from the document. What is judged, inspected and read from C
 * are views.
 *
 * A node is an object, or a field of one (also an absent field), or a member of a list or entry of
 * a map. An object that is the member of a list or the value of an OBJECT field is always named by
 * itself. Made once and then frozen, like its document.
 */
#ifndef SCL_DOCUMENT_VIEW_H
#define SCL_DOCUMENT_VIEW_H

#include "base/text.h"
#include "document/document.h"
#include "document/facts.h"

struct scl_node {
    uint32_t object;
    uint16_t field;   /* SCL_NONE: the object itself; a GROUP: the group */
    uint32_t element; /* from 1, of a LIST of texts or a MAP; 0: the field */
};

struct scl_overlay {
    uint32_t object;
    struct scl_value value;
};

struct scl_number { /* an INT or DECIMAL with its text */
    uint64_t node; /* packed, root 0 */
    struct scl_str text;
};

/* That a document of the project is something to a subject: `object` of the document in it. */
struct scl_link {
    uint32_t root;     /* of the subject */
    uint16_t field;    /* of those with SCL_FIELD_LINK */
    uint32_t document; /* index in the project */
    uint32_t object;   /* there */
};

struct scl_links { /* sorted by root and field, lists in their order */
    const struct scl_link *at;
    uint32_t count;
};

struct scl_joint;
struct scl_assumed;

struct scl_view {
    const struct scl_document *document;
    uint32_t index; /* of the document in its project */
    const struct scl_facts *facts;
    struct scl_arena arena;
    struct scl_arena building; /* while it is made: of what grows */
    SCL_VEC(struct scl_overlay) overlay; /* sorted by object and field */
    SCL_VEC(struct scl_origin) origins;  /* numbered on from the document's */
    SCL_VEC(struct scl_number) numbers;  /* sorted by node */
    const struct scl_joint *joint; /* what else there is in its project; NULL: it is alone */
    struct scl_links links;        /* that its subjects have */
    const struct scl_assumed *assumed; /* NULL: nothing */
    const char **families; /* of subjects, with what is assumed; NULL: as the document says */
    uint32_t used_assumptions; /* bit an assumption */
    struct scl_node blank; /* that is to seem unknown; of object 0: none (tests of policies) */
};

/* A subject as the ABI hands it out: a root in a view. */
struct scantling_subject {
    const struct scl_view *view;
    uint32_t root;
    uint32_t index;
    uint8_t type;
};

struct scl_reading {
    struct scl_value value;  /* EMPTY where there is none */
    scantling_state state;
    struct scl_list slice;   /* what value.as.list is of a computed list */
    const char *default_of;  /* runtime family or assumption, or NULL */
    const struct scl_view *view; /* of what lies in another document: who asked, */
    uint32_t from;               /* and that document, plus 1 */
};

/* What a view is made with besides its document. */
struct scl_view_with {
    const struct scl_facts *facts;
    uint32_t index; /* of the document in its project */
    const struct scl_joint *joint; /* NULL: the document is alone */
    struct scl_links links;        /* outlive the view, like the joint */
    const struct scl_assumed *assumed; /* NULL: nothing */
};

/* The view of a document. NULL without memory. */
struct scl_view *scl_view_new(const struct scl_document *document,
                              const struct scl_view_with *with);
void scl_view_free(struct scl_view *view);

/* The runtime whose defaults hold for a subject of the document, or "". */
const char *scl_view_family(const struct scl_view *view, uint32_t subject);

/* The effective value at a node. A computed list lives in `ret`, all else in view and document. */
void scl_view_read(const struct scl_view *view, struct scl_node node, struct scl_reading *ret);
/* Whether a node is the one that is to seem unknown. */
static inline bool
scl_view_blanks(const struct scl_view *view, struct scl_node node)
{
    return view->blank.object && view->blank.object == node.object &&
           view->blank.field == node.field && view->blank.element == node.element;
}

/* Member `element` (from 1) of a list or map that was read; an object is named by itself. */
struct scl_node scl_view_member(struct scl_node list, const struct scl_reading *reading,
                                uint32_t element);
/* The type of the object that a node is, or SCL_TYPE_NONE where it is a field or group. */
unsigned scl_view_type(const struct scl_view *view, struct scl_node node);

/* The node at a path below a node: `user.is_root`, `mounts[1].source`, `mounts[/data]`,
 * `labels[NAME]`. False where a name, member or key does not exist. */
bool scl_view_find(const struct scl_view *view, struct scl_node from, struct scl_str path,
                   struct scl_node *ret);
/* Writes the path of a node below its subject. */
void scl_view_path(const struct scl_view *view, struct scl_node node, struct scl_text *text);

/* Where a node is: its own place, else that of its nearest existing parent. `of_value`: without key
 * or keyword. `ret_exact` (may be NULL): the node itself has a place. */
struct scl_origin scl_view_place(const struct scl_view *view, struct scl_node node, bool of_value,
                                 bool *ret_exact);
/* The text of a node as it is written, without key or keyword; of none (`at` is NULL) where it has
 * no place of its own. */
struct scl_str scl_view_written(const struct scl_view *view, struct scl_node node);
/* The same, as somebody wrote it: none too of what a copy tells in words of its own. */
struct scl_str scl_view_raw(const struct scl_view *view, struct scl_node node);
/* An origin as it is told: what is in a quote stands where that is said (`of_value`), or where it
 * is brought in. */
struct scl_origin scl_view_outside(const struct scl_view *view, struct scl_origin origin,
                                   bool of_value);
/* Whether a place is in another document, which a link leads to. */
bool scl_view_is_linked(const struct scl_view *view, const struct scl_origin *origin);
/* The origin of a value that was read in this view. */
struct scl_origin scl_view_origin(const struct scl_view *view, const struct scl_value *value);
/* A file by the number that an origin of this view has for it. */
const struct scl_source *scl_view_file(const struct scl_view *view, uint32_t file);
/* An object of this view or of another that a link leads to; of what was not given the empty one
 * of its type. */
const struct scl_object *scl_view_object(const struct scl_view *view, uint32_t object);
/* The view that a node lies in, and the node as that has it. */
const struct scl_view *scl_view_at(const struct scl_view *view, struct scl_node *node);
/* The document that an object of a view lies in, plus 1; 0: its own. */
uint32_t scl_view_from(const struct scl_view *view, uint32_t object);
/* What a number, value or origin in the view of another document is in this; `from` is that, plus
 * 1. */
uint32_t scl_view_renumber(const struct scl_view *view, uint32_t from, uint32_t object);
void scl_view_adopt(const struct scl_view *view, uint32_t from, struct scl_value *value);
struct scl_origin scl_view_adopt_origin(const struct scl_view *view, uint32_t from,
                                        struct scl_origin origin);
/* Member `index`, from 0, of a list or map that was read. */
struct scl_value scl_reading_item(const struct scl_reading *reading, uint32_t index);

/* The enclosing node; object 0 above a subject. */
struct scl_node scl_view_parent(const struct scl_view *view, struct scl_node node);
/* The text of a scalar as reports and `inspect` print it: `true`, `42`, `0.5`; unset: "". */
void scl_value_print(const struct scl_value *value, struct scl_text *text);

/* The text of a scalar that was read, with a NUL after it; "" for all else. Lives as the view. */
struct scl_str scl_view_scalar_text(const struct scl_view *view, struct scl_node node,
                                    const struct scl_reading *reading);

/* Nodes as numbers of the ABI. */
uint64_t scl_node_pack(struct scl_node node, uint32_t root);
struct scl_node scl_node_unpack(uint64_t number, uint32_t root);
static inline bool
scl_node_same(struct scl_node a, struct scl_node b)
{
    return a.object == b.object && a.field == b.field && a.element == b.element;
}

#endif
