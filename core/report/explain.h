/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.h: what a policy wants, why, and how to comply
 */
#ifndef SCL_REPORT_EXPLAIN_H
#define SCL_REPORT_EXPLAIN_H

#include "base/text.h"
#include "engine/engine.h"

/* Writes the page of one policy, as text of 80 columns or as markdown, with one example of each
 * format. False with an error where the policy's file cannot be read again. */
bool scl_explain(const struct scantling_engine *engine, uint32_t policy, bool markdown,
                 struct scl_text *out, scantling_error **error);

#endif
