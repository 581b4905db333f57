/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_info.c: what `docker info --format json` tells of an engine that runs
 *
 * It is resolved: what confines containers is listed, and what is not listed is not there. A client
 * that reached no engine prints the reason instead, and then nothing is known. That the API is open
 * to the network it tells in a warning only.
 */
#include "formats/format.h"
#include "formats/host.h"

/* ---- security options ---- */

/* NAME and the options behind it, of `name=NAME[,KEY=VALUE]`. */
static struct scl_str
option_name(struct scl_str text, struct scl_str *ret_rest)
{
    struct scl_str name = { "", 0 };

    *ret_rest = text;
    scl_str_cut(ret_rest, ',', &name);
    return scl_str_starts(name, SCL_S("name=")) ? scl_str_sub(name, 5, name.len) : name;
}

static void
set_seccomp(struct scl_lowering *l, uint32_t host, struct scl_str rest, uint32_t origin)
{
    struct scl_str option, profile = SCL_S("builtin");

    while (scl_str_cut(&rest, ',', &option))
        if (scl_str_starts(option, SCL_S("profile=")))
            profile = scl_str_sub(option, 8, option.len);
    if (scl_str_is(profile, "default"))
        profile = SCL_S("builtin");
    scl_build_text(l->d, host, SCL_HOST_SECCOMP_PROFILE, profile, origin);
}

/* Truths that an option stands for. */
static const struct {
    const char *name;
    unsigned field;
} truths[] = {
    { "rootless", SCL_HOST_ROOTLESS },
    { "no-new-privileges", SCL_HOST_NO_NEW_PRIVILEGES },
    { "selinux", SCL_HOST_SELINUX_ENABLED },
};

static void
add_option(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str rest, name = option_name(scl_tree_text(node), &rest);
    uint32_t origin = scl_rows_origin(l, node);

    scl_build_item_text(l->d, object, field, name, origin);
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
        if (scl_str_is(name, truths[i].name))
            scl_build_bool(l->d, object, truths[i].field, true, origin);
    if (scl_str_is(name, "seccomp"))
        set_seccomp(l, object, rest, origin);
    if (scl_str_is(name, "userns"))
        scl_build_text(l->d, object, SCL_HOST_USERNS_REMAP, SCL_S("default"), origin);
}

/* What is not among the options is off. */
static void
read_options(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    if (!node->is_cut) {
        for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
            scl_build_bool(l->d, object, truths[i].field, false, origin);
        scl_build_text(l->d, object, SCL_HOST_SECCOMP_PROFILE, SCL_S("unconfined"), origin);
        scl_build_text(l->d, object, SCL_HOST_USERNS_REMAP, SCL_S(""), origin);
    }
    scl_row_strings(l, object, field, node, add_option);
}

/* ---- registries and listeners ---- */

/* Every engine trusts what it reaches on its own host. */
static bool
is_loopback(struct scl_str range)
{
    return scl_str_is(range, "127.0.0.0/8") || scl_str_is(range, "::1/128");
}

static void
add_range(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!is_loopback(scl_tree_text(node)))
        scl_host_registry(l, object, field, node, scl_tree_text(node));
}

static void
read_ranges(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_range);
}

static void
read_indexes(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    bool secure;

    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        const struct scl_tree *truth = scl_tree_find(item, SCL_S("Secure"));

        if (scl_tree_bool(truth, &secure) && !secure)
            scl_host_registry(l, object, SCL_HOST_INSECURE_REGISTRIES, item, scl_tree_key(item));
    }
}

/* `... API is accessible on http://0.0.0.0:2375 without encryption.` */
static void
add_warning(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    static const struct scl_str says = SCL_STR("API is accessible on ");
    struct scl_str text = scl_str_trim(scl_tree_text(node)), address;
    size_t at = scl_str_find(text, says);
    uint32_t origin = scl_rows_origin(l, node);

    scl_build_item_text(l->d, object, field, text, origin);
    if (at == SIZE_MAX)
        return;
    address = scl_str_sub(text, at + says.len, text.len);
    address = scl_str_sub(address, 0, scl_str_find_char(address, ' '));
    scl_host_listener(l, object, address, origin);
    if (scl_str_find(text, SCL_S("without encryption")) != SIZE_MAX)
        scl_build_bool(l->d, object, SCL_HOST_TLS, false, origin);
    scl_build_bool(l->d, object, SCL_HOST_TLSVERIFY, false, origin);
}

static void
read_warnings(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_warning);
}

