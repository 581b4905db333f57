/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_tools.c: what the commands of a Dockerfile mean
 */
#include "dockerfile_cases.h"

#define RUN(words) "FROM debian:12\nRUN " words "\n"
#define COMMAND(words, field, expected) { RUN(words), "build.commands[1]." field, expected, NULL }

static void
options_are_found_by_name(void **state)
{
    static const struct row rows[] = {
        COMMAND("curl -fsSLo /x https://y", "options", "{5}"),
        COMMAND("curl -fsSLo /x https://y", "options[-S].name", "-S"),
        COMMAND("curl -fsSLo /x https://y", "options[-o].value.text", "/x"),
        COMMAND("curl -fsSLo /x https://y", "options[-o].text", "-fsSLo"),
        COMMAND("curl -fsSLo /x https://y", "options[-o]@", "2:10+6"),
        COMMAND("curl -fsSLo /x https://y", "options[-o].value@", "2:17+2"),
        COMMAND("curl -fsSLo /x https://y", "options[-f].value.text", "-"),
        COMMAND("curl -o/x https://y", "options[-o].value.value", "/x"),
        COMMAND("curl --output=/x https://y", "options[--output].value.text", "/x"),
        COMMAND("curl --output=/x https://y", "options[--output].value@", "2:10+11"),
        COMMAND("curl --output=\"$D/x\" https://y", "options[--output].value.text", "$D/x"),
        COMMAND("curl --output=\"$D/x\" https://y", "options[--output].value.value", "?"),
        COMMAND("curl --output=\"$D/x\" https://y", "options[--output].value.variables", "[D]"),
        COMMAND("curl -o \"$D/x\" https://y", "options[-o].value.variables", "[D]"),
        COMMAND("grep -- -k x", "options", "-"),
        COMMAND("true", "options", "-"),
        { "FROM a:1\nRUN [\"curl\", \"-o\", \"/x\", \"https://y\"]\n",
          "build.commands[1].options[-o].value.text", "/x", NULL },
        { "FROM a:1\nHEALTHCHECK CMD curl -fk https://y\n",
          "build.instructions[2].commands[1].options[-k].text", "-fk", NULL },
        { "FROM a:1\nARG O=-k\nRUN curl $O https://y\n", "build.commands[1].options[-k].text", "$O",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
verbs_and_operands_are_told_apart(void **state)
{
    static const struct row rows[] = {
        COMMAND("apt-get -y install a b", "verb", "install"),
        COMMAND("apt-get -y install a b", "operands", "{2}"),
        COMMAND("apt-get -y install a b", "operands[2].text", "b"),
        COMMAND("apt-get -y install a b", "operands[2]@", "2:26+1"),
        COMMAND("git -C /x clone https://y", "verb", "clone"),
        COMMAND("git -C /x clone https://y", "operands[1].text", "https://y"),
        COMMAND("curl -o /x https://y", "verb", "-"),
        COMMAND("npm config set a b", "verb", "config"),
        COMMAND("sudo -E apt-get update", "verb", "update"),
        COMMAND("$TOOL install", "verb", "-"),
        { "FROM a:1\nARG P='a b'\nRUN apt-get install $P\n", "build.commands[1].operands", "{1}",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
package_commands_say_what_they_do(void **state)
{
    static const struct row rows[] = {
        COMMAND("apt-get install -y a", "manager", "apt-get"),
        COMMAND("apt-get install -y a", "action", "install"),
        COMMAND("apt-get install -y a", "caches", "[/var/lib/apt/lists]"),
        COMMAND("apt-get install -y a", "clean_text", "rm -rf /var/lib/apt/lists/*"),
        COMMAND("apt-get update", "action", "refresh"),
        COMMAND("apt-get purge a", "action", "remove"),
        COMMAND("apt-get clean", "action", "clean"),
        COMMAND("apt-get clean", "caches", "-"),
        COMMAND("apt-get upgrade", "action", "upgrade"),
        COMMAND("apt-get moo", "action", "-"),
        COMMAND("apt-get moo", "manager", "-"),
        COMMAND("$X install a", "action", "-"),
        COMMAND("python3 -m pip install a", "manager", "pip"),
        COMMAND("pip install a", "caches", "[/root/.cache/pip]"),
        COMMAND("pip install --no-cache-dir a", "caches", "-"),
        COMMAND("PIP_NO_CACHE_DIR=1 pip install a", "caches", "-"),
        COMMAND("env PIP_NO_CACHE_DIR=1 pip install a", "caches", "-"),
        { "FROM debian:12\nENV PIP_NO_CACHE_DIR=1\nRUN [\"pip\", \"install\", \"a\"]\n",
          "build.commands[1].caches", "-", NULL },
        { RUN("export PIP_NO_CACHE_DIR=1; pip install a"), "build.commands[2].caches", "-", NULL },
        { RUN("PIP_NO_CACHE_DIR=1 true; pip install a"), "build.commands[2].caches",
          "[/root/.cache/pip]", NULL },
        { RUN("if true; then export PIP_NO_CACHE_DIR=1; fi; pip install a"),
          "build.commands[3].caches", "[/root/.cache/pip]", NULL },
        { "FROM debian:12\nUSER app\nRUN pip install a\n", "build.commands[1].caches",
          "[/home/app/.cache/pip]", NULL },
        { "FROM debian:12\nUSER 1000\nRUN pip install a\n", "build.commands[1].caches",
          "[~/.cache/pip]", NULL },
        { "FROM debian:12\nUSER 0:0\nRUN pip install a\n", "build.commands[1].caches",
          "[/root/.cache/pip]", NULL },
        { "FROM debian:12\nENV HOME=/h\nUSER app\nRUN pip install a\n", "build.commands[1].caches",
          "[/h/.cache/pip]", NULL },
        { "FROM node:22\nUSER $U\nRUN pip install a\n", "build.commands[1].caches",
          "[~/.cache/pip]", NULL },
        { "FROM acme/unheard-of:1\nRUN pip install a\n", "build.commands[1].caches",
          "[/root/.cache/pip]", NULL },
        { "FROM a:1\nCMD apt-get install x\n", "build.instructions[2].commands[1].action", "-",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

#define PACKAGE(words, field, expected) COMMAND(words, "packages[1]." field, expected)

static void
packages_are_nodes_of_their_own(void **state)
{
    static const struct row rows[] = {
        PACKAGE("apt-get install a=1.2 b", "name", "a"),
        PACKAGE("apt-get install a=1.2 b", "version", "1.2"),
        PACKAGE("apt-get install a=1.2 b", "pin", "exact"),
        PACKAGE("apt-get install a=1.2 b", "family", "os"),
        PACKAGE("apt-get install a=1.2 b", "kind", "registry"),
        PACKAGE("apt-get install a=1.2 b", "manager", "apt-get"),
        PACKAGE("apt-get install a=1.2 b", "command.verb", "install"),
        PACKAGE("apt-get install a=1.2 b", "frozen", "-"),
        COMMAND("apt-get install a=1.2 b", "packages[b].pin", "none"),
        COMMAND("apt-get install a=1.2 b", "packages[1]@", "2:21+5"),
        PACKAGE("pip install 'a>=1'", "pin", "range"),
        PACKAGE("apt-get install ./a.deb", "kind", "file"),
        PACKAGE("pip install a==$V", "pin", "exact"),
        PACKAGE("pip install a==$V", "version", "?"),
        PACKAGE("pip install $P", "name", "?"),
        PACKAGE("pip install $P", "pin", "?"),
        PACKAGE("pip install $P", "kind", "?"),
        { RUN("V=3.1 && pip install a==$V"), "build.commands[2].packages[1].version", "3.1", NULL },
        { RUN("P=a==1; pip install $P"), "build.commands[2].packages[1].pin", "exact", NULL },
        { RUN("for P in a b; do pip install $P; done"), "build.commands[1].packages[1].name", "?",
          NULL },
        { RUN("P=a; read P; pip install $P"), "build.commands[3].packages[1].name", "?", NULL },
        { "FROM a:1\nARG P='a==1 b'\nRUN pip install $P\n", "build.commands[1].packages", "{2}",
          NULL },
        { "FROM a:1\nARG P='a==1 b'\nRUN pip install $P\n", "build.commands[1].packages[b]@",
          "3:17+2", NULL },
        { "FROM a:1\nARG V\nRUN pip install a==$V\n", "build.commands[1].packages[1].version", "2",
          "V=2" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

#define LEFT(text, field, expected) { text, "build.target.packages" field, expected, NULL }

static void
stages_know_what_they_leave_installed(void **state)
{
    static const struct row rows[] = {
        LEFT(RUN("apt-get install -y a b"), "", "{2}"),
        LEFT(RUN("apt-get install -y a b"), "[b].command.verb", "install"),
        LEFT(RUN("apt-get update"), "", "-"),
        LEFT(RUN("apt-get install a b && apt-get purge -y a"), "", "{1}"),
        LEFT(RUN("apt-get install a b && apt-get purge -y a"), "[1].name", "b"),
        LEFT(RUN("apt-get install a") "RUN apt remove a\n", "", "-"),
        LEFT(RUN("apt-get install a") "RUN apt remove a\nRUN apt-get install a\n", "", "{1}"),
        LEFT(RUN("apt-get install gcc-12 b; apt-get purge 'gcc*'"), "[1].name", "b"),
        LEFT(RUN("apt-get install a; apt-get purge $X"), "", "[]+"),
        LEFT(RUN("apt-get install a; pip uninstall a"), "", "{1}"),
        LEFT(RUN("apt-get install a; if x; then apt-get purge a; fi"), "", "[]+"),
        LEFT(RUN("if x; then apt-get install a; apt-get purge a; fi"), "", "-"),
        LEFT(RUN("apk add --virtual .deps a b && apk del .deps"), "", "-"),
        LEFT(RUN("apk add -t deps a b && apk add c && apk del deps"), "[1].name", "c"),
        LEFT(RUN("apt-get install a && apt-mark auto '.*' && apt-get purge -y --auto-remove"), "",
             "-"),
        LEFT(RUN("apt-get install a b && apt-mark auto '.*' && apt-mark manual b && "
                 "apt-get autoremove"),
             "[1].name", "b"),
        LEFT(RUN("apt-get install a b && apt-mark auto a && apt-get autoremove"), "[1].name", "b"),
        LEFT(RUN("apt-get install a && apt-get autoremove"), "", "{1}"),
        LEFT(RUN("apt-get install $P"), "[1].name", "?"),
        LEFT("FROM a:1 AS x\nRUN apk add a\nFROM x\nRUN apk add b\n", "", "{2}"),
        LEFT("FROM a:1 AS x\nRUN apk add a\nFROM x\nRUN apk del a\n", "", "-"),
        LEFT("FROM a:1 AS x\nRUN apk add a\nFROM x\nRUN apk del a\nFROM x\n", "", "{1}"),
        LEFT("FROM a:1 AS x\nRUN apk add a\nFROM x AS y\nFROM y\n", "[1].name", "a"),
        LEFT("FROM a:1 AS x\nRUN apk add a; apk del $X\nFROM x\n", "", "[]+"),
        LEFT("FROM a:1 AS x\nRUN apk add a\nFROM a:1\n", "", "-"),
        LEFT("FROM a:1\nONBUILD RUN apk add a\n", "", "-"),
        LEFT("FROM a:1 AS x\nONBUILD RUN apk add a\nFROM x\n", "", "{1}"),
        LEFT("FROM a:1\nCMD apk add a\n", "", "-"),
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
commands_say_what_they_add_and_remove(void **state)
{
    static const struct row rows[] = {
        COMMAND("rm -rf /a /b/*", "removals", "{2}"),
        COMMAND("rm -rf /a /b/*", "removals[2].path", "/b"),
        COMMAND("rm -rf /a /b/*", "removals[2].how", "delete"),
        COMMAND("rm -rf /a /b/*", "removals[2]@", "2:15+4"),
        COMMAND("rm -rf /a /b/*", "removals[2].instruction.index", "2"),
        COMMAND("mv /a /b", "removals[1].how", "move"),
        COMMAND("mv /a /b", "additions[1].path", "/b"),
        COMMAND("mv /a /b", "additions[1].source", "/a"),
        COMMAND("cp /a /b/ > /c", "additions", "{2}"),
        COMMAND("git clone https://y/z.git", "additions[1].how", "clone"),
        COMMAND("apt-get clean", "removals[1].path", "/var/cache/apt"),
        COMMAND("apt-get clean", "removals[1].how", "clean"),
        COMMAND("> /a", "additions[1].path", "/a"),
        COMMAND("D=/x; rm $D/y", "removals", "-"),
        { RUN("D=/x; rm $D/y"), "build.commands[2].removals[1].path", "/x/y", NULL },
        { RUN("rm ~/x \"$HOME/y\""), "build.commands[1].removals[2].path", "/root/y", NULL },
        { RUN("cd /x && rm y"), "build.commands[2].removals[1].path", "/x/y", NULL },
        { RUN("cd $X && rm y"), "build.commands[2].removals[1].path", "y", NULL },
        { RUN("rm a; echo > b"), "build.instructions[2].removals", "{1}", NULL },
        { RUN("rm a; echo > b"), "build.instructions[2].additions", "{1}", NULL },
        { "FROM a:1\nCMD rm /a; echo > /b\n", "build.instructions[2].removals", "-", NULL },
        { "FROM a:1\nCMD rm /a; echo > /b\n", "build.instructions[2].commands[2].additions", "-",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

#define SCOPE(text, index, expected) \
    { text, "build.instructions[" #index "].scope.user", expected, NULL }

static void
the_user_is_the_one_when_an_instruction_starts(void **state)
{
    static const struct row rows[] = {
        SCOPE("FROM debian:12\nRUN a\n", 2, "root"),
        SCOPE("FROM debian:12\nUSER app:x\nRUN a\n", 2, "root"),
        SCOPE("FROM debian:12\nUSER app:x\nRUN a\n", 3, "app:x"),
        SCOPE("FROM debian:12\nUSER $U\nRUN a\n", 3, "?"),
        SCOPE("FROM scratch\nRUN a\n", 2, "root"),
        SCOPE("FROM acme/unheard-of:1\nRUN a\n", 2, "?"),
        SCOPE("FROM $BASE\nRUN a\n", 2, "?"),
        SCOPE("FROM gcr.io/distroless/base:nonroot\nRUN a\n", 2, "65532"),
        SCOPE("FROM debian:12 AS x\nUSER app\nFROM x\nRUN a\n", 4, "app"),
        SCOPE("FROM debian:12 AS x\nUSER app\nFROM debian:12\nRUN a\n", 4, "root"),
        SCOPE("FROM debian:12\nONBUILD USER app\nRUN a\n", 4, "root"),
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

/* ---- limits ---- */

static struct scl_text
repeated(const char *start, const char *piece, unsigned count, const char *end)
{
    struct scl_text text = { 0 };

    scl_text_c(&text, start);
    for (unsigned i = 0; i < count; i++)
        scl_text_c(&text, piece);
    scl_text_c(&text, end);
    assert_false(text.failed);
    return text;
}

static void
check_made(struct scl_text *text, const char *path, const char *expected)
{
    const struct row row = { text->at, path, expected, NULL };

    check_rows(&row, 1);
    scl_text_finish(text);
}

static void
a_folder_that_is_too_long_is_not_followed(void **state)
{
    struct scl_text deep = repeated("FROM debian:12\nRUN cd /a", "; cd aaaaaaaa", 500, "; rm b\n");
    struct scl_text flat = repeated("FROM debian:12\nRUN cd /a", "; cd aaaaaaaa", 1, "; rm b\n");

    (void)state;
    check_made(&flat, "build.commands[3].removals[1].path", "/a/aaaaaaaa/b");
    check_made(&deep, "build.commands[502].removals[1].path", "b");
}

/* A folder of 4,000 bytes before each of the paths of a short text. */
static void
made_paths_end_where_they_outgrow_their_text(void **state)
{
    struct scl_text text = repeated("FROM debian:12\nRUN cd /", "aaaaaaaa", 490, ";rm");

    (void)state;
    for (unsigned i = 0; i < 400; i++)
        scl_text_c(&text, " b");
    scl_text_char(&text, '\n');
    check_made(&text, "build.commands[2].removals[400].path", "?");
}

static void
a_long_chain_of_stages_does_not_copy_its_packages_for_ever(void **state)
{
    struct scl_text text = repeated("FROM debian:12 AS s0\nRUN apt-get install", " p", 200, "\n");

    (void)state;
    for (unsigned i = 1; i <= 60; i++)
        scl_text_f(&text, "FROM s%u AS s%u\n", i - 1, i);
    check_made(&text, "build.stages[40].packages", "{200}");
    text = repeated("FROM debian:12 AS s0\nRUN apt-get install", " p", 200, "\n");
    for (unsigned i = 1; i <= 60; i++)
        scl_text_f(&text, "FROM s%u AS s%u\n", i - 1, i);
    check_made(&text, "build.stages[61].packages", "[]+");
}

SUITE(
    CASE(options_are_found_by_name),
    CASE(verbs_and_operands_are_told_apart),
    CASE(package_commands_say_what_they_do),
    CASE(packages_are_nodes_of_their_own),
    CASE(stages_know_what_they_leave_installed),
    CASE(commands_say_what_they_add_and_remove),
    CASE(the_user_is_the_one_when_an_instruction_starts),
    CASE(a_folder_that_is_too_long_is_not_followed),
    CASE(made_paths_end_where_they_outgrow_their_text),
    CASE(a_long_chain_of_stages_does_not_copy_its_packages_for_ever))
