/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_heredoc.c: words like `<<EOF`, and the bodies behind their instruction
 *
 * The words are looked for in all of the logical line with the rules of expansion, a backslash
 * escaping whatever the file's escape character is. Where that text is in error (a quote that is
 * not closed), there are no heredocs at all. Bodies follow each other, taken line by line as they
 * are.
 */
#include "syntax/dockerfile_reader.h"

#include "base/map.h"
#include "syntax/expand.h"

/* The parts of `3<<-WORD`. */
struct sign {
    struct scl_str digits, word;
    bool has_dash;
};

static bool
parse_sign(struct scl_str text, struct sign *ret)
{
    size_t at = 0;

    while (at < text.len && scl_is_digit(text.at[at]))
        at++;
    ret->digits = scl_str_sub(text, 0, at);
    if (!scl_str_starts(scl_str_sub(text, at, 2), SCL_S("<<")))
        return false;
    at += 2;
    ret->has_dash = at < text.len && text.at[at] == '-';
    at += ret->has_dash;
    while (at < text.len && scl_docker_is_pattern_blank(text.at[at]))
        at++;
    ret->word = scl_str_sub(text, at, text.len);
    return ret->word.len > 0 && scl_str_find_char(ret->word, '<') == SIZE_MAX;
}

static uint64_t
descriptor_of(struct scl_str digits)
{
    uint64_t value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = (unsigned)(digits.at[i] - '0');

        if (value > (UINT64_MAX - digit) / 10)
            return UINT64_MAX;
        value = value * 10 + digit;
    }
    return value;
}

bool
scl_docker_heredoc_word(struct scl_arena *arena, struct scl_str word,
                        struct scl_docker_heredoc *ret)
{
    uint64_t steps = UINT64_MAX; /* nothing is set, so nothing grows */
    struct scl_expander expander = { .arena = arena, .steps = &steps, .escape = '\\' };
    struct scl_expansion plain, quoted;
    struct sign sign;

    if (!parse_sign(word, &sign))
        return false;
    expander.flags = SCL_EXPAND_KEEP_UNSET;
    if (!scl_expand_words(&expander, sign.word, &plain) || !plain.ok || plain.words.count != 1)
        return false;
    expander.flags |= SCL_EXPAND_RAW_QUOTES;
    if (!scl_expand_words(&expander, sign.word, &quoted) || !quoted.ok || quoted.words.count != 1)
        return false;
    *ret = (struct scl_docker_heredoc){
        .delimiter = plain.words.at[0].text,
        .fd = descriptor_of(sign.digits),
        .expands = scl_str_same(plain.words.at[0].text, quoted.words.at[0].text),
        .strips_tabs = sign.has_dash,
    };
    return true;
}

/* Whether the word has a `${A-...}` or the like, which the official reader does not take for a part
 * of a heredoc: while it reads what follows the sign, it loses what came before. */
static bool
has_modifier(struct scl_str word)
{
    char quote = '\0';

    for (size_t at = 0; at < word.len; at++) {
        char byte = word.at[at];

        if (byte == '\\' && quote != '\'') {
            at++;
        } else if (byte == '\'' && quote != '"') {
            quote = quote ? '\0' : byte;
        } else if (byte == '"' && quote != '\'') {
            quote = quote ? '\0' : byte;
        } else if (byte == '$' && quote != '\'' && at + 1 < word.len && word.at[at + 1] == '{') {
            for (at += 2; at < word.len && (scl_is_alnum(word.at[at]) || word.at[at] == '_'); at++)
                continue;
            if (at < word.len && word.at[at] != '}')
                return true;
        }
    }
    return false;
}

/* ---- those of an instruction ---- */

static bool
can_have_heredocs(const struct scl_docker_instruction *instruction)
{
    if (instruction->kind == SCL_DOCKER_ONBUILD && instruction->trigger)
        instruction = instruction->trigger;
    return (instruction->kind == SCL_DOCKER_RUN || instruction->kind == SCL_DOCKER_COPY ||
            instruction->kind == SCL_DOCKER_ADD) &&
           instruction->form != SCL_DOCKER_FORM_EXEC;
}

static void
find_words(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
           struct scl_arena *working)
{
    uint64_t steps = UINT64_MAX;
    struct scl_expander expander = {
        .arena = working,
        .steps = &steps,
        .escape = '\\',
        .flags = SCL_EXPAND_RAW_QUOTES | SCL_EXPAND_RAW_ESCAPES | SCL_EXPAND_KEEP_UNSET,
    };
    struct scl_expansion line;

