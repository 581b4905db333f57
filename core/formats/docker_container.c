/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_container.c: a container as `docker inspect` prints it
 *
 * It is resolved: Config is merged with that of the image, so that an empty user is root. In what
 * the engine writes, 0 and "" mostly mean that nothing was said, and null does.
 */
#include "formats/docker_container.h"

#include "formats/asked.h"
#include "formats/docker_inspect.h"
#include "formats/oci_image.h"
#include "formats/oci_runtime.h"

#include <string.h>

const struct scl_tree *
scl_docker_host(const struct scl_tree *root)
{
    const struct scl_tree *host = scl_tree_find(root, SCL_S("HostConfig"));

    return host ? host : root;
}

/* Path and Args together. */
static void
read_path(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *rest = scl_rows_find(l->root, "Args");

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    scl_build_item_text(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
    if (rest)
        scl_row_texts(l, object, field, rest);
    else if (scl_rows_is_lost(l->root, "Args"))
        scl_build_open(l->d, object, field);
}

/* 0 with a limit of memory means as much swap as memory, without one no limit. */
static void
read_swap(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *memory = scl_rows_find(scl_docker_host(l->root), "Memory");
    int64_t swap, bytes;

    scl_row_limit(l, object, field, node);
    if (!scl_tree_int(node, &swap) || swap != 0 || !scl_tree_int(memory, &bytes) || bytes <= 0)
        return;
    if (bytes > INT64_MAX / 2)
        scl_rows_refuse(l, object, field, memory, "the number is too large");
    else
        scl_build_int(l->d, object, field, bytes * 2,
                      scl_build_derived(l->d, object, SCL_CONTAINER_MEMORY_LIMIT));
}

/* -1 means that nothing was said. */
static void
read_swappiness(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t number;

    if (!scl_tree_int(node, &number) || number >= 0)
        scl_row_int(l, object, field, node);
}

/* Processors are said in billionths, else as time in a period; 0 of both is no limit. */
static void
read_processors(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t nano;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (!scl_tree_int(node, &nano))
        scl_rows_refuse(l, object, field, node, "expected a whole number");
    else if (nano > 0)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

static void
read_quota(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *host = scl_docker_host(l->root);
    int64_t quota, period = 0, nano;

    (void)field;
    if (scl_tree_int(scl_rows_find(host, "NanoCpus"), &nano) && nano > 0)
        return;
    if (!scl_tree_int(scl_rows_find(host, "CpuPeriod"), &period))
        period = 0;
    if (!scl_tree_int(node, &quota))
        scl_rows_refuse(l, object, SCL_CONTAINER_CPU_LIMIT, node, "expected a whole number");
    else if (quota > 0 || !scl_rows_find(host, "NanoCpus"))
        scl_cpu_quota(l, object, SCL_CONTAINER_CPU_LIMIT, quota, period, node);
}

const struct scl_json_row scl_docker_ulimit_rows[] = {
    { "Name", SCL_ULIMIT_NAME, scl_row_rlimit_name },
    { "Soft", SCL_ULIMIT_SOFT, scl_row_rlimit },
    { "Hard", SCL_ULIMIT_HARD, scl_row_rlimit },
    { NULL, SCL_NONE, NULL },
};

static void
read_ulimits(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_docker_ulimit_rows, NULL);
}

static const struct scl_json_row device_rows[] = {
    { "PathOnHost", SCL_DEVICE_SOURCE, scl_row_text },
    { "PathInContainer", SCL_DEVICE_TARGET, scl_row_text },
    { "CgroupPermissions", SCL_DEVICE_PERMISSIONS, scl_row_text },
    { "", SCL_DEVICE_CLASS, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
finish_device(struct scl_lowering *l, uint32_t device, const struct scl_tree *node)
{
    (void)node;
    scl_build_text(l->d, device, SCL_DEVICE_CLASS, SCL_S("path"), 0);
}

static void
read_devices(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, device_rows, finish_device);
}

static void
add_request(struct scl_lowering *l, uint32_t object, const struct scl_tree *node,
            const char *class, struct scl_str source)
{
    uint32_t made = scl_build_object(l->d, object, SCL_CONTAINER_DEVICES,
                                     scl_rows_origin(l, node));

    scl_build_text(l->d, made, SCL_DEVICE_CLASS, scl_str_c(class), 0);
    scl_build_text(l->d, made, SCL_DEVICE_SOURCE, source, scl_rows_origin(l, node));
}

/* Devices that a driver chooses, and those with a name of their own: the driver `cdi` has these. */
static void
read_requests(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST) || node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_DEVICES);
    for (uint32_t i = 0; node->kind == SCL_TREE_LIST && i < scl_tree_count(node); i++) {
        const struct scl_tree *request = scl_tree_child(node, i);
        const struct scl_tree *names = scl_rows_find(request, "DeviceIDs");
        const struct scl_tree *count = scl_rows_find(request, "Count");
        bool is_cdi = scl_str_is(scl_rows_text_at(request, "Driver"), "cdi");
        int64_t number;

        for (uint32_t k = 0; names && k < scl_tree_count(names); k++)
            add_request(l, object, request, is_cdi ? "cdi" : "gpu",
                        scl_tree_text(scl_tree_child(names, k)));
        if ((!names || !scl_tree_count(names)) && scl_tree_int(count, &number))
            add_request(l, object, request, is_cdi ? "cdi" : "gpu",
                        number < 0 ? SCL_S("all") : scl_tree_text(count));
    }
}

