/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_compound.c: if, while, until, for, select, case, functions, groups, subshells, [[ ]], (( ))
 */
#include "syntax/shell_parser.h"

#include <string.h>

/* Takes a word that must come; else says that `opener`, at `start`, misses it. */
static bool
expect(struct scl_shell_parser *parser, const char *word, uint32_t start, const char *opener)
{
    scl_shell_skip_newlines(parser);
    if (scl_shell_take_reserved(parser, word))
        return true;
    if (scl_shell_peek(parser, 0) == SCL_SHELL_END)
        scl_shell_stop(parser, start, "'%s' without '%s'", opener, word);
    else
        scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where '%s' should be",
                       SCL_ARG(scl_shell_ahead(parser)), word);
    return false;
}

/* A list that must not be empty, behind `word`. */
static void
parse_body(struct scl_shell_parser *parser, enum scl_shell_role role, const char *word)
{
    uint32_t list = scl_shell_parse_list(parser, role);

    if (list != UINT32_MAX && parser->nodes.at[list].end == list + 1)
        scl_shell_stop(parser, parser->cursor.pos, "'%s' without a command behind it", word);
}

static void
parse_do(struct scl_shell_parser *parser, uint32_t start, const char *opener)
{
    uint32_t body = parser->cursor.pos;

    if (!expect(parser, "do", start, opener))
        return;
    parse_body(parser, SCL_SHELL_BODY, "do");
    expect(parser, "done", body, "do");
}

static void
parse_if(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos;
    const char *word = "if";

    (void)node;
    scl_shell_take(parser, word);
    do {
        parse_body(parser, SCL_SHELL_CONDITION, word);
        if (!expect(parser, "then", start, word))
            return;
        parse_body(parser, SCL_SHELL_BODY, "then");
        word = "elif";
    } while (scl_shell_take_reserved(parser, word));
    if (scl_shell_take_reserved(parser, "else"))
        parse_body(parser, SCL_SHELL_ELSE, "else");
    expect(parser, "fi", start, "if");
}

static void
parse_while(struct scl_shell_parser *parser, uint32_t node)
{
    bool is_while = node == UINT32_MAX || parser->nodes.at[node].kind == SCL_SHELL_WHILE;
    const char *word = is_while ? "while" : "until";
    uint32_t start = parser->cursor.pos;

    scl_shell_take(parser, word);
    parse_body(parser, SCL_SHELL_CONDITION, word);
    parse_do(parser, start, word);
}

static bool
at_word(const struct scl_shell_parser *parser)
{
    int c = scl_shell_peek(parser, 0);

    return !scl_shell_is_delimiter(c) ||
           ((c == '<' || c == '>') && scl_shell_peek(parser, 1) == '(');
}

/* A word that must come, in the place of `what`. */
static void
parse_required(struct scl_shell_parser *parser, const char *what)
{
    scl_shell_skip_blanks(parser);
    if (at_word(parser))
        scl_shell_parse_word(parser, false);
    else
        scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where %s should be",
                       SCL_ARG(scl_shell_ahead(parser)), what);
}

static void
parse_name(struct scl_shell_parser *parser, uint32_t node, const char *what)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start;

    scl_shell_skip_blanks(parser);
    start = cursor->pos;
    while (!scl_shell_is_delimiter(scl_shell_peek(parser, 0)) && !scl_shell_at(parser, "\\"))
        cursor->pos++;
    if (cursor->pos == start) {
        scl_shell_stop(parser, start, "%s without a name", what);
    } else if (node != UINT32_MAX) {
        parser->nodes.at[node].a = cursor->base + start;
        parser->nodes.at[node].b = cursor->pos - start;
    }
}

/* The inside of (( )), whose opening is taken. */
static void
parse_calculation(struct scl_shell_parser *parser, uint32_t start)
{
    scl_shell_parse_parts(parser, SCL_SHELL_IN_ARITHMETIC, 0);
    if (!scl_shell_take(parser, "))"))
        scl_shell_stop(parser, start, "'((' without '))'");
}

static void
parse_for_head(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos, inner;

    if (scl_shell_at(parser, "((")) {
        inner = scl_shell_open(parser, SCL_SHELL_ARITHMETIC);
        scl_shell_bash(parser, node);
        scl_shell_take(parser, "((");
        parse_calculation(parser, start);
        scl_shell_close(parser, inner);
        return;
    }
    parse_name(parser, node, "'for'");
    scl_shell_skip_newlines(parser);
    if (!scl_shell_take_reserved(parser, "in"))
        return;
    scl_shell_flag(parser, node, SCL_SHELL_HAS_IN);
    for (scl_shell_skip_blanks(parser); at_word(parser); scl_shell_skip_blanks(parser))
        scl_shell_parse_word(parser, false);
}

