/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_layout.c: layouts of images, their parts given as companions
 *
 * Blobs are named by what they hold, so a layout is put together from its leaves up; `add` gives
 * back the descriptor of what it adds.
 */
#include "../test.h"
#include "reading.h"

#include "base/sha256.h"

enum { MOST_FILES = 64 };

struct made {
    struct scl_arena *arena;
    struct scl_companion files[MOST_FILES];
    uint32_t count;
};

#define INDEX_TYPE "application/vnd.oci.image.index.v1+json"
#define MANIFEST_TYPE "application/vnd.oci.image.manifest.v1+json"
#define CONFIG_TYPE "application/vnd.oci.image.config.v1+json"
#define IN_TOTO_TYPE "application/vnd.in-toto+json"

/* A text of the arena, as printf, `'` for `"`. */
static struct scl_str __attribute__((format(printf, 2, 3)))
made_text(struct made *m, const char *format, ...)
{
    struct scl_text text = { 0 };
    struct scl_str made;
    va_list arguments;

    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    assert_false(text.failed);
    made = reading_quoted(m->arena, text.at);
    scl_text_finish(&text);
    return made;
}

static void
add_file(struct made *m, struct scl_str path, struct scl_str text)
{
    assert_true(m->count < MOST_FILES);
    m->files[m->count++] = (struct scl_companion){ path, text, false };
}

/* Adds a blob; the inside of its descriptor, `extra` at the end. */
static struct scl_str
add(struct made *m, const char *type, struct scl_str text, const char *extra)
{
    char hex[SCL_SHA256_HEX + 1];

    scl_sha256_hex(text, hex);
    add_file(m, made_text(m, "blobs/sha256/%s", hex), text);
    return made_text(m, "'mediaType':'%s','digest':'sha256:%s','size':%u%s", type, hex,
                     (unsigned)text.len, extra);
}

static struct scl_str
add_image(struct made *m, const char *architecture, const char *user, const char *extra)
{
    struct scl_str config =
        add(m, CONFIG_TYPE,
            made_text(m, "{'os':'linux','architecture':'%s','config':{'User':'%s'},"
                         "'rootfs':{'diff_ids':[]}}", architecture, user), "");

    return add(m, MANIFEST_TYPE,
               made_text(m, "{'schemaVersion':2,'config':{%.*s},'layers':[]}", SCL_ARG(config)),
               extra);
}

static struct scl_document *
read_layout(struct made *m, const char *name, struct scl_str text)
{
    struct scl_input input = { .name = scl_str_c(name), .text = text, .files = m->files,
                               .file_count = m->count };
    struct scl_document *d = scl_read(&input);

    assert_non_null(d);
    return d;
}

static struct scl_document *
read_marker(struct made *m)
{
    return read_layout(m, "lay/oci-layout", SCL_S("{\"imageLayoutVersion\":\"1.0.0\"}"));
}

static void
index_of(struct made *m, struct scl_str descriptors)
{
    add_file(m, SCL_S("index.json"),
             made_text(m, "{'schemaVersion':2,'manifests':[%.*s]}", SCL_ARG(descriptors)));
}

static void
index_of_one(struct made *m, struct scl_str descriptor)
{
    index_of(m, made_text(m, "{%.*s}", SCL_ARG(descriptor)));
}

/* "FILE: MESSAGE" of each note; "KIND NAME NAMES USER" of each subject; missing files after `?`.
 * Digests are cut to their first digits. */
static struct scl_str
told(struct made *m, const struct scl_document *d)
{
    struct scl_text out = { 0 };
    struct scl_str made;
    size_t kept = 0;

    for (uint32_t i = 0; i < d->notes.list.count; i++)
        scl_text_f(&out, "%.*s: %.*s\n", SCL_ARG(d->files[d->notes.list.at[i].file].name),
                   SCL_ARG(d->notes.list.at[i].message));
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        static const char *const paths[] = { "name", "names", "user.raw" };
        struct scl_node root = { d->subjects.at[i].root, SCL_NONE, 0 }, node;
        struct scl_reading reading;

        scl_text_c(&out, scl_type(d->subjects.at[i].type)->name);
        for (size_t p = 0; p < COUNT(paths); p++) {
            if (!scl_view_find(d->view, root, scl_str_c(paths[p]), &node))
                continue;
            scl_view_read(d->view, node, &reading);
            scl_text_char(&out, ' ');
            if (reading.state == SCANTLING_STATE_UNKNOWN)
                scl_text_char(&out, '?');
            else
                reading_value(&reading.value, &out);
        }
        scl_text_char(&out, '\n');
    }
    for (uint32_t i = 0; i < d->missing.count; i++)
        scl_text_f(&out, "? %.*s\n", SCL_ARG(d->missing.at[i]));
    assert_false(out.failed);
    for (size_t i = 0; i < out.len; i++) { /* of 64 digits, keep 4 */
        size_t digits = 0;

        while (i + digits < out.len && strchr("0123456789abcdef", out.at[i + digits]))
            digits++;
        if (digits == SCL_SHA256_HEX) {
            memset(out.at + kept, '#', 1);
            kept++;
            i += digits - 1;
        } else {
            out.at[kept++] = out.at[i];
        }
    }
    made = scl_str_n(scl_arena_copy(m->arena, out.at ? out.at : "", kept), kept);
    scl_text_finish(&out);
    return made;
}

