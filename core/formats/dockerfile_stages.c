/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_stages.c: the stages of a Dockerfile, what they start from and what reaches the target
 *
 * FROM looks for a name among the earlier stages, letter by letter; `--from` and `from=` look among
 * all, without regard to case, and the last of a name counts. Names that no stage has are images.
 */
#include "formats/dockerfile_lower.h"

#include "base/suggest.h"

#include <string.h>

/* The number of FROM instructions and all their names, which `--from` may use before they come. */
void
scl_stages_collect(struct scl_lowering *l)
{
    uint32_t count = 0;

    for (const struct scl_docker_instruction *i = l->file.first; i; i = i->next) {
        if (i->kind != SCL_DOCKER_FROM)
            continue;
        if (i->word_count == 3)
            scl_map_put(&l->names, scl_lower_case(l, i->words[2].text), count);
        count++;
    }
}

/* Whether a reference names an image of Windows by its repository. */
static bool
is_windows_image(struct scl_str reference)
{
    return scl_str_starts(reference, SCL_S("mcr.microsoft.com/windows")) ||
           scl_str_find(reference, SCL_S("windowsservercore")) != SIZE_MAX ||
           scl_str_find(reference, SCL_S("nanoserver")) != SIZE_MAX;
}

static bool
platform_is_said(const struct scl_stage *stage)
{
    return !stage->platform.is_known || stage->platform.text.len;
}

/* The stage starts as its parent ended. */
static void
inherit(struct scl_lowering *l, struct scl_stage *stage, uint32_t parent)
{
    const struct scl_stage *from = &l->stages.at[parent];

    scl_build_link(l->d, stage->object, SCL_STAGE_PARENT, from->object, stage->base_origin);
    stage->parent = parent;
    stage->base = from->base;
    stage->base_end = from->base_end;
    stage->base_origin = from->base_origin;
    stage->reference = from->reference;
    stage->workdir = from->workdir;
    stage->is_anchored = from->is_anchored;
    stage->has_workdir = from->has_workdir;
    stage->has_shell = from->has_shell;
    stage->has_pipefail = from->has_pipefail;
    stage->accounts_are_open = from->accounts_are_open;
    stage->user = from->user;
    stage->user_is_likely_root = from->user_is_likely_root;
    stage->family = from->family;
    stage->is_scratch = from->is_scratch;
    stage->given = from->given;
    stage->given_file = from->given_file;
    stage->is_windows = from->is_windows;
    if (platform_is_said(stage))
        return;
    stage->platform = from->platform;
    stage->platform_origin = from->platform_origin;
    if (from->reference)
        scl_build_link(l->d, stage->object, SCL_STAGE_BASE, from->reference, from->base_origin);
}

static void
start_from_image(struct scl_lowering *l, struct scl_stage *stage, struct scl_known image)
{
    uint32_t reference;

    stage->base = image;
    stage->is_scratch = image.is_known && scl_str_is(image.text, "scratch");
    if (stage->is_scratch) {
        stage->workdir = scl_known(SCL_S("/"));
        return;
    }
    scl_base_find(l, stage);
    stage->is_windows =
        stage->is_windows || (image.is_known && is_windows_image(image.text));
    if (stage->is_windows)
        stage->family = SCL_FAMILY_OTHER;
    reference = scl_build_object(l->d, stage->object, SCL_STAGE_BASE, stage->base_origin);
    if (image.is_known)
        scl_build_reference(l->d, reference, SCL_REFERENCE_RAW, image.text, stage->base_origin);
    else
        scl_build_reference_unknown(l->d, reference, SCL_REFERENCE_RAW, stage->base_end,
                                    stage->base_origin);
    stage->reference = reference;
}

static void
start_stage(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_docker_instruction *from = stage->from;
    struct scl_known image = { 0 };
    const struct scl_map_entry *entry;

    stage->base_origin = stage->origin;
    if (from->word_count) {
        stage->base_origin = scl_lower_origin(l, from->words[0].span);
        image = scl_lower_expand(l, from->words[0].text, from->words[0].span);
        stage->base_end = scl_lower_certain_end(from->words[0].text);
    }
    if (image.is_known && !scl_str_trim(image.text).len) {
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, from->words[0].span, "image of FROM is empty");
        image.is_known = false;
    }
    entry = image.is_known ? scl_map_find(&l->earlier, image.text) : NULL;
    if (entry) {
        inherit(l, stage, (uint32_t)entry->value);
        return;
    }
    start_from_image(l, stage, image);
    if (image.is_known && !stage->is_scratch)
        scl_check_image(l, image.text, from->words[0].span);
}

static void
read_platform(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_docker_flag *flag = scl_lower_flag(stage->from, "platform");

    stage->platform = scl_known(SCL_S(""));
    if (!flag)
        return;
    stage->platform = scl_lower_expand(l, flag->value, flag->value_span);
    if (stage->platform.is_known)
        scl_check_platform(l, stage->platform.text, flag->value_span);
    stage->is_windows =
        stage->platform.is_known && scl_str_starts(stage->platform.text, SCL_S("windows"));
    stage->platform_origin = scl_build_origin(l->d, flag->span, flag->value_span);
    scl_lower_text(l, stage->object, SCL_STAGE_PLATFORM, stage->platform, stage->platform_origin);
}

