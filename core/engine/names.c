/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.c: policies by their names
 */
#include "engine/names.h"

#include "base/suggest.h"
#include "engine/own.h"

void
scl_names_init(struct scl_names *names, struct scl_arena *arena)
{
    *names = (struct scl_names){ .arena = arena };
    scl_map_init(&names->map, arena);
}

typedef bool name_visit(struct scl_names *names, const struct scl_policy *policy,
                        struct scl_str name, uint32_t index);

/* Visits each name of a policy. */
static bool
visit(struct scl_names *names, const struct scl_policy *policy, uint32_t index, name_visit *each)
{
    if (!each(names, policy, policy->id, index) ||
        (policy->code.len && !each(names, policy, policy->code, index)))
        return false;
    for (uint32_t i = 0; i < policy->replaces.count; i++)
        if (!each(names, policy, policy->replaces.at[i], index))
            return false;
    for (uint32_t i = 0; i < policy->alias_count; i++)
        for (uint32_t v = 0; v < policy->aliases[i].values.count; v++)
            if (!each(names, policy, policy->aliases[i].values.at[v], index))
                return false;
    return true;
}

static bool
add_name(struct scl_names *names, const struct scl_policy *policy, struct scl_str name,
         uint32_t index)
{
    struct scl_map_entry *entry = scl_map_find(&names->map, name);
    uint32_t at = entry ? (uint32_t)entry->value : 0, last = 0;
    struct scl_name *made;

    for (; at; at = names->list.at[at - 1].next) {
        if (names->list.at[at - 1].policy == policy)
            return true;
        last = at;
    }
    made = scl_vec_push(names->arena, &names->list);
    if (!made)
        return false;
    made->policy = policy;
    made->index = index;
    if (last) {
        names->list.at[last - 1].next = names->list.count;
        return true;
    }
    return scl_map_put(&names->map, name, names->list.count) != NULL;
}

bool
scl_names_add(struct scl_names *names, const struct scl_policy *policy)
{
    const struct scl_policy **slot = scl_vec_push(names->arena, &names->policies);

    if (!slot)
        return false;
    *slot = policy;
    return visit(names, policy, UINT32_MAX, add_name);
}

bool
scl_names_add_builtin(struct scl_names *names)
{
    for (uint32_t i = 0; i < scl_builtin_policy_count; i++)
        if (!scl_names_add(names, &scl_builtin_policies[i]))
            return false;
    for (uint32_t i = 0; i < SCL_OWN_COUNT; i++)
        if (!scl_names_add(names, &scl_own_policies[i]))
            return false;
    return true;
}

static bool
select_name(struct scl_names *names, const struct scl_policy *policy, struct scl_str name,
            uint32_t index)
{
    const struct scl_map_entry *entry = scl_map_find(&names->map, name);

    for (uint32_t at = entry ? (uint32_t)entry->value : 0; at; at = names->list.at[at - 1].next)
        if (names->list.at[at - 1].policy == policy)
            names->list.at[at - 1].index = index;
    return true;
}

void
scl_names_select(struct scl_names *names, const struct scl_policy *policy, uint32_t index)
{
    visit(names, policy, index, select_name);
}

uint32_t
scl_names_index(const struct scl_names *names, const struct scl_policy *policy)
{
    const struct scl_name *at = scl_names_find(names, policy->id);

    while (at && at->policy != policy)
        at = scl_names_next(names, at);
    return at ? at->index : UINT32_MAX;
}

const struct scl_name *
scl_names_find(const struct scl_names *names, struct scl_str name)
{
    const struct scl_map_entry *entry = scl_map_find(&names->map, name);

    return entry ? &names->list.at[entry->value - 1] : NULL;
}

const struct scl_name *
scl_names_next(const struct scl_names *names, const struct scl_name *name)
{
    return name->next ? &names->list.at[name->next - 1] : NULL;
}

const struct scl_policy *
scl_names_nearest(const struct scl_names *names, struct scl_str name)
{
    const struct scl_policy *nearest = NULL;
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < names->policies.count; i++) {
        const struct scl_policy *policy = names->policies.at[i];
        unsigned before = suggest.distance;

        scl_suggest_offer(&suggest, policy->id);
        if (policy->code.len)
            scl_suggest_offer(&suggest, policy->code);
        if (suggest.distance < before)
            nearest = policy;
    }
    return nearest;
}

void
scl_names_suggest(const struct scl_names *names, struct scl_str name, scantling_error *error)
{
    const struct scl_policy *nearest = scl_names_nearest(names, name);

    if (nearest && nearest->code.len)
        scl_error_suggest(error, "did you mean '%.*s' (%.*s)?", SCL_ARG(nearest->id),
                          SCL_ARG(nearest->code));
    else if (nearest)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(nearest->id));
}
