/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.c: Lua's patterns, bounded
 *
 * A backtracking matcher over offsets. A single item without a suffix goes on in the same loop;
 * what may have to be tried again (`?` `*` `+` `-`) and captures, which are undone on failure, nest
 * one call deeper. A malformed pattern is an error where the matcher gets to see it, as in Lua.
 */
#include "script/match.h"

#include "script/state.h"

#include <string.h>

enum { DEEPEST = 200, CHARGE_EVERY = 256 };

static const int64_t no_match = -1;

static int64_t match(struct scl_matcher *m, size_t at, size_t item);

void
scl_matcher_init(struct scl_matcher *m, lua_State *L, const char *name, struct scl_str text,
                 struct scl_str pattern)
{
    m->L = L;
    m->name = name;
    m->text = text;
    m->pattern = pattern;
    m->steps = 0;
    m->depth = 0;
    m->count = 0;
}

void
scl_matcher_finish(struct scl_matcher *m)
{
    scl_charge(m->L, m->steps);
    m->steps = 0;
}

static void
tick(struct scl_matcher *m, size_t steps)
{
    m->steps += (uint32_t)steps;
    if (m->steps >= CHARGE_EVERY)
        scl_matcher_finish(m);
}

static unsigned char
text_byte(const struct scl_matcher *m, size_t at)
{
    return (unsigned char)m->text.at[at];
}

static unsigned char
pattern_byte(const struct scl_matcher *m, size_t at)
{
    return at < m->pattern.len ? (unsigned char)m->pattern.at[at] : '\0';
}

static bool
is_punctuation(unsigned char byte)
{
    return byte > 0x20 && byte < 0x7f && !scl_is_alnum((char)byte);
}

static bool
is_hexadecimal(unsigned char byte)
{
    char lower = scl_lower((char)byte);

    return scl_is_digit(lower) || (lower >= 'a' && lower <= 'f');
}

/* Whether a byte is in the class `%letter`; what is no letter of a class stands for itself. */
static bool
in_class(unsigned char byte, unsigned char letter)
{
    char c = (char)byte;
    bool is_upper = letter >= 'A' && letter <= 'Z', fits;

    switch (scl_lower((char)letter)) {
    case 'a': fits = scl_is_alpha(c); break;
    case 'c': fits = byte < 0x20 || byte == 0x7f; break;
    case 'd': fits = scl_is_digit(c); break;
    case 'g': fits = byte > 0x20 && byte < 0x7f; break;
    case 'l': fits = c >= 'a' && c <= 'z'; break;
    case 'p': fits = is_punctuation(byte); break;
    case 's': fits = scl_is_blank(c); break;
    case 'u': fits = c >= 'A' && c <= 'Z'; break;
    case 'w': fits = scl_is_alnum(c); break;
    case 'x': fits = is_hexadecimal(byte); break;
    case 'z': fits = byte == 0; break;
    default: return letter == byte;
    }
    return fits != is_upper;
}

/* Where the item at `item` ends, its suffix excluded. */
static size_t
item_end(struct scl_matcher *m, size_t item)
{
    size_t at = item + 1, first;

    if (pattern_byte(m, item) == '%') {
        if (at >= m->pattern.len)
            scl_raise(m->L, "%s: the pattern ends with '%%'", m->name);
        return at + 1;
    }
    if (pattern_byte(m, item) != '[')
        return at;
    if (pattern_byte(m, at) == '^')
        at++;
    for (first = at; at == first || pattern_byte(m, at) != ']'; at++) {
        if (at < m->pattern.len && pattern_byte(m, at) == '%')
            at++;
        if (at >= m->pattern.len)
            scl_raise(m->L, "%s: a '[' of the pattern has no ']'", m->name);
    }
    tick(m, (at - item) / 16);
    return at + 1;
}

/* Whether a byte is in the set between the `[` at `set` and the `]` before `end`. */
static bool
in_set(const struct scl_matcher *m, unsigned char byte, size_t set, size_t end)
{
    size_t last = end - 1, at = set + 1;
    bool is_negated = pattern_byte(m, at) == '^';

    for (at += is_negated; at < last; at++) {
        unsigned char low = pattern_byte(m, at);

        if (low == '%') {
            if (in_class(byte, pattern_byte(m, ++at)))
                return !is_negated;
        } else if (pattern_byte(m, at + 1) == '-' && at + 2 < last) {
            at += 2;
            if (low <= byte && byte <= pattern_byte(m, at))
                return !is_negated;
        } else if (low == byte) {
            return !is_negated;
        }
    }
    return is_negated;
}

