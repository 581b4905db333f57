/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked_mounts.c: mounts in one word
 *
 * What stands before the first colon is a folder of the host if it looks like a path, else the name
 * of a volume. Options that an engine does not know it passes over, and so do we.
 */
#include "formats/asked.h"

#include "formats/oci_runtime.h"

#include <string.h>

static uint32_t
begin(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

    scl_build_text(l->d, made, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
    return made;
}

/* `C:\`; in `c:/x` the letter is the name of a volume. */
static bool
has_drive(struct scl_str text)
{
    return text.len > 2 && scl_is_alpha(text.at[0]) && text.at[1] == ':' && text.at[2] == '\\';
}

bool
scl_asked_is_host_path(struct scl_str source)
{
    return source.len && (strchr("/.~\\", source.at[0]) || has_drive(source)) &&
           source.at[0] != SCL_HOLE;
}

/* Takes what stands before a colon; that of a drive divides nothing. */
static struct scl_str
next_part(struct scl_str *rest)
{
    size_t skipped = has_drive(*rest) ? 2 : 0;
    size_t colon = scl_str_find_char(scl_str_sub(*rest, skipped, rest->len), ':');
    struct scl_str part = scl_str_sub(*rest, 0, colon == SIZE_MAX ? rest->len : colon + skipped);

    *rest = colon == SIZE_MAX ? (struct scl_str){ NULL, 0 }
                              : scl_str_sub(*rest, colon + skipped + 1, rest->len);
    return part;
}

/* What is not among the options that are known may be among the others. */
static void
lose_options(struct scl_lowering *l, uint32_t made, const struct scl_tree *node)
{
    static const unsigned fields[] = { SCL_MOUNT_READ_ONLY, SCL_MOUNT_RECURSIVE_READ_ONLY,
                                       SCL_MOUNT_PROPAGATION, SCL_MOUNT_SIZE };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        scl_build_empty(l->d, made, fields[i], SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
    scl_build_open(l->d, made, SCL_MOUNT_OPTIONS);
}

static void
read_options(struct scl_lowering *l, uint32_t made, const struct scl_tree *node,
             struct scl_str rest)
{
    uint32_t origin = scl_part_origin(l, node, rest);
    struct scl_str option;

    if (!rest.len)
        return;
    if (!scl_part_is_known(rest))
        lose_options(l, made, node);
    scl_build_list(l->d, made, SCL_MOUNT_OPTIONS, origin);
    while (scl_str_cut(&rest, ',', &option)) {
        if (!scl_part_is_known(option))
            continue;
        scl_build_item_text(l->d, made, SCL_MOUNT_OPTIONS, option,
                            scl_part_origin(l, node, option));
        scl_mount_option(l, made, option, node);
        scl_mount_relabel(l, made, option, scl_part_origin(l, node, option));
    }
}

static void
set_type(struct scl_lowering *l, uint32_t made, const struct scl_tree *node, struct scl_str source)
{
    uint32_t origin = scl_rows_origin(l, node);

    if (scl_asked_is_host_path(source))
        scl_build_text(l->d, made, SCL_MOUNT_TYPE,
                       scl_str_starts(source, SCL_S("\\\\.\\pipe\\")) ? SCL_S("npipe")
                                                                     : SCL_S("bind"),
                       origin);
    else if (source.len && source.at[0] == SCL_HOLE) /* what it begins with decides */
        scl_build_empty(l->d, made, SCL_MOUNT_TYPE, SCANTLING_STATE_UNKNOWN, origin);
    else
        scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("volume"), origin);
}

void
scl_asked_volume(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), source, target;
    uint32_t made = begin(l, object, field, node);

    if (rest.len == 1 && rest.at[0] == SCL_HOLE) { /* nothing of it is known */
        scl_build_open(l->d, object, field);
        return;
    }
    source = next_part(&rest);
    if (!rest.at) { /* a volume without a name */
        scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("volume"), scl_rows_origin(l, node));
        scl_part_text(l, made, SCL_MOUNT_TARGET, node, source);
        return;
    }
    target = next_part(&rest);
    set_type(l, made, node, source);
    if (source.len)
        scl_part_text(l, made, SCL_MOUNT_SOURCE, node, source);
    scl_part_text(l, made, SCL_MOUNT_TARGET, node, target);
    if (rest.at)
        read_options(l, made, node, rest);
}

