/* SPDX-License-Identifier: Apache-2.0 */
/*
 * excerpt.c: the lines of a place, and the mark under them
 *
 * A line is walked twice in the same steps: once to measure it, once to write the columns that
 * fit. Of a line without end only what lies near the place is looked at, so that a report on one
 * long line is no slower a finding than any other.
 */
#include "report/excerpt.h"

#include "report/escape.h"

#include <string.h>

enum {
    TAB_STOP = 4,
    DOTS = 3,
    SHOWN_BEFORE = 10,
    REACH = 4096,    /* bytes looked at before and after the start of a place */
    ALL_SHOWN = 6,   /* rows of a place over several lines */
    FIRST_SHOWN = 4, /* of one over more, before the last */
    MASK_COLUMNS = sizeof SCL_MASK_TEXT - 1
};

/* What is looked at of one line. */
struct strip {
    struct scl_str line; /* without blanks at its end */
    uint32_t offset;     /* of the line in the source */
    size_t from, to;     /* bytes of the line */
    const struct scl_span *masks;
    uint32_t mask_count;
    bool ascii;
};

/* A character, or what is masked, at its column of the strip. */
struct cell {
    size_t from, to; /* bytes of the line */
    uint32_t column, width;
    const char *text; /* of the glyph, asterisks or blanks */
    size_t len;
    struct scl_glyph glyph;
};

struct cursor {
    size_t at;
    uint32_t column, mask;
};

/* Columns of the strip that are shown and marked, ends exclusive. */
struct window {
    uint32_t start, end, total;
    uint32_t mark, mark_end;
    bool cut_left, cut_right;
};

/* ---- walking a line ---- */

static struct scl_str
trim_end(struct scl_str line)
{
    for (int i = 0; i < REACH && line.len && scl_is_blank(line.at[line.len - 1]); i++)
        line.len--;
    return line;
}

/* The mask that byte `at` of the line lies in, or NULL. */
static const struct scl_span *
mask_at(const struct strip *strip, struct cursor *cursor)
{
    size_t at = strip->offset + cursor->at;

    while (cursor->mask < strip->mask_count && scl_span_end(strip->masks[cursor->mask]) <= at)
        cursor->mask++;
    if (cursor->mask == strip->mask_count || strip->masks[cursor->mask].offset > at)
        return NULL;
    return &strip->masks[cursor->mask];
}

static bool
next_cell(const struct strip *strip, struct cursor *cursor, struct cell *ret)
{
    const struct scl_span *mask;

    if (cursor->at >= strip->to)
        return false;
    mask = mask_at(strip, cursor);
    ret->from = cursor->at;
    ret->column = cursor->column;
    if (mask) {
        ret->to = scl_span_end(*mask) - strip->offset;
        if (ret->to > strip->line.len)
            ret->to = strip->line.len;
        ret->text = SCL_MASK_TEXT;
        ret->len = ret->width = MASK_COLUMNS;
    } else if (strip->line.at[cursor->at] == '\t') {
        ret->to = cursor->at + 1;
        ret->text = "    ";
        ret->len = ret->width = TAB_STOP - cursor->column % TAB_STOP;
    } else {
        ret->to = cursor->at + scl_glyph_read(strip->line, cursor->at, strip->ascii, &ret->glyph);
        ret->text = ret->glyph.text;
        ret->len = ret->glyph.len;
        ret->width = ret->glyph.width;
    }
    cursor->at = ret->to;
    cursor->column += ret->width;
    return true;
}

static struct cursor
begin(const struct strip *strip)
{
    return (struct cursor){ .at = strip->from };
}

/* Where to begin so that no character and no mask is cut in two. */
static size_t
align(const struct strip *strip, size_t at)
{
    struct cursor cursor = { 0 };
    const struct scl_span *mask;

    for (int i = 0; i < 3 && ((unsigned char)strip->line.at[at] & 0xc0) == 0x80; i++)
        at++;
    cursor.at = at;
    mask = mask_at(strip, &cursor);
    if (!mask)
        return at;
    return mask->offset > strip->offset ? mask->offset - strip->offset : 0;
}

