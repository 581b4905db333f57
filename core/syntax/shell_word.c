/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_word.c: words, quotes and assignments
 *
 * Where parts of words may stand there is a *mode*, which says which characters are special; all
 * others run together to a literal part.
 */
#include "syntax/shell_parser.h"

#include <string.h>

enum {
    WORD = SCL_SHELL_IN_WORD | SCL_SHELL_IN_REGEX,
    QUOTES = SCL_SHELL_IN_QUOTES,
    HEREDOC = SCL_SHELL_IN_HEREDOC | SCL_SHELL_IN_TABBED,
    BRACES = SCL_SHELL_IN_BRACES,
    QUOTED_BRACES = SCL_SHELL_IN_QUOTED_BRACES,
    ARITHMETIC = SCL_SHELL_IN_ARITHMETIC,
    EVERYWHERE = WORD | QUOTES | HEREDOC | BRACES | QUOTED_BRACES | ARITHMETIC
};

/* The modes in which a character is special. */
static const uint8_t special[256] = {
    ['\\'] = EVERYWHERE,
    ['$'] = EVERYWHERE,
    ['`'] = EVERYWHERE,
    ['\''] = WORD | BRACES,
    ['"'] = WORD | QUOTES | BRACES | QUOTED_BRACES,
    ['}'] = BRACES | QUOTED_BRACES,
    ['('] = WORD | ARITHMETIC,
    [')'] = WORD | ARITHMETIC,
    [' '] = WORD,
    ['\t'] = WORD,
    ['\n'] = WORD | SCL_SHELL_IN_TABBED,
    ['|'] = WORD,
    ['&'] = WORD,
    [';'] = WORD,
    ['<'] = WORD,
    ['>'] = WORD,
};

/* Adds to the literal that ends here, or makes a new one. */
void
scl_shell_add_literal(struct scl_shell_parser *parser, uint32_t start, uint32_t end)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t offset = cursor->base + start, node;

    if (parser->nodes.count && end > start) {
        struct scl_shell_node *last = &parser->nodes.at[parser->nodes.count - 1];

        if (last->kind == SCL_SHELL_LITERAL && last->offset + last->length == offset) {
            last->length += end - start;
            return;
        }
    }
    if (end == start)
        return;
    node = scl_shell_open(parser, SCL_SHELL_LITERAL);
    if (node == UINT32_MAX)
        return;
    parser->nodes.at[node].offset = offset;
    parser->nodes.at[node].length = end - start;
    parser->nodes.at[node].end = node + 1;
}

/* Takes characters that stand for themselves although they are special. */
static void
take_literal(struct scl_shell_parser *parser, uint32_t count)
{
    parser->cursor.pos += count;
    scl_shell_add_literal(parser, parser->cursor.pos - count, parser->cursor.pos);
}

static void
parse_escape(struct scl_shell_parser *parser, enum scl_shell_mode mode)
{
    int c = scl_shell_peek(parser, 1);
    uint32_t node;
    bool stands = c == SCL_SHELL_END;

    if (c == '\n') {
        parser->cursor.pos += 2;
        return;
    }
    if (mode & (QUOTES | HEREDOC | QUOTED_BRACES | ARITHMETIC))
        stands = !(c == '\\' || c == '$' || c == '`' ||
                   (c == '"' && (mode & (QUOTES | QUOTED_BRACES))) ||
                   (c == '}' && mode & QUOTED_BRACES));
    if (stands) {
        take_literal(parser, 1);
        return;
    }
    node = scl_shell_open(parser, SCL_SHELL_ESCAPE);
    parser->cursor.pos += 2;
    scl_shell_close(parser, node);
}

static void
parse_single(struct scl_shell_parser *parser)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos, node = scl_shell_open(parser, SCL_SHELL_SINGLE);
    const char *from = cursor->text + start + 1;
    const char *end = cursor->end > start ? memchr(from, '\'', cursor->end - start - 1) : NULL;

    if (!end) {
        cursor->pos = cursor->end;
        scl_shell_stop(parser, start, "a \"'\" that is not closed");
    } else {
        cursor->pos = start + 2 + (uint32_t)(end - from);
    }
    scl_shell_close(parser, node);
}

static void
parse_double(struct scl_shell_parser *parser)
{
    uint32_t start = parser->cursor.pos, node = scl_shell_open(parser, SCL_SHELL_DOUBLE);

    scl_shell_take(parser, "\"");
    scl_shell_parse_parts(parser, SCL_SHELL_IN_QUOTES, 0);
    if (!scl_shell_take(parser, "\""))
        scl_shell_stop(parser, start, "a '\"' that is not closed");
    scl_shell_close(parser, node);
}

