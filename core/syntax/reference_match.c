/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reference_match.c: globs over image references
 *
 * Patterns are not completed: they are tried against each of the names that a reference may be
 * called by (docker.io/library/node, docker.io/node, library/node, node), so that a pattern may be
 * any glob. A pattern is cut at its tag and both parts are matched alone, so that no `*` of the
 * name reaches into the tag.
 */
#include "syntax/reference.h"

#include "base/glob.h"

#include <string.h>

static const struct scl_str default_registry = SCL_STR(SCL_REFERENCE_DEFAULT_REGISTRY);

static struct scl_str
from(struct scl_str str, size_t start)
{
    return scl_str_sub(str, start, str.len);
}

/* The names that a reference may be called by. */
struct names {
    struct scl_str at[4];
    size_t count;
    char official[SCL_REFERENCE_LONGEST_NAME];
};

static void
collect_names(const struct scl_reference *reference, struct names *ret)
{
    struct scl_str repository = reference->repository, folder, base;
    size_t slash = scl_str_find_char(repository, '/');

    ret->count = 0;
    ret->at[ret->count++] = reference->name;
    if (!scl_str_same(reference->registry, default_registry))
        return;
    folder = scl_str_sub(repository, 0, slash);
    base = from(repository, slash + 1);
    if (!scl_reference_is_registry(folder))
        ret->at[ret->count++] = repository;
    if (!scl_str_is(folder, "library") || scl_str_find_char(base, '/') != SIZE_MAX)
        return;
    ret->at[ret->count++] = base;
    memcpy(ret->official, reference->name.at, default_registry.len + 1);
    memcpy(ret->official + default_registry.len + 1, base.at, base.len);
    ret->at[ret->count++] = scl_str_n(ret->official, default_registry.len + 1 + base.len);
}

/* Where the tag of a pattern is: its colon, or SIZE_MAX; `ret_is_braced` where a colon of the last
 * component stands within braces, so that the pattern cannot be cut there. */
static size_t
tag_colon(struct scl_str pattern, bool *ret_is_braced)
{
    size_t last_set = scl_str_find_last(pattern, ']'), colon = SIZE_MAX;
    unsigned depth = 0;

    *ret_is_braced = false;
    for (size_t i = 0; i < pattern.len; i++) {
        char byte = pattern.at[i];

        if (byte == '\\') {
            i++;
        } else if (byte == '[' && last_set != SIZE_MAX && i + 1 < last_set) {
            for (i += 2; pattern.at[i] != ']'; i++)
                continue;
        } else if (byte == '{') {
            depth++;
        } else if (byte == '}' && depth) {
            depth--;
        } else if (byte == '/' && !depth) {
            colon = SIZE_MAX;
            *ret_is_braced = false;
        } else if (byte == ':' && !depth) {
            colon = i;
        } else if (byte == ':') {
            *ret_is_braced = true;
        }
    }
    return colon;
}

static bool
fits(struct scl_str pattern, struct scl_str text, uint64_t *steps)
{
    return scl_glob_match(pattern, text, steps) == SCL_GLOB_YES;
}

/* With braces around both names and tags, the two are matched in one. */
static bool
fits_joined(struct scl_str pattern, struct scl_str name, struct scl_str tag, uint64_t *steps)
{
    char joined[SCL_REFERENCE_LONGEST_NAME + 1 + SCL_REFERENCE_LONGEST_TAG];

    if (!tag.len)
        return false;
    memcpy(joined, name.at, name.len);
    joined[name.len] = ':';
    memcpy(joined + name.len + 1, tag.at, tag.len);
    return fits(pattern, scl_str_n(joined, name.len + 1 + tag.len), steps);
}

/* Whether the first byte of a pattern may be that of one of the names; most patterns end here. */
static bool
may_begin(struct scl_str pattern, const struct scl_reference *reference)
{
    struct scl_str repository = reference->repository;
    struct scl_str base = from(repository, scl_str_find_char(repository, '/') + 1);
    char first = pattern.len ? pattern.at[0] : '*';

    if (first == '*' || first == '?' || first == '[' || first == '{' || first == '\\')
        return true;
    return (reference->name.len && first == reference->name.at[0]) ||
           (repository.len && first == repository.at[0]) || (base.len && first == base.at[0]);
}

bool
scl_reference_match(struct scl_str pattern, const struct scl_reference *reference, uint64_t *steps)
{
    struct scl_str tag = reference->tag, name_pattern = pattern;
    bool is_braced, found = false;
    struct names names;
    size_t colon;

    if (!reference->is_valid || reference->id.len || !may_begin(pattern, reference))
        return false;
    colon = tag_colon(pattern, &is_braced);
    if (!tag.len && !reference->digest.len)
        tag = SCL_S("latest");
    if (colon != SIZE_MAX) {
        if (!tag.len || !fits(from(pattern, colon + 1), tag, steps))
            return false;
        name_pattern = scl_str_sub(pattern, 0, colon);
    }
    collect_names(reference, &names);
    for (size_t i = 0; i < names.count && !found; i++) {
        found = fits(name_pattern, names.at[i], steps);
        if (!found && is_braced && colon == SIZE_MAX)
            found = fits_joined(pattern, names.at[i], tag, steps);
    }
    return found;
}
