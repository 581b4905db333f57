/* SPDX-License-Identifier: Apache-2.0 */
/*
 * baseline.h: findings known from earlier
 */
#ifndef SCL_ENGINE_BASELINE_H
#define SCL_ENGINE_BASELINE_H

#include "engine/project.h"

/* Reads a baseline, more of them add up. False with errors appended to `*chain`. */
bool scl_baseline_read(const struct scl_config_file *file, struct scl_arena *arena,
                       struct scl_baseline *baseline, scantling_error **chain);
/* Suppresses what fails, is listed and nothing else suppresses. Findings have fingerprints. */
bool scl_baseline_apply(struct scantling_report *report);

enum { SCL_BASELINE_VERSION = 1 };

#endif
