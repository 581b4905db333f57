#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""determinism.py: the same inputs give the same bytes

    determinism.py PROGRAM FOLDER

Judges the documents of FOLDER, and some made here, twenty times with one thread and twenty with
eight, in two locales, from two folders, with and without a terminal's environment; addresses are as
random as the system makes them. All reports of a format must be byte-identical. Prints TAP.
"""
import os
import subprocess
import sys
import tempfile

RUNS = 20
DOCUMENTS = 12
FORMATS = ("json", "text", "short")
DATE = ["--date", "2026-11-21"]


def locales():
    """The C locale, and one that writes numbers and sorts letters in another way."""
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    there = done.stdout.split()
    other = [name for name in ("de_DE.utf8", "de_DE.UTF-8", "tr_TR.utf8") if name in there]
    return ["C", other[0] if other else "C.UTF-8"]


def write_documents(folder):
    """Many documents of uneven work, so that threads end in another order than they began."""
    for number in range(DOCUMENTS):
        path = os.path.join(folder, f"service-{number}", "Dockerfile")
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write("FROM debian\nENV DB_PASSWORD=tiger-%d\n" % number)
            file.write("RUN curl -fsSL https://x.example.org/%d | sh\n" % number
                       * (1 + 7 * number % 20))


def judge(program, paths, form, jobs, locale, folder):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": locale, "LANGUAGE": "de",
                   **{key: value for key, value in os.environ.items() if "SAN_OPTIONS" in key}}
    done = subprocess.run([program, "check", "-f", form, "--jobs", str(jobs), *DATE, *paths],
                          capture_output=True, check=False, cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, timeout=120)
    return done.returncode, done.stdout, done.stderr


def check_format(program, paths, form, folder):
    """How many findings there were, and what differs, if anything does."""
    seen = {}
    for run in range(RUNS):
        for jobs in (1, 8):
            locale = locales()[run % 2]
            result = judge(program, paths, form, jobs, locale, folder)
            seen.setdefault(result, f"run {run}, {jobs} threads, locale {locale}")
    if len(seen) == 1:
        status, output, errors = next(iter(seen))
        if status != 1 or errors or len(output) < 1000:
            return f"status {status}, {len(output)} bytes: {errors[-300:]!r}"
        return None
    return "; ".join(f"{where}: {len(result[1])} bytes" for result, where in seen.items())


def check_order(program, paths, folder):
    """Whether the order in which paths are named does not matter."""
    results = {judge(program, order, "json", 2, "C", folder)[1]
               for order in (paths, list(reversed(paths)))}
    return None if len(results) == 1 else "the order of the paths shows"


def check_inspect(program, document):
    results = set()
    for _ in range(RUNS):
        results.add(subprocess.run([program, "inspect", "--origins", document],
                                   capture_output=True, check=False).stdout)
    return None if len(results) == 1 and len(results.pop()) > 1000 else "the models differ"


def main(arguments):
    program, examples = map(os.path.abspath, arguments)
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        write_documents(folder)
        paths = [".", examples]
        for form in FORMATS:
            cases.append((f"{form} is the same in {2 * RUNS} runs",
                          check_format(program, paths, form, folder)))
        cases.append(("the order of paths does not show", check_order(program, paths, folder)))
        cases.append((f"a model is the same in {RUNS} runs", check_inspect(
            program, os.path.join(examples, "tour", "weak", "storefront", "Dockerfile"))))
    print(f"# locales: {', '.join(locales())}")
    print(f"1..{len(cases)}")
    for number, (title, wrong) in enumerate(cases, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        if wrong:
            print(f"# {wrong}")
    return 1 if any(wrong for _, wrong in cases) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
