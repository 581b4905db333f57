/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_archive.c: images in archives, as documents
 */
#include "../tar.h"
#include "reading.h"

#include "base/sha256.h"

#define CONFIG \
    "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"User\":\"7\"}," \
    "\"rootfs\":{\"diff_ids\":[]}}"
#define MANIFEST "[{\"Config\":\"c.json\",\"RepoTags\":[\"app:1\",\"app:2\"],\"Layers\":[]}]"

/* "PATH:OFFSET MESSAGE" of each note, hints after `= `, then "KIND NAME" of each subject. */
static struct scl_str
told(void **state, const struct scl_input *input)
{
    struct scl_document *d = scl_read(input);
    struct scl_text out = { 0 };
    const char *kept;
    size_t length;

    assert_non_null(d);
    for (uint32_t i = 0; i < d->notes.list.count; i++) {
        const struct scl_note *note = &d->notes.list.at[i];

        if (note->has_place)
            scl_text_f(&out, "%.*s:%u ", SCL_ARG(d->files[note->file].name),
                       (unsigned)note->span.offset);
        scl_text_f(&out, "%.*s\n", SCL_ARG(note->message));
        for (uint32_t h = 0; h < note->hints.count; h++)
            scl_text_f(&out, "= %.*s\n", SCL_ARG(note->hints.at[h].text));
    }
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        const struct scl_type *type = scl_type(d->subjects.at[i].type);
        const struct scl_value *name = scl_document_value(d, d->subjects.at[i].root, type->first);

        scl_text_f(&out, "%s %.*s\n", type->name,
                   SCL_ARG(name ? scl_value_text(name) : SCL_S("-")));
    }
    scl_document_unref(d);
    assert_false(out.failed);
    length = out.len;
    kept = scl_arena_copy(*state, out.at ? out.at : "", length);
    scl_text_finish(&out);
    return scl_str_n(kept, length);
}

static struct scl_text
saved(const char *manifest)
{
    struct scl_text tar = { 0 };

    tar_add(&tar, "c.json", SCL_S(CONFIG));
    tar_header(&tar, "x/layer.tar", '2', "../y/layer.tar", 0);
    tar_add(&tar, "manifest.json", scl_str_c(manifest));
    tar_end(&tar);
    return tar;
}

static struct scl_input
input_of(const struct scl_text *tar)
{
    return (struct scl_input){ .name = SCL_STR("out/app.tar"), .text = scl_text_str(tar) };
}

