/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_volumes.c: the volumes of a pod, and where a container mounts them
 *
 * A pod names its volumes, a container mounts them by name; a StatefulSet makes further ones for
 * each of its pods. What a volume is says the key beside its name. A container has in its list the
 * volumes that it mounts, and the first one those that nobody mounts, so that each is seen once.
 */
#include "formats/kubernetes.h"

/* What a volume is. */
static const struct volume_kind {
    struct scl_str key;
    const char *type;
    const char *source;   /* path to what it is made from; NULL: nothing that has a name */
    bool is_read_only;    /* however it is mounted */
} kinds[] = {
    { SCL_STR("hostPath"), "bind", "path", false },
    { SCL_STR("emptyDir"), "scratch", NULL, false },
    { SCL_STR("persistentVolumeClaim"), "volume", "claimName", false },
    { SCL_STR("configMap"), "config", "name", true },
    { SCL_STR("secret"), "secret", "secretName", true },
    { SCL_STR("projected"), "projected", NULL, true },
    { SCL_STR("downwardAPI"), "projected", NULL, true },
    { SCL_STR("ephemeral"), "volume", NULL, false },
    { SCL_STR("csi"), "volume", "driver", false },
    { SCL_STR("image"), "image", "reference", true },
    { SCL_STR("nfs"), "other", "path", false },
};

static const struct volume_kind claim = { SCL_STR("persistentVolumeClaim"), "volume", NULL, false };
static const struct volume_kind other = { SCL_STR(""), "other", NULL, false };

/* The entry beside the name that says what a volume is; NULL: none does, and it is empty. */
static const struct scl_tree *
source_of(const struct scl_tree *volume)
{
    for (uint32_t i = 0; i < scl_tree_count(volume); i++) {
        const struct scl_tree *entry = scl_tree_child(volume, i);

        if (!scl_str_is(scl_tree_key(entry), "name") && entry->kind != SCL_TREE_NULL)
            return entry;
    }
    return NULL;
}

static const struct volume_kind *
kind_of(const struct scl_kube_volume *volume)
{
    const struct scl_tree *source = source_of(volume->node);

    if (volume->is_claim)
        return &claim;
    for (size_t i = 0; source && i < sizeof kinds / sizeof *kinds; i++)
        if (scl_str_same(scl_tree_key(source), kinds[i].key))
            return &kinds[i];
    return source ? &other : &kinds[1];
}

/* Memory is a tmpfs, a named pipe of Windows is none of its files. */
static struct scl_str
type_of(const struct scl_kube_volume *volume)
{
    const struct volume_kind *kind = kind_of(volume);
    const struct scl_tree *source = source_of(volume->node);

    if (source && !volume->is_claim &&
        scl_str_starts(scl_rows_text_at(volume->node, "hostPath.path"), SCL_S("\\\\.\\pipe\\")))
        return SCL_S("npipe");
    if (!volume->is_claim &&
        scl_str_is(scl_rows_text_at(volume->node, "emptyDir.medium"), "Memory"))
        return SCL_S("tmpfs");
    return scl_str_c(kind->type);
}

static const struct scl_tree *
origin_of(const struct scl_kube_volume *volume)
{
    const struct volume_kind *kind = kind_of(volume);
    const struct scl_tree *source = source_of(volume->node);

    if (volume->is_claim)
        return scl_rows_find(volume->node, "metadata.name");
    return source && kind->source ? scl_rows_find(source, kind->source) : NULL;
}

/* Finding. */

static void
add_volumes(struct scl_kube *k, const struct scl_tree *list, const char *name, bool is_claim)
{
    for (uint32_t i = 0; list && i < scl_tree_count(list); i++) {
        const struct scl_tree *node = scl_tree_child(list, i);

        k->volumes[k->volume_count++] = (struct scl_kube_volume){ node, is_claim, false, 0 };
        scl_map_put(&k->volumes_by_name, scl_rows_text_at(node, name), k->volume_count);
    }
}

