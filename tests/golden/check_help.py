#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_help.py: the options that a help text names are those that the program knows

    check_help.py PROGRAM

Every option in the help of a verb is given to the verb, which must not call it unknown; and a word
that no option resembles must be called so, or the test could not fail. Prints TAP.
"""
import re
import subprocess
import sys

VERBS = ("check", "completion", "eval", "explain", "inspect", "policies", "test", "version")


def run(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.stdout, done.stderr


def options_of(text):
    """The options that a help text names outside of its examples."""
    text = text.split("\nExamples\n")[0]
    return sorted(set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)) - {"--help", "-h"})


def is_unknown(program, verb, option):
    # Two options without sense end the run before anything is read.
    _, errors = run(program, verb, "--no-such-option-at-all", option)
    return f"unknown option '{option}'" in errors


def main(arguments):
    program, number, failures = arguments[0], 0, 0
    for verb in VERBS:
        options = options_of(run(program, verb, "--help")[0])
        if not is_unknown(program, verb, "--never-heard-of"):
            options.append("(a wild option is taken)")
        for option in options:
            number += 1
            wrong = is_unknown(program, verb, option) or option.startswith("(")
            failures += wrong
            print(f"{'not ok' if wrong else 'ok'} {number} - {verb} knows {option}")
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
