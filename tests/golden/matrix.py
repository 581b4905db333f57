#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""matrix.py: the same container, written in eight formats, gets the same verdicts

    matrix.py PROGRAM FOLDER MATRIX REASONS [CORPUS]

Below FOLDER each folder is one container in every format. Every policy that looks at containers or
images judges each; the verdicts are compared with MATRIX, policies down and formats across, which
is written anew where SCANTLING_BLESS is set. A policy that does not say the same of all formats
that can say what it needs stands in REASONS: its code, the formats that may differ, and why. A
reason that nothing calls for is a failure too. The sets of the CORPUS (or of SCANTLING_CORPUS) are
held to the same reasons, where they are there. Prints TAP.
"""
import collections
import csv
import difflib
import json
import os
import subprocess
import sys

# A format, its file in our sets, and its file in those of the corpus.
FORMATS = [
    ("docker-run", "run.sh", "docker-run.argv.json"),
    ("compose", "compose.yaml", "compose.yaml"),
    ("quadlet", "relay.container", "app.container"),
    ("nomad", "nomad.json", "nomad-job.json"),
    ("ecs", "ecs.json", "ecs-task-definition.json"),
    ("docker-inspect", "inspect.json", "docker-inspect.json"),
    ("kubernetes", "pod.yaml", "pod.yaml"),
    ("oci-runtime", "config.json", "config.json"),
]
VERDICTS = {"fail": "fail", "inconclusive": "?", "error": "error"}
NOT_APPLICABLE = "-"
WIDTH = 6


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        listed = json.loads(self.run("policies", "--json", "--pack", "all"))
        self.policies = [policy for policy in listed["policies"]
                         if {"container", "image"} & set(policy["subjects"])]

    def run(self, *words):
        done = subprocess.run([self.path, *words], capture_output=True, check=False, timeout=120,
                              stdin=subprocess.DEVNULL)
        return done.stdout

    def check(self, folder, files, *words):
        done = self.run("check", "--no-config", "--pack", "all", "--date", "2026-11-21",
                        "--format", "json", *words,
                        *(os.path.join(folder, file) for file in files))
        return json.loads(done)

    def quiet(self, folder, files, code):
        """What a policy that finds nothing in files says of each: that it passes, or nothing."""
        counts = self.check(folder, files, "--only", code)["summary"]
        if not counts["pass"] or not counts["not_applicable"]:
            return [NOT_APPLICABLE if not counts["pass"] else "pass"] * len(files)
        return [said for file in files for said in self.quiet(folder, [file], code)]


def table_of(program, folder, column):
    """Verdicts by code, a cell for each format."""
    files = [row[column + 1] for row in FORMATS]
    report, rows = program.check(folder, files), {}
    formats = {os.path.basename(document["path"]): document["format"]
               for document in report["documents"]}
    if formats != {row[column + 1]: row[0] for row in FORMATS}:
        raise ValueError(f"{folder} holds other formats: {formats}")
    said = collections.defaultdict(dict)
    for finding in report["findings"]:
        of_policy = said[finding["policy"]["code"]]
        file = os.path.basename(finding["location"]["path"])
        if of_policy.get(file) != "fail":
            of_policy[file] = VERDICTS[finding["verdict"]]
    for code in (policy["code"] for policy in program.policies):
        left = [file for file in files if file not in said[code]]
        if left:
            said[code].update(zip(left, program.quiet(folder, left, code)))
        rows[code] = [said[code][file] for file in files]
    return rows


def differing(cells):
    """The formats that do not say what most say."""
    able = [cell for cell in cells if cell != NOT_APPLICABLE]
    if not able:
        return set()
    usual = collections.Counter(able).most_common(1)[0][0]
    return {FORMATS[i][0] for i, cell in enumerate(cells) if cell not in (usual, NOT_APPLICABLE)}


def unexplained(rows, reasons, used):
    wrong = []
    for code, cells in sorted(rows.items()):
        for name in sorted(differing(cells)):
            if (code, name) in reasons:
                used.add((code, name))
            else:
                wrong.append(f"{code} says something else of {name}: {' '.join(cells)}")
    return wrong


def print_table(title, rows, policies):
    heads = " ".join(f"{name[:WIDTH]:{WIDTH}}" for name, *_ in FORMATS)
    lines = [title, f"  {heads}  policy"]
    for policy in policies:
        cells = rows[policy["code"]]
        if set(cells) - {"pass", NOT_APPLICABLE}:
            row = " ".join(f"{cell:{WIDTH}}" for cell in cells)
            lines.append(f"  {row}  {policy['code']} {policy['id']}")
    names = [policy["code"] for policy in policies
             if not set(rows[policy["code"]]) - {"pass", NOT_APPLICABLE}]
    lines.append("  pass, where they can be asked: " + " ".join(names))
    return lines


def read_reasons(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row["code"], name): row["why"]
                for row in rows for name in row["formats"].split("|")}


def sets_of(folder):
    return sorted(name for name in os.listdir(folder)
                  if os.path.isfile(os.path.join(folder, name, "compose.yaml")))


def main(arguments):
    program, folder, golden, reasons = Program(arguments[0]), *arguments[1:3], arguments[3]
    reasons, used, cases, printed = read_reasons(reasons), set(), [], []
    for name in sets_of(folder):
        rows = table_of(program, os.path.join(folder, name), 0)
        printed += print_table(name, rows, program.policies)
        cases.append((f"{name}: one container, one verdict", unexplained(rows, reasons, used)))
    text = "\n".join(printed) + "\n"
    if os.environ.get("SCANTLING_BLESS"):
        with open(golden, "w", encoding="utf-8") as file:
            file.write(text)
    with open(golden, encoding="utf-8") as file:
        cases.append(("the matrix is the one that is written down",
                      list(difflib.unified_diff(file.read().splitlines(), text.splitlines(),
                                                lineterm=""))))
    corpus = os.environ.get("SCANTLING_CORPUS") or (arguments[4] if len(arguments) > 4 else "")
    corpus = os.path.join(corpus, "equivalence")
    if os.path.isdir(corpus):
        for name in sets_of(corpus):
            rows = table_of(program, os.path.join(corpus, name), 1)
            cases.append((f"{name}: one container, one verdict", unexplained(rows, reasons, used)))
        cases.append(("no reason is left over", [f"{code} of {name}" for code, name in
                                                 sorted(set(reasons) - used)]))
    else:
        print("# sets of the corpus: skipped, they are not there")
    print(f"1..{len(cases)}")
    for number, (title, lines) in enumerate(cases, 1):
        print(f"{'not ok' if lines else 'ok'} {number} - {title}")
        for line in lines[:60]:
            print(f"# {line}")
    return 1 if any(lines for _, lines in cases) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
