/* SPDX-License-Identifier: Apache-2.0 */
/*
 * note.c: what a reader has to say without failing
 */
#include "base/note.h"

#include "base/text.h"

void
scl_notes_init(struct scl_notes *notes, struct scl_arena *arena)
{
    *notes = (struct scl_notes){ .arena = arena };
}

static struct scl_str
formatted(struct scl_arena *arena, const char *format, va_list arguments)
{
    struct scl_text text = { 0 };
    struct scl_str made = { "", 0 };
    char *copy = NULL;

    scl_text_v(&text, format, arguments);
    if (!text.failed)
        copy = scl_arena_copy(arena, scl_text_str(&text).at, text.len);
    if (copy)
        made = scl_str_n(copy, text.len);
    else
        arena->failed = true;
    scl_text_finish(&text);
    return made;
}

struct scl_note *
scl_note_add(struct scl_notes *notes, enum scl_note_kind kind, struct scl_span span,
             const char *format, ...)
{
    struct scl_note *note = scl_vec_push(notes->arena, &notes->list);
    va_list arguments;

    if (!note)
        return NULL;
    va_start(arguments, format);
    note->message = formatted(notes->arena, format, arguments);
    va_end(arguments);
    note->kind = kind;
    note->code = SCL_NOTE_CODE;
    note->span = notes->is_pinned ? notes->pin : span;
    note->file = notes->is_pinned ? notes->pin_file : notes->file;
    note->has_place = true;
    return note;
}

static struct scl_note_hint *
add_hint(struct scl_notes *notes, struct scl_note *note, const char *format, va_list arguments)
{
    struct scl_note_hint *hint = note ? scl_vec_push(notes->arena, &note->hints) : NULL;

    if (hint)
        hint->text = formatted(notes->arena, format, arguments);
    return hint;
}

void
scl_note_help(struct scl_notes *notes, struct scl_note *note, const char *format, ...)
{
    struct scl_note_hint *hint;
    va_list arguments;

    va_start(arguments, format);
    hint = add_hint(notes, note, format, arguments);
    va_end(arguments);
    if (hint)
        hint->is_help = true;
}

void
scl_note_also(struct scl_notes *notes, struct scl_note *note, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_hint(notes, note, format, arguments);
    va_end(arguments);
}

void
scl_note_also_at(struct scl_notes *notes, struct scl_note *note, struct scl_span span,
                 const char *text)
{
    struct scl_note_hint *hint = note ? scl_vec_push(notes->arena, &note->hints) : NULL;

    if (!hint)
        return;
    hint->text = scl_str_c(text);
    hint->span = span;
    hint->file = notes->file;
    hint->has_span = true;
}

void
scl_notes_cut(struct scl_notes *notes, uint32_t count)
{
    if (notes->list.count > count)
        notes->list.count = count;
}

bool
scl_notes_have_error(const struct scl_notes *notes)
{
    for (uint32_t i = 0; i < notes->list.count; i++)
        if (notes->list.at[i].kind == SCL_NOTE_ERROR)
            return true;
    return false;
}
