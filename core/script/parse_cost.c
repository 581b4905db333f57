/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse_cost.c: what a text may cost Lua's parser
 *
 * A lexer that goes byte by byte, so that a slice may end anywhere. Only what costs is told apart:
 * names, keywords, brackets, and `.` from `..` and from the point of a number. Strings and comments
 * are passed over. On a text that is no Lua the count is worth nothing, and the parser stops there.
 */
#include "script/parse_cost.h"

#include <string.h>

enum {
    NAMES_PER_STEP = 24, /* variables that a name is compared with */
    JUMPS_PER_STEP = 8,  /* links of a list of jumps that are walked */
    BYTES_PER_STEP = 2
};

enum state {
    PLAIN,
    IN_NAME,
    IN_NUMBER,
    IN_STRING,
    IN_ESCAPE,
    AFTER_DASH,
    AFTER_DASHES,  /* `--`: a comment of one line, or a long one */
    AFTER_BRACKET, /* `[`, `[=`, ...: perhaps a long bracket */
    IN_LINE_COMMENT,
    IN_LONG,
    IN_LONG_CLOSING, /* `]`, `]=`, ... inside a long bracket */
    AFTER_DOT,
    AFTER_COLON
};

/* Tokens stand for themselves if they are one byte; these are not. */
enum token { NOTHING = 0, NAME = 1, KEYWORD, LITERAL, INDEX_DOT, DOTS, LABEL };

enum declares { NO_NAMES, LOCALS, FUNCTION_NAME, PARAMETERS, LOOP_NAMES };

enum effect { RESETS, CONTINUES, LINKS, JUMPS, DECLARES_LOCALS, DECLARES_FUNCTION, DECLARES_LOOP };

static const struct keyword {
    const char *word;
    enum effect effect;
} keywords[] = {
    { "and", LINKS },       { "break", JUMPS },    { "do", RESETS },
    { "else", RESETS },     { "elseif", JUMPS },   { "end", RESETS },
    { "false", CONTINUES }, { "for", DECLARES_LOOP },
    { "function", DECLARES_FUNCTION },
    { "goto", JUMPS },      { "if", RESETS },      { "in", RESETS },
    { "local", DECLARES_LOCALS },
    { "nil", CONTINUES },   { "not", CONTINUES },  { "or", LINKS },
    { "repeat", RESETS },   { "return", RESETS },  { "then", RESETS },
    { "true", CONTINUES },  { "until", RESETS },   { "while", RESETS },
};

void
scl_parse_cost_init(struct scl_parse_cost *cost)
{
    memset(cost, 0, sizeof *cost);
    cost->line = 1;
}

static const struct keyword *
find_keyword(const struct scl_parse_cost *cost)
{
    if (cost->word_len > sizeof "function" - 1)
        return NULL;
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (scl_str_is(scl_str_n(cost->word, cost->word_len), keywords[i].word))
            return &keywords[i];
    return NULL;
}

static uint16_t *
indexes(struct scl_parse_cost *cost)
{
    return &cost->indexes[cost->depth];
}

static void
count_index(struct scl_parse_cost *cost, unsigned count)
{
    unsigned sum = *indexes(cost) + count;

    if (sum > SCL_INDEXES_MAX) {
        cost->indexes_too_often = true;
        return;
    }
    *indexes(cost) = (uint16_t)sum;
}

static void
count_jump(struct scl_parse_cost *cost)
{
    cost->jumps++;
    cost->steps += cost->jumps / JUMPS_PER_STEP;
}

/* Whether a value may end here: what follows then belongs to it or begins a statement. */
static bool
ends_value(unsigned token)
{
    return token == NAME || token == LITERAL || token == ')' || token == ']' || token == '}';
}

static void
open_bracket(struct scl_parse_cost *cost)
{
    if (cost->depth + 1 < SCL_BRACKETS_MAX)
        cost->depth++;
    *indexes(cost) = 0;
}

