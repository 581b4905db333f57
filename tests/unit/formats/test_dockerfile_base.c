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
        struct scl_base base = { .reference = SCL_S("b:1"), .document = image,
                                 .image = image->subjects.at[0].root };
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
        { BASE_OF("\"Shell\": [\"/bin/bash\", \"-c\"]"), "FROM b:1\nCMD a b\n", "image.command",
          "[/bin/bash, -c, a b]" },
        { BASE_OF("\"Shell\": [\"/bin/bash\", \"-c\"]"), "FROM b:1\nSHELL [\"x\"]\nCMD a\n",
          "image.command", "[x, a]" },
        { BASE_OF("\"Shell\": []"), "FROM b:1\nCMD a\n", "image.command", "[/bin/sh, -c, a]" },
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

#define TRIGGERS(list) BASE_OF("\"User\": \"app\", \"OnBuild\": [" list "]")

static void
triggers_of_the_image_run_where_the_stage_starts(void **state)
{
    static const char line[] = "FROM b:1 AS one\nRUN x\nFROM one\nRUN y\n";
    static const struct based rows[] = {
        { TRIGGERS("\"USER root\""), "FROM b:1\n", "image.user.raw", "root" },
        { TRIGGERS("\"USER root\""), "FROM b:1\nUSER web\n", "image.user.raw", "web" },
        { TRIGGERS("\"USER a\", \"USER c\""), "FROM b:1\n", "image.user.raw", "c" },
        { TRIGGERS("\"USER root\""), "FROM b:1\nRUN x\n", "build.instructions[3].scope.user",
          "root" },
        { TRIGGERS("\"user $U\""), "FROM b:1\n", "image.user.raw", "" },
        { TRIGGERS("\"ENV A=1\", \"ENV B=$A\""), "FROM b:1\n", "image.env[B].value", "1" },
        { TRIGGERS("\"ARG V=2\", \"ENV B=$V\""), "FROM b:1\n", "image.env[B].value", "2" },
        { TRIGGERS("\"LABEL \\\"a b\\\"='c\\\\u0020d'\""), "FROM b:1\n", "image.labels",
          "[a b=c\\u0020d]" },
        { TRIGGERS("\"WORKDIR /w\", \"CMD [\\\"a\\\", \\\"b\\\"]\""), "FROM b:1\n",
          "image.command", "[a, b]" },
        { TRIGGERS("\"RUN a \\u0026\\u0026 b\""), "FROM b:1\nRUN c\n", "build.commands[2].name",
          "b" },
        { TRIGGERS("\"RUN a \\u0026\\u0026 b\""), "FROM b:1\nRUN c\n", "build.commands[3].name",
          "c" },
        { TRIGGERS("\"RUN <<E\\nmake all\\nE\""), "FROM b:1\n", "build.commands[1].name",
          "make" },
        { TRIGGERS("\"COPY <<E /f\\nhello\\nE\""), "FROM b:1\n",
          "build.instructions[2].heredocs[1].text", "hello\n" },
        { TRIGGERS("\"COPY --from=x /a /b\""), "FROM a:1 AS x\nFROM b:1\n",
          "build.stages[1].contributes", "true" },
        /* Once: whoever is built on it in turn does without. */
        { TRIGGERS("\"RUN t\""), line, "build.stages[1].instructions", "{3}" },
        { TRIGGERS("\"RUN t\""), line, "build.stages[2].instructions", "{2}" },
        { TRIGGERS("\"RUN t\""), line, "build.commands", "{3}" },
        { TRIGGERS("\"RUN t\""), line, "image.onbuild", "-" },
        { TRIGGERS("\"RUN t\""), "FROM b:1\nFROM b:1\n", "build.commands", "{2}" },
        { TRIGGERS("\"RUN t\""), "FROM other:1\n", "build.commands", "-" },
        { TRIGGERS("\"USER root\""), "FROM b:1 AS x\nFROM a:1\n",
          "build.stages[x].image.user.raw", "root" },
    };

    (void)state;
    check_based(rows, COUNT(rows));
}

