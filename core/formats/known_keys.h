/* SPDX-License-Identifier: Apache-2.0 */
/*
 * known_keys.h: the keys that a map of a format may have
 *
 * What reads the format refuses a map with any other key, which is an error note here, or drops the
 * key, which is a warning: a setting that is misspelt has no effect, and nobody is told.
 */
#ifndef SCL_FORMATS_KNOWN_KEYS_H
#define SCL_FORMATS_KNOWN_KEYS_H

#include "formats/json_rows.h"

struct scl_known_keys {
    const char *what;          /* the map, as messages name it: "a pod" */
    const char *const *names;  /* in the order of their bytes, then NULL */
    size_t count;
    enum scl_note_kind kind;                /* of the notes about others */
    const struct scl_known_keys *elsewhere; /* where another may belong; NULL: nowhere */
};

/* The names of a table that NULL ends. */
#define SCL_KEY_NAMES(names) (names), sizeof(names) / sizeof *(names) - 1

bool scl_is_known_key(const struct scl_known_keys *keys, struct scl_str key);
/* Notes the keys of a map that are none, with where they belong, or what was probably meant. What
 * is no map is left to who reads it. */
void scl_know_keys(struct scl_lowering *l, const struct scl_tree *map,
                   const struct scl_known_keys *keys);

#endif