static void
an_image_is_its_configuration_in_the_archive(void **state)
{
    static const struct reading_row rows[] = {
        { "name", NULL, "name", "app:1", "declared", NULL },
        { "names", NULL, "names", "[app:1, app:2]", "declared", NULL },
        { "user", NULL, "user.uid", "7", NULL, NULL },
        { "format", NULL, "format", "docker-archive", NULL, NULL },
        { "resolution", NULL, "resolution", "resolved", NULL, NULL },
    };
    struct scl_text tar = saved(MANIFEST), expected = { 0 };
    struct scl_input input = input_of(&tar);
    struct scl_document *d = scl_read(&input);
    char hex[SCL_SHA256_HEX + 1];
    struct reading_row id = { "id", NULL, "id", NULL, "declared", NULL };

    (void)state;
    assert_non_null(d);
    assert_int_equal(d->notes.list.count, 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        reading_check(d, &rows[i]);
    scl_sha256_hex(SCL_S(CONFIG), hex);
    scl_text_f(&expected, "sha256:%s", hex);
    id.value = expected.at;
    reading_check(d, &id);
    scl_text_finish(&expected);
    scl_text_finish(&tar);
    scl_document_unref(d);
}

/* A place is one of the member, which is told behind the name of the archive. */
static void
places_lie_in_members(void **state)
{
    struct scl_text tar = saved(MANIFEST);
    struct scl_input input = input_of(&tar);
    struct scl_document *d = scl_read(&input);
    struct scl_node root = { d->subjects.at[0].root, SCL_NONE, 0 }, node;
    static const struct {
        const char *path, *file, *text;
    } rows[] = {
        { "user.raw", "out/app.tar!c.json", "\"User\":\"7\"" },
        { "name", "out/app.tar!manifest.json", "\"app:1\"" },
        { "names[2]", "out/app.tar!manifest.json", "\"app:2\"" },
        { "id", "out/app.tar!manifest.json", "\"Config\":\"c.json\"" },
        { "env", "out/app.tar!c.json", "" }, /* behind `config`, where it would stand */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_origin origin;

        assert_true(scl_view_find(d->view, root, scl_str_c(rows[i].path), &node));
        origin = scl_view_place(d->view, node, false, NULL);
        check_text(d->files[origin.file].name, rows[i].file, rows[i].path);
        assert_true(d->files[origin.file].is_member);
        if (*rows[i].text)
            check_text(scl_source_text(&d->files[origin.file], origin.place), rows[i].text,
                       rows[i].path);
    }
    assert_int_equal(d->files[0].text.len, 0); /* nothing is kept of the archive */
    scl_text_finish(&tar);
    scl_document_unref(d);
}

static void
what_is_wrong_in_an_archive_is_told_at_its_place(void **state)
{
    static const struct {
        const char *why, *manifest, *told;
    } rows[] = {
        { "no tags", "[{\"Config\":\"./c.json\",\"RepoTags\":null,\"Layers\":[]}]",
          "image sha256:ID\n" },
        { "a missing configuration", "[{\"Config\":\"d.json\",\"RepoTags\":[\"a:1\"]}]",
          "out/app.tar!manifest.json:11 'd.json' is not in the archive\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "a link", "[{\"Config\":\"x/layer.tar\",\"RepoTags\":[\"a:1\"]}]",
          "out/app.tar!manifest.json:11 'x/layer.tar' is a link in the archive\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "a way out", "[{\"Config\":\"../c.json\",\"RepoTags\":[\"a:1\"]}]",
          "out/app.tar!manifest.json:11 expected the name of a file beside this one\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "an absolute path", "[{\"Config\":\"/c.json\",\"RepoTags\":[\"a:1\"]}]",
          "out/app.tar!manifest.json:11 expected the name of a file beside this one\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "a configuration that is none", "[{\"Config\":\"manifest.json\",\"RepoTags\":[\"a:1\"]}]",
          "out/app.tar!manifest.json:0 expected the configuration of an image\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "no list", "{\"Config\":\"c.json\"}",
          "out/app.tar!manifest.json:0 expected a list of images\n"
          "= the rest of this document was judged without it\n" },
        { "no names", "[{\"Config\":\"c.json\",\"RepoTags\":[1,\"a:1\"]}]",
          "out/app.tar!manifest.json:32 expected a name\n"
          "= the rest of this document was judged without it\nimage a:1\n" },
        { "two images of one configuration",
          "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"]},"
          "{\"Config\":\"c.json\",\"RepoTags\":[\"b:1\",\"a:1\"]}]",
          "image a:1\n" },
        { "an empty list", "[]", "out/app.tar!manifest.json:0 no image is named here\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text tar = saved(rows[i].manifest), expected = { 0 };
        struct scl_input input = input_of(&tar);
        const char *id = strstr(rows[i].told, "ID");
        char hex[SCL_SHA256_HEX + 1];

        scl_sha256_hex(SCL_S(CONFIG), hex);
        scl_text_f(&expected, "%.*s%s%s", id ? (int)(id - rows[i].told) : 0, rows[i].told,
                   id ? hex : "", id ? id + 2 : rows[i].told);
        check_text(told(state, &input), expected.at ? expected.at : "", rows[i].why);
        scl_text_finish(&expected);
        scl_text_finish(&tar);
    }
}

static void
archives_without_an_image_are_refused(void **state)
{
    static const struct {
        const char *member, *format, *told;
    } rows[] = {
        { "a.json", "",
          "archive without an image: it has no manifest.json and no index.json\n" },
        { "repositories", "",
          "archive without an image: it has no manifest.json and no index.json\n"
          "= it was saved by Docker before 1.10; load it and save it again\n" },
        { "index.json", "docker-archive",
          "archive without an image: it has no manifest.json and no index.json\n" },
        { "a.json", "compose", "binary file (tar archive), no document\n" },
        { "index.json", "oci-layout", "out/app.tar!index.json:0 no image is named here\n" },
        { "index.json", "", "out/app.tar!index.json:0 no image is named here\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text tar = { 0 };
        struct scl_input input;

        tar_add(&tar, rows[i].member, SCL_S("{\"manifests\":[]}"));
        tar_end(&tar);
        input = input_of(&tar);
        input.format = scl_str_c(rows[i].format);
        check_text(told(state, &input), rows[i].told, rows[i].member);
        scl_text_finish(&tar);
    }
}

static void
limits_of_an_archive_are_told(void **state)
{
    static const struct {
        const char *why;
        struct scl_input_limits limits;
        const char *told;
    } rows[] = {
        { "members", { .entries = 2 },
          "more members than the limit of 2\n= --limit entries=N raises it\n" },
        { "bytes of a member", { .entry_bytes = 80 },
          "out/app.tar!manifest.json:11 'c.json' has more bytes than the limit of one member\n"
          "= --limit entry_bytes=N raises it\n"
          "= the rest of this document was judged without it\nimage app:1\n" },
        { "bytes of names", { .bytes = 430 },
          "no manifest.json and no index.json in the part of the archive that was read\n"
          "= --limit bytes=N raises it\n" },
        { "bytes of all", { .bytes = 620 },
          "'manifest.json' is beyond the limit of all that is read\n"
          "= --limit bytes=N raises it\n" },
        { "files", { .files = 1 },
          "more companion files than the limit of 1\n= --limit files=N raises it\n"
          "image app:1\n" },
        { "nodes", { .nodes = 10 },
          "out/app.tar!c.json:46 more than the limit of 3 nodes\n"
          "= the rest of this document was judged without it\nimage app:1\n" },
    };
    struct scl_text tar = saved(MANIFEST);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_input input = input_of(&tar);

        input.limits = rows[i].limits;
        check_text(told(state, &input), rows[i].told, rows[i].why);
    }
    scl_text_finish(&tar);
}

static void
an_archive_larger_than_a_document_may_be_is_read(void **state)
{
    static char layer[4096] = "\x01";
    struct scl_text tar = { 0 };
    struct scl_input input;

    tar_add(&tar, "layer.tar", scl_str_n(layer, sizeof layer));
    tar_add(&tar, "c.json", SCL_S(CONFIG));
    tar_add(&tar, "manifest.json", SCL_S(MANIFEST));
    tar_end(&tar);
    input = input_of(&tar);
    input.limits.bytes = 1000;
    check_text(told(state, &input), "image app:1\n", "no limit is reached");
    scl_text_finish(&tar);
}

static void
what_unpacks_to_too_much_is_told(void **state)
{
    enum { RUN = 1 << 17, RUNS = 8192 };
    struct scl_text tar = { 0 }, zstd = { 0 };
    struct scl_input input = { .name = SCL_STR("a.tar.zst"), .limits = { .bytes = 1000 } };

    tar_header(&tar, "zeros", '0', "", (size_t)RUN * RUNS);
    tar_zstd_begin(&zstd);
    tar_zstd_block(&zstd, scl_text_str(&tar), 0, false);
    for (int i = 0; i < RUNS; i++)
        tar_zstd_block(&zstd, scl_str_n("", 1), RUN, i + 1 == RUNS);
    input.text = scl_text_str(&zstd);
    check_text(told(state, &input),
               "unpacks to more than the limit of 3329900 bytes\n"
               "= the limit is 100 times its size, and that of bytes\n"
               "= --limit bytes=N raises it\n",
               "a gigabyte in 32 KiB");
    scl_text_finish(&tar);
    scl_text_finish(&zstd);
}

static void
a_cut_archive_is_told_with_what_was_read(void **state)
{
    struct scl_text tar = { 0 };
    struct scl_input input;

    tar_add(&tar, "manifest.json", SCL_S(MANIFEST));
    tar_add(&tar, "c.json", SCL_S(CONFIG));
    tar_end(&tar);
    input = input_of(&tar);
    input.text.len = 3 * TAR_BLOCK + 40;
    check_text(told(state, &input),
               "the archive is damaged, or cut off\n= 2 members came before\n"
               "out/app.tar!manifest.json:11 'c.json' is cut off\n"
               "= the rest of this document was judged without it\nimage app:1\n",
               "in the configuration");
    input.text.len = TAR_BLOCK + 200;
    check_text(told(state, &input),
               "the archive is damaged, or cut off\n= 1 members came before\n"
               "'manifest.json' is cut off\n", "in the list");
    scl_text_finish(&tar);
}

static void
a_member_that_is_there_twice_is_told(void **state)
{
    struct scl_text tar = { 0 };
    struct scl_input input;

    tar_add(&tar, "manifest.json", SCL_S("[]"));
    tar_add(&tar, "c.json", SCL_S("{}"));
    tar_add(&tar, "c.json", SCL_S(CONFIG));
    tar_add(&tar, "./manifest.json", SCL_S(MANIFEST));
    tar_end(&tar);
    input = input_of(&tar);
    check_text(told(state, &input),
               "out/app.tar!manifest.json:0 the archive holds 'manifest.json' more than once; the "
               "last one counts\n"
               "out/app.tar!c.json:0 the archive holds 'c.json' more than once; the last one "
               "counts\nimage app:1\n",
               "both");
    scl_text_finish(&tar);
}

static void
a_build_without_libarchive_says_so(void **state)
{
    struct scl_text tar = saved(MANIFEST);
    struct scl_input input = input_of(&tar);

    check_text(told(state, &input),
               "tar archives are not read by this build (libarchive)\n"
               "= give the folder that it was unpacked into, or the JSON in it\n", "tar");
    scl_text_finish(&tar);
}

int
main(void)
{
    const struct CMUnitTest with[] = {
        CASE(an_image_is_its_configuration_in_the_archive),
        CASE(places_lie_in_members),
        CASE(what_is_wrong_in_an_archive_is_told_at_its_place),
        CASE(archives_without_an_image_are_refused),
        CASE(limits_of_an_archive_are_told),
        CASE(an_archive_larger_than_a_document_may_be_is_read),
        CASE(what_unpacks_to_too_much_is_told),
        CASE(a_cut_archive_is_told_with_what_was_read),
        CASE(a_member_that_is_there_twice_is_told),
    };
    const struct CMUnitTest without[] = {
        CASE(a_build_without_libarchive_says_so),
    };

    return scl_archive_is_supported() ? cmocka_run_group_tests(with, NULL, NULL)
                                      : cmocka_run_group_tests(without, NULL, NULL);
}
