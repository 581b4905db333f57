/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.c: what lies in a folder
 *
 * Folders that are still to be read wait in a list; each is opened from the root, component by
 * component, so no more than a few are open at a time and a link put in the way is not followed.
 */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "files.h"
#include "nearest.h"
#include "paths.h"

static const char *const never_entered[] = {
    ".git", ".hg", ".svn", ".jj", "node_modules", ".venv", ".tox", "__pycache__", ".terraform",
};

struct folder {
    const char *below; /* path from the root; "" is the root */
    int64_t depth;
};

struct search {
    struct cli_run *run;
    struct cli_walk *walk;
    int root;
    struct folder *folders;
    size_t count;
    bool is_over; /* the limit of files was reached */
};

static bool
is_never_entered(const char *name)
{
    for (size_t i = 0; i < sizeof never_entered / sizeof *never_entered; i++)
        if (strcmp(name, never_entered[i]) == 0)
            return true;
    return false;
}

static void
add_folder(struct search *search, const char *below, int64_t depth)
{
    search->folders = cli_pool_grow(&search->run->pool, search->folders, search->count,
                                    sizeof *search->folders);
    search->folders[search->count++] = (struct folder){ below, depth };
}

static bool
is_kind(int folder, const char *name, mode_t kind)
{
    struct stat status;

    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           (status.st_mode & S_IFMT) == kind;
}

static void
meet_folder(struct search *search, const struct folder *parent, const char *name,
            const char *below, const char *shown)
{
    const struct cli_walk *walk = search->walk;
    struct cli_run *run = search->run;

    if (is_never_entered(name)) {
        cli_tell(run, "skipped %s: a folder that is never entered", shown);
    } else if (cli_globs_exclude(walk->exclude, shown, true)) {
        cli_tell(run, "skipped %s: excluded", shown);
    } else if (parent->depth >= walk->depth_limit) {
        cli_error(run, walk->on_failure, "%s: deeper than the limit of %lld folders", shown,
                  (long long)walk->depth_limit);
        cli_error_help(run, "--limit search_depth=N raises it");
    } else {
        add_folder(search, below, parent->depth + 1);
    }
}

static void
meet_file(struct search *search, const char *below, const char *shown)
{
    struct cli_walk *walk = search->walk;
    struct cli_run *run = search->run;

    if ((int64_t)walk->file_count >= walk->file_limit) {
        if (!search->is_over) {
            cli_error(run, walk->on_failure, "%s: more than the limit of %lld files", walk->shown,
                      (long long)walk->file_limit);
            cli_error_help(run, "--limit search_files=N raises it");
        }
        search->is_over = true;
        return;
    }
    walk->file_count++;
    if (cli_globs_exclude(walk->exclude, shown, false))
        cli_tell(run, "skipped %s: excluded", shown);
    else if (!walk->wants(walk->context, shown, below))
        cli_tell(run, "skipped %s: not a name of a known format", shown);
}

static void
meet(struct search *search, const struct folder *parent, int descriptor, const char *name)
{
    struct cli_pool *pool = &search->run->pool;
    const char *below, *shown;
    struct stat status;

    if (fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    below = cli_path_join(pool, parent->below, name);
    shown = cli_path_join(pool, search->walk->shown, below);
    if (S_ISDIR(status.st_mode))
        meet_folder(search, parent, name, below, shown);
    else if (S_ISREG(status.st_mode))
        meet_file(search, below, shown);
    else if (S_ISLNK(status.st_mode))
        cli_tell(search->run, "skipped %s: a symbolic link", shown);
    else
        cli_tell(search->run, "skipped %s: a special file", shown);
}

/* Whether a name in a folder belongs to the inside of an OCI layout or bundle. */
static bool
is_inside(const char *name, bool is_layout, bool is_bundle)
{
    if (is_layout)
        return strcmp(name, "oci-layout") != 0;
    return is_bundle && strcmp(name, "rootfs") == 0;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder in the order of their bytes, so that no message depends on how a file
 * system keeps them. */
static struct cli_names
list(struct cli_pool *pool, DIR *stream)
{
    struct cli_names names = { 0 };
    struct dirent *entry;

    while ((entry = readdir(stream)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            cli_names_add(pool, &names,
                          cli_pool_text(pool, entry->d_name, strlen(entry->d_name)));
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, compare_names);
    return names;
}

static void
read_folder(struct search *search, const struct folder *folder)
{
    struct cli_pool *pool = &search->run->pool;
    bool is_layout = false, is_bundle = false;
    int descriptor = -1, reason, copy;
    struct cli_names names;
    DIR *stream;

    reason = cli_file_open_beneath(search->root, *folder->below ? folder->below : ".",
                                   O_RDONLY | O_DIRECTORY, &descriptor);
    copy = reason ? -1 : dup(descriptor);
    stream = copy < 0 ? NULL : fdopendir(copy);
    if (!stream) {
        cli_error(search->run, search->walk->on_failure, "%s: %s",
                  *folder->below ? cli_path_join(pool, search->walk->shown, folder->below)
                                 : search->walk->shown,
                  cli_reason(reason ? reason : errno));
        if (descriptor >= 0)
            close(descriptor);
        return;
    }
    if (search->walk->knows_bundles) {
        is_layout = is_kind(descriptor, "oci-layout", S_IFREG);
        is_bundle = is_kind(descriptor, "config.json", S_IFREG) &&
                    is_kind(descriptor, "rootfs", S_IFDIR);
    }
    names = list(pool, stream);
    for (size_t i = 0; i < names.count && !search->is_over; i++)
        if (!is_inside(names.at[i], is_layout, is_bundle))
            meet(search, folder, descriptor, names.at[i]);
    closedir(stream);
    close(descriptor);
}

void
cli_walk_run(struct cli_run *run, struct cli_walk *walk)
{
    struct search search = { .run = run, .walk = walk };

    walk->file_count = 0;
    search.root = open(walk->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (search.root < 0) {
        cli_error(run, walk->on_failure, "%s: %s", walk->shown, cli_reason(errno));
        return;
    }
    add_folder(&search, "", 0);
    while (search.count && !search.is_over) {
        struct folder folder = search.folders[--search.count];

        read_folder(&search, &folder);
    }
    close(search.root);
}

void
cli_walk_suggest(struct cli_run *run, const char *path)
{
    const char *folder = cli_path_folder(&run->pool, path);
    struct cli_nearest nearest;
    struct cli_names names;
    DIR *stream = opendir(folder);

    if (!stream)
        return;
    cli_nearest_init(&nearest, cli_path_base(path));
    names = list(&run->pool, stream);
    closedir(stream);
    for (size_t i = 0; i < names.count; i++)
        cli_nearest_try(&nearest, names.at[i]);
    if (nearest.best)
        cli_error_suggest(run, cli_path_join(&run->pool, folder, nearest.best));
}
