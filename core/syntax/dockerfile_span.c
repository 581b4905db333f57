/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_span.c: from the joined text of an instruction back to the source
 */
#include "syntax/dockerfile_reader.h"

#include "syntax/expand_rune.h"

uint32_t
scl_docker_offset(const struct scl_docker_instruction *instruction, const char *at)
{
    return (uint32_t)(at - instruction->text.at);
}

struct scl_span
scl_docker_span(const struct scl_docker_instruction *instruction, uint32_t start, uint32_t end)
{
    const struct scl_piece *pieces = instruction->pieces;
    uint32_t count = instruction->piece_count, length = (uint32_t)instruction->text.len, from;

    if (count == 0)
        return instruction->span;
    start = start < length ? start : length;
    end = end < length ? end : length;
    start += instruction->logical;
    end += instruction->logical;
    from = scl_piece_raw(pieces, count, start);
    if (end <= start)
        return scl_span_between(from, from);
    return scl_span_between(from, scl_piece_raw(pieces, count, end - 1) + 1);
}

struct scl_span
scl_docker_slice_span(const struct scl_docker_instruction *instruction, struct scl_str slice)
{
    uintptr_t at = (uintptr_t)slice.at, text = (uintptr_t)instruction->text.at;
    uint32_t start;

    if (!slice.at || at < text || at - text > instruction->text.len ||
        slice.len > instruction->text.len - (at - text))
        return instruction->span;
    start = (uint32_t)(at - text);
    return scl_docker_span(instruction, start, start + (uint32_t)slice.len);
}

struct scl_str
scl_docker_comment_text(const struct scl_dockerfile *file, const struct scl_docker_comment *comment)
{
    struct scl_str text = scl_source_text(file->source, comment->span);
    uint32_t start = comment->span.offset;
    bool is_first = start == 0 || (start == 3 && file->source->text.at[0] == '\xef');

    if (is_first || file->source->text.at[start - 1] == '\n')
        text = scl_str_sub(text, 1, text.len);
    return scl_rune_trim(text);
}
