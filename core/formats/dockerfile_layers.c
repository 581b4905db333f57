/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_layers.c: what an instruction finds of what was added before it
 *
 * While instructions are lowered, additions, removals and package commands are written down as a
 * row of events. Afterwards the stages are walked as a tree, each after the one it is made from: a
 * path, and every folder above it, leads to a chain of the additions there, so that a removal costs
 * what it takes away and a package command what configures it. What a stage changed is undone when
 * the walk leaves it, for its siblings start from what their parent left.
 *
 * Invariants: all that the chains hold was added in the stage at hand or one that it is made from.
 * What was taken away is in no chain, so that it is found once. Paths with a `*`, those of Windows
 * and those not known are in a chain of their own, which is always looked at; a file that makes it
 * long has open lists, for no file costs more than its length allows.
 */
#include "formats/dockerfile_commands.h"

#include "base/path.h"

enum event_kind { ADD, REMOVE, ASK };

struct scl_layer_event {
    uint8_t kind;            /* event_kind */
    bool is_gone;            /* of an ADD: taken away, where the walk is now */
    struct scl_known path;   /* of an ADD or REMOVE */
    const struct scl_str *configuration; /* of an ASK: paths */
    uint32_t configuration_count;
    uint32_t object, instruction;
};

struct link {
    struct scl_layer_event *addition;
    uint32_t next; /* of the chain, plus 1 */
};

/* What a change replaced: the newest link of a chain, or, with an addition, that it was there. */
struct undo {
    struct scl_layer_event *addition;
    uint32_t chain, before;
};

struct layers {
    struct scl_lowering *l;
    struct scl_map paths;    /* -> chains */
    SCL_VEC(uint32_t) chains; /* the newest link of each, plus 1; chain 0 is that of odd paths */
    SCL_VEC(struct link) links;
    SCL_VEC(struct undo) undone;
    uint32_t left;           /* links that may still be looked at */
};

enum { ODD_PATHS, MOST_LOOKS = 400000 };

/* Whether an event of the instruction that is being lowered counts: it runs in this build. */
static bool
counts(const struct scl_lowering *l, const struct scl_step *step)
{
    return l->stage != SCL_NO_STAGE && !step->is_later;
}

static struct scl_layer_event *
add_event(struct scl_lowering *l, const struct scl_step *step, enum event_kind kind,
          uint32_t object)
{
    struct scl_layer_event *made;

    if (!counts(l, step))
        return NULL;
    made = scl_vec_push(&l->scratch, &l->stages.at[l->stage].events);
    if (made) {
        made->kind = (uint8_t)kind;
        made->object = object;
        made->instruction = step->object;
    }
    return made;
}

void
scl_layers_add(struct scl_lowering *l, const struct scl_step *step, uint32_t addition,
               struct scl_known path)
{
    struct scl_layer_event *made = add_event(l, step, ADD, addition);

    if (!made)
        return;
    made->path = path;
    scl_build_item_link(l->d, l->stages.at[l->stage].object, SCL_STAGE_ADDITIONS, addition);
}

void
scl_layers_remove(struct scl_lowering *l, const struct scl_step *step, uint32_t removal,
                  struct scl_known path)
{
    struct scl_layer_event *made = add_event(l, step, REMOVE, removal);

    if (made)
        made->path = path;
}

void
scl_layers_ask(struct scl_lowering *l, const struct scl_step *step, uint32_t command,
               const struct scl_str *paths, uint32_t count)
{
    struct scl_layer_event *made = count ? add_event(l, step, ASK, command) : NULL;

    if (made) {
        made->configuration = paths;
        made->configuration_count = count;
    }
}

/* ---- chains ---- */

static bool
is_odd(struct scl_known path)
{
    return !path.is_known || !scl_str_starts(path.text, SCL_S("/")) ||
           scl_str_find_char(path.text, '*') != SIZE_MAX;
}

