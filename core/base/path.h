/* SPDX-License-Identifier: Apache-2.0 */
/*
 * path.h: paths of files as text
 *
 * All of it is lexical: nothing is looked up in a file system. A path is POSIX unless it begins
 * like one of Windows: `C:\`, `\\server\share`, or a named pipe, `//./pipe/NAME` and
 * `\\.\pipe\NAME` alike. Those of Windows compare without regard to case, all else by bytes.
 *
 * A symbol is a component whose value is not known here: one that holds `$NAME`, `${NAME}` or
 * `$(...)` (a `/` between the braces does not divide it), and `~` or `~NAME` where it comes first.
 * Symbols stay as they are, and so does a `..` after one.
 */
#ifndef SCL_BASE_PATH_H
#define SCL_BASE_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* Without `.`, needless `..` and doubled or final `/`: `//var/run/` is `/var/run`, `./a/../b` is
 * `b`, nothing is `.`; `c:/x` is `C:\x`. In the arena; no bytes without memory, here as below. */
struct scl_str scl_path_clean(struct scl_arena *arena, struct scl_str path);
/* `path` as seen from `folder`, clean; one that is absolute or begins with a symbol is itself. */
struct scl_str scl_path_join(struct scl_arena *arena, struct scl_str folder, struct scl_str path);
/* All but the last component, clean: `.` of a lone one, `/` of `/`. */
struct scl_str scl_path_dir(struct scl_arena *arena, struct scl_str path);
/* The last component, `/` of `/` and `.` of nothing. */
struct scl_str scl_path_base(struct scl_str path);
bool scl_path_is_absolute(struct scl_str path);

/* Whether `inner` is `outer` or lies below it. `/var/run` is `/run`; a component `*` of either fits
 * one component. Linear, without memory. */
bool scl_path_covers(struct scl_str outer, struct scl_str inner);
/* Whether both name the same place, in the sense of `scl_path_covers`. */
bool scl_path_same(struct scl_str a, struct scl_str b);
/* How many components a clean path has: of several that cover a path, the greatest is the most
 * specific. */
uint32_t scl_path_depth(struct scl_str path);

#endif
