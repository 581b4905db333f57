/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_shell.c: any bytes as a shell body
 *
 * Whatever comes in, the tree is well formed, every node lies in its segment, every place in the
 * body, what was not understood was noted, and the walk ends and names commands of the tree.
 */
#include "demand.h"

#include "syntax/shell.h"

#include <string.h>

static void
check_tree(const struct scl_shell *shell, size_t size)
{
    for (uint32_t i = 0; i < shell->node_count; i++) {
        const struct scl_shell_node *node = &shell->nodes[i];
        struct scl_span span = scl_shell_span(shell, i);

        demand(node->kind >= SCL_SHELL_LIST && node->kind <= SCL_SHELL_ARRAY);
        demand(node->end > i && node->end <= shell->node_count);
        demand(span.offset <= size && span.length <= size - span.offset);
        demand(scl_shell_slice(shell, i).len == node->length);
        for (uint32_t child = i + 1; child < node->end; child = shell->nodes[child].end)
            demand(shell->nodes[child].end <= node->end);
        if (node->kind == SCL_SHELL_WORD || node->kind == SCL_SHELL_HEREDOC)
            demand(scl_shell_text(shell, i).len == node->b);
    }
}

static void
check_walk(const struct scl_shell *shell, const struct scl_shell_walk *walk)
{
    uint32_t members = 0, reader;

    for (uint32_t i = 0; i < walk->command_count; i++) {
        const struct scl_shell_command *command = &walk->commands[i];
        struct scl_shell_readers readers = scl_shell_readers(walk, i);

        demand(shell->nodes[command->node].kind == SCL_SHELL_SIMPLE);
        demand(command->pipeline < walk->pipeline_count);
        demand(command->effective < command->word_count || !command->word_count);
        (void)scl_shell_command_name(walk, i);
        for (uint32_t count = 0; count < 64 && scl_shell_reader_next(&readers, &reader); count++)
            demand(reader < walk->command_count && reader != i);
    }
    for (uint32_t i = 0; i < walk->pipeline_count; i++)
        members += walk->pipelines[i].count;
    demand(members == walk->command_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str body = scl_str_n((const char *)data, size);
    struct scl_arena arena;
    struct scl_notes notes;
    struct scl_shell shell;
    struct scl_shell_walk walk;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    demand(scl_shell_read(&arena, body, NULL, NULL, &notes, &shell));
    demand(shell.is_complete == (notes.list.count == 0));
    check_tree(&shell, size);
    demand(scl_shell_walk(&arena, &shell, &walk));
    check_walk(&shell, &walk);
    scl_arena_finish(&arena);
    return 0;
}
