/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore_pattern.c: one ignore pattern, from its text to steps
 *
 * moby rewrites a pattern as a regular expression, blind to where classes begin and end, so that
 * `[*]` becomes something nobody meant. To agree with it everywhere, the same expression is written
 * here; of the language of expressions only what such a text can hold is understood: characters,
 * classes, `.*`, `(.*<slash>)?`, a `*` behind a class, and `^`.
 */
#include "syntax/ignore_pattern.h"

#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd };

/* The character at `*at`, U+FFFD for a bad byte; goes behind it. */
static int32_t
next_code(struct scl_str text, size_t *at)
{
    size_t bytes;
    int32_t code = scl_utf8_decode(text.at + *at, text.len - *at, &bytes);

    *at += bytes;
    return code == SCL_UTF8_BAD ? REPLACEMENT : code;
}

/* ---- what filepath.Match takes ---- */

/* Goes over one end of a range; something has to follow it. */
static bool
skip_range_end(struct scl_str pattern, size_t *at)
{
    size_t bytes;

    if (*at == pattern.len || pattern.at[*at] == '-' || pattern.at[*at] == ']')
        return false;
    *at += pattern.at[*at] == '\\';
    if (*at == pattern.len ||
        scl_utf8_decode(pattern.at + *at, pattern.len - *at, &bytes) == SCL_UTF8_BAD)
        return false;
    *at += bytes;
    return *at < pattern.len;
}

/* Goes over a class, from behind its `[`. */
static bool
skip_class(struct scl_str pattern, size_t *at)
{
    *at += *at < pattern.len && pattern.at[*at] == '^';
    for (bool is_first = true;; is_first = false) {
        if (!is_first && pattern.at[*at] == ']')
            break;
        if (!skip_range_end(pattern, at))
            return false;
        if (pattern.at[*at] == '-') {
            ++*at;
            if (!skip_range_end(pattern, at))
                return false;
        }
    }
    ++*at;
    return true;
}

bool
scl_ignore_is_pattern(struct scl_str pattern)
{
    size_t at = 0;

    while (at < pattern.len) {
        char byte = pattern.at[at++];

        if (byte == '\\' && at++ == pattern.len)
            return false;
        if (byte == '[' && !skip_class(pattern, &at))
            return false;
    }
    return true;
}

/* ---- the expression ---- */

/* Writes what `**` is, from behind it, and returns how the pattern is matched so far. */
static enum scl_ignore_kind
express_stars(struct scl_str pattern, size_t *at, bool is_first, enum scl_ignore_kind kind,
              struct scl_text *expression)
{
    *at += *at < pattern.len && pattern.at[*at] == '/';
    if (*at < pattern.len) {
        scl_text_c(expression, "(.*/)?");
        kind = SCL_IGNORE_PATTERN;
    } else if (kind == SCL_IGNORE_EXACT) {
        kind = SCL_IGNORE_PREFIX;
    } else {
        scl_text_c(expression, ".*");
        kind = SCL_IGNORE_PATTERN;
    }
    return is_first ? SCL_IGNORE_SUFFIX : kind;
}

enum scl_ignore_kind
scl_ignore_express(struct scl_str pattern, struct scl_text *expression)
{
    enum scl_ignore_kind kind = SCL_IGNORE_EXACT;
    size_t at = 0, start;

    scl_text_char(expression, '^');
    while (at < pattern.len) {
        char byte = pattern.at[at];

        start = at;
        next_code(pattern, &at);
        if (byte == '*' && at < pattern.len && pattern.at[at] == '*') {
            at++;
            kind = express_stars(pattern, &at, start == 0, kind, expression);
            continue;
        }
        if (byte == '*' || byte == '?') {
            scl_text_c(expression, byte == '*' ? "[^/]*" : "[^/]");
        } else if (scl_str_find_char(SCL_S(".+()|{}$"), byte) != SIZE_MAX) {
            scl_text_char(expression, '\\');
        } else if (byte == '\\' && at < pattern.len) {
            next_code(pattern, &at);
        }
        if (byte != '*' && byte != '?')
            scl_text_add(expression, scl_str_sub(pattern, start, at - start));
        if (scl_str_find_char(SCL_S("*?\\[]"), byte) != SIZE_MAX)
            kind = SCL_IGNORE_PATTERN;
    }
    scl_text_char(expression, '$');
    return kind;
}

/* ---- the steps ---- */

struct compiler {
    struct scl_arena *arena;
    struct scl_str text; /* without the `$` at its end */
    size_t at;
    SCL_VEC(struct scl_ignore_step) steps;
};

