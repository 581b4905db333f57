/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_words.c: what a Dockerfile looks like, and variables that nothing declares
 */
#include "dockerfile_cases.h"

#define SECOND "build.instructions[2]."
#define FIRST_OF_SECOND "build.instructions[2].undeclared[1]."

static void
variables_that_nothing_declares_are_told(void **state)
{
    static const struct row rows[] = {
        { "FROM scratch\nCOPY $A $B/\n", SECOND "undeclared", "{2}", NULL },
        { "FROM scratch\nCOPY a$B /\n", FIRST_OF_SECOND "name", "B", NULL },
        { "FROM scratch\nCOPY a$B /\n", SECOND "undeclared[1]@", "2:7+2", NULL },
        { "FROM scratch\nLABEL a=\"${B}\"\n", SECOND "undeclared[1]@", "2:10+4", NULL },
        { "FROM scratch\nCOPY [\"a\\u0020$B\", \"/\"]\n", SECOND "undeclared[1]@", "2:7+11", NULL },
        { "FROM scratch\nENV A=b \\\n  C=$B\n", SECOND "undeclared[1]@", "3:5+2", NULL },
        { "FROM scratch\nCOPY --chown=$U a /\n", SECOND "undeclared[1]@", "2:14+2", NULL },
        { "FROM scratch\nCOPY --chown=$U a /\n", SECOND "undeclared", "{1}", NULL },
        { "FROM scratch\nCOPY <<E /a\n$B\nE\n", SECOND "undeclared[1]@", "3:1+2", NULL },
        { "FROM scratch\nCOPY <<\"E\" /a\n$B\nE\n", SECOND "undeclared", "-", NULL },
        { "FROM scratch\nRUN --mount=type=cache,target=$B c\n", FIRST_OF_SECOND "name", "B", NULL },
        { "FROM scratch\nEXPOSE $P\n", FIRST_OF_SECOND "name", "P", NULL },
        { "FROM scratch\nRUN $B\n", SECOND "undeclared", "-", NULL },
        { "FROM scratch\nCMD $B\n", SECOND "undeclared", "-", NULL },
        { "FROM scratch\nUSER a$B$B\n", SECOND "undeclared", "{2}", NULL },
        { "FROM scratch\nUSER ${B:-${C}}\n", SECOND "undeclared", "{2}", NULL },
        { "ARG A\nFROM $A$B\n", SECOND "undeclared", "{1}", NULL },
        { "ARG A\nFROM --platform=$P $A\n", SECOND "undeclared", "{1}", NULL },
        { "ARG A=$B\nFROM a\n", "build.instructions[1].undeclared", "{1}", NULL },
        { "ARG A=$B\nFROM a\n", "build.instructions[1].undeclared", "-", "A=1" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_declared_is_left_out(void **state)
{
    static const struct row rows[] = {
        { "FROM scratch\nARG A\nUSER $A\n", "build.instructions[3].undeclared", "-", NULL },
        { "FROM scratch\nENV A=\nUSER $A\n", "build.instructions[3].undeclared", "-", NULL },
        { "FROM scratch\nARG A=1 B=$A\n", SECOND "undeclared", "-", NULL },
        { "FROM scratch\nENV A=1 B=$A\n", SECOND "undeclared", "{1}", NULL },
        { "ARG A=1\nFROM scratch\nUSER $A\n", "build.instructions[3].undeclared", "{1}", NULL },
        { "FROM scratch AS s\nARG A=1\nFROM s\nUSER $A\n", "build.instructions[4].undeclared",
          "-", NULL },
        { "FROM scratch AS s\nARG A=1\nFROM scratch\nUSER $A\n",
          "build.instructions[4].undeclared", "{1}", NULL },
        { "FROM scratch\nENV A=$PATH B=$HTTP_PROXY\n", SECOND "undeclared", "-", NULL },
        { "FROM a\nENV A=$PATH\n", SECOND "undeclared", "-", NULL },
        { "FROM scratch\nENV A=$TARGETARCH\n", SECOND "undeclared", "{1}", NULL },
        { "FROM --platform=$BUILDPLATFORM a-$TARGETARCH\n", "build.instructions[1].undeclared",
          "-", NULL },
        { "FROM scratch\nONBUILD USER $A\n", "build.instructions[3].undeclared", "-", NULL },
        { "FROM scratch AS s\nONBUILD USER $A\nFROM s\n", "build.instructions[5].undeclared",
          "{1}", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_not_declared_is_unset_unless_the_base_may_set_it(void **state)
{
    static const struct row rows[] = {
        { "FROM scratch\nUSER $A\n", FIRST_OF_SECOND "is_unset", "true", NULL },
        { "FROM a\nUSER $A\n", FIRST_OF_SECOND "is_unset", "?", NULL },
        { "FROM a AS s\nFROM s\nUSER $A\n", "build.instructions[3].undeclared[1].is_unset", "?",
          NULL },
        { "FROM --platform=windows/amd64 a\nUSER $PATH\n", FIRST_OF_SECOND "is_unset", "?", NULL },
        { "FROM a\nFROM $A\n", FIRST_OF_SECOND "is_unset", "true", NULL },
        { "FROM scratch\nUSER $A\n", FIRST_OF_SECOND "operator", "-", NULL },
        { "FROM scratch\nUSER ${A}\n", FIRST_OF_SECOND "operator", "-", NULL },
        { "FROM scratch\nUSER ${A:-b}\n", FIRST_OF_SECOND "operator", ":-", NULL },
        { "FROM scratch\nUSER ${A+b}\n", FIRST_OF_SECOND "operator", "+", NULL },
        { "FROM scratch\nUSER ${A%%-b}\n", FIRST_OF_SECOND "operator", "%%", NULL },
        { "FROM scratch\nUSER ${A//b/c}\n", FIRST_OF_SECOND "operator", "//", NULL },
        { "ARG VERSION\nFROM $VERSOIN\n", FIRST_OF_SECOND "suggestion", "VERSION", NULL },
        { "ARG VERSION\nFROM scratch\nUSER $VERSOIN\n",
          "build.instructions[3].undeclared[1].suggestion", "-", NULL },
        { "FROM scratch\nARG VERSION\nUSER $VERSOIN\n",
          "build.instructions[3].undeclared[1].suggestion", "VERSION", NULL },
        { "FROM $BULIDPLATFORM\n", "build.instructions[1].undeclared[1].suggestion",
          "BUILDPLATFORM", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
the_image_without_build_arguments_is_told(void **state)
{
    static const struct row rows[] = {
        { "FROM a\n", "build.instructions[1].default_image", "-", NULL },
        { "ARG V=1\nFROM a:$V\n", SECOND "default_image", "-", NULL },
        { "ARG V\nFROM a:$V\n", SECOND "default_image", "-", "V=2" },
        { "ARG V\nFROM a:$V\n", SECOND "default_image", "a:", NULL },
        { "ARG V\nFROM a:$V\n", SECOND "default_image", "a:", "V=!" },
        { "ARG V=!\nFROM a:$V\n", SECOND "default_image", "a:!", NULL },
        { "ARG V\nFROM a:${V:-3}\n", SECOND "default_image", "a:3", NULL },
        { "ARG A=!\nARG B=$A\nFROM a:$B\n", "build.instructions[3].default_image", "a:!", NULL },
        { "ARG B\nARG B=!\nFROM a:$B\n", "build.instructions[3].default_image", "a:!", NULL },
        { "FROM a-$TARGETARCH\n", "build.instructions[1].default_image", "a-amd64", NULL },
        { "FROM ${A?}\n", "build.instructions[1].default_image", "?", NULL },
        { "ARG V\nFROM a:$V\n", "build.instructions[2].image.raw", "?", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
the_look_of_instructions_is_kept(void **state)
{
    static const struct row rows[] = {
        { "FROM a aS b\n", "build.instructions[1].as", "aS", NULL },
        { "FROM a aS b\n", "build.instructions[1].as@", "1:8+2", NULL },
        { "FROM a\n", "build.instructions[1].as", "-", NULL },
        { "FROM a\nENV A b\n", SECOND "is_legacy", "true", NULL },
        { "FROM a\nENV A \t b\n", SECOND "is_legacy@", "2:6+3", NULL },
        { "FROM a\nENV A=b\n", SECOND "is_legacy", "-", NULL },
        { "FROM a\nLABEL A b c\n", SECOND "is_legacy", "true", NULL },
        { "FROM a\nARG A b\n", SECOND "is_legacy", "-", NULL },
        { "# a\n# b\nFROM c\n", "build.instructions[1].comments", "[a, b]", NULL },
        { "# a\n#\n# b\n\nFROM c\n", "build.instructions[1].comments", "[b]", NULL },
        { "FROM c\n# a\nRUN b \\\n# d\ne\nRUN f\n", SECOND "comments", "[a]", NULL },
        { "FROM c\n# a\nRUN b \\\n# d\ne\nRUN f\n", "build.instructions[3].comments", "-", NULL },
        { "FROM c\n# a\nRUN b\n", SECOND "comments[1]@", "2:1+3", NULL },
        { "FROM a\nRUN b \\\n\n c \\\n \n d\n", SECOND "blank_lines[2]@", "5:1+2", NULL },
        { "FROM a\nRUN b \\\n\n", SECOND "blank_lines[1]@", "3:1+1", NULL },
        { "FROM a\nCOPY \\\n\n<<E /b\n\nE\n", SECOND "blank_lines[1]@", "3:1+1", NULL },
        { "FROM a\nRUN <<E\n\nE\n", SECOND "blank_lines", "-", NULL },
        { "FROM a\nCMD b\n", SECOND "has_shell", "false", NULL },
        { "FROM a AS s\nSHELL [\"b\"]\nFROM s\nCMD b\n", "build.instructions[4].has_shell",
          "true", NULL },
        { "FROM a AS s\nSHELL [\"b\"]\nFROM a\nCMD b\n", "build.instructions[4].has_shell",
          "false", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

SUITE(
    CASE(variables_that_nothing_declares_are_told),
    CASE(what_is_declared_is_left_out),
    CASE(what_is_not_declared_is_unset_unless_the_base_may_set_it),
    CASE(the_image_without_build_arguments_is_told),
    CASE(the_look_of_instructions_is_kept))
