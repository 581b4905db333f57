/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_mounts.c: the mounts of Docker's containers
 *
 * The engine lists what it has mounted; a tmpfs that was asked for by `--tmpfs` is not in that
 * list. Without the list, what was asked for is read: binds as texts, mounts as objects. A volume
 * whose driver is told to bind a folder of the host is a bind.
 */
#include "formats/docker_container.h"
#include "formats/oci_runtime.h"

/* Mounts that were asked for, by their target. */
struct asked {
    struct scl_map by_target; /* index of the list, from 1 */
    const struct scl_tree *list;
};

static void
read_inverse(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (scl_rows_expect(l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, &truth))
        scl_build_bool(l->d, object, field, !truth, scl_rows_origin(l, node));
}

/* Options divided by commas. */
static void
read_options(struct scl_lowering *l, uint32_t object, struct scl_str text,
             const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);
    struct scl_str option;

    if (!text.len)
        return;
    scl_build_list(l->d, object, SCL_MOUNT_OPTIONS, origin);
    while (scl_str_cut(&text, ',', &option)) {
        scl_build_item_text(l->d, object, SCL_MOUNT_OPTIONS, option, origin);
        scl_mount_option(l, object, option, node);
        scl_mount_relabel(l, object, option, origin);
    }
}

static void
read_mode(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        read_options(l, object, scl_tree_text(node), node);
}

const struct scl_json_row scl_docker_mount_rows[] = {
    { "Destination", SCL_MOUNT_TARGET, scl_row_text },
    { "Source", SCL_MOUNT_SOURCE, scl_row_some_text },
    { "Type", SCL_MOUNT_TYPE, scl_row_text },
    { "Mode", SCL_MOUNT_OPTIONS, read_mode },
    { "RW", SCL_MOUNT_READ_ONLY, read_inverse },
    { "Propagation", SCL_MOUNT_PROPAGATION, scl_row_some_text },
    { "Mode", SCL_MOUNT_SIZE, NULL },
    { "Mode", SCL_MOUNT_RELABEL, NULL },
    { "", SCL_MOUNT_RECURSIVE_READ_ONLY, NULL },
    { "", SCL_MOUNT_SUBPATH, NULL },
    { "", SCL_MOUNT_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

/* `o=bind` with a device: what a driver of volumes is told that mounts a folder of the host. */
static bool
set_disguised(struct scl_lowering *l, uint32_t object, const struct scl_tree *asked)
{
    const struct scl_tree *device =
        scl_rows_find(asked, "VolumeOptions.DriverConfig.Options.device");
    struct scl_str rest = scl_rows_text_at(asked, "VolumeOptions.DriverConfig.Options.o"), option;
    bool binds = false;

    while (scl_str_cut(&rest, ',', &option))
        binds = binds || scl_str_is(option, "bind") || scl_str_is(option, "rbind");
    if (!binds || !device || device->kind != SCL_TREE_STRING || !device->count)
        return false;
    scl_build_text(l->d, object, SCL_MOUNT_SOURCE, scl_tree_text(device),
                   scl_rows_origin(l, device));
    scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("bind"),
                   scl_build_derived(l->d, object, SCL_MOUNT_SOURCE));
    return true;
}

static void
set_origin(struct scl_lowering *l, uint32_t object)
{
    scl_build_text(l->d, object, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
}

/* The source of a volume is its name; its folder is the engine's. */
static void
set_volume(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    const struct scl_tree *name = scl_rows_find(mount, "Name");
    bool has_name = name && name->kind == SCL_TREE_STRING && name->count;

    if (has_name)
        scl_build_text(l->d, object, SCL_MOUNT_SOURCE, scl_tree_text(name),
                       scl_rows_origin(l, name));
    if (!scl_rows_find(mount, "Type")) /* before engines said it */
        scl_build_text(l->d, object, SCL_MOUNT_TYPE, has_name ? SCL_S("volume") : SCL_S("bind"),
                       scl_build_derived(l->d, object, SCL_MOUNT_SOURCE));
}

static void
finish_mount(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    struct scl_str type = scl_rows_text_at(mount, "Type");

    if (!type.len || scl_str_is(type, "volume"))
        set_volume(l, object, mount);
    set_origin(l, object);
}

static void
find_asked(struct scl_lowering *l, struct asked *asked)
{
    asked->list = scl_rows_find(scl_docker_host(l->root), "Mounts");
    scl_map_init(&asked->by_target, &l->d->arena);
    for (uint32_t i = 0; asked->list && i < scl_tree_count(asked->list); i++)
        scl_map_put(&asked->by_target,
                    scl_rows_text_at(scl_tree_child(asked->list, i), "Target"), i + 1);
}

/* What the list of what was mounted does not tell. */
static const struct scl_json_row further_rows[] = {
    { "BindOptions.ReadOnlyForceRecursive", SCL_MOUNT_RECURSIVE_READ_ONLY, scl_row_bool },
    { "VolumeOptions.Subpath", SCL_MOUNT_SUBPATH, scl_row_some_text },
    { "ImageOptions.Subpath", SCL_MOUNT_SUBPATH, scl_row_some_text },
    { "TmpfsOptions.SizeBytes", SCL_MOUNT_SIZE, scl_row_limit },
    { NULL, SCL_NONE, NULL },
};

/* Tells the volumes that bind from the others, and of all how they were asked for. */
static void
unmask(struct scl_lowering *l, uint32_t object, const struct asked *asked,
       const struct scl_tree *mount)
{
    const struct scl_map_entry *entry =
        scl_map_find(&asked->by_target, scl_rows_text_at(mount, "Destination"));
    const struct scl_tree *wanted =
        entry ? scl_tree_child(asked->list, (uint32_t)entry->value - 1) : NULL;

    if (!wanted)
        return;
    scl_rows_apply(l, object, further_rows, wanted);
    if (scl_str_is(scl_rows_text_at(mount, "Type"), "volume"))
        set_disguised(l, object, wanted);
}

void
scl_docker_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    uint32_t made = l->d->objects.count;
    struct asked asked;

    scl_rows_members(l, object, field, node, scl_docker_mount_rows, finish_mount);
    find_asked(l, &asked);
    for (uint32_t i = 0; i < scl_tree_count(node) && made < l->d->objects.count; i++)
        if (scl_tree_child(node, i)->kind == SCL_TREE_MAP)
            unmask(l, made++, &asked, scl_tree_child(node, i));
}

/* What was asked for. */

/* An object without keys, as in examples of the engine's API, says nothing. */
static void
read_type(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_MAP || node->count)
        scl_row_text(l, object, field, node);
}

