/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_docker_image.c: images as `docker image inspect` prints them
 */
#include "reading.h"

#define ID "'Id':'sha256:1a2b'"
#define START ID ",'RootFS':{'Type':'layers','Layers':['sha256:aa','sha256:bb']}"

static void
check_rows(void **state, const struct reading_row *rows, size_t count)
{
    reading_check_all(*state, "docker-image-inspect", START, rows, count);
}

static void
the_engine_knows_its_names(void **state)
{
    static const struct reading_row rows[] = {
        { "the first tag is its name", ",'RepoTags':['web:1','web:latest']", "name", "web:1",
          "declared", "'web:1'" },
        { "else the digest", ",'RepoTags':[],'RepoDigests':['web@sha256:cc']", "name",
          "web@sha256:cc", "declared", NULL },
        { "else its id", ",'RepoTags':null,'RepoDigests':[]", "name", "sha256:1a2b", "declared",
          ID },
        { "no name is not a name", ",'RepoTags':['<none>:<none>']", "name", "sha256:1a2b",
          "declared", NULL },
        { "all names", ",'RepoTags':['web:1'],'RepoDigests':['web@sha256:cc']", "names",
          "[web:1, web@sha256:cc]", "declared", NULL },
        { "null digests take nothing back", ",'RepoTags':['web:1'],'RepoDigests':null", "names",
          "[web:1]", "declared", NULL },
        { "no names", ",'RepoTags':null", "names", "-", "null", NULL },
        { "its id", "", "id", "sha256:1a2b", "declared", ID },
        { "its digest is that of a name", ",'RepoDigests':['web@sha256:cc']", "digest",
          "sha256:cc", "declared", "'web@sha256:cc'" },
        { "or what the store says", ",'Descriptor':{'digest':'sha256:dd'}", "digest", "sha256:dd",
          "declared", "'digest':'sha256:dd'" },
        { "no digest", "", "digest", "-", "absent", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
its_configuration_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "system", ",'Os':'linux'", "os", "linux", "declared", "'Os':'linux'" },
        { "architecture", ",'Architecture':'arm','Variant':'v7'", "variant", "v7", "declared",
          NULL },
        { "resolved", "", "resolution", "resolved", "derived", NULL },
        { "a user", ",'Config':{'User':'10001:www'}", "user.uid", "10001", "derived",
          "'User':'10001:www'" },
        { "not root", ",'Config':{'User':'app'}", "user.is_root", "false", "derived", NULL },
        { "root by silence", ",'Config':{}", "user.is_root", "true", "derived", NULL },
        { "an absent user is placed at the configuration", ",'Config':{'Cmd':['a']}", "user.raw",
          "-", "absent", "~'Config'" },
        { "variables", ",'Config':{'Env':['A=1']}", "env[A].value", "1", "declared", "'A=1'" },
        { "entry point", ",'Config':{'Entrypoint':['/a']}", "entrypoint", "[/a]", "declared",
          NULL },
        { "command", ",'Config':{'Cmd':['b','c']}", "command", "[b, c]", "declared", NULL },
        { "shell", ",'Config':{'Shell':['/bin/ash','-c']}", "shell", "[/bin/ash, -c]", "declared",
          NULL },
        { "folder", ",'Config':{'WorkingDir':'/srv'}", "working_dir", "/srv", "declared", NULL },
        { "no folder", ",'Config':{'WorkingDir':''}", "working_dir", "-", "absent", NULL },
        { "signal", ",'Config':{'StopSignal':'SIGINT'}", "stop_signal", "SIGINT", "declared",
          NULL },
        { "ports", ",'Config':{'ExposedPorts':{'80/tcp':{},'53/udp':{}}}", "exposed_ports",
          "[80/tcp, 53/udp]", "declared", NULL },
        { "ports one by one", ",'Config':{'ExposedPorts':{'80/tcp':{},'53/udp':{}}}", "ports",
          "[2]", "declared", NULL },
        { "a number", ",'Config':{'ExposedPorts':{'80/tcp':{},'53/udp':{}}}",
          "ports[2].container_port", "53", "declared", "'53/udp'" },
        { "a protocol", ",'Config':{'ExposedPorts':{'80/tcp':{},'53/udp':{}}}",
          "ports[2].protocol", "udp", "declared", NULL },
        { "what is no number", ",'Config':{'ExposedPorts':{'http':{}}}", "ports[1].container_port",
          "-", "unknown", "'http'" },
        { "volumes", ",'Config':{'Volumes':{'/data':{}}}", "volumes", "[/data]", "declared",
          NULL },
        { "labels", ",'Config':{'Labels':{'a':'b'}}", "labels[a]", "b", "declared", "'a':'b'" },
        { "a health check", ",'Config':{'Healthcheck':{'Test':['CMD','/h']}}",
          "healthcheck.declared", "true", "derived", NULL },
        { "an empty one is none", ",'Config':{'Healthcheck':{}}", "healthcheck.declared", "-",
          "absent", NULL },
        { "triggers", ",'Config':{'OnBuild':['RUN x']}", "onbuild", "[RUN x]", "declared", NULL },
        { "layers", "", "layers", "[sha256:aa, sha256:bb]", "declared", NULL },
        { "when", ",'Created':'2026-01-01T00:00:00Z'", "created", "2026-01-01T00:00:00Z",
          "declared", NULL },
        { "nobody", ",'Author':''", "author", "-", "absent", NULL },
        { "a label names the base",
          ",'Config':{'Labels':{'org.opencontainers.image.base.name':'debian:13'}}", "base.tag",
          "13", "derived", NULL },
        { "so does the manifest",
          ",'Descriptor':{'annotations':{'org.opencontainers.image.base.name':'debian:12'}}",
          "base.raw", "debian:12", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
podman_says_more(void **state)
{
    static const struct reading_row rows[] = {
        { "a bare id", ",'Id':'9f8e','NamesHistory':[]", "id", "sha256:9f8e", "declared", NULL },
        { "the digest", ",'Digest':'sha256:ee','NamesHistory':[]", "digest", "sha256:ee",
          "declared", NULL },
        { "the user a second time", ",'User':'app','Config':{},'NamesHistory':[]", "user.name",
          "app", "derived", "'User':'app'" },
        { "the history", ",'NamesHistory':[],'History':[{'created_by':'x','empty_layer':true}]",
          "history[1].created_by", "x", "declared", NULL },
    };
    static const char *const histories[] = { "[{" START "}]", "[{" START ",'NamesHistory':[]}]" };

    check_rows(state, rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(histories); i++) {
        struct scl_document *d = reading_document("x.json", "docker-image-inspect",
                                                  reading_quoted(*state, histories[i]));

        check_number(scl_document_says(d, 0, SCL_IMAGE_HISTORY), i, "the history can be said");
        scl_document_unref(d);
    }
}

static void
each_element_is_a_subject(void **state)
{
    static const char *const names[] = { "a:1", "sha256:2", "c:3" };
    struct scl_document *d = reading_document(
        "x.json", "",
        reading_quoted(*state, "[{'Id':'sha256:1','RootFS':{},'RepoTags':['a:1']},\n"
                               "{'Id':'sha256:2','RootFS':{}},\n"
                               "{'Id':'sha256:3','RootFS':{},'RepoTags':['c:3'],'Config':{}}]"));

    check_number(d->subjects.count, COUNT(names), "images");
    for (uint32_t i = 0; i < d->subjects.count; i++) {
        struct scl_node name = { d->subjects.at[i].root, SCL_IMAGE_NAME, 0 };
        struct scl_node user = { d->subjects.at[i].root, SCL_IMAGE_USER_RAW, 0 };
        struct scl_reading reading;
        struct scl_origin place = scl_view_place(d->view, user, false, NULL);

        scl_view_read(d->view, name, &reading);
        check_text(scl_value_text(&reading.value), names[i], "in their order");
        check_number(scl_source_locate(d->files, place.place.offset).line, i + 1,
                     "what is absent has a place in its own element");
    }
    scl_document_unref(d);
}

static void
broken_values_are_noted_and_unknown(void **state)
{
    static const struct {
        const char *text, *notes, *path, *value, *state;
    } rows[] = {
        { "[{" ID ",'RootFS':{},'RepoTags':5}]",
          "at '5': expected an array, got a number\n" WITHOUT_IT, "names", "-", "unknown" },
        { "[{" ID ",'RootFS':{},'RepoTags':[5,'a:1']}]",
          "at '5': expected a string, got a number\n" WITHOUT_IT, "names", "[?, a:1]",
          "declared" },
        { "[{" ID ",'RootFS':{},'Config':'x'}]",
          "at ''x'': expected an object, got a string\n" WITHOUT_IT, "user.is_root", "-",
          "unknown" },
        { "[{" ID ",'RootFS':{},'Config':{'ExposedPorts':[80]}}]",
          "at '[80]': expected an object, got an array\n" WITHOUT_IT, "ports", "-", "unknown" },
        { "[{" ID ",'RootFS':{},'Config':{'Env':['A=1'",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO, "user.is_root",
          "-", "unknown" },
        { "[7,{" ID ",'RootFS':{}}]",
          "at '7': expected an object, got a number\n" WITHOUT_IT, "id", "sha256:1a2b",
          "declared" },
        { "[{},{" ID ",'RootFS':{}}]", "at '': neither a container nor an image; left out\n",
          "id", "sha256:1a2b", "declared" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("x.json", "docker-image-inspect",
                                                  reading_quoted(*state, rows[i].text));
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

SUITE(
    CASE(the_engine_knows_its_names),
    CASE(its_configuration_is_read),
    CASE(podman_says_more),
    CASE(each_element_is_a_subject),
    CASE(broken_values_are_noted_and_unknown))
