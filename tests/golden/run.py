#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run.py: runs the program and compares what it prints, to the byte

    run.py PROGRAM FILE.case...

A case file is plain text, cut at lines that begin with `--- `:

    --- file PATH [hex]      a file to lay out, its content (or its bytes in hex) below
    --- folder PATH          an empty folder
    --- link PATH TARGET     a symbolic link
    --- mode PATH OCTAL      permissions; such cases run as nobody where the tests run as root, and
                             are skipped where nobody cannot reach the program
    --- case SENTENCE        a case; what was laid out before the first is laid out for every one
    --- env NAME=VALUE       a variable beside the fixed ones
    --- terminal             standard output is a terminal of 80 columns
    --- $ scantling ...      the command line, words quoted as for a shell, run without one
    --- stdin [hex]          standard input
    --- stdout               what is expected there; without it, nothing
    --- stdout *             whatever is there is right
    --- stdout has           these lines are there in this order, with others between them
    --- stderr               likewise
    --- output PATH          what is expected in a file afterwards
    --- status N             the exit status; without it, 0

A line of a text that begins like a cut is written with a backslash before it.

Milliseconds, counts of built-in policies, digests, versions of libraries and the URL of the folder
in what is printed are compared as `N ms`, `N policies`, "N" and `file://HOST/FOLDER`: they depend
on the machine and on what is built in. TAP goes to standard output, with a unified diff of what
differs. With SCANTLING_BLESS=1 the case files are rewritten to what was printed.
"""
import difflib
import os
import pty
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile

NOBODY = 65534
FIXED = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795219200"}
PASSED_ON = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH")


class Section:
    """One `--- WORD REST` line and the text below it."""

    def __init__(self, line):
        self.word, _, self.rest = line[4:].rstrip("\n").partition(" ")
        self.lines = []

    def text(self):
        text = "".join(self.lines)
        return bytes.fromhex(text) if self.rest.split(" ")[-1] == "hex" else text.encode()

    def write(self):
        lines = ["\\" + line if line.startswith("--- ") else line for line in self.lines]
        return f"--- {self.word} {self.rest}".rstrip(" ") + "\n" + "".join(lines)


def read_sections(path):
    """The preamble and the sections of a case file."""
    preamble, sections = [], []
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("--- "):
                sections.append(Section(line))
            elif sections:
                sections[-1].lines.append(line[1:] if line.startswith("\\--- ") else line)
            else:
                preamble.append(line)
    return preamble, sections


def split_cases(sections):
    """What all cases share, and the sections of each."""
    starts = [i for i, section in enumerate(sections) if section.word == "case"]
    ends = starts[1:] + [len(sections)]
    shared = sections[: starts[0]] if starts else sections
    return shared, [sections[start:end] for start, end in zip(starts, ends)]


def lay_out(sections, folder):
    """Makes files, folders and links; whether a mode was asked for."""
    modes = []
    for section in sections:
        if section.word not in ("file", "folder", "link", "mode"):
            continue
        name, _, more = section.rest.partition(" ")
        path = os.path.join(folder, name)
        if section.word == "mode":
            modes.append((path, int(more, 8)))
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if section.word == "folder":
            os.makedirs(path, exist_ok=True)
        elif section.word == "link":
            os.symlink(more, path)
        else:
            with open(path, "wb") as stream:
                stream.write(section.text())
    if modes and os.getuid() == 0:
        for root, folders, files in os.walk(folder):
            for name in folders + files:
                os.lchown(os.path.join(root, name), NOBODY, NOBODY)
        os.chown(folder, NOBODY, NOBODY)
    for path, mode in modes:
        os.chmod(path, mode)
    return bool(modes)


def run_on_terminal(words, **settings):
    """Runs with standard output on a pseudo terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen(words, stdout=slave, stderr=subprocess.PIPE, **settings) as process:
        os.close(slave)
        out = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
        err = process.stderr.read()
    os.close(master)
    return process.returncode, out.replace(b"\r\n", b"\n"), err


def may_be_run_by_nobody(program):
    try:
        done = subprocess.run([program, "version"], capture_output=True, check=False, user=NOBODY,
                              group=NOBODY, extra_groups=[], timeout=60)
        return done.returncode == 0
    except PermissionError:
        return False


def is_skipped(program, shared, case):
    return (os.getuid() == 0 and any(section.word == "mode" for section in shared + case)
            and not may_be_run_by_nobody(program))


def run_case(program, shared, case, folder):
    """Lays a case out and runs it: status, stdout, stderr."""
    has_modes = lay_out(shared + case, folder)
    environment = dict(FIXED, **{k: os.environ[k] for k in PASSED_ON if k in os.environ})
    words, given, on_terminal = [], b"", False
    for section in case:
        if section.word == "env":
            name, _, value = section.rest.partition("=")
            environment[name] = value
        elif section.word == "$":
            words = [program] + shlex.split(section.rest)[1:]
        elif section.word == "stdin":
            given = section.text()
        elif section.word == "terminal":
            on_terminal = True
    settings = {"cwd": folder, "env": environment}
    if has_modes and os.getuid() == 0:
        settings.update(user=NOBODY, group=NOBODY, extra_groups=[])
    if on_terminal:
        return run_on_terminal(words, stdin=subprocess.DEVNULL, **settings)
    done = subprocess.run(words, input=given, capture_output=True, check=False, timeout=60,
                          **settings)
    return done.returncode, done.stdout, done.stderr


