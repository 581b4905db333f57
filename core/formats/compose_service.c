/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_service.c: the keys of a service, and the fields they become
 */
#include "formats/compose.h"

#include "formats/oci_runtime.h"

#include <string.h>

bool
scl_compose_truth(struct scl_str text, bool *ret_truth)
{
    static const char *const yes[] = { "true", "yes", "y", "on", "1", "t" };
    static const char *const no[] = { "false", "no", "n", "off", "0", "f" };

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (!scl_str_is_nocase(text, yes[i]) && !scl_str_is_nocase(text, no[i]))
            continue;
        *ret_truth = scl_str_is_nocase(text, yes[i]);
        return true;
    }
    return false;
}

/* ---- readers of one value ---- */

/* Each is given a string, as all scalars are copied as such. */
static bool
is_string(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    return node->kind == SCL_TREE_STRING ||
           scl_rows_expect(l, object, field, node, SCL_TREE_STRING);
}

static void
read_text(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (is_string(l, object, field, node))
        scl_asked_text(l, object, field, node);
}

static void
read_bool(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (scl_compose_truth(scl_tree_text(node), &truth))
        scl_build_bool(l->d, object, field, truth, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected true or false");
}

#define STRING_READER(name, reader) \
    static void name(struct scl_lowering *l, uint32_t object, unsigned field, \
                     const struct scl_tree *node) \
    { \
        if (is_string(l, object, field, node)) \
            reader(l, object, field, node); \
    }
STRING_READER(read_int, scl_asked_int)
STRING_READER(read_limit, scl_asked_limit)
STRING_READER(read_bytes, scl_asked_bytes)
STRING_READER(read_swap, scl_asked_swap)
STRING_READER(read_processors, scl_asked_processors)
STRING_READER(read_duration, scl_asked_duration)
STRING_READER(read_user, scl_asked_user)
STRING_READER(read_image, scl_asked_image)
STRING_READER(read_restart, scl_asked_restart)

static void
read_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    if (is_string(l, object, field + 1, node))
        scl_asked_namespace(l, object, field, node);
}

/* The older name of a policy, and all others as they are written. */
static void
read_pull(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (scl_str_is(scl_tree_text(node), "if_not_present"))
        scl_build_text(l->d, object, field, SCL_S("missing"), scl_rows_origin(l, node));
    else
        read_text(l, object, field, node);
}

/* A limit that has two keys, which may not say different things in one service. */
static void
read_twice(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
           const char *other, scl_row_read_fn read)
{
    const struct scl_value *value = scl_build_find(l->d, object, field);
    struct scl_value before = value ? *value : (struct scl_value){ 0 };

    read(l, object, field, node);
    value = scl_build_find(l->d, object, field);
    if (value && scl_rows_find(l->root, other) && before.kind == value->kind &&
        before.as.number != value->as.number)
        scl_rows_refuse(l, object, field, node, "the key outside of deploy says something else");
}

#define SECOND_READER(name, other, reader) \
    static void name(struct scl_lowering *l, uint32_t object, unsigned field, \
                     const struct scl_tree *node) \
    { \
        read_twice(l, object, field, node, other, reader); \
    }
SECOND_READER(read_deploy_memory, "mem_limit", read_bytes)
SECOND_READER(read_deploy_reservation, "mem_reservation", read_bytes)
SECOND_READER(read_deploy_processors, "cpus", read_processors)
SECOND_READER(read_deploy_pids, "pids_limit", read_limit)

/* Words as a shell divides them, without its variables. */
static void
split_words(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    char *made = scl_arena_alloc(&l->d->arena, text.len + 1);
    uint32_t origin = scl_rows_origin(l, node);
    size_t start = 0, out = 0;
    bool in_word = false;
    char quote = '\0';

    for (size_t i = 0; made && i <= text.len; i++) {
        char c = i < text.len ? text.at[i] : ' ';

        if (i == text.len || (!quote && scl_is_blank(c))) {
            struct scl_str word = scl_str_n(made + start, out - start);

            if (in_word && scl_part_is_known(word))
                scl_build_item_text(l->d, object, field, word, origin);
            else if (in_word)
                scl_build_item_unknown(l->d, object, field, origin);
            start = out;
            in_word = false;
        } else if (c == quote) {
            quote = '\0';
        } else if (!quote && (c == '\'' || c == '"')) {
            quote = c;
            in_word = true;
        } else {
            if (c == '\\' && quote != '\'' && i + 1 < text.len)
                c = text.at[++i];
            made[out++] = c;
            in_word = true;
        }
    }
}