static struct scl_kube_volume *
volume_named(struct scl_kube *k, struct scl_str name)
{
    const struct scl_map_entry *entry =
        name.len ? scl_map_find(&k->volumes_by_name, name) : NULL;

    return entry ? &k->volumes[entry->value - 1] : NULL;
}

static void
mark_mounted(struct scl_kube *k, const struct scl_tree *mounts)
{
    for (uint32_t i = 0; mounts && i < scl_tree_count(mounts); i++) {
        struct scl_kube_volume *volume =
            volume_named(k, scl_rows_text_at(scl_tree_child(mounts, i), "name"));

        if (volume)
            volume->is_mounted = true;
    }
}

void
scl_kube_find_volumes(struct scl_kube *k)
{
    static const char *const lists[] = { "initContainers", "containers", "ephemeralContainers" };
    const struct scl_tree *volumes = scl_rows_find(k->spec, "volumes");
    const struct scl_tree *claims = scl_rows_find(k->object, "spec.volumeClaimTemplates");

    if (volumes && !scl_rows_expect(&k->l, 0, SCL_NONE, volumes, SCL_TREE_LIST))
        volumes = NULL;
    scl_map_init(&k->volumes_by_name, &k->l.d->arena);
    k->volume_count = 0;
    k->volumes = scl_arena_array(&k->l.d->arena,
                                 (volumes ? scl_tree_count(volumes) : 0u) +
                                     (claims ? scl_tree_count(claims) : 0u),
                                 sizeof *k->volumes);
    if (!k->volumes)
        return;
    add_volumes(k, volumes, "name", false);
    add_volumes(k, claims, "metadata.name", true);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct scl_tree *list = scl_rows_find(k->spec, lists[i]);

        for (uint32_t c = 0; list && c < scl_tree_count(list); c++) {
            mark_mounted(k, scl_rows_find(scl_tree_child(list, c), "volumeMounts"));
            mark_mounted(k, scl_rows_find(scl_tree_child(list, c), "volumeDevices"));
        }
    }
}

/* Showing. */

