/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paths.c: names of files as text
 */
#include "paths.h"

#include <string.h>

const char *
cli_path_shown(struct cli_pool *pool, const char *path)
{
    char *shown = cli_pool_text(pool, path, strlen(path)), *to = shown;

    while (path[0] == '.' && path[1] == '/')
        for (path += 2; *path == '/';)
            path++;
    for (; *path; path++)
        if (*path != '/' || to == shown || to[-1] != '/')
            *to++ = *path;
    if (to > shown + 1 && to[-1] == '/')
        to--;
    if (to == shown)
        *to++ = '.';
    *to = '\0';
    return shown;
}

const char *
cli_path_join(struct cli_pool *pool, const char *folder, const char *name)
{
    if (strcmp(folder, ".") == 0 || *folder == '\0')
        return cli_pool_text(pool, name, strlen(name));
    if (folder[strlen(folder) - 1] == '/')
        return cli_pool_format(pool, "%s%s", folder, name);
    return cli_pool_format(pool, "%s/%s", folder, name);
}

const char *
cli_path_folder(struct cli_pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    if (slash == path)
        return "/";
    return cli_pool_text(pool, path, (size_t)(slash - path));
}

const char *
cli_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

const char *
cli_path_extension(const char *path)
{
    const char *dot = strrchr(cli_path_base(path), '.');

    return dot ? dot : "";
}

/* Appends the components of `path` to `clean`, `..` taking one back. */
static bool
append(const char *path, size_t length, char *clean, size_t *used, size_t size)
{
    size_t i = 0;

    while (i < length) {
        const char *part = path + i;
        size_t part_length = 0;

        while (i + part_length < length && part[part_length] != '/')
            part_length++;
        i += part_length + 1;
        if (part_length == 0 || (part_length == 1 && part[0] == '.'))
            continue;
        if (part_length == 2 && part[0] == '.' && part[1] == '.') {
            if (*used == 0)
                return false;
            while (*used && clean[*used - 1] != '/')
                --*used;
            *used -= *used > 0;
            continue;
        }
        if (*used + part_length + 2 > size)
            return false;
        if (*used)
            clean[(*used)++] = '/';
        memcpy(clean + *used, part, part_length);
        *used += part_length;
    }
    return true;
}

bool
cli_path_resolve(const char *below, const char *path, char *ret_clean, size_t size)
{
    const char *slash = strrchr(below, '/');
    size_t used = 0;

    if (path[0] == '/' || size == 0)
        return false;
    if (slash && !append(below, (size_t)(slash - below), ret_clean, &used, size))
        return false;
    if (!append(path, strlen(path), ret_clean, &used, size))
        return false;
    ret_clean[used] = '\0';
    return used > 0;
}

static bool
goes_up(const char *path)
{
    for (;;) {
        size_t length = strcspn(path, "/");

        if (length == 2 && path[0] == '.' && path[1] == '.')
            return true;
        if (!path[length])
            return false;
        path += length + 1;
    }
}

bool
cli_path_beside(const char *name, const char *path, char *ret_shown, size_t size)
{
    const char *slash = strrchr(name, '/');
    size_t folder = slash ? (size_t)(slash - name) + 1 : 0, length = strlen(path);
    bool is_absolute = name[0] == '/';

    if (goes_up(path)) {
        if (size < 2)
            return false;
        ret_shown[0] = '/';
        return cli_path_resolve(name, path, ret_shown + is_absolute, size - is_absolute);
    }
    if (folder + length >= size)
        return false;
    memcpy(ret_shown, name, folder);
    memcpy(ret_shown + folder, path, length + 1);
    return true;
}
