/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_expansion.c: what begins with a dollar sign or a backquote
 *
 * Commands in substitutions are read where they stand. A backquoted command with escapes is the
 * exception: it is read from a copy without them, whose pieces know their places.
 */
#include "syntax/shell_parser.h"

#include <string.h>

enum { QUOTABLE = SCL_SHELL_IN_WORD | SCL_SHELL_IN_REGEX | SCL_SHELL_IN_BRACES };

static bool
is_one_of(int c, const char *set)
{
    return c > 0 && c < 0x80 && strchr(set, c) != NULL;
}

static bool
is_digit_of(int c, unsigned base)
{
    if (base == 8)
        return c >= '0' && c <= '7';
    return is_one_of(c, "0123456789abcdefABCDEF");
}

static void
set_name(struct scl_shell_parser *parser, uint32_t node, uint32_t start)
{
    if (node == UINT32_MAX)
        return;
    parser->nodes.at[node].a = parser->cursor.base + start;
    parser->nodes.at[node].b = parser->cursor.pos - start;
}

/* How long an escape of $'...' is, from its backslash on. */
static uint32_t
ansi_length(const struct scl_shell_parser *parser)
{
    int c = scl_shell_peek(parser, 1);
    uint32_t most = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0, length = 2, base = 16;

    if (c == SCL_SHELL_END)
        return 1;
    if (c == 'c')
        return scl_shell_peek(parser, 2) == SCL_SHELL_END ? 2 : 3;
    if (is_digit_of(c, 8)) {
        most = 2;
        base = 8;
    }
    while (most-- && is_digit_of(scl_shell_peek(parser, length), base))
        length++;
    return length;
}

static void
parse_ansi(struct scl_shell_parser *parser)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos, node = scl_shell_open(parser, SCL_SHELL_ANSI);
    int c;

    scl_shell_bash(parser, node);
    scl_shell_take(parser, "$'");
    while ((c = scl_shell_peek(parser, 0)) != SCL_SHELL_END && c != '\'') {
        uint32_t from = cursor->pos, escape;

        if (c != '\\') {
            cursor->pos++;
            scl_shell_add_literal(parser, from, cursor->pos);
            continue;
        }
        escape = scl_shell_open(parser, SCL_SHELL_ESCAPE);
        cursor->pos += ansi_length(parser);
        scl_shell_close(parser, escape);
    }
    if (!scl_shell_take(parser, "'"))
        scl_shell_stop(parser, start, "a \"$'\" that is not closed");
    scl_shell_close(parser, node);
}

static void
parse_translated(struct scl_shell_parser *parser)
{
    uint32_t start = parser->cursor.pos, node = scl_shell_open(parser, SCL_SHELL_DOUBLE);

    scl_shell_bash(parser, node);
    scl_shell_take(parser, "$\"");
    scl_shell_parse_parts(parser, SCL_SHELL_IN_QUOTES, 0);
    if (!scl_shell_take(parser, "\""))
        scl_shell_stop(parser, start, "a '\"' that is not closed");
    scl_shell_close(parser, node);
}

static void
parse_plain_parameter(struct scl_shell_parser *parser, bool is_name)
{
    uint32_t node = scl_shell_open(parser, SCL_SHELL_PARAMETER), start = ++parser->cursor.pos;

    parser->cursor.pos++;
    while (is_name && scl_shell_is_name(scl_shell_peek(parser, 0), false))
        parser->cursor.pos++;
    set_name(parser, node, start);
    scl_shell_close(parser, node);
}

static void
parse_arithmetic(struct scl_shell_parser *parser)
{
    uint32_t start = parser->cursor.pos, node;

    if (!scl_shell_enter(parser))
        return;
    node = scl_shell_open(parser, SCL_SHELL_ARITHMETIC);
    scl_shell_take(parser, "$((");
    scl_shell_parse_parts(parser, SCL_SHELL_IN_ARITHMETIC, 0);
    if (!scl_shell_take(parser, "))"))
        scl_shell_stop(parser, start, "a '$((' that is not closed");
    scl_shell_close(parser, node);
    scl_shell_leave(parser);
}

static void
parse_commands(struct scl_shell_parser *parser, enum scl_shell_kind kind, const char *opening)
{
    uint32_t start = parser->cursor.pos, node = scl_shell_open(parser, kind);

    if (kind != SCL_SHELL_COMMAND)
        scl_shell_bash(parser, node);
    scl_shell_take(parser, opening);
    scl_shell_parse_list(parser, SCL_SHELL_PLAIN);
    if (!scl_shell_take(parser, ")"))
        scl_shell_stop(parser, start, "a '%s' that is not closed", opening);
    scl_shell_close(parser, node);
}

void
scl_shell_parse_process(struct scl_shell_parser *parser)
{
    if (scl_shell_at(parser, "<"))
        parse_commands(parser, SCL_SHELL_PROCESS_IN, "<(");
    else
        parse_commands(parser, SCL_SHELL_PROCESS_OUT, ">(");
}

