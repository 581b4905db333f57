/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_pod.c: what a pod says of all of its containers
 *
 * The namespaces of the host, names, accounts, how it is restarted, and the object that holds it.
 */
#include "formats/kubernetes.h"

#include <string.h>

/* A namespace that is the host's or the pod's; `field` is its group. */
static void
set_namespace(struct scl_lowering *l, uint32_t object, unsigned field, const char *mode,
              bool is_host, uint32_t origin)
{
    enum { MODE = 1, HOST = 3 }; /* behind the group */

    scl_build_group(l->d, object, field, origin);
    scl_build_text(l->d, object, field + MODE, scl_str_c(mode), origin);
    scl_build_bool(l->d, object, field + HOST, is_host, origin);
}

static void
lose_namespace(struct scl_lowering *l, uint32_t object, unsigned field, uint32_t origin)
{
    scl_build_empty(l->d, object, field + 1, SCANTLING_STATE_UNKNOWN, origin);
    scl_build_empty(l->d, object, field + 3, SCANTLING_STATE_UNKNOWN, origin);
}

static void
read_host_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);
    bool of_user = field == SCL_CONTAINER_NS_USER, is_host;
    const char *own = field == SCL_CONTAINER_NS_PID || of_user ? "private" : "pod";

    if (!scl_kube_truth(l, object, field + 3, node, &is_host)) {
        lose_namespace(l, object, field, origin);
        return;
    }
    set_namespace(l, object, field, is_host ? "host" : own, is_host, origin);
    if (field == SCL_CONTAINER_NS_NET) /* the host's name comes with its network */
        set_namespace(l, object, SCL_CONTAINER_NS_UTS, is_host ? "host" : own, is_host,
                      scl_build_derived(l->d, object, SCL_CONTAINER_NS_NET_HOST));
}

/* The containers of a pod see each other's processes. */
static void
read_shared(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_value *of_host = scl_build_find(l->d, object, SCL_CONTAINER_NS_PID_HOST);
    bool is_shared;

    if (of_host && (of_host->state == SCANTLING_STATE_UNKNOWN || of_host->as.number))
        return;
    if (!scl_kube_truth(l, object, field + 1, node, &is_shared))
        lose_namespace(l, object, field, scl_rows_origin(l, node));
    else
        set_namespace(l, object, field, is_shared ? "pod" : "private", false,
                      scl_rows_origin(l, node));
}

static void
read_restart(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    static const char *const words[][2] = {
        { "Always", "always" }, { "OnFailure", "on-failure" }, { "Never", "no" }, { NULL, NULL },
    };

    scl_kube_word(l, object, field, node, words, "expected Always, OnFailure or Never");
}

/* Names that an address is given. */
static void
add_hosts(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *alias)
{
    const struct scl_tree *names = scl_rows_find(alias, "hostnames");
    const struct scl_tree *ip = scl_rows_find(alias, "ip");

    for (uint32_t i = 0; names && i < scl_tree_count(names); i++) {
        const struct scl_tree *name = scl_tree_child(names, i);
        uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, name));

        scl_row_text(l, made, SCL_EXTRA_HOST_HOST, name);
        if (ip)
            scl_row_text(l, made, SCL_EXTRA_HOST_IP, ip);
    }
}

