/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.c: a fuzz target without a fuzzer
 *
 *     replay-NAME SEEDS
 *
 * Gives the target each file of the folder SEEDS, then beginnings of it, and the file with a single
 * byte left out: all of them of a file up to MOST_CUTS bytes, of a longer one as many, evenly
 * spread. A crash, or what a sanitizer finds, is the failure. Prints TAP.
 */
#include "file.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATH_BYTES = 4096, MOST_SEEDS = 1000, MOST_CUTS = 256 };

/* Each input in memory of exactly its size, so that a read past its end is seen. */
static void
run_on(const uint8_t *bytes, size_t size, size_t without)
{
    size_t left_out = without < size ? 1 : 0;
    uint8_t *copy = malloc(size - left_out + (size == left_out));

    if (!copy)
        return;
    memcpy(copy, bytes, left_out ? without : size);
    if (left_out)
        memcpy(copy + without, bytes + without + 1, size - without - 1);
    LLVMFuzzerTestOneInput(copy, size - left_out);
    free(copy);
}

static int
replay(const char *path)
{
    size_t size = 0, step;
    uint8_t *bytes = (uint8_t *)test_read_file(path, &size);

    if (!bytes)
        return 0;
    step = size / MOST_CUTS + 1;
    run_on(bytes, size, size);
    for (size_t length = 0; length < size; length += step)
        run_on(bytes, length, length);
    for (size_t without = 0; without < size; without += step)
        run_on(bytes, size, without);
    free(bytes);
    return 1;
}

static int
is_seed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
    struct dirent **seeds;
    char path[PATH_BYTES];
    int count = argc == 2 ? scandir(argv[1], &seeds, is_seed, alphasort) : -1, failures = 0;

    if (count <= 0 || count > MOST_SEEDS) {
        fprintf(stderr, "usage: replay-NAME SEEDS, a folder with some files\n");
        return 2;
    }
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        int ok;

        snprintf(path, sizeof path, "%s/%s", argv[1], seeds[i]->d_name);
        ok = replay(path);
        failures += !ok;
        printf("%s %d - %s and what is left of it\n", ok ? "ok" : "not ok", i + 1,
               seeds[i]->d_name);
        fflush(stdout);
        free(seeds[i]);
    }
    free(seeds);
    return failures ? 1 : 0;
}
