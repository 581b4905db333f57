/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jobs.c: the same work for many indexes, on a number of threads
 *
 * Each thread takes the next index that nobody has. The order of the work is nobody's promise; what
 * it makes is kept by index.
 */
#include "jobs.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST_THREADS = 256 };

struct queue {
    atomic_size_t next;
    size_t count;
    cli_job_fn *job;
    void *context;
};

static void *
work(void *context)
{
    struct queue *queue = context;
    size_t index;

    while ((index = atomic_fetch_add(&queue->next, 1)) < queue->count)
        queue->job(queue->context, index);
    return NULL;
}

unsigned
cli_jobs_run(unsigned threads, size_t count, cli_job_fn *job, void *context)
{
    struct queue queue = { .count = count, .job = job, .context = context };
    pthread_t others[MOST_THREADS];
    unsigned started = 0;

    atomic_init(&queue.next, 0);
    while (started + 1 < threads && started + 1 < count && started < MOST_THREADS &&
           pthread_create(&others[started], NULL, work, &queue) == 0)
        started++;
    work(&queue);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    return started + 1;
}
