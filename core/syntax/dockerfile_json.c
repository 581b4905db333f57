/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_json.c: the JSON arrays of RUN, CMD, COPY and their like
 *
 * BuildKit takes a text for an array where Go's decoder does, and for something else where that
 * fails anywhere, so nothing is kept before all of it was read: bytes that are not UTF-8 are
 * replaced, a number that does not fit a double spoils the array, nesting ends at 10,000. An array
 * of anything but strings is an error.
 */
#include "syntax/dockerfile_reader.h"

#include "base/utf8.h"
#include "syntax/expand_rune.h"

#include <string.h>

enum { DEEPEST = 10000, LARGEST_EXPONENT = 309 };

struct json {
    struct scl_str text;
    size_t at;
    uint32_t depth;
    unsigned char is_object[DEEPEST / 8 + 1]; /* a bit for each open container */
};

static void
skip_blanks(struct json *json)
{
    while (json->at < json->text.len && json->text.at[json->at] &&
           strchr(" \t\r\n", json->text.at[json->at]))
        json->at++;
}

static char
peek(const struct json *json)
{
    return json->at < json->text.len ? json->text.at[json->at] : '\0';
}

static bool
skip_char(struct json *json, char byte)
{
    skip_blanks(json);
    if (json->at == json->text.len || json->text.at[json->at] != byte)
        return false;
    json->at++;
    return true;
}

static int
hex_digit(char byte)
{
    if (scl_is_digit(byte))
        return byte - '0';
    byte = scl_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The four digits of `\uXXXX`, from `at` on; -1 where they are none. */
static int32_t
hex_code(struct scl_str text, size_t at)
{
    int32_t code = 0;

    if (text.len < 4 || at > text.len - 4)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        int digit = hex_digit(text.at[i]);

        if (digit < 0)
            return -1;
        code = code << 4 | digit;
    }
    return code;
}

/* Goes past a string, from its quote on; its token, quotes included. */
static bool
skip_string(struct json *json, struct scl_str *ret_token)
{
    size_t start = json->at++;

    while (json->at < json->text.len) {
        unsigned char byte = (unsigned char)json->text.at[json->at++];

        if (byte == '"') {
            *ret_token = scl_str_sub(json->text, start, json->at - start);
            return true;
        }
        if (byte < 0x20)
            return false;
        if (byte != '\\')
            continue;
        byte = (unsigned char)peek(json);
        json->at++;
        if (byte == 'u' && hex_code(json->text, json->at) < 0)
            return false;
        if (!byte || !strchr("\"\\/bfnrtu", byte))
            return false;
    }
    return false;
}

static size_t
skip_digits(struct json *json)
{
    size_t start = json->at;

    while (scl_is_digit(peek(json)))
        json->at++;
    return json->at - start;
}

/* The digits of a number without its point, without zeros in front. */
struct decimal {
    char digits[20];
    size_t count;
    int64_t exponent; /* of ten: the value is 0.DIGITS times that */
    bool is_zero;
};

static void
add_digits(struct decimal *decimal, struct scl_str digits, bool is_fraction)
{
    for (size_t i = 0; i < digits.len; i++) {
        if (decimal->is_zero && digits.at[i] == '0') {
            decimal->exponent -= is_fraction;
            continue;
        }
        decimal->is_zero = false;
        decimal->exponent += !is_fraction;
        if (decimal->count < sizeof decimal->digits)
            decimal->digits[decimal->count++] = digits.at[i];
    }
}

/* Whether a number rounds to infinity: from halfway above the largest double on. */
static bool
is_too_large(const struct decimal *decimal, int64_t exponent)
{
    static const char limit[] = "17976931348623158079";

    exponent += decimal->exponent;
    if (decimal->is_zero || exponent < LARGEST_EXPONENT)
        return false;
    if (exponent > LARGEST_EXPONENT)
        return true;
    for (size_t i = 0; i < sizeof limit - 1; i++) {
        char digit = i < decimal->count ? decimal->digits[i] : '0';

        if (digit != limit[i])
            return digit > limit[i];
    }
    return true;
}