#define NAMED(name) ",'annotations':{'io.containerd.image.name':'" name "'}"
#define TAGGED(name) ",'annotations':{'org.opencontainers.image.ref.name':'" name "'}"
#define PLATFORM(name) ",'platform':{'os':'linux','architecture':'" name "'}"

static void
an_index_leads_to_its_images(void **state)
{
    struct made m = { .arena = *state };
    struct scl_str one = add_image(&m, "amd64", "7", TAGGED("v1"));
    struct scl_str two = add_image(&m, "arm64", "8", NAMED("docker.io/library/app:2"));
    struct scl_document *d;

    index_of(&m, made_text(&m, "{%.*s},{%.*s}", SCL_ARG(one), SCL_ARG(two)));
    d = read_marker(&m);
    check_text(told(&m, d),
               "image v1 [] 7\nimage docker.io/library/app:2 [docker.io/library/app:2] 8\n",
               "a tag alone is a name, and leads nowhere");
    scl_document_unref(d);
}

static void
images_below_an_index_are_called_as_it_is(void **state)
{
    struct made m = { .arena = *state };
    struct scl_str one = add_image(&m, "amd64", "7", PLATFORM("amd64"));
    struct scl_str two = add_image(&m, "arm64", "8", PLATFORM("arm64"));
    struct scl_str inner, same;
    struct scl_document *d;

    inner = add(&m, INDEX_TYPE, made_text(&m, "{'schemaVersion':2,'manifests':[{%.*s},{%.*s}]}",
                                          SCL_ARG(one), SCL_ARG(two)), NAMED("a/b:1"));
    same = scl_str_sub(inner, 0, scl_str_find(inner, SCL_S(",\"annotations\"")));
    index_of(&m, made_text(&m, "{%.*s},{%.*s%s}", SCL_ARG(inner), SCL_ARG(same), NAMED("a/b:2")));
    d = read_marker(&m);
    check_text(told(&m, d),
               "image a/b:1 (linux/amd64) [a/b:1, a/b:2] 7\n"
               "image a/b:1 (linux/arm64) [a/b:1, a/b:2] 8\n",
               "two platforms under two names");
    scl_document_unref(d);
}

static void
an_image_has_the_digests_that_lead_to_it(void **state)
{
    static const struct reading_row rows[] = {
        { "digest of the manifest", NULL, "digest", NULL, "declared", NULL },
        { "digest of the configuration", NULL, "id", NULL, "declared", NULL },
    };
    struct made m = { .arena = *state };
    struct scl_document *d;
    char hex[2][SCL_SHA256_HEX + 1];

    index_of_one(&m, add_image(&m, "amd64", "7", ""));
    d = read_marker(&m);
    scl_sha256_hex(m.files[1].text, hex[0]);
    scl_sha256_hex(m.files[0].text, hex[1]);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading_row row = rows[i];
        struct scl_str digest = made_text(&m, "sha256:%s", hex[i]);

        row.value = digest.at;
        reading_check(d, &row);
    }
    scl_document_unref(d);
}

static void
what_attests_to_images_is_evidence(void **state)
{
    struct made m = { .arena = *state };
    struct scl_str image = add_image(&m, "amd64", "7", PLATFORM("amd64"));
    struct scl_str statement =
        add(&m, IN_TOTO_TYPE,
            made_text(&m, "{'_type':'https://in-toto.io/Statement/v1',"
                          "'predicateType':'https://slsa.dev/provenance/v1',"
                          "'subject':[{'name':'app','digest':{'sha256':'ab'}}],'predicate':{"
                          "'runDetails':{'builder':{'id':'https://b.example'}}}}"), "");
    struct scl_str config = add(&m, CONFIG_TYPE, SCL_S("{}"), "");
    struct scl_str manifest =
        made_text(&m, "{'schemaVersion':2,'config':{%.*s},'layers':[{%.*s},{'mediaType':'x'}]}",
                  SCL_ARG(config), SCL_ARG(statement));
    struct scl_str marked = add(&m, MANIFEST_TYPE, manifest,
                                ",'platform':{'os':'unknown','architecture':'unknown'},"
                                "'annotations':{'vnd.docker.reference.type':"
                                "'attestation-manifest'}");
    struct reading_row row = { "builder", NULL, "attestations[1].builder_id", "https://b.example",
                               NULL, NULL };
    struct scl_document *d;

    index_of(&m, made_text(&m, "{%.*s},{%.*s},{%.*s}", SCL_ARG(image), SCL_ARG(marked),
                           SCL_ARG(marked)));
    d = read_marker(&m);
    check_text(told(&m, d), "image sha256:# [] 7\nevidence -\n", "one of each");
    d->subjects.at[0].root = d->subjects.at[1].root; /* of which rows speak */
    reading_check(d, &row);
    scl_document_unref(d);
}

