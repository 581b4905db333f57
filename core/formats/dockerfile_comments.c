/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_comments.c: comments, and what they stand above
 *
 * A comment belongs to the instruction that comes next, however many comments and empty lines lie
 * between; within a continuation to the one that it stands in. Above a FROM it also belongs to
 * the stage that begins there. Comments and instructions are both in the order of the file, so one
 * walk over both finds them all.
 */
#include "formats/dockerfile_lower.h"

/* Without its mark, which an indented comment has as well. */
static struct scl_span
text_span(const struct scl_source *source, struct scl_span span)
{
    struct scl_str text = scl_str_trim(scl_source_text(source, span));
    uint32_t start;

    if (text.len && text.at[0] == '#')
        text = scl_str_trim(scl_str_sub(text, 1, text.len));
    if (!text.len)
        return (struct scl_span){ span.offset, 0 };
    start = (uint32_t)(text.at - source->text.at);
    return scl_span_between(start, start + (uint32_t)text.len);
}

static struct scl_comment *
add_comment(struct scl_lowering *l, struct scl_span span)
{
    struct scl_comment *comment = scl_vec_push(&l->d->arena, &l->d->comments);

    if (comment) {
        comment->span = span;
        comment->text = text_span(l->file.source, span);
    }
    return comment;
}

/* The line of `# check=`, which the reader keeps apart from the comments. */
static void
add_directive(struct scl_lowering *l)
{
    const struct scl_source *source = l->file.source;
    struct scl_span value = l->file.check.span;
    struct scl_comment *comment;
    uint32_t start = value.offset;

    if (!value.length)
        return;
    while (start > 0 && source->text.at[start] != '#' && source->text.at[start] != '\n')
        start--;
    comment = add_comment(l, scl_span_between(start, scl_span_end(value)));
    if (comment)
        comment->is_directive = true;
}

/* From a FROM to the next one, or the end of the file. */
static struct scl_span
stage_span(const struct scl_lowering *l, const struct scl_docker_instruction *from)
{
    const struct scl_docker_instruction *end = from->next;

    while (end && end->kind != SCL_DOCKER_FROM)
        end = end->next;
    return scl_span_between(from->span.offset,
                            end ? end->span.offset : (uint32_t)l->file.source->text.len);
}

void
scl_comments_lower(struct scl_lowering *l)
{
    const struct scl_docker_instruction *next = l->file.first;
    const struct scl_docker_instruction *staged = NULL;
    struct scl_span stage = { 0, 0 };

    add_directive(l);
    for (uint32_t i = 0; i < l->file.comments.count; i++) {
        struct scl_span span = l->file.comments.at[i].span;
        struct scl_comment *comment = add_comment(l, span);

        while (next && scl_span_end(next->span) <= span.offset)
            next = next->next;
        if (!comment || !next)
            continue;
        comment->next = next->span;
        if (next->kind != SCL_DOCKER_FROM || next->span.offset < span.offset)
            continue;
        if (next != staged)
            stage = stage_span(l, next);
        staged = next;
        comment->stage = stage;
    }
}

/* Within continuations: what a here-document says is its own. */
static void
add_blank_lines(struct scl_lowering *l, const struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    const struct scl_source *source = l->file.source;
    uint32_t last = from->last_line;

    if (from->heredoc_count && from->heredocs[0].body.length)
        last = scl_source_locate(source, from->heredocs[0].body.offset).line - 1;
    for (uint32_t line = from->empty_line; line && line <= last; line++) {
        uint32_t start = source->lines[line - 1];
        uint32_t end = line < source->line_count ? source->lines[line]
                                                 : (uint32_t)source->text.len;
        struct scl_span span = scl_span_between(start, end);

        if (line == from->empty_line || !scl_str_trim(scl_source_text(source, span)).len)
            scl_build_item_text(l->d, step->object, SCL_INSTRUCTION_BLANK_LINES,
                                scl_lower_keep(l, scl_source_text(source, span)),
                                scl_lower_origin(l, span));
    }
}

void
scl_comments_attach(struct scl_lowering *l, const struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;

    for (uint32_t i = 0; i < from->comment_count; i++) {
        const struct scl_docker_comment *comment =
            &l->file.comments.at[from->comment_first + i];
        struct scl_str text = scl_docker_comment_text(&l->file, comment);

        scl_build_item_text(l->d, step->object, SCL_INSTRUCTION_COMMENTS, scl_lower_keep(l, text),
                            scl_lower_origin(l, comment->span));
    }
    add_blank_lines(l, step);
}
