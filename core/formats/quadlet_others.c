/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quadlet_others.c: what other units of Quadlet say of a container
 *
 * Keys are those of podman-systemd.unit(5). Paths of a unit begin at its folder, which is that of
 * the container.
 */
#include "formats/quadlet_others.h"

#include "base/path.h"
#include "formats/asked.h"

void
scl_others_init(struct scl_others *o, struct scl_lowering *l)
{
    *o = (struct scl_others){ .l = l };
    scl_map_init(&o->names, &l->d->arena);
    scl_map_init(&o->volume_names, &l->d->arena);
}

const struct scl_unit *
scl_others_find(struct scl_others *o, struct scl_str name)
{
    struct scl_arena *arena = &o->l->d->arena;
    const struct scl_map_entry *entry = scl_map_find(&o->names, name);
    const struct scl_unit **made;
    struct scl_unit *unit;

    if (entry)
        return o->units.at[entry->value];
    if (!scl_part_is_known(name) || scl_str_find_char(name, '/') != SIZE_MAX)
        return NULL;
    made = scl_vec_push(arena, &o->units);
    unit = scl_arena_alloc(arena, sizeof *unit);
    if (!made || !unit)
        return NULL;
    scl_map_put(&o->names, name, o->units.count - 1);
    if (scl_unit_open(o->l->d, o->l->input, name, unit) == SCL_COMPANION_GIVEN)
        *made = unit;
    return *made;
}

/* An entry with what is known filled in; false where it says nothing. */
static bool
find_entry(struct scl_others *o, const struct scl_unit *unit, const char *section,
           const char *key, struct scl_tree *ret)
{
    const struct scl_ini_entry *entry = scl_unit_last(unit, section, key);

    if (!entry)
        return false;
    *ret = entry->value;
    scl_unit_fill(o->l, scl_unit_stem(unit->name), ret);
    return true;
}

/* ---- images ---- */

static void
lose_image(struct scl_others *o, uint32_t container, const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(o->l, node);

    scl_build_group(o->l->d, container, SCL_CONTAINER_IMAGE, origin);
    scl_build_reference_unknown(o->l->d, container, SCL_CONTAINER_IMAGE_RAW, SCL_S(""), origin);
}

void
scl_others_pull(struct scl_others *o, uint32_t container, const struct scl_tree *node)
{
    const struct scl_unit *unit = scl_others_find(o, scl_tree_text(node));
    struct scl_tree image;

    if (unit && !unit->is_cut &&
        (find_entry(o, unit, "Image", "ImageTag", &image) ||
         find_entry(o, unit, "Image", "Image", &image)))
        scl_asked_image(o->l, container, SCL_CONTAINER_IMAGE_RAW, &image);
    else
        lose_image(o, container, node);
}

/* The folder that is built in, and the Dockerfile as seen from there. */
static void
set_context(struct scl_others *o, uint32_t container, const struct scl_unit *unit)
{
    struct scl_arena *arena = &o->l->d->arena;
    struct scl_tree file, folder;
    bool has_file = find_entry(o, unit, "Build", "File", &file);
    bool has_folder = find_entry(o, unit, "Service", "WorkingDirectory", &folder) ||
                      find_entry(o, unit, "Build", "SetWorkingDirectory", &folder);

    if (has_folder && scl_str_is(scl_tree_text(&folder), "unit")) {
        folder.body.text = ".";
        folder.count = 1;
    } else if (has_folder && has_file && scl_str_is(scl_tree_text(&folder), "file")) {
        struct scl_str context = scl_path_dir(arena, scl_tree_text(&file));
        struct scl_str base = scl_path_base(scl_tree_text(&file));

        folder.body.text = context.at;
        folder.count = (uint32_t)context.len;
        folder.is_cut = file.is_cut;
        file.body.text = base.at;
        file.count = (uint32_t)base.len;
    }
    if (has_folder)
        scl_part_text(o->l, container, SCL_CONTAINER_BUILD_CONTEXT, &folder,
                      scl_tree_text(&folder));
    if (has_file)
        scl_part_text(o->l, container, SCL_CONTAINER_BUILD_DOCKERFILE, &file,
                      scl_tree_text(&file));
}

static void
add_arg(struct scl_others *o, uint32_t container, const struct scl_tree *word,
        struct scl_str text)
{
    uint32_t made = scl_build_object(o->l->d, container, SCL_CONTAINER_BUILD_ARGS,
                                     scl_rows_origin(o->l, word));
    struct scl_str value = text, name;
    bool has_value = scl_str_cut(&value, '=', &name) && name.len < text.len;

    scl_part_text(o->l, made, SCL_ARG_NAME, word, name);
    if (has_value)
        scl_part_text(o->l, made, SCL_ARG_VALUE, word, value);
}

/* BuildArg=A=b, and PodmanArgs=--build-arg A=b, with a blank or `=` between both. */
static void
add_args(struct scl_others *o, uint32_t container, const struct scl_unit *unit, const char *key,
         bool is_raw)
{
    static const struct scl_str option = SCL_STR("--build-arg");
    const struct scl_ini_entry *entry;
    struct scl_tree word;
    uint32_t at = 0;

    while ((entry = scl_unit_next(unit, "Build", key, &at)) != NULL) {
        bool is_arg = false;

        for (uint32_t from = 0; scl_ini_word(&o->l->d->arena, entry, &from, &word);) {
            struct scl_str text;

            scl_unit_fill(o->l, scl_unit_stem(unit->name), &word);
            text = scl_tree_text(&word);
            if (!is_raw || is_arg) {
                add_arg(o, container, &word, text);
                is_arg = false;
            } else if (scl_str_same(text, option)) {
                is_arg = true;
            } else if (scl_str_starts(text, SCL_S("--build-arg="))) {
                add_arg(o, container, &word, scl_str_sub(text, option.len + 1, text.len));
            }
        }
    }
}