void
scl_compose_words(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    scl_build_empty(l->d, object, field, SCANTLING_STATE_ABSENT, 0); /* a layer replaces it */
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    if (node->kind == SCL_TREE_STRING) {
        split_words(l, object, field, node);
        return;
    }
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (is_string(l, object, SCL_NONE, scl_tree_child(node, i)))
            scl_asked_item(l, object, field, scl_tree_child(node, i));
}

/* A text runs in a shell; a list begins with CMD, CMD-SHELL or NONE. */
static void
read_test(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *first = scl_tree_child(node, 0);
    bool is_none = first && scl_str_is(scl_tree_text(first), "NONE");
    uint32_t follows;

    if (node->kind == SCL_TREE_STRING) {
        scl_asked_test(l, object, field, node);
        return;
    }
    scl_compose_words(l, object, field, node);
    follows = scl_build_derived(l->d, object, field);
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, !is_none, follows);
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DISABLED, is_none, follows);
}

static void
read_disable(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth = false;

    read_bool(l, object, field, node);
    if (scl_compose_truth(scl_tree_text(node), &truth) && truth)
        scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, false,
                       scl_build_derived(l->d, object, field));
}

static void
read_api_socket(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    bool truth = false;

    (void)field;
    if (scl_compose_truth(scl_tree_text(node), &truth) && truth)
        scl_asked_api_socket(l, object, node);
}

static void
read_quota(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *period = scl_rows_find(l->root, "cpu_period");
    int64_t number, time = 0;

    if (!is_string(l, object, field, node) || node->is_cut)
        return;
    if (period && !scl_str_int(scl_tree_text(period), &time))
        time = 0;
    if (scl_str_int(scl_tree_text(node), &number) && number > 0)
        scl_cpu_quota(l, object, SCL_CONTAINER_CPU_LIMIT, number, time, node);
}

/* A path alone is that of the context. */
static void
read_build(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_build_group(l->d, object, SCL_CONTAINER_BUILD, scl_rows_origin(l, node));
    if (node->kind == SCL_TREE_STRING)
        scl_asked_text(l, object, field, node);
    else
        scl_rows_expect(l, object, field, node, SCL_TREE_MAP);
}

/* A Dockerfile that is written here is none of a folder, whatever lies there. */
static void
read_inline(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
}

static void
read_build_args(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, item));
        struct scl_str value = scl_tree_text(item), name = scl_tree_key(item);
        bool has_value = item->kind == SCL_TREE_STRING;

        if (node->kind == SCL_TREE_LIST)
            has_value = scl_str_cut(&value, '=', &name) && value.at;
        scl_part_text(l, made, SCL_ARG_NAME, item, name);
        if (has_value)
            scl_part_text(l, made, SCL_ARG_VALUE, item, value);
    }
}

/* Of what is asked for besides, graphics are the most common. */
static void
read_reserved_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node)
{
    scl_compose_gather_gpus(l, object, field, node);
}

/* ---- the keys ---- */

#define NAMESPACE_ROW(path, id) { path, SCL_CONTAINER_NS_##id, read_namespace }

