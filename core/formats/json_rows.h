/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_rows.h: from a JSON tree to fields, by rows
 *
 * A format in JSON is a table: where a value stands, which field it becomes, and the function that
 * reads it. One walk over the rows sets the fields of an object; what the format can say, and the
 * place that an absent field would have, follow from the same rows.
 *
 * A row's path is names joined by dots, below the node the table is for; "" is that node itself.
 * What stands in a map that is cut, or where a map should be and is not, is unknown, not absent.
 */
#ifndef SCL_FORMATS_JSON_ROWS_H
#define SCL_FORMATS_JSON_ROWS_H

#include "document/build.h"
#include "syntax/tree.h"

struct scl_row_places;
struct scl_input;

/* Of a document with several subjects: `root` is the node of the one that is being made. */
struct scl_lowering {
    struct scl_document *d;
    const struct scl_tree *root;
    uint64_t *says; /* of the subject that is being made; kept for others of its kind */
    struct scl_row_places *places;
    bool skips_null; /* null says nothing, as if its key were not there */
    const struct scl_input *input; /* of companions; NULL: none is asked for */
    /* Replaces the variables in a text of a file of variables; NULL: they are text. */
    struct scl_str (*interpolate)(struct scl_lowering *l, struct scl_str text);
    void *reading; /* what it works on */
    struct { /* of the command line that is being read: what is told in two options */
        int64_t cpu_quota, cpu_period;
        bool is_all_read_only; /* a read-only root has no folders that are not */
    } run;
    uint64_t grown; /* bytes that specifiers of systemd have added to values */
    uint32_t noted; /* notes of values that were refused; further ones than 100 are not made */
};

/* Reads a node that is there and not null into a field of an object. */
typedef void (*scl_row_read_fn)(struct scl_lowering *l, uint32_t object, unsigned field,
                                const struct scl_tree *node);

struct scl_json_row {
    const char *path;
    unsigned field;       /* SCL_NONE: it is only looked at */
    scl_row_read_fn read; /* NULL: another row's reader sets the field */
};

/* Makes the subject of a root that is a map; 0 with a note where it is none. What it can say is
 * counted anew where `says` is NULL. */
uint32_t scl_rows_subject(struct scl_lowering *l, unsigned type, struct scl_str name);
/* Sets the fields of an object from what stands below a node. Rows end with one without a path. */
void scl_rows_apply(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                    const struct scl_tree *from);
/* Counts the fields of rows among what the subject's format can say. */
void scl_rows_say(struct scl_lowering *l, const struct scl_json_row *rows);
/* The same of several tables, ended by NULL. */
void scl_rows_say_all(struct scl_lowering *l, const struct scl_json_row *const *tables);
/* Makes the fields of rows unknown: what they would be read from was not given. */
void scl_rows_lose(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                   const struct scl_tree *at);
/* Lets the document answer where absent fields of the subject `object`, the last that was made,
 * would stand: below `from`. May be called for several tables of it; the first that has the field
 * counts. */
void scl_rows_bind(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                   const struct scl_tree *from);

/* The same of rows whose paths all begin with the name of the part that `from` is: so many bytes of
 * them are skipped. */
void scl_rows_apply_part(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                         const struct scl_tree *from, size_t skipped);
void scl_rows_bind_part(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
                        const struct scl_tree *from, size_t skipped);

/* The place of an entry, and of its value; of a key alone where the value is a list or map over
 * several lines. */
uint32_t scl_rows_origin(struct scl_lowering *l, const struct scl_tree *node);

/* Readers for rows. Each notes what is not of its kind, and leaves the field unknown. */
void scl_row_object(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_row_group(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
void scl_row_text(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
/* A text; an empty one says nothing. */
void scl_row_some_text(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_row_bool(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
void scl_row_int(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node);
/* A number above 0; else there is no limit. */
void scl_row_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* A number above 0; else nothing is said. */
void scl_row_some_int(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_row_texts(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* The same of words that may be numbers or booleans. */
void scl_row_scalars(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* The reference of a container's image; an empty one may be set later, and says nothing. */
void scl_row_image(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* Objects with the member `key` and `value` as a map. */
void scl_row_pairs(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node, const char *key);
/* A list of capabilities, as the model writes them. */
void scl_row_capabilities(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
/* The keys of a map as a list of texts. */
void scl_row_keys(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node);
void scl_row_map(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node);
/* A list whose strings are read one by one; what is none of them leaves the list open. */
void scl_row_strings(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node, scl_row_read_fn read);
/* A list of `NAME=value` as variables. */
void scl_row_env(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node);
extern const struct scl_json_row scl_env_rows[];

/* A list of maps as objects: `rows` set their fields, then `finish` (may be NULL) what takes more
 * than a row. */
typedef void (*scl_row_finish_fn)(struct scl_lowering *l, uint32_t object,
                                  const struct scl_tree *node);
void scl_rows_members(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *list, const struct scl_json_row *rows,
                      scl_row_finish_fn finish);

/* Whether a node is of a kind; else a note says so and the field (SCL_NONE: none) is unknown. A
 * string that is cut holds a variable that nobody gave: it is unknown too, and no note is made. */
bool scl_rows_expect(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node, enum scl_tree_kind kind);
/* The same of a scalar, whatever its kind. */
bool scl_rows_expect_scalar(struct scl_lowering *l, uint32_t object, unsigned field,
                            const struct scl_tree *node);
/* An error note at a value, which leaves the field unknown. */
void scl_rows_refuse(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node, const char *message);
/* A text of the arena, as printf; of length 0 without memory. */
struct scl_str scl_rows_print(struct scl_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The text of a string at a path; of length 0 where there is none. */
struct scl_str scl_rows_text_at(const struct scl_tree *from, const char *path);
/* The node at a path below another, or NULL where it is not there, or null. */
const struct scl_tree *scl_rows_find(const struct scl_tree *from, const char *path);
/* Whether a node that is not at a path might be there all the same, in what was not understood. */
bool scl_rows_is_lost(const struct scl_tree *from, const char *path);

#endif