/* The strip of line `number` around byte `near` of it. */
static struct strip
strip_of(const struct scl_excerpt *excerpt, uint32_t number, size_t near)
{
    struct strip strip = { .ascii = excerpt->ascii };

    strip.line = trim_end(scl_source_line(excerpt->source, number));
    strip.offset = excerpt->source->lines[number - 1];
    if (excerpt->masks)
        strip.mask_count = scl_mask_spans(
            excerpt->masks, (struct scl_span){ strip.offset, (uint32_t)strip.line.len },
            &strip.masks);
    if (near > strip.line.len)
        near = strip.line.len;
    if (near > REACH)
        strip.from = align(&strip, near - REACH);
    strip.to = strip.line.len - near > REACH ? near + REACH : strip.line.len;
    return strip;
}

/* ---- choosing the window ---- */

/* Measures the strip, and where bytes `from` to `to` of the line are in it. */
static struct window
measure(const struct strip *strip, size_t from, size_t to)
{
    struct window window = { 0 };
    struct cursor cursor = begin(strip);
    struct cell cell;
    bool is_begun = false;

    while (next_cell(strip, &cursor, &cell)) {
        if (!is_begun && cell.to > from) {
            window.mark = cell.column;
            is_begun = true;
        }
        if (cell.from < to)
            window.mark_end = cell.column + cell.width;
    }
    window.total = cursor.column;
    if (!is_begun)
        window.mark = window.total;
    if (window.mark_end <= window.mark)
        window.mark_end = window.mark + 1;
    return window;
}

static void
choose(struct window *window, const struct strip *strip, uint32_t room)
{
    bool is_all_left = strip->from == 0, is_all_right = strip->to == strip->line.len;
    uint32_t marked = window->mark_end - window->mark, before = SHOWN_BEFORE;
    uint32_t last = window->total > window->mark_end ? window->total : window->mark_end;

    if (is_all_left && is_all_right && window->total <= room) {
        window->end = window->total;
        return;
    }
    if (!is_all_left || window->mark_end + DOTS > room) {
        if (marked < room && (room - marked) / 2 > before)
            before = (room - marked) / 2;
        window->start = window->mark > before ? window->mark - before : 0;
        if (is_all_right && window->start + room > last)
            window->start = last > room ? last - room : 0;
    }
    window->end = window->start + room;
    window->cut_left = !is_all_left || window->start > 0;
    window->cut_right = !is_all_right || window->end < window->total;
}

/* ---- writing ---- */

/* Takes back blanks at the end, down to `start`. */
static void
drop_blanks(struct scl_text *out, size_t start)
{
    if (out->failed)
        return;
    while (out->len > start && out->at[out->len - 1] == ' ')
        out->len--;
}

static void
add_cells(struct scl_text *out, const struct strip *strip, const struct window *window)
{
    uint32_t first = window->start + (window->cut_left ? DOTS : 0), shown = first;
    uint32_t last = window->end - (window->cut_right ? DOTS : 0);
    struct cursor cursor = begin(strip);
    struct cell cell;

    if (window->cut_left)
        scl_text_c(out, "...");
    while (next_cell(strip, &cursor, &cell) && cell.column < last) {
        if (cell.column < first || cell.column + cell.width > last)
            continue;
        /* A wide character that the window cuts in two leaves blanks. */
        scl_text_fill(out, ' ', cell.column - shown);
        scl_text_add(out, scl_str_n(cell.text, cell.len));
        shown = cell.column + cell.width;
    }
    if (window->cut_right) {
        scl_text_fill(out, ' ', last - shown);
        scl_text_c(out, "...");
    }
}