void
scl_asked_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), target;
    uint32_t made = begin(l, object, field, node);

    scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("tmpfs"), scl_rows_origin(l, node));
    if (!scl_str_cut(&rest, ':', &target))
        return;
    scl_part_text(l, made, SCL_MOUNT_TARGET, node, target);
    if (rest.at)
        read_options(l, made, node, rest);
}

void
scl_asked_api_socket(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    uint32_t made = begin(l, object, SCL_CONTAINER_MOUNTS, node), origin = scl_rows_origin(l, node);

    scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("bind"), origin);
    scl_build_text(l->d, made, SCL_MOUNT_SOURCE, SCL_S("/var/run/docker.sock"), origin);
    scl_build_text(l->d, made, SCL_MOUNT_TARGET, SCL_S("/var/run/docker.sock"), origin);
}

/* ---- key=value,... ---- */

struct mount {
    struct scl_lowering *l;
    const struct scl_tree *node;
    uint32_t made;
    struct scl_str value;
    bool binds; /* the driver of the volume is told to bind a folder */
    struct scl_str device;
};

static void
read_kind(struct mount *m)
{
    scl_part_text(m->l, m->made, SCL_MOUNT_TYPE, m->node, m->value);
}

static void
read_source(struct mount *m)
{
    if (m->value.len)
        scl_part_text(m->l, m->made, SCL_MOUNT_SOURCE, m->node, m->value);
}

static void
read_target(struct mount *m)
{
    scl_part_text(m->l, m->made, SCL_MOUNT_TARGET, m->node, m->value);
}

static void
set_read_only(struct mount *m, bool when)
{
    uint32_t origin = scl_part_origin(m->l, m->node, m->value);
    bool truth;

    if (!m->value.at)
        scl_build_bool(m->l->d, m->made, SCL_MOUNT_READ_ONLY, when, scl_rows_origin(m->l, m->node));
    else if (!scl_part_is_known(m->value))
        scl_build_empty(m->l->d, m->made, SCL_MOUNT_READ_ONLY, SCANTLING_STATE_UNKNOWN, origin);
    else if (scl_asked_truth_of(m->value, &truth))
        scl_build_bool(m->l->d, m->made, SCL_MOUNT_READ_ONLY, truth == when, origin);
    else
        scl_rows_refuse(m->l, m->made, SCL_MOUNT_READ_ONLY, m->node, "expected true or false");
}

static void
read_read_only(struct mount *m)
{
    set_read_only(m, true);
}

static void
read_read_write(struct mount *m)
{
    set_read_only(m, false);
}

static void
read_propagation(struct mount *m)
{
    scl_part_text(m->l, m->made, SCL_MOUNT_PROPAGATION, m->node, m->value);
}

/* Whether what is mounted below it is read-only too. */
static void
read_recursive(struct mount *m)
{
    uint32_t origin = scl_part_origin(m->l, m->node, m->value);

    if (!scl_part_is_known(m->value))
        scl_build_empty(m->l->d, m->made, SCL_MOUNT_RECURSIVE_READ_ONLY, SCANTLING_STATE_UNKNOWN,
                        origin);
    else if (scl_str_is(m->value, "readonly") || scl_str_is(m->value, "writable"))
        scl_build_bool(m->l->d, m->made, SCL_MOUNT_RECURSIVE_READ_ONLY,
                       scl_str_is(m->value, "readonly"), origin);
}

