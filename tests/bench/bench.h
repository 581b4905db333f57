/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.h: what the parts of the benchmark share
 *
 * Every figure of one thread is made of the processor's time that this process used, so that a busy
 * machine changes it little; the least of several runs counts. Ratios are of figures of one run.
 */
#ifndef SCL_TESTS_BENCH_H
#define SCL_TESTS_BENCH_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "scantling.h"

struct bench_file {
    struct scl_str name, text;
};

struct bench_files {
    struct scl_arena arena;
    SCL_VEC(struct bench_file) list;
    size_t bytes;
};

struct bench {
    struct bench_files own;    /* made by us */
    struct bench_files corpus; /* named on the command line; may be none */
    unsigned times;            /* that a measurement is repeated */
    const char *program;       /* the command line, or NULL */
};

/* ---- measure.c ---- */

typedef void bench_fn(void *context);

/* Seconds: of the processor for this process, and by the clock on the wall. */
double bench_cpu(void);
double bench_wall(void);
/* The least time of the processor for a call, over so many calls. */
double bench_least(unsigned times, bench_fn *run, void *context);
/* Orders numbers and gives the one in the middle, 0 of none. */
double bench_median(double *numbers, size_t count);
/* Prints a row of the table; `goal` may be "". */
void bench_row(const char *name, double value, const char *unit, const char *goal);
void bench_title(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Says that memory or something else is lacking, and ends the program. */
_Noreturn void bench_stop(const char *why);

scantling_engine *bench_engine(const char *pack, const char *policy);
scantling_document *bench_document(struct scl_str name, struct scl_str text);
scantling_report *bench_judge(const scantling_engine *engine, scantling_document *document);

/* ---- inputs.c ---- */

/* A Dockerfile as people write them, another one for each number. */
struct scl_str bench_dockerfile(struct scl_arena *arena, unsigned number);
/* Names of what a document can have much of, ended by NULL; and a Dockerfile with so much of it. */
extern const char *const bench_growths[];
struct scl_str bench_grown(struct scl_arena *arena, unsigned growth, unsigned size);
void bench_make(struct bench_files *files, unsigned count);
/* Adds the files whose paths a file lists, a line each. */
void bench_read(struct bench_files *files, const char *list);
/* Writes them as numbered files of a folder, and prints their paths. */
void bench_write(const struct bench_files *files, const char *folder);

/* ---- the sections ---- */

void bench_documents(const struct bench *bench, const struct bench_files *files, const char *name);
void bench_policies(const struct bench *bench);
void bench_state(const struct bench *bench);
void bench_threads(const struct bench *bench);
/* Nothing where there is no program. */
void bench_start(const struct bench *bench);
void bench_linear(const struct bench *bench);
void bench_large(const struct bench *bench);

#endif
