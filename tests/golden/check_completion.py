#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_completion.py: the completion scripts are read by their shells, and offer what there is

    check_completion.py PROGRAM

The script for bash is sourced and asked for the words that follow a few beginnings; those for zsh
and fish are checked for their syntax where these shells are installed. Prints TAP.
"""
import re
import shutil
import subprocess
import sys
import tempfile

SYNTAX = (("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute"))

# Words before the cursor as bash divides them (the last is being written), and what must and must
# not be offered.
CASES = (
    (["scantling", ""], ["check", "eval", "completion", "--help"], ["bash"]),
    (["scantling", "ex"], ["explain"], ["check"]),
    (["scantling", "check", "--format", ""], ["text", "json", "jsonl"], ["baseline", "values"]),
    (["scantling", "check", "-f", "js"], ["json", "jsonl"], ["text"]),
    (["scantling", "check", "--format", "=", "te"], ["text"], ["json"]),
    (["scantling", "check", "--format", "="], ["text"], ["--format"]),
    (["scantling", "check", "--only", "no-root"], ["no-root-user"], ["SL1001"]),
    (["scantling", "check", "--skip", "SL100"], ["SL1001"], ["SL2001"]),
    (["scantling", "check", "--pack", "cis,ow"], ["cis,owasp"], ["owasp"]),
    (["scantling", "check", "--fail-on", "high,"], ["high,inconclusive"], ["inconclusive"]),
    (["scantling", "check", "--as", "oci-"], ["oci-image", "oci-runtime"], ["dockerfile"]),
    (["scantling", "check", "--limit", "by"], ["bytes="], ["steps="]),
    (["scantling", "check", "--color", ""], ["auto", "always", "never"], []),
    (["scantling", "check", "--hyperlinks", ""], ["always", "never"], ["auto"]),
    (["scantling", "check", "--date", ""], [], ["text", "--as"]),
    (["scantling", "check", "--ex"], ["--exclude", "--exit-zero"], ["--expand"]),
    (["scantling", "check", ""], [], ["--as", "check"]),
    (["scantling", "eval", "--kind", "im"], ["image"], ["build"]),
    (["scantling", "eval", "--k"], ["--kind"], []),
    (["scantling", "explain", "no-priv"], ["no-privileged"], []),
    (["scantling", "inspect", "--f"], ["--fields", "--formats"], ["--fail-on"]),
    (["scantling", "completion", ""], ["bash", "zsh", "fish"], []),
    (["scantling", "help", "te"], ["test"], []),
    (["scantling", "version", "--"], ["--json", "--help"], ["--format"]),
)


def run(*words, text=None):
    return subprocess.run(words, capture_output=True, text=True, check=False, input=text,
                          timeout=60)


def offered(script, words):
    """What bash would offer for the last of the words."""
    quoted = " ".join("'" + word + "'" for word in words)
    done = run("bash", "-c", f"source {script}; COMP_WORDS=({quoted}); "
               f"COMP_CWORD={len(words) - 1}; _scantling; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    return done.stdout.split("\n")[:-1], done.stderr


def options_of(program, verb):
    """The long options in the help of a verb that it takes."""
    text = run(program, verb, "--help").stdout.split("\nExamples\n")[0]
    found = sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)))
    return [option for option in found
            if f"'{option}' is not in" not in run(program, verb, "--no-such", option).stderr]


class Tap:
    def __init__(self):
        self.number = self.failures = 0

    def tell(self, title, good, lines=()):
        self.number += 1
        self.failures += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {title}")
        for line in lines if not good else ():
            print(f"# {line}")

    def skip(self, title, why):
        self.number += 1
        print(f"ok {self.number} - {title} # SKIP skipped: {why}")


def check_words(tap, script):
    done = run("bash", "-c", f"source {script}; complete -p scantling")
    tap.tell("bash registers the function", "-F _scantling scantling" in done.stdout,
             [done.stdout, done.stderr])
    for words, wanted, unwanted in CASES:
        got, errors = offered(script, words)
        good = set(wanted) <= set(got) and not set(unwanted) & set(got) and not errors
        tap.tell(f"bash completes {' '.join(words)!r}", good, [f"offered: {got}", errors])


def main(arguments):
    program, tap = arguments[0], Tap()
    for shell, option in SYNTAX:
        title = f"{shell} reads its script"
        script = run(program, "completion", shell).stdout
        if not shutil.which(shell):
            tap.skip(title, f"{shell} is not installed")
            continue
        with tempfile.NamedTemporaryFile("w", suffix="." + shell) as stream:
            stream.write(script)
            stream.flush()
            done = run(shell, option, stream.name)
            tap.tell(title, bool(script) and done.returncode == 0 and not done.stderr,
                     done.stderr.splitlines())
            if shell != "bash":
                continue
            check_words(tap, stream.name)
            for verb in ("check", "eval", "explain", "inspect", "policies", "test"):
                got, _ = offered(stream.name, ["scantling", verb, "--"])
                known = options_of(program, verb)
                tap.tell(f"all options of {verb} are offered", set(known) == set(got),
                         [f"help: {known}", f"offered: {got}"])
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
