/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime_linux.c: namespaces, the system call filter and processors of an OCI runtime
 * configuration
 */
#include "base/path.h"
#include "formats/oci_runtime.h"

#include <string.h>

/* The fields of a namespace stand in a row from its mode on. */
enum { MODE, TARGET, HOST };

static const struct namespace_row {
    struct scl_str type;   /* in the configuration */
    struct scl_str kernel; /* below /proc/PID/ns */
    unsigned mode;         /* field; SCL_NONE: the model has none */
} namespace_rows[] = {
    { SCL_STR("pid"), SCL_STR("pid"), SCL_CONTAINER_NS_PID_MODE },
    { SCL_STR("network"), SCL_STR("net"), SCL_CONTAINER_NS_NET_MODE },
    { SCL_STR("ipc"), SCL_STR("ipc"), SCL_CONTAINER_NS_IPC_MODE },
    { SCL_STR("uts"), SCL_STR("uts"), SCL_CONTAINER_NS_UTS_MODE },
    { SCL_STR("user"), SCL_STR("user"), SCL_CONTAINER_NS_USER_MODE },
    { SCL_STR("cgroup"), SCL_STR("cgroup"), SCL_CONTAINER_NS_CGROUP_MODE },
    { SCL_STR("time"), SCL_STR("time"), SCL_CONTAINER_NS_TIME_MODE },
    { SCL_STR("mount"), SCL_STR("mnt"), SCL_NONE },
};

enum { NAMESPACE_ROWS = sizeof namespace_rows / sizeof *namespace_rows };

/* The namespace of the host's first process, or of the runtime itself, is the host's. */
static bool
is_host_path(struct scl_arena *arena, struct scl_str path, const struct namespace_row *row)
{
    static const struct scl_str folders[] = {
        SCL_STR("/proc/1/ns/"),
        SCL_STR("/proc/self/ns/"),
        SCL_STR("/proc/thread-self/ns/"),
    };

    path = scl_path_clean(arena, path);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (scl_str_starts(path, folders[i]))
            return scl_str_same(scl_str_sub(path, folders[i].len, path.len), row->kernel);
    return false;
}

static void
set_namespace(struct scl_lowering *l, uint32_t object, const struct namespace_row *row,
              const struct scl_tree *node)
{
    const struct scl_tree *path = scl_rows_find(node, "path");
    uint32_t origin = scl_rows_origin(l, node), follows;
    bool joins, is_host;

    if (path && !scl_rows_expect(l, object, row->mode, path, SCL_TREE_STRING)) {
        scl_build_empty(l->d, object, row->mode + HOST, SCANTLING_STATE_UNKNOWN, origin);
        return;
    }
    joins = path && path->count;
    is_host = joins && is_host_path(&l->d->arena, scl_tree_text(path), row);
    scl_build_text(l->d, object, row->mode,
                   is_host ? SCL_S("host") : joins ? SCL_S("path") : SCL_S("private"), origin);
    follows = scl_build_derived(l->d, object, row->mode);
    scl_build_bool(l->d, object, row->mode + HOST, is_host, follows);
    if (joins)
        scl_build_text(l->d, object, row->mode + TARGET, scl_tree_text(path),
                       scl_rows_origin(l, path));
}

static const struct namespace_row *
find_namespace(struct scl_str type)
{
    for (size_t i = 0; i < NAMESPACE_ROWS; i++)
        if (scl_str_same(namespace_rows[i].type, type))
            return &namespace_rows[i];
    return NULL;
}

static void
read_namespace(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *type = scl_rows_find(node, "type");
    const struct namespace_row *row;

    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP) || !type ||
        !scl_rows_expect(l, object, SCL_NONE, type, SCL_TREE_STRING))
        return;
    row = find_namespace(scl_tree_text(type));
    if (!row)
        scl_rows_refuse(l, object, SCL_NONE, type, "no type of namespace");
    else if (row->mode != SCL_NONE)
        set_namespace(l, object, row, node);
}

/* Whether the mapping of a user namespace gives the container's root to the host's. */
static void
read_mappings(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *mappings = scl_rows_find(l->root, "linux.uidMappings");
    const struct scl_tree *uid = scl_rows_find(l->root, "process.user.uid");
    int64_t inside, outside, process;

    if (!scl_tree_int(uid, &process))
        return;
    for (uint32_t i = 0; mappings && i < scl_tree_count(mappings); i++) {
        const struct scl_tree *mapping = scl_tree_child(mappings, i);

        if (scl_tree_int(scl_tree_find(mapping, SCL_S("containerID")), &inside) &&
            scl_tree_int(scl_tree_find(mapping, SCL_S("hostID")), &outside) && inside == 0)
            scl_build_bool(l->d, object, SCL_CONTAINER_USER_ROOT_MAPS,
                           process == 0 && outside == 0,
                           scl_build_derived(l->d, object, SCL_CONTAINER_NS_USER_MODE));
    }
}

void
scl_runtime_namespaces(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node)
{
    bool has_user = false;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_group(l->d, object, field, scl_rows_origin(l, node));
    for (size_t i = 0; node->is_cut && i < NAMESPACE_ROWS; i++) {
        const struct namespace_row *row = &namespace_rows[i];

        if (row->mode == SCL_NONE)
            continue;
        scl_build_empty(l->d, object, row->mode, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
        scl_build_empty(l->d, object, row->mode + HOST, SCANTLING_STATE_UNKNOWN,
                        scl_build_derived(l->d, object, row->mode));
    }
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *type = scl_tree_find(scl_tree_child(node, i), SCL_S("type"));

        read_namespace(l, object, scl_tree_child(node, i));
        has_user = has_user || (type && scl_str_is(scl_tree_text(type), "user"));
    }
    if (has_user)
        read_mappings(l, object);
}

