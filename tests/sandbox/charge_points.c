/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charge_points.c: a judging is ended at every point that charges steps
 *
 * A small document is judged with a limit of one step, then of two, until nothing is ended any
 * more. Each time every policy either finds what it finds without a limit, or ends as an error that
 * names the limit; and the same engine, asked again, gives the same bytes. Under LeakSanitizer
 * nothing may be left. Prints TAP.
 */
#include "scantling.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 20000 };

static const char dockerfile[] = "FROM debian:12\n"
                                 "ENV KEY=$OTHER\n"
                                 "RUN curl https://example.org/a | sh\n"
                                 "RUN sudo id\n"
                                 "USER root\n";

static scantling_engine *
new_engine(unsigned steps)
{
    static const char *const policies[] = { "no-root-user", "no-sudo", "pipefail",
                                            "no-curl-pipe-shell" };
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;

    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
        scantling_config_set_text(config, SCANTLING_OPTION_POLICY, policies[i],
                                  SCANTLING_TERMINATED);
    scantling_config_set_int(config, SCANTLING_LIMIT_STEPS, (int64_t)steps);
    engine = scantling_engine_new(config, NULL);
    scantling_config_free(config);
    return engine;
}

/* The findings as text; the caller frees it. */
static char *
judge(scantling_engine *engine, scantling_document *document)
{
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);
    scantling_buffer *buffer =
        scantling_report_render(report, "short", SCANTLING_TERMINATED, NULL);
    size_t length = 0;
    const char *bytes = scantling_buffer_bytes(buffer, &length);
    char *copy = calloc(1, length + 1);

    if (copy && bytes)
        memcpy(copy, bytes, length);
    scantling_buffer_free(buffer);
    if (!report) {
        free(copy);
        copy = NULL;
    }
    scantling_report_unref(report);
    return copy;
}

/* Whether each line is one of `right`, or tells of the limit. */
static bool
is_clean(char *found, const char *right)
{
    for (char *line = found, *end; *line; line = end + 1) {
        bool is_right;
        char after;

        end = strchr(line, '\n');
        if (!end)
            return false;
        after = end[1];
        end[1] = '\0';
        is_right = strstr(right, line) || strstr(line, ": error: policy ran over its limit of ");
        end[1] = after;
        if (!is_right)
            return false;
    }
    return true;
}

/* Judges with every limit from 1 on; how many there were until none ended it, or 0. */
static unsigned
sweep(scantling_document *document, const char *right)
{
    for (unsigned steps = 1; steps < MOST_STEPS; steps++) {
        scantling_engine *engine = new_engine(steps);
        char *first = judge(engine, document), *again = judge(engine, document);
        bool is_same = first && again && strcmp(first, again) == 0;
        bool is_right = is_same && strcmp(first, right) == 0;
        bool good = is_same && is_clean(first, right);

        if (!good)
            printf("# with %u: %s# then: %s", steps, first ? first : "no report\n",
                   again ? again : "no report\n");
        free(first);
        free(again);
        scantling_engine_unref(engine);
        if (!good)
            return 0;
        if (is_right)
            return steps;
    }
    printf("# %d are too few\n", MOST_STEPS);
    return 0;
}

int
main(void)
{
    scantling_source *source = scantling_source_new("Dockerfile", SCANTLING_TERMINATED, dockerfile,
                                                    SCANTLING_TERMINATED, NULL);
    scantling_document *document = scantling_document_new(source, NULL);
    scantling_engine *engine = new_engine(0);
    char *right = judge(engine, document), *after;
    unsigned count, failed;

    puts("1..2");
    count = right ? sweep(document, right) : 0;
    failed = count < 100;
    printf("%s 1 - each limit of steps ends judging cleanly (%u limits)\n",
           failed ? "not ok" : "ok", count);
    after = judge(engine, document);
    failed += !after || !right || strcmp(after, right) != 0;
    printf("%s 2 - without a limit the same is found after as before\n",
           after && right && strcmp(after, right) == 0 ? "ok" : "not ok");
    free(right);
    free(after);
    scantling_engine_unref(engine);
    scantling_document_unref(document);
    scantling_source_free(source);
    return failed != 0;
}
