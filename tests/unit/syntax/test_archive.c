/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_archive.c: members of archives, what is kept of them, and where the walk ends
 */
#include "../tar.h"

#include "syntax/archive.h"

static const struct scl_archive_limits usual = { 1000, 1 << 20, 1 << 20, 1 << 24 };

/* "NAME=TEXT" of what is kept, "NAME:other" and the like of the rest, " |END" at last. */
static struct scl_str
walked(void **state, struct scl_str bytes, const struct scl_archive_limits *limits)
{
    static const char *const contents[] = { "",      ":other",     ":cut",
                                            ":link", ":too large", ":no room" };
    static const char *const ends[] = { "", "damaged", "entries", "unpacked", "unsupported" };
    struct scl_archive archive;
    struct scl_text out = { 0 };
    const char *kept;

    assert_true(scl_archive_read(&archive, bytes, limits));
    for (uint32_t i = 0; i < archive.members.count; i++) {
        const struct scl_archive_member *member = &archive.members.at[i];

        assert_ptr_equal(scl_archive_find(&archive, member->name), member);
        scl_text_f(&out, "%s%.*s%s%s", i ? " " : "", SCL_ARG(member->name),
                   contents[member->content], member->is_repeated ? "*" : "");
        if (member->content == SCL_ARCHIVE_KEPT)
            scl_text_f(&out, "=%.*s", SCL_ARG(member->text));
    }
    if (archive.is_open)
        scl_text_c(&out, "+");
    if (archive.end != SCL_ARCHIVE_WHOLE)
        scl_text_f(&out, " |%s", ends[archive.end]);
    assert_false(out.failed);
    kept = scl_arena_copy(*state, out.at ? out.at : "", out.len);
    bytes = scl_str_n(kept, out.len);
    scl_archive_finish(&archive);
    scl_text_finish(&out);
    return bytes;
}

static struct scl_text
small_archive(void)
{
    struct scl_text tar = { 0 };

    tar_header(&tar, "blobs/", '5', "", 0);
    tar_add(&tar, "./manifest.json", SCL_S("[1]"));
    tar_add(&tar, "x/layer.tar", SCL_S("\x01\x02 a layer"));
    tar_header(&tar, "y/layer.tar", '2', "../x/layer.tar", 0);
    tar_header(&tar, "z/layer.tar", '1', "x/layer.tar", 0);
    tar_add(&tar, "/a/../b.json", SCL_S("\n {}"));
    tar_end(&tar);
    return tar;
}

#define SMALL \
    "manifest.json=[1] x/layer.tar:other y/layer.tar:link z/layer.tar:link b.json=\n {}"

static void
members_are_those_of_the_archive_however_it_is_compressed(void **state)
{
    struct scl_text tar = small_archive(), gzip = { 0 }, zstd = { 0 };

    tar_gzip(&gzip, scl_text_str(&tar));
    tar_zstd(&zstd, scl_text_str(&tar));
    check_text(walked(state, scl_text_str(&tar), &usual), SMALL, "tar");
    check_text(walked(state, scl_text_str(&gzip), &usual), SMALL, "gzip");
    check_text(walked(state, scl_text_str(&zstd), &usual), SMALL, "zstd");
    scl_text_finish(&tar);
    scl_text_finish(&gzip);
    scl_text_finish(&zstd);
}

static void
of_members_of_one_name_the_last_counts(void **state)
{
    struct scl_text tar = { 0 };

    tar_add(&tar, "a", SCL_S("{\"first\"}"));
    tar_add(&tar, "b", SCL_S("{}"));
    tar_add(&tar, "./a", SCL_S("[]"));
    tar_header(&tar, "b", '2', "a", 0);
    tar_end(&tar);
    check_text(walked(state, scl_text_str(&tar), &usual), "a*=[] b:link*", "twice");
    scl_text_finish(&tar);
}

