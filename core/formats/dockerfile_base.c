/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_base.c: a base image that was given
 *
 * A project that holds the image which a FROM names reads the Dockerfile again with it: the stage
 * then starts where that image ends, and what no instruction says is what the image says.
 */
#include "formats/dockerfile_lower.h"

#include "formats/linked.h"

static struct scl_linked
linked(const struct scl_lowering *l, const struct scl_stage *stage)
{
    return (struct scl_linked){ l->d, stage->given, stage->given_file };
}

void
scl_base_link(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
              unsigned field)
{
    struct scl_linked k = linked(l, stage);

    scl_linked_set(&k, object, field, field);
}

void
scl_base_user(struct scl_lowering *l, const struct scl_stage *stage, uint32_t image)
{
    struct scl_linked k = linked(l, stage);

    scl_linked_user(&k, image, SCL_IMAGE_USER_RAW, stage->base_origin);
}

void
scl_base_entries(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
                 unsigned field)
{
    struct scl_linked k = linked(l, stage);

    scl_linked_entries(&k, object, field, field);
}

void
scl_base_variables(struct scl_lowering *l, const struct scl_stage *stage, uint32_t image,
                   const struct scl_map *replaced)
{
    struct scl_linked k = linked(l, stage);

    scl_linked_env(&k, image, SCL_IMAGE_ENV, replaced);
}

uint32_t
scl_base_trigger(struct scl_lowering *l, const struct scl_stage *stage, uint32_t index,
                 struct scl_str *ret_text)
{
    const struct scl_value *triggers = scl_linked_value(stage->given, SCL_IMAGE_ONBUILD);
    struct scl_linked k = linked(l, stage);
    const struct scl_value *trigger;
    uint32_t origin;

    if (!triggers || triggers->kind != SCL_KIND_LIST || index >= triggers->as.list->count)
        return 0;
    trigger = &triggers->as.list->items[index];
    *ret_text = trigger->kind == SCL_KIND_TEXT ? scl_value_text(trigger) : SCL_S("");
    origin = scl_linked_origin(&k, trigger->origin);
    return origin ? origin : stage->origin;
}

/* ---- the start of a stage ---- */

void
scl_base_collect(struct scl_lowering *l)
{
    uint32_t count = l->input->base_count;

    l->base_files = scl_arena_array(&l->scratch, count, sizeof *l->base_files);
    for (uint32_t i = 0; l->base_files && i < count; i++)
        if (!l->input->bases[i].container)
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
    if (!base || !base->document)
        return;
    if (!l->base_files[entry->value])
        l->base_files[entry->value] = scl_linked_file(l->d, base);
    stage->given_file = l->base_files[entry->value];
    stage->given = stage->given_file ? base : NULL;
}

void
scl_base_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_value *folder = scl_linked_value(stage->given, SCL_IMAGE_WORKING_DIR);
    const struct scl_value *user = scl_linked_value(stage->given, SCL_IMAGE_USER_RAW);
    struct scl_linked k = linked(l, stage);
    bool has_path = false;

    if (!folder)
        stage->workdir = scl_known(SCL_S("/"));
    else if (folder->kind == SCL_KIND_TEXT)
        stage->workdir = scl_known(scl_linked_text(&k, folder));
    if (!user || (user->kind == SCL_KIND_TEXT && !user->length))
        stage->user = scl_known(SCL_S("root"));
    else if (user->kind == SCL_KIND_TEXT)
        stage->user = scl_known(scl_linked_text(&k, user));
    for (uint32_t i = 0; i < scl_linked_variable_count(stage->given); i++) {
        const struct scl_value *name, *value;

        if (!scl_linked_variable(stage->given, i, &name, &value))
            continue;
        has_path = has_path || scl_str_is(scl_value_text(name), "PATH");
        scl_scope_env(l, scl_linked_text(&k, name), scl_known(scl_linked_text(&k, value)), 0);
    }
    if (!has_path && !stage->is_windows)
        scl_scope_env(l, SCL_S("PATH"), scl_known(SCL_S(SCL_DEFAULT_PATH)), 0);
}
