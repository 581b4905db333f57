/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile.h: Dockerfiles of tests, and what was read printed on a line
 *
 * A part is printed as its text, with `|` and the source at its place behind it where that is not
 * the same: `a b|"a b"`. So each row of a table checks texts and places at once.
 */
#ifndef SCL_TESTS_TEST_DOCKERFILE_H
#define SCL_TESTS_TEST_DOCKERFILE_H

#include "../test.h"

#include "syntax/dockerfile.h"

struct reading {
    struct scl_source source;
    struct scl_notes notes;
    struct scl_dockerfile file;
};

static inline struct reading *
read_bytes(void **state, struct scl_str text, const struct scl_docker_limits *limits)
{
    struct reading *reading = scl_arena_alloc(*state, sizeof *reading);

    scl_notes_init(&reading->notes, *state);
    assert_true(scl_source_init(&reading->source, *state, SCL_S("Dockerfile"), text));
    assert_true(scl_dockerfile_read(*state, &reading->source, limits, &reading->notes,
                                    &reading->file));
    return reading;
}

static inline struct reading *
read_text(void **state, const char *text)
{
    return read_bytes(state, scl_str_c(text), NULL);
}

static inline const struct scl_docker_instruction *
instruction_at(const struct reading *reading, uint32_t number)
{
    const struct scl_docker_instruction *instruction = reading->file.first;

    while (number-- > 0 && instruction)
        instruction = instruction->next;
    assert_non_null(instruction);
    return instruction;
}

static inline void
print_part(struct scl_text *out, const struct reading *reading, struct scl_str text,
           struct scl_span span)
{
    struct scl_str source = scl_source_text(&reading->source, span);

    scl_text_add(out, text);
    if (!scl_str_same(text, source)) {
        scl_text_c(out, "|");
        scl_text_add(out, source);
    }
}

static inline void
print_pairs(struct scl_text *out, const struct reading *reading,
            const struct scl_docker_pair *pairs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        scl_text_c(out, pairs[i].is_legacy ? " legacy(" : " (");
        print_part(out, reading, pairs[i].key, pairs[i].key_span);
        scl_text_c(out, pairs[i].has_value ? ")=(" : ")");
        if (pairs[i].has_value) {
            print_part(out, reading, pairs[i].value, pairs[i].value_span);
            scl_text_c(out, ")");
        }
    }
}

static inline void
print_heredoc(struct scl_text *out, const struct reading *reading,
              const struct scl_docker_heredoc *heredoc)
{
    scl_text_c(out, " {");
    print_part(out, reading, heredoc->delimiter, heredoc->terminator);
    scl_text_c(out, " ");
    scl_text_add(out, scl_source_text(&reading->source, heredoc->word));
    if (!heredoc->expands)
        scl_text_c(out, " quoted");
    if (heredoc->strips_tabs)
        scl_text_c(out, " tabs");
    if (heredoc->fd)
        scl_text_f(out, " fd=%llu", (unsigned long long)heredoc->fd);
    scl_text_c(out, ": ");
    scl_text_add(out, scl_source_text(&reading->source, heredoc->body));
    scl_text_c(out, "}");
}

/* `NAME 2-3 exec --flag=(value) (word) (key)=(value) {heredoc} -> trigger`. */
static inline void
print_instruction(struct scl_text *out, const struct reading *reading,
                  const struct scl_docker_instruction *instruction)
{
    static const char *const forms[] = { "", " shell", " exec" };

    print_part(out, reading, instruction->name,
               scl_docker_slice_span(instruction, instruction->name));
    scl_text_f(out, " %u-%u%s", instruction->first_line, instruction->last_line,
               forms[instruction->form]);
    for (uint32_t i = 0; i < instruction->flag_count; i++) {
        const struct scl_docker_flag *flag = &instruction->flags[i];

        scl_text_f(out, " --%.*s", SCL_ARG(flag->name));
        if (!flag->has_value)
            continue;
        scl_text_c(out, "=(");
        print_part(out, reading, flag->value, flag->value_span);
        scl_text_c(out, ")");
    }
    for (uint32_t i = 0; i < instruction->word_count; i++) {
        scl_text_c(out, " (");
        print_part(out, reading, instruction->words[i].text, instruction->words[i].span);
        scl_text_c(out, ")");
    }
    print_pairs(out, reading, instruction->pairs, instruction->pair_count);
    for (uint32_t i = 0; i < instruction->heredoc_count; i++)
        print_heredoc(out, reading, &instruction->heredocs[i]);
    if (instruction->is_bad)
        scl_text_c(out, " bad");
    if (instruction->trigger) {
        scl_text_c(out, " -> ");
        print_instruction(out, reading, instruction->trigger);
    }
}

/* All instructions, one a line. */
static inline void
print_file(struct scl_text *out, const struct reading *reading)
{
    for (const struct scl_docker_instruction *i = reading->file.first; i; i = i->next) {
        print_instruction(out, reading, i);
        scl_text_c(out, i->next ? "\n" : "");
    }
}

/* All notes, `LINE:COLUMN+LENGTH MESSAGE (HELP)`, one a line. */
static inline void
print_notes(struct scl_text *out, const struct reading *reading)
{
    for (uint32_t i = 0; i < reading->notes.list.count; i++) {
        const struct scl_note *note = &reading->notes.list.at[i];
        struct scl_position at = scl_source_locate(&reading->source, note->span.offset);

        scl_text_f(out, "%s%u:%u+%u %.*s", i ? "\n" : "", at.line, at.column, note->span.length,
                   SCL_ARG(note->message));
        for (uint32_t j = 0; j < note->hints.count; j++)
            scl_text_f(out, " (%.*s)", SCL_ARG(note->hints.at[j].text));
    }
}

struct row {
    const char *why, *text, *expected;
};

/* Reads each text behind `FROM a` and compares what its first line behind that came to. */
static inline void
check_rows(void **state, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text text = { 0 }, out = { 0 };
        struct reading *reading;

        scl_text_c(&text, "FROM a\n");
        scl_text_c(&text, rows[i].text);
        reading = read_text(state, text.at);
        print_instruction(&out, reading, instruction_at(reading, 1));
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&text);
        scl_text_finish(&out);
    }
}

/* Reads each text as it is and compares its notes. */
static inline void
check_notes(void **state, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text out = { 0 };
        struct reading *reading = read_text(state, rows[i].text);

        print_notes(&out, reading);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&out);
    }
}

/* Reads each text as it is and compares all of its instructions. */
static inline void
check_files(void **state, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text out = { 0 };
        struct reading *reading = read_text(state, rows[i].text);

        print_file(&out, reading);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&out);
    }
}

#endif
