/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glob.c: patterns of names and paths
 *
 * A backtracking matcher over (pattern, text). Braces are matched by going on with what follows
 * the brace after each of its choices: a rest is a chain of pattern pieces, so nothing is expanded
 * or copied. Depth is bounded by the number of stars, braces and choices in the pattern, which is
 * bounded here; time is bounded by the step budget, which also pays for looking ahead to the end of
 * a brace or set.
 */
#include "base/glob.h"

enum { DEEPEST = 200, BYTES_A_STEP = 16 };

/* What is still to be matched: a piece of pattern, then the next of the chain. */
struct rest {
    struct scl_str pattern;
    const struct rest *next;
};

struct matcher {
    const char *start; /* of the text */
    uint64_t *steps;
    int depth;
    bool exhausted;
};

static bool match(struct matcher *m, struct rest rest, struct scl_str text);

static struct scl_str
from(struct scl_str str, size_t start)
{
    return scl_str_sub(str, start, str.len);
}

static bool
charge(struct matcher *m, uint64_t steps)
{
    if (*m->steps < steps) {
        *m->steps = 0;
        m->exhausted = true;
    } else {
        *m->steps -= steps;
    }
    return !m->exhausted;
}

/* The index of the `}` that closes the brace at 0, or SIZE_MAX. */
static size_t
brace_end(struct matcher *m, struct scl_str pattern)
{
    unsigned depth = 0;
    size_t i = 0;

    for (; i < pattern.len; i++) {
        if (pattern.at[i] == '\\')
            i++;
        else if (pattern.at[i] == '{')
            depth++;
        else if (pattern.at[i] == '}' && --depth == 0)
            break;
    }
    charge(m, i / BYTES_A_STEP);
    return i < pattern.len ? i : SIZE_MAX;
}

static bool
match_brace(struct matcher *m, struct rest rest, size_t end, struct scl_str text)
{
    struct rest after = { from(rest.pattern, end + 1), rest.next };
    size_t start = 1;
    unsigned depth = 0;

    for (size_t i = 1; i <= end && !m->exhausted; i++) {
        char byte = rest.pattern.at[i];

        if (byte == '\\') {
            i++;
        } else if (byte == '{') {
            depth++;
        } else if (depth && byte == '}') {
            depth--;
        } else if (!depth && (byte == ',' || i == end)) {
            struct rest choice = { scl_str_sub(rest.pattern, start, i - start), &after };

            if (match(m, choice, text))
                return true;
            start = i + 1;
        }
    }
    return false;
}

static bool
match_star(struct matcher *m, struct rest rest, struct scl_str text)
{
    bool crosses = false;

    while (rest.pattern.len && rest.pattern.at[0] == '*') {
        crosses = crosses || (rest.pattern.len > 1 && rest.pattern.at[1] == '*');
        rest.pattern = from(rest.pattern, 1);
    }
    while (rest.pattern.len == 0 && rest.next)
        rest = *rest.next;
    /* Folders may be none at all: what `**` begins a component with takes its `/` along. */
    if (crosses && rest.pattern.len && rest.pattern.at[0] == '/' &&
        (text.at == m->start || text.at[-1] == '/') &&
        match(m, (struct rest){ from(rest.pattern, 1), rest.next }, text))
        return true;
    for (size_t i = 0;; i++) {
        if (match(m, rest, from(text, i)))
            return true;
        if (m->exhausted || i >= text.len || (!crosses && text.at[i] == '/'))
            return false;
    }
}

/* Matches one byte with the set at the start of the pattern; its length, or 0 if it is none. */
static size_t
set_length(struct matcher *m, struct scl_str pattern, char byte, bool *ret_fits)
{
    bool negated = pattern.len > 1 && (pattern.at[1] == '!' || pattern.at[1] == '^');
    bool found = false;
    size_t first = 1u + negated;

    for (size_t i = first; i < pattern.len; i++) {
        char low = pattern.at[i];

        if (low == ']' && i > first) {
            charge(m, i / BYTES_A_STEP);
            *ret_fits = found != negated && byte != '/';
            return i + 1;
        }
        if (low == '\\' && i + 1 < pattern.len)
            low = pattern.at[++i];
        if (i + 2 < pattern.len && pattern.at[i + 1] == '-' && pattern.at[i + 2] != ']') {
            i += 2;
            found = found || ((unsigned char)low <= (unsigned char)byte &&
                              (unsigned char)byte <= (unsigned char)pattern.at[i]);
        } else {
            found = found || low == byte;
        }
    }
    charge(m, pattern.len / BYTES_A_STEP);
    return 0;
}

/* Matches one byte; the length of the pattern it took, or 0 where it does not fit. */
static size_t
match_one(struct matcher *m, struct scl_str pattern, char byte)
{
    bool fits = false;
    size_t length;

    switch (pattern.at[0]) {
    case '?':
        return byte != '/';
    case '[':
        length = set_length(m, pattern, byte, &fits);
        if (length)
            return fits ? length : 0;
        return byte == '[';
    case '\\':
        if (pattern.len > 1)
            return pattern.at[1] == byte ? 2 : 0;
        return byte == '\\';
    default:
        return pattern.at[0] == byte;
    }
}

static bool
match_here(struct matcher *m, struct rest rest, struct scl_str text)
{
    while (charge(m, 1)) {
        size_t taken, end;

        while (rest.pattern.len == 0 && rest.next)
            rest = *rest.next;
        if (rest.pattern.len == 0)
            return text.len == 0;
        if (rest.pattern.at[0] == '*')
            return match_star(m, rest, text);
        end = rest.pattern.at[0] == '{' ? brace_end(m, rest.pattern) : SIZE_MAX;
        if (end != SIZE_MAX)
            return match_brace(m, rest, end, text);
        taken = text.len ? match_one(m, rest.pattern, text.at[0]) : 0;
        if (!taken)
            return false;
        rest.pattern = from(rest.pattern, taken);
        text = from(text, 1);
    }
    return false;
}

static bool
match(struct matcher *m, struct rest rest, struct scl_str text)
{
    bool fits = false;

    if (m->depth == DEEPEST) {
        m->exhausted = true;
        return false;
    }
    m->depth++;
    fits = match_here(m, rest, text);
    m->depth--;
    return fits;
}

enum scl_glob_result
scl_glob_match(struct scl_str pattern, struct scl_str text, uint64_t *steps)
{
    uint64_t own = 1000000;
    struct matcher m = { .start = text.at, .steps = steps ? steps : &own };
    bool fits = match(&m, (struct rest){ pattern, NULL }, text);

    if (m.exhausted)
        return steps ? SCL_GLOB_EXHAUSTED : SCL_GLOB_NO;
    return fits ? SCL_GLOB_YES : SCL_GLOB_NO;
}
