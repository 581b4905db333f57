/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limits.c: how much a policy may use
 */
#include "script/limits.h"

#include <stddef.h>

static const struct row {
    int32_t limit;
    const char *name;
    size_t field;
    uint64_t usual;
} rows[] = {
    { SCANTLING_LIMIT_POLICY_BYTES, "policy_bytes", offsetof(struct scl_lua_limits, policy_bytes),
      256 * 1024 },
    { SCANTLING_LIMIT_CONFIG_BYTES, "config_bytes", offsetof(struct scl_lua_limits, config_bytes),
      4 * 1024 * 1024 },
    { SCANTLING_LIMIT_STEPS, "steps", offsetof(struct scl_lua_limits, steps), 10000000 },
    { SCANTLING_LIMIT_TOTAL_STEPS, "total_steps", offsetof(struct scl_lua_limits, total_steps),
      200000000 },
    { SCANTLING_LIMIT_MEMORY, "memory", offsetof(struct scl_lua_limits, memory),
      64 * 1024 * 1024 },
    { SCANTLING_LIMIT_STRING_BYTES, "string_bytes", offsetof(struct scl_lua_limits, string_bytes),
      1024 * 1024 },
    { SCANTLING_LIMIT_FINDINGS, "findings", offsetof(struct scl_lua_limits, findings), 1000 },
    { SCANTLING_LIMIT_RESULT_BYTES, "result_bytes", offsetof(struct scl_lua_limits, result_bytes),
      64 * 1024 * 1024 },
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static uint64_t *
field_of(struct scl_lua_limits *limits, const struct row *row)
{
    return (uint64_t *)(void *)((char *)limits + row->field);
}

struct scl_lua_limits
scl_lua_limits_fill(struct scl_lua_limits limits)
{
    for (size_t i = 0; i < ROWS; i++)
        if (*field_of(&limits, &rows[i]) == 0)
            *field_of(&limits, &rows[i]) = rows[i].usual;
    return limits;
}

uint64_t *
scl_lua_limit(struct scl_lua_limits *limits, int32_t limit)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].limit == limit)
            return field_of(limits, &rows[i]);
    return NULL;
}

const char *
scl_lua_limit_name(int32_t limit)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].limit == limit)
            return rows[i].name;
    return "";
}
