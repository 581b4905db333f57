/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.c: the text of one input, and where things are in it
 */
#include "base/source.h"

#include <string.h>

bool
scl_source_init(struct scl_source *source, struct scl_arena *arena, struct scl_str name,
                struct scl_str text)
{
    uint32_t count = 1, *lines;
    size_t at = 0;

    if (text.len && !text.at) /* a copy that there was no memory for */
        return false;
    for (const char *end = text.len ? memchr(text.at, '\n', text.len) : NULL; end; count++) {
        size_t next = (size_t)(end - text.at) + 1;

        end = next < text.len ? memchr(text.at + next, '\n', text.len - next) : NULL;
    }
    lines = scl_arena_array(arena, count, sizeof *lines);
    if (!lines)
        return false;
    for (uint32_t line = 1; line < count; line++) {
        const char *end = memchr(text.at + at, '\n', text.len - at);

        at = (size_t)(end - text.at) + 1;
        lines[line] = (uint32_t)at;
    }
    *source = (struct scl_source){ name, text, lines, count, false };
    return true;
}

struct scl_position
scl_source_locate(const struct scl_source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->line_count;

    if (offset > source->text.len)
        offset = (uint32_t)source->text.len;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (struct scl_position){ low + 1, offset - source->lines[low] + 1 };
}

struct scl_str
scl_source_line(const struct scl_source *source, uint32_t line)
{
    uint32_t start, end = (uint32_t)source->text.len;

    if (line == 0 || line > source->line_count)
        return scl_str_n("", 0);
    start = source->lines[line - 1];
    if (line < source->line_count)
        end = source->lines[line] - 1;
    if (end > start && line < source->line_count && source->text.at[end - 1] == '\r')
        end--;
    return scl_str_sub(source->text, start, end - start);
}

struct scl_str
scl_source_text(const struct scl_source *source, struct scl_span span)
{
    return scl_str_sub(source->text, span.offset, span.length);
}

struct scl_span
scl_span_between(uint32_t start, uint32_t end)
{
    return (struct scl_span){ start, end > start ? end - start : 0 };
}
