/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_lists.c: members of a service's lists, in their short and long forms
 *
 * Of two members with the same key the later counts, in the place of the first.
 */
#include "formats/compose.h"

#include "formats/env_file.h"
#include "formats/oci_runtime.h"

#include <string.h>

enum key { NO_KEY, BY_TEXT, BY_NAME, BY_TARGET, BY_SOURCE };

typedef void (*item_fn)(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);

struct list {
    uint16_t field;
    uint8_t key;
    item_fn read; /* of a member */
    item_fn pair; /* of an entry of a map; NULL: it is read as a member */
};

/* ---- members ---- */

static void
read_pair_env(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str value = scl_tree_text(node);

    scl_asked_variable(l, object, field, node, scl_tree_key(node),
                       node->kind == SCL_TREE_NULL ? NULL : &value);
}

static void
read_pair_entry(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct scl_value *made =
        scl_build_entry(l->d, object, field, scl_tree_key(node), scl_tree_text(node),
                        scl_rows_origin(l, node));

    if (made && node->is_cut) {
        made->kind = SCL_KIND_EMPTY;
        made->state = SCANTLING_STATE_UNKNOWN;
    }
}

static void
read_pair_host(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    uint32_t count = node->kind == SCL_TREE_LIST ? scl_tree_count(node) : 1;

    for (uint32_t i = 0; i < count; i++) {
        const struct scl_tree *ip = node->kind == SCL_TREE_LIST ? scl_tree_child(node, i) : node;
        uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

        scl_part_text(l, made, SCL_EXTRA_HOST_HOST, node, scl_tree_key(node));
        if (ip->kind == SCL_TREE_STRING && ip->count)
            scl_part_text(l, made, SCL_EXTRA_HOST_IP, ip, scl_tree_text(ip));
    }
}

static void
set_ulimit(struct scl_lowering *l, uint32_t made, unsigned field, const struct scl_tree *node)
{
    if (!node || node->kind == SCL_TREE_NULL)
        return;
    if (scl_str_is(scl_tree_text(node), "-1"))
        scl_build_empty(l->d, made, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
    else if (scl_rows_expect(l, made, field, node, SCL_TREE_STRING))
        scl_part_int(l, made, field, node, scl_tree_text(node));
}

static void
read_pair_ulimit(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    bool is_map = node->kind == SCL_TREE_MAP;

    scl_part_text(l, made, SCL_ULIMIT_NAME, node, scl_tree_key(node));
    set_ulimit(l, made, SCL_ULIMIT_SOFT, is_map ? scl_tree_find(node, SCL_S("soft")) : node);
    set_ulimit(l, made, SCL_ULIMIT_HARD, is_map ? scl_tree_find(node, SCL_S("hard")) : node);
}

/* A text below a map, where there is one. */
static void
set_text(struct scl_lowering *l, uint32_t made, unsigned field, const struct scl_tree *map,
         const char *key)
{
    const struct scl_tree *node = scl_rows_find(map, key);

    if (node && (node->kind == SCL_TREE_STRING ||
                 scl_rows_expect(l, made, field, node, SCL_TREE_STRING)))
        scl_part_text(l, made, field, node, scl_tree_text(node));
}

static void
read_network(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

    scl_part_text(l, made, SCL_NETWORK_NAME, node, scl_tree_text(node));
}

static void
read_pair_network(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    const struct scl_tree *aliases = scl_rows_find(node, "aliases");

    scl_part_text(l, made, SCL_NETWORK_NAME, node, scl_tree_key(node));
    if (node->kind != SCL_TREE_MAP)
        return;
    set_text(l, made, SCL_NETWORK_IP, node, "ipv4_address");
    set_text(l, made, SCL_NETWORK_MAC, node, "mac_address");
    for (uint32_t i = 0; aliases && i < scl_tree_count(aliases); i++)
        scl_asked_item(l, made, SCL_NETWORK_ALIASES, scl_tree_child(aliases, i));
}

/* Devices in Compose have no permissions in the place of a target. */
static void
read_device(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), source, target;
    uint32_t made;

    if (node->kind == SCL_TREE_MAP) {
        made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
        scl_build_text(l->d, made, SCL_DEVICE_CLASS, SCL_S("path"), 0);
        set_text(l, made, SCL_DEVICE_SOURCE, node, "source");
        set_text(l, made, SCL_DEVICE_TARGET, node, "target");
        set_text(l, made, SCL_DEVICE_PERMISSIONS, node, "permissions");
        return;
    }
    if (scl_str_find_char(rest, ':') == SIZE_MAX) {
        scl_asked_device(l, object, field, node);
        return;
    }
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    scl_build_text(l->d, made, SCL_DEVICE_CLASS, SCL_S("path"), 0);
    scl_str_cut(&rest, ':', &source);
    scl_str_cut(&rest, ':', &target);
    scl_part_text(l, made, SCL_DEVICE_SOURCE, node, source);
    scl_part_text(l, made, SCL_DEVICE_TARGET, node, target);
    scl_part_text(l, made, SCL_DEVICE_PERMISSIONS, node,
                  rest.at && rest.len ? rest : SCL_S("rwm"));
}

