/* SPDX-License-Identifier: Apache-2.0 */
/*
 * examples.h: the examples of a policy
 */
#ifndef SCL_SCRIPT_EXAMPLES_H
#define SCL_SCRIPT_EXAMPLES_H

#include "script/load.h"
#include "script/table.h"

/* Reads `fails`, `passes` and `inconclusive` of the policy table at `t`. */
void scl_examples_read(struct scl_reader *r, int t, const struct scl_policy *policy,
                       struct scl_examples *ret);

#endif
