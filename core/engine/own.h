/* SPDX-License-Identifier: Apache-2.0 */
/*
 * own.h: the policies that no file stands behind
 *
 * What the engine itself finds while it applies suppressions. They are selected and counted like
 * any policy; they judge no subject.
 */
#ifndef SCL_ENGINE_OWN_H
#define SCL_ENGINE_OWN_H

#include "script/policy.h"

enum scl_own {
    SCL_OWN_NO_REASON, /* SL9002 */
    SCL_OWN_UNUSED,    /* SL9003 */
    SCL_OWN_EXPIRED,   /* SL9004 */
    SCL_OWN_FORBIDDEN, /* SL9005 */
    SCL_OWN_COUNT
};

extern const struct scl_policy scl_own_policies[SCL_OWN_COUNT];

/* Whether a policy is one of them. */
static inline bool
scl_policy_is_own(const struct scl_policy *policy)
{
    return policy->subjects == 0;
}

#endif
