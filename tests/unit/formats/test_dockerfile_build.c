/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_build.c: stages, instructions and variables of a Dockerfile
 */
#include "dockerfile_cases.h"

static void
stages_know_their_bases_and_parents(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1 AS One\nFROM one\n", "build.stages[1].name", "one", NULL },
        { "FROM a:1 AS one\nFROM one\n", "build.stages[2].name", "-", NULL },
        { "FROM a:1 AS one\nFROM one\n", "build.stages[2].parent.name", "one", NULL },
        { "FROM a:1 AS one\nFROM one\n", "build.stages[2].base.raw", "a:1", NULL },
        { "FROM a:1 AS one\nFROM one\n", "build.stages[2].index", "1", NULL },
        { "FROM a:1 AS one\nFROM One\n", "build.stages[2].base.raw", "One", NULL },
        { "FROM node\n", "build.stages[1].base.raw@", "1:6+4", NULL },
        { "FROM node\n", "build.stages[1].base.pin", "untagged", NULL },
        { "FROM scratch\n", "build.stages[1].base.raw", "-", NULL },
        { "FROM 0\n", "build.stages[1].base.raw", "0", NULL },
        { "FROM --platform=linux/arm64 a:1\n", "build.stages[1].platform", "linux/arm64", NULL },
        { "FROM a:1 AS x\nFROM b:1 AS x\nFROM x\n", "build.stages[3].base.raw", "b:1", NULL },
        { "FROM a:1\nFROM b:1\n", "build.target.index", "1", NULL },
        { "FROM a:1 AS x\nFROM b:1\n", "build.target.index", "0", "-x" },
        { "FROM a:1\n", "build.image.base.raw", "a:1", NULL },
        { "# syntax=docker/dockerfile:1\nFROM a:1\n", "build.syntax", "docker/dockerfile:1", NULL },
        { "FROM a:1\n", "build.@", "1:1+0", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_reaches_the_target_is_marked(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1 AS x\nRUN x\nFROM x\n", "build.stages[1].in_image", "true", NULL },
        { "FROM a:1 AS x\nRUN x\nFROM x\n", "build.instructions[2].in_image", "true", NULL },
        { "FROM a:1 AS x\nRUN x\nFROM b:1\n", "build.instructions[2].in_image", "false", NULL },
        { "FROM a:1 AS x\nFROM b:1\nCOPY --from=x a b\n", "build.stages[1].contributes", "true",
          NULL },
        { "FROM a:1 AS x\nFROM b:1\nCOPY --from=0 a b\n", "build.stages[1].contributes", "true",
          NULL },
        { "FROM a:1 AS x\nFROM b:1\nRUN --mount=from=x,target=/x y\n",
          "build.stages[1].contributes", "true", NULL },
        { "FROM a:1 AS x\nFROM x AS y\nFROM b:1\nCOPY --from=y a b\n",
          "build.stages[1].contributes", "true", NULL },
        { "FROM a:1 AS x\nFROM a:1 AS y\nCOPY --from=x a b\nFROM b:1\n",
          "build.stages[1].contributes", "false", NULL },
        { "FROM a:1 AS x\nFROM b:1\n", "build.stages[2].is_target", "true", NULL },
        { "FROM a:1 AS x\nFROM b:1\n", "build.stages[2].is_target", "false", "-x" },
        { "FROM a:1 AS x\nFROM b:1 AS y\n", "build.stages[1].in_image", "true", "-x -y" },
        { "ARG A\nFROM a:1\n", "build.instructions[1].in_image", "false", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_a_build_refuses_is_noted(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1 AS release\n", "notes", "no stage 'relaese' (did you mean 'release'?)",
          "-relaese" },
        { "FROM a:1\n", "notes", "no stage '0'", "-0" },
        { "FROM a:1\nCOPY --from=1 a b\n", "notes", "no stage 1 before this one", NULL },
        { "COPY --from=2 a b\nFROM a:1\n", "build.stages[1].contributes", "false", NULL },
        { "FROM a:1\nCOPY --from=-1 a b\n", "notes", "no stage -1 before this one", NULL },
        { "FROM a:1 AS x\nCOPY --from=x a b\n", "notes",
          "stage depends on itself by what it copies", NULL },
        { "FROM a:1 AS x\nCOPY --from=y a b\nFROM a:1 AS y\nCOPY --from=x a b\n", "notes",
          "stage depends on itself by what it copies", NULL },
        { "FROM a:1 AS x\nCOPY --from=y a b\nFROM a:1 AS y\n", "notes",
          "stage 'y' comes later in the file", NULL },
        { "FROM \"\"\n", "notes", "image of FROM is empty", NULL },
        { "FROM Alpine\n", "notes", "'Alpine' is no image reference", NULL },
        { "FROM --platform=linux/a/b/c a:1\n", "notes", "'linux/a/b/c' is no platform", NULL },
        { "FROM a:1\nADD --checksum=md5 http://x/y z\n", "notes", "'md5' is no checksum", NULL },
        { "FROM a:1\nCOPY http://x/y z\n", "notes", "COPY takes no URL as a source", NULL },
        { "FROM a:1\nADD https://x/y.git?foo=1 z\n", "notes",
          "'foo=1' is no query of a git repository", NULL },
        { "FROM a:1\nCOPY --chmod=99999 a b\n", "notes", "'99999' is no mode of files", NULL },
        { "FROM a:1\nCOPY --chmod=u=rwX,go-w a b\n", "notes", "", NULL },
        { "FROM a:1\nSTOPSIGNAL FOO\n", "notes", "'FOO' is no signal", NULL },
        { "FROM a:1\nSTOPSIGNAL sigterm\nSTOPSIGNAL 9\nSTOPSIGNAL RTMIN+3\n", "notes", "", NULL },
        { "FROM scratch\nRUN --mount=type=cache x\n", "notes", "mount over / of the image", NULL },
        { "FROM a:1\nRUN --mount=target=/ x\n", "notes", "mount over / of the image", NULL },
        { "FROM a:1\nRUN --mount=type=bind x\n", "notes", "", NULL },
        { "FROM a:1\nWORKDIR /w\nRUN --mount=type=bind x\n", "notes", "", NULL },
        { "FROM a:1\nWORKDIR /w\nRUN --mount=type=bind x\n",
          "build.instructions[3].mounts[1].target", "/w", NULL },
        { "FROM a:1 AS x\nONBUILD FOO\nFROM x\n", "notes", "unknown instruction FOO", NULL },
        { "ARG A\n", "notes", "no FROM, so that there is nothing to build", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_reference_that_is_not_known_still_ends_as_it_is_written(void **state)
{
    static const struct row rows[] = {
        { "ARG R\nFROM ${R}/web\n", "build.stages[1].base.pin", "untagged", NULL },
        { "ARG R\nFROM $R/web\n", "build.stages[1].base.name", "?", NULL },
        { "ARG R\nFROM $R/web\n", "image.base.pin", "untagged", NULL },
        { "ARG R\nFROM ${R}/web:1.2\n", "build.stages[1].base.tag", "1.2", NULL },
        { "ARG R\nFROM \"$R\":latest\n", "build.stages[1].base.pin", "latest", NULL },
        { "ARG R\nFROM ${R}web\n", "build.stages[1].base.pin", "?", NULL },
        { "ARG R\nFROM web:$R\n", "build.stages[1].base.pin", "?", NULL },
        { "ARG R\nFROM $R\n", "build.stages[1].base.pin", "?", NULL },
        { "ARG R\nFROM ${R}/We:b\n", "build.stages[1].base.pin", "?", NULL },
        { "ARG R\nFROM $R/web AS x\nFROM x\n", "image.base.pin", "untagged", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
variables_flow_from_scope_to_scope(void **state)
{
    static const struct row rows[] = {
        { "ARG A=1\nFROM scratch\nARG A\nENV X=$A\n", "image.env[X].value", "1", NULL },
        { "ARG A=1\nFROM scratch\nENV X=$A\n", "image.env[X].value", "", NULL },
        { "ARG A=1\nFROM scratch\nARG A=2\nENV X=$A\n", "image.env[X].value", "2", NULL },
        { "ARG A=1\nFROM scratch\nARG A=2\nENV X=$A\n", "image.env[X].value", "3", "A=3" },
        { "ARG A=1\nARG B=$A-b\nFROM x:$B\n", "image.base.tag", "1-b", NULL },
        { "FROM scratch\nARG A\nENV X=$A\n", "image.env[X].value", "?", NULL },
        { "FROM scratch\nARG A\nENV X=${A:-d}\n", "image.env[X].value", "?", NULL },
        { "FROM scratch\nENV X=${A:-d}\n", "image.env[X].value", "d", NULL },
        { "FROM a:1\nENV X=${A:-d}\n", "image.env[X].value", "?", NULL },
        { "FROM a:1\nENV X=$http_proxy.\n", "image.env[X].value", ".", NULL },
        { "FROM scratch\nENV V=2\nARG V=1\nENV X=$V\n", "image.env[X].value", "1", NULL },
        { "FROM scratch\nENV V=2\nARG V=1\nENV X=$V\n", "image.env[V].value", "2", NULL },
        { "FROM scratch\nARG V=1\nENV V=2\nENV X=$V\n", "image.env[X].value", "2", NULL },
        { "FROM scratch\nENV V=2\nARG V\nENV X=$V\n", "image.env[X].value", "2", NULL },
        { "FROM scratch AS a\nENV V=2\nARG V=1\nFROM a\nENV X=$V\n", "image.env[X].value", "2",
          NULL },
        { "FROM scratch AS a\nARG V=1\nFROM a\nENV X=$V\n", "image.env[X].value", "1", NULL },
        { "FROM scratch AS a\nENV V=1\nFROM a AS b\nENV V=2\nFROM a\nENV X=$V\n",
          "image.env[X].value", "1", NULL },
        { "FROM scratch\nENV A=1\nENV A=2 X=$A\n", "image.env[X].value", "1", NULL },
        { "FROM scratch\nARG A=1 B=$A\nENV X=$B\n", "image.env[X].value", "1", NULL },
        { "FROM scratch\nARG TARGETARCH\nENV X=$TARGETARCH\n", "image.env[X].value", "?", NULL },
        { "FROM scratch\nARG TARGETARCH\nENV X=$TARGETARCH\n", "image.env[X].value", "arm64",
          "TARGETARCH=arm64" },
        { "ARG TARGETSTAGE\nFROM x:$TARGETSTAGE AS end\n", "image.base.tag", "end", NULL },
        { "FROM scratch\nENV $N=1\n", "notes", "", NULL },
        { "FROM scratch\nARG A=${X:?none}\n", "notes", "X: none", NULL },
        { "FROM scratch\nARG A=${X:?none}\n", "notes", "", "A=1" },
        { "ARG A=1 B\nFROM scratch\n", "build.instructions[1].args", "{2}", NULL },
        { "ARG A=1 B\nFROM scratch\n", "build.instructions[1].args[B].value", "-", NULL },
        { "ARG A=1 B\nFROM scratch\n", "build.instructions[1].args[A].is_global", "true", NULL },
        { "FROM a:1\nARG A=\"x y\"\n", "build.instructions[2].args[A].value", "x y", NULL },
        { "FROM a:1\nARG A=\"x y\"\n", "build.instructions[2].args[A].value@=", "2:7+5", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
instructions_say_what_they_are(void **state)
{
    static const struct row rows[] = {
        { "from a:1\nrun x\n", "build.instructions[2].name", "run", NULL },
        { "FROM a:1\nADD a b\n", "build.instructions[2].name@", "2:1+3", NULL },
        { "FROM a:1\nUSER  x\n", "build.instructions[2]@", "2:1+7", NULL },
        { "FROM a:1\nUSER  x\n", "build.instructions[2].user@=", "2:7+1", NULL },
        { "FROM a:1\nRUN a\nRUN b\n", "build.instructions[3].index", "3", NULL },
        { "FROM a:1\nRUN a \\\n  b\n", "build.instructions[2]@", "2:1+11", NULL },
        { "FROM a:1 AS B\n", "build.instructions[1].alias", "B", NULL },
        { "FROM a:1\n", "build.instructions[1].image.raw", "a:1", NULL },
        { "FROM a:1\nONBUILD USER x\n", "build.instructions[2].name", "onbuild", NULL },
        { "FROM a:1\nONBUILD USER x\n", "build.instructions[3].name", "user", NULL },
        { "FROM a:1\nONBUILD USER x\n", "build.instructions[3].onbuild", "true", NULL },
        { "FROM a:1\nONBUILD USER x\n", "build.instructions[3]@", "2:9+6", NULL },
        { "FROM a:1\nONBUILD USER $x\n", "build.instructions[3].user", "?", NULL },
        { "FROM a:1\nWORKDIR \"/a b\"\n", "build.instructions[2].path", "/a b", NULL },
        { "FROM a:1\nWORKDIR a\n", "build.instructions[2].is_absolute", "false", NULL },
        { "FROM a:1\nWORKDIR C:\\\\a\n", "build.instructions[2].is_absolute", "true", NULL },
        { "FROM a:1\nARG V\nWORKDIR $V\n", "build.instructions[3].is_absolute", "?", NULL },
        { "FROM a:1\nARG V\nWORKDIR /a/$V\n", "build.instructions[3].is_absolute", "true", NULL },
        { "FROM a:1\nWORKDIR a\n", "build.instructions[2].is_anchored", "false", NULL },
        { "FROM a:1 AS x\nWORKDIR /a\nFROM x\nWORKDIR b\n", "build.instructions[4].is_anchored",
          "true", NULL },
        { "FROM a:1\nENV A=1 B=$A\n", "build.instructions[2].env[B].value", "?", NULL },
        { "FROM a:1\nLABEL a.b=c\n", "build.instructions[2].labels[a.b]", "c", NULL },
        { "FROM a:1\nEXPOSE 80 443/udp\n", "build.instructions[2].ports", "[80, 443/udp]", NULL },
        { "FROM a:1\nVOLUME [\"/a\"]\n", "build.instructions[2].paths", "[/a]", NULL },
        { "FROM a:1\nRUN --network=none --security=insecure x\n",
          "build.instructions[2].flags.network", "none", NULL },
        { "FROM a:1\nRUNN x\n", "build.instructions[2].name", "runn", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
copies_say_what_goes_where(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCOPY a b /c/\n", "build.instructions[2].sources", "{2}", NULL },
        { "FROM a:1\nCOPY a b /c/\n", "build.instructions[2].sources[2].value", "b", NULL },
        { "FROM a:1\nCOPY a b /c/\n", "build.instructions[2].target", "/c/", NULL },
        { "FROM a:1\nCOPY a b /c/\n", "build.instructions[2].additions[2].path", "/c/b", NULL },
        { "FROM a:1\nWORKDIR /w\nCOPY a b\n", "build.instructions[3].additions[1].path", "/w/b",
          NULL },
        { "FROM a:1\nCOPY a b\n", "build.instructions[2].additions[1].path", "b", NULL },
        { "FROM a:1\nADD http://x/y.sh?z /c/\n", "build.instructions[2].additions[1].path",
          "/c/y.sh", NULL },
        { "FROM a:1\nADD http://x/y.sh /c/\n", "build.instructions[2].sources[1].form", "url",
          NULL },
        { "FROM a:1\nADD https://x/y.git#v1 /c/\n", "build.instructions[2].sources[1].form", "git",
          NULL },
        { "FROM a:1\nADD git@github.com:a/b.git /c/\n", "build.instructions[2].sources[1].form",
          "git", NULL },
        { "FROM a:1\nADD a.tar.gz /c/\n", "build.instructions[2].sources[1].archive", "true",
          NULL },
        { "FROM a:1\nADD a.txt /c/\n", "build.instructions[2].sources[1].archive", "false", NULL },
        { "FROM a:1\nCOPY a.tar.gz /c/\n", "build.instructions[2].sources[1].archive", "false",
          NULL },
        { "FROM a:1\nADD $S /c/\n", "build.instructions[2].sources[1].form", "?", NULL },
        { "FROM a:1\nADD $S /c/\n", "build.instructions[2].sources[1].archive", "?", NULL },
        { "FROM a:1\nADD $S /c/\n", "build.instructions[2].sources[1].text", "$S", NULL },
        { "FROM a:1\nADD app-$V.txt /c/\n", "build.instructions[2].sources[1].form", "local",
          NULL },
        { "FROM a:1\nADD app-${V}.txt /c/\n", "build.instructions[2].sources[1].archive", "false",
          NULL },
        { "FROM a:1\nADD app-${V}.tgz /c/\n", "build.instructions[2].sources[1].archive", "true",
          NULL },
        { "FROM a:1\nADD https://x/$V.zip /c/\n", "build.instructions[2].sources[1].form", "url",
          NULL },
        { "FROM a:1\nADD https://x/$V /c/\n", "build.instructions[2].sources[1].form", "?", NULL },
        { "FROM a:1\nCOPY <<E /c\nx\nE\n", "build.instructions[2].sources[1].form", "heredoc",
          NULL },
        { "FROM a:1\nCOPY <<E /c\nx\nE\n", "build.instructions[2].heredocs[1].text", "x\n", NULL },
        { "FROM a:1\nCOPY <<-'E' /c\n\tx\n\tE\n", "build.instructions[2].heredocs[1].text", "x\n",
          NULL },
        { "FROM a:1\nCOPY <<-'E' /c\n\tx\n\tE\n", "build.instructions[2].heredocs[1].expands",
          "false", NULL },
        { "FROM a:1\nCOPY . /c\n", "build.instructions[2].wide", "true", NULL },
        { "FROM a:1\nCOPY ./ /c\n", "build.instructions[2].wide", "true", NULL },
        { "FROM a:1\nCOPY *.py /c\n", "build.instructions[2].wide", "true", NULL },
        { "FROM a:1\nCOPY src/* /c\n", "build.instructions[2].wide", "false", NULL },
        { "FROM a:1\nCOPY $V /c\n", "build.instructions[2].wide", "?", NULL },
        { "FROM a:1\nCOPY $V . /c\n", "build.instructions[2].wide", "true", NULL },
        { "FROM a:1 AS x\nFROM b:1\nCOPY --from=X . /c\n", "build.instructions[3].wide", "false",
          NULL },
        { "FROM a:1 AS x\nFROM b:1\nCOPY --from=X . /c\n", "build.instructions[3].sources[1].form",
          "stage", NULL },
        { "FROM a:1 AS x\nFROM b:1\nCOPY --from=X . /c\n", "build.instructions[3].from.raw", "-",
          NULL },
        { "FROM a:1\nCOPY --from=b:2 x y\n", "build.instructions[2].from.tag", "2", NULL },
        { "FROM a:1\nCOPY --from=b:2 x y\n", "build.instructions[2].from@", "2:13+3", NULL },
        { "FROM a:1\nCOPY --from=b:2 x y\n", "build.instructions[2].flags.from", "b:2", NULL },
        { "FROM a:1\nCOPY --from=$X x y\n", "build.instructions[2].sources[1].form", "?", NULL },
        { "FROM a:1\nCOPY --link --exclude=a --exclude=b --chown=u:g x y\n",
          "build.instructions[2].flags.exclude", "[a, b]", NULL },
        { "FROM a:1\nCOPY --link=false x y\n", "build.instructions[2].flags.link", "false", NULL },
        { "FROM a:1\nCOPY [\"a b\", \"c\"]\n", "build.instructions[2].sources[1].value", "a b",
          NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
mounts_of_a_run_are_told(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN --mount=type=cache,target=/c,id=x y\n",
          "build.instructions[2].mounts[1].type", "cache", NULL },
        { "FROM a:1\nRUN --mount=type=cache,target=/c,id=x y\n",
          "build.instructions[2].mounts[1].target@=", "2:31+2", NULL },
        { "FROM a:1\nRUN --mount=type=cache,target=/c,id=x y\n",
          "build.instructions[2].mounts[1]@", "2:5+33", NULL },
        { "FROM a:1\nRUN --mount=type=secret,id=s,env=TOKEN y\n",
          "build.instructions[2].mounts[1].env", "TOKEN", NULL },
        { "FROM a:1\nRUN --mount=from=b:1,target=/c y\n",
          "build.instructions[2].mounts[1].from.raw", "b:1", NULL },
        { "FROM a:1 AS x\nFROM a:1\nRUN --mount=from=x,target=/c y\n",
          "build.instructions[3].mounts[1].from.raw", "-", NULL },
        { "FROM a:1\nWORKDIR /w\nRUN --mount=type=bind,target=c y\n",
          "build.instructions[3].mounts[1].target", "/w/c", NULL },
        { "FROM a:1\nARG I\nRUN --mount=type=cache,target=/c,id=$I y\n",
          "build.instructions[3].mounts[1].id", "?", NULL },
        { "FROM a:1\nARG I\nRUN --mount=type=cache,target=/c,id=$I y\n",
          "build.instructions[3].mounts[1].id", "k", "I=k" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
copies_know_whether_their_target_is_anchored(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nCOPY a b\n", "build.instructions[2].is_absolute", "false", NULL },
        { "FROM a:1\nCOPY a /b\n", "build.instructions[2].is_absolute", "true", NULL },
        { "FROM a:1\nADD a $B\n", "build.instructions[2].is_absolute", "?", NULL },
        { "FROM a:1\nADD a /x/$B\n", "build.instructions[2].is_absolute", "true", NULL },
        { "FROM a:1\nCOPY a b\n", "build.instructions[2].has_workdir", "false", NULL },
        { "FROM a:1\nWORKDIR x\nCOPY a b\n", "build.instructions[3].has_workdir", "true", NULL },
        { "FROM a:1 AS x\nWORKDIR x\nFROM x\nCOPY a b\n", "build.instructions[4].has_workdir",
          "true", NULL },
        { "FROM a:1 AS x\nWORKDIR x\nFROM a:1\nCOPY a b\n",
          "build.instructions[4].has_workdir", "false", NULL },
        { "FROM a:1\nONBUILD COPY a b\n", "build.instructions[3].has_workdir", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

SUITE(
    CASE(stages_know_their_bases_and_parents),
    CASE(what_reaches_the_target_is_marked),
    CASE(what_a_build_refuses_is_noted),
    CASE(a_reference_that_is_not_known_still_ends_as_it_is_written),
    CASE(variables_flow_from_scope_to_scope),
    CASE(instructions_say_what_they_are),
    CASE(copies_say_what_goes_where),
    CASE(mounts_of_a_run_are_told),
    CASE(copies_know_whether_their_target_is_anchored))
