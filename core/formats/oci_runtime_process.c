/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime_process.c: the process of an OCI runtime configuration
 */
#include "formats/capabilities.h"
#include "formats/docker_container.h"
#include "formats/oci_runtime.h"

#include <string.h>

/* user.raw is what `--user` would have been. */
static void
set_raw(struct scl_lowering *l, uint32_t object, const struct scl_tree *uid,
        const struct scl_tree *gid)
{
    uint32_t follows = scl_build_derived(l->d, object, SCL_CONTAINER_USER_UID);
    struct scl_arena *arena = &l->d->arena;
    int64_t uid_number, gid_number;
    struct scl_str raw;

    if (!scl_tree_int(uid, &uid_number)) {
        scl_build_empty(l->d, object, SCL_CONTAINER_USER_RAW, SCANTLING_STATE_UNKNOWN, follows);
        return;
    }
    if (scl_tree_int(gid, &gid_number))
        raw = scl_rows_print(arena, "%lld:%lld", (long long)uid_number, (long long)gid_number);
    else
        raw = scl_rows_print(arena, "%lld", (long long)uid_number);
    scl_build_text(l->d, object, SCL_CONTAINER_USER_RAW, raw, follows);
}

void
scl_runtime_user(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    const struct scl_tree *uid = scl_rows_find(node, "uid"), *name, *platform;

    scl_row_group(l, object, field, node);
    if (uid)
        set_raw(l, object, uid, scl_rows_find(node, "gid"));
    else if (scl_rows_is_lost(node, "uid"))
        scl_build_empty(l->d, object, SCL_CONTAINER_USER_RAW, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
    name = scl_rows_find(node, "username");
    if (name && strcmp(scl_runtime_os(l->root, &platform), "windows") == 0) {
        scl_row_text(l, object, SCL_CONTAINER_USER_NAME, name);
        scl_row_text(l, object, SCL_CONTAINER_USER_RAW, name);
    }
}

/* Docker repeats the first group among the additional ones. */
void
scl_runtime_groups(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    const struct scl_tree *gid = scl_rows_find(l->root, "process.user.gid");
    int64_t first = -1, number;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    if (gid && !scl_tree_int(gid, &first))
        first = -1;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t origin = scl_rows_origin(l, item);

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_NUMBER))
            scl_build_item_unknown(l->d, object, field, origin);
        else if (!scl_tree_int(item, &number) || number != first)
            scl_build_item_text(l->d, object, field, scl_tree_text(item), origin);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* Capabilities, by the kernel's numbers. Names without a number follow as they are written. */

struct capability_set {
    const struct scl_tree *numbered[SCL_CAPABILITY_NUMBERS];
    struct scl_str names[SCL_CAPABILITY_NUMBERS];
};

static void
add_capability(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_str name,
               const struct scl_tree *item)
{
    scl_build_item_text(l->d, object, field, name, scl_rows_origin(l, item));
    if (field == SCL_CONTAINER_CAP_BOUNDING)
        scl_build_item_text(l->d, object, SCL_CONTAINER_CAP_EFFECTIVE, name,
                            scl_rows_origin(l, item));
}

static void
add_numbered(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct capability_set *set)
{
    for (size_t i = 0; i < SCL_CAPABILITY_NUMBERS; i++)
        if (set->numbered[i])
            add_capability(l, object, field, set->names[i], set->numbered[i]);
}

/* Those without a number, and what is no name. */
static void
add_others(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *list)
{
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        const struct scl_tree *item = scl_tree_child(list, i);
        struct scl_str name;

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        name = scl_capability_name(&l->d->arena, scl_tree_text(item));
        if (scl_capability_number(name) == SCL_CAPABILITY_UNKNOWN)
            add_capability(l, object, field, name, item);
    }
}

static void
find_numbered(struct scl_lowering *l, const struct scl_tree *list, struct capability_set *ret)
{
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        const struct scl_tree *item = scl_tree_child(list, i);
        struct scl_str name;
        int number;

        if (item->kind != SCL_TREE_STRING)
            continue;
        name = scl_capability_name(&l->d->arena, scl_tree_text(item));
        number = scl_capability_number(name);
        if (number == SCL_CAPABILITY_UNKNOWN || ret->numbered[number])
            continue;
        ret->numbered[number] = item;
        ret->names[number] = name;
    }
}

