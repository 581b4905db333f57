/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_lines.c: physical lines, comments, and the logical lines that they make
 *
 * An instruction goes on past its line where that ends in exactly one escape character; blank lines
 * and comments in between are left out and end nothing. A line that stands alone is not copied:
 * its logical text is the source itself.
 */
#include "syntax/dockerfile_reader.h"

#include "base/utf8.h"
#include "syntax/expand_rune.h"

#include <string.h>

enum { LINE_BYTES = 65535, NODES = 4000000, MOST_ERRORS = 1000, SHOWN_BYTES = 60 };

/* ---- limits and notes ---- */

struct scl_str
scl_docker_shown(struct scl_str text)
{
    return scl_utf8_cut(text, SHOWN_BYTES);
}

struct scl_note *
scl_docker_bad(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
               struct scl_note *note)
{
    if (instruction)
        instruction->is_bad = true;
    if (!note)
        reader->is_over = true;
    else if (++reader->errors == MOST_ERRORS) {
        reader->is_over = reader->file->is_cut = true;
        scl_note_also(reader->notes, note, "the rest of the file is not read: it has %d errors",
                      MOST_ERRORS);
    }
    return note;
}

bool
scl_docker_count(struct scl_docker_reader *reader, uint32_t count, uint32_t offset)
{
    if (reader->is_over || reader->arena->failed || reader->scratch.failed) {
        reader->is_over = true;
        return false;
    }
    if (reader->nodes_left >= count) {
        reader->nodes_left -= count;
        return true;
    }
    reader->is_over = reader->file->is_cut = true;
    scl_docker_bad(reader, NULL,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR, (struct scl_span){ offset, 0 },
                                "more than the limit of %u nodes", reader->node_limit));
    return false;
}

void *
scl_docker_keep(struct scl_docker_reader *reader, const void *at, uint32_t count, size_t size)
{
    void *kept = count ? scl_arena_array(reader->arena, count, size) : NULL;

    if (kept)
        memcpy(kept, at, count * size);
    return kept;
}

/* ---- lines ---- */

bool
scl_docker_line_next(struct scl_docker_reader *reader, struct scl_docker_line *ret)
{
    const struct scl_source *source = reader->file->source;
    uint32_t limit = reader->line_limit, length;

    if (reader->is_over || reader->line >= source->line_count)
        return false;
    ret->start = source->lines[reader->line];
    ret->next = (uint32_t)source->text.len;
    if (ret->start == ret->next)
        return false;
    ret->end = ret->next;
    reader->line++;
    if (reader->line < source->line_count) {
        ret->next = source->lines[reader->line];
        ret->end = ret->next - 1;
    }
    ret->number = reader->line;
    length = ret->end - ret->start;
    if (length > limit) {
        reader->is_over = reader->file->is_cut = true;
        scl_docker_bad(reader, NULL,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                    (struct scl_span){ ret->start, 1 },
                                    "line of %u bytes, over the limit of %u", length, limit));
        return false;
    }
    while (ret->end > ret->start && reader->text.at[ret->end - 1] == '\r')
        ret->end--;
    if (ret->number == 1 && scl_str_starts(reader->text, SCL_S("\xef\xbb\xbf")))
        ret->start += 3;
    return true;
}

/* Cuts off the escape character that continues a line, and the blanks behind it. */
static bool
cut_continuation(struct scl_str *text, char escape)
{
    size_t end = text->len;

    while (end > 0 && (text->at[end - 1] == ' ' || text->at[end - 1] == '\t'))
        end--;
    if (end == 0 || text->at[end - 1] != escape || (end > 1 && text->at[end - 2] == escape))
        return false;
    text->len = end - 1;
    return true;
}

static void
add_comment(struct scl_docker_reader *reader, struct scl_str text, bool is_inside)
{
    uint32_t offset = (uint32_t)(text.at - reader->text.at);
    struct scl_docker_comment *comment;

    if (!scl_docker_count(reader, 1, offset))
        return;
    comment = scl_vec_push(reader->arena, &reader->file->comments);
    if (!comment)
        return;
    text = scl_rune_trim(text);
    comment->span = scl_span_between(offset, offset + (uint32_t)text.len);
    comment->is_inside = is_inside;
    if (!is_inside && scl_docker_comment_text(reader->file, comment).len == 0)
        reader->comment_first = reader->file->comments.count;
}

/* ---- instructions ---- */

static void
add_piece(struct scl_docker_reader *reader, struct scl_str text, uint32_t *logical)
{
    struct scl_piece *piece;

    if (text.len == 0)
        return;
    piece = scl_vec_push(&reader->scratch, &reader->pieces);
    if (!piece)
        return;
    piece->logical = *logical;
    piece->raw = (uint32_t)(text.at - reader->text.at);
    piece->length = (uint32_t)text.len;
    *logical += piece->length;
}

/* Reads the lines that continue `*line`; it becomes the last of them. */
static void
continue_line(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
              struct scl_docker_line *line, uint32_t *logical)
{
    bool goes_on = true;

    while (goes_on && scl_docker_line_next(reader, line)) {
        struct scl_str text = scl_docker_line_text(reader, line);
        struct scl_str trimmed = scl_rune_trim_left(text);

        instruction->last_line = line->number;
        if (trimmed.len == 0) {
            if (!instruction->empty_line)
                instruction->empty_line = line->number;
        } else if (trimmed.at[0] == '#') {
            add_comment(reader, trimmed, true);
        } else {
            goes_on = cut_continuation(&text, reader->file->escape);
            add_piece(reader, text, logical);
        }
    }
}