static void
what_is_no_image_is_passed_over(void **state)
{
    static const struct {
        const char *why, *config, *rest;
    } rows[] = {
        { "an artifact of its own kind", "application/vnd.cncf.helm.config.v1+json",
          "'layers':[]" },
        { "an artifact by its word", CONFIG_TYPE, "'layers':[],'artifactType':'a/b'" },
        { "a signature", CONFIG_TYPE,
          "'layers':[{'mediaType':'application/vnd.dev.cosign.simplesigning.v1+json'}]" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made m = { .arena = *state };
        struct scl_str config = add(&m, rows[i].config, SCL_S("{}"), "");
        struct scl_str manifest =
            add(&m, MANIFEST_TYPE, made_text(&m, "{'schemaVersion':2,'config':{%.*s},%s}",
                                             SCL_ARG(config), rows[i].rest), "");
        struct scl_document *d;

        index_of(&m, made_text(&m, "{%.*s},{'mediaType':'application/xml'}", SCL_ARG(manifest)));
        d = read_marker(&m);
        check_text(told(&m, d), "lay/index.json: no image is named here\n", rows[i].why);
        scl_document_unref(d);
    }
}

static void
parts_are_asked_for_until_they_are_given(void **state)
{
    struct made m = { .arena = *state }, given = { .arena = *state };
    struct scl_document *d;
    static const char *const steps[] = {
        "? index.json\n",
        "image app:1 [app:1] ?\n? blobs/sha256/#\n",
        "image app:1 [app:1] ?\n? blobs/sha256/#\n",
        "image app:1 [app:1] 7\n",
    };

    index_of_one(&m, add_image(&m, "amd64", "7", NAMED("app:1")));
    for (size_t i = 0; i < COUNT(steps); i++) { /* they were made from the leaves up */
        d = read_marker(&given);
        check_text(told(&given, d), steps[i], "one more");
        scl_document_unref(d);
        if (i < m.count)
            given.files[given.count++] = m.files[m.count - 1 - i];
    }
}

static void
what_is_missing_leaves_its_image_unknown(void **state)
{
    static const struct {
        const char *why, *name, *text, *told;
    } rows[] = {
        { "no index", "oci-layout", "{'imageLayoutVersion':'1.0.0'}",
          "oci-layout: there is no file 'index.json'\n" },
        { "no manifest, platform told", "index.json",
          "{'schemaVersion':2,'manifests':[{'mediaType':'" MANIFEST_TYPE "','size':1,"
          "'digest':'sha256:ab'" PLATFORM("s390x") "}]}",
          "index.json: there is no file 'blobs/sha256/ab'\nimage sha256:ab [] ?\n" },
        { "no configuration", "m.json",
          "{'schemaVersion':2,'layers':[],'config':{'digest':'sha256:ab'}}",
          "m.json: there is no file 'blobs/sha256/ab'\nimage - [] ?\n" },
        { "an image and nothing else", "d.json",
          "{'mediaType':'" MANIFEST_TYPE "','size':1,'digest':'sha256:ab'}",
          "d.json: there is no file 'blobs/sha256/ab'\nimage sha256:ab [] ?\n" },
        { "no digest", "index.json", "{'schemaVersion':2,'manifests':[{'size':1}]}",
          "index.json: expected a digest\nimage - [] ?\n" },
        { "digests that would lead elsewhere", "index.json",
          "{'schemaVersion':2,'manifests':[{'digest':'sha256:../../../etc/passwd'},"
          "{'digest':'../x:ab'},{'digest':':'},{'digest':'sha256:'},{'digest':7}]}",
          "index.json: expected a digest\nindex.json: expected a digest\n"
          "index.json: expected a digest\nindex.json: expected a digest\n"
          "index.json: expected a digest\nimage sha256:../../../etc/passwd [] ?\n"
          "image ../x:ab [] ?\nimage : [] ?\nimage sha256: [] ?\nimage - [] ?\n" },
        { "no descriptors", "index.json", "{'schemaVersion':2,'manifests':[7]}",
          "index.json: expected a descriptor\n" },
        { "no list", "index.json", "{'schemaVersion':2,'manifests':{}}",
          "index.json: expected a list of descriptors\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made m = { .arena = *state };
        struct scl_document *d;

        add_file(&m, SCL_S("index.json"), SCL_S(""));
        add_file(&m, SCL_S("blobs/sha256/ab"), SCL_S(""));
        m.files[0].is_absent = m.files[1].is_absent = true;
        d = read_layout(&m, rows[i].name, made_text(&m, "%s", rows[i].text));
        check_text(told(&m, d), rows[i].told, rows[i].why);
        scl_document_unref(d);
    }
}

static void
a_blob_that_is_another_is_told(void **state)
{
    struct made m = { .arena = *state };
    struct scl_document *d;

    index_of_one(&m, add_image(&m, "amd64", "7", ""));
    m.files[0].text = SCL_S("{\"config\":{\"User\":\"9\"}}");
    d = read_marker(&m);
    check_text(told(&m, d),
               "lay/blobs/sha256/#: the blob is another one: its digest is sha256:#\n"
               "image sha256:# [] 9\n",
               "at the descriptor");
    assert_int_equal(d->notes.list.at[0].kind, SCL_NOTE_ERROR);
    scl_document_unref(d);
}

/* Digests that nobody checks, as those of sha512, can lead in circles. */
static void
circles_and_floods_of_descriptors_end(void **state)
{
    struct made m = { .arena = *state };
    struct scl_input input = { .name = SCL_STR("index.json"), .files = m.files };
    struct scl_document *d;

    add_file(&m, SCL_S("blobs/sha512/ab"),
             made_text(&m, "{'schemaVersion':2,'manifests':[{'digest':'sha512:ab'},"
                           "{'digest':'sha512:ab'}]}"));
    input.files = m.files;
    input.file_count = m.count;
    input.text = m.files[0].text;
    d = scl_read(&input);
    assert_non_null(d);
    assert_true(scl_notes_have_error(&d->notes));
    check_text(d->notes.list.at[0].message, "indexes in each other, deeper than 8", "a circle");
    scl_document_unref(d);
    input.limits.aliases = 3;
    d = scl_read(&input);
    assert_non_null(d);
    assert_int_equal(d->notes.list.count, 1);
    check_text(d->notes.list.at[0].message, "more descriptors are followed than the limit of 3",
               "a flood");
    scl_document_unref(d);
}

static void
the_list_of_docker_is_read_with_an_index_beside_it(void **state)
{
    struct made m = { .arena = *state };
    struct scl_str image = add_image(&m, "amd64", "7", NAMED("docker.io/library/app:1"));
    struct scl_str other = add_image(&m, "arm64", "8", "");
    struct scl_document *d;

    index_of(&m, made_text(&m, "{%.*s},{%.*s}", SCL_ARG(image), SCL_ARG(other)));
    d = read_layout(&m, "save/manifest.json",
                    made_text(&m, "[{'Config':'%.*s','RepoTags':['app:1'],'Layers':[]}]",
                              SCL_ARG(m.files[0].path)));
    check_text(scl_str_c(d->format), "docker-archive", "format");
    check_text(told(&m, d),
               "image app:1 [app:1, docker.io/library/app:1] 7\nimage sha256:# [] 8\n",
               "what the index has besides");
    scl_document_unref(d);
}

static void
a_lone_image_is_called_as_the_client_says(void **state)
{
    struct made m = { .arena = *state };
    struct scl_input input = { .name = SCL_STR("manifest.json"), .about = SCL_STR("reg/app:3"),
                               .text = SCL_STR("[{\"Config\":\"c.json\",\"Layers\":[]}]") };
    struct scl_document *d = scl_read(&input);

    check_text(told(&m, d), "image reg/app:3 [] ?\n? index.json\n? c.json\n", "about");
    scl_document_unref(d);
}

SUITE(
    CASE(an_index_leads_to_its_images),
    CASE(images_below_an_index_are_called_as_it_is),
    CASE(an_image_has_the_digests_that_lead_to_it),
    CASE(what_attests_to_images_is_evidence),
    CASE(what_is_no_image_is_passed_over),
    CASE(parts_are_asked_for_until_they_are_given),
    CASE(what_is_missing_leaves_its_image_unknown),
    CASE(a_blob_that_is_another_is_told),
    CASE(circles_and_floods_of_descriptors_end),
    CASE(the_list_of_docker_is_read_with_an_index_beside_it),
    CASE(a_lone_image_is_called_as_the_client_says))