/* Of devices that are asked for by what they can do: how many, or which. */
static void
read_gpu(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t made;

    if (node->kind == SCL_TREE_STRING) {
        scl_asked_gpus(l, object, field, node);
        return;
    }
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    scl_build_text(l->d, made, SCL_DEVICE_CLASS, SCL_S("gpu"), 0);
    set_text(l, made, SCL_DEVICE_SOURCE, node, "driver");
}

static const struct {
    const char *key;
    unsigned secret, config;
} given_keys[] = {
    { "source", SCL_SECRET_SOURCE, SCL_CONFIG_SOURCE },
    { "source", SCL_SECRET_NAME, SCL_CONFIG_NAME },
    { "target", SCL_SECRET_TARGET, SCL_CONFIG_TARGET },
    { "uid", SCL_SECRET_UID, SCL_CONFIG_UID },
    { "gid", SCL_SECRET_GID, SCL_CONFIG_GID },
};

/* 0440 and 0o440 are octal. */
static int64_t
mode_of(struct scl_str text)
{
    int64_t number = 0;

    if (text.len > 1 && text.at[0] == '0')
        return scl_asked_octal(text);
    return scl_str_int(text, &number) ? number : 0;
}

/* A secret or a configuration file. */
static void
read_given(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool is_secret = field == SCL_CONTAINER_SECRETS;
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    const struct scl_tree *mode = scl_rows_find(node, "mode");

    scl_build_text(l->d, made, is_secret ? SCL_SECRET_AS : SCL_CONFIG_AS, SCL_S("file"), 0);
    if (node->kind == SCL_TREE_STRING) {
        scl_part_text(l, made, is_secret ? SCL_SECRET_NAME : SCL_CONFIG_NAME, node,
                      scl_tree_text(node));
        scl_part_text(l, made, is_secret ? SCL_SECRET_SOURCE : SCL_CONFIG_SOURCE, node,
                      scl_tree_text(node));
    }
    for (size_t i = 0; node->kind == SCL_TREE_MAP && i < sizeof given_keys / sizeof *given_keys;
         i++)
        set_text(l, made, is_secret ? given_keys[i].secret : given_keys[i].config, node,
                 given_keys[i].key);
    if (is_secret)
        scl_asked_target(l, made, SCL_SECRET_SOURCE, SCL_SECRET_TARGET, "/run/secrets/");
    else
        scl_asked_target(l, made, SCL_CONFIG_SOURCE, SCL_CONFIG_TARGET, "/");
    if (mode && mode->kind == SCL_TREE_STRING && !mode->is_cut)
        scl_build_int(l->d, made, is_secret ? SCL_SECRET_MODE : SCL_CONFIG_MODE,
                      mode_of(scl_tree_text(mode)), scl_rows_origin(l, mode));
}

