/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree_build.c: making positioned trees, for readers
 *
 * The members of an open node are what lies behind it on the stack, so a list of any length costs
 * no link. Invariant: nodes behind `open` belong to it; a node on the stack is a member of the
 * nearest open one before it.
 */
#include "syntax/tree_build.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 64,
    MOST_ROOM = 1 << 26, /* so many nodes take less than 4 GiB */
    LONGEST_SHOWN = 60,
    REPLACED = 7 /* a kind, while duplicates are dropped */
};

const struct scl_tree_limits scl_tree_default_limits = { .depth = 128, .nodes = 4000000 };

void
scl_tree_builder_init(struct scl_tree_builder *builder, struct scl_arena *arena,
                      const struct scl_tree_limits *limits, struct scl_notes *notes)
{
    *builder = (struct scl_tree_builder){
        .arena = arena,
        .notes = notes,
        .limits = limits ? *limits : scl_tree_default_limits,
        .open = SCL_TREE_NONE_OPEN,
    };
}

bool
scl_tree_may_note(struct scl_tree_builder *builder, enum scl_note_kind kind)
{
    if (builder->shown < SCL_TREE_NOTES) {
        builder->shown++;
        return true;
    }
    builder->hidden++;
    builder->hides_error = builder->hides_error || kind == SCL_NOTE_ERROR;
    return false;
}

static bool
make_room(struct scl_tree_builder *builder)
{
    uint32_t room = builder->room ? builder->room * 2 : FIRST_ROOM;
    struct scl_tree *stack = NULL;

    if (builder->count < builder->room)
        return true;
    if (!builder->arena->failed && room <= MOST_ROOM)
        stack = realloc(builder->stack, (size_t)room * sizeof *stack);
    if (!stack) {
        builder->arena->failed = true;
        return false;
    }
    builder->stack = stack;
    builder->room = room;
    return true;
}

/* A zeroed node on the stack, with the key that waits for it. */
static struct scl_tree *
push(struct scl_tree_builder *builder, struct scl_span span)
{
    struct scl_tree *node;

    if (builder->nodes >= builder->limits.nodes) {
        scl_note_add(builder->notes, SCL_NOTE_ERROR, span, "more than the limit of %u nodes",
                     (unsigned)builder->limits.nodes);
        return NULL;
    }
    if (!make_room(builder))
        return NULL;
    builder->nodes++;
    node = &builder->stack[builder->count++];
    *node = builder->next;
    node->span = span;
    node->file = builder->notes->file;
    builder->next = (struct scl_tree){ .count = 0 };
    return node;
}

bool
scl_tree_next_key(struct scl_tree_builder *builder, struct scl_span span, struct scl_str text)
{
    struct scl_tree *next = &builder->next;

    next->key_span = span;
    next->key.at = text.at ? text.at : "";
    next->key_trim = SCL_TREE_BOXED & (span.length - (uint32_t)text.len);
    if (text.len <= span.length && span.length - text.len < SCL_TREE_BOXED)
        return true;
    next->key_trim = SCL_TREE_BOXED;
    next->key.boxed = (const void *)scl_arena_copy(builder->arena, &text, sizeof text);
    return next->key.boxed != NULL;
}

struct scl_tree *
scl_tree_add(struct scl_tree_builder *builder, enum scl_tree_kind kind, enum scl_tree_style style,
             struct scl_span span, struct scl_str text)
{
    struct scl_tree *node = push(builder, span);

    if (!node)
        return NULL;
    node->kind = kind & 7u;
    node->style = style & 7u;
    node->body.text = text.at ? text.at : "";
    node->count = (uint32_t)text.len;
    return node;
}

struct scl_tree *
scl_tree_open(struct scl_tree_builder *builder, enum scl_tree_kind kind, enum scl_tree_style style,
              uint32_t offset)
{
    struct scl_span span = { offset, 1 };
    struct scl_tree *node;

    if (builder->depth >= builder->limits.depth) {
        scl_note_add(builder->notes, SCL_NOTE_ERROR, span, "nested deeper than the limit of %u",
                     (unsigned)builder->limits.depth);
        return NULL;
    }
    node = push(builder, span);
    if (!node)
        return NULL;
    node->kind = kind & 7u;
    node->style = style & 7u;
    node->count = builder->open;
    builder->open = builder->count - 1;
    builder->depth++;
    return node;
}

const struct scl_tree *
scl_tree_innermost(const struct scl_tree_builder *builder)
{
    return builder->open == SCL_TREE_NONE_OPEN ? NULL : &builder->stack[builder->open];
}

