/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_oci_image.c: configurations of images
 */
#include "reading.h"

#define START "'os':'linux','architecture':'amd64'"

static void
an_image_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "system", "", "os", "linux", "declared", "'os':'linux'" },
        { "architecture", "", "architecture", "amd64", "declared", "'architecture':'amd64'" },
        { "variant", ",'variant':'v8'", "variant", "v8", "declared", NULL },
        { "resolved", "", "resolution", "resolved", "derived", NULL },
        { "a user's name", ",'config':{'User':'app'}", "user.name", "app", "derived",
          "'User':'app'" },
        { "the user as written", ",'config':{'User':'app:www'}", "user.raw", "app:www", "declared",
          "'User':'app:www'" },
        { "a group", ",'config':{'User':'app:www'}", "user.group", "www", "derived", NULL },
        { "ids", ",'config':{'User':'12:34'}", "user.uid", "12", "derived", NULL },
        { "a group's id", ",'config':{'User':'12:34'}", "user.gid", "34", "derived", NULL },
        { "not root", ",'config':{'User':'12:34'}", "user.is_root", "false", "derived", NULL },
        { "root by number", ",'config':{'User':'0'}", "user.is_root", "true", "derived", NULL },
        { "root by an empty user", ",'config':{'User':''}", "user.is_root", "true", "derived",
          NULL },
        { "root by silence", ",'config':{}", "user.is_root", "true", "derived", NULL },
        { "the image decides", ",'config':{}", "user.certainty", "image", "derived", NULL },
        { "no user is placed at the configuration", ",'config':{'Cmd':['a']}", "user.raw", "-",
          "absent", "~'config'" },
        { "no configuration", "", "user.raw", "-", "absent", "~" },
        { "the user is a group", ",'config':{'User':'app'}", "user", "node", "declared",
          "'User':'app'" },
        { "variables", ",'config':{'Env':['A=1','B=2=3']}", "env", "[2]", "declared", NULL },
        { "a variable", ",'config':{'Env':['A=1','B=2=3']}", "env[B].value", "2=3", "declared",
          "'B=2=3'" },
        { "entry point", ",'config':{'Entrypoint':['/a','-x']}", "entrypoint", "[/a, -x]",
          "declared", "'Entrypoint':['/a','-x']" },
        { "a null entry point", ",'config':{'Entrypoint':null}", "entrypoint", "-", "null", NULL },
        { "command", ",'config':{'Cmd':['/a']}", "command", "[/a]", "declared", NULL },
        { "shell", ",'config':{'Shell':['/bin/bash','-c']}", "shell", "[/bin/bash, -c]",
          "declared", NULL },
        { "folder", ",'config':{'WorkingDir':'/srv'}", "working_dir", "/srv", "declared", NULL },
        { "signal", ",'config':{'StopSignal':'SIGINT'}", "stop_signal", "SIGINT", "declared",
          NULL },
        { "ports", ",'config':{'ExposedPorts':{'80/tcp':{},'53/udp':{}}}", "exposed_ports",
          "[80/tcp, 53/udp]", "declared", NULL },
        { "a port without a protocol", ",'config':{'ExposedPorts':{'80':{}}}", "exposed_ports[1]",
          "80/tcp", "declared", "'80'" },
        { "volumes", ",'config':{'Volumes':{'/data':{}}}", "volumes", "[/data]", "declared",
          "'Volumes':{'/data':{}}" },
        { "a volume", ",'config':{'Volumes':{'/data':{}}}", "volumes[1]", "/data", "declared",
          "'/data'" },
        { "null volumes", ",'config':{'Volumes':null}", "volumes", "-", "null", NULL },
        { "labels", ",'config':{'Labels':{'a':'1','b.c':''}}", "labels", "[a=1, b.c=]", "declared",
          NULL },
        { "a label", ",'config':{'Labels':{'a':'1','b.c':'x'}}", "labels[b.c]", "x", "declared",
          "'b.c':'x'" },
        { "a health check", ",'config':{'Healthcheck':{'Test':['CMD','/h']}}", "healthcheck.test",
          "[CMD, /h]", "declared", "'Test':['CMD','/h']" },
        { "there is one", ",'config':{'Healthcheck':{'Test':['CMD','/h']}}",
          "healthcheck.declared", "true", "derived", "'Test':['CMD','/h']" },
        { "it is switched off", ",'config':{'Healthcheck':{'Test':['NONE']}}",
          "healthcheck.disabled", "true", "derived", NULL },
        { "then there is none", ",'config':{'Healthcheck':{'Test':['NONE']}}",
          "healthcheck.declared", "false", "derived", NULL },
        { "without a test there is none", ",'config':{'Healthcheck':{'Interval':5}}",
          "healthcheck.declared", "-", "absent", NULL },
        { "none at all", ",'config':{}", "healthcheck.declared", "-", "absent", "~'config'" },
        { "triggers", ",'config':{'OnBuild':['RUN x']}", "onbuild", "[RUN x]", "declared", NULL },
        { "layers", ",'rootfs':{'type':'layers','diff_ids':['sha256:aa']}", "layers",
          "[sha256:aa]", "declared", NULL },
        { "history", ",'history':[{'created_by':'x','empty_layer':true},{'comment':'c'}]",
          "history", "[2]", "declared", NULL },
        { "what made a layer", ",'history':[{'created_by':'x','empty_layer':true}]",
          "history[1].created_by", "x", "declared", "'created_by':'x'" },
        { "no layer", ",'history':[{'created_by':'x','empty_layer':true}]",
          "history[1].empty_layer", "true", "declared", NULL },
        { "a comment", ",'history':[{'comment':'c','author':'a'}]", "history[1].comment", "c",
          "declared", NULL },
        { "its author", ",'history':[{'comment':'c','author':'a'}]", "history[1].author", "a",
          "declared", NULL },
        { "when", ",'created':'2026-01-01T00:00:00Z'", "created", "2026-01-01T00:00:00Z",
          "declared", NULL },
        { "who", ",'author':'A <a@example.org>'", "author", "A <a@example.org>", "declared",
          NULL },
        { "what nobody knows is nothing", ",'config':{'ArgsEscaped':true,'New':[1]}", "command",
          "-", "absent", NULL },
        { "no name", "", "name", "-", "absent", NULL },
    };

    reading_check_all(*state, "oci-image", START, rows, COUNT(rows));
}

