/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_reach.c: which stages reach the target, and uses of stages that cannot be
 *
 * A stage is in the image where the target is made from it by a chain of FROM; it contributes where
 * something is copied or mounted from it, or from what is made from it, on the way to the image.
 * Both are found by one walk backwards over the uses, sorted by who uses.
 */
#include "formats/dockerfile_lower.h"

enum colour { NOT_SEEN, OPEN, DONE };

/* Uses by their user: those of stage s are order[first[s]] to order[first[s + 1]]. */
struct use_index {
    uint32_t *first, *order, *cursor;
    uint8_t *colour;
    uint32_t *stack;
};

static bool
index_uses(struct scl_lowering *l, struct use_index *index)
{
    uint32_t stages = l->stages.count;

    index->first = scl_arena_array(&l->scratch, stages + 2, sizeof *index->first);
    index->order = scl_arena_array(&l->scratch, l->uses.count, sizeof *index->order);
    index->cursor = scl_arena_array(&l->scratch, stages + 1, sizeof *index->cursor);
    index->colour = scl_arena_array(&l->scratch, stages + 1, sizeof *index->colour);
    index->stack = scl_arena_array(&l->scratch, stages + 1, sizeof *index->stack);
    if (l->scratch.failed)
        return false;
    for (uint32_t i = 0; i < l->uses.count; i++)
        index->first[l->uses.at[i].user + 1]++;
    for (uint32_t s = 0; s < stages; s++) {
        index->first[s + 1] += index->first[s];
        index->cursor[s] = index->first[s];
    }
    for (uint32_t i = 0; i < l->uses.count; i++)
        index->order[index->cursor[l->uses.at[i].user]++] = i;
    for (uint32_t s = 0; s < stages; s++)
        index->cursor[s] = index->first[s];
    return true;
}

/* Goes down into the next stage that the one on top uses; false where there is none left. The
 * parent is its last use: it comes earlier in the file, so that no circle closes there alone. */
static bool
descend(struct scl_lowering *l, struct use_index *index, uint32_t *depth, bool *found)
{
    uint32_t top = index->stack[*depth - 1], next;
    struct scl_span span = { 0, 0 };

    if (index->cursor[top] < index->first[top + 1]) {
        const struct scl_stage_use *use = &l->uses.at[index->order[index->cursor[top]++]];

        next = use->used;
        span = use->span;
    } else if (index->cursor[top] == index->first[top + 1]) {
        index->cursor[top]++;
        next = l->stages.at[top].parent;
        span = l->stages.at[top].from->span;
    } else {
        return false;
    }
    if (next == SCL_NO_STAGE || index->colour[next] == DONE)
        return true;
    if (index->colour[next] == OPEN) {
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span,
                     "stage depends on itself by what it copies");
        *found = true;
        return true;
    }
    index->colour[next] = OPEN;
    index->stack[(*depth)++] = next;
    return true;
}

static bool
find_circles(struct scl_lowering *l, struct use_index *index)
{
    bool found = false;

    for (uint32_t s = 0; s < l->stages.count; s++) {
        uint32_t depth = 1;

        if (index->colour[s] != NOT_SEEN)
            continue;
        index->stack[0] = s;
        index->colour[s] = OPEN;
        while (depth)
            if (!descend(l, index, &depth, &found))
                index->colour[index->stack[--depth]] = DONE;
    }
    return found;
}

static void
note_later_stages(struct scl_lowering *l)
{
    for (uint32_t i = 0; i < l->uses.count; i++) {
        const struct scl_stage_use *use = &l->uses.at[i];

        if (use->used > use->user)
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, use->span,
                         "stage '%.*s' comes later in the file",
                         SCL_ARG(l->stages.at[use->used].name));
    }
}

/* Marks what the stages on the stack use, and theirs. */
static void
mark_contributions(struct scl_lowering *l, struct use_index *index, uint32_t depth)
{
    while (depth) {
        uint32_t stage = index->stack[--depth], parent = l->stages.at[stage].parent;

        for (uint32_t i = index->first[stage]; i < index->first[stage + 1]; i++) {
            uint32_t used = l->uses.at[index->order[i]].used;

            l->stages.at[used].contributes = true;
            if (index->colour[used] == DONE) {
                index->colour[used] = NOT_SEEN;
                index->stack[depth++] = used;
            }
        }
        if (parent == SCL_NO_STAGE || l->stages.at[stage].in_image)
            continue;
        l->stages.at[parent].contributes = true;
        if (index->colour[parent] == DONE) {
            index->colour[parent] = NOT_SEEN;
            index->stack[depth++] = parent;
        }
    }
}

static void
mark_targets(struct scl_lowering *l, struct use_index *index)
{
    uint32_t depth = 0;

    for (uint32_t i = 0; i < l->targets.count; i++) {
        uint32_t stage = l->targets.at[i];

        l->stages.at[stage].is_target = true;
        for (; stage != SCL_NO_STAGE && !l->stages.at[stage].in_image;
             stage = l->stages.at[stage].parent) {
            l->stages.at[stage].in_image = true;
            index->colour[stage] = NOT_SEEN;
            index->stack[depth++] = stage;
        }
    }
    mark_contributions(l, index, depth);
}

void
scl_stages_reach(struct scl_lowering *l)
{
    struct use_index index;

    if (l->d->arena.failed || !index_uses(l, &index))
        return;
    if (!find_circles(l, &index))
        note_later_stages(l);
    mark_targets(l, &index);
    for (uint32_t i = 0; i < l->stages.count; i++) {
        const struct scl_stage *stage = &l->stages.at[i];

        scl_build_bool(l->d, stage->object, SCL_STAGE_IS_TARGET, stage->is_target, 0);
        scl_build_bool(l->d, stage->object, SCL_STAGE_IN_IMAGE, stage->in_image, 0);
        scl_build_bool(l->d, stage->object, SCL_STAGE_CONTRIBUTES, stage->contributes, 0);
    }
    for (uint32_t i = 0; i < l->steps.count; i++) {
        const struct scl_step *step = &l->steps.at[i];

        scl_build_bool(l->d, step->object, SCL_INSTRUCTION_IN_IMAGE,
                       step->stage != SCL_NO_STAGE && l->stages.at[step->stage].in_image, 0);
    }
}
