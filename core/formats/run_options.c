/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_options.c: the options of `docker run`, `podman run` and `nerdctl run`
 *
 * The table has all options of the three programs, because one that is not known hides what comes
 * behind it; those without a reader say nothing that the model has.
 *
 * Invariants: the table is sorted by name; an option of one program means the same in the others.
 */
#include "formats/run_options.h"

#include "formats/asked.h"
#include "formats/companions.h"
#include "formats/docker_container.h"
#include "formats/env_file.h"
#include "formats/oci_runtime.h"

#include <stdlib.h>
#include <string.h>

enum { SWITCH, TAKES }; /* a switch has a value only behind `=` */

/* ---- readers of this table alone ---- */

/* Time in a period, in microseconds; whichever is written last sees the other. */
static void
set_quota(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    int64_t quota = l->run.cpu_quota, period = l->run.cpu_period;

    if (quota > 0)
        scl_cpu_quota(l, object, SCL_CONTAINER_CPU_LIMIT, quota, period, node);
}

static bool
read_number(struct scl_lowering *l, uint32_t object, const struct scl_tree *node, int64_t *ret)
{
    if (!node->is_cut && scl_str_int(scl_tree_text(node), ret))
        return true;
    if (node->is_cut)
        scl_build_empty(l->d, object, SCL_CONTAINER_CPU_LIMIT, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, SCL_CONTAINER_CPU_LIMIT, node, "expected a whole number");
    return false;
}

static void
read_quota(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    (void)field;
    if (read_number(l, object, node, &l->run.cpu_quota))
        set_quota(l, object, node);
}

static void
read_period(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    (void)field;
    if (read_number(l, object, node, &l->run.cpu_period))
        set_quota(l, object, node);
}

/* One word; for Podman also a JSON array of them. */
static void
read_entrypoint(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);
    const struct scl_tree *words = scl_asked_array(l, node);

    scl_build_empty(l->d, object, field, SCANTLING_STATE_ABSENT, 0); /* the last one counts */
    scl_build_list(l->d, object, field, origin);
    if (!words) {
        scl_asked_item(l, object, field, node);
        return;
    }
    for (uint32_t i = 0; i < scl_tree_count(words); i++)
        scl_build_item_text(l->d, object, field, scl_tree_text(scl_tree_child(words, i)), origin);
}

static void
read_env_file(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

    scl_part_text(l, made, SCL_ENV_FILE_PATH, node, scl_tree_text(node));
    scl_build_bool(l->d, made, SCL_ENV_FILE_REQUIRED, true, 0);
    scl_env_file_read(l, object, SCL_CONTAINER_ENV, node, SCL_ENV_FILE_PLAIN, true);
}

static void
read_label_file(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    scl_env_file_read(l, object, field, node, SCL_ENV_FILE_PLAIN, true);
}

/* -1 means that nothing was said. */
static void
read_swappiness(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    if (!scl_str_is(scl_tree_text(node), "-1"))
        scl_asked_int(l, object, field, node);
}

/* 0 leaves it to the engine. */
static void
read_shm_size(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    int64_t bytes;

    if (!scl_asked_bytes_of(scl_tree_text(node), &bytes) || bytes > 0)
        scl_asked_bytes(l, object, field, node);
}

static void
read_no_healthcheck(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    bool truth = false;

    if (!scl_asked_truth_of(scl_tree_text(node), &truth) || !truth)
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_HEALTHCHECK, scl_rows_origin(l, node));
    scl_build_bool(l->d, object, field, true, scl_rows_origin(l, node));
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, false,
                   scl_build_derived(l->d, object, field));
}

static void
read_api_socket(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    bool truth = false;

    (void)field;
    if (scl_asked_truth_of(scl_tree_text(node), &truth) && truth)
        scl_asked_api_socket(l, object, node);
}

/* Ids that are mapped are those of a namespace of its own. */
static void
read_id_map(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);

    (void)field;
    if (scl_build_has(l->d, object, SCL_CONTAINER_NS_USER_MODE))
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_NS_USER, origin);
    scl_build_text(l->d, object, SCL_CONTAINER_NS_USER_MODE, SCL_S("private"), origin);
    scl_build_bool(l->d, object, SCL_CONTAINER_NS_USER_HOST, false,
                   scl_build_derived(l->d, object, SCL_CONTAINER_NS_USER_MODE));
}

