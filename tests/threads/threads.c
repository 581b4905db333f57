/* SPDX-License-Identifier: Apache-2.0 */
/*
 * threads.c: one engine, its documents, projects and reports in the hands of many threads
 *
 * Built with ThreadSanitizer, which reports what is not ordered. Each case lets all threads begin
 * at once and compares what they made with what one thread makes. Prints TAP.
 */
#include "scantling.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 6, DOCUMENTS = 4, ROUNDS = 3, FORMAT_COUNT = 3 };

static const char policy[] =
    "return policy {\n"
    "  id = \"acme/shares\", title = \"Reads what is shared\", severity = \"low\",\n"
    "  subjects = { \"build\", \"image\", \"container\" }, why = \"It.\", fix = \"No.\",\n"
    "  fails = { dockerfile = \"FROM a\" }, passes = { dockerfile = \"FROM b\" },\n"
    "  check = function(node, report)\n"
    "    for _, row in ipairs(facts.eol) do if row.product == \"x\" then break end end\n"
    "    report(node, \"is seen\")\n"
    "  end,\n"
    "}\n";

static const char endless[] =
    "return policy {\n"
    "  id = \"acme/endless\", title = \"Does not end\", severity = \"low\",\n"
    "  subjects = { \"image\" }, why = \"It.\", fix = \"No.\",\n"
    "  fails = { dockerfile = \"FROM a\" }, passes = { dockerfile = \"FROM b\" },\n"
    "  check = function() while true do end end,\n"
    "}\n";

static const char dockerfile[] =
    "ARG V=1\n"
    "FROM debian:$V AS base\n"
    "ENV A=b API_TOKEN=kT8sWq3zLm5xVb7n C=$V\n"
    "# scantling: ignore SL1401 because it is known\n"
    "RUN curl -fsSL https://x.example.org/a | sh && apt-get install -y curl\n"
    "FROM base\n"
    "COPY --from=base /a /b\n"
    "USER root\n";

static const char runtime[] =
    "{ \"ociVersion\": \"1.0.2\", \"process\": { \"user\": { \"uid\": 0 }, \"args\": [ \"run\" ],\n"
    "  \"env\": [ \"DB_PASSWORD=kT8sWq3zLm5xVb7n\" ], \"cwd\": \"/\" } }\n";

static const char *const formats[FORMAT_COUNT] = { "json", "text verbose suppressed", "short" };

/* ---- what is shared ---- */

struct shared {
    scantling_engine *engine;
    scantling_document *documents[DOCUMENTS];
    scantling_project *project;
    scantling_report *report;
    scantling_buffer *expected[FORMAT_COUNT];
};

static scantling_engine *
make_engine(const char *text, int64_t steps)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    scantling_config_set_int(config, SCANTLING_LIMIT_STEPS, steps);
    scantling_config_set_int(config, SCANTLING_LIMIT_TOTAL_STEPS, steps ? 4 * steps : 0);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/it.lua", SCANTLING_TERMINATED,
                              text, SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    scantling_config_free(config);
    return engine;
}

static scantling_document *
make_document(int index)
{
    static const char *const names[] = { "Dockerfile", "config.json" };
    static const char *const texts[] = { dockerfile, runtime };
    char path[40];
    scantling_source *source;
    scantling_document *document;

    snprintf(path, sizeof path, "%d/%s", index, names[index % 2]);
    source = scantling_source_new(path, SCANTLING_TERMINATED, texts[index % 2],
                                  SCANTLING_TERMINATED, NULL);
    document = scantling_document_new(source, NULL);
    scantling_source_free(source);
    return document;
}

static bool
share(struct shared *shared)
{
    bool good = true;

    shared->engine = make_engine(policy, 0);
    for (int i = 0; i < DOCUMENTS; i++)
        shared->documents[i] = make_document(i);
    shared->project = scantling_project_new(shared->engine, shared->documents, DOCUMENTS, NULL);
    shared->report = scantling_engine_evaluate(shared->engine, shared->documents, DOCUMENTS, NULL);
    for (int i = 0; i < FORMAT_COUNT; i++) {
        shared->expected[i] = scantling_report_render(shared->report, formats[i],
                                                      SCANTLING_TERMINATED, NULL);
        good = good && shared->expected[i];
    }
    return good && scantling_report_number(shared->report, SCANTLING_NUMBER_FAIL) > 4;
}

