#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ci.py: what stands in examples/ci does what it says

    ci.py ROOT PROGRAM

The hook runs in a git repository that is made for it, and so do the scripts of the jobs: the steps
that build or download something are left out. Prints TAP.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

WEAK = "FROM node\nWORKDIR /app\nCOPY . /app\nCMD [\"node\", \"/app/server.js\"]\n"
GOOD = ("FROM gcr.io/distroless/nodejs24-debian13:nonroot\nWORKDIR /app\nCOPY src /app\n"
        "CMD [\"/app/server.js\"]\n")
IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
SETTINGS = "version: 1\nskip: [no-root-user, pin-image-version, SL12]\n"


class Repository:
    """A git repository with a file that is none of ours."""

    def __init__(self, root, program, folder):
        self.root, self.folder = root, folder
        self.environment = {
            "PATH": os.path.dirname(program) + ":" + os.environ["PATH"], "HOME": folder,
            "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795219200",
            **{key: value for key, value in os.environ.items() if "SAN_OPTIONS" in key}}
        self.run("git", "init", "--quiet", "--initial-branch=main")
        self.write("README", "A project.\n")
        self.git("add", "README")
        self.git("commit", "--quiet", "--message=begin")

    def run(self, *words, **more):
        done = subprocess.run(words, cwd=self.folder, env={**self.environment, **more}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.STDOUT, timeout=120)
        return done.returncode, done.stdout

    def git(self, *words):
        return self.run("git", *IDENTITY, *words)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def stage(self, name, text):
        self.write(name, text)
        self.git("add", name)

    def commit(self):
        return self.git("commit", "--quiet", "--message=change")

    def head(self):
        return self.git("rev-parse", "HEAD")[1].strip()


def expect(ended, status, *texts):
    """What is wrong with (status, output), which should have that status and hold the texts."""
    got, output = ended
    missing = [text for text in texts if text not in output]
    return [] if got == status and not missing else [f"status {got}", *output.splitlines()]


def install_hook(repository):
    shutil.copy(os.path.join(repository.root, "examples", "ci", "pre-commit"),
                os.path.join(repository.folder, ".git", "hooks", "pre-commit"))


def refuses(repository):
    install_hook(repository)
    repository.stage("web/Dockerfile", WEAK)
    return expect(repository.commit(), 1, "--> web/Dockerfile:1:1", "SL1001")


def accepts(repository):
    install_hook(repository)
    repository.stage("web/Dockerfile", GOOD)
    return expect(repository.commit(), 0, "clean; judged 1 document")


def looks_at_the_index(repository):
    install_hook(repository)
    repository.stage("web/Dockerfile", GOOD)
    repository.write("web/Dockerfile", WEAK)
    first = repository.commit()
    repository.stage("web/Dockerfile", WEAK)
    repository.write("web/Dockerfile", GOOD)
    return expect(first, 0) + expect(repository.commit(), 1, "SL1001")


def looks_at_what_changed(repository):
    repository.stage("old/Dockerfile", WEAK)
    repository.commit()
    install_hook(repository)
    repository.stage("notes.txt", "Nothing to judge.\n")
    first = repository.commit()
    repository.git("rm", "--quiet", "old/Dockerfile")
    return expect(first, 0) + expect(repository.commit(), 0)


def takes_staged_settings(repository):
    install_hook(repository)
    repository.stage("web/Dockerfile", WEAK)
    repository.write("scantling.yaml", SETTINGS)
    first = repository.commit()
    repository.git("add", "scantling.yaml")
    return expect(first, 1) + expect(repository.commit(), 0)


def needs_the_program(repository):
    install_hook(repository)
    repository.stage("web/Dockerfile", GOOD)
    repository.environment["PATH"] = os.environ["PATH"]
    if shutil.which("scantling"):
        return []
    return expect(repository.commit(), 1, "scantling is not installed")


def script(root, name, key):
    """The text of the last block of a job that begins with `key |`."""
    with open(os.path.join(root, "examples", "ci", name), encoding="utf-8") as file:
        lines = file.read().splitlines()
    start = max(i for i, line in enumerate(lines) if line.strip() == f"{key} |") + 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = next(i for i in range(start, len(lines) + 1)
               if i == len(lines) or not lines[i].startswith(" " * indent))
    return "\n".join(line[indent:] for line in lines[start:end])


