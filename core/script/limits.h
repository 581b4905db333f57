/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limits.h: how much a policy may use
 *
 * One field for each limit of policies that scantling.h can set, in its order; 0 stands for the
 * default. The state enforces `policy_bytes`, `steps`, `total_steps`, `memory` and `string_bytes`;
 * the others are carried for the layers that count files and findings.
 */
#ifndef SCL_SCRIPT_LIMITS_H
#define SCL_SCRIPT_LIMITS_H

#include "scantling.h"

#include <stdint.h>

struct scl_lua_limits {
    uint64_t policy_bytes; /* text of one file */
    uint64_t config_bytes; /* texts of all files */
    uint64_t steps;        /* one run, or loading one file */
    uint64_t total_steps;  /* all runs on a document */
    uint64_t memory;       /* one state */
    uint64_t string_bytes; /* one string */
    uint64_t findings;     /* a policy on a subject */
    uint64_t result_bytes; /* findings of a document */
};

/* The limits with every 0 replaced by its default. */
struct scl_lua_limits scl_lua_limits_fill(struct scl_lua_limits limits);
/* The field of a SCANTLING_LIMIT_ constant, or NULL where it is no limit of policies. */
uint64_t *scl_lua_limit(struct scl_lua_limits *limits, int32_t limit);
/* "steps", "string_bytes"; "" for what is no limit of policies. */
const char *scl_lua_limit_name(int32_t limit);

#endif