/* The system call filter. */

static bool
lets_through(struct scl_str action)
{
    return scl_str_is(action, "SCMP_ACT_ALLOW") || scl_str_is(action, "SCMP_ACT_LOG");
}

static bool
has_refusing_rule(const struct scl_tree *filter)
{
    const struct scl_tree *rules = scl_rows_find(filter, "syscalls");

    for (uint32_t i = 0; rules && i < scl_tree_count(rules); i++) {
        const struct scl_tree *action =
            scl_tree_find(scl_tree_child(rules, i), SCL_S("action"));

        if (action && action->kind == SCL_TREE_STRING && !lets_through(scl_tree_text(action)))
            return true;
    }
    return false;
}

bool
scl_seccomp_refuses(const struct scl_tree *filter, bool *ret_refuses)
{
    const struct scl_tree *action = scl_rows_find(filter, "defaultAction");
    const struct scl_tree *rules = scl_rows_find(filter, "syscalls");

    if (!action || action->kind != SCL_TREE_STRING)
        return false;
    *ret_refuses = !lets_through(scl_tree_text(action)) || has_refusing_rule(filter);
    return *ret_refuses || !(filter->is_cut || (rules && rules->is_cut));
}

void
scl_runtime_seccomp(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    const struct scl_tree *action = scl_rows_find(node, "defaultAction");
    uint32_t origin = scl_rows_origin(l, node), follows;
    bool refuses;

    if (!scl_rows_expect(l, object, SCL_CONTAINER_SECCOMP_MODE, node, SCL_TREE_MAP)) {
        scl_build_empty(l->d, object, SCL_CONTAINER_SECCOMP_CONFINED, SCANTLING_STATE_UNKNOWN,
                        origin);
        return;
    }
    scl_build_group(l->d, object, field, origin);
    scl_build_text(l->d, object, SCL_CONTAINER_SECCOMP_MODE, SCL_S("profile"), origin);
    if (action)
        scl_row_text(l, object, SCL_CONTAINER_SECCOMP_DEFAULT_ACTION, action);
    follows = scl_build_derived(l->d, object, action ? SCL_CONTAINER_SECCOMP_DEFAULT_ACTION
                                                     : SCL_CONTAINER_SECCOMP_MODE);
    if (scl_seccomp_refuses(node, &refuses))
        scl_build_bool(l->d, object, SCL_CONTAINER_SECCOMP_CONFINED, refuses, follows);
    else
        scl_build_empty(l->d, object, SCL_CONTAINER_SECCOMP_CONFINED, SCANTLING_STATE_UNKNOWN,
                        follows);
}

/* Processors: time in a period, both in microseconds. */

enum { STANDARD_PERIOD = 100000, NANO = 1000000000 };

static bool
cpu_nano(int64_t quota, int64_t period, int64_t *ret)
{
    int64_t whole = quota / period, rest = quota % period;

    if (whole >= INT64_MAX / NANO || rest > INT64_MAX / NANO)
        return false;
    *ret = whole * NANO + rest * NANO / period;
    return true;
}

void
scl_cpu_quota(struct scl_lowering *l, uint32_t object, unsigned field, int64_t quota,
              int64_t period, const struct scl_tree *node)
{
    int64_t nano;

    if (quota <= 0)
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
    else if (cpu_nano(quota, period > 0 ? period : STANDARD_PERIOD, &nano))
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "the number is too large");
}

void
scl_runtime_cpu(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t quota, period = 0;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (!scl_tree_int(node, &quota)) {
        scl_rows_refuse(l, object, field, node, "expected a whole number");
        return;
    }
    if (!scl_tree_int(scl_rows_find(l->root, "linux.resources.cpu.period"), &period))
        period = 0;
    scl_cpu_quota(l, object, field, quota, period, node);
}

/* Limits as the files of control groups of version 2 have them: `max`, or a number. */

static void
set_unified_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    struct scl_str text = scl_str_trim(scl_tree_text(node));
    int64_t number;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (scl_str_is(text, "max"))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
    else if (scl_str_int(text, &number))
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a number or max");
}

static void
set_unified_cpu(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    struct scl_str rest = scl_str_trim(scl_tree_text(node)), word;
    int64_t quota = 0, period = 0;

    if (!scl_rows_expect(l, object, SCL_CONTAINER_CPU_LIMIT, node, SCL_TREE_STRING))
        return;
    if (!scl_str_cut(&rest, ' ', &word) || (!scl_str_is(word, "max") && !scl_str_int(word, &quota)))
        scl_rows_refuse(l, object, SCL_CONTAINER_CPU_LIMIT, node, "expected a number or max");
    else
        scl_cpu_quota(l, object, SCL_CONTAINER_CPU_LIMIT, quota,
                      scl_str_int(scl_str_trim(rest), &period) ? period : 0, node);
}

void
scl_runtime_unified(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    const struct scl_tree *memory = scl_tree_find(node, SCL_S("memory.max"));
    const struct scl_tree *pids = scl_tree_find(node, SCL_S("pids.max"));
    const struct scl_tree *cpu = scl_tree_find(node, SCL_S("cpu.max"));

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    if (memory)
        set_unified_limit(l, object, SCL_CONTAINER_MEMORY_LIMIT, memory);
    if (pids)
        set_unified_limit(l, object, SCL_CONTAINER_PIDS_LIMIT, pids);
    if (cpu)
        set_unified_cpu(l, object, cpu);
}
