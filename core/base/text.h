/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.h: text that is being written
 *
 * A builder on the heap. Once memory ran out, `failed` stays set, what was written is kept and
 * further writing is nothing, so that writers look once, at the end.
 */
#ifndef SCL_BASE_TEXT_H
#define SCL_BASE_TEXT_H

#include "base/str.h"

#include <stdarg.h>

struct scl_text {
    char *at; /* NUL-terminated once anything was written */
    size_t len, room;
    bool failed;
};

void scl_text_init(struct scl_text *text);
void scl_text_finish(struct scl_text *text);
/* Empties it and keeps its memory. */
void scl_text_clear(struct scl_text *text);
void scl_text_add(struct scl_text *text, struct scl_str piece);
void scl_text_c(struct scl_text *text, const char *piece);
void scl_text_char(struct scl_text *text, char byte);
void scl_text_fill(struct scl_text *text, char byte, size_t count);
/* As printf, with `%s %d %u %zu %x` and their like; no locale touches those. */
void scl_text_f(struct scl_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void scl_text_v(struct scl_text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
struct scl_str scl_text_str(const struct scl_text *text);
/* The bytes, yours to free(), or NULL where it failed; the builder is empty afterwards. */
char *scl_text_detach(struct scl_text *text, size_t *ret_len);

#endif
