/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outcome.c: how a run of Lua ended
 *
 * Lua writes "attempt to index a nil value (local 'x')" in the indicative of a machine; a policy's
 * author reads "indexes nil: local 'x'". The phrases are a table: what Lua begins with, and what
 * stands for it. What is in no row is kept as it is.
 */
#include "script/outcome.h"

#include "base/utf8.h"

#include <string.h>

void
scl_outcome_init(struct scl_outcome *outcome)
{
    memset(outcome, 0, offsetof(struct scl_outcome, message_bytes));
    outcome->kind = SCL_RUN_OK;
}

/* Copies what fits, cut where no code point is. */
static struct scl_str
kept(char *room, size_t size, struct scl_str text)
{
    struct scl_str cut = scl_utf8_cut(text, size);

    if (cut.len)
        memmove(room, cut.at, cut.len);
    return scl_str_n(room, cut.len);
}

void
scl_outcome_copy(struct scl_outcome *outcome, const struct scl_outcome *from)
{
    memcpy(outcome, from, offsetof(struct scl_outcome, message_bytes));
    scl_outcome_set_message(outcome, from->message);
    outcome->chunk = kept(outcome->chunk_bytes, SCL_CHUNK_ROOM, from->chunk);
    outcome->quoted = kept(outcome->quoted_bytes, SCL_QUOTED_ROOM, from->quoted);
}

void
scl_outcome_set_place(struct scl_outcome *outcome, struct scl_str chunk, uint32_t line)
{
    outcome->chunk = kept(outcome->chunk_bytes, SCL_CHUNK_ROOM, chunk);
    outcome->line = line;
}

void
scl_outcome_set_message(struct scl_outcome *outcome, struct scl_str message)
{
    outcome->message = kept(outcome->message_bytes, SCL_MESSAGE_ROOM, message);
}

/* A message that is being written into a room; what does not fit is left out. */
struct writer {
    char *room;
    size_t size, len;
};

static void
write_str(struct writer *writer, struct scl_str piece)
{
    size_t len = piece.len;

    if (len > writer->size - writer->len)
        len = writer->size - writer->len;
    if (len)
        memcpy(writer->room + writer->len, piece.at, len);
    writer->len += len;
}

static const struct phrase {
    const char *begins, *ends; /* what Lua writes around the type's name */
    const char *said;          /* instead of `begins` */
    bool names;                /* keeps the type's name */
} phrases[] = {
    { "attempt to index a ", " value", "indexes ", true },
    { "attempt to call a ", " value", "calls ", true },
    { "attempt to perform arithmetic on a ", " value", "computes with ", true },
    { "attempt to perform bitwise operation on a ", " value", "computes bits of ", true },
    { "attempt to concatenate a ", " value", "concatenates ", true },
    { "attempt to get length of a ", " value", "takes the length of ", true },
    { "attempt to perform 'n//0'", "", "divides by zero", false },
    { "attempt to divide by zero", "", "divides by zero", false },
    { "attempt to perform 'n%", "", "takes the remainder of a division by zero", false },
    { "stack overflow", "", "calls nest too deeply (stack overflow)", false },
    { "C stack overflow", "", "calls nest too deeply (stack overflow)", false },
    { "error in error handling", "", "calls nest too deeply (stack overflow)", false },
};

/* "nil" and "no value" stand alone, other types take an article if they have none. */
static void
write_type(struct writer *writer, struct scl_str type)
{
    bool has_article = scl_str_starts(type, SCL_S("a ")) || scl_str_starts(type, SCL_S("an "));

    if (!has_article && !scl_str_is(type, "nil") && !scl_str_is(type, "no value"))
        write_str(writer, type.len && strchr("aeio", type.at[0]) ? SCL_S("an ") : SCL_S("a "));
    write_str(writer, type);
}

static void
cut_front(struct scl_str *text, size_t len)
{
    *text = scl_str_sub(*text, len, text->len);
}

/* " (local 'x')" becomes ": local 'x'". */
static void
write_variable(struct writer *writer, struct scl_str rest)
{
    if (scl_str_starts(rest, SCL_S(" (")) && scl_str_ends(rest, SCL_S(")"))) {
        write_str(writer, SCL_S(": "));
        rest = scl_str_sub(rest, 2, rest.len - 3);
    }
    write_str(writer, rest);
}

