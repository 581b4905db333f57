/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons.h: why a policy is judged with, and who set what of it
 *
 * Kept beside the policies of an engine, for those who ask where a setting comes from; no verdict
 * depends on it.
 */
#ifndef SCL_ENGINE_REASONS_H
#define SCL_ENGINE_REASONS_H

#include "engine/select.h"
#include "engine/settings.h"

/* Of a parameter that has not its default. */
struct scl_param_reason {
    bool is_set;
    struct scl_str pack;    /* the chosen one that makes it true; else of length 0 */
    struct scl_str written; /* of length 0: a list or a map */
    struct scl_setting_place place;
};

struct scl_reason {
    struct scl_str pack;            /* that has it; of length 0: it was given or named */
    struct scl_setting_place place; /* of what chose it; no source: the client's own word did */
    struct scl_setting_place severity;      /* no source: it is the policy's */
    const struct scl_param_reason *params; /* one for each of the policy's */
};

/* A choice, and the settings that its names come from (NULL: from the config). */
struct scl_chosen {
    struct scl_choice choice;
    const struct scl_texts *packs, *only;
};

/* The reasons of policies, in their order; NULL without memory. */
const struct scl_reason *scl_reasons_compile(struct scl_arena *arena,
                                             const struct scl_chosen *chosen,
                                             const struct scl_settings *settings,
                                             const struct scl_policy *const *policies,
                                             uint32_t count);

#endif
