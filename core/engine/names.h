/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.h: policies by their names
 *
 * A policy answers to its code, its id, former ids and other tools' ids; an id of another tool may
 * stand for several. All policies that there are have names, selected or not.
 */
#ifndef SCL_ENGINE_NAMES_H
#define SCL_ENGINE_NAMES_H

#include "base/error.h"
#include "base/map.h"
#include "script/policy.h"

struct scl_name {
    const struct scl_policy *policy;
    uint32_t index; /* of the policy in the engine; UINT32_MAX: it is not selected */
    uint32_t next;  /* one more policy of that name, plus 1 */
};

struct scl_names {
    struct scl_arena *arena;
    struct scl_map map; /* -> index of the first, plus 1 */
    SCL_VEC(struct scl_name) list;
    SCL_VEC(const struct scl_policy *) policies;
};

void scl_names_init(struct scl_names *names, struct scl_arena *arena);
/* Adds all built-in policies and those without files, or one of somebody else's. */
bool scl_names_add_builtin(struct scl_names *names);
bool scl_names_add(struct scl_names *names, const struct scl_policy *policy);
/* Notes that a policy has an index in the engine. */
void scl_names_select(struct scl_names *names, const struct scl_policy *policy, uint32_t index);

/* That index, or UINT32_MAX. */
uint32_t scl_names_index(const struct scl_names *names, const struct scl_policy *policy);

/* The first policy of that name, or NULL; and the next. */
const struct scl_name *scl_names_find(const struct scl_names *names, struct scl_str name);
const struct scl_name *scl_names_next(const struct scl_names *names, const struct scl_name *name);
/* The policy whose code or id is nearest to a mistyped name, or NULL. */
const struct scl_policy *scl_names_nearest(const struct scl_names *names, struct scl_str name);
/* Adds "did you mean 'no-root-user' (SL1001)?" to an error, where there is a nearest one. */
void scl_names_suggest(const struct scl_names *names, struct scl_str name, scantling_error *error);

#endif
