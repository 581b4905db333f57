/* SPDX-License-Identifier: Apache-2.0 */
/*
 * daemon_json.c: the configuration of a Docker engine, daemon.json
 *
 * The engine does not start with a key that it does not know, so that one is an error here. What
 * the file does not say is the engine's default, unless a flag of its command line says it.
 */
#include "formats/asked.h"
#include "formats/docker_container.h"
#include "formats/format.h"
#include "formats/host.h"

/* ---- listeners and registries ---- */

const struct scl_json_row scl_host_listener_rows[] = {
    { "", SCL_LISTENER_RAW, NULL },
    { "", SCL_LISTENER_SCHEME, NULL },
    { "", SCL_LISTENER_HOST, NULL },
    { "", SCL_LISTENER_PORT, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_host_registry_rows[] = {
    { "", SCL_REGISTRY_NAME, NULL },
    { "", SCL_REGISTRY_SCHEME, NULL },
    { "", SCL_REGISTRY_SECURE, NULL },
    { "", SCL_REGISTRY_MIRROR, NULL },
    { NULL, SCL_NONE, NULL },
};

/* SCHEME://REST; without a scheme an address is one of tcp. */
static struct scl_str
cut_scheme(struct scl_str *text, struct scl_str otherwise)
{
    size_t at = scl_str_find(*text, SCL_S("://"));
    struct scl_str scheme = scl_str_sub(*text, 0, at);

    if (at == SIZE_MAX)
        return otherwise;
    *text = scl_str_sub(*text, at + 3, text->len);
    return scheme;
}

/* HOST[:PORT], where an address of IPv6 is in brackets. */
static void
set_address(struct scl_lowering *l, uint32_t listener, struct scl_str rest, uint32_t origin)
{
    size_t slash = scl_str_find_char(rest, '/'), colon;
    int64_t port;

    rest = scl_str_sub(rest, 0, slash);
    colon = scl_str_find_last(rest, ':');
    if (colon != SIZE_MAX &&
        scl_str_find_char(scl_str_sub(rest, colon, rest.len), ']') == SIZE_MAX &&
        scl_str_int(scl_str_sub(rest, colon + 1, rest.len), &port)) {
        scl_build_int(l->d, listener, SCL_LISTENER_PORT, port, origin);
        rest = scl_str_sub(rest, 0, colon);
    }
    if (rest.len > 1 && rest.at[0] == '[' && rest.at[rest.len - 1] == ']')
        rest = scl_str_sub(rest, 1, rest.len - 2);
    scl_build_text(l->d, listener, SCL_LISTENER_HOST, rest, origin);
}

uint32_t
scl_host_listener(struct scl_lowering *l, uint32_t object, struct scl_str text, uint32_t origin)
{
    uint32_t made = scl_build_object(l->d, object, SCL_HOST_HOSTS, origin);
    struct scl_str rest = text, scheme = cut_scheme(&rest, SCL_S("tcp"));
    bool is_tcp = scl_str_is(scheme, "tcp") || scl_str_is(scheme, "http") ||
                  scl_str_is(scheme, "https");

    scl_build_text(l->d, made, SCL_LISTENER_RAW, text, origin);
    scl_build_text(l->d, made, SCL_LISTENER_SCHEME, is_tcp ? SCL_S("tcp") : scheme, origin);
    if (is_tcp)
        set_address(l, made, rest, origin);
    return made;
}

static void
add_listener(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    (void)field;
    scl_host_listener(l, object, scl_tree_text(node), scl_rows_origin(l, node));
}

void
scl_host_listeners(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_listener);
}

uint32_t
scl_host_registry(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node, struct scl_str text)
{
    uint32_t origin = scl_rows_origin(l, node);
    uint32_t made = scl_build_object(l->d, object, field, origin);
    struct scl_str rest = text, scheme = cut_scheme(&rest, SCL_S(""));
    bool is_mirror = field == SCL_HOST_REGISTRY_MIRRORS;

    scl_build_text(l->d, made, SCL_REGISTRY_NAME, text, origin);
    if (scheme.len)
        scl_build_text(l->d, made, SCL_REGISTRY_SCHEME, scheme, origin);
    scl_build_bool(l->d, made, SCL_REGISTRY_SECURE, is_mirror && !scl_str_is(scheme, "http"),
                   origin);
    scl_build_bool(l->d, made, SCL_REGISTRY_MIRROR, is_mirror, 0);
    return made;
}

static void
add_registry(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    scl_host_registry(l, object, field, node, scl_tree_text(node));
}

void
scl_host_registries(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_registry);
}

/* ---- other values ---- */