static void
let_go(struct shared *shared)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        scantling_buffer_free(shared->expected[i]);
    scantling_report_unref(shared->report);
    scantling_project_unref(shared->project);
    for (int i = 0; i < DOCUMENTS; i++)
        scantling_document_unref(shared->documents[i]);
    scantling_engine_unref(shared->engine);
}

/* ---- threads ---- */

struct worker {
    struct shared *shared;
    pthread_barrier_t *barrier;
    bool (*work)(struct shared *shared, int number);
    int number;
    bool good;
};

static void *
begin(void *context)
{
    struct worker *worker = context;

    pthread_barrier_wait(worker->barrier);
    worker->good = worker->work(worker->shared, worker->number);
    return NULL;
}

/* Lets all threads do the same; whether each says that it went well. */
static bool
together(struct shared *shared, bool (*work)(struct shared *shared, int number))
{
    struct worker workers[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_t barrier;
    bool good = pthread_barrier_init(&barrier, NULL, THREADS) == 0;

    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){ shared, &barrier, work, i, false };
        if (pthread_create(&threads[i], NULL, begin, &workers[i]) != 0) {
            fprintf(stderr, "no threads to be had\n");
            exit(2);
        }
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        good = good && workers[i].good;
    }
    pthread_barrier_destroy(&barrier);
    return good;
}

static bool
is_expected(const struct shared *shared, const scantling_report *report, int format)
{
    scantling_buffer *made = scantling_report_render(report, formats[format], SCANTLING_TERMINATED,
                                                     NULL);
    size_t length, wanted;
    const char *bytes = scantling_buffer_bytes(made, &length);
    const char *should = scantling_buffer_bytes(shared->expected[format], &wanted);
    bool same = made && length == wanted && memcmp(bytes, should, length) == 0;

    scantling_buffer_free(made);
    return same;
}

/* ---- cases ---- */

static bool
judges_the_same_documents(struct shared *shared, int number)
{
    bool good = true;

    for (int round = 0; round < ROUNDS; round++) {
        scantling_report *report = scantling_engine_evaluate(shared->engine, shared->documents,
                                                             DOCUMENTS, NULL);

        good = is_expected(shared, report, (number + round) % FORMAT_COUNT) && good;
        scantling_report_unref(report);
    }
    return good;
}

static bool
judges_one_project(struct shared *shared, int number)
{
    scantling_report *parts[DOCUMENTS + 1], *merged;
    bool good;

    for (int i = 0; i <= DOCUMENTS; i++) {
        int index = (i + number) % (DOCUMENTS + 1);

        parts[i] = scantling_project_judge(shared->project, (size_t)index, NULL);
    }
    merged = scantling_report_merge(parts, DOCUMENTS + 1, NULL);
    good = is_expected(shared, merged, number % FORMAT_COUNT);
    scantling_report_unref(merged);
    for (int i = 0; i <= DOCUMENTS; i++)
        scantling_report_unref(parts[i]);
    return good;
}

static bool
reads_and_renders(struct shared *shared, int number)
{
    const scantling_subject *subject = scantling_project_subject(shared->project, 0, 1);
    scantling_node node = scantling_node_find(subject, SCANTLING_NODE_ROOT, "user.is_root",
                                              SCANTLING_TERMINATED);
    scantling_buffer *model = scantling_document_render(
        shared->documents[number % DOCUMENTS], "json origins", SCANTLING_TERMINATED, NULL);
    scantling_buffer *list = scantling_engine_describe(shared->engine, NULL, 0, "json",
                                                       SCANTLING_TERMINATED, NULL);
    scantling_finding found[8];
    scantling_mark marks[8];
    size_t count = scantling_report_findings(shared->report, 0, found, sizeof found[0], 8);
    bool good = subject && node != SCANTLING_NODE_NONE && model && list && count > 0 &&
                scantling_node_int(subject, node) == 1;

    for (size_t i = 0; i < count; i++)
        scantling_report_marks(shared->report, i, 0, marks, sizeof marks[0], 8);
    good = is_expected(shared, shared->report, number % FORMAT_COUNT) && good;
    scantling_buffer_free(list);
    scantling_buffer_free(model);
    return good;
}

