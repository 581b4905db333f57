/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_format.c: string.format
 *
 * Directives are `d i u x X c s q f g e` with flags, a width and a precision of two digits at most.
 * Numbers are printed by the C library, whose locale is C in a run; what differs between machines,
 * the sign of not-a-number, is not printed.
 */
#include "script/arguments.h"
#include "script/buffer.h"
#include "script/libraries.h"
#include "script/state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char name[] = "string.format";

enum { PRINTED_MAX = 512 }; /* more than 1e308 with 99 digits after the point */

enum argument { WHOLE, FLOAT, BYTE, TEXT, QUOTED };

static const struct directive {
    char letter;
    enum argument argument;
    bool has_precision;
    const char *flags;
    const char *printed; /* for printf */
} directives[] = {
    { 'd', WHOLE, true, "-+0 ", "lld" },  { 'i', WHOLE, true, "-+0 ", "lld" },
    { 'u', WHOLE, true, "-0", "llu" },    { 'x', WHOLE, true, "-#0", "llx" },
    { 'X', WHOLE, true, "-#0", "llX" },   { 'c', BYTE, false, "-", NULL },
    { 's', TEXT, true, "-", NULL },       { 'q', QUOTED, false, "", NULL },
    { 'f', FLOAT, true, "-+#0 ", "f" },   { 'g', FLOAT, true, "-+#0 ", "g" },
    { 'e', FLOAT, true, "-+#0 ", "e" },
};

struct spec {
    const struct directive *directive;
    char flags[6];
    int width, precision; /* -1: none */
};

/* Up to two digits at the front of `rest`, or -1. */
static int
cut_number(struct scl_str *rest)
{
    int number = -1;

    for (int i = 0; i < 2 && rest->len && scl_is_digit(rest->at[0]); i++) {
        number = (number < 0 ? 0 : number) * 10 + (rest->at[0] - '0');
        *rest = scl_str_sub(*rest, 1, rest->len);
    }
    return number;
}

static const struct directive *
find_directive(char letter)
{
    for (size_t i = 0; i < sizeof directives / sizeof directives[0]; i++)
        if (directives[i].letter == letter)
            return &directives[i];
    return NULL;
}

static _Noreturn void
refuse(lua_State *L, struct scl_str format, struct scl_str rest)
{
    struct scl_str directive = scl_str_sub(format, 0, format.len - rest.len + (rest.len > 0));

    if (directive.len > 20)
        directive.len = 20;
    scl_raise(L, "string.format: '%.*s' is no directive; there are d i u x X c s q f g e",
              SCL_ARG(directive));
}

/* Reads what follows a `%`; `format` begins with that. Returns the rest. */
static struct scl_str
read_spec(lua_State *L, struct scl_str format, struct spec *spec)
{
    struct scl_str rest = scl_str_sub(format, 1, format.len);
    size_t count = 0;

    memset(spec, 0, sizeof *spec);
    spec->precision = -1;
    while (rest.len && rest.at[0] && strchr("-+ #0", rest.at[0])) {
        if (count == 5)
            refuse(L, format, rest);
        spec->flags[count++] = rest.at[0];
        rest = scl_str_sub(rest, 1, rest.len);
    }
    spec->width = cut_number(&rest);
    if (rest.len && rest.at[0] == '.') {
        rest = scl_str_sub(rest, 1, rest.len);
        spec->precision = cut_number(&rest);
        if (spec->precision < 0)
            spec->precision = 0;
    }
    spec->directive = rest.len ? find_directive(rest.at[0]) : NULL;
    if (!spec->directive || (spec->precision >= 0 && !spec->directive->has_precision) ||
        strspn(spec->flags, spec->directive->flags) != count ||
        (spec->directive->argument == QUOTED && spec->width >= 0))
        refuse(L, format, rest);
    return scl_str_sub(rest, 1, rest.len);
}

static void
add_padded(struct scl_buffer *buffer, const struct spec *spec, struct scl_str text)
{
    size_t width = spec->width > 0 ? (size_t)spec->width : 0;
    size_t blanks = width > text.len ? width - text.len : 0;
    bool is_left = strchr(spec->flags, '-') != NULL;

    if (!is_left)
        scl_buffer_fill(buffer, ' ', blanks);
    scl_buffer_add(buffer, text);
    if (is_left)
        scl_buffer_fill(buffer, ' ', blanks);
}

