/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_files.c: files are read whole, and what fails is told
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

/* Where the files of a case lie; made anew for each. */
static char folder[] = "/tmp/scantling-files-XXXXXX";

static void
put(const char *name, const char *text)
{
    char path[256];
    FILE *stream;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void
in_folder(char path[256], const char *name)
{
    snprintf(path, 256, "%s/%s", folder, name);
}

static void
lay_out(void)
{
    char path[256];

    strcpy(folder, "/tmp/scantling-files-XXXXXX");
    assert_non_null(mkdtemp(folder));
    in_folder(path, "sub");
    assert_int_equal(mkdir(path, 0755), 0);
    put("top", "top");
    put("empty", "");
    put("sub/inner", "inner");
    in_folder(path, "link");
    assert_int_equal(symlink("top", path), 0);
    in_folder(path, "away");
    assert_int_equal(symlink("/", path), 0);
    in_folder(path, "pipe");
    assert_int_equal(mkfifo(path, 0644), 0);
}

static void
clear(void)
{
    static const char *const names[] = { "top",  "empty", "sub/inner", "sub",
                                         "link", "away",  "pipe" };
    char path[256];

    for (size_t i = 0; i < COUNT(names); i++) {
        in_folder(path, names[i]);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

static void
what_lies_beneath_is_read_and_nothing_else(void **state)
{
    static const struct {
        const char *path;
        int reason;
        const char *text;
    } rows[] = {
        { "top", 0, "top" },          { "sub/inner", 0, "inner" },  { "empty", 0, "" },
        { "none", ENOENT, NULL },     { "none/none", ENOENT, NULL }, { "top/none", ENOTDIR, NULL },
        { "sub", EISDIR, NULL },      { "link", ELOOP, NULL },      { "away/etc", ELOOP, NULL },
        { "pipe", EINVAL, NULL },
    };

    (void)state;
    lay_out();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cli_bytes bytes;

        check_number(cli_file_read_beneath(folder, rows[i].path, 1000, &bytes), rows[i].reason,
                     rows[i].path);
        if (rows[i].text)
            check_text(scl_str_n(bytes.at, bytes.length), rows[i].text, rows[i].path);
        else
            check_number(bytes.at == NULL, 1, rows[i].path);
        free(bytes.at);
    }
    clear();
}

static void
the_limit_is_kept(void **state)
{
    struct cli_bytes bytes;

    (void)state;
    lay_out();
    check_number(cli_file_read_beneath(folder, "sub/inner", 5, &bytes), 0, "as long as the limit");
    check_number(bytes.length, 5, "all of it");
    free(bytes.at);
    check_number(cli_file_read_beneath(folder, "sub/inner", 4, &bytes), CLI_TOO_LARGE, "longer");
    check_number(bytes.size, 5, "its size is known");
    check_number(bytes.at == NULL, 1, "nothing was read");
    clear();
}

static void
a_stream_is_read_to_its_end_or_the_limit(void **state)
{
    struct cli_bytes bytes;
    int ends[2];

    (void)state;
    for (uint64_t limit = 2; limit <= 3; limit++) {
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], "abc", 3), 3);
        close(ends[1]);
        check_number(cli_file_read(ends[0], limit, false, &bytes), limit == 2 ? CLI_TOO_LARGE : 0,
                     "three bytes");
        check_number(bytes.length, limit == 2 ? 0 : 3, "what is kept");
        free(bytes.at);
        close(ends[0]);
    }
}

static void
a_named_file_follows_links(void **state)
{
    struct cli_bytes bytes;
    char path[256];

    (void)state;
    lay_out();
    in_folder(path, "link");
    check_number(cli_file_read_path(path, 100, &bytes), 0, "a link that was named");
    check_text(scl_str_n(bytes.at, bytes.length), "top", "what it leads to");
    free(bytes.at);
    in_folder(path, "sub");
    check_number(cli_file_read_path(path, 100, &bytes), EISDIR, "a folder");
    clear();
}

SUITE(
    CASE(what_lies_beneath_is_read_and_nothing_else),
    CASE(the_limit_is_kept),
    CASE(a_stream_is_read_to_its_end_or_the_limit),
    CASE(a_named_file_follows_links))