/* `/var/run` is `/run`. */
static struct scl_str
plain_path(struct scl_str path)
{
    struct scl_str var = SCL_S("/var");

    if (scl_str_starts(path, SCL_S("/var/run")) && (path.len == 8 || path.at[8] == '/'))
        return scl_str_sub(path, var.len, path.len);
    return path;
}

static void
set_newest(struct layers *layers, uint32_t chain, uint32_t newest)
{
    struct undo *undo = scl_vec_push(&layers->l->scratch, &layers->undone);

    if (!undo)
        return;
    undo->chain = chain;
    undo->before = layers->chains.at[chain];
    layers->chains.at[chain] = newest;
}

static void
add_link(struct layers *layers, uint32_t chain, struct scl_layer_event *addition)
{
    struct link *made = scl_vec_push(&layers->l->scratch, &layers->links);

    if (!made)
        return;
    made->addition = addition;
    made->next = layers->chains.at[chain];
    set_newest(layers, chain, layers->links.count);
}

/* The chain of a path, made where there is none; ODD_PATHS without memory. */
static uint32_t
chain_of(struct layers *layers, struct scl_str path)
{
    const struct scl_map_entry *entry = scl_map_find(&layers->paths, path);

    if (entry)
        return (uint32_t)entry->value;
    if (!scl_map_put(&layers->paths, path, layers->chains.count) ||
        !scl_vec_push(&layers->l->scratch, &layers->chains))
        return ODD_PATHS;
    return layers->chains.count - 1;
}

/* Into the chain of its path and of each folder above it. */
static void
add(struct layers *layers, struct scl_layer_event *event)
{
    struct scl_str path = plain_path(event->path.text);

    if (is_odd(event->path)) {
        add_link(layers, ODD_PATHS, event);
        return;
    }
    while (path.len > 1 && !layers->l->scratch.failed) {
        add_link(layers, chain_of(layers, path), event);
        path = scl_str_sub(path, 0, scl_str_find_last(path, '/'));
    }
    add_link(layers, chain_of(layers, SCL_S("/")), event);
}

/* ---- what is found ---- */

/* Members of a list: what a chain holds that `path` covers, or may. False where no more may be
 * looked at. */
static bool
find_in(struct layers *layers, uint32_t chain, const struct scl_layer_event *event,
        struct scl_known path)
{
    struct scl_document *d = layers->l->d;
    unsigned field = event->kind == ASK ? SCL_COMMAND_CONFIGURATION : SCL_REMOVAL_DELETES;

    for (uint32_t at = layers->chains.at[chain]; at; at = layers->links.at[at - 1].next) {
        struct scl_layer_event *addition = layers->links.at[at - 1].addition;

        if (!layers->left)
            return false;
        layers->left--;
        if (addition->is_gone || (event->kind == REMOVE &&
                                  addition->instruction == event->instruction))
            continue;
        if (path.is_known && addition->path.is_known &&
            !scl_path_covers(path.text, addition->path.text))
            continue;
        scl_build_item_link(d, event->object, field, addition->object);
    }
    return true;
}

/* The folder that a pattern certainly lies in. */
static struct scl_str
certain_folder(struct scl_str pattern)
{
    struct scl_str before = scl_str_sub(pattern, 0, scl_str_find_char(pattern, '*'));
    size_t slash = scl_str_find_last(before, '/');

    return slash == 0 || slash == SIZE_MAX ? SCL_S("/") : scl_str_sub(before, 0, slash);
}

static bool
find(struct layers *layers, const struct scl_layer_event *event, struct scl_known path)
{
    const struct scl_map_entry *entry;
    struct scl_str key = plain_path(path.text);

    if (!find_in(layers, ODD_PATHS, event, path))
        return false;
    if (!scl_str_starts(key, SCL_S("/")))
        return true;
    if (is_odd(path))
        key = plain_path(certain_folder(key));
    entry = scl_map_find(&layers->paths, key);
    return !entry || find_in(layers, (uint32_t)entry->value, event, path);
}

