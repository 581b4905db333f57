/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ecs.c: task definitions of Amazon ECS
 *
 * As one is registered, as one is described (below `taskDefinition`), its containers alone, as a
 * resource of a CloudFormation template, in JSON or YAML, and as one of Terraform, in JSON. The
 * task says how all of its containers share network, processes and memory; each container the rest.
 * Agents run them with Docker, or Fargate does.
 */
#include "formats/ecs.h"

#include "formats/docker_container.h"
#include "formats/format.h"
#include "formats/oci_image.h"
#include "formats/oci_runtime.h"
#include "formats/yaml_input.h"

/* Detection. */

/* Keys that only containers of ECS have beside `name` and `image`. */
static const struct scl_str container_keys[] = {
    SCL_STR("essential"),     SCL_STR("portMappings"),      SCL_STR("mountPoints"),
    SCL_STR("volumesFrom"),   SCL_STR("memoryReservation"), SCL_STR("logConfiguration"),
    SCL_STR("entryPoint"),    SCL_STR("linuxParameters"),   SCL_STR("readonlyRootFilesystem"),
    SCL_STR("dockerLabels"),  SCL_STR("cpu"),               SCL_STR("memory"),
    SCL_STR("environmentFiles"),
};

static bool
is_container(const struct scl_tree *node)
{
    if (!scl_tree_find(node, SCL_S("name")) || !scl_tree_find(node, SCL_S("image")))
        return false;
    for (size_t i = 0; i < sizeof container_keys / sizeof *container_keys; i++)
        if (scl_tree_find(node, container_keys[i]))
            return true;
    return false;
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "name and image of containers";
    if (root->kind == SCL_TREE_LIST)
        return is_container(scl_tree_child(root, 0)) ? SCL_FIT_YES : SCL_FIT_NO;
    *ret_reason = "containerDefinitions";
    if (scl_tree_find(root, SCL_S("containerDefinitions")) ||
        scl_rows_find(root, "taskDefinition.containerDefinitions"))
        return SCL_FIT_YES;
    *ret_reason = "aws_ecs_task_definition";
    if (scl_ecs_each_body(root, NULL, NULL))
        return SCL_FIT_YES;
    *ret_reason = "AWS::ECS::TaskDefinition";
    return scl_ecs_is_template(root) ? SCL_FIT_YES : SCL_FIT_NO;
}

/* Rows of a container. */

/* An empty one says nothing. */
static void
read_user(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_STRING || node->count)
        scl_image_user(l, object, field, node);
}

static const struct scl_json_row ulimit_rows[] = {
    { "name", SCL_ULIMIT_NAME, scl_row_text },
    { "softLimit", SCL_ULIMIT_SOFT, scl_row_rlimit },
    { "hardLimit", SCL_ULIMIT_HARD, scl_row_rlimit },
    { NULL, SCL_NONE, NULL },
};

static void
read_ulimits(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, ulimit_rows, NULL);
}

static const struct scl_json_row extra_host_rows[] = {
    { "hostname", SCL_EXTRA_HOST_HOST, scl_row_text },
    { "ipAddress", SCL_EXTRA_HOST_IP, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

static void
read_extra_hosts(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, extra_host_rows, NULL);
}

static void
read_sysctls(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_row_pairs(l, object, field, node, "namespace");
}

static void
read_restart(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (scl_rows_expect(l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, &truth))
        scl_build_text(l->d, object, field, truth ? SCL_S("always") : SCL_S("no"),
                       scl_rows_origin(l, node));
}

static const struct scl_json_row env_file_rows[] = {
    { "value", SCL_ENV_FILE_PATH, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

/* Variables of files in S3 are not known. */
static void
read_environment_files(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, env_file_rows, NULL);
    if (node->kind != SCL_TREE_LIST || scl_tree_count(node))
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
}

static void
read_no_network(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    bool truth;

    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_BOOL) ||
        !scl_tree_bool(node, &truth) || !truth)
        return;
    scl_build_text(l->d, object, field, SCL_S("none"), scl_rows_origin(l, node));
    scl_build_bool(l->d, object, SCL_CONTAINER_NS_NET_HOST, false,
                   scl_build_derived(l->d, object, field));
}

