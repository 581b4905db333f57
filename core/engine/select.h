/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select.h: which policies an engine judges with
 */
#ifndef SCL_ENGINE_SELECT_H
#define SCL_ENGINE_SELECT_H

#include "engine/config.h"
#include "script/policy.h"

struct scl_selection {
    SCL_VEC(const struct scl_policy *) policies; /* by code, then id */
};

/* Chooses among the built-in policies and those given, as packs, `only` and `ignored` of the config
 * say. False with errors appended to `*chain`, one for each name that is none. */
bool scl_select(const struct scantling_config *config, const struct scl_policy *const *given,
                uint32_t given_count, struct scl_arena *arena, struct scl_selection *ret,
                scantling_error **chain);
/* Whether a name means a policy: its code, its id, a former id or another tool's id for it. */
bool scl_policy_answers_to(const struct scl_policy *policy, struct scl_str name);
/* The built-in packs, ended by NULL. */
extern const char *const scl_pack_names[];

#endif
