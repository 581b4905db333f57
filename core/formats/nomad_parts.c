/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nomad_parts.c: mounts and ports of Nomad's tasks
 *
 * A source that is no absolute path lies in the folder of the allocation, unless a driver of
 * volumes is named. A port has a label, by which a task asks for what a network of its group
 * reserves; it is mapped for TCP and for UDP, and counts as the former.
 */
#include "formats/nomad.h"
#include "formats/oci_runtime.h"

static const struct scl_nomad *
nomad_of(const struct scl_lowering *l)
{
    return (const struct scl_nomad *)l;
}

/* ---- mounts ---- */

const struct scl_json_row scl_nomad_mount_rows[] = {
    { "target", SCL_MOUNT_TARGET, scl_row_text },
    { "source", SCL_MOUNT_SOURCE, scl_row_some_text },
    { "type", SCL_MOUNT_TYPE, scl_row_some_text },
    { "readonly", SCL_MOUNT_READ_ONLY, scl_nomad_bool },
    { "bind_options", SCL_MOUNT_PROPAGATION, NULL },
    { "tmpfs_options", SCL_MOUNT_SIZE, NULL },
    { "", SCL_MOUNT_OPTIONS, NULL },
    { "", SCL_MOUNT_RELABEL, NULL },
    { "", SCL_MOUNT_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
set_origin(struct scl_lowering *l, uint32_t mount)
{
    scl_build_text(l->d, mount, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
}

/* A folder of the host that the driver of a volume is told to bind. */
static const struct scl_tree *
disguised_bind(const struct scl_tree *mount)
{
    const struct scl_tree *options = scl_tree_find(mount, SCL_S("volume_options"));
    const struct scl_tree *first =
        options && scl_nomad_block_count(options) ? scl_nomad_block(options, 0) : NULL;
    const struct scl_tree *driver = scl_tree_find(first, SCL_S("driver_config"));
    const struct scl_tree *config =
        driver && scl_nomad_block_count(driver) ? scl_nomad_block(driver, 0) : NULL;
    const struct scl_tree *o = scl_nomad_find(config, "options", "o");
    struct scl_str rest = o ? scl_tree_text(o) : SCL_S(""), option;

    while (scl_str_cut(&rest, ',', &option))
        if (scl_str_is(option, "bind") || scl_str_is(option, "rbind"))
            return scl_nomad_find(config, "options", "device");
    return NULL;
}

static void
finish_mount(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    const struct scl_tree *propagation = scl_nomad_find(mount, "bind_options", "propagation");
    const struct scl_tree *size = scl_nomad_find(mount, "tmpfs_options", "size");
    const struct scl_tree *device = disguised_bind(mount);

    if (propagation)
        scl_row_some_text(l, object, SCL_MOUNT_PROPAGATION, propagation);
    if (size)
        scl_nomad_limit(l, object, SCL_MOUNT_SIZE, size);
    if (!scl_build_has(l->d, object, SCL_MOUNT_TYPE))
        scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("volume"), 0);
    if (device && device->kind == SCL_TREE_STRING) {
        scl_build_text(l->d, object, SCL_MOUNT_SOURCE, scl_tree_text(device),
                       scl_rows_origin(l, device));
        scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("bind"),
                       scl_build_derived(l->d, object, SCL_MOUNT_SOURCE));
    }
    set_origin(l, object);
}

void
scl_nomad_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    (void)field;
    scl_build_list(l->d, object, SCL_CONTAINER_MOUNTS, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_nomad_block_count(node); i++) {
        const struct scl_tree *block = scl_nomad_block(node, i);
        uint32_t made;

        if (!scl_rows_expect(l, object, SCL_NONE, block, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
            continue;
        }
        made = scl_build_object(l->d, object, SCL_CONTAINER_MOUNTS, scl_rows_origin(l, block));
        scl_rows_apply(l, made, scl_nomad_mount_rows, block);
        finish_mount(l, made, block);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
}

/* Options divided by commas. */
static void
read_options(struct scl_lowering *l, uint32_t mount, struct scl_str text,
             const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);
    struct scl_str option;

    if (!text.len)
        return;
    scl_build_list(l->d, mount, SCL_MOUNT_OPTIONS, origin);
    while (scl_str_cut(&text, ',', &option)) {
        scl_build_item_text(l->d, mount, SCL_MOUNT_OPTIONS, option, origin);
        scl_mount_option(l, mount, option, node);
        scl_mount_relabel(l, mount, option, origin);
    }
}

/* SOURCE:TARGET[:OPTIONS] */
static void
add_volume(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool has_driver = scl_rows_text_at(l->root, "Config.volume_driver").len > 0;
    struct scl_str rest = scl_tree_text(node), source = { "", 0 }, target = { "", 0 };
    uint32_t origin = scl_rows_origin(l, node);
    uint32_t made = scl_build_object(l->d, object, field, origin);
    bool is_path;

    scl_str_cut(&rest, ':', &source);
    is_path = (source.len && source.at[0] == '/') || !has_driver;
    scl_build_text(l->d, made, SCL_MOUNT_TYPE,
                   rest.len && is_path ? SCL_S("bind") : SCL_S("volume"), origin);
    if (!rest.len) {
        scl_build_text(l->d, made, SCL_MOUNT_TARGET, source, origin);
    } else {
        scl_str_cut(&rest, ':', &target);
        scl_build_text(l->d, made, SCL_MOUNT_SOURCE, source, origin);
        scl_build_text(l->d, made, SCL_MOUNT_TARGET, target, origin);
        read_options(l, made, rest, node);
    }
    set_origin(l, made);
}

void
scl_nomad_volumes(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_volume);
}

