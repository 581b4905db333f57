/* SPDX-License-Identifier: Apache-2.0 */
/*
 * excerpt.c: a line of a policy or settings file, and what is meant in it
 *
 * A line is shown twice over the same steps: once to measure it, once to write the columns that
 * fit. Where it is wider than the room, a window of the room is shown, its cut sides as `...`.
 */
#include "excerpt.h"

#include <string.h>

enum { DOTS = 3, SHOWN_BEFORE = 10 };

/* Columns count from 0 here, ends exclusive. */
struct window {
    unsigned start, end; /* of the line, what is shown */
    unsigned total;      /* columns of the line */
    unsigned mark, mark_end;
};

static const char *
find_line(const struct cli_excerpt *excerpt, size_t *ret_length)
{
    const char *at = excerpt->text, *end = excerpt->text + excerpt->length, *stop;

    for (uint32_t line = 1; line < excerpt->line; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            return NULL;
        at++;
    }
    stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop)
        stop = end;
    while (stop > at && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '\t'))
        stop--;
    *ret_length = (size_t)(stop - at);
    return at;
}

/* Measures the line and where the mark lies in it. */
static void
measure(const struct cli_excerpt *excerpt, const char *line, size_t length, struct window *window)
{
    size_t from = excerpt->column - 1, to = length;

    if (excerpt->end_line == excerpt->line)
        to = excerpt->end_column ? excerpt->end_column - 1 : 0;
    memset(window, 0, sizeof *window);
    for (size_t i = 0; i < length;) {
        struct cli_glyph glyph;

        if (i <= from)
            window->mark = window->total;
        i += cli_glyph_of(line + i, length - i, excerpt->is_ascii, window->total, &glyph);
        window->total += glyph.width;
        if (i <= to)
            window->mark_end = window->total;
    }
    if (from >= length)
        window->mark = window->total;
    if (window->mark_end <= window->mark)
        window->mark_end = window->mark + 1;
}

static void
choose_window(struct window *window, unsigned room)
{
    unsigned marked = window->mark_end - window->mark, before = SHOWN_BEFORE;

    window->end = window->total;
    if (window->total <= room)
        return;
    if (window->mark_end + DOTS > room) {
        if (marked < room && (room - marked) / 2 > before)
            before = (room - marked) / 2;
        window->start = window->mark > before ? window->mark - before : 0;
        if (window->start > window->total - room)
            window->start = window->total - room;
    }
    window->end = window->start + room;
}

static void
write_line(FILE *stream, const struct cli_excerpt *excerpt, const char *line, size_t length,
           const struct window *window)
{
    unsigned first = window->start ? window->start + DOTS : 0, column = 0, shown = first;
    unsigned last = window->end < window->total ? window->end - DOTS : window->end;

    if (window->start)
        fputs("...", stream);
    for (size_t i = 0; i < length;) {
        struct cli_glyph glyph;

        i += cli_glyph_of(line + i, length - i, excerpt->is_ascii, column, &glyph);
        column += glyph.width;
        if (column - glyph.width < first || column > last)
            continue;
        /* A wide character that the window cuts in two leaves blanks. */
        fprintf(stream, "%*s%s", (int)(column - glyph.width - shown), "", glyph.text);
        shown = column;
    }
    if (window->end < window->total)
        fprintf(stream, "%*s...", (int)(last - shown), "");
    fputc('\n', stream);
}

static void
write_marks(FILE *stream, const struct cli_excerpt *excerpt, const struct window *window)
{
    unsigned from = window->mark, to = window->mark_end;

    if (from < window->start)
        from = window->start;
    if (window->end < window->total && to > window->end)
        to = window->end;
    fprintf(stream, "%*s", (int)(from - window->start), "");
    if (excerpt->has_color)
        fputs("\033[1;31m", stream);
    for (; from < to; from++)
        fputc('^', stream);
    fprintf(stream, "%s\n", excerpt->has_color ? "\033[0m" : "");
}

void
cli_excerpt_write(FILE *stream, const struct cli_excerpt *excerpt)
{
    const char *on = excerpt->has_color ? "\033[34m" : "";
    const char *off = excerpt->has_color ? "\033[0m" : "";
    char number[16];
    struct window window;
    size_t length = 0;
    const char *line;
    int digits;

    if (excerpt->length == 0 || excerpt->line == 0 || excerpt->column == 0)
        return;
    line = find_line(excerpt, &length);
    if (!line)
        return;
    digits = snprintf(number, sizeof number, "%2lu", (unsigned long)excerpt->line);
    measure(excerpt, line, length, &window);
    choose_window(&window, excerpt->width - (unsigned)digits - 3);
    fprintf(stream, "%s%s |%s%s", on, number, off, length ? " " : "");
    write_line(stream, excerpt, line, length, &window);
    fprintf(stream, "%s%*s |%s ", on, digits, "", off);
    write_marks(stream, excerpt, &window);
}
