/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.c: time, rows of the table, and the calls that are measured
 */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double
bench_cpu(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

double
bench_wall(void)
{
    return seconds(CLOCK_MONOTONIC);
}

double
bench_least(unsigned times, bench_fn *run, void *context)
{
    double least = 0;

    for (unsigned i = 0; i < times; i++) {
        double start = bench_cpu(), took;

        run(context);
        took = bench_cpu() - start;
        if (i == 0 || took < least)
            least = took;
    }
    return least;
}

static int
by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

double
bench_median(double *numbers, size_t count)
{
    if (count == 0)
        return 0;
    qsort(numbers, count, sizeof *numbers, by_size);
    return numbers[count / 2];
}

void
bench_row(const char *name, double value, const char *unit, const char *goal)
{
    printf("  %-52s %10.2f %-12s %s%s\n", name, value, unit, goal[0] ? "goal: " : "", goal);
    fflush(stdout);
}

void
bench_title(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("\n");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

_Noreturn void
bench_stop(const char *why)
{
    fprintf(stderr, "bench: %s\n", why);
    exit(2);
}

/* An engine of a pack, or of one policy of it. */
scantling_engine *
bench_engine(const char *pack, const char *policy)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, pack, SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    if (policy)
        scantling_config_set_text(config, SCANTLING_OPTION_POLICY, policy, SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    scantling_config_free(config);
    if (!engine)
        bench_stop("there is no engine");
    return engine;
}

scantling_document *
bench_document(struct scl_str name, struct scl_str text)
{
    scantling_source *source = scantling_source_new(name.at, name.len, text.at, text.len, NULL);
    scantling_document *document = scantling_document_new(source, NULL);

    scantling_source_free(source);
    if (!document)
        bench_stop("there is no document");
    return document;
}

scantling_report *
bench_judge(const scantling_engine *engine, scantling_document *document)
{
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);

    if (!report)
        bench_stop("there is no report");
    return report;
}
