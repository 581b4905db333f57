#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""builtin.py: the built-in policies keep what their examples promise

    builtin.py PROGRAM POLICIES

A case a policy file below the folder POLICIES: it is built in, it has examples, and they all end as
it says. A policy that breaks its promise must be told, or the cases could not fail. Prints TAP.
"""
import os
import re
import subprocess
import sys
import tempfile

BROKEN = """return policy {
  id = "acme/never", title = "Never speaks", severity = "low", subjects = { "image" },
  why = "It shows that a promise is checked.", fix = "None.",
  check = function(subject, report) end,
  fails = { dockerfile = "FROM debian:12\\n" },
  passes = { dockerfile = "FROM debian:12\\n" },
}
"""


def run(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=120)
    return done.returncode, done.stdout + done.stderr


def slugs(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".lua"):
                yield name[:-len(".lua")], os.path.join(where, name)


def check_policy(program, slug):
    """What is wrong with the examples of a policy, and how many there are."""
    status, output = run(program, "test", "--only", slug)
    count = re.search(r"(\d+) examples?, all as promised", output)
    if status != 0 or not count:
        return output.strip() or f"status {status}", 0
    if int(count[1]) < 2:
        return f"{count[1]} examples are too few", int(count[1])
    return None, int(count[1])


def check_broken(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "never.lua")
        with open(path, "w", encoding="utf-8") as file:
            file.write(BROKEN)
        status, output = run(program, "test", path)
    return None if status == 1 and "acme/never" in output else f"status {status}: {output}"


def main(arguments):
    program, folder = arguments
    policies = sorted(slugs(folder))
    failures = 0
    print(f"1..{len(policies) + 1}")
    for number, (slug, _) in enumerate(policies, 1):
        wrong, count = check_policy(program, slug)
        failures += wrong is not None
        print(f"{'not ok' if wrong else 'ok'} {number} - {slug} keeps its {count} examples")
        for line in (wrong or "").splitlines():
            print(f"# {line}")
    wrong = check_broken(program)
    failures += wrong is not None
    print(f"{'not ok' if wrong else 'ok'} {len(policies) + 1} - a broken promise is told")
    for line in (wrong or "").splitlines():
        print(f"# {line}")
    return 1 if failures or not policies else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
