/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.h: settings given as texts
 *
 * What `scantling.yaml` says: what to judge with, which the engine does, and what to judge and how
 * to report, which is the client's and only checked here. Of several texts the later add to the
 * earlier ones, key by key, and single values and lists of names replace them.
 */
#ifndef SCL_ENGINE_SETTINGS_H
#define SCL_ENGINE_SETTINGS_H

#include "engine/config.h"
#include "engine/finding.h"
#include "engine/names.h"

struct scl_setting {
    struct scl_str key, value;
};

/* Where settings say something. */
struct scl_setting_place {
    const struct scl_source *source; /* NULL: nowhere */
    struct scl_span span;
};

struct scl_texts {
    SCL_VEC(struct scl_str) list;
    SCL_VEC(struct scl_setting_place) places; /* one for each */
};

struct scl_pairs {
    SCL_VEC(struct scl_setting) list;
};

struct scl_severity_setting {
    const struct scl_policy *policy;
    scantling_severity severity;
    struct scl_setting_place place;
};

struct scl_param_setting {
    const struct scl_policy *policy;
    uint32_t param; /* of the policy */
    struct scl_param_value value;
    struct scl_str written; /* of length 0: a list or a map */
    struct scl_setting_place place;
};

/* An entry below `suppress`. */
struct scl_exception {
    struct scl_texts policies; /* as written */
    struct scl_str path, subject, until, reason;
    struct scl_str name;  /* of the subject, where `subject` has one */
    uint8_t kind;         /* SCL_TYPE_ of the subject; 0: any */
    bool is_expired, is_dateless; /* by the date of the engine, and where it has none */
    struct scl_place place;
};

struct scl_settings {
    struct scl_texts packs, only, skip; /* names */
    struct scl_texts policies, exclude; /* paths and globs, for the client */
    struct scl_pairs formats, build_args, variables, pod_templates, assume, limits;
    SCL_VEC(struct scl_severity_setting) severities;
    SCL_VEC(struct scl_param_setting) params;
    SCL_VEC(struct scl_exception) exceptions;
    struct scl_str fail_on, target, baseline; /* of length 0: not given */
    bool ignores_peers;
    bool is_open; /* it names policies that the client has not given: their names are not checked */
};

/* Reads a text into the settings; `has_given`: the client gave files of policies. False with errors
 * appended to `*chain`, each with its place. */
bool scl_settings_read(const struct scl_config_file *file, bool has_given,
                       const struct scl_names *names,
                       struct scl_arena *arena, struct scl_settings *settings,
                       scantling_error **chain);
/* Whether a glob of the settings means a path: one without `/` its last name. */
bool scl_settings_fit(struct scl_str glob, struct scl_str path);

#endif
