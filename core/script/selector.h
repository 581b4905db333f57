/* SPDX-License-Identifier: Apache-2.0 */
/*
 * selector.h: which nodes a policy looks at
 */
#ifndef SCL_SCRIPT_SELECTOR_H
#define SCL_SCRIPT_SELECTOR_H

#include "base/vec.h"
#include "document/view.h"
#include "script/table.h"

/* Reads `subjects`, `on` and `requires` of the policy table at `t`. */
void scl_selector_read(struct scl_reader *r, int t, struct scl_policy *policy);

struct scl_selected {
    SCL_VEC(struct scl_node) nodes;
    SCL_VEC(struct scl_node) open;    /* lists behind a kind that may have more */
    SCL_VEC(struct scl_node) unnamed; /* nodes whose narrowing field is unknown */
    uint64_t steps; /* that comparing may take; counts down, and at 0 not all is looked at */
};

/* The nodes of a subject that a policy looks at, each once and in document order. False without
 * memory. */
bool scl_selector_nodes(const struct scl_policy *policy, const struct scantling_subject *subject,
                        struct scl_arena *arena, struct scl_selected *ret);
/* Whether every field it requires can be said by the subject's format. */
bool scl_selector_applies(const struct scl_policy *policy, const struct scantling_subject *subject);

#endif
