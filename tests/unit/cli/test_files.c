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

static int
name_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of a list, in their order, each followed by a blank. */
static void
check_list(const struct cli_bytes *bytes, const char *names, const char *why)
{
    struct scl_str rest = scl_str_n(bytes->at, bytes->length), name;
    struct scl_text out = { 0 };
    char *sorted[10];
    size_t count = 0;

    while (scl_str_cut(&rest, '\n', &name) && count < COUNT(sorted))
        if (name.len)
            sorted[count++] = strndup(name.at, name.len);
    qsort(sorted, count, sizeof *sorted, name_order);
    for (size_t i = 0; i < count; i++) {
        scl_text_f(&out, "%s ", sorted[i]);
        free(sorted[i]);
    }
    check_text(scl_text_str(&out), names, why);
    scl_text_finish(&out);
}

static void
folders_beneath_are_listed(void **state)
{
    static const struct {
        const char *path;
        int reason;
        const char *names;
    } rows[] = {
        { "sub", 0, "inner " },       { "sub/none", ENOENT, "" }, { "none", ENOENT, "" },
        { "top", ENOTDIR, "" },       { "link", ELOOP, "" },      { "away", ELOOP, "" },
        { "away/etc", ELOOP, "" },
    };
    struct cli_bytes bytes;
    char path[256];

    (void)state;
    lay_out();
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_number(cli_file_list_beneath(folder, rows[i].path, 1000, &bytes), rows[i].reason,
                     rows[i].path);
        check_list(&bytes, rows[i].names, rows[i].path);
        free(bytes.at);
    }
    check_number(cli_file_list_beneath(folder, "sub", 6, &bytes), 0, "as long as the limit");
    free(bytes.at);
    check_number(cli_file_list_beneath(folder, "sub", 5, &bytes), CLI_TOO_LARGE, "longer");
    free(bytes.at);
    put("sub/two\nlines", "");
    check_number(cli_file_list_beneath(folder, "sub", 1000, &bytes), 0, "a name of two lines");
    check_list(&bytes, "inner ", "it is left out");
    free(bytes.at);
    in_folder(path, "sub/two\nlines");
    assert_int_equal(remove(path), 0);
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
    CASE(folders_beneath_are_listed),
    CASE(the_limit_is_kept),
    CASE(a_stream_is_read_to_its_end_or_the_limit),
    CASE(a_named_file_follows_links))
