/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ecs_parts.c: mounts, ports, variables and limits of ECS task definitions
 *
 * A mount point names a volume of the task, which says what is mounted. A port is passed on by the
 * host where the network is a bridge; else the task has an address, or the host's, and what listens
 * is reached there. Sizes are MiB.
 */
#include "formats/ecs.h"
#include "formats/oci_runtime.h"
#include "syntax/number.h"

enum { MIB = 20, PROCESSOR = 1024, MOST_PORTS = 65536 };

static const struct scl_ecs *
ecs_of(const struct scl_lowering *l)
{
    return (const struct scl_ecs *)l;
}

static void
index_names(struct scl_map *map, struct scl_arena *arena, const struct scl_tree *list)
{
    scl_map_init(map, arena);
    for (uint32_t i = 0; list && i < scl_tree_count(list); i++)
        scl_map_put(map, scl_rows_text_at(scl_tree_child(list, i), "name"), i + 1);
}

void
scl_ecs_index(struct scl_ecs *ecs)
{
    index_names(&ecs->volumes, &ecs->l.d->arena, scl_rows_find(ecs->l.root, "volumes"));
    index_names(&ecs->containers, &ecs->l.d->arena, ecs->list);
}

/* ---- limits ---- */

static void
set_mib(struct scl_lowering *l, uint32_t object, unsigned field, int64_t mib,
        const struct scl_tree *node)
{
    if (mib > INT64_MAX >> MIB)
        scl_rows_refuse(l, object, field, node, "the number is too large");
    else if (mib > 0)
        scl_build_int(l->d, object, field, mib << MIB, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

void
scl_ecs_mib(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t mib;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_tree_int(node, &mib))
        set_mib(l, object, field, mib, node);
    else
        scl_rows_refuse(l, object, field, node, "expected a whole number of MiB");
}

void
scl_ecs_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t nano;
    bool exact;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_tree_nano(node, &nano, &exact) && nano >= 0)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a number of seconds");
}

/* A number before a unit, in units of 10 to the -9; `*ret_has_unit` tells whether that is there. */
static bool
amount(struct scl_str text, struct scl_str unit, int64_t *ret_nano, bool *ret_has_unit)
{
    bool exact;

    text = scl_str_trim(text);
    *ret_has_unit = text.len > unit.len &&
                    scl_str_same_nocase(scl_str_sub(text, text.len - unit.len, text.len), unit);
    if (*ret_has_unit)
        text = scl_str_trim(scl_str_sub(text, 0, text.len - unit.len));
    return scl_number_nano(text, ret_nano, &exact) && *ret_nano >= 0;
}

