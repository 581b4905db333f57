/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons.c: why a policy is judged with, and who set what of it
 */
#include "engine/reasons.h"

/* The place of entry `index` of names, where they come from the settings. */
static struct scl_setting_place
place_of(const struct scl_texts *texts, uint32_t index)
{
    static const struct scl_setting_place none = { NULL, { 0, 0 } };

    return texts && index < texts->places.count ? texts->places.at[index] : none;
}

/* Names of packs are the client's own, and outlast no call. */
static struct scl_str
copy_name(struct scl_arena *arena, struct scl_str name)
{
    return scl_str_n(scl_arena_copy(arena, name.at, name.len), name.len);
}

/* A pack comes first: it would have chosen the policy without its name too. */
static void
tell_choice(struct scl_arena *arena, const struct scl_chosen *chosen,
            const struct scl_policy *policy, struct scl_reason *ret)
{
    uint32_t index;
    struct scl_str pack = scl_choice_pack(&chosen->choice, policy, &index);

    if (!policy->is_builtin)
        return;
    if (pack.len) {
        ret->pack = copy_name(arena, pack);
        ret->place = place_of(chosen->packs, index);
        return;
    }
    for (uint32_t i = 0; i < chosen->choice.only.count; i++)
        if (scl_policy_answers_to(policy, chosen->choice.only.at[i]))
            ret->place = place_of(chosen->only, i);
}

static void
tell_params(struct scl_arena *arena, const struct scl_chosen *chosen,
            const struct scl_settings *settings, const struct scl_policy *policy,
            struct scl_reason *ret)
{
    struct scl_param_reason *params = scl_arena_array(arena, policy->param_count, sizeof *params);

    ret->params = params;
    for (uint32_t i = 0; params && i < policy->param_count; i++) {
        struct scl_str pack = scl_param_pack(&policy->params[i], chosen->choice.packs);

        if (pack.len)
            params[i] = (struct scl_param_reason){
                .is_set = true, .pack = copy_name(arena, pack), .written = SCL_S("true"),
            };
    }
    for (uint32_t i = 0; params && i < settings->params.count; i++) {
        const struct scl_param_setting *setting = &settings->params.at[i];

        if (setting->policy == policy)
            params[setting->param] = (struct scl_param_reason){
                .is_set = true, .written = setting->written, .place = setting->place,
            };
    }
}

const struct scl_reason *
scl_reasons_compile(struct scl_arena *arena, const struct scl_chosen *chosen,
                    const struct scl_settings *settings, const struct scl_policy *const *policies,
                    uint32_t count)
{
    struct scl_reason *reasons = scl_arena_array(arena, count, sizeof *reasons);

    for (uint32_t i = 0; reasons && i < count; i++) {
        tell_choice(arena, chosen, policies[i], &reasons[i]);
        for (uint32_t s = 0; s < settings->severities.count; s++)
            if (settings->severities.at[s].policy == policies[i])
                reasons[i].severity = settings->severities.at[s].place;
        tell_params(arena, chosen, settings, policies[i], &reasons[i]);
    }
    return reasons;
}
