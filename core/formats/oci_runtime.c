/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime.c: the configuration that an OCI runtime starts a container from, `config.json`
 *
 * It is resolved: what it does not say is not there, and nothing else will add to it.
 */
#include "formats/oci_runtime.h"

#include "formats/capabilities.h"
#include "formats/format.h"

#include <string.h>

/* Objects that only one platform has. A configuration with `linux` is one of Linux whatever else
 * it has: Linux containers on Windows have both. */
static const struct {
    struct scl_str key;
    const char *os;
} platforms[] = {
    { SCL_STR("linux"), "linux" },     { SCL_STR("windows"), "windows" },
    { SCL_STR("freebsd"), "freebsd" }, { SCL_STR("solaris"), "solaris" },
    { SCL_STR("zos"), "zos" },         { SCL_STR("vm"), "vm" },
};

const char *
scl_runtime_os(const struct scl_tree *root, const struct scl_tree **ret_node)
{
    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++) {
        *ret_node = scl_tree_find(root, platforms[i].key);
        if (*ret_node && (*ret_node)->kind != SCL_TREE_NULL)
            return platforms[i].os;
    }
    *ret_node = NULL;
    return "linux";
}

static enum scl_fit
fits_name(struct scl_str base_name)
{
    return scl_str_is(base_name, "config.json") ? SCL_FIT_MAYBE : SCL_FIT_NO;
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    bool is_state = scl_tree_find(root, SCL_S("status")) && scl_tree_find(root, SCL_S("bundle"));

    if (scl_tree_find(root, SCL_S("ociVersion")) && !is_state) {
        *ret_reason = "ociVersion";
        return SCL_FIT_YES;
    }
    *ret_reason = "root.path and process";
    return !is_state && scl_rows_find(root, "root.path") && scl_rows_find(root, "process")
               ? SCL_FIT_MAYBE
               : SCL_FIT_NO;
}