void
scl_ecs_task_memory(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    int64_t nano;
    bool in_gb;

    if (node->kind != SCL_TREE_NUMBER && !scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (!amount(scl_tree_text(node), SCL_S("GB"), &nano, &in_gb))
        scl_rows_refuse(l, object, field, node, "expected MiB, or a number of GB");
    else
        set_mib(l, object, field, in_gb ? nano / 1000000 * 1024 / 1000 : nano / 1000000000, node);
}

void
scl_ecs_task_cpu(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    int64_t nano;
    bool in_processors;

    if (node->kind != SCL_TREE_NUMBER && !scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (!amount(scl_tree_text(node), SCL_S("vCPU"), &nano, &in_processors))
        scl_rows_refuse(l, object, field, node, "expected CPU units, or a number of vCPU");
    else
        scl_build_decimal(l->d, object, field, in_processors ? nano : nano / PROCESSOR,
                          scl_rows_origin(l, node));
}

/* ---- variables ---- */

const struct scl_json_row scl_ecs_variable_rows[] = {
    { "name", SCL_ENV_NAME, scl_row_text },
    { "value", SCL_ENV_VALUE, scl_row_text },
    { "", SCL_ENV_REF, NULL },
    { "", SCL_ENV_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

/* A secret becomes a variable, whose value is kept elsewhere. */
static const struct scl_json_row secret_variable_rows[] = {
    { "name", SCL_ENV_NAME, scl_row_text },
    { "valueFrom", SCL_ENV_REF, scl_row_text },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_ecs_secret_rows[] = {
    { "name", SCL_SECRET_NAME, scl_row_text },
    { "valueFrom", SCL_SECRET_SOURCE, scl_row_text },
    { "name", SCL_SECRET_TARGET, scl_row_text },
    { "name", SCL_SECRET_AS, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
finish_variable(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    (void)node;
    scl_build_text(l->d, object, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
}

static void
finish_secret(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    (void)node;
    scl_build_text(l->d, object, SCL_SECRET_AS, SCL_S("env"), 0);
}

static void
finish_secret_variable(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *from = scl_rows_find(node, "valueFrom");

    scl_build_text(l->d, object, SCL_ENV_ORIGIN, SCL_S("secret"),
                   from ? scl_rows_origin(l, from) : 0);
}

void
scl_ecs_environment(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_ecs_variable_rows, finish_variable);
}

void
scl_ecs_secrets(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_ecs_secret_rows, finish_secret);
    if (node->kind == SCL_TREE_LIST)
        scl_rows_members(l, object, SCL_CONTAINER_ENV, node, secret_variable_rows,
                         finish_secret_variable);
    else
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
}

/* ---- mounts ---- */

const struct scl_json_row scl_ecs_mount_rows[] = {
    { "containerPath", SCL_MOUNT_TARGET, scl_row_text },
    { "readOnly", SCL_MOUNT_READ_ONLY, scl_row_bool },
    { "sourceVolume", SCL_MOUNT_TYPE, NULL },
    { "sourceVolume", SCL_MOUNT_SOURCE, NULL },
    { "", SCL_MOUNT_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
set_source(struct scl_lowering *l, uint32_t mount, const char *type, const struct scl_tree *source)
{
    uint32_t origin = scl_rows_origin(l, source);

    scl_build_text(l->d, mount, SCL_MOUNT_TYPE, scl_str_c(type), origin);
    if (source->kind == SCL_TREE_STRING && source->count)
        scl_build_text(l->d, mount, SCL_MOUNT_SOURCE, scl_tree_text(source), origin);
}

/* A folder of the host that the driver of a volume is told to bind. */
static const struct scl_tree *
disguised_bind(const struct scl_tree *volume)
{
    const struct scl_tree *device =
        scl_rows_find(volume, "dockerVolumeConfiguration.driverOpts.device");
    struct scl_str rest = scl_rows_text_at(volume, "dockerVolumeConfiguration.driverOpts.o");
    struct scl_str option;

    while (scl_str_cut(&rest, ',', &option))
        if (scl_str_is(option, "bind") || scl_str_is(option, "rbind"))
            return device;
    return NULL;
}

static void
set_volume(struct scl_lowering *l, uint32_t mount, const struct scl_tree *volume)
{
    const struct scl_tree *path = scl_rows_find(volume, "host.sourcePath");
    const struct scl_tree *device = disguised_bind(volume), *name = scl_rows_find(volume, "name");
    bool is_lost = scl_rows_is_lost(volume, "host.sourcePath");

    if (scl_tree_find(volume, SCL_S("efsVolumeConfiguration")) ||
        scl_tree_find(volume, SCL_S("fsxWindowsFileServerVolumeConfiguration")))
        set_source(l, mount, "other", name);
    else if (device && device->kind == SCL_TREE_STRING)
        set_source(l, mount, "bind", device);
    else if (path && path->kind == SCL_TREE_STRING && path->count)
        set_source(l, mount, "bind", path);
    else if (scl_tree_find(volume, SCL_S("dockerVolumeConfiguration")))
        set_source(l, mount, "volume", name);
    else if (!path && !is_lost)
        scl_build_text(l->d, mount, SCL_MOUNT_TYPE, SCL_S("volume"), scl_rows_origin(l, name));
    else {
        scl_build_empty(l->d, mount, SCL_MOUNT_TYPE, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, volume));
        scl_build_empty(l->d, mount, SCL_MOUNT_SOURCE, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, volume));
    }
}

static void
finish_mount(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *volumes = scl_rows_find(l->root, "volumes");
    const struct scl_tree *name = scl_rows_find(node, "sourceVolume"), *volume = NULL;
    const struct scl_map_entry *entry =
        name ? scl_map_find(&ecs_of(l)->volumes, scl_tree_text(name)) : NULL;

    if (entry && name->kind == SCL_TREE_STRING)
        volume = scl_tree_child(volumes, (uint32_t)entry->value - 1);
    scl_build_text(l->d, object, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
    if (volume) {
        set_volume(l, object, volume);
        return;
    }
    if (name && l->root->kind == SCL_TREE_MAP && !l->root->is_cut && !(volumes && volumes->is_cut))
        scl_rows_refuse(l, object, SCL_MOUNT_TYPE, name, "the task has no volume of this name");
    scl_build_empty(l->d, object, SCL_MOUNT_TYPE, SCANTLING_STATE_UNKNOWN,
                    scl_rows_origin(l, name ? name : node));
    scl_build_empty(l->d, object, SCL_MOUNT_SOURCE, SCANTLING_STATE_UNKNOWN,
                    scl_rows_origin(l, name ? name : node));
}

void
scl_ecs_mount_points(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_ecs_mount_rows, finish_mount);
}

/* What another container of the task mounts; what that one has from others is not followed. */
static void
add_mounts_of(struct scl_lowering *l, uint32_t object, const struct scl_tree *from)
{
    const struct scl_map_entry *entry =
        scl_map_find(&ecs_of(l)->containers, scl_rows_text_at(from, "sourceContainer"));
    const struct scl_tree *other =
        entry ? scl_tree_child(ecs_of(l)->list, (uint32_t)entry->value - 1) : NULL;
    const struct scl_tree *points = scl_tree_find(other, SCL_S("mountPoints"));
    const struct scl_tree *others = scl_tree_find(other, SCL_S("volumesFrom"));
    const struct scl_tree *read_only = scl_rows_find(from, "readOnly");
    uint32_t made = l->d->objects.count;
    bool truth = false;

    if (!scl_tree_bool(read_only, &truth))
        truth = false;
    scl_build_item_text(l->d, object, SCL_CONTAINER_VOLUMES_FROM,
                        scl_rows_print(&l->d->arena, truth ? "%.*s:ro" : "%.*s",
                                       SCL_ARG(scl_rows_text_at(from, "sourceContainer"))),
                        scl_rows_origin(l, from));
    if (!other || (others && scl_tree_count(others)))
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
    if (!points || points->kind != SCL_TREE_LIST)
        return;
    scl_rows_members(l, object, SCL_CONTAINER_MOUNTS, points, scl_ecs_mount_rows, finish_mount);
    if (!truth)
        return;
    for (; made < l->d->objects.count; made++)
        scl_build_bool(l->d, made, SCL_MOUNT_READ_ONLY, true, scl_rows_origin(l, read_only));
}

void
scl_ecs_volumes_from(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    enum { MOST = 100 };

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST)) {
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
        return;
    }
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node) && i < MOST; i++)
        if (scl_tree_child(node, i)->kind == SCL_TREE_MAP)
            add_mounts_of(l, object, scl_tree_child(node, i));
    if (node->is_cut || scl_tree_count(node) > MOST)
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
}

const struct scl_json_row scl_ecs_tmpfs_rows[] = {
    { "containerPath", SCL_MOUNT_TARGET, scl_row_text },
    { "size", SCL_MOUNT_SIZE, scl_ecs_mib },
    { "mountOptions", SCL_MOUNT_OPTIONS, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

static void
finish_tmpfs(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *options = scl_rows_find(node, "mountOptions");

    scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("tmpfs"), scl_rows_origin(l, node));
    scl_build_text(l->d, object, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
    for (uint32_t i = 0; options && i < scl_tree_count(options); i++)
        scl_mount_option(l, object, scl_tree_text(scl_tree_child(options, i)),
                         scl_tree_child(options, i));
}

void
scl_ecs_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    (void)field;
    if (scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST))
        scl_rows_members(l, object, SCL_CONTAINER_MOUNTS, node, scl_ecs_tmpfs_rows, finish_tmpfs);
    else
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
}

/* ---- devices ---- */

const struct scl_json_row scl_ecs_device_rows[] = {
    { "hostPath", SCL_DEVICE_SOURCE, scl_row_text },
    { "containerPath", SCL_DEVICE_TARGET, scl_row_text },
    { "permissions", SCL_DEVICE_PERMISSIONS, NULL },
    { "", SCL_DEVICE_CLASS, NULL },
    { NULL, SCL_NONE, NULL },
};

/* All three where none is named. */
static void
set_permissions(struct scl_lowering *l, uint32_t object, const struct scl_tree *list)
{
    static const struct {
        const char *word;
        char letter;
    } words[] = { { "read", 'r' }, { "write", 'w' }, { "mknod", 'm' } };
    char *letters = scl_arena_alloc(&l->d->arena, sizeof words / sizeof *words);
    size_t count = 0;

    if (!letters ||
        (list && !scl_rows_expect(l, object, SCL_DEVICE_PERMISSIONS, list, SCL_TREE_LIST)))
        return;
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        bool is_given = !list || scl_tree_count(list) == 0;

        for (uint32_t i = 0; list && i < scl_tree_count(list); i++)
            is_given = is_given || scl_str_is(scl_tree_text(scl_tree_child(list, i)),
                                              words[w].word);
        if (is_given)
            letters[count++] = words[w].letter;
    }
    scl_build_text(l->d, object, SCL_DEVICE_PERMISSIONS, scl_str_n(letters, count),
                   list ? scl_rows_origin(l, list)
                        : scl_build_derived(l->d, object, SCL_DEVICE_SOURCE));
}

static void
finish_device(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *source = scl_rows_find(node, "hostPath");

    scl_build_text(l->d, object, SCL_DEVICE_CLASS, SCL_S("path"), 0);
    if (source && source->kind == SCL_TREE_STRING && !scl_rows_find(node, "containerPath"))
        scl_build_text(l->d, object, SCL_DEVICE_TARGET, scl_tree_text(source),
                       scl_build_derived(l->d, object, SCL_DEVICE_SOURCE));
    if (!node->is_cut)
        set_permissions(l, object, scl_rows_find(node, "permissions"));
}

void
scl_ecs_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_ecs_device_rows, finish_device);
}

