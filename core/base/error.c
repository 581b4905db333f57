/* SPDX-License-Identifier: Apache-2.0 */
/*
 * error.c: the error object of the ABI
 *
 * The text of an error is one block with the struct before it where it is known at once; path and
 * suggestions are blocks of their own. What cannot be allocated is left out: an error that lost
 * its place is better than none.
 */
#include "base/error.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static scantling_error out_of_memory = {
    .status = SCANTLING_STATUS_MEMORY,
    .message = (char[]){ "out of memory" },
    .message_len = sizeof "out of memory" - 1,
};

/* Takes over a text that may quote any bytes: what comes out is UTF-8. NULL without memory. */
static char *
detach_valid(struct scl_text *text, size_t *ret_len)
{
    struct scl_text valid = { 0 };
    char *bytes;

    if (text->failed || scl_utf8_is_valid(scl_text_str(text)))
        return scl_text_detach(text, ret_len);
    scl_utf8_add_valid(&valid, scl_text_str(text));
    bytes = scl_text_detach(&valid, ret_len);
    scl_text_finish(&valid);
    return bytes;
}

static scantling_error *
new_error(scantling_status status, const char *format, va_list arguments)
{
    scantling_error *error = calloc(1, sizeof *error);
    struct scl_text text = { 0 };

    if (!error)
        return &out_of_memory;
    scl_text_v(&text, format, arguments);
    error->status = status;
    error->message = detach_valid(&text, &error->message_len);
    scl_text_finish(&text);
    if (!error->message) {
        free(error);
        return &out_of_memory;
    }
    return error;
}

scantling_error *
scl_error_new(scantling_status status, const char *format, ...)
{
    scantling_error *error;
    va_list arguments;

    va_start(arguments, format);
    error = new_error(status, format, arguments);
    va_end(arguments);
    return error;
}

bool
scl_fail(scantling_error **error, scantling_status status, const char *format, ...)
{
    va_list arguments;

    if (!error || *error)
        return false;
    va_start(arguments, format);
    *error = new_error(status, format, arguments);
    va_end(arguments);
    return false;
}

bool
scl_fail_memory(scantling_error **error)
{
    if (error && !*error)
        *error = &out_of_memory;
    return false;
}

static char *
copied(const char *at, size_t len)
{
    char *copy = malloc(len + 1);

    if (copy) {
        if (len)
            memcpy(copy, at, len);
        copy[len] = '\0';
    }
    return copy;
}

static void
set_path(scantling_error *error, struct scl_str path)
{
    struct scl_text text = { 0 };

    free(error->path);
    error->path_len = 0;
    scl_text_add(&text, path);
    error->path = detach_valid(&text, &error->path_len);
    scl_text_finish(&text);
}

void
scl_error_at(scantling_error *error, const struct scl_source *source, struct scl_span span)
{
    if (error == &out_of_memory)
        return;
    set_path(error, source->name);
    error->span = span;
    error->start = scl_source_locate(source, span.offset);
    error->end = scl_source_locate(source, scl_span_end(span));
}

void
scl_error_at_line(scantling_error *error, struct scl_str path, uint32_t line)
{
    if (error == &out_of_memory)
        return;
    set_path(error, path);
    error->start = error->end = (struct scl_position){ line, line ? 1 : 0 };
}

static void
add_suggestion(scantling_error *error, const char *at, size_t len)
{
    struct scl_error_suggestion **end = &error->suggestions;
    struct scl_error_suggestion *made = malloc(sizeof *made + len + 1);

    if (!made)
        return;
    made->next = NULL;
    made->len = len;
    memcpy(made->text, at, len + 1);
    while (*end)
        end = &(*end)->next;
    *end = made;
}

void
scl_error_suggest(scantling_error *error, const char *format, ...)
{
    struct scl_text text = { 0 };
    va_list arguments;
    size_t len;
    char *valid;

    if (error == &out_of_memory)
        return;
    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    valid = detach_valid(&text, &len);
    if (valid)
        add_suggestion(error, valid, len);
    free(valid);
    scl_text_finish(&text);
}

static scantling_error *
copy_one(const scantling_error *error)
{
    scantling_error *copy = calloc(1, sizeof *copy);

    if (!copy || error == &out_of_memory) {
        free(copy);
        return &out_of_memory;
    }
    *copy = *error;
    copy->suggestions = NULL;
    copy->next = copy->last = NULL;
    copy->message = copied(error->message, error->message_len);
    copy->path = error->path ? copied(error->path, error->path_len) : NULL;
    if (!copy->message || (error->path && !copy->path)) {
        free(copy->message);
        free(copy->path);
        free(copy);
        return &out_of_memory;
    }
    for (const struct scl_error_suggestion *s = error->suggestions; s; s = s->next)
        add_suggestion(copy, s->text, s->len);
    return copy;
}

scantling_error *
scl_error_copy(const scantling_error *error)
{
    scantling_error *chain = NULL;

    for (; error; error = error->next)
        scl_error_append(&chain, copy_one(error));
    return chain;
}

void
scl_error_append(scantling_error **chain, scantling_error *more)
{
    scantling_error *first = *chain, *last;

    if (!first) {
        *chain = more;
        return;
    }
    for (last = first->last ? first->last : first; last->next;)
        last = last->next;
    if (last == &out_of_memory) {
        scl_error_free(more);
        return;
    }
    last->next = more;
    first->last = more;
}

bool
scl_error_give(scantling_error **error, scantling_error *chain)
{
    if (error && !*error)
        *error = chain;
    else
        scl_error_free(chain);
    return false;
}

void
scl_error_free(scantling_error *error)
{
    while (error && error != &out_of_memory) {
        scantling_error *next = error->next;

        while (error->suggestions) {
            struct scl_error_suggestion *suggestion = error->suggestions;

            error->suggestions = suggestion->next;
            free(suggestion);
        }
        free(error->message);
        free(error->path);
        free(error);
        error = next;
    }
}