static void
close_bracket(struct scl_parse_cost *cost, unsigned bracket)
{
    unsigned inside = *indexes(cost);

    if (cost->depth)
        cost->depth--;
    if (bracket == '}')
        *indexes(cost) = 0;
    else
        count_index(cost, inside);
}

static void
declare_on(struct scl_parse_cost *cost, unsigned token)
{
    switch (cost->declares) {
    case LOCALS:
        if (token != NAME && token != ',' && token != '<' && token != '>')
            cost->declares = NO_NAMES;
        break;
    case FUNCTION_NAME:
        if (token == '(')
            cost->declares = PARAMETERS;
        break;
    case PARAMETERS:
        if (token == ')')
            cost->declares = NO_NAMES;
        break;
    case LOOP_NAMES:
        if (token != NAME && token != ',')
            cost->declares = NO_NAMES;
        break;
    default:
        break;
    }
}

/* A token ends here; take_word tells names from keywords. */
static void
take(struct scl_parse_cost *cost, unsigned token)
{
    declare_on(cost, token);
    switch (token) {
    case INDEX_DOT:
        count_index(cost, 1);
        break;
    case '[':
        if (ends_value(cost->token))
            count_index(cost, 1);
        open_bracket(cost);
        break;
    case '(':
    case '{':
        open_bracket(cost);
        break;
    case ']':
    case ')':
    case '}':
        close_bracket(cost, token);
        break;
    case ',':
    case ';':
    case '=':
        *indexes(cost) = 0;
        break;
    case LABEL:
        *indexes(cost) = 0;
        count_jump(cost);
        break;
    default:
        break;
    }
    cost->token = (uint8_t)token;
}

static void
take_name(struct scl_parse_cost *cost)
{
    if (ends_value(cost->token))
        *indexes(cost) = 0;
    take(cost, NAME);
    if (cost->declares != NO_NAMES)
        cost->variables++;
    cost->steps += 1 + cost->variables / NAMES_PER_STEP;
}

static void
take_word(struct scl_parse_cost *cost)
{
    const struct keyword *keyword = find_keyword(cost);

    if (!keyword) {
        take_name(cost);
        return;
    }
    take(cost, KEYWORD);
    if (keyword->effect != CONTINUES && keyword->effect != LINKS)
        *indexes(cost) = 0;
    switch (keyword->effect) {
    case LINKS:
    case JUMPS:
        count_jump(cost);
        break;
    case DECLARES_LOCALS:
        cost->declares = LOCALS;
        break;
    case DECLARES_FUNCTION:
        cost->declares = FUNCTION_NAME;
        cost->variables += 2; /* one more place to look in, and perhaps a `self` */
        break;
    case DECLARES_LOOP:
        cost->declares = LOOP_NAMES;
        cost->variables += 3; /* Lua's own, which have names too */
        break;
    default:
        break;
    }
}

static bool
is_name_byte(char byte)
{
    return scl_is_alnum(byte) || byte == '_';
}

/* A byte outside of any token. */
static void
begin(struct scl_parse_cost *cost, char byte)
{
    if (scl_is_digit(byte)) {
        cost->state = IN_NUMBER;
    } else if (is_name_byte(byte)) {
        cost->state = IN_NAME;
        cost->word[0] = byte;
        cost->word_len = 1;
    } else if (byte == '"' || byte == '\'') {
        cost->state = IN_STRING;
        cost->quote = byte;
    } else if (byte == '-') {
        cost->state = AFTER_DASH;
    } else if (byte == '[') {
        cost->state = AFTER_BRACKET;
        cost->level = 0;
        cost->is_comment = false;
    } else if (byte == '.') {
        cost->state = AFTER_DOT;
        cost->dots = 1;
    } else if (byte == ':') {
        cost->state = AFTER_COLON;
    } else if (!scl_is_blank(byte)) {
        take(cost, (unsigned char)byte);
    }
}

static void
end_with(struct scl_parse_cost *cost, unsigned token)
{
    cost->state = PLAIN;
    take(cost, token);
}

