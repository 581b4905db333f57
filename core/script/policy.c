/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy.c: names of values that policies use
 */
#include "script/policy.h"

static const struct {
    const char *name;
    scantling_severity severity;
} severities[] = {
    { "none", SCANTLING_SEVERITY_NONE }, { "info", SCANTLING_SEVERITY_INFO },
    { "low", SCANTLING_SEVERITY_LOW },   { "medium", SCANTLING_SEVERITY_MEDIUM },
    { "high", SCANTLING_SEVERITY_HIGH }, { "critical", SCANTLING_SEVERITY_CRITICAL },
};

static const struct {
    const char *name;
    int32_t confidence;
} confidences[] = { { "low", 10 }, { "medium", 20 }, { "high", 30 } };

bool
scl_strs_have(struct scl_strs strs, struct scl_str text)
{
    for (uint32_t i = 0; i < strs.count; i++)
        if (scl_str_same(strs.at[i], text))
            return true;
    return false;
}

scantling_severity
scl_severity_from(struct scl_str name)
{
    for (size_t i = 1; i < sizeof severities / sizeof severities[0]; i++)
        if (scl_str_is(name, severities[i].name))
            return severities[i].severity;
    return SCANTLING_SEVERITY_NONE;
}

const char *
scl_severity_name(scantling_severity severity)
{
    for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++)
        if (severities[i].severity == severity)
            return severities[i].name;
    return "";
}

const char *
scl_confidence_name(int32_t confidence)
{
    for (size_t i = 0; i < sizeof confidences / sizeof confidences[0]; i++)
        if (confidences[i].confidence == confidence)
            return confidences[i].name;
    return "";
}

int32_t
scl_confidence_from(struct scl_str name)
{
    for (size_t i = 0; i < sizeof confidences / sizeof confidences[0]; i++)
        if (scl_str_is(name, confidences[i].name))
            return confidences[i].confidence;
    return 0;
}
