/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cuts.c: what of a policy's text no run needs
 *
 * A built-in policy is laid out as all of them are: each entry of its table begins a line, two
 * blanks deep. An entry of prose or examples goes from its key to the comma that ends it; strings,
 * comments and brackets are skipped as Lua reads them. A file laid out otherwise has no cuts.
 */
#include "cuts.h"

static const char *const keys[] = {
    "why", "fix", "refs", "aliases", "fails", "passes", "inconclusive",
};

struct scan {
    struct scl_str text;
    size_t at, depth;
};

/* Whether `what` begins at `at`. */
static bool
looks_at(const struct scan *scan, size_t at, struct scl_str what)
{
    return scl_str_starts(scl_str_sub(scan->text, at, scan->text.len), what);
}

/* Where the long bracket that opens at `at` is closed; `at` where none opens. */
static size_t
long_end(const struct scan *scan, size_t at)
{
    struct scl_str text = scan->text;
    size_t level = 0;

    if (at >= text.len || text.at[at] != '[')
        return at;
    while (at + 1 + level < text.len && text.at[at + 1 + level] == '=')
        level++;
    if (at + 1 + level >= text.len || text.at[at + 1 + level] != '[')
        return at;
    for (size_t i = at + level + 2; i < text.len; i++) {
        size_t same = 0;

        if (text.at[i] != ']')
            continue;
        while (i + 1 + same < text.len && same < level && text.at[i + 1 + same] == '=')
            same++;
        if (same == level && i + 1 + level < text.len && text.at[i + 1 + level] == ']')
            return i + level + 2;
    }
    return text.len;
}

static size_t
line_end(const struct scan *scan, size_t at)
{
    while (at < scan->text.len && scan->text.at[at] != '\n')
        at++;
    return at;
}

/* Behind a comment, a string or one other byte. */
static void
skip(struct scan *scan)
{
    char byte = scan->text.at[scan->at];
    size_t end = long_end(scan, scan->at);

    if (looks_at(scan, scan->at, SCL_S("--"))) {
        end = long_end(scan, scan->at + 2);
        scan->at = end == scan->at + 2 ? line_end(scan, end) : end;
    } else if (end != scan->at) {
        scan->at = end;
    } else if (byte == '"' || byte == '\'') {
        for (scan->at++; scan->at < scan->text.len && scan->text.at[scan->at] != byte; scan->at++)
            scan->at += scan->text.at[scan->at] == '\\';
        scan->at++;
    } else {
        scan->depth += byte == '(' || byte == '[' || byte == '{';
        scan->depth -= byte == ')' || byte == ']' || byte == '}';
        scan->at++;
    }
}

/* Whether an entry to be cut begins at a line start. */
static bool
begins(const struct scan *scan)
{
    struct scl_str line = scl_str_sub(scan->text, scan->at, 40), key;

    if (scan->depth != 1 || (scan->at && scan->text.at[scan->at - 1] != '\n') ||
        !scl_str_starts(line, SCL_S("  ")))
        return false;
    line = scl_str_sub(line, 2, line.len);
    if (!scl_str_cut(&line, ' ', &key) || !scl_str_starts(line, SCL_S("= ")))
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (scl_str_is(key, keys[i]))
            return true;
    return false;
}

uint32_t
scl_cuts_find(struct scl_str source, struct scl_cut *ret)
{
    struct scan scan = { .text = source };
    uint32_t count = 0;

    scan.at = scl_str_find(source, SCL_S("\nreturn policy {\n"));
    if (scan.at == SIZE_MAX)
        return 0;
    while (scan.at < source.len) {
        size_t start = scan.at;

        if (count == MOST_CUTS || !begins(&scan)) {
            skip(&scan);
            continue;
        }
        while (scan.at < source.len && !(scan.depth == 1 && source.at[scan.at] == ','))
            skip(&scan);
        if (scan.at < source.len)
            ret[count++] = (struct scl_cut){ (uint32_t)start, (uint32_t)++scan.at };
    }
    return count;
}
