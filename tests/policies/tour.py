#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tour.py: what the guides recommend is judged, and the tour shows it

    tour.py ROOT PROGRAM

ROOT/examples/tour/recommendations.tsv lists what two guides on hardening recommend, which policies
judge it, and in which documents below weak/ these speak. Compared with it: the `refs` of the
policies that are built in, the findings in weak/, and their absence in hardened/, where each
document has its counterpart. The whole short report of the policies that the table names stands in
tour.txt beside this file; SCANTLING_BLESS=1 rewrites it. Prints TAP.
"""
import collections
import difflib
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOUR = os.path.join("examples", "tour")
GUIDES = {"production": "production_guide", "images": "image_guide"}
LISTS = ("policies", "weak", "later")


def read_table(path):
    """The rows of a table, as dictionaries."""
    with open(path, encoding="utf-8") as file:
        names, *rows = [line.rstrip("\n").split("\t") for line in file]
    names = [name.partition(":")[0] for name in names]
    table = [dict(zip(names, row, strict=True)) for row in rows]
    for row in table:
        for name in LISTS:
            row[name] = [item for item in row[name].split("|") if item]
    return table


def as_list(value):
    return [value] if isinstance(value, str) else value


class Tour:
    """What the program says of the tour."""

    def __init__(self, root, program):
        self.root, self.program = root, os.path.abspath(program)
        self.built_in = {policy["id"]: policy["refs"] for policy in json.loads(
            self.run("policies", "--pack", "all", "--json"))["policies"]}
        report = json.loads(self.check("weak", "--format", "json"))
        self.found = collections.defaultdict(set)
        for finding in report["findings"]:
            if finding["verdict"] == "fail":
                path = os.path.relpath(finding["location"]["path"], os.path.join(TOUR, "weak"))
                self.found[path].add(finding["policy"]["id"])

    def run(self, verb, *words):
        done = subprocess.run([self.program, verb, "--no-config", *words], cwd=self.root, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              timeout=300)
        return done.stdout or done.stderr

    def check(self, folder, *words):
        return self.run("check", "--date", "2026-11-21", *words, os.path.join(TOUR, folder))

    def files(self, side):
        folder = os.path.join(self.root, TOUR, side)
        return {os.path.relpath(os.path.join(where, name), folder)
                for where, _, names in os.walk(folder) for name in names}


def check_policies(tour, row):
    """What is wrong with the policies that a row names."""
    wrong = [f"there is no policy {slug}" for slug in row["policies"] if slug not in tour.built_in]
    key = GUIDES[row["guide"]]
    told = {slug for slug, refs in tour.built_in.items() if row["id"] in as_list(refs.get(key, []))}
    wrong += [f"{slug} has no {key} {row['id']} in its refs" for slug in row["policies"]
              if slug not in told]
    wrong += [f"{slug} has it in its refs, and not the table" for slug in sorted(told)
              if slug not in row["policies"]]
    wrong += [f"{slug} is built in: it belongs under policies" for slug in row["later"]
              if slug in tour.built_in]
    if not row["policies"] and not row["later"]:
        wrong.append("no policy judges it, and none is named that will")
    return wrong


def check_weak(tour, row):
    """What does not show up in the weak documents that a row names."""
    wanted = set(row["policies"])
    met = set().union(*(tour.found[path] for path in row["weak"])) if row["weak"] else set()
    return ([f"{slug} finds nothing in {row['weak']}" for slug in sorted(wanted - met)]
            + [f"{path} shows none of it" for path in row["weak"] if not wanted & tour.found[path]])


def check_unknown(tour, table):
    """References to recommendations that the table does not have."""
    known = {(row["guide"], row["id"]) for row in table}
    return [f"{slug}: {key} {item}" for slug, refs in tour.built_in.items()
            for guide, key in GUIDES.items() for item in as_list(refs.get(key, []))
            if (guide, item) not in known]


def check_hardened(tour):
    printed = tour.check("hardened")
    return [] if printed.startswith("clean; judged ") else printed.splitlines()


def check_pairs(tour):
    weak, hardened = tour.files("weak"), tour.files("hardened")
    return ([f"{path} has no hardened counterpart" for path in sorted(weak - hardened)]
            + [f"{path} has no weak counterpart" for path in sorted(hardened - weak)
               if not path.endswith(".dockerignore")])


def check_report(tour, table):
    """What the policies of the table say of the whole tour, compared with what stands here."""
    slugs = sorted({slug for row in table for slug in row["policies"]})
    printed = tour.check("", "--format", "short", "--only", ",".join(slugs))
    path = os.path.join(HERE, "tour.txt")
    if os.environ.get("SCANTLING_BLESS") == "1":
        with open(path, "w", encoding="utf-8") as file:
            file.write(printed)
    with open(path, encoding="utf-8") as file:
        expected = file.read().splitlines()
    got = printed.splitlines()
    return list(difflib.unified_diff(expected, got, "tour.txt", "printed", n=0, lineterm=""))


def check_noticing(tour, table):
    """Whether a table that promises too much would be told."""
    row = dict(next(row for row in table if row["policies"]), policies=["no-such-policy"])
    silent = dict(row, policies=["no-engine-socket"], weak=["storefront/Dockerfile"])
    return [] if check_policies(tour, row) and check_weak(tour, silent) else ["it is not"]


def cases(tour, table):
    for row in table:
        title = f"{row['guide']} {row['id']}: {row['recommendation']}"
        wrong = check_policies(tour, row) + check_weak(tour, row)
        if not row["policies"] and not wrong:
            title += " # SKIP no policy judges it yet"
        yield title, wrong
    yield "no policy refers to what no guide says", check_unknown(tour, table)
    yield "each weak document has a hardened counterpart", check_pairs(tour)
    yield "the hardened documents are clean", check_hardened(tour)
    yield "the report on the tour is as it was", check_report(tour, table)
    yield "a table that promises too much is noticed", check_noticing(tour, table)


def main(arguments):
    root, program = arguments
    table = read_table(os.path.join(root, TOUR, "recommendations.tsv"))
    failures = number = 0
    for number, (title, wrong) in enumerate(cases(Tour(root, program), table), 1):
        failures += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        for line in wrong:
            print(f"# {line}")
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
