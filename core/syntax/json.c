/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c: JSON to a positioned tree
 *
 * One pass over the bytes. Between tokens the reader is in one of a few states, each of which takes
 * one token and says which comes next; what is open is on the builder's stack, not on C's.
 *
 * Invariants: `at` only grows; `last` is the end of the last token, which is where "end of file"
 * is reported, before any blanks; once `stopped`, an error note or a failed arena says why.
 */
#include "syntax/json.h"

#include "base/utf8.h"
#include "syntax/json_reader.h"

enum state { VALUE, FIRST_ITEM, ITEM, FIRST_KEY, KEY, NEXT, DONE };

enum { LONGEST_WORD = 60 };

static void
say_where_open(struct scl_json_reader *r, struct scl_note *note)
{
    const struct scl_tree *open = scl_tree_innermost(&r->builder);

    if (open)
        scl_note_also_at(r->notes, note, (struct scl_span){ open->span.offset, 1 },
                         open->kind == SCL_TREE_MAP ? "the object starts at"
                                                    : "the array starts at");
}

/* The end of the word or the one character at `at`: what an error underlines. */
static const char *
word_end(const struct scl_json_reader *r, const char *at)
{
    const char *end = at;
    size_t bytes = 1;

    while (end < r->end && end - at < LONGEST_WORD && (scl_is_alnum(*end) || *end == '_'))
        end++;
    if (end > at)
        return end;
    scl_utf8_decode(at, (size_t)(r->end - at), &bytes);
    return at + bytes;
}

/* What people write that JSON does not have, and what to write instead. */
static const struct mistake {
    struct scl_str start;
    const char *help;
} mistakes[] = {
    { SCL_STR("'"), "strings stand in double quotes" },
    { SCL_STR("//"), "JSON has no comments" },
    { SCL_STR("/*"), "JSON has no comments" },
    { SCL_STR("#"), "JSON has no comments" },
    { SCL_STR("True"), "did you mean true?" },
    { SCL_STR("TRUE"), "did you mean true?" },
    { SCL_STR("False"), "did you mean false?" },
    { SCL_STR("FALSE"), "did you mean false?" },
    { SCL_STR("None"), "did you mean null?" },
    { SCL_STR("Null"), "did you mean null?" },
    { SCL_STR("NULL"), "did you mean null?" },
    { SCL_STR("undefined"), "did you mean null?" },
    { SCL_STR("NaN"), "JSON has no such number" },
    { SCL_STR("Infinity"), "JSON has no such number" },
    { SCL_STR("+"), "a number has no plus sign" },
    { SCL_STR("."), "a number begins with a digit" },
};

static struct scl_note *
stop_unexpected(struct scl_json_reader *r, const char *message)
{
    struct scl_str rest = scl_str_n(r->at, (size_t)(r->end - r->at));
    struct scl_note *note = scl_json_stop(r, r->at, word_end(r, r->at), message);

    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        if (scl_str_starts(rest, mistakes[i].start)) {
            scl_note_help(r->notes, note, "%s", mistakes[i].help);
            break;
        }
    }
    return note;
}

/* Goes over digits, of which there must be one. */
static bool
take_digits(struct scl_json_reader *r, const char **at)
{
    const char *end = *at;

    while (end < r->end && scl_is_digit(*end))
        end++;
    if (end == *at) {
        r->at = end;
        if (end == r->end)
            scl_json_stop(r, end, end, "end of file inside a number");
        else
            stop_unexpected(r, "expected a digit");
        return false;
    }
    *at = end;
    return true;
}

static bool
number_end(struct scl_json_reader *r, const char **ret_end)
{
    const char *at = r->at + (*r->at == '-'), *first = at;

    if (!take_digits(r, &at))
        return false;
    if (*first == '0' && at - first > 1) {
        scl_json_stop(r, r->at, at, "leading zero in a number");
        return false;
    }
    if (at < r->end && *at == '.') {
        at++;
        if (!take_digits(r, &at))
            return false;
    }
    if (at < r->end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < r->end && (*at == '+' || *at == '-');
        if (!take_digits(r, &at))
            return false;
    }
    *ret_end = at;
    return true;
}

static struct scl_tree *
add(struct scl_json_reader *r, enum scl_tree_kind kind, const char *end)
{
    struct scl_str text = scl_str_n(r->at, (size_t)(end - r->at));
    struct scl_tree *node = scl_tree_add(&r->builder, kind, SCL_TREE_PLAIN,
                                         scl_json_span(r, r->at, end), text);

    r->at = end;
    r->stopped = !node;
    return node;
}

static void
read_word(struct scl_json_reader *r)
{
    static const struct {
        struct scl_str word;
        enum scl_tree_kind kind;
        bool is_true;
    } words[] = {
        { SCL_STR("true"), SCL_TREE_BOOL, true },
        { SCL_STR("false"), SCL_TREE_BOOL, false },
        { SCL_STR("null"), SCL_TREE_NULL, false },
    };
    const char *end = word_end(r, r->at);
    struct scl_str word = scl_str_n(r->at, (size_t)(end - r->at));

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (scl_str_same(word, words[i].word)) {
            struct scl_tree *node = add(r, words[i].kind, end);

            if (node)
                node->is_true = words[i].is_true;
            return;
        }
    }
    stop_unexpected(r, "expected a value");
}