/* `number` 0: the row of a mark. */
static void
add_gutter(struct scl_text *out, const struct scl_excerpt *excerpt, uint32_t number, char bar)
{
    char text[32], digits[16];
    size_t count = 0, at = 0;

    for (; number; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    while (at + count < excerpt->gutter)
        text[at++] = ' ';
    while (count)
        text[at++] = digits[--count];
    text[at++] = ' ';
    text[at++] = bar;
    scl_paint(out, excerpt->color, SCL_ROLE_GUTTER, scl_str_n(text, at));
}

static void
add_line(struct scl_text *out, const struct scl_excerpt *excerpt, uint32_t number, char bar,
         const struct strip *strip, const struct window *window)
{
    size_t start;

    add_gutter(out, excerpt, number, bar);
    start = out->len;
    scl_text_char(out, ' ');
    add_cells(out, strip, window);
    drop_blanks(out, start);
    scl_text_char(out, '\n');
}

static uint32_t
room_of(const struct scl_excerpt *excerpt)
{
    return excerpt->width - excerpt->gutter - 3;
}

static void
add_marked(struct scl_text *out, const struct scl_excerpt *excerpt, uint32_t number)
{
    size_t from = excerpt->span.offset - excerpt->source->lines[number - 1];
    struct strip strip = strip_of(excerpt, number, from);
    struct window window = measure(&strip, from, from + excerpt->span.length);
    struct scl_text marks = { 0 };
    uint32_t end;

    choose(&window, &strip, room_of(excerpt));
    add_line(out, excerpt, number, '|', &strip, &window);
    end = window.cut_right && window.mark_end > window.end ? window.end : window.mark_end;
    scl_text_fill(&marks, excerpt->sign, end - window.mark);
    add_gutter(out, excerpt, 0, '|');
    scl_text_fill(out, ' ', 1 + window.mark - window.start);
    scl_paint(out, excerpt->color, excerpt->role, scl_text_str(&marks));
    scl_text_char(out, '\n');
    out->failed |= marks.failed;
    scl_text_finish(&marks);
}

/* A line of a place over several: shown from its start, under a bar of its own. */
static void
add_barred(struct scl_text *out, const struct scl_excerpt *excerpt, uint32_t number)
{
    struct strip strip = strip_of(excerpt, number, 0);
    struct window window = measure(&strip, 0, 0);

    choose(&window, &strip, room_of(excerpt));
    add_line(out, excerpt, number, '>', &strip, &window);
}

static uint32_t
first_line(const struct scl_source *source, struct scl_span span)
{
    return scl_source_locate(source, span.offset).line;
}

/* A line end belongs to the line it ends. */
static uint32_t
last_line(const struct scl_source *source, struct scl_span span)
{
    return scl_source_locate(source, span.length ? scl_span_end(span) - 1 : span.offset).line;
}

/* What lies in an archive is one long line to most, and none that an editor can be sent to. */
static bool
has_lines(const struct scl_source *source)
{
    return source && source->text.len && !source->is_member;
}

uint32_t
scl_excerpt_gutter(const struct scl_source *source, struct scl_span span)
{
    uint32_t gutter = 2, number = 0;

    if (has_lines(source))
        number = last_line(source, span);
    for (; number > 99; number /= 10)
        gutter++;
    return gutter;
}

void
scl_excerpt_add(struct scl_text *out, const struct scl_excerpt *excerpt)
{
    uint32_t first, last;

    if (!has_lines(excerpt->source))
        return;
    first = first_line(excerpt->source, excerpt->span);
    last = last_line(excerpt->source, excerpt->span);
    if (first == last) {
        add_marked(out, excerpt, first);
        return;
    }
    for (uint32_t number = first; number <= last; number++) {
        if (last - first >= ALL_SHOWN && number == first + FIRST_SHOWN) {
            scl_text_c(out, "...\n");
            number = last;
        }
        add_barred(out, excerpt, number);
    }
}
