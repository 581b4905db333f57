/* SPDX-License-Identifier: Apache-2.0 */
/*
 * errors.c: what goes to standard error
 */
#include "errors.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "excerpt.h"

enum { MOST_ERRORS = 20 };

/* The order in which one status outweighs another. */
static int
rank(enum cli_status status)
{
    static const int ranks[] = {
        [CLI_CLEAN] = 0, [CLI_FOUND] = 1, [CLI_INCOMPLETE] = 2,
        [CLI_POLICY_FAILED] = 3, [CLI_UNUSABLE] = 4,
    };

    return ranks[status];
}

enum cli_status
cli_status_worse(enum cli_status a, enum cli_status b)
{
    return rank(a) >= rank(b) ? a : b;
}

static void
show(struct cli_run *run, const char *sgr, const char *text)
{
    if (run->err.has_color)
        fprintf(stderr, "\033[%sm", sgr);
    cli_display(stderr, text, strlen(text), run->err.is_ascii);
    if (run->err.has_color)
        fputs("\033[0m", stderr);
}

void
cli_error(struct cli_run *run, enum cli_status status, const char *format, ...)
{
    va_list arguments;

    run->status = cli_status_worse(run->status, status);
    run->is_hiding = run->is_setting_up && run->error_count >= MOST_ERRORS;
    run->error_count++;
    if (run->is_hiding)
        return;
    fputs("scantling: ", stderr);
    va_start(arguments, format);
    show(run, "1", cli_pool_format_v(&run->pool, format, arguments));
    va_end(arguments);
    fputc('\n', stderr);
}

void
cli_error_place(struct cli_run *run, const struct cli_place *place)
{
    struct cli_excerpt excerpt = {
        .text = place->text, .length = place->length, .line = place->line,
        .column = place->column, .end_line = place->end_line, .end_column = place->end_column,
        .width = run->err.width, .is_ascii = run->err.is_ascii, .has_color = run->err.has_color,
    };

    if (run->is_hiding)
        return;
    show(run, "34", "  -->");
    fputc(' ', stderr);
    show(run, "1", cli_pool_format(&run->pool, "%s:%lu:%lu", place->path,
                                   (unsigned long)place->line, (unsigned long)place->column));
    fputc('\n', stderr);
    if (place->text)
        cli_excerpt_write(stderr, &excerpt);
}

/* A line below an error, with its label. */
static void
show_line(struct cli_run *run, const char *sgr, const char *label, const char *format,
          va_list arguments)
{
    const char *text;

    if (run->is_hiding)
        return;
    text = cli_pool_format_v(&run->pool, format, arguments);
    fputs("   ", stderr);
    show(run, "34", "=");
    fputc(' ', stderr);
    show(run, sgr, label);
    fputs("     ", stderr);
    cli_display(stderr, text, strlen(text), run->err.is_ascii);
    fputc('\n', stderr);
}

void
cli_error_help(struct cli_run *run, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    show_line(run, "32", "help", format, arguments);
    va_end(arguments);
}

void
cli_error_note(struct cli_run *run, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    show_line(run, "1", "note", format, arguments);
    va_end(arguments);
}

void
cli_error_suggest(struct cli_run *run, const char *best)
{
    if (best)
        cli_error_help(run, "did you mean '%s'?", best);
}

void
cli_warning(struct cli_run *run, const char *format, ...)
{
    va_list arguments;

    if (run->is_quiet)
        return;
    fputs("scantling: ", stderr);
    show(run, "33", "warning:");
    fputc(' ', stderr);
    va_start(arguments, format);
    show(run, "1", cli_pool_format_v(&run->pool, format, arguments));
    va_end(arguments);
    fputc('\n', stderr);
}

void
cli_tell(struct cli_run *run, const char *format, ...)
{
    va_list arguments;
    const char *text;

    if (!run->is_verbose)
        return;
    va_start(arguments, format);
    text = cli_pool_format_v(&run->pool, format, arguments);
    va_end(arguments);
    cli_display(stderr, text, strlen(text), run->err.is_ascii);
    fputc('\n', stderr);
}

const char *
cli_reason(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return "no such file";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EISDIR:
        return "is a folder";
    default:
        return strerror(number);
    }
}
