/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git_reference.c: URLs of git repositories, as ADD takes them
 *
 * The keys of the query are a table. Those that name a commit exclude each other, and the fragment
 * where it names one.
 */
#include "syntax/git_reference.h"

enum value_kind { ANY, TRUTH, MTIME };
enum excludes { NOTHING = 0, NAMES_COMMIT = 1, NAMES_FOLDER = 2 };

static const struct {
    const char *name;
    enum value_kind kind;
    enum excludes excludes;
} keys[] = {
    { "ref", ANY, NAMES_COMMIT },     { "tag", ANY, NAMES_COMMIT },
    { "branch", ANY, NAMES_COMMIT },  { "subdir", ANY, NAMES_FOLDER },
    { "checksum", ANY, NOTHING },     { "commit", ANY, NOTHING },
    { "keep-git-dir", TRUTH, NOTHING }, { "submodules", TRUTH, NOTHING },
    { "fetch-by-commit", TRUTH, NOTHING }, { "mtime", MTIME, NOTHING },
};

/* `user@host:path` */
static bool
is_secure_copy(struct scl_str text)
{
    size_t at = scl_str_find_char(text, '@'), colon = scl_str_find_char(text, ':'),
           slash = scl_str_find_char(text, '/');

    return at != SIZE_MAX && at > 0 && colon != SIZE_MAX && colon > at &&
           (slash == SIZE_MAX || colon < slash);
}

static bool
is_repository(struct scl_str text, struct scl_str path)
{
    if (scl_str_starts(text, SCL_S("git://")) || scl_str_starts(text, SCL_S("ssh://")))
        return true;
    if (scl_str_starts(text, SCL_S("http://")) || scl_str_starts(text, SCL_S("https://")))
        return scl_str_ends(path, SCL_S(".git"));
    return is_secure_copy(text);
}

static bool
is_truth(struct scl_str value)
{
    return !value.len || scl_str_is(value, "true") || scl_str_is(value, "false") ||
           scl_str_is(value, "1") || scl_str_is(value, "0");
}

static const char *
problem_of(struct scl_str key, struct scl_str value, unsigned *named)
{
    size_t row = 0;

    while (row < sizeof keys / sizeof keys[0] && !scl_str_is(key, keys[row].name))
        row++;
    if (row == sizeof keys / sizeof keys[0])
        return "is no query of a git repository";
    if (keys[row].kind == TRUTH && !is_truth(value))
        return "is neither true nor false";
    if (keys[row].kind == MTIME && !scl_str_is(value, "checkout") && !scl_str_is(value, "commit"))
        return "is neither checkout nor commit";
    if (keys[row].excludes & *named)
        return "conflicts with what was said before it";
    *named |= keys[row].excludes;
    return NULL;
}

/* What the fragment `ref:folder` names. */
static unsigned
fragment_names(struct scl_str fragment)
{
    size_t colon = scl_str_find_char(fragment, ':');
    unsigned named = NOTHING;

    if (fragment.len && colon != 0)
        named |= NAMES_COMMIT;
    if (colon != SIZE_MAX && colon + 1 < fragment.len)
        named |= NAMES_FOLDER;
    return named;
}

bool
scl_git_reference_parse(struct scl_str text, struct scl_git_reference *ret)
{
    size_t hash = scl_str_find_char(text, '#'), mark;
    struct scl_str base = scl_str_sub(text, 0, hash), query, pair, key, value;
    unsigned named;

    *ret = (struct scl_git_reference){ 0 };
    mark = scl_str_find_char(base, '?');
    if (!is_repository(text, scl_str_sub(base, 0, mark)))
        return false;
    named = hash == SIZE_MAX ? 0 : fragment_names(scl_str_sub(text, hash + 1, text.len));
    query = mark == SIZE_MAX ? scl_str_n("", 0) : scl_str_sub(base, mark + 1, base.len);
    while (!ret->problem && query.len && scl_str_cut(&query, '&', &pair)) {
        value = pair;
        if (scl_str_cut(&value, '=', &key))
            ret->problem = problem_of(key, value, &named);
        ret->what = pair;
    }
    return true;
}