void
scl_host_map(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (item->kind != SCL_TREE_MAP && item->kind != SCL_TREE_LIST)
            scl_build_entry(l->d, object, field, scl_tree_key(item), scl_tree_text(item),
                            scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* Bytes, or a text as `64M`. */
static void
read_size(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t bytes;

    if (node->kind == SCL_TREE_NUMBER)
        scl_row_int(l, object, field, node);
    else if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    else if (scl_asked_bytes_of(scl_tree_text(node), &bytes))
        scl_build_int(l->d, object, field, bytes, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a size, as 64M");
}

static void
read_ulimits(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t made;

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        made = scl_build_object(l->d, object, field, scl_rows_origin(l, item));
        scl_build_text(l->d, made, SCL_ULIMIT_NAME, scl_tree_key(item),
                       scl_build_origin(l->d, item->key_span, item->key_span));
        scl_rows_apply(l, made, scl_docker_ulimit_rows, item);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* Keys that the engine knows; those without a field say nothing that the model has. */
static const struct scl_json_row rows[] = {
    { "allow-direct-routing", SCL_HOST_ALLOW_DIRECT_ROUTING, scl_row_bool },
    { "authorization-plugins", SCL_HOST_AUTHORIZATION_PLUGINS, scl_row_texts },
    { "bip", SCL_NONE, NULL },
    { "bip6", SCL_NONE, NULL },
    { "bridge", SCL_HOST_BRIDGE, scl_row_some_text },
    { "bridge-accept-fwmark", SCL_NONE, NULL },
    { "builder", SCL_NONE, NULL },
    { "cgroup-parent", SCL_HOST_CGROUP_PARENT, scl_row_some_text },
    { "cluster-advertise", SCL_NONE, NULL },
    { "cluster-store", SCL_NONE, NULL },
    { "cluster-store-opts", SCL_NONE, NULL },
    { "containerd", SCL_HOST_CONTAINERD, scl_row_some_text },
    { "containerd-namespace", SCL_NONE, NULL },
    { "containerd-namespaces", SCL_NONE, NULL },
    { "containerd-plugin-namespace", SCL_NONE, NULL },
    { "containerd-plugins-namespace", SCL_NONE, NULL },
    { "cpu-rt-period", SCL_NONE, NULL },
    { "cpu-rt-runtime", SCL_NONE, NULL },
    { "cdi-spec-dirs", SCL_NONE, NULL },
    { "data-root", SCL_HOST_DATA_ROOT, scl_row_some_text },
    { "debug", SCL_HOST_DEBUG, scl_row_bool },
    { "default-address-pools", SCL_NONE, NULL },
    { "default-cgroupns-mode", SCL_HOST_DEFAULT_CGROUPNS_MODE, scl_row_some_text },
    { "default-gateway", SCL_NONE, NULL },
    { "default-gateway-v6", SCL_NONE, NULL },
    { "default-ipc-mode", SCL_HOST_DEFAULT_IPC_MODE, scl_row_some_text },
    { "default-network-opts", SCL_NONE, NULL },
    { "default-runtime", SCL_HOST_DEFAULT_RUNTIME, scl_row_some_text },
    { "default-shm-size", SCL_HOST_DEFAULT_SHM_SIZE, read_size },
    { "default-ulimits", SCL_HOST_DEFAULT_ULIMITS, read_ulimits },
    { "deprecated-key-path", SCL_NONE, NULL },
    { "dns", SCL_NONE, NULL },
    { "dns-opts", SCL_NONE, NULL },
    { "dns-search", SCL_NONE, NULL },
    { "exec-opts", SCL_HOST_EXEC_OPTS, scl_row_texts },
    { "exec-root", SCL_NONE, NULL },
    { "experimental", SCL_HOST_EXPERIMENTAL, scl_row_bool },
    { "features", SCL_HOST_FEATURES, scl_host_map },
    { "firewall-backend", SCL_NONE, NULL },
    { "fixed-cidr", SCL_NONE, NULL },
    { "fixed-cidr-v6", SCL_NONE, NULL },
    { "graph", SCL_NONE, NULL },
    { "group", SCL_HOST_GROUP, scl_row_some_text },
    { "host-gateway-ip", SCL_NONE, NULL },
    { "host-gateway-ips", SCL_NONE, NULL },
    { "hosts", SCL_HOST_HOSTS, scl_host_listeners },
    { "http-proxy", SCL_NONE, NULL },
    { "https-proxy", SCL_NONE, NULL },
    { "icc", SCL_HOST_ICC, scl_row_bool },
    { "init", SCL_HOST_INIT, scl_row_bool },
    { "init-path", SCL_NONE, NULL },
    { "insecure-registries", SCL_HOST_INSECURE_REGISTRIES, scl_host_registries },
    { "ip", SCL_HOST_IP, scl_row_some_text },
    { "ip-forward", SCL_HOST_IP_FORWARD, scl_row_bool },
    { "ip-forward-no-drop", SCL_NONE, NULL },
    { "ip-masq", SCL_HOST_IP_MASQ, scl_row_bool },
    { "ip6tables", SCL_HOST_IP6TABLES, scl_row_bool },
    { "iptables", SCL_HOST_IPTABLES, scl_row_bool },
    { "ipv6", SCL_HOST_IPV6, scl_row_bool },
    { "isolation", SCL_NONE, NULL },
    { "labels", SCL_NONE, NULL },
    { "live-restore", SCL_HOST_LIVE_RESTORE, scl_row_bool },
    { "log-driver", SCL_HOST_LOG_DRIVER, scl_row_some_text },
    { "log-format", SCL_NONE, NULL },
    { "log-level", SCL_HOST_LOG_LEVEL, scl_row_some_text },
    { "log-opts", SCL_HOST_LOG_OPTS, scl_host_map },
    { "max-concurrent-downloads", SCL_NONE, NULL },
    { "max-concurrent-uploads", SCL_NONE, NULL },
    { "max-download-attempts", SCL_NONE, NULL },
    { "metrics-addr", SCL_HOST_METRICS_ADDR, scl_row_some_text },
    { "min-api-version", SCL_HOST_MIN_API_VERSION, scl_row_some_text },
    { "mtu", SCL_NONE, NULL },
    { "network-control-plane-mtu", SCL_NONE, NULL },
    { "network-diagnostic-port", SCL_NONE, NULL },
    { "no-new-privileges", SCL_HOST_NO_NEW_PRIVILEGES, scl_row_bool },
    { "no-proxy", SCL_NONE, NULL },
    { "node-generic-resources", SCL_NONE, NULL },
    { "nri-opts", SCL_NONE, NULL },
    { "oom-score-adjust", SCL_NONE, NULL },
    { "pidfile", SCL_NONE, NULL },
    { "proxies", SCL_NONE, NULL },
    { "raw-logs", SCL_NONE, NULL },
    { "registry-mirrors", SCL_HOST_REGISTRY_MIRRORS, scl_host_registries },
    { "allow-nondistributable-artifacts", SCL_NONE, NULL },
    { "rootless", SCL_HOST_ROOTLESS, scl_row_bool },
    { "runtimes", SCL_HOST_RUNTIMES, scl_row_keys },
    { "seccomp-profile", SCL_HOST_SECCOMP_PROFILE, scl_row_some_text },
    { "selinux-enabled", SCL_HOST_SELINUX_ENABLED, scl_row_bool },
    { "shutdown-timeout", SCL_NONE, NULL },
    { "storage-driver", SCL_HOST_STORAGE_DRIVER, scl_row_some_text },
    { "storage-opts", SCL_HOST_STORAGE_OPTS, scl_row_texts },
    { "swarm-default-advertise-addr", SCL_NONE, NULL },
    { "swarm-raft-heartbeat-tick", SCL_NONE, NULL },
    { "swarm-raft-election-tick", SCL_NONE, NULL },
    { "tls", SCL_HOST_TLS, scl_row_bool },
    { "tlscacert", SCL_HOST_TLSCACERT, scl_row_some_text },
    { "tlscert", SCL_HOST_TLSCERT, scl_row_some_text },
    { "tlskey", SCL_HOST_TLSKEY, scl_row_some_text },
    { "tlsverify", SCL_HOST_TLSVERIFY, scl_row_bool },
    { "userland-proxy", SCL_HOST_USERLAND_PROXY, scl_row_bool },
    { "userland-proxy-path", SCL_NONE, NULL },
    { "userns-remap", SCL_HOST_USERNS_REMAP, scl_row_some_text },
    { "validate", SCL_NONE, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    rows, scl_host_listener_rows, scl_host_registry_rows, scl_docker_ulimit_rows, NULL,
};

static bool
is_known(struct scl_str key)
{
    for (const struct scl_json_row *row = rows; row->path; row++)
        if (scl_str_is(key, row->path))
            return true;
    return false;
}

/* ---- the document ---- */

static enum scl_fit
fits_name(struct scl_str base_name)
{
    return scl_str_is(base_name, "daemon.json") ? SCL_FIT_MAYBE : SCL_FIT_NO;
}

/* Keys of the engine, and no others. */
static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "keys of daemon.json alone";
    if (root->kind != SCL_TREE_MAP || !scl_tree_count(root))
        return SCL_FIT_NO;
    for (uint32_t i = 0; i < scl_tree_count(root); i++)
        if (!is_known(scl_tree_key(scl_tree_child(root, i))))
            return SCL_FIT_NO;
    return SCL_FIT_YES;
}

static void
note_unknown(struct scl_lowering *l)
{
    enum { MOST_NOTES = 100 };

    for (uint32_t i = 0; i < scl_tree_count(l->root); i++) {
        const struct scl_tree *item = scl_tree_child(l->root, i);

        if (!is_known(scl_tree_key(item)) && l->noted++ < MOST_NOTES)
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, item->key_span,
                         "dockerd knows no key '%.*s', and does not start",
                         SCL_ARG(scl_tree_key(item)));
    }
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    uint32_t host = scl_rows_subject(&l, SCL_TYPE_HOST, SCL_S(""));

    (void)input;
    if (!host)
        return;
    scl_rows_say_all(&l, all_rows);
    scl_rows_bind(&l, host, rows, root);
    scl_rows_apply(&l, host, rows, root);
    note_unknown(&l);
}

const struct scl_format scl_format_daemon_json = {
    .name = "daemon-json",
    .title = "configuration of a Docker engine, daemon.json",
    .resolution = "request",
    .family = "docker",
    .sample = "{}",
    .rows = all_rows,
    .fits_name = fits_name,
    .fits_tree = fits_tree,
    .lower = lower,
};
