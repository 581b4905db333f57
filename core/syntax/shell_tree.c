/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_tree.c: reading the tree
 */
#include "syntax/shell_parser.h"

/* The place of an offset by the last piece that begins at or before it. */
static uint32_t
locate_in(const struct scl_piece *pieces, uint32_t count, uint32_t logical, uint32_t *ret_run)
{
    uint32_t low = 0, high = count, delta;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (pieces[middle].logical <= logical)
            low = middle;
        else
            high = middle;
    }
    delta = logical > pieces[low].logical ? logical - pieces[low].logical : 0;
    if (delta > pieces[low].length)
        delta = pieces[low].length;
    *ret_run = pieces[low].length - delta;
    return pieces[low].raw + delta;
}

uint32_t
scl_shell_locate(const struct scl_shell *shell, uint32_t logical, uint32_t *ret_run)
{
    uint32_t length = shell->segment_count ? (uint32_t)shell->segments[0].text.len : 0;

    if (logical > length && shell->piece_count)
        return locate_in(shell->pieces, shell->piece_count, logical, ret_run);
    if (shell->map.count)
        return locate_in(shell->map.pieces, shell->map.count, logical + shell->map.start, ret_run);
    *ret_run = logical < length ? length - logical : 0;
    return logical;
}

/* The text from a logical offset on. */
static struct scl_str
text_at(const struct scl_shell *shell, uint32_t logical, uint32_t length)
{
    uint32_t low = 0, high = shell->segment_count;

    if (logical & SCL_SHELL_BUILT)
        return scl_str_sub(shell->built, logical & ~SCL_SHELL_BUILT, length);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (shell->segments[middle].start <= logical)
            low = middle;
        else
            high = middle;
    }
    return scl_str_sub(shell->segments[low].text, logical - shell->segments[low].start, length);
}

struct scl_str
scl_shell_slice(const struct scl_shell *shell, uint32_t node)
{
    return text_at(shell, shell->nodes[node].offset, shell->nodes[node].length);
}

static struct scl_span
span_between(const struct scl_shell *shell, uint32_t start, uint32_t end)
{
    uint32_t run, from = scl_shell_locate(shell, start, &run);

    if (end <= start)
        return (struct scl_span){ from, 0 };
    return scl_span_between(from, scl_shell_locate(shell, end - 1, &run) + 1);
}

struct scl_span
scl_shell_span(const struct scl_shell *shell, uint32_t node)
{
    return scl_shell_span_of(shell, node, node);
}

struct scl_span
scl_shell_span_of(const struct scl_shell *shell, uint32_t first, uint32_t last)
{
    return span_between(shell, shell->nodes[first].offset,
                        shell->nodes[last].offset + shell->nodes[last].length);
}

uint32_t
scl_shell_child(const struct scl_shell *shell, uint32_t node, uint32_t after,
                enum scl_shell_kind kind)
{
    uint32_t child = after ? shell->nodes[after].end : node + 1;

    while (child < shell->nodes[node].end && shell->nodes[child].kind != kind)
        child = shell->nodes[child].end;
    return child < shell->nodes[node].end ? child : 0;
}

struct scl_str
scl_shell_text(const struct scl_shell *shell, uint32_t word)
{
    return text_at(shell, shell->nodes[word].a, shell->nodes[word].b);
}

bool
scl_shell_is_static(const struct scl_shell *shell, uint32_t word)
{
    return shell->nodes[word].flags & SCL_SHELL_IS_STATIC;
}

struct scl_str
scl_shell_name(const struct scl_shell *shell, uint32_t node)
{
    return text_at(shell, shell->nodes[node].a, shell->nodes[node].b);
}

uint32_t
scl_shell_value(const struct scl_shell *shell, uint32_t assignment)
{
    uint32_t word = scl_shell_child(shell, assignment, 0, SCL_SHELL_WORD);

    if (word && shell->nodes[word].detail == SCL_SHELL_SUBSCRIPT)
        word = scl_shell_child(shell, assignment, word, SCL_SHELL_WORD);
    return word;
}

uint32_t
scl_shell_link(const struct scl_shell *shell, uint32_t node)
{
    return shell->nodes[node].a;
}

uint32_t
scl_shell_descriptor(const struct scl_shell *shell, uint32_t redirection)
{
    static const uint8_t defaults[] = {
        [SCL_SHELL_READ] = 0,        [SCL_SHELL_WRITE] = 1,      [SCL_SHELL_APPEND] = 1,
        [SCL_SHELL_CLOBBER] = 1,     [SCL_SHELL_READ_WRITE] = 0, [SCL_SHELL_DUP_READ] = 0,
        [SCL_SHELL_DUP_WRITE] = 1,   [SCL_SHELL_HERE] = 0,       [SCL_SHELL_HERE_TABS] = 0,
        [SCL_SHELL_HERE_STRING] = 0, [SCL_SHELL_WRITE_BOTH] = 1, [SCL_SHELL_APPEND_BOTH] = 1,
    };
    const struct scl_shell_node *node = &shell->nodes[redirection];

    /* `b` is the written one plus 1, 0 where none is written */
    if (node->b == UINT32_MAX)
        return UINT32_MAX;
    return node->b ? node->b - 1 : defaults[node->detail];
}

uint32_t
scl_shell_variable(const struct scl_shell *shell, uint32_t word, uint32_t after)
{
    uint32_t node = (after ? after : word) + 1;

    while (node < shell->nodes[word].end) {
        switch (shell->nodes[node].kind) {
        case SCL_SHELL_PARAMETER:
            return node;
        case SCL_SHELL_COMMAND:
        case SCL_SHELL_PROCESS_IN:
        case SCL_SHELL_PROCESS_OUT:
            node = shell->nodes[node].end;
            break;
        default:
            node++;
        }
    }
    return 0;
}