/* The companions of a file lie beside it. */
static struct scl_tree
beside(struct scl_lowering *l, const struct scl_tree *path)
{
    struct scl_str folder = scl_compose_of(l)->file ? scl_compose_of(l)->file->folder
                                                    : scl_str_n("", 0);
    struct scl_tree copy = *path;
    struct scl_str full;

    if (!folder.len || path->is_cut || !path->count || path->body.text[0] == '/')
        return copy;
    full = scl_rows_print(&l->d->arena, "%.*s/%.*s", SCL_ARG(folder), SCL_ARG(scl_tree_text(path)));
    copy.body.text = full.at;
    copy.count = (uint32_t)full.len;
    return copy;
}

static void
read_env_file(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool is_map = node->kind == SCL_TREE_MAP, required = true;
    const struct scl_tree *path = is_map ? scl_rows_find(node, "path") : node;
    struct scl_str format = is_map ? scl_rows_text_at(node, "format") : scl_str_n("", 0);
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    struct scl_tree full;

    if (is_map)
        scl_compose_truth(scl_rows_text_at(node, "required"), &required);
    scl_build_bool(l->d, made, SCL_ENV_FILE_REQUIRED, required, 0);
    if (format.len)
        scl_build_text(l->d, made, SCL_ENV_FILE_FORMAT, format, scl_rows_origin(l, node));
    if (!path || !scl_rows_expect(l, made, SCL_ENV_FILE_PATH, path, SCL_TREE_STRING)) {
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
        return;
    }
    scl_part_text(l, made, SCL_ENV_FILE_PATH, path, scl_tree_text(path));
    full = beside(l, path);
    scl_env_file_read(l, object, SCL_CONTAINER_ENV, &full,
                      scl_str_is(format, "raw") ? SCL_ENV_FILE_PLAIN : SCL_ENV_FILE_DOTENV,
                      required);
}

static void
read_label_file(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct scl_tree full = beside(l, node);

    (void)field;
    if (node->kind == SCL_TREE_STRING)
        scl_env_file_read(l, object, SCL_CONTAINER_LABELS, &full, SCL_ENV_FILE_DOTENV, true);
}

/* ---- ports and mounts ---- */

static struct scl_str
text_or(const struct scl_tree *map, const char *key, struct scl_str other)
{
    const struct scl_tree *node = scl_rows_find(map, key);

    return node && node->kind == SCL_TREE_STRING ? scl_tree_text(node) : other;
}

/* The long form is a port of its own: no ranges but in what is published. */
static void
read_port(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str published, protocol;
    uint32_t made;
    size_t colon;

    if (node->kind == SCL_TREE_STRING) {
        scl_asked_port(l, object, field, node);
        return;
    }
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    published = text_or(node, "published", scl_str_n("", 0));
    colon = scl_str_find_last(published, ':');
    if (colon != SIZE_MAX) { /* an address that belongs elsewhere is one all the same */
        scl_part_text(l, made, SCL_PORT_HOST_IP, node, scl_str_sub(published, 0, colon));
        published = scl_str_sub(published, colon + 1, published.len);
    }
    protocol = text_or(node, "protocol", SCL_S("tcp"));
    if (scl_rows_find(node, "target"))
        scl_asked_int(l, made, SCL_PORT_CONTAINER_PORT, scl_rows_find(node, "target"));
    scl_part_text(l, made, SCL_PORT_PROTOCOL, node, protocol);
    set_text(l, made, SCL_PORT_HOST_IP, node, "host_ip");
    set_text(l, made, SCL_PORT_NAME, node, "name");
    if (published.len && scl_str_find_char(published, '-') == SIZE_MAX)
        scl_part_int(l, made, SCL_PORT_HOST_PORT, scl_rows_find(node, "published"), published);
    else
        scl_build_bool(l->d, made, SCL_PORT_RANDOM, true, scl_rows_origin(l, node));
    scl_build_bool(l->d, made, SCL_PORT_PUBLISHED, true, scl_rows_origin(l, node));
}

