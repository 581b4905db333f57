/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cuts.h: what of a policy's text no run needs
 */
#ifndef SCL_POLICIES_CUTS_H
#define SCL_POLICIES_CUTS_H

#include "script/policy.h"

enum { MOST_CUTS = 16 };

/* The entries of prose and examples, in order; their number, at most MOST_CUTS. */
uint32_t scl_cuts_find(struct scl_str source, struct scl_cut *ret);

#endif
