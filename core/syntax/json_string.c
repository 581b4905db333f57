/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_string.c: the strings of JSON
 *
 * A string is first run over to find its end, eight bytes at a time; only where it has escapes is
 * its text written anew, and only where it has bytes outside ASCII are they looked at again.
 */
#include "syntax/json_reader.h"

#include "base/utf8.h"

#include <string.h>

uint32_t
scl_json_offset(const struct scl_json_reader *r, const char *at)
{
    return (uint32_t)(at - r->start);
}

struct scl_span
scl_json_span(const struct scl_json_reader *r, const char *at, const char *end)
{
    return scl_span_between(scl_json_offset(r, at), scl_json_offset(r, end));
}

struct scl_note *
scl_json_stop(struct scl_json_reader *r, const char *at, const char *end, const char *message)
{
    r->stopped = true;
    return scl_note_add(r->notes, SCL_NOTE_ERROR, scl_json_span(r, at, end), "%s", message);
}

void
scl_json_complain(struct scl_json_reader *r, const char *at, const char *end, const char *message)
{
    if (scl_tree_may_note(&r->builder, SCL_NOTE_ERROR))
        scl_note_add(r->notes, SCL_NOTE_ERROR, scl_json_span(r, at, end), "%s", message);
}

/* Whether none of eight bytes is a quote, a backslash, a control character or outside ASCII. */
static bool
are_plain(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    uint64_t quotes = bytes ^ ones * '"', backslashes = bytes ^ ones * '\\';

    return !((((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes) |
              ((bytes - ones * 0x20) & ~bytes) | bytes) & highs);
}

/* The first byte from `at` on that is not plain, or the end. */
static const char *
plain_end(const char *at, const char *end)
{
    uint64_t bytes;

    while (end - at >= 8) {
        memcpy(&bytes, at, sizeof bytes);
        if (!are_plain(bytes))
            break;
        at += 8;
    }
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20 &&
           (unsigned char)*at < 0x80)
        at++;
    return at;
}

/* The value of four hexadecimal digits, or -1. */
static int32_t
hex_value(const char *at, const char *end)
{
    int32_t value = 0;

    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char digit = scl_lower(at[i]);

        if (!scl_is_digit(digit) && (digit < 'a' || digit > 'f'))
            return -1;
        value = value * 16 + (scl_is_digit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

static bool
is_surrogate(int32_t code, int32_t first)
{
    return code >= first && code < first + 0x400;
}

/* Decodes `\u` and what belongs to it at `at`; writes at `*out` and returns the end. */
static const char *
decode_unicode(struct scl_json_reader *r, const char *at, const char *end, char **out)
{
    int32_t code = hex_value(at + 2, end), low = -1;
    const char *after = at + 6;

    if (code < 0) {
        scl_json_complain(r, at, at + 2, "four hexadecimal digits do not follow \\u");
        memcpy(*out, at, 2);
        *out += 2;
        return at + 2;
    }
    if (is_surrogate(code, 0xd800) && end - after >= 2 && after[0] == '\\' && after[1] == 'u')
        low = hex_value(after + 2, end);
    if (is_surrogate(low, 0xdc00)) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        after += 6;
    } else if (is_surrogate(code, 0xd800) || is_surrogate(code, 0xdc00)) {
        scl_json_complain(r, at, after, "half of a surrogate pair");
        code = 0xfffd;
    }
    *out += scl_utf8_encode((uint32_t)code, *out);
    return after;
}

/* Decodes the escape at `at`, of which two bytes are there; as decode_unicode. */
static const char *
decode_escape(struct scl_json_reader *r, const char *at, const char *end, char **out)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *name = memchr(names, at[1], sizeof names - 1);
    size_t bytes = 1;

    if (at[1] == 'u')
        return decode_unicode(r, at, end, out);
    if (name) {
        *(*out)++ = values[name - names];
        return at + 2;
    }
    scl_utf8_decode(at + 1, (size_t)(end - at) - 1, &bytes);
    scl_json_complain(r, at, at + 1 + bytes, "unknown escape in a string");
    memcpy(*out, at, 2);
    *out += 2;
    return at + 2;
}

/* The text of a string with escapes; never longer than it is written. */
static struct scl_str
decode(struct scl_json_reader *r, struct scl_str raw)
{
    const char *at = raw.at, *end = raw.at + raw.len, *escape;
    char *text = scl_arena_alloc(r->arena, raw.len), *out = text;

    if (!text)
        return scl_str_n("", 0);
    while ((escape = memchr(at, '\\', (size_t)(end - at))) != NULL) {
        memcpy(out, at, (size_t)(escape - at));
        out += escape - at;
        at = decode_escape(r, escape, end, &out);
    }
    memcpy(out, at, (size_t)(end - at));
    return scl_str_n(text, (size_t)(out - text) + (size_t)(end - at));
}

static void
check_utf8(struct scl_json_reader *r, struct scl_str raw)
{
    size_t bytes;

    for (size_t i = 0; i < raw.len; i += bytes) {
        if (scl_utf8_decode(raw.at + i, raw.len - i, &bytes) != SCL_UTF8_BAD)
            continue;
        scl_json_complain(r, raw.at + i, raw.at + i + 1, "bytes that are not UTF-8 in a string");
        return;
    }
}

static void
stop_in_string(struct scl_json_reader *r, const char *at, const char *message)
{
    struct scl_note *note = scl_json_stop(r, at, at, message);

    scl_note_also_at(r->notes, note, scl_json_span(r, r->at, r->at + 1), "the string starts at");
}

/* The closing quote of the string at `at`, or NULL after an error. */
static const char *
string_end(struct scl_json_reader *r, bool *ret_escaped, bool *ret_foreign)
{
    const char *at = r->at + 1;

    while ((at = plain_end(at, r->end)) < r->end) {
        if (*at == '"')
            return at;
        if (*at == '\\') {
            *ret_escaped = true;
            at += r->end - at > 1 && (unsigned char)at[1] >= 0x20 ? 2 : 1;
        } else if ((unsigned char)*at >= 0x80) {
            *ret_foreign = true;
            at++;
        } else if (*at == '\n' || *at == '\r') {
            stop_in_string(r, at, "end of line inside a string");
            return NULL;
        } else {
            scl_json_complain(r, at, at + 1, "control character in a string");
            at++;
        }
    }
    stop_in_string(r, r->end, "end of file inside a string");
    return NULL;
}

bool
scl_json_string(struct scl_json_reader *r, struct scl_span *ret_span, struct scl_str *ret_text)
{
    bool escaped = false, foreign = false;
    const char *end = string_end(r, &escaped, &foreign);
    struct scl_str raw;

    if (!end)
        return false;
    raw = scl_str_n(r->at + 1, (size_t)(end - r->at) - 1);
    if (foreign)
        check_utf8(r, raw);
    *ret_text = escaped ? decode(r, raw) : raw;
    *ret_span = scl_json_span(r, r->at, end + 1);
    r->at = end + 1;
    return true;
}
