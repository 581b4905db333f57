/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_dockerfile.c: any bytes as a Dockerfile, read twice: with room and with tight limits
 *
 * Whatever it holds, every span lies in the source, pieces add up to the logical text, slices map
 * back to their bytes, instructions follow each other, and an instruction that is not bad has the
 * arguments that its kind demands.
 */
#include "demand.h"

#include "syntax/dockerfile.h"
#include "syntax/expand.h"

#include <stdint.h>
#include <string.h>

static void
check_span(const struct scl_dockerfile *file, struct scl_span span)
{
    demand(span.offset <= file->source->text.len);
    demand(span.length <= file->source->text.len - span.offset);
}

static void
check_pieces(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction)
{
    uint32_t logical = 0;

    for (uint32_t i = 0; i < instruction->piece_count; i++) {
        const struct scl_piece *piece = &instruction->pieces[i];

        demand(piece->logical == logical && piece->length > 0);
        check_span(file, (struct scl_span){ piece->raw, piece->length });
        logical += piece->length;
    }
    demand(instruction->logical + instruction->text.len <= logical);
    /* The logical text and the source have the same first and last byte. */
    if (instruction->text.len) {
        struct scl_span span = scl_docker_slice_span(instruction, instruction->text);

        check_span(file, span);
        demand(file->source->text.at[span.offset] == instruction->text.at[0]);
        demand(file->source->text.at[scl_span_end(span) - 1] ==
               instruction->text.at[instruction->text.len - 1]);
    }
}

static void
check_pairs(const struct scl_dockerfile *file, const struct scl_docker_pair *pairs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        check_span(file, pairs[i].span);
        check_span(file, pairs[i].key_span);
        check_span(file, pairs[i].value_span);
        demand(pairs[i].has_value || pairs[i].value.len == 0);
    }
}

static void
check_options(struct scl_arena *arena, const struct scl_dockerfile *file,
              const struct scl_docker_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->option_count; i++) {
        const struct scl_docker_option *option = &instruction->options[i];
        struct scl_docker_problem problem = { .field = 0 };
        struct scl_docker_device device;
        struct scl_docker_mount mount;

        demand(option->field_count > 0);
        check_pairs(file, option->fields, option->field_count);
        if (!scl_docker_mount_evaluate(arena, option, NULL, &mount, &problem))
            demand(problem.field < option->field_count);
        if (!scl_docker_device_evaluate(arena, option, &device, &problem))
            demand(problem.field < option->field_count);
    }
}

static void
check_words(struct scl_arena *arena, const struct scl_dockerfile *file,
            const struct scl_docker_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->word_count; i++) {
        const struct scl_docker_word *word = &instruction->words[i];
        struct scl_docker_problem problem;
        struct scl_docker_port port;

        check_span(file, word->span);
        demand(word->span.length > 0);
        demand(word->heredoc == SCL_DOCKER_NO_BODY || word->heredoc <= instruction->heredoc_count);
        if (scl_docker_port_parse(arena, word->text, &port, &problem))
            demand(port.first <= port.last && port.last <= 65535);
    }
    for (uint32_t i = 0; i < instruction->flag_count; i++) {
        check_span(file, instruction->flags[i].span);
        check_span(file, instruction->flags[i].name_span);
        check_span(file, instruction->flags[i].value_span);
    }
    for (uint32_t i = 0; i < instruction->heredoc_count; i++) {
        check_span(file, instruction->heredocs[i].word);
        check_span(file, instruction->heredocs[i].body);
        check_span(file, instruction->heredocs[i].terminator);
        demand(instruction->heredocs[i].delimiter.len > 0);
    }
    check_pairs(file, instruction->pairs, instruction->pair_count);
    check_options(arena, file, instruction);
}

/* An instruction without an error has what its kind demands. */
static void
check_kind(const struct scl_docker_instruction *instruction)
{
    uint32_t count = instruction->word_count;

    demand(instruction->kind != SCL_DOCKER_UNKNOWN || instruction->is_bad);
    if (instruction->is_bad)
        return;
    switch (instruction->kind) {
    case SCL_DOCKER_FROM:
        demand(count == 1 || count == 3);
        break;
    case SCL_DOCKER_COPY:
    case SCL_DOCKER_ADD:
        demand(count >= 2);
        break;
    case SCL_DOCKER_ENV:
    case SCL_DOCKER_LABEL:
    case SCL_DOCKER_ARG:
        demand(instruction->pair_count > 0);
        break;
    case SCL_DOCKER_HEALTHCHECK:
        demand(instruction->health && count >= 1);
        break;
    case SCL_DOCKER_ONBUILD:
        demand(instruction->trigger != NULL);
        break;
    case SCL_DOCKER_USER:
    case SCL_DOCKER_WORKDIR:
        demand(count == 1);
        break;
    default:
        break;
    }
}

static void
check(struct scl_arena *arena, const struct scl_dockerfile *file, const struct scl_notes *notes)
{
    uint32_t line = 0, end = 0;

    for (const struct scl_docker_instruction *i = file->first; i; i = i->next) {
        demand(i->first_line > line && i->last_line >= i->first_line);
        demand(i->span.offset >= end);
        check_span(file, i->span);
        line = i->last_line;
        end = scl_span_end(i->span);
        demand(i->comment_first + i->comment_count <= file->comments.count);
        if (!file->is_cut)
            check_kind(i);
        for (const struct scl_docker_instruction *each = i; each; each = each->trigger) {
            check_pieces(file, each);
            check_words(arena, file, each);
        }
    }
    for (uint32_t i = 0; i < file->comments.count; i++) {
        check_span(file, file->comments.at[i].span);
        demand(file->source->text.at[file->comments.at[i].span.offset] == '#');
        scl_docker_comment_text(file, &file->comments.at[i]);
    }
    check_span(file, file->syntax.span);
    check_span(file, file->check.span);
    check_span(file, file->escape_directive.span);
    for (uint32_t i = 0; i < notes->list.count; i++)
        check_span(file, notes->list.at[i].span);
    demand(file->count > 0 || notes->list.count > 0);
}

static void
read_once(struct scl_str text, const struct scl_docker_limits *limits)
{
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_dockerfile file;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    if (scl_source_init(&source, &arena, SCL_S("Dockerfile"), text) &&
        scl_dockerfile_read(&arena, &source, limits, &notes, &file))
        check(&arena, &file, &notes);
    scl_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct scl_docker_limits tight = { .line_bytes = 40, .nodes = 20 };

    read_once(scl_str_n((const char *)data, size), NULL);
    read_once(scl_str_n((const char *)data, size), &tight);
    return 0;
}