/* Hooks are lists by phase; the key is the phase. */
static const struct scl_json_row hook_rows[] = {
    { "", SCL_HOOK_PHASE, NULL },
    { "path", SCL_HOOK_PATH, scl_row_text },
    { "args", SCL_HOOK_ARGV, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

static void
read_hooks(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t first = l->d->objects.count;
    uint32_t origin = scl_build_origin(l->d, node->key_span, node->key_span);

    scl_rows_members(l, object, field, node, hook_rows, NULL);
    for (uint32_t hook = first; hook < l->d->objects.count; hook++)
        scl_build_text(l->d, hook, SCL_HOOK_PHASE, scl_tree_key(node), origin);
}

#define NAMESPACE_ROWS(id) \
    { "linux.namespaces", SCL_CONTAINER_NS_##id, NULL }, \
    { "linux.namespaces", SCL_CONTAINER_NS_##id##_MODE, NULL }, \
    { "linux.namespaces", SCL_CONTAINER_NS_##id##_TARGET, NULL }, \
    { "linux.namespaces", SCL_CONTAINER_NS_##id##_HOST, NULL }

static const struct scl_json_row rows[] = {
    { "process", SCL_NONE, scl_row_object },
    { "root", SCL_NONE, scl_row_object },
    { "hooks", SCL_NONE, scl_row_object },
    { "linux", SCL_NONE, scl_row_object },
    { "linux.resources", SCL_NONE, scl_row_object },
    { "linux.resources.memory", SCL_NONE, scl_row_object },
    { "linux.resources.cpu", SCL_NONE, scl_row_object },
    { "linux.resources.pids", SCL_NONE, scl_row_object },
    { "", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { "", SCL_CONTAINER_ROLE, NULL },
    { "", SCL_CONTAINER_OS, NULL },
    { "process.user", SCL_CONTAINER_USER_RAW, NULL },
    { "process.user.uid", SCL_CONTAINER_USER_UID, scl_row_int },
    { "process.user.gid", SCL_CONTAINER_USER_GID, scl_row_int },
    { "process.user", SCL_CONTAINER_USER_IS_ROOT, NULL },
    { "process.user", SCL_CONTAINER_USER_CERTAINTY, NULL },
    { "process.user", SCL_CONTAINER_USER_ROOT_MAPS, NULL },
    { "process.user", SCL_CONTAINER_USER, scl_runtime_user },
    { "process.user.additionalGids", SCL_CONTAINER_GROUPS, scl_runtime_groups },
    { "process.capabilities", SCL_CONTAINER_PRIVILEGED, NULL },
    { "process.noNewPrivileges", SCL_CONTAINER_NO_NEW_PRIVILEGES, scl_row_bool },
    { "root.readonly", SCL_CONTAINER_READONLY_ROOTFS, scl_row_bool },
    { "process.terminal", SCL_CONTAINER_TTY, scl_row_bool },
    { "process.capabilities.bounding", SCL_CONTAINER_CAP_EFFECTIVE, NULL },
    { "process.capabilities", SCL_CONTAINER_CAPABILITIES, scl_row_group },
    { "process.capabilities.bounding", SCL_CONTAINER_CAP_BOUNDING, scl_runtime_capabilities },
    { "process.capabilities.permitted", SCL_CONTAINER_CAP_PERMITTED, scl_runtime_capabilities },
    { "process.capabilities.inheritable", SCL_CONTAINER_CAP_INHERITABLE,
      scl_runtime_capabilities },
    { "process.capabilities.ambient", SCL_CONTAINER_CAP_AMBIENT, scl_runtime_capabilities },
    { "linux.seccomp", SCL_CONTAINER_SECCOMP_MODE, NULL },
    { "linux.seccomp", SCL_CONTAINER_SECCOMP_CONFINED, NULL },
    { "linux.seccomp.defaultAction", SCL_CONTAINER_SECCOMP_DEFAULT_ACTION, NULL },
    { "linux.seccomp", SCL_CONTAINER_SECCOMP, scl_runtime_seccomp },
    { "process.apparmorProfile", SCL_CONTAINER_APPARMOR_PROFILE, NULL },
    { "process.apparmorProfile", SCL_CONTAINER_APPARMOR_MODE, scl_runtime_apparmor },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX_MODE, NULL },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX_USER, NULL },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX_ROLE, NULL },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX_TYPE, NULL },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX_LEVEL, NULL },
    { "process.selinuxLabel", SCL_CONTAINER_SELINUX, scl_runtime_selinux },
    { "linux.maskedPaths", SCL_CONTAINER_MASKED_PATHS, scl_row_texts },
    { "linux.readonlyPaths", SCL_CONTAINER_READONLY_PATHS, scl_row_texts },
    NAMESPACE_ROWS(PID),
    NAMESPACE_ROWS(NET),
    NAMESPACE_ROWS(IPC),
    NAMESPACE_ROWS(UTS),
    NAMESPACE_ROWS(USER),
    NAMESPACE_ROWS(CGROUP),
    NAMESPACE_ROWS(TIME),
    { "linux.namespaces", SCL_CONTAINER_NAMESPACES, scl_runtime_namespaces },
    { "mounts", SCL_CONTAINER_MOUNTS, scl_runtime_mounts },
    { "mounts", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { "mounts", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { "linux.resources.devices", SCL_CONTAINER_DEVICE_CGROUP_RULES, scl_runtime_device_rules },
    { "linux.devices", SCL_CONTAINER_DEVICES, scl_runtime_devices },
    { "process.env", SCL_CONTAINER_ENV, scl_row_env },
    { "linux.resources", SCL_CONTAINER_RESOURCES, NULL },
    { "linux.resources.memory.limit", SCL_CONTAINER_MEMORY_LIMIT, scl_row_limit },
    { "linux.resources.memory.reservation", SCL_CONTAINER_MEMORY_RESERVATION, scl_row_limit },
    { "linux.resources.memory.swap", SCL_CONTAINER_MEMORY_SWAP_LIMIT, scl_row_limit },
    { "linux.resources.memory.swappiness", SCL_CONTAINER_MEMORY_SWAPPINESS, scl_row_int },
    { "linux.resources.memory.disableOOMKiller", SCL_CONTAINER_OOM_KILL_DISABLE, scl_row_bool },
    { "process.oomScoreAdj", SCL_CONTAINER_OOM_SCORE_ADJ, scl_row_int },
    { "linux.resources.cpu.quota", SCL_CONTAINER_CPU_LIMIT, scl_runtime_cpu },
    { "linux.resources.cpu.shares", SCL_CONTAINER_CPU_SHARES, scl_row_int },
    { "linux.resources.cpu.cpus", SCL_CONTAINER_CPUSET, scl_row_text },
    { "linux.resources.pids.limit", SCL_CONTAINER_PIDS_LIMIT, scl_row_limit },
    { "linux.resources.unified", SCL_NONE, scl_runtime_unified },
    { "process.rlimits", SCL_CONTAINER_ULIMITS, scl_runtime_rlimits },
    { "linux.sysctl", SCL_CONTAINER_SYSCTLS, scl_row_map },
    { "hostname", SCL_CONTAINER_HOSTNAME, scl_row_text },
    { "domainname", SCL_CONTAINER_DOMAINNAME, scl_row_text },
    { "process.args", SCL_CONTAINER_ARGV, scl_row_texts },
    { "process.cwd", SCL_CONTAINER_WORKING_DIR, scl_row_text },
    { "annotations", SCL_CONTAINER_ANNOTATIONS, scl_row_map },
    { "linux.cgroupsPath", SCL_CONTAINER_CGROUP_PARENT, scl_row_text },
    { "hooks", SCL_CONTAINER_HOOKS, NULL },
    { "hooks.prestart", SCL_CONTAINER_HOOKS, read_hooks },
    { "hooks.createRuntime", SCL_CONTAINER_HOOKS, read_hooks },
    { "hooks.createContainer", SCL_CONTAINER_HOOKS, read_hooks },
    { "hooks.startContainer", SCL_CONTAINER_HOOKS, read_hooks },
    { "hooks.poststart", SCL_CONTAINER_HOOKS, read_hooks },
    { "hooks.poststop", SCL_CONTAINER_HOOKS, read_hooks },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row windows_rows[] = {
    { "process.user", SCL_CONTAINER_USER_NAME, NULL },
    { NULL, SCL_NONE, NULL },
};

/* Privileged: every capability, and nothing left that would keep it in. */

enum doubt { NO, MAYBE, YES };

/* Whether a list is there and empty, or not there. */
static enum doubt
is_bare(const struct scl_tree *root, const char *path)
{
    const struct scl_tree *node = scl_rows_find(root, path);

    if (!node)
        return scl_rows_is_lost(root, path) ? MAYBE : YES;
    if (scl_tree_count(node))
        return NO;
    return node->is_cut ? MAYBE : YES;
}

static enum doubt
has_every_capability(struct scl_lowering *l)
{
    const struct scl_tree *list = scl_rows_find(l->root, "process.capabilities.bounding");
    uint64_t missing = scl_capability_all();

    for (uint32_t i = 0; list && i < scl_tree_count(list); i++) {
        struct scl_str name = scl_tree_text(scl_tree_child(list, i));
        int number = scl_capability_number(scl_capability_name(&l->d->arena, name));

        if (number != SCL_CAPABILITY_UNKNOWN)
            missing &= ~(UINT64_C(1) << number);
    }
    if (!missing)
        return YES;
    if (list)
        return list->is_cut ? MAYBE : NO;
    return scl_rows_is_lost(l->root, "process.capabilities.bounding") ? MAYBE : NO;
}

static enum doubt
all_devices(const struct scl_tree *root)
{
    if (scl_rows_is_lost(root, "linux.resources.devices"))
        return MAYBE;
    return scl_runtime_allows_all_devices(root) ? YES : NO;
}

static void
set_privileged(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *root = l->root;
    enum doubt filter = scl_rows_find(root, "linux.seccomp")      ? NO
                        : scl_rows_is_lost(root, "linux.seccomp") ? MAYBE
                                                                  : YES;
    const enum doubt signs[] = {
        has_every_capability(l),
        is_bare(root, "linux.maskedPaths"),
        is_bare(root, "linux.readonlyPaths"),
        all_devices(root),
        filter,
        scl_runtime_protects_sys(root) ? NO : scl_rows_is_lost(root, "mounts") ? MAYBE : YES,
    };
    enum doubt privileged = YES;
    uint32_t follows = scl_build_derived(l->d, object, SCL_CONTAINER_CAP_BOUNDING);

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        privileged = signs[i] < privileged ? signs[i] : privileged;
    if (privileged == MAYBE)
        scl_build_empty(l->d, object, SCL_CONTAINER_PRIVILEGED, SCANTLING_STATE_UNKNOWN, follows);
    else
        scl_build_bool(l->d, object, SCL_CONTAINER_PRIVILEGED, privileged == YES, follows);
}

/* The defaults of the runtime are those of Linux, and Windows has the rest of them. */
static const char *
set_platform(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *platform;
    const char *os = scl_runtime_os(l->root, &platform);
    uint32_t origin = 0;

    if (platform)
        origin = scl_build_origin(l->d, platform->key_span, platform->key_span);
    scl_build_text(l->d, object, SCL_CONTAINER_OS, scl_str_c(os), origin);
    scl_build_text(l->d, object, SCL_CONTAINER_RUNTIME_FAMILY, SCL_S("oci"), 0);
    scl_build_text(l->d, object, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    if (strcmp(os, "linux") != 0 && strcmp(os, "windows") != 0)
        l->d->subjects.at[l->d->subjects.count - 1].family = l->d->family = "";
    return os;
}

/* Elsewhere than on Linux the network is named in settings that say nothing of the host's. */
static void
set_foreign_network(struct scl_lowering *l, uint32_t object)
{
    scl_build_empty(l->d, object, SCL_CONTAINER_NS_NET_MODE, SCANTLING_STATE_NOT_APPLICABLE, 0);
    scl_build_empty(l->d, object, SCL_CONTAINER_NS_NET_HOST, SCANTLING_STATE_NOT_APPLICABLE, 0);
}

static const struct scl_json_row *const all_rows[] = {
    rows, scl_env_rows, scl_runtime_mount_rows, scl_runtime_device_rows, scl_runtime_rlimit_rows,
    hook_rows, NULL,
};

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    uint32_t container = scl_rows_subject(&l, SCL_TYPE_CONTAINER, scl_str_n("", 0));
    const char *os;

    (void)input;
    if (!container)
        return;
    os = set_platform(&l, container);
    scl_rows_say_all(&l, all_rows);
    if (strcmp(os, "windows") == 0)
        scl_rows_say(&l, windows_rows);
    if (strcmp(os, "linux") != 0)
        set_foreign_network(&l, container);
    scl_rows_bind(&l, container, rows, root);
    scl_rows_apply(&l, container, rows, root);
    set_privileged(&l, container);
}

const struct scl_format scl_format_oci_runtime = {
    .name = "oci-runtime",
    .title = "configuration of an OCI runtime, config.json of a bundle",
    .resolution = "resolved",
    .family = "oci",
    .sample = "{}",
    .rows = all_rows,
    .fits_name = fits_name,
    .fits_tree = fits_tree,
    .lower = lower,
};