static void
read_size(struct mount *m)
{
    uint32_t origin = scl_part_origin(m->l, m->node, m->value);
    int64_t bytes;

    if (!scl_part_is_known(m->value))
        scl_build_empty(m->l->d, m->made, SCL_MOUNT_SIZE, SCANTLING_STATE_UNKNOWN, origin);
    else if (!scl_asked_bytes_of(m->value, &bytes))
        scl_rows_refuse(m->l, m->made, SCL_MOUNT_SIZE, m->node,
                        "expected a number of bytes, as 64m");
    else if (bytes > 0)
        scl_build_int(m->l->d, m->made, SCL_MOUNT_SIZE, bytes, origin);
    else
        scl_build_empty(m->l->d, m->made, SCL_MOUNT_SIZE, SCANTLING_STATE_DECLARED, origin);
}

static void
read_subpath(struct mount *m)
{
    scl_part_text(m->l, m->made, SCL_MOUNT_SUBPATH, m->node, m->value);
}

static void
read_relabel(struct mount *m)
{
    scl_part_text(m->l, m->made, SCL_MOUNT_RELABEL, m->node, m->value);
}

/* KEY=VALUE for the driver of a volume. */
static void
read_driver_option(struct mount *m)
{
    struct scl_str rest = m->value, key, option;

    if (!scl_str_cut(&rest, '=', &key) || !rest.at)
        return;
    if (scl_str_is(key, "device"))
        m->device = rest;
    if (scl_str_is(key, "o"))
        while (scl_str_cut(&rest, ',', &option))
            m->binds = m->binds || scl_str_is(option, "bind") || scl_str_is(option, "rbind");
}

static const struct {
    struct scl_str key;
    void (*read)(struct mount *mount);
    bool is_switch; /* it may stand without a value */
} keys[] = {
    { SCL_STR("type"), read_kind, false },
    { SCL_STR("source"), read_source, false },
    { SCL_STR("src"), read_source, false },
    { SCL_STR("target"), read_target, false },
    { SCL_STR("dst"), read_target, false },
    { SCL_STR("destination"), read_target, false },
    { SCL_STR("readonly"), read_read_only, true },
    { SCL_STR("ro"), read_read_only, true },
    { SCL_STR("rw"), read_read_write, true },
    { SCL_STR("bind-propagation"), read_propagation, false },
    { SCL_STR("bind-recursive"), read_recursive, false },
    { SCL_STR("tmpfs-size"), read_size, false },
    { SCL_STR("volume-subpath"), read_subpath, false },
    { SCL_STR("image-subpath"), read_subpath, false },
    { SCL_STR("subpath"), read_subpath, false },
    { SCL_STR("relabel"), read_relabel, false },
    { SCL_STR("volume-opt"), read_driver_option, false },
};

static void
read_key(struct mount *m, struct scl_str part)
{
    struct scl_str key;

    m->value = part;
    if (!scl_str_cut(&m->value, '=', &key))
        return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (scl_str_same_nocase(keys[i].key, key) && (m->value.at || keys[i].is_switch))
            keys[i].read(m);
}

void
scl_asked_mount(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct mount m = { .l = l, .node = node, .made = begin(l, object, field, node) };
    struct scl_str rest = scl_tree_text(node), part;
    bool is_lost = false;

    while (scl_asked_csv(&l->d->arena, &rest, &part)) {
        is_lost = is_lost || (part.len && part.at[0] == SCL_HOLE);
        read_key(&m, part);
    }
    if (!scl_build_has(l->d, m.made, SCL_MOUNT_TYPE))
        scl_build_text(l->d, m.made, SCL_MOUNT_TYPE, SCL_S("volume"), 0);
    if (m.binds && m.device.len) {
        scl_part_text(l, m.made, SCL_MOUNT_SOURCE, node, m.device);
        scl_build_text(l->d, m.made, SCL_MOUNT_TYPE, SCL_S("bind"),
                       scl_build_derived(l->d, m.made, SCL_MOUNT_SOURCE));
    }
    if (is_lost)
        lose_options(l, m.made, node);
}
