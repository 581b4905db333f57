/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_instruction.c: one instruction: its name, and which reader its arguments go to
 *
 * The name ends at the first blank, flags are cut off whatever the name is, and the shape of the
 * rest follows from one table. What a trigger of ONBUILD demands is judged when it runs, so here it
 * is only taken apart.
 */
#include "syntax/dockerfile_reader.h"

#include "base/suggest.h"
#include "syntax/expand_rune.h"

enum { DEEPEST_TRIGGER = 3 };

static const struct scl_docker_flag_rule no_flags[] = { { NULL, SCL_DOCKER_FLAG_BOOL } };

static const struct scl_docker_flag_rule add_flags[] = {
    { "chown", SCL_DOCKER_FLAG_TEXT },        { "chmod", SCL_DOCKER_FLAG_TEXT },
    { "link", SCL_DOCKER_FLAG_BOOL },         { "exclude", SCL_DOCKER_FLAG_LIST },
    { "keep-git-dir", SCL_DOCKER_FLAG_BOOL }, { "checksum", SCL_DOCKER_FLAG_TEXT },
    { "unpack", SCL_DOCKER_FLAG_BOOL },       { NULL, SCL_DOCKER_FLAG_BOOL },
};

static const struct scl_docker_flag_rule copy_flags[] = {
    { "from", SCL_DOCKER_FLAG_TEXT },    { "chown", SCL_DOCKER_FLAG_TEXT },
    { "chmod", SCL_DOCKER_FLAG_TEXT },   { "link", SCL_DOCKER_FLAG_BOOL },
    { "parents", SCL_DOCKER_FLAG_BOOL }, { "exclude", SCL_DOCKER_FLAG_LIST },
    { NULL, SCL_DOCKER_FLAG_BOOL },
};

static const struct scl_docker_flag_rule from_flags[] = {
    { "platform", SCL_DOCKER_FLAG_TEXT },
    { NULL, SCL_DOCKER_FLAG_BOOL },
};

static const struct scl_docker_flag_rule health_flags[] = {
    { "interval", SCL_DOCKER_FLAG_TEXT },     { "timeout", SCL_DOCKER_FLAG_TEXT },
    { "start-period", SCL_DOCKER_FLAG_TEXT }, { "start-interval", SCL_DOCKER_FLAG_TEXT },
    { "retries", SCL_DOCKER_FLAG_TEXT },      { NULL, SCL_DOCKER_FLAG_BOOL },
};

static const struct scl_docker_flag_rule run_flags[] = {
    { "mount", SCL_DOCKER_FLAG_LIST },    { "network", SCL_DOCKER_FLAG_TEXT },
    { "security", SCL_DOCKER_FLAG_TEXT }, { "device", SCL_DOCKER_FLAG_LIST },
    { NULL, SCL_DOCKER_FLAG_BOOL },
};