static void
read_hosts(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        add_hosts(l, object, field, scl_tree_child(node, i));
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* `name:value`, as resolv.conf has them. */
static void
read_options(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        struct scl_str name = scl_rows_text_at(item, "name");
        struct scl_str value = scl_rows_text_at(item, "value");

        if (value.len)
            name = scl_rows_print(&l->d->arena, "%.*s:%.*s", SCL_ARG(name), SCL_ARG(value));
        scl_build_item_text(l->d, object, field, name, scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

#define AT(path) SCL_KUBE_POD path

#define NAMESPACE_ROWS(path, id, read) \
    { AT(path), SCL_CONTAINER_NS_##id, read }, \
    { AT(path), SCL_CONTAINER_NS_##id##_MODE, NULL }, \
    { AT(path), SCL_CONTAINER_NS_##id##_HOST, NULL }

const struct scl_json_row scl_kube_pod_rows[] = {
    NAMESPACE_ROWS("hostPID", PID, read_host_namespace),
    NAMESPACE_ROWS("shareProcessNamespace", PID, read_shared),
    NAMESPACE_ROWS("hostNetwork", NET, read_host_namespace),
    NAMESPACE_ROWS("hostIPC", IPC, read_host_namespace),
    NAMESPACE_ROWS("hostUsers", USER, read_host_namespace),
    NAMESPACE_ROWS("hostNetwork", UTS, NULL),
    { AT("os.name"), SCL_CONTAINER_OS, scl_kube_text },
    { AT("serviceAccount"), SCL_CONTAINER_SERVICE_ACCOUNT_NAME, scl_kube_text },
    { AT("serviceAccountName"), SCL_CONTAINER_SERVICE_ACCOUNT_NAME, scl_kube_text },
    { AT("automountServiceAccountToken"), SCL_CONTAINER_SERVICE_ACCOUNT_AUTOMOUNT,
      scl_kube_bool },
    { AT("restartPolicy"), SCL_CONTAINER_RESTART_POLICY, read_restart },
    { AT("runtimeClassName"), SCL_CONTAINER_RUNTIME, scl_kube_text },
    { AT("terminationGracePeriodSeconds"), SCL_CONTAINER_STOP_TIMEOUT, scl_kube_seconds },
    { AT("hostname"), SCL_CONTAINER_HOSTNAME, scl_kube_text },
    { AT("subdomain"), SCL_CONTAINER_DOMAINNAME, scl_kube_text },
    { AT("hostAliases"), SCL_CONTAINER_EXTRA_HOSTS, read_hosts },
    { AT("dnsPolicy"), SCL_CONTAINER_DNS_POLICY, scl_kube_text },
    { AT("dnsConfig.nameservers"), SCL_CONTAINER_DNS_SERVERS, scl_row_texts },
    { AT("dnsConfig.searches"), SCL_CONTAINER_DNS_SEARCH, scl_row_texts },
    { AT("dnsConfig.options"), SCL_CONTAINER_DNS_OPTIONS, read_options },
    { AT("volumes"), SCL_CONTAINER_VOLUMES, NULL },
    { AT("resources.limits.memory"), SCL_CONTAINER_MEMORY_LIMIT, scl_kube_memory },
    { AT("resources.limits.cpu"), SCL_CONTAINER_CPU_LIMIT, scl_kube_cpu },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_extra_host_rows[] = {
    { "hostnames", SCL_EXTRA_HOST_HOST, NULL },
    { "ip", SCL_EXTRA_HOST_IP, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_metadata_rows[] = {
    { SCL_KUBE_METADATA "labels", SCL_CONTAINER_LABELS, scl_row_map },
    { SCL_KUBE_METADATA "annotations", SCL_CONTAINER_ANNOTATIONS, scl_row_map },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_object_rows[] = {
    { "metadata.generateName", SCL_CONTAINER_POD_NAME, scl_row_text },
    { "metadata.name", SCL_CONTAINER_POD_NAME, scl_row_text },
    { "kind", SCL_CONTAINER_POD_KIND, NULL },
    { "metadata.namespace", SCL_CONTAINER_POD_NAMESPACE, scl_row_text },
    { "metadata.labels", SCL_CONTAINER_POD_LABELS, scl_row_map },
    { "metadata.annotations", SCL_CONTAINER_POD_ANNOTATIONS, scl_row_map },
    { "spec.replicas", SCL_CONTAINER_SCALE, scl_kube_int },
    { NULL, SCL_NONE, NULL },
};

void
scl_kube_pod(struct scl_kube *k, uint32_t container)
{
    struct scl_lowering *l = &k->l;
    uint32_t notes = l->d->notes.list.count;
    const struct scl_tree *kind = scl_rows_find(k->object, "kind");
    const struct scl_tree *account = scl_kube_account(k);

    scl_build_group(l->d, container, SCL_CONTAINER_POD, scl_rows_origin(l, k->object));
    scl_build_text(l->d, container, SCL_CONTAINER_POD_KIND, k->kind,
                   kind ? scl_rows_origin(l, kind) : 0);
    scl_rows_apply(l, container, scl_kube_object_rows, k->object);
    if (k->metadata)
        scl_rows_apply_part(l, container, scl_kube_metadata_rows, k->metadata,
                            strlen(SCL_KUBE_METADATA));
    if (account)
        scl_kube_bool(l, container, SCL_CONTAINER_SERVICE_ACCOUNT_AUTOMOUNT, account);
    scl_rows_apply_part(l, container, scl_kube_pod_rows, k->spec, strlen(SCL_KUBE_POD));
    scl_rows_apply_part(l, container, scl_kube_pod_security_rows, k->spec, strlen(SCL_KUBE_POD));
    /* What a pod says is noted with its first container alone. */
    if (k->is_noted)
        scl_notes_cut(&l->d->notes, notes);
    k->is_noted = true;
}
