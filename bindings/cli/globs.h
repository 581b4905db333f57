/* SPDX-License-Identifier: Apache-2.0 */
/*
 * globs.h: what --exclude leaves out
 *
 * A pattern goes over the path as it is shown: `*` is any bytes but `/`, `**` any bytes, `**` and a
 * `/` after it also nothing, `?` one byte but `/`, `[a-z]` one of these (`!` or `^` first: none of
 * these), `\x` x itself. A pattern without `/` is compared with the last name alone; a `/` at its
 * end means folders only.
 */
#ifndef CLI_GLOBS_H
#define CLI_GLOBS_H

#include <stdbool.h>

#include "pool.h"

struct cli_glob {
    const char *pattern;
    bool is_for_names, is_for_folders;
};

struct cli_globs {
    struct cli_glob *at;
    size_t count;
};

bool cli_glob_match(const char *pattern, const char *path);
struct cli_globs cli_globs_prepare(struct cli_pool *pool, const struct cli_names *patterns);
/* Whether one of the patterns excludes what was found at `path`. */
bool cli_globs_exclude(const struct cli_globs *globs, const char *path, bool is_folder);

#endif
