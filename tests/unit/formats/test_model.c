/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_model.c: the model read back, as `inspect` prints it and as others write it
 */
#include "formats/reading.h"

#define ONE(more) "'subjects': [{'kind': 'container', 'name': 'web', " more "}]"

static const struct reading_row rows[] = {
    { "a field alone is declared", ONE("'fields': {'privileged': true}"), "privileged", "true",
      "declared", "'privileged': true" },
    { "the subject has the name that stands beside its fields", ONE("'fields': {}"), "name", "web",
      "declared", NULL },
    { "a reference tells its parts", ONE("'fields': {'image': {'raw': 'nginx:1.27'}}"), "image.tag",
      "1.27", "derived", "'raw': 'nginx:1.27'" },
    { "a part that is told on its own counts",
      ONE("'fields': {'image': {'registry': 'quay.io', 'raw': 'nginx:1.27'}}"), "image.registry",
      "quay.io", "declared", NULL },
    { "a user tells its parts", ONE("'fields': {'user': {'raw': '10:20'}}"), "user.gid", "20",
      "derived", NULL },
    { "what follows from fields follows again", ONE("'fields': {'user': {'uid': 0}}"),
      "user.is_root", "true", "derived", NULL },
    { "members of a list are nodes",
      ONE("'fields': {'mounts': [{'type': 'bind', 'source': '/etc', 'target': '/x'}]}"),
      "mounts[/x].source", "/etc", "declared", "'source': '/etc'" },
    { "an unknown field is unknown", ONE("'fields': {'hostname': null}, 'unknown': ['hostname']"),
      "hostname", "-", "unknown", NULL },
    { "an unknown member is one too", ONE("'fields': {'entrypoint': ['sh', null]}"), "entrypoint",
      "[sh, ?]", "declared", NULL },
    { "an entry of a map may be unknown", ONE("'fields': {'labels': {'a': 'b', 'c': null}}"),
      "labels", "[a=b, c=?]", "declared", NULL },
    { "a list may be open", ONE("'fields': {'groups': ['5']}, 'open': ['groups']"), "groups",
      "[5]+", "declared", NULL },
    { "so may one be without members", ONE("'fields': {'groups': []}, 'open': ['groups']"),
      "groups", "[]+", NULL, NULL },
    { "a masked secret is unknown",
      ONE("'fields': {'env': [{'name': 'TOKEN', 'value': '********'}]}"), "env[TOKEN].value", "-",
      "unknown", NULL },
    { "a text with one in it is unknown too", ONE("'fields': {'command': ['--key=********']}"),
      "command", "[?]", "declared", NULL },
    { "no limit is a statement",
      ONE("'fields': {'resources': {'memory_limit': null}}, "
          "'declared': ['resources.memory_limit']"),
      "resources.memory_limit", "no limit", "declared", NULL },
    { "without a format no default is made up", ONE("'fields': {}"), "privileged", "-", "absent",
      NULL },
    { "the format of what it was made of gives the defaults",
      "'format': 'compose', " ONE("'fields': {}"), "privileged", "false", "default", NULL },
    { "what is listed as a default gives way to them",
      "'format': 'compose', " ONE("'fields': {'privileged': true}, 'defaults': ['privileged']"),
      "privileged", "false", "default", NULL },
    { "where no runtime is known it stands",
      ONE("'fields': {'privileged': true}, 'defaults': ['privileged']"), "privileged", "true",
      "default", NULL },
    { "null is nothing, and no default takes its place",
      "'format': 'compose', " ONE("'fields': {'privileged': null}"), "privileged", "-", "null",
      NULL },
    { "a runtime alone gives defaults too", ONE("'fields': {'runtime_family': 'podman'}"),
      "resources.pids_limit", "2048", "default", NULL },
    { "Podman's are those of what runs on it",
      "'format': 'docker-run', " ONE("'fields': {'runtime_family': 'podman'}"),
      "resources.pids_limit", "2048", "default", NULL },
    { "policies see the format that it was made of", "'format': 'compose', " ONE("'fields': {}"),
      "format", "compose", NULL, NULL },
    { "they see it as it was resolved", "'resolution': 'resolved', " ONE("'fields': {}"),
      "resolution", "resolved", NULL, NULL },
    { "resolved, nobody is root", "'resolution': 'resolved', " ONE("'fields': {}"), "user.is_root",
      "true", "derived", NULL },
    { "what is derived and cannot be again is kept",
      ONE("'fields': {'role': 'init'}, 'derived': ['role']"), "role", "init", "derived", NULL },
    { "a host is read", "'subjects': [{'kind': 'host', 'fields': {'icc': false}}]", "icc", "false",
      "declared", NULL },
    { "an image is read",
      "'subjects': [{'kind': 'image', 'fields': {'volumes': ['/data']}}]", "volumes", "[/data]",
      "declared", NULL },
    { "evidence is read",
      "'subjects': [{'kind': 'evidence', 'fields': {'vulnerabilities': [{'id': 'CVE-1', "
      "'severity': 'high'}]}}]",
      "vulnerabilities[1].severity", "high", "declared", NULL },
};

