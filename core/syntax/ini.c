/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ini.c: unit files of systemd, sections of keys and values, with positions
 *
 * One walk over the lines. A value within one line is a slice of the source; one that goes on is
 * copied, with the pieces that say where each line of it stands. Each byte is looked at a fixed
 * number of times.
 */
#include "syntax/ini.h"

#include "base/arena.h"

enum { MOST_NOTES = 100 };

struct reader {
    struct scl_arena *arena;
    const struct scl_source *source;
    struct scl_notes *notes;
    struct scl_ini *ini;
    uint32_t at; /* the next line */
    struct scl_str section;
    struct scl_span header;
    uint32_t noted;
};

/* The next line without its end; false behind the last one. */
static bool
next_line(struct reader *r, struct scl_span *ret)
{
    struct scl_str text = r->source->text;
    size_t end = r->at;

    if (r->at >= text.len)
        return false;
    while (end < text.len && text.at[end] != '\n')
        end++;
    *ret = scl_span_between(r->at, (uint32_t)end);
    r->at = (uint32_t)(end < text.len ? end + 1 : end);
    return true;
}

/* A span without the blanks at both ends. */
static struct scl_span
trimmed(const struct reader *r, struct scl_span span)
{
    struct scl_str text = scl_source_text(r->source, span), cut = scl_str_trim(text);

    if (!cut.len)
        return (struct scl_span){ span.offset, 0 };
    return (struct scl_span){ span.offset + (uint32_t)(cut.at - text.at), (uint32_t)cut.len };
}

static bool
is_comment(struct scl_str line)
{
    return !line.len || line.at[0] == '#' || line.at[0] == ';';
}

static bool
goes_on(const struct reader *r, struct scl_span line)
{
    struct scl_str text = scl_source_text(r->source, line);

    return text.len && text.at[text.len - 1] == '\\';
}

static void
complain(struct reader *r, struct scl_span span, const char *message)
{
    if (r->noted++ < MOST_NOTES)
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "%s", message);
}

/* ---- values ---- */

/* Where a value stands, line by line, without the backslashes. */
struct lines {
    SCL_VEC(struct scl_span) list;
    size_t length; /* with a blank between two */
};

static bool
add_line(struct reader *r, struct lines *lines, struct scl_span span)
{
    struct scl_span *added = scl_vec_push(r->arena, &lines->list);

    if (!added)
        return false;
    *added = span;
    lines->length += span.length + (lines->list.count > 1);
    return true;
}

/* The lines that a value goes on in. */
static bool
follow_lines(struct reader *r, struct lines *lines)
{
    struct scl_span *last = &lines->list.at[lines->list.count - 1], line;

    last->length--; /* the backslash */
    while (next_line(r, &line)) {
        bool more;

        line = trimmed(r, line);
        if (line.length && is_comment(scl_source_text(r->source, line)))
            continue;
        more = goes_on(r, line);
        line.length -= more;
        if (!add_line(r, lines, line))
            return false;
        if (!more)
            return true;
    }
    return true;
}

/* The lines as one text; where its parts stand is kept. */
static bool
join_lines(struct reader *r, const struct lines *lines, struct scl_ini_entry *entry)
{
    char *text = scl_arena_alloc(r->arena, lines->length + 1);
    struct scl_piece *pieces = scl_arena_array(r->arena, lines->list.count, sizeof *pieces);
    size_t at = 0;

    if (!text || !pieces)
        return false;
    for (uint32_t i = 0; i < lines->list.count; i++) {
        struct scl_str part = scl_source_text(r->source, lines->list.at[i]);

        if (i)
            text[at++] = ' ';
        pieces[i] = (struct scl_piece){ (uint32_t)at, lines->list.at[i].offset,
                                       lines->list.at[i].length };
        for (size_t k = 0; k < part.len; k++)
            text[at++] = part.at[k];
    }
    entry->value.body.text = text;
    entry->value.count = (uint32_t)at;
    entry->pieces = pieces;
    entry->piece_count = lines->list.count;
    return true;
}

