/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.c: positioned trees, what the readers of JSON, YAML and their like make
 *
 * The slots of a large map lie right behind its children, so that a node needs no room for them.
 * They hold indexes alone: the keys are in the nodes already. Their hash is keyed by where the
 * children lie, which no document can know, and never decides what is found.
 */
#include "syntax/tree.h"

#include "base/hash.h"
#include "syntax/number.h"

struct scl_str
scl_tree_key(const struct scl_tree *node)
{
    if (node->key_trim == SCL_TREE_BOXED)
        return *node->key.boxed;
    return scl_str_n(node->key.at, node->key_span.length - node->key_trim);
}

static bool
has_children(const struct scl_tree *node)
{
    return node->kind == SCL_TREE_LIST || node->kind == SCL_TREE_MAP;
}

struct scl_str
scl_tree_text(const struct scl_tree *node)
{
    return has_children(node) ? scl_str_n("", 0) : scl_str_n(node->body.text, node->count);
}

uint32_t
scl_tree_count(const struct scl_tree *node)
{
    return has_children(node) ? node->count : 0;
}

uint64_t
scl_tree_nodes(const struct scl_tree *node)
{
    uint64_t count = 1;

    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        count += scl_tree_nodes(scl_tree_child(node, i));
    return count;
}

const struct scl_tree *
scl_tree_child(const struct scl_tree *node, uint32_t index)
{
    return index < scl_tree_count(node) ? &node->body.first[index] : NULL;
}

uint32_t
scl_tree_slot_count(uint32_t count)
{
    uint64_t wanted = (uint64_t)count + count / 2;
    uint32_t slots = 32;

    while (slots < wanted && slots <= UINT32_MAX / 2)
        slots *= 2;
    return slots;
}

uint32_t *
scl_tree_slot(const struct scl_tree *map, struct scl_str key)
{
    uint32_t *slots = (void *)(map->body.first + map->count);
    uint32_t mask = scl_tree_slot_count(map->count) - 1;
    uint32_t at = (uint32_t)scl_hash(key, (uint64_t)(uintptr_t)map->body.first) & mask;

    while (slots[at] && !scl_str_same(scl_tree_key(&map->body.first[slots[at] - 1]), key))
        at = (at + 1) & mask;
    return &slots[at];
}

const struct scl_tree *
scl_tree_find(const struct scl_tree *node, struct scl_str key)
{
    if (!node || node->kind != SCL_TREE_MAP)
        return NULL;
    if (node->count > SCL_TREE_SMALL) {
        uint32_t index = *scl_tree_slot(node, key);

        return index ? &node->body.first[index - 1] : NULL;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (scl_str_same(scl_tree_key(&node->body.first[i]), key))
            return &node->body.first[i];
    return NULL;
}

struct scl_span
scl_tree_entry(const struct scl_tree *node)
{
    if (!node->key.at)
        return node->span;
    if (node->span.offset < node->key_span.offset)
        return node->key_span;
    return scl_span_between(node->key_span.offset, scl_span_end(node->span));
}

bool
scl_tree_bool(const struct scl_tree *node, bool *ret_value)
{
    if (!node || node->kind != SCL_TREE_BOOL)
        return false;
    *ret_value = node->is_true;
    return true;
}

bool
scl_tree_int(const struct scl_tree *node, int64_t *ret_value)
{
    return node && node->kind == SCL_TREE_NUMBER && scl_number_int(scl_tree_text(node), ret_value);
}

bool
scl_tree_nano(const struct scl_tree *node, int64_t *ret_nano, bool *ret_exact)
{
    return node && node->kind == SCL_TREE_NUMBER &&
           scl_number_nano(scl_tree_text(node), ret_nano, ret_exact);
}
