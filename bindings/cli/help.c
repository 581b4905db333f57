/* SPDX-License-Identifier: Apache-2.0 */
/*
 * help.c: the texts of --help
 *
 * One array of lines a verb, so that a text reads here as it is printed. A test holds every option
 * that is named against the table of options.
 */
#include "help.h"

#include <stdio.h>
#include <string.h>

static const char *const general_lines[] = {
    "scantling: has this container the dimensions it must have?",
    "",
    "Usage: scantling VERB [OPTION]... [ARGUMENT]...",
    "",
    "Verbs",
    "  check       judge files, folders, standard input or a command line",
    "  inspect     print how a document is understood: the normalized model as JSON",
    "  explain     say what a policy wants, why, and how to comply",
    "  policies    list policies",
    "  test        run the examples that policies carry",
    "  eval        evaluate one Lua expression over the subjects of documents",
    "  completion  print the completion script of a shell",
    "  version     print versions",
    "",
    "Options",
    "  -h, --help     print this help, or after a verb the help of that verb",
    "  -V, --version  the same as 'scantling version'",
    "",
    "Exit status",
    "  0 clean, 1 findings, 2 usage or configuration, 3 an input was not read or",
    "  understood, 4 a policy failed",
    "",
    "Examples",
    "  scantling check",
    "  scantling check Dockerfile compose.yaml --fail-on high",
    "  scantling check -- docker run --privileged nginx:1.29",
    "  kubectl get pod web -o yaml | scantling check -",
    "  scantling explain no-root-user",
    NULL,
};

static const char *const check_lines[] = {
    "Usage: scantling check [OPTION]... [PATH]...",
    "       scantling check [OPTION]... -- docker run [ARGUMENT]...",
    "",
    "Judge files, folders (searched), standard input (-) or a command line.",
    "Without a PATH, judge the current folder. The documents of one call are judged",
    "together: a service finds its Dockerfile, an image finds its scan report.",
    "",
    "What to judge",
    "      --as FORMAT            take every PATH for FORMAT instead of detecting it",
    "      --stdin-name NAME      name of standard input in the report [<stdin>]",
    "      --files-from FILE      read more PATHs from FILE, one a line (- is stdin)",
    "      --exclude GLOB         leave out what is found in folders (repeatable)",
    "      --build-arg K=V        value of a Dockerfile ARG (repeatable)",
    "      --variable K=V         value of ${K} in the text, as of a Compose file",
    "                             (repeatable)",
    "      --pod-template K=PATH  where custom resources of kind K, or K.group, have",
    "                             their pod template, as spec.template",
    "      --target STAGE         judge the image of STAGE, not of the final stage",
    "      --assume KEY=VALUE     what documents cannot say, as runtime=podman",
    "      --skip-unknown         files of no known format, and finding nothing to",
    "                             judge, are no error",
    "",
    "What to judge it by",
    "      --pack NAMES           built-in policies: recommended, strict, cis, owasp,",
    "                             pss-baseline, pss-restricted, style, all, none",
    "                             [recommended]",
    "      --policies PATH        add a policy file or folder (repeatable)",
    "      --only NAMES           keep only these: code, slug, prefix of a code, or",
    "                             another tool's id",
    "      --skip NAMES           leave these out",
    "      --param POLICY.P=VALUE set parameter P of POLICY (repeatable)",
    "      --date YYYY-MM-DD      judge as of this day [today in UTC]",
    "      --limit NAME=N         bytes, depth, nodes, steps, memory, findings, ...",
    "      --config FILE          use FILE instead of looking for scantling.yaml",
    "      --no-config            use no configuration file",
    "",
    "What to report",
    "  -f, --format NAME          text, short, json, jsonl, sarif, github, gitlab,",
    "                             junit, checkstyle, rdjson, markdown, html [text]",
    "  -o, --output FILE          write the --format before it to FILE",
    "      --show-suppressed      report suppressed findings too",
    "      --no-suppress          let no comment, configuration or baseline suppress",
    "      --baseline FILE        suppress the findings listed in FILE",
    "      --write-baseline FILE  list the findings of this run in FILE",
    "      --color WHEN           auto, always, never [auto]",
    "      --hyperlinks WHEN      always, never [never]",
    "      --width N              columns of the text report [terminal, or 80]",
    "  -q, --quiet                no summary, no progress, no warnings",
    "  -v, --verbose              say what was read, skipped, assumed and spent",
    "",
    "What to change",
    "      --fix                  apply the safe fixes to the files",
    "      --diff                 print the safe fixes as a diff and change no file",
    "      --unsafe               with one of these: the unsafe fixes too",
    "",
    "How to end",
    "      --fail-on SEVERITY     critical, high, medium, low or info; also with",
    "                             ',inconclusive' [medium]",
    "      --exit-zero            end with 0 where findings would make it 1",
    "  -j, --jobs N               documents judged at the same time [processors]",
    "  -h, --help                 print this help",
    "",
    "Examples",
    "  scantling check --pack strict --skip SL17 .",
    "  scantling check --format text --format sarif --output scantling.sarif",
    "  docker inspect web | scantling check --as docker-inspect -",
    "  git diff --name-only --diff-filter=d main |",
    "    scantling check --skip-unknown --files-from -",
    NULL,
};

