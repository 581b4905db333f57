/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_grammar.c: lists, simple commands and redirections
 *
 * A list is flat: each command says how it follows the one before it. What ends a list (`fi`, `)`,
 * `;;`) is left for whoever began it.
 */
#include "syntax/shell_parser.h"

#include "base/utf8.h"

#include <string.h>

/* The words that end a list, and what they end. */
static const struct {
    const char *word, *begins;
} closers[] = {
    { "then", "if" }, { "elif", "if" },  { "else", "if" }, { "fi", "if" },
    { "do", "while" }, { "done", "do" }, { "esac", "case" }, { "}", "{" },
};

static const char *
closer_ahead(const struct scl_shell_parser *parser, const char **ret_begins)
{
    int first = scl_shell_peek(parser, 0);
    struct scl_str word;

    if (first <= 0 || first >= 0x80 || !strchr("tefd}", first))
        return NULL;
    word = scl_shell_reserved(parser);
    for (size_t i = 0; word.len && i < sizeof closers / sizeof closers[0]; i++)
        if (scl_str_is(word, closers[i].word)) {
            *ret_begins = closers[i].begins;
            return closers[i].word;
        }
    return NULL;
}

static bool
at_end_of_item(const struct scl_shell_parser *parser)
{
    return scl_shell_at(parser, ";;") || scl_shell_at(parser, ";&");
}

static bool
at_end_of_list(const struct scl_shell_parser *parser)
{
    const char *begins;
    int c = scl_shell_peek(parser, 0);

    return c == SCL_SHELL_END || c == ')' || (c == ';' && at_end_of_item(parser)) ||
           closer_ahead(parser, &begins);
}

void
scl_shell_expect_end(struct scl_shell_parser *parser)
{
    const char *begins = NULL, *word = closer_ahead(parser, &begins);

    if (word)
        scl_shell_stop(parser, parser->cursor.pos, "'%s' without '%s'", word, begins);
    else if (scl_shell_at(parser, ")"))
        scl_shell_stop(parser, parser->cursor.pos, "')' without '('");
    else if (at_end_of_item(parser))
        scl_shell_stop(parser, parser->cursor.pos, "';;' outside of 'case'");
}

struct scl_str
scl_shell_ahead(const struct scl_shell_parser *parser)
{
    static const char *const signs[] = { "&&", "||", ";;", "|&", "<<", ">>" };
    const struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t length = 0;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (scl_shell_at(parser, signs[i]))
            return scl_str_c(signs[i]);
    if (scl_shell_at(parser, "\n"))
        return SCL_S("end of line");
    if (cursor->pos >= cursor->end)
        return SCL_S("end of text");
    while (length < 28 && !scl_shell_is_delimiter(scl_shell_peek(parser, length)))
        length++;
    return scl_utf8_cut(scl_str_n(cursor->text + cursor->pos, length ? length : 1), 24);
}

/* The operator behind a command, taken; false where none joins a further command to it. */
static bool
take_join(struct scl_shell_parser *parser, enum scl_shell_join *ret)
{
    scl_shell_skip_blanks(parser);
    if (scl_shell_take(parser, "&&"))
        *ret = SCL_SHELL_AND;
    else if (scl_shell_take(parser, "||"))
        *ret = SCL_SHELL_OR;
    else if (scl_shell_take(parser, "|&"))
        *ret = SCL_SHELL_PIPE_BOTH;
    else if (scl_shell_take(parser, "|"))
        *ret = SCL_SHELL_PIPE;
    else
        return false;
    return true;
}

static bool
take_negations(struct scl_shell_parser *parser)
{
    bool is_negated = false;

    while (scl_shell_at(parser, "!") && scl_shell_take_reserved(parser, "!")) {
        is_negated = !is_negated;
        scl_shell_skip_blanks(parser);
    }
    return is_negated;
}

/* Behind a chain: takes `&` or `;`. False where something follows that must not. */
static bool
take_separator(struct scl_shell_parser *parser, uint32_t first)
{
    int c = scl_shell_peek(parser, 0);

    if (c == '\n' || at_end_of_list(parser))
        return true;
    if (c == '&')
        scl_shell_flag(parser, first, SCL_SHELL_IS_BACKGROUND);
    else if (c != ';')
        return false;
    parser->cursor.pos++;
    return true;
}