static bool
read_value(struct reader *r, struct scl_ini_entry *entry, struct scl_span span)
{
    struct lines lines = { .length = 0 };
    struct scl_span last;

    if (!add_line(r, &lines, span))
        return false;
    if (goes_on(r, span) && !follow_lines(r, &lines))
        return false;
    last = lines.list.at[lines.list.count - 1];
    if (lines.list.count > 1) {
        entry->value.span = scl_span_between(span.offset, scl_span_end(last));
        return join_lines(r, &lines, entry);
    }
    entry->value.span = trimmed(r, last);
    entry->value.body.text = r->source->text.at + entry->value.span.offset;
    entry->value.count = entry->value.span.length;
    return true;
}

/* ---- lines ---- */

static void
read_header(struct reader *r, struct scl_span line)
{
    struct scl_str text = scl_source_text(r->source, line);

    if (text.at[text.len - 1] != ']') {
        complain(r, line, "no ']' at the end of the section's name");
        return;
    }
    r->section = scl_str_sub(text, 1, text.len - 2);
    r->header = line;
}

static bool
read_entry(struct reader *r, struct scl_span line)
{
    struct scl_str text = scl_source_text(r->source, line);
    size_t equals = scl_str_find_char(text, '=');
    uint32_t split = line.offset + (uint32_t)equals;
    struct scl_ini_entry *entry;
    struct scl_span key, value;

    if (equals == SIZE_MAX || equals == 0) {
        complain(r, line, "expected [SECTION], KEY=VALUE or a comment");
        return true;
    }
    if (!r->section.at)
        complain(r, line, "a key before the first section");
    key = trimmed(r, scl_span_between(line.offset, split));
    value = trimmed(r, scl_span_between(split + 1, scl_span_end(line)));
    entry = scl_vec_push(r->arena, &r->ini->entries);
    if (!entry)
        return false;
    entry->section = r->section;
    entry->header = r->header;
    entry->value.kind = SCL_TREE_STRING;
    entry->value.style = SCL_TREE_PLAIN;
    entry->value.file = r->notes->file;
    entry->value.key.at = r->source->text.at + key.offset;
    entry->value.key_span = key;
    return read_value(r, entry, value);
}

bool
scl_ini_read(struct scl_arena *arena, const struct scl_source *source, struct scl_notes *notes,
             struct scl_ini *ret)
{
    struct reader r = { .arena = arena, .source = source, .notes = notes, .ini = ret };
    struct scl_span line;

    *ret = (struct scl_ini){ .entries = { NULL, 0, 0 } };
    if (scl_str_starts(source->text, SCL_S("\xef\xbb\xbf")))
        r.at = 3;
    while (next_line(&r, &line)) {
        struct scl_str text;

        line = trimmed(&r, line);
        text = scl_source_text(source, line);
        if (is_comment(text))
            continue;
        if (text.at[0] == '[')
            read_header(&r, line);
        else if (!read_entry(&r, line))
            return false;
    }
    if (r.noted > MOST_NOTES)
        scl_note_add(notes, SCL_NOTE_ERROR, (struct scl_span){ r.at, 0 },
                     "problems before this place that are not listed: %u",
                     (unsigned)(r.noted - MOST_NOTES));
    return !arena->failed;
}

/* ---- words ---- */

/* The offset in the source of an offset in a value. */
static uint32_t
source_offset(const struct scl_ini_entry *entry, uint32_t at)
{
    return entry->piece_count ? scl_piece_raw(entry->pieces, entry->piece_count, at)
                              : entry->value.span.offset + at;
}

struct word {
    struct scl_str text; /* of the value */
    uint32_t at;
    char *out; /* NULL: it is only counted */
    size_t length;
};

static void
put(struct word *w, char byte)
{
    if (w->out)
        w->out[w->length] = byte;
    w->length++;
}

static int
digit_of(char byte)
{
    if (scl_is_digit(byte))
        return byte - '0';
    byte = scl_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 99;
}

/* A number of so many digits at most; -1 where there are not as many. */
static int64_t
number_of(struct word *w, unsigned digits, int base)
{
    int64_t number = 0;

    if (w->at + digits > w->text.len)
        return -1;
    for (unsigned i = 0; i < digits; i++) {
        int digit = digit_of(w->text.at[w->at + i]);

        if (digit >= base)
            return -1;
        number = number * base + digit;
    }
    w->at += digits;
    return number;
}

