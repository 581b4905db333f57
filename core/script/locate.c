/* SPDX-License-Identifier: Apache-2.0 */
/*
 * locate.c: where things stand in the text of a policy
 *
 * Lua tells a line at most, and nothing of the keys of a table. A scan over the tokens of the file,
 * comments and strings taken as such, finds the first `key =` and the value behind it.
 */
#include "script/locate.h"

struct token {
    size_t start, end;
    char kind; /* 'n' name, 's' string, or the byte itself */
};

static size_t
long_bracket(struct scl_str text, size_t at)
{
    size_t level = 0, i = at + 1;

    while (i < text.len && text.at[i] == '=')
        i++, level++;
    if (i >= text.len || text.at[i] != '[')
        return 0;
    for (i++; i < text.len; i++) {
        size_t j = i + 1, equals = 0;

        if (text.at[i] != ']')
            continue;
        while (j < text.len && text.at[j] == '=')
            j++, equals++;
        if (equals == level && j < text.len && text.at[j] == ']')
            return j + 1;
    }
    return text.len;
}

static size_t
line_end(struct scl_str text, size_t at)
{
    while (at < text.len && text.at[at] != '\n')
        at++;
    return at;
}

static size_t
string_end(struct scl_str text, size_t at)
{
    char quote = text.at[at++];

    while (at < text.len && text.at[at] != quote && text.at[at] != '\n')
        at += text.at[at] == '\\' ? 2 : 1;
    return at < text.len ? at + 1 : text.len;
}

static size_t
skip_blanks(struct scl_str text, size_t at)
{
    while (at < text.len) {
        if (scl_is_blank(text.at[at])) {
            at++;
        } else if (text.at[at] == '-' && at + 1 < text.len && text.at[at + 1] == '-') {
            size_t end =
                at + 2 < text.len && text.at[at + 2] == '[' ? long_bracket(text, at + 2) : 0;

            at = end ? end : line_end(text, at);
        } else {
            break;
        }
    }
    return at;
}

static bool
next_token(struct scl_str text, size_t at, struct token *ret)
{
    size_t end;

    at = skip_blanks(text, at);
    if (at >= text.len)
        return false;
    end = at + 1;
    ret->kind = text.at[at];
    if (text.at[at] == '"' || text.at[at] == '\'') {
        end = string_end(text, at);
        ret->kind = 's';
    } else if (text.at[at] == '[' && long_bracket(text, at)) {
        end = long_bracket(text, at);
        ret->kind = 's';
    } else if (scl_is_alnum(text.at[at]) || text.at[at] == '_') {
        while (end < text.len && (scl_is_alnum(text.at[end]) || text.at[end] == '_'))
            end++;
        ret->kind = 'n';
    }
    ret->start = at;
    ret->end = end;
    return true;
}

struct scl_span
scl_policy_find_key(struct scl_str source, struct scl_str key, bool of_value)
{
    struct token token, equals, value;
    size_t at = 0;

    while (next_token(source, at, &token)) {
        at = token.end;
        if (token.kind != 'n' ||
            !scl_str_same(scl_str_sub(source, token.start, token.end - token.start), key) ||
            !next_token(source, at, &equals) || equals.kind != '=' ||
            (equals.end < source.len && source.at[equals.end] == '='))
            continue;
        if (!of_value || !next_token(source, equals.end, &value))
            return scl_span_between((uint32_t)token.start, (uint32_t)token.end);
        return scl_span_between((uint32_t)value.start, (uint32_t)value.end);
    }
    return scl_span_between(0, 0);
}

struct scl_span
scl_policy_find_word(const struct scl_source *source, uint32_t line, struct scl_str word)
{
    struct scl_str text = scl_source_line(source, line);
    uint32_t start = (uint32_t)(text.at - source->text.at);
    size_t at = word.len ? scl_str_find(text, word) : SIZE_MAX, indent = 0;

    if (!text.len)
        return scl_span_between(line ? source->lines[line <= source->line_count ? line - 1 : 0] : 0,
                                0);
    if (at != SIZE_MAX)
        return scl_span_between(start + (uint32_t)at, start + (uint32_t)(at + word.len));
    while (indent < text.len && scl_is_blank(text.at[indent]))
        indent++;
    return scl_span_between(start + (uint32_t)indent, start + (uint32_t)text.len);
}

struct scl_span
scl_policy_find_quoted(const struct scl_source *source, uint32_t line, struct scl_str message)
{
    struct scl_str rest = message, before, word = { "", 0 };

    if (scl_str_find_char(message, '\'') != SIZE_MAX && scl_str_cut(&rest, '\'', &before) &&
        !scl_str_cut(&rest, '\'', &word))
        word = scl_str_n("", 0);
    return scl_policy_find_word(source, line, word);
}
