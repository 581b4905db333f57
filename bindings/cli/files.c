/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files.c: opening and reading
 *
 * A path beneath a folder is walked component by component, each opened without following a link:
 * whatever a document names, nothing outside the folder can be reached.
 */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 16384 };

static bool
is_link(int folder, const char *name)
{
    struct stat status;

    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/* Opens the component that `*path` begins with, and steps over it. */
static int
open_component(int folder, const char **path, int flags, int *ret_descriptor)
{
    char name[256];
    size_t length = strcspn(*path, "/");
    bool is_last = (*path)[length] == '\0';

    if (length >= sizeof name)
        return ENAMETOOLONG;
    memcpy(name, *path, length);
    name[length] = '\0';
    *path += length + !is_last;
    *ret_descriptor =
        openat(folder, name, (is_last ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC);
    if (*ret_descriptor >= 0)
        return 0;
    /* A link in the place of a folder is there, but not for us: that is not "no such file". */
    if (errno == ENOTDIR && is_link(folder, name))
        return ELOOP;
    return errno;
}

int
cli_file_open_beneath(int folder, const char *path, int flags, int *ret_descriptor)
{
    int at = folder, next = -1, reason;

    do {
        reason = open_component(at, &path, flags, &next);
        if (at != folder)
            close(at);
        at = next;
    } while (!reason && *path);
    *ret_descriptor = next;
    return reason;
}

/* Makes room for more than `length` bytes, `limit` and one at most. */
static bool
grow(struct cli_bytes *bytes, size_t *room, uint64_t limit)
{
    size_t larger = *room ? *room * 2 : FIRST_ROOM;
    char *at;

    if (bytes->size >= larger && bytes->size < SIZE_MAX / 2)
        larger = (size_t)bytes->size + 1;
    if (larger > limit + 1)
        larger = (size_t)limit + 1;
    at = realloc(bytes->at, larger);
    if (!at)
        return false;
    bytes->at = at;
    *room = larger;
    return true;
}

static int
read_all(int descriptor, uint64_t limit, struct cli_bytes *bytes)
{
    size_t room = 0;

    for (;;) {
        ssize_t got;

        if (bytes->length == room && !grow(bytes, &room, limit))
            return ENOMEM;
        got = read(descriptor, bytes->at + bytes->length, room - bytes->length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            return 0;
        bytes->length += (size_t)got;
        if (bytes->length > limit)
            return CLI_TOO_LARGE;
    }
}

int
cli_file_read(int descriptor, uint64_t limit, bool regular_only, struct cli_bytes *ret_bytes)
{
    struct stat status;
    int reason;

    memset(ret_bytes, 0, sizeof *ret_bytes);
    if (limit > SIZE_MAX / 4)
        limit = SIZE_MAX / 4;
    if (fstat(descriptor, &status) != 0)
        return errno;
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    if (regular_only && !S_ISREG(status.st_mode))
        return EINVAL;
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        ret_bytes->size = (uint64_t)status.st_size;
    if (ret_bytes->size > limit)
        return CLI_TOO_LARGE;
    reason = read_all(descriptor, limit, ret_bytes);
    if (reason) {
        free(ret_bytes->at);
        ret_bytes->at = NULL;
        ret_bytes->length = 0;
    }
    return reason;
}

int
cli_file_read_path(const char *path, uint64_t limit, struct cli_bytes *ret_bytes)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC), reason;

    memset(ret_bytes, 0, sizeof *ret_bytes);
    if (descriptor < 0)
        return errno;
    reason = cli_file_read(descriptor, limit, false, ret_bytes);
    close(descriptor);
    return reason;
}

bool
cli_file_is_archive(const char *path)
{
    static const struct {
        size_t offset, length;
        const char *bytes;
    } marks[] = { { 0, 2, "\x1f\x8b" }, { 0, 4, "\x28\xb5\x2f\xfd" }, { 257, 5, "ustar" } };
    char start[262];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    bool found = false;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        found = found || (got >= (ssize_t)(marks[i].offset + marks[i].length) &&
                          memcmp(start + marks[i].offset, marks[i].bytes, marks[i].length) == 0);
    if (descriptor >= 0)
        close(descriptor);
    return found;
}

int
cli_file_read_beneath(const char *folder, const char *path, uint64_t limit,
                      struct cli_bytes *ret_bytes)
{
    int root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), descriptor = -1, reason;

    memset(ret_bytes, 0, sizeof *ret_bytes);
    if (root < 0)
        return errno;
    /* Not blocking, so that a pipe in the place of a file cannot hold the run up. */
    reason = cli_file_open_beneath(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, &descriptor);
    close(root);
    if (reason)
        return reason;
    reason = cli_file_read(descriptor, limit, true, ret_bytes);
    close(descriptor);
    return reason;
}

/* Adds a line; `room` grows by doubling. */
static int
add_line(struct cli_bytes *bytes, size_t *room, const char *name, uint64_t limit)
{
    size_t length = strlen(name) + 1, larger = *room ? *room : FIRST_ROOM;
    char *at;

    if (length + bytes->length > limit)
        return CLI_TOO_LARGE;
    while (larger - bytes->length < length)
        larger *= 2;
    if (larger != *room) {
        at = realloc(bytes->at, larger);
        if (!at)
            return ENOMEM;
        bytes->at = at;
        *room = larger;
    }
    memcpy(bytes->at + bytes->length, name, length - 1);
    bytes->length += length;
    bytes->at[bytes->length - 1] = '\n';
    return 0;
}

int
cli_file_list_beneath(const char *folder, const char *path, uint64_t limit,
                      struct cli_bytes *ret_bytes)
{
    int root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), descriptor = -1, reason;
    const struct dirent *entry;
    size_t room = 0;
    DIR *list;

    memset(ret_bytes, 0, sizeof *ret_bytes);
    if (root < 0)
        return errno;
    reason = cli_file_open_beneath(root, path, O_RDONLY | O_DIRECTORY, &descriptor);
    close(root);
    if (reason)
        return reason;
    list = fdopendir(descriptor);
    if (!list) {
        reason = errno;
        close(descriptor);
        return reason;
    }
    for (errno = 0; !reason && (entry = readdir(list)) != NULL; errno = 0)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !strchr(entry->d_name, '\n'))
            reason = add_line(ret_bytes, &room, entry->d_name, limit);
    if (!reason)
        reason = errno; /* a folder that was read in part is not known */
    closedir(list);
    return reason;
}