static bool
skip_number(struct json *json)
{
    struct decimal decimal = { .is_zero = true };
    int64_t exponent = 0;
    bool is_negative;
    size_t start;

    if (peek(json) == '-')
        json->at++;
    start = json->at;
    if (peek(json) == '0')
        json->at++;
    else if (!skip_digits(json))
        return false;
    add_digits(&decimal, scl_str_sub(json->text, start, json->at - start), false);
    if (peek(json) == '.') {
        start = ++json->at;
        if (!skip_digits(json))
            return false;
        add_digits(&decimal, scl_str_sub(json->text, start, json->at - start), true);
    }
    if (peek(json) == 'e' || peek(json) == 'E') {
        json->at++;
        is_negative = peek(json) == '-';
        if (is_negative || peek(json) == '+')
            json->at++;
        if (!scl_is_digit(peek(json)))
            return false;
        for (; scl_is_digit(peek(json)); json->at++)
            if (exponent < INT32_MAX)
                exponent = exponent * 10 + (peek(json) - '0');
        exponent = is_negative ? -exponent : exponent;
    }
    return !is_too_large(&decimal, exponent);
}

static bool
skip_word(struct json *json)
{
    static const struct scl_str words[] = { SCL_STR("true"), SCL_STR("false"), SCL_STR("null") };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (scl_str_starts(scl_str_sub(json->text, json->at, json->text.len), words[i])) {
            json->at += words[i].len;
            return true;
        }
    return false;
}

/* Enters a list or an object. */
static bool
enter(struct json *json)
{
    bool is_object = peek(json) == '{';
    unsigned char bit = (unsigned char)(1u << json->depth % 8);

    if (json->depth == DEEPEST)
        return false;
    if (is_object)
        json->is_object[json->depth / 8] |= bit;
    else
        json->is_object[json->depth / 8] &= (unsigned char)~bit;
    json->depth++;
    json->at++;
    return true;
}

static bool
in_object(const struct json *json)
{
    return json->is_object[(json->depth - 1) / 8] >> (json->depth - 1) % 8 & 1;
}

static bool
skip_key(struct json *json, struct scl_str *ret_token)
{
    skip_blanks(json);
    return peek(json) == '"' && skip_string(json, ret_token) && skip_char(json, ':');
}

/* Goes past the ends of containers behind a value, down to `depth`, and past one comma. */
static bool
skip_ends(struct json *json, uint32_t depth)
{
    struct scl_str key;

    while (json->depth > depth) {
        if (skip_char(json, ','))
            return !in_object(json) || skip_key(json, &key);
        if (!skip_char(json, in_object(json) ? '}' : ']'))
            return false;
        json->depth--;
    }
    return true;
}

/* Goes past one value of any kind. */
static bool
skip_value(struct json *json)
{
    uint32_t depth = json->depth;
    struct scl_str token;

    do {
        char byte;

        skip_blanks(json);
        byte = peek(json);
        if (byte == '{' || byte == '[') {
            if (!enter(json))
                return false;
            if (skip_char(json, byte == '{' ? '}' : ']'))
                json->depth--;
            else if (byte == '{' && !skip_key(json, &token))
                return false;
            else
                continue;
        } else if (byte == '"' ? !skip_string(json, &token)
                   : byte == '-' || scl_is_digit(byte) ? !skip_number(json)
                                                       : !skip_word(json))
            return false;
        if (!skip_ends(json, depth))
            return false;
        if (json->depth == depth)
            return true;
    } while (true);
}

/* ---- strings ---- */

