/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glob.h: patterns of names and paths
 *
 * `*` any bytes but `/`, `**` any bytes, `?` one byte but `/`, `[a-z]` one of these (`!` or `^`
 * first: none of these), `{a,b}` either, `\x` x itself. `**` and the `/` behind it, where a
 * component begins, stand for any number of folders, also for none. A pattern is anchored at both
 * ends and compares bytes. What is not closed stands for itself.
 */
#ifndef SCL_BASE_GLOB_H
#define SCL_BASE_GLOB_H

#include "base/str.h"

enum scl_glob_result { SCL_GLOB_NO, SCL_GLOB_YES, SCL_GLOB_EXHAUSTED };

/* Whether `text` fits. `*steps` counts down with each step of the matcher (1 step a byte tried);
 * at 0 it gives up. NULL: 1,000,000 steps, and giving up is no. */
enum scl_glob_result scl_glob_match(struct scl_str pattern, struct scl_str text, uint64_t *steps);

#endif
