/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_health.c: HEALTHCHECK: its type, its times and its number of retries
 *
 * Durations are Go's: signed decimal numbers, each with a unit, added up.
 */
#include "syntax/dockerfile_reader.h"

struct unit {
    const char *name;
    int64_t nanoseconds;
};

static const struct unit units[] = {
    { "ns", 1 },
    { "us", 1000 },
    { "\xc2\xb5s", 1000 },
    { "\xce\xbcs", 1000 },
    { "ms", 1000000 },
    { "s", INT64_C(1000000000) },
    { "m", INT64_C(60000000000) },
    { "h", INT64_C(3600000000000) },
};

enum { SHORTEST = 1000000 };

/* Adds `whole` times `factor`; false where that is beyond int64_t. */
static bool
add_product(int64_t *sum, int64_t whole, int64_t factor)
{
    if (whole > (INT64_MAX - *sum) / factor)
        return false;
    *sum += whole * factor;
    return true;
}

/* The unit at the start of a text, NULL where it is none that there is. */
static const struct unit *
unit_of(struct scl_str text, size_t *ret_length)
{
    size_t length = 0;
    struct scl_str name;

    while (length < text.len && text.at[length] != '.' && !scl_is_digit(text.at[length]))
        length++;
    *ret_length = length;
    name = scl_str_sub(text, 0, length);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (scl_str_is(name, units[i].name))
            return &units[i];
    return NULL;
}

/* One number with its unit off the front of `*text`, added to `*sum`. */
static bool
cut_term(struct scl_str *text, int64_t *sum)
{
    struct scl_str whole, fraction = { NULL, 0 };
    const struct unit *unit;
    int64_t value = 0, scaled;
    size_t end = 0, length;

    while (end < text->len && scl_is_digit(text->at[end]))
        end++;
    whole = scl_str_sub(*text, 0, end);
    *text = scl_str_sub(*text, end, text->len);
    if (text->len && text->at[0] == '.') {
        for (end = 1; end < text->len && scl_is_digit(text->at[end]);)
            end++;
        fraction = scl_str_sub(*text, 1, end - 1);
        *text = scl_str_sub(*text, end, text->len);
    }
    unit = unit_of(*text, &length);
    *text = scl_str_sub(*text, length, text->len);
    if (!unit || whole.len + fraction.len == 0 || (whole.len && !scl_str_int(whole, &value)) ||
        !add_product(sum, value, unit->nanoseconds))
        return false;
    scaled = unit->nanoseconds / 10;
    for (size_t i = 0; i < fraction.len && scaled; i++, scaled /= 10)
        if (!add_product(sum, fraction.at[i] - '0', scaled))
            return false;
    return true;
}

static bool
parse_duration(struct scl_str text, int64_t *ret)
{
    bool is_negative = text.len && text.at[0] == '-';

    *ret = 0;
    if (text.len && (is_negative || text.at[0] == '+'))
        text = scl_str_sub(text, 1, text.len);
    if (scl_str_is(text, "0"))
        return true;
    if (text.len == 0)
        return false;
    while (text.len)
        if (!cut_term(&text, ret))
            return false;
    if (is_negative)
        *ret = -*ret;
    return true;
}

static void
fail_at_value(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
              const struct scl_docker_flag *flag, const char *what, const char *help)
{
    struct scl_note *note = scl_note_add(reader->notes, SCL_NOTE_ERROR, flag->value_span,
                                         "--%.*s %s: '%.*s'", SCL_ARG(flag->name), what,
                                         SCL_ARG(scl_docker_shown(flag->value)));

    if (scl_docker_bad(reader, instruction, note) && help)
        scl_note_help(reader->notes, note, "%s", help);
}

/* The duration of a flag, 0 where it has none. */
static int64_t
time_of(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
        const char *name)
{
    const struct scl_docker_flag *flag = scl_docker_flag_find(instruction, name);
    int64_t time = 0;

    if (!flag || flag->value.len == 0)
        return 0;
    if (!parse_duration(flag->value, &time))
        fail_at_value(reader, instruction, flag, "is no duration", "write a unit, as in 30s");
    else if (time && time < SHORTEST)
        fail_at_value(reader, instruction, flag, "is shorter than 1ms", NULL);
    return time;
}

static int64_t
retries_of(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction)
{
    const struct scl_docker_flag *flag = scl_docker_flag_find(instruction, "retries");
    struct scl_str text = flag ? flag->value : SCL_S("");
    int64_t retries = 0;

    if (text.len == 0)
        return 0;
    if (text.len > 1 && text.at[0] == '+' && text.at[1] != '-')
        text = scl_str_sub(text, 1, text.len);
    if (!scl_str_int(text, &retries) || retries > INT32_MAX || retries < INT32_MIN)
        fail_at_value(reader, instruction, flag, "is no whole number", NULL);
    else if (retries < 0)
        fail_at_value(reader, instruction, flag, "is negative", NULL);
    return retries;
}

static void
fail_at_word(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             const struct scl_docker_word *word, const char *what)
{
    scl_docker_bad(reader, instruction,
                   scl_note_add(reader->notes, SCL_NOTE_ERROR, word->span, "%s", what));
}

/* Type and command. */
static void
check_words(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
            bool *ret_none)
{
    const struct scl_docker_word *words = instruction->words;
    struct scl_note *note;

    if (instruction->word_count == 0) {
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                    scl_docker_slice_span(instruction, instruction->name),
                                    "HEALTHCHECK has no argument"));
        return;
    }
    *ret_none = scl_str_is_nocase(words[0].text, "NONE");
    if (*ret_none) {
        if (instruction->word_count > 1)
            fail_at_word(reader, instruction, &words[1], "HEALTHCHECK NONE takes no arguments");
    } else if (!scl_str_is_nocase(words[0].text, "CMD")) {
        note = scl_note_add(reader->notes, SCL_NOTE_ERROR, words[0].span,
                            "unknown type of HEALTHCHECK '%.*s'",
                            SCL_ARG(scl_docker_shown(words[0].text)));
        if (scl_docker_bad(reader, instruction, note))
            scl_note_help(reader->notes, note, "use CMD or NONE");
    } else if (instruction->word_count == 1) {
        fail_at_word(reader, instruction, &words[0], "HEALTHCHECK CMD has no command");
    }
}

void
scl_docker_health_check(struct scl_docker_reader *reader,
                        struct scl_docker_instruction *instruction)
{
    struct scl_docker_health found = { 0 }, *health;

    if (instruction->is_bad)
        return;
    check_words(reader, instruction, &found.is_none);
    if (instruction->word_count && !found.is_none) {
        found.interval = time_of(reader, instruction, "interval");
        found.timeout = time_of(reader, instruction, "timeout");
        found.start_period = time_of(reader, instruction, "start-period");
        found.start_interval = time_of(reader, instruction, "start-interval");
        found.retries = retries_of(reader, instruction);
    }
    if (instruction->is_bad)
        return;
    health = scl_arena_alloc(reader->arena, sizeof *health);
    if (!health)
        return;
    *health = found;
    instruction->health = health;
}
