/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files.h: opening and reading
 *
 * Nothing here uses the memory of the run, so it may be called from any thread. Answers are 0 or an
 * `errno`; CLI_TOO_LARGE stands for what is over the limit.
 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLI_TOO_LARGE = -1 };

/* What was read; `at` is released with free. */
struct cli_bytes {
    char *at;
    size_t length;
    uint64_t size; /* of a regular file, also where it was too large to read; else 0 */
};

/* Opens what lies at `path` (clean, relative) beneath a folder, following no symbolic link. */
int cli_file_open_beneath(int folder, const char *path, int flags, int *ret_descriptor);
/* Reads all of it, `limit` bytes at most. With `regular_only`, nothing but a regular file. */
int cli_file_read(int descriptor, uint64_t limit, bool regular_only, struct cli_bytes *ret_bytes);
/* Opens and reads a file by its name; "-" is no special name. */
int cli_file_read_path(const char *path, uint64_t limit, struct cli_bytes *ret_bytes);
/* Whether a file begins as a tar archive does, or as one that may be compressed. */
bool cli_file_is_archive(const char *path);
/* Opens and reads a file beneath a folder given by name. */
int cli_file_read_beneath(const char *folder, const char *path, uint64_t limit,
                          struct cli_bytes *ret_bytes);
/* The names of what lies in a folder beneath a folder, one a line; those that hold a line feed are
 * left out. */
int cli_file_list_beneath(const char *folder, const char *path, uint64_t limit,
                          struct cli_bytes *ret_bytes);

#endif
