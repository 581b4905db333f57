/* SPDX-License-Identifier: Apache-2.0 */
/*
 * documents.c: reading and judging a set of files
 */
#include "bench.h"

#include "document/view.h"
#include "syntax/dockerfile.h"

#include <stdio.h>
#include <stdlib.h>

struct set {
    const struct bench_files *files;
    scantling_document **documents;
    const scantling_engine *engine;
};

static void
read_all(void *context)
{
    const struct set *set = context;

    for (uint32_t i = 0; i < set->files->list.count; i++) {
        const struct bench_file *file = &set->files->list.at[i];

        scantling_document_unref(bench_document(file->name, file->text));
    }
}

/* What the official parser does, and no more: no model, no shell, nothing is expanded. */
static void
read_syntax(void *context)
{
    const struct set *set = context;

    for (uint32_t i = 0; i < set->files->list.count; i++) {
        const struct bench_file *file = &set->files->list.at[i];
        struct scl_arena arena;
        struct scl_source source;
        struct scl_notes notes;
        struct scl_dockerfile syntax;

        scl_arena_init(&arena);
        scl_notes_init(&notes, &arena);
        if (!scl_source_init(&source, &arena, file->name, file->text) ||
            !scl_dockerfile_read(&arena, &source, NULL, &notes, &syntax))
            bench_stop("out of memory");
        scl_arena_finish(&arena);
    }
}

static void
judge_all(void *context)
{
    const struct set *set = context;

    for (uint32_t i = 0; i < set->files->list.count; i++)
        scantling_report_unref(bench_judge(set->engine, set->documents[i]));
}

/* ---- memory ---- */

/* A handle of the ABI is the document of the core. */
static size_t
bytes_of(const scantling_document *handle)
{
    const struct scl_document *document = (const void *)handle;

    return document->arena.used + (document->view ? document->view->arena.used : 0);
}

enum { LEAST_SOURCE = 200 };

static void
tell_memory(const struct set *set)
{
    uint32_t count = set->files->list.count, counted = 0;
    double *ratios = calloc(count ? count : 1, sizeof *ratios), sum = 0, worst = 0, source = 0;

    if (!ratios)
        bench_stop("out of memory");
    for (uint32_t i = 0; i < count; i++) {
        double length = (double)set->files->list.at[i].text.len;
        double bytes = (double)bytes_of(set->documents[i]);

        sum += bytes;
        source += length;
        if (length < LEAST_SOURCE)
            continue;
        ratios[counted++] = bytes / length;
        worst = bytes / length > worst ? bytes / length : worst;
    }
    bench_row("memory of a document a byte of source, median", bench_median(ratios, counted),
              "bytes", "below 8");
    bench_row("memory of a document a byte of source, worst", worst, "bytes", "below 64");
    bench_row("memory of all documents a byte of source", source > 0 ? sum / source : 0, "bytes",
              "");
    free(ratios);
}

/* ---- time ---- */

static double
tell_engine(const struct bench *bench, struct set *set, const char *pack, const char *name,
            double reading)
{
    scantling_engine *engine = bench_engine(pack, NULL);
    double took, count = set->files->list.count;
    char row[80];

    set->engine = engine;
    took = bench_least(bench->times, judge_all, set);
    snprintf(row, sizeof row, "judging by %s", name);
    bench_row(row, took * 1e6 / count, "us a file", "");
    snprintf(row, sizeof row, "judging by %s to reading", name);
    bench_row(row, took / reading, "times", "");
    scantling_engine_unref(engine);
    return took;
}

void
bench_documents(const struct bench *bench, const struct bench_files *files, const char *name)
{
    uint32_t count = files->list.count;
    struct set set = { files, calloc(count ? count : 1, sizeof *set.documents), NULL };
    double reading;

    if (count == 0 || !set.documents)
        return;
    for (uint32_t i = 0; i < count; i++)
        set.documents[i] = bench_document(files->list.at[i].name, files->list.at[i].text);
    bench_title("%s: %u Dockerfiles, %zu bytes", name, (unsigned)count, files->bytes);
    reading = bench_least(bench->times, read_syntax, &set);
    bench_row("reading the syntax alone", (double)files->bytes / 1e6 / reading, "MB/s", "");
    bench_row("reading the syntax alone", reading * 1e6 / count, "us a file", "");
    reading = bench_least(bench->times, read_all, &set);
    bench_row("reading into the model", (double)files->bytes / 1e6 / reading, "MB/s", "");
    bench_row("reading into the model", reading * 1e6 / count, "us a file", "");
    tell_memory(&set);
    tell_engine(bench, &set, "recommended", "the recommended policies", reading);
    tell_engine(bench, &set, "all", "all policies", reading);
    for (uint32_t i = 0; i < count; i++)
        scantling_document_unref(set.documents[i]);
    free(set.documents);
}
