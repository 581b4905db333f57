/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nearest.h: the known name that a mistyped one is nearest to
 *
 * At an edit distance of 1 or 2 and of at most a third of its length; of equally near ones the
 * first that was tried. No suggestion is better than a wild one.
 */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

struct cli_nearest {
    const char *name;
    size_t distance; /* of the best so far; at first one more than is allowed */
    const char *best;
};

void cli_nearest_init(struct cli_nearest *nearest, const char *name);
void cli_nearest_try(struct cli_nearest *nearest, const char *candidate);

#endif