static const struct scl_json_row rows[] = {
    { "container_name", SCL_CONTAINER_NAME, read_text },
    { "image", SCL_CONTAINER_IMAGE_RAW, read_image },
    { "build", SCL_CONTAINER_BUILD_CONTEXT, read_build },
    { "build.context", SCL_CONTAINER_BUILD_CONTEXT, read_text },
    { "build.dockerfile", SCL_CONTAINER_BUILD_DOCKERFILE, read_text },
    { "build.dockerfile_inline", SCL_CONTAINER_BUILD_DOCKERFILE, read_inline },
    { "build.target", SCL_CONTAINER_BUILD_TARGET, read_text },
    { "build.args", SCL_CONTAINER_BUILD_ARGS, read_build_args },
    { "build.privileged", SCL_CONTAINER_BUILD_PRIVILEGED, read_bool },
    { "build.entitlements", SCL_CONTAINER_BUILD_ENTITLEMENTS, scl_compose_gather },
    { "build.network", SCL_CONTAINER_BUILD_NETWORK, read_text },
    { "platform", SCL_CONTAINER_PLATFORM, read_text },
    { "pull_policy", SCL_CONTAINER_PULL_POLICY, read_pull },
    { "user", SCL_CONTAINER_USER_RAW, read_user },
    { "group_add", SCL_CONTAINER_GROUPS, scl_compose_gather },
    { "privileged", SCL_CONTAINER_PRIVILEGED, read_bool },
    { "read_only", SCL_CONTAINER_READONLY_ROOTFS, read_bool },
    { "init", SCL_CONTAINER_INIT, read_bool },
    { "tty", SCL_CONTAINER_TTY, read_bool },
    { "stdin_open", SCL_CONTAINER_STDIN, read_bool },
    { "cap_add", SCL_CONTAINER_CAP_ADD, scl_compose_gather },
    { "cap_drop", SCL_CONTAINER_CAP_DROP, scl_compose_gather },
    { "security_opt", SCL_CONTAINER_SECURITY_OPT, scl_compose_gather },
    NAMESPACE_ROW("pid", PID),
    NAMESPACE_ROW("network_mode", NET),
    NAMESPACE_ROW("ipc", IPC),
    NAMESPACE_ROW("uts", UTS),
    NAMESPACE_ROW("userns_mode", USER),
    NAMESPACE_ROW("cgroup", CGROUP),
    { "volumes", SCL_CONTAINER_MOUNTS, scl_compose_gather },
    { "tmpfs", SCL_CONTAINER_MOUNTS, scl_compose_gather_tmpfs },
    { "use_api_socket", SCL_NONE, read_api_socket },
    { "volumes_from", SCL_CONTAINER_VOLUMES_FROM, scl_compose_gather },
    { "devices", SCL_CONTAINER_DEVICES, scl_compose_gather },
    { "gpus", SCL_CONTAINER_DEVICES, scl_compose_gather_gpus },
    { "deploy.resources.reservations.devices", SCL_CONTAINER_DEVICES, read_reserved_devices },
    { "device_cgroup_rules", SCL_CONTAINER_DEVICE_CGROUP_RULES, scl_compose_gather },
    { "ports", SCL_CONTAINER_PORTS, scl_compose_gather },
    { "expose", SCL_CONTAINER_EXPOSED_PORTS, scl_compose_gather },
    { "networks", SCL_CONTAINER_NETWORKS, scl_compose_gather },
    { "links", SCL_CONTAINER_LINKS, scl_compose_gather },
    { "environment", SCL_CONTAINER_ENV, scl_compose_gather },
    { "env_file", SCL_CONTAINER_ENV_FILES, scl_compose_gather },
    { "secrets", SCL_CONTAINER_SECRETS, scl_compose_gather },
    { "configs", SCL_CONTAINER_CONFIGS, scl_compose_gather },
    { "mem_limit", SCL_CONTAINER_MEMORY_LIMIT, read_bytes },
    { "deploy.resources.limits.memory", SCL_CONTAINER_MEMORY_LIMIT, read_deploy_memory },
    { "mem_reservation", SCL_CONTAINER_MEMORY_RESERVATION, read_bytes },
    { "deploy.resources.reservations.memory", SCL_CONTAINER_MEMORY_RESERVATION,
      read_deploy_reservation },
    { "memswap_limit", SCL_CONTAINER_MEMORY_SWAP_LIMIT, read_swap },
    { "mem_swappiness", SCL_CONTAINER_MEMORY_SWAPPINESS, read_int },
    { "oom_kill_disable", SCL_CONTAINER_OOM_KILL_DISABLE, read_bool },
    { "oom_score_adj", SCL_CONTAINER_OOM_SCORE_ADJ, read_int },
    { "cpu_quota", SCL_NONE, read_quota },
    { "cpus", SCL_CONTAINER_CPU_LIMIT, read_processors },
    { "deploy.resources.limits.cpus", SCL_CONTAINER_CPU_LIMIT, read_deploy_processors },
    { "deploy.resources.reservations.cpus", SCL_CONTAINER_CPU_REQUEST, read_processors },
    { "cpu_shares", SCL_CONTAINER_CPU_SHARES, read_int },
    { "cpuset", SCL_CONTAINER_CPUSET, read_text },
    { "pids_limit", SCL_CONTAINER_PIDS_LIMIT, read_limit },
    { "deploy.resources.limits.pids", SCL_CONTAINER_PIDS_LIMIT, read_deploy_pids },
    { "shm_size", SCL_CONTAINER_SHM_SIZE, read_bytes },
    { "ulimits", SCL_CONTAINER_ULIMITS, scl_compose_gather },
    { "restart", SCL_CONTAINER_RESTART_POLICY, read_restart },
    { "deploy.restart_policy", SCL_CONTAINER_RESTART_POLICY, scl_compose_restart_policy },
    { "deploy.restart_policy.max_attempts", SCL_CONTAINER_RESTART_MAX_RETRIES, read_int },
    { "healthcheck.test", SCL_CONTAINER_HEALTHCHECK_TEST, read_test },
    { "healthcheck.disable", SCL_CONTAINER_HEALTHCHECK_DISABLED, read_disable },
    { "healthcheck.interval", SCL_CONTAINER_HEALTHCHECK_INTERVAL, read_duration },
    { "healthcheck.timeout", SCL_CONTAINER_HEALTHCHECK_TIMEOUT, read_duration },
    { "healthcheck.start_period", SCL_CONTAINER_HEALTHCHECK_START_PERIOD, read_duration },
    { "healthcheck.retries", SCL_CONTAINER_HEALTHCHECK_RETRIES, read_int },
    { "logging.driver", SCL_CONTAINER_LOGGING_DRIVER, read_text },
    { "logging.options", SCL_CONTAINER_LOGGING_OPTIONS, scl_compose_gather },
    { "sysctls", SCL_CONTAINER_SYSCTLS, scl_compose_gather },
    { "hostname", SCL_CONTAINER_HOSTNAME, read_text },
    { "domainname", SCL_CONTAINER_DOMAINNAME, read_text },
    { "extra_hosts", SCL_CONTAINER_EXTRA_HOSTS, scl_compose_gather },
    { "dns", SCL_CONTAINER_DNS_SERVERS, scl_compose_gather },
    { "dns_search", SCL_CONTAINER_DNS_SEARCH, scl_compose_gather },
    { "dns_opt", SCL_CONTAINER_DNS_OPTIONS, scl_compose_gather },
    { "entrypoint", SCL_CONTAINER_ENTRYPOINT, scl_compose_words },
    { "command", SCL_CONTAINER_COMMAND, scl_compose_words },
    { "working_dir", SCL_CONTAINER_WORKING_DIR, read_text },
    { "stop_signal", SCL_CONTAINER_STOP_SIGNAL, read_text },
    { "stop_grace_period", SCL_CONTAINER_STOP_TIMEOUT, read_duration },
    { "post_start", SCL_CONTAINER_LIFECYCLE, scl_compose_hooks },
    { "pre_stop", SCL_CONTAINER_LIFECYCLE, scl_compose_hooks },
    { "labels", SCL_CONTAINER_LABELS, scl_compose_gather },
    { "label_file", SCL_CONTAINER_LABELS, scl_compose_gather_label_files },
    { "annotations", SCL_CONTAINER_ANNOTATIONS, scl_compose_gather },
    { "cgroup_parent", SCL_CONTAINER_CGROUP_PARENT, read_text },
    { "runtime", SCL_CONTAINER_RUNTIME, read_text },
    { "profiles", SCL_CONTAINER_PROFILES, scl_compose_gather },
    { "scale", SCL_CONTAINER_SCALE, read_int },
    { "deploy.replicas", SCL_CONTAINER_SCALE, read_int },
    { NULL, SCL_NONE, NULL },
};