/* Processors for graphics, of which it asks for a number. */
void
scl_ecs_requirements(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST) || node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_DEVICES);
    for (uint32_t i = 0; node->kind == SCL_TREE_LIST && i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        const struct scl_tree *value = scl_rows_find(item, "value");
        uint32_t made;

        if (!scl_str_is(scl_rows_text_at(item, "type"), "GPU"))
            continue;
        made = scl_build_object(l->d, object, SCL_CONTAINER_DEVICES, scl_rows_origin(l, item));
        scl_build_text(l->d, made, SCL_DEVICE_CLASS, SCL_S("gpu"), 0);
        if (value)
            scl_row_text(l, made, SCL_DEVICE_SOURCE, value);
    }
}

/* ---- ports ---- */

const struct scl_json_row scl_ecs_port_rows[] = {
    { "containerPort", SCL_PORT_CONTAINER_PORT, scl_row_int },
    { "protocol", SCL_PORT_PROTOCOL, scl_row_text },
    { "hostPort", SCL_PORT_HOST_PORT, NULL },
    { "", SCL_PORT_PUBLISHED, NULL },
    { "hostPort", SCL_PORT_RANDOM, NULL },
    { NULL, SCL_NONE, NULL },
};

static bool
is_bridged(const struct scl_lowering *l)
{
    struct scl_str mode = scl_rows_text_at(l->root, "networkMode");

    return mode.len ? scl_str_is(mode, "bridge") || scl_str_is(mode, "default")
                    : scl_str_is(scl_str_c(l->d->family), "ecs-ec2");
}

