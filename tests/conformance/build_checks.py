#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""build_checks.py: the policies that stand for the checks of `docker build --check`

    build_checks.py PROGRAM CORPUS

Judges the Dockerfiles of the CORPUS (or of SCANTLING_CORPUS) that BuildKit's own checks have
judged, and compares rule and line with what they said of all stages. Where the two differ on
purpose the case stands in DIFFERENT with its reason, and must differ just so. Prints TAP; without
the corpus it is skipped.

What the command line cannot be told is told in another way: a base image, whose variables and shell
BuildKit looks up, is put before the first FROM as a stage of its name. Of a line that a build ends
at with an error, and of those behind it, BuildKit says no more, and neither is it asked here.
"""
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

CODES = {
    "StageNameCasing": "SL1703",
    "FromAsCasing": "SL1702",
    "NoEmptyContinuation": "SL1616",
    "ConsistentInstructionCasing": "SL1702",
    "DuplicateStageName": "SL1602",
    "ReservedStageName": "SL1603",
    "JSONArgsRecommended": "SL1604",
    "MaintainerDeprecated": "SL1701",
    "UndefinedArgInFrom": "SL1114",
    "WorkdirRelativePath": "SL1502",
    "UndefinedVar": "SL1606",
    "MultipleInstructionsDisallowed": "SL1601",
    "LegacyKeyValueFormat": "SL1615",
    "RedundantTargetPlatform": "SL1113",
    "SecretsUsedInArgOrEnv": "SL1201",
    "InvalidDefaultArgInFrom": "SL1114",
    "FromPlatformFlagConstDisallowed": "SL1112",
    "CopyIgnoredFile": "SL1211",
    "InvalidDefinitionDescription": "SL1705",
    "ExposeProtoCasing": "SL1704",
    "ExposeInvalidFormat": "SL1611",
}
BY_BASE = {"SL1604", "SL1606"}  # what hangs on the base image
FOLDERS = ("lint", "eval")

ONE_POLICY = "one policy stands for both rules, and a comment that skips one of them skips it"
NO_OVERRIDE = "a build argument does not replace the directive here"
PASSES = "a reference that says what holds where nothing is set passes"
NO_ARGUMENT = "no argument is to blame: that the image has no such name is a note on the document"
NO_SECRET = "empty values and numbers under four digits are no secrets"
EVERY_ONE = "each one is told until an absolute one comes, not the first alone"

# What BuildKit says and we do not, what we say and it does not, and why.
DIFFERENT = {
    "lint/RuleCheckOption-04": ({("SL1702", 2)}, set(), ONE_POLICY),
    "lint/RuleCheckOption-05": ({("SL1702", 2)}, set(), ONE_POLICY),
    "lint/RuleCheckOption-06": ({("SL1702", 2)}, set(), NO_OVERRIDE),
    "lint/RuleCheckOption-07": (set(), {("SL1702", 2), ("SL1702", 3)}, NO_OVERRIDE),
    "lint/SecretsUsedInArgOrEnv-00": ({("SL1201", 9)}, set(), NO_SECRET),
    "eval/arg-proxy-undeclared": ({("SL1606", 2)}, set(),
                                  "arguments that are there without a declaration pass"),
    "eval/copy-heredoc-expand": ({("SL1606", 3)}, set(), PASSES),
    "eval/env-escape-backtick": ({("SL1502", 4)}, set(),
                                 "a path with a drive is absolute on every platform"),
    "eval/env-modifiers": ({("SL1606", 3)}, set(), PASSES),
    "eval/env-nested-default": ({("SL1606", 2)}, set(), PASSES),
    "eval/expose-empty-var": (set(), {("SL1606", 2)}, "EXPOSE is looked at as well"),
    "eval/expose-expand": (set(), {("SL1611", 3)}, "port 0 is told, as information"),
    "eval/from-default": ({("SL1114", 1)}, set(), PASSES),
    "eval/from-scratch-case": ({("SL1114", 1)}, set(), NO_ARGUMENT),
    "eval/from-stage-case": ({("SL1114", 2)}, set(), NO_ARGUMENT),
    "eval/from-upper-image": ({("SL1114", 1)}, set(), NO_ARGUMENT),
    "eval/lint-global-secret": (set(), {("SL1201", 1)},
                                "an argument before the first FROM is in the history as well"),
    "eval/lint-ignored-negated": (set(), {("SL1211", 2)},
                                  "a pattern with ! lets pass what it may take back alone"),
    "eval/lint-secret": ({("SL1201", 3)}, set(), NO_SECRET),
    "eval/lint-skip-comment": ({("SL1201", 7)}, set(), NO_SECRET),
    "eval/lint-workdir": (set(), {("SL1502", 3), ("SL1502", 5)}, EVERY_ONE),
    "eval/workdir-relative": (set(), {("SL1502", 3)}, EVERY_ONE),
}


class Case:
    """A Dockerfile of the corpus with its options and what was said of it."""

    def __init__(self, folder):
        self.folder = folder
        self.name = "/".join(folder.split(os.sep)[-2:])
        self.text = self.read("Dockerfile") or b""
        self.ignore = self.read("dockerignore")
        self.expected = json.loads(self.read("expected.json"))
        options = json.loads(self.read("options.json") or b"{}")
        attributes = self.expected.get("frontend_attrs", {})
        self.images = options.get("images", {})
        self.build_args = dict(options.get("build_args", {}))
        self.build_args.update((key[len("build-arg:"):], value)
                               for key, value in attributes.items() if key.startswith("build-arg:"))

    def read(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return None
        with open(path, "rb") as file:
            return file.read()

    def warnings(self):
        """The (code, line) of what BuildKit said."""
        said = self.expected["evaluated"].get("check_warnings") or []
        return {(CODES[w["rule"]], w["line"]) for w in said if w["rule"] in CODES}

    def error_line(self):
        """The line that a build ends at, or one behind the last."""
        error = self.expected["evaluated"].get("check_error") or {}
        return min([lines[0] for lines in error.get("lines") or []], default=1 << 30)


def instructions(text):
    """The (first, last) lines of the instructions, as far as this corpus asks for it."""
    lines = text.decode("utf-8", "replace").split("\n")
    escape = "`" if re.match(r"#\s*escape\s*=\s*`", lines[0]) else "\\"
    found, at = [], 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        first, whole = at, ""
        while at < len(lines):
            line = lines[at].rstrip()
            is_passed = at > first and (not line.strip() or line.lstrip().startswith("#"))
            whole += "" if is_passed else line
            at += 1
            if not is_passed and not (line.endswith(escape) and not line.endswith(escape * 2)):
                break
        if re.match(r"\s*(run|copy|add)\s", whole, re.I):
            for word in re.findall(r"<<-?\s*[\"']?(\w+)[\"']?", whole):
                while at < len(lines) and lines[at].strip() != word:
                    at += 1
                at += 1
        found.append((first + 1, at))
    return found


def with_bases(case):
    """The text with the base images as stages before the first FROM, where that is, and by how
    many lines the rest is moved."""
    lines = case.text.decode("utf-8", "surrogateescape").split("\n")
    ranges = instructions(case.text)
    froms = [first for first, _ in ranges if re.match(r"\s*from\s", lines[first - 1], re.I)]
    bases = []
    for first in froms:
        base = re.match(r"\s*from\s+(?:--\S+\s+)*(\S+)", lines[first - 1], re.I)
        if base and base[1] not in bases and base[1] != "scratch":
            bases.append(base[1])
    if not froms or not all(re.fullmatch(r"[a-z][a-z0-9_.-]*", base) for base in bases):
        return case.text, 0, 0
    at = max([last for _, last in ranges if last < froms[0]], default=0)
    while at < froms[0] - 1 and re.match(r"#\s*\w+\s*=", lines[at]) and at == 0:
        at += 1
    told = []
    for base in bases:
        told.append(f"FROM scratch AS {base}")
        config = case.images.get(base, {}).get("config", {})
        told += ["ENV " + entry.replace("$", "\\$") for entry in config.get("Env") or []]
        if config.get("Shell"):
            told.append("SHELL " + json.dumps(config["Shell"]))
    lines[at:at] = told
    return "\n".join(lines).encode("utf-8", "surrogateescape"), at, len(told)


def judge(program, case, text, codes, build_args):
    """The (code, line) of the findings, the lines as they stand."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "Dockerfile"), "wb") as file:
            file.write(text)
        if case.ignore is not None:
            with open(os.path.join(folder, ".dockerignore"), "wb") as file:
                file.write(case.ignore)
        words = [word for key, value in build_args.items()
                 for word in ("--build-arg", f"{key}={value}")]
        done = subprocess.run(
            [program, "check", "--no-config", "--exit-zero", "--format", "json", "--pack", "none",
             "--only", ",".join(sorted(codes)), *words, "Dockerfile"], cwd=folder,
            capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return {("no report: " + done.stderr.decode("utf-8", "replace")[:200], 0)}
    return {(f["policy"]["code"] + (" error" if f["verdict"] == "error" else ""),
             f["location"]["line"]) for f in report["findings"]
            if f["verdict"] != "inconclusive" and not f["suppressed"]}


def findings(program, case):
    """What the policies say of the case, with the lines that BuildKit gives."""
    ranges = instructions(case.text)
    codes = set(CODES.values())
    if b"experimental=" not in case.text:
        codes.discard("SL1705")
    found = set()
    if case.build_args:  # one check looks at the defaults alone
        found |= judge(program, case, case.text, {"SL1114"}, {})
        codes.discard("SL1114")
    text, at, moved = with_bases(case)
    if moved:
        found |= {(code, line if line <= at else line - moved)
                  for code, line in judge(program, case, text, BY_BASE, case.build_args)}
        codes -= BY_BASE
    found |= judge(program, case, case.text, codes, case.build_args)
    lines, end = set(), case.error_line()
    for code, line in found:
        first, last = next((r for r in ranges if r[0] <= line <= r[1]), (line, line))
        place = (code, last if code == "SL1616" else first)
        if first < end or place in case.warnings():
            lines.add(place)
    return lines


def cases(corpus):
    for folder in FOLDERS:
        root = os.path.join(corpus, "buildkit", folder)
        for name in sorted(os.listdir(root)):
            if os.path.isfile(os.path.join(root, name, "expected.json")):
                yield folder, Case(os.path.join(root, name))


def told(pairs):
    return ", ".join(f"{code} in line {line}" for code, line in sorted(pairs)) or "nothing"


def main(arguments):
    program = os.path.abspath(arguments[0])
    corpus = os.environ.get("SCANTLING_CORPUS") or arguments[1]
    if not os.path.isdir(os.path.join(corpus, "buildkit")):
        print("1..0 # SKIP the corpus is not there")
        return 0
    number = failed = 0
    agree = collections.Counter()
    total = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        judged = list(pool.map(lambda item: (*item, findings(program, item[1])), cases(corpus)))
    for folder, case, found in judged:
        expected = case.warnings()
        total[folder] += 1
        agree[folder] += expected == found
        number += 1
        missing, more, reason = DIFFERENT.get(case.name, (set(), set(), ""))
        good = expected - found == missing and found - expected == more
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {case.name}"
              + (f" differs: {reason}" if reason and good else ""))
        if not good:
            print(f"# BuildKit: {told(expected)}\n# here: {told(found)}\n# differs: {reason}")
    for folder in FOLDERS:
        print(f"# {folder}: {agree[folder]} of {total[folder]} agree, the rest for its reasons")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