static const struct scl_docker_rule rules[] = {
    { SCL_STR("ADD"), SCL_DOCKER_ADD, SCL_DOCKER_SHAPE_PATHS, false, add_flags },
    { SCL_STR("ARG"), SCL_DOCKER_ARG, SCL_DOCKER_SHAPE_NAMES, true, no_flags },
    { SCL_STR("CMD"), SCL_DOCKER_CMD, SCL_DOCKER_SHAPE_COMMAND, false, no_flags },
    { SCL_STR("COPY"), SCL_DOCKER_COPY, SCL_DOCKER_SHAPE_PATHS, false, copy_flags },
    { SCL_STR("ENTRYPOINT"), SCL_DOCKER_ENTRYPOINT, SCL_DOCKER_SHAPE_COMMAND, false, no_flags },
    { SCL_STR("ENV"), SCL_DOCKER_ENV, SCL_DOCKER_SHAPE_PAIRS, false, no_flags },
    { SCL_STR("EXPOSE"), SCL_DOCKER_EXPOSE, SCL_DOCKER_SHAPE_LIST, false, no_flags },
    { SCL_STR("FROM"), SCL_DOCKER_FROM, SCL_DOCKER_SHAPE_LIST, false, from_flags },
    { SCL_STR("HEALTHCHECK"), SCL_DOCKER_HEALTHCHECK, SCL_DOCKER_SHAPE_HEALTH, false,
      health_flags },
    { SCL_STR("LABEL"), SCL_DOCKER_LABEL, SCL_DOCKER_SHAPE_PAIRS, false, no_flags },
    { SCL_STR("MAINTAINER"), SCL_DOCKER_MAINTAINER, SCL_DOCKER_SHAPE_TEXT, false, no_flags },
    { SCL_STR("ONBUILD"), SCL_DOCKER_ONBUILD, SCL_DOCKER_SHAPE_TRIGGER, false, no_flags },
    { SCL_STR("RUN"), SCL_DOCKER_RUN, SCL_DOCKER_SHAPE_COMMAND, false, run_flags },
    { SCL_STR("SHELL"), SCL_DOCKER_SHELL, SCL_DOCKER_SHAPE_COMMAND, false, no_flags },
    { SCL_STR("STOPSIGNAL"), SCL_DOCKER_STOPSIGNAL, SCL_DOCKER_SHAPE_TEXT, true, no_flags },
    { SCL_STR("USER"), SCL_DOCKER_USER, SCL_DOCKER_SHAPE_TEXT, false, no_flags },
    { SCL_STR("VOLUME"), SCL_DOCKER_VOLUME, SCL_DOCKER_SHAPE_PATHS, false, no_flags },
    { SCL_STR("WORKDIR"), SCL_DOCKER_WORKDIR, SCL_DOCKER_SHAPE_TEXT, false, no_flags },
};

enum { RULES = sizeof rules / sizeof rules[0] };

static const struct scl_docker_rule unknown = {
    SCL_STR(""), SCL_DOCKER_UNKNOWN, SCL_DOCKER_SHAPE_NONE, true, no_flags
};

static const struct scl_docker_rule *
rule_of(struct scl_str name)
{
    for (size_t i = 0; i < RULES; i++)
        if (name.len == rules[i].name.len && scl_str_same_nocase(name, rules[i].name))
            return &rules[i];
    return &unknown;
}

static void
note_unknown(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    struct scl_span span = scl_docker_slice_span(instruction, instruction->name);
    struct scl_str name = scl_docker_shown(instruction->name);
    struct scl_suggest suggest;
    struct scl_note *note;

    if (name.len == 0) {
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR, instruction->span,
                                    "a line continues, but the file ends"));
        return;
    }
    note = scl_note_add(reader->notes, SCL_NOTE_ERROR, span, "unknown instruction %.*s",
                        SCL_ARG(name));
    scl_suggest_init(&suggest, instruction->name);
    for (size_t i = 0; i < RULES; i++)
        scl_suggest_offer(&suggest, rules[i].name);
    if (scl_docker_bad(reader, instruction, note) && suggest.best.len)
        scl_note_help(reader->notes, note, "did you mean %.*s?", SCL_ARG(suggest.best));
}

/* ---- arguments ---- */

static void
read_command(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             struct scl_str text)
{
    if (scl_docker_array_read(reader, instruction, text)) {
        instruction->form = SCL_DOCKER_FORM_EXEC;
        return;
    }
    instruction->form = SCL_DOCKER_FORM_SHELL;
    if (text.len)
        scl_docker_word_add(reader, instruction, text);
}

static void
read_paths(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
           struct scl_str text)
{
    if (scl_docker_array_read(reader, instruction, text))
        instruction->form = SCL_DOCKER_FORM_EXEC;
    else
        scl_docker_words_split(reader, instruction, text);
}

/* The type, then a command. */
static void
read_health(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
            struct scl_str text)
{
    size_t end = 0, next;

