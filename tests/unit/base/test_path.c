/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_path.c: paths as text, by tables
 */
#include "../test.h"

#include "base/path.h"

static void
paths_are_cleaned_lexically(void **state)
{
    static const struct {
        const char *path, *clean;
    } rows[] = {
        { "/", "/" },
        { "//", "/" },
        { "", "." },
        { ".", "." },
        { "./", "." },
        { "a", "a" },
        { "./a", "a" },
        { "a/", "a" },
        { "a//b", "a/b" },
        { "a/./b", "a/b" },
        { "a/../b", "b" },
        { "a/..", "." },
        { "a/../..", ".." },
        { "../a", "../a" },
        { "../../a/../b", "../../b" },
        { "/..", "/" },
        { "/../../etc", "/etc" },
        { "/a/b/../../..", "/" },
        { "//var/run/x", "/var/run/x" },
        { "/var/run/", "/var/run" },
        { "///etc///passwd", "/etc/passwd" },
        { "/etc/./../run/docker.sock", "/run/docker.sock" },
        { "...", "..." },
        { "/.hidden", "/.hidden" },
        { "a\\b/c", "a\\b/c" },
        { "~", "~" },
        { "~/", "~" },
        { "~/.ssh/../.aws", "~/.aws" },
        { "~/..", "~/.." },
        { "~/../x", "~/../x" },
        { "~build/x", "~build/x" },
        { "/~/..", "/" },
        { "${HOME}/.ssh/", "${HOME}/.ssh" },
        { "${HOME}/../x", "${HOME}/../x" },
        { "${HOME}/a/../../x", "${HOME}/../x" },
        { "$HOME/./x", "$HOME/x" },
        { "${A:-/a/../b}/c/..", "${A:-/a/../b}" },
        { "${A:-${B}/x}/c", "${A:-${B}/x}/c" },
        { "/x/a}/../b", "/x/b" },
        { "}a/../${X:-/b}/./c", "${X:-/b}/c" },
        { "${a}/../b}/c", "${a}/../b}/c" },
        { "${a/../b}/../c", "${a/../b}/../c" },
        { "D:/4/../${X:-/b}/.-/b}/c", "D:\\${X:-/b}\\.-\\b}\\c" },
        { "/x/${a/../b", "/x/${a/../b" },
        { "$(pwd)/..", "$(pwd)/.." },
        { "cost$/..", "." },
        { "C:", "C:\\" },
        { "c:/", "C:\\" },
        { "c:\\Windows\\..\\Temp\\", "C:\\Temp" },
        { "C:/Windows//System32", "C:\\Windows\\System32" },
        { "C:\\..\\..\\x", "C:\\x" },
        { "c:x", "c:x" },
        { "./c:", "./c:" },
        { "x/../c:/y", "./c:/y" },
        { "./~/x", "./~/x" },
        { "./\\\\x", "./\\\\x" },
        { "//./pipe/docker_engine", "//./pipe/docker_engine" },
        { "\\\\.\\pipe\\docker_engine", "//./pipe/docker_engine" },
        { "//./pipe/../run/docker.sock", "/run/docker.sock" },
        { "//./pipe/./x", "//./pipe/x" },
        { "//./var/run/docker.sock", "/var/run/docker.sock" },
        { "\\\\server\\share\\..\\x", "\\\\server\\x" },
        { "\\\\/", "\\\\" },
        { "\\\\.\\pipe\\..\\x\\y", "\\\\x\\y" },
        { "//./pipe/a\\..\\..\\x", "//./pipe/a\\..\\..\\x" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str clean = scl_path_clean(*state, scl_str_c(rows[i].path));

        check_text(clean, rows[i].clean, rows[i].path);
        check_text(scl_path_clean(*state, clean), rows[i].clean, "cleaning twice");
    }
}

static void
paths_are_joined_and_taken_apart(void **state)
{
    static const struct {
        const char *folder, *path, *joined, *dir, *base;
    } rows[] = {
        { "/app", "data", "/app/data", "/app", "data" },
        { "/app", "../data/", "/data", "/", "data" },
        { "/app", "/data", "/data", "/", "data" },
        { "/app", "", "/app", "/", "app" },
        { "/", "..", "/", "/", "/" },
        { "", "x", "x", ".", "x" },
        { "", "", ".", ".", "." },
        { "a/b", "c", "a/b/c", "a/b", "c" },
        { "a", "../../c", "../c", "..", "c" },
        { "/app", "~/x", "~/x", "~", "x" },
        { "/app", "${DATA}/x", "${DATA}/x", "${DATA}", "x" },
        { "/app", "x/${DATA}", "/app/x/${DATA}", "/app/x", "${DATA}" },
        { "${HOME}", "x/..", "${HOME}", ".", "${HOME}" },
        { "C:\\app", "x/y", "C:\\app\\x\\y", "C:\\app\\x", "y" },
        { "/app", "C:\\x", "C:\\x", "C:\\", "x" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str joined = scl_path_join(*state, scl_str_c(rows[i].folder),
                                              scl_str_c(rows[i].path));

        check_text(joined, rows[i].joined, rows[i].path);
        check_text(scl_path_dir(*state, joined), rows[i].dir, rows[i].joined);
        check_text(scl_path_base(joined), rows[i].base, rows[i].joined);
    }
}

static void
a_path_covers_itself_and_what_lies_below(void **state)
{
    static const struct {
        const char *outer, *inner;
        bool covers;
    } rows[] = {
        { "/", "/", true },
        { "/", "/etc/passwd", true },
        { "/etc", "/etc/passwd", true },
        { "/etc", "/etc", true },
        { "/etc/", "//etc/./ssh/..", true },
        { "/etc", "/etcetera", false },
        { "/etc/passwd", "/etc", false },
        { "/var/run", "/run/docker.sock", true },
        { "/run", "/var/run/docker.sock", true },
        { "/var/run/docker.sock", "/run/docker.sock", true },
        { "/run/docker.sock", "/var/run/docker.sock", true },
        { "/var", "/run/docker.sock", false },
        { "/var", "/var/run/docker.sock", false }, /* it lies in /run */
        { "/", "/var/run", true },
        { "/var/run", "/var/running", false },
        { "/x/var/run", "/x/run", false },
        { "var/run", "run", false },
        { "/run/user/1000", "/run/user/*/docker.sock", true },
        { "/run/user/*/docker.sock", "/run/user/1000/docker.sock", true },
        { "/run/user/*/docker.sock", "/run/user/1000/2/docker.sock", false },
        { "/*", "/etc", true },
        { "/*", "/", false },
        { "/run/user/*/docker.sock", "/run/user/${UID}/docker.sock", true },
        { "/run/d*", "/run/docker.sock", false },
        { "~", "~/.ssh/id_rsa", true },
        { "~/.ssh", "~/.aws", false },
        { "~", "/home/x", false },
        { "${X}", "${X}/y", true },
        { "${X}", "${X}/../y", false },
        { "${X}/../y", "${X}/../y/z", true },
        { "${X}", "${Y}", false },
        { ".", "a/b", true },
        { ".", "../a", false },
        { ".", "~/a", false },
        { ".", "/a", false },
        { "..", "../..", false },
        { "..", "../a", true },
        { "a", "a/../b", false },
        { "/", "a", false },
        { "//./pipe/docker_engine", "\\\\.\\pipe\\docker_engine", true },
        { "\\\\.\\pipe\\Docker_Engine", "//./pipe/docker_engine", true },
        { "//./pipe/docker_engine", "//./pipe/docker_engine2", false },
        { "//./pipe/docker_engine", "/pipe/docker_engine", false },
        { "/", "//./pipe/docker_engine", false },
        { "C:\\", "c:/windows", true },
        { "C:\\Windows", "c:\\WINDOWS\\System32", true },
        { "C:\\", "D:\\x", false },
        { "/Etc", "/etc", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str outer = scl_str_c(rows[i].outer), inner = scl_str_c(rows[i].inner);
        char why[200];

        snprintf(why, sizeof why, "%s covers %s", rows[i].outer, rows[i].inner);
        check_number(scl_path_covers(outer, inner), rows[i].covers, why);
        check_number(scl_path_same(outer, inner),
                     rows[i].covers && scl_path_covers(inner, outer), why);
    }
}

static void
absolute_paths_and_depths_are_told(void **state)
{
    (void)state;
    assert_true(scl_path_is_absolute(SCL_S("/")));
    assert_true(scl_path_is_absolute(SCL_S("C:\\x")));
    assert_true(scl_path_is_absolute(SCL_S("//./pipe/x")));
    assert_true(scl_path_is_absolute(SCL_S("\\\\server\\share")));
    assert_false(scl_path_is_absolute(SCL_S("")));
    assert_false(scl_path_is_absolute(SCL_S("a/b")));
    assert_false(scl_path_is_absolute(SCL_S("~/x")));
    assert_false(scl_path_is_absolute(SCL_S("C:x")));
    assert_int_equal(scl_path_depth(SCL_S("/")), 0);
    assert_int_equal(scl_path_depth(SCL_S("/var/run/x")), 2);
    assert_int_equal(scl_path_depth(SCL_S("a/./b/../c")), 2);
    assert_int_equal(scl_path_depth(SCL_S("${X}/../c")), 3);
}

static void
long_paths_take_linear_time(void **state)
{
    size_t len = 4000000;
    char *bytes = scl_arena_alloc(*state, len);
    struct scl_str path = { bytes, len }, clean;

    assert_non_null(bytes);
    for (size_t i = 0; i < len; i++)
        bytes[i] = "/a/.."[i % 5];
    clean = scl_path_clean(*state, path);
    assert_true(scl_str_is(clean, "/"));
    for (size_t i = 0; i < len; i++)
        bytes[i] = "/}${"[i % 4];
    assert_true(scl_path_covers(path, path));
}

static void
no_memory_is_a_slice_of_no_bytes(void **state)
{
    struct scl_arena *arena = *state;

    arena->failed = true;
    assert_int_equal(scl_path_clean(arena, SCL_S("/a")).len, 0);
    assert_int_equal(scl_path_join(arena, SCL_S("/a"), SCL_S("b")).len, 0);
    assert_int_equal(scl_path_dir(arena, SCL_S("/a")).len, 0);
}

SUITE(
    CASE(paths_are_cleaned_lexically),
    CASE(paths_are_joined_and_taken_apart),
    CASE(a_path_covers_itself_and_what_lies_below),
    CASE(absolute_paths_and_depths_are_told),
    CASE(long_paths_take_linear_time),
    CASE(no_memory_is_a_slice_of_no_bytes))
