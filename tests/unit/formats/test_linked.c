/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_linked.c: containers read with the images that they are of
 */
#include "dockerfile_cases.h"

struct linked_row {
    const char *image, *container; /* the configuration of b:1, and the keys of a service of it */
    const char *path, *expected;
};

static struct scl_document *
read_text(const char *name, const char *text)
{
    struct scl_input input = { .name = scl_str_c(name), .text = scl_str_c(text) };
    struct scl_document *document = scl_read(&input);

    assert_non_null(document);
    assert_true(document->subjects.count > 0);
    return document;
}

static struct scl_document *
read_linked(const struct linked_row *row, struct scl_document **ret_image)
{
    struct scl_text text = { 0 };
    struct scl_document *alone, *document;
    struct scl_base base = { .reference = SCL_S("b:1") };

    scl_text_f(&text, "[{\"Id\": \"sha256:00\", \"RootFS\": {}, \"Config\": {%s}}]", row->image);
    *ret_image = read_text("base.json", scl_text_str(&text).at);
    scl_text_clear(&text);
    scl_text_f(&text, "services: {a: {image: 'b:1'%s}}", row->container);
    alone = read_text("compose.yaml", scl_text_str(&text).at);
    base.document = *ret_image;
    base.image = (*ret_image)->subjects.at[0].root;
    document = scl_read_with_bases(alone, &base, 1);
    assert_non_null(document);
    scl_document_unref(alone);
    scl_text_finish(&text);
    return document;
}

static void
check_linked(const struct linked_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_document *image, *document = read_linked(&rows[i], &image);
        struct scl_text text = { 0 }, why = { 0 };

        show(document, scl_str_c(rows[i].path), &text);
        scl_text_f(&why, "row %u: %s of %s over %s", (unsigned)i, rows[i].path, rows[i].container,
                   rows[i].image);
        check_text(scl_text_str(&text), rows[i].expected, why.at);
        scl_text_finish(&text);
        scl_text_finish(&why);
        scl_document_unref(document);
        scl_document_unref(image);
    }
}

static void
a_container_starts_as_its_image_says(void **state)
{
    static const struct linked_row rows[] = {
        { "\"User\": \"app\"", "", "container.user.name", "app" },
        { "\"User\": \"app\"", "", "container.user.is_root", "false" },
        { "\"User\": \"\"", "", "container.user.is_root", "true" },
        { "", "", "container.user.is_root", "true" },
        { "\"User\": \"app\"", ", user: '7'", "container.user.uid", "7" },
        { "\"User\": \"app\"", ", user: '7'", "container.user.name", "-" },
        { "\"WorkingDir\": \"/w\"", "", "container.working_dir", "/w" },
        { "\"WorkingDir\": \"/w\"", ", working_dir: /v", "container.working_dir", "/v" },
        { "\"StopSignal\": \"SIGINT\"", "", "container.stop_signal", "SIGINT" },
    };

    (void)state;
    check_linked(rows, COUNT(rows));
}

static void
an_entrypoint_takes_the_command_of_the_image_away(void **state)
{
    static const struct linked_row rows[] = {
        { "\"Entrypoint\": [\"e\"], \"Cmd\": [\"c\"]", "", "container.entrypoint", "[e]" },
        { "\"Entrypoint\": [\"e\"], \"Cmd\": [\"c\"]", "", "container.command", "[c]" },
        { "\"Entrypoint\": [\"e\"], \"Cmd\": [\"c\"]", ", command: [d]", "container.entrypoint",
          "[e]" },
        { "\"Entrypoint\": [\"e\"], \"Cmd\": [\"c\"]", ", command: [d]", "container.command",
          "[d]" },
        { "\"Entrypoint\": [\"e\"], \"Cmd\": [\"c\"]", ", entrypoint: [f]", "container.command",
          "-" },
    };

    (void)state;
    check_linked(rows, COUNT(rows));
}

static void
its_variables_are_added_to_those_of_the_container(void **state)
{
    static const struct linked_row rows[] = {
        { "\"Env\": [\"A=1\", \"B=2\"]", ", environment: {B: '3'}", "container.env", "{2}" },
        { "\"Env\": [\"A=1\", \"B=2\"]", ", environment: {B: '3'}", "container.env[B].value", "3" },
        { "\"Env\": [\"A=1\", \"B=2\"]", ", environment: {B: '3'}", "container.env[A].value", "1" },
    };

    (void)state;
    check_linked(rows, COUNT(rows));
}

static void
the_health_check_of_the_image_counts_where_there_is_no_other(void **state)
{
    static const char health[] = "\"Healthcheck\": {\"Test\": [\"CMD\", \"x\"]}";
    const struct linked_row rows[] = {
        { health, "", "container.healthcheck.declared", "true" },
        { health, "", "container.healthcheck.test", "[CMD, x]" },
        { health, ", healthcheck: {disable: true}", "container.healthcheck.disabled", "true" },
    };

    (void)state;
    check_linked(rows, COUNT(rows));
}

static void
what_the_image_says_is_linked_and_has_its_place_there(void **state)
{
    static const struct linked_row row = { "\"User\": \"app\"", "", "", "" };
    struct scl_document *image, *document = read_linked(&row, &image);
    struct scl_node node = { document->subjects.at[0].root, SCL_CONTAINER_USER_RAW, 0 };
    struct scl_reading reading;
    struct scl_origin origin;
    bool is_exact;

    (void)state;
    scl_view_read(document->view, node, &reading);
    assert_int_equal(reading.state, SCANTLING_STATE_LINKED);
    origin = scl_view_place(document->view, node, true, &is_exact);
    assert_true(is_exact);
    check_text(scl_source_text(&document->files[origin.file], origin.place), "\"app\"", "value");
    check_text(document->files[origin.file].name, "base.json", "file");
    origin = scl_view_place(document->view, node, false, &is_exact);
    assert_false(is_exact);
    assert_int_equal(origin.file, 0);
    scl_document_unref(document);
    scl_document_unref(image);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_container_starts_as_its_image_says),
        cmocka_unit_test(an_entrypoint_takes_the_command_of_the_image_away),
        cmocka_unit_test(its_variables_are_added_to_those_of_the_container),
        cmocka_unit_test(the_health_check_of_the_image_counts_where_there_is_no_other),
        cmocka_unit_test(what_the_image_says_is_linked_and_has_its_place_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
