/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.h: what an engine would judge with, in words
 */
#ifndef SCL_REPORT_DESCRIBE_H
#define SCL_REPORT_DESCRIBE_H

#include "base/text.h"
#include "engine/engine.h"

/* Tells of one policy (by any of its names), or of all, as "text", "markdown" or "json"; "version"
 * tells of the library. Failure: UNSUPPORTED for a format or policy that there is not. */
bool scl_engine_describe(const struct scantling_engine *engine, struct scl_str policy,
                         struct scl_str format, struct scl_text *out, scantling_error **error);

#endif
