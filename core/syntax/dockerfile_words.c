/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_words.c: arguments that are words, and those that are names with values
 *
 * Lists split at blanks, quotes or not. ENV, LABEL and ARG group with quotes and escapes, which
 * stay in the word: they go away when it is expanded.
 */
#include "syntax/dockerfile_reader.h"

#include "syntax/expand_rune.h"

bool
scl_docker_word_add(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                    struct scl_str text)
{
    struct scl_docker_word *word;

    if (!scl_docker_count(reader, 1, instruction->span.offset))
        return false;
    word = scl_vec_push(&reader->scratch, &reader->words);
    if (!word)
        return false;
    word->text = text;
    word->span = scl_docker_slice_span(instruction, text);
    word->heredoc = 0;
    return true;
}

void
scl_docker_words_split(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                       struct scl_str text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t start = at;

        while (at < text.len && !scl_docker_is_separator(text.at[at]))
            at++;
        if (!scl_docker_word_add(reader, instruction, scl_str_sub(text, start, at - start)))
            return;
        while (at < text.len && scl_docker_is_separator(text.at[at]))
            at++;
    }
}

/* ---- names and values ---- */

/* Cuts the next word off `*rest`, which begins with it. An escape at the very end is dropped. */
static struct scl_str
cut_word(struct scl_str *rest, char escape)
{
    struct scl_str text = *rest, word;
    size_t at = 0, end = SIZE_MAX;
    char quote = '\0';

    for (; at < text.len; at++) {
        char byte = text.at[at];

        if (!quote && scl_rune_blank(text.at + at, text.len - at))
            break;
        if (byte == escape && quote != '\'') {
            if (at + 1 == text.len)
                end = at;
            else
                at++;
        } else if (quote) {
            if (byte == quote)
                quote = '\0';
        } else if (byte == '\'' || byte == '"') {
            quote = byte;
        }
    }
    word = scl_str_sub(text, 0, end < at ? end : at);
    *rest = scl_rune_trim_left(scl_str_sub(text, at, text.len));
    return word;
}

static struct scl_docker_pair *
add_pair(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
         struct scl_str all, struct scl_str key, struct scl_str value)
{
    struct scl_docker_pair *pair;

    if (!scl_docker_count(reader, 1, instruction->span.offset))
        return NULL;
    pair = scl_vec_push(&reader->scratch, &reader->pairs);
    if (!pair)
        return NULL;
    *pair = (struct scl_docker_pair){ .has_value = true };
    pair->key = scl_rune_valid(reader->arena, key);
    pair->value = scl_rune_valid(reader->arena, value);
    pair->span = scl_docker_slice_span(instruction, all);
    pair->key_span = scl_docker_slice_span(instruction, key);
    pair->value_span = scl_docker_slice_span(instruction, value);
    return pair;
}

static void
check_key(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
          const struct scl_docker_pair *pair)
{
    if (pair && pair->key.len == 0)
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR, pair->span,
                                    "a name of %.*s is empty", SCL_ARG(instruction->name)));
}

/* `ENV key value`: the value is all that follows. */
static void
read_legacy(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
            struct scl_str text)
{
    struct scl_str key, value;
    struct scl_docker_pair *pair;
    size_t end = 0, next;

    while (end < text.len && !scl_docker_is_separator(text.at[end]))
        end++;
    for (next = end; next < text.len && scl_docker_is_separator(text.at[next]);)
        next++;
    key = scl_str_sub(text, 0, end);
    value = scl_str_sub(text, next, text.len);
    if (end == text.len) {
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                    scl_docker_slice_span(instruction, key),
                                    "%.*s %.*s has no value", SCL_ARG(instruction->name),
                                    SCL_ARG(scl_docker_shown(key))));
        return;
    }
    pair = add_pair(reader, instruction, text, key, value);
    if (!pair)
        return;
    /* Bytes stay as they are: nothing here is read as characters. */
    pair->key = key;
    pair->value = value;
    pair->is_legacy = true;
}

void
scl_docker_pairs_read(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                      struct scl_str text)
{
    struct scl_str rest = scl_rune_trim_left(text);

    for (bool is_first = true; rest.len && !reader->is_over; is_first = false) {
        struct scl_str word = cut_word(&rest, reader->file->escape);
        size_t equals = scl_str_find_char(word, '=');

        if (word.len == 0)
            continue;
        if (equals == SIZE_MAX && is_first) {
            read_legacy(reader, instruction, text);
            return;
        }
        if (equals == SIZE_MAX) {
            scl_docker_bad(reader, instruction,
                           scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                        scl_docker_slice_span(instruction, word),
                                        "no '=' in '%.*s'", SCL_ARG(scl_docker_shown(word))));
            continue;
        }
        check_key(reader, instruction,
                  add_pair(reader, instruction, word, scl_str_sub(word, 0, equals),
                           scl_str_sub(word, equals + 1, word.len)));
    }
}

void
scl_docker_names_read(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                      struct scl_str text)
{
    struct scl_str rest = scl_rune_trim_left(text);

    while (rest.len && !reader->is_over) {
        struct scl_str word = cut_word(&rest, reader->file->escape);
        size_t equals = scl_str_find_char(word, '=');
        struct scl_docker_pair *pair;

        if (word.len == 0)
            continue;
        pair = add_pair(reader, instruction, word, scl_str_sub(word, 0, equals),
                        scl_str_sub(word, equals == SIZE_MAX ? word.len : equals + 1, word.len));
        if (pair)
            pair->has_value = equals != SIZE_MAX;
        check_key(reader, instruction, pair);
    }
}