const struct scl_json_row scl_docker_extra_host_rows[] = {
    { "", SCL_EXTRA_HOST_HOST, NULL },
    { "", SCL_EXTRA_HOST_IP, NULL },
    { NULL, SCL_NONE, NULL },
};

void
scl_docker_extra_hosts(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, scl_asked_extra_host);
}

/* An empty policy is the one of no restart. */
static void
read_restart(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    scl_build_text(l->d, object, field, node->count ? scl_tree_text(node) : SCL_S("no"),
                   scl_rows_origin(l, node));
}

/* Times are whole numbers of billionths of a second; 0 says nothing. */
static void
read_time(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t nano;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (!scl_tree_int(node, &nano))
        scl_rows_refuse(l, object, field, node, "expected a whole number");
    else if (nano > 0)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
}

static void
read_seconds(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    enum { MOST_SECONDS = 1000000000, BILLION = 1000000000 };
    int64_t seconds;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_tree_int(node, &seconds) && seconds >= -1 && seconds <= MOST_SECONDS)
        scl_build_decimal(l->d, object, field, seconds * BILLION, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a number of seconds");
}

/* In a request an empty user is that of the image. */
static void
read_some_user(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_STRING || node->count)
        scl_image_user(l, object, field, node);
}

/* What runs in it: below Config of a container that is there, at the top of a request. */
#define CONFIG_ROWS(at, read_user) \
    { at "Image", SCL_CONTAINER_IMAGE_RAW, scl_row_image }, \
    { at "Image", SCL_CONTAINER_IMAGE_NAME, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_REGISTRY, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_REPOSITORY, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_TAG, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_DIGEST, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_DIGEST_ALGO, NULL }, \
    { at "Image", SCL_CONTAINER_IMAGE_PIN, NULL }, \
    { at "User", SCL_CONTAINER_USER_RAW, read_user }, \
    { at "User", SCL_CONTAINER_USER_UID, NULL }, \
    { at "User", SCL_CONTAINER_USER_GID, NULL }, \
    { at "User", SCL_CONTAINER_USER_NAME, NULL }, \
    { at "User", SCL_CONTAINER_USER_GROUP, NULL }, \
    { at "User", SCL_CONTAINER_USER_IS_ROOT, NULL }, \
    { at "User", SCL_CONTAINER_USER_CERTAINTY, NULL }, \
    { at "User", SCL_CONTAINER_USER_ROOT_MAPS, NULL }, \
    { at "Tty", SCL_CONTAINER_TTY, scl_row_bool }, \
    { at "OpenStdin", SCL_CONTAINER_STDIN, scl_row_bool }, \
    { at "ExposedPorts", SCL_CONTAINER_EXPOSED_PORTS, scl_image_ports }, \
    { at "Env", SCL_CONTAINER_ENV, scl_row_env }, \
    { at "Healthcheck", SCL_CONTAINER_HEALTHCHECK, scl_row_group }, \
    { at "Healthcheck.Test", SCL_CONTAINER_HEALTHCHECK_TEST, scl_image_test }, \
    { at "Healthcheck.Test", SCL_CONTAINER_HEALTHCHECK_DECLARED, NULL }, \
    { at "Healthcheck.Test", SCL_CONTAINER_HEALTHCHECK_DISABLED, NULL }, \
    { at "Healthcheck.Interval", SCL_CONTAINER_HEALTHCHECK_INTERVAL, read_time }, \
    { at "Healthcheck.Timeout", SCL_CONTAINER_HEALTHCHECK_TIMEOUT, read_time }, \
    { at "Healthcheck.StartPeriod", SCL_CONTAINER_HEALTHCHECK_START_PERIOD, read_time }, \
    { at "Healthcheck.Retries", SCL_CONTAINER_HEALTHCHECK_RETRIES, scl_row_some_int }, \
    { at "Hostname", SCL_CONTAINER_HOSTNAME, scl_row_some_text }, \
    { at "Domainname", SCL_CONTAINER_DOMAINNAME, scl_row_some_text }, \
    { at "Entrypoint", SCL_CONTAINER_ENTRYPOINT, scl_row_texts }, \
    { at "Cmd", SCL_CONTAINER_COMMAND, scl_row_texts }, \
    { at "WorkingDir", SCL_CONTAINER_WORKING_DIR, scl_row_some_text }, \
    { at "StopSignal", SCL_CONTAINER_STOP_SIGNAL, scl_row_some_text }, \
    { at "StopTimeout", SCL_CONTAINER_STOP_TIMEOUT, read_seconds }, \
    { at "Labels", SCL_CONTAINER_LABELS, scl_row_map }