/* Behind && || | and |&: steps over newlines to the command that they ask for. */
static void
skip_to_operand(struct scl_shell_parser *parser, uint32_t join_start)
{
    scl_shell_skip_newlines(parser);
    if (!at_end_of_list(parser) || parser->cursor.stopped)
        return;
    parser->cursor.pos = join_start;
    scl_shell_skip_blanks(parser);
    scl_shell_stop(parser, parser->cursor.pos, "'%.*s' without a command behind it",
                   SCL_ARG(scl_shell_ahead(parser)));
}

/* A chain of commands joined by && || | |&, and the separator behind it. */
static bool
parse_chain(struct scl_shell_parser *parser)
{
    enum scl_shell_join join = SCL_SHELL_THEN;
    uint32_t first = UINT32_MAX, before;

    do {
        bool is_negated = join <= SCL_SHELL_OR && take_negations(parser);
        uint32_t node = scl_shell_parse_command(parser);

        if (node == UINT32_MAX)
            return false;
        parser->nodes.at[node].detail = (uint8_t)join;
        if (is_negated)
            scl_shell_flag(parser, node, SCL_SHELL_IS_NEGATED);
        if (join == SCL_SHELL_PIPE_BOTH)
            scl_shell_bash(parser, node);
        if (first == UINT32_MAX)
            first = node;
        before = parser->cursor.pos;
        if (!take_join(parser, &join))
            return take_separator(parser, first);
        skip_to_operand(parser, before);
    } while (!parser->cursor.stopped);
    return false;
}

uint32_t
scl_shell_parse_list(struct scl_shell_parser *parser, unsigned role)
{
    uint32_t list;

    if (!scl_shell_enter(parser))
        return UINT32_MAX;
    list = scl_shell_open(parser, SCL_SHELL_LIST);
    if (list != UINT32_MAX)
        parser->nodes.at[list].detail = (uint8_t)role;
    for (;;) {
        scl_shell_skip_newlines(parser);
        if (at_end_of_list(parser))
            break;
        if (!parse_chain(parser))
            scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where a command should end",
                           SCL_ARG(scl_shell_ahead(parser)));
    }
    scl_shell_close(parser, list);
    scl_shell_leave(parser);
    return list;
}

/* The signs of redirections, the longest first among those that begin alike. */
static const struct {
    const char *sign;
    uint8_t detail;
    bool is_bash;
} signs[] = {
    { "<<<", SCL_SHELL_HERE_STRING, true },
    { "<<-", SCL_SHELL_HERE_TABS, false },
    { "<<", SCL_SHELL_HERE, false },
    { "<&", SCL_SHELL_DUP_READ, false },
    { "<>", SCL_SHELL_READ_WRITE, false },
    { "<", SCL_SHELL_READ, false },
    { ">>", SCL_SHELL_APPEND, false },
    { ">&", SCL_SHELL_DUP_WRITE, false },
    { ">|", SCL_SHELL_CLOBBER, false },
    { ">", SCL_SHELL_WRITE, false },
    { "&>>", SCL_SHELL_APPEND_BOTH, true },
    { "&>", SCL_SHELL_WRITE_BOTH, true },
};

/* How many bytes before the sign of a redirection name a descriptor: `2>`, `{name}>`. */
static bool
at_redirection(const struct scl_shell_parser *parser, uint32_t *ret_length)
{
    uint32_t length = 0;
    int c = scl_shell_peek(parser, 0);

    *ret_length = 0;
    if (c == '&')
        return scl_shell_peek(parser, 1) == '>';
    if (c == '{' && scl_shell_is_name(scl_shell_peek(parser, 1), true)) {
        do
            length++;
        while (scl_shell_is_name(scl_shell_peek(parser, length), false));
        if (scl_shell_peek(parser, length++) != '}')
            return false;
    }
    while (c >= '0' && c <= '9')
        c = scl_shell_peek(parser, ++length);
    c = scl_shell_peek(parser, length);
    *ret_length = length;
    return (c == '<' || c == '>') && (length || scl_shell_peek(parser, 1) != '(');
}

static void
parse_descriptor(struct scl_shell_parser *parser, uint32_t node, uint32_t length)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t value = 0;
    bool is_named = scl_shell_at(parser, "{");

    for (uint32_t i = 0; i < length && !is_named; i++)
        if (value < 1000000)
            value = value * 10 + (uint32_t)(cursor->text[cursor->pos + i] - '0');
    if (node != UINT32_MAX && length)
        parser->nodes.at[node].b = is_named ? UINT32_MAX : value + 1;
    if (is_named)
        scl_shell_bash(parser, node);
    cursor->pos += length;
}

