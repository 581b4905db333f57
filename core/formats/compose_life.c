/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_life.c: when a service starts and ends
 *
 * What `deploy` says of restarting wins over `restart`, as Compose has it, and in words of its own;
 * hooks run in the container, after it has started and before it is stopped.
 */
#include "formats/compose.h"

/* Conditions of Swarm, and the policies of an engine that they come to. */
static const struct {
    const char *condition, *policy;
} conditions[] = {
    { "none", "no" },
    { "on-failure", "on-failure" },
    { "any", "always" },
};

void
scl_compose_restart_policy(struct scl_lowering *l, uint32_t object, unsigned field,
                           const struct scl_tree *node)
{
    const struct scl_tree *said = scl_rows_find(node, "condition");
    struct scl_str condition = said ? scl_tree_text(said) : SCL_S("any"), policy = condition;
    uint32_t origin = scl_rows_origin(l, said ? said : node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_RESTART, scl_rows_origin(l, node));
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (scl_str_is(condition, conditions[i].condition))
            policy = scl_str_c(conditions[i].policy);
    if (!said || scl_rows_expect(l, object, field, said, SCL_TREE_STRING))
        scl_build_text(l->d, object, field, policy, origin);
}

static void
add_hook(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_str phase,
         const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node), made;
    const struct scl_tree *command;

    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP))
        return;
    made = scl_build_object(l->d, object, field, origin);
    command = scl_rows_find(node, "command");
    scl_build_text(l->d, made, SCL_PROBE_PHASE, phase, origin);
    scl_build_text(l->d, made, SCL_PROBE_KIND, SCL_S("exec"), origin);
    if (command)
        scl_compose_words(l, made, SCL_PROBE_ARGV, command);
}

void
scl_compose_hooks(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        add_hook(l, object, field, scl_tree_key(node), scl_tree_child(node, i));
}