/* What the image says holds when the first instruction starts. */
static void
start_from_given(struct scl_lowering *l, struct scl_stage *stage)
{
    l->scope = SCL_SCOPE_STAGE;
    scl_base_begin(l, stage);
    stage->user_is_likely_root = false;
    scl_held_user(l, stage->user, 0);
    scl_held_folder(l, 0);
    l->scope = SCL_SCOPE_GLOBAL;
}

void
scl_stage_begin(struct scl_lowering *l, const struct scl_docker_instruction *from)
{
    struct scl_stage *stage = scl_vec_push(&l->scratch, &l->stages);
    bool has_name = from->word_count == 3;

    if (!stage)
        return;
    l->scope = SCL_SCOPE_GLOBAL;
    l->stage = l->stages.count - 1;
    l->from = from;
    l->logical = from->text;
    l->kept = (struct scl_str){ 0 };
    stage->from = from;
    stage->parent = SCL_NO_STAGE;
    stage->origin = scl_build_origin(l->d, from->span, scl_docker_slice_span(from, from->rest));
    stage->object = scl_build_object(l->d, l->build, SCL_BUILD_STAGES, stage->origin);
    if (has_name) {
        stage->name = scl_lower_case(l, from->words[2].text);
        scl_build_text(l->d, stage->object, SCL_STAGE_NAME, stage->name,
                       scl_lower_origin(l, from->words[2].span));
    }
    scl_build_int(l->d, stage->object, SCL_STAGE_INDEX, l->stage, 0);
    read_platform(l, stage);
    start_stage(l, stage);
    scl_held_begin(l, stage);
    scl_scope_stage_begin(l, stage);
    scl_accounts_begin(l, stage);
    scl_user_begin(l, stage);
    if (stage->given && stage->parent == SCL_NO_STAGE)
        start_from_given(l, stage);
    if (has_name)
        scl_map_put(&l->earlier, stage->name, l->stage);
    stage->first = l->steps.count;
    scl_instruction_lower(l, from, false);
    l->scope = SCL_SCOPE_STAGE;
    scl_triggers_run(l);
}

/* A whole number as `--from` takes it: `+0` and `01` too. */
static bool
is_index(struct scl_str text, int64_t *ret)
{
    if (text.len && text.at[0] == '+')
        text = scl_str_sub(text, 1, text.len);
    return text.len && (scl_is_digit(text.at[0]) || text.at[0] == '-') && scl_str_int(text, ret);
}

enum scl_from
scl_stages_from(struct scl_lowering *l, struct scl_str name, struct scl_span span,
                bool takes_index)
{
    const struct scl_map_entry *entry = NULL;
    struct scl_stage_use *use;
    int64_t index;

    if (l->scope != SCL_SCOPE_STAGE || !name.len)
        return SCL_FROM_NOTHING;
    if (takes_index && is_index(name, &index)) {
        if (index < 0 || index > l->stage) {
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "no stage %.*s before this one",
                         SCL_ARG(name));
            return SCL_FROM_NOTHING;
        }
    } else {
        entry = scl_map_find(&l->names, scl_lower_case(l, name));
        if (!entry)
            return scl_str_is(name, "scratch") || scl_str_is_nocase(name, "context")
                       ? SCL_FROM_NOTHING
                       : SCL_FROM_IMAGE;
        index = (int64_t)entry->value;
    }
    use = scl_vec_push(&l->scratch, &l->uses);
    if (use)
        *use = (struct scl_stage_use){ l->stage, (uint32_t)index, span };
    return SCL_FROM_STAGE;
}

struct scl_known
scl_stage_folder(const struct scl_lowering *l)
{
    if (l->scope == SCL_SCOPE_STAGE)
        return l->stages.at[l->stage].workdir;
    return (struct scl_known){ 0 };
}

static uint32_t
find_target(struct scl_lowering *l, struct scl_str name)
{
    struct scl_suggest suggest;
    struct scl_note *note;
    const struct scl_map_entry *entry = scl_map_find(&l->names, scl_lower_case(l, name));

    if (entry && entry->value < l->stages.count)
        return (uint32_t)entry->value;
    note = scl_note_add(&l->d->notes, SCL_NOTE_ERROR, (struct scl_span){ 0, 0 }, "no stage '%.*s'",
                        SCL_ARG(name));
    if (!note)
        return SCL_NO_STAGE;
    note->has_place = false;
    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < l->names.entries.count; i++)
        scl_suggest_offer(&suggest, l->names.entries.at[i].key);
    if (suggest.best.len)
        scl_note_help(&l->d->notes, note, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    return SCL_NO_STAGE;
}

static void
add_target(struct scl_lowering *l, uint32_t stage)
{
    uint32_t *target = stage < l->stages.count ? scl_vec_push(&l->scratch, &l->targets) : NULL;

    if (target)
        *target = stage;
}

void
scl_stages_aim(struct scl_lowering *l)
{
    struct scl_map seen;

    scl_map_init(&seen, &l->scratch);
    if (!l->input->target_count && l->stages.count)
        add_target(l, l->stages.count - 1);
    for (uint32_t i = 0; i < l->input->target_count; i++) {
        if (scl_map_find(&seen, l->input->targets[i]))
            continue;
        scl_map_put(&seen, l->input->targets[i], i);
        add_target(l, find_target(l, l->input->targets[i]));
    }
    if (l->targets.count)
        scl_build_link(l->d, l->build, SCL_BUILD_TARGET, l->stages.at[l->targets.at[0]].object, 0);
}
