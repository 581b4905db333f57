/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_git_reference.c: which sources are git repositories, and what is wrong with their queries
 */
#include "../test.h"

#include "syntax/git_reference.h"

static void
sources_are_git_repositories_by_their_scheme_or_ending(void **state)
{
    static const struct {
        const char *text;
        bool is_git;
    } rows[] = {
        { "git://host/x", true },
        { "ssh://git@host/x", true },
        { "deploy@host:team/x", true },
        { "https://host/team/x.git", true },
        { "http://host/x.git?ref=a#b", true },
        { "https://host/x.git#main:docs", true },
        { "https://host/x.git/", false },
        { "https://host/x", false },
        { "https://host/x?y=.git", false },
        { "https://host/x#a.git", false },
        { "host/x.git", false },
        { "./x.git", false },
        { "a/b@c:d", false },
        { "@host:x", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_git_reference git;

        check_number(scl_git_reference_parse(scl_str_c(rows[i].text), &git), rows[i].is_git,
                     rows[i].text);
    }
}

static void
what_is_wrong_with_a_query_is_told(void **state)
{
    static const struct {
        const char *query, *what, *problem;
    } rows[] = {
        { "", "", NULL },
        { "?", "", NULL },
        { "?ref=v1&subdir=a&keep-git-dir=true&submodules=0", "", NULL },
        { "?fetch-by-commit&checksum=abc#main", "", NULL },
        { "?mtime=commit", "", NULL },
        { "?mtime=now", "mtime=now", "is neither checkout nor commit" },
        { "?depth=1", "depth=1", "is no query of a git repository" },
        { "?submodules=maybe", "submodules=maybe", "is neither true nor false" },
        { "?ref=a&tag=b", "tag=b", "conflicts with what was said before it" },
        { "?branch=a#b", "branch=a", "conflicts with what was said before it" },
        { "?subdir=a#:b", "subdir=a", "conflicts with what was said before it" },
        { "?subdir=a#b", "", NULL },
        { "?ref=a#:b", "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 };
        struct scl_git_reference git;

        scl_text_f(&text, "https://host/x.git%s", rows[i].query);
        assert_true(scl_git_reference_parse(scl_text_str(&text), &git));
        check_text(scl_str_c(git.problem ? git.problem : ""),
                   rows[i].problem ? rows[i].problem : "", rows[i].query);
        if (rows[i].problem)
            check_text(git.what, rows[i].what, rows[i].query);
        scl_text_finish(&text);
    }
}

SUITE(
    CASE(sources_are_git_repositories_by_their_scheme_or_ending),
    CASE(what_is_wrong_with_a_query_is_told))