static void
what_is_no_trigger_is_said_at_the_from(void **state)
{
    static const struct based rows[] = {
        { TRIGGERS("\"FROM x:1\""), "FROM b:1\n", "notes", "FROM cannot be triggered by ONBUILD" },
        { TRIGGERS("\"MAINTAINER x\""), "FROM b:1\n", "notes",
          "MAINTAINER cannot be triggered by ONBUILD" },
        { TRIGGERS("\"ONBUILD RUN x\""), "FROM b:1\n", "notes",
          "ONBUILD cannot be triggered by ONBUILD" },
        { TRIGGERS("\"RUNN x\""), "FROM b:1\n", "notes", "unknown instruction RUNN" },
        { TRIGGERS("\"RUN x\\nRUN y\""), "FROM b:1\n", "notes",
          "a trigger of the image is not one instruction" },
        { TRIGGERS("\"\""), "FROM b:1\n", "notes", "ONBUILD has no argument" },
        { TRIGGERS("\"RUN --mount=type=x true\", \"USER u\""), "FROM b:1\n", "image.user.raw",
          "u" },
        { TRIGGERS("\"FROM x:1\", \"USER u\""), "FROM b:1\n", "image.user.raw", "u" },
    };
    struct scl_document *image = read_image(TRIGGERS("\"RUNN x\", \"RUN\\nCMD\""));
    struct scl_document *alone = read_dockerfile("# c\nFROM b:1\nRUN a\n", NULL);
    struct scl_base base = { .reference = SCL_S("b:1"), .document = image,
                             .image = image->subjects.at[0].root };
    struct scl_document *document = scl_read_with_bases(alone, &base, 1);

    (void)state;
    check_based(rows, COUNT(rows));
    assert_int_equal(document->notes.list.count, 2);
    for (uint32_t i = 0; i < document->notes.list.count; i++) {
        assert_int_equal(document->notes.list.at[i].file, 0);
        assert_int_equal(document->notes.list.at[i].span.offset, 4);
        assert_int_equal(document->notes.list.at[i].span.length, 8);
    }
    scl_document_unref(document);
    scl_document_unref(alone);
    scl_document_unref(image);
}

static void
check_written(const struct scl_document *document, const char *path, const char *written,
              const char *file, const char *said)
{
    struct scl_node node = { document->subjects.at[0].root, SCL_NONE, 0 };
    struct scl_origin place, value;

    assert_true(scl_view_find(document->view, node, scl_str_c(path), &node));
    check_text(scl_view_written(document->view, node), written, path);
    place = scl_view_place(document->view, node, false, NULL);
    assert_int_equal(place.file, 0);
    check_text(scl_source_text(document->files, place.place), "FROM b:1", path);
    value = scl_view_place(document->view, node, true, NULL);
    check_text(document->files[value.file].name, file, path);
    check_text(scl_source_text(&document->files[value.file], value.place), said, path);
}

/* What a finding covers is the FROM, its evidence where the image says it, and its text the one
 * that nobody else has. */
static void
what_a_trigger_says_has_a_place_in_both_documents(void **state)
{
    static const char said[] = "\"RUN  make \\u0026\\u0026 x\"";
    struct scl_document *image = read_image(TRIGGERS("\"RUN  make \\u0026\\u0026 x\""));
    struct scl_document *alone = read_dockerfile("FROM b:1\n", NULL);
    struct scl_base base = { .reference = SCL_S("b:1"), .document = image,
                             .image = image->subjects.at[0].root };
    struct scl_document *document = scl_read_with_bases(alone, &base, 1);
    struct scl_node node = { document->subjects.at[0].root, SCL_NONE, 0 };
    struct scl_reading reading;

    (void)state;
    check_written(document, "instructions[2]", "make && x", "base.json", said);
    check_written(document, "instructions[2].name", "RUN", "base.json", said);
    check_written(document, "commands[2]", "x", "base.json", said);
    check_written(document, "commands[1].name", "make", "base.json", said);
    assert_true(scl_view_find(document->view, node, SCL_S("instructions[2].name"), &node));
    scl_view_read(document->view, node, &reading);
    assert_int_equal(reading.state, SCANTLING_STATE_LINKED);
    scl_document_unref(document);
    scl_document_unref(alone);
    scl_document_unref(image);
}

/* Each counts by its length: ten thousand, or fewer that are long. */
static void
triggers_run_so_often_and_no_more(void **state)
{
    static const char often[] = "triggers of ONBUILD run too often to be followed";
    struct scl_text many = { 0 }, image = { 0 };
    struct based rows[] = {
        { NULL, NULL, "notes", often },
        { NULL, "FROM b:1\n", "notes", "" },
        { NULL, "FROM b:1\nFROM b:1\n", "notes", often },
    };

    (void)state;
    for (unsigned i = 0; i < 10001; i++)
        scl_text_c(&many, "FROM b:1\n");
    scl_text_c(&image, "[{\"Id\": \"sha256:00\", \"RootFS\": {}, "
                       "\"Config\": {\"OnBuild\": [\"RUN ");
    for (unsigned i = 0; i < 6000; i++)
        scl_text_c(&image, "a line that is as long as what counts for one more repetition \\\\\\n");
    scl_text_c(&image, "\"]}}]");
    rows[0].image = TRIGGERS("\"USER u\"");
    rows[0].text = many.at;
    rows[1].image = rows[2].image = image.at;
    check_based(rows, COUNT(rows));
    scl_text_finish(&many);
    scl_text_finish(&image);
}

SUITE(
    CASE(what_no_instruction_says_is_what_the_image_says),
    CASE(lists_and_maps_come_together_and_are_closed),
    CASE(instructions_see_its_variables_user_and_folder),
    CASE(triggers_of_the_image_run_where_the_stage_starts),
    CASE(what_is_no_trigger_is_said_at_the_from),
    CASE(what_a_trigger_says_has_a_place_in_both_documents),
    CASE(triggers_run_so_often_and_no_more))