static void
read_writable(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    bool truth;

    (void)object;
    (void)field;
    if (scl_asked_truth_of(scl_tree_text(node), &truth))
        l->run.is_all_read_only = !truth;
}

/* What variables the client has nobody knows. */
static void
read_env_host(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    bool truth;

    (void)field;
    if (!scl_asked_truth_of(scl_tree_text(node), &truth) || truth)
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
}

/* ---- the table ---- */

/* O(name, letter, what it takes, field, reader) */
#define OPTIONS(O) \
    O("add-host", 0, TAKES, SCL_CONTAINER_EXTRA_HOSTS, scl_asked_extra_host) \
    O("annotation", 0, TAKES, SCL_CONTAINER_ANNOTATIONS, scl_asked_entry) \
    O("arch", 0, TAKES, SCL_NONE, NULL) \
    O("attach", 'a', TAKES, SCL_NONE, NULL) \
    O("authfile", 0, TAKES, SCL_NONE, NULL) \
    O("blkio-weight", 0, TAKES, SCL_NONE, NULL) \
    O("blkio-weight-device", 0, TAKES, SCL_NONE, NULL) \
    O("cap-add", 0, TAKES, SCL_CONTAINER_CAP_ADD, scl_asked_capability) \
    O("cap-drop", 0, TAKES, SCL_CONTAINER_CAP_DROP, scl_asked_capability) \
    O("cert-dir", 0, TAKES, SCL_NONE, NULL) \
    O("cgroup-conf", 0, TAKES, SCL_NONE, NULL) \
    O("cgroup-parent", 0, TAKES, SCL_CONTAINER_CGROUP_PARENT, scl_asked_text) \
    O("cgroupns", 0, TAKES, SCL_CONTAINER_NS_CGROUP, scl_asked_namespace) \
    O("cgroups", 0, TAKES, SCL_NONE, NULL) \
    O("chrootdirs", 0, TAKES, SCL_NONE, NULL) \
    O("cidfile", 0, TAKES, SCL_NONE, NULL) \
    O("conmon-pidfile", 0, TAKES, SCL_NONE, NULL) \
    O("cosign-certificate-identity", 0, TAKES, SCL_NONE, NULL) \
    O("cosign-certificate-identity-regexp", 0, TAKES, SCL_NONE, NULL) \
    O("cosign-certificate-oidc-issuer", 0, TAKES, SCL_NONE, NULL) \
    O("cosign-certificate-oidc-issuer-regexp", 0, TAKES, SCL_NONE, NULL) \
    O("cosign-key", 0, TAKES, SCL_NONE, NULL) \
    O("cpu-count", 0, TAKES, SCL_NONE, NULL) \
    O("cpu-percent", 0, TAKES, SCL_NONE, NULL) \
    O("cpu-period", 0, TAKES, SCL_NONE, read_period) \
    O("cpu-quota", 0, TAKES, SCL_NONE, read_quota) \
    O("cpu-rt-period", 0, TAKES, SCL_NONE, NULL) \
    O("cpu-rt-runtime", 0, TAKES, SCL_NONE, NULL) \
    O("cpu-shares", 'c', TAKES, SCL_CONTAINER_CPU_SHARES, scl_asked_int) \
    O("cpus", 0, TAKES, SCL_CONTAINER_CPU_LIMIT, scl_asked_processors) \
    O("cpuset-cpus", 0, TAKES, SCL_CONTAINER_CPUSET, scl_asked_text) \
    O("cpuset-mems", 0, TAKES, SCL_NONE, NULL) \
    O("creds", 0, TAKES, SCL_NONE, NULL) \
    O("decryption-key", 0, TAKES, SCL_NONE, NULL) \
    O("detach", 'd', SWITCH, SCL_NONE, NULL) \
    O("detach-keys", 0, TAKES, SCL_NONE, NULL) \
    O("device", 0, TAKES, SCL_CONTAINER_DEVICES, scl_asked_device) \
    O("device-cgroup-rule", 0, TAKES, SCL_CONTAINER_DEVICE_CGROUP_RULES, scl_asked_item) \
    O("device-read-bps", 0, TAKES, SCL_NONE, NULL) \
    O("device-read-iops", 0, TAKES, SCL_NONE, NULL) \
    O("device-write-bps", 0, TAKES, SCL_NONE, NULL) \
    O("device-write-iops", 0, TAKES, SCL_NONE, NULL) \
    O("disable-content-trust", 0, SWITCH, SCL_NONE, NULL) \
    O("dns", 0, TAKES, SCL_CONTAINER_DNS_SERVERS, scl_asked_item) \
    O("dns-opt", 0, TAKES, SCL_CONTAINER_DNS_OPTIONS, scl_asked_item) \
    O("dns-option", 0, TAKES, SCL_CONTAINER_DNS_OPTIONS, scl_asked_item) \
    O("dns-search", 0, TAKES, SCL_CONTAINER_DNS_SEARCH, scl_asked_item) \
    O("domainname", 0, TAKES, SCL_CONTAINER_DOMAINNAME, scl_asked_text) \
    O("entrypoint", 0, TAKES, SCL_CONTAINER_ENTRYPOINT, read_entrypoint) \
    O("env", 'e', TAKES, SCL_CONTAINER_ENV, scl_asked_env) \
    O("env-file", 0, TAKES, SCL_CONTAINER_ENV_FILES, read_env_file) \
    O("env-host", 0, SWITCH, SCL_NONE, read_env_host) \
    O("env-merge", 0, TAKES, SCL_NONE, NULL) \
    O("expose", 0, TAKES, SCL_CONTAINER_EXPOSED_PORTS, scl_asked_expose) \
    O("gidmap", 0, TAKES, SCL_NONE, read_id_map) \
    O("gpus", 0, TAKES, SCL_CONTAINER_DEVICES, scl_asked_gpus) \
    O("group-add", 0, TAKES, SCL_CONTAINER_GROUPS, scl_asked_item) \
    O("group-entry", 0, TAKES, SCL_NONE, NULL) \
    O("health-cmd", 0, TAKES, SCL_CONTAINER_HEALTHCHECK_TEST, scl_asked_test) \
    O("health-interval", 0, TAKES, SCL_CONTAINER_HEALTHCHECK_INTERVAL, scl_asked_duration) \
    O("health-log-destination", 0, TAKES, SCL_NONE, NULL) \
    O("health-max-log-count", 0, TAKES, SCL_NONE, NULL) \
    O("health-max-log-size", 0, TAKES, SCL_NONE, NULL) \
    O("health-on-failure", 0, TAKES, SCL_NONE, NULL) \
    O("health-retries", 0, TAKES, SCL_CONTAINER_HEALTHCHECK_RETRIES, scl_asked_int) \
    O("health-start-interval", 0, TAKES, SCL_NONE, NULL) \
    O("health-start-period", 0, TAKES, SCL_CONTAINER_HEALTHCHECK_START_PERIOD, \
      scl_asked_duration) \
    O("health-startup-cmd", 0, TAKES, SCL_NONE, NULL) \
    O("health-startup-interval", 0, TAKES, SCL_NONE, NULL) \
    O("health-startup-retries", 0, TAKES, SCL_NONE, NULL) \
    O("health-startup-success", 0, TAKES, SCL_NONE, NULL) \
    O("health-startup-timeout", 0, TAKES, SCL_NONE, NULL) \
    O("health-timeout", 0, TAKES, SCL_CONTAINER_HEALTHCHECK_TIMEOUT, scl_asked_duration) \
    O("help", 0, SWITCH, SCL_NONE, NULL) \
    O("hostname", 'h', TAKES, SCL_CONTAINER_HOSTNAME, scl_asked_text) \
    O("hosts-file", 0, TAKES, SCL_NONE, NULL) \
    O("hostuser", 0, TAKES, SCL_NONE, NULL) \
    O("http-proxy", 0, SWITCH, SCL_NONE, NULL) \
    O("image-volume", 0, TAKES, SCL_NONE, NULL) \
    O("init", 0, SWITCH, SCL_CONTAINER_INIT, scl_asked_bool) \
    O("init-ctr", 0, TAKES, SCL_NONE, NULL) \
    O("init-path", 0, TAKES, SCL_NONE, NULL) \
    O("interactive", 'i', SWITCH, SCL_CONTAINER_STDIN, scl_asked_bool) \
    O("io-maxbandwidth", 0, TAKES, SCL_NONE, NULL) \
    O("io-maxiops", 0, TAKES, SCL_NONE, NULL) \
    O("ip", 0, TAKES, SCL_NONE, NULL) \
    O("ip6", 0, TAKES, SCL_NONE, NULL) \
    O("ipc", 0, TAKES, SCL_CONTAINER_NS_IPC, scl_asked_namespace) \
    O("ipfs-address", 0, TAKES, SCL_NONE, NULL) \
    O("isolation", 0, TAKES, SCL_NONE, NULL) \
    O("kernel-memory", 0, TAKES, SCL_NONE, NULL) \
    O("label", 'l', TAKES, SCL_CONTAINER_LABELS, scl_asked_entry) \
    O("label-file", 0, TAKES, SCL_CONTAINER_LABELS, read_label_file) \
    O("link", 0, TAKES, SCL_CONTAINER_LINKS, scl_asked_item) \
    O("link-local-ip", 0, TAKES, SCL_NONE, NULL) \
    O("log-driver", 0, TAKES, SCL_CONTAINER_LOGGING_DRIVER, scl_asked_text) \
    O("log-level", 0, TAKES, SCL_NONE, NULL) \
    O("log-opt", 0, TAKES, SCL_CONTAINER_LOGGING_OPTIONS, scl_asked_entry) \
    O("mac-address", 0, TAKES, SCL_NONE, NULL) \
    O("memory", 'm', TAKES, SCL_CONTAINER_MEMORY_LIMIT, scl_asked_bytes) \
    O("memory-reservation", 0, TAKES, SCL_CONTAINER_MEMORY_RESERVATION, scl_asked_bytes) \
    O("memory-swap", 0, TAKES, SCL_CONTAINER_MEMORY_SWAP_LIMIT, scl_asked_swap) \
    O("memory-swappiness", 0, TAKES, SCL_CONTAINER_MEMORY_SWAPPINESS, read_swappiness) \
    O("mount", 0, TAKES, SCL_CONTAINER_MOUNTS, scl_asked_mount) \
    O("name", 0, TAKES, SCL_CONTAINER_NAME, scl_asked_text) \
    O("net", 0, TAKES, SCL_CONTAINER_NETWORKS, scl_asked_network) \
    O("net-alias", 0, TAKES, SCL_NONE, NULL) \
    O("network", 0, TAKES, SCL_CONTAINER_NETWORKS, scl_asked_network) \
    O("network-alias", 0, TAKES, SCL_NONE, NULL) \
    O("no-healthcheck", 0, SWITCH, SCL_CONTAINER_HEALTHCHECK_DISABLED, read_no_healthcheck) \
    O("no-hostname", 0, SWITCH, SCL_NONE, NULL) \
    O("no-hosts", 0, SWITCH, SCL_NONE, NULL) \
    O("oom-kill-disable", 0, SWITCH, SCL_CONTAINER_OOM_KILL_DISABLE, scl_asked_bool) \
    O("oom-score-adj", 0, TAKES, SCL_CONTAINER_OOM_SCORE_ADJ, scl_asked_int) \
    O("os", 0, TAKES, SCL_NONE, NULL) \
    O("passwd", 0, SWITCH, SCL_NONE, NULL) \
    O("passwd-entry", 0, TAKES, SCL_NONE, NULL) \
    O("personality", 0, TAKES, SCL_NONE, NULL) \
    O("pid", 0, TAKES, SCL_CONTAINER_NS_PID, scl_asked_namespace) \
    O("pidfile", 0, TAKES, SCL_NONE, NULL) \
    O("pids-limit", 0, TAKES, SCL_CONTAINER_PIDS_LIMIT, scl_asked_limit) \
    O("platform", 0, TAKES, SCL_CONTAINER_PLATFORM, scl_asked_text) \
    O("pod", 0, TAKES, SCL_NONE, NULL) \
    O("pod-id-file", 0, TAKES, SCL_NONE, NULL) \
    O("preserve-fd", 0, TAKES, SCL_NONE, NULL) \
    O("preserve-fds", 0, TAKES, SCL_NONE, NULL) \
    O("privileged", 0, SWITCH, SCL_CONTAINER_PRIVILEGED, scl_asked_bool) \
    O("publish", 'p', TAKES, SCL_CONTAINER_PORTS, scl_asked_port) \
    O("publish-all", 'P', SWITCH, SCL_CONTAINER_PUBLISH_ALL, scl_asked_bool) \
    O("pull", 0, TAKES, SCL_CONTAINER_PULL_POLICY, scl_asked_text) \
    O("quiet", 'q', SWITCH, SCL_NONE, NULL) \
    O("rdt-class", 0, TAKES, SCL_NONE, NULL) \
    O("read-only", 0, SWITCH, SCL_CONTAINER_READONLY_ROOTFS, scl_asked_bool) \
    O("read-only-tmpfs", 0, SWITCH, SCL_NONE, read_writable) \
    O("replace", 0, SWITCH, SCL_NONE, NULL) \
    O("requires", 0, TAKES, SCL_NONE, NULL) \
    O("restart", 0, TAKES, SCL_CONTAINER_RESTART_POLICY, scl_asked_restart) \
    O("retry", 0, TAKES, SCL_NONE, NULL) \
    O("retry-delay", 0, TAKES, SCL_NONE, NULL) \
    O("rm", 0, SWITCH, SCL_CONTAINER_AUTO_REMOVE, scl_asked_bool) \
    O("rmi", 0, SWITCH, SCL_NONE, NULL) \
    O("rootfs", 0, SWITCH, SCL_NONE, NULL) \
    O("runtime", 0, TAKES, SCL_CONTAINER_RUNTIME, scl_asked_text) \
    O("sdnotify", 0, TAKES, SCL_NONE, NULL) \
    O("seccomp-policy", 0, TAKES, SCL_NONE, NULL) \
    O("secret", 0, TAKES, SCL_CONTAINER_SECRETS, scl_asked_secret) \
    O("security-opt", 0, TAKES, SCL_CONTAINER_SECURITY_OPT, scl_asked_security) \
    O("shm-size", 0, TAKES, SCL_CONTAINER_SHM_SIZE, read_shm_size) \
    O("shm-size-systemd", 0, TAKES, SCL_NONE, NULL) \
    O("sig-proxy", 0, SWITCH, SCL_NONE, NULL) \
    O("stop-signal", 0, TAKES, SCL_CONTAINER_STOP_SIGNAL, scl_asked_text) \
    O("stop-timeout", 0, TAKES, SCL_CONTAINER_STOP_TIMEOUT, scl_asked_seconds) \
    O("storage-opt", 0, TAKES, SCL_NONE, NULL) \
    O("subgidname", 0, TAKES, SCL_NONE, read_id_map) \
    O("subuidname", 0, TAKES, SCL_NONE, read_id_map) \
    O("sysctl", 0, TAKES, SCL_CONTAINER_SYSCTLS, scl_asked_entry) \
    O("systemd", 0, TAKES, SCL_NONE, NULL) \
    O("timeout", 0, TAKES, SCL_NONE, NULL) \
    O("tls-verify", 0, SWITCH, SCL_NONE, NULL) \
    O("tmpfs", 0, TAKES, SCL_CONTAINER_MOUNTS, scl_asked_tmpfs) \
    O("tty", 't', SWITCH, SCL_CONTAINER_TTY, scl_asked_bool) \
    O("tz", 0, TAKES, SCL_NONE, NULL) \
    O("uidmap", 0, TAKES, SCL_NONE, read_id_map) \
    O("ulimit", 0, TAKES, SCL_CONTAINER_ULIMITS, scl_asked_ulimit) \
    O("umask", 0, TAKES, SCL_NONE, NULL) \
    O("unsetenv", 0, TAKES, SCL_NONE, NULL) \
    O("unsetenv-all", 0, SWITCH, SCL_NONE, NULL) \
    O("use-api-socket", 0, SWITCH, SCL_CONTAINER_MOUNTS, read_api_socket) \
    O("user", 'u', TAKES, SCL_CONTAINER_USER_RAW, scl_asked_user) \
    O("userns", 0, TAKES, SCL_CONTAINER_NS_USER, scl_asked_namespace) \
    O("userns-remap", 0, TAKES, SCL_NONE, NULL) \
    O("uts", 0, TAKES, SCL_CONTAINER_NS_UTS, scl_asked_namespace) \
    O("variant", 0, TAKES, SCL_NONE, NULL) \
    O("verify", 0, TAKES, SCL_NONE, NULL) \
    O("volume", 'v', TAKES, SCL_CONTAINER_MOUNTS, scl_asked_volume) \
    O("volume-driver", 0, TAKES, SCL_NONE, NULL) \
    O("volumes-from", 0, TAKES, SCL_CONTAINER_VOLUMES_FROM, scl_asked_item) \
    O("workdir", 'w', TAKES, SCL_CONTAINER_WORKING_DIR, scl_asked_text)

