/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_keys.c: the keys that Compose files and their services have
 *
 * Those of the Compose specification, and of the files of versions 1 and 2 that came before it.
 * Compose refuses a file with any other, unless it begins with `x-`.
 */
#include "formats/compose.h"
#include "formats/known_keys.h"

static const char *const file_names[] = {
    "configs", "include", "models", "name", "networks", "secrets", "services", "version",
    "volumes", NULL,
};

static const char *const service_names[] = {
    "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup",
    "cgroup_parent", "command", "configs", "container_name", "cpu_count", "cpu_percent",
    "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset",
    "credential_spec", "depends_on", "deploy", "develop", "device_cgroup_rules", "devices", "dns",
    "dns_opt", "dns_search", "dockerfile", "domainname", "entrypoint", "env_file", "environment",
    "expose", "extends", "external_links", "extra_hosts", "gpus", "group_add", "healthcheck",
    "hostname", "image", "init", "ipc", "isolation", "label_file", "labels", "links", "log_driver",
    "log_opt", "logging", "mac_address", "mem_limit", "mem_reservation", "mem_swappiness",
    "memswap_limit", "models", "net", "network_mode", "networks", "oom_kill_disable",
    "oom_score_adj", "pid", "pids_limit", "platform", "ports", "post_start", "pre_start",
    "pre_stop", "privileged", "profiles", "provider", "pull_policy", "pull_refresh_after",
    "read_only", "restart", "runtime", "scale", "secrets", "security_opt", "shm_size",
    "stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls", "tmpfs", "tty",
    "ulimits", "use_api_socket", "user", "userns_mode", "uts", "volume_driver", "volumes",
    "volumes_from", "working_dir", NULL,
};

static const char *const deploy_names[] = {
    "endpoint_mode", "labels", "mode", "placement", "replicas", "resources", "restart_policy",
    "rollback_config", "update_config", NULL,
};

static const char *const resource_names[] = { "limits", "reservations", NULL };

static const char *const healthcheck_names[] = {
    "disable", "interval", "retries", "start_interval", "start_period", "test", "timeout", NULL,
};

#define KEYS(what, names, elsewhere) { what, SCL_KEY_NAMES(names), SCL_NOTE_ERROR, elsewhere }

static const struct scl_known_keys service_keys = KEYS("a service", service_names, NULL),
    file_keys = KEYS("a Compose file", file_names, &service_keys);

/* Maps in a service that settings are taken from. */
static const struct {
    const char *path;
    struct scl_known_keys keys;
} parts[] = {
    { "deploy", KEYS("deploy", deploy_names, &service_keys) },
    { "deploy.resources", KEYS("resources", resource_names, NULL) },
    { "healthcheck", KEYS("a healthcheck", healthcheck_names, &service_keys) },
};

void
scl_compose_know(struct scl_compose *c, const struct scl_tree *root)
{
    const struct scl_tree *services = scl_rows_find(root, "services");

    scl_know_keys(&c->l, root, &file_keys);
    for (uint32_t i = 0; services && i < scl_tree_count(services); i++) {
        const struct scl_tree *service = scl_tree_child(services, i), *part;

        scl_know_keys(&c->l, service, &service_keys);
        for (size_t k = 0; service->kind == SCL_TREE_MAP && k < sizeof parts / sizeof *parts; k++) {
            part = scl_rows_find(service, parts[k].path);
            if (part)
                scl_know_keys(&c->l, part, &parts[k].keys);
        }
    }
}
