/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore_match.c: whether an ignore pattern hits a path
 *
 * The steps of a pattern run over the path all at once: a set of bits says before which steps the
 * matcher may stand, and each character of the path makes the next set of it. The time is bounded
 * by steps times characters, and one run tells about the path and every folder above it, each of
 * which is a beginning of the path that ends before a `/`.
 */
#include "syntax/ignore_pattern.h"

#include "base/utf8.h"

#include <string.h>

enum { WORDS = SCL_IGNORE_MOST_STEPS / 64 + 1, REPLACEMENT = 0xfffd };

struct states {
    uint64_t words[WORDS]; /* bit i: before step i; that of the number of steps: at the end */
};

static bool
takes(const struct scl_ignore_step *step, int32_t code)
{
    if (step->kind == SCL_IGNORE_START || step->kind == SCL_IGNORE_OPTIONAL)
        return false;
    for (uint32_t i = 0; i < step->range_count; i++)
        if (code >= step->ranges[i].first && code <= step->ranges[i].last)
            return !step->is_negated;
    return step->is_negated;
}

static void
set(struct states *states, uint32_t at)
{
    states->words[at / 64] |= (uint64_t)1 << (at % 64);
}

static bool
has(const struct states *states, uint32_t at)
{
    return states->words[at / 64] >> (at % 64) & 1;
}

/* Adds the steps that can be stood before without another character; they lie further on. */
static void
close_over(const struct scl_ignore_pattern *pattern, struct states *states, bool is_start)
{
    for (uint32_t i = 0; i < pattern->step_count; i++) {
        const struct scl_ignore_step *step = &pattern->steps[i];

        if (i % 64 == 0 && states->words[i / 64] == 0) {
            i += 63;
            continue;
        }
        if (!has(states, i))
            continue;
        if (step->kind == SCL_IGNORE_MANY || step->kind == SCL_IGNORE_OPTIONAL ||
            (step->kind == SCL_IGNORE_START && is_start))
            set(states, i + 1);
        if (step->kind == SCL_IGNORE_OPTIONAL)
            set(states, i + 3);
    }
}

/* The states behind one more character. */
static void
advance(const struct scl_ignore_pattern *pattern, struct states *states, int32_t code)
{
    struct states next = { .words = { 0 } };

    for (uint32_t i = 0; i < pattern->step_count; i++) {
        const struct scl_ignore_step *step = &pattern->steps[i];

        if (i % 64 == 0 && states->words[i / 64] == 0) {
            i += 63;
            continue;
        }
        if (!has(states, i) || !takes(step, code))
            continue;
        set(&next, step->kind == SCL_IGNORE_MANY ? i : i + 1);
    }
    *states = next;
    close_over(pattern, states, false);
}

static bool
run(const struct scl_ignore_pattern *pattern, struct scl_str path)
{
    struct states states = { .words = { 1 } };
    size_t bytes;

    close_over(pattern, &states, true);
    for (size_t at = 0; at < path.len; at += bytes) {
        int32_t code = scl_utf8_decode(path.at + at, path.len - at, &bytes);

        if (code == '/' && has(&states, pattern->step_count))
            return true;
        advance(pattern, &states, code == SCL_UTF8_BAD ? REPLACEMENT : code);
    }
    return has(&states, pattern->step_count);
}

/* Whether one beginning of the path, or all of it, ends in what follows `**`. */
static bool
ends_in(struct scl_str suffix, struct scl_str path)
{
    bool is_component = suffix.len && suffix.at[0] == '/';

    for (size_t end = 0; end <= path.len; end++) {
        struct scl_str start = scl_str_n(path.at, end);

        if (end < path.len && path.at[end] != '/')
            continue;
        if (scl_str_ends(start, suffix) ||
            (is_component && scl_str_same(start, scl_str_sub(suffix, 1, suffix.len))))
            return true;
    }
    return false;
}

bool
scl_ignore_hits(const struct scl_ignore_pattern *pattern, struct scl_str path)
{
    struct scl_str text = pattern->text;

    switch (pattern->kind) {
    case SCL_IGNORE_EXACT:
        return scl_str_starts(path, text) &&
               (path.len == text.len || path.at[text.len] == '/');
    case SCL_IGNORE_PREFIX:
        return scl_str_starts(path, scl_str_sub(text, 0, text.len - 2));
    case SCL_IGNORE_SUFFIX:
        return ends_in(scl_str_sub(text, 2, text.len), path);
    case SCL_IGNORE_PATTERN:
        break;
    }
    return run(pattern, path);
}
