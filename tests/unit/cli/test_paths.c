/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_paths.c: which files the paths name
 */
#include "test.h"

#include "paths.h"

static void
paths_are_shown_as_given_without_ornaments(void **state)
{
    static const struct {
        const char *path, *shown;
    } rows[] = {
        { "a", "a" },           { "./a", "a" },       { "././a", "a" },    { ".//a", "a" },
        { ".", "." },           { "./", "." },        { "a/", "a" },       { "a//b///c", "a/b/c" },
        { "/", "/" },           { "//a/", "/a" },     { "../a", "../a" },  { "a/./b", "a/./b" },
        { "./-name", "-name" }, { ".hidden", ".hidden" }, { "..", ".." },
    };
    struct cli_pool pool;

    (void)state;
    cli_pool_init(&pool);
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(scl_str_c(cli_path_shown(&pool, rows[i].path)), rows[i].shown, rows[i].path);
    cli_pool_finish(&pool);
}

static void
parts_of_a_path_are_found(void **state)
{
    static const struct {
        const char *path, *folder, *base, *extension;
    } rows[] = {
        { "a", ".", "a", "" },
        { "a/b.c", "a", "b.c", ".c" },
        { "/a", "/", "a", "" },
        { "a.d/b", "a.d", "b", "" },
        { "a/b/c.tar.gz", "a/b", "c.tar.gz", ".gz" },
    };
    struct cli_pool pool;

    (void)state;
    cli_pool_init(&pool);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_text(scl_str_c(cli_path_folder(&pool, rows[i].path)), rows[i].folder, rows[i].path);
        check_text(scl_str_c(cli_path_base(rows[i].path)), rows[i].base, rows[i].path);
        check_text(scl_str_c(cli_path_extension(rows[i].path)), rows[i].extension, rows[i].path);
    }
    check_text(scl_str_c(cli_path_join(&pool, ".", "a")), "a", "the current folder");
    check_text(scl_str_c(cli_path_join(&pool, "/", "a")), "/a", "the root");
    check_text(scl_str_c(cli_path_join(&pool, "a", "b")), "a/b", "a folder");
    cli_pool_finish(&pool);
}

static void
companions_stay_beneath_the_root(void **state)
{
    static const struct {
        const char *below, *path, *clean; /* NULL: it leaves the root */
    } rows[] = {
        { "Dockerfile", ".dockerignore", ".dockerignore" },
        { "a/compose.yaml", "web.env", "a/web.env" },
        { "a/compose.yaml", "./x/../web.env", "a/web.env" },
        { "a/compose.yaml", "../web.env", "web.env" },
        { "a/b/compose.yaml", "../../web.env", "web.env" },
        { "compose.yaml", "../web.env", NULL },
        { "a/compose.yaml", "../../web.env", NULL },
        { "a/compose.yaml", "../a/../../a/web.env", NULL },
        { "a/compose.yaml", "/etc/passwd", NULL },
        { "a/compose.yaml", "", "a" },
        { "compose.yaml", "", NULL },
        { "compose.yaml", ".", NULL },
        { "compose.yaml", "a//b/", "a/b" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char clean[64] = "";
        bool is_beneath = cli_path_resolve(rows[i].below, rows[i].path, clean, sizeof clean);

        check_number(is_beneath, rows[i].clean != NULL, rows[i].path);
        if (rows[i].clean)
            check_text(scl_str_c(clean), rows[i].clean, rows[i].path);
    }
}

static void
a_path_that_is_too_long_is_refused(void **state)
{
    char clean[8];

    (void)state;
    check_number(cli_path_resolve("a", "1234567", clean, sizeof clean), 0, "no room for its NUL");
    check_number(cli_path_resolve("a", "123456", clean, sizeof clean), 1, "just room");
    check_number(cli_path_resolve("a", "x", clean, 0), 0, "no room at all");
}

SUITE(
    CASE(paths_are_shown_as_given_without_ornaments),
    CASE(parts_of_a_path_are_found),
    CASE(companions_stay_beneath_the_root),
    CASE(a_path_that_is_too_long_is_refused))