static const struct scl_json_row asked_rows[] = {
    { "Target", SCL_MOUNT_TARGET, scl_row_text },
    { "Source", SCL_MOUNT_SOURCE, scl_row_some_text },
    { "Type", SCL_MOUNT_TYPE, read_type },
    { "ReadOnly", SCL_MOUNT_READ_ONLY, scl_row_bool },
    { "BindOptions.Propagation", SCL_MOUNT_PROPAGATION, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

static void
finish_asked(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    scl_rows_apply(l, object, further_rows, mount);
    if (scl_str_is(scl_rows_text_at(mount, "Type"), "volume"))
        set_disguised(l, object, mount);
    set_origin(l, object);
}

/* What is no list takes nothing back of what the others say. */
void
scl_docker_host_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        scl_rows_members(l, object, SCL_CONTAINER_MOUNTS, node, asked_rows, finish_asked);
}

/* `C:\\` or, where that is known to be a path of Windows, `C:/`. */
static bool
has_drive(struct scl_str text, bool is_windows)
{
    return text.len > 2 && scl_is_alpha(text.at[0]) && text.at[1] == ':' &&
           (text.at[2] == '\\' || (is_windows && text.at[2] == '/'));
}

/* Takes what stands before a colon; that of a drive divides nothing. */
static struct scl_str
next_part(struct scl_str *rest, bool is_windows)
{
    size_t skipped = has_drive(*rest, is_windows) ? 2 : 0;
    size_t colon = scl_str_find_char(scl_str_sub(*rest, skipped, rest->len), ':');
    struct scl_str part = scl_str_sub(*rest, 0, colon == SIZE_MAX ? rest->len : colon + skipped);

    *rest = colon == SIZE_MAX ? scl_str_n("", 0)
                              : scl_str_sub(*rest, colon + skipped + 1, rest->len);
    return part;
}

static bool
is_host_path(struct scl_str source, bool is_windows)
{
    return source.len && (source.at[0] == '/' || source.at[0] == '.' || source.at[0] == '~' ||
                          source.at[0] == '\\' || has_drive(source, is_windows));
}

/* [SOURCE:]TARGET[:OPTIONS] */
static void
read_bind(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    bool is_windows = scl_str_is(scl_rows_text_at(l->root, "Platform"), "windows");
    struct scl_str rest = scl_tree_text(node), source = next_part(&rest, is_windows), target;
    uint32_t origin = scl_rows_origin(l, node);
    uint32_t made = scl_build_object(l->d, object, SCL_CONTAINER_MOUNTS, origin);
    bool is_bind = rest.len && is_host_path(source, is_windows);

    target = rest.len ? next_part(&rest, is_windows) : source;
    scl_build_text(l->d, made, SCL_MOUNT_TYPE, is_bind ? SCL_S("bind") : SCL_S("volume"), origin);
    if (target.at != source.at)
        scl_build_text(l->d, made, SCL_MOUNT_SOURCE, source, origin);
    scl_build_text(l->d, made, SCL_MOUNT_TARGET, target, origin);
    read_options(l, made, rest, node);
    set_origin(l, made);
}

void
scl_docker_binds(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, SCL_CONTAINER_MOUNTS, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (scl_rows_expect(l, object, SCL_NONE, scl_tree_child(node, i), SCL_TREE_STRING))
            read_bind(l, object, scl_tree_child(node, i));
}

/* A map from targets to options. */
void
scl_docker_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP)) {
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
        return;
    }
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t key = scl_build_origin(l->d, item->key_span, item->key_span);
        uint32_t made = scl_build_object(l->d, object, SCL_CONTAINER_MOUNTS,
                                         scl_rows_origin(l, item));

        scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("tmpfs"), key);
        scl_build_text(l->d, made, SCL_MOUNT_TARGET, scl_tree_key(item), key);
        set_origin(l, made);
        if (scl_rows_expect(l, made, SCL_MOUNT_OPTIONS, item, SCL_TREE_STRING))
            read_options(l, made, scl_tree_text(item), item);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_MOUNTS);
}
