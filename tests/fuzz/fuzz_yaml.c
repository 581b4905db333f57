/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_yaml.c: the YAML reader
 *
 * Every note, node, comment, tag and alias must lie within the text; nodes that are not shared lie
 * within their parents, in order; what is found by its key is the entry; the expanded tree is
 * within the limits. The first byte says which flags are set.
 */
#include "demand.h"

#include "syntax/yaml_read.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH = 40, NODES = 20000, VISITS = 5000 };

static const struct scl_tree_limits limits = { .depth = DEPTH, .nodes = NODES };

static void
check_span(const struct scl_source *source, struct scl_span span)
{
    demand((size_t)span.offset + span.length <= source->text.len);
}

struct walk {
    const struct scl_source *source;
    uint64_t nodes;
    bool merges;
};

static void
check_node(struct walk *walk, const struct scl_tree *node, unsigned depth)
{
    uint32_t end = node->span.offset;

    demand(depth <= DEPTH + 1 && ++walk->nodes <= NODES + VISITS + 1);
    check_span(walk->source, node->span);
    check_span(walk->source, node->key_span);
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *child = scl_tree_child(node, i);

        if (!walk->merges && !child->is_alias) {
            demand(scl_tree_entry(child).offset >= end);
            end = scl_span_end(child->span);
            demand(end <= scl_span_end(node->span));
        }
        if (node->kind == SCL_TREE_MAP)
            demand(scl_tree_find(node, scl_tree_key(child)) == child);
        check_node(walk, child, depth + 1);
    }
}

static void
check_tables(const struct scl_source *source, const struct scl_yaml *yaml,
             const struct scl_notes *notes)
{
    uint32_t end = 0;

    for (uint32_t i = 0; i < yaml->comments.count; i++) {
        check_span(source, yaml->comments.at[i].span);
        demand(source->text.at[yaml->comments.at[i].span.offset] == '#');
        demand(yaml->comments.at[i].span.offset >= end);
        end = scl_span_end(yaml->comments.at[i].span);
    }
    for (uint32_t i = 0; i < yaml->tags.count; i++) {
        check_span(source, yaml->tags.at[i].span);
        demand(yaml->tags.at[i].node <= source->text.len);
        demand(i == 0 || yaml->tags.at[i].node >= yaml->tags.at[i - 1].node);
    }
    for (uint32_t i = 0; i < yaml->aliases.count; i++)
        demand(source->text.at[yaml->aliases.at[i].offset] == '*');
    demand(notes->list.count <= SCL_TREE_NOTES + 2);
    for (uint32_t i = 0; i < notes->list.count; i++)
        check_span(source, notes->list.at[i].span);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = scl_str_n((const char *)data + 1, size ? size - 1 : 0);
    struct scl_yaml_options options = { &limits, VISITS, size ? data[0] & 7u : 0 };
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_yaml *yaml;
    struct walk walk = { .source = &source, .merges = options.flags & SCL_YAML_MERGE };

    if (size == 0)
        text.at = "";
    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    demand(scl_source_init(&source, &arena, SCL_S("x.yaml"), text));
    yaml = scl_yaml_read_all(&arena, &source, &options, &notes);
    demand(yaml != NULL);
    demand(!yaml->documents->is_cut || scl_notes_have_error(&notes));
    check_node(&walk, yaml->documents, 0);
    check_tables(&source, yaml, &notes);
    scl_arena_finish(&arena);
    return 0;
}