/* A volume whose driver is told to bind a folder of the host is a bind. */
static void
unmask(struct scl_lowering *l, uint32_t made)
{
    struct scl_compose *c = scl_compose_of(l);
    const struct scl_value *source = scl_build_find(l->d, made, SCL_MOUNT_SOURCE);
    const struct scl_value *type = scl_build_find(l->d, made, SCL_MOUNT_TYPE);
    const struct scl_map_entry *entry;
    const struct scl_tree *device;

    if (!source || source->kind != SCL_KIND_TEXT || !type || type->kind != SCL_KIND_TEXT ||
        !scl_str_is(scl_value_text(type), "volume"))
        return;
    entry = scl_map_find(&c->binds, scl_value_text(source));
    if (!entry)
        return;
    device = c->bind_devices.at[entry->value];
    scl_part_text(l, made, SCL_MOUNT_SOURCE, device, scl_tree_text(device));
    scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("bind"),
                   scl_build_derived(l->d, made, SCL_MOUNT_SOURCE));
}

static void
set_mount_bool(struct scl_lowering *l, uint32_t made, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (!node)
        return;
    if (node->is_cut)
        scl_build_empty(l->d, made, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
    else if (scl_compose_truth(scl_tree_text(node), &truth))
        scl_build_bool(l->d, made, field, truth, scl_rows_origin(l, node));
}

/* { type, source, target, read_only, bind: {...}, volume: {...}, tmpfs: {...} } */
static void
read_long_mount(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    const struct scl_tree *size = scl_rows_find(node, "tmpfs.size");
    const struct scl_tree *recursive = scl_rows_find(node, "bind.recursive");
    struct scl_str relabel = scl_rows_text_at(node, "bind.selinux");

    scl_build_text(l->d, made, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
    scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("volume"), 0);
    set_text(l, made, SCL_MOUNT_TYPE, node, "type");
    set_text(l, made, SCL_MOUNT_SOURCE, node, "source");
    set_text(l, made, SCL_MOUNT_TARGET, node, "target");
    set_mount_bool(l, made, SCL_MOUNT_READ_ONLY, scl_rows_find(node, "read_only"));
    set_text(l, made, SCL_MOUNT_PROPAGATION, node, "bind.propagation");
    set_text(l, made, SCL_MOUNT_SUBPATH, node, "volume.subpath");
    set_text(l, made, SCL_MOUNT_SUBPATH, node, "image.subpath");
    if (relabel.len)
        scl_mount_relabel(l, made, relabel,
                          scl_rows_origin(l, scl_rows_find(node, "bind.selinux")));
    if (recursive)
        scl_build_bool(l->d, made, SCL_MOUNT_RECURSIVE_READ_ONLY,
                       scl_str_is(scl_tree_text(recursive), "readonly"),
                       scl_rows_origin(l, recursive));
    if (size && scl_rows_expect(l, made, SCL_MOUNT_SIZE, size, SCL_TREE_STRING))
        scl_asked_bytes(l, made, SCL_MOUNT_SIZE, size);
    unmask(l, made);
}

static void
read_volume(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t before = l->d->objects.count;

    if (node->kind == SCL_TREE_MAP) {
        read_long_mount(l, object, field, node);
        return;
    }
    scl_asked_volume(l, object, field, node);
    if (l->d->objects.count > before)
        unmask(l, before);
}

static void
read_text_item(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    bool is_text = node->kind == SCL_TREE_STRING ||
                   scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_STRING);

    if (is_text)
        scl_asked_item(l, object, field, node);
    else
        scl_build_open(l->d, object, field);
}

/* ---- the table ---- */

/* Slots that stand for a part of another field's list. */
enum { TMPFS_SLOT = SCL_FIELD_COUNT + 1, GPU_SLOT, LABEL_FILE_SLOT };