static const struct scl_json_row config_rows[] = {
    CONFIG_ROWS("Config.", scl_image_user),
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row request_rows[] = {
    CONFIG_ROWS("", read_some_user),
    { NULL, SCL_NONE, NULL },
};

#define NAMESPACE_ROWS(path, id) \
    { path, SCL_CONTAINER_NS_##id, scl_docker_namespace }, \
    { path, SCL_CONTAINER_NS_##id##_MODE, NULL }, \
    { path, SCL_CONTAINER_NS_##id##_TARGET, NULL }, \
    { path, SCL_CONTAINER_NS_##id##_HOST, NULL }

/* How the host confines it. */
static const struct scl_json_row host_rows[] = {
    { "HostConfig.GroupAdd", SCL_CONTAINER_GROUPS, scl_row_texts },
    { "HostConfig.Privileged", SCL_CONTAINER_PRIVILEGED, scl_row_bool },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_NO_NEW_PRIVILEGES, NULL },
    { "HostConfig.ReadonlyRootfs", SCL_CONTAINER_READONLY_ROOTFS, scl_row_bool },
    { "HostConfig.Init", SCL_CONTAINER_INIT, scl_row_bool },
    { "HostConfig.CapAdd", SCL_CONTAINER_CAPABILITIES, NULL },
    { "HostConfig.CapAdd", SCL_CONTAINER_CAP_ADD, scl_row_capabilities },
    { "HostConfig.CapDrop", SCL_CONTAINER_CAP_DROP, scl_row_capabilities },
    { "HostConfig.CapAdd", SCL_CONTAINER_CAP_EFFECTIVE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECCOMP, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECCOMP_MODE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECCOMP_CONFINED, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECCOMP_DEFAULT_ACTION, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_APPARMOR, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_APPARMOR_MODE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_APPARMOR_PROFILE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX_MODE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX_USER, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX_ROLE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX_TYPE, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SELINUX_LEVEL, NULL },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECCOMP_PROFILE, NULL },
    { "HostConfig.SecurityOpt", SCL_NONE, scl_docker_security },
    { "HostConfig.SecurityOpt", SCL_CONTAINER_SECURITY_OPT, NULL },
    { "HostConfig.MaskedPaths", SCL_CONTAINER_MASKED_PATHS, scl_row_texts },
    { "HostConfig.ReadonlyPaths", SCL_CONTAINER_READONLY_PATHS, scl_row_texts },
    NAMESPACE_ROWS("HostConfig.PidMode", PID),
    NAMESPACE_ROWS("HostConfig.NetworkMode", NET),
    NAMESPACE_ROWS("HostConfig.IpcMode", IPC),
    NAMESPACE_ROWS("HostConfig.UTSMode", UTS),
    NAMESPACE_ROWS("HostConfig.UsernsMode", USER),
    NAMESPACE_ROWS("HostConfig.CgroupnsMode", CGROUP),
    { "HostConfig.CgroupMode", SCL_CONTAINER_NS_CGROUP, scl_docker_namespace }, /* Podman's */
    { "HostConfig.Devices", SCL_CONTAINER_DEVICES, read_devices },
    { "HostConfig.DeviceRequests", SCL_NONE, read_requests },
    { "HostConfig.DeviceCgroupRules", SCL_CONTAINER_DEVICE_CGROUP_RULES, scl_row_texts },
    { "HostConfig.PortBindings", SCL_CONTAINER_PORTS, scl_docker_bindings },
    { "HostConfig.PublishAllPorts", SCL_CONTAINER_PUBLISH_ALL, scl_row_bool },
    { "HostConfig.Memory", SCL_CONTAINER_RESOURCES, NULL },
    { "HostConfig.Memory", SCL_CONTAINER_MEMORY_LIMIT, scl_row_limit },
    { "HostConfig.MemoryReservation", SCL_CONTAINER_MEMORY_RESERVATION, scl_row_limit },
    { "HostConfig.MemorySwap", SCL_CONTAINER_MEMORY_SWAP_LIMIT, read_swap },
    { "HostConfig.MemorySwappiness", SCL_CONTAINER_MEMORY_SWAPPINESS, read_swappiness },
    { "HostConfig.OomKillDisable", SCL_CONTAINER_OOM_KILL_DISABLE, scl_row_bool },
    { "HostConfig.OomScoreAdj", SCL_CONTAINER_OOM_SCORE_ADJ, scl_row_int },
    { "HostConfig.NanoCpus", SCL_CONTAINER_CPU_LIMIT, read_processors },
    { "HostConfig.CpuQuota", SCL_NONE, read_quota },
    { "HostConfig.CpuShares", SCL_CONTAINER_CPU_SHARES, scl_row_some_int },
    { "HostConfig.CpusetCpus", SCL_CONTAINER_CPUSET, scl_row_some_text },
    { "HostConfig.PidsLimit", SCL_CONTAINER_PIDS_LIMIT, scl_row_limit },
    { "HostConfig.ShmSize", SCL_CONTAINER_SHM_SIZE, scl_row_some_int },
    { "HostConfig.Ulimits", SCL_CONTAINER_ULIMITS, read_ulimits },
    { "HostConfig.RestartPolicy", SCL_CONTAINER_RESTART, scl_row_group },
    { "HostConfig.RestartPolicy.Name", SCL_CONTAINER_RESTART_POLICY, read_restart },
    { "HostConfig.RestartPolicy.MaximumRetryCount", SCL_CONTAINER_RESTART_MAX_RETRIES,
      scl_row_limit },
    { "HostConfig.LogConfig", SCL_CONTAINER_LOGGING, scl_row_group },
    { "HostConfig.LogConfig.Type", SCL_CONTAINER_LOGGING_DRIVER, scl_row_some_text },
    { "HostConfig.LogConfig.Config", SCL_CONTAINER_LOGGING_OPTIONS, scl_row_map },
    { "HostConfig.Sysctls", SCL_CONTAINER_SYSCTLS, scl_row_map },
    { "HostConfig.ExtraHosts", SCL_CONTAINER_EXTRA_HOSTS, scl_docker_extra_hosts },
    { "HostConfig.Dns", SCL_CONTAINER_DNS, NULL },
    { "HostConfig.Dns", SCL_CONTAINER_DNS_SERVERS, scl_row_texts },
    { "HostConfig.DnsSearch", SCL_CONTAINER_DNS_SEARCH, scl_row_texts },
    { "HostConfig.DnsOptions", SCL_CONTAINER_DNS_OPTIONS, scl_row_texts },
    { "HostConfig.Annotations", SCL_CONTAINER_ANNOTATIONS, scl_row_map },
    { "HostConfig.CgroupParent", SCL_CONTAINER_CGROUP_PARENT, scl_row_some_text },
    { "HostConfig.Runtime", SCL_CONTAINER_RUNTIME, scl_row_some_text },
    { "HostConfig.AutoRemove", SCL_CONTAINER_AUTO_REMOVE, scl_row_bool },
    { "HostConfig.VolumesFrom", SCL_CONTAINER_VOLUMES_FROM, scl_row_texts },
    { "HostConfig.Links", SCL_CONTAINER_LINKS, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

/* What the engine made of it. */
static const struct scl_json_row engine_rows[] = {
    { "Image", SCL_CONTAINER_IMAGE_ID, scl_row_some_text },
    { "Path", SCL_CONTAINER_ARGV, read_path },
    { "AppArmorProfile", SCL_NONE, scl_docker_apparmor },
    { "ProcessLabel", SCL_NONE, scl_docker_process_label },
    { "Mounts", SCL_CONTAINER_MOUNTS, scl_docker_mounts },
    { "Mounts", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { "Mounts", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { "NetworkSettings.Ports", SCL_NONE, scl_docker_live_ports },
    { NULL, SCL_NONE, NULL },
};

/* Mounts where no list says what became of them; a tmpfs is in none. */
static const struct scl_json_row asked_mount_rows[] = {
    { "HostConfig.Binds", SCL_NONE, scl_docker_binds },
    { "HostConfig.Mounts", SCL_NONE, scl_docker_host_mounts },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row tmpfs_rows[] = {
    { "HostConfig.Tmpfs", SCL_NONE, scl_docker_tmpfs },
    { NULL, SCL_NONE, NULL },
};

/* Where every container has one. */
static const struct scl_json_row constant_rows[] = {
    { "Name", SCL_CONTAINER_NAME, NULL },
    { "", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { "", SCL_CONTAINER_ROLE, NULL },
    { "Platform", SCL_CONTAINER_OS, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
read_image_name(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    (void)field;
    if (!scl_build_has(l->d, object, SCL_CONTAINER_IMAGE_RAW))
        scl_row_image(l, object, SCL_CONTAINER_IMAGE_RAW, node);
}

/* Podman tells which capabilities came of it, and the image where its settings do not. */
static const struct scl_json_row podman_rows[] = {
    { "BoundingCaps", SCL_CONTAINER_CAP_BOUNDING, scl_runtime_capabilities },
    { "OCIRuntime", SCL_CONTAINER_RUNTIME, scl_row_some_text },
    { "ImageName", SCL_NONE, read_image_name },
    { NULL, SCL_NONE, NULL },
};

static void
set_constants(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *name = scl_rows_find(l->root, "Name");
    const struct scl_tree *platform = scl_rows_find(l->root, "Platform");
    struct scl_str text = scl_rows_text_at(l->root, "Name");

    if (text.len && text.at[0] == '/')
        text = scl_str_sub(text, 1, text.len);
    if (text.len)
        scl_build_text(l->d, object, SCL_CONTAINER_NAME, text, scl_rows_origin(l, name));
    scl_build_text(l->d, object, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(l->d->family), 0);
    scl_build_text(l->d, object, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    text = scl_rows_text_at(l->root, "Platform");
    if (text.len)
        scl_build_text(l->d, object, SCL_CONTAINER_OS, text, scl_rows_origin(l, platform));
    else
        scl_build_text(l->d, object, SCL_CONTAINER_OS, SCL_S("linux"), 0);
}

const struct scl_json_row *const scl_docker_container_rows[] = {
    config_rows, host_rows, engine_rows, constant_rows, scl_docker_mount_rows,
    scl_docker_port_rows, scl_env_rows, scl_docker_ulimit_rows, device_rows,
    scl_docker_extra_host_rows, NULL,
};

/* The fields of a table, from the part of the container whose name its paths begin with. */
static void
apply(struct scl_lowering *l, uint32_t object, const struct scl_json_row *rows,
      const struct scl_tree *from, const char *part)
{
    size_t skipped = strlen(part);

    if (!from || from->kind == SCL_TREE_NULL) {
        scl_rows_lose(l, object, rows, from ? from : l->root);
        return;
    }
    scl_rows_bind_part(l, object, rows, from, skipped);
    scl_rows_apply_part(l, object, rows, from, skipped);
}

/* A part that is there and no object is noted once; its fields are unknown. */
static void
expect_part(struct scl_lowering *l, uint32_t object, const struct scl_tree *part)
{
    if (part && part->kind != SCL_TREE_NULL)
        scl_rows_expect(l, object, SCL_NONE, part, SCL_TREE_MAP);
}

/* Where a request says its mounts; in its own rows nothing stands twice. */
static const struct scl_json_row request_mount_rows[] = {
    { "HostConfig.Binds", SCL_CONTAINER_MOUNTS, NULL },
    { "Mounts", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { "Mounts", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_docker_request_rows[] = {
    request_rows, host_rows, request_mount_rows, constant_rows, scl_docker_mount_rows,
    scl_docker_port_rows, scl_env_rows, scl_docker_ulimit_rows, device_rows,
    scl_docker_extra_host_rows, NULL,
};

void
scl_docker_request(struct scl_lowering *l)
{
    const struct scl_tree *host = scl_docker_host(l->root);
    uint32_t container = scl_rows_subject(l, SCL_TYPE_CONTAINER, scl_str_n("", 0));

    if (!container)
        return;
    scl_rows_say_all(l, scl_docker_request_rows);
    expect_part(l, container, host);
    set_constants(l, container);
    apply(l, container, request_rows, l->root, "");
    apply(l, container, host_rows, host == l->root ? NULL : host, "HostConfig.");
    apply(l, container, asked_mount_rows, host, "HostConfig.");
    apply(l, container, tmpfs_rows, host, "HostConfig.");
    scl_asked_finish_swap(l, container);
}

void
scl_docker_container(struct scl_lowering *l, struct scl_docker_says *says)
{
    const struct scl_tree *root = l->root, *host = scl_docker_host(root);
    const struct scl_tree *config = scl_tree_find(root, SCL_S("Config"));
    const struct scl_tree *mounts = scl_rows_find(root, "Mounts");
    bool has_list = host != root && mounts && mounts->kind == SCL_TREE_LIST;
    uint32_t container;

    l->says = says->container;
    container = scl_rows_subject(l, SCL_TYPE_CONTAINER, scl_str_n("", 0));
    if (!container)
        return;
    if (!says->container) {
        scl_rows_say_all(l, scl_docker_container_rows);
        says->container = l->says;
    }
    expect_part(l, container, config);
    expect_part(l, container, host);
    set_constants(l, container);
    apply(l, container, config_rows, config, "Config.");
    apply(l, container, host_rows, host, "HostConfig.");
    apply(l, container, engine_rows, host == root ? NULL : root, "");
    if (!has_list) {
        apply(l, container, asked_mount_rows, host, "HostConfig.");
        scl_build_list(l->d, container, SCL_CONTAINER_MOUNTS, scl_rows_origin(l, host));
        scl_build_open(l->d, container, SCL_CONTAINER_MOUNTS); /* the image has volumes too */
    }
    apply(l, container, tmpfs_rows, host, "HostConfig.");
    if (!scl_docker_is_podman(root))
        return;
    scl_rows_say(l, podman_rows);
    apply(l, container, podman_rows, root, "");
}
