/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_triggers.c: what ONBUILD leaves to a stage that is built from another or an image
 *
 * Triggers run once, in order, where the stage starts, and are not passed on. Those of a stage are
 * instructions of this file. Those of an image that was given are texts in its configuration: each
 * becomes a quote (document/document.h) that is read like the line of a Dockerfile. What comes of
 * it stands at the FROM that brings it in, and what it says is said by the image.
 */
#include "formats/dockerfile_lower.h"

#include "base/text.h"

enum { BYTES_A_REPEAT = 64 };

static void
note_too_often(struct scl_lowering *l)
{
    l->repeats_left = 0;
    scl_note_add(&l->d->notes, SCL_NOTE_ERROR, l->stages.at[l->stage].from->span,
                 "triggers of ONBUILD run too often to be followed");
}

static void
run(struct scl_lowering *l, const struct scl_docker_instruction *trigger)
{
    if (trigger->kind == SCL_DOCKER_UNKNOWN)
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, scl_docker_slice_span(trigger, trigger->name),
                     "unknown instruction %.*s", SCL_ARG(trigger->name));
    scl_instruction_lower(l, trigger, false);
}

static void
run_those_of_stage(struct scl_lowering *l, uint32_t parent)
{
    for (uint32_t i = 0; i < l->stages.at[parent].triggers.count && l->repeats_left; i++) {
        run(l, l->steps.at[l->stages.at[parent].triggers.at[i]].from);
        if (!--l->repeats_left)
            note_too_often(l);
    }
}

/* ---- triggers of an image ---- */

/* The trigger that a file of the two lines holds; NULL where it holds none, or more. */
static const struct scl_docker_instruction *
only_trigger(struct scl_lowering *l, const struct scl_dockerfile *read)
{
    const struct scl_docker_instruction *line = read->first ? read->first->next : NULL;

    if (line && line->is_bad)
        return NULL;
    if (line && !line->next)
        return line->trigger;
    scl_note_add(&l->d->notes, SCL_NOTE_ERROR, l->from->span,
                 "a trigger of the image is not one instruction");
    return NULL;
}

/* Reads the text as what stands behind ONBUILD, so that a trigger may be here what it may be there,
 * and runs it. The escape character of variables is that of this file. */
static void
run_text(struct scl_lowering *l, struct scl_str text, uint32_t said)
{
    static const char before[] = "FROM scratch\nONBUILD ";
    struct scl_text lines = { 0 };
    struct scl_dockerfile own = l->file, read = { 0 };
    const struct scl_docker_instruction *trigger;
    const struct scl_source *source;

    scl_text_c(&lines, before);
    scl_text_add(&lines, text);
    source = lines.failed ? NULL : scl_build_quote(l->d, scl_text_str(&lines),
                                                   l->stages.at[l->stage].origin, said);
    scl_text_finish(&lines);
    if (!source) {
        l->scratch.failed = true;
        return;
    }
    if (!scl_dockerfile_read(&l->scratch, source, NULL, &l->d->notes, &read))
        l->scratch.failed = true;
    trigger = l->scratch.failed ? NULL : only_trigger(l, &read);
    if (trigger) {
        l->file = read;
        l->file.escape = own.escape;
        run(l, trigger);
        l->file = own;
    }
    scl_build_quote_end(l->d);
}

static void
run_those_of_image(struct scl_lowering *l)
{
    struct scl_str text;
    uint32_t origin;

    for (uint32_t i = 0; l->repeats_left; i++) {
        uint64_t repeats;

        origin = scl_base_trigger(l, &l->stages.at[l->stage], i, &text);
        if (!origin)
            return;
        repeats = 1 + text.len / BYTES_A_REPEAT;
        if (repeats >= l->repeats_left) {
            note_too_often(l);
            return;
        }
        l->repeats_left -= (uint32_t)repeats;
        run_text(l, text, origin);
    }
}

void
scl_triggers_run(struct scl_lowering *l)
{
    const struct scl_stage *stage = &l->stages.at[l->stage];

    if (stage->parent != SCL_NO_STAGE)
        run_those_of_stage(l, stage->parent);
    else if (stage->given)
        run_those_of_image(l);
}