    if (!scl_expand_words(&expander, instruction->text, &line) || !line.ok)
        return;
    for (uint32_t i = 0; i < line.words.count; i++) {
        const struct scl_expand_word *word = &line.words.at[i];
        struct scl_docker_heredoc found, *heredoc;
        const char *delimiter;

        if (has_modifier(word->text) || !scl_docker_heredoc_word(working, word->text, &found))
            continue;
        if (!scl_docker_count(reader, 1, instruction->span.offset))
            return;
        heredoc = scl_vec_push(&reader->scratch, &reader->heredocs);
        delimiter = scl_arena_copy(reader->arena, found.delimiter.at, found.delimiter.len);
        if (!heredoc || !delimiter)
            return;
        *heredoc = found;
        heredoc->delimiter.at = delimiter;
        heredoc->word = scl_docker_span(instruction, word->start, word->end);
    }
}

/* Reads lines up to the delimiter; false where the file ends before. */
static bool
read_body(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
          struct scl_docker_heredoc *heredoc, struct scl_docker_line *last)
{
    uint32_t start = last->next;
    struct scl_docker_line line;

    heredoc->body = scl_span_between(start, start);
    while (scl_docker_line_next(reader, &line)) {
        struct scl_str text = scl_docker_line_text(reader, &line);
        size_t tabs = 0;

        *last = line;
        while (heredoc->strips_tabs && tabs < text.len && text.at[tabs] == '\t')
            tabs++;
        if (scl_str_same(scl_str_sub(text, tabs, text.len), heredoc->delimiter)) {
            heredoc->terminator = scl_span_between(line.start + (uint32_t)tabs, line.end);
            return true;
        }
        heredoc->body = scl_span_between(start, line.next);
    }
    scl_docker_bad(reader, instruction,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR, heredoc->word,
                                "heredoc %.*s has no end",
                                SCL_ARG(scl_docker_shown(heredoc->delimiter))));
    return false;
}

/* Which words are heredocs: of bodies with the same name, the last one counts. */
static void
link_words(struct scl_docker_instruction *instruction, struct scl_docker_word *words,
           struct scl_arena *working)
{
    struct scl_map numbers;

    scl_map_init(&numbers, working);
    for (uint32_t i = 0; i < instruction->heredoc_count; i++)
        if (!scl_map_put(&numbers, instruction->heredocs[i].delimiter, i + 1))
            return;
    for (uint32_t i = 0; i < instruction->word_count; i++) {
        const struct scl_map_entry *entry;
        struct scl_docker_heredoc found;

        if (!scl_docker_heredoc_word(working, words[i].text, &found))
            continue;
        entry = scl_map_find(&numbers, found.delimiter);
        words[i].heredoc = entry ? (uint32_t)entry->value : SCL_DOCKER_NO_BODY;
    }
}

/* Tells the words of ADD and COPY, and a command that is nothing else, what heredocs they are. */
static void
link_heredocs(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
              struct scl_arena *working)
{
    bool is_script = instruction->kind == SCL_DOCKER_RUN &&
                     instruction->form == SCL_DOCKER_FORM_SHELL;
    struct scl_docker_word *words;

    if (!is_script && instruction->kind != SCL_DOCKER_COPY && instruction->kind != SCL_DOCKER_ADD)
        return;
    words = scl_docker_keep(reader, instruction->words, instruction->word_count, sizeof *words);
    if (!words)
        return;
    link_words(instruction, words, working);
    instruction->words = words;
}

static void
check_destination(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    const struct scl_docker_word *last;

    if (instruction->word_count < 2)
        return;
    last = &instruction->words[instruction->word_count - 1];
    if (last->heredoc)
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR, last->span,
                                    "a heredoc cannot be the destination of %.*s",
                                    SCL_ARG(instruction->name)));
}

static void
read_heredocs(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
              struct scl_docker_line *last, struct scl_arena *working)
{
    struct scl_docker_instruction *trigger = instruction->trigger;
    struct scl_docker_heredoc *heredocs;
    uint32_t count;

    reader->heredocs.count = 0;
    if (can_have_heredocs(instruction))
        find_words(reader, instruction, working);
    heredocs = scl_docker_keep(reader, reader->heredocs.at, reader->heredocs.count,
                               sizeof *heredocs);
    count = heredocs ? reader->heredocs.count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (!read_body(reader, instruction, &heredocs[i], last))
            break;
    instruction->heredocs = heredocs;
    instruction->heredoc_count = count;
    link_heredocs(reader, instruction, working);
    check_destination(reader, instruction);
    if (trigger) {
        trigger->heredocs = heredocs;
        trigger->heredoc_count = count;
        link_heredocs(reader, trigger, working);
    }
}

void
scl_docker_heredocs_read(struct scl_docker_reader *reader,
                         struct scl_docker_instruction *instruction, struct scl_docker_line *last)
{
    struct scl_arena working;

    if (scl_str_find(instruction->text, SCL_S("<<")) == SIZE_MAX)
        return;
    scl_arena_init(&working);
    read_heredocs(reader, instruction, last, &working);
    if (working.failed)
        reader->arena->failed = true;
    scl_arena_finish(&working);
}
