/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.h: what an engine would judge with, in words
 */
#ifndef SCL_REPORT_DESCRIBE_H
#define SCL_REPORT_DESCRIBE_H

#include "base/text.h"
#include "engine/engine.h"

/* Tells of one policy (by any of its names), or of all, as "text", "markdown" or "json", "text why"
 * and "json why" also what switched each on; "version" tells of the library, "settings" what the
 * settings say, for the client. Whatever the engine, "fields" and "fields TYPE" list what policies
 * can read, "field TYPE.PATH" tells all about one, "formats" lists the formats. Failure:
 * UNSUPPORTED for a format, policy, type or field that there is not. */
bool scl_engine_describe(const struct scantling_engine *engine, struct scl_str policy,
                         struct scl_str format, struct scl_text *out, scantling_error **error);

/* The settings as JSON. */
void scl_engine_describe_settings(const struct scantling_engine *engine, struct scl_text *out);

#endif