static void
note_duplicate(struct scl_tree_builder *builder, const struct scl_tree *earlier,
               const struct scl_tree *later)
{
    struct scl_str key = scl_utf8_cut(scl_tree_key(later), LONGEST_SHOWN);
    struct scl_note *note;

    if (!scl_tree_may_note(builder, SCL_NOTE_WARNING))
        return;
    note = scl_note_add(builder->notes, SCL_NOTE_WARNING, later->key_span,
                        "duplicate key '%.*s', the last one counts", SCL_ARG(key));
    if (note)
        note->is_duplicate = true;
    scl_note_also_at(builder->notes, note, earlier->key_span, "the one before it is at");
}

/* The index of an earlier entry with the key of entry `index`, or UINT32_MAX. A large map's slots
 * hold the entries so far, and afterwards this one. */
static uint32_t
earlier_entry(struct scl_tree *map, uint32_t index)
{
    struct scl_str key = scl_tree_key(&map->body.first[index]);
    uint32_t found = UINT32_MAX;

    if (map->count > SCL_TREE_SMALL) {
        uint32_t *slot = scl_tree_slot(map, key);

        if (*slot)
            found = *slot - 1;
        *slot = index + 1;
        return found;
    }
    for (uint32_t i = 0; i < index; i++)
        if (scl_str_same(scl_tree_key(&map->body.first[i]), key))
            found = i;
    return found;
}

/* Closes the gaps that replaced entries leave; the slots are made anew behind the rest. */
static void
drop_replaced(struct scl_tree *map)
{
    struct scl_tree *first = map->body.first;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < map->count; i++)
        if (first[i].kind != REPLACED)
            first[kept++] = first[i];
    map->count = kept;
    if (kept <= SCL_TREE_SMALL)
        return;
    memset(first + kept, 0, scl_tree_slot_count(kept) * sizeof(uint32_t));
    for (uint32_t i = 0; i < kept; i++)
        *scl_tree_slot(map, scl_tree_key(&first[i])) = i + 1;
}

static void
drop_duplicates(struct scl_tree_builder *builder, struct scl_tree *map)
{
    bool any = false;

    for (uint32_t i = 0; i < map->count; i++) {
        uint32_t earlier = earlier_entry(map, i);

        if (earlier == UINT32_MAX)
            continue;
        note_duplicate(builder, &map->body.first[earlier], &map->body.first[i]);
        map->body.first[earlier].kind = REPLACED;
        any = true;
    }
    if (any)
        drop_replaced(map);
}

bool
scl_tree_close(struct scl_tree_builder *builder, uint32_t end)
{
    struct scl_tree *node = &builder->stack[builder->open];
    uint32_t count = builder->count - builder->open - 1;
    bool is_large = node->kind == SCL_TREE_MAP && count > SCL_TREE_SMALL;
    size_t size = count * sizeof *node, slots = is_large ? scl_tree_slot_count(count) : 0;

    builder->count = builder->open + 1;
    builder->open = node->count;
    builder->depth--;
    node->span = scl_span_between(node->span.offset, end);
    node->count = 0;
    if (count == 0)
        return true;
    node->body.first = scl_arena_alloc(builder->arena, size + slots * sizeof(uint32_t));
    if (!node->body.first)
        return false;
    memcpy(node->body.first, node + 1, size);
    node->count = count;
    if (node->kind == SCL_TREE_MAP)
        drop_duplicates(builder, node);
    return true;
}

static void
tell_hidden(struct scl_tree_builder *builder, uint32_t end)
{
    if (!builder->hidden)
        return;
    scl_note_add(builder->notes, builder->hides_error ? SCL_NOTE_ERROR : SCL_NOTE_WARNING,
                 (struct scl_span){ end, 0 }, "problems before this place that are not listed: %u",
                 (unsigned)builder->hidden);
}

struct scl_tree *
scl_tree_builder_finish(struct scl_tree_builder *builder, uint32_t end)
{
    struct scl_tree *root = scl_arena_alloc(builder->arena, sizeof *root);

    while (builder->open != SCL_TREE_NONE_OPEN) {
        builder->stack[builder->open].is_cut = true;
        scl_tree_close(builder, end);
    }
    if (root && builder->count)
        *root = builder->stack[0];
    else if (root)
        *root = (struct scl_tree){ .body.text = "", .is_cut = true };
    tell_hidden(builder, end);
    free(builder->stack);
    builder->stack = NULL;
    return builder->arena->failed ? NULL : root;
}
