/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_model.c: documents as they are understood, as JSON and as text
 */
#include "judged.h"

#include <jansson.h>

static struct scl_text
rendered(struct given_file file, const char *format)
{
    struct scl_document *document = test_document(file);
    struct scl_text out = { 0 };

    assert_true(scl_view_render(document->view, scl_str_c(format), &out, NULL));
    scl_document_unref(document);
    return out;
}

static json_t *
parsed(struct given_file file, const char *format)
{
    struct scl_text out = rendered(file, format);
    json_error_t error;
    json_t *root = json_loadb(out.at, out.len, JSON_REJECT_DUPLICATES, &error);

    if (!root)
        print_error("%s at line %d\n%s\n", error.text, error.line, out.at);
    assert_non_null(root);
    scl_text_finish(&out);
    return root;
}

static const json_t *
subject_at(const json_t *root, size_t index)
{
    return json_array_get(json_object_get(root, "subjects"), index);
}

static bool
lists(const json_t *subject, const char *key, const char *path)
{
    const json_t *list = json_object_get(subject, key);

    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), path) == 0)
            return true;
    return false;
}

/* The value at a dotted path, `a.0.b` for the first member of a list, as compact JSON. */
static void
check_value(const json_t *at, const char *path, const char *expected)
{
    struct scl_str rest = scl_str_c(path), name;
    char *text;

    while (scl_str_cut(&rest, '.', &name)) {
        char key[64];

        snprintf(key, sizeof key, "%.*s", SCL_ARG(name));
        at = json_is_array(at) ? json_array_get(at, strtoul(key, NULL, 10))
                               : json_object_get(at, key);
    }
    text = at ? json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    check_text(text ? scl_str_c(text) : SCL_S("(none)"), expected, path);
    free(text);
}

static const struct given_file dockerfile = {
    "Dockerfile", "FROM node AS base\nENV A=b DB_PASSWORD=abc\nFROM base\nRUN make all\nUSER 0:5\n"
                  "LABEL x.y=\"a \\\"b\\\"\"\n" };
static const struct given_file runtime = {
    "config.json", "{\"ociVersion\":\"1.2.0\",\"process\":{\"user\":{\"uid\":1000,\"gid\":5},"
                   "\"args\":[\"a\",\"b\"],\"cwd\":\"/\"},\"linux\":{\"resources\":{\"cpu\":"
                   "{\"quota\":50000,\"period\":100000},\"memory\":{\"limit\":536870912}}}}" };

static void
fields_are_nested_as_in_the_schema(void **state)
{
    static const struct {
        size_t subject;
        const char *path, *expected;
    } rows[] = {
        { 0, "kind", "\"build\"" },
        { 0, "fields.stages.0.name", "\"base\"" },
        { 0, "fields.stages.0.index", "0" },
        { 0, "fields.stages.0.base.pin", "\"untagged\"" },
        { 0, "fields.stages.1.parent", "\"stages[1]\"" },
        { 0, "fields.stages.0.commands", "[]" },
        /* The image of a stage is shown where it lives: that of the target is a subject. */
        { 0, "fields.stages.0.image.base.raw", "\"node\"" },
        { 0, "fields.stages.0.image.user.raw", "null" },
        { 0, "fields.stages.0.image.env.1.value", "\"********\"" },
        { 0, "fields.stages.0.image.env.0.value", "\"b\"" },
        { 0, "fields.stages.1.image", "\"image final\"" },
        { 0, "fields.instructions.0.stage", "\"stages[1]\"" },
        { 0, "fields.instructions.3.flags.network", "null" },
        { 0, "fields.target", "\"stages[2]\"" },
        { 0, "fields.image", "\"image final\"" },
        { 1, "kind", "\"image\"" },
        { 1, "name", "\"final\"" },
        { 1, "fields.user.uid", "0" },
        { 1, "fields.user.is_root", "true" },
        { 1, "fields.env.1.value", "\"********\"" },
        { 1, "fields.env.0.value", "\"b\"" },
        { 1, "fields.labels", "{\"x.y\":\"a \\\"b\\\"\"}" },
        { 1, "fields.format", "(none)" },
        { 1, "span.line", "3" },
    };
    json_t *root = parsed(dockerfile, "json");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(root, "format")), "dockerfile");
    check_number(json_array_size(json_object_get(root, "subjects")), 2, "subjects");
    for (size_t i = 0; i < COUNT(rows); i++)
        check_value(subject_at(root, rows[i].subject), rows[i].path, rows[i].expected);
    json_decref(root);
}

