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
    check_number(cli_path_beside("a/b", "123456", clean, sizeof clean), 0, "no room for both");
    check_number(cli_path_beside("a/b", "12345", clean, sizeof clean), 1, "just room for both");
}

static void
companions_are_shown_beside_what_names_them(void **state)
{
    static const struct {
        const char *name, *path, *shown; /* NULL: it cannot be told */
    } rows[] = {
        { "Dockerfile", ".dockerignore", ".dockerignore" },
        { "a/b/Dockerfile", "Dockerfile.dockerignore", "a/b/Dockerfile.dockerignore" },
        { "/a/Dockerfile", "x/y", "/a/x/y" },
        { "../a/Dockerfile", "x", "../a/x" },
        { "a/b/compose.yaml", "../x.env", "a/x.env" },
        { "/a/b/compose.yaml", "c/../../x", "/a/x" },
        { "a/compose.yaml", "..x", "a/..x" },
        { "compose.yaml", "../x", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char shown[40];
        bool is_told = cli_path_beside(rows[i].name, rows[i].path, shown, sizeof shown);

        check_number(is_told, rows[i].shown != NULL, rows[i].path);
        if (rows[i].shown)
            check_text(scl_str_c(shown), rows[i].shown, rows[i].path);
    }
}

SUITE(
    CASE(paths_are_shown_as_given_without_ornaments),
    CASE(parts_of_a_path_are_found),
    CASE(companions_stay_beneath_the_root),
    CASE(companions_are_shown_beside_what_names_them),
    CASE(a_path_that_is_too_long_is_refused))
