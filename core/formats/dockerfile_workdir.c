/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_workdir.c: the folder that a stage is in
 *
 * An absolute path is kept as it is written, as BuildKit keeps it; a relative one goes on from the
 * folder before it, which over an image is not known until a WORKDIR sets it.
 */
#include "formats/dockerfile_lower.h"

#include "base/path.h"

enum scl_truth
scl_path_is_anchored(struct scl_known path, struct scl_str text, bool is_windows)
{
    if (path.is_known && is_windows && path.text.len && path.text.at[0] == '\\')
        return SCL_TRUE;
    if (path.is_known)
        return scl_path_is_absolute(path.text) ? SCL_TRUE : SCL_FALSE;
    if (text.len && (text.at[0] == '"' || text.at[0] == '\''))
        text = scl_str_sub(text, 1, text.len);
    return text.len && text.at[0] == '/' ? SCL_TRUE : SCL_UNSURE;
}

/* `c:/a/b` is `\a\b`, and `b` in `\a` is `\a\b`. */
static struct scl_str
windows_folder(struct scl_lowering *l, struct scl_str folder, struct scl_str path)
{
    char *text = scl_arena_alloc(&l->d->arena, folder.len + 1 + path.len);
    size_t length = 0, start = 0;

    if (!text)
        return SCL_S("");
    if (path.len > 1 && path.at[1] == ':')
        start = 2;
    for (size_t i = 0; i < folder.len; i++)
        text[length++] = folder.at[i];
    if (folder.len && folder.at[folder.len - 1] != '\\')
        text[length++] = '\\';
    for (size_t i = start; i < path.len; i++)
        text[length++] = path.at[i] == '/' ? '\\' : path.at[i];
    return scl_str_n(text, length);
}

static struct scl_known
next_folder(struct scl_lowering *l, const struct scl_stage *stage, struct scl_known path,
            enum scl_truth absolute)
{
    struct scl_known unknown = { 0 };

    if (!path.is_known)
        return unknown;
    if (absolute == SCL_TRUE)
        return stage->is_windows ? scl_known(windows_folder(l, SCL_S(""), path.text)) : path;
    if (!stage->workdir.is_known || !path.text.len)
        return stage->workdir;
    return scl_known(stage->is_windows
                         ? windows_folder(l, stage->workdir.text, path.text)
                         : scl_path_join(&l->d->arena, stage->workdir.text, path.text));
}

void
scl_workdir_lower(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_known path = scl_step_word(l, step, SCL_INSTRUCTION_PATH);
    struct scl_stage *stage = l->stage == SCL_NO_STAGE ? NULL : &l->stages.at[l->stage];
    enum scl_truth absolute;
    uint32_t follows;

    if (!step->count)
        return;
    absolute = scl_path_is_anchored(path, step->from->words[0].text, stage && stage->is_windows);
    follows = scl_build_derived(l->d, step->object, SCL_INSTRUCTION_PATH);
    scl_lower_truth(l, step->object, SCL_INSTRUCTION_IS_ABSOLUTE, absolute, follows);
    if (!stage || step->is_later)
        return;
    scl_lower_truth(l, step->object, SCL_INSTRUCTION_IS_ANCHORED, stage->is_anchored, 0);
    if (absolute != SCL_FALSE && stage->is_anchored != SCL_TRUE)
        stage->is_anchored = absolute;
    stage->has_workdir = true;
    stage->workdir = next_folder(l, stage, path, absolute);
    step->values[0].value = stage->workdir;
    scl_held_folder(l, step->values[0].origin);
}
