/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jobs.h: the same work for many indexes, on a number of threads
 */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include <stddef.h>

/* Does the work of one index; called from any thread, for each index once. */
typedef void cli_job_fn(void *context, size_t index);

/* Calls `job` for 0 to `count` - 1 on `threads` threads at most, this one included, and returns
 * when all is done. How many threads there were: fewer where the system gives no more. */
unsigned cli_jobs_run(unsigned threads, size_t count, cli_job_fn *job, void *context);

#endif