static void
numbers_are_shortest_and_no_limit_is_null(void **state)
{
    json_t *root = parsed(runtime, "json");
    const json_t *subject = subject_at(root, 0);

    (void)state;
    check_value(subject, "fields.resources.cpu_limit", "0.5");
    check_value(subject, "fields.resources.memory_limit", "536870912");
    check_value(subject, "fields.resources.pids_limit", "null");
    check_value(subject, "fields.argv", "[\"a\",\"b\"]");
    check_value(subject, "fields.name", "null");
    check_value(subject, "fields.mounts", "[]");
    check_value(subject, "fields.sysctls", "{}");
    check_value(subject, "span.offset", "0");
    check_number(json_integer_value(json_object_get(json_object_get(subject, "span"), "length")),
                 strlen(runtime.text), "all of the root value");
    assert_true(lists(subject, "defaults", "resources.pids_limit"));
    assert_true(lists(subject, "declared", "resources.memory_limit"));
    assert_true(lists(subject, "not_expressible", "image.raw"));
    assert_false(lists(subject, "not_expressible", "image.pin"));
    assert_false(lists(subject, "not_expressible", "argv"));
    json_decref(root);
}

static void
paths_are_listed_by_state(void **state)
{
    json_t *root = parsed(dockerfile, "json");
    const json_t *image = subject_at(root, 1);

    (void)state;
    assert_true(lists(image, "declared", "user.raw"));
    assert_true(lists(image, "declared", "env[1].value"));
    assert_true(lists(image, "derived", "user.is_root"));
    assert_true(lists(image, "unknown", "working_dir"));
    assert_false(lists(image, "declared", "working_dir"));
    assert_false(lists(image, "unknown", "user.raw"));
    check_number(json_array_size(json_object_get(image, "linked")), 0, "linked");
    assert_null(json_object_get(image, "origins"));
    json_decref(root);
}

static void
origins_are_added_where_they_are_asked_for(void **state)
{
    json_t *root = parsed(dockerfile, "json origins");
    const json_t *origins = json_object_get(subject_at(root, 1), "origins");
    const json_t *origin = json_object_get(origins, "user.raw");

    (void)state;
    check_number(json_integer_value(json_object_get(origin, "line")), 5, "line");
    check_number(json_integer_value(json_object_get(origin, "column")), 6, "column");
    check_number(json_integer_value(json_object_get(origin, "length")), 3, "length");
    json_decref(root);
}

static void
the_layout_is_that_of_the_page(void **state)
{
    struct scl_text out = rendered(dockerfile, "json");

    (void)state;
    assert_true(scl_str_starts(
        scl_text_str(&out),
        SCL_S("{ \"path\": \"Dockerfile\", \"format\": \"dockerfile\", "
              "\"resolution\": \"request\", \"notes\": [],\n"
              "  \"subjects\": [\n"
              "    { \"kind\": \"build\", \"name\": null,\n"
              "      \"span\": { \"line\": 1, ")));
    assert_true(scl_str_find(scl_text_str(&out),
                             SCL_S("      \"linked\": [],\n      \"unknown\": [ ")) != SIZE_MAX);
    assert_true(scl_str_ends(scl_text_str(&out), SCL_S(" }\n  ] }\n")));
    scl_text_finish(&out);
}

static void
a_document_of_no_format_has_its_notes(void **state)
{
    static const struct given_file file = { "notes.txt", "" };
    json_t *root = parsed(file, "json");

    (void)state;
    check_value(root, "format", "\"\"");
    check_value(root, "subjects", "[]");
    check_value(root, "notes.0.severity", "\"error\"");
    check_value(root, "notes.0.message", "\"empty file\"");
    check_value(root, "notes.0.line", "null");
    json_decref(root);
}

