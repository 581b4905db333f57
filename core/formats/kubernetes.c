/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes.c: manifests of Kubernetes
 *
 * A file is a stream of objects, and a list is an object that holds others. Where a kind keeps the
 * template of its pods is a row of a table; objects of other kinds are left alone. Every container
 * of a pod is a subject, in the order in which they would be started.
 */
#include "formats/kubernetes.h"

#include "formats/format.h"
#include "formats/yaml_input.h"

enum { LISTS_IN_LISTS = 4, MOST_NOTES = 100 };

static void lower_pod(struct scl_kube *k, const struct scl_tree *pod);
static void lower_workflow(struct scl_kube *k, const struct scl_tree *workflow);

/* Objects that hold pods. */
static const struct holder {
    struct scl_str kind, group; /* a group of length 0: any */
    const char *path;           /* to the template; `*`: each member */
    void (*lower)(struct scl_kube *k, const struct scl_tree *node);
} holders[] = {
    { SCL_STR("Pod"), SCL_STR(""), "", lower_pod },
    { SCL_STR("PodTemplate"), SCL_STR(""), "template", lower_pod },
    { SCL_STR("CronJob"), SCL_STR(""), "spec.jobTemplate.spec.template", lower_pod },
    { SCL_STR("Job"), SCL_STR("batch.volcano.sh"), "spec.tasks.*.template", lower_pod },
    { SCL_STR("Job"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("Deployment"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("ReplicaSet"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("ReplicationController"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("StatefulSet"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("DaemonSet"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("DeploymentConfig"), SCL_STR(""), "spec.template", lower_pod },
    { SCL_STR("Rollout"), SCL_STR("argoproj.io"), "spec.template", lower_pod },
    { SCL_STR("Service"), SCL_STR("serving.knative.dev"), "spec.template", lower_pod },
    { SCL_STR("Configuration"), SCL_STR("serving.knative.dev"), "spec.template", lower_pod },
    { SCL_STR("Revision"), SCL_STR("serving.knative.dev"), "", lower_pod },
    { SCL_STR("CloneSet"), SCL_STR("apps.kruise.io"), "spec.template", lower_pod },
    { SCL_STR("ScaledJob"), SCL_STR("keda.sh"), "spec.jobTargetRef.template", lower_pod },
    { SCL_STR("JobSet"), SCL_STR("jobset.x-k8s.io"),
      "spec.replicatedJobs.*.template.spec.template", lower_pod },
    { SCL_STR("PyTorchJob"), SCL_STR("kubeflow.org"), "spec.pytorchReplicaSpecs.*.template",
      lower_pod },
    { SCL_STR("TFJob"), SCL_STR("kubeflow.org"), "spec.tfReplicaSpecs.*.template", lower_pod },
    { SCL_STR("MPIJob"), SCL_STR("kubeflow.org"), "spec.mpiReplicaSpecs.*.template", lower_pod },
    { SCL_STR("Workflow"), SCL_STR("argoproj.io"), "spec", lower_workflow },
    { SCL_STR("WorkflowTemplate"), SCL_STR("argoproj.io"), "spec", lower_workflow },
    { SCL_STR("ClusterWorkflowTemplate"), SCL_STR("argoproj.io"), "spec", lower_workflow },
    { SCL_STR("CronWorkflow"), SCL_STR("argoproj.io"), "spec.workflowSpec", lower_workflow },
};

/* The lists of a pod that hold containers. */
static const struct {
    struct scl_str key;
    const char *role;
} lists[] = {
    { SCL_STR("initContainers"), "init" },
    { SCL_STR("containers"), "main" },
    { SCL_STR("ephemeralContainers"), "ephemeral" },
    { SCL_STR("sidecars"), "sidecar" }, /* of workflows */
};

/* An init container that keeps running stands beside the others. */
static const char *
role_of(const struct scl_tree *container, const char *role)
{
    bool is_init = role[0] == 'i';

    return is_init && scl_str_is(scl_rows_text_at(container, "restartPolicy"), "Always")
               ? "sidecar"
               : role;
}

/* What a pod without containers, as in a part of a manifest, says of those it will have is judged
 * with one of which nothing is known. */
static void
lower_unwritten(struct scl_kube *k)
{
    struct scl_tree *container = scl_arena_alloc(&k->l.d->arena, sizeof *container);

    if (!container || !scl_tree_count(k->spec))
        return;
    container->kind = SCL_TREE_MAP;
    container->span = (struct scl_span){ k->spec->span.offset, 0 };
    container->file = k->spec->file & UINT16_MAX;
    container->is_cut = true;
    k->l.root = container;
    k->role = "main";
    k->index = 1;
    scl_kube_container(k);
}

bool
scl_kube_may_share(struct scl_kube *k, uint64_t count)
{
    uint64_t limit = scl_input_alias_limit(&k->l.input->limits);
    bool was_within = k->shared <= limit;

    k->shared += k->has_pod ? count : 0;
    if (was_within && k->shared > limit)
        scl_note_add(&k->l.d->notes, SCL_NOTE_ERROR, k->object->span,
                     "pods share more than the limit of %llu nodes", (unsigned long long)limit);
    return k->shared <= limit;
}

/* The containers of the pod that is set. */
static void
lower_spec(struct scl_kube *k)
{
    const struct scl_tree *claims = scl_rows_find(k->object, "spec.volumeClaimTemplates");
    uint32_t before = k->l.d->subjects.count;

    if (!scl_kube_may_share(k, claims ? scl_tree_count(claims) : 0))
        return;
    k->has_pod = true;
    k->is_noted = false;
    scl_kube_know_pod(k);
    scl_kube_find_volumes(k);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct scl_tree *list = scl_tree_find(k->spec, lists[i].key);

        if (!list || list->kind == SCL_TREE_NULL ||
            !scl_rows_expect(&k->l, 0, SCL_NONE, list, SCL_TREE_LIST))
            continue;
        for (uint32_t c = 0; c < scl_tree_count(list); c++) {
            k->l.root = scl_tree_child(list, c);
            k->role = role_of(k->l.root, lists[i].role);
            k->index = c + 1;
            scl_kube_know_container(k);
            scl_kube_container(k);
        }
    }
    if (k->l.d->subjects.count == before)
        lower_unwritten(k);
}

/* A pod or its template; what holds containers itself is the specification of one. */
static void
lower_pod(struct scl_kube *k, const struct scl_tree *pod)
{
    const struct scl_tree *spec = scl_rows_find(pod, "spec");

    k->metadata = scl_rows_find(pod, "metadata");
    k->spec = spec || !scl_rows_find(pod, "containers") ? spec : pod;
    if (k->spec && scl_rows_expect(&k->l, 0, SCL_NONE, k->spec, SCL_TREE_MAP))
        lower_spec(k);
}

static void
lower_workflow(struct scl_kube *k, const struct scl_tree *workflow)
{
    const struct scl_tree *templates = scl_rows_find(workflow, "templates");
    uint64_t shares = scl_kube_workflow_shares(workflow);

    for (uint32_t i = 0; templates && i < scl_tree_count(templates); i++) {
        const struct scl_tree *template = scl_tree_child(templates, i);

        k->metadata = scl_rows_find(template, "metadata");
        if (!scl_kube_may_share(k, shares))
            return;
        k->spec = scl_kube_workflow_pod(k, workflow, template);
        if (k->spec)
            lower_spec(k);
    }
}

/* Follows a path to each template; false where it leads to none. */
static bool
lower_templates(struct scl_kube *k, const struct scl_tree *node, struct scl_str path,
                void (*lower)(struct scl_kube *k, const struct scl_tree *node))
{
    struct scl_str rest = path, name;
    bool found = false;

    while (rest.len && node && scl_str_cut(&rest, '.', &name)) {
        if (scl_str_is(name, "*")) {
            for (uint32_t i = 0; i < scl_tree_count(node); i++)
                found = lower_templates(k, scl_tree_child(node, i), rest, lower) || found;
            return found;
        }
        node = scl_tree_find(node, name);
    }
    if (!node || node->kind != SCL_TREE_MAP)
        return false;
    lower(k, node);
    return true;
}

/* Whether the client has told where the pods of a kind are; then that counts. */
static bool
lower_told(struct scl_kube *k, struct scl_str group)
{
    const struct scl_input *input = k->l.input;
    bool found = false;

    for (uint32_t i = 0; i < input->pod_template_count; i++) {
        struct scl_str wanted = input->pod_templates[i].name, kind;
        struct scl_str path = input->pod_templates[i].value;

        if (!scl_str_cut(&wanted, '.', &kind) || !scl_str_same(kind, k->kind) ||
            (wanted.len && !scl_str_same(wanted, group)))
            continue;
        found = true;
        if (!lower_templates(k, k->object, path, lower_pod) && k->l.noted++ < MOST_NOTES)
            scl_note_add(&k->l.d->notes, SCL_NOTE_WARNING, k->object->span,
                         "this %.*s has no pod at '%.*s', where it was said to be",
                         SCL_ARG(kind), SCL_ARG(path));
    }
    return found;
}

static struct scl_str
group_of(struct scl_str api_version)
{
    size_t slash = scl_str_find_char(api_version, '/');

    return slash == SIZE_MAX ? scl_str_n("", 0) : scl_str_sub(api_version, 0, slash);
}

/* Accounts: what one says of the token of its pods holds where a pod says nothing. */

static struct scl_str
account_key(struct scl_kube *k, struct scl_str space, struct scl_str name)
{
    return scl_rows_print(&k->l.d->arena, "%.*s/%.*s", SCL_ARG(space), SCL_ARG(name));
}

static void
add_account(struct scl_kube *k, const struct scl_tree *object)
{
    const struct scl_tree *token = scl_rows_find(object, "automountServiceAccountToken");
    struct scl_str key = account_key(k, scl_rows_text_at(object, "metadata.namespace"),
                                     scl_rows_text_at(object, "metadata.name"));
    const struct scl_tree **place;
    bool truth;

    if (!token || !scl_kube_truth_of(token, &truth))
        return;
    place = scl_vec_push(&k->l.d->arena, &k->tokens);
    if (!place)
        return;
    *place = token;
    scl_map_put(&k->accounts, key, k->tokens.count);
}

static void
find_accounts(struct scl_kube *k, const struct scl_tree *object, unsigned depth)
{
    const struct scl_tree *items = scl_rows_find(object, "items");

    if (scl_str_is(scl_rows_text_at(object, "kind"), "ServiceAccount"))
        add_account(k, object);
    for (uint32_t i = 0; items && depth < LISTS_IN_LISTS && i < scl_tree_count(items); i++)
        find_accounts(k, scl_tree_child(items, i), depth + 1);
}

const struct scl_tree *
scl_kube_account(struct scl_kube *k)
{
    struct scl_str name = scl_rows_text_at(k->spec, "serviceAccountName");
    const struct scl_map_entry *entry;

    if (!k->tokens.count)
        return NULL;
    if (!name.len)
        name = scl_rows_text_at(k->spec, "serviceAccount");
    if (!name.len)
        name = SCL_S("default");
    entry = scl_map_find(&k->accounts,
                         account_key(k, scl_rows_text_at(k->object, "metadata.namespace"), name));
    return entry ? k->tokens.at[entry->value - 1] : NULL;
}

/* An object of a kind; in the list of a kind its own need not be said. A server that asks whether
 * to admit an object has it in its question. */
static void
lower_object(struct scl_kube *k, const struct scl_tree *object, struct scl_str kind,
             unsigned depth)
{
    struct scl_str group = group_of(scl_rows_text_at(object, "apiVersion"));
    const struct scl_tree *items = scl_rows_find(object, "items");
    struct scl_str own = scl_rows_text_at(object, "kind");

    kind = own.len ? own : kind;
    if (scl_str_is(kind, "AdmissionReview") && scl_str_is(group, "admission.k8s.io")) {
        const struct scl_tree *asked = scl_rows_find(object, "request.object");

        if (asked && asked->kind == SCL_TREE_MAP && depth < LISTS_IN_LISTS)
            lower_object(k, asked, scl_str_n("", 0), depth + 1);
        return;
    }
    if (scl_str_ends(kind, SCL_S("List")) && items && items->kind == SCL_TREE_LIST &&
        depth < LISTS_IN_LISTS) {
        kind = scl_str_sub(kind, 0, kind.len - 4);
        for (uint32_t i = 0; i < scl_tree_count(items); i++)
            lower_object(k, scl_tree_child(items, i), kind, depth + 1);
        return;
    }
    k->object = object;
    k->kind = kind;
    k->has_pod = false;
    if (lower_told(k, group))
        return;
    for (size_t i = 0; i < sizeof holders / sizeof *holders; i++) {
        const struct holder *holder = &holders[i];

        if (!scl_str_same(kind, holder->kind) ||
            (holder->group.len && !scl_str_same(group, holder->group)))
            continue;
        lower_templates(k, object, scl_str_c(holder->path), holder->lower);
        return;
    }
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_kube k = { .l = { .d = d, .skips_null = true, .input = input } };

    scl_map_init(&k.accounts, &d->arena);
    for (uint32_t i = 0; root && i < scl_tree_count(root); i++)
        find_accounts(&k, scl_tree_child(root, i), 0);
    for (uint32_t i = 0; root && i < scl_tree_count(root); i++)
        lower_object(&k, scl_tree_child(root, i), scl_str_n("", 0), 0);
}

/* What Kustomize reads looks like an object and is none of a cluster. */
static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    struct scl_str version = scl_rows_text_at(root, "apiVersion");

    *ret_reason = "apiVersion and kind";
    if (!version.len || !scl_rows_text_at(root, "kind").len ||
        scl_str_starts(version, SCL_S("kustomize.config.k8s.io/")))
        return SCL_FIT_NO;
    return SCL_FIT_YES;
}

const struct scl_format scl_format_kubernetes = {
    .name = "kubernetes",
    .title = "manifests of Kubernetes: pods and what holds them",
    .resolution = "request",
    .family = "containerd",
    .sample = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": [{}]}}",
    .rows = scl_kube_rows,
    .takes_yaml = true,
    .fits_tree = fits_tree,
    .lower = lower,
};