static const char *const inspect_lines[] = {
    "Usage: scantling inspect [OPTION]... FILE...",
    "       scantling inspect --fields [SUBJECT] | --formats",
    "",
    "Print how FILE (or -) is understood: the normalized model as JSON. Several are",
    "understood together, as by check, and their models follow one another.",
    "",
    "      --origins        add to each field the place it comes from",
    "      --fields         list the fields a policy can read, of one kind of SUBJECT,",
    "                       or all about one field, as container.user.uid",
    "      --formats        list the formats, and how each is recognized",
    "      --as FORMAT, --stdin-name NAME, --build-arg K=V, --variable K=V,",
    "      --pod-template K=PATH, --target STAGE, --assume KEY=VALUE,",
    "      --limit NAME=N                                        as for check",
    "  -h, --help           print this help",
    NULL,
};

static const char *const explain_lines[] = {
    "Usage: scantling explain [OPTION]... POLICY",
    "",
    "Say what POLICY wants, why, and how to comply. POLICY is a code (SL1001), a",
    "slug (no-root-user) or another tool's id for it (DL3002).",
    "",
    "      --policies PATH  add a policy file or folder (repeatable)",
    "      --json           as JSON",
    "  -h, --help           print this help",
    NULL,
};

static const char *const policies_lines[] = {
    "Usage: scantling policies [OPTION]...",
    "",
    "List the policies that 'check' would run with the same options.",
    "",
    "      --pack NAMES, --policies PATH, --only NAMES, --skip NAMES,",
    "      --config FILE, --no-config            as for check",
    "      --why            say for each what switched it on",
    "      --json           as JSON",
    "  -h, --help           print this help",
    NULL,
};

static const char *const test_lines[] = {
    "Usage: scantling test [OPTION]... [PATH]...",
    "",
    "Run the examples that the policies in PATH carry ('fails' and 'passes').",
    "Without a PATH, those of the built-in policies.",
    "",
    "      --only NAMES     only these policies",
    "  -v, --verbose        list the examples that went well too",
    "      --json           as JSON",
    "  -h, --help           print this help",
    NULL,
};

static const char *const eval_lines[] = {
    "Usage: scantling eval [OPTION]... EXPRESSION [PATH]...",
    "",
    "Evaluate a Lua EXPRESSION over each 'subject', in the sandbox of policies, and",
    "print its value with the fields it read.",
    "",
    "      --kind KIND      only subjects of this kind: build, image, container,",
    "                       host, evidence, project",
    "      --as FORMAT, --build-arg K=V, --variable K=V, --pod-template K=PATH,",
    "      --target STAGE, --assume KEY=VALUE, --exclude GLOB, --limit NAME=N    as",
    "                       for check",
    "  -h, --help           print this help",
    NULL,
};

static const char *const completion_lines[] = {
    "Usage: scantling completion bash | zsh | fish",
    "",
    "Print a completion script. For bash, in ~/.bashrc:",
    "  eval \"$(scantling completion bash)\"",
    NULL,
};

static const char *const version_lines[] = {
    "Usage: scantling version [--json]",
    "",
    "Print the version, or with --json also what it was built with.",
    NULL,
};

static const struct {
    const char *verb;
    const char *const *lines;
} texts[] = {
    { "", general_lines },
    { "check", check_lines },
    { "inspect", inspect_lines },
    { "explain", explain_lines },
    { "policies", policies_lines },
    { "test", test_lines },
    { "eval", eval_lines },
    { "completion", completion_lines },
    { "version", version_lines },
};

bool
cli_help_write(FILE *stream, const char *verb)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].verb, verb) != 0)
            continue;
        for (const char *const *line = texts[i].lines; *line; line++)
            fprintf(stream, "%s\n", *line);
        return true;
    }
    return false;
}
