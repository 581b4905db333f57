#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_documents.py: what the documents show is what happens

    check_documents.py ROOT PROGRAM EMBED LIBRARY SANITIZERS

Reads the Markdown files of the top level, and those below examples and policies. What a comment
before a block says is done with it, one after the other:

    <!-- run -->        a console block: each `$ command`, run in ROOT, prints what stands below it,
                        where a line [...] stands for any lines and how many policies judged is
                        not compared; `echo $?` tells the exit status, `cd FOLDER` holds from there
    <!-- file PATH -->  a file; a document with such blocks runs in an empty folder of its own
    <!-- policy -->     a Lua block: a policy whose own examples hold
    <!-- compile -->    a C block: compiles without a warning, runs, and ends with 0

EMBED is examples/embed.c, built. Beside that every relative link must lead to a file, and what the
README says of formats must be right. With SCANTLING_BLESS=1 the documents are rewritten to what was
printed, except where a [...] stands. Prints TAP.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^<!-- (run|policy|compile|file (\S+)) -->\n```\w*\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
FOLDERS = ("examples", "policies")


class Folder:
    """Where the blocks of a document run."""

    def __init__(self, path):
        self.path = path

    def enter(self, name):
        self.path = os.path.join(self.path, name)


class Place:
    """Where things are."""

    def __init__(self, arguments):
        self.root, program, embed, library = map(os.path.abspath, arguments[:4])
        self.program, self.library, self.sanitizers = program, library, arguments[4]
        self.environment = {
            "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795219200",
            "PATH": ":".join([os.path.dirname(program), os.path.dirname(embed),
                              os.environ["PATH"]]),
            **{key: value for key, value in os.environ.items() if "SAN_OPTIONS" in key}}

    def documents(self):
        """Names and texts, those of the top level first."""
        names = sorted(os.listdir(self.root))
        for folder in FOLDERS:
            names += sorted(os.path.relpath(os.path.join(where, name), self.root)
                            for where, _, files in os.walk(os.path.join(self.root, folder))
                            for name in files)
        for name in names:
            if name.endswith(".md"):
                with open(os.path.join(self.root, name), encoding="utf-8") as file:
                    yield name, file.read()


def split_console(text):
    """(command, what it prints) pairs; a command goes on after a backslash."""
    pairs, lines = [], text.splitlines()
    while lines:
        line = lines.pop(0)
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1] + lines.pop(0)
            pairs.append((command, []))
        elif pairs:
            pairs[-1][1].append(line)
    return pairs


def uncounted(text):
    return re.sub(r"by \d+ polic(y|ies)", "by N policies", text)


def matches(expected, printed):
    pattern = "".join("(?:.*\n)*" if line == "[...]" else re.escape(uncounted(line)) + "\n"
                      for line in expected)
    return re.fullmatch(pattern, uncounted(printed)) is not None


def print_console(place, text, folder):
    """(command, what is expected, what it prints) of each command."""
    status = 0
    for command, expected in split_console(text):
        if command.startswith("cd "):
            folder.enter(command[3:])
            yield command, expected, ""
            continue
        shell = f"(exit {status}); {command}"
        done = subprocess.run(["sh", "-c", shell], cwd=folder.path, env=place.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              stdin=subprocess.DEVNULL, timeout=120)
        status = done.returncode
        yield command, expected, done.stdout.decode("utf-8", "replace")


def run_console(place, text, folder):
    wrong = []
    for command, expected, printed in print_console(place, text, folder):
        if not matches(expected, printed):
            wrong += [f"$ {command}", *printed.splitlines()]
    return wrong


def bless_console(place, text, folder):
    """The block as it should be."""
    lines = text.splitlines()
    if "[...]" in lines:
        return text
    commands = re.findall(r"^\$ (?:.*\\\n)*.*\n", text, re.M)
    printed = [printed for _, _, printed in print_console(place, text, folder)]
    return "".join(command + output for command, output in zip(commands, printed, strict=True))


def run_policy(place, text, _folder):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "policy.lua")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([place.program, "test", path], capture_output=True, text=True,
                              env=place.environment, check=False, timeout=120)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def run_compiler(place, text, _folder):
    library = os.path.dirname(place.library)
    with tempfile.TemporaryDirectory() as folder:
        source, program = os.path.join(folder, "example.c"), os.path.join(folder, "example")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        words = ["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-I",
                 os.path.join(place.root, "include"), source, "-o", program, "-L", library,
                 "-lscantling", "-Wl,-rpath," + library]
        if place.sanitizers != "none":
            words.append("-fsanitize=" + place.sanitizers)
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode == 0:
            done = subprocess.run([program], capture_output=True, text=True, check=False,
                                  cwd=place.root, env=place.environment, timeout=120)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines() + ["failed"]


def write_file(path, text, folder):
    where = os.path.join(folder.path, path)
    os.makedirs(os.path.dirname(where), exist_ok=True)
    with open(where, "w", encoding="utf-8") as file:
        file.write(text)
    return []


RUNNERS = {"run": run_console, "policy": run_policy, "compile": run_compiler}


def run_block(place, block, folder):
    if block[2]:
        return write_file(block[2], block[3], folder)
    return RUNNERS[block[1]](place, block[3], folder)


def run_document(place, name, text, folder):
    """(title, what is wrong) of each block; a block that writes a file is none."""
    blessed = text
    for number, block in enumerate(BLOCK.finditer(text), 1):
        line = text[:block.start()].count("\n") + 1
        if os.environ.get("SCANTLING_BLESS") == "1" and block[1] == "run":
            printed = bless_console(place, block[3], folder)
            blessed = blessed.replace(block[0], block[0].replace(block[3], printed))
            continue
        wrong = run_block(place, block, folder)
        if not block[2]:
            yield f"{name}:{line}: block {number} does what it says", wrong
    if blessed != text:
        with open(os.path.join(place.root, name), "w", encoding="utf-8") as file:
            file.write(blessed)


def check_formats(place, readme):
    """The README names the formats that the program reads."""
    done = subprocess.run([place.program, "version", "--json"], capture_output=True, text=True,
                          env=place.environment, check=False)
    told = json.loads(done.stdout)
    return [f"the format {name} is not named" for name in told["formats"]
            if f"`{name}`" not in readme]


def cases(place):
    texts = dict(place.documents())
    for name, text in texts.items():
        with tempfile.TemporaryDirectory() as empty:
            writes = any(block[2] for block in BLOCK.finditer(text))
            folder = Folder(empty if writes else place.root)
            yield from run_document(place, name, text, folder)
        beside = os.path.join(place.root, os.path.dirname(name))
        yield (f"{name}: every link leads to a file",
               [path for path in LINK.findall(text)
                if not os.path.exists(os.path.join(beside, path))])
    yield "README.md names every format", check_formats(place, texts["README.md"])
    kinds = {block[1] for text in texts.values() for block in BLOCK.finditer(text)}
    yield "there are blocks of every kind", sorted(set(RUNNERS) - kinds)
    yield ("a block that is wrong is noticed",
           [] if run_console(place, "$ echo a\nb\n", Folder("."))
           and run_policy(place, "return 1\n", None)
           and run_compiler(place, "int main(void) { return 1; }\n", None) else ["it is not"])


def main(arguments):
    failures = number = 0
    for number, (title, wrong) in enumerate(cases(Place(arguments)), 1):
        failures += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        for line in wrong:
            print(f"# {line}")
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
