/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_globs.c: the globs of the command line
 */
#include "test.h"

#include "globs.h"

static void
patterns_match_paths(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool fits;
    } rows[] = {
        { "a", "a", true },
        { "a", "b", false },
        { "a", "ab", false },
        { "", "", true },
        { "", "a", false },
        { "*", "abc", true },
        { "*", "", true },
        { "*", "a/b", false },
        { "*.yaml", "x.yaml", true },
        { "*.yaml", "x.yml", false },
        { "a*b*c", "axxbyyc", true },
        { "a*b*c", "axxbyy", false },
        { "*a*a*a*b", "aaaaaaaaaaaaaaaaaaaa", false },
        { "a/*", "a/b", true },
        { "a/*", "a/b/c", false },
        { "a/*/c", "a/b/c", true },
        { "a/*/c", "a/b/b/c", false },
        { "**", "a/b/c", true },
        { "a/**", "a/b/c", true },
        { "a/**", "b/a/b", false },
        { "**/c", "c", true },
        { "**/c", "a/b/c", true },
        { "**/c", "a/bc", false },
        { "a/**/c", "a/c", true },
        { "a/**/c", "a/b/b/c", true },
        { "a/**/c", "a/bc", false },
        { "**/x/*.y", "a/x/b/x/c.y", true },
        { "**/x/*.y", "a/x/b/c.y", false },
        { "a**c", "a/b/c", true },
        { "?", "a", true },
        { "?", "/", false },
        { "a?c", "ac", false },
        { "[a-c]x", "bx", true },
        { "[a-c]x", "dx", false },
        { "[!a-c]x", "dx", true },
        { "[^a-c]x", "bx", false },
        { "[]]", "]", true },
        { "[a-]", "-", true },
        { "[a", "[a", true },
        { "a[/]b", "a/b", false },
        { "\\*", "*", true },
        { "\\*", "a", false },
        { "a\\", "a\\", true },
        { "\xC3\xA9*", "\xC3\xA9t\xC3\xA9", true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(cli_glob_match(rows[i].pattern, rows[i].path), rows[i].fits,
                     rows[i].pattern);
}

static void
a_pattern_excludes_names_paths_or_folders(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool is_folder, is_excluded;
    } rows[] = {
        { "fixtures", "test/fixtures", true, true },
        { "fixtures", "test/fixtures/x", false, false },
        { "*.example.yaml", "deep/er/x.example.yaml", false, true },
        { "test/*", "test/x", false, true },
        { "test/*", "a/test/x", false, false },
        { "./test/*", "test/x", false, true },
        { "build/", "a/build", true, true },
        { "build/", "a/build", false, false },
        { "a/build/", "a/build", true, true },
        { "/", "a", true, false },
    };
    struct cli_pool pool;

    (void)state;
    cli_pool_init(&pool);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at[] = { rows[i].pattern };
        struct cli_names names = { at, 1 };
        struct cli_globs globs = cli_globs_prepare(&pool, &names);

        check_number(cli_globs_exclude(&globs, rows[i].path, rows[i].is_folder),
                     rows[i].is_excluded, rows[i].pattern);
    }
    cli_pool_finish(&pool);
}

SUITE(
    CASE(patterns_match_paths),
    CASE(a_pattern_excludes_names_paths_or_folders))
