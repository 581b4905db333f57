/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select.c: which policies an engine judges with
 *
 * Packs choose among the built-in policies; what the user adds is judged whatever its packs. `only`
 * keeps what it names: a policy named in full whatever the packs, a prefix of codes what the packs
 * chose. `ignored` wins over both. Adjustments are taken whatever `only` says, so that a finding
 * has the same severity however the policies around its own were chosen.
 */
#include "engine/select.h"

#include "base/suggest.h"
#include "engine/own.h"

#include <stdlib.h>

const char *const scl_pack_names[] = { "recommended",  "strict",         "cis", "owasp",
                                       "pss-baseline", "pss-restricted", "style", "all",
                                       "none",         NULL };

struct selecting {
    const struct scl_choice *choice;
    const struct scl_policy *const *given;
    uint32_t given_count;
    struct scl_arena *arena;
    scantling_error **chain;
};

static uint32_t
candidate_count(const struct selecting *s)
{
    return scl_builtin_policy_count + SCL_OWN_COUNT + s->given_count;
}

static const struct scl_policy *
candidate(const struct selecting *s, uint32_t index)
{
    if (index < scl_builtin_policy_count)
        return &scl_builtin_policies[index];
    index -= scl_builtin_policy_count;
    return index < SCL_OWN_COUNT ? &scl_own_policies[index] : s->given[index - SCL_OWN_COUNT];
}

bool
scl_policy_answers_to(const struct scl_policy *policy, struct scl_str name)
{
    if (scl_str_same(policy->id, name) || (policy->code.len && scl_str_same(policy->code, name)) ||
        scl_strs_have(policy->replaces, name))
        return true;
    for (uint32_t i = 0; i < policy->alias_count; i++)
        if (scl_strs_have(policy->aliases[i].values, name))
            return true;
    return false;
}

/* `SL`, `SL1`, `SL10`: the start of codes, not a whole one. */
static bool
is_prefix(struct scl_str name)
{
    if (name.len < 2 || name.len > 5 || name.at[0] != 'S' || name.at[1] != 'L')
        return false;
    for (size_t i = 2; i < name.len; i++)
        if (!scl_is_digit(name.at[i]))
            return false;
    return true;
}

bool
scl_policy_has_prefix(const struct scl_policy *policy, struct scl_str prefix)
{
    return is_prefix(prefix) && scl_str_starts(policy->code, prefix);
}

/* ---- packs ---- */

static void
check_packs(const struct selecting *s)
{
    for (uint32_t i = 0; i < s->choice->packs.count; i++) {
        struct scl_str name = s->choice->packs.at[i], near;
        scantling_error *error;
        bool known = false;

        for (size_t pack = 0; scl_pack_names[pack] && !known; pack++)
            known = scl_str_is(name, scl_pack_names[pack]);
        for (uint32_t p = 0; p < s->given_count && !known; p++)
            known = scl_strs_have(s->given[p]->packs, name);
        if (known)
            continue;
        error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown pack '%.*s'", SCL_ARG(name));
        near = scl_suggest_from(name, scl_pack_names);
        if (near.len)
            scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(near));
        scl_error_append(s->chain, error);
    }
}

struct scl_str
scl_choice_pack(const struct scl_choice *choice, const struct scl_policy *policy,
                uint32_t *ret_index)
{
    static const struct scl_str usual = SCL_STR("recommended"), none = SCL_STR("");

    *ret_index = 0;
    if (!choice->packs.count)
        return scl_strs_have(policy->packs, usual) ? usual : none;
    for (uint32_t i = 0; i < choice->packs.count; i++)
        if (scl_str_is(choice->packs.at[i], "all") ||
            scl_strs_have(policy->packs, choice->packs.at[i])) {
            *ret_index = i;
            return choice->packs.at[i];
        }
    return none;
}

/* A parameter is a name of Lua's, which has `_` where that of a pack has `-`. `pss` is named like
 * each of `pss-baseline` and `pss-restricted`. */
static bool
is_named_as(struct scl_str param, struct scl_str pack)
{
    bool same = param.len == pack.len || (param.len < pack.len && pack.at[param.len] == '-');

    for (size_t i = 0; same && i < param.len; i++)
        same = param.at[i] == (pack.at[i] == '-' ? '_' : pack.at[i]);
    return same;
}