static enum state
open_container(struct scl_json_reader *r, enum scl_tree_kind kind, enum state next)
{
    r->stopped = !scl_tree_open(&r->builder, kind, SCL_TREE_FLOW, scl_json_offset(r, r->at));
    r->at++;
    return next;
}

static enum state
close_container(struct scl_json_reader *r)
{
    r->at++;
    r->stopped = !scl_tree_close(&r->builder, scl_json_offset(r, r->at));
    return scl_tree_innermost(&r->builder) ? NEXT : DONE;
}

static enum state
read_value(struct scl_json_reader *r)
{
    struct scl_span span;
    struct scl_str text;
    const char *end;

    if (*r->at == '{')
        return open_container(r, SCL_TREE_MAP, FIRST_KEY);
    if (*r->at == '[')
        return open_container(r, SCL_TREE_LIST, FIRST_ITEM);
    if (*r->at == '"') {
        if (scl_json_string(r, &span, &text))
            r->stopped = !scl_tree_add(&r->builder, SCL_TREE_STRING, SCL_TREE_DOUBLE_QUOTED, span,
                                       text);
    } else if (scl_is_digit(*r->at) || *r->at == '-') {
        if (number_end(r, &end))
            add(r, SCL_TREE_NUMBER, end);
    } else {
        read_word(r);
    }
    return scl_tree_innermost(&r->builder) ? NEXT : DONE;
}

static enum state
read_item(struct scl_json_reader *r, bool is_first)
{
    if (*r->at != ']')
        return read_value(r);
    if (is_first)
        return close_container(r);
    scl_json_stop(r, r->last - 1, r->last, "trailing comma in an array");
    return DONE;
}

static void
skip_blanks(struct scl_json_reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t'))
        r->at++;
}

static void
stop_at_end(struct scl_json_reader *r)
{
    const struct scl_tree *open = scl_tree_innermost(&r->builder);

    const char *message = "the file is empty";

    if (open)
        message = open->kind == SCL_TREE_MAP ? "end of file inside an object"
                                             : "end of file inside an array";
    say_where_open(r, scl_json_stop(r, r->last, r->last, message));
}

static enum state
read_key(struct scl_json_reader *r, bool is_first)
{
    struct scl_span span;
    struct scl_str text;

    if (*r->at == '}' && is_first)
        return close_container(r);
    if (*r->at == '}') {
        scl_json_stop(r, r->last - 1, r->last, "trailing comma in an object");
        return DONE;
    }
    if (*r->at != '"') {
        stop_unexpected(r, is_first ? "expected a key or '}'" : "expected a key");
        return DONE;
    }
    if (!scl_json_string(r, &span, &text))
        return DONE;
    r->last = r->at;
    skip_blanks(r);
    if (r->at == r->end)
        stop_at_end(r);
    else if (*r->at != ':')
        stop_unexpected(r, "expected ':' after a key");
    else
        r->stopped = !scl_tree_next_key(&r->builder, span, text);
    if (!r->stopped)
        r->at++;
    return VALUE;
}

static enum state
read_next(struct scl_json_reader *r)
{
    bool in_map = scl_tree_innermost(&r->builder)->kind == SCL_TREE_MAP;

    if (*r->at == (in_map ? '}' : ']'))
        return close_container(r);
    if (*r->at == ',') {
        r->at++;
        return in_map ? KEY : ITEM;
    }
    say_where_open(r, stop_unexpected(r, in_map ? "expected ',' or '}' after a member"
                                                : "expected ',' or ']' after an item"));
    return DONE;
}

static enum state
step(struct scl_json_reader *r, enum state state)
{
    switch (state) {
    case FIRST_ITEM:
    case ITEM:
        return read_item(r, state == FIRST_ITEM);
    case FIRST_KEY:
    case KEY:
        return read_key(r, state == FIRST_KEY);
    case NEXT:
        return read_next(r);
    case VALUE:
    case DONE:
        break;
    }
    return read_value(r);
}

bool
scl_json_begins(struct scl_str text)
{
    if (scl_str_starts(text, SCL_S("\xef\xbb\xbf")))
        text = scl_str_sub(text, 3, text.len);
    text = scl_str_trim(text);
    return text.len && (text.at[0] == '{' || text.at[0] == '[');
}

const struct scl_tree *
scl_json_read(struct scl_arena *arena, const struct scl_source *source,
              const struct scl_tree_limits *limits, struct scl_notes *notes)
{
    struct scl_str text = source->text;
    struct scl_json_reader r = { .arena = arena, .notes = notes, .start = text.at ? text.at : "" };
    enum state state = VALUE;

    r.end = r.start + text.len;
    r.at = r.start + (scl_str_starts(text, SCL_S("\xef\xbb\xbf")) ? 3 : 0);
    r.last = r.at;
    scl_tree_builder_init(&r.builder, arena, limits, notes);
    for (;;) {
        skip_blanks(&r);
        if (r.stopped || state == DONE)
            break;
        if (r.at == r.end) {
            stop_at_end(&r);
            break;
        }
        state = step(&r, state);
        if (!r.stopped)
            r.last = r.at;
    }
    if (!r.stopped && r.at < r.end)
        stop_unexpected(&r, "text after the value");
    return scl_tree_builder_finish(&r.builder, scl_json_offset(&r, r.last));
}
