/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose.h: what the files of the Compose format share
 *
 * A service may be told in layers: what it extends, its own entry, and that of an override file.
 * Layers are applied one after the other, the first told last, so that a single value is replaced
 * and lists grow. Members of lists are gathered first, by the key that makes two of them one (the
 * target of a mount, the name of a variable), and become fields once all layers are read.
 *
 * Before a layer is applied it is copied: scalars become strings, variables in them are replaced,
 * and `!reset` and `!override` become marks. compose.c finds files and services, compose_values.c
 * copies, compose_service.c has the rows, compose_lists.c the members of lists.
 */
#ifndef SCL_FORMATS_COMPOSE_H
#define SCL_FORMATS_COMPOSE_H

#include "formats/asked.h"
#include "formats/input.h"
#include "syntax/yaml_read.h"

struct scl_compose_file {
    const struct scl_tree *root;  /* a map; NULL: it was not given, or is no map */
    const struct scl_yaml *yaml;  /* NULL where it is JSON */
    struct scl_str folder;        /* of its companions, as seen from the document; "" the same */
    uint16_t number;
};

/* A member of a list, or an entry of a map. */
struct scl_compose_item {
    const struct scl_tree *node;
    bool is_pair; /* its key is one of the user's */
};

struct scl_compose_slot {
    SCL_VEC(struct scl_compose_item) items;
    struct scl_map keys; /* index of the item, from 0 */
    bool has_keys;
};

enum { SCL_COMPOSE_SLOTS = 40 };

struct scl_compose_use { /* of a variable by a service */
    struct scl_str name, value;
    uint8_t use; /* enum scl_variable_use */
    const struct scl_tree *node;
};

struct scl_compose {
    struct scl_lowering l;
    const struct scl_input *input;
    SCL_VEC(struct scl_compose_file *) files;
    SCL_VEC(const struct scl_compose_file *) included;
    struct scl_map env; /* of the file .env: index of env_values */
    SCL_VEC(struct scl_str) env_values;
    bool has_env; /* it was asked for */
    struct scl_map binds; /* volumes that bind a folder: the index of bind_devices */
    SCL_VEC(const struct scl_tree *) bind_devices;
    /* of the service at hand */
    struct scl_compose_slot slots[SCL_COMPOSE_SLOTS];
    SCL_VEC(struct scl_compose_use) uses;
    const struct scl_tree *copied; /* whose text is being replaced */
    const struct scl_tree *lost;   /* what it extends and nobody gave */
    const struct scl_compose_file *file;
};

static inline struct scl_compose *
scl_compose_of(struct scl_lowering *l)
{
    return l->reading;
}

/* compose_values.c */
/* A copy of a node with its variables replaced. NULL without memory. */
const struct scl_tree *scl_compose_copy(struct scl_compose *c, const struct scl_compose_file *file,
                                        const struct scl_tree *node);
/* Replaces the variables of one text. */
struct scl_str scl_compose_text(struct scl_compose *c, const struct scl_tree *node,
                                struct scl_str text);
struct scl_str scl_compose_interpolate(struct scl_lowering *l, struct scl_str text);
/* Marks of copies. */
static inline bool
scl_compose_is_reset(const struct scl_tree *node)
{
    return node->kind == SCL_TREE_NULL && node->is_true;
}
static inline bool
scl_compose_overrides(const struct scl_tree *node)
{
    return node->is_true;
}

/* compose_keys.c: notes the keys of a file and of its services that are none. */
void scl_compose_know(struct scl_compose *c, const struct scl_tree *root);

/* compose_service.c */
extern const struct scl_json_row *const scl_compose_rows[];
/* Applies a layer to a container. */
void scl_compose_apply(struct scl_compose *c, uint32_t container, const struct scl_tree *layer);
/* What follows once all layers are applied; `service` is the last of them. */
void scl_compose_finish(struct scl_compose *c, uint32_t container, const struct scl_tree *service);
/* A list of words, or one text; an empty one clears what the image has. */
void scl_compose_words(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
/* As Compose takes words for truths: yes, on and y are true, too. */
bool scl_compose_truth(struct scl_str text, bool *ret_truth);

/* compose_life.c: what `deploy` says of restarting, and lists of hooks */
void scl_compose_restart_policy(struct scl_lowering *l, uint32_t object, unsigned field,
                                const struct scl_tree *node);
void scl_compose_hooks(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);

/* compose_lists.c */
/* Gathers the members of a list, or the entries of a map, for a field. */
void scl_compose_gather(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
/* The same of what has a key of its own: `tmpfs`, `gpus` and `label_file`. */
void scl_compose_gather_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                              const struct scl_tree *node);
void scl_compose_gather_gpus(struct scl_lowering *l, uint32_t object, unsigned field,
                             const struct scl_tree *node);
void scl_compose_gather_label_files(struct scl_lowering *l, uint32_t object, unsigned field,
                                    const struct scl_tree *node);
/* Forgets what was gathered for a field. */
void scl_compose_clear(struct scl_compose *c, unsigned field);
/* Makes fields of all that was gathered. */
void scl_compose_build_lists(struct scl_compose *c, uint32_t container);

#endif