/* What is said by no key, or by any. */
static const struct scl_json_row other_rows[] = {
    { "", SCL_CONTAINER_INTERPOLATION, NULL }, { "", SCL_INTERPOLATION_NAME, NULL },
    { "", SCL_INTERPOLATION_VALUE, NULL },     { "", SCL_INTERPOLATION_HOW, NULL },
    { "", SCL_PORT_NAME, NULL },               { "", SCL_ENV_FILE_FORMAT, NULL },
    { "", SCL_CONFIG_NAME, NULL },             { "", SCL_CONFIG_SOURCE, NULL },
    { "", SCL_CONFIG_TARGET, NULL },           { "", SCL_CONFIG_UID, NULL },
    { "", SCL_CONFIG_GID, NULL },              { "", SCL_CONFIG_MODE, NULL },
    { "", SCL_CONFIG_AS, NULL },               { "", SCL_ARG_NAME, NULL },
    { "", SCL_ARG_VALUE, NULL },               { "", SCL_PROBE_PHASE, NULL },
    { "", SCL_PROBE_KIND, NULL },              { "", SCL_PROBE_ARGV, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row *const scl_compose_rows[] = {
    rows, other_rows, scl_asked_members, scl_asked_parts, NULL,
};

/* ---- layers ---- */

/* The node at a path, or what takes its place: a null that resets it. NULL: nothing is said. */
static const struct scl_tree *
follow(const struct scl_tree *layer, const char *path)
{
    struct scl_str rest = scl_str_c(path), name;
    const struct scl_tree *at = layer;

    while (at && scl_str_cut(&rest, '.', &name)) {
        at = at->kind == SCL_TREE_MAP ? scl_tree_find(at, name) : NULL;
        if (at && at->kind == SCL_TREE_NULL)
            return at;
    }
    return at;
}

static void
reset(struct scl_compose *c, uint32_t container, unsigned field)
{
    if (field == SCL_NONE)
        return;
    scl_compose_clear(c, field);
    if (scl_field(field)->kind != SCL_KIND_GROUP && scl_build_has(c->l.d, container, field))
        scl_build_empty(c->l.d, container, field, SCANTLING_STATE_ABSENT, 0);
}

void
scl_compose_apply(struct scl_compose *c, uint32_t container, const struct scl_tree *layer)
{
    c->l.root = layer;
    for (const struct scl_json_row *row = rows; row->path; row++) {
        const struct scl_tree *node = follow(layer, row->path);

        if (!node)
            continue;
        if (scl_compose_is_reset(node))
            reset(c, container, row->field);
        if (node->kind != SCL_TREE_NULL)
            row->read(&c->l, container, row->field, node);
    }
}

static void
add_uses(struct scl_compose *c, uint32_t container)
{
    static const char *const how[] = { "given", "default", "missing" };

    for (uint32_t i = 0; i < c->uses.count; i++) {
        const struct scl_compose_use *use = &c->uses.at[i];
        uint32_t origin = scl_rows_origin(&c->l, use->node);
        uint32_t made = scl_build_object(c->l.d, container, SCL_CONTAINER_INTERPOLATION, origin);

        scl_build_text(c->l.d, made, SCL_INTERPOLATION_NAME, use->name, origin);
        scl_build_text(c->l.d, made, SCL_INTERPOLATION_HOW, scl_str_c(how[use->use]), 0);
        if (strcmp(how[use->use], "missing") != 0 && scl_part_is_known(use->value))
            scl_build_text(c->l.d, made, SCL_INTERPOLATION_VALUE, use->value, origin);
    }
    c->uses.count = 0;
}

static void
lose(struct scl_compose *c, uint32_t container, unsigned field)
{
    enum { MODE = 1, HOST = 3 };
    unsigned kind = field == SCL_NONE ? SCL_KIND_EMPTY : scl_field(field)->kind;

    if (kind == SCL_KIND_GROUP) {
        lose(c, container, field + MODE);
        lose(c, container, field + HOST);
    } else if (kind == SCL_KIND_LIST || kind == SCL_KIND_MAP) {
        scl_build_open(c->l.d, container, field);
    } else if (kind != SCL_KIND_EMPTY && !scl_build_has(c->l.d, container, field)) {
        scl_build_empty(c->l.d, container, field, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(&c->l, c->lost));
    }
}

/* What a service extends and nobody gave may say all that it does not say itself. */
static void
lose_rest(struct scl_compose *c, uint32_t container)
{
    static const unsigned others[] = {
        SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_CONTAINER_SECCOMP_MODE,
        SCL_CONTAINER_SECCOMP_CONFINED,  SCL_CONTAINER_APPARMOR_MODE,
        SCL_CONTAINER_SELINUX_MODE,
    };

    for (const struct scl_json_row *row = rows; c->lost && row->path; row++)
        if (row->field != SCL_CONTAINER_BUILD_CONTEXT)
            lose(c, container, row->field);
    for (size_t i = 0; c->lost && i < sizeof others / sizeof *others; i++)
        lose(c, container, others[i]);
}

/* A service without a mode of its own is in networks of its project. */
static void
set_network(struct scl_compose *c, uint32_t container)
{
    if (c->lost || scl_build_has(c->l.d, container, SCL_CONTAINER_NS_NET_MODE))
        return;
    scl_build_text(c->l.d, container, SCL_CONTAINER_NS_NET_MODE, SCL_S("named"), 0);
    scl_build_bool(c->l.d, container, SCL_CONTAINER_NS_NET_HOST, false, 0);
}

void
scl_compose_finish(struct scl_compose *c, uint32_t container, const struct scl_tree *service)
{
    bool is_built = scl_build_has(c->l.d, container, SCL_CONTAINER_BUILD_CONTEXT) ||
                    scl_build_has(c->l.d, container, SCL_CONTAINER_BUILD_DOCKERFILE);

    scl_compose_build_lists(c, container);
    if (is_built)
        scl_build_text(c->l.d, container, SCL_CONTAINER_IMAGE_PIN, SCL_S("build"),
                       scl_build_derived(c->l.d, container, SCL_CONTAINER_BUILD_CONTEXT));
    set_network(c, container);
    scl_asked_finish_ports(&c->l, container);
    scl_asked_finish_swap(&c->l, container);
    lose_rest(c, container);
    add_uses(c, container);
    c->l.root = service;
    scl_rows_bind(&c->l, container, rows, service);
}