static void
fields_are_read_under_their_names(void **state)
{
    reading_check_all(*state, "model", "", rows, sizeof rows / sizeof *rows);
}

static const struct {
    const char *why, *text, *notes;
} notes[] = {
    { "without subjects it is none", "{}", "at '{}': expected 'subjects'\n" WITHOUT_IT },
    { "a member that is no field is an error, with what was meant",
      "{'subjects': [{'kind': 'container', 'fields': {'privilegd': true}}]}",
      "at ''privilegd'': the model has no field 'privilegd' of container\n"
      "= did you mean 'privileged'?\n" WITHOUT_IT },
    { "so is one of a group",
      "{'subjects': [{'kind': 'container', 'fields': {'user': {'uidd': 0}}}]}",
      "at ''uidd'': the model has no field 'uidd' of container\n"
      "= did you mean 'uid'?\n" WITHOUT_IT },
    { "a value of another kind is an error",
      "{'subjects': [{'kind': 'container', 'fields': {'privileged': 'yes'}}]}",
      "at ''yes'': expected a boolean, got a string\n" WITHOUT_IT },
    { "a number that is no integer is one",
      "{'subjects': [{'kind': 'container', 'fields': {'user': {'uid': 1.5}}}]}",
      "at '1.5': this number is not one that the field takes\n" WITHOUT_IT },
    { "a subject is of a kind that there is",
      "{'subjects': [{'kind': 'project', 'fields': {}}]}",
      "at ''project'': expected the kind of a subject: image, container, host or evidence\n"
      WITHOUT_IT },
    { "a subject may be all that is told", "{'subjects': [{'kind': 'container'}]}", "" },
    { "what is no list of paths is none",
      "{'subjects': [{'kind': 'container', 'fields': {}, 'declared': {}}]}",
      "at '{}': expected an array, got an object\n" WITHOUT_IT },
    { "a build is left to its Dockerfile", "{'subjects': [{'kind': 'build', 'fields': {}}]}",
      "at ''build'': a build is not read from its model, only from its Dockerfile\n" },
};

