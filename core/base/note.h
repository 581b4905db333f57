/* SPDX-License-Identifier: Apache-2.0 */
/*
 * note.h: what a reader has to say without failing
 *
 * Readers go on after what they do not understand and leave a note at the place. A note of
 * severity error means that a part of the input was not understood.
 */
#ifndef SCL_BASE_NOTE_H
#define SCL_BASE_NOTE_H

#include "base/source.h"
#include "base/vec.h"

enum scl_note_kind { /* as SCANTLING_MARK_ERROR and on */
    SCL_NOTE_ERROR = 1,
    SCL_NOTE_WARNING = 2,
    SCL_NOTE_INFO = 3
};

/* A line below a note: "did you mean RUN?", or "the object starts at" a place. */
struct scl_note_hint {
    struct scl_str text;
    struct scl_span span; /* of what the text speaks of */
    uint16_t file;
    bool has_span;
    bool is_help;         /* what to do; else what is so */
};

struct scl_note {
    enum scl_note_kind kind;
    const char *code;       /* SCL_NOTE_CODE */
    struct scl_str message; /* one clause, no capital, no full stop */
    struct scl_span span;
    uint16_t file;          /* of the document: 0 its source, then its companions */
    bool has_place;         /* false: it is about the input as such */
    bool is_duplicate;      /* of a key; what that means the format decides */
    SCL_VEC(struct scl_note_hint) hints;
};

struct scl_notes {
    struct scl_arena *arena; /* of messages and hints */
    SCL_VEC(struct scl_note) list;
    uint16_t file; /* given to notes that are added */
    bool is_pinned; /* they are about `pin` of `pin_file`, whatever place they are given */
    uint16_t pin_file;
    struct scl_span pin;
};

void scl_notes_init(struct scl_notes *notes, struct scl_arena *arena);
/* Adds a note; the message is formatted into the arena. NULL without memory. */
struct scl_note *scl_note_add(struct scl_notes *notes, enum scl_note_kind kind,
                              struct scl_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds what to do about it, below a note (NULL is nothing). */
void scl_note_help(struct scl_notes *notes, struct scl_note *note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds what is so besides, without and with a place to be named after the text. */
void scl_note_also(struct scl_notes *notes, struct scl_note *note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void scl_note_also_at(struct scl_notes *notes, struct scl_note *note, struct scl_span span,
                      const char *text);
/* Takes back what was added since there were `count`. */
void scl_notes_cut(struct scl_notes *notes, uint32_t count);
bool scl_notes_have_error(const struct scl_notes *notes);

/* The code and slug of every note that a reader makes. */
#define SCL_NOTE_CODE "SL9001"
#define SCL_NOTE_SLUG "parse-error"

#endif
