/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_flags.c: `--name=value` between the name of an instruction and its arguments
 *
 * Words are flags as long as they begin with `--`; a word that is just that ends them. Quotes and
 * escapes, by the file's escape character, are taken out of the words, so a word that has any
 * is copied, and a row of pieces tells where its bytes came from.
 */
#include "syntax/dockerfile_reader.h"

#include "base/suggest.h"

enum { MOST_RULES = 8 };

/* A word: its end in the text, what is left of it without quotes, and from where. */
struct word {
    uint32_t start, end; /* in the logical text */
    bool has_signs;
    struct scl_str text;
};

/* Finds the end of the word; blanks in quotes and behind an escape belong to it. */
static void
find_end(struct scl_str text, char escape, struct word *word)
{
    uint32_t at = word->start, length = (uint32_t)text.len;
    char quote = '\0';

    for (; at < length; at++) {
        char byte = text.at[at];

        if (!quote && scl_is_blank(byte))
            break;
        if (byte == escape) {
            word->has_signs = true;
            if (at + 1 < length)
                at++;
        } else if (quote) {
            if (byte == quote)
                quote = '\0';
        } else if (byte == '\'' || byte == '"') {
            word->has_signs = true;
            quote = byte;
        }
    }
    word->end = at;
}

/* Adds text[start..end) to what was decoded, as a piece. */
static void
add_piece(struct scl_docker_reader *reader, uint32_t decoded, uint32_t start, uint32_t end)
{
    struct scl_piece *piece;

    if (start == end)
        return;
    piece = scl_vec_push(&reader->scratch, &reader->decoded);
    if (piece)
        *piece = (struct scl_piece){ decoded, start, end - start };
}

/* Takes quotes and escapes out of text[word->start..word->end). */
static void
decode(struct scl_docker_reader *reader, struct scl_str text, struct word *word)
{
    const char escape = reader->file->escape;
    uint32_t from = word->start, count = 0;
    char quote = '\0', *out = scl_arena_alloc(reader->arena, word->end - word->start);

    if (!out)
        return;
    for (uint32_t at = word->start; at < word->end; at++) {
        char byte = text.at[at];
        bool is_sign = byte == escape || (quote ? byte == quote : byte == '\'' || byte == '"');

        if (!is_sign) {
            out[count++] = byte;
            continue;
        }
        add_piece(reader, count - (at - from), from, at);
        from = at + 1;
        if (byte != escape)
            quote = quote ? '\0' : byte;
        else if (++at < word->end)
            out[count++] = text.at[at];
    }
    if (from < word->end)
        add_piece(reader, count - (word->end - from), from, word->end);
    word->text = scl_str_n(out, count);
}

static uint32_t
rule_index(const struct scl_docker_flag_rule *rules, struct scl_str name)
{
    uint32_t i = 0;

    while (rules[i].name && !scl_str_is(name, rules[i].name))
        i++;
    return i;
}

/* Makes a flag of the word; `base` is where the text that it was found in begins. */
static void
add_flag(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
         const struct scl_docker_flag_rule *rules, const struct word *word, uint32_t base)
{
    struct scl_docker_flag *flag = scl_vec_push(&reader->scratch, &reader->flags);
    size_t equals = scl_str_find_char(word->text, '=');
    uint32_t sign = base + word->end;

    if (!flag)
        return;
    *flag = (struct scl_docker_flag){ .has_value = equals != SIZE_MAX };
    flag->name = scl_str_sub(word->text, 2, flag->has_value ? equals - 2 : SIZE_MAX);
    flag->is_known = rules[rule_index(rules, flag->name)].name != NULL;
    flag->span = scl_docker_span(instruction, base + word->start, base + word->end);
    if (flag->has_value) {
        sign = base + scl_piece_raw(reader->decoded.at, reader->decoded.count,
                                    (uint32_t)equals);
        flag->value = scl_str_sub(word->text, equals + 1, SIZE_MAX);
        flag->value_span = scl_docker_span(instruction, sign + 1, base + word->end);
    }
    flag->name_span = scl_docker_span(instruction, base + word->start, sign);
    if (instruction->kind == SCL_DOCKER_RUN && flag->has_value &&
        (scl_str_is(flag->name, "mount") || scl_str_is(flag->name, "device")))
        scl_docker_option_read(reader, instruction, reader->flags.count - 1, base,
                               (uint32_t)equals + 1);
}