static void
secrets_are_masked_however_short(void **state)
{
    static const char *const formats[] = { "json", "json origins", "text" };

    (void)state;
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_text out = rendered(dockerfile, formats[i]);

        assert_true(scl_str_find(scl_text_str(&out), SCL_S("abc")) == SIZE_MAX);
        assert_true(scl_str_find(scl_text_str(&out), SCL_S("********")) != SIZE_MAX);
        scl_text_finish(&out);
    }
}

static void
text_has_a_line_for_each_value(void **state)
{
    static const char *const lines[] = {
        "Dockerfile: dockerfile, request\n\nbuild\n",
        "\n\nimage final\n",
        "\n  user.raw: 0:5\n",
        "\n  user.is_root: true (derived from user.",
        "\n  working_dir: not known\n",
        "\n  env[2].value: ********\n",
        "\n  stages[2].parent: stages[1]",
        "\n  stages[1].image.base.raw: node",
        "\n  stages[1].image.env[2].value: ********",
        "\n  stages[2].image: image final (derived)\n",
    };
    struct scl_text out = rendered(dockerfile, "text");

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        if (scl_str_find(scl_text_str(&out), scl_str_c(lines[i])) == SIZE_MAX)
            fail_msg("no line %s in\n%s", lines[i], out.at);
    scl_text_finish(&out);
    out = rendered(runtime, "text");
    assert_true(scl_str_find(scl_text_str(&out),
                             SCL_S("\n  resources.pids_limit: no limit (default of oci)\n")) !=
                SIZE_MAX);
    scl_text_finish(&out);
}

static void
a_node_is_told_alone(void **state)
{
    static const struct {
        const char *path, *format, *expected;
    } rows[] = {
        { "user.uid", "json", "0\n" },
        { "env[1]", "json",
          "{ \"name\": \"A\", \"value\": \"b\", \"ref\": null, \"source\": \"literal\" }\n" },
        { "env[2].value", "json", "\"********\"\n" },
        { "labels", "json", "{ \"x.y\": \"a \\\"b\\\"\" }\n" },
        { "labels[x.y]", "json", "\"a \\\"b\\\"\"\n" },
        { "working_dir", "json", "null\n" },
        { "user.raw", "text", "user.raw: 0:5\nDockerfile:5:6\nuser as written\n" },
        { "user.is_root", "text",
          "user.is_root: true\nderived from user.raw, Dockerfile:5:6\n"
          "the first process runs as uid 0\n" },
        { "env[2]", "text", "env[2]: env\nDockerfile:2:21\n" },
        { "user.raw", "markdown", "`user.raw`: `0:5`\n\nuser as written\n\n`Dockerfile:5:6`\n" },
    };
    struct scl_document *document = test_document(dockerfile);
    struct scl_node subject = { document->subjects.at[1].root, SCL_NONE, 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };
        struct scl_node node;

        assert_true(scl_view_find(document->view, subject, scl_str_c(rows[i].path), &node));
        assert_true(scl_node_render(document->view, node, scl_str_c(rows[i].format), &out, NULL));
        check_text(scl_text_str(&out), rows[i].expected, rows[i].path);
        scl_text_finish(&out);
    }
    scl_document_unref(document);
}

static void
unknown_formats_are_refused(void **state)
{
    static const char *const formats[] = { "jso", "yaml", "", "json colour" };
    struct scl_document *document = test_document(dockerfile);

    (void)state;
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_text out = { 0 };
        scantling_error *error = NULL;

        assert_false(scl_view_render(document->view, scl_str_c(formats[i]), &out, &error));
        check_number(error->status, SCANTLING_STATUS_UNSUPPORTED, formats[i]);
        scl_error_free(error);
    }
    scl_document_unref(document);
}

SUITE(CASE(fields_are_nested_as_in_the_schema), CASE(numbers_are_shortest_and_no_limit_is_null),
      CASE(paths_are_listed_by_state), CASE(origins_are_added_where_they_are_asked_for),
      CASE(the_layout_is_that_of_the_page), CASE(a_document_of_no_format_has_its_notes),
      CASE(secrets_are_masked_however_short), CASE(text_has_a_line_for_each_value),
      CASE(a_node_is_told_alone), CASE(unknown_formats_are_refused))
