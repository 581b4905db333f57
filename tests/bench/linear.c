/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear.c: twice as much takes twice as long
 *
 * A Dockerfile with some thousands of one thing, and one with twice as many: reading and judging
 * each, the ratio. What were quadratic would be near 4.
 */
#include "bench.h"

#include "base/text.h"

#include <stdio.h>

struct work {
    struct scl_str text;
    scantling_document *document;
    const scantling_engine *engine;
};

static void
read_it(void *context)
{
    const struct work *work = context;

    scantling_document_unref(bench_document(SCL_S("Dockerfile"), work->text));
}

static void
judge_it(void *context)
{
    const struct work *work = context;

    scantling_report_unref(bench_judge(work->engine, work->document));
}

static void
tell_growth(const struct bench *bench, const scantling_engine *engine, unsigned growth,
            unsigned size)
{
    double reading[2], judging[2];
    struct scl_arena arena;
    char row[80];

    scl_arena_init(&arena);
    for (unsigned i = 0; i < 2; i++) {
        struct work work = { bench_grown(&arena, growth, size << i), NULL, engine };

        work.document = bench_document(SCL_S("Dockerfile"), work.text);
        reading[i] = bench_least(bench->times, read_it, &work);
        judging[i] = bench_least(bench->times, judge_it, &work);
        scantling_document_unref(work.document);
    }
    scl_arena_finish(&arena);
    snprintf(row, sizeof row, "reading twice as many %s", bench_growths[growth]);
    bench_row(row, reading[1] / reading[0], "times", "near 2");
    snprintf(row, sizeof row, "judging twice as many %s", bench_growths[growth]);
    bench_row(row, judging[1] / judging[0], "times", "at most 2");
}

/* ---- policies ---- */

struct many {
    scantling_engine *engine;
    scantling_document *document;
    unsigned count;
};

static scantling_engine *
engine_of(unsigned count)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "none", SCANTLING_TERMINATED);
    for (unsigned i = 0; i < count; i++) {
        struct scl_text text = { 0 };

        scl_text_f(&text,
                   "return policy { id = 'acme/p%u', title = 'T', severity = 'low', "
                   "subjects = { 'image' }, why = 'W', fix = 'F', fails = { dockerfile = 'FROM "
                   "a' }, passes = { dockerfile = 'FROM a' }, check = function(image, report) "
                   "if image.stop_signal == 'x%u' then report(image, 'is so') end end }", i, i);
        scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/p.lua", SCANTLING_TERMINATED,
                                  text.at, text.len);
        scl_text_finish(&text);
    }
    engine = scantling_engine_new(config, NULL);
    scantling_config_free(config);
    if (!engine)
        bench_stop("there is no engine of many policies");
    return engine;
}

static void
make_many(void *context)
{
    const struct many *many = context;

    scantling_engine_unref(engine_of(many->count));
}

static void
judge_many(void *context)
{
    const struct many *many = context;

    scantling_report_unref(bench_judge(many->engine, many->document));
}

static void
tell_policies(const struct bench *bench, unsigned size)
{
    double making[2], judging[2];

    for (unsigned i = 0; i < 2; i++) {
        struct many many = { engine_of(size << i), NULL, size << i };

        many.document = bench_document(SCL_S("Dockerfile"), SCL_S("FROM a:1\nSTOPSIGNAL 9\n"));
        making[i] = bench_least(bench->times, make_many, &many);
        judging[i] = bench_least(bench->times, judge_many, &many);
        scantling_document_unref(many.document);
        scantling_engine_unref(many.engine);
    }
    bench_row("making an engine of twice as many policies", making[1] / making[0], "times",
              "near 2");
    bench_row("judging by twice as many policies", judging[1] / judging[0], "times", "at most 2");
}

void
bench_linear(const struct bench *bench)
{
    scantling_engine *engine = bench_engine("recommended", NULL);
    unsigned size = bench->times > 1 ? 2000 : 50;

    bench_title("Growth from %u to %u", size, 2 * size);
    for (unsigned growth = 0; bench_growths[growth]; growth++)
        tell_growth(bench, engine, growth, size);
    tell_policies(bench, bench->times > 1 ? 200 : 10);
    scantling_engine_unref(engine);
}
