/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.c: text that is being written
 */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
scl_text_init(struct scl_text *text)
{
    memset(text, 0, sizeof *text);
}

void
scl_text_finish(struct scl_text *text)
{
    free(text->at);
    scl_text_init(text);
}

void
scl_text_clear(struct scl_text *text)
{
    text->len = 0;
    if (text->at)
        text->at[0] = '\0';
}

/* Room for `more` bytes and a NUL. */
static bool
reserve(struct scl_text *text, size_t more)
{
    size_t room = text->room ? text->room : 64;
    char *at;

    if (text->failed || more > SIZE_MAX / 4 - text->len) {
        text->failed = true;
        return false;
    }
    if (text->len + more < text->room)
        return true;
    while (room <= text->len + more)
        room *= 2;
    at = realloc(text->at, room);
    if (!at) {
        text->failed = true;
        return false;
    }
    text->at = at;
    text->room = room;
    return true;
}

void
scl_text_add(struct scl_text *text, struct scl_str piece)
{
    if (!reserve(text, piece.len))
        return;
    if (piece.len)
        memcpy(text->at + text->len, piece.at, piece.len);
    text->len += piece.len;
    text->at[text->len] = '\0';
}

void
scl_text_c(struct scl_text *text, const char *piece)
{
    scl_text_add(text, scl_str_c(piece));
}

void
scl_text_char(struct scl_text *text, char byte)
{
    scl_text_add(text, scl_str_n(&byte, 1));
}

void
scl_text_fill(struct scl_text *text, char byte, size_t count)
{
    if (!reserve(text, count))
        return;
    memset(text->at + text->len, byte, count);
    text->len += count;
    text->at[text->len] = '\0';
}

void
scl_text_v(struct scl_text *text, const char *format, va_list arguments)
{
    va_list again;
    int need;

    va_copy(again, arguments);
    need = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (need < 0) {
        text->failed = true;
        return;
    }
    if (!reserve(text, (size_t)need))
        return;
    vsnprintf(text->at + text->len, (size_t)need + 1, format, arguments);
    text->len += (size_t)need;
}

void
scl_text_f(struct scl_text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    scl_text_v(text, format, arguments);
    va_end(arguments);
}

struct scl_str
scl_text_str(const struct scl_text *text)
{
    return scl_str_n(text->at ? text->at : "", text->len);
}

char *
scl_text_detach(struct scl_text *text, size_t *ret_len)
{
    char *at = NULL;

    if (reserve(text, 0)) {
        at = text->at;
        at[text->len] = '\0';
        if (ret_len)
            *ret_len = text->len;
        scl_text_init(text);
    }
    return at;
}
