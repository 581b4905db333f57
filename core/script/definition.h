/* SPDX-License-Identifier: Apache-2.0 */
/*
 * definition.h: what the table of a policy or of an adjustment says
 */
#ifndef SCL_SCRIPT_DEFINITION_H
#define SCL_SCRIPT_DEFINITION_H

#include "script/table.h"

/* Reads all but the examples of the table at `t`; what is wrong ends the run. Path and source of
 * the policy are set before. */
void scl_definition_read(struct scl_reader *r, int t, bool is_adjustment, struct scl_policy *ret);

#endif
