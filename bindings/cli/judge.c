/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.c: documents and an engine to a report
 *
 * All documents are one project; its indexes, and the one past them for the policies across
 * documents, are judged on as many threads as are wanted and merged. What is merged does not depend
 * on the threads.
 */
#include "judge.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "display.h"
#include "errors.h"
#include "jobs.h"

/* In milliseconds: when progress is first shown, and how often. */
enum { PATIENCE = 500, PACE = 100 };

struct judging {
    const scantling_project *project;
    scantling_report **reports;
    scantling_error **errors;
    size_t count;
    bool shows_progress;
    pthread_mutex_t lock; /* of what follows */
    size_t done;
    double next_line; /* when it is time for the next line */
    int shown;        /* columns of the line that stands there */
};

double
cli_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
show_progress(struct judging *judging)
{
    char done[CLI_NUMBER_SIZE], count[CLI_NUMBER_SIZE];
    double now = cli_clock();

    pthread_mutex_lock(&judging->lock);
    judging->done++;
    if (now >= judging->next_line && judging->done < judging->count) {
        judging->next_line = now + PACE;
        judging->shown = fprintf(stderr, "\rjudged %s of %s documents",
                                 cli_number(done, judging->done),
                                 cli_number(count, judging->count));
        fflush(stderr);
    }
    pthread_mutex_unlock(&judging->lock);
}

static void
judge_one(void *context, size_t index)
{
    struct judging *judging = context;

    judging->reports[index] =
        scantling_project_judge(judging->project, index, &judging->errors[index]);
    if (judging->shows_progress)
        show_progress(judging);
}

/* Merges the reports where all are there. */
static scantling_report *
merge(struct cli_run *run, struct judging *judging)
{
    scantling_report *report = NULL;
    scantling_error *error = NULL;
    const scantling_error *first = NULL;

    for (size_t i = 0; i <= judging->count && !first; i++)
        first = judging->errors[i];
    if (!first) {
        report = scantling_report_merge(judging->reports, judging->count + 1, &error);
        first = error;
    }
    if (first)
        cli_error(run, CLI_UNUSABLE, "%s", scantling_error_message(first, NULL));
    scantling_error_free(error);
    return report;
}

scantling_report *
cli_judge(struct cli_run *run, const scantling_engine *engine, const struct cli_inputs *inputs,
          unsigned *threads)
{
    struct judging judging = { .count = inputs->count };
    scantling_document **documents =
        cli_pool_alloc(&run->pool, (inputs->count + 1) * sizeof *documents);
    scantling_error *error = NULL;
    scantling_project *project;
    scantling_report *report;

    for (size_t i = 0; i < inputs->count; i++)
        documents[i] = inputs->at[i].document;
    project = scantling_project_new(engine, documents, inputs->count, &error);
    if (!project) {
        cli_error(run, CLI_UNUSABLE, "%s", scantling_error_message(error, NULL));
        scantling_error_free(error);
        return NULL;
    }
    judging.project = project;
    judging.reports = cli_pool_alloc(&run->pool, (judging.count + 1) * sizeof *judging.reports);
    judging.errors = cli_pool_alloc(&run->pool, (judging.count + 1) * sizeof *judging.errors);
    judging.shows_progress = run->err.is_terminal && !run->is_quiet;
    judging.next_line = cli_clock() + PATIENCE;
    pthread_mutex_init(&judging.lock, NULL);
    /* One document leaves nothing to share out: its thread judges the project as well. */
    *threads = cli_jobs_run(judging.count < *threads ? (unsigned)judging.count : *threads,
                            judging.count + 1, judge_one, &judging);
    pthread_mutex_destroy(&judging.lock);
    if (judging.shown)
        fprintf(stderr, "\r%*s\r", judging.shown, "");
    report = merge(run, &judging);
    for (size_t i = 0; i <= judging.count; i++) {
        scantling_report_unref(judging.reports[i]);
        scantling_error_free(judging.errors[i]);
    }
    scantling_project_unref(project);
    return report;
}