static const struct list lists[] = {
    { SCL_CONTAINER_ENV, BY_NAME, scl_asked_env, read_pair_env },
    { SCL_CONTAINER_ENV_FILES, BY_TEXT, read_env_file, NULL },
    { SCL_CONTAINER_LABELS, BY_NAME, scl_asked_entry, read_pair_entry },
    { LABEL_FILE_SLOT, BY_TEXT, read_label_file, NULL },
    { SCL_CONTAINER_ANNOTATIONS, BY_NAME, scl_asked_entry, read_pair_entry },
    { SCL_CONTAINER_SYSCTLS, BY_NAME, scl_asked_entry, read_pair_entry },
    { SCL_CONTAINER_LOGGING_OPTIONS, BY_NAME, scl_asked_entry, read_pair_entry },
    { SCL_CONTAINER_EXTRA_HOSTS, BY_TEXT, scl_asked_extra_host, read_pair_host },
    { SCL_CONTAINER_ULIMITS, BY_NAME, scl_asked_ulimit, read_pair_ulimit },
    { SCL_CONTAINER_NETWORKS, BY_NAME, read_network, read_pair_network },
    { SCL_CONTAINER_MOUNTS, BY_TARGET, read_volume, NULL },
    { TMPFS_SLOT, BY_TARGET, scl_asked_tmpfs, NULL },
    { SCL_CONTAINER_PORTS, BY_TEXT, read_port, NULL },
    { SCL_CONTAINER_EXPOSED_PORTS, BY_TEXT, scl_asked_expose, NULL },
    { SCL_CONTAINER_DEVICES, BY_TARGET, read_device, NULL },
    { GPU_SLOT, NO_KEY, read_gpu, NULL },
    { SCL_CONTAINER_DEVICE_CGROUP_RULES, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_SECRETS, BY_SOURCE, read_given, NULL },
    { SCL_CONTAINER_CONFIGS, BY_SOURCE, read_given, NULL },
    { SCL_CONTAINER_CAP_ADD, BY_TEXT, scl_asked_capability, NULL },
    { SCL_CONTAINER_CAP_DROP, BY_TEXT, scl_asked_capability, NULL },
    { SCL_CONTAINER_GROUPS, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_SECURITY_OPT, NO_KEY, scl_asked_security, NULL },
    { SCL_CONTAINER_DNS_SERVERS, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_DNS_SEARCH, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_DNS_OPTIONS, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_VOLUMES_FROM, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_LINKS, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_PROFILES, BY_TEXT, read_text_item, NULL },
    { SCL_CONTAINER_BUILD_ENTITLEMENTS, BY_TEXT, read_text_item, NULL },
};

#define LISTS (sizeof lists / sizeof lists[0])
_Static_assert(sizeof lists / sizeof lists[0] <= (size_t)SCL_COMPOSE_SLOTS, "a slot for each");

static size_t
find_list(unsigned field)
{
    size_t at = 0;

    while (at + 1 < LISTS && lists[at].field != field)
        at++;
    return at;
}

/* What makes two members one; of length 0: nothing does. */
static struct scl_str
key_of(const struct list *list, const struct scl_compose_item *item)
{
    struct scl_str text = scl_tree_text(item->node), first, second;
    bool is_map = item->node->kind == SCL_TREE_MAP;

    if (list->key == NO_KEY)
        return scl_str_n("", 0);
    if (item->is_pair)
        return scl_tree_key(item->node);
    if (list->key == BY_TARGET && is_map)
        return scl_rows_text_at(item->node, "target");
    if (list->key == BY_SOURCE && is_map)
        return scl_rows_text_at(item->node, "source");
    if (is_map)
        return scl_rows_text_at(item->node, "path");
    if (list->key == BY_NAME)
        return scl_str_sub(text, 0, scl_str_find_char(text, '='));
    if (list->key != BY_TARGET || list->field == TMPFS_SLOT)
        return scl_str_sub(text, 0, list->field == TMPFS_SLOT ? scl_str_find_char(text, ':')
                                                              : SIZE_MAX);
    return scl_str_cut(&text, ':', &first) && scl_str_cut(&text, ':', &second) ? second : first;
}