static void
parse_for(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos;

    if (!scl_shell_take(parser, "for")) {
        scl_shell_take(parser, "select");
        scl_shell_bash(parser, node);
    }
    scl_shell_skip_blanks(parser);
    parse_for_head(parser, node);
    scl_shell_skip_blanks(parser);
    if (!scl_shell_at(parser, ";;"))
        scl_shell_take(parser, ";");
    parse_do(parser, start, "for");
}

static void
parse_item(struct scl_shell_parser *parser, uint32_t start)
{
    uint32_t node = scl_shell_open(parser, SCL_SHELL_CASE_ITEM);

    scl_shell_take(parser, "(");
    do {
        parse_required(parser, "a pattern");
        scl_shell_skip_blanks(parser);
    } while (scl_shell_take(parser, "|"));
    if (!scl_shell_take(parser, ")"))
        scl_shell_stop(parser, parser->cursor.pos, "a pattern of 'case' without ')'");
    scl_shell_parse_list(parser, SCL_SHELL_BODY);
    if (scl_shell_take(parser, ";;&") || scl_shell_take(parser, ";&"))
        scl_shell_bash(parser, node);
    else if (!scl_shell_take(parser, ";;") && !scl_shell_at_reserved(parser, "esac"))
        expect(parser, "esac", start, "case");
    scl_shell_close(parser, node);
}

static void
parse_case(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos;

    (void)node;
    scl_shell_take(parser, "case");
    parse_required(parser, "a word");
    if (!expect(parser, "in", start, "case"))
        return;
    for (;;) {
        scl_shell_skip_newlines(parser);
        if (scl_shell_peek(parser, 0) == SCL_SHELL_END || scl_shell_at_reserved(parser, "esac"))
            break;
        parse_item(parser, start);
    }
    expect(parser, "esac", start, "case");
}

static void
parse_group(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos;

    (void)node;
    scl_shell_take(parser, "{");
    parse_body(parser, SCL_SHELL_PLAIN, "{");
    expect(parser, "}", start, "{");
}

static void
parse_subshell(struct scl_shell_parser *parser, uint32_t node)
{
    uint32_t start = parser->cursor.pos;

    (void)node;
    scl_shell_take(parser, "(");
    parse_body(parser, SCL_SHELL_PLAIN, "(");
    if (scl_shell_take(parser, ")"))
        return;
    if (scl_shell_peek(parser, 0) == SCL_SHELL_END)
        scl_shell_stop(parser, start, "'(' without ')'");
    else
        scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where ')' should be",
                       SCL_ARG(scl_shell_ahead(parser)));
}

/* An operator of [[ ]] as a word; false where none lies ahead. */
static bool
parse_sign(struct scl_shell_parser *parser, uint32_t *parens)
{
    static const char *const signs[] = { "&&", "||", "(", ")", "<", ">" };
    struct scl_shell_cursor *cursor = &parser->cursor;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        uint32_t word;

        if (!scl_shell_at(parser, signs[i]) || at_word(parser))
            continue;
        if (signs[i][0] == ')' && (*parens)-- == 0)
            return false;
        *parens += signs[i][0] == '(';
        word = scl_shell_open(parser, SCL_SHELL_WORD);
        if (word == UINT32_MAX)
            return true;
        parser->nodes.at[word].a = cursor->base + cursor->pos;
        parser->nodes.at[word].b = (uint32_t)strlen(signs[i]);
        scl_shell_flag(parser, word, SCL_SHELL_OPERATOR | SCL_SHELL_IS_STATIC);
        cursor->pos += (uint32_t)strlen(signs[i]);
        scl_shell_close(parser, word);
        return true;
    }
    return false;
}

/* A word of [[ ]]; says whether it is `=~`, behind which other characters are special. */
static bool
parse_operand(struct scl_shell_parser *parser, bool is_regex)
{
    static const char *const signs[] = { "=", "==", "!=", "=~", "!" };
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos;
    struct scl_str text;

    if (is_regex) {
        scl_shell_parse_regex(parser);
        return false;
    }
    scl_shell_parse_word(parser, false);
    text = scl_str_n(cursor->text + start, cursor->pos - start);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (scl_str_is(text, signs[i]) && !cursor->stopped)
            scl_shell_flag(parser, parser->nodes.count - 1, SCL_SHELL_OPERATOR);
    return scl_str_is(text, "=~");
}

static void
parse_conditional(struct scl_shell_parser *parser, uint32_t node)
{
    struct scl_shell_cursor *cursor = &parser->cursor;
    uint32_t start = cursor->pos, before, parens = 0;
    bool is_regex = false;

    scl_shell_bash(parser, node);
    scl_shell_take(parser, "[[");
    do {
        scl_shell_skip_newlines(parser);
        if (!parens && scl_shell_take_reserved(parser, "]]"))
            return;
        before = cursor->pos;
        if (is_regex || !parse_sign(parser, &parens))
            is_regex = parse_operand(parser, is_regex);
    } while (cursor->pos > before);
    if (cursor->pos >= cursor->end)
        scl_shell_stop(parser, start, "'[[' without ']]'");
    else
        scl_shell_stop(parser, cursor->pos, "'%.*s' inside of '[['",
                       SCL_ARG(scl_shell_ahead(parser)));
}

