/* SPDX-License-Identifier: Apache-2.0 */
/*
 * path.c: paths of files as text
 *
 * One walker goes over the components of a path from its end to its start: seen from there, a `..`
 * is a count of components still to be dropped, so that a path is cleaned, counted and compared
 * without memory and in linear time. Whoever writes a path writes it backwards too.
 */
#include "base/path.h"

#include <string.h>

enum root {
    ROOT_NONE,  /* relative */
    ROOT_POSIX, /* / */
    ROOT_DRIVE, /* C:\ */
    ROOT_PIPE,  /* //./pipe/: the device is the first component */
    ROOT_SHARE  /* \\server\share */
};

struct walker {
    struct scl_str path;
    size_t root_end;  /* bytes of the path that are its root */
    size_t end;       /* what lies behind was walked */
    size_t dropped;   /* components that a `..` takes away */
    size_t kept;      /* `..` that are yet to be yielded, before a symbol or at the start */
    struct scl_str symbol; /* the one they follow */
    enum root root;
    bool windows; /* a backslash divides too */
};

static bool
divides(const struct walker *walker, char byte)
{
    return byte == '/' || (walker->windows && byte == '\\');
}

static bool
begins_pipe(struct scl_str path)
{
    static const char form[] = "//./pipe/";

    if (path.len < sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (scl_lower(path.at[i]) != form[i] &&
            !(form[i] == '/' && path.at[i] == '\\' && path.at[0] == '\\'))
            return false;
    return true;
}

static bool next(struct walker *walker, struct scl_str *ret);

/* Whether the path leads out of the pipes again, as `//./pipe/../run` does: that is `/run`. */
static bool
leaves_pipes(struct scl_str path)
{
    struct walker walker = { .path = path, .root_end = 4, .end = path.len,
                             .root = ROOT_POSIX, .windows = path.at[0] == '\\' };
    struct scl_str first = { NULL, 0 };
    size_t count = 0;

    for (; next(&walker, &first); count++)
        ;
    return count < 2 || !scl_str_is_nocase(first, "pipe");
}

static struct walker
walk(struct scl_str path)
{
    struct walker walker = { .path = path, .end = path.len };

    if (path.len > 1 && scl_is_alpha(path.at[0]) && path.at[1] == ':' &&
        (path.len == 2 || path.at[2] == '\\' || path.at[2] == '/')) {
        walker.root = ROOT_DRIVE;
        walker.root_end = 2;
    } else if (begins_pipe(path) && !leaves_pipes(path)) {
        walker.root = ROOT_PIPE;
        walker.root_end = 4;
    } else if (path.len > 1 && path.at[0] == '\\' && path.at[1] == '\\') {
        walker.root = ROOT_SHARE;
        walker.root_end = 2;
    } else if (path.len && path.at[0] == '/') {
        walker.root = ROOT_POSIX;
        walker.root_end = 1;
    }
    walker.windows =
        walker.root > ROOT_POSIX && !(walker.root == ROOT_PIPE && path.at[0] == '/');
    return walker;
}

/* Where the `${` is whose `}` ends at `end`, no other brace between them; `end` where it is
 * none. */
static size_t
reference_start(const struct walker *walker, size_t end)
{
    const char *bytes = walker->path.at;

    for (size_t at = end - 1; at > walker->root_end; at--) {
        if (bytes[at - 1] == '}')
            break;
        if (bytes[at - 1] == '{')
            return at - 1 > walker->root_end && bytes[at - 2] == '$' ? at - 2 : end;
    }
    return end;
}

/* The component before `end`, as it is written; false at the root. */
static bool
next_raw(struct walker *walker, struct scl_str *ret)
{
    size_t end = walker->end, start;

    while (end > walker->root_end && divides(walker, walker->path.at[end - 1]))
        end--;
    for (start = end; start > walker->root_end; start--) {
        if (divides(walker, walker->path.at[start - 1]))
            break;
        if (walker->path.at[start - 1] == '}') {
            size_t reference = reference_start(walker, start);

            if (reference < start)
                start = reference + 1; /* nothing in it divides */
        }
    }
    walker->end = start;
    *ret = scl_str_sub(walker->path, start, end - start);
    return end > start;
}

static bool
is_symbol(const struct walker *walker, struct scl_str component)
{
    if (component.at[0] == '~' && component.at == walker->path.at)
        return true;
    for (size_t i = 0; i + 1 < component.len; i++) {
        char after = component.at[i + 1];

        if (component.at[i] == '$' &&
            (after == '{' || after == '(' || after == '_' || scl_is_alpha(after)))
            return true;
    }
    return false;
}

/* The component before those that were yielded, of the clean path; false when there is none. */
static bool
next(struct walker *walker, struct scl_str *ret)
{
    struct scl_str raw;

    while (!walker->kept && !walker->symbol.len && next_raw(walker, &raw)) {
        if (scl_str_is(raw, "."))
            continue;
        if (scl_str_is(raw, "..")) {
            walker->dropped++;
        } else if (is_symbol(walker, raw)) {
            walker->kept = walker->dropped;
            walker->dropped = 0;
            walker->symbol = raw;
        } else if (walker->dropped) {
            walker->dropped--;
        } else {
            *ret = raw;
            return true;
        }
    }
    if (walker->root == ROOT_NONE && !walker->symbol.len && walker->dropped) {
        walker->kept = walker->dropped;
        walker->dropped = 0;
    }
    if (walker->kept) {
        walker->kept--;
        *ret = SCL_S("..");
        return true;
    }
    if (!walker->symbol.len)
        return false;
    *ret = walker->symbol;
    walker->symbol = (struct scl_str){ NULL, 0 };
    return true;
}

/* The components of a clean path, and the first two of them. */
static size_t
count_components(struct walker walker, struct scl_str *ret_first, struct scl_str *ret_second)
{
    struct scl_str component;
    size_t count = 0;

    *ret_first = *ret_second = (struct scl_str){ NULL, 0 };
    for (; next(&walker, &component); count++) {
        *ret_second = *ret_first;
        *ret_first = component;
    }
    return count;
}

/* ---- writing ---- */

static const char *
root_text(enum root root)
{
    static const char *const texts[] = { "", "/", ":\\", "//./", "\\\\" };

    return texts[root];
}

/* Whether what is left of a relative path begins like another kind: of `./C:` or `a/../~`. */
static bool
reads_otherwise(struct scl_str clean, struct scl_str path)
{
    return walk(clean).root != ROOT_NONE || (clean.at[0] == '~' && path.at[0] != '~');
}

/* Writes a clean path so that it ends at `end`; returns where it begins. */
static char *
write_backwards(struct walker walker, char *end)
{
    char divider = walker.root == ROOT_DRIVE || walker.root == ROOT_SHARE ? '\\' : '/';
    const char *root = root_text(walker.root);
    char *at = end;
    struct scl_str component;

    while (next(&walker, &component)) {
        if (at != end)
            *--at = divider;
        at -= component.len;
        memcpy(at, component.at, component.len);
    }
    at -= strlen(root);
    memcpy(at, root, strlen(root));
    if (walker.root == ROOT_DRIVE)
        *--at = scl_upper(walker.path.at[0]);
    if (at == end)
        *--at = '.';
    if (walker.root == ROOT_NONE &&
        reads_otherwise(scl_str_n(at, (size_t)(end - at)), walker.path)) {
        *--at = '/';
        *--at = '.';
    }
    return at;
}

struct scl_str
scl_path_clean(struct scl_arena *arena, struct scl_str path)
{
    size_t room = path.len + 8; /* a root or `.` that was not written */
    char *block = scl_arena_alloc(arena, room);
    struct scl_str clean;

    if (!block)
        return (struct scl_str){ NULL, 0 };
    clean.at = write_backwards(walk(path), block + room);
    clean.len = (size_t)(block + room - clean.at);
    return clean;
}

struct scl_str
scl_path_join(struct scl_arena *arena, struct scl_str folder, struct scl_str path)
{
    struct walker walker = walk(path);
    struct scl_str first, second;
    size_t len = folder.len + 1 + path.len;
    char *block;

    count_components(walker, &first, &second);
    if (walker.root != ROOT_NONE || folder.len == 0 || (first.len && is_symbol(&walker, first)))
        return scl_path_clean(arena, path);
    block = scl_arena_alloc(arena, len);
    if (!block)
        return (struct scl_str){ NULL, 0 };
    memcpy(block, folder.at, folder.len);
    block[folder.len] = '/';
    if (path.len)
        memcpy(block + folder.len + 1, path.at, path.len);
    return scl_path_clean(arena, scl_str_n(block, len));
}

struct scl_str
scl_path_dir(struct scl_arena *arena, struct scl_str path)
{
    struct walker walker = walk(path);
    struct scl_str last;
    size_t room = path.len + 8;
    char *block = scl_arena_alloc(arena, room);
    struct scl_str folder;

    if (!block)
        return (struct scl_str){ NULL, 0 };
    next(&walker, &last);
    folder.at = write_backwards(walker, block + room);
    folder.len = (size_t)(block + room - folder.at);
    return folder;
}

struct scl_str
scl_path_base(struct scl_str path)
{
    struct walker walker = walk(path);
    struct scl_str last;

    if (next(&walker, &last))
        return last;
    return walker.root == ROOT_NONE ? SCL_S(".") : SCL_S("/");
}

bool
scl_path_is_absolute(struct scl_str path)
{
    return walk(path).root != ROOT_NONE;
}

/* ---- comparing ---- */

/* Counts a path for comparison: `/var/run` is one component, and the walk ends before its `var`. */
static size_t
comparable_depth(struct walker walker)
{
    struct scl_str first, second;
    size_t count = count_components(walker, &first, &second);

    if (walker.root == ROOT_POSIX && scl_str_is(first, "var") && scl_str_is(second, "run"))
        count--;
    return count;
}

static bool
fits(struct scl_str a, struct scl_str b, bool any_case)
{
    return scl_str_is(a, "*") || scl_str_is(b, "*") ||
           (any_case ? scl_str_same_nocase(a, b) : scl_str_same(a, b));
}

/* How many components `inner` lies below `outer`, or SIZE_MAX where it does not; nobody knows where
 * a `..` after a symbol leads, nor whether a symbol lies below a relative path. */
static size_t
depth_below(struct scl_str outer, struct scl_str inner)
{
    struct walker a = walk(outer), b = walk(inner);
    size_t a_count = comparable_depth(a), b_count = comparable_depth(b), below;
    struct scl_str a_part, b_part = { NULL, 0 };

    if (a.root != b.root || a_count > b_count)
        return SIZE_MAX;
    if (a.root == ROOT_DRIVE && scl_lower(a.path.at[0]) != scl_lower(b.path.at[0]))
        return SIZE_MAX;
    below = b_count - a_count;
    for (size_t i = 0; i < below; i++)
        next(&b, &b_part);
    if (below && (scl_str_is(b_part, "..") || (a_count == 0 && is_symbol(&b, b_part))))
        return SIZE_MAX;
    for (size_t i = 0; i < a_count; i++) {
        next(&a, &a_part);
        next(&b, &b_part);
        if (!fits(a_part, b_part, a.root > ROOT_POSIX))
            return SIZE_MAX;
    }
    return below;
}

bool
scl_path_covers(struct scl_str outer, struct scl_str inner)
{
    return depth_below(outer, inner) != SIZE_MAX;
}

bool
scl_path_same(struct scl_str a, struct scl_str b)
{
    return depth_below(a, b) == 0;
}

uint32_t
scl_path_depth(struct scl_str path)
{
    size_t depth = comparable_depth(walk(path));

    return depth < UINT32_MAX ? (uint32_t)depth : UINT32_MAX;
}
