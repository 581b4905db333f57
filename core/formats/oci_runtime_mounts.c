/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oci_runtime_mounts.c: the mounts of an OCI runtime configuration
 *
 * What a mount is stands in its options rather than in its type: `bind` or `rbind` makes it a bind
 * whatever the type, and of contrary options the last counts.
 */
#include "base/path.h"
#include "formats/oci_runtime.h"

#include <string.h>

const struct scl_json_row scl_runtime_mount_rows[] = {
    { "destination", SCL_MOUNT_TARGET, scl_row_text },
    { "source", SCL_MOUNT_SOURCE, scl_row_text },
    { "options", SCL_MOUNT_OPTIONS, scl_row_texts },
    { "type", SCL_MOUNT_TYPE, NULL },
    { "options", SCL_MOUNT_READ_ONLY, NULL },
    { "options", SCL_MOUNT_RECURSIVE_READ_ONLY, NULL },
    { "options", SCL_MOUNT_PROPAGATION, NULL },
    { "options", SCL_MOUNT_SIZE, NULL },
    { "", SCL_MOUNT_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

/* Types by which other systems than Linux show a folder a second time. */
static const char *const bind_types[] = { "bind", "nullfs", "lofs" };

static const char *const propagations[] = {
    "private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable",
};

/* What the runtimes mount in every container, by its type; binds by how their source ends. */
static const struct standard_mount {
    struct scl_str target;
    const char *types[2]; /* NULL first: a bind of a file that the runtime has written */
} standard_mounts[] = {
    { SCL_STR("/proc"), { "proc" } },
    { SCL_STR("/dev"), { "tmpfs", "devfs" } },
    { SCL_STR("/dev/pts"), { "devpts" } },
    { SCL_STR("/dev/shm"), { "tmpfs" } },
    { SCL_STR("/dev/mqueue"), { "mqueue" } },
    { SCL_STR("/sys"), { "sysfs" } },
    { SCL_STR("/sys/fs/cgroup"), { "cgroup", "cgroup2" } },
    { SCL_STR("/etc/resolv.conf"), { NULL } },
    { SCL_STR("/etc/hostname"), { NULL } },
    { SCL_STR("/etc/hosts"), { NULL } },
};

static bool
is_one_of(struct scl_str text, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] && scl_str_is(text, names[i]))
            return true;
    return false;
}

static bool
has_bind_option(const struct scl_tree *mount)
{
    const struct scl_tree *options = scl_rows_find(mount, "options");

    for (uint32_t i = 0; options && i < scl_tree_count(options); i++) {
        struct scl_str option = scl_tree_text(scl_tree_child(options, i));

        if (scl_str_is(option, "bind") || scl_str_is(option, "rbind"))
            return true;
    }
    return false;
}

static bool
is_bind(const struct scl_tree *mount)
{
    return has_bind_option(mount) ||
           is_one_of(scl_rows_text_at(mount, "type"), bind_types,
                     sizeof bind_types / sizeof *bind_types);
}

/* A mount without a type is a folder of the host on Windows, or a named pipe. */
static void
set_windows_type(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    struct scl_str source = scl_rows_text_at(mount, "source");
    bool is_pipe = scl_str_starts(source, SCL_S("\\\\.\\pipe\\")) ||
                   scl_str_starts(source, SCL_S("//./pipe/"));

    if (source.len)
        scl_build_text(l->d, object, SCL_MOUNT_TYPE, is_pipe ? SCL_S("npipe") : SCL_S("bind"),
                       scl_build_derived(l->d, object, SCL_MOUNT_SOURCE));
}

static void
set_type(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    const struct scl_tree *type = scl_rows_find(mount, "type"), *platform;
    uint32_t origin;

    if (has_bind_option(mount) && !scl_str_is(scl_rows_text_at(mount, "type"), "bind")) {
        scl_build_text(l->d, object, SCL_MOUNT_TYPE, SCL_S("bind"),
                       scl_build_derived(l->d, object, SCL_MOUNT_OPTIONS));
    } else if (type && scl_rows_expect(l, object, SCL_MOUNT_TYPE, type, SCL_TREE_STRING)) {
        origin = scl_rows_origin(l, type);
        scl_build_text(l->d, object, SCL_MOUNT_TYPE,
                       is_bind(mount) ? SCL_S("bind") : scl_tree_text(type), origin);
    } else if (!type && strcmp(scl_runtime_os(l->root, &platform), "windows") == 0) {
        set_windows_type(l, object, mount);
    }
}

/* `64k` in bytes: a whole number and perhaps a unit of 1024. */
static bool
size_bytes(struct scl_str text, int64_t *ret)
{
    static const char units[] = "kmgtpe";
    const char *unit = NULL;
    int shift = 0;

    if (text.len > 1 && scl_is_alpha(text.at[text.len - 1])) {
        unit = strchr(units, scl_lower(text.at[text.len - 1]));
        if (!unit)
            return false;
        shift = (int)(unit - units + 1) * 10;
        text.len--;
    }
    if (!scl_str_int(text, ret) || *ret < 0 || *ret > INT64_MAX >> shift)
        return false;
    *ret = (int64_t)((uint64_t)*ret << shift);
    return true;
}

