/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime_devices.c: devices of an OCI runtime configuration, and what may be done with them
 *
 * A device node comes without permissions: the rules of the device controller have them. They hold
 * in their order; one that refuses everything takes back all before it.
 */
#include "formats/oci_runtime.h"

const struct scl_json_row scl_runtime_device_rows[] = {
    { "path", SCL_DEVICE_SOURCE, scl_row_text },
    { "path", SCL_DEVICE_TARGET, scl_row_text },
    { "", SCL_DEVICE_PERMISSIONS, NULL },
    { "", SCL_DEVICE_CLASS, NULL },
    { NULL, SCL_NONE, NULL },
};

enum { READ = 1, WRITE = 2, MKNOD = 4, EVERYTHING = 7 };

struct rule {
    bool allows;
    char type;            /* c, b, or a for both */
    int64_t major, minor; /* -1: any */
    unsigned access;
};

/* The rules in force, by what they are for. */
struct rules {
    struct scl_arena *arena;
    struct scl_map by_device; /* "c 10:229" -> access */
};

static unsigned
access_bits(struct scl_str access)
{
    unsigned bits = 0;

    for (size_t i = 0; i < access.len; i++)
        bits |= access.at[i] == 'r' ? READ : access.at[i] == 'w' ? WRITE
                                         : access.at[i] == 'm'   ? MKNOD
                                                                 : 0u;
    return bits;
}

static struct scl_str
access_text(unsigned bits)
{
    static const struct scl_str texts[EVERYTHING + 1] = {
        SCL_STR(""),  SCL_STR("r"),  SCL_STR("w"),  SCL_STR("rw"),
        SCL_STR("m"), SCL_STR("rm"), SCL_STR("wm"), SCL_STR("rwm"),
    };

    return texts[bits & EVERYTHING];
}

static struct scl_str
string_at(const struct scl_tree *node, struct scl_str key)
{
    const struct scl_tree *found = scl_tree_find(node, key);

    return found && found->kind == SCL_TREE_STRING ? scl_tree_text(found) : scl_str_n("", 0);
}

static struct rule
read_rule(const struct scl_tree *node)
{
    struct rule rule = { false, 'a', -1, -1, access_bits(string_at(node, SCL_S("access"))) };
    struct scl_str type = string_at(node, SCL_S("type"));

    if (!scl_tree_bool(scl_tree_find(node, SCL_S("allow")), &rule.allows))
        rule.allows = false;
    if (type.len == 1 && (type.at[0] == 'b' || type.at[0] == 'c'))
        rule.type = type.at[0];
    if (!scl_tree_int(scl_tree_find(node, SCL_S("major")), &rule.major))
        rule.major = -1;
    if (!scl_tree_int(scl_tree_find(node, SCL_S("minor")), &rule.minor))
        rule.minor = -1;
    return rule;
}

static bool
is_for_all(const struct rule *rule)
{
    return rule->type == 'a' && rule->major < 0 && rule->minor < 0 && rule->access == EVERYTHING;
}

/* The last rule for all devices at once, or UINT32_MAX; what is before it does not count. */
static uint32_t
last_for_all(const struct scl_tree *list)
{
    for (uint32_t i = scl_tree_count(list); i-- > 0;) {
        struct rule rule = read_rule(scl_tree_child(list, i));

        if (is_for_all(&rule))
            return i;
    }
    return UINT32_MAX;
}

static struct scl_str
number_text(struct scl_arena *arena, int64_t number)
{
    return number < 0 ? SCL_S("*") : scl_rows_print(arena, "%lld", (long long)number);
}

/* "c 10:229" */
static struct scl_str
device_text(struct scl_arena *arena, const struct rule *rule)
{
    struct scl_str major = number_text(arena, rule->major);
    struct scl_str minor = number_text(arena, rule->minor);

    return scl_rows_print(arena, "%c %.*s:%.*s", rule->type, SCL_ARG(major), SCL_ARG(minor));
}

/* What the rules from the last one for all devices on give, device by device. */
static void
collect_rules(struct rules *rules, const struct scl_tree *list)
{
    uint32_t first = last_for_all(list);

    scl_map_init(&rules->by_device, rules->arena);
    for (uint32_t i = first == UINT32_MAX ? 0 : first; i < scl_tree_count(list); i++) {
        struct rule rule = read_rule(scl_tree_child(list, i));
        struct scl_str key = device_text(rules->arena, &rule);
        const struct scl_map_entry *entry = scl_map_find(&rules->by_device, key);
        uint64_t before = entry ? entry->value : 0;

        scl_map_put(&rules->by_device, key,
                    rule.allows ? before | rule.access : before & ~(uint64_t)rule.access);
    }
}

/* Of every rule that speaks of the device: itself, its whole major number, its type, all. */
static unsigned
allowed_access(const struct rules *rules, const struct rule *device)
{
    const struct rule keys[] = {
        *device,
        { true, device->type, device->major, -1, 0 },
        { true, device->type, -1, -1, 0 },
        { true, 'a', -1, -1, 0 },
    };
    uint64_t access = 0;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct scl_map_entry *entry =
            scl_map_find(&rules->by_device, device_text(rules->arena, &keys[i]));

        access |= entry ? entry->value : 0;
    }
    return (unsigned)access;
}

static void
finish_device(struct scl_lowering *l, uint32_t device, const struct scl_tree *node)
{
    (void)node;
    scl_build_text(l->d, device, SCL_DEVICE_CLASS, SCL_S("path"), 0);
}

void
scl_runtime_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    const struct scl_tree *list = scl_rows_find(l->root, "linux.resources.devices");
    const struct scl_value *devices;
    struct rules rules = { .arena = &l->d->arena };

    scl_rows_members(l, object, field, node, scl_runtime_device_rows, finish_device);
    if (!list || list->kind != SCL_TREE_LIST || node->kind != SCL_TREE_LIST)
        return;
    collect_rules(&rules, list);
    devices = scl_build_list(l->d, object, field, 0);
    for (uint32_t i = 0, made = 0; devices && i < scl_tree_count(node); i++) {
        const struct scl_tree *device = scl_tree_child(node, i);
        struct rule rule = read_rule(device);

        if (device->kind != SCL_TREE_MAP || made == devices->as.list->count)
            continue;
        scl_build_text(l->d, devices->as.list->items[made++].as.object, SCL_DEVICE_PERMISSIONS,
                       access_text(allowed_access(&rules, &rule)),
                       scl_build_derived(l->d, object, SCL_CONTAINER_DEVICE_CGROUP_RULES));
    }
}

void
scl_runtime_device_rules(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node)
{
    struct scl_arena *arena = &l->d->arena;
    uint32_t first;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    first = last_for_all(node);
    for (uint32_t i = first == UINT32_MAX ? 0 : first; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        struct scl_str device, access;
        struct rule rule;

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        rule = read_rule(item);
        if (!rule.allows)
            continue;
        device = device_text(arena, &rule);
        access = access_text(rule.access);
        scl_build_item_text(l->d, object, field,
                            scl_rows_print(arena, "%.*s %.*s", SCL_ARG(device), SCL_ARG(access)),
                            scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

bool
scl_runtime_allows_all_devices(const struct scl_tree *root)
{
    const struct scl_tree *list = scl_rows_find(root, "linux.resources.devices");
    uint32_t last = list ? last_for_all(list) : UINT32_MAX;

    return last != UINT32_MAX && read_rule(scl_tree_child(list, last)).allows;
}