void
scl_others_build(struct scl_others *o, uint32_t container, const struct scl_tree *node)
{
    const struct scl_unit *unit = scl_others_find(o, scl_tree_text(node));
    const struct scl_ini_entry *tag;
    uint32_t origin = scl_rows_origin(o->l, node), at = 0;
    struct scl_tree image;

    tag = unit && !unit->is_cut ? scl_unit_next(unit, "Build", "ImageTag", &at) : NULL;
    if (tag) {
        image = tag->value;
        scl_unit_fill(o->l, scl_unit_stem(unit->name), &image);
        scl_asked_image(o->l, container, SCL_CONTAINER_IMAGE_RAW, &image);
    } else {
        lose_image(o, container, node);
    }
    scl_build_text(o->l->d, container, SCL_CONTAINER_IMAGE_PIN, SCL_S("build"), origin);
    if (!unit || unit->is_cut)
        return;
    scl_build_group(o->l->d, container, SCL_CONTAINER_BUILD, origin);
    set_context(o, container, unit);
    if (find_entry(o, unit, "Build", "Target", &image))
        scl_part_text(o->l, container, SCL_CONTAINER_BUILD_TARGET, &image,
                      scl_tree_text(&image));
    add_args(o, container, unit, "BuildArg", false);
    add_args(o, container, unit, "PodmanArgs", true);
}

/* ---- volumes ---- */

/* The folder of the host that a volume is told to bind. */
static bool
find_device(struct scl_others *o, const struct scl_unit *unit, struct scl_tree *ret)
{
    struct scl_tree options;
    struct scl_str rest, option;
    bool binds = false;

    if (!find_entry(o, unit, "Volume", "Options", &options))
        return false;
    rest = scl_tree_text(&options);
    while (scl_str_cut(&rest, ',', &option))
        binds = binds || scl_str_is(option, "bind") || scl_str_is(option, "rbind");
    return binds && find_entry(o, unit, "Volume", "Device", ret);
}

static struct scl_other_volume
read_volume(struct scl_others *o, struct scl_str name)
{
    const struct scl_unit *unit = scl_others_find(o, name);
    struct scl_other_volume volume = { .from = SCL_SOURCE_UNKNOWN };

    if (!unit || unit->is_cut)
        return volume;
    volume.from = SCL_SOURCE_FOLDER;
    if (find_device(o, unit, &volume.source))
        return volume;
    volume.from = SCL_SOURCE_NAME;
    if (!find_entry(o, unit, "Volume", "VolumeName", &volume.source))
        volume.source = (struct scl_tree){ .kind = SCL_TREE_NULL };
    return volume;
}

/* What a unit of that name mounts, found once however many mounts name it. */
static struct scl_other_volume
find_volume(struct scl_others *o, struct scl_str name)
{
    const struct scl_map_entry *entry = scl_map_find(&o->volume_names, name);
    struct scl_other_volume volume, *made;

    if (entry)
        return o->volumes.at[entry->value];
    volume = read_volume(o, name);
    made = scl_vec_push(&o->l->d->arena, &o->volumes);
    if (made) {
        *made = volume;
        scl_map_put(&o->volume_names, name, o->volumes.count - 1);
    }
    return volume;
}

static void
set_volume(struct scl_others *o, uint32_t mount, struct scl_str name, uint32_t origin)
{
    struct scl_other_volume volume = find_volume(o, name);
    struct scl_document *d = o->l->d;

    if (volume.from == SCL_SOURCE_UNKNOWN) {
        scl_build_empty(d, mount, SCL_MOUNT_SOURCE, SCANTLING_STATE_UNKNOWN, origin);
        scl_build_empty(d, mount, SCL_MOUNT_TYPE, SCANTLING_STATE_UNKNOWN, origin);
    } else if (volume.source.kind == SCL_TREE_NULL) {
        scl_build_text(d, mount, SCL_MOUNT_SOURCE,
                       scl_rows_print(&d->arena, "systemd-%.*s", SCL_ARG(scl_unit_stem(name))),
                       origin);
    } else {
        scl_part_text(o->l, mount, SCL_MOUNT_SOURCE, &volume.source,
                      scl_tree_text(&volume.source));
        if (volume.from == SCL_SOURCE_FOLDER)
            scl_build_text(d, mount, SCL_MOUNT_TYPE, SCL_S("bind"),
                           scl_build_derived(d, mount, SCL_MOUNT_SOURCE));
    }
}

void
scl_others_mounts(struct scl_others *o, uint32_t container)
{
    const struct scl_value *list = scl_build_value(o->l->d, container, SCL_CONTAINER_MOUNTS);

    for (uint32_t i = 0; list && list->kind == SCL_KIND_LIST && i < list->as.list->count; i++) {
        uint32_t mount = list->as.list->items[i].as.object;
        const struct scl_value *source = scl_build_find(o->l->d, mount, SCL_MOUNT_SOURCE);
        const struct scl_value *type = scl_build_find(o->l->d, mount, SCL_MOUNT_TYPE);

        if (source && source->kind == SCL_KIND_TEXT && type && type->kind == SCL_KIND_TEXT &&
            scl_str_is(scl_value_text(type), "volume") &&
            scl_str_ends(scl_value_text(source), SCL_S(".volume")) &&
            scl_str_find_char(scl_value_text(source), '/') == SIZE_MAX)
            set_volume(o, mount, scl_value_text(source), source->origin);
        list = scl_build_value(o->l->d, container, SCL_CONTAINER_MOUNTS);
    }
}