static void
put_rune(struct word *w, int64_t rune)
{
    if (rune < 0x80) {
        put(w, (char)rune);
    } else if (rune < 0x800) {
        put(w, (char)(0xc0 | (rune >> 6)));
        put(w, (char)(0x80 | (rune & 0x3f)));
    } else if (rune < 0x10000) {
        put(w, (char)(0xe0 | (rune >> 12)));
        put(w, (char)(0x80 | (rune >> 6 & 0x3f)));
        put(w, (char)(0x80 | (rune & 0x3f)));
    } else if (rune < 0x110000) {
        put(w, (char)(0xf0 | (rune >> 18)));
        put(w, (char)(0x80 | (rune >> 12 & 0x3f)));
        put(w, (char)(0x80 | (rune >> 6 & 0x3f)));
        put(w, (char)(0x80 | (rune & 0x3f)));
    }
}

/* What stands behind a backslash; what is no escape of C stays as it is. */
static void
undo_escape(struct word *w)
{
    static const char letters[] = "abfnrtvs\\\"'", meant[] = "\a\b\f\n\r\t\v \\\"'";
    static const struct {
        char letter;
        unsigned digits;
    } numbers[] = { { 'x', 2 }, { 'u', 4 }, { 'U', 8 } };
    char byte = w->text.at[w->at];
    int64_t number = -1;

    for (size_t i = 0; letters[i]; i++) {
        if (letters[i] != byte)
            continue;
        put(w, meant[i]);
        w->at++;
        return;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && number < 0; i++) {
        if (numbers[i].letter != byte)
            continue;
        w->at++;
        number = number_of(w, numbers[i].digits, 16);
        w->at -= number < 0;
    }
    if (number < 0)
        number = number_of(w, 3, 8);
    if (number > 0 && byte != 'u' && byte != 'U' && number < 256)
        put(w, (char)number);
    else if (number > 0)
        put_rune(w, number);
    else
        put(w, '\\');
}

static void
read_word(struct word *w)
{
    char quote = '\0';

    while (w->at < w->text.len) {
        char byte = w->text.at[w->at];

        if (!quote && scl_is_blank(byte))
            break;
        w->at++;
        if (byte == '\\' && w->at < w->text.len)
            undo_escape(w);
        else if (quote && byte == quote)
            quote = '\0';
        else if (!quote && (byte == '"' || byte == '\''))
            quote = byte;
        else
            put(w, byte);
    }
}

/* The raw word may be the text already. */
static bool
is_plain(const struct word *w, uint32_t start)
{
    for (uint32_t i = start; i < w->at; i++)
        if (w->text.at[i] == '\\' || w->text.at[i] == '"' || w->text.at[i] == '\'')
            return false;
    return true;
}

/* Read once to know how long it is, and where it must be copied a second time. */
bool
scl_ini_word(struct scl_arena *arena, const struct scl_ini_entry *entry, uint32_t *at,
             struct scl_tree *ret)
{
    struct word w = { .text = scl_tree_text(&entry->value), .at = *at };
    uint32_t start;

    while (w.at < w.text.len && scl_is_blank(w.text.at[w.at]))
        w.at++;
    start = *at = w.at;
    if (w.at >= w.text.len)
        return false;
    read_word(&w);
    *at = w.at;
    *ret = entry->value;
    ret->key.at = NULL;
    ret->key_span = (struct scl_span){ 0, 0 };
    ret->span = scl_span_between(source_offset(entry, start), source_offset(entry, w.at - 1) + 1);
    ret->body.text = w.text.at + start;
    ret->count = w.at - start;
    if (is_plain(&w, start))
        return true;
    w.out = scl_arena_alloc(arena, w.length + 1);
    if (!w.out)
        return false;
    w.at = start;
    w.length = 0;
    read_word(&w);
    ret->body.text = w.out;
    ret->count = (uint32_t)w.length;
    return true;
}
