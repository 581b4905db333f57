/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_option.c: `--mount=` and `--device=` of RUN as fields
 *
 * The value is one record of comma-separated fields, where double quotes (those that the quotes of
 * the flag left over) make a field of what they hold. What the fields mean follows once they are
 * expanded; only `from` must not be in need of that.
 */
#include "syntax/dockerfile_reader.h"

#include "base/text.h"

/* A record being read; `start` and `base` as in scl_docker_option_read. */
struct record {
    struct scl_docker_reader *reader;
    struct scl_docker_instruction *instruction;
    struct scl_str text;
    uint32_t base, start;
};

/* The place of text[from..to). */
static struct scl_span
place(const struct record *record, size_t from, size_t to)
{
    const struct scl_docker_reader *reader = record->reader;
    uint32_t first = scl_piece_raw(reader->decoded.at, reader->decoded.count,
                                   record->start + (uint32_t)from);
    uint32_t last = first;

    if (to > from)
        last = scl_piece_raw(reader->decoded.at, reader->decoded.count,
                             record->start + (uint32_t)to - 1) + 1;
    return scl_docker_span(record->instruction, record->base + first, record->base + last);
}

static void
fail(const struct record *record, size_t from, size_t to, const char *what)
{
    if (record->reader->in_trigger)
        return;
    scl_docker_bad(record->reader, record->instruction,
                   scl_note_add(record->reader->notes, SCL_NOTE_ERROR, place(record, from, to),
                                "%s", what));
}

/* A field without its quotes; `*at` goes past it. False: the record is in error there. */
static bool
cut_quoted(const struct record *record, size_t *at, struct scl_str *ret)
{
    size_t start = *at, from = start + 1, end = from;
    struct scl_text text = { 0 };
    char *copy = NULL;

    for (; end < record->text.len; end++) {
        if (record->text.at[end] != '"')
            continue;
        scl_text_add(&text, scl_str_sub(record->text, from, end - from));
        from = end + 1;
        if (from == record->text.len || record->text.at[from] != '"')
            break;
        end++;
    }
    *at = from;
    if (end < record->text.len && (from == record->text.len || record->text.at[from] == ',')) {
        copy = text.failed ? NULL : scl_arena_copy(record->reader->arena,
                                                   text.at ? text.at : "", text.len);
        *ret = scl_str_n(copy, copy ? text.len : 0);
        record->reader->arena->failed = record->reader->arena->failed || !copy;
    } else {
        fail(record, start, end, "a quoted field has no end");
    }
    scl_text_finish(&text);
    return copy != NULL;
}

static bool
cut_plain(const struct record *record, size_t *at, struct scl_str *ret)
{
    struct scl_str rest = scl_str_sub(record->text, *at, record->text.len);
    struct scl_str field = scl_str_sub(rest, 0, scl_str_find_char(rest, ','));
    size_t quote = scl_str_find_char(field, '"');

    if (quote != SIZE_MAX) {
        fail(record, *at + quote, *at + quote + 1, "a quote within a field");
        return false;
    }
    *at += field.len;
    *ret = field;
    return true;
}

static void
add_field(const struct record *record, struct scl_str text, size_t from, size_t to, bool is_quoted)
{
    size_t equals = scl_str_find_char(text, '=');
    struct scl_docker_pair *field;

    if (!scl_docker_count(record->reader, 1, record->instruction->span.offset))
        return;
    field = scl_vec_push(&record->reader->scratch, &record->reader->pairs);
    if (!field)
        return;
    *field = (struct scl_docker_pair){ .has_value = equals != SIZE_MAX };
    field->key = scl_str_sub(text, 0, equals);
    field->span = place(record, from, to);
    from += is_quoted;
    to -= is_quoted;
    field->key_span = place(record, from, from + field->key.len);
    field->value_span = place(record, to, to);
    if (field->has_value) {
        field->value = scl_str_sub(text, equals + 1, text.len);
        field->value_span = place(record, from + equals + 1, to);
    }
}

static bool
read_fields(const struct record *record)
{
    size_t at = 0;

    for (;;) {
        size_t start = at;
        struct scl_str field;
        bool is_quoted = at < record->text.len && record->text.at[at] == '"';

        if (is_quoted ? !cut_quoted(record, &at, &field) : !cut_plain(record, &at, &field))
            return false;
        add_field(record, field, start, at, is_quoted);
        if (at == record->text.len || record->reader->is_over)
            return true;
        at++;
    }
}

void
scl_docker_option_read(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                       uint32_t flag, uint32_t base, uint32_t start)
{
    struct record record = {
        .reader = reader,
        .instruction = instruction,
        .text = reader->flags.at[flag].value,
        .base = base,
        .start = start,
    };
    struct scl_docker_option *option;
    uint32_t *number;

    if (record.text.len == 0) {
        fail(&record, 0, 0, "a mount or device has no fields");
        return;
    }
    reader->pairs.count = 0;
    if (!read_fields(&record) || reader->is_over)
        return;
    option = scl_vec_push(&reader->scratch, &reader->options);
    number = scl_vec_push(&reader->scratch, &reader->option_flags);
    if (!option || !number)
        return;
    *number = flag;
    option->fields = scl_docker_keep(reader, reader->pairs.at, reader->pairs.count,
                                     sizeof *reader->pairs.at);
    option->field_count = option->fields ? reader->pairs.count : 0;
}

/* ---- what can be told of them before they are expanded ---- */

static void
check_from(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
           const struct scl_docker_pair *field)
{
    size_t dollar = scl_str_find_char(field->value, '$');
    struct scl_note *note;

    if (!scl_str_is_nocase(field->key, "from") || dollar == SIZE_MAX ||
        dollar + 1 == field->value.len)
        return;
    note = scl_note_add(reader->notes, SCL_NOTE_ERROR, field->value_span,
                        "'from' of a mount cannot hold a variable");
    if (scl_docker_bad(reader, instruction, note))
        scl_note_help(reader->notes, note, "name a stage: FROM ... AS name");
}

void
scl_docker_options_check(struct scl_docker_reader *reader,
                         struct scl_docker_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->option_count && !reader->is_over; i++) {
        const struct scl_docker_option *option = &instruction->options[i];
        struct scl_docker_problem problem;
        struct scl_docker_device device;

        if (scl_str_is(option->flag->name, "device")) {
            if (!scl_docker_device_evaluate(reader->arena, option, &device, &problem))
                scl_docker_bad(reader, instruction,
                               scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                            option->fields[problem.field].span, "%.*s",
                                            SCL_ARG(problem.text)));
            continue;
        }
        for (uint32_t j = 0; j < option->field_count; j++)
            check_from(reader, instruction, &option->fields[j]);
    }
}
