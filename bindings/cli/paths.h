/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paths.h: names of files as text
 *
 * Paths are shown as they were given, joined with `/`, without a leading `./`. Nothing here asks
 * the file system.
 */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stdbool.h>

#include "pool.h"

/* A path as it is shown; "." for the current folder. */
const char *cli_path_shown(struct cli_pool *pool, const char *path);
const char *cli_path_join(struct cli_pool *pool, const char *folder, const char *name);
/* What is before the last `/`; "." where there is none. */
const char *cli_path_folder(struct cli_pool *pool, const char *path);
/* What is after the last `/`. */
const char *cli_path_base(const char *path);
/* From the last `.` of the base name on, or "". */
const char *cli_path_extension(const char *path);

/* Puts `path`, relative to the folder of `below`, into `ret_clean` (a buffer of `size` bytes)
 * without `.` and `..`. False where it leaves the root that `below` is relative to, is absolute,
 * empty or too long. */
bool cli_path_resolve(const char *below, const char *path, char *ret_clean, size_t size);
/* The same for what is shown: `path` beside the file that is shown as `name`. */
bool cli_path_beside(const char *name, const char *path, char *ret_shown, size_t size);

#endif
