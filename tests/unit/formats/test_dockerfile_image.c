/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_image.c: the image that a Dockerfile promises
 */
#include "dockerfile_cases.h"

static void
the_last_user_of_the_chain_counts(void **state)
{
    static const struct row rows[] = {
        { "FROM debian:12\nUSER app\n", "image.user.raw", "app", NULL },
        { "FROM debian:12\nUSER app\n", "image.user.is_root", "false", NULL },
        { "FROM debian:12\nUSER app\n", "image.user@", "2:1+8", NULL },
        { "FROM debian:12\nUSER app\n", "image.user.raw@=", "2:6+3", NULL },
        { "FROM debian:12\nUSER app\nUSER 0:7\n", "image.user.uid", "0", NULL },
        { "FROM debian:12\nUSER app\nUSER 0:7\n", "image.user.gid", "7", NULL },
        { "FROM debian:12\nUSER app\nUSER 0:7\n", "image.user.is_root", "true", NULL },
        { "FROM a:1 AS x\nUSER app\nFROM x\n", "image.user.raw", "app", NULL },
        { "FROM a:1 AS x\nUSER app\nFROM x\n", "image.user@", "2:1+8", NULL },
        { "FROM a:1 AS x\nUSER app\nFROM b:1\n", "image.user.raw", "-", NULL },
        { "FROM a:1 AS x\nUSER app\nFROM b:1\n", "image.user@", "3:1+8", NULL },
        { "FROM acme/base:1\n", "image.user.certainty", "default", NULL },
        { "FROM scratch\n", "image.user.certainty", "image", NULL },
        { "FROM scratch\n", "image.user.is_root", "true", NULL },
        { "FROM a:1\nARG U\nUSER $U\n", "image.user.raw", "?", NULL },
        { "FROM a:1\nARG U\nUSER $U\n", "image.user.is_root", "?", NULL },
        { "FROM a:1\nARG U\nUSER $U\n", "image.user.raw", "web", "U=web" },
        { "FROM a:1\nARG U=app\nUSER ${U}:1\n", "image.user.raw", "app:1", NULL },
        { "FROM scratch\nUSER $UNSET\n", "image.user.raw", "", NULL },
        { "FROM postgres:17\nARG U=\nUSER $U\n", "image.user.is_root", "true", NULL },
        { "FROM a:1\nUSER \"app\"\n", "image.user.raw", "app", NULL },
        { "FROM a:1\nONBUILD USER root\nUSER app\n", "image.user.raw", "app", NULL },
        { "FROM a:1 AS x\nONBUILD USER trigger\nFROM x\n", "image.user.raw", "trigger", NULL },
        { "FROM a:1 AS x\nONBUILD USER no\nFROM x AS y\nUSER u\nFROM y\n", "image.user.raw", "u",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
variables_are_those_of_the_chain(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nENV A=1 B=\"x y\"\n", "image.env", "{2}+", NULL },
        { "FROM a:1\nENV A=1 B=\"x y\"\n", "image.env[B].value", "x y", NULL },
        { "FROM a:1\nENV A=1 B=\"x y\"\n", "image.env[2]@", "2:9+7", NULL },
        { "FROM a:1\nENV A=1 B=\"x y\"\n", "image.env[2].value@=", "2:11+5", NULL },
        { "FROM a:1\nENV A=1 B=\"x y\"\n", "image.env[2].name@=", "2:9+1", NULL },
        { "FROM a:1\nENV A=1\nENV B=2\nENV A=3\n", "image.env[1].value", "3", NULL },
        { "FROM a:1\nENV A=1\nENV B=2\nENV A=3\n", "image.env[1]@", "4:5+3", NULL },
        { "FROM scratch\nENV A=1\n", "image.env", "{2}", NULL },
        { "FROM scratch\nENV A=1\n", "image.env[PATH].value",
          "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL },
        { "FROM scratch\nENV A=1\n", "image.env[PATH].source", "image", NULL },
        { "FROM scratch\nENV PATH=/x:$PATH\n", "image.env[1].value",
          "/x:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL },
        { "FROM a:1\nENV PATH=/x:$PATH\n", "image.env[PATH].value", "?", NULL },
        { "FROM a:1\nENV A legacy value\n", "image.env[A].value", "legacy value", NULL },
        { "FROM a:1\nENV A=1\n", "image.env[A].source", "literal", NULL },
        { "FROM a:1\nARG A=1\n", "image.env", "[]+", NULL },
        { "FROM scratch AS x\nENV A=1\nFROM x\nENV B=$A\n", "image.env[B].value", "1", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
entrypoint_and_command_follow_one_another(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCMD [\"a\", \"b\"]\n", "image.command", "[a, b]", NULL },
        { "FROM a:1\nCMD [\"a\", \"b\"]\n", "image.entrypoint", "?", NULL },
        { "FROM scratch\nCMD [\"a\"]\n", "image.entrypoint", "-", NULL },
        { "FROM a:1\nCMD a b\n", "image.command", "[/bin/sh, -c, a b]", NULL },
        { "FROM a:1\nCMD a b\n", "image.command@", "2:1+7", NULL },
        { "FROM a:1\nENTRYPOINT [\"e\"]\n", "image.command", "[]", NULL },
        { "FROM a:1\nCMD [\"c\"]\nENTRYPOINT [\"e\"]\n", "image.command", "[c]", NULL },
        { "FROM a:1 AS x\nCMD [\"c\"]\nFROM x\nENTRYPOINT [\"e\"]\n", "image.command", "[]", NULL },
        { "FROM a:1 AS x\nENTRYPOINT [\"e\"]\nFROM x\nCMD [\"c\"]\n", "image.entrypoint", "[e]",
          NULL },
        { "FROM a:1\nENTRYPOINT []\n", "image.entrypoint", "[]", NULL },
        { "FROM a:1\nSHELL [\"/bin/bash\", \"-ec\"]\nCMD x\n", "image.command",
          "[/bin/bash, -ec, x]", NULL },
        { "FROM a:1\nCMD x\nSHELL [\"/bin/bash\", \"-ec\"]\n", "image.command", "[/bin/sh, -c, x]",
          NULL },
        { "FROM a:1\nSHELL [\"/bin/bash\", \"-ec\"]\n", "image.shell", "[/bin/bash, -ec]", NULL },
        { "FROM a:1\n", "image.shell", "?", NULL },
        { "FROM scratch\n", "image.shell", "-", NULL },
        { "FROM --platform=windows/amd64 a:1\nCMD x\n", "image.command", "[cmd, /S, /C, x]", NULL },
        { "FROM a:1\nCMD [\"$X\"]\n", "image.command", "[$X]", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
folders_are_joined_where_they_are_known(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nWORKDIR /a/./b/\n", "image.working_dir", "/a/./b/", NULL },
        { "FROM a:1\nWORKDIR /a\nWORKDIR b\n", "image.working_dir", "/a/b", NULL },
        { "FROM a:1\nWORKDIR b\n", "image.working_dir", "?", NULL },
        { "FROM a:1\n", "image.working_dir", "?", NULL },
        { "FROM scratch\n", "image.working_dir", "/", NULL },
        { "FROM scratch\nWORKDIR b\n", "image.working_dir", "/b", NULL },
        { "FROM a:1\nENV D=/d\nWORKDIR $D/e\n", "image.working_dir", "/d/e", NULL },
        { "FROM a:1\nENV D=/d\nWORKDIR $D/e\n", "image.working_dir@", "3:1+12", NULL },
        { "FROM --platform=windows/amd64 a:1\nWORKDIR c:/a\nWORKDIR b\n", "image.working_dir",
          "\\a\\b", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_comes_together_is_open_over_an_image(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nLABEL a=b c=\"d e\"\n", "image.labels", "[a=b, c=d e]+", NULL },
        { "FROM a:1\nLABEL a=b\nLABEL a=c\n", "image.labels[a]", "c", NULL },
        { "FROM a:1\nLABEL a=b\nLABEL a=c\n", "image.labels[a]@", "3:7+3", NULL },
        { "FROM scratch\nLABEL a=b\n", "image.labels", "[a=b]", NULL },
        { "FROM a:1\nARG V\nLABEL a=$V\n", "image.labels[a]", "?", NULL },
        { "FROM a:1\nEXPOSE 80 443/UDP\n", "image.exposed_ports", "[80/tcp, 443/udp]+", NULL },
        { "FROM scratch\nEXPOSE 80\nEXPOSE 80/tcp 79-81\n", "image.exposed_ports",
          "[80/tcp, 79/tcp, 81/tcp]", NULL },
        { "FROM scratch\nENV P=\"1 2\"\nEXPOSE $P\n", "image.exposed_ports", "[1/tcp, 2/tcp]",
          NULL },
        { "FROM a:1\nARG P\nEXPOSE $P 5\n", "image.exposed_ports", "[?, 5/tcp]+", NULL },
        { "FROM scratch\nVOLUME /a /b\nVOLUME [\"/a\", \"/c d\"]\n", "image.volumes",
          "[/a, /b, /c d]", NULL },
        { "FROM a:1\n", "image.volumes", "[]+", NULL },
        { "FROM a:1 AS x\nONBUILD RUN a\nFROM x\nONBUILD   RUN b\n", "image.onbuild", "[RUN b]",
          NULL },
        { "FROM a:1\n", "image.onbuild", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
single_values_are_the_last_ones(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nSTOPSIGNAL SIGQUIT\n", "image.stop_signal", "SIGQUIT", NULL },
        { "FROM a:1\n", "image.stop_signal", "?", NULL },
        { "FROM scratch\n", "image.stop_signal", "-", NULL },
        { "FROM a:1\nMAINTAINER a b\n", "image.author", "a b", NULL },
        { "FROM a:1\nHEALTHCHECK CMD curl -f x\n", "image.healthcheck.test",
          "[CMD-SHELL, curl -f x]", NULL },
        { "FROM a:1\nHEALTHCHECK CMD [\"a\", \"b\"]\n", "image.healthcheck.test", "[CMD, a, b]",
          NULL },
        { "FROM a:1\nHEALTHCHECK CMD a\n", "image.healthcheck.declared", "true", NULL },
        { "FROM a:1\nHEALTHCHECK CMD a\nHEALTHCHECK NONE\n", "image.healthcheck.declared", "false",
          NULL },
        { "FROM a:1\nHEALTHCHECK NONE\n", "image.healthcheck.disabled", "true", NULL },
        { "FROM a:1\n", "image.healthcheck.declared", "false", NULL },
        { "FROM example.org/a:1\n", "image.healthcheck.declared", "?", NULL },
        { "FROM gcr.io/distroless/static\n", "image.healthcheck.disabled", "false", NULL },
        { "FROM scratch\n", "image.healthcheck.declared", "-", NULL },
        { "FROM --platform=linux/arm64/v8 a:1\n", "image.architecture", "arm64", NULL },
        { "FROM --platform=linux/arm64/v8 a:1\n", "image.variant", "v8", NULL },
        { "FROM a:1\n", "image.os", "?", NULL },
        { "FROM --platform=$BUILDPLATFORM a:1\n", "image.os", "?", NULL },
        { "FROM mcr.microsoft.com/windows/servercore:ltsc2022\n", "image.os", "windows", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
the_base_is_what_the_chain_starts_from(void **state)
{
    static const struct row rows[] = {
        { "ARG V=13\nFROM debian:$V-slim AS x\nFROM x\n", "image.base.raw", "debian:13-slim",
          NULL },
        { "ARG V=13\nFROM debian:$V-slim AS x\nFROM x\n", "image.base.raw@", "2:6+14", NULL },
        { "ARG V=13\nFROM debian:$V-slim\n", "image.base.tag", "12-slim", "V=12" },
        { "ARG V\nFROM debian:$V\n", "image.base.pin", "?", NULL },
        { "FROM scratch\n", "image.base.raw", "scratch", NULL },
        { "FROM scratch\n", "image.base.pin", "none", NULL },
        { "FROM scratch\n", "image.base.repository", "-", NULL },
        { "FROM a:1\nFROM b:1 AS Web\n", "image.name", "web", NULL },
        { "FROM a:1\nFROM b:1\n", "image.name", "final", NULL },
        { "FROM a:1\nFROM b:1\n", "image.@", "2:1+8", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
each_target_promises_an_image(void **state)
{
    struct scl_document *document =
        read_dockerfile("FROM a:1 AS one\nUSER x\nFROM b:1 AS two\nFROM c:1\n", "-one -TWO");

    (void)state;
    check_number(document->subjects.count, 3, "one build and two images");
    scl_document_unref(document);
}

static void
an_image_cannot_say_what_became_of_its_layers(void **state)
{
    struct scl_document *document = read_dockerfile("FROM a:1\n", NULL);

    (void)state;
    assert_true(scl_document_says(document, 1, SCL_IMAGE_USER_RAW));
    assert_false(scl_document_says(document, 1, SCL_IMAGE_LAYERS));
    assert_false(scl_document_says(document, 1, SCL_IMAGE_HISTORY));
    scl_document_unref(document);
}

SUITE(
    CASE(the_last_user_of_the_chain_counts),
    CASE(variables_are_those_of_the_chain),
    CASE(entrypoint_and_command_follow_one_another),
    CASE(folders_are_joined_where_they_are_known),
    CASE(what_comes_together_is_open_over_an_image),
    CASE(single_values_are_the_last_ones),
    CASE(the_base_is_what_the_chain_starts_from),
    CASE(each_target_promises_an_image),
    CASE(an_image_cannot_say_what_became_of_its_layers))
