/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read.c: inputs that are no text, and what a document always has
 */
#include "reading.h"

#define RUNTIME "{\"ociVersion\":\"1\"}"

/* All notes of the document that an input makes. */
static void
check_notes(const struct scl_input *input, const char *expected, const char *why)
{
    struct scl_document *d = scl_read(input);
    struct scl_text notes;

    assert_non_null(d);
    scl_text_init(&notes);
    reading_notes(d, &notes);
    check_text(scl_text_str(&notes), expected, why);
    check_text(d->name, input->name.at, why);
    assert_non_null(d->view);
    scl_text_finish(&notes);
    scl_document_unref(d);
}

static void
bytes_that_are_no_text_are_refused(void **state)
{
    static const struct {
        const char *name;
        struct scl_str text;
        const char *notes;
    } rows[] = {
        { "a.json", SCL_STR(""), "empty file\n" },
        { "a.json", SCL_STR(" \r\n\t"), "empty file\n" },
        { "a.json", SCL_STR("\xef\xbb\xbf"), "empty file\n" },
        { "Dockerfile", SCL_STR("\n\n"), "empty file\n" },
        { "a.json", SCL_STR("\xff\xfe{\0}\0"), "UTF-16 text; only UTF-8 is read\n" },
        { "a.json", SCL_STR("\xfe\xff\0{\0}"), "UTF-16 text; only UTF-8 is read\n" },
        { "a.json", SCL_STR("{\0\"\0a\0"), "UTF-16 text; only UTF-8 is read\n" },
        { "Dockerfile", SCL_STR("\0F\0R\0O\0M"), "UTF-16 text; only UTF-8 is read\n" },
        { "a.json", SCL_STR("\xff\xfe\0\0{\0\0\0"), "UTF-32 text; only UTF-8 is read\n" },
        { "a.json", SCL_STR("\0\0\xfe\xff\0\0\0{"), "UTF-32 text; only UTF-8 is read\n" },
        { "a.json", SCL_STR("{\0\0\0}\0\0\0"), "UTF-32 text; only UTF-8 is read\n" },
        { "logo.png", SCL_STR("\x89PNG\r\n\x1a\n...."), "binary file (PNG image), no document\n" },
        { "x.jpg", SCL_STR("\xff\xd8\xff\xe0"), "binary file (JPEG image), no document\n" },
        { "Dockerfile", SCL_STR("\x7f" "ELF\2\1\1"), "binary file (ELF program), no document\n" },
        { "x.pdf", SCL_STR("%PDF-1.7\n\0"), "binary file (PDF document), no document\n" },
        { "x.exe", SCL_STR("MZ\x90\0\3\0\0\0"), "binary file (Windows program), no document\n" },
        { "x.zip", SCL_STR("PK\x03\x04\x14\0"), "binary file (zip archive), no document\n" },
        { "x.wasm", SCL_STR("\0asm\1\0\0\0"), "binary file (WebAssembly module), no document\n" },
        { "a.json", SCL_STR("\1\2\0\3\4\5\6\7zz"), "binary file, no document\n" },
        { "Dockerfile", SCL_STR("\1\2\0\3\4\5\6\7zz"), "binary file, no document\n" },
        { "a.json", SCL_STR("some text and \0 more of it"), "binary file, no document\n" },
        { "a.txt", SCL_STR("MZ is how this text begins"),
          "format not recognized\n"
          "= name it: --as FORMAT; 'scantling inspect --formats' lists them\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_input input = { .name = scl_str_c(rows[i].name), .text = rows[i].text };

        check_notes(&input, rows[i].notes, rows[i].notes);
    }
}

/* A build that reads none still knows those that are said to be something else. */
static void
archives_are_known_by_their_marks(void **state)
{
    char block[512] = "manifest.json";
    const struct {
        const char *name;
        struct scl_str text;
        const char *notes;
    } rows[] = {
        { "x.gz", SCL_STR("\x1f\x8b\x08"), "binary file (gzip archive), no document\n" },
        { "x.zst", SCL_STR("\x28\xb5\x2f\xfd"), "binary file (zstd archive), no document\n" },
        { "image.tar", { block, sizeof block }, "binary file (tar archive), no document\n" },
    };

    (void)state;
    memcpy(block + 257, "ustar", 5);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_input input = { .name = scl_str_c(rows[i].name), .text = rows[i].text };

        if (scl_archive_is_supported())
            check_notes(&input, rows[i].notes, rows[i].name);
        input.format = SCL_S("compose");
        check_notes(&input, rows[i].notes, rows[i].name);
    }
}

static void
what_could_not_be_read_says_so(void **state)
{
    struct scl_input input = { .name = SCL_STR("x.json"), .is_unreadable = true };

    (void)state;
    check_notes(&input, "could not be read\n", "unreadable");
    input.text = SCL_S(RUNTIME);
    check_notes(&input, "could not be read\n", "unreadable, whatever the text");
}

