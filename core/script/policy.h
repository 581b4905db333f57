/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy.h: what a policy says of itself
 *
 * The metadata of one policy as plain constant data: of the built-in ones it is made into a C table
 * when the library is built, of an organisation's it is read when an engine is made. The function
 * that judges is not here: a state compiles the source when documents need it (judge.h). A file
 * may hold an adjustment instead: it has `adjusts`, a name, subjects and a reason.
 */
#ifndef SCL_SCRIPT_POLICY_H
#define SCL_SCRIPT_POLICY_H

#include "base/str.h"
#include "document/schema.h"

struct scl_strs {
    const struct scl_str *at;
    uint32_t count;
};

/* `hadolint = { "DL3002" }` */
struct scl_named_strs {
    struct scl_str name;
    struct scl_strs values;
};

enum scl_param_type {
    SCL_PARAM_BOOLEAN,
    SCL_PARAM_INTEGER,
    SCL_PARAM_NUMBER,
    SCL_PARAM_STRING,
    SCL_PARAM_LIST,
    SCL_PARAM_MAP,
    SCL_PARAM_SEVERITY,
    SCL_PARAM_SIZE,
    SCL_PARAM_DATE
};

struct scl_param_value {
    bool is_set;
    int64_t integer;           /* BOOLEAN, INTEGER, SIZE (bytes) */
    double number;             /* NUMBER */
    struct scl_str text;       /* STRING, SEVERITY, DATE */
    struct scl_strs list;      /* LIST; of a MAP its values */
    struct scl_strs keys;      /* of a MAP */
};

struct scl_param {
    struct scl_str name, doc;
    enum scl_param_type type;
    struct scl_param_value fallback; /* the default; not set: the parameter is required */
    bool has_min, has_max;
    double min, max;
    struct scl_strs one_of;
};

/* What `on` names: nodes of a type, perhaps only those whose field has one of some values. */
struct scl_selector {
    uint8_t type;            /* SCL_TYPE_, or SCL_SELECT_STRING */
    uint16_t field;          /* that narrows; SCL_NONE: all */
    struct scl_strs values;  /* exact, or globs where `is_glob` */
    bool is_glob;
    uint16_t needs;          /* a field that must be there; SCL_NONE: none */
};

enum { SCL_SELECT_STRING = 200 };

enum scl_example_want { SCL_EXAMPLE_FAILS, SCL_EXAMPLE_PASSES, SCL_EXAMPLE_INCONCLUSIVE };

/* A part of a source that no run needs: prose, or examples. */
struct scl_cut {
    uint32_t start, end;
};

struct scl_policy {
    struct scl_str path;         /* name of its chunk: "builtin:identity/no-root-user.lua" */
    struct scl_str source;
    const struct scl_cut *cuts;  /* of the source, in order */
    uint32_t cut_count;
    struct scl_str id, code, title, why, fix;
    scantling_severity severity;
    int32_t confidence;          /* 10, 20, 30 as in scantling_finding */
    uint32_t subjects;           /* bit a SCL_TYPE_ of a subject */
    const struct scl_selector *on;
    uint32_t on_count;           /* 0: the whole subject */
    struct scl_strs requires;    /* paths */
    struct scl_strs packs, replaces;
    const struct scl_named_strs *refs, *aliases;
    uint32_t ref_count, alias_count;
    const struct scl_param *params;
    uint32_t param_count;
    bool is_builtin;
    struct scl_str adjusts;      /* of an adjustment: the policy whose findings it is about */
};

/* The built-in policies in the order of their codes; made by the build. */
extern const struct scl_policy scl_builtin_policies[];
extern const uint32_t scl_builtin_policy_count;

/* What findings and selections call it: its code, or its id where it has none. */
static inline struct scl_str
scl_policy_label(const struct scl_policy *policy)
{
    return policy->code.len ? policy->code : policy->id;
}

bool scl_strs_have(struct scl_strs strs, struct scl_str text);

/* ---- names of values, in the order of their numbers ---- */

scantling_severity scl_severity_from(struct scl_str name); /* SCANTLING_SEVERITY_NONE: unknown */
const char *scl_severity_name(scantling_severity severity);
const char *scl_confidence_name(int32_t confidence);
int32_t scl_confidence_from(struct scl_str name); /* 0: unknown */

#endif
