/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c: the settings that the library describes
 */
#include "json.h"

#include <string.h>

const char *
cli_json_find(struct cli_pool *pool, const char *json, const char *key)
{
    const char *line = cli_pool_format(pool, "\n  \"%s\": ", key);
    const char *at = strstr(json, line);

    return at ? at + strlen(line) : NULL;
}

static unsigned
hex(const char *at)
{
    unsigned number = 0;

    for (int i = 0; i < 4; i++) {
        char digit = at[i];

        if (!digit)
            return 0xfffd;
        number = number * 16 +
                 (unsigned)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return number;
}

static char *
add_code(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

/* `\uXXXX`, of a character beyond the first plane two of them. */
static char *
take_code(char *to, const char **at)
{
    unsigned code = hex(*at + 1);

    *at += 5;
    if (code >= 0xd800 && code < 0xdc00 && (*at)[0] == '\\' && (*at)[1] == 'u') {
        code = 0x10000 + ((code & 0x3ff) << 10) + (hex(*at + 2) & 0x3ff);
        *at += 6;
    }
    return add_code(to, code);
}

static size_t
quoted_length(const char *at)
{
    size_t length = 0;

    while (at[length] && at[length] != '"')
        length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    return length;
}

/* Takes a text in quotes; `*at` becomes what is behind it. */
static const char *
take_text(struct cli_pool *pool, const char **at)
{
    static const char letters[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    const char *from = *at + 1, *end = from + quoted_length(from);
    char *text = cli_pool_alloc(pool, (size_t)(end - from) + 1), *to = text;

    while (from < end) {
        const char *letter;

        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from++;
        letter = strchr(letters, *from);
        if (*from == 'u') {
            to = take_code(to, &from);
        } else {
            *to++ = letter && *letter ? bytes[letter - letters] : *from;
            from++;
        }
    }
    *at = *end ? end + 1 : end;
    return text;
}

const char *
cli_json_text(struct cli_pool *pool, const char *value)
{
    return value && *value == '"' ? take_text(pool, &value) : NULL;
}

int64_t
cli_json_number(const char *value)
{
    int64_t number = 0;

    for (; value && *value >= '0' && *value <= '9' && number < INT64_MAX / 10 - 1; value++)
        number = number * 10 + (*value - '0');
    return number;
}

static const char *
skip(const char *at)
{
    while (*at == ' ' || *at == ',' || *at == ':' || *at == '\n')
        at++;
    return at;
}

struct cli_names
cli_json_list(struct cli_pool *pool, const char *value)
{
    struct cli_names names = { NULL, 0 };

    if (!value || *value != '[')
        return names;
    for (value = skip(value + 1); *value == '"'; value = skip(value))
        cli_names_add(pool, &names, take_text(pool, &value));
    return names;
}

/* A text, or the digits of a number. */
static const char *
take_scalar(struct cli_pool *pool, const char **at)
{
    size_t length;
    const char *text;

    if (**at == '"')
        return take_text(pool, at);
    length = strcspn(*at, ",}");
    text = cli_pool_text(pool, *at, length);
    *at += length;
    return text;
}

struct cli_names
cli_json_pairs(struct cli_pool *pool, const char *value, struct cli_names *ret_keys)
{
    struct cli_names names = { NULL, 0 };

    if (!value || *value != '{')
        return names;
    for (value = skip(value + 1); *value == '"'; value = skip(value)) {
        const char *key = take_text(pool, &value), *text;

        value = skip(value);
        text = take_scalar(pool, &value);
        if (ret_keys)
            cli_names_add(pool, ret_keys, key);
        cli_names_add(pool, &names, ret_keys ? text : cli_pool_format(pool, "%s=%s", key, text));
    }
    return names;
}