static void
what_begins_like_json_is_kept(void **state)
{
    static const struct {
        const char *content, *walked;
    } rows[] = {
        { "{", "a={" },
        { "  [", "a=  [" },
        { "\xef\xbb\xbf{}", "a=\xef\xbb\xbf{}" },
        { "\"a\"", "a:other" },
        { "", "a:other" },
        { "PK", "a:other" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text tar = { 0 };

        tar_add(&tar, "a", scl_str_c(rows[i].content));
        tar_end(&tar);
        check_text(walked(state, scl_text_str(&tar), &usual), rows[i].walked, rows[i].content);
        scl_text_finish(&tar);
    }
}

static void
limits_are_kept(void **state)
{
    static const struct {
        const char *why;
        struct scl_archive_limits limits;
        const char *walked;
    } rows[] = {
        { "as many members as the limit", { 6, 99, 9999, 99999 }, SMALL },
        { "one more than the limit", { 5, 99, 9999, 99999 },
          "manifest.json=[1] x/layer.tar:other y/layer.tar:link z/layer.tar:link |entries" },
        { "members as large as the limit", { 99, 4, 9999, 99999 }, SMALL },
        { "a member that is larger", { 99, 3, 9999, 99999 },
          "manifest.json=[1] x/layer.tar:other y/layer.tar:link z/layer.tar:link "
          "b.json:too large" },
        /* 160 bytes each beside name and text. */
        { "no room for a text", { 99, 99, 5 * 160 + 55, 99999 },
          "manifest.json=[1] x/layer.tar:other y/layer.tar:link z/layer.tar:link b.json:no room" },
        { "no room for a name", { 99, 99, 2 * 160 + 27, 99999 },
          "manifest.json=[1] x/layer.tar:other+" },
        { "all may be unpacked", { 99, 99, 9999, 5632 }, SMALL },
        { "not the last member", { 99, 99, 9999, 4000 },
          "manifest.json=[1] x/layer.tar:other y/layer.tar:link z/layer.tar:link |unpacked" },
    };
    struct scl_text tar = small_archive();

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(walked(state, scl_text_str(&tar), &rows[i].limits), rows[i].walked,
                   rows[i].why);
    scl_text_finish(&tar);
}

/* A gigabyte of zeros in 32 KiB, said to be one member: the walk ends soon after the limit, and
 * nothing is made room for. */
static void
what_unpacks_to_too_much_is_left(void **state)
{
    enum { RUN = 1 << 17, RUNS = 8192 };
    struct scl_text tar = { 0 }, zstd = { 0 };
    struct scl_archive archive;

    (void)state;
    tar_header(&tar, "zeros", '0', "", (size_t)RUN * RUNS);
    tar_zstd_begin(&zstd);
    tar_zstd_block(&zstd, scl_text_str(&tar), 0, false);
    for (int i = 0; i < RUNS; i++)
        tar_zstd_block(&zstd, scl_str_n("", 1), RUN, i + 1 == RUNS);
    assert_true(scl_archive_read(&archive, scl_text_str(&zstd), &usual));
    assert_int_equal(archive.end, SCL_ARCHIVE_UNPACKED);
    assert_true(archive.arena.used < 1 << 16);
    scl_archive_finish(&archive);
    scl_text_finish(&tar);
    scl_text_finish(&zstd);
}

/* Two million members of one block each, of which the limit lets a thousand be looked at. */
static void
a_flood_of_members_is_left(void **state)
{
    enum { MEMBERS = 2000000, IN_BLOCK = 256 };
    struct scl_text tar = { 0 }, zstd = { 0 };
    struct scl_archive archive;

    (void)state;
    for (int i = 0; i < IN_BLOCK; i++)
        tar_header(&tar, "a", '0', "", 0);
    tar_zstd_begin(&zstd);
    for (int i = 0; i < MEMBERS; i += IN_BLOCK)
        tar_zstd_block(&zstd, scl_text_str(&tar), 0, i + IN_BLOCK >= MEMBERS);
    assert_true(scl_archive_read(&archive, scl_text_str(&zstd), &usual));
    assert_int_equal(archive.end, SCL_ARCHIVE_ENTRIES);
    assert_int_equal(archive.count, usual.entries);
    assert_int_equal(archive.members.count, 1);
    scl_archive_finish(&archive);
    scl_text_finish(&tar);
    scl_text_finish(&zstd);
}

static void
a_size_that_is_not_there_makes_no_room(void **state)
{
    struct scl_text tar = { 0 };

    tar_header(&tar, "a", '0', "", (size_t)1 << 32);
    scl_text_c(&tar, "{}");
    check_text(walked(state, scl_text_str(&tar), &usual), "a:too large |damaged", "4 GiB");
    scl_text_clear(&tar);
    tar_header(&tar, "a", '0', "", 100);
    scl_text_c(&tar, "{}");
    check_text(walked(state, scl_text_str(&tar), &usual), "a:cut |damaged", "100 bytes");
    scl_text_finish(&tar);
}

/* What comes before the cut is read; nothing of it is made up. */
static void
an_archive_may_be_cut_anywhere(void **state)
{
    enum { STEP = 64 };
    struct scl_text tar = small_archive(), gzip = { 0 }, zstd = { 0 };
    struct scl_text *const texts[] = { &tar, &gzip, &zstd };

    tar_gzip(&gzip, scl_text_str(&tar));
    tar_zstd(&zstd, scl_text_str(&tar));
    for (size_t t = 0; t < COUNT(texts); t++) {
        for (size_t length = 0; length < texts[t]->len; length += STEP) {
            char *part = malloc(length + 1); /* of its own, so that a look behind it is seen */
            struct scl_archive archive;

            assert_non_null(part);
            memcpy(part, texts[t]->at, length);
            assert_true(scl_archive_read(&archive, scl_str_n(part, length), &usual));
            assert_true(archive.members.count <= 5);
            for (uint32_t i = 0; i < archive.members.count; i++)
                if (archive.members.at[i].content == SCL_ARCHIVE_KEPT)
                    assert_true(scl_str_is(archive.members.at[i].text, "[1]") ||
                                scl_str_is(archive.members.at[i].text, "\n {}"));
            scl_archive_finish(&archive);
            free(part);
        }
        scl_text_finish(texts[t]);
    }
    (void)state;
}

static void
what_is_no_archive_has_no_members(void **state)
{
    static const struct scl_str rows[] = {
        SCL_STR(""),
        SCL_STR("{}"),
        SCL_STR("\x1f\x8b"),
        SCL_STR("\x1f\x8b\x08\0\0\0\0\0\0\xff\1\2\0\xfd\xff{}"),
        SCL_STR("\x28\xb5\x2f\xfd"),
        SCL_STR("\x28\xb5\x2f\xfd\0\x38\x11\0\0{}"),
        SCL_STR("PK\3\4"),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(walked(state, rows[i], &usual), " |damaged", rows[i].at);
}

/* One layer of compression is what is written; more are there to have readers work. */
static void
what_is_compressed_twice_is_no_archive(void **state)
{
    struct scl_text tar = small_archive(), once = { 0 }, twice = { 0 };

    tar_gzip(&once, scl_text_str(&tar));
    tar_gzip(&twice, scl_text_str(&once));
    check_text(walked(state, scl_text_str(&twice), &usual), " |damaged", "gzip in gzip");
    scl_text_finish(&tar);
    scl_text_finish(&once);
    scl_text_finish(&twice);
}

static void
kinds_are_told_by_their_first_bytes(void **state)
{
    struct scl_text tar = small_archive();

    (void)state;
    assert_int_equal(scl_archive_probe(scl_text_str(&tar)), SCL_ARCHIVE_TAR);
    assert_int_equal(scl_archive_probe(scl_str_n(tar.at, 261)), SCL_ARCHIVE_NONE);
    assert_int_equal(scl_archive_probe(SCL_S("\x1f\x8b")), SCL_ARCHIVE_GZIP);
    assert_int_equal(scl_archive_probe(SCL_S("\x28\xb5\x2f\xfd")), SCL_ARCHIVE_ZSTD);
    assert_int_equal(scl_archive_probe(SCL_S("FROM a:1")), SCL_ARCHIVE_NONE);
    scl_text_finish(&tar);
}

static void
a_build_without_libarchive_says_so(void **state)
{
    struct scl_text tar = small_archive();

    assert_false(scl_archive_is_supported());
    check_text(scl_str_c(scl_archive_library_version()), "", "no version");
    check_text(walked(state, scl_text_str(&tar), &usual), " |unsupported", "tar");
    scl_text_finish(&tar);
}

int
main(void)
{
    const struct CMUnitTest with[] = {
        CASE(members_are_those_of_the_archive_however_it_is_compressed),
        CASE(of_members_of_one_name_the_last_counts),
        CASE(what_begins_like_json_is_kept),
        CASE(limits_are_kept),
        CASE(what_unpacks_to_too_much_is_left),
        CASE(a_flood_of_members_is_left),
        CASE(a_size_that_is_not_there_makes_no_room),
        CASE(an_archive_may_be_cut_anywhere),
        CASE(what_is_no_archive_has_no_members),
        CASE(what_is_compressed_twice_is_no_archive),
        CASE(kinds_are_told_by_their_first_bytes),
    };
    const struct CMUnitTest without[] = {
        CASE(kinds_are_told_by_their_first_bytes),
        CASE(a_build_without_libarchive_says_so),
    };

    return scl_archive_is_supported() ? cmocka_run_group_tests(with, NULL, NULL)
                                      : cmocka_run_group_tests(without, NULL, NULL);
}
