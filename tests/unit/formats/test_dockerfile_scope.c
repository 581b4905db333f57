/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_scope.c: what holds when an instruction starts
 */
#include "dockerfile_cases.h"

#define AT(n, what) "build.instructions[" #n "].scope." what

static void
an_instruction_starts_with_what_those_before_it_set(void **state)
{
    static const struct row rows[] = {
        { "FROM scratch\nUSER app\nRUN x\n", AT(3, "user"), "app", NULL },
        { "FROM scratch\nUSER app\nRUN x\n", AT(2, "user"), "root", NULL },
        { "FROM scratch\nUSER app\nRUN x\n", AT(3, "user@"), "2:1+8", NULL },
        { "FROM a:1\nRUN x\n", AT(2, "user"), "?", NULL },
        { "FROM gcr.io/distroless/static:nonroot\nCOPY a b\n", AT(2, "user"), "65532", NULL },
        { "FROM scratch\nRUN x\n", AT(2, "workdir"), "/", NULL },
        { "FROM a:1\nRUN x\n", AT(2, "workdir"), "?", NULL },
        { "FROM a:1\nWORKDIR /w\nWORKDIR v\nRUN x\n", AT(4, "workdir"), "/w/v", NULL },
        { "FROM a:1\nWORKDIR /w\nWORKDIR v\nRUN x\n", AT(3, "workdir"), "/w", NULL },
        { "FROM a:1\nRUN x\n", AT(2, "shell.argv"), "[/bin/sh, -c]", NULL },
        { "FROM a:1\nRUN x\n", AT(2, "shell.family"), "posix", NULL },
        { "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN x\n",
          AT(3, "shell.argv"), "[/bin/bash, -o, pipefail, -c]", NULL },
        { "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN x\n",
          AT(3, "shell.dialect"), "bash", NULL },
        { "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN x\n",
          AT(3, "shell.pipefail"), "true", NULL },
        { "FROM a:1\nSHELL [\"C:\\\\x\\\\PowerShell.exe\", \"-Command\"]\nRUN x\n",
          AT(3, "shell.family"), "powershell", NULL },
        { "FROM mcr.microsoft.com/windows/nanoserver:1\nRUN x\n", AT(2, "shell.family"), "cmd",
          NULL },
        { "ARG A\nFROM a:1\n", AT(1, "user"), "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
variables_are_found_by_name_with_the_value_that_holds(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nENV A=1\nRUN x\n", AT(3, "env[A].value"), "1", NULL },
        { "FROM a:1\nENV A=1\nRUN x\n", AT(3, "env[A].value@="), "2:7+1", NULL },
        { "FROM a:1\nENV A=1\nRUN x\n", AT(3, "env"), "{1}+", NULL },
        { "FROM a:1\nENV A=1\nRUN x\n", AT(2, "env"), "[]+", NULL },
        { "FROM a:1\nENV A=1 B=2\nENV A=3\nRUN x\n", AT(4, "env[1].value"), "3", NULL },
        { "FROM a:1\nENV A=1 B=2\nENV A=3\nRUN x\n", AT(3, "env[1].value"), "1", NULL },
        { "FROM a:1\nENV A=1 B=2\nENV A=3\nRUN x\n", AT(4, "env"), "{2}+", NULL },
        { "FROM a:1\nARG A=1\nRUN x\n", AT(3, "args[A].effective"), "1", NULL },
        { "FROM a:1\nARG A=1\nRUN x\n", AT(3, "args[A].effective"), "9", "A=9" },
        { "FROM a:1\nARG A=1\nRUN x\n", AT(3, "args[A].value"), "1", "A=9" },
        { "FROM a:1\nARG A\nRUN x\n", AT(3, "args[A].effective"), "?", NULL },
        { "ARG A=1\nFROM a:1\nARG A\nRUN x\n", AT(4, "args[A].effective"), "1", NULL },
        { "FROM a:1\nARG A=1\nARG A=2\nRUN x\n", AT(4, "args"), "{1}", NULL },
        { "FROM a:1\nARG A=1\nARG A=2\nRUN x\n", AT(4, "args[A].effective"), "2", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_stage_goes_on_where_the_one_it_is_made_from_ends(void **state)
{
    static const char forks[] = "FROM scratch AS a\nENV A=1\nARG X=1\nUSER u\nWORKDIR /w\n"
                                "FROM a AS b\nENV B=2\nRUN x\n"
                                "FROM a AS c\nENV C=3\nENV A=4\nRUN x\n"
                                "FROM b\nRUN x\n";
    const struct row rows[] = {
        { forks, AT(8, "user"), "u", NULL },
        { forks, AT(8, "workdir"), "/w", NULL },
        { forks, AT(8, "env"), "{2}+", NULL },
        { forks, AT(8, "env[B].value"), "2", NULL },
        { forks, AT(8, "args"), "[]", NULL },
        { forks, AT(12, "env"), "{2}+", NULL },
        { forks, AT(12, "env[A].value"), "4", NULL },
        { forks, AT(12, "env[2].value"), "3", NULL },
        { forks, AT(14, "env[A].value"), "1", NULL },
        { forks, AT(14, "env[B].value"), "2", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
accounts_are_those_that_the_base_and_commands_make(void **state)
{
    static const struct row rows[] = {
        { "FROM scratch\nRUN x\n", AT(2, "users"), "[]", NULL },
        { "FROM scratch\nRUN useradd -m app\nUSER app\n", AT(3, "users"), "[app]", NULL },
        { "FROM scratch\nRUN useradd -m app\nUSER app\n", AT(3, "groups"), "[app]", NULL },
        { "FROM scratch\nRUN useradd -m app\nUSER app\n", AT(2, "users"), "[]", NULL },
        { "FROM a:1\nRUN useradd -s /bin/sh app\nUSER app\n", AT(3, "users"), "[app]+", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
check_path(const struct scl_document *document, const char *path, const char *expected)
{
    struct scl_text text = { 0 };

    show(document, scl_str_c(path), &text);
    check_text(scl_text_str(&text), expected, path);
    scl_text_finish(&text);
}

/* Replacing one of many variables copies them all; a file that does so without end gets open lists
 * instead. */
static void
a_list_that_is_copied_too_often_is_left_open(void **state)
{
    enum { NAMES = 2000, TIMES = 700 };
    struct scl_text text = { 0 };
    struct scl_document *document;

    (void)state;
    scl_text_c(&text, "FROM scratch\n");
    for (int i = 0; i < NAMES; i++)
        scl_text_f(&text, "ARG V%d=1\n", i);
    for (int i = 0; i < TIMES; i++)
        scl_text_f(&text, "ARG V%d=2\n", i % 2);
    scl_text_c(&text, "RUN x\n");
    document = read_dockerfile(text.at, NULL);
    check_path(document, "build.instructions[2002].scope.args", "{2000}");
    check_path(document, "build.instructions[2702].scope.args", "{2000}+");
    scl_document_unref(document);
    scl_text_finish(&text);
}

SUITE(
    CASE(an_instruction_starts_with_what_those_before_it_set),
    CASE(variables_are_found_by_name_with_the_value_that_holds),
    CASE(a_stage_goes_on_where_the_one_it_is_made_from_ends),
    CASE(accounts_are_those_that_the_base_and_commands_make),
    CASE(a_list_that_is_copied_too_often_is_left_open))
