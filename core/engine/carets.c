/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carets.c: the places that examples expect findings at
 */
#include "engine/carets.h"

#include <string.h>

/* `   ^^^^ part of the message`: where the carets begin, or SIZE_MAX for another line. */
static size_t
caret_start(struct scl_str line)
{
    size_t at = 0;

    while (at < line.len && line.at[at] == ' ')
        at++;
    return at < line.len && line.at[at] == '^' ? at : SIZE_MAX;
}

bool
scl_carets_take(struct scl_carets *carets, struct scl_arena *arena,
                const struct scl_example_file *file, struct scl_str *ret_text)
{
    char *kept = scl_arena_copy(arena, file->text.at, file->text.len);
    size_t length = 0;
    uint32_t line_number = 0;
    struct scl_str rest = file->text, line;

    if (!kept)
        return false;
    while (scl_str_cut(&rest, '\n', &line)) {
        size_t start = caret_start(line), end = start;
        struct scl_caret *caret;

        if (start == SIZE_MAX || line_number == 0) {
            memcpy(kept + length, line.at ? line.at : "", line.len);
            length += line.len;
            if (rest.at)
                kept[length++] = '\n';
            line_number++;
            continue;
        }
        while (end < line.len && line.at[end] == '^')
            end++;
        caret = scl_vec_push(arena, &carets->list);
        if (!caret)
            return false;
        *caret = (struct scl_caret){ file->name, line_number, (uint32_t)start + 1,
                                     (uint32_t)end + 1,
                                     scl_str_trim(scl_str_sub(line, end, line.len)) };
    }
    *ret_text = scl_str_n(kept, length);
    return true;
}

bool
scl_caret_is_met(const struct scl_caret *caret, const struct scantling_report *report)
{
    for (uint32_t i = 0; i < report->findings.count; i++) {
        const struct scl_finding *f = &report->findings.at[i];
        const struct scl_place *place = &f->place;
        uint32_t end = place->end.column;

        if (f->verdict != SCANTLING_VERDICT_FAIL || !scl_str_same(place->path, caret->path) ||
            place->start.line != caret->line || place->start.column != caret->column)
            continue;
        if (place->end.line > place->start.line)
            end = (uint32_t)scl_source_line(place->source, place->start.line).len + 1;
        if (end == caret->end_column &&
            (!caret->message.len || scl_str_find(f->message, caret->message) != SIZE_MAX))
            return true;
    }
    return false;
}