static void
what_is_wrong_with_it_is_noted(void **state)
{
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        struct scl_document *d =
            reading_document("x.json", "model", reading_quoted(*state, notes[i].text));
        struct scl_text text, quoted = { 0 };

        scl_text_init(&text);
        reading_notes(d, &text);
        for (size_t c = 0; c < text.len; c++)
            text.at[c] = text.at[c] == '"' ? '\'' : text.at[c];
        scl_text_add(&quoted, scl_text_str(&text));
        check_text(scl_text_str(&quoted), notes[i].notes, notes[i].why);
        scl_text_finish(&quoted);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

/* ---- places ---- */

#define PLACED(path, offset) \
    "{'path': 'web/compose.yaml', 'format': 'compose', 'subjects': [{'kind': 'container', " \
    "'fields': {'privileged': true}, 'origins': {'privileged': {" path "'offset': " offset \
    ", 'length': 4}}}]}"

/* The text at the place of `privileged` and the name of its file; the first note behind it. */
static void
check_place(void **state, const char *text, const struct scl_companion *files, uint32_t count,
            const char *expected)
{
    struct scl_input input = { .name = SCL_S("model.json"), .files = files, .file_count = count,
                               .text = reading_quoted(*state, text) };
    struct scl_document *d = scl_read(&input);
    struct scl_origin origin;
    struct scl_node node;
    struct scl_text got = { 0 };

    assert_non_null(d);
    assert_true(scl_view_find(d->view,
                              (struct scl_node){ d->subjects.at[0].root, SCL_NONE, 0 },
                              SCL_S("privileged"), &node));
    origin = scl_view_place(d->view, node, true, NULL);
    scl_text_f(&got, "%.*s: ", SCL_ARG(d->files[origin.file].name));
    scl_text_add(&got, scl_source_text(&d->files[origin.file], origin.place));
    for (uint32_t i = 0; i < d->missing.count; i++)
        scl_text_f(&got, ", missing %.*s", SCL_ARG(d->missing.at[i]));
    if (d->notes.list.count)
        scl_text_f(&got, ", %.*s", SCL_ARG(d->notes.list.at[0].message));
    check_text(scl_text_str(&got), expected, text);
    scl_text_finish(&got);
    scl_document_unref(d);
}

static void
places_are_in_the_file_that_it_was_made_of(void **state)
{
    static const struct scl_companion files[] = {
        { SCL_STR("web/compose.yaml"), SCL_STR("a: true\n"), false },
        { SCL_STR("base.yaml"), SCL_STR("  yes!\n"), false },
    };

    check_place(state, PLACED("", "3"), files, 2, "web/compose.yaml: true");
    check_place(state, PLACED("'path': 'base.yaml', ", "2"), files, 2, "base.yaml: yes!");
    check_place(state, PLACED("", "3"), NULL, 0,
                "model.json: true, missing web/compose.yaml, 'web/compose.yaml' is not at hand, so "
                "that places in it are told here");
    check_place(state, PLACED("", "5"), files, 2,
                "model.json: true, this place lies outside of its file");
    check_place(state, PLACED("", "-1"), files, 2,
                "model.json: true, this place lies outside of its file");
    check_place(state, PLACED("", "9223372036854775807"), files, 2,
                "model.json: true, this place lies outside of its file");
}

static void
it_is_recognized_by_its_subjects(void **state)
{
    struct scl_input input = { .name = SCL_S("x.json") };
    struct scl_document *d;

    input.text = reading_quoted(*state, "{'subjects': [{'kind': 'host', 'fields': {}}]}");
    d = scl_read(&input);
    assert_string_equal(d->format, "model");
    scl_document_unref(d);
    input.text = reading_quoted(*state, "{'resolution': 'request', 'subjects': []}");
    d = scl_read(&input);
    assert_string_equal(d->format, "model");
    scl_document_unref(d);
    input.text = reading_quoted(*state, "{'subjects': [{'kind': 'User', 'name': 'alice'}]}");
    d = scl_read(&input);
    assert_string_equal(d->format, "");
    scl_document_unref(d);
}

static void
what_it_cannot_say_is_as_it_is_listed(void **state)
{
    struct scl_document *d = reading_document(
        "x.json", "model",
        reading_quoted(*state, "{'subjects': [{'kind': 'container', 'fields': {}, "
                               "'not_expressible': ['tty', 'mounts[].subpath', 'nonsense']}]}"));

    assert_false(scl_document_says(d, 0, SCL_CONTAINER_TTY));
    assert_false(scl_document_says(d, 0, SCL_MOUNT_SUBPATH));
    assert_true(scl_document_says(d, 0, SCL_CONTAINER_PRIVILEGED));
    scl_document_unref(d);
}

SUITE(
    CASE(fields_are_read_under_their_names),
    CASE(what_is_wrong_with_it_is_noted),
    CASE(places_are_in_the_file_that_it_was_made_of),
    CASE(it_is_recognized_by_its_subjects),
    CASE(what_it_cannot_say_is_as_it_is_listed))
