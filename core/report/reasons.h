/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons.h: what switched a policy on, and where its severity and parameters come from
 */
#ifndef SCL_REPORT_REASONS_H
#define SCL_REPORT_REASONS_H

#include "base/text.h"
#include "engine/engine.h"

/* "on by pack recommended; severity high by scantling.yaml:8:3" */
void scl_reasons_add(struct scl_text *out, const struct scantling_engine *engine, uint32_t policy);
/* The same as the value of a key. */
void scl_reasons_add_json(struct scl_text *out, const struct scantling_engine *engine,
                          uint32_t policy);

#endif
