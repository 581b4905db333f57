/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suggest.h: the name that was probably meant
 *
 * The nearest of the names offered at edit distance 1 or 2, at most a third of the mistyped name's
 * length, ties to the one offered first; none is better than a wild one.
 */
#ifndef SCL_BASE_SUGGEST_H
#define SCL_BASE_SUGGEST_H

#include "base/str.h"

struct scl_suggest {
    struct scl_str name; /* what was written */
    struct scl_str best; /* what it is near to; length 0: nothing */
    unsigned distance;   /* of the best so far, or one more than is allowed */
};

void scl_suggest_init(struct scl_suggest *suggest, struct scl_str name);
void scl_suggest_offer(struct scl_suggest *suggest, struct scl_str candidate);
/* Of a table of names that ends with NULL: the best, or a slice of length 0. */
struct scl_str scl_suggest_from(struct scl_str name, const char *const *names);

#endif
