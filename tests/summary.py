#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""summary.py: what a run of all tests came to

    summary.py TESTLOG.json STATUS

Counts the cases in meson's log of a run, whose exit status was STATUS: the lines of TAP, and one
where a program speaks none. A program that ends badly although its cases went well is one failure
more. Prints a line a suite, then what failed with its output, then the count of all.
"""
import json
import re
import sys

MOST_LINES = 60
CASE = re.compile(r"(not )?ok\b\s*\d*\s*(?:- )?([^#]*)(#\s*skip.*)?", re.I)


class Test:
    """One program that was run: its cases by how they ended, and what there is to say."""

    def __init__(self, entry):
        self.suite, _, self.name = entry["name"].split(":", 1)[-1].partition(" / ")
        self.passed = self.failed = self.skipped = 0
        self.told = []
        in_failure = False
        for line in entry.get("stdout", "").splitlines():
            case = CASE.match(line)
            if case:
                in_failure = bool(case[1]) and not case[3]
                self.failed += in_failure
                self.skipped += bool(case[3])
                self.passed += not in_failure and not case[3]
            if in_failure:
                self.told.append(line)
        if not self.passed + self.failed + self.skipped:
            if entry["result"] == "SKIP" or entry.get("stdout", "").startswith("skipped"):
                self.skipped = 1
            elif entry["result"] == "OK":
                self.passed = 1
        if entry["result"] not in ("OK", "SKIP") and not self.failed:
            self.failed = 1
            self.told += [f"ended as {entry['result']}, status {entry['returncode']}"]
            self.told += entry.get("stdout", "").splitlines()[-MOST_LINES:]
        if self.failed:
            self.told += entry.get("stderr", "").splitlines()[:MOST_LINES]


def read_log(path):
    try:
        with open(path, encoding="utf-8") as log:
            return [Test(json.loads(line)) for line in log]
    except OSError as error:
        print(error)
        return []


def main(arguments):
    tests, status = read_log(arguments[0]), int(arguments[1])
    suites = {}
    for test in tests:
        suites.setdefault(test.suite, []).append(test)
    for suite, members in suites.items():
        failed = sum(test.failed for test in members)
        print(f"  {suite:12} {len(members):3} programs {sum(t.passed for t in members):6} passed"
              + (f", {failed} failed" if failed else ""))
    for test in tests:
        if test.failed:
            print(f"\nFAILED {test.suite} / {test.name}")
            for line in test.told[:2 * MOST_LINES]:
                print(f"  {line}")
            if len(test.told) > 2 * MOST_LINES:
                print(f"  and {len(test.told) - 2 * MOST_LINES} more lines")
    passed, failed, skipped = (sum(getattr(test, what) for test in tests)
                               for what in ("passed", "failed", "skipped"))
    if not tests or (status and not failed):
        print(f"\nThe run itself ended with {status}, {len(tests)} programs told of")
        failed += 1
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