static bool
write_phrase(struct writer *writer, const struct phrase *phrase, struct scl_str message)
{
    struct scl_str ends = scl_str_c(phrase->ends);
    size_t end;

    if (!scl_str_starts(message, scl_str_c(phrase->begins)))
        return false;
    cut_front(&message, strlen(phrase->begins));
    write_str(writer, scl_str_c(phrase->said));
    if (!phrase->names)
        return true;
    end = scl_str_find(message, ends);
    if (end > message.len)
        end = message.len;
    write_type(writer, scl_str_sub(message, 0, end));
    cut_front(&message, end + ends.len);
    write_variable(writer, message);
    return true;
}

/* "attempt to compare two nil values", "attempt to compare nil with number". */
static bool
write_comparison(struct writer *writer, struct scl_str message)
{
    struct scl_str begins = SCL_S("attempt to compare "), with = SCL_S(" with ");
    size_t middle;

    if (!scl_str_starts(message, begins))
        return false;
    cut_front(&message, begins.len);
    write_str(writer, SCL_S("compares "));
    middle = scl_str_find(message, with);
    if (middle > message.len) {
        write_str(writer, message);
        return true;
    }
    write_type(writer, scl_str_sub(message, 0, middle));
    write_str(writer, with);
    write_type(writer, scl_str_sub(message, middle + with.len, message.len));
    if (scl_str_find(message, SCL_S("nil")) != SIZE_MAX)
        write_str(writer, SCL_S("; write `or 0`, or test for nil"));
    return true;
}

void
scl_outcome_set_raised(struct scl_outcome *outcome, struct scl_str message, struct scl_str place)
{
    struct writer writer = { outcome->message_bytes, SCL_MESSAGE_ROOM, 0 };
    bool written;

    if (scl_str_starts(message, place))
        cut_front(&message, place.len);
    written = write_comparison(&writer, message);
    for (size_t i = 0; !written && i < sizeof phrases / sizeof phrases[0]; i++)
        written = write_phrase(&writer, &phrases[i], message);
    if (!written) {
        message = scl_str_sub(message, 0, scl_str_find_char(message, '\0'));
        scl_outcome_set_message(outcome,
                                message.len ? message : SCL_S("raises an error without a message"));
        return;
    }
    scl_outcome_set_message(outcome, scl_str_n(writer.room, writer.len));
}

/* What stands after the chunk's name at the front of a message, or nothing. Lua shortens a name to
 * 59 bytes: of a longer one it keeps the last 56 behind "...". */
static struct scl_str
after_name(struct scl_str message, struct scl_str name)
{
    enum { TAIL = 56 };

    if (scl_str_starts(message, name))
        return scl_str_sub(message, name.len, message.len);
    if (name.len > TAIL && scl_str_starts(message, SCL_S("...")) &&
        scl_str_same(scl_str_sub(message, 3, TAIL), scl_str_sub(name, name.len - TAIL, TAIL)))
        return scl_str_sub(message, 3 + TAIL, message.len);
    return SCL_S("");
}

/* The word between the last " near '" and the quote at the end. */
static struct scl_str
word_near(struct scl_str message)
{
    struct scl_str near = SCL_S(" near '"), word = SCL_S("");
    size_t at = scl_str_find(message, near);

    while (at != SIZE_MAX) {
        cut_front(&message, at + near.len);
        word = scl_str_sub(message, 0, message.len - (message.len > 0));
        at = scl_str_find(message, near);
    }
    return word;
}

void
scl_outcome_set_syntax(struct scl_outcome *outcome, struct scl_str message, struct scl_str name)
{
    struct scl_str after = after_name(message, name), line_text;
    int64_t line = 0;

    if (scl_str_starts(after, SCL_S(":"))) {
        cut_front(&after, 1);
        if (scl_str_cut(&after, ':', &line_text) && scl_str_int(line_text, &line)) {
            cut_front(&after, 1); /* the blank */
            message = after;
        }
    }
    scl_outcome_set_place(outcome, name, (uint32_t)line);
    scl_outcome_set_message(outcome, message);
    outcome->quoted = kept(outcome->quoted_bytes, SCL_QUOTED_ROOM, word_near(message));
}
