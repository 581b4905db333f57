/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_text.c: texts of words
 *
 * The text of a word is what its parts give, one behind the other: quotes removed, escapes undone,
 * references as written. Where that is one slice of what was read, the word points at it; else the
 * text is built. All of it is a walk over the parts in a row, without recursion: what a reference
 * holds is not looked into.
 */
#include "syntax/shell_parser.h"

#include "base/utf8.h"

#include <string.h>

/* What one part gives: a logical slice, or bytes that an escape in $'...' stands for. */
struct share {
    uint32_t offset, length;
    char bytes[4];
    bool is_decoded, is_quoted, is_static;
};

struct shares {
    const struct scl_shell_node *nodes;
    const struct scl_shell_parser *parser;
    uint32_t at, end, quoted_end, ansi_end;
};

static struct shares
shares_of(const struct scl_shell_parser *parser, uint32_t word)
{
    uint32_t end = parser->nodes.at[word].end;

    return (struct shares){ parser->nodes.at, parser, word + 1, end ? end : parser->nodes.count,
                            0, 0 };
}

static uint32_t
number(struct scl_str digits, unsigned base)
{
    uint32_t value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        char c = scl_lower(digits.at[i]);
        unsigned digit = scl_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;

        value = value * base + digit;
    }
    return value;
}

/* The bytes of an escape of $'...', `text` behind its backslash, into `share`. */
static void
decode(struct scl_str text, struct share *share)
{
    static const char letters[] = "abeEfnrtv", values[] = "\a\b\033\033\f\n\r\t\v";
    const char *letter = text.at[0] ? strchr(letters, text.at[0]) : NULL;
    uint32_t code = number(scl_str_sub(text, 1, 8), 16);
    const struct share as_written = { share->offset - 1, share->length + 1, { 0 },
                                      false,             true,              true };

    share->is_decoded = true;
    share->length = 1;
    if (letter)
        share->bytes[0] = values[letter - letters];
    else if ((text.at[0] == 'u' || text.at[0] == 'U') && text.len > 1 && code <= 0x10ffff)
        share->length = (uint32_t)scl_utf8_encode(code, share->bytes);
    else if (text.at[0] == 'x' && text.len > 1)
        share->bytes[0] = (char)code;
    else if (text.at[0] == 'c' && text.len > 1)
        share->bytes[0] = (char)(text.at[1] & 0x1f);
    else if (text.at[0] >= '0' && text.at[0] <= '7')
        share->bytes[0] = (char)number(text, 8);
    else if (strchr("\\'\"?", text.at[0]) && text.at[0])
        share->is_decoded = false;
    else
        *share = as_written;
}

static bool
next_share(struct shares *shares, struct share *ret)
{
    while (shares->at < shares->end) {
        uint32_t id = shares->at++;
        const struct scl_shell_node *node = &shares->nodes[id];
        bool quoted = id < shares->quoted_end;

        *ret = (struct share){ node->offset, node->length, { 0 }, false, quoted, true };
        switch (node->kind) {
        case SCL_SHELL_ANSI:
            shares->ansi_end = node->end;
            shares->quoted_end = node->end;
            continue;
        case SCL_SHELL_DOUBLE:
            shares->quoted_end = node->end;
            continue;
        case SCL_SHELL_LITERAL:
            return true;
        case SCL_SHELL_SINGLE:
            ret->offset++;
            ret->length = node->length > 2 ? node->length - 2 : 0;
            ret->is_quoted = true;
            return true;
        case SCL_SHELL_ESCAPE:
            ret->offset++;
            ret->length--;
            ret->is_quoted = true;
            if (id < shares->ansi_end)
                decode(scl_shell_between(shares->parser, ret->offset, ret->offset + ret->length),
                       ret);
            return true;
        default:
            shares->at = node->end;
            ret->is_static = false;
            return true;
        }
    }
    return false;
}

/* What unquoted characters of a word may be expanded by, seen one after the other. */
struct marks {
    bool bracket, brace, comma;
    char before;
    unsigned flags;
};