def without_counts(text):
    """Ten policies or more are those of a pack, which grows."""
    return re.sub(r"by \d{2,} policies", "by N policies", text)


def as_text(data, folder):
    text = re.sub(r"\d+\.\d+ ms", "N ms", data.decode("utf-8", "backslashreplace"))
    url = rf"file://[^/\s]*{re.escape(os.path.realpath(folder))}"
    text = re.sub(url, "file://HOST/FOLDER", text)
    text = re.sub(r"of \d+ in pack (\S+) and \d+ built in", r"of N in pack \1 and N built in", text)
    text = re.sub(r'"lua": \{.*?\}', '"lua": {N}', text)
    text = re.sub(r'"(jansson|libyaml)": "[\d.]+"', r'"\1": "N"', text)
    text = re.sub(r'"libarchive": ("[\d.]+"|null)', '"libarchive": "N"', text)
    text = re.sub(r'"digest": "[0-9a-f]{16}"', '"digest": "N"', text)
    text = re.sub(r'"policies": \d+, "formats": \[[^]]*\], "reports": \[[^]]*\]',
                  '"policies": N, "formats": [N], "reports": [N]', text)
    text = re.sub(r"loaded \d+ polic(y|ies)", "loaded N policies", text)
    return without_counts(text)


def read_output(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return "(there is no such file)\n"
    with open(path, "rb") as stream:
        return as_text(stream.read(), folder)


def expectations(case):
    """Expected text by (what, name), and the expected status."""
    expected, status = {("stdout", ""): "", ("stderr", ""): ""}, 0
    for section in case:
        if section.word in ("stdout", "stderr"):
            text = "".join(section.lines)
            expected[(section.word, section.rest if section.rest == "has" else "")] = (
                None if section.rest == "*" else text)
            if section.rest == "has":
                expected.pop((section.word, ""), None)
        elif section.word == "output":
            expected[("output", section.rest)] = "".join(section.lines)
        elif section.word == "status":
            status = int(section.rest)
    return expected, status


def missing_lines(text, got):
    """Lines of a text that are not in another, in their order."""
    rest = iter(got.splitlines())
    return [line for line in text.splitlines() if line not in rest]


def compare(expected, status, got, got_status):
    """Lines that say how the two differ."""
    lines = []
    for key, text in expected.items():
        if key[1] == "has" and key[0] in ("stdout", "stderr"):
            lines += [f"{key[0]}: no line {line!r}" for line in
                      missing_lines(text, got[(key[0], "")])]
            continue
        if text is not None:
            text = without_counts(text)
        if text is None or text == got[key]:
            continue
        name = " ".join(key).strip()
        lines += difflib.unified_diff(text.splitlines(), got[key].splitlines(), name + ", expected",
                                      name + ", printed", lineterm="")
        if text.splitlines() == got[key].splitlines():
            lines.append(f"{name}: differs in its last line end")
    if status != got_status:
        lines.append(f"status: expected {status}, got {got_status}")
    return lines


def bless(case, got, got_status):
    """Makes the sections of a case say what was printed."""
    for section in list(case):
        key = (section.word, section.rest if section.word == "output" else "")
        if section.word == "status":
            case.remove(section)
        elif key in got and section.rest not in ("*", "has"):
            if not got[key] and section.word != "output":
                case.remove(section)
            else:
                section.lines = got[key].splitlines(keepends=True)
    for word in ("stdout", "stderr"):
        if got[(word, "")] and not any(section.word == word for section in case):
            case.append(Section(f"--- {word}\n"))
            case[-1].lines = got[(word, "")].splitlines(keepends=True)
    if got_status:
        case.append(Section(f"--- status {got_status}\n"))


def check_case(program, shared, case, blessing):
    folder = tempfile.mkdtemp(prefix="scantling-golden-")
    try:
        status, out, err = run_case(program, shared, case, folder)
        expected, expected_status = expectations(case)
        got = {("stdout", ""): as_text(out, folder), ("stderr", ""): as_text(err, folder)}
        for word, name in expected:
            if word == "output":
                got[(word, name)] = read_output(folder, name)
    finally:
        for root, folders, _ in os.walk(folder):
            for name in folders:
                path = os.path.join(root, name)
                if not os.path.islink(path):
                    os.chmod(path, stat.S_IRWXU)
        shutil.rmtree(folder)
    if blessing:
        bless(case, got, status)
        return []
    return compare(expected, expected_status, got, status)


def main(arguments):
    if len(arguments) < 2:
        print("usage: run.py PROGRAM FILE.case...", file=sys.stderr)
        return 2
    program = os.path.abspath(arguments[0])
    blessing = os.environ.get("SCANTLING_BLESS") == "1"
    number = failures = 0
    for path in arguments[1:]:
        preamble, sections = read_sections(path)
        shared, cases = split_cases(sections)
        for case in cases:
            number += 1
            title = f"{os.path.basename(path)}: {case[0].rest}"
            if is_skipped(program, shared, case):
                print(f"ok {number} - {title} # SKIP nobody cannot reach the program")
                continue
            lines = check_case(program, shared, case, blessing)
            failures += bool(lines)
            print(f"{'not ok' if lines else 'ok'} {number} - {title}")
            for line in lines:
                print(f"# {line}")
        if blessing:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write("".join(preamble))
                for section in shared + [section for case in cases for section in case]:
                    stream.write(section.write())
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