/* Names of classes within classes: `[[:alpha:]]`. */
static const struct {
    struct scl_str name;
    struct scl_ignore_range ranges[4]; /* unused ones are of U+0000 to U+0000 and last */
} named[] = {
    { SCL_STR("[:alnum:]"), { { '0', '9' }, { 'A', 'Z' }, { 'a', 'z' } } },
    { SCL_STR("[:alpha:]"), { { 'A', 'Z' }, { 'a', 'z' } } },
    { SCL_STR("[:ascii:]"), { { 0, 0x7f } } },
    { SCL_STR("[:blank:]"), { { '\t', '\t' }, { ' ', ' ' } } },
    { SCL_STR("[:cntrl:]"), { { 0, 0x1f }, { 0x7f, 0x7f } } },
    { SCL_STR("[:digit:]"), { { '0', '9' } } },
    { SCL_STR("[:graph:]"), { { '!', '~' } } },
    { SCL_STR("[:lower:]"), { { 'a', 'z' } } },
    { SCL_STR("[:print:]"), { { ' ', '~' } } },
    { SCL_STR("[:punct:]"), { { '!', '/' }, { ':', '@' }, { '[', '`' }, { '{', '~' } } },
    { SCL_STR("[:space:]"), { { '\t', '\r' }, { ' ', ' ' } } },
    { SCL_STR("[:upper:]"), { { 'A', 'Z' } } },
    { SCL_STR("[:word:]"), { { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' } } },
    { SCL_STR("[:xdigit:]"), { { '0', '9' }, { 'A', 'F' }, { 'a', 'f' } } },
};

static const struct scl_ignore_range line_feed = { '\n', '\n' };
static const struct scl_ignore_range slash = { '/', '/' };

typedef SCL_VEC(struct scl_ignore_range) range_list;

static bool
add_range(struct compiler *c, range_list *list, int32_t first, int32_t last)
{
    struct scl_ignore_range *range = scl_vec_push(c->arena, list);

    if (range)
        *range = (struct scl_ignore_range){ first, last };
    return range != NULL;
}

/* A class by its name at the cursor; 0 for none, -1 for a name that there is not. */
static int
take_named(struct compiler *c, range_list *list)
{
    struct scl_str rest = scl_str_sub(c->text, c->at, c->text.len);
    size_t end;

    if (!scl_str_starts(rest, SCL_S("[:")))
        return 0;
    end = scl_str_find(scl_str_sub(rest, 2, rest.len), SCL_S(":]"));
    if (end == SIZE_MAX)
        return 0;
    rest.len = end + 4;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const struct scl_ignore_range *range = named[i].ranges;

        if (!scl_str_same(rest, named[i].name))
            continue;
        for (size_t j = 0; j < 4 && (j == 0 || range[j].last); j++)
            add_range(c, list, range[j].first, range[j].last);
        c->at += rest.len;
        return 1;
    }
    return -1;
}

static bool
take_class_code(struct compiler *c, int32_t *ret_code)
{
    c->at += c->at < c->text.len && c->text.at[c->at] == '\\';
    if (c->at == c->text.len)
        return false;
    *ret_code = next_code(c->text, &c->at);
    return true;
}

/* One character or range of a class. */
static bool
take_range(struct compiler *c, range_list *list)
{
    int named_class = take_named(c, list);
    int32_t first, last;

    if (named_class)
        return named_class > 0;
    if (!take_class_code(c, &first))
        return false;
    last = first;
    if (c->text.len - c->at >= 2 && c->text.at[c->at] == '-' && c->text.at[c->at + 1] != ']') {
        c->at++;
        if (!take_class_code(c, &last) || last < first)
            return false;
    }
    return add_range(c, list, first, last);
}

/* A class, from behind its `[`. */
static bool
take_class(struct compiler *c, struct scl_ignore_step *ret)
{
    range_list list = { .count = 0 };
    bool is_first = true;

    if (c->at < c->text.len && c->text.at[c->at] == '^') {
        ret->is_negated = true;
        c->at++;
    }
    while (c->at < c->text.len && (is_first || c->text.at[c->at] != ']')) {
        if (!take_range(c, &list))
            return false;
        is_first = false;
    }
    if (c->at == c->text.len)
        return false;
    c->at++;
    ret->ranges = list.at;
    ret->range_count = list.count;
    if (c->at < c->text.len && c->text.at[c->at] == '*') {
        ret->kind = SCL_IGNORE_MANY;
        c->at++;
    }
    return true;
}

static bool
take_character(struct compiler *c, struct scl_ignore_step *ret)
{
    range_list list = { .count = 0 };
    int32_t code;

    if (!take_class_code(c, &code) || !add_range(c, &list, code, code))
        return false;
    ret->ranges = list.at;
    ret->range_count = 1;
    return true;
}

/* `.*`: the dot is no line feed. */
static const struct scl_ignore_step any = { &line_feed, 1, SCL_IGNORE_MANY, true };

static bool
push(struct compiler *c, struct scl_ignore_step step)
{
    struct scl_ignore_step *pushed = scl_vec_push(c->arena, &c->steps);

    if (pushed)
        *pushed = step;
    return pushed != NULL;
}

static bool
take_step(struct compiler *c)
{
    struct scl_str rest = scl_str_sub(c->text, c->at, c->text.len);
    struct scl_ignore_step step = { .range_count = 0 };

    if (scl_str_starts(rest, SCL_S("(.*/)?"))) {
        c->at += 6;
        step.kind = SCL_IGNORE_OPTIONAL;
        return push(c, step) && push(c, any) &&
               push(c, (struct scl_ignore_step){ .ranges = &slash, .range_count = 1 });
    }
    if (scl_str_starts(rest, SCL_S(".*"))) {
        c->at += 2;
        return push(c, any);
    }
    if (rest.at[0] == '^') {
        c->at++;
        step.kind = SCL_IGNORE_START;
        return push(c, step);
    }
    if (rest.at[0] == '[') {
        c->at++;
        return take_class(c, &step) && push(c, step);
    }
    return take_character(c, &step) && push(c, step);
}

enum scl_ignore_problem
scl_ignore_compile(struct scl_arena *arena, struct scl_str expression,
                   struct scl_ignore_pattern *pattern)
{
    struct compiler c = { .arena = arena };

    c.text = scl_str_sub(expression, 1, expression.len - 2);
    while (c.at < c.text.len) {
        if (!take_step(&c))
            return SCL_IGNORE_BAD;
        if (c.steps.count > SCL_IGNORE_MOST_STEPS)
            return SCL_IGNORE_LONG;
    }
    pattern->steps = c.steps.at;
    pattern->step_count = c.steps.count;
    return SCL_IGNORE_FINE;
}
