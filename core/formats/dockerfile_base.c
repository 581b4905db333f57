/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_base.c: a base image that was given
 *
 * A project that holds the image which a FROM names reads the Dockerfile again with it: the stage
 * then starts where that image ends, and what no instruction says is what the image says. Such
 * values are linked: they keep their places, in a file of the document that is the image's source.
 *
 * What the image leaves to whoever builds on it (its ONBUILD) is not run here, so that an image
 * with such triggers counts as not given.
 */
#include "formats/dockerfile_lower.h"

static const struct scl_value *
base_value(const struct scl_base *base, unsigned field)
{
    return scl_document_value(base->document, base->image, field);
}

/* The number of the file that the values of an image are in; 0 without memory. */
static uint16_t
add_file(struct scl_document *d, const struct scl_base *base)
{
    if (d->file_count >= UINT16_MAX ||
        !scl_vec_reserve(&d->arena, (void **)&d->files, d->file_count, &d->file_room,
                         sizeof *d->files))
        return 0;
    d->files[d->file_count] = base->document->files[0];
    if (!d->first_linked)
        d->first_linked = d->file_count;
    return (uint16_t)d->file_count++;
}

static bool
has_triggers(const struct scl_base *base)
{
    const struct scl_value *triggers = base_value(base, SCL_IMAGE_ONBUILD);

    return triggers && triggers->kind == SCL_KIND_LIST && triggers->as.list->count;
}

/* ---- values ---- */

static uint32_t
linked_origin(struct scl_lowering *l, const struct scl_stage *stage, uint32_t origin)
{
    const struct scl_origin *from = scl_document_origin(stage->given->document, origin);
    uint32_t made;

    if (!origin || from->from_field != SCL_NONE)
        return 0;
    made = scl_build_origin(l->d, from->place, from->value);
    if (made)
        l->d->origins.at[made].file = stage->given_file;
    return made;
}

static struct scl_str
keep_text(struct scl_lowering *l, const struct scl_value *value)
{
    return scl_str_n(scl_arena_copy(&l->d->arena, value->as.text, value->length), value->length);
}

static void
link_value(struct scl_value *value)
{
    if (value)
        value->state = SCANTLING_STATE_LINKED;
}

static void
link_list(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object, unsigned field,
          const struct scl_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == SCL_KIND_TEXT)
            link_value(scl_build_item_text(l->d, object, field, keep_text(l, &list->items[i]),
                                           linked_origin(l, stage, list->items[i].origin)));
        else
            scl_build_open(l->d, object, field);
}

void
scl_base_link(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
              unsigned field)
{
    const struct scl_value *value = base_value(stage->given, field);
    uint32_t origin = value ? linked_origin(l, stage, value->origin) : 0;

    if (!value)
        return;
    if (value->state == SCANTLING_STATE_UNKNOWN) {
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    } else if (value->kind == SCL_KIND_TEXT) {
        link_value(scl_build_text(l->d, object, field, keep_text(l, value), origin));
    } else if (value->kind == SCL_KIND_BOOL) {
        link_value(scl_build_bool(l->d, object, field, value->as.number != 0, origin));
    } else if (value->kind == SCL_KIND_INT) {
        link_value(scl_build_int(l->d, object, field, value->as.number, origin));
    } else if (value->kind == SCL_KIND_LIST) {
        link_value(scl_build_list(l->d, object, field, origin));
        link_list(l, stage, object, field, value->as.list);
    }
}

void
scl_base_entries(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
                 unsigned field)
{
    const struct scl_value *map = base_value(stage->given, field);

    for (uint32_t i = 0; map && map->kind == SCL_KIND_MAP && i < map->as.list->count; i++) {
        const struct scl_value *item = &map->as.list->items[i];
        struct scl_str key = map->as.list->keys[i];

        if (item->kind == SCL_KIND_TEXT)
            link_value(scl_build_entry(
                l->d, object, field,
                scl_str_n(scl_arena_copy(&l->d->arena, key.at, key.len), key.len),
                keep_text(l, item), linked_origin(l, stage, item->origin)));
    }
}

