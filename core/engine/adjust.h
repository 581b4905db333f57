/* SPDX-License-Identifier: Apache-2.0 */
/*
 * adjust.h: severities that an adjustment changes
 */
#ifndef SCL_ENGINE_ADJUST_H
#define SCL_ENGINE_ADJUST_H

#include "engine/evaluate.h"

/* Finds the policies that the engine's adjustments are about, by the names of all policies. What is
 * wrong with an adjustment is an error appended to `*chain`, which points into its file. */
void scl_adjustments_compile(struct scantling_engine *engine, struct scl_judge_policy *adjustments,
                             scantling_error **chain);

/* The policy that an adjustment of an engine is about, selected or not. */
const struct scl_policy *scl_adjusted_policy(const struct scantling_engine *engine,
                                             const struct scl_policy *adjustment);

/* Lets the adjustments look at a finding that is about to be kept. The first in the order of their
 * ids that names another severity decides; one that fails is a finding of its own. False where
 * judging has to end. */
bool scl_adjust(struct scl_evaluation *e, struct scl_finding *finding);

#endif
