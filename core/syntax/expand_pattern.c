/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_pattern.c: the patterns of `${name#pattern}` and its like
 *
 * Stars cut a pattern into segments of fixed length. Each segment is put at the first place that is
 * left for it, only the last one of a greedy match at the last place: without alternatives this
 * finds what trying everything would find, and never looks back. A match is tried again further on
 * only where that can succeed: not before the line end that stopped the segments behind a star.
 */
#include "syntax/expand_pattern.h"

#include "base/utf8.h"

struct matcher {
    const struct scl_runes *pattern, *text;
    uint64_t *steps;
    uint32_t item;  /* next of the pattern */
    uint32_t place; /* next of the text */
    uint32_t wall;  /* where a star stopped in vain: at a line end or at the end */
};

bool
scl_runes_decode(struct scl_arena *arena, struct scl_str text, struct scl_runes *ret)
{
    size_t bytes;

    ret->count = 0;
    ret->at = scl_arena_array(arena, text.len, sizeof *ret->at);
    if (!ret->at)
        return false;
    for (size_t i = 0; i < text.len; i += bytes) {
        int32_t code = scl_utf8_decode(text.at + i, text.len - i, &bytes);

        ret->at[ret->count++] = code == SCL_UTF8_BAD ? 0xfffd : (uint32_t)code;
    }
    return true;
}

void
scl_runes_reverse(struct scl_runes *runes)
{
    for (uint32_t i = 0, j = runes->count; i + 1 < j; i++) {
        uint32_t kept = runes->at[i];

        j--;
        runes->at[i] = runes->at[j];
        runes->at[j] = kept;
    }
}

bool
scl_pattern_compile(struct scl_runes *runes)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < runes->count; i++) {
        uint32_t code = runes->at[i];

        if (code == '*')
            code = SCL_PATTERN_STAR;
        else if (code == '?')
            code = SCL_PATTERN_ANY;
        else if (code == '\\') {
            if (++i == runes->count)
                return false;
            code = runes->at[i];
            if (code != '*' && code != '?' && code != '\\' && code != '}' && code != '/')
                return false;
        }
        runes->at[count++] = code;
    }
    runes->count = count;
    return true;
}

/* Spends steps; once there are none left, nothing matches. */
static bool
spend(struct matcher *matcher, uint32_t steps)
{
    if (*matcher->steps < steps) {
        *matcher->steps = 0;
        return false;
    }
    *matcher->steps -= steps;
    return true;
}

/* Whether the `count` items from `item` on stand at `place`. */
static bool
segment_is_at(struct matcher *matcher, uint32_t item, uint32_t count, uint32_t place)
{
    uint32_t tried = 0;

    if (count > matcher->text->count - place)
        return false;
    while (tried < count) {
        uint32_t wanted = matcher->pattern->at[item + tried];
        uint32_t found = matcher->text->at[place + tried];

        tried++;
        if (wanted == SCL_PATTERN_ANY ? found == '\n' : found != wanted)
            return spend(matcher, tried) && false;
    }
    return spend(matcher, tried);
}

static uint32_t
segment_length(const struct matcher *matcher)
{
    uint32_t item = matcher->item;

    while (item < matcher->pattern->count && matcher->pattern->at[item] != SCL_PATTERN_STAR)
        item++;
    return item - matcher->item;
}

/* A segment behind a star: at its first place from here on, at its last where `is_last`. */
static bool
place_segment(struct matcher *matcher, uint32_t count, bool is_last)
{
    uint32_t found = UINT32_MAX, place = matcher->place;

    for (;; place++) {
        if (!spend(matcher, 1))
            return false;
        if (segment_is_at(matcher, matcher->item, count, place)) {
            found = place;
            if (!is_last)
                break;
        }
        if (place == matcher->text->count || matcher->text->at[place] == '\n')
            break;
    }
    matcher->wall = place;
    if (found == UINT32_MAX)
        return false;
    matcher->item += count;
    matcher->place = found + count;
    return true;
}

/* Matches from `matcher->place` on; `*ret_first`: at least the first segment stood there. */
static bool
match_here(struct matcher *matcher, bool is_greedy, bool *ret_first)
{
    const struct scl_runes *pattern = matcher->pattern, *text = matcher->text;
    uint32_t count;

    matcher->item = 0;
    count = segment_length(matcher);
    *ret_first = segment_is_at(matcher, 0, count, matcher->place);
    if (!*ret_first)
        return false;
    matcher->item = count;
    matcher->place += count;
    while (matcher->item < pattern->count) {
        bool is_end;

        while (matcher->item < pattern->count && pattern->at[matcher->item] == SCL_PATTERN_STAR)
            matcher->item++;
        count = segment_length(matcher);
        is_end = matcher->item + count == pattern->count;
        if (count == 0) {
            while (is_greedy && matcher->place < text->count && text->at[matcher->place] != '\n')
                matcher->place++;
            return spend(matcher, matcher->place);
        }
        if (!place_segment(matcher, count, is_greedy && is_end))
            return false;
    }
    return true;
}

bool
scl_pattern_begins(const struct scl_runes *pattern, const struct scl_runes *text, bool is_greedy,
                   uint64_t *steps, struct scl_match *ret)
{
    struct matcher matcher = { .pattern = pattern, .text = text, .steps = steps };
    bool first;

    if (!match_here(&matcher, is_greedy, &first))
        return false;
    *ret = (struct scl_match){ 0, matcher.place };
    return true;
}

bool
scl_pattern_find(const struct scl_runes *pattern, const struct scl_runes *text, uint32_t from,
                 uint64_t *steps, struct scl_match *ret)
{
    struct matcher matcher = { .pattern = pattern, .text = text, .steps = steps };
    bool first;

    while (from <= text->count && *steps > 0) {
        matcher.place = from;
        if (match_here(&matcher, true, &first)) {
            *ret = (struct scl_match){ from, matcher.place };
            return true;
        }
        if (!first)
            from++;
        else if (matcher.wall < text->count)
            from = matcher.wall + 1;
        else
            return false;
        (*steps) -= *steps > 0;
    }
    return false;
}
