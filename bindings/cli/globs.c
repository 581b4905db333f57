/* SPDX-License-Identifier: Apache-2.0 */
/*
 * globs.c: what --exclude leaves out
 *
 * Only the last `*` and the last `**` can have to take another byte: where a later star was
 * reached, an earlier one of the same kind has nothing to gain. So two places to go back to are
 * enough, and the work is bounded by pattern times the square of the path.
 */
#include "globs.h"

#include <string.h>

#include "paths.h"

struct retry {
    const char *pattern; /* what follows the star; NULL: no star was met */
    const char *path;    /* where it was last tried */
};

/* Whether `byte` is one of the set at `*pattern`, which is moved behind it. A set that is not
 * closed is no set: false, and the pattern stays. */
static bool
match_set(const char **pattern, char byte, bool *ret_fits)
{
    const char *at = *pattern + 1;
    bool is_negated = *at == '!' || *at == '^', found = false;
    const char *first = at += is_negated;

    for (; *at && (*at != ']' || at == first); at++) {
        unsigned char low, high;

        if (*at == '\\' && at[1])
            at++;
        low = high = (unsigned char)*at;
        if (at[1] == '-' && at[2] && at[2] != ']') {
            at += 2;
            high = (unsigned char)*at;
        }
        found = found || (low <= (unsigned char)byte && (unsigned char)byte <= high);
    }
    if (*at != ']')
        return false;
    *pattern = at + 1;
    *ret_fits = found != is_negated && byte != '/';
    return true;
}

/* Whether one byte of the path fits the piece at `*pattern`, which is moved behind it. */
static bool
match_byte(const char **pattern, char byte)
{
    bool fits = false;

    if (**pattern == '?') {
        ++*pattern;
        return byte != '/';
    }
    if (**pattern == '[' && match_set(pattern, byte, &fits))
        return fits;
    if (**pattern == '\\' && (*pattern)[1])
        ++*pattern;
    return *(*pattern)++ == byte;
}

/* Steps over the stars at `*pattern` and remembers where to go on. */
static void
take_stars(const char **pattern, const char *path, struct retry *any, struct retry *within)
{
    bool crosses = (*pattern)[1] == '*';

    while (**pattern == '*')
        ++*pattern;
    if (!crosses) {
        *within = (struct retry){ *pattern, path };
        return;
    }
    *any = (struct retry){ *pattern, path };
    within->pattern = NULL;
}

bool
cli_glob_match(const char *pattern, const char *path)
{
    struct retry any = { NULL, NULL }, within = { NULL, NULL };
    const char *start = path;

    for (;;) {
        if (*pattern == '*') {
            bool is_at_start = path == start || path[-1] == '/';

            take_stars(&pattern, path, &any, &within);
            if (any.pattern == pattern && *pattern == '/' && is_at_start)
                pattern++;
            continue;
        }
        if (!*pattern && !*path)
            return true;
        if (*pattern && *path && match_byte(&pattern, *path)) {
            path++;
            continue;
        }
        if (within.pattern && *within.path && *within.path != '/') {
            pattern = within.pattern;
            path = ++within.path;
        } else if (any.pattern && *any.path) {
            pattern = any.pattern;
            path = ++any.path;
            within.pattern = NULL;
        } else {
            return false;
        }
    }
}

struct cli_globs
cli_globs_prepare(struct cli_pool *pool, const struct cli_names *patterns)
{
    struct cli_globs globs = { NULL, patterns->count };

    globs.at = cli_pool_alloc(pool, (patterns->count + 1) * sizeof *globs.at);
    for (size_t i = 0; i < patterns->count; i++) {
        struct cli_glob *glob = &globs.at[i];
        const char *pattern = patterns->at[i];
        size_t length;

        while (pattern[0] == '.' && pattern[1] == '/')
            pattern += 2;
        length = strlen(pattern);
        glob->is_for_folders = length > 1 && pattern[length - 1] == '/';
        glob->pattern = cli_pool_text(pool, pattern, length - glob->is_for_folders);
        glob->is_for_names = !strchr(glob->pattern, '/');
    }
    return globs;
}

bool
cli_globs_exclude(const struct cli_globs *globs, const char *path, bool is_folder)
{
    for (size_t i = 0; i < globs->count; i++) {
        const struct cli_glob *glob = &globs->at[i];

        if (glob->is_for_folders && !is_folder)
            continue;
        if (cli_glob_match(glob->pattern, glob->is_for_names ? cli_path_base(path) : path))
            return true;
    }
    return false;
}
