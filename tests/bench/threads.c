/* SPDX-License-Identifier: Apache-2.0 */
/*
 * threads.c: the same work by one thread and by two; and a cold start
 *
 * Two threads are efficient where they need half the time of one. On a machine with other work the
 * clock on the wall tells little, so the processor's time is told as well: what two threads use
 * more than one is what they cost each other.
 */
#include "bench.h"

#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct queue {
    const scantling_project *project;
    atomic_size_t next;
    size_t count;
};

static void *
judge_next(void *context)
{
    struct queue *queue = context;
    size_t index;

    while ((index = atomic_fetch_add(&queue->next, 1)) < queue->count)
        scantling_report_unref(scantling_project_judge(queue->project, index, NULL));
    return NULL;
}

struct took {
    double wall, cpu;
};

static struct took
judge_with(const scantling_project *project, size_t count, unsigned threads, unsigned times)
{
    struct took least = { 0 };

    for (unsigned i = 0; i < times; i++) {
        struct queue queue = { project, 0, count };
        double cpu = bench_cpu(), wall = bench_wall();
        pthread_t other;
        bool has_other = threads > 1 && pthread_create(&other, NULL, judge_next, &queue) == 0;

        judge_next(&queue);
        if (has_other)
            pthread_join(other, NULL);
        wall = bench_wall() - wall;
        cpu = bench_cpu() - cpu;
        if (i == 0 || wall < least.wall)
            least.wall = wall;
        if (i == 0 || cpu < least.cpu)
            least.cpu = cpu;
    }
    return least;
}

void
bench_threads(const struct bench *bench)
{
    uint32_t count = bench->own.list.count;
    scantling_document **documents = calloc(count, sizeof *documents);
    scantling_engine *engine = bench_engine("all", NULL);
    scantling_project *project;
    struct took one, two;

    if (!documents)
        bench_stop("out of memory");
    for (uint32_t i = 0; i < count; i++)
        documents[i] = bench_document(bench->own.list.at[i].name, bench->own.list.at[i].text);
    project = scantling_project_new(engine, documents, count, NULL);
    one = judge_with(project, count, 1, bench->times);
    two = judge_with(project, count, 2, bench->times);
    bench_title("Threads, all policies over %u Dockerfiles", (unsigned)count);
    bench_row("one thread", one.wall * 1e3, "ms", "");
    bench_row("two threads", two.wall * 1e3, "ms", "");
    bench_row("efficiency of two, by the clock", one.wall / (2 * two.wall), "", "0.95");
    bench_row("efficiency of two, by the processor", one.cpu / two.cpu, "", "0.95");
    scantling_project_unref(project);
    for (uint32_t i = 0; i < count; i++)
        scantling_document_unref(documents[i]);
    scantling_engine_unref(engine);
    free(documents);
}

/* ---- cold start ---- */

/* Seconds until the program has ended. */
static double
run_program(char *const *words)
{
    posix_spawn_file_actions_t actions;
    double start = bench_wall();
    pid_t child;
    int status;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    if (posix_spawnp(&child, words[0], &actions, NULL, words, environ) != 0 ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        bench_stop("a program does not run");
    posix_spawn_file_actions_destroy(&actions);
    return bench_wall() - start;
}

void
bench_start(const struct bench *bench)
{
    char program[4096], path[] = "/tmp/scantling-bench-XXXXXX", file[64];
    char check[] = "check", version[] = "version", nothing[] = "true";
    char *judge[] = { program, check, file, NULL };
    char *tell[] = { program, version, NULL };
    char *quiet[] = { nothing, NULL };
    char *const *const words[3] = { judge, tell, quiet };
    double least[3] = { 0 };
    FILE *document;

    if (!bench->program)
        return;
    snprintf(program, sizeof program, "%s", bench->program);
    if (!mkdtemp(path))
        bench_stop("there is no folder for a Dockerfile");
    snprintf(file, sizeof file, "%s/Dockerfile", path);
    document = fopen(file, "w");
    if (!document)
        bench_stop("there is no Dockerfile");
    fprintf(document, "FROM debian:13\nRUN make\nUSER 1000\n");
    fclose(document);
    for (unsigned i = 0; i < 20 * bench->times; i++)
        for (int which = 0; which < 3; which++) {
            double took = run_program(words[which]);

            if (i == 0 || took < least[which])
                least[which] = took;
        }
    unlink(file);
    rmdir(path);
    bench_title("A cold start, the least of %u", 20 * bench->times);
    bench_row("true", least[2] * 1e3, "ms", "");
    bench_row("scantling version", least[1] * 1e3, "ms", "");
    bench_row("scantling check Dockerfile", least[0] * 1e3, "ms", "");
    bench_row("scantling check Dockerfile to true", least[0] / least[2], "times", "5");
}