/* The ceiling, capabilities.effective, is the bounding set. */
void
scl_runtime_capabilities(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node)
{
    struct capability_set set = { 0 };
    bool is_bounding = field == SCL_CONTAINER_CAP_BOUNDING;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST)) {
        if (is_bounding)
            scl_build_empty(l->d, object, SCL_CONTAINER_CAP_EFFECTIVE, SCANTLING_STATE_UNKNOWN,
                            scl_build_derived(l->d, object, field));
        return;
    }
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    if (is_bounding)
        scl_build_list(l->d, object, SCL_CONTAINER_CAP_EFFECTIVE,
                       scl_build_derived(l->d, object, field));
    find_numbered(l, node, &set);
    add_numbered(l, object, field, &set);
    add_others(l, object, field, node);
    if (node->is_cut)
        scl_build_open(l->d, object, field);
    if (node->is_cut && is_bounding)
        scl_build_open(l->d, object, SCL_CONTAINER_CAP_EFFECTIVE);
}

/* An empty name is none. */
void
scl_runtime_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    struct scl_str name = scl_tree_text(node);
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (name.len == 0 || scl_str_is(name, "unconfined")) {
        scl_build_text(l->d, object, SCL_CONTAINER_APPARMOR_MODE, SCL_S("unconfined"), origin);
        return;
    }
    scl_build_text(l->d, object, SCL_CONTAINER_APPARMOR_PROFILE, name, origin);
    scl_build_text(l->d, object, SCL_CONTAINER_APPARMOR_MODE,
                   scl_docker_is_own_apparmor(name) ? SCL_S("default") : SCL_S("profile"),
                   scl_build_derived(l->d, object, SCL_CONTAINER_APPARMOR_PROFILE));
}

/* USER:ROLE:TYPE:LEVEL, where the level may have colons of its own. Engines give these types to
 * containers for which nobody asked for another. */
void
scl_runtime_selinux(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    static const unsigned parts[] = { SCL_CONTAINER_SELINUX_USER, SCL_CONTAINER_SELINUX_ROLE,
                                      SCL_CONTAINER_SELINUX_TYPE };
    struct scl_str rest = scl_tree_text(node), part, type = { "", 0 };
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, SCL_CONTAINER_SELINUX_TYPE, node, SCL_TREE_STRING))
        return;
    scl_build_group(l->d, object, field, origin);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (scl_str_cut(&rest, ':', &part) && part.len) {
            scl_build_text(l->d, object, parts[i], part, origin);
            type = parts[i] == SCL_CONTAINER_SELINUX_TYPE ? part : type;
        }
    if (rest.len)
        scl_build_text(l->d, object, SCL_CONTAINER_SELINUX_LEVEL, rest, origin);
    if (type.len)
        scl_build_text(l->d, object, SCL_CONTAINER_SELINUX_MODE,
                       scl_str_is(type, "container_t") || scl_str_is(type, "svirt_lxc_net_t")
                           ? SCL_S("default")
                           : SCL_S("custom"),
                       scl_build_derived(l->d, object, SCL_CONTAINER_SELINUX_TYPE));
}

void
scl_row_rlimit_name(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    struct scl_str name = scl_tree_text(node);
    char *made;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (scl_str_starts(name, SCL_S("RLIMIT_")))
        name = scl_str_sub(name, 7, name.len);
    made = scl_arena_alloc(&l->d->arena, name.len);
    if (!made)
        return;
    for (size_t i = 0; i < name.len; i++)
        made[i] = scl_lower(name.at[i]);
    scl_build_text(l->d, object, field, scl_str_n(made, name.len), scl_rows_origin(l, node));
}

void
scl_row_rlimit(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    int64_t number;

    if (scl_tree_int(node, &number) && number >= 0)
        scl_row_int(l, object, field, node);
    else
        scl_row_limit(l, object, field, node);
}

const struct scl_json_row scl_runtime_rlimit_rows[] = {
    { "type", SCL_ULIMIT_NAME, scl_row_rlimit_name },
    { "soft", SCL_ULIMIT_SOFT, scl_row_rlimit },
    { "hard", SCL_ULIMIT_HARD, scl_row_rlimit },
    { NULL, SCL_NONE, NULL },
};

void
scl_runtime_rlimits(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_runtime_rlimit_rows, NULL);
}