static void
add_item(struct scl_compose *c, size_t at, const struct scl_tree *node, bool is_pair)
{
    struct scl_arena *arena = &c->l.d->building;
    struct scl_compose_slot *slot = &c->slots[at];
    struct scl_compose_item item = { node, is_pair }, *made;
    struct scl_str key = key_of(&lists[at], &item);
    const struct scl_map_entry *entry;

    if (!slot->has_keys)
        scl_map_init(&slot->keys, arena);
    slot->has_keys = true;
    entry = key.len ? scl_map_find(&slot->keys, key) : NULL;
    if (entry) {
        slot->items.at[entry->value] = item;
        return;
    }
    made = scl_vec_push(arena, &slot->items);
    if (!made)
        return;
    *made = item;
    if (key.len)
        scl_map_put(&slot->keys, key, slot->items.count - 1);
}

static void
gather(struct scl_lowering *l, unsigned field, const struct scl_tree *node)
{
    struct scl_compose *c = scl_compose_of(l);
    size_t at = find_list(field);
    bool is_pairs = node->kind == SCL_TREE_MAP && lists[at].pair;

    if (scl_compose_overrides(node))
        scl_compose_clear(c, field);
    if (!is_pairs && node->kind != SCL_TREE_LIST) {
        add_item(c, at, node, false);
        return;
    }
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *child = scl_tree_child(node, i);

        if (child->kind != SCL_TREE_NULL || is_pairs)
            add_item(c, at, child, is_pairs);
    }
}

void
scl_compose_gather(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    (void)object;
    gather(l, field, node);
}

void
scl_compose_gather_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node)
{
    (void)object;
    (void)field;
    gather(l, TMPFS_SLOT, node);
}

void
scl_compose_gather_gpus(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node)
{
    (void)object;
    (void)field;
    gather(l, GPU_SLOT, node);
}

void
scl_compose_gather_label_files(struct scl_lowering *l, uint32_t object, unsigned field,
                               const struct scl_tree *node)
{
    (void)object;
    (void)field;
    gather(l, LABEL_FILE_SLOT, node);
}

void
scl_compose_clear(struct scl_compose *c, unsigned field)
{
    size_t at = find_list(field);

    if (lists[at].field != field)
        return;
    c->slots[at].items.count = 0;
    c->slots[at].has_keys = false;
}

/* The field that members of a slot are added to. */
static unsigned
target_of(const struct list *list)
{
    return list->field == TMPFS_SLOT        ? SCL_CONTAINER_MOUNTS
           : list->field == GPU_SLOT        ? SCL_CONTAINER_DEVICES
           : list->field == LABEL_FILE_SLOT ? SCL_CONTAINER_LABELS
                                            : list->field;
}

void
scl_compose_build_lists(struct scl_compose *c, uint32_t container)
{
    for (size_t at = 0; at < LISTS; at++) {
        struct scl_compose_slot *slot = &c->slots[at];
        unsigned field = target_of(&lists[at]);

        for (uint32_t i = 0; i < slot->items.count; i++) {
            const struct scl_tree *node = slot->items.at[i].node;
            item_fn read = slot->items.at[i].is_pair ? lists[at].pair : lists[at].read;
            bool takes_map = lists[at].read == read_volume || lists[at].read == read_port ||
                             lists[at].read == read_device || lists[at].read == read_given ||
                             lists[at].read == read_env_file || lists[at].read == read_gpu ||
                             slot->items.at[i].is_pair;

            if (node->kind == SCL_TREE_STRING || (takes_map && node->kind != SCL_TREE_LIST) ||
                read == read_pair_host)
                read(&c->l, container, field, node);
            else if (!scl_rows_expect(&c->l, container, SCL_NONE, node, SCL_TREE_STRING))
                scl_build_open(c->l.d, container, field);
        }
        memset(slot, 0, sizeof *slot);
    }
}