bool
scl_shell_is_arithmetic(const struct scl_shell_parser *parser, uint32_t ahead)
{
    uint32_t depth = 0;
    int quote = 0, c;

    for (; (c = scl_shell_peek(parser, ahead)) != SCL_SHELL_END; ahead++) {
        if (c == '\\' && quote != '\'')
            ahead++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth-- == 0)
            return scl_shell_peek(parser, ahead + 1) == ')';
    }
    return true;
}

struct operator_row {
    const char *text; /* the longest first among those that begin alike */
    uint8_t operator;
    uint16_t flags;
};

enum {
    COLON = SCL_SHELL_HAS_COLON,
    TWICE = SCL_SHELL_IS_TWICE | SCL_SHELL_IS_BASH,
    BASH = SCL_SHELL_IS_BASH
};

static const struct operator_row operators[] = {
    { ":-", SCL_SHELL_DEFAULT, COLON },
    { ":=", SCL_SHELL_ASSIGN, COLON },
    { ":?", SCL_SHELL_REQUIRE, COLON },
    { ":+", SCL_SHELL_ALTERNATE, COLON },
    { ":", SCL_SHELL_SUBSTRING, BASH },
    { "-", SCL_SHELL_DEFAULT, 0 },
    { "=", SCL_SHELL_ASSIGN, 0 },
    { "?", SCL_SHELL_REQUIRE, 0 },
    { "+", SCL_SHELL_ALTERNATE, 0 },
    { "##", SCL_SHELL_CUT_START, SCL_SHELL_IS_TWICE },
    { "#", SCL_SHELL_CUT_START, 0 },
    { "%%", SCL_SHELL_CUT_END, SCL_SHELL_IS_TWICE },
    { "%", SCL_SHELL_CUT_END, 0 },
    { "//", SCL_SHELL_REPLACE, TWICE },
    { "/", SCL_SHELL_REPLACE, BASH },
    { "^^", SCL_SHELL_UPPER, TWICE },
    { "^", SCL_SHELL_UPPER, BASH },
    { ",,", SCL_SHELL_LOWER, TWICE },
    { ",", SCL_SHELL_LOWER, BASH },
    { "@", SCL_SHELL_TRANSFORM, BASH },
};

/* The mode of an argument: in quotes, single quotes are text where the word is a value. */
static enum scl_shell_mode
argument_mode(enum scl_shell_mode outer, unsigned operator)
{
    if (outer & QUOTABLE || operator >= SCL_SHELL_CUT_START)
        return SCL_SHELL_IN_BRACES;
    return SCL_SHELL_IN_QUOTED_BRACES;
}

/* Behind the name: an operator and what it takes, if there is one. */
static void
parse_operator(struct scl_shell_parser *parser, uint32_t node, enum scl_shell_mode outer)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        const struct operator_row *row = &operators[i];
        enum scl_shell_mode mode = argument_mode(outer, row->operator);

        if (!scl_shell_take(parser, row->text))
            continue;
        if (node != UINT32_MAX)
            parser->nodes.at[node].detail = row->operator;
        scl_shell_flag(parser, node, row->flags);
        if (row->flags & SCL_SHELL_IS_BASH)
            scl_shell_bash(parser, node);
        if (row->operator == SCL_SHELL_REPLACE) {
            scl_shell_parse_argument(parser, mode, '/');
            if (!scl_shell_take(parser, "/"))
                return;
        }
        scl_shell_parse_argument(parser, mode, 0);
        return;
    }
}

/* `#` and `!` before a name mean something; alone, or before an operator, they are names. */
static bool
is_prefix(const struct scl_shell_parser *parser)
{
    int c = scl_shell_peek(parser, 1);

    if (scl_shell_is_name(c, false))
        return true;
    return is_one_of(c, "@*?$!#-") && scl_shell_peek(parser, 2) == '}';
}

static void
parse_braced_name(struct scl_shell_parser *parser, uint32_t node)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start;
    int c;

    if (scl_shell_at(parser, "#") && is_prefix(parser)) {
        scl_shell_flag(parser, node, SCL_SHELL_IS_LENGTH);
        cursor->pos++;
    } else if (scl_shell_at(parser, "!") && is_prefix(parser)) {
        scl_shell_flag(parser, node, SCL_SHELL_IS_INDIRECT);
        scl_shell_bash(parser, node);
        cursor->pos++;
    }
    start = cursor->pos;
    c = scl_shell_peek(parser, 0);
    if (scl_shell_is_name(c, false))
        while (scl_shell_is_name(scl_shell_peek(parser, 0), false))
            cursor->pos++;
    else if (is_one_of(c, "@*#?-$!"))
        cursor->pos++;
    else
        scl_shell_stop(parser, cursor->pos, "a '${' without a name");
    set_name(parser, node, start);
}

static void
parse_subscript(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos, word;

    if (!scl_shell_take(parser, "["))
        return;
    scl_shell_bash(parser, node);
    word = scl_shell_parse_argument(parser, SCL_SHELL_IN_BRACES, ']');
    if (word != UINT32_MAX)
        parser->nodes.at[word].detail = SCL_SHELL_SUBSCRIPT;
    if (!scl_shell_take(parser, "]"))
        scl_shell_stop(parser, start, "a '[' that is not closed");
}