    while (end < text.len && !scl_is_blank(text.at[end]))
        end++;
    for (next = end; next < text.len && scl_is_blank(text.at[next]);)
        next++;
    if (end && scl_docker_word_add(reader, instruction, scl_str_sub(text, 0, end)))
        read_command(reader, instruction, scl_str_sub(text, next, text.len));
}

static void parse(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                  unsigned depth);

/* The instruction behind ONBUILD, which shares the pieces of the whole. */
static void
read_trigger(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             struct scl_str text, unsigned depth)
{
    struct scl_docker_instruction *trigger;

    if (text.len == 0 || depth == DEEPEST_TRIGGER ||
        !scl_docker_count(reader, 1, instruction->span.offset))
        return;
    trigger = scl_arena_alloc(reader->arena, sizeof *trigger);
    if (!trigger)
        return;
    trigger->text = text;
    trigger->pieces = instruction->pieces;
    trigger->piece_count = instruction->piece_count;
    trigger->logical = instruction->logical + scl_docker_offset(instruction, text.at);
    trigger->span = scl_docker_slice_span(instruction, text);
    trigger->first_line = scl_source_locate(reader->file->source, trigger->span.offset).line;
    trigger->last_line = instruction->last_line;
    reader->in_trigger = true;
    parse(reader, trigger, depth + 1);
    reader->in_trigger = depth > 0;
    instruction->trigger = trigger;
    if (trigger->is_bad)
        instruction->is_bad = true;
}

static void
read_arguments(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
               enum scl_docker_shape shape, unsigned depth)
{
    struct scl_str text = instruction->rest;

    switch (shape) {
    case SCL_DOCKER_SHAPE_NONE:
        break;
    case SCL_DOCKER_SHAPE_COMMAND:
        read_command(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_PATHS:
        read_paths(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_LIST:
        scl_docker_words_split(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_TEXT:
        if (text.len)
            scl_docker_word_add(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_PAIRS:
        scl_docker_pairs_read(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_NAMES:
        scl_docker_names_read(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_HEALTH:
        read_health(reader, instruction, text);
        break;
    case SCL_DOCKER_SHAPE_TRIGGER:
        read_trigger(reader, instruction, text, depth);
        break;
    }
}

/* ---- the instruction ---- */

/* Copies what was gathered for this instruction. */
static void
keep(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    instruction->words = scl_docker_keep(reader, reader->words.at, reader->words.count,
                                         sizeof *reader->words.at);
    instruction->word_count = instruction->words ? reader->words.count : 0;
    instruction->pairs = scl_docker_keep(reader, reader->pairs.at, reader->pairs.count,
                                         sizeof *reader->pairs.at);
    instruction->pair_count = instruction->pairs ? reader->pairs.count : 0;
}

static void
parse(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction, unsigned depth)
{
    struct scl_str text = scl_rune_trim(instruction->text);
    const struct scl_docker_rule *rule;
    size_t end = 0;

    while (end < text.len && !scl_docker_is_separator(text.at[end]))
        end++;
    instruction->name = scl_str_sub(text, 0, end);
    while (end < text.len && scl_docker_is_separator(text.at[end]))
        end++;
    instruction->rest = scl_str_sub(text, end, text.len);
    rule = rule_of(instruction->name);
    instruction->kind = rule->kind;
    if (instruction->rest.len)
        instruction->rest = scl_rune_trim(
            scl_docker_flags_read(reader, instruction, rule->flags, instruction->rest));
    if (rule == &unknown) {
        if (depth == 0)
            note_unknown(reader, instruction);
        return;
    }
    reader->words.count = reader->pairs.count = 0;
    read_arguments(reader, instruction, rule->shape, depth);
    if (rule->shape != SCL_DOCKER_SHAPE_TRIGGER)
        keep(reader, instruction);
    if (depth == 0)
        scl_docker_check(reader, instruction, rule);
}

void
scl_docker_parse(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    parse(reader, instruction, 0);
}
