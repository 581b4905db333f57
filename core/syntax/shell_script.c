/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_script.c: scripts that a command takes as text, `sh -c 'script'` and `sh <<'end'`
 *
 * They are read one level deep, and only where the text is known before anything runs.
 */
#include "syntax/shell_parser.h"

struct scripts {
    struct scl_shell_parser *parser;
    SCL_VEC(uint32_t) words;
};

/* The node whose text is a script of a command, or 0. */
static uint32_t
script_of(struct scripts *scripts, uint32_t command)
{
    struct scl_shell_parser *parser = scripts->parser;
    struct scl_shell *shell = parser->shell;
    struct scl_shell_argv argv = { .shell = shell };
    struct scl_shell_wrapped wrapped;
    uint32_t index, heredoc = 0, child;

    shell->nodes = parser->nodes.at;
    shell->built = scl_str_n(parser->built.at, parser->built.count);
    scripts->words.count = 0;
    for (child = command + 1; child < shell->nodes[command].end; child = shell->nodes[child].end) {
        const struct scl_shell_node *node = &shell->nodes[child];

        if (node->kind == SCL_SHELL_WORD) {
            uint32_t *word = scl_vec_push(&parser->scratch, &scripts->words);

            if (!word)
                return 0;
            *word = child;
        } else if (node->kind == SCL_SHELL_REDIRECTION &&
                   (node->detail == SCL_SHELL_HERE || node->detail == SCL_SHELL_HERE_TABS)) {
            heredoc = node->a;
        }
    }
    argv.words = scripts->words.at;
    argv.count = scripts->words.count;
    if (!argv.count)
        return 0;
    scl_shell_unwrap(&argv, &wrapped);
    index = scl_shell_script(&argv, wrapped.effective);
    if (index)
        return argv.words[index];
    return heredoc && scl_shell_reads_script(&argv, wrapped.effective) ? heredoc : 0;
}

/* A text whose parts do not say where its bytes come from: a body that lost its tabs. */
static bool
is_placeless(const struct scl_shell_node *node, uint32_t id)
{
    return (node->a & SCL_SHELL_BUILT) && node->end == id + 1;
}

static void
read_script(struct scl_shell_parser *parser, uint32_t command, uint32_t word)
{
    const struct scl_shell_node *node = &parser->nodes.at[word];
    uint32_t outer, list;

    if (!(node->flags & SCL_SHELL_IS_STATIC) || is_placeless(node, word) ||
        !scl_shell_text_cursor(parser, word, &parser->cursor))
        return;
    outer = scl_shell_begin_window(parser);
    list = scl_shell_parse_list(parser, SCL_SHELL_PLAIN);
    scl_shell_expect_end(parser);
    scl_shell_end_window(parser, outer);
    if (list != UINT32_MAX)
        parser->nodes.at[command].a = list;
}

void
scl_shell_read_scripts(struct scl_shell_parser *parser)
{
    struct scripts scripts = { .parser = parser };
    uint32_t count = parser->nodes.count;

    for (uint32_t i = 0; i < count && !parser->scratch.failed; i++) {
        uint32_t word;

        if (parser->nodes.at[i].kind != SCL_SHELL_SIMPLE ||
            parser->nodes.at[i].flags & SCL_SHELL_IS_BROKEN)
            continue;
        word = script_of(&scripts, i);
        if (word)
            read_script(parser, i, word);
    }
}