static bool
at_names(const struct scl_shell_parser *parser, uint32_t node)
{
    return node != UINT32_MAX && parser->nodes.at[node].flags & SCL_SHELL_IS_INDIRECT &&
           (scl_shell_at(parser, "*}") || scl_shell_at(parser, "@}"));
}

static void
parse_braces(struct scl_shell_parser *parser, enum scl_shell_mode mode)
{
    uint32_t start = parser->cursor.pos, node;

    if (!scl_shell_enter(parser))
        return;
    node = scl_shell_open(parser, SCL_SHELL_PARAMETER);
    scl_shell_take(parser, "${");
    parse_braced_name(parser, node);
    parse_subscript(parser, node);
    if (at_names(parser, node)) {
        parser->nodes.at[node].detail = SCL_SHELL_NAMES;
        parser->cursor.pos++;
    } else {
        parse_operator(parser, node, mode);
    }
    if (!scl_shell_take(parser, "}")) {
        if (scl_shell_peek(parser, 0) == SCL_SHELL_END)
            scl_shell_stop(parser, start, "a '${' that is not closed");
        else
            scl_shell_stop(parser, parser->cursor.pos, "no form of '${' that is known");
    }
    scl_shell_close(parser, node);
    scl_shell_leave(parser);
}

void
scl_shell_parse_dollar(struct scl_shell_parser *parser, enum scl_shell_mode mode)
{
    int c = scl_shell_peek(parser, 1);

    if (c == '(' && scl_shell_peek(parser, 2) == '(' && scl_shell_is_arithmetic(parser, 3))
        parse_arithmetic(parser);
    else if (c == '(')
        parse_commands(parser, SCL_SHELL_COMMAND, "$(");
    else if (c == '{')
        parse_braces(parser, mode);
    else if (c == '\'' && mode & QUOTABLE)
        parse_ansi(parser);
    else if (c == '"' && mode & QUOTABLE)
        parse_translated(parser);
    else if (scl_shell_is_name(c, true))
        parse_plain_parameter(parser, true);
    else if (is_one_of(c, "@*#?-$!0123456789"))
        parse_plain_parameter(parser, false);
    else {
        parser->cursor.pos++;
        scl_shell_add_literal(parser, parser->cursor.pos - 1, parser->cursor.pos);
    }
}

/* Reads a list from a window of its own, which it must fill. */
static void
parse_window(struct scl_shell_parser *parser, const struct scl_shell_cursor *window)
{
    struct scl_shell_cursor outer_cursor = parser->cursor;
    uint32_t outer = scl_shell_begin_window(parser);

    parser->cursor = *window;
    parser->cursor.depth = outer_cursor.depth;
    scl_shell_parse_list(parser, SCL_SHELL_PLAIN);
    scl_shell_expect_end(parser);
    scl_shell_end_window(parser, outer);
    parser->cursor = outer_cursor;
}

/* A copy of what lies between backquotes without the backslashes before `escaped`. */
static bool
unescape(struct scl_shell_parser *parser, uint32_t end, const char *escaped,
         struct scl_shell_cursor *ret)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t logical = scl_shell_next_segment(parser), pos = cursor->pos, length = 0;
    char *copy = scl_arena_alloc(parser->arena, end - pos + 1);

    if (!copy)
        return false;
    while (pos < end) {
        uint32_t start = pos += cursor->text[pos] == '\\' &&
                                is_one_of((unsigned char)cursor->text[pos + 1], escaped);

        do
            pos++;
        while (pos < end && cursor->text[pos] != '\\');
        memcpy(copy + length, cursor->text + start, pos - start);
        scl_shell_add_pieces(parser, logical + length, cursor->base + start, pos - start);
        length += pos - start;
    }
    return scl_shell_add_segment(parser, scl_str_n(copy, length), ret);
}

void
scl_shell_parse_backquote(struct scl_shell_parser *parser, enum scl_shell_mode mode)
{
    const char *escaped = mode & QUOTABLE || mode & SCL_SHELL_IN_HEREDOC ? "\\`$" : "\\`$\"";
    uint32_t start = parser->cursor.pos, end = 1, node;
    struct scl_shell_cursor window;
    bool has_escapes = false;
    int c;

    while ((c = scl_shell_peek(parser, end)) != '`' && c != SCL_SHELL_END) {
        if (c == '\\' && is_one_of(scl_shell_peek(parser, ++end), escaped))
            has_escapes = true;
        end++;
    }
    if (c != '`') {
        parser->cursor.pos = parser->cursor.end;
        scl_shell_stop(parser, start, "a '`' that is not closed");
        return;
    }
    node = scl_shell_open(parser, SCL_SHELL_COMMAND);
    if (node == UINT32_MAX)
        return;
    parser->cursor.pos++;
    window = parser->cursor;
    window.end = start + end;
    if (!has_escapes || unescape(parser, start + end, escaped, &window))
        parse_window(parser, &window);
    if (!parser->cursor.stopped)
        parser->cursor.pos = start + end + 1;
    scl_shell_close(parser, node);
}
