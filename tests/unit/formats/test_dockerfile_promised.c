/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_promised.c: the image that each stage would promise
 *
 * Whatever a stage says of its image must be what the image says once the stage is the target.
 */
#include "dockerfile_cases.h"

#include "document/document.h"
#include "formats/format.h"

static void
each_stage_has_an_image_of_its_own(void **state)
{
    static const char two[] = "FROM a:1 AS build\nUSER root\nFROM b:1\nUSER app\n";
    static const char line[] =
        "FROM scratch AS x\nENV A=1\nEXPOSE 80\nVOLUME /d\nLABEL l=1\nWORKDIR /w\nCMD [\"c\"]\n"
        "ONBUILD ENV T=1\nFROM x AS y\nENV A=2 B=3\nWORKDIR v\nENTRYPOINT [\"e\"]\nFROM y\n";
    static const struct row rows[] = {
        { two, "build.stages[build].image.user.raw", "root", NULL },
        { two, "build.stages[build].image.user.is_root", "true", NULL },
        { two, "build.stages[build].image.user@", "2:1+9", NULL },
        { two, "build.stages[build].image.user.raw@=", "2:6+4", NULL },
        { two, "build.stages[build].image.name", "build", NULL },
        { two, "build.stages[build].image.base.tag", "1", NULL },
        { two, "build.stages[2].image.user.name", "app", NULL },
        { two, "build.stages[2].image.user.is_root", "false", NULL },
        { two, "build.image.user.name", "app", NULL },
        { two, "image.user.name", "app", NULL },
        { two, "build.stages[1].image.user.raw", "root", "-build" },
        { two, "build.stages[2].image.user.raw", "app", "-build" },
        { two, "build.stages[2].image.name", "-", "-build" },
        { two, "build.stages[2].image.format", "dockerfile", "-build" },
        { two, "build.stages[2].image.resolution", "request", "-build" },
        { line, "build.stages[x].image.env[A].value", "1", NULL },
        { line, "build.stages[x].image.env", "{2}", NULL },
        { line, "build.stages[x].image.exposed_ports", "[80/tcp]", NULL },
        { line, "build.stages[x].image.ports", "{1}", NULL },
        { line, "build.stages[x].image.volumes", "[/d]", NULL },
        { line, "build.stages[x].image.labels", "[l=1]", NULL },
        { line, "build.stages[x].image.working_dir", "/w", NULL },
        { line, "build.stages[x].image.command", "[c]", NULL },
        { line, "build.stages[x].image.entrypoint", "-", NULL },
        { line, "build.stages[x].image.onbuild", "[ENV T=1]", NULL },
        { line, "build.stages[y].image.onbuild", "-", NULL },
        { line, "build.stages[y].image.env", "{4}", NULL },
        { line, "build.stages[y].image.env[A].value", "2", NULL },
        { line, "build.stages[y].image.env[A]@", "10:5+3", NULL },
        { line, "build.stages[y].image.env[T].value", "1", NULL },
        { line, "build.stages[y].image.working_dir", "/w/v", NULL },
        { line, "build.stages[y].image.command", "[]", NULL },
        { line, "build.stages[y].image.entrypoint", "[e]", NULL },
        { line, "build.stages[y].image.labels[l]@", "5:7+3", NULL },
        { line, "build.stages[3].image.env", "{4}", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_nobody_knows_of_a_stage_is_unknown(void **state)
{
    static const char text[] =
        "FROM a:1 AS x\nARG U\nUSER $U\nENV V=$U\nFROM $BASE AS y\nFROM acme/b AS z\nFROM c:1\n";
    static const struct row rows[] = {
        { text, "build.stages[x].image.user.raw", "?", NULL },
        { text, "build.stages[x].image.user.is_root", "?", NULL },
        { text, "build.stages[x].image.user.raw", "web", "U=web" },
        { text, "build.stages[x].image.user.is_root", "false", "U=web" },
        { text, "build.stages[x].image.env[V].value", "?", NULL },
        { text, "build.stages[x].image.env", "{1}+", NULL },
        { text, "build.stages[x].image.exposed_ports", "[]+", NULL },
        { text, "build.stages[x].image.entrypoint", "?", NULL },
        { text, "build.stages[y].image.base.raw", "?", NULL },
        { text, "build.stages[y].image.user.is_root", "?", NULL },
        { text, "build.stages[z].image.user.certainty", "default", NULL },
        { text, "build.stages[z].image.user@", "6:1+16", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

/* Who looks at all of a build meets what is written in it, each once. */
static void
images_of_other_stages_are_met_through_their_stages_alone(void **state)
{
    struct scl_document *document = read_dockerfile(
        "FROM a:1 AS x\nENV A=1\nEXPOSE 80\nFROM x AS y\nENV B=1\nFROM b:1\nENV C=1\n", NULL);

    (void)state;
    check_number(document->subjects.count, 2, "a build and an image");
    check_number(scl_document_by_type(document, 0, SCL_TYPE_ENV).count, 3, "variables of ENV");
    check_number(scl_document_by_type(document, 0, SCL_TYPE_PORT).count, 0, "ports");
    check_number(scl_document_by_type(document, 0, SCL_TYPE_IMAGE).count, 0, "images");
    check_number(scl_document_by_type(document, 1, SCL_TYPE_IMAGE).count, 1, "images");
    scl_document_unref(document);
}

/* ---- the same as that of the target ---- */

static void
write_place(const struct scl_document *document, struct scl_node node, bool of_value,
            struct scl_text *text)
{
    show_place(document, node, of_value, text);
    scl_text_char(text, ' ');
}

/* All of an object, a line a field: values, states and places. */
static void
write_object(const struct scl_document *document, uint32_t object, struct scl_text *text)
{
    const struct scl_type *type = scl_type(scl_document_object(document, object)->type);

    for (unsigned field = type->first; field < (unsigned)type->first + type->count; field++) {
        struct scl_node node = { object, (uint16_t)field, 0 };
        struct scl_reading reading;

        scl_view_read(document->view, node, &reading);
        scl_text_f(text, "%.*s %d ", SCL_ARG(scl_field(field)->path), (int)reading.state);
        show_value(&reading.value, reading.state, text);
        scl_text_char(text, ' ');
        write_place(document, node, false, text);
        write_place(document, node, true, text);
        scl_text_char(text, '\n');
        for (uint32_t i = 0;
             reading.value.kind == SCL_KIND_LIST && i < reading.value.as.list->count; i++)
            if (reading.value.as.list->items[i].kind == SCL_KIND_OBJECT)
                write_object(document, reading.value.as.list->items[i].as.object, text);
    }
}

static struct scl_node
image_of_stage(const struct scl_document *document, const char *stage)
{
    struct scl_node node = { document->subjects.at[0].root, SCL_NONE, 0 };
    char path[64];

    snprintf(path, sizeof path, "stages[%s].image", stage);
    assert_true(scl_view_find(document->view, node, scl_str_c(path), &node));
    return node;
}

static void
check_same(const char *text, const char *stage, const char *target, const char *other)
{
    struct scl_document *aimed = read_dockerfile(text, target);
    struct scl_document *passed = read_dockerfile(text, other);
    struct scl_text expected = { 0 }, actual = { 0 };

    write_object(aimed, aimed->subjects.at[1].root, &expected);
    assert_true(image_of_stage(aimed, stage).object == aimed->subjects.at[1].root);
    assert_true(image_of_stage(passed, stage).object != passed->subjects.at[1].root);
    write_object(passed, image_of_stage(passed, stage).object, &actual);
    check_text(scl_text_str(&actual), expected.at, text);
    scl_text_finish(&expected);
    scl_text_finish(&actual);
    scl_document_unref(aimed);
    scl_document_unref(passed);
}

static void
it_is_what_the_image_is_once_the_stage_is_the_target(void **state)
{
    static const char *const texts[] = {
        "FROM a:1 AS x\nUSER app\nFROM y\n",
        "FROM scratch AS x\nENV A=1 B=$A\nENV A=2\nLABEL a=1\nLABEL a=2 b=\"$A\"\n",
        "ARG T\nFROM a:$T AS x\nUSER $T\nWORKDIR $T\nEXPOSE $T 80-83/udp\nVOLUME $T /a /a\n",
        "FROM --platform=windows/amd64 a:1 AS x\nCMD run\nENV PATH=c:\\\\\n",
        "FROM --platform=linux/arm64/v8 alpine:3.22 AS x\nENTRYPOINT run\nSTOPSIGNAL 9\n",
        "FROM a:1 AS w\nCMD [\"a\"]\nONBUILD USER 7:8\nFROM w AS x\nENTRYPOINT [\"b\"]\n",
        "FROM debian:13 AS x\nSHELL [\"/bin/bash\", \"-c\"]\nCMD it\nHEALTHCHECK CMD true\n",
        "FROM debian:13 AS x\nHEALTHCHECK NONE\nMAINTAINER me\nONBUILD RUN true\nUSER ''\n",
        "FROM postgres:17 AS x\nUSER \"$\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct scl_text text = { 0 };

        scl_text_f(&text, "%s\nFROM other:1 AS other\nUSER other\n", texts[i]);
        check_same(text.at, "x", "-x", "-other");
        scl_text_finish(&text);
    }
    check_same(scl_format_dockerfile.tour, "build", "-build", NULL);
}

/* ---- limits ---- */

static void
stages_that_build_on_each_other_too_often_have_unknown_images(void **state)
{
    enum { STAGES = 1000 };
    struct scl_text text = { 0 };
    struct scl_document *document;
    struct scl_reading reading;
    uint32_t notes = 0;

    (void)state;
    scl_text_c(&text, "FROM scratch AS s0\n");
    for (unsigned i = 1; i < STAGES; i++)
        scl_text_f(&text, "FROM s%u AS s%u\nENV A%u=1\n", i - 1, i, i);
    document = read_dockerfile(text.at, NULL);
    scl_view_read(document->view, image_of_stage(document, "s9"), &reading);
    assert_int_equal(reading.state, SCANTLING_STATE_DECLARED);
    scl_view_read(document->view, image_of_stage(document, "s998"), &reading);
    assert_int_equal(reading.state, SCANTLING_STATE_UNKNOWN);
    assert_true(image_of_stage(document, "s999").object == document->subjects.at[1].root);
    for (uint32_t i = 0; i < document->notes.list.count; i++)
        notes += scl_str_starts(document->notes.list.at[i].message,
                                SCL_S("stages build on each other too often"));
    check_number(notes, 1, "notes of it");
    scl_document_unref(document);
    scl_text_finish(&text);
}

static void
ranges_of_ports_are_bounded_over_all_stages(void **state)
{
    struct scl_text text = { 0 };
    struct scl_document *document;
    struct scl_reading reading;
    struct scl_node ports;

    (void)state;
    for (unsigned i = 0; i < 5; i++)
        scl_text_f(&text, "FROM scratch AS s%u\nEXPOSE 1-65000\n", i);
    document = read_dockerfile(text.at, NULL);
    ports = (struct scl_node){ image_of_stage(document, "s0").object, SCL_IMAGE_PORTS, 0 };
    scl_view_read(document->view, ports, &reading);
    check_number(reading.value.as.list->count, 65000, "ports of the first");
    assert_false(reading.value.flags & SCL_VALUE_OPEN);
    ports.object = image_of_stage(document, "s3").object;
    scl_view_read(document->view, ports, &reading);
    check_number(reading.value.as.list->count, 0, "ports of the fourth");
    assert_true(reading.value.flags & SCL_VALUE_OPEN);
    ports.object = image_of_stage(document, "s4").object;
    scl_view_read(document->view, ports, &reading);
    check_number(reading.value.as.list->count, 65000, "ports of the target");
    scl_document_unref(document);
    scl_text_finish(&text);
}

SUITE(
    CASE(each_stage_has_an_image_of_its_own),
    CASE(what_nobody_knows_of_a_stage_is_unknown),
    CASE(images_of_other_stages_are_met_through_their_stages_alone),
    CASE(it_is_what_the_image_is_once_the_stage_is_the_target),
    CASE(stages_that_build_on_each_other_too_often_have_unknown_images),
    CASE(ranges_of_ports_are_bounded_over_all_stages))