/* Whether a `(` here begins a pattern: `@(a|b)`. */
static bool
opens_pattern(const struct scl_shell_parser *parser, uint32_t start)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;
    const struct scl_shell_node *last = &parser->nodes.at[parser->nodes.count - 1];

    return cursor->pos > start && last->kind == SCL_SHELL_LITERAL &&
           last->offset + last->length == cursor->base + cursor->pos &&
           strchr("?*+@!", cursor->text[cursor->pos - 1]) && cursor->text[cursor->pos - 1];
}

/* What is special in a word and in arithmetic alone. False where the run of parts ends. */
static bool
parse_sign(struct scl_shell_parser *parser, enum scl_shell_mode mode, uint32_t start,
           uint32_t *parens)
{
    int c = scl_shell_peek(parser, 0);
    bool is_word = mode & WORD;

    if (c == '(' && (*parens || mode & (ARITHMETIC | SCL_SHELL_IN_REGEX) ||
                     opens_pattern(parser, start)))
        ++*parens;
    else if (c == ')' && *parens)
        --*parens;
    else if ((c == '<' || c == '>') && is_word && scl_shell_peek(parser, 1) == '(' && !*parens) {
        scl_shell_parse_process(parser);
        return true;
    } else if (!*parens && !(c == '|' && mode == SCL_SHELL_IN_REGEX))
        return false;
    take_literal(parser, 1);
    return true;
}

static void
take_tabs(struct scl_shell_parser *parser)
{
    while (scl_shell_take(parser, "\t"))
        ;
}

/* One part that begins with a special character; false where the run of parts ends. */
static bool
parse_part(struct scl_shell_parser *parser, enum scl_shell_mode mode, uint32_t start,
           uint32_t *parens)
{
    switch (scl_shell_peek(parser, 0)) {
    case '\\':
        parse_escape(parser, mode);
        return true;
    case '$':
        scl_shell_parse_dollar(parser, mode);
        return true;
    case '`':
        scl_shell_parse_backquote(parser, mode);
        return true;
    case '\'':
        parse_single(parser);
        return true;
    case '"':
        if (mode == SCL_SHELL_IN_QUOTES)
            return false;
        parse_double(parser);
        return true;
    case '\n':
        if (mode != SCL_SHELL_IN_TABBED)
            break;
        take_literal(parser, 1);
        take_tabs(parser);
        return true;
    default:
        break;
    }
    return parse_sign(parser, mode, start, parens);
}

void
scl_shell_parse_parts(struct scl_shell_parser *parser, enum scl_shell_mode mode, char stop)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos, parens = 0;

    if (mode == SCL_SHELL_IN_TABBED)
        take_tabs(parser);
    for (;;) {
        uint32_t run = cursor->pos;

        while (cursor->pos < cursor->end) {
            unsigned char c = (unsigned char)cursor->text[cursor->pos];

            if (special[c] & mode || (stop && c == (unsigned char)stop))
                break;
            cursor->pos++;
        }
        scl_shell_add_literal(parser, run, cursor->pos);
        if (cursor->pos >= cursor->end || (stop && cursor->text[cursor->pos] == stop))
            break;
        if (!parse_part(parser, mode, start, &parens))
            break;
    }
    if (parens && !cursor->stopped)
        scl_shell_stop(parser, start, "a '(' that is not closed");
}

uint32_t
scl_shell_parse_argument(struct scl_shell_parser *parser, enum scl_shell_mode mode, char stop)
{
    uint32_t word = scl_shell_open(parser, SCL_SHELL_WORD);

    scl_shell_parse_parts(parser, mode, stop);
    scl_shell_finish_word(parser, word, false);
    scl_shell_close(parser, word);
    return word;
}

static bool
ends_with_equals(const struct scl_shell_parser *parser, uint32_t word)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;

    return word != UINT32_MAX && parser->nodes.count == word + 2 &&
           parser->nodes.at[word + 1].kind == SCL_SHELL_LITERAL &&
           cursor->text[cursor->pos - 1] == '=';
}

