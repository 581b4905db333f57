/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_workflow.c: pods of Argo Workflows
 *
 * A template of a workflow that runs containers becomes a pod when it is its turn. Its settings are
 * those of a pod in part and stand beside its one `container` or `script`; what it does not say the
 * workflow does (`WorkflowSpec` and `Template` of the field reference of Argo Workflows). From both
 * the specification of a pod is put together here, of nodes that keep their places.
 */
#include "formats/kubernetes.h"

#include "syntax/tree_build.h"

static const struct scl_str containers_key = SCL_STR("containers");
static const struct scl_str volumes_key = SCL_STR("volumes");
static const struct scl_str name_key = SCL_STR("name");

/* What a template has, or else its workflow. */
static const struct scl_str parts[] = {
    SCL_STR("initContainers"), SCL_STR("sidecars"), SCL_STR("securityContext"),
    SCL_STR("serviceAccountName"), SCL_STR("automountServiceAccountToken"), SCL_STR("hostAliases"),
    SCL_STR("hostNetwork"), SCL_STR("dnsPolicy"), SCL_STR("dnsConfig"),
};

enum { PARTS = sizeof parts / sizeof *parts, MEMBERS = PARTS + 2 };
_Static_assert((int)MEMBERS <= (int)SCL_TREE_SMALL, "a longer map needs slots");

uint64_t
scl_kube_workflow_shares(const struct scl_tree *workflow)
{
    const struct scl_tree *volumes = scl_rows_find(workflow, "volumes");
    uint64_t count = volumes ? scl_tree_nodes(volumes) : 0;

    for (size_t i = 0; i < PARTS; i++) {
        const struct scl_tree *part = scl_tree_find(workflow, parts[i]);

        count += part ? scl_tree_nodes(part) : 0;
    }
    return count;
}

static void
set_key(struct scl_tree *node, const struct scl_str *key)
{
    node->key.boxed = key;
    node->key_trim = SCL_TREE_BOXED;
    node->key_span = (struct scl_span){ node->span.offset, 0 };
}

/* The container of a template, which has the template's name where it has none. */
static struct scl_tree
named(struct scl_kube *k, const struct scl_tree *container, const struct scl_tree *template)
{
    const struct scl_tree *name = scl_tree_find(template, name_key);
    uint32_t count = scl_tree_count(container);
    struct scl_tree made = *container, *members;

    if (container->kind != SCL_TREE_MAP || scl_tree_find(container, name_key) || !name ||
        count >= SCL_TREE_SMALL)
        return made;
    members = scl_arena_array(&k->l.d->arena, count + 1, sizeof *members);
    if (!members)
        return made;
    for (uint32_t i = 0; i < count; i++)
        members[i] = *scl_tree_child(container, i);
    members[count] = *name;
    made.body.first = members;
    made.count = count + 1;
    return made;
}

/* A list of the members of two, of which either may be NULL; false where there are none. */
static bool
join(struct scl_kube *k, const struct scl_tree *one, const struct scl_tree *two,
     const struct scl_str *key, struct scl_tree *ret)
{
    const struct scl_tree *lists[] = { one, two };
    const struct scl_tree *first = one ? one : two;
    uint32_t room = (one ? scl_tree_count(one) : 0) + (two ? scl_tree_count(two) : 0), count = 0;
    struct scl_tree *members = scl_arena_array(&k->l.d->arena, room + 1, sizeof *members);

    if (!first || !members)
        return false;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (uint32_t m = 0; lists[i] && m < scl_tree_count(lists[i]); m++)
            members[count++] = *scl_tree_child(lists[i], m);
    *ret = *first;
    ret->kind = SCL_TREE_LIST;
    ret->body.first = members;
    ret->count = count;
    set_key(ret, key);
    return true;
}

/* The list of the one container, or of those of a set; false where the template runs none. */
static bool
find_containers(struct scl_kube *k, const struct scl_tree *template, struct scl_tree *ret)
{
    const struct scl_tree *set = scl_rows_find(template, "containerSet.containers");
    const struct scl_tree *one = scl_rows_find(template, "container");
    struct scl_tree *member;

    one = one ? one : scl_rows_find(template, "script");
    if (!one)
        return set && join(k, set, NULL, &containers_key, ret);
    member = scl_arena_alloc(&k->l.d->arena, sizeof *member);
    if (!member)
        return false;
    *member = named(k, one, template);
    *ret = *one;
    ret->kind = SCL_TREE_LIST;
    ret->body.first = member;
    ret->count = 1;
    set_key(ret, &containers_key);
    return true;
}

const struct scl_tree *
scl_kube_workflow_pod(struct scl_kube *k, const struct scl_tree *workflow,
                      const struct scl_tree *template)
{
    struct scl_tree *members = scl_arena_array(&k->l.d->arena, MEMBERS, sizeof *members);
    struct scl_tree *made = scl_arena_alloc(&k->l.d->arena, sizeof *made);
    uint32_t count = 0;

    if (!members || !made || template->kind != SCL_TREE_MAP ||
        !find_containers(k, template, &members[count]))
        return NULL;
    count++;
    if (join(k, scl_rows_find(template, "volumes"), scl_rows_find(workflow, "volumes"),
             &volumes_key, &members[count]))
        count++;
    for (size_t i = 0; i < PARTS; i++) {
        const struct scl_tree *part = scl_tree_find(template, parts[i]);

        part = part ? part : scl_tree_find(workflow, parts[i]);
        if (part)
            members[count++] = *part;
    }
    *made = *template;
    made->body.first = members;
    made->count = count;
    return made;
}
