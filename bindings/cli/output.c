/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.c: bytes to standard output, and to files that are complete or not there
 *
 * A file is written beside its place and renamed when it is complete; what is no regular file (a
 * pipe, a device) is written as it stands. An interrupt waits until that is over, so that nothing
 * half-written stays behind.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "paths.h"

enum { MOST_TRIES = 100 };

static int
write_all(int descriptor, const char *at, size_t length)
{
    while (length) {
        ssize_t written = write(descriptor, at, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

static int
write_closing(int descriptor, const char *at, size_t length)
{
    int reason = write_all(descriptor, at, length);

    if (close(descriptor) != 0 && !reason)
        reason = errno;
    return reason;
}

/* Opens a new file beside `path` under a name that nobody has. */
static int
open_beside(struct cli_pool *pool, const char *path, mode_t mode, const char **ret_name)
{
    const char *folder = cli_path_folder(pool, path), *base = cli_path_base(path);
    int descriptor = -1;

    for (int i = 0; i < MOST_TRIES && descriptor < 0; i++) {
        const char *name = cli_pool_format(pool, ".%s.%ld-%d", base, (long)getpid(), i);

        *ret_name = cli_path_join(pool, folder, name);
        descriptor = open(*ret_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor < 0 && errno != EEXIST)
            break;
    }
    return descriptor;
}

static int
replace(struct cli_pool *pool, const char *path, mode_t mode, const char *at, size_t length)
{
    const char *beside = NULL;
    int descriptor = open_beside(pool, path, mode, &beside), reason;

    if (descriptor < 0)
        return errno;
    reason = write_closing(descriptor, at, length);
    if (!reason && rename(beside, path) != 0)
        reason = errno;
    if (reason)
        unlink(beside);
    return reason;
}

static int
write_file(struct cli_pool *pool, const char *path, const char *at, size_t length)
{
    mode_t mode = 0666;
    struct stat status;
    char *real;
    int reason, descriptor;

    if (stat(path, &status) != 0)
        return replace(pool, path, mode, at, length);
    if (!S_ISREG(status.st_mode)) {
        descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
        return descriptor < 0 ? errno : write_closing(descriptor, at, length);
    }
    /* Where the name is a link, what it leads to is replaced, not the link. */
    real = realpath(path, NULL);
    if (!real)
        return errno;
    reason = replace(pool, real, status.st_mode & 0777, at, length);
    free(real);
    return reason;
}

bool
cli_output_bytes(struct cli_run *run, const char *file, const char *at, size_t length)
{
    sigset_t interrupts, before;
    int reason;

    if (!file) {
        reason = write_all(STDOUT_FILENO, at, length);
        file = "standard output";
    } else {
        sigemptyset(&interrupts);
        sigaddset(&interrupts, SIGINT);
        sigaddset(&interrupts, SIGTERM);
        sigaddset(&interrupts, SIGHUP);
        sigprocmask(SIG_BLOCK, &interrupts, &before);
        reason = write_file(&run->pool, file, at, length);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    if (reason)
        cli_error(run, CLI_INCOMPLETE, "%s: cannot write: %s", file, strerror(reason));
    return !reason;
}

void
cli_output_write(struct cli_run *run, const char *file, const scantling_buffer *buffer)
{
    size_t length = 0;
    const char *at = scantling_buffer_bytes(buffer, &length);

    cli_output_bytes(run, file, at, length);
}

void
cli_output_text(struct cli_run *run, const char *text)
{
    cli_output_bytes(run, NULL, text, strlen(text));
}