uint32_t
scl_shell_parse_word(struct scl_shell_parser *parser, bool has_arrays)
{
    uint32_t word = scl_shell_open(parser, SCL_SHELL_WORD);

    scl_shell_parse_parts(parser, SCL_SHELL_IN_WORD, 0);
    if (has_arrays && scl_shell_peek(parser, 0) == '(' && ends_with_equals(parser, word))
        scl_shell_parse_array(parser);
    scl_shell_finish_word(parser, word, true);
    scl_shell_close(parser, word);
    return word;
}

uint32_t
scl_shell_parse_regex(struct scl_shell_parser *parser)
{
    uint32_t word = scl_shell_open(parser, SCL_SHELL_WORD);

    scl_shell_parse_parts(parser, SCL_SHELL_IN_REGEX, 0);
    scl_shell_finish_word(parser, word, true);
    scl_shell_close(parser, word);
    return word;
}

/* How many bytes from `from` on are a subscript `[...]` on one line without blanks, or 0. */
static uint32_t
subscript_ahead(const struct scl_shell_parser *parser, uint32_t from)
{
    uint32_t length = 1;

    if (scl_shell_peek(parser, from) != '[')
        return 0;
    for (;; length++) {
        int c = scl_shell_peek(parser, from + length);

        if (c == ']')
            return length + 1;
        if (c == SCL_SHELL_END || c == ' ' || c == '\t' || c == '\n')
            return 0;
    }
}

bool
scl_shell_at_assignment(const struct scl_shell_parser *parser)
{
    uint32_t length = 0;

    if (!scl_shell_is_name(scl_shell_peek(parser, 0), true))
        return false;
    while (scl_shell_is_name(scl_shell_peek(parser, length), false))
        length++;
    length += subscript_ahead(parser, length);
    return scl_shell_peek(parser, length) == '=' ||
           (scl_shell_peek(parser, length) == '+' && scl_shell_peek(parser, length + 1) == '=');
}

static void
parse_value(struct scl_shell_parser *parser)
{
    uint32_t word = scl_shell_open(parser, SCL_SHELL_WORD);

    if (scl_shell_peek(parser, 0) == '(')
        scl_shell_parse_array(parser);
    else
        scl_shell_parse_parts(parser, SCL_SHELL_IN_WORD, 0);
    scl_shell_finish_word(parser, word, true);
    scl_shell_close(parser, word);
}

uint32_t
scl_shell_parse_assignment(struct scl_shell_parser *parser)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos, node = scl_shell_open(parser, SCL_SHELL_ASSIGNMENT), word;

    while (scl_shell_is_name(scl_shell_peek(parser, 0), false))
        cursor->pos++;
    if (node != UINT32_MAX) {
        parser->nodes.at[node].a = cursor->base + start;
        parser->nodes.at[node].b = cursor->pos - start;
    }
    if (scl_shell_take(parser, "[")) {
        word = scl_shell_parse_argument(parser, SCL_SHELL_IN_BRACES, ']');
        if (word != UINT32_MAX)
            parser->nodes.at[word].detail = SCL_SHELL_SUBSCRIPT;
        if (!scl_shell_take(parser, "]"))
            scl_shell_stop(parser, start, "a '[' that is not closed");
        scl_shell_bash(parser, node);
    }
    if (scl_shell_take(parser, "+")) {
        scl_shell_flag(parser, node, SCL_SHELL_IS_APPEND);
        scl_shell_bash(parser, node);
    }
    if (!scl_shell_take(parser, "="))
        scl_shell_stop(parser, cursor->pos, "a member of an array without '='");
    parse_value(parser);
    scl_shell_close(parser, node);
    return node;
}

void
scl_shell_parse_array(struct scl_shell_parser *parser)
{
    uint32_t start = parser->cursor.pos, node;

    if (!scl_shell_enter(parser))
        return;
    node = scl_shell_open(parser, SCL_SHELL_ARRAY);
    scl_shell_bash(parser, node);
    scl_shell_take(parser, "(");
    for (;;) {
        int c;

        scl_shell_skip_newlines(parser);
        c = scl_shell_peek(parser, 0);
        if (c == '[' && subscript_ahead(parser, 0))
            scl_shell_parse_assignment(parser);
        else if (!scl_shell_is_delimiter(c) || ((c == '<' || c == '>') &&
                                                scl_shell_peek(parser, 1) == '('))
            scl_shell_parse_word(parser, false);
        else
            break;
    }
    if (!scl_shell_take(parser, ")"))
        scl_shell_stop(parser, start, "a '(' that is not closed");
    scl_shell_close(parser, node);
    scl_shell_leave(parser);
}