def merge_request(repository):
    base = repository.head()
    repository.stage("old/Dockerfile", WEAK)
    repository.commit()
    middle = repository.head()
    repository.stage("web/Dockerfile", GOOD)
    repository.commit()
    text = script(repository.root, "gitlab.yml", "-")
    with_old = repository.run("sh", "-c", text, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    without = repository.run("sh", "-c", text, CI_MERGE_REQUEST_DIFF_BASE_SHA=middle)
    return (expect(with_old, 1, "--> old/Dockerfile") + expect(without, 0, "judged 1 document")
            + expect(repository.run("sh", "-c", text), 1, "judged 2 documents")
            + ([] if os.path.exists(os.path.join(repository.folder, "scantling.json"))
               else ["no report was kept"]))


def pull_request(repository):
    repository.write("web/Dockerfile", WEAK)
    repository.write(".scantling/examples/Dockerfile", WEAK)
    ended = repository.run("sh", "-ec", script(repository.root, "github.yml", "run:"))
    with open(os.path.join(repository.root, "examples", "ci", "github-matcher.json"),
              encoding="utf-8") as file:
        matchers = json.load(file)["problemMatcher"]
    patterns = [matcher["pattern"][0]["regexp"] for matcher in matchers]
    lines = [line for line in ended[1].splitlines() if not line.startswith("::")]
    unmatched = [line for line in lines
                 if sum(bool(re.match(pattern, line)) for pattern in patterns) != 1]
    return expect(ended, 1, "web/Dockerfile:1:1: high:") + unmatched + [
        line for line in lines if ".scantling" in line]


def hook_patterns(repository):
    """The files that the hooks for pre-commit.com ask for, and those they do not."""
    with open(os.path.join(repository.root, ".pre-commit-hooks.yaml"), encoding="utf-8") as file:
        text = file.read()
    documents, policies = re.findall(r"^  files: '(.*)'$", text, re.M)
    entries = re.findall(r"^  entry: scantling (.*)$", text, re.M)
    repository.write("web/Dockerfile", WEAK)
    wrong = [name for name in ("Dockerfile", "a/web.Dockerfile", "Containerfile.prod", "b/c.yaml",
                               "config.json") if not re.search(documents, name)]
    wrong += [name for name in ("main.c", "docker.md") if re.search(documents, name)]
    wrong += [] if re.search(policies, "policies/acme/a.lua") else ["a.lua"]
    acme = os.path.join(repository.root, "examples", "organisation", "policies", "acme")
    return (wrong + expect(repository.run("scantling", *entries[0].split(), "web/Dockerfile",
                                          "README"), 1, "SL1001")
            + expect(repository.run("scantling", *entries[1].split(), acme), 0, "as promised"))


def begins_with_a_baseline(repository):
    path = os.path.join(repository.root, "examples", "ci", "README.md")
    with open(path, encoding="utf-8") as file:
        text = re.search(r"^```sh\n(.*?)^```", file.read(), re.M | re.S)[1]
    repository.write("old/Dockerfile", WEAK)
    begun = repository.run("sh", "-ec", text)
    then = repository.run("scantling", "check")
    repository.write("new/Dockerfile", WEAK)
    return (expect(begun, 0) + expect(then, 0, "clean, ")
            + expect(repository.run("scantling", "check"), 1, "--> new/Dockerfile"))


CASES = [
    ("the hook refuses a weak Dockerfile that is staged", refuses),
    ("it lets a good one through", accepts),
    ("it judges what is staged, not the working tree", looks_at_the_index),
    ("it judges what the commit changes, and passes over what it does not know",
     looks_at_what_changed),
    ("it takes the settings that are staged", takes_staged_settings),
    ("it is closed where the program is missing", needs_the_program),
    ("the job for GitLab judges what a merge request changes", merge_request),
    ("the workflow for GitHub prints what its matcher reads", pull_request),
    ("the hooks for pre-commit.com ask for documents and policies", hook_patterns),
    ("a project with a history begins with a baseline", begins_with_a_baseline),
]


def main(arguments):
    root, program = map(os.path.abspath, arguments)
    failures = 0
    if not shutil.which("git"):
        print("1..0 # SKIP git is not there")
        return 0
    print(f"1..{len(CASES)}")
    for number, (title, check) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            wrong = check(Repository(root, program, folder))
        failures += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        for line in wrong:
            print(f"# {line}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
