/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_finish.c: what follows from all options of a command line together
 *
 * Podman keeps some folders of a read-only root writable, and starts nothing that has a capability
 * both added and dropped, which Docker gives it.
 */
#include "formats/run_options.h"

#include "formats/asked.h"

#include <string.h>

static bool
has_mount(const struct scl_document *d, uint32_t object, const char *target)
{
    const struct scl_value *mounts = scl_build_find(d, object, SCL_CONTAINER_MOUNTS);
    uint32_t count = mounts && mounts->kind == SCL_KIND_LIST ? mounts->as.list->count : 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct scl_value *value =
            scl_build_find(d, mounts->as.list->items[i].as.object, SCL_MOUNT_TARGET);

        if (value && value->kind == SCL_KIND_TEXT && scl_str_is(scl_value_text(value), target))
            return true;
    }
    return false;
}

/* A root that is read-only has some folders that can be written all the same. */
static void
add_writable_folders(struct scl_lowering *l, uint32_t object)
{
    static const char *const targets[] = { "/run", "/tmp", "/var/tmp" };
    const struct scl_value *root = scl_build_find(l->d, object, SCL_CONTAINER_READONLY_ROOTFS);
    uint32_t origin = root ? root->origin : 0;

    if (l->run.is_all_read_only || !root || root->kind != SCL_KIND_BOOL || !root->as.number)
        return;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        uint32_t made;

        if (has_mount(l->d, object, targets[i]))
            continue;
        made = scl_build_object(l->d, object, SCL_CONTAINER_MOUNTS, origin);
        scl_build_text(l->d, made, SCL_MOUNT_TYPE, SCL_S("tmpfs"), 0);
        scl_build_text(l->d, made, SCL_MOUNT_TARGET, scl_str_c(targets[i]), 0);
        scl_build_text(l->d, made, SCL_MOUNT_ORIGIN, SCL_S("runtime"), 0);
    }
}

static const struct scl_list *
texts_of(const struct scl_document *d, uint32_t object, unsigned field)
{
    static const struct scl_list none;
    const struct scl_value *value = scl_build_find(d, object, field);

    return value && value->kind == SCL_KIND_LIST ? value->as.list : &none;
}

/* ALL that is added or dropped names no other one. */
static void
refuse_both(struct scl_lowering *l, uint32_t object)
{
    const struct scl_list *added = texts_of(l->d, object, SCL_CONTAINER_CAP_ADD);
    const struct scl_list *dropped = texts_of(l->d, object, SCL_CONTAINER_CAP_DROP);
    struct scl_note *note;
    struct scl_map names;

    scl_map_init(&names, &l->d->arena);
    for (uint32_t i = 0; i < dropped->count; i++)
        scl_map_put(&names, scl_value_text(&dropped->items[i]), i);
    for (uint32_t i = 0; i < added->count; i++) {
        struct scl_str name = scl_value_text(&added->items[i]);
        const struct scl_origin *origin = scl_document_origin(l->d, added->items[i].origin);

        if (!scl_map_find(&names, name) ||
            (!scl_str_is(name, "ALL") && scl_map_find(&names, SCL_S("ALL"))))
            continue;
        note = scl_note_add(&l->d->notes, SCL_NOTE_ERROR, origin->value,
                            "Podman refuses what is both added and dropped");
        if (note)
            note->file = (uint16_t)origin->file;
        scl_build_empty(l->d, object, SCL_CONTAINER_CAP_EFFECTIVE, SCANTLING_STATE_UNKNOWN,
                        added->items[i].origin);
        return;
    }
}

void
scl_run_finish(struct scl_lowering *l, uint32_t object)
{
    scl_asked_finish_ports(l, object);
    scl_asked_finish_swap(l, object);
    if (strcmp(l->d->family, "podman") != 0)
        return;
    add_writable_folders(l, object);
    refuse_both(l, object);
}