static const struct scl_json_row rows[] = {
    { "ServerVersion", SCL_HOST_SERVER_VERSION, scl_row_some_text },
    { "OperatingSystem", SCL_HOST_OPERATING_SYSTEM, scl_row_some_text },
    { "KernelVersion", SCL_HOST_KERNEL_VERSION, scl_row_some_text },
    { "CgroupVersion", SCL_HOST_CGROUP_VERSION, scl_row_some_text },
    { "CgroupDriver", SCL_HOST_CGROUP_DRIVER, scl_row_some_text },
    { "SecurityOptions", SCL_HOST_SECURITY_OPTIONS, read_options },
    { "SecurityOptions", SCL_HOST_ROOTLESS, NULL },
    { "SecurityOptions", SCL_HOST_NO_NEW_PRIVILEGES, NULL },
    { "SecurityOptions", SCL_HOST_SELINUX_ENABLED, NULL },
    { "SecurityOptions", SCL_HOST_SECCOMP_PROFILE, NULL },
    { "SecurityOptions", SCL_HOST_USERNS_REMAP, NULL },
    { "Plugins.Authorization", SCL_HOST_AUTHORIZATION_PLUGINS, scl_row_texts },
    { "RegistryConfig.InsecureRegistryCIDRs", SCL_HOST_INSECURE_REGISTRIES, read_ranges },
    { "RegistryConfig.IndexConfigs", SCL_NONE, read_indexes },
    { "RegistryConfig.Mirrors", SCL_HOST_REGISTRY_MIRRORS, scl_host_registries },
    { "Driver", SCL_HOST_STORAGE_DRIVER, scl_row_some_text },
    { "DockerRootDir", SCL_HOST_DATA_ROOT, scl_row_some_text },
    { "LoggingDriver", SCL_HOST_LOG_DRIVER, scl_row_some_text },
    { "DefaultRuntime", SCL_HOST_DEFAULT_RUNTIME, scl_row_some_text },
    { "Runtimes", SCL_HOST_RUNTIMES, scl_row_keys },
    { "LiveRestoreEnabled", SCL_HOST_LIVE_RESTORE, scl_row_bool },
    { "ExperimentalBuild", SCL_HOST_EXPERIMENTAL, scl_row_bool },
    { "Debug", SCL_HOST_DEBUG, scl_row_bool },
    { "Swarm", SCL_HOST_SWARM, scl_row_group },
    { "Swarm.LocalNodeState", SCL_HOST_SWARM_STATE, scl_row_some_text },
    { "Swarm.Managers", SCL_HOST_SWARM_MANAGERS, scl_row_int },
    { "Swarm.Cluster.Spec.EncryptionConfig.AutoLockManagers", SCL_HOST_SWARM_AUTOLOCK,
      scl_row_bool },
    { "Warnings", SCL_HOST_WARNINGS, read_warnings },
    { "Warnings", SCL_HOST_HOSTS, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row error_rows[] = {
    { "ServerErrors", SCL_HOST_SERVER_ERRORS, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    rows, error_rows, scl_host_listener_rows, scl_host_registry_rows, NULL,
};

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "SecurityOptions and ServerVersion";
    if (scl_tree_find(root, SCL_S("ServerVersion")) &&
        (scl_tree_find(root, SCL_S("SecurityOptions")) ||
         scl_tree_find(root, SCL_S("RegistryConfig"))))
        return SCL_FIT_YES;
    *ret_reason = "ServerErrors";
    return scl_tree_find(root, SCL_S("ServerErrors")) ? SCL_FIT_YES : SCL_FIT_NO;
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root, .skips_null = true };
    const struct scl_tree *errors = scl_tree_find(root, SCL_S("ServerErrors"));
    uint32_t host = scl_rows_subject(&l, SCL_TYPE_HOST, scl_rows_text_at(root, "Name"));

    (void)input;
    if (!host)
        return;
    scl_rows_say_all(&l, all_rows);
    scl_rows_bind(&l, host, rows, root);
    scl_rows_apply(&l, host, error_rows, root);
    if (errors && scl_tree_count(errors))
        scl_rows_lose(&l, host, rows, errors);
    else
        scl_rows_apply(&l, host, rows, root);
}

const struct scl_format scl_format_docker_info = {
    .name = "docker-info",
    .title = "what docker info tells of an engine, in JSON",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"ServerVersion\": \"28\", \"SecurityOptions\": []}",
    .rows = all_rows,
    .fits_tree = fits_tree,
    .lower = lower,
};