static bool
fits(struct scl_matcher *m, size_t at, size_t item, size_t end)
{
    tick(m, 1);
    if (at >= m->text.len)
        return false;
    switch (pattern_byte(m, item)) {
    case '.':
        return true;
    case '%':
        return in_class(text_byte(m, at), pattern_byte(m, item + 1));
    case '[':
        tick(m, (end - item) / 16);
        return in_set(m, text_byte(m, at), item, end);
    default:
        return pattern_byte(m, item) == text_byte(m, at);
    }
}

static int64_t
match_most(struct scl_matcher *m, size_t at, size_t item, size_t end)
{
    size_t count = 0;

    while (fits(m, at + count, item, end))
        count++;
    for (;; count--) {
        int64_t found = match(m, at + count, end + 1);

        if (found != no_match || count == 0)
            return found;
    }
}

static int64_t
match_least(struct scl_matcher *m, size_t at, size_t item, size_t end)
{
    for (;; at++) {
        int64_t found = match(m, at, end + 1);

        if (found != no_match || !fits(m, at, item, end))
            return found;
    }
}

static int64_t
open_capture(struct scl_matcher *m, size_t at, size_t item)
{
    bool is_position = pattern_byte(m, item + 1) == ')';
    int64_t found;

    if (m->count == SCL_CAPTURES_MAX)
        scl_raise(m->L, "%s: the pattern has more than %d captures", m->name, SCL_CAPTURES_MAX);
    m->captures[m->count].start = (uint32_t)at;
    m->captures[m->count].len = is_position ? SCL_CAPTURE_POSITION : SCL_CAPTURE_OPEN;
    m->count++;
    found = match(m, at, item + (is_position ? 2 : 1));
    if (found == no_match)
        m->count--;
    return found;
}

static int64_t
close_capture(struct scl_matcher *m, size_t at, size_t item)
{
    uint32_t i = m->count;
    int64_t found;

    while (i > 0 && m->captures[i - 1].len != SCL_CAPTURE_OPEN)
        i--;
    if (i == 0)
        scl_raise(m->L, "%s: a ')' of the pattern has no '('", m->name);
    m->captures[i - 1].len = (int32_t)(at - m->captures[i - 1].start);
    found = match(m, at, item + 1);
    if (found == no_match)
        m->captures[i - 1].len = SCL_CAPTURE_OPEN;
    return found;
}

/* `%bxy`: the end of what is between the pair that opens at `at`, or no match. */
static int64_t
match_balance(struct scl_matcher *m, size_t at, size_t item)
{
    unsigned char opening = pattern_byte(m, item + 2), closing = pattern_byte(m, item + 3);
    size_t depth = 1;

    if (item + 3 >= m->pattern.len)
        scl_raise(m->L, "%s: '%%b' needs two characters", m->name);
    if (at >= m->text.len || text_byte(m, at) != opening)
        return no_match;
    for (size_t i = at + 1; i < m->text.len; i++) {
        tick(m, i % 16 == 0);
        if (text_byte(m, i) == closing) {
            if (--depth == 0)
                return (int64_t)i + 1;
        } else if (text_byte(m, i) == opening) {
            depth++;
        }
    }
    return no_match;
}

/* `%f[set]`: whether the set begins to hold at `at`. */
static bool
is_frontier(struct scl_matcher *m, size_t at, size_t set, size_t end)
{
    unsigned char before = at ? text_byte(m, at - 1) : '\0';
    unsigned char after = at < m->text.len ? text_byte(m, at) : '\0';

    tick(m, (end - set) / 16);
    return !in_set(m, before, set, end) && in_set(m, after, set, end);
}

/* `%1`: the end of the same text as the capture had, or no match. */
static int64_t
match_again(struct scl_matcher *m, size_t at, unsigned char digit)
{
    uint32_t i = (uint32_t)(digit - '1'); /* of `%0`: beyond any */
    size_t len;

    if (digit == '0' || i >= m->count || m->captures[i].len == SCL_CAPTURE_OPEN)
        scl_raise(m->L, "%s: '%%%c' is no capture of the pattern", m->name, digit);
    len = m->captures[i].len < 0 ? SIZE_MAX : (size_t)m->captures[i].len;
    if (len > m->text.len - at)
        return no_match;
    tick(m, len / 64);
    if (len && memcmp(m->text.at + m->captures[i].start, m->text.at + at, len) != 0)
        return no_match;
    return (int64_t)(at + len);
}