static void
mark(struct marks *marks, struct scl_str text)
{
    for (size_t i = 0; i < text.len; marks->before = text.at[i++]) {
        switch (text.at[i]) {
        case '*':
        case '?':
        case '(':
            marks->flags |= SCL_SHELL_HAS_GLOB;
            break;
        case '[':
            marks->bracket = true;
            break;
        case ']':
            marks->flags |= marks->bracket ? SCL_SHELL_HAS_GLOB : 0;
            break;
        case '{':
            marks->brace = true;
            marks->comma = false;
            break;
        case ',':
            marks->comma = true;
            break;
        case '.':
            marks->comma |= marks->before == '.';
            break;
        case '}':
            marks->flags |= marks->brace && marks->comma ? SCL_SHELL_HAS_BRACE : 0;
            break;
        default:
            break;
        }
    }
}

static void
build(struct scl_shell_parser *parser, struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char *byte = scl_vec_push(&parser->scratch, &parser->built);

        if (!byte)
            return;
        *byte = text.at[i];
    }
}

/* The text so far: a slice, or what was built from `start` on. */
struct sum {
    uint32_t offset, length, start;
    bool is_built;
};

static void
add_share(struct scl_shell_parser *parser, struct sum *sum, const struct share *share,
          bool keeps_text)
{
    if (!sum->is_built && !share->is_decoded &&
        (!sum->length || sum->offset + sum->length == share->offset)) {
        if (!sum->length)
            sum->offset = share->offset;
        sum->length += share->length;
        return;
    }
    if (!sum->is_built && keeps_text)
        build(parser, scl_shell_between(parser, sum->offset, sum->offset + sum->length));
    sum->is_built = true;
    if (!keeps_text)
        return;
    build(parser, share->is_decoded
                      ? scl_str_n(share->bytes, share->length)
                      : scl_shell_between(parser, share->offset, share->offset + share->length));
}

/* The word is one run of characters: its part tells nothing that it does not. */
static void
finish_plain(struct scl_shell_parser *parser, uint32_t word)
{
    const struct scl_shell_node part = parser->nodes.at[word + 1];
    struct scl_shell_node *node = &parser->nodes.at[word];
    struct marks marks = { 0 };
    struct scl_str text = scl_shell_between(parser, part.offset, part.offset + part.length);

    mark(&marks, text);
    if (text.at[0] == '~')
        marks.flags |= SCL_SHELL_HAS_TILDE;
    node->a = part.offset;
    node->b = part.length;
    node->flags = (uint16_t)(node->flags | marks.flags | SCL_SHELL_IS_STATIC);
    parser->nodes.count--;
}

/* Sets text and flags of a word whose parts are all read; without `keeps_text`, what is not one
 * slice stays as it is written. */
void
scl_shell_finish_word(struct scl_shell_parser *parser, uint32_t word, bool keeps_text)
{
    const struct scl_shell_cursor *cursor = &parser->cursor;
    struct scl_shell_node *node;
    struct shares shares;
    struct share share;
    struct marks marks = { 0 };
    struct sum sum = { 0 };
    bool is_first = true, is_static = true;

    if (word == UINT32_MAX || cursor->stopped)
        return;
    if (parser->nodes.count == word + 2 && parser->nodes.at[word + 1].kind == SCL_SHELL_LITERAL) {
        finish_plain(parser, word);
        return;
    }
    sum.offset = cursor->base + cursor->pos;
    sum.start = parser->built.count;
    for (shares = shares_of(parser, word); next_share(&shares, &share); is_first = false) {
        if (share.is_quoted && share.is_static)
            marks.flags |= SCL_SHELL_HAS_QUOTES;
        else if (share.is_static && !share.is_quoted)
            mark(&marks, scl_shell_between(parser, share.offset, share.offset + share.length));
        if (is_first && share.is_static && !share.is_quoted &&
            scl_shell_between(parser, share.offset, share.offset + 1).at[0] == '~')
            marks.flags |= SCL_SHELL_HAS_TILDE;
        is_static = is_static && share.is_static;
        if (share.length)
            add_share(parser, &sum, &share, keeps_text);
    }
    node = &parser->nodes.at[word];
    if (shares.quoted_end)
        marks.flags |= SCL_SHELL_HAS_QUOTES;
    node->flags = (uint16_t)(node->flags | marks.flags | (is_static ? SCL_SHELL_IS_STATIC : 0));
    node->a = sum.is_built ? sum.start | SCL_SHELL_BUILT : sum.offset;
    node->b = sum.is_built ? parser->built.count - sum.start : sum.length;
    if (sum.is_built && !keeps_text) {
        node->a = node->offset;
        node->b = cursor->base + cursor->pos - node->offset;
    }
}

