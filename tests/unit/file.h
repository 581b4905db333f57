/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.h: the bytes of a file, for tests that are given files
 */
#ifndef SCL_TESTS_FILE_H
#define SCL_TESTS_FILE_H

#include <stdio.h>
#include <stdlib.h>

/* The whole file, with a NUL behind it; the caller frees it. NULL where it cannot be read. */
static inline char *
test_read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size = -1;

    if (file && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size >= 0 && fseek(file, 0, SEEK_SET) == 0)
        bytes = malloc((size_t)size + 1);
    if (bytes) {
        *ret_size = fread(bytes, 1, (size_t)size, file);
        bytes[*ret_size] = '\0';
    }
    if (file)
        fclose(file);
    return bytes;
}

#endif