static const struct scl_json_row container_rows[] = {
    { "name", SCL_CONTAINER_NAME, scl_row_text },
    { "image", SCL_CONTAINER_IMAGE_RAW, scl_row_image },
    { "image", SCL_CONTAINER_IMAGE_NAME, NULL },
    { "image", SCL_CONTAINER_IMAGE_REGISTRY, NULL },
    { "image", SCL_CONTAINER_IMAGE_REPOSITORY, NULL },
    { "image", SCL_CONTAINER_IMAGE_TAG, NULL },
    { "image", SCL_CONTAINER_IMAGE_DIGEST, NULL },
    { "image", SCL_CONTAINER_IMAGE_DIGEST_ALGO, NULL },
    { "image", SCL_CONTAINER_IMAGE_ID, NULL },
    { "image", SCL_CONTAINER_IMAGE_PIN, NULL },
    { "user", SCL_CONTAINER_USER_RAW, read_user },
    { "user", SCL_CONTAINER_USER_UID, NULL },
    { "user", SCL_CONTAINER_USER_GID, NULL },
    { "user", SCL_CONTAINER_USER_NAME, NULL },
    { "user", SCL_CONTAINER_USER_GROUP, NULL },
    { "user", SCL_CONTAINER_USER_IS_ROOT, NULL },
    { "user", SCL_CONTAINER_USER_CERTAINTY, NULL },
    { "user", SCL_CONTAINER_USER_ROOT_MAPS, NULL },
    { "privileged", SCL_CONTAINER_PRIVILEGED, scl_row_bool },
    { "readonlyRootFilesystem", SCL_CONTAINER_READONLY_ROOTFS, scl_row_bool },
    { "linuxParameters.initProcessEnabled", SCL_CONTAINER_INIT, scl_row_bool },
    { "pseudoTerminal", SCL_CONTAINER_TTY, scl_row_bool },
    { "interactive", SCL_CONTAINER_STDIN, scl_row_bool },
    { "links", SCL_CONTAINER_LINKS, scl_row_texts },
    { "linuxParameters.capabilities", SCL_CONTAINER_CAPABILITIES, scl_row_group },
    { "linuxParameters.capabilities.add", SCL_CONTAINER_CAP_ADD, scl_row_capabilities },
    { "linuxParameters.capabilities.drop", SCL_CONTAINER_CAP_DROP, scl_row_capabilities },
    { "linuxParameters.capabilities.add", SCL_CONTAINER_CAP_EFFECTIVE, NULL },
    { "disableNetworking", SCL_CONTAINER_NS_NET_MODE, read_no_network },
    { "mountPoints", SCL_CONTAINER_MOUNTS, scl_ecs_mount_points },
    { "mountPoints", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { "mountPoints", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { "volumesFrom", SCL_CONTAINER_VOLUMES_FROM, scl_ecs_volumes_from },
    { "linuxParameters.tmpfs", SCL_NONE, scl_ecs_tmpfs },
    { "portMappings", SCL_CONTAINER_PORTS, scl_ecs_ports },
    { "environment", SCL_CONTAINER_ENV, scl_ecs_environment },
    { "secrets", SCL_CONTAINER_SECRETS, scl_ecs_secrets },
    { "environmentFiles", SCL_CONTAINER_ENV_FILES, read_environment_files },
    { "memory", SCL_CONTAINER_RESOURCES, NULL },
    { "memory", SCL_CONTAINER_MEMORY_LIMIT, scl_ecs_mib },
    { "memoryReservation", SCL_CONTAINER_MEMORY_RESERVATION, scl_ecs_mib },
    { "linuxParameters.maxSwap", SCL_CONTAINER_MEMORY_SWAP_LIMIT, NULL },
    { "linuxParameters.swappiness", SCL_CONTAINER_MEMORY_SWAPPINESS, scl_row_int },
    { "linuxParameters.sharedMemorySize", SCL_CONTAINER_SHM_SIZE, scl_ecs_mib },
    { "cpu", SCL_CONTAINER_CPU_SHARES, scl_row_some_int },
    { "ulimits", SCL_CONTAINER_ULIMITS, read_ulimits },
    { "restartPolicy", SCL_CONTAINER_RESTART, scl_row_group },
    { "restartPolicy.enabled", SCL_CONTAINER_RESTART_POLICY, read_restart },
    { "healthCheck", SCL_CONTAINER_HEALTHCHECK, scl_row_group },
    { "healthCheck.command", SCL_CONTAINER_HEALTHCHECK_TEST, scl_image_test },
    { "healthCheck.command", SCL_CONTAINER_HEALTHCHECK_DECLARED, NULL },
    { "healthCheck.command", SCL_CONTAINER_HEALTHCHECK_DISABLED, NULL },
    { "healthCheck.interval", SCL_CONTAINER_HEALTHCHECK_INTERVAL, scl_ecs_seconds },
    { "healthCheck.timeout", SCL_CONTAINER_HEALTHCHECK_TIMEOUT, scl_ecs_seconds },
    { "healthCheck.startPeriod", SCL_CONTAINER_HEALTHCHECK_START_PERIOD, scl_ecs_seconds },
    { "healthCheck.retries", SCL_CONTAINER_HEALTHCHECK_RETRIES, scl_row_int },
    { "logConfiguration", SCL_CONTAINER_LOGGING, scl_row_group },
    { "logConfiguration.logDriver", SCL_CONTAINER_LOGGING_DRIVER, scl_row_text },
    { "logConfiguration.options", SCL_CONTAINER_LOGGING_OPTIONS, scl_row_map },
    { "systemControls", SCL_CONTAINER_SYSCTLS, read_sysctls },
    { "hostname", SCL_CONTAINER_HOSTNAME, scl_row_text },
    { "extraHosts", SCL_CONTAINER_EXTRA_HOSTS, read_extra_hosts },
    { "dnsServers", SCL_CONTAINER_DNS, NULL },
    { "dnsServers", SCL_CONTAINER_DNS_SERVERS, scl_row_texts },
    { "dnsSearchDomains", SCL_CONTAINER_DNS_SEARCH, scl_row_texts },
    { "entryPoint", SCL_CONTAINER_ENTRYPOINT, scl_row_texts },
    { "command", SCL_CONTAINER_COMMAND, scl_row_texts },
    { "workingDirectory", SCL_CONTAINER_WORKING_DIR, scl_row_some_text },
    { "stopTimeout", SCL_CONTAINER_STOP_TIMEOUT, scl_ecs_seconds },
    { "dockerLabels", SCL_CONTAINER_LABELS, scl_row_map },
    { "", SCL_CONTAINER_ROLE, NULL },
    { NULL, SCL_NONE, NULL },
};

/* What Fargate has not. */
static const struct scl_json_row agent_rows[] = {
    { "dockerSecurityOptions", SCL_CONTAINER_NO_NEW_PRIVILEGES, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_APPARMOR, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_APPARMOR_MODE, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_APPARMOR_PROFILE, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX_MODE, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX_USER, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX_ROLE, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX_TYPE, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SELINUX_LEVEL, NULL },
    { "dockerSecurityOptions", SCL_CONTAINER_SECURITY_OPT, NULL },
    { "dockerSecurityOptions", SCL_NONE, scl_docker_security },
    { "linuxParameters.devices", SCL_CONTAINER_DEVICES, scl_ecs_devices },
    { "resourceRequirements", SCL_NONE, scl_ecs_requirements },
    { NULL, SCL_NONE, NULL },
};

/* Rows of the task. */

/* The fields of a namespace stand in a row from its group on. */
enum { MODE = 1, HOST = 3 };

/* What the containers of a task have in common is their pod's. */
static void
read_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    struct scl_str mode = scl_tree_text(node);

    if (!scl_rows_expect(l, object, field + MODE, node, SCL_TREE_STRING)) {
        scl_build_empty(l->d, object, field + HOST, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
        return;
    }
    if (!mode.len || scl_build_has(l->d, object, field + MODE))
        return;
    if (scl_str_is(mode, "task"))
        mode = SCL_S("pod");
    scl_build_group(l->d, object, field, scl_rows_origin(l, node));
    scl_build_text(l->d, object, field + MODE, mode, scl_rows_origin(l, node));
    scl_build_bool(l->d, object, field + HOST, scl_str_is(mode, "host"),
                   scl_build_derived(l->d, object, field + MODE));
}

static void
read_os(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        scl_build_text(l->d, object, field,
                       scl_str_starts(scl_tree_text(node), SCL_S("WINDOWS")) ? SCL_S("windows")
                                                                             : SCL_S("linux"),
                       scl_rows_origin(l, node));
}

/* As the engines name platforms. An architecture alone is of Linux. */
static void
read_architecture(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    static const char *const names[][2] = { { "X86_64", "amd64" }, { "ARM64", "arm64" } };
    struct scl_str family =
        scl_rows_text_at(l->root, "runtimePlatform.operatingSystemFamily");
    const char *os = scl_str_starts(family, SCL_S("WINDOWS")) ? "windows" : "linux";

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (scl_str_is(scl_tree_text(node), names[i][0]))
            scl_build_text(l->d, object, field,
                           scl_rows_print(&l->d->arena, "%s/%s", os, names[i][1]),
                           scl_rows_origin(l, node));
}

#define NAMESPACE_ROWS(path, id) \
    { path, SCL_CONTAINER_NS_##id, read_namespace }, \
    { path, SCL_CONTAINER_NS_##id##_MODE, NULL }, \
    { path, SCL_CONTAINER_NS_##id##_HOST, NULL }

static const struct scl_json_row task_rows[] = {
    NAMESPACE_ROWS("pidMode", PID),
    NAMESPACE_ROWS("ipcMode", IPC),
    NAMESPACE_ROWS("networkMode", NET),
    { "family", SCL_CONTAINER_POD, NULL },
    { "family", SCL_CONTAINER_POD_NAME, scl_row_text },
    { "taskRoleArn", SCL_CONTAINER_SERVICE_ACCOUNT, NULL },
    { "taskRoleArn", SCL_CONTAINER_SERVICE_ACCOUNT_NAME, scl_row_text },
    { "runtimePlatform.operatingSystemFamily", SCL_CONTAINER_OS, read_os },
    { "runtimePlatform.cpuArchitecture", SCL_CONTAINER_PLATFORM, read_architecture },
    { "requiresCompatibilities", SCL_CONTAINER_RUNTIME_FAMILY, NULL },
    { NULL, SCL_NONE, NULL },
};

/* What a task may say instead of its containers. */
static const struct scl_json_row task_memory_rows[] = {
    { "memory", SCL_CONTAINER_MEMORY_LIMIT, scl_ecs_task_memory },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row task_cpu_rows[] = {
    { "cpu", SCL_CONTAINER_CPU_LIMIT, scl_ecs_task_cpu },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    container_rows,     agent_rows,        task_rows,             task_cpu_rows,
    scl_ecs_mount_rows, scl_ecs_tmpfs_rows, scl_ecs_port_rows,    scl_ecs_variable_rows,
    scl_ecs_device_rows, scl_ecs_secret_rows, ulimit_rows,        extra_host_rows,
    env_file_rows,      NULL,
};

/* What every task definition can say. */
static const struct scl_json_row *const standard_rows[] = {
    container_rows,    task_rows,             scl_ecs_mount_rows,  scl_ecs_tmpfs_rows,
    scl_ecs_port_rows, scl_ecs_variable_rows, scl_ecs_secret_rows, ulimit_rows,
    extra_host_rows,   env_file_rows,         NULL,
};

/* Devices and security options those of agents alone, processors those that limit the task. */
static void
say(struct scl_lowering *l, const struct scl_tree *task)
{
    scl_rows_say_all(l, standard_rows);
    if (scl_str_is(scl_str_c(l->d->family), "ecs-ec2")) {
        scl_rows_say(l, agent_rows);
        scl_rows_say(l, scl_ecs_device_rows);
    }
    if (scl_rows_find(task, "cpu"))
        scl_rows_say(l, task_cpu_rows);
}

/* Memory and swap together, from how much swap may be used besides. */
static void
set_swap(struct scl_lowering *l, uint32_t object, const struct scl_tree *container)
{
    const struct scl_tree *swap = scl_rows_find(container, "linuxParameters.maxSwap");
    const struct scl_tree *memory = scl_rows_find(container, "memory");
    int64_t swap_mib, memory_mib;

    if (!scl_tree_int(swap, &swap_mib) || !scl_tree_int(memory, &memory_mib))
        return;
    if (swap_mib < 0 || memory_mib <= 0 || swap_mib > INT32_MAX || memory_mib > INT32_MAX)
        return;
    scl_build_int(l->d, object, SCL_CONTAINER_MEMORY_SWAP_LIMIT,
                  (int64_t)((uint64_t)(swap_mib + memory_mib) << 20), scl_rows_origin(l, swap));
}

static void
set_constants(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *needs = scl_rows_find(l->root, "requiresCompatibilities");

    scl_build_text(l->d, object, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(l->d->family),
                   needs ? scl_rows_origin(l, needs) : 0);
    scl_build_text(l->d, object, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    if (!scl_build_has(l->d, object, SCL_CONTAINER_OS))
        scl_build_text(l->d, object, SCL_CONTAINER_OS, SCL_S("linux"), 0);
}

static void
lower_container(struct scl_ecs *ecs, const struct scl_tree *task, const struct scl_tree *container)
{
    struct scl_lowering *l = &ecs->l;
    bool is_first = !l->says;
    uint32_t made;

    l->root = container;
    made = scl_rows_subject(l, SCL_TYPE_CONTAINER, scl_str_n("", 0));
    l->root = task;
    if (!made)
        return;
    if (is_first)
        say(l, task);
    scl_rows_bind(l, made, container_rows, container);
    scl_rows_bind(l, made, agent_rows, container);
    scl_rows_bind(l, made, task_rows, task);
    scl_rows_apply(l, made, container_rows, container);
    scl_rows_apply(l, made, agent_rows, container);
    scl_rows_apply(l, made, task_rows, task);
    scl_rows_apply(l, made, task_cpu_rows, task);
    if (!scl_rows_find(container, "memory") && !container->is_cut)
        scl_rows_apply(l, made, task_memory_rows, task);
    set_swap(l, made, container);
    set_constants(l, made);
}

/* Fargate where nothing else is asked for. */
static const char *
family_of(const struct scl_tree *task)
{
    const struct scl_tree *needs = scl_rows_find(task, "requiresCompatibilities");
    const char *family = "ecs-ec2";

    for (uint32_t i = 0; needs && i < scl_tree_count(needs); i++) {
        if (!scl_str_is(scl_tree_text(scl_tree_child(needs, i)), "FARGATE"))
            return "ecs-ec2";
        family = "ecs-fargate";
    }
    return family;
}

static void
lower_task(struct scl_ecs *ecs, const struct scl_tree *task)
{
    struct scl_lowering *l = &ecs->l;

    ecs->list = task->kind == SCL_TREE_LIST ? task
                                            : scl_rows_find(task, "containerDefinitions");
    l->says = NULL;
    l->root = task;
    l->d->family = family_of(task);
    if (!ecs->list || !scl_rows_expect(l, 0, SCL_NONE, ecs->list, SCL_TREE_LIST))
        return;
    scl_ecs_index(ecs);
    for (uint32_t i = 0; i < scl_tree_count(ecs->list); i++)
        lower_container(ecs, task, scl_tree_child(ecs->list, i));
}

static void
lower_template(struct scl_ecs *ecs, const struct scl_tree *resources)
{
    for (uint32_t i = 0; i < scl_tree_count(resources); i++) {
        const struct scl_tree *task =
            scl_ecs_from_template(ecs->l.d, scl_tree_child(resources, i));

        if (task)
            lower_task(ecs, task);
    }
}

/* Of a body of Terraform. */
static void
lower_body(void *context, const struct scl_tree *body)
{
    struct scl_ecs *ecs = context;
    const struct scl_tree *task = ecs->is_full ? NULL : scl_ecs_from_body(ecs, body);

    if (task)
        lower_task(ecs, task);
}

static void
lower_document(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_ecs ecs = { .l = { .d = d }, .limits = scl_tree_limits_of(&input->limits) };
    const struct scl_tree *described = scl_rows_find(root, "taskDefinition");

    if (scl_ecs_is_template(root))
        lower_template(&ecs, scl_rows_find(root, "Resources"));
    else if (!scl_ecs_each_body(root, lower_body, &ecs))
        lower_task(&ecs, described && described->kind == SCL_TREE_MAP ? described : root);
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *documents)
{
    for (uint32_t i = 0; i < scl_tree_count(documents); i++)
        lower_document(d, input, scl_tree_child(documents, i));
}

const struct scl_format scl_format_ecs = {
    .name = "ecs",
    .title = "task definitions of Amazon ECS, also of CloudFormation and Terraform",
    .resolution = "request",
    .family = "ecs-ec2",
    .sample = "{\"containerDefinitions\": [{}]}",
    .rows = all_rows,
    .takes_yaml = true,
    .fits_tree = fits_tree,
    .lower = lower,
};