/* The logical text, a copy only where there is more than one piece. */
static bool
join_pieces(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
            uint32_t length)
{
    const struct scl_piece *pieces = reader->pieces.at;
    uint32_t count = reader->pieces.count;
    char *text;

    instruction->pieces = scl_docker_keep(reader, pieces, count, sizeof *pieces);
    instruction->piece_count = instruction->pieces ? count : 0;
    if (count == 1)
        instruction->text = scl_str_sub(reader->text, pieces[0].raw, length);
    if (count <= 1)
        return !reader->arena->failed;
    text = scl_arena_alloc(reader->arena, length);
    if (!text)
        return false;
    for (uint32_t i = 0; i < count; i++)
        memcpy(text + pieces[i].logical, reader->text.at + pieces[i].raw, pieces[i].length);
    instruction->text = scl_str_n(text, length);
    return true;
}

/* Lets it and its triggers reach to the last byte that was read for it. */
static void
close_span(struct scl_docker_instruction *instruction)
{
    struct scl_str all = scl_rune_trim(instruction->text);
    uint32_t end;

    if (all.len)
        instruction->span = scl_docker_slice_span(instruction, all);
    end = scl_span_end(instruction->span);
    for (uint32_t i = 0; i < instruction->heredoc_count; i++) {
        const struct scl_docker_heredoc *heredoc = &instruction->heredocs[i];
        uint32_t after = scl_span_end(heredoc->body);

        if (heredoc->terminator.length)
            after = scl_span_end(heredoc->terminator);
        if (after > end)
            end = after;
    }
    instruction->span = scl_span_between(instruction->span.offset, end);
    for (struct scl_docker_instruction *i = instruction->trigger; i; i = i->trigger) {
        i->last_line = instruction->last_line;
        i->span = scl_span_between(i->span.offset, end);
    }
}

static void
read_instruction(struct scl_docker_reader *reader, struct scl_docker_line *line)
{
    struct scl_str text = scl_rune_trim_left(scl_docker_line_text(reader, line));
    uint32_t start = (uint32_t)(text.at - reader->text.at), logical = 0;
    struct scl_docker_instruction *instruction;

    if (!scl_docker_count(reader, 1, start))
        return;
    instruction = scl_arena_alloc(reader->arena, sizeof *instruction);
    if (!instruction)
        return;
    instruction->span = scl_span_between(start, start + (uint32_t)text.len);
    instruction->first_line = instruction->last_line = line->number;
    instruction->comment_first = reader->comment_first;
    instruction->comment_count = reader->file->comments.count - reader->comment_first;
    reader->pieces.count = 0;
    instruction->text = SCL_S("");
    if (!cut_continuation(&text, reader->file->escape)) {
        add_piece(reader, text, &logical);
    } else {
        add_piece(reader, text, &logical);
        continue_line(reader, instruction, line, &logical);
    }
    if (!join_pieces(reader, instruction, logical))
        return;
    scl_docker_parse(reader, instruction);
    scl_docker_heredocs_read(reader, instruction, line);
    if (line->number > instruction->last_line)
        instruction->last_line = line->number;
    close_span(instruction);
    reader->comment_first = reader->file->comments.count;
    reader->file->count++;
    *reader->tail = instruction;
    reader->tail = &instruction->next;
}

/* ---- the whole ---- */

static void
read_lines(struct scl_docker_reader *reader)
{
    struct scl_docker_line line;

    while (scl_docker_line_next(reader, &line)) {
        struct scl_str text = scl_rune_trim_left(scl_docker_line_text(reader, &line));

        if (text.len && text.at[0] == '#') {
            if (!reader->in_directives || !scl_docker_directive_read(reader, text)) {
                reader->in_directives = false;
                add_comment(reader, text, false);
            }
            continue;
        }
        reader->in_directives = false;
        if (text.len)
            read_instruction(reader, &line);
    }
}

static void
note_nothing(struct scl_docker_reader *reader)
{
    bool is_blank = scl_rune_trim(reader->text).len == 0;
    struct scl_note *note = scl_note_add(reader->notes, SCL_NOTE_ERROR, (struct scl_span){ 0, 0 },
                                         "%s", is_blank ? "empty file" : "no instructions");

    if (scl_docker_bad(reader, NULL, note))
        note->has_place = !is_blank;
}

bool
scl_dockerfile_read(struct scl_arena *arena, const struct scl_source *source,
                    const struct scl_docker_limits *limits, struct scl_notes *notes,
                    struct scl_dockerfile *ret)
{
    struct scl_docker_reader reader = {
        .arena = arena,
        .notes = notes,
        .file = ret,
        .text = source->text,
        .line_limit = limits && limits->line_bytes ? limits->line_bytes : LINE_BYTES,
        .node_limit = limits && limits->nodes ? limits->nodes : NODES,
        .in_directives = true,
        .tail = &ret->first,
    };
    bool ok;

    *ret = (struct scl_dockerfile){ .source = source, .escape = '\\' };
    reader.nodes_left = reader.node_limit;
    scl_arena_init(&reader.scratch);
    scl_docker_directive_detect(&reader);
    read_lines(&reader);
    if (ret->count == 0 && reader.errors == 0)
        note_nothing(&reader);
    ok = !arena->failed && !reader.scratch.failed && !notes->arena->failed;
    scl_arena_finish(&reader.scratch);
    return ok;
}
