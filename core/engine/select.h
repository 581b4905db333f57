/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select.h: which policies an engine judges with
 */
#ifndef SCL_ENGINE_SELECT_H
#define SCL_ENGINE_SELECT_H

#include "engine/config.h"
#include "script/policy.h"

struct scl_selection {
    SCL_VEC(const struct scl_policy *) policies;    /* by code, then id */
    SCL_VEC(const struct scl_policy *) adjustments; /* by id */
};

/* Names that choose. */
struct scl_choice {
    struct scl_strs packs, only, ignored;
};

/* The pack of a choice that has a policy, of length 0 where none has; its index among them (0 where
 * none is named: the default). */
struct scl_str scl_choice_pack(const struct scl_choice *choice, const struct scl_policy *policy,
                               uint32_t *ret_index);
/* The pack that is chosen and has the name of a boolean parameter, or one that begins with it and a
 * hyphen: by that the parameter is true. Of length 0 where none has. */
struct scl_str scl_param_pack(const struct scl_param *param, struct scl_strs packs);
/* Whether a choice names a policy or adjustment, or names none. */
bool scl_choice_names(const struct scl_choice *choice, const struct scl_policy *policy);

/* Chooses among the built-in policies, the engine's own and those given. False with errors appended
 * to `*chain`, one for each name that is none. */
bool scl_select(const struct scl_choice *choice, const struct scl_policy *const *given,
                uint32_t given_count, struct scl_arena *arena, struct scl_selection *ret,
                scantling_error **chain);
/* Whether a name is the start of codes, `SL`, `SL1`, `SL10`, and of this one's. */
bool scl_policy_has_prefix(const struct scl_policy *policy, struct scl_str prefix);
/* Whether a name means a policy: its code, its id, a former id or another tool's id for it. */
bool scl_policy_answers_to(const struct scl_policy *policy, struct scl_str name);
/* The built-in packs, ended by NULL. */
extern const char *const scl_pack_names[];

#endif
