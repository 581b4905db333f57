/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nomad.c: jobs of Nomad in JSON
 *
 * As the API takes and gives them, below `Job` or bare. Each task whose driver is Docker or Podman
 * is a container; what a driver is told stands in its `Config`, in the words of the driver. A group
 * has the networks and volumes of its tasks.
 */
#include "formats/nomad.h"

#include "formats/docker_container.h"
#include "formats/format.h"
#include "formats/oci_image.h"

enum driver { DOCKER, PODMAN };

static const struct scl_tree *
groups_of(const struct scl_tree *root)
{
    const struct scl_tree *groups = scl_rows_find(root, "Job.TaskGroups");

    return groups ? groups : scl_rows_find(root, "TaskGroups");
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *groups = groups_of(root);

    *ret_reason = "TaskGroups";
    return groups && groups->kind == SCL_TREE_LIST ? SCL_FIT_YES : SCL_FIT_NO;
}

/* Rows. */

/* An empty one says nothing. */
static void
read_user(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_STRING || node->count)
        scl_image_user(l, object, field, node);
}

#define NAMESPACE_ROWS(path, id) \
    { path, SCL_CONTAINER_NS_##id, scl_docker_namespace }, \
    { path, SCL_CONTAINER_NS_##id##_MODE, NULL }, \
    { path, SCL_CONTAINER_NS_##id##_TARGET, NULL }, \
    { path, SCL_CONTAINER_NS_##id##_HOST, NULL }

/* What both drivers know. */
static const struct scl_json_row task_rows[] = {
    { "Name", SCL_CONTAINER_NAME, scl_row_text },
    { "Config.image", SCL_CONTAINER_IMAGE_RAW, scl_nomad_image },
    { "Config.image", SCL_CONTAINER_IMAGE_NAME, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_REGISTRY, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_REPOSITORY, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_TAG, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_DIGEST, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_DIGEST_ALGO, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_ID, NULL },
    { "Config.image", SCL_CONTAINER_IMAGE_PIN, NULL },
    { "Driver", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { "Lifecycle.Hook", SCL_CONTAINER_ROLE, NULL },
    { "User", SCL_CONTAINER_USER_RAW, read_user },
    { "User", SCL_CONTAINER_USER_UID, NULL },
    { "User", SCL_CONTAINER_USER_GID, NULL },
    { "User", SCL_CONTAINER_USER_NAME, NULL },
    { "User", SCL_CONTAINER_USER_GROUP, NULL },
    { "User", SCL_CONTAINER_USER_IS_ROOT, NULL },
    { "User", SCL_CONTAINER_USER_CERTAINTY, NULL },
    { "User", SCL_CONTAINER_USER_ROOT_MAPS, NULL },
    { "Config.privileged", SCL_CONTAINER_PRIVILEGED, scl_nomad_bool },
    { "Config.readonly_rootfs", SCL_CONTAINER_READONLY_ROOTFS, scl_nomad_bool },
    { "Config.init", SCL_CONTAINER_INIT, scl_nomad_bool },
    { "Config.tty", SCL_CONTAINER_TTY, scl_nomad_bool },
    { "Config.cap_add", SCL_CONTAINER_CAPABILITIES, NULL },
    { "Config.cap_add", SCL_CONTAINER_CAP_ADD, scl_row_capabilities },
    { "Config.cap_drop", SCL_CONTAINER_CAP_DROP, scl_row_capabilities },
    { "Config.cap_add", SCL_CONTAINER_CAP_EFFECTIVE, NULL },
    { "Config.security_opt", SCL_CONTAINER_NO_NEW_PRIVILEGES, NULL },
    { "Config.security_opt", SCL_CONTAINER_SECCOMP, NULL },
    { "Config.security_opt", SCL_CONTAINER_SECCOMP_MODE, NULL },
    { "Config.security_opt", SCL_CONTAINER_SECCOMP_CONFINED, NULL },
    { "Config.security_opt", SCL_CONTAINER_SECCOMP_DEFAULT_ACTION, NULL },
    { "Config.security_opt", SCL_CONTAINER_APPARMOR, NULL },
    { "Config.security_opt", SCL_CONTAINER_APPARMOR_MODE, NULL },
    { "Config.security_opt", SCL_CONTAINER_APPARMOR_PROFILE, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX_MODE, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX_USER, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX_ROLE, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX_TYPE, NULL },
    { "Config.security_opt", SCL_CONTAINER_SELINUX_LEVEL, NULL },
    { "Config.security_opt", SCL_CONTAINER_SECCOMP_PROFILE, NULL },
    { "Config.security_opt", SCL_NONE, scl_docker_security },
    { "Config.security_opt", SCL_CONTAINER_SECURITY_OPT, NULL },
    NAMESPACE_ROWS("Config.network_mode", NET),
    { "Config.volumes", SCL_CONTAINER_MOUNTS, scl_nomad_volumes },
    { "Config.volumes", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { "Config.volumes", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { "VolumeMounts", SCL_NONE, scl_nomad_volume_mounts },
    { "Config.devices", SCL_CONTAINER_DEVICES, scl_nomad_devices },
    { "Config.ports", SCL_CONTAINER_PORTS, scl_nomad_ports },
    { "Config.port_map", SCL_NONE, scl_nomad_port_map },
    { "Env", SCL_CONTAINER_ENV, scl_nomad_env },
    { "Templates", SCL_NONE, scl_nomad_templates },
    { "Resources", SCL_CONTAINER_RESOURCES, NULL },
    { "Resources.MemoryMB", SCL_CONTAINER_MEMORY_LIMIT, NULL },
    { "Resources.MemoryMB", SCL_CONTAINER_MEMORY_RESERVATION, NULL },
    { "Resources.MemoryMB", SCL_CONTAINER_MEMORY_SWAP_LIMIT, NULL },
    { "Resources.CPU", SCL_CONTAINER_CPU_SHARES, scl_row_some_int },
    { "Config.pids_limit", SCL_CONTAINER_PIDS_LIMIT, scl_nomad_limit },
    { "Config.ulimit", SCL_CONTAINER_ULIMITS, scl_nomad_ulimits },
    { "RestartPolicy", SCL_CONTAINER_RESTART, NULL },
    { "RestartPolicy", SCL_CONTAINER_RESTART_POLICY, NULL },
    { "RestartPolicy", SCL_CONTAINER_RESTART_MAX_RETRIES, NULL },
    { "Config.logging", SCL_CONTAINER_LOGGING, scl_nomad_logging },
    { "Config.logging", SCL_CONTAINER_LOGGING_DRIVER, NULL },
    { "Config.logging", SCL_CONTAINER_LOGGING_OPTIONS, NULL },
    { "Config.sysctl", SCL_CONTAINER_SYSCTLS, scl_nomad_maps },
    { "Config.hostname", SCL_CONTAINER_HOSTNAME, scl_row_some_text },
    { "Config.extra_hosts", SCL_CONTAINER_EXTRA_HOSTS, scl_docker_extra_hosts },
    { "Config.entrypoint", SCL_CONTAINER_ENTRYPOINT, scl_row_scalars },
    { "Config.command", SCL_CONTAINER_COMMAND, scl_nomad_command },
    { "Config.args", SCL_NONE, scl_nomad_args },
    { "KillSignal", SCL_CONTAINER_STOP_SIGNAL, scl_row_some_text },
    { "KillTimeout", SCL_CONTAINER_STOP_TIMEOUT, scl_nomad_duration },
    { "Config.interactive", SCL_CONTAINER_STDIN, scl_nomad_bool },
    { "Config.force_pull", SCL_CONTAINER_PULL_POLICY, scl_nomad_pull },
    { "Config.labels", SCL_CONTAINER_LABELS, scl_nomad_maps },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row docker_rows[] = {
    NAMESPACE_ROWS("Config.pid_mode", PID),
    NAMESPACE_ROWS("Config.ipc_mode", IPC),
    NAMESPACE_ROWS("Config.uts_mode", UTS),
    NAMESPACE_ROWS("Config.userns_mode", USER),
    NAMESPACE_ROWS("Config.cgroupns", CGROUP),
    { "Config.group_add", SCL_CONTAINER_GROUPS, scl_row_scalars },
    { "Config.mount", SCL_NONE, scl_nomad_mounts },
    { "Config.mounts", SCL_NONE, scl_nomad_mounts },
    { "Config.shm_size", SCL_CONTAINER_SHM_SIZE, scl_nomad_some_int },
    { "Config.oom_score_adj", SCL_CONTAINER_OOM_SCORE_ADJ, scl_nomad_int },
    { "Config.cpuset_cpus", SCL_CONTAINER_CPUSET, scl_row_some_text },
    { "Config.work_dir", SCL_CONTAINER_WORKING_DIR, scl_row_some_text },
    { "Config.runtime", SCL_CONTAINER_RUNTIME, scl_row_some_text },
    { "Config.dns_servers", SCL_CONTAINER_DNS, NULL },
    { "Config.dns_servers", SCL_CONTAINER_DNS_SERVERS, scl_row_texts },
    { "Config.dns_search_domains", SCL_CONTAINER_DNS_SEARCH, scl_row_texts },
    { "Config.dns_options", SCL_CONTAINER_DNS_OPTIONS, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

/* What a task of Podman's driver may say besides what it reserves. */
static const struct scl_json_row podman_memory_rows[] = {
    { "Config.memory_reservation", SCL_CONTAINER_MEMORY_RESERVATION, scl_nomad_bytes },
    { "Config.memory_swap", SCL_CONTAINER_MEMORY_SWAP_LIMIT, scl_nomad_bytes },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row podman_rows[] = {
    NAMESPACE_ROWS("Config.userns", USER),
    { "Config.apparmor_profile", SCL_NONE, scl_nomad_apparmor },
    { "Config.selinux_opts", SCL_CONTAINER_SELINUX, scl_nomad_selinux },
    { "Config.shm_size", SCL_CONTAINER_SHM_SIZE, scl_nomad_bytes },
    { "Config.tmpfs", SCL_NONE, scl_nomad_tmpfs },
    { "Config.working_dir", SCL_CONTAINER_WORKING_DIR, scl_row_some_text },
    { "Config.memory_swappiness", SCL_CONTAINER_MEMORY_SWAPPINESS, scl_nomad_int },
    { "Config.dns", SCL_CONTAINER_DNS, NULL },
    { "Config.dns", SCL_CONTAINER_DNS_SERVERS, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

/* What only a task that says it says. */
static const struct scl_json_row health_rows[] = {
    { "Config.healthchecks", SCL_CONTAINER_HEALTHCHECK, scl_nomad_health },
    { "Config.healthchecks", SCL_CONTAINER_HEALTHCHECK_DECLARED, NULL },
    { "Config.healthchecks", SCL_CONTAINER_HEALTHCHECK_DISABLED, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row group_rows[] = {
    { "Name", SCL_CONTAINER_POD, NULL },
    { "Name", SCL_CONTAINER_POD_NAME, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

#define PARTS \
    scl_nomad_mount_rows, scl_nomad_port_rows, scl_nomad_ulimit_rows, scl_docker_extra_host_rows, \
        scl_nomad_device_rows, scl_env_rows

static const struct scl_json_row *const parts[] = { PARTS, NULL };

static const struct scl_json_row *const all_rows[] = {
    task_rows, docker_rows, podman_rows, health_rows, group_rows, PARTS, NULL,
};

/* What takes more than one place. */

static void
set_bytes(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *mb,
          uint32_t origin)
{
    int64_t number;

    if (scl_nomad_is_template(mb))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    else if (!scl_nomad_number(mb, &number) || number > INT64_MAX >> 20)
        scl_rows_refuse(l, object, field, mb, "expected a number of MB");
    else if (number > 0)
        scl_build_int(l->d, object, field, number << 20, origin);
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, origin);
}

/* What is reserved is the limit, unless more may be used; there is no swap. */
static void
set_memory(struct scl_lowering *l, uint32_t object)
{
    static const char *const limits[] = { "Config.memory_hard_limit", "Resources.MemoryMaxMB" };
    const struct scl_tree *reserved = scl_rows_find(l->root, "Resources.MemoryMB"), *limit = NULL;
    int64_t number;

    for (size_t i = 0; i < sizeof limits / sizeof *limits && !limit; i++) {
        limit = scl_rows_find(l->root, limits[i]);
        if (scl_nomad_number(limit, &number) && number == 0)
            limit = NULL;
    }
    if (scl_tree_int(reserved, &number) && number <= 0)
        reserved = NULL;
    if (!reserved && !limit)
        return;
    if (reserved && limit)
        set_bytes(l, object, SCL_CONTAINER_MEMORY_RESERVATION, reserved,
                  scl_rows_origin(l, reserved));
    set_bytes(l, object, SCL_CONTAINER_MEMORY_LIMIT, limit ? limit : reserved,
              scl_rows_origin(l, limit ? limit : reserved));
    set_bytes(l, object, SCL_CONTAINER_MEMORY_SWAP_LIMIT, limit ? limit : reserved,
              scl_build_derived(l->d, object, SCL_CONTAINER_MEMORY_LIMIT));
}

/* Of a share that is a limit too nobody knows how many processors it is: it counts in MHz. */
static void
set_processors(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *hard = scl_rows_find(l->root, "Config.cpu_hard_limit");
    bool truth;

    if (hard && (!scl_nomad_truth(hard, &truth) || truth))
        scl_build_empty(l->d, object, SCL_CONTAINER_CPU_LIMIT, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, hard));
}

/* After so many attempts a task fails, or is tried again later. */
static void
set_restart(struct scl_lowering *l, uint32_t object, const struct scl_tree *group)
{
    const struct scl_tree *own = scl_rows_find(l->root, "RestartPolicy");
    const struct scl_tree *policy = own ? own : scl_rows_find(group, "RestartPolicy");
    const struct scl_tree *attempts = policy ? scl_rows_find(policy, "Attempts") : NULL;
    uint32_t origin = policy ? scl_rows_origin(l, policy) : 0;
    bool fails = policy && scl_str_is(scl_rows_text_at(policy, "Mode"), "fail");
    int64_t number;

    if (!scl_tree_int(attempts, &number))
        return;
    scl_build_text(l->d, object, SCL_CONTAINER_RESTART_POLICY,
                   number <= 0 && fails ? SCL_S("no")
                   : fails              ? SCL_S("on-failure")
                                        : SCL_S("always"),
                   origin);
    if (number > 0 && fails)
        scl_build_int(l->d, object, SCL_CONTAINER_RESTART_MAX_RETRIES, number,
                      scl_rows_origin(l, attempts));
}

/* What the group says of the network, where the driver is told nothing. */
static void
set_network(struct scl_lowering *l, uint32_t object, const struct scl_tree *group)
{
    const struct scl_tree *networks = scl_rows_find(group, "Networks");
    const struct scl_tree *first = networks ? scl_tree_child(networks, 0) : NULL;
    const struct scl_tree *node = first ? scl_rows_find(first, "Mode") : NULL;
    struct scl_str mode = first ? scl_rows_text_at(first, "Mode") : SCL_S("");
    uint32_t origin;

    if (scl_build_has(l->d, object, SCL_CONTAINER_NS_NET_MODE) || !node || !mode.len ||
        scl_str_is(mode, "host"))
        return;
    origin = scl_rows_origin(l, node);
    scl_build_group(l->d, object, SCL_CONTAINER_NS_NET, origin);
    scl_build_text(l->d, object, SCL_CONTAINER_NS_NET_MODE,
                   scl_str_is(mode, "none")              ? mode
                   : scl_str_starts(mode, SCL_S("cni/")) ? SCL_S("named")
                                                         : SCL_S("pod"),
                   origin);
    if (scl_str_starts(mode, SCL_S("cni/")))
        scl_build_text(l->d, object, SCL_CONTAINER_NS_NET_TARGET,
                       scl_str_sub(mode, 4, mode.len), origin);
    scl_build_bool(l->d, object, SCL_CONTAINER_NS_NET_HOST, false,
                   scl_build_derived(l->d, object, SCL_CONTAINER_NS_NET_MODE));
}

static void
set_constants(struct scl_lowering *l, uint32_t object, enum driver driver)
{
    const struct scl_tree *hook = scl_rows_find(l->root, "Lifecycle.Hook");
    struct scl_str name = scl_rows_text_at(l->root, "Lifecycle.Hook"), role = SCL_S("main");
    bool is_sidecar = false;

    scl_tree_bool(scl_rows_find(l->root, "Lifecycle.Sidecar"), &is_sidecar);
    if (name.len)
        role = is_sidecar                     ? SCL_S("sidecar")
               : scl_str_is(name, "prestart") ? SCL_S("init")
                                              : SCL_S("job-hook");
    scl_build_text(l->d, object, SCL_CONTAINER_ROLE, role,
                   name.len ? scl_rows_origin(l, hook) : 0);
    scl_build_text(l->d, object, SCL_CONTAINER_RUNTIME_FAMILY,
                   driver == PODMAN ? SCL_S("podman") : SCL_S("docker"),
                   scl_rows_origin(l, scl_rows_find(l->root, "Driver")));
    scl_build_text(l->d, object, SCL_CONTAINER_OS, SCL_S("linux"), 0);
}

/* ---- jobs ---- */

/* What can be said is counted once a driver, and anew for a task that says more. */
static void
say(struct scl_nomad *nomad, enum driver driver, bool says_health)
{
    if (nomad->l.says == nomad->says[driver])
        return;
    scl_rows_say(&nomad->l, task_rows);
    scl_rows_say(&nomad->l, group_rows);
    scl_rows_say(&nomad->l, driver == PODMAN ? podman_rows : docker_rows);
    for (size_t i = 0; parts[i]; i++)
        scl_rows_say(&nomad->l, parts[i]);
    if (says_health)
        scl_rows_say(&nomad->l, health_rows);
    else
        nomad->says[driver] = nomad->l.says;
}

static void
lower_task(struct scl_nomad *nomad, enum driver driver)
{
    const struct scl_json_row *own = driver == PODMAN ? podman_rows : docker_rows;
    struct scl_lowering *l = &nomad->l;
    const struct scl_tree *task = l->root;
    bool says_health = scl_rows_find(task, "Config.healthchecks") != NULL;
    uint32_t made;

    l->d->family = driver == PODMAN ? "nomad-podman" : "nomad";
    l->says = says_health ? NULL : nomad->says[driver];
    made = scl_rows_subject(l, SCL_TYPE_CONTAINER, SCL_S(""));
    if (!made)
        return;
    say(nomad, driver, says_health);
    scl_nomad_index(&nomad->own_ports, l, scl_rows_find(task, "Resources.Networks"));
    scl_rows_bind(l, made, task_rows, task);
    scl_rows_bind(l, made, own, task);
    scl_rows_apply(l, made, task_rows, task);
    scl_rows_apply(l, made, own, task);
    scl_rows_apply(l, made, health_rows, task);
    scl_rows_apply(l, made, group_rows, nomad->group);
    scl_nomad_own_ports(l, made);
    set_memory(l, made);
    if (driver == PODMAN)
        scl_rows_apply(l, made, podman_memory_rows, task);
    set_processors(l, made);
    set_restart(l, made, nomad->group);
    set_network(l, made, nomad->group);
    set_constants(l, made, driver);
}

static void
lower_group(struct scl_nomad *nomad)
{
    const struct scl_tree *tasks = scl_rows_find(nomad->group, "Tasks");

    if (!tasks || !scl_rows_expect(&nomad->l, 0, SCL_NONE, tasks, SCL_TREE_LIST))
        return;
    scl_nomad_index(&nomad->ports, &nomad->l, scl_rows_find(nomad->group, "Networks"));
    for (uint32_t i = 0; i < scl_tree_count(tasks); i++) {
        struct scl_str driver = scl_rows_text_at(scl_tree_child(tasks, i), "Driver");

        nomad->l.root = scl_tree_child(tasks, i);
        if (scl_str_is(driver, "docker"))
            lower_task(nomad, DOCKER);
        else if (scl_str_is(driver, "podman"))
            lower_task(nomad, PODMAN);
    }
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_nomad nomad = { .l = { .d = d, .root = root } };
    const struct scl_tree *groups = groups_of(root);

    (void)input;
    if (!groups || !scl_rows_expect(&nomad.l, 0, SCL_NONE, groups, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(groups); i++) {
        nomad.group = scl_tree_child(groups, i);
        if (scl_rows_expect(&nomad.l, 0, SCL_NONE, nomad.group, SCL_TREE_MAP))
            lower_group(&nomad);
    }
}

const struct scl_format scl_format_nomad = {
    .name = "nomad",
    .title = "jobs of Nomad in JSON, tasks of its docker and podman drivers",
    .resolution = "request",
    .family = "nomad",
    .sample = "{\"TaskGroups\": [{\"Tasks\": [{\"Driver\": \"docker\"}]}]}",
    .rows = all_rows,
    .fits_tree = fits_tree,
    .lower = lower,
};
