/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_heredoc.c: here-documents
 *
 * A body begins behind the newline that follows its redirection, wherever the grammar then is. It
 * is stepped over there and read when everything else has been, its nodes behind the others.
 */
#include "syntax/shell_parser.h"

#include "base/utf8.h"

#include <string.h>

void
scl_shell_expect_heredoc(struct scl_shell_parser *parser, uint32_t redirection)
{
    struct scl_shell_pending *pending;

    if (parser->cursor.stopped)
        return;
    pending = scl_vec_push(&parser->scratch, &parser->pending);
    if (pending)
        *pending = (struct scl_shell_pending){ redirection, parser->cursor };
}

static const struct scl_shell_node *
delimiter_of(const struct scl_shell_parser *parser, uint32_t redirection)
{
    return &parser->nodes.at[redirection + 1];
}

static struct scl_str
delimiter_text(const struct scl_shell_parser *parser, uint32_t redirection)
{
    const struct scl_shell_node *word = delimiter_of(parser, redirection);

    if (word->a & SCL_SHELL_BUILT)
        return scl_str_n(parser->built.at + (word->a & ~SCL_SHELL_BUILT), word->b);
    return scl_shell_between(parser, word->a, word->a + word->b);
}

static bool
strips_tabs(const struct scl_shell_parser *parser, uint32_t redirection)
{
    return parser->nodes.at[redirection].detail == SCL_SHELL_HERE_TABS;
}

static struct scl_str
without_tabs(struct scl_str line)
{
    while (line.len && line.at[0] == '\t')
        line = scl_str_sub(line, 1, line.len);
    return line;
}

/* The next line from `*pos` on without its newline; moves behind that. False at the end. */
static bool
next_line(const struct scl_shell_cursor *cursor, uint32_t *pos, struct scl_str *ret_line)
{
    const char *start = cursor->text + *pos, *newline;
    uint32_t left = cursor->end - *pos;

    if (!left)
        return false;
    newline = memchr(start, '\n', left);
    *ret_line = scl_str_n(start, newline ? (size_t)(newline - start) : left);
    *pos += (uint32_t)ret_line->len + (newline != NULL);
    return true;
}

static void
note_unterminated(struct scl_shell_parser *parser, uint32_t redirection)
{
    const struct scl_shell_node *node = &parser->nodes.at[redirection];
    struct scl_str name = scl_utf8_cut(delimiter_text(parser, redirection), 40);
    struct scl_text text = { 0 };

    name = scl_str_sub(name, 0, scl_str_find_char(name, '\n'));
    scl_text_f(&text, "here-document '%.*s' has no end", SCL_ARG(name));
    scl_shell_note(parser, (struct scl_span){ node->offset, node->length }, scl_text_str(&text));
    parser->scratch.failed |= text.failed;
    scl_text_finish(&text);
}

void
scl_shell_skip_heredocs(struct scl_shell_parser *parser)
{
    struct scl_shell_cursor *cursor = &parser->cursor;

    for (uint32_t i = parser->pending_first; i < parser->pending.count; i++) {
        uint32_t redirection = parser->pending.at[i].redirection;
        struct scl_str delimiter = delimiter_text(parser, redirection), line;
        bool strips = strips_tabs(parser, redirection), ended = false;
        struct scl_shell_pending *body = scl_vec_push(&parser->scratch, &parser->bodies);

        if (!body)
            return;
        *body = (struct scl_shell_pending){ redirection, *cursor };
        for (uint32_t pos = cursor->pos; !ended && next_line(cursor, &pos, &line);) {
            body->body.end = cursor->pos;
            cursor->pos = pos;
            ended = scl_str_same(strips ? without_tabs(line) : line, delimiter);
        }
        if (!ended) {
            body->body.end = cursor->pos;
            note_unterminated(parser, redirection);
        }
    }
    parser->pending.count = parser->pending_first;
}

uint32_t
scl_shell_begin_window(struct scl_shell_parser *parser)
{
    uint32_t outer = parser->pending_first;

    parser->pending_first = parser->pending.count;
    return outer;
}

void
scl_shell_end_window(struct scl_shell_parser *parser, uint32_t outer)
{
    for (uint32_t i = parser->pending_first; i < parser->pending.count; i++)
        if (!parser->cursor.stopped)
            note_unterminated(parser, parser->pending.at[i].redirection);
    parser->pending.count = parser->pending_first;
    parser->pending_first = outer;
}

/* The lines of a quoted body without their leading tabs, as a built text. */
static void
build_without_tabs(struct scl_shell_parser *parser, uint32_t node)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = parser->built.count;
    struct scl_str line;

    while (next_line(cursor, &cursor->pos, &line)) {
        line = without_tabs(line);
        for (size_t i = 0; i <= line.len; i++) {
            char *byte = scl_vec_push(&parser->scratch, &parser->built);

            if (!byte)
                return;
            *byte = i < line.len ? line.at[i] : '\n';
        }
    }
    parser->nodes.at[node].a = start | SCL_SHELL_BUILT;
    parser->nodes.at[node].b = parser->built.count - start;
}

static void
read_literal(struct scl_shell_parser *parser, uint32_t node, bool strips)
{
    struct scl_shell_cursor *cursor = &parser->cursor;

    scl_shell_flag(parser, node, SCL_SHELL_IS_STATIC | SCL_SHELL_HAS_QUOTES);
    if (strips) {
        build_without_tabs(parser, node);
        return;
    }
    parser->nodes.at[node].a = cursor->base + cursor->pos;
    parser->nodes.at[node].b = cursor->end - cursor->pos;
    cursor->pos = cursor->end;
}

static void
read_body(struct scl_shell_parser *parser, const struct scl_shell_pending *pending)
{
    uint32_t redirection = pending->redirection, node, outer;
    bool is_quoted = delimiter_of(parser, redirection)->flags & SCL_SHELL_HAS_QUOTES;
    bool strips = strips_tabs(parser, redirection);

    parser->cursor = pending->body;
    node = scl_shell_open(parser, SCL_SHELL_HEREDOC);
    if (node == UINT32_MAX)
        return;
    parser->nodes.at[redirection].a = node;
    if (is_quoted) {
        read_literal(parser, node, strips);
    } else {
        outer = scl_shell_begin_window(parser);
        scl_shell_parse_parts(parser, strips ? SCL_SHELL_IN_TABBED : SCL_SHELL_IN_HEREDOC, 0);
        scl_shell_finish_word(parser, node, true);
        scl_shell_end_window(parser, outer);
    }
    scl_shell_close(parser, node);
}

/* A body may hold commands with further bodies, which come to the end of the row. */
void
scl_shell_read_heredocs(struct scl_shell_parser *parser)
{
    for (uint32_t i = 0; i < parser->bodies.count && !parser->scratch.failed; i++) {
        struct scl_shell_pending pending = parser->bodies.at[i];

        read_body(parser, &pending);
    }
    parser->bodies.count = 0;
}