/* Whether the image sets variable `index`, with its texts. */
static bool
read_variable(const struct scl_base *base, uint32_t index, const struct scl_value **ret_name,
              const struct scl_value **ret_value)
{
    const struct scl_value *env = base_value(base, SCL_IMAGE_ENV);
    uint32_t object = env->as.list->items[index].as.object;

    *ret_name = scl_document_value(base->document, object, SCL_ENV_NAME);
    *ret_value = scl_document_value(base->document, object, SCL_ENV_VALUE);
    return *ret_name && (*ret_name)->kind == SCL_KIND_TEXT && *ret_value &&
           (*ret_value)->kind == SCL_KIND_TEXT;
}

static uint32_t
variable_count(const struct scl_base *base)
{
    const struct scl_value *env = base_value(base, SCL_IMAGE_ENV);

    return env && env->kind == SCL_KIND_LIST ? env->as.list->count : 0;
}

void
scl_base_variables(struct scl_lowering *l, const struct scl_stage *stage, uint32_t image,
                   const struct scl_map *replaced)
{
    for (uint32_t i = 0; i < variable_count(stage->given); i++) {
        const struct scl_value *name, *value;
        uint32_t object;

        if (!read_variable(stage->given, i, &name, &value) ||
            scl_map_find(replaced, scl_value_text(name)))
            continue;
        object = scl_build_object(l->d, image, SCL_IMAGE_ENV,
                                  linked_origin(l, stage, value->origin));
        link_value(scl_build_text(l->d, object, SCL_ENV_NAME, keep_text(l, name),
                                  linked_origin(l, stage, name->origin)));
        link_value(scl_build_text(l->d, object, SCL_ENV_VALUE, keep_text(l, value),
                                  linked_origin(l, stage, value->origin)));
        scl_build_text(l->d, object, SCL_ENV_ORIGIN, SCL_S("image"), 0);
    }
}

/* ---- the start of a stage ---- */

void
scl_base_collect(struct scl_lowering *l)
{
    uint32_t count = l->input->base_count;

    l->base_files = scl_arena_array(&l->scratch, count, sizeof *l->base_files);
    for (uint32_t i = 0; l->base_files && i < count; i++)
        scl_map_put(&l->bases, l->input->bases[i].reference, i);
}

void
scl_base_find(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_map_entry *entry =
        stage->base.is_known ? scl_map_find(&l->bases, stage->base.text) : NULL;
    const struct scl_base *base = entry ? &l->input->bases[entry->value] : NULL;

    if (base && !base->document)
        scl_note_add(&l->d->notes, SCL_NOTE_INFO, stage->from->words[0].span,
                     "several images at hand are called %.*s; none is taken as the base",
                     SCL_ARG(base->reference));
    if (!base || !base->document || has_triggers(base))
        return;
    if (!l->base_files[entry->value])
        l->base_files[entry->value] = add_file(l->d, base);
    stage->given_file = l->base_files[entry->value];
    stage->given = stage->given_file ? base : NULL;
}

void
scl_base_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_value *folder = base_value(stage->given, SCL_IMAGE_WORKING_DIR);
    const struct scl_value *user = base_value(stage->given, SCL_IMAGE_USER_RAW);
    bool has_path = false;

    if (!folder)
        stage->workdir = scl_known(SCL_S("/"));
    else if (folder->kind == SCL_KIND_TEXT)
        stage->workdir = scl_known(keep_text(l, folder));
    if (!user || (user->kind == SCL_KIND_TEXT && !user->length))
        stage->user = scl_known(SCL_S("root"));
    else if (user->kind == SCL_KIND_TEXT)
        stage->user = scl_known(keep_text(l, user));
    for (uint32_t i = 0; i < variable_count(stage->given); i++) {
        const struct scl_value *name, *value;

        if (!read_variable(stage->given, i, &name, &value))
            continue;
        has_path = has_path || scl_str_is(scl_value_text(name), "PATH");
        scl_scope_env(l, keep_text(l, name), scl_known(keep_text(l, value)), 0);
    }
    if (!has_path && !stage->is_windows)
        scl_scope_env(l, SCL_S("PATH"), scl_known(SCL_S(SCL_DEFAULT_PATH)), 0);
}
