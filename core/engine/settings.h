/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.h: settings given as a text
 */
#ifndef SCL_ENGINE_SETTINGS_H
#define SCL_ENGINE_SETTINGS_H

#include "engine/engine.h"

/* Sets parameters of the policies from a settings text, `{"params": {POLICY: {NAME: VALUE}}}`.
 * `values` has one row a policy. False with errors appended to `*chain`. */
bool scl_settings_params(const struct scl_config_file *file,
                         const struct scl_judge_policy *policies, uint32_t count,
                         struct scl_param_value *const *values, struct scl_arena *arena,
                         scantling_error **chain);

#endif