/* Through a bridge the host passes on a port of its own, of its choice where none is named. */
static void
set_host_port(struct scl_lowering *l, uint32_t port, const struct scl_tree *node, int64_t number)
{
    const struct scl_tree *host = scl_rows_find(node, "hostPort");
    uint32_t origin = scl_rows_origin(l, host ? host : node);
    bool is_fixed = host && scl_tree_int(host, &number) && number != 0;

    scl_build_bool(l->d, port, SCL_PORT_PUBLISHED, is_bridged(l), origin);
    if (host && !is_fixed && !scl_rows_expect(l, port, SCL_PORT_HOST_PORT, host, SCL_TREE_NUMBER))
        return;
    if (is_fixed || !is_bridged(l))
        scl_build_int(l->d, port, SCL_PORT_HOST_PORT, number, origin);
    else
        scl_build_bool(l->d, port, SCL_PORT_RANDOM, true, origin);
}

static void
finish_port(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    int64_t number = 0;

    if (!scl_build_has(l->d, object, SCL_PORT_PROTOCOL))
        scl_build_text(l->d, object, SCL_PORT_PROTOCOL, SCL_S("tcp"), 0);
    if (scl_tree_int(scl_rows_find(node, "containerPort"), &number))
        set_host_port(l, object, node, number);
}