/* In a name or number. True: the byte was taken. */
static bool
step_word(struct scl_parse_cost *cost, char byte)
{
    if (cost->state == IN_NAME) {
        if (is_name_byte(byte)) {
            if (cost->word_len < SCL_WORD_ROOM)
                cost->word[cost->word_len++] = byte;
            return true;
        }
        cost->state = PLAIN;
        take_word(cost);
        return false;
    }
    if (is_name_byte(byte) || byte == '.')
        return true;
    end_with(cost, LITERAL);
    return false;
}

static bool
step_string(struct scl_parse_cost *cost, char byte)
{
    if (cost->state == IN_ESCAPE) {
        cost->state = IN_STRING;
    } else if (byte == '\\') {
        cost->state = IN_ESCAPE;
    } else if (byte == cost->quote) {
        end_with(cost, LITERAL);
    }
    return true;
}

static bool
step_comment(struct scl_parse_cost *cost, char byte)
{
    if (cost->state == AFTER_DASH) {
        if (byte == '-') {
            cost->state = AFTER_DASHES;
            return true;
        }
        end_with(cost, '-');
        return false;
    }
    if (cost->state == AFTER_DASHES && byte == '[') {
        cost->state = AFTER_BRACKET;
        cost->level = 0;
        cost->is_comment = true;
        return true;
    }
    cost->state = byte == '\n' || byte == '\r' ? PLAIN : IN_LINE_COMMENT;
    return true;
}

static bool
step_bracket(struct scl_parse_cost *cost, char byte)
{
    if (byte == '=') {
        cost->level++;
        return true;
    }
    if (byte == '[') {
        cost->state = IN_LONG;
        return true;
    }
    if (cost->is_comment) {
        cost->state = byte == '\n' || byte == '\r' ? PLAIN : IN_LINE_COMMENT;
        return true;
    }
    end_with(cost, '[');
    return false;
}

static bool
step_long(struct scl_parse_cost *cost, char byte)
{
    if (cost->state == IN_LONG_CLOSING && byte == '=') {
        cost->closing++;
    } else if (byte == ']') {
        if (cost->state == IN_LONG_CLOSING && cost->closing == cost->level) {
            cost->state = PLAIN;
            if (!cost->is_comment)
                take(cost, LITERAL);
            return true;
        }
        cost->state = IN_LONG_CLOSING;
        cost->closing = 0;
    } else {
        cost->state = IN_LONG;
    }
    return true;
}

static bool
step_punctuation(struct scl_parse_cost *cost, char byte)
{
    if (cost->state == AFTER_COLON) {
        end_with(cost, byte == ':' ? LABEL : ':');
        return byte == ':';
    }
    if (byte == '.' && cost->dots < 3) {
        cost->dots++;
        return true;
    }
    if (cost->dots == 1 && scl_is_digit(byte)) {
        cost->state = IN_NUMBER;
        return true;
    }
    end_with(cost, cost->dots == 1 ? INDEX_DOT : cost->dots == 2 ? DOTS : LITERAL);
    return false;
}

static bool
step(struct scl_parse_cost *cost, char byte)
{
    switch (cost->state) {
    case IN_NAME:
    case IN_NUMBER:
        return step_word(cost, byte);
    case IN_STRING:
    case IN_ESCAPE:
        return step_string(cost, byte);
    case AFTER_DASH:
    case AFTER_DASHES:
    case IN_LINE_COMMENT:
        return step_comment(cost, byte);
    case AFTER_BRACKET:
        return step_bracket(cost, byte);
    case IN_LONG:
    case IN_LONG_CLOSING:
        return step_long(cost, byte);
    case AFTER_DOT:
    case AFTER_COLON:
        return step_punctuation(cost, byte);
    default:
        begin(cost, byte);
        return true;
    }
}

void
scl_parse_cost_feed(struct scl_parse_cost *cost, struct scl_str slice)
{
    cost->steps += 1 + slice.len / BYTES_PER_STEP;
    for (size_t i = 0; i < slice.len && !cost->indexes_too_often; i++) {
        while (!step(cost, slice.at[i]))
            continue;
        if (slice.at[i] == '\n')
            cost->line++;
    }
}
