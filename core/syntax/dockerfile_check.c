/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_check.c: what an instruction must have to be one
 *
 * How many arguments of which form, names of stages, values of flags. All of it can be told from
 * the instruction alone, before anything is expanded.
 */
#include "syntax/dockerfile_reader.h"

#include "syntax/expand_rune.h"

typedef void (*check_fn)(struct scl_docker_reader *reader,
                         struct scl_docker_instruction *instruction);

/* Notes an error about the whole instruction at its name. */
static void
fail_at_name(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             const char *what)
{
    scl_docker_bad(reader, instruction,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                scl_docker_slice_span(instruction, instruction->name), "%.*s %s",
                                SCL_ARG(instruction->name), what));
}

static void
fail_at_word(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             const struct scl_docker_word *word, const char *what)
{
    scl_docker_bad(reader, instruction,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR, word->span, "%s", what));
}

static void
check_argument(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    if (instruction->word_count + instruction->pair_count == 0 && !instruction->is_bad)
        fail_at_name(reader, instruction, "has no argument");
}

static void
check_files(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    if (instruction->word_count < 2 && !instruction->is_bad)
        fail_at_name(reader, instruction, "needs a source and a destination");
}

static void
check_volume(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    check_argument(reader, instruction);
    for (uint32_t i = 0; i < instruction->word_count; i++)
        if (scl_rune_trim(instruction->words[i].text).len == 0)
            fail_at_word(reader, instruction, &instruction->words[i], "a path of VOLUME is empty");
}

static void
check_shell(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    check_argument(reader, instruction);
    if (instruction->word_count && instruction->form != SCL_DOCKER_FORM_EXEC)
        fail_at_word(reader, instruction, instruction->words, "SHELL needs a JSON array");
}

static void
check_stage_name(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                 const struct scl_docker_word *word)
{
    bool is_valid = word->text.len && scl_is_alpha(word->text.at[0]);
    struct scl_note *note;

    for (size_t i = 0; i < word->text.len; i++) {
        char byte = word->text.at[i];

        is_valid = is_valid && (scl_is_alnum(byte) || byte == '-' || byte == '_' || byte == '.');
    }
    if (is_valid)
        return;
    note = scl_note_add(reader->notes, SCL_NOTE_ERROR, word->span, "invalid stage name '%.*s'",
                        SCL_ARG(scl_docker_shown(word->text)));
    if (scl_docker_bad(reader, instruction, note))
        scl_note_help(reader->notes, note,
                      "begin with a letter, and use letters, digits, '-', '_' and '.'");
}

static void
check_from(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    const struct scl_docker_word *words = instruction->words;
    uint32_t count = instruction->word_count;

    if (count == 3 && scl_str_is_nocase(words[1].text, "as"))
        check_stage_name(reader, instruction, &words[2]);
    else if (count == 0)
        fail_at_name(reader, instruction, "has no argument");
    else if (count != 1)
        fail_at_word(reader, instruction, &words[1],
                     "FROM takes an image, or an image, AS and a name");
}

static void
check_trigger(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    const struct scl_docker_instruction *trigger = instruction->trigger;

    if (!trigger) {
        fail_at_name(reader, instruction, "has no argument");
        return;
    }
    if (trigger->kind != SCL_DOCKER_ONBUILD && trigger->kind != SCL_DOCKER_FROM &&
        trigger->kind != SCL_DOCKER_MAINTAINER)
        return;
    scl_docker_bad(reader, instruction,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                scl_docker_slice_span(trigger, trigger->name),
                                "%.*s cannot be triggered by ONBUILD", SCL_ARG(trigger->name)));
}

/* A flag of RUN that takes one of a few words. */
static void
check_mode(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
           const char *name, const char *const *modes, const char *help)
{
    const struct scl_docker_flag *flag = scl_docker_flag_find(instruction, name);
    struct scl_note *note;

    if (!flag || !flag->has_value)
        return;
    for (; *modes; modes++)
        if (scl_str_is(flag->value, *modes))
            return;
    note = scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->value_span, "invalid %s mode '%.*s'",
                        name, SCL_ARG(scl_docker_shown(flag->value)));
    if (scl_docker_bad(reader, instruction, note))
        scl_note_help(reader->notes, note, "%s", help);
}

static void
check_run(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    static const char *const networks[] = { "default", "none", "host", NULL };
    static const char *const securities[] = { "sandbox", "insecure", NULL };

    check_mode(reader, instruction, "network", networks, "use default, none or host");
    check_mode(reader, instruction, "security", securities, "use sandbox or insecure");
    scl_docker_options_check(reader, instruction);
}

static const check_fn checks[] = {
    [SCL_DOCKER_ADD] = check_files,
    [SCL_DOCKER_ARG] = check_argument,
    [SCL_DOCKER_COPY] = check_files,
    [SCL_DOCKER_ENV] = check_argument,
    [SCL_DOCKER_EXPOSE] = check_argument,
    [SCL_DOCKER_FROM] = check_from,
    [SCL_DOCKER_HEALTHCHECK] = scl_docker_health_check,
    [SCL_DOCKER_LABEL] = check_argument,
    [SCL_DOCKER_MAINTAINER] = check_argument,
    [SCL_DOCKER_ONBUILD] = check_trigger,
    [SCL_DOCKER_RUN] = check_run,
    [SCL_DOCKER_SHELL] = check_shell,
    [SCL_DOCKER_STOPSIGNAL] = check_argument,
    [SCL_DOCKER_USER] = check_argument,
    [SCL_DOCKER_VOLUME] = check_volume,
    [SCL_DOCKER_WORKDIR] = check_argument,
    /* Nothing is demanded of CMD and ENTRYPOINT. */
};

/* Only ARG may stand before the first FROM; said once. */
static void
check_stage(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    if (instruction->kind == SCL_DOCKER_ARG || reader->has_stage)
        return;
    reader->has_stage = true;
    if (instruction->kind != SCL_DOCKER_FROM)
        fail_at_name(reader, instruction, "stands before the first FROM");
}

void
scl_docker_check(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                 const struct scl_docker_rule *rule)
{
    bool is_none = instruction->kind == SCL_DOCKER_HEALTHCHECK && instruction->word_count &&
                   scl_str_is_nocase(instruction->words[0].text, "NONE");
    check_fn check = (size_t)rule->kind < sizeof checks / sizeof checks[0] ? checks[rule->kind]
                                                                           : NULL;

    if (check)
        check(reader, instruction);
    if (!rule->ignores_flags && !is_none)
        scl_docker_flags_check(reader, instruction, rule->flags);
    check_stage(reader, instruction);
}
