/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_process.c: variables, ports and probes of a container
 */
#include "formats/kubernetes.h"

/* Variables. */

/* Where a value comes from that is not written there. */
static const struct value_source {
    struct scl_str key;
    const char *source, *name, *part; /* paths to what it is named by; part NULL: the name is all */
} value_sources[] = {
    { SCL_STR("secretKeyRef"), "secret", "name", "key" },
    { SCL_STR("configMapKeyRef"), "configmap", "name", "key" },
    { SCL_STR("fieldRef"), "field", "fieldPath", NULL },
    { SCL_STR("resourceFieldRef"), "field", "resource", NULL },
    { SCL_STR("fileKeyRef"), "file", "path", "key" },
};

static void
read_value_source(struct scl_lowering *l, uint32_t variable, const struct scl_tree *from)
{
    for (size_t i = 0; i < sizeof value_sources / sizeof *value_sources; i++) {
        const struct value_source *source = &value_sources[i];
        const struct scl_tree *node = scl_tree_find(from, source->key);
        struct scl_str name, part = scl_str_n("", 0);
        uint32_t origin;

        if (!node || node->kind != SCL_TREE_MAP)
            continue;
        origin = scl_rows_origin(l, node);
        name = scl_rows_text_at(node, source->name);
        if (source->part)
            part = scl_rows_text_at(node, source->part);
        if (part.len)
            name = scl_rows_print(&l->d->arena, "%.*s/%.*s", SCL_ARG(name), SCL_ARG(part));
        scl_build_text(l->d, variable, SCL_ENV_ORIGIN, scl_str_c(source->source), origin);
        if (name.len)
            scl_build_text(l->d, variable, SCL_ENV_REF, name, origin);
        return;
    }
    scl_build_empty(l->d, variable, SCL_ENV_ORIGIN, SCANTLING_STATE_UNKNOWN,
                    scl_rows_origin(l, from));
}

#define AT(path) SCL_KUBE_CONTAINER path

const struct scl_json_row scl_kube_env_rows[] = {
    { "name", SCL_ENV_NAME, scl_row_text },
    { "value", SCL_ENV_VALUE, scl_kube_value },
    { "valueFrom", SCL_ENV_REF, NULL },
    { "valueFrom", SCL_ENV_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_env_from_rows[] = {
    { "prefix", SCL_ENV_FROM_PREFIX, scl_row_text },
    { "configMapRef.name", SCL_ENV_FROM_REF, scl_row_text },
    { "configMapRef.optional", SCL_ENV_FROM_OPTIONAL, scl_kube_bool },
    { "secretRef.name", SCL_ENV_FROM_REF, scl_row_text },
    { "secretRef.optional", SCL_ENV_FROM_OPTIONAL, scl_kube_bool },
    { "secretRef", SCL_ENV_FROM_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
finish_variable(struct scl_lowering *l, uint32_t variable, const struct scl_tree *node)
{
    const struct scl_tree *from = scl_rows_find(node, "valueFrom");

    if (from) {
        read_value_source(l, variable, from);
        return;
    }
    scl_build_text(l->d, variable, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
    if (!scl_rows_find(node, "value") && !node->is_cut) /* it is empty then */
        scl_build_text(l->d, variable, SCL_ENV_VALUE, scl_str_n("", 0), scl_rows_origin(l, node));
}

static void
read_env(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_kube_variables(l, object, field, node, finish_variable);
}

static void
finish_env_from(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *secret = scl_rows_find(node, "secretRef");

    scl_build_text(l->d, object, SCL_ENV_FROM_ORIGIN,
                   secret ? SCL_S("secret") : SCL_S("configmap"), scl_rows_origin(l, node));
}

/* What variables come from there nobody here knows. */
static void
read_env_from(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_kube_env_from_rows, finish_env_from);
    if (node->kind != SCL_TREE_LIST || scl_tree_count(node))
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
}

/* Ports. */

static void
read_protocol(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    char *lower;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    lower = scl_arena_copy(&l->d->arena, text.at, text.len);
    for (size_t i = 0; lower && i < text.len; i++)
        lower[i] = scl_lower(lower[i]);
    if (lower)
        scl_build_text(l->d, object, field, scl_str_n(lower, text.len), scl_rows_origin(l, node));
}

const struct scl_json_row scl_kube_port_rows[] = {
    { "containerPort", SCL_PORT_CONTAINER_PORT, scl_kube_int },
    { "name", SCL_PORT_NAME, scl_kube_text },
    { "protocol", SCL_PORT_PROTOCOL, read_protocol },
    { "hostIP", SCL_PORT_HOST_IP, scl_kube_text },
    { "hostPort", SCL_PORT_HOST_PORT, NULL },
    { "hostPort", SCL_PORT_PUBLISHED, NULL },
    { NULL, SCL_NONE, NULL },
};

/* In the network of the host a port is the host's own, though nothing passes it on. */
static void
set_port_of_host(struct scl_lowering *l, uint32_t port)
{
    const struct scl_value *number = scl_build_find(l->d, port, SCL_PORT_CONTAINER_PORT);
    uint32_t container = l->d->subjects.at[l->d->subjects.count - 1].root;
    const struct scl_value *is_host = scl_build_find(l->d, container, SCL_CONTAINER_NS_NET_HOST);

    if (number && number->kind == SCL_KIND_INT && is_host && is_host->kind == SCL_KIND_BOOL &&
        is_host->as.number)
        scl_build_int(l->d, port, SCL_PORT_HOST_PORT, number->as.number,
                      scl_build_derived(l->d, port, SCL_PORT_CONTAINER_PORT));
}

/* A port of the host that is 0 is none. */
static void
finish_port(struct scl_lowering *l, uint32_t port, const struct scl_tree *node)
{
    const struct scl_tree *host = scl_rows_find(node, "hostPort");
    bool is_lost = scl_rows_is_lost(node, "hostPort");
    int64_t number = 0;

    if (!scl_rows_find(node, "protocol"))
        scl_build_text(l->d, port, SCL_PORT_PROTOCOL, SCL_S("tcp"), 0);
    if (host && (host->kind != SCL_TREE_NUMBER || !scl_tree_int(host, &number))) {
        scl_rows_refuse(l, port, SCL_PORT_HOST_PORT, host, "expected the number of a port");
        is_lost = true;
    } else if (host && number) {
        scl_build_int(l->d, port, SCL_PORT_HOST_PORT, number, scl_rows_origin(l, host));
    } else if (!is_lost) {
        set_port_of_host(l, port);
    }
    if (is_lost)
        scl_build_empty(l->d, port, SCL_PORT_PUBLISHED, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, host ? host : node));
    else
        scl_build_bool(l->d, port, SCL_PORT_PUBLISHED, number != 0,
                       host ? scl_rows_origin(l, host) : 0);
}

static void
read_ports(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_kube_port_rows, finish_port);
}

/* Probes and what is done at the start and the end. */

const struct scl_json_row scl_kube_probe_rows[] = {
    { "", SCL_PROBE_PHASE, NULL },
    { "", SCL_PROBE_KIND, NULL },
    { "httpGet.host", SCL_PROBE_HOST, scl_kube_text },
    { "httpGet.port", SCL_PROBE_PORT, scl_kube_name },
    { "httpGet.path", SCL_PROBE_PATH, scl_kube_text },
    { "tcpSocket.host", SCL_PROBE_HOST, scl_kube_text },
    { "tcpSocket.port", SCL_PROBE_PORT, scl_kube_name },
    { "grpc.port", SCL_PROBE_PORT, scl_kube_name },
    { "exec.command", SCL_PROBE_ARGV, scl_row_texts },
    { "initialDelaySeconds", SCL_PROBE_DELAY, scl_kube_int },
    { "periodSeconds", SCL_PROBE_INTERVAL, scl_kube_int },
    { "timeoutSeconds", SCL_PROBE_TIMEOUT, scl_kube_int },
    { "failureThreshold", SCL_PROBE_FAILURES, scl_kube_int },
    { NULL, SCL_NONE, NULL },
};

static const struct {
    struct scl_str key;
    const char *kind;
} probe_kinds[] = {
    { SCL_STR("exec"), "exec" }, { SCL_STR("httpGet"), "http" }, { SCL_STR("tcpSocket"), "tcp" },
    { SCL_STR("grpc"), "grpc" }, { SCL_STR("sleep"), "sleep" },
};

static void
add_probe(struct scl_lowering *l, uint32_t object, unsigned field, const char *phase,
          const struct scl_tree *node)
{
    uint32_t made;

    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP)) {
        scl_build_open(l->d, object, field);
        return;
    }
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    scl_build_text(l->d, made, SCL_PROBE_PHASE, scl_str_c(phase), scl_rows_origin(l, node));
    for (size_t i = 0; i < sizeof probe_kinds / sizeof *probe_kinds; i++) {
        const struct scl_tree *kind = scl_tree_find(node, probe_kinds[i].key);

        if (kind && kind->kind != SCL_TREE_NULL)
            scl_build_text(l->d, made, SCL_PROBE_KIND, scl_str_c(probe_kinds[i].kind),
                           scl_rows_origin(l, kind));
    }
    scl_rows_apply(l, made, scl_kube_probe_rows, node);
}

