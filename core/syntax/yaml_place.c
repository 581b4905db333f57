/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_place.c: from libyaml's marks to bytes, and what lies between them
 *
 * A mark counts characters behind the byte-order mark. Marks come in the order of the text but for
 * a few steps back, so one cursor that goes both ways maps them all.
 *
 * Between the scalars of a document stand only indicators, tags, anchors, aliases and directives,
 * none of which can hold a `#`, so what begins with one there is a comment.
 */
#include "syntax/yaml_reader.h"

static unsigned char
byte_at(const struct scl_yaml_reader *r, uint32_t at)
{
    return at < r->text.len ? (unsigned char)r->text.at[at] : 0;
}

uint32_t
scl_yaml_break_at(const struct scl_yaml_reader *r, uint32_t at)
{
    unsigned char byte = byte_at(r, at), next;

    if (byte == '\n')
        return 1;
    if (byte < 0x80 && byte != '\r')
        return 0;
    next = byte_at(r, at + 1);
    if (byte == '\r')
        return next == '\n' ? 2 : 1;
    if (byte == 0xc2 && next == 0x85) /* U+0085, next line */
        return 2;
    if (byte == 0xe2 && next == 0x80 && (byte_at(r, at + 2) & 0xfe) == 0xa8)
        return 3; /* U+2028 and U+2029, line and paragraph separator */
    return 0;
}

static bool
is_inner(const struct scl_yaml_reader *r, uint32_t at)
{
    return (byte_at(r, at) & 0xc0) == 0x80;
}

uint32_t
scl_yaml_offset(struct scl_yaml_reader *r, size_t index)
{
    while (r->index < index && r->at < r->text.len) {
        r->index++;
        r->at++;
        while (is_inner(r, r->at))
            r->at++;
    }
    while (r->index > index && r->at > r->first) {
        r->index--;
        r->at--;
        while (r->at > r->first && is_inner(r, r->at))
            r->at--;
    }
    return r->at;
}

static bool
is_blank(unsigned char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The end of a comment. */
static uint32_t
line_end(const struct scl_yaml_reader *r, uint32_t at, uint32_t end)
{
    while (at < end && !scl_yaml_break_at(r, at))
        at++;
    return at;
}

/* The end of the tag or anchor at `at`. */
static uint32_t
property_end(const struct scl_yaml_reader *r, uint32_t at, uint32_t end)
{
    bool is_verbatim = byte_at(r, at) == '!' && byte_at(r, at + 1) == '<';

    for (; at < end; at++) {
        unsigned char byte = byte_at(r, at);

        if (is_verbatim && byte == '>')
            return at + 1;
        if (!is_verbatim && (is_blank(byte) || byte == ',' || scl_yaml_break_at(r, at)))
            break;
    }
    return at;
}

uint32_t
scl_yaml_skip_properties(const struct scl_yaml_reader *r, uint32_t at, uint32_t end,
                         struct scl_yaml_properties *ret)
{
    *ret = (struct scl_yaml_properties){ .end = at };
    while (at < end) {
        unsigned char byte = byte_at(r, at);
        uint32_t start = at, length = scl_yaml_break_at(r, at);

        if (byte == '&' || byte == '!') {
            at = ret->end = property_end(r, at, end);
            if (byte == '!')
                ret->tag = scl_span_between(start, at);
        } else if (byte == '#') {
            at = line_end(r, at, end);
        } else if (is_blank(byte) || length) {
            at += length ? length : 1;
        } else {
            return at;
        }
    }
    return end;
}

/* A block scalar: up to the end of its last line that is not blank; of one without such a line its
 * indicators alone. */
static uint32_t
block_end(const struct scl_yaml_reader *r, uint32_t start, uint32_t end)
{
    uint32_t header = line_end(r, start, end), at = end;

    while (at > header && is_blank(byte_at(r, at - 1)))
        at--;
    if (at > header)
        return line_end(r, at, end);
    at = start + 1;
    while (at < end && (byte_at(r, at) == '+' || byte_at(r, at) == '-' ||
                        scl_is_digit((char)byte_at(r, at))))
        at++;
    return at;
}

uint32_t
scl_yaml_scalar_end(const struct scl_yaml_reader *r, enum scl_tree_style style, uint32_t start,
                    uint32_t end)
{
    if (style == SCL_TREE_LITERAL || style == SCL_TREE_FOLDED)
        return block_end(r, start, end);
    if (style == SCL_TREE_PLAIN)
        while (end > start && is_blank(byte_at(r, end - 1)))
            end--;
    return end;
}

uint32_t
scl_yaml_empty_place(const struct scl_yaml_reader *r, uint32_t at)
{
    for (uint32_t left = r->yaml->comments.count;; left--) {
        while (at > r->last && is_blank(byte_at(r, at - 1)))
            at--;
        if (left == 0 || at <= r->last ||
            scl_span_end(r->yaml->comments.at[left - 1].span) != at)
            return at;
        at = r->yaml->comments.at[left - 1].span.offset;
    }
}

static void
add_comment(struct scl_yaml_reader *r, uint32_t at, uint32_t end)
{
    struct scl_yaml_comment *comment = scl_vec_push(r->arena, &r->yaml->comments);
    uint32_t before = at;

    if (!comment)
        return;
    while (before > r->first && (byte_at(r, before - 1) == ' ' || byte_at(r, before - 1) == '\t'))
        before--;
    comment->span = scl_span_between(at, end);
    comment->is_alone = before == r->first || byte_at(r, before - 1) == '\n' ||
                        byte_at(r, before - 1) == '\r';
}

void
scl_yaml_take_comments(struct scl_yaml_reader *r, uint32_t end)
{
    while (r->gap < end) {
        const char *from = r->text.at + r->gap, *mark = memchr(from, '#', end - r->gap);
        uint32_t at;

        if (!mark)
            break;
        at = r->gap + (uint32_t)(mark - from);
        r->gap = line_end(r, at, end);
        add_comment(r, at, r->gap);
    }
    if (r->gap < end)
        r->gap = end;
}