void
scl_shell_parse_function_body(struct scl_shell_parser *parser, uint32_t node)
{
    const struct scl_shell_node word = parser->nodes.at[node + 1];
    uint32_t start = parser->cursor.pos;

    if (word.end != node + 2)
        scl_shell_stop(parser, start, "'(' where a word should be");
    if (!scl_shell_enter(parser))
        return;
    scl_shell_take(parser, "(");
    scl_shell_skip_blanks(parser);
    if (!scl_shell_take(parser, ")"))
        scl_shell_stop(parser, start, "'(' where a word should be");
    if (!parser->cursor.stopped) {
        parser->nodes.count = node + 1;
        parser->nodes.at[node].kind = SCL_SHELL_FUNCTION;
        parser->nodes.at[node].a = word.offset;
        parser->nodes.at[node].b = word.length;
        scl_shell_skip_newlines(parser);
        scl_shell_parse_command(parser);
        scl_shell_close(parser, node);
    }
    scl_shell_leave(parser);
}

static void
parse_function(struct scl_shell_parser *parser, uint32_t node)
{
    if (!scl_shell_enter(parser))
        return;
    scl_shell_bash(parser, node);
    scl_shell_take(parser, "function");
    parse_name(parser, node, "'function'");
    scl_shell_skip_blanks(parser);
    if (scl_shell_take(parser, "(")) {
        scl_shell_skip_blanks(parser);
        if (!scl_shell_take(parser, ")"))
            scl_shell_stop(parser, parser->cursor.pos, "'(' without ')'");
    }
    scl_shell_skip_newlines(parser);
    if (scl_shell_parse_compound(parser) == UINT32_MAX)
        scl_shell_stop(parser, parser->cursor.pos, "'%.*s' where a compound command should be",
                       SCL_ARG(scl_shell_ahead(parser)));
    scl_shell_leave(parser);
}

static const struct compound {
    const char *word;
    uint8_t kind;
    void (*parse)(struct scl_shell_parser *parser, uint32_t node);
} compounds[] = {
    { "if", SCL_SHELL_IF, parse_if },
    { "while", SCL_SHELL_WHILE, parse_while },
    { "until", SCL_SHELL_UNTIL, parse_while },
    { "for", SCL_SHELL_FOR, parse_for },
    { "select", SCL_SHELL_SELECT, parse_for },
    { "case", SCL_SHELL_CASE, parse_case },
    { "{", SCL_SHELL_GROUP, parse_group },
    { "[[", SCL_SHELL_CONDITIONAL, parse_conditional },
    { "function", SCL_SHELL_FUNCTION, parse_function },
};

static const struct compound *
compound_ahead(const struct scl_shell_parser *parser)
{
    int first = scl_shell_peek(parser, 0);
    struct scl_str word;

    if (first <= 0 || first >= 0x80 || !strchr("iwufsc{[", first))
        return NULL;
    word = scl_shell_reserved(parser);
    for (size_t i = 0; word.len && i < sizeof compounds / sizeof compounds[0]; i++)
        if (scl_str_is(word, compounds[i].word))
            return &compounds[i];
    return NULL;
}

/* `time` before a compound command is a reserved word; before others it is taken for the tool. */
static void
skip_time(struct scl_shell_parser *parser)
{
    uint32_t start = parser->cursor.pos;

    if (!scl_shell_at(parser, "time") || !scl_shell_take_reserved(parser, "time"))
        return;
    scl_shell_skip_blanks(parser);
    if (scl_shell_at(parser, "-p") && scl_shell_is_delimiter(scl_shell_peek(parser, 2))) {
        scl_shell_take(parser, "-p");
        scl_shell_skip_blanks(parser);
    }
    if (!scl_shell_at(parser, "(") && !compound_ahead(parser))
        parser->cursor.pos = start;
}

uint32_t
scl_shell_parse_compound(struct scl_shell_parser *parser)
{
    const struct compound *compound;
    uint32_t node, start;

    skip_time(parser);
    start = parser->cursor.pos;
    if (scl_shell_at(parser, "((") && scl_shell_is_arithmetic(parser, 2)) {
        node = scl_shell_open(parser, SCL_SHELL_CALCULATION);
        scl_shell_bash(parser, node);
        scl_shell_take(parser, "((");
        parse_calculation(parser, start);
    } else if (scl_shell_at(parser, "(")) {
        node = scl_shell_open(parser, SCL_SHELL_SUBSHELL);
        parse_subshell(parser, node);
    } else {
        compound = compound_ahead(parser);
        if (!compound)
            return UINT32_MAX;
        node = scl_shell_open(parser, compound->kind);
        compound->parse(parser, node);
    }
    scl_shell_parse_redirections(parser);
    scl_shell_close(parser, node);
    return node;
}