static bool
range_of(const struct scl_tree *node, int64_t *ret_first, int64_t *ret_last)
{
    struct scl_str rest = scl_tree_text(node), first;

    if (node->kind != SCL_TREE_STRING || !scl_str_cut(&rest, '-', &first))
        return false;
    return scl_str_int(first, ret_first) && scl_str_int(rest, ret_last) && *ret_first > 0 &&
           *ret_first <= *ret_last && *ret_last <= UINT16_MAX;
}

/* A range has a port of the host for each of its own, which the agent chooses. */
static void
add_range(struct scl_lowering *l, uint32_t object, const struct scl_tree *mapping,
          uint32_t *ports)
{
    const struct scl_tree *range = scl_rows_find(mapping, "containerPortRange");
    const struct scl_tree *protocol = scl_rows_find(mapping, "protocol");
    uint32_t origin = scl_rows_origin(l, mapping);
    int64_t first, last;

    if (!range_of(range, &first, &last)) {
        scl_rows_refuse(l, object, SCL_NONE, range, "expected a range of ports, as 80-89");
        scl_build_open(l->d, object, SCL_CONTAINER_PORTS);
        return;
    }
    for (int64_t number = first; number <= last && *ports < MOST_PORTS; number++, ++*ports) {
        uint32_t made = scl_build_object(l->d, object, SCL_CONTAINER_PORTS, origin);

        scl_build_int(l->d, made, SCL_PORT_CONTAINER_PORT, number, scl_rows_origin(l, range));
        if (protocol)
            scl_row_text(l, made, SCL_PORT_PROTOCOL, protocol);
        else
            scl_build_text(l->d, made, SCL_PORT_PROTOCOL, SCL_S("tcp"), 0);
        set_host_port(l, made, range, number);
    }
}

void
scl_ecs_ports(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    uint32_t ports = 0;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *mapping = scl_tree_child(node, i);
        uint32_t made;

        if (!scl_rows_expect(l, object, SCL_NONE, mapping, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
        } else if (scl_rows_find(mapping, "containerPortRange")) {
            add_range(l, object, mapping, &ports);
        } else {
            made = scl_build_object(l->d, object, field, scl_rows_origin(l, mapping));
            scl_rows_apply(l, made, scl_ecs_port_rows, mapping);
            finish_port(l, made, mapping);
        }
    }
    if (node->is_cut || ports == MOST_PORTS)
        scl_build_open(l->d, object, field);
}