static void
labels_name_the_base(void **state)
{
#define NAME "'org.opencontainers.image.base.name':'docker.io/library/node:22'"
#define DIGEST "'org.opencontainers.image.base.digest':'sha256:ab'"
    static const struct reading_row rows[] = {
        { "as written", ",'config':{'Labels':{" NAME "}}", "base.raw",
          "docker.io/library/node:22", "declared", NAME },
        { "its tag", ",'config':{'Labels':{" NAME "}}", "base.tag", "22", "derived", NAME },
        { "its pin", ",'config':{'Labels':{" NAME "}}", "base.pin", "tag", "derived", NULL },
        { "its digest", ",'config':{'Labels':{" NAME "," DIGEST "}}", "base.digest", "sha256:ab",
          "declared", DIGEST },
        { "its algorithm", ",'config':{'Labels':{" NAME "," DIGEST "}}", "base.digest_algo",
          "sha256", "declared", NULL },
        { "pinned", ",'config':{'Labels':{" NAME "," DIGEST "}}", "base.pin", "digest", "declared",
          NULL },
        { "a digest alone names nothing", ",'config':{'Labels':{" DIGEST "}}", "base.digest", "-",
          "absent", NULL },
        { "the image's own user counts", ",'config':{'Labels':{" NAME "}}", "user.is_root",
          "true", "derived", NULL },
    };

    reading_check_all(*state, "oci-image", START, rows, COUNT(rows));
}

