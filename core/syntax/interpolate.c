/* SPDX-License-Identifier: Apache-2.0 */
/*
 * interpolate.c: variables in the values of Compose files and of files of variables
 *
 * A default is a text of the same grammar, so it is read by the same function, up to a depth. No
 * byte is looked at twice.
 */
#include "syntax/interpolate.h"

#include "base/text.h"

enum { MOST_DEPTH = 32 };

struct reader {
    const struct scl_interpolation *in;
    struct scl_str text;
    size_t at;
    unsigned depth;
    bool broken;
};

static bool
is_name_start(char c)
{
    return scl_is_alpha(c) || c == '_';
}

static struct scl_str
take_name(struct reader *r)
{
    size_t start = r->at;

    while (r->at < r->text.len &&
           (is_name_start(r->text.at[r->at]) || (r->at > start && scl_is_digit(r->text.at[r->at]))))
        r->at++;
    return scl_str_sub(r->text, start, r->at - start);
}

static char
byte_at(const struct reader *r, size_t at)
{
    return at < r->text.len ? r->text.at[at] : '\0';
}

static void read_text(struct reader *r, bool in_braces, struct scl_text *out);

static void
tell(const struct reader *r, struct scl_str name, enum scl_variable_use use, struct scl_str value)
{
    if (r->in->use)
        r->in->use(r->in->context, name, use, value);
}

static void
add_given(struct reader *r, struct scl_str name, struct scl_str value, struct scl_text *out)
{
    tell(r, name, SCL_VARIABLE_GIVEN, value);
    scl_text_add(out, value);
}

static void
add_missing(struct reader *r, struct scl_str name, struct scl_text *out)
{
    tell(r, name, SCL_VARIABLE_MISSING, scl_str_n("", 0));
    scl_text_char(out, '\0');
}

/* Behind the name in braces: the operator and what follows it, up to the closing brace. */
static void
read_operator(struct reader *r, struct scl_str name, struct scl_text *out)
{
    bool with_empty = byte_at(r, r->at) == ':';
    char operator = byte_at(r, r->at + with_empty);
    struct scl_text word = { 0 };
    struct scl_str value = { "", 0 };
    bool is_given = r->in->find(r->in->context, name, &value);
    bool is_set = is_given && (value.len || !with_empty);

    if (operator != '-' && operator != '?' && operator != '+') {
        r->broken = true;
        return;
    }
    r->at += with_empty + 1u;
    read_text(r, true, &word);
    if (operator == '+' && is_set)
        scl_text_add(out, scl_text_str(&word));
    else if (operator == '+' && !is_given)
        add_missing(r, name, out);
    else if (operator == '+')
        tell(r, name, SCL_VARIABLE_GIVEN, value);
    else if (is_set)
        add_given(r, name, value, out);
    else if (operator == '-') {
        tell(r, name, SCL_VARIABLE_DEFAULT, scl_text_str(&word));
        scl_text_add(out, scl_text_str(&word));
    } else
        add_missing(r, name, out);
    out->failed = out->failed || word.failed;
    scl_text_finish(&word);
}

/* Behind `${`. */
static void
read_braces(struct reader *r, struct scl_text *out)
{
    struct scl_str name = take_name(r), value;

    if (!name.len || ++r->depth > MOST_DEPTH) {
        r->broken = true;
        return;
    }
    if (byte_at(r, r->at) != '}')
        read_operator(r, name, out);
    else if (r->in->find(r->in->context, name, &value))
        add_given(r, name, value, out);
    else
        add_missing(r, name, out);
    if (byte_at(r, r->at) == '}')
        r->at++;
    else
        r->broken = true;
    r->depth--;
}

/* At a `$`. */
static void
read_dollar(struct reader *r, struct scl_text *out)
{
    char next = byte_at(r, r->at + 1);
    struct scl_str name, value;

    r->at++;
    if (next == '$') {
        r->at++;
        scl_text_char(out, '$');
    } else if (next == '{') {
        r->at++;
        read_braces(r, out);
    } else if (is_name_start(next)) {
        name = take_name(r);
        if (r->in->find(r->in->context, name, &value))
            add_given(r, name, value, out);
        else
            add_missing(r, name, out);
    } else {
        r->at--;
        r->broken = true;
    }
}

/* Up to the end, or in braces up to the one that closes them. */
static void
read_text(struct reader *r, bool in_braces, struct scl_text *out)
{
    while (!r->broken && r->at < r->text.len) {
        char c = r->text.at[r->at];

        if (in_braces && c == '}')
            return;
        if (c == '$') {
            read_dollar(r, out);
            continue;
        }
        scl_text_char(out, c);
        r->at++;
    }
}

enum scl_interpolated
scl_interpolate(const struct scl_interpolation *in, struct scl_str text, struct scl_str *ret,
                size_t *ret_at)
{
    struct reader r = { .in = in, .text = text };
    struct scl_text out = { 0 };

    *ret = text;
    *ret_at = 0;
    if (scl_str_find_char(text, '$') == SIZE_MAX)
        return SCL_INTERPOLATED;
    read_text(&r, false, &out);
    *ret_at = r.at;
    if (!r.broken) {
        char *made = scl_arena_copy(in->arena, out.at ? out.at : "", out.len);

        *ret = scl_str_n(made ? made : "", made ? out.len : 0);
    }
    in->arena->failed = in->arena->failed || out.failed;
    scl_text_finish(&out);
    return r.broken ? SCL_INTERPOLATED_BROKEN : SCL_INTERPOLATED;
}
