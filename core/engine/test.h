/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test.h: running the examples that policies carry
 */
#ifndef SCL_ENGINE_TEST_H
#define SCL_ENGINE_TEST_H

#include "engine/project.h"

/* A report with a finding for each example that does not end as its policy promises. */
struct scantling_report *scl_engine_test(struct scantling_engine *engine, scantling_error **error);

#endif
