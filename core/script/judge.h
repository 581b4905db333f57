/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h: a state with policies in it, ready to judge
 *
 * A judge is made for some kinds of subjects and loads exactly the policies of those kinds; only
 * their functions are kept. It starts each document from the same snapshot. A judge is used
 * by one thread at a time.
 */
#ifndef SCL_SCRIPT_JUDGE_H
#define SCL_SCRIPT_JUDGE_H

#include "script/run.h"

struct scl_judge_policy {
    const struct scl_policy *meta;
    const struct scl_param_value *params; /* one for each of meta->params */
    scantling_severity severity;          /* as configured */
    bool has_severity;                    /* by the settings, whatever a report asks for */
    /* of an adjustment */
    uint32_t adjusts; /* index of the policy whose findings it is about; UINT32_MAX: not there */
    bool is_beside;   /* it was not chosen, it is there for the sake of that policy */
};

struct scl_judge_setup {
    const struct scl_judge_policy *policies; /* and behind them the adjustments */
    uint32_t policy_count, adjustment_count;
    uint32_t subjects; /* bit a SCL_TYPE_: policies of others are left out */
    const struct scl_facts *facts;
    const struct scl_secrets *secrets;
    struct scl_libraries libraries;
    struct scl_lua_limits limits;
};

struct scl_judge;

/* Failure: MEMORY, or what the sandbox says of the policies (STATE). */
struct scl_judge *scl_judge_new(const struct scl_judge_setup *setup, scantling_error **error);
void scl_judge_free(struct scl_judge *judge);
uint32_t scl_judge_subjects(const struct scl_judge *judge);

/* Back to the snapshot, with the budget of a document and the flag that cancels. */
void scl_judge_begin(struct scl_judge *judge, uint64_t total_steps, atomic_bool *cancel);
/* Runs the check of policy `index` over a node. What it leaves is in `run`. */
void scl_judge_run(struct scl_judge *judge, struct scl_run *run, uint32_t index,
                   struct scl_node node, struct scl_outcome *ret);
/* A finding, as an adjustment sees it. */
struct scl_judge_finding {
    struct scl_str message; /* masked */
    scantling_severity severity;
    int32_t confidence;
};
/* Asks adjustment `index` (counted with the policies) for the severity of a finding; NONE where it
 * says nothing. */
scantling_severity scl_judge_adjust(struct scl_judge *judge, struct scl_run *run, uint32_t index,
                                    const struct scl_judge_finding *finding,
                                    struct scl_outcome *ret);
/* Of the last run. */
uint64_t scl_judge_steps(const struct scl_judge *judge);
struct scl_str scl_judge_printed(const struct scl_judge *judge);
/* Version of the Lua that runs policies, as "5.4.4". */
const char *scl_judge_lua_version(void);

#endif