static void
parse_redirection(struct scl_shell_parser *parser, uint32_t length)
{
    uint32_t start = parser->cursor.pos, node = scl_shell_open(parser, SCL_SHELL_REDIRECTION);
    unsigned detail = 0;
    int c;

    parse_descriptor(parser, node, length);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (scl_shell_take(parser, signs[i].sign)) {
            detail = signs[i].detail;
            if (signs[i].is_bash)
                scl_shell_bash(parser, node);
            break;
        }
    if (node != UINT32_MAX)
        parser->nodes.at[node].detail = (uint8_t)detail;
    scl_shell_skip_blanks(parser);
    c = scl_shell_peek(parser, 0);
    if (at_redirection(parser, &length) ||
        (scl_shell_is_delimiter(c) && c != '<' && c != '>')) {
        scl_shell_stop(parser, start, "a redirection without a target");
    } else {
        scl_shell_parse_word(parser, false);
        if (detail == SCL_SHELL_HERE || detail == SCL_SHELL_HERE_TABS)
            scl_shell_expect_heredoc(parser, node);
    }
    scl_shell_close(parser, node);
}

void
scl_shell_parse_redirections(struct scl_shell_parser *parser)
{
    uint32_t length;

    for (;;) {
        uint32_t end = parser->cursor.pos;

        scl_shell_skip_blanks(parser);
        if (!at_redirection(parser, &length)) {
            parser->cursor.pos = end;
            return;
        }
        parse_redirection(parser, length);
    }
}

/* Builtins of bash whose arguments may be assignments of arrays. */
static bool
declares(const struct scl_shell_parser *parser, uint32_t word)
{
    static const char *const names[] = { "declare", "typeset", "local", "readonly", "export" };
    const struct scl_shell_node *node = &parser->nodes.at[word];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (node->end == word + 1 &&
            scl_str_is(scl_shell_between(parser, node->offset, node->offset + node->length),
                       names[i]))
            return true;
    return false;
}

struct simple {
    uint32_t node, words;
    bool has_others, has_arrays;
};

/* One member of a simple command; false at its end. */
static bool
parse_member(struct scl_shell_parser *parser, struct simple *simple)
{
    uint32_t length, word;
    int c;

    scl_shell_skip_blanks(parser);
    c = scl_shell_peek(parser, 0);
    if (at_redirection(parser, &length)) {
        parse_redirection(parser, length);
        simple->has_others = true;
    } else if (c == '(' && simple->words == 1 && !simple->has_others) {
        scl_shell_parse_function_body(parser, simple->node);
        return false;
    } else if (c == '(') {
        scl_shell_stop(parser, parser->cursor.pos, "'(' where a word should be");
    } else if (scl_shell_is_delimiter(c) && c != '<' && c != '>') {
        return false;
    } else if (!simple->words && scl_shell_at_assignment(parser)) {
        scl_shell_parse_assignment(parser);
        simple->has_others = true;
    } else {
        word = scl_shell_parse_word(parser, simple->has_arrays);
        if (word != UINT32_MAX && !simple->words++)
            simple->has_arrays = declares(parser, word);
    }
    return !parser->cursor.stopped;
}

static uint32_t
parse_simple(struct scl_shell_parser *parser)
{
    struct simple simple = { .node = scl_shell_open(parser, SCL_SHELL_SIMPLE) };
    uint32_t end;

    if (simple.node == UINT32_MAX)
        return simple.node;
    do
        end = parser->cursor.pos;
    while (parse_member(parser, &simple));
    if (parser->nodes.at[simple.node].kind != SCL_SHELL_SIMPLE)
        return simple.node;
    if (!parser->cursor.stopped) {
        uint32_t behind = parser->cursor.pos;

        parser->cursor.pos = end;
        scl_shell_close(parser, simple.node);
        parser->cursor.pos = behind;
    } else {
        scl_shell_close(parser, simple.node);
    }
    return simple.node;
}

uint32_t
scl_shell_parse_command(struct scl_shell_parser *parser)
{
    uint32_t node, length;
    bool begins;
    int c;

    scl_shell_skip_blanks(parser);
    node = scl_shell_parse_compound(parser);
    if (node != UINT32_MAX || parser->cursor.stopped)
        return node;
    c = scl_shell_peek(parser, 0);
    begins = !scl_shell_is_delimiter(c) || c == '<' || c == '>' || at_redirection(parser, &length);
    if (!begins || at_end_of_list(parser) || (c == '!' && scl_shell_at_reserved(parser, "!"))) {
        scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where a command should begin",
                       SCL_ARG(scl_shell_ahead(parser)));
        return UINT32_MAX;
    }
    return parse_simple(parser);
}
