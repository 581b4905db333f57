/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_lexer.c: characters, blanks, reserved words, and the making of nodes
 *
 * The shell has no tokens that could be cut without the grammar, so there is none here: the grammar
 * asks what lies ahead and takes it.
 */
#include "syntax/shell_parser.h"

#include "base/text.h"

#include <string.h>

enum { NOTES = 32 };

int
scl_shell_peek(const struct scl_shell_parser *parser, uint32_t ahead)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;

    if (cursor->pos >= cursor->end || ahead >= cursor->end - cursor->pos)
        return SCL_SHELL_END;
    return (unsigned char)cursor->text[cursor->pos + ahead];
}

bool
scl_shell_at(const struct scl_shell_parser *parser, const char *text)
{
    size_t length = strlen(text);
    const struct scl_shell_cursor *cursor = &parser->cursor;

    return cursor->pos < cursor->end && length <= cursor->end - cursor->pos &&
           memcmp(cursor->text + cursor->pos, text, length) == 0;
}

bool
scl_shell_take(struct scl_shell_parser *parser, const char *text)
{
    if (!scl_shell_at(parser, text))
        return false;
    parser->cursor.pos += (uint32_t)strlen(text);
    return true;
}

/* Whether an unquoted word ends before this character. */
bool
scl_shell_is_delimiter(int c)
{
    return c == SCL_SHELL_END || (c && c < 0x80 && strchr(" \t\n|&;<>()", c));
}

bool
scl_shell_is_name(int c, bool first)
{
    return c == '_' || (c > 0 && c < 0x80 && (first ? scl_is_alpha : scl_is_alnum)((char)c));
}

void
scl_shell_skip_blanks(struct scl_shell_parser *parser)
{
    struct scl_shell_cursor *cursor = &parser->cursor;

    for (;;) {
        int c = scl_shell_peek(parser, 0);

        if (c == ' ' || c == '\t')
            cursor->pos++;
        else if (c == '\\' && scl_shell_peek(parser, 1) == '\n')
            cursor->pos += 2;
        else
            break;
    }
    if (scl_shell_peek(parser, 0) == '#') {
        const char *start = cursor->text + cursor->pos;
        const char *newline = memchr(start, '\n', cursor->end - cursor->pos);

        cursor->pos = newline ? cursor->pos + (uint32_t)(newline - start) : cursor->end;
    }
}

void
scl_shell_skip_newlines(struct scl_shell_parser *parser)
{
    scl_shell_skip_blanks(parser);
    while (scl_shell_take(parser, "\n")) {
        scl_shell_skip_heredocs(parser);
        scl_shell_skip_blanks(parser);
    }
}

struct scl_str
scl_shell_reserved(const struct scl_shell_parser *parser)
{
    uint32_t length = 0, after;
    int c;

    for (;; length++) {
        c = scl_shell_peek(parser, length);
        if (!((c >= 'a' && c <= 'z') || (c > 0 && c < 0x80 && strchr("{}[]!", c))) || length == 8)
            break;
    }
    after = length;
    while (scl_shell_peek(parser, after) == '\\' && scl_shell_peek(parser, after + 1) == '\n')
        after += 2;
    if (!scl_shell_is_delimiter(scl_shell_peek(parser, after)))
        length = 0;
    return scl_str_n(parser->cursor.text + parser->cursor.pos, length);
}

bool
scl_shell_at_reserved(const struct scl_shell_parser *parser, const char *word)
{
    return scl_str_is(scl_shell_reserved(parser), word);
}

bool
scl_shell_take_reserved(struct scl_shell_parser *parser, const char *word)
{
    if (!scl_shell_at_reserved(parser, word))
        return false;
    parser->cursor.pos += (uint32_t)strlen(word);
    return true;
}

/* A node that begins at the cursor, or UINT32_MAX at the limit, which the others bear. */
uint32_t
scl_shell_open(struct scl_shell_parser *parser, enum scl_shell_kind kind)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    struct scl_shell_node *node = NULL;

    if (parser->nodes.count < parser->node_limit)
        node = scl_vec_push(&parser->scratch, &parser->nodes);
    else if (!parser->is_full)
        scl_shell_stop(parser, cursor->pos, "more than %u parts", (unsigned)parser->node_limit);
    parser->is_full = !node;
    if (!node) {
        cursor->end = cursor->pos;
        cursor->stopped = true;
        return UINT32_MAX;
    }
    *node = (struct scl_shell_node){ .kind = (uint8_t)kind, .offset = cursor->base + cursor->pos };
    return parser->nodes.count - 1;
}

/* Ends a node at the cursor; all nodes opened since are its descendants. */
void
scl_shell_close(struct scl_shell_parser *parser, uint32_t node)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    struct scl_shell_node *at;

    if (node == UINT32_MAX)
        return;
    at = &parser->nodes.at[node];
    at->length = cursor->base + cursor->pos - at->offset;
    at->end = parser->nodes.count;
    if (cursor->stopped)
        at->flags |= SCL_SHELL_IS_BROKEN;
}

void
scl_shell_flag(struct scl_shell_parser *parser, uint32_t node, unsigned flags)
{
    if (node != UINT32_MAX)
        parser->nodes.at[node].flags = (uint16_t)(parser->nodes.at[node].flags | flags);
}

void
scl_shell_bash(struct scl_shell_parser *parser, uint32_t node)
{
    scl_shell_flag(parser, node, SCL_SHELL_IS_BASH);
    parser->shell->dialect = SCL_SHELL_BASH;
}

void
scl_shell_note(struct scl_shell_parser *parser, struct scl_span logical, struct scl_str text)
{
    uint32_t run;
    struct scl_span span = { scl_shell_locate(parser->shell, logical.offset, &run), 0 };

    parser->shell->is_complete = false;
    span.length = logical.length < run ? logical.length : run;
    if (parser->note_count++ < NOTES &&
        !scl_note_add(parser->notes, SCL_NOTE_WARNING, span, "%.*s", SCL_ARG(text)))
        parser->scratch.failed = true;
}

/* Ends the window at the cursor, with a note at `at`; only the first note of a window counts. */
void
scl_shell_stop(struct scl_shell_parser *parser, uint32_t at, const char *format, ...)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    struct scl_text text = { 0 };
    va_list arguments;

    if (!cursor->stopped) {
        scl_text_c(&text, "shell text is not understood from here: ");
        va_start(arguments, format);
        scl_text_v(&text, format, arguments);
        va_end(arguments);
        scl_shell_note(parser, (struct scl_span){ cursor->base + at, at < cursor->end },
                       scl_text_str(&text));
        parser->scratch.failed |= text.failed;
        scl_text_finish(&text);
    }
    cursor->stopped = true;
    if (cursor->pos > cursor->end)
        cursor->pos = cursor->end;
    cursor->end = cursor->pos;
}

bool
scl_shell_enter(struct scl_shell_parser *parser)
{
    if (parser->cursor.depth++ < parser->depth_limit)
        return true;
    scl_shell_stop(parser, parser->cursor.pos, "more than %u levels deep",
                   (unsigned)parser->depth_limit);
    return false;
}

void
scl_shell_leave(struct scl_shell_parser *parser)
{
    parser->cursor.depth--;
}

struct scl_str
scl_shell_between(const struct scl_shell_parser *parser, uint32_t start, uint32_t end)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;

    return scl_str_n(cursor->text + (start - cursor->base), end - start);
}