static const struct option {
    const char *name;
    char letter;
    uint8_t takes;
    uint16_t field;
    scl_row_read_fn read;
} options[] = {
#define OPTION(name, letter, takes, field, read) { name, letter, takes, field, read },
    OPTIONS(OPTION)
#undef OPTION
};

enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static const struct scl_json_row option_rows[] = {
#define OPTION(name, letter, takes, field, read) { "--" name, field, read },
    OPTIONS(OPTION)
#undef OPTION
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row image_rows[] = {
    { "IMAGE", SCL_CONTAINER_IMAGE_RAW, NULL },
    { "COMMAND", SCL_CONTAINER_COMMAND, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_run_rows[] = {
    option_rows, image_rows, scl_asked_members, scl_asked_parts, NULL,
};

static const struct option *
find_name(struct scl_str name)
{
    size_t low = 0, high = OPTION_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = scl_str_compare(scl_str_c(options[middle].name), name);

        if (order == 0)
            return &options[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct option *
find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

/* ---- words ---- */

struct reading {
    struct scl_lowering *l;
    uint32_t object;
    const struct scl_argv *argv;
    uint32_t at; /* the next word */
};

/* The place of a part of a word; of the whole word where the text does not show it. */
static struct scl_span
span_of(const struct reading *r, const struct scl_tree *word, struct scl_str part)
{
    struct scl_str file = r->l->d->files[word->file].text;

    if (part.at >= file.at && part.at + part.len <= file.at + file.len)
        return (struct scl_span){ (uint32_t)(part.at - file.at), (uint32_t)part.len };
    return word->span;
}

/* An option with its value as an entry: key and value. */
static struct scl_tree
entry_of(const struct reading *r, const struct scl_tree *word, struct scl_str option,
         const struct scl_tree *value_word, struct scl_str value)
{
    struct scl_tree entry = *value_word;
    struct scl_span key = span_of(r, word, option);

    entry.body.text = value.at ? value.at : "";
    entry.count = (uint32_t)value.len;
    entry.is_cut = !scl_part_is_known(value);
    entry.span = value_word == word ? span_of(r, word, value) : value_word->span;
    if (value_word == word && entry.span.offset == word->span.offset)
        return entry; /* its parts have no places of their own */
    entry.key.at = r->l->d->files[word->file].text.at + key.offset;
    entry.key_span = key;
    entry.key_trim = 0;
    return entry;
}

static void
apply(struct reading *r, const struct option *option, const struct scl_tree *entry)
{
    if (option->read)
        option->read(r->l, r->object, option->field, entry);
}

/* A switch stands alone: what it says is that it is there. */
static void
apply_switch(struct reading *r, const struct option *option, const struct scl_tree *word,
             struct scl_str part)
{
    struct scl_tree entry = *word;

    entry.span = span_of(r, word, part);
    entry.body.text = "true";
    entry.count = 4;
    entry.is_cut = false;
    apply(r, option, &entry);
}

/* The value of an option is the next word. */
static bool
apply_next(struct reading *r, const struct option *option, const struct scl_tree *word,
           struct scl_str part)
{
    const struct scl_tree *value;
    struct scl_tree entry;

    if (r->at >= r->argv->count) {
        scl_rows_refuse(r->l, r->object, SCL_NONE, word, "an option without its value");
        return false;
    }
    value = &r->argv->words[r->at++];
    entry = entry_of(r, word, part, value, scl_tree_text(value));
    apply(r, option, &entry);
    return true;
}

enum { MOST_NOTES = 100 };

/* Nobody knows whether it takes the next word, unless that is an option again. */
static bool
pass_unknown(struct reading *r, const struct scl_tree *word, bool has_value)
{
    const struct scl_tree *next = r->at < r->argv->count ? &r->argv->words[r->at] : NULL;
    struct scl_note *note = NULL;
    bool is_over = !has_value && next && !scl_str_starts(scl_tree_text(next), SCL_S("-"));
    struct scl_str text = scl_tree_text(word);

    text.len = scl_str_find_char(text, '=') == SIZE_MAX ? text.len : scl_str_find_char(text, '=');
    if (r->l->noted++ < MOST_NOTES)
        note = scl_note_add(&r->l->d->notes, SCL_NOTE_WARNING, word->span, "unknown option '%.*s'",
                            SCL_ARG(scl_part_is_known(text) ? text : SCL_S("$...")));
    if (is_over)
        scl_note_also(&r->l->d->notes, note,
                      "whether the next word is its value or the image is not known, so what was "
                      "not said before it is unknown");
    return !is_over;
}

static bool
read_long(struct reading *r, const struct scl_tree *word)
{
    struct scl_str text = scl_tree_text(word), name = scl_str_sub(text, 2, text.len), value = name;
    const struct option *option;
    struct scl_tree entry;
    bool has_value;

    scl_str_cut(&value, '=', &name);
    has_value = value.at != NULL;
    option = find_name(name);
    if (!option)
        return pass_unknown(r, word, has_value);
    if (has_value) {
        entry = entry_of(r, word, scl_str_sub(text, 0, name.len + 2), word, value);
        apply(r, option, &entry);
    } else if (option->takes == SWITCH) {
        apply_switch(r, option, word, text);
    } else {
        return apply_next(r, option, word, text);
    }
    return true;
}

/* -it, -p8080:80, -m=1g, -e A=b */
static bool
read_letters(struct reading *r, const struct scl_tree *word)
{
    struct scl_str text = scl_tree_text(word), value;
    struct scl_tree entry;

    for (size_t i = 1; i < text.len; i++) {
        const struct option *option = find_letter(text.at[i]);
        bool has_equals = i + 1 < text.len && text.at[i + 1] == '=';

        if (!option)
            return pass_unknown(r, word, i + 1 < text.len);
        if (option->takes == SWITCH && !has_equals) {
            apply_switch(r, option, word, scl_str_sub(text, i == 1 ? 0 : i, i == 1 ? 2 : 1));
            continue;
        }
        if (i + 1 == text.len)
            return apply_next(r, option, word, scl_str_sub(text, i == 1 ? 0 : i, i == 1 ? 2 : 1));
        value = scl_str_sub(text, i + (has_equals ? 2 : 1), text.len);
        entry = entry_of(r, word, scl_str_sub(text, i == 1 ? 0 : i, i == 1 ? 2 : 1), word, value);
        apply(r, option, &entry);
        return true;
    }
    return true;
}

/* A word that is one reference may be options, unless nothing else follows. */
static bool
may_be_options(const struct reading *r, const struct scl_tree *word)
{
    return word->is_cut && word->style == SCL_TREE_PLAIN && word->count == 1 &&
           r->at + 1 < r->argv->count;
}

uint32_t
scl_run_options_read(struct scl_lowering *l, uint32_t object, const struct scl_argv *argv,
                     uint32_t first)
{
    struct reading r = { l, object, argv, first };

    l->run.cpu_quota = l->run.cpu_period = 0;
    l->run.is_all_read_only = false;
    while (r.at < argv->count) {
        const struct scl_tree *word = &argv->words[r.at];
        struct scl_str text = scl_tree_text(word);
        bool is_read;

        if (may_be_options(&r, word)) {
            scl_run_options_lose(l, object, word);
            return UINT32_MAX;
        }
        if (text.len < 2 || text.at[0] != '-')
            break;
        r.at++;
        if (scl_str_is(text, "--"))
            break;
        is_read = text.at[1] == '-' ? read_long(&r, word) : read_letters(&r, word);
        if (!is_read) {
            scl_run_options_lose(l, object, word);
            return UINT32_MAX;
        }
    }
    scl_run_finish(l, object);
    return r.at;
}

/* ---- what is not known ---- */

static void
lose_field(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *at)
{
    enum { MODE = 1, HOST = 3 };
    unsigned kind = scl_field(field)->kind;

    if (kind == SCL_KIND_GROUP) {
        lose_field(l, object, field + MODE, at);
        lose_field(l, object, field + HOST, at);
    } else if (kind == SCL_KIND_LIST || kind == SCL_KIND_MAP) {
        scl_build_open(l->d, object, field);
    } else if (!scl_build_has(l->d, object, field)) {
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, at));
    }
}

void
scl_run_options_lose(struct scl_lowering *l, uint32_t object, const struct scl_tree *at)
{
    static const unsigned others[] = {
        SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_CONTAINER_SECCOMP_MODE,
        SCL_CONTAINER_SECCOMP_CONFINED,  SCL_CONTAINER_APPARMOR_MODE,
        SCL_CONTAINER_SELINUX_MODE,      SCL_CONTAINER_NS_NET_MODE,
        SCL_CONTAINER_NS_NET_HOST,
    };

    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].field != SCL_NONE)
            lose_field(l, object, options[i].field, at);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        lose_field(l, object, others[i], at);
}

/* ---- options of the programs ---- */

/* Those that take a value; all others are switches. Sorted by nothing: there are few. */
static const struct scl_str globals[] = {
    SCL_STR("--config"),       SCL_STR("--context"),        SCL_STR("-c"),
    SCL_STR("-H"),             SCL_STR("--host"),           SCL_STR("-l"),
    SCL_STR("--log-level"),    SCL_STR("--tlscacert"),      SCL_STR("--tlscert"),
    SCL_STR("--tlskey"),       SCL_STR("--cgroup-manager"), SCL_STR("--conmon"),
    SCL_STR("--connection"),   SCL_STR("--events-backend"), SCL_STR("--hooks-dir"),
    SCL_STR("--identity"),     SCL_STR("--imagestore"),     SCL_STR("--module"),
    SCL_STR("--namespace"),    SCL_STR("-n"),               SCL_STR("--network-cmd-path"),
    SCL_STR("--network-config-dir"), SCL_STR("--root"),     SCL_STR("--runroot"),
    SCL_STR("--runtime"),      SCL_STR("--runtime-flag"),   SCL_STR("--ssh"),
    SCL_STR("--storage-driver"), SCL_STR("--storage-opt"),  SCL_STR("--tmpdir"),
    SCL_STR("--url"),          SCL_STR("--volumepath"),     SCL_STR("--address"),
    SCL_STR("-a"),             SCL_STR("--snapshotter"),    SCL_STR("--cni-path"),
    SCL_STR("--cni-netconfpath"), SCL_STR("--data-root"),   SCL_STR("--hosts-dir"),
    SCL_STR("--bridge-ip"),    SCL_STR("--host-gateway-ip"), SCL_STR("--userns-remap"),
};

uint32_t
scl_run_skip_globals(const struct scl_argv *argv, uint32_t first)
{
    uint32_t at = first;

    while (at < argv->count) {
        struct scl_str text = scl_tree_text(&argv->words[at]);
        bool takes = false;

        if (text.len < 2 || text.at[0] != '-')
            break;
        for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
            takes = takes || scl_str_same(globals[i], text);
        at += takes ? 2 : 1;
    }
    return at < argv->count ? at : argv->count;
}