struct scl_str
scl_param_pack(const struct scl_param *param, struct scl_strs packs)
{
    for (uint32_t i = 0; i < packs.count; i++)
        if (param->type == SCL_PARAM_BOOLEAN && is_named_as(param->name, packs.at[i]))
            return packs.at[i];
    return SCL_S("");
}

static bool
in_packs(const struct selecting *s, const struct scl_policy *policy)
{
    uint32_t index;

    return !policy->is_builtin || scl_choice_pack(s->choice, policy, &index).len > 0;
}

/* ---- names ---- */

static void
check_name(const struct selecting *s, struct scl_str name)
{
    const struct scl_policy *near = NULL;
    struct scl_suggest suggest;
    scantling_error *error;

    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < candidate_count(s); i++) {
        const struct scl_policy *policy = candidate(s, i);
        unsigned before = suggest.distance;

        if (scl_policy_answers_to(policy, name) || scl_policy_has_prefix(policy, name))
            return;
        scl_suggest_offer(&suggest, policy->id);
        if (policy->code.len)
            scl_suggest_offer(&suggest, policy->code);
        if (suggest.distance < before)
            near = policy;
    }
    error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown policy '%.*s'", SCL_ARG(name));
    if (near && near->code.len)
        scl_error_suggest(error, "did you mean '%.*s' (%.*s)?", SCL_ARG(near->id),
                          SCL_ARG(near->code));
    else if (near)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(near->id));
    scl_error_append(s->chain, error);
}

bool
scl_choice_names(const struct scl_choice *choice, const struct scl_policy *policy)
{
    for (uint32_t i = 0; i < choice->only.count; i++)
        if (scl_policy_answers_to(policy, choice->only.at[i]))
            return true;
    return !choice->only.count;
}

static bool
is_selected(const struct selecting *s, const struct scl_policy *policy)
{
    const struct scl_choice *choice = s->choice;
    bool packed = in_packs(s, policy);
    bool kept = policy->adjusts.len || (!choice->only.count && packed);

    for (uint32_t i = 0; i < choice->only.count && !kept; i++)
        kept = scl_policy_answers_to(policy, choice->only.at[i]) ||
               (packed && scl_policy_has_prefix(policy, choice->only.at[i]));
    for (uint32_t i = 0; i < choice->ignored.count && kept; i++)
        kept = !scl_policy_answers_to(policy, choice->ignored.at[i]) &&
               !scl_policy_has_prefix(policy, choice->ignored.at[i]);
    return kept;
}

static int
policy_order(const void *a, const void *b)
{
    const struct scl_policy *const *x = a, *const *y = b;

    return scl_str_compare(scl_policy_label(*x), scl_policy_label(*y));
}

bool
scl_select(const struct scl_choice *choice, const struct scl_policy *const *given,
           uint32_t given_count, struct scl_arena *arena, struct scl_selection *ret,
           scantling_error **chain)
{
    scantling_error *found = NULL;
    bool named = false; /* an adjustment is, which can be told of without a policy */
    struct selecting s = { choice, given, given_count, arena, &found };
    bool good;

    *ret = (struct scl_selection){ .policies = { 0 } };
    check_packs(&s);
    for (uint32_t i = 0; i < choice->only.count; i++)
        check_name(&s, choice->only.at[i]);
    for (uint32_t i = 0; i < choice->ignored.count; i++)
        check_name(&s, choice->ignored.at[i]);
    for (uint32_t i = 0; i < candidate_count(&s); i++) {
        const struct scl_policy *policy = candidate(&s, i), **slot;

        if (!is_selected(&s, policy))
            continue;
        slot = policy->adjusts.len ? scl_vec_push(arena, &ret->adjustments)
                                   : scl_vec_push(arena, &ret->policies);
        if (slot)
            *slot = policy;
        named = named || (policy->adjusts.len && scl_choice_names(choice, policy));
    }
    if (ret->policies.count > 1)
        qsort(ret->policies.at, ret->policies.count, sizeof *ret->policies.at, policy_order);
    if (ret->adjustments.count > 1)
        qsort(ret->adjustments.at, ret->adjustments.count, sizeof *ret->adjustments.at,
              policy_order);
    if (!found && !ret->policies.count && !named && !arena->failed)
        found = scl_error_new(SCANTLING_STATUS_ARGUMENT, "no policy selected");
    good = !found && !arena->failed;
    scl_error_append(chain, found);
    return good;
}