/* TARGET[:OPTIONS], of Podman's driver. */
void
scl_nomad_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST)) {
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
        return;
    }
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        struct scl_str rest = scl_tree_text(item), target = { "", 0 };
        uint32_t origin = scl_rows_origin(l, item), made;

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING)) {
            scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
            continue;
        }
        made = scl_build_object(l->d, object, SCL_CONTAINER_MOUNTS, origin);
        scl_str_cut(&rest, ':', &target);
        scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("tmpfs"), origin);
        scl_build_text(l->d, made, SCL_MOUNT_TARGET, target, origin);
        read_options(l, made, rest, item);
        set_origin(l, made);
    }
}

/* Volumes of the group: their name is known, and where they lie the agent knows. */

static const struct scl_json_row volume_mount_rows[] = {
    { "Destination", SCL_MOUNT_TARGET, scl_row_text },
    { "ReadOnly", SCL_MOUNT_READ_ONLY, scl_row_bool },
    { NULL, SCL_NONE, NULL },
};

static void
finish_volume_mount(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    static const struct {
        const char *word, *propagation;
    } modes[] = {
        { "private", "rprivate" },
        { "host-to-task", "rslave" },
        { "bidirectional", "rshared" },
    };
    const struct scl_tree *name = scl_rows_find(node, "Volume");
    const struct scl_tree *mode = scl_rows_find(node, "PropagationMode");
    const struct scl_tree *volume =
        name ? scl_tree_find(scl_tree_find(nomad_of(l)->group, SCL_S("Volumes")),
                             scl_tree_text(name))
             : NULL;
    const struct scl_tree *source = volume ? scl_tree_find(volume, SCL_S("Source")) : NULL;
    const struct scl_tree *read_only = volume ? scl_tree_find(volume, SCL_S("ReadOnly")) : NULL;
    bool truth;

    scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("volume"), 0);
    if (source && source->kind == SCL_TREE_STRING && source->count)
        scl_build_text(l->d, object, SCL_MOUNT_SOURCE, scl_tree_text(source),
                       scl_rows_origin(l, source));
    else if (name && name->kind == SCL_TREE_STRING)
        scl_build_text(l->d, object, SCL_MOUNT_SOURCE, scl_tree_text(name),
                       scl_rows_origin(l, name));
    if (scl_tree_bool(read_only, &truth) && truth)
        scl_build_bool(l->d, object, SCL_MOUNT_READ_ONLY, true, scl_rows_origin(l, read_only));
    for (size_t i = 0; mode && i < sizeof modes / sizeof *modes; i++)
        if (scl_str_is(scl_tree_text(mode), modes[i].word))
            scl_build_text(l->d, object, SCL_MOUNT_PROPAGATION,
                           scl_str_c(modes[i].propagation), scl_rows_origin(l, mode));
    set_origin(l, object);
}

void
scl_nomad_volume_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node)
{
    (void)field;
    if (scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST))
        scl_rows_members(l, object, SCL_CONTAINER_MOUNTS, node, volume_mount_rows,
                         finish_volume_mount);
    else
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
}

/* ---- ports ---- */