/* Where the matcher stands, or that it is done. */
struct stand {
    size_t at, item;
    bool is_done;
    int64_t found;
};

static void
finish(struct stand *stand, int64_t found)
{
    stand->is_done = true;
    stand->found = found;
}

static void
go_on(struct stand *stand, int64_t at, size_t item)
{
    if (at == no_match) {
        finish(stand, no_match);
        return;
    }
    stand->at = (size_t)at;
    stand->item = item;
}

static void
step_single(struct scl_matcher *m, struct stand *stand)
{
    size_t end = item_end(m, stand->item), at = stand->at;
    int64_t found;

    switch (pattern_byte(m, end)) {
    case '*':
        finish(stand, match_most(m, at, stand->item, end));
        return;
    case '+':
        if (fits(m, at, stand->item, end))
            finish(stand, match_most(m, at + 1, stand->item, end));
        else
            finish(stand, no_match);
        return;
    case '-':
        finish(stand, match_least(m, at, stand->item, end));
        return;
    case '?':
        found = fits(m, at, stand->item, end) ? match(m, at + 1, end + 1) : no_match;
        if (found != no_match)
            finish(stand, found);
        else
            stand->item = end + 1;
        return;
    default:
        go_on(stand, fits(m, at, stand->item, end) ? (int64_t)at + 1 : no_match, end);
    }
}

static void
step_escape(struct scl_matcher *m, struct stand *stand)
{
    unsigned char letter = pattern_byte(m, stand->item + 1);
    size_t set = stand->item + 2, end;

    if (letter == 'b') {
        go_on(stand, match_balance(m, stand->at, stand->item), stand->item + 4);
    } else if (letter == 'f') {
        if (pattern_byte(m, set) != '[')
            scl_raise(m->L, "%s: '%%f' needs a set", m->name);
        end = item_end(m, set);
        go_on(stand, is_frontier(m, stand->at, set, end) ? (int64_t)stand->at : no_match, end);
    } else if (scl_is_digit((char)letter)) {
        go_on(stand, match_again(m, stand->at, letter), set);
    } else {
        step_single(m, stand);
    }
}

static int64_t
match(struct scl_matcher *m, size_t at, size_t item)
{
    struct stand stand = { at, item, false, -1 };

    if (m->depth == DEEPEST)
        scl_raise(m->L, "%s: the pattern is too complex", m->name);
    m->depth++;
    while (!stand.is_done) {
        tick(m, 1);
        if (stand.item >= m->pattern.len) {
            finish(&stand, (int64_t)stand.at);
            break;
        }
        switch (pattern_byte(m, stand.item)) {
        case '(':
            finish(&stand, open_capture(m, stand.at, stand.item));
            break;
        case ')':
            finish(&stand, close_capture(m, stand.at, stand.item));
            break;
        case '%':
            step_escape(m, &stand);
            break;
        case '$':
            if (stand.item + 1 == m->pattern.len) {
                finish(&stand, stand.at == m->text.len ? (int64_t)stand.at : no_match);
                break;
            }
            step_single(m, &stand);
            break;
        default:
            step_single(m, &stand);
            break;
        }
    }
    m->depth--;
    return stand.found;
}

int64_t
scl_matcher_run(struct scl_matcher *m, size_t start)
{
    m->count = 0;
    m->depth = 0;
    return match(m, start, 0);
}

void
scl_matcher_push(struct scl_matcher *m, uint32_t index, size_t start, size_t end)
{
    const struct scl_capture *capture = &m->captures[index];

    if (index >= m->count) {
        if (index > 0)
            scl_raise(m->L, "%s: '%%%u' is no capture of the pattern", m->name, index + 1);
        lua_pushlstring(m->L, m->text.at + start, end - start);
        return;
    }
    if (capture->len == SCL_CAPTURE_OPEN)
        scl_raise(m->L, "%s: a '(' of the pattern has no ')'", m->name);
    if (capture->len == SCL_CAPTURE_POSITION)
        lua_pushinteger(m->L, (lua_Integer)capture->start + 1);
    else
        lua_pushlstring(m->L, m->text.at + capture->start, (size_t)capture->len);
}

int
scl_matcher_push_all(struct scl_matcher *m, size_t start, size_t end, bool whole)
{
    uint32_t count = m->count == 0 && whole ? 1 : m->count;

    if (!lua_checkstack(m->L, (int)count))
        scl_raise(m->L, "calls nest too deeply");
    for (uint32_t i = 0; i < count; i++)
        scl_matcher_push(m, i, start, end);
    return (int)count;
}