static void
what_it_is_about_is_its_name(void **state)
{
    struct scl_input input = { .name = SCL_STR("config.json"), .about = SCL_STR("acme/web:1") };
    struct reading_row row = { "the name", NULL, "name", "acme/web:1", NULL, NULL };
    struct scl_document *d;

    input.text = reading_quoted(*state, "{" START ",'config':{}}");
    d = scl_read(&input);
    assert_non_null(d);
    reading_check(d, &row);
    scl_document_unref(d);
}

static void
windows_images_have_no_root(void **state)
{
    static const struct reading_row rows[] = {
        { "no root", ",'config':{'User':'ContainerUser'}", "user.is_root", "-", "not applicable",
          NULL },
        { "a name all the same", ",'config':{'User':'ContainerUser'}", "user.name",
          "ContainerUser", "derived", NULL },
    };

    reading_check_all(*state, "oci-image", "'os':'windows'", rows, COUNT(rows));
}

static void
broken_values_are_noted_and_unknown(void **state)
{
    static const struct {
        const char *text, *notes, *path, *value, *state;
    } rows[] = {
        { "{'config':{'User':5}}", "at '5': expected a string, got a number\n" WITHOUT_IT,
          "user.is_root", "-", "unknown" },
        { "{'config':'x'}", "at ''x'': expected an object, got a string\n" WITHOUT_IT,
          "user.is_root", "-", "unknown" },
        { "{'config':{'Labels':{'a':1,'b':'x'}}}",
          "at '1': expected a string, got a number\n" WITHOUT_IT, "labels", "[a=?, b=x]",
          "declared" },
        { "{'config':{'ExposedPorts':['80']}}",
          "at '['80']': expected an object, got an array\n" WITHOUT_IT, "exposed_ports", "-",
          "unknown" },
        { "{'history':[{'empty_layer':'no'}]}",
          "at ''no'': expected a boolean, got a string\n" WITHOUT_IT, "history[1].empty_layer", "-",
          "unknown" },
        { "[]", "at '[]': expected an object, got an array\n" WITHOUT_IT, "config", "no such node",
          NULL },
        { "{'config':{'Env':['A=1'",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO, "env", "[1]+",
          "declared" },
        { "{'config':{'Env':['A=1'",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO, "user.is_root",
          "-", "unknown" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("x.json", "oci-image", reading_quoted(*state, rows[i].text));
        struct reading_row row = { rows[i].text,  NULL, rows[i].path,
                                   rows[i].value, rows[i].state, NULL };
        struct scl_text notes;

        scl_text_init(&notes);
        reading_notes(d, &notes);
        for (size_t k = 0; k < notes.len; k++)
            notes.at[k] = notes.at[k] == '"' ? '\'' : notes.at[k];
        check_text(scl_text_str(&notes), rows[i].notes, rows[i].text);
        reading_check(d, &row);
        scl_text_finish(&notes);
        scl_document_unref(d);
    }
}

static void
what_the_format_can_say_follows_from_its_rows(void **state)
{
    static const struct {
        unsigned field;
        bool says;
    } rows[] = {
        { SCL_IMAGE_USER_RAW, true },   { SCL_IMAGE_USER, true },      { SCL_IMAGE_BASE, true },
        { SCL_IMAGE_NAME, false },      { SCL_ENV_VALUE, true },
        { SCL_HISTORY_COMMENT, true },  { SCL_IMAGE_FORMAT, true },
    };
    struct scl_document *d = reading_document("x.json", "oci-image", reading_quoted(*state, "{}"));

    for (size_t i = 0; i < COUNT(rows); i++)
        check_number(scl_document_says(d, 0, rows[i].field), rows[i].says,
                     scl_field(rows[i].field)->path.at);
    scl_document_unref(d);
}

SUITE(
    CASE(an_image_is_read),
    CASE(labels_name_the_base),
    CASE(what_it_is_about_is_its_name),
    CASE(windows_images_have_no_root),
    CASE(broken_values_are_noted_and_unknown),
    CASE(what_the_format_can_say_follows_from_its_rows))