uint32_t
scl_shell_next_segment(const struct scl_shell_parser *parser)
{
    const struct scl_shell_segment *last;

    if (!parser->segments.count)
        return 0;
    last = &parser->segments.at[parser->segments.count - 1];
    return last->start + (uint32_t)last->text.len + 1;
}

/* The places of `length` bytes at `logical`, which stand for those from `from` on. */
void
scl_shell_add_pieces(struct scl_shell_parser *parser, uint32_t logical, uint32_t from,
                     uint32_t length)
{
    while (length) {
        struct scl_piece *piece = scl_vec_push(&parser->scratch, &parser->pieces);
        uint32_t run, raw = scl_shell_locate(parser->shell, from, &run);

        if (!piece)
            return;
        if (run > length || run == 0)
            run = length;
        *piece = (struct scl_piece){ logical, raw, run };
        logical += run;
        from += run;
        length -= run;
    }
}

bool
scl_shell_add_segment(struct scl_shell_parser *parser, struct scl_str text,
                      struct scl_shell_cursor *ret)
{
    uint32_t start = scl_shell_next_segment(parser);
    struct scl_shell_segment *segment;

    if (text.len >= SCL_SHELL_BUILT - start) {
        scl_shell_stop(parser, parser->cursor.pos, "more text than there is room for");
        return false;
    }
    segment = scl_vec_push(&parser->scratch, &parser->segments);
    if (!segment)
        return false;
    *segment = (struct scl_shell_segment){ start, text };
    parser->shell->segments = parser->segments.at;
    parser->shell->segment_count = parser->segments.count;
    parser->shell->pieces = parser->pieces.at;
    parser->shell->piece_count = parser->pieces.count;
    *ret = (struct scl_shell_cursor){ text.at, start, 0, (uint32_t)text.len, 0, false };
    return true;
}

/* The segment of an offset, as a cursor that looks at it. */
static struct scl_shell_cursor
cursor_at(const struct scl_shell_parser *parser, uint32_t logical)
{
    uint32_t low = 0, high = parser->segments.count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (parser->segments.at[middle].start <= logical)
            low = middle;
        else
            high = middle;
    }
    return (struct scl_shell_cursor){ parser->segments.at[low].text.at,
                                      parser->segments.at[low].start, 0, 0, 0, false };
}

bool
scl_shell_text_cursor(struct scl_shell_parser *parser, uint32_t word,
                      struct scl_shell_cursor *ret)
{
    const struct scl_shell_node *node = &parser->nodes.at[word];
    struct scl_shell_cursor saved = parser->cursor;
    struct shares shares;
    struct share share;
    uint32_t logical;
    char *copy;

    *ret = cursor_at(parser, node->a & SCL_SHELL_BUILT ? node->offset : node->a);
    if (!(node->a & SCL_SHELL_BUILT)) {
        ret->pos = node->a - ret->base;
        ret->end = ret->pos + node->b;
        return true;
    }
    copy = scl_arena_copy(parser->arena, parser->built.at + (node->a & ~SCL_SHELL_BUILT), node->b);
    if (!copy)
        return false;
    logical = scl_shell_next_segment(parser);
    parser->cursor = *ret;
    for (shares = shares_of(parser, word); next_share(&shares, &share);) {
        scl_shell_add_pieces(parser, logical, share.offset, share.length);
        logical += share.length;
    }
    parser->cursor = saved;
    return scl_shell_add_segment(parser, scl_str_n(copy, node->b), ret);
}
