/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mutate.c: documents that are cut off and changed, at random but the same every time (TAP)
 *
 *     mutate COUNT FILE...
 *
 * Each file is read as far as every 64th byte, and COUNT times with a few changes: bytes turned,
 * taken out, doubled, or put in that mean something to one of the readers. A long file is cut at
 * MOST_CUTS places at most, and changed less often, so that all take about the same time; how many
 * documents it was is printed. A crash, a finding of a sanitizer, or a place that lies outside of
 * its file is the failure.
 */
#include "file.h"
#include "read_all.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { STEP = 64, MOST_CUTS = 1024, MOST_CHANGES = 4, LONGEST = 32, FULL_SIZE = 16384, ROOM = 64 };

static const char *const pieces[] = {
    "{", "}", "[", "]", "\"", "'", ":", ": ", "- ", ",", "&a ", "*a", "<<: *a", "${", "${A:-b}",
    "!reset", "|", ">", "#", "\\", "\n", "\r\n", "\t", "    ", "\x00", "\xff", "\xc3",
    "\xef\xbb\xbf", "null", "true", "-1", "1e999", "99999999999999999999", "0x", "\\u0000",
    "\\ud800", "<<EOF\n", "FROM ", "RUN ", "$(", "`", "services:",
    "apiVersion: v1\nkind: Pod\n", "--privileged ",
};

struct random {
    uint64_t state;
};

static uint32_t
below(struct random *random, size_t bound)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return bound ? (uint32_t)((random->state >> 11) % bound) : 0;
}

/* The whole file with room behind it; NULL where it cannot be read. */
/* In memory of exactly its size, so that a read behind its end is seen. */
static void
read_bytes(const char *path, const char *bytes, size_t size)
{
    struct scl_input input = { .name = scl_str_c(path) };
    char *copy = malloc(size ? size : 1);

    if (!copy)
        return;
    memcpy(copy, bytes, size);
    input.text = scl_str_n(copy, size);
    read_all(&input);
    free(copy);
}

static size_t
insert(char *text, size_t size, size_t at, const char *piece, size_t length)
{
    memmove(text + at + length, text + at, size - at);
    memcpy(text + at, piece, length);
    return size + length;
}

/* One change of a text that has room behind it; gives its new size. */
static size_t
change(struct random *random, char *text, size_t size)
{
    size_t at = below(random, size), length = below(random, LONGEST) + 1;
    const char *piece = pieces[below(random, sizeof pieces / sizeof *pieces)];
    char doubled[LONGEST];

    if (!size)
        return 0;
    length = length < size - at ? length : size - at;
    switch (below(random, 4)) {
    case 0:
        text[at] ^= (char)(1u << below(random, 8));
        return size;
    case 1:
        memmove(text + at, text + at + length, size - at - length);
        return size - length;
    case 2:
        memcpy(doubled, text + at, length);
        return insert(text, size, at, doubled, length);
    default:
        return insert(text, size, at, piece, *piece ? strlen(piece) : 1);
    }
}

static void
read_changed(struct random *random, const char *path, const char *bytes, size_t size)
{
    char *text = malloc(size + MOST_CHANGES * ROOM);
    uint32_t changes = below(random, MOST_CHANGES) + 1;

    if (!text)
        return;
    memcpy(text, bytes, size);
    for (uint32_t i = 0; i < changes; i++)
        size = change(random, text, size);
    read_bytes(path, text, size);
    free(text);
}

/* Gives how many documents were read. */
static unsigned long
torture(const char *path, unsigned long count)
{
    size_t size = 0, step = STEP;
    char *bytes = test_read_file(path, &size);
    struct random random = { 0x9e3779b97f4a7c15u ^ size };
    unsigned long read = 0;

    if (!bytes)
        return 0;
    while (size / step > MOST_CUTS)
        step += STEP;
    for (size_t length = 0; length <= size; length += step, read++)
        read_bytes(path, bytes, length);
    if (size > FULL_SIZE)
        count = (unsigned long)((double)count * FULL_SIZE / (double)size) + 1;
    for (unsigned long i = 0; i < count; i++, read++)
        read_changed(&random, path, bytes, size);
    free(bytes);
    return read;
}

int
main(int argc, char **argv)
{
    unsigned long count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, read = 0, none = 0;
    struct rusage usage;

    if (!count) {
        fprintf(stderr, "usage: mutate COUNT FILE...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        unsigned long of_file = torture(argv[i], count);

        read += of_file;
        none += of_file == 0;
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("1..1\n%sok 1 - %lu documents made of %d are read to their ends\n", none ? "not " : "",
           read, argc - 2);
    printf("# the most memory that was in use: %ld MiB\n", usage.ru_maxrss / 1024);
    return none != 0;
}
