/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_read.c: from a body to its tree
 *
 * The body is read first, then the here-documents in it, then the scripts in both, which are one
 * level deep, then the here-documents in those. Growing arrays live in an arena of their own; what
 * stays is copied out of it once, at its size.
 */
#include "syntax/shell_parser.h"

enum { DEPTH = 128, NODES = 1000000 };

static bool
hand_over(struct scl_shell_parser *parser)
{
    struct scl_shell *shell = parser->shell;
    struct scl_arena *arena = parser->arena;

    shell->nodes = (const void *)scl_arena_copy(arena, parser->nodes.at,
                                                parser->nodes.count * sizeof *parser->nodes.at);
    shell->node_count = parser->nodes.count;
    shell->segments = (const void *)scl_arena_copy(
        arena, parser->segments.at, parser->segments.count * sizeof *parser->segments.at);
    shell->segment_count = parser->segments.count;
    shell->pieces = (const void *)scl_arena_copy(arena, parser->pieces.at,
                                                 parser->pieces.count * sizeof *parser->pieces.at);
    shell->piece_count = parser->pieces.count;
    shell->built = scl_str_n(scl_arena_copy(arena, parser->built.at, parser->built.count),
                             parser->built.count);
    return shell->nodes && shell->segments && shell->pieces && shell->built.at;
}

static void
read_body(struct scl_shell_parser *parser)
{
    uint32_t outer = scl_shell_begin_window(parser);

    scl_shell_parse_list(parser, SCL_SHELL_PLAIN);
    scl_shell_expect_end(parser);
    scl_shell_end_window(parser, outer);
    scl_shell_read_heredocs(parser);
    scl_shell_read_scripts(parser);
    scl_shell_read_heredocs(parser);
}

bool
scl_shell_read(struct scl_arena *arena, struct scl_str body, const struct scl_shell_map *map,
               const struct scl_shell_limits *limits, struct scl_notes *notes,
               struct scl_shell *ret)
{
    struct scl_shell_parser parser = { .arena = arena, .notes = notes, .shell = ret };
    bool is_done, is_short = body.len < SCL_SHELL_BUILT;

    *ret = (struct scl_shell){ .is_complete = true };
    if (map)
        ret->map = *map;
    parser.depth_limit = limits && limits->depth ? limits->depth : DEPTH;
    parser.node_limit = limits && limits->nodes ? limits->nodes : NODES;
    scl_arena_init(&parser.scratch);
    if (scl_shell_add_segment(&parser, is_short ? body : SCL_S(""), &parser.cursor)) {
        if (!is_short)
            scl_shell_stop(&parser, 0, "more text than there is room for");
        read_body(&parser);
    }
    is_done = !parser.scratch.failed && !arena->failed && parser.nodes.count &&
              hand_over(&parser);
    arena->failed |= !is_done;
    scl_arena_finish(&parser.scratch);
    return is_done;
}
