/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h: documents and an engine to a report
 */
#ifndef CLI_JUDGE_H
#define CLI_JUDGE_H

#include "inputs.h"

/* Judges all inputs together on `*threads` threads at most, and says how many they were; NULL: why
 * not was told. Shows how far it is where a person is waiting. */
scantling_report *cli_judge(struct cli_run *run, const scantling_engine *engine,
                            const struct cli_inputs *inputs, unsigned *threads);

/* Milliseconds of a clock that only goes forward. */
double cli_clock(void);

#endif