const struct scl_json_row scl_nomad_port_rows[] = {
    { "To", SCL_PORT_CONTAINER_PORT, NULL }, { "Value", SCL_PORT_HOST_PORT, NULL },
    { "", SCL_PORT_PUBLISHED, NULL },        { "Value", SCL_PORT_RANDOM, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
index_ports(struct scl_map *map, const struct scl_tree *network, struct scl_str kind)
{
    const struct scl_tree *list = scl_tree_find(network, kind);

    for (uint32_t i = 0; list && i < scl_tree_count(list); i++) {
        const struct scl_tree *port = scl_tree_child(list, i);

        if (port->kind == SCL_TREE_MAP)
            scl_map_put(map, scl_rows_text_at(port, "Label"), (uint64_t)(uintptr_t)port);
    }
}

void
scl_nomad_index(struct scl_map *ports, struct scl_lowering *l, const struct scl_tree *networks)
{
    scl_map_init(ports, &l->d->arena);
    for (uint32_t i = 0; networks && i < scl_tree_count(networks); i++) {
        index_ports(ports, scl_tree_child(networks, i), SCL_S("ReservedPorts"));
        index_ports(ports, scl_tree_child(networks, i), SCL_S("DynamicPorts"));
    }
}

static const struct scl_tree *
find_port(const struct scl_lowering *l, struct scl_str label)
{
    const struct scl_map_entry *entry = scl_map_find(&nomad_of(l)->ports, label);

    if (!entry)
        entry = scl_map_find(&nomad_of(l)->own_ports, label);
    return entry ? (const struct scl_tree *)(uintptr_t)entry->value : NULL;
}

/* Of the host the port that is reserved, else one that is chosen; in the container the same unless
 * another is told. In the network of the host nothing is passed on. */
static void
add_port(struct scl_lowering *l, uint32_t object, const struct scl_tree *asked,
         const struct scl_tree *port, const struct scl_tree *inside)
{
    const struct scl_tree *value = scl_tree_find(port, SCL_S("Value"));
    const struct scl_tree *to = inside ? inside : scl_tree_find(port, SCL_S("To"));
    uint32_t made = scl_build_object(l->d, object, SCL_CONTAINER_PORTS, scl_rows_origin(l, port));
    bool in_host = scl_str_is(scl_rows_text_at(l->root, "Config.network_mode"), "host");
    int64_t outside = 0, number = 0;

    if (scl_tree_int(value, &outside) && outside > 0)
        scl_build_int(l->d, made, SCL_PORT_HOST_PORT, outside, scl_rows_origin(l, value));
    else
        scl_build_bool(l->d, made, SCL_PORT_RANDOM, true, scl_rows_origin(l, port));
    if (scl_nomad_number(to, &number) && number > 0)
        scl_build_int(l->d, made, SCL_PORT_CONTAINER_PORT, number, scl_rows_origin(l, to));
    else if (outside > 0)
        scl_build_int(l->d, made, SCL_PORT_CONTAINER_PORT, outside, scl_rows_origin(l, value));
    scl_build_text(l->d, made, SCL_PORT_PROTOCOL, SCL_S("tcp"), 0);
    scl_build_bool(l->d, made, SCL_PORT_PUBLISHED, !in_host, scl_rows_origin(l, asked));
}

void
scl_nomad_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *label = scl_tree_child(node, i), *port;

        if (!scl_rows_expect(l, object, SCL_NONE, label, SCL_TREE_STRING)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        port = find_port(l, scl_tree_text(label));
        if (port)
            add_port(l, object, label, port, NULL);
        else
            scl_rows_refuse(l, object, SCL_NONE, label, "no network has a port of this label");
        if (!port)
            scl_build_open(l->d, object, field);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* Labels and the ports of the container, as older jobs have them. */
void
scl_nomad_port_map(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    (void)field;
    scl_build_list(l->d, object, SCL_CONTAINER_PORTS, scl_rows_origin(l, node));
    for (uint32_t b = 0; b < scl_nomad_block_count(node); b++) {
        const struct scl_tree *block = scl_nomad_block(node, b);

        if (!scl_rows_expect(l, object, SCL_NONE, block, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, SCL_CONTAINER_PORTS);
            continue;
        }
        for (uint32_t i = 0; i < scl_tree_count(block); i++) {
            const struct scl_tree *inside = scl_tree_child(block, i);
            const struct scl_tree *port = find_port(l, scl_tree_key(inside));

            if (port)
                add_port(l, object, inside, port, inside);
            else
                scl_build_open(l->d, object, SCL_CONTAINER_PORTS);
        }
    }
    if (node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_PORTS);
}

/* A network of the task itself, as older jobs have it, gives the task all of its ports; what is
 * mapped to other ports of the container has been added before. */
void
scl_nomad_own_ports(struct scl_lowering *l, uint32_t object)
{
    const struct scl_tree *map = scl_rows_find(l->root, "Config.port_map");
    const struct scl_map *own = &nomad_of(l)->own_ports;

    if (scl_rows_find(l->root, "Config.ports"))
        return;
    for (uint32_t i = 0; i < own->entries.count; i++) {
        const struct scl_map_entry *entry = &own->entries.at[i];
        const struct scl_tree *port = (const struct scl_tree *)(uintptr_t)entry->value;
        bool is_mapped = false;

        for (uint32_t b = 0; b < scl_nomad_block_count(map); b++)
            is_mapped = is_mapped || scl_tree_find(scl_nomad_block(map, b), entry->key);
        if (!is_mapped)
            add_port(l, object, port, port, NULL);
    }
}
