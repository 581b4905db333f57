/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defaults.c: what a runtime does where a document says nothing
 *
 * Rows for the OCI runtime follow from the runtime specification: booleans are false, a filter, a
 * profile or a namespace that is not asked for is not there (config.md, config-linux.md). Those
 * for Docker and Podman are what their engines do out of the box, also where ECS or Nomad run them;
 * those for containerd and CRI-O what a kubelet has them do.
 */
#include "document/defaults.h"

#include <string.h>

struct default_row {
    const char *family;
    uint16_t field;
    uint8_t kind; /* EMPTY: there is no limit */
    int64_t number;
    const char *text;
};

#define NAMESPACE(family, id, mode, is_host) \
    { family, SCL_CONTAINER_NS_##id##_MODE, SCL_KIND_TEXT, 0, mode }, \
    { family, SCL_CONTAINER_NS_##id##_HOST, SCL_KIND_BOOL, is_host, NULL }
#define HOST_NAMESPACE(family, id) NAMESPACE(family, id, "host", true)
#define NO_RESTART(family) { family, SCL_CONTAINER_RESTART_POLICY, SCL_KIND_TEXT, 0, "no" }
/* A task that asks for nothing has so much memory, and no swap. */
#define TASK_MEMORY(family) \
    { family, SCL_CONTAINER_MEMORY_LIMIT, SCL_KIND_INT, 300 << 20, NULL }, \
    { family, SCL_CONTAINER_MEMORY_SWAP_LIMIT, SCL_KIND_INT, 300 << 20, NULL }
#define NO_PROCESS_LIMIT(family) { family, SCL_CONTAINER_PIDS_LIMIT, SCL_KIND_EMPTY, 0, NULL }

/* What Docker and Podman have in common, whoever asks them. */
#define ENGINE(family) \
    { family, SCL_CONTAINER_PRIVILEGED, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_READONLY_ROOTFS, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_TTY, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_SECCOMP_MODE, SCL_KIND_TEXT, 0, "default" }, \
    { family, SCL_CONTAINER_SECCOMP_CONFINED, SCL_KIND_BOOL, true, NULL }, \
    { family, SCL_CONTAINER_APPARMOR_MODE, SCL_KIND_TEXT, 0, "default" }, \
    { family, SCL_CONTAINER_SELINUX_MODE, SCL_KIND_TEXT, 0, "default" }, \
    NAMESPACE(family, PID, "private", false), \
    NAMESPACE(family, UTS, "private", false), \
    NAMESPACE(family, USER, "host", true), \
    { family, SCL_MOUNT_READ_ONLY, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_PUBLISH_ALL, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_OOM_KILL_DISABLE, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_MEMORY_LIMIT, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_MEMORY_RESERVATION, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_MEMORY_SWAP_LIMIT, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_CPU_LIMIT, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_SHM_SIZE, SCL_KIND_INT, 64 << 20, NULL }

/* What a kubelet has its runtime do. */
#define KUBELET(family) \
    { family, SCL_CONTAINER_PRIVILEGED, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_READONLY_ROOTFS, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_USER_NOT_ROOT, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_TTY, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_STDIN, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_SECCOMP_MODE, SCL_KIND_TEXT, 0, "unconfined" }, \
    { family, SCL_CONTAINER_SECCOMP_CONFINED, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_APPARMOR_MODE, SCL_KIND_TEXT, 0, "default" }, \
    { family, SCL_CONTAINER_SELINUX_MODE, SCL_KIND_TEXT, 0, "default" }, \
    { family, SCL_CONTAINER_PROC_MOUNT, SCL_KIND_TEXT, 0, "default" }, \
    NAMESPACE(family, PID, "private", false), \
    NAMESPACE(family, NET, "pod", false), \
    NAMESPACE(family, IPC, "pod", false), \
    NAMESPACE(family, UTS, "pod", false), \
    NAMESPACE(family, CGROUP, "private", false), \
    HOST_NAMESPACE(family, USER), \
    { family, SCL_MOUNT_READ_ONLY, SCL_KIND_BOOL, false, NULL }, \
    { family, SCL_CONTAINER_MEMORY_LIMIT, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_MEMORY_RESERVATION, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_CPU_LIMIT, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_CPU_REQUEST, SCL_KIND_EMPTY, 0, NULL }, \
    { family, SCL_CONTAINER_RESTART_POLICY, SCL_KIND_TEXT, 0, "always" }, \
    { family, SCL_CONTAINER_DNS_POLICY, SCL_KIND_TEXT, 0, "ClusterFirst" }, \
    { family, SCL_CONTAINER_SERVICE_ACCOUNT_NAME, SCL_KIND_TEXT, 0, "default" }, \
    { family, SCL_CONTAINER_SERVICE_ACCOUNT_AUTOMOUNT, SCL_KIND_BOOL, true, NULL }, \
    { family, SCL_CONTAINER_WINDOWS_HOST_PROCESS, SCL_KIND_BOOL, false, NULL }

static const struct default_row rows[] = {
    { "oci", SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_READONLY_ROOTFS, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_TTY, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_SECCOMP_MODE, SCL_KIND_TEXT, 0, "unconfined" },
    { "oci", SCL_CONTAINER_SECCOMP_CONFINED, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_APPARMOR_MODE, SCL_KIND_TEXT, 0, "unconfined" },
    HOST_NAMESPACE("oci", PID),
    HOST_NAMESPACE("oci", NET),
    HOST_NAMESPACE("oci", IPC),
    HOST_NAMESPACE("oci", UTS),
    HOST_NAMESPACE("oci", USER),
    HOST_NAMESPACE("oci", CGROUP),
    HOST_NAMESPACE("oci", TIME),
    { "oci", SCL_MOUNT_READ_ONLY, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_OOM_KILL_DISABLE, SCL_KIND_BOOL, false, NULL },
    { "oci", SCL_CONTAINER_MEMORY_LIMIT, SCL_KIND_EMPTY, 0, NULL },
    { "oci", SCL_CONTAINER_MEMORY_RESERVATION, SCL_KIND_EMPTY, 0, NULL },
    { "oci", SCL_CONTAINER_MEMORY_SWAP_LIMIT, SCL_KIND_EMPTY, 0, NULL },
    { "oci", SCL_CONTAINER_CPU_LIMIT, SCL_KIND_EMPTY, 0, NULL },
    NO_PROCESS_LIMIT("oci"),
    ENGINE("docker"),
    NAMESPACE("docker", NET, "bridge", false),
    NAMESPACE("docker", IPC, "private", false),
    NO_RESTART("docker"),
    NO_PROCESS_LIMIT("docker"),
    { "docker", SCL_HOST_ICC, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_IPTABLES, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_IP6TABLES, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_IP_FORWARD, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_IP_MASQ, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_IPV6, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_ALLOW_DIRECT_ROUTING, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_USERLAND_PROXY, SCL_KIND_BOOL, true, NULL },
    { "docker", SCL_HOST_TLS, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_TLSVERIFY, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_USERNS_REMAP, SCL_KIND_TEXT, 0, "" },
    { "docker", SCL_HOST_NO_NEW_PRIVILEGES, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_SECCOMP_PROFILE, SCL_KIND_TEXT, 0, "builtin" },
    { "docker", SCL_HOST_SELINUX_ENABLED, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_DEFAULT_RUNTIME, SCL_KIND_TEXT, 0, "runc" },
    { "docker", SCL_HOST_DEFAULT_IPC_MODE, SCL_KIND_TEXT, 0, "private" },
    { "docker", SCL_HOST_DEFAULT_SHM_SIZE, SCL_KIND_INT, 64 << 20, NULL },
    { "docker", SCL_HOST_INIT, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_LIVE_RESTORE, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_LOG_DRIVER, SCL_KIND_TEXT, 0, "json-file" },
    { "docker", SCL_HOST_LOG_LEVEL, SCL_KIND_TEXT, 0, "info" },
    { "docker", SCL_HOST_DEBUG, SCL_KIND_BOOL, false, NULL },
    { "docker", SCL_HOST_EXPERIMENTAL, SCL_KIND_BOOL, false, NULL },
    ENGINE("podman"),
    NAMESPACE("podman", NET, "bridge", false),
    NAMESPACE("podman", IPC, "shareable", false),
    NO_RESTART("podman"),
    { "podman", SCL_CONTAINER_PIDS_LIMIT, SCL_KIND_INT, 2048, NULL },
    KUBELET("containerd"),
    KUBELET("crio"),
    ENGINE("ecs-ec2"),
    NAMESPACE("ecs-ec2", NET, "bridge", false),
    NAMESPACE("ecs-ec2", IPC, "private", false),
    NO_PROCESS_LIMIT("ecs-ec2"),
    ENGINE("ecs-fargate"),
    NAMESPACE("ecs-fargate", NET, "awsvpc", false),
    NAMESPACE("ecs-fargate", IPC, "private", false),
    TASK_MEMORY("nomad"),
    ENGINE("nomad"),
    NAMESPACE("nomad", NET, "bridge", false),
    NAMESPACE("nomad", IPC, "private", false),
    NO_PROCESS_LIMIT("nomad"),
    TASK_MEMORY("nomad-podman"),
    ENGINE("nomad-podman"),
    NAMESPACE("nomad-podman", NET, "bridge", false),
    NAMESPACE("nomad-podman", IPC, "shareable", false),
    { "nomad-podman", SCL_CONTAINER_PIDS_LIMIT, SCL_KIND_INT, 2048, NULL },
};

void
scl_default_read(const char *family, unsigned field, struct scl_reading *ret)
{
    for (size_t i = 0; family[0] && i < sizeof rows / sizeof rows[0]; i++) {
        const struct default_row *row = &rows[i];

        if (row->field != field || strcmp(row->family, family) != 0)
            continue;
        ret->state = SCANTLING_STATE_DEFAULT;
        ret->default_of = row->family;
        ret->value.kind = row->kind;
        if (row->kind == SCL_KIND_TEXT) {
            ret->value.as.text = row->text;
            ret->value.length = (uint32_t)strlen(row->text);
        } else {
            ret->value.as.number = row->number;
            ret->value.flags = row->kind == SCL_KIND_EMPTY ? SCL_VALUE_NO_LIMIT : 0;
        }
        return;
    }
}

/* The rows of a family stand together. */
const char *
scl_default_family(size_t index)
{
    const char *family = "";

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].family, family) == 0)
            continue;
        family = rows[i].family;
        if (index-- == 0)
            return family;
    }
    return NULL;
}
