/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_base.c: Dockerfiles read with the images that they build on
 */
#include "dockerfile_cases.h"

#define BASE_OF(config) \
    "[{\"Id\": \"sha256:00\", \"RootFS\": {}, \"Config\": {" config "}}]"

struct based {
    const char *image, *text, *path, *expected;
};

static struct scl_document *
read_image(const char *text)
{
    struct scl_input input = { .name = SCL_S("base.json"), .text = scl_str_c(text) };
    struct scl_document *document = scl_read(&input);

    assert_non_null(document);
    assert_int_equal(document->subjects.count, 1);
    return document;
}

/* The image is called `b:1`. */
static void
check_based(const struct based *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_document *image = read_image(rows[i].image);
        struct scl_document *alone = read_dockerfile(rows[i].text, NULL);
        struct scl_base base = { SCL_S("b:1"), image, image->subjects.at[0].root };
        struct scl_document *document = scl_read_with_bases(alone, &base, 1);
        struct scl_text text = { 0 }, why = { 0 };

        assert_non_null(document);
        show(document, scl_str_c(rows[i].path), &text);
        scl_text_f(&why, "row %u: %s of\n%s", (unsigned)i, rows[i].path, rows[i].text);
        check_text(scl_text_str(&text), rows[i].expected, why.at);
        scl_text_finish(&text);
        scl_text_finish(&why);
        scl_document_unref(document);
        scl_document_unref(alone);
        scl_document_unref(image);
    }
}

static void
what_no_instruction_says_is_what_the_image_says(void **state)
{
    static const struct based rows[] = {
        { BASE_OF("\"User\": \"app\""), "FROM b:1\n", "image.user.name", "app" },
        { BASE_OF("\"User\": \"app\""), "FROM b:1\nUSER 7\n", "image.user.uid", "7" },
        { BASE_OF("\"User\": \"app\""), "FROM b:1\n", "image.user.is_root", "false" },
        { BASE_OF("\"User\": \"\""), "FROM b:1\n", "image.user.is_root", "true" },
        { BASE_OF(""), "FROM b:1\n", "image.user.is_root", "true" },
        { BASE_OF("\"WorkingDir\": \"/w\""), "FROM b:1\n", "image.working_dir", "/w" },
        { BASE_OF("\"WorkingDir\": \"/w\""), "FROM b:1\nWORKDIR v\n", "image.working_dir",
          "/w/v" },
        { BASE_OF("\"Cmd\": [\"a\", \"b\"]"), "FROM b:1\n", "image.command", "[a, b]" },
        { BASE_OF("\"Cmd\": [\"a\", \"b\"]"), "FROM b:1\nENTRYPOINT [\"c\"]\n", "image.command",
          "[]" },
        { BASE_OF("\"Entrypoint\": [\"a\"]"), "FROM b:1\nCMD [\"c\"]\n", "image.entrypoint",
          "[a]" },
        { BASE_OF("\"StopSignal\": \"SIGINT\""), "FROM b:1\n", "image.stop_signal", "SIGINT" },
        { BASE_OF("\"Healthcheck\": {\"Test\": [\"CMD\", \"x\"]}"), "FROM b:1\n",
          "image.healthcheck.declared", "true" },
        { BASE_OF(""), "FROM b:1\n", "image.stop_signal", "-" },
        { BASE_OF("\"User\": \"app\""), "FROM other:1\n", "image.user.name", "-" },
    };

    (void)state;
    check_based(rows, COUNT(rows));
}

static void
lists_and_maps_come_together_and_are_closed(void **state)
{
    static const struct based rows[] = {
        { BASE_OF("\"Labels\": {\"a\": \"1\", \"b\": \"2\"}"), "FROM b:1\nLABEL b=3 c=4\n",
          "image.labels", "[a=1, b=3, c=4]" },
        { BASE_OF("\"ExposedPorts\": {\"22/tcp\": {}}"), "FROM b:1\nEXPOSE 22 80\n",
          "image.exposed_ports", "[22/tcp, 80/tcp]" },
        { BASE_OF("\"ExposedPorts\": {\"22/tcp\": {}}"), "FROM b:1\nEXPOSE 22 80\n", "image.ports",
          "{2}" },
        { BASE_OF("\"Volumes\": {\"/a\": {}}"), "FROM b:1\nVOLUME /a /c\n", "image.volumes",
          "[/a, /c]" },
        { BASE_OF("\"Env\": [\"A=1\", \"B=2\"]"), "FROM b:1\nENV B=3\n", "image.env", "{2}" },
        { BASE_OF("\"Env\": [\"A=1\", \"B=2\"]"), "FROM b:1\nENV B=3\n", "image.env[B].value",
          "3" },
        { BASE_OF("\"Env\": [\"A=1\"]"), "FROM b:1\n", "image.env[A].source", "image" },
    };

    (void)state;
    check_based(rows, COUNT(rows));
}

static void
instructions_see_its_variables_user_and_folder(void **state)
{
    static const struct based rows[] = {
        { BASE_OF("\"Env\": [\"A=1\"]"), "FROM b:1\nENV C=x$A\n", "image.env[C].value", "x1" },
        { BASE_OF("\"Env\": [\"A=1\"]"), "FROM b:1\nENV C=x$B\n", "image.env[C].value", "x" },
        { BASE_OF("\"Env\": [\"A=1\"]"), "FROM b:1 AS one\nFROM one\nENV C=x$A\n",
          "image.env[C].value", "x1" },
        { BASE_OF("\"User\": \"app\""), "FROM b:1\nRUN x\n", "build.instructions[2].scope.user",
          "app" },
        { BASE_OF(""), "FROM b:1\nRUN x\n", "build.instructions[2].scope.user", "root" },
        { BASE_OF("\"WorkingDir\": \"/w\""), "FROM b:1\nCOPY x y\n",
          "build.instructions[2].additions[1].path", "/w/y" },
    };

    (void)state;
    check_based(rows, COUNT(rows));
}

static void
an_image_with_triggers_counts_as_not_given(void **state)
{
    static const struct based rows[] = {
        { BASE_OF("\"User\": \"app\", \"OnBuild\": [\"USER root\"]"), "FROM b:1\n",
          "image.user.name", "-" },
    };

    (void)state;
    check_based(rows, COUNT(rows));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_instruction_says_is_what_the_image_says),
        cmocka_unit_test(lists_and_maps_come_together_and_are_closed),
        cmocka_unit_test(instructions_see_its_variables_user_and_folder),
        cmocka_unit_test(an_image_with_triggers_counts_as_not_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