static void
set_size(struct scl_lowering *l, uint32_t object, struct scl_str size,
         const struct scl_tree *option)
{
    uint32_t origin = scl_rows_origin(l, option);
    int64_t bytes;

    if (size.len && size.at[size.len - 1] == '%') /* of the memory of the host */
        scl_build_empty(l->d, object, SCL_MOUNT_SIZE, SCANTLING_STATE_UNKNOWN, origin);
    else if (!size_bytes(size, &bytes))
        scl_rows_refuse(l, object, SCL_MOUNT_SIZE, option, "expected a size, as 64m");
    else if (bytes == 0)
        scl_build_empty(l->d, object, SCL_MOUNT_SIZE, SCANTLING_STATE_DECLARED, origin);
    else
        scl_build_int(l->d, object, SCL_MOUNT_SIZE, bytes, origin);
}

void
scl_mount_option(struct scl_lowering *l, uint32_t object, struct scl_str text,
                 const struct scl_tree *node)
{
    if (scl_str_is(text, "ro") || scl_str_is(text, "rro"))
        scl_build_bool(l->d, object, SCL_MOUNT_READ_ONLY, true, scl_rows_origin(l, node));
    if (scl_str_is(text, "rro"))
        scl_build_bool(l->d, object, SCL_MOUNT_RECURSIVE_READ_ONLY, true,
                       scl_rows_origin(l, node));
    else if (scl_str_is(text, "rw"))
        scl_build_bool(l->d, object, SCL_MOUNT_READ_ONLY, false, scl_rows_origin(l, node));
    else if (is_one_of(text, propagations, sizeof propagations / sizeof *propagations))
        scl_build_text(l->d, object, SCL_MOUNT_PROPAGATION, text, scl_rows_origin(l, node));
    else if (scl_str_starts(text, SCL_S("size=")))
        set_size(l, object, scl_str_sub(text, 5, text.len), node);
}

void
scl_mount_relabel(struct scl_lowering *l, uint32_t object, struct scl_str text, uint32_t origin)
{
    if (scl_str_is(text, "z"))
        scl_build_text(l->d, object, SCL_MOUNT_RELABEL, SCL_S("shared"), origin);
    else if (scl_str_is(text, "Z"))
        scl_build_text(l->d, object, SCL_MOUNT_RELABEL, SCL_S("private"), origin);
}

/* What is not among the options that were read may be among those that were not. */
static void
set_unread(struct scl_lowering *l, uint32_t object, const struct scl_tree *options)
{
    static const unsigned fields[] = { SCL_MOUNT_READ_ONLY, SCL_MOUNT_RECURSIVE_READ_ONLY,
                                       SCL_MOUNT_PROPAGATION, SCL_MOUNT_SIZE };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        scl_build_empty(l->d, object, fields[i], SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, options));
}

static bool
is_standard(const struct scl_tree *mount)
{
    struct scl_str target = scl_rows_text_at(mount, "destination");
    struct scl_str source = scl_rows_text_at(mount, "source");
    bool binds = is_bind(mount);

    for (size_t i = 0; i < sizeof standard_mounts / sizeof *standard_mounts; i++) {
        const struct standard_mount *row = &standard_mounts[i];

        if (!scl_str_same(row->target, target))
            continue;
        if (!row->types[0])
            return binds && scl_str_ends(scl_path_base(source), scl_path_base(target));
        return !binds && is_one_of(scl_rows_text_at(mount, "type"), row->types, 2);
    }
    return false;
}

static void
finish(struct scl_lowering *l, uint32_t object, const struct scl_tree *mount)
{
    const struct scl_tree *options = scl_rows_find(mount, "options");

    if (options && options->is_cut)
        set_unread(l, object, options);
    set_type(l, object, mount);
    for (uint32_t i = 0; options && i < scl_tree_count(options); i++)
        scl_mount_option(l, object, scl_tree_text(scl_tree_child(options, i)),
                         scl_tree_child(options, i));
    scl_build_text(l->d, object, SCL_MOUNT_ORIGIN,
                   is_standard(mount) ? SCL_S("runtime") : SCL_S("declared"), 0);
}

void
scl_runtime_mounts(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, scl_runtime_mount_rows, finish);
}

bool
scl_runtime_protects_sys(const struct scl_tree *root)
{
    const struct scl_tree *mounts = scl_rows_find(root, "mounts");
    bool read_only = false;

    for (uint32_t i = 0; mounts && i < scl_tree_count(mounts); i++) {
        const struct scl_tree *mount = scl_tree_child(mounts, i);
        const struct scl_tree *options = scl_rows_find(mount, "options");

        if (!scl_str_is(scl_rows_text_at(mount, "destination"), "/sys"))
            continue;
        read_only = false;
        for (uint32_t k = 0; options && k < scl_tree_count(options); k++) {
            struct scl_str option = scl_tree_text(scl_tree_child(options, k));

            if (scl_str_is(option, "ro") || scl_str_is(option, "rro"))
                read_only = true;
            else if (scl_str_is(option, "rw"))
                read_only = false;
        }
    }
    return read_only;
}
