/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.h: what to judge with, as it was set
 *
 * A config collects texts and numbers. Setters remember what was wrong with a call; everything else
 * is found out when an engine is made of it.
 */
#ifndef SCL_ENGINE_CONFIG_H
#define SCL_ENGINE_CONFIG_H

#include "base/error.h"
#include "base/vec.h"
#include "script/limits.h"

struct scl_config_file {
    int32_t kind; /* SCANTLING_FILE_ */
    struct scl_str name, text;
};

struct scantling_config {
    struct scl_arena arena;
    scantling_error *errors; /* of setters */
    SCL_VEC(struct scl_str) packs, only, ignored, assumptions;
    SCL_VEC(struct scl_config_file) files;
    struct scl_str date; /* of length 0: not given */
    struct scl_lua_limits limits;
    bool suppresses;
};

struct scantling_config *scl_config_new(scantling_error **error);
void scl_config_free(struct scantling_config *config);
void scl_config_set_text(struct scantling_config *config, scantling_option option,
                         struct scl_str text);
void scl_config_set_int(struct scantling_config *config, scantling_option option, int64_t value);
void scl_config_add_file(struct scantling_config *config, int32_t kind, struct scl_str name,
                         struct scl_str text);

#endif