/* What a chain holds is not there any more. */
static void
take_away(struct layers *layers, const struct scl_layer_event *event)
{
    const struct scl_map_entry *entry =
        is_odd(event->path) ? NULL : scl_map_find(&layers->paths, plain_path(event->path.text));
    uint32_t at = entry ? layers->chains.at[entry->value] : 0;

    for (; at; at = layers->links.at[at - 1].next) {
        struct undo *undo = scl_vec_push(&layers->l->scratch, &layers->undone);

        if (!undo)
            return;
        undo->addition = layers->links.at[at - 1].addition;
        undo->before = undo->addition->is_gone;
        undo->addition->is_gone = true;
    }
    if (entry)
        set_newest(layers, (uint32_t)entry->value, 0);
}

static void
play(struct layers *layers, struct scl_layer_event *event)
{
    bool is_whole = layers->left > 0;

    if (event->kind == ADD) {
        add(layers, event);
        return;
    }
    if (event->kind == REMOVE) {
        is_whole = is_whole && event->path.is_known && find(layers, event, event->path);
        if (is_whole)
            take_away(layers, event);
    }
    for (uint32_t i = 0; i < event->configuration_count && is_whole; i++)
        is_whole = find(layers, event, scl_known(event->configuration[i]));
    if (!is_whole) {
        scl_build_open(layers->l->d, event->object,
                       event->kind == ASK ? SCL_COMMAND_CONFIGURATION : SCL_REMOVAL_DELETES);
    }
}

/* ---- stages ---- */

static void
take_back(struct layers *layers, uint32_t count)
{
    while (layers->undone.count > count) {
        const struct undo *undo = &layers->undone.at[--layers->undone.count];

        if (undo->addition)
            undo->addition->is_gone = undo->before;
        else
            layers->chains.at[undo->chain] = undo->before;
    }
}

/* Stages that are made from each, as lists: next[0] leads to those of no stage. */
static uint32_t *
children(struct scl_lowering *l, uint32_t **ret_next)
{
    uint32_t count = l->stages.count;
    uint32_t *first = scl_arena_array(&l->scratch, count + 1, sizeof *first);

    *ret_next = scl_arena_array(&l->scratch, count + 1, sizeof **ret_next);
    for (uint32_t s = count; first && *ret_next && s > 0; s--) {
        uint32_t parent = l->stages.at[s - 1].parent;
        uint32_t *from = &first[parent == SCL_NO_STAGE ? 0 : parent + 1];

        (*ret_next)[s] = *from;
        *from = s;
    }
    return *ret_next ? first : NULL;
}

/* Down to the first stage made from one, else on to the next beside it. */
static void
walk(struct layers *layers, const uint32_t *first, const uint32_t *next, uint32_t *marks)
{
    struct scl_lowering *l = layers->l;
    uint32_t at = first[0];

    while (at && !l->scratch.failed && !l->d->arena.failed) {
        struct scl_stage *stage = &l->stages.at[at - 1];

        marks[at] = layers->undone.count;
        for (uint32_t i = 0; i < stage->events.count; i++)
            play(layers, &stage->events.at[i]);
        if (first[at]) {
            at = first[at];
            continue;
        }
        for (; at && !next[at]; at = l->stages.at[at - 1].parent + 1)
            take_back(layers, marks[at]);
        if (at) {
            take_back(layers, marks[at]);
            at = next[at];
        }
    }
}

void
scl_layers_settle(struct scl_lowering *l)
{
    struct layers layers = { .l = l, .left = MOST_LOOKS };
    uint32_t *next = NULL, *first = children(l, &next);
    uint32_t *marks = scl_arena_array(&l->scratch, l->stages.count + 1, sizeof *marks);

    scl_map_init(&layers.paths, &l->scratch);
    if (first && marks && scl_vec_push(&l->scratch, &layers.chains))
        walk(&layers, first, next, marks);
}
