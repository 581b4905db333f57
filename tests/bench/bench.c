/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.c: how fast and how large, as a table
 *
 *     bench [--smoke] [--program SCANTLING] [--list FILE]
 *     bench --write FOLDER
 *
 * Measures over Dockerfiles of its own and those that FILE lists; the second form writes its own
 * into a folder and prints their paths, for other programs to be measured over. --smoke does
 * everything once and small, to show that it works.
 */
#include "bench.h"

#include <stdio.h>
#include <string.h>

enum { OWN_FILES = 200, SMOKE_FILES = 8, TIMES = 7 };

int
main(int argc, char **argv)
{
    struct bench bench = { .times = TIMES };
    const char *list = NULL, *folder = NULL;
    unsigned count = OWN_FILES;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--smoke") == 0)
            bench.times = 1, count = SMOKE_FILES;
        else if (strcmp(argv[i], "--program") == 0 && i + 1 < argc)
            bench.program = argv[++i];
        else if (strcmp(argv[i], "--list") == 0 && i + 1 < argc)
            list = argv[++i];
        else if (strcmp(argv[i], "--write") == 0 && i + 1 < argc)
            folder = argv[++i];
        else
            bench_stop("usage: bench [--smoke] [--program SCANTLING] [--list FILE] | --write "
                       "FOLDER");
    }
    bench_make(&bench.own, count);
    if (folder) {
        bench_write(&bench.own, folder);
        scl_arena_finish(&bench.own.arena);
        return 0;
    }
    if (list)
        bench_read(&bench.corpus, list);
    bench_documents(&bench, &bench.own, "Our own");
    bench_documents(&bench, &bench.corpus, "Those of the list");
    bench_threads(&bench);
    bench_start(&bench);
    bench_state(&bench);
    bench_policies(&bench);
    bench_linear(&bench);
    bench_large(&bench);
    scl_arena_finish(&bench.own.arena);
    scl_arena_finish(&bench.corpus.arena);
    return 0;
}
