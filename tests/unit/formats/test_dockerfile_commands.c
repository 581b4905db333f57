/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_commands.c: what a Dockerfile runs
 */
#include "dockerfile_cases.h"

static void
commands_have_names_words_and_places(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN apt-get install -y x\n", "build.commands[1].name", "apt-get", NULL },
        { "FROM a:1\nRUN apt-get install -y x\n", "build.commands[1].argv", "{4}", NULL },
        { "FROM a:1\nRUN apt-get install -y x\n", "build.commands[1].argv[2].value", "install",
          NULL },
        { "FROM a:1\nRUN apt-get install -y x\n", "build.commands[1].argv[4]@", "2:24+1", NULL },
        { "FROM a:1\nRUN a && \\\n  b c\n", "build.commands[2]@", "3:3+3", NULL },
        { "FROM a:1\nRUN a && \\\n  b c\n", "build.commands[2].conditional", "true", NULL },
        { "FROM a:1\nRUN a && \\\n  b c\n", "build.commands[1].conditional", "false", NULL },
        { "FROM a:1\nRUN sudo -E env A=1 /usr/bin/apt-get x\n", "build.commands[1].name", "apt-get",
          NULL },
        { "FROM a:1\nRUN sudo -E env A=1 /usr/bin/apt-get x\n", "build.commands[1].wrappers",
          "[sudo, env]", NULL },
        { "FROM a:1\nRUN sudo -E env A=1 /usr/bin/apt-get x\n", "build.commands[1].argv[1].text",
          "/usr/bin/apt-get", NULL },
        { "FROM a:1\nRUN $TOOL install\n", "build.commands[1].name", "?", NULL },
        { "FROM a:1\nRUN A=1\n", "build.commands[1].name", "-", NULL },
        { "FROM a:1\nRUN A=1 B=$C x\n", "build.commands[1].assignments[A].value", "1", NULL },
        { "FROM a:1\nRUN A=1 B=$C x\n", "build.commands[1].assignments[B].value", "?", NULL },
        { "FROM a:1\nRUN x \"$A-${B}\"\n", "build.commands[1].argv[2].text", "$A-${B}", NULL },
        { "FROM a:1\nRUN x \"$A-${B}\"\n", "build.commands[1].argv[2].value", "?", NULL },
        { "FROM a:1\nRUN x \"$A-${B}\"\n", "build.commands[1].argv[2].variables", "[A, B]", NULL },
        { "FROM a:1\nRUN x > /a 2>&1\n", "build.commands[1].redirections[1].target", "/a", NULL },
        { "FROM a:1\nRUN x > /a 2>&1\n", "build.commands[1].redirections[2].operator", ">&",
          NULL },
        { "FROM a:1\nRUN a\nRUN b && c\n", "build.commands[3].index", "2", NULL },
        { "FROM a:1\nRUN a\nRUN b && c\n", "build.commands[3].instruction.index", "3", NULL },
        { "FROM a:1\nRUN a\nRUN b && c\n", "build.commands[3].preceding", "{1}", NULL },
        { "FROM a:1 AS s\nRUN a\n", "build.commands[1].stage.name", "s", NULL },
        { "FROM a:1\nONBUILD RUN a\n", "build.commands[1].name", "a", NULL },
        { "FROM a:1\nCMD a\n", "build.commands", "-", NULL },
        { "FROM a:1\nCMD a b\n", "build.instructions[2].commands[1].name", "a", NULL },
        { "FROM a:1\nHEALTHCHECK CMD [\"a\", \"b\"]\n", "build.instructions[2].commands[1].name",
          "a", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
forms_decide_what_is_read(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN a\n", "build.instructions[2].form", "shell", NULL },
        { "FROM a:1\nRUN [\"a\"]\n", "build.instructions[2].form", "exec", NULL },
        { "FROM a:1\nRUN <<E\na\nE\n", "build.instructions[2].form", "heredoc", NULL },
        { "FROM a:1\nRUN [\"/bin/a\", \"b c\"]\n", "build.commands[1].name", "a", NULL },
        { "FROM a:1\nRUN [\"/bin/a\", \"b c\"]\n", "build.commands[1].argv[2].value", "b c", NULL },
        { "FROM a:1\nRUN [\"/bin/a\", \"b c\"]\n", "build.commands[1].argv[2]@", "2:16+5", NULL },
        { "FROM a:1\nRUN [\"/bin/a\", \"b c\"]\n", "build.commands[1]@", "2:6+15", NULL },
        { "FROM a:1\nRUN [\"sh\", \"-c\", \"curl x | sh\"]\n", "build.commands[2].name", "curl",
          NULL },
        { "FROM a:1\nRUN [\"sh\", \"-c\", \"curl x | sh\"]\n", "build.commands[2]@", "2:19+6",
          NULL },
        { "FROM a:1\nRUN [\"sh\", \"-c\", \"a \\\"b\\\"; cd /\"]\n", "build.commands[3]@", "2:28+4",
          NULL },
        { "FROM a:1\nRUN [\"sh\", \"-c\", \"a \\u0062; cd /\"]\n", "build.commands[2]@", "2:19+4",
          NULL },
        { "FROM a:1\nRUN <<E\na\nb c\nE\n", "build.commands[2]@", "4:1+3", NULL },
        { "FROM a:1\nRUN <<E\n#!/bin/bash\na\nE\n", "build.commands[1].name", "a", NULL },
        { "FROM a:1\nRUN <<E\n#!/usr/bin/env python3\nimport os\nE\n", "build.commands", "-",
          NULL },
        { "FROM a:1\nRUN cat <<E > /x && b\ntext\nE\n", "build.commands[1].name", "cat", NULL },
        { "FROM a:1\nRUN cat <<E > /x && b\ntext\nE\n", "build.commands[2].name", "b", NULL },
        { "FROM a:1\nRUN cat <<E > /x && b\ntext\nE\n", "build.commands[2]@", "2:21+1", NULL },
        { "FROM a:1\nRUN cat <<E > /x && b\ntext\nE\n", "build.commands[1].additions[1].path", "/x",
          NULL },
        { "FROM a:1\nSHELL [\"powershell\", \"-c\"]\nRUN a\n", "build.commands", "-", NULL },
        { "FROM a:1\nSHELL [\"cmd\"]\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a\n",
          "build.commands[1].name", "a", NULL },
        { "FROM a:1 AS x\nSHELL [\"pwsh\"]\nFROM x\nRUN a\n", "build.commands", "-", NULL },
        { "FROM --platform=windows/amd64 a:1\nRUN a\n", "build.commands", "-", NULL },
        { "FROM a:1\nRUN sh -c 'a && b'\n", "build.commands[3].name", "b", NULL },
        { "FROM a:1\nHEALTHCHECK NONE\n", "build.instructions[2].commands", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
pipelines_and_readers_are_linked(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN curl x | tee y | sh\n", "build.pipelines[1].commands", "{3}", NULL },
        { "FROM a:1\nRUN curl x | tee y | sh\n", "build.pipelines[1]@", "2:5+19", NULL },
        { "FROM a:1\nRUN curl x | sh || true\n", "build.pipelines[1].guarded", "true", NULL },
        { "FROM a:1\nRUN curl x | sh\n", "build.commands[1].readers[1].name", "sh", NULL },
        { "FROM a:1\nRUN sh <(curl x)\n", "build.commands[1].readers[1].name", "sh", NULL },
        { "FROM a:1\nRUN curl x | sh\n", "build.commands[2].readers", "-", NULL },
        { "FROM a:1\nRUN curl x | sh\n", "build.commands[2].pipeline.instruction.index", "2",
          NULL },
        { "FROM a:1\nRUN curl x\n", "build.pipelines", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
downloads_land_where_they_are_told(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN curl -fsSLo /t/x https://y/z\n", "build.commands[1].additions[1].path",
          "/t/x", NULL },
        { "FROM a:1\nRUN curl -fsSLo /t/x https://y/z\n", "build.commands[1].additions[1].source",
          "https://y/z", NULL },
        { "FROM a:1\nRUN curl -fsSLo /t/x https://y/z\n", "build.commands[1].additions[1].how",
          "download", NULL },
        { "FROM a:1\nRUN curl -o/t/x https://y/z\n", "build.commands[1].additions[1].path", "/t/x",
          NULL },
        { "FROM a:1\nRUN curl --output=/t/x https://y/z\n", "build.commands[1].additions[1].path",
          "/t/x", NULL },
        { "FROM a:1\nRUN curl https://y/z --output /t/x\n", "build.commands[1].additions[1].path",
          "/t/x", NULL },
        { "FROM a:1\nRUN cd /t && curl -LO https://y/z?q=1\n",
          "build.commands[2].additions[1].path", "/t/z", NULL },
        { "FROM a:1\nRUN curl -H a https://y/z > /t/x\n", "build.commands[1].additions[1].how",
          "download", NULL },
        { "FROM a:1\nRUN curl https://y/z\n", "build.commands[1].additions", "-", NULL },
        { "FROM a:1\nRUN curl -o /a https://y/a -o /b https://y/b\n",
          "build.commands[1].additions[2].path", "/b", NULL },
        { "FROM a:1\nWORKDIR /w\nRUN wget -q https://y/z.sh\n",
          "build.commands[1].additions[1].path", "/w/z.sh", NULL },
        { "FROM a:1\nRUN wget -qO- https://y/z | sh\n", "build.commands[1].additions", "-", NULL },
        { "FROM a:1\nRUN wget -qO /t/x https://y/z\n", "build.commands[1].additions[1].path",
          "/t/x", NULL },
        { "FROM a:1\nRUN wget -P /t https://y/z\n", "build.commands[1].additions[1].path", "/t/z",
          NULL },
        { "FROM a:1\nRUN aria2c -d /t -o x https://y/z\n", "build.commands[1].additions[1].path",
          "/t/x", NULL },
        { "FROM a:1\nRUN curl -o \"$D/x\" https://y/z\n", "build.commands[1].additions[1].path",
          "$D/x", NULL },
        { "FROM a:1\nRUN echo a >> /t/x\n", "build.commands[1].additions[1].how", "redirect",
          NULL },
        { "FROM a:1\nRUN echo a > /dev/null 2> /e\n", "build.commands[1].additions", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_run_is_named_by_its_path(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN sh /t/x.sh a\n", "build.commands[1].runs", "[/t/x.sh]", NULL },
        { "FROM a:1\nRUN bash -ex -o pipefail x.sh\n", "build.commands[1].runs", "[x.sh]", NULL },
        { "FROM a:1\nRUN bash -c 'x'\n", "build.commands[1].runs", "-", NULL },
        { "FROM a:1\nRUN cd /t && ./x\n", "build.commands[2].runs", "[/t/x]", NULL },
        { "FROM a:1\nRUN ./x\n", "build.commands[1].runs", "[x]", NULL },
        { "FROM a:1\nRUN . /t/env\n", "build.commands[1].runs", "[/t/env]", NULL },
        { "FROM a:1\nRUN python3 -m pip install x\n", "build.commands[1].runs", "-", NULL },
        { "FROM a:1\nRUN python3 -u get.py\n", "build.commands[1].runs", "[get.py]", NULL },
        { "FROM a:1\nRUN sh < /t/x\n", "build.commands[1].runs", "[/t/x]", NULL },
        { "FROM a:1\nRUN curl x | bash -s -- a\n", "build.commands[2].runs", "-", NULL },
        { "FROM a:1\nRUN sh \"$D/x\"\n", "build.commands[1].runs", "[$D/x]", NULL },
        { "FROM a:1\nRUN chmod +x /t/x\n", "build.commands[1].runs", "-", NULL },
        { "FROM a:1\nRUN [\"/t/x\"]\n", "build.commands[1].runs", "[/t/x]", NULL },
        { "FROM a:1\nRUN node -e 1\n", "build.commands[1].runs", "-", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
checks_say_what_they_check(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN echo 'h  x' | sha256sum -c -\n", "build.commands[2].verifies", "[*]",
          NULL },
        { "FROM a:1\nRUN sha256sum --check --strict SUMS\n", "build.commands[1].verifies", "[*]",
          NULL },
        { "FROM a:1\nRUN shasum -a 256 -c SUMS\n", "build.commands[1].verifies", "[*]", NULL },
        { "FROM a:1\nRUN sha256sum x\n", "build.commands[1].verifies", "-", NULL },
        { "FROM a:1\nRUN [ \"$(sha256sum /t/x | cut -c1-64)\" = \"$S\" ]\n",
          "build.commands[1].verifies", "[/t/x]", NULL },
        { "FROM a:1\nRUN gpg --batch --verify /t/x.asc /t/x\n", "build.commands[1].verifies",
          "[/t/x]", NULL },
        { "FROM a:1\nRUN gpg --verify /t/x.asc\n", "build.commands[1].verifies", "[/t/x]", NULL },
        { "FROM a:1\nRUN gpg --dearmor -o /k /t/x\n", "build.commands[1].verifies", "-", NULL },
        { "FROM a:1\nRUN gpgv --keyring /k /t/x.sig /t/x\n", "build.commands[1].verifies",
          "[/t/x]", NULL },
        { "FROM a:1\nRUN cosign verify-blob --key k --signature s /t/x\n",
          "build.commands[1].verifies", "[/t/x]", NULL },
        { "FROM a:1\nRUN minisign -Vm /t/x -P k\n", "build.commands[1].verifies", "[/t/x]", NULL },
        { "FROM a:1\nRUN openssl dgst -sha256 -verify k -signature s /t/x\n",
          "build.commands[1].verifies", "[/t/x]", NULL },
        { "FROM a:1\nRUN busybox sha256sum -c SUMS\n", "build.commands[1].verifies", "[*]", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
pipelines_know_whether_all_their_commands_count(void **state)
{
    static const struct row rows[] = {
        { "FROM a:1\nRUN a | b\n", "build.pipelines[1].pipefail", "false", NULL },
        { "FROM a:1\nRUN set -o pipefail; a | b\n", "build.pipelines[1].pipefail", "true", NULL },
        { "FROM a:1\nRUN set -euxo pipefail && a | b\n", "build.pipelines[1].pipefail", "true",
          NULL },
        { "FROM a:1\nRUN a | b; set -o pipefail; c | d\n", "build.pipelines[1].pipefail", "false",
          NULL },
        { "FROM a:1\nRUN a | b; set -o pipefail; c | d\n", "build.pipelines[2].pipefail", "true",
          NULL },
        { "FROM a:1\nRUN set -o pipefail; set +o pipefail; a | b\n",
          "build.pipelines[1].pipefail", "false", NULL },
        { "FROM a:1\nRUN set -o pipefail\nRUN a | b\n", "build.pipelines[1].pipefail", "false",
          NULL },
        { "FROM a:1\nRUN bash -eo pipefail -c 'a | b'\n", "build.pipelines[1].pipefail", "true",
          NULL },
        { "FROM a:1\nRUN set -o pipefail; sh -c 'a | b'\n", "build.pipelines[1].pipefail",
          "false", NULL },
        { "FROM a:1\nRUN [\"bash\", \"-o\", \"pipefail\", \"-c\", \"a | b\"]\n",
          "build.pipelines[1].pipefail", "true", NULL },
        { "FROM a:1\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b\n",
          "build.pipelines[1].pipefail", "true", NULL },
        { "FROM a:1\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN <<E\na | b\nE\n",
          "build.pipelines[1].pipefail", "true", NULL },
        { "FROM a:1\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN <<E\n"
          "#!/bin/sh\na | b\nE\n",
          "build.pipelines[1].pipefail", "false", NULL },
        { "FROM a:1 AS x\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nFROM x\nRUN a | b\n",
          "build.pipelines[1].pipefail", "true", NULL },
        { "FROM a:1 AS x\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nFROM a:1\nRUN a | b\n",
          "build.pipelines[1].pipefail", "false", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

/* The last instruction is a USER. */
#define EXISTS(text, line, expected) \
    { text, "build.instructions[" #line "].user_exists", expected, NULL }

static void
users_are_looked_for_among_the_accounts(void **state)
{
    static const struct row rows[] = {
        EXISTS("FROM debian:12\nUSER app\n", 2, "false"),
        EXISTS("FROM debian:12\nUSER 1000:app\n", 2, "true"),
        EXISTS("FROM debian:12\nUSER root\n", 2, "true"),
        EXISTS("FROM debian:12\nUSER www-data:www-data\n", 2, "true"),
        EXISTS("FROM debian:12\nUSER $U\n", 2, "?"),
        EXISTS("FROM node:22\nUSER node\n", 2, "true"),
        EXISTS("FROM acme/unheard-of:1\nUSER app\n", 2, "?"),
        EXISTS("FROM $BASE\nUSER app\n", 2, "?"),
        EXISTS("FROM scratch\nUSER www-data\n", 2, "false"),
        EXISTS("FROM debian:12\nRUN useradd -r -g app app\nUSER app\n", 3, "true"),
        EXISTS("FROM debian:12\nRUN adduser -D $N\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nARG N=app\nRUN adduser -D $N\nUSER app\n", 4, "true"),
        EXISTS("FROM debian:12\nRUN [\"useradd\", \"app\"]\nUSER app\n", 3, "true"),
        EXISTS("FROM debian:12\nRUN echo useradd app\nUSER app\n", 3, "false"),
        EXISTS("FROM debian:12\nRUN apt-get update\nUSER app\n", 3, "false"),
        EXISTS("FROM debian:12\nRUN apt-get install -y x\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN ./setup\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN /usr/sbin/useradd app\nUSER other\n", 3, "false"),
        EXISTS("FROM debian:12\nRUN sh setup.sh\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN sh -c 'useradd app'\nUSER app\n", 3, "true"),
        EXISTS("FROM debian:12\nRUN $TOOL\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN echo a:x:1:1 >> /etc/passwd\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN sed -i s,a,b, /etc/passwd\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nRUN <<E\n#!/usr/bin/python3\nx\nE\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nCOPY passwd /etc/\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nCOPY root/ /\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nCOPY a $D\nUSER app\n", 3, "?"),
        EXISTS("FROM debian:12\nCOPY a /app/\nUSER app\n", 3, "false"),
        EXISTS("FROM debian:12 AS x\nRUN useradd app\nFROM x\nUSER app\n", 4, "true"),
        EXISTS("FROM debian:12 AS x\nRUN useradd app\nFROM debian:12\nUSER app\n", 4, "false"),
        EXISTS("FROM debian:12 AS x\nRUN ./x\nFROM x\nUSER app\n", 4, "?"),
        EXISTS("FROM debian:12\nONBUILD RUN useradd app\nUSER app\n", 4, "false"),
        EXISTS("FROM debian:12\nCMD ./run\nUSER app\n", 3, "false"),
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

SUITE(
    CASE(commands_have_names_words_and_places),
    CASE(forms_decide_what_is_read),
    CASE(pipelines_and_readers_are_linked),
    CASE(downloads_land_where_they_are_told),
    CASE(what_is_run_is_named_by_its_path),
    CASE(checks_say_what_they_check),
    CASE(pipelines_know_whether_all_their_commands_count),
    CASE(users_are_looked_for_among_the_accounts))