/* The directive as printf knows it. */
static void
write_directive(const struct spec *spec, char *room, size_t size)
{
    int len = snprintf(room, size, "%%%s", spec->flags);

    if (spec->width >= 0)
        len += snprintf(room + len, size - (size_t)len, "%d", spec->width);
    if (spec->precision >= 0)
        len += snprintf(room + len, size - (size_t)len, ".%d", spec->precision);
    snprintf(room + len, size - (size_t)len, "%s", spec->directive->printed);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
add_number(struct scl_buffer *buffer, const struct spec *spec, int index)
{
    char room[PRINTED_MAX], directive[24];
    lua_State *L = buffer->L;
    int len;

    write_directive(spec, directive, sizeof directive);
    if (spec->directive->argument == WHOLE) {
        len = snprintf(room, sizeof room, directive, (long long)scl_arg_integer(L, index, name));
    } else {
        lua_Number number = scl_arg_number(L, index, name);

        if (isnan(number)) {
            add_padded(buffer, spec, SCL_S("nan"));
            return;
        }
        len = snprintf(room, sizeof room, directive, number);
    }
    scl_buffer_add(buffer, scl_str_n(room, len > 0 && len < PRINTED_MAX ? (size_t)len : 0));
}
#pragma GCC diagnostic pop

/* A string as a literal of Lua, controls escaped. */
static void
add_literal(struct scl_buffer *buffer, struct scl_str text)
{
    char room[8];

    scl_charge_bytes(buffer->L, text.len * 8);
    scl_buffer_char(buffer, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        bool digit_follows = i + 1 < text.len && scl_is_digit(text.at[i + 1]);

        if (byte == '"' || byte == '\\' || byte == '\n') {
            scl_buffer_char(buffer, '\\');
            scl_buffer_char(buffer, (char)byte);
        } else if (byte < 0x20 || byte == 0x7f) {
            int len = snprintf(room, sizeof room, digit_follows ? "\\%03d" : "\\%d", byte);

            scl_buffer_add(buffer, scl_str_n(room, (size_t)len));
        } else {
            scl_buffer_char(buffer, (char)byte);
        }
    }
    scl_buffer_char(buffer, '"');
}

/* A float that reads back as the same. */
static void
add_exact(struct scl_buffer *buffer, lua_Number number)
{
    char room[64];

    if (isnan(number))
        scl_buffer_add(buffer, SCL_S("(0/0)"));
    else if (isinf(number))
        scl_buffer_add(buffer, number > 0 ? SCL_S("1e9999") : SCL_S("-1e9999"));
    else
        scl_buffer_add(buffer, scl_str_n(room, (size_t)snprintf(room, sizeof room, "%a", number)));
}

static void
add_quoted(struct scl_buffer *buffer, int index)
{
    lua_State *L = buffer->L;
    struct scl_str text;

    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        text.at = lua_tolstring(L, index, &text.len);
        add_literal(buffer, text);
        return;
    case LUA_TNUMBER:
        if (!lua_isinteger(L, index)) {
            add_exact(buffer, lua_tonumber(L, index));
            return;
        }
        if (lua_tointeger(L, index) == LUA_MININTEGER) {
            scl_buffer_add(buffer, SCL_S("0x8000000000000000"));
            return;
        }
        break;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
        break;
    default:
        scl_arg_refuse(L, index, name, "a value that has a literal");
    }
    lua_pushvalue(L, index);
    scl_buffer_value(buffer);
}

static void
add_text(struct scl_buffer *buffer, const struct spec *spec, int index)
{
    lua_State *L = buffer->L;
    struct scl_str text;

    scl_arg_any(L, index, name);
    scl_tostring_push(L, index);
    text.at = lua_tolstring(L, -1, &text.len);
    if (spec->precision >= 0)
        text = scl_str_sub(text, 0, (size_t)spec->precision);
    scl_charge_bytes(L, text.len);
    add_padded(buffer, spec, text);
    lua_pop(L, 1);
}

static void
add_argument(struct scl_buffer *buffer, const struct spec *spec, int index)
{
    char byte;

    scl_charge(buffer->L, 1);
    switch (spec->directive->argument) {
    case BYTE:
        byte = (char)(unsigned char)scl_arg_integer(buffer->L, index, name);
        add_padded(buffer, spec, scl_str_n(&byte, 1));
        break;
    case TEXT:
        add_text(buffer, spec, index);
        break;
    case QUOTED:
        add_quoted(buffer, index);
        break;
    default:
        add_number(buffer, spec, index);
        break;
    }
}

int
scl_string_format(lua_State *L)
{
    struct scl_str format = scl_arg_string(L, 1, name);
    int index = 1, count = lua_gettop(L);
    struct scl_buffer buffer;
    struct spec spec;

    scl_charge_bytes(L, format.len);
    scl_buffer_init(&buffer, L, 64);
    while (format.len) {
        size_t plain = scl_str_find_char(format, '%');

        if (plain == SIZE_MAX)
            plain = format.len;
        scl_buffer_add(&buffer, scl_str_sub(format, 0, plain));
        format = scl_str_sub(format, plain, format.len);
        if (format.len > 1 && format.at[1] == '%') {
            scl_buffer_char(&buffer, '%');
            format = scl_str_sub(format, 2, format.len);
        } else if (format.len) {
            format = read_spec(L, format, &spec);
            if (++index > count)
                scl_raise(L, "string.format: argument %d is missing", index);
            add_argument(&buffer, &spec, index);
        }
    }
    scl_buffer_push(&buffer);
    return 1;
}