/* A probe is a health check; what the image has of one does not count. */
static void
read_probe(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str key = scl_tree_key(node);
    const char *phase = scl_str_is(key, "livenessProbe")    ? "liveness"
                        : scl_str_is(key, "readinessProbe") ? "readiness"
                                                            : "startup";

    add_probe(l, object, field, phase, node);
    scl_build_group(l->d, object, SCL_CONTAINER_HEALTHCHECK, scl_rows_origin(l, node));
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, true,
                   scl_build_derived(l->d, object, SCL_CONTAINER_PROBES));
}

static void
read_lifecycle(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    bool is_start = scl_str_is(scl_tree_key(node), "postStart");

    add_probe(l, object, field, is_start ? "post_start" : "pre_stop", node);
}

/* Signals may be written with or without SIG; the model has what is written. */
const struct scl_json_row scl_kube_process_rows[] = {
    { AT("env"), SCL_CONTAINER_ENV, read_env },
    { AT("envFrom"), SCL_CONTAINER_ENV_FROM, read_env_from },
    { AT("ports"), SCL_CONTAINER_PORTS, read_ports },
    { AT("livenessProbe"), SCL_CONTAINER_PROBES, read_probe },
    { AT("readinessProbe"), SCL_CONTAINER_PROBES, read_probe },
    { AT("startupProbe"), SCL_CONTAINER_PROBES, read_probe },
    { AT("livenessProbe"), SCL_CONTAINER_HEALTHCHECK, NULL },
    { AT("livenessProbe"), SCL_CONTAINER_HEALTHCHECK_DECLARED, NULL },
    { AT("lifecycle"), SCL_NONE, scl_row_object },
    { AT("lifecycle.postStart"), SCL_CONTAINER_LIFECYCLE, read_lifecycle },
    { AT("lifecycle.preStop"), SCL_CONTAINER_LIFECYCLE, read_lifecycle },
    { AT("lifecycle.stopSignal"), SCL_CONTAINER_STOP_SIGNAL, scl_kube_text },
    { NULL, SCL_NONE, NULL },
};