/* Adds what the escape at `at` stands for; returns where the text goes on. */
static size_t
add_escape(struct scl_text *out, struct scl_str text, size_t at)
{
    static const char signs[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char *sign = strchr(signs, text.at[at]);
    int32_t code, low;
    char bytes[4];

    if (text.at[at] != 'u') {
        scl_text_char(out, sign ? meanings[sign - signs] : text.at[at]);
        return at + 1;
    }
    code = hex_code(text, at + 1);
    at += 5;
    if (code >= 0xd800 && code < 0xdc00 && at + 1 < text.len && text.at[at] == '\\' &&
        text.at[at + 1] == 'u') {
        low = hex_code(text, at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
        }
    }
    if (code >= 0xd800 && code < 0xe000)
        code = 0xfffd;
    scl_text_add(out, scl_str_n(bytes, scl_utf8_encode((uint32_t)code, bytes)));
    return at;
}

/* What a string token says: a slice of it where it has no escapes. */
static struct scl_str
decode(struct scl_arena *arena, struct scl_str token)
{
    struct scl_str text = scl_str_sub(token, 1, token.len - 2), made;
    struct scl_text out = { 0 };

    if (scl_str_find_char(text, '\\') == SIZE_MAX)
        return scl_rune_valid(arena, text);
    for (size_t at = 0; at < text.len;) {
        size_t plain = scl_str_find_char(scl_str_sub(text, at, text.len), '\\');

        scl_text_add(&out, scl_str_sub(text, at, plain));
        if (plain == SIZE_MAX)
            break;
        at = add_escape(&out, text, at + plain + 1);
    }
    made = scl_rune_valid(arena, scl_text_str(&out));
    if (made.at == out.at)
        made.at = scl_arena_copy(arena, out.at, out.len);
    if (out.failed || !made.at) {
        arena->failed = true;
        made = SCL_S("");
    }
    scl_text_finish(&out);
    return made;
}

/* ---- arrays and objects ---- */

/* Whether nothing but blanks is left. */
static bool
is_done(struct json *json)
{
    skip_blanks(json);
    return json->at == json->text.len;
}

/* Gathers the strings; `*ret_other` is where the first value stands that is none. */
static bool
read_members(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
             struct json *json, struct scl_str *ret_other)
{
    if (skip_char(json, ']'))
        return is_done(json);
    do {
        struct scl_str token;
        size_t from;

        skip_blanks(json);
        from = json->at;
        if (peek(json) == '"' && ret_other->len == 0) {
            if (!skip_string(json, &token) ||
                !scl_docker_word_add(reader, instruction, token))
                return false;
        } else {
            bool is_string = peek(json) == '"';

            if (!skip_value(json))
                return false;
            if (!is_string && ret_other->len == 0)
                *ret_other = scl_str_sub(json->text, from, json->at - from);
        }
    } while (skip_char(json, ','));
    return skip_char(json, ']') && is_done(json);
}

bool
scl_docker_array_read(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                      struct scl_str text)
{
    uint32_t before = reader->words.count;
    struct scl_str other = { NULL, 0 };
    struct json json;

    text = scl_rune_trim_left(text);
    if (!scl_str_starts(text, SCL_S("[")))
        return false;
    json = (struct json){ .text = text };
    enter(&json);
    if (!read_members(reader, instruction, &json, &other)) {
        reader->nodes_left += reader->words.count - before;
        reader->words.count = before;
        return false;
    }
    if (other.len) {
        reader->words.count = before;
        scl_docker_bad(reader, instruction,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                    scl_docker_slice_span(instruction, other),
                                    "an array of %.*s may hold only strings",
                                    SCL_ARG(instruction->name)));
        return true;
    }
    for (uint32_t i = before; i < reader->words.count; i++)
        reader->words.at[i].text = decode(reader->arena, reader->words.at[i].text);
    return true;
}

bool
scl_docker_object_find(struct scl_arena *arena, struct scl_str text, const char *key,
                       struct scl_str *ret_value, struct scl_str *ret_token)
{
    struct scl_str name, token, found = { NULL, 0 };
    struct json json = { .text = text };

    if (!scl_str_starts(text, SCL_S("{")))
        return false;
    enter(&json);
    do {
        bool is_wanted;

        if (!skip_key(&json, &name))
            return false;
        is_wanted = scl_str_is(decode(arena, name), key);
        skip_blanks(&json);
        token = scl_str_n(NULL, 0);
        if (peek(&json) == '"' ? !skip_string(&json, &token) : !skip_value(&json))
            return false;
        if (is_wanted)
            found = token;
    } while (skip_char(&json, ','));
    if (!skip_char(&json, '}') || !is_done(&json) || !found.at)
        return false;
    *ret_value = decode(arena, found);
    *ret_token = found;
    return true;
}