static bool
takes_and_gives_back(struct shared *shared, int number)
{
    scantling_document *document = scantling_document_ref(shared->documents[number % DOCUMENTS]);
    scantling_project *project = scantling_project_new(shared->engine, &document, 1, NULL);
    scantling_report *report = scantling_project_judge(project, 0, NULL);
    scantling_engine *engine = scantling_engine_ref(shared->engine);
    bool good = report != NULL;

    scantling_document_unref(document);
    scantling_project_unref(project);
    for (int i = 0; i < 200; i++)
        scantling_report_unref(scantling_report_ref(shared->report));
    good = scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS) == 1 && good;
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    return good;
}

static bool
makes_its_own(struct shared *shared, int number)
{
    scantling_engine *engine = make_engine(policy, 0);
    scantling_document *document = make_document(number % DOCUMENTS);
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);
    bool good = report && scantling_report_number(report, SCANTLING_NUMBER_FAIL) > 0;

    (void)shared;
    scantling_report_unref(report);
    scantling_document_unref(document);
    scantling_engine_unref(engine);
    return good;
}

/* One cancels while the others judge: they end, with a report or CANCELLED, and later ones do. */
static bool
is_cancelled(struct shared *shared, int number)
{
    scantling_error *error = NULL;
    scantling_report *report = NULL;
    bool good;

    if (number == 0)
        scantling_project_cancel(shared->project);
    else
        report = scantling_project_judge(shared->project, (size_t)number % DOCUMENTS, &error);
    good = number == 0 || report ||
           scantling_error_status(error) == SCANTLING_STATUS_CANCELLED;
    scantling_report_unref(report);
    scantling_error_free(error);
    error = NULL;
    if (number == 0) {
        report = scantling_project_judge(shared->project, 0, &error);
        good = !report && scantling_error_status(error) == SCANTLING_STATUS_CANCELLED;
        scantling_report_unref(report);
        scantling_error_free(error);
    }
    return good;
}

static atomic_int judging;

/* What would not end for long is ended from outside. */
static bool
is_ended(struct shared *shared, int number)
{
    scantling_error *error = NULL;
    scantling_report *report;
    bool good;

    if (number == 0) {
        while (atomic_load(&judging) < THREADS - 1)
            ;
        scantling_project_cancel(shared->project);
        return true;
    }
    atomic_fetch_add(&judging, 1);
    report = scantling_project_judge(shared->project, 0, &error);
    good = !report && scantling_error_status(error) == SCANTLING_STATUS_CANCELLED;
    scantling_report_unref(report);
    scantling_error_free(error);
    return good;
}

static bool
ends_what_does_not_end(void)
{
    struct shared shared = { .engine = make_engine(endless, INT64_C(200000000000)) };
    bool good;

    shared.documents[0] = make_document(0);
    shared.project = scantling_project_new(shared.engine, shared.documents, 1, NULL);
    good = shared.project && together(&shared, is_ended);
    scantling_project_unref(shared.project);
    scantling_document_unref(shared.documents[0]);
    scantling_engine_unref(shared.engine);
    return good;
}

static bool
tell(int number, const char *name, bool good)
{
    printf("%sok %d - %s\n", good ? "" : "not ", number, name);
    fflush(stdout);
    return good;
}

int
main(void)
{
    struct shared shared = { 0 };
    bool good = share(&shared);

    printf("1..8\n");
    good = tell(1, "one thread shares an engine, documents, a project and a report", good);
    if (!good)
        return 1;
    good = tell(2, "all judge the same documents",
                together(&shared, judges_the_same_documents)) && good;
    good = tell(3, "all judge one project, each in an order of its own",
                together(&shared, judges_one_project)) && good;
    good = tell(4, "all read and render what is shared",
                together(&shared, reads_and_renders)) && good;
    good = tell(5, "all take and give back references",
                together(&shared, takes_and_gives_back)) && good;
    good = tell(6, "each makes an engine of its own", together(&shared, makes_its_own)) && good;
    good = tell(7, "one cancels while the others judge", together(&shared, is_cancelled)) && good;
    let_go(&shared);
    good = tell(8, "one ends what the others would judge for hours",
                ends_what_does_not_end()) && good;
    return good ? 0 : 1;
}
