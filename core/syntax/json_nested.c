/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_nested.c: JSON in a string of JSON
 *
 * The text of the string is read as any JSON, into a tree beside it whose places are offsets of
 * that text. The tree is then made again with the places in the source: pieces tell where each byte
 * of the text is written, and what ends before an escape ends where that begins. A text that the
 * source shows as it is becomes a slice of the source.
 */
#include "syntax/json.h"

#include "syntax/argv.h"

#include <string.h>

struct nesting {
    struct scl_tree_builder builder;
    struct scl_arena scratch;
    const struct scl_source *source;
    struct scl_span string; /* with its quotes */
    uint32_t length;        /* of its text */
    const struct scl_piece *pieces;
    uint32_t piece_count; /* 0: it is not known where the bytes stand */
};

/* ---- places ---- */

static void
find_pieces(struct nesting *n, const struct scl_tree *string)
{
    struct scl_str raw = scl_source_text(n->source, n->string);
    const struct scl_piece *last;
    uint32_t count = 0;

    if (raw.len < 2 || raw.at[0] != '"' || string->style != SCL_TREE_DOUBLE_QUOTED)
        return;
    n->pieces = scl_argv_json_pieces(&n->scratch, raw, n->string.offset, &count);
    last = n->pieces && count ? &n->pieces[count - 1] : NULL;
    if (last && last->logical + last->length == n->length)
        n->piece_count = count;
}

static uint32_t
raw_offset(const struct nesting *n, uint32_t offset)
{
    return offset < n->length ? scl_piece_raw(n->pieces, n->piece_count, offset)
                              : scl_span_end(n->string) - 1;
}

static struct scl_span
raw_span(const struct nesting *n, struct scl_span span)
{
    if (!n->piece_count)
        return n->string;
    return scl_span_between(raw_offset(n, span.offset), raw_offset(n, scl_span_end(span)));
}

/* A text as the source has it, where it has it in one piece, else kept. One that is as long as its
 * place, but for quotes, is written there without escapes of its own. */
static struct scl_str
raw_text(const struct nesting *n, struct scl_span span, struct scl_str text)
{
    uint32_t quote = span.length == text.len + 2;
    struct scl_span place = { span.offset + quote, (uint32_t)text.len };
    struct scl_str there = { "", 0 };

    if (text.len && n->piece_count && (quote || span.length == text.len))
        there = scl_source_text(n->source, raw_span(n, place));
    if (there.len && scl_str_same(there, text))
        return there;
    return scl_str_n(scl_arena_copy(n->builder.arena, text.at, text.len), text.len);
}

/* ---- the tree ---- */

static bool
open_again(struct nesting *n, const struct scl_tree *node)
{
    struct scl_span span = raw_span(n, node->span);

    if (node->kind != SCL_TREE_LIST && node->kind != SCL_TREE_MAP) {
        struct scl_tree *made =
            scl_tree_add(&n->builder, node->kind, node->style, span,
                         raw_text(n, node->span, scl_tree_text(node)));

        if (made) {
            made->is_true = node->is_true;
            made->is_cut = node->is_cut;
        }
        return made != NULL;
    }
    if (!scl_tree_open(&n->builder, node->kind, node->style, span.offset))
        return false;
    n->builder.stack[n->builder.open].is_cut = node->is_cut;
    return true;
}

static bool
make_again(struct nesting *n, const struct scl_tree *node)
{
    if (node->key.at && !scl_tree_next_key(&n->builder, raw_span(n, node->key_span),
                                           raw_text(n, node->key_span, scl_tree_key(node))))
        return false;
    if (!open_again(n, node))
        return false;
    if (node->kind != SCL_TREE_LIST && node->kind != SCL_TREE_MAP)
        return true;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (!make_again(n, scl_tree_child(node, i)))
            return false;
    return scl_tree_close(&n->builder, scl_span_end(raw_span(n, node->span)));
}

/* Puts the notes from `first` on where their places are in the source. */
static void
place_notes(const struct nesting *n, struct scl_notes *notes, uint32_t first)
{
    for (uint32_t i = first; i < notes->list.count; i++) {
        struct scl_note *note = &notes->list.at[i];

        note->span = raw_span(n, note->span);
        for (uint32_t k = 0; k < note->hints.count; k++)
            note->hints.at[k].span = raw_span(n, note->hints.at[k].span);
    }
}

const struct scl_tree *
scl_json_read_nested(struct scl_arena *arena, const struct scl_source *source,
                     const struct scl_tree *string, const struct scl_tree_limits *limits,
                     struct scl_notes *notes)
{
    struct nesting n = { .source = source, .string = string->span, .length = string->count };
    uint32_t first = notes->list.count;
    const struct scl_tree *inner = NULL, *made;
    struct scl_source text;

    scl_arena_init(&n.scratch);
    find_pieces(&n, string);
    if (scl_source_init(&text, &n.scratch, source->name, scl_tree_text(string)))
        inner = scl_json_read(&n.scratch, &text, limits, notes);
    place_notes(&n, notes, first);
    scl_tree_builder_init(&n.builder, arena, limits, notes);
    if (inner)
        make_again(&n, inner);
    made = scl_tree_builder_finish(&n.builder, scl_span_end(n.string));
    arena->failed = arena->failed || n.scratch.failed;
    scl_arena_finish(&n.scratch);
    return inner ? made : NULL;
}