static void
a_limit_of_bytes_is_kept(void **state)
{
    struct scl_input input = { .name = SCL_STR("x.json"), .text = SCL_STR(RUNTIME) };
    struct scl_companion companion = { .path = SCL_STR("y"), .text = SCL_STR("1234567890") };

    (void)state;
    input.limits.bytes = sizeof RUNTIME - 1;
    check_notes(&input, "", "at the limit");
    input.limits.bytes = sizeof RUNTIME - 2;
    check_notes(&input, "18 bytes, over the limit of 17\n= --limit bytes=N raises it\n",
                "over the limit");
    input.limits.bytes = 20;
    input.files = &companion;
    input.file_count = 1;
    check_notes(&input, "", "a companion that is not asked for");
    input = (struct scl_input){ .name = SCL_STR("Dockerfile"), .text = SCL_STR("FROM a:1\n"),
                                .files = &companion, .file_count = 1 };
    companion.path = SCL_S("Dockerfile.dockerignore");
    input.limits.bytes = 19;
    check_notes(&input, "", "at the limit with a companion");
    input.limits.bytes = 18;
    check_notes(&input,
                "19 bytes with its companion files, over the limit of 18\n"
                "= --limit bytes=N raises it\n",
                "over the limit with a companion");
}

static void
limits_of_the_tree_are_kept(void **state)
{
    struct scl_input input = { .name = SCL_STR("x.json"),
                               .text = SCL_STR("{\"ociVersion\":\"1\",\"a\":[[[1]]]}") };
    struct scl_document *d;

    (void)state;
    check_notes(&input, "", "no limits");
    input.limits.depth = 2;
    d = scl_read(&input);
    check_number(scl_notes_have_error(&d->notes), true, "depth");
    check_text(scl_str_c(d->format), "oci-runtime", "depth");
    scl_document_unref(d);
    input.limits.depth = 0;
    input.limits.nodes = 3;
    d = scl_read(&input);
    check_number(scl_notes_have_error(&d->notes), true, "nodes");
    scl_document_unref(d);
}

static void
notes_about_an_input_have_no_place(void **state)
{
    static const struct scl_str texts[] = {
        SCL_STR(""), SCL_STR("\xff\xfe"), SCL_STR("\x89PNG\r\n\x1a\n"), SCL_STR("nothing"),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct scl_document *d = reading_document("x", "", texts[i]);

        check_number(d->notes.list.count, 1, "notes");
        check_number(d->notes.list.at[0].kind, SCL_NOTE_ERROR, "kind");
        check_number(d->notes.list.at[0].has_place, false, "place");
        check_number(d->subjects.count, 0, "subjects");
        check_text(scl_str_c(d->format), "", "format");
        scl_document_unref(d);
    }
}

static void
a_nul_in_what_is_named_a_dockerfile_is_its_readers_affair(void **state)
{
    struct scl_str text = SCL_S("FROM scratch\nRUN echo a\0b\n");
    struct scl_document *d;

    (void)state;
    d = reading_document("Dockerfile", "", text);
    check_text(scl_str_c(d->format), "dockerfile", "by name");
    scl_document_unref(d);
    d = reading_document("x", "dockerfile", text);
    check_text(scl_str_c(d->format), "dockerfile", "by hint");
    scl_document_unref(d);
    d = reading_document("x", "", text);
    check_text(scl_str_c(d->format), "", "neither");
    scl_document_unref(d);
}

static void
a_document_keeps_nothing_of_its_input(void **state)
{
    char text[] = "{\"os\":\"linux\",\"architecture\":\"x\",\"config\":{\"User\":\"app\"}}";
    char name[] = "config.json", about[] = "acme/web";
    struct scl_input input = { .name = scl_str_c(name), .about = scl_str_c(about) };
    struct reading_row user = { "user", NULL, "user.name", "app", NULL, NULL };
    struct reading_row called = { "name", NULL, "name", "acme/web", NULL, NULL };
    struct scl_document *d;

    (void)state;
    input.text = scl_str_c(text);
    d = scl_read(&input);
    memset(text, 'x', sizeof text - 1);
    memset(name, 'x', sizeof name - 1);
    memset(about, 'x', sizeof about - 1);
    reading_check(d, &user);
    reading_check(d, &called);
    check_text(d->name, "config.json", "name of the document");
    scl_document_unref(d);
}

/* Every start of a document is read to its end without a crash, and has a format while the key that
 * tells it is there. */
static void
every_start_of_a_document_is_read(void **state)
{
    static const char whole[] =
        "{'ociVersion':'1.2.0','process':{'user':{'uid':0,'gid':0},'args':['sh'],'env':['A=1'],"
        "'capabilities':{'bounding':['CAP_KILL']},'rlimits':[{'type':'RLIMIT_CORE','soft':1}]},"
        "'root':{'readonly':true},'mounts':[{'destination':'/a','options':['ro','size=1k']}],"
        "'linux':{'namespaces':[{'type':'pid','path':'/x'}],'seccomp':{'syscalls':[{}]},"
        "'devices':[{'path':'/d'}],'resources':{'devices':[{'allow':true}]}}}";
    struct scl_str text = reading_quoted(*state, whole);

    for (size_t length = 1; length < text.len; length++) {
        char *copy = test_malloc(length); /* so that a byte beyond is seen to be read */
        struct scl_document *d;

        memcpy(copy, text.at, length);
        d = reading_document("x.json", "oci-runtime", scl_str_n(copy, length));
        check_number(scl_notes_have_error(&d->notes), true, "a start is not whole");
        scl_document_unref(d);
        test_free(copy);
    }
}

SUITE(
    CASE(bytes_that_are_no_text_are_refused),
    CASE(archives_are_known_by_their_marks),
    CASE(what_could_not_be_read_says_so),
    CASE(a_limit_of_bytes_is_kept),
    CASE(limits_of_the_tree_are_kept),
    CASE(notes_about_an_input_have_no_place),
    CASE(a_nul_in_what_is_named_a_dockerfile_is_its_readers_affair),
    CASE(a_document_keeps_nothing_of_its_input),
    CASE(every_start_of_a_document_is_read))