static void
keep(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    struct scl_docker_option *options;

    instruction->flags = scl_docker_keep(reader, reader->flags.at, reader->flags.count,
                                         sizeof *reader->flags.at);
    if (!instruction->flags)
        return;
    instruction->flag_count = reader->flags.count;
    options = scl_docker_keep(reader, reader->options.at, reader->options.count, sizeof *options);
    for (uint32_t i = 0; options && i < reader->options.count; i++)
        options[i].flag = &instruction->flags[reader->option_flags.at[i]];
    instruction->options = options;
    instruction->option_count = options ? reader->options.count : 0;
}

struct scl_str
scl_docker_flags_read(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                      const struct scl_docker_flag_rule *rules, struct scl_str text)
{
    uint32_t base = scl_docker_offset(instruction, text.at), at = 0;

    reader->flags.count = reader->options.count = reader->option_flags.count = 0;
    for (;;) {
        struct word word = { 0 };

        while (at < text.len && scl_is_blank(text.at[at]))
            at++;
        if (!scl_str_starts(scl_str_sub(text, at, 2), SCL_S("--")))
            break;
        word.start = at;
        find_end(text, reader->file->escape, &word);
        at = word.end;
        reader->decoded.count = 0;
        word.text = scl_str_sub(text, word.start, word.end - word.start);
        if (word.has_signs)
            decode(reader, text, &word);
        else
            add_piece(reader, 0, word.start, word.end);
        if (word.text.len == 2 || !scl_docker_count(reader, 1, instruction->span.offset))
            break;
        add_flag(reader, instruction, rules, &word, base);
    }
    keep(reader, instruction);
    return scl_str_sub(text, at, text.len);
}

/* ---- what is wrong with them ---- */

static void
note_unknown(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             const struct scl_docker_flag_rule *rules, const struct scl_docker_flag *flag)
{
    struct scl_note *note = scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->name_span,
                                         "unknown flag --%.*s",
                                         SCL_ARG(scl_docker_shown(flag->name)));
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, flag->name);
    for (; rules->name; rules++)
        scl_suggest_offer(&suggest, scl_str_c(rules->name));
    if (scl_docker_bad(reader, instruction, note) && suggest.best.len)
        scl_note_help(reader->notes, note, "did you mean --%.*s?", SCL_ARG(suggest.best));
}

static void
check_value(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
            const struct scl_docker_flag *flag, enum scl_docker_flag_type type)
{
    bool is_bool = type == SCL_DOCKER_FLAG_BOOL;

    if (is_bool ? flag->has_value && flag->value.len == 0 : !flag->has_value)
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->span,
                                    "flag --%.*s has no value", SCL_ARG(flag->name)));
    else if (is_bool && flag->has_value && !scl_str_is_nocase(flag->value, "true") &&
             !scl_str_is_nocase(flag->value, "false"))
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->value_span,
                                    "flag --%.*s is neither true nor false: '%.*s'",
                                    SCL_ARG(flag->name), SCL_ARG(scl_docker_shown(flag->value))));
}

void
scl_docker_flags_check(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                       const struct scl_docker_flag_rule *rules)
{
    const struct scl_docker_flag *seen[MOST_RULES] = { 0 };

    for (uint32_t i = 0; i < instruction->flag_count && !reader->is_over; i++) {
        const struct scl_docker_flag *flag = &instruction->flags[i];
        uint32_t rule = rule_index(rules, flag->name);

        if (!flag->is_known) {
            note_unknown(reader, instruction, rules, flag);
            continue;
        }
        check_value(reader, instruction, flag, rules[rule].type);
        if (seen[rule] && rules[rule].type != SCL_DOCKER_FLAG_LIST) {
            struct scl_note *note = scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->span,
                                                 "flag --%s is given twice", rules[rule].name);

            if (scl_docker_bad(reader, instruction, note))
                scl_note_also_at(reader->notes, note, seen[rule]->span, "first given at");
        }
        seen[rule] = flag;
    }
}

const struct scl_docker_flag *
scl_docker_flag_find(const struct scl_docker_instruction *instruction, const char *name)
{
    for (uint32_t i = 0; i < instruction->flag_count; i++)
        if (scl_str_is(instruction->flags[i].name, name))
            return &instruction->flags[i];
    return NULL;
}