const struct scl_json_row scl_kube_volume_rows[] = {
    { "name", SCL_VOLUME_NAME, scl_row_text },
    { "", SCL_VOLUME_KIND, NULL },
    { "", SCL_VOLUME_TYPE, NULL },
    { "", SCL_VOLUME_SOURCE, NULL },
    { "", SCL_VOLUME_MOUNTED, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
show_volume(struct scl_kube *k, uint32_t container, struct scl_kube_volume *volume)
{
    struct scl_lowering *l = &k->l;
    const struct scl_tree *source = source_of(volume->node), *origin = origin_of(volume);
    const struct scl_tree *name =
        scl_rows_find(volume->node, volume->is_claim ? "metadata.name" : "name");
    uint32_t made = scl_build_object(l->d, container, SCL_CONTAINER_VOLUMES,
                                     scl_rows_origin(l, volume->node));
    struct scl_str key = kind_of(volume)->key;
    uint32_t place = source && !volume->is_claim
                         ? scl_build_origin(l->d, source->key_span, source->key_span)
                         : scl_rows_origin(l, source ? source : volume->node);

    volume->shown = container;
    if (source && !volume->is_claim)
        key = scl_tree_key(source);
    if (name)
        scl_row_text(l, made, SCL_VOLUME_NAME, name);
    scl_build_text(l->d, made, SCL_VOLUME_KIND, key.len ? key : SCL_S("emptyDir"), place);
    scl_build_text(l->d, made, SCL_VOLUME_TYPE, type_of(volume),
                   scl_build_derived(l->d, made, SCL_VOLUME_KIND));
    if (origin)
        scl_row_text(l, made, SCL_VOLUME_SOURCE, origin);
    scl_build_bool(l->d, made, SCL_VOLUME_MOUNTED, volume->is_mounted, 0);
}

/* Mounting. */

static void
read_propagation(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    static const char *const words[][2] = {
        { "None", "rprivate" },
        { "HostToContainer", "rslave" },
        { "Bidirectional", "rshared" },
        { NULL, NULL },
    };

    scl_kube_word(l, object, field, node, words, "expected None, HostToContainer or Bidirectional");
}

static void
read_recursive(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        scl_build_bool(l->d, object, field, scl_str_is(scl_tree_text(node), "Enabled"),
                       scl_rows_origin(l, node));
}

const struct scl_json_row scl_kube_mount_rows[] = {
    { "name", SCL_MOUNT_VOLUME, scl_row_text },
    { "mountPath", SCL_MOUNT_TARGET, scl_row_text },
    { "readOnly", SCL_MOUNT_READ_ONLY, scl_kube_bool },
    { "recursiveReadOnly", SCL_MOUNT_RECURSIVE_READ_ONLY, read_recursive },
    { "mountPropagation", SCL_MOUNT_PROPAGATION, read_propagation },
    { "subPath", SCL_MOUNT_SUBPATH, scl_kube_text },
    { "subPathExpr", SCL_MOUNT_SUBPATH, scl_kube_text },
    { "name", SCL_MOUNT_TYPE, NULL },
    { "name", SCL_MOUNT_SOURCE, NULL },
    { "name", SCL_MOUNT_SIZE, NULL },
    { "name", SCL_MOUNT_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_mounts_rows[] = {
    { SCL_KUBE_CONTAINER "volumeMounts", SCL_CONTAINER_MOUNTS, NULL },
    { SCL_KUBE_CONTAINER "volumeMounts", SCL_CONTAINER_FACTS_SOCKET, NULL },
    { SCL_KUBE_CONTAINER "volumeMounts", SCL_CONTAINER_FACTS_HOST_ROOT, NULL },
    { SCL_KUBE_CONTAINER "volumeDevices", SCL_CONTAINER_DEVICES, NULL },
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_kube_device_rows[] = {
    { "devicePath", SCL_DEVICE_TARGET, scl_row_text },
    { "name", SCL_DEVICE_SOURCE, NULL },
    { NULL, SCL_NONE, NULL },
};

/* What a mount has from its volume. */
static void
join(struct scl_kube *k, uint32_t mount, const struct scl_kube_volume *volume)
{
    struct scl_lowering *l = &k->l;
    const struct volume_kind *kind = kind_of(volume);
    const struct scl_tree *source = source_of(volume->node), *origin = origin_of(volume);
    const struct scl_tree *size = scl_rows_find(volume->node, "emptyDir.sizeLimit");
    const struct scl_tree *read_only = source ? scl_rows_find(source, "readOnly") : NULL;
    bool truth = false;

    scl_build_text(l->d, mount, SCL_MOUNT_TYPE, type_of(volume),
                   scl_rows_origin(l, source ? source : volume->node));
    if (origin)
        scl_row_text(l, mount, SCL_MOUNT_SOURCE, origin);
    if (size && !volume->is_claim)
        scl_kube_memory(l, mount, SCL_MOUNT_SIZE, size);
    if (kind->is_read_only)
        scl_build_bool(l->d, mount, SCL_MOUNT_READ_ONLY, true,
                       scl_build_derived(l->d, mount, SCL_MOUNT_TYPE));
    else if (read_only && scl_kube_truth_of(read_only, &truth) && truth)
        scl_build_bool(l->d, mount, SCL_MOUNT_READ_ONLY, true, scl_rows_origin(l, read_only));
}

/* Without its volume nobody knows what is mounted; the API refuses the pod. */
static void
miss(struct scl_kube *k, uint32_t mount, const struct scl_tree *name)
{
    enum { MOST_NOTES = 100 };
    struct scl_lowering *l = &k->l;
    uint32_t origin = scl_rows_origin(l, name);

    scl_build_empty(l->d, mount, SCL_MOUNT_TYPE, SCANTLING_STATE_UNKNOWN, origin);
    scl_build_empty(l->d, mount, SCL_MOUNT_SOURCE, SCANTLING_STATE_UNKNOWN, origin);
    if (!scl_rows_is_lost(k->spec, "volumes") && l->noted++ < MOST_NOTES)
        scl_note_add(&l->d->notes, SCL_NOTE_WARNING, name->span, "the pod has no such volume");
}

/* A folder that hangs on variables. */
static void
expand_subpath(struct scl_kube *k, uint32_t mount, const struct scl_tree *node)
{
    struct scl_str text;

    if (node->kind != SCL_TREE_STRING || node->is_cut || !node->count)
        return;
    if (scl_kube_expand(k, scl_tree_text(node), &text))
        scl_build_text(k->l.d, mount, SCL_MOUNT_SUBPATH, text, scl_rows_origin(&k->l, node));
    else
        scl_build_empty(k->l.d, mount, SCL_MOUNT_SUBPATH, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(&k->l, node));
}

static void
finish_mount(struct scl_lowering *l, uint32_t mount, const struct scl_tree *node)
{
    const struct scl_tree *subpath = scl_rows_find(node, "subPathExpr");
    struct scl_kube *k = scl_kube_of(l);
    const struct scl_tree *name = scl_rows_find(node, "name");
    struct scl_kube_volume *volume = volume_named(k, scl_rows_text_at(node, "name"));

    scl_build_text(l->d, mount, SCL_MOUNT_ORIGIN, SCL_S("declared"), 0);
    if (subpath)
        expand_subpath(k, mount, subpath);
    if (volume)
        join(k, mount, volume);
    else if (name)
        miss(k, mount, name);
}

static void
finish_device(struct scl_lowering *l, uint32_t device, const struct scl_tree *node)
{
    struct scl_kube_volume *volume =
        volume_named(scl_kube_of(l), scl_rows_text_at(node, "name"));
    const struct scl_tree *origin = volume ? origin_of(volume) : NULL;

    if (origin)
        scl_row_text(l, device, SCL_DEVICE_SOURCE, origin);
}

/* The volumes of a list that are not in the container's yet. */
static void
show_mounted(struct scl_kube *k, uint32_t container, const struct scl_tree *mounts)
{
    for (uint32_t i = 0; mounts && i < scl_tree_count(mounts); i++) {
        struct scl_kube_volume *volume =
            volume_named(k, scl_rows_text_at(scl_tree_child(mounts, i), "name"));

        if (volume && volume->shown != container)
            show_volume(k, container, volume);
    }
}

void
scl_kube_volumes(struct scl_kube *k, uint32_t container)
{
    struct scl_lowering *l = &k->l;
    const struct scl_tree *mounts = scl_rows_find(l->root, "volumeMounts");
    const struct scl_tree *devices = scl_rows_find(l->root, "volumeDevices");

    if (mounts)
        scl_rows_members(l, container, SCL_CONTAINER_MOUNTS, mounts, scl_kube_mount_rows,
                         finish_mount);
    else if (scl_rows_is_lost(l->root, "volumeMounts"))
        scl_build_open(l->d, container, SCL_CONTAINER_MOUNTS);
    if (devices)
        scl_rows_members(l, container, SCL_CONTAINER_DEVICES, devices, scl_kube_device_rows,
                         finish_device);
    show_mounted(k, container, mounts);
    show_mounted(k, container, devices);
    for (uint32_t i = 0; i < k->volume_count && k->index == 1 && k->role[0] == 'm'; i++)
        if (!k->volumes[i].is_mounted)
            show_volume(k, container, &k->volumes[i]);
    if (k->spec && scl_rows_is_lost(k->spec, "volumes"))
        scl_build_open(l->d, container, SCL_CONTAINER_VOLUMES);
}
