#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bad_inputs.py: whatever is given, one clear message, the right status, and the rest is judged

    bad_inputs.py PROGRAM

Each bad input is judged together with a good document, whose finding must still be told. The
message about the bad one must be told once, in the report or as an error, and name its path. Cases
of permissions run as nobody where the tests run as root. Prints TAP.
"""
import os
import re
import socket
import subprocess
import sys
import tempfile

NOBODY = 65534
SECONDS = 30
GOOD = ("good/Dockerfile", b"FROM debian:12\nUSER root\n")
GOOD_FINDING = "good/Dockerfile:2:1: high: starts as root [SL1001 no-root-user]"
DEEP = 10000
IMAGE = b'{"architecture": "amd64", "os": "linux", "config": {"User": "1"%s}}'

# Sentence, path, bytes, options, status, what the message says (each of the expressions once).
FILES = [
    ("an empty Dockerfile", "Dockerfile", b"", [], 3, ["empty file"]),
    ("an empty JSON file", "a.json", b"", [], 3, ["empty file"]),
    ("a file of blanks", "Dockerfile", b" \n\n\t\n", [], 3, ["no FROM|empty|no instruction"]),
    ("a file of comments", "Dockerfile", b"# nothing\n", [], 3, ["no FROM|empty|no instruction"]),
    ("a program named Dockerfile", "Dockerfile", b"\x7fELF\x02\x01\x01" + bytes(500), [], 3,
     ["binary file"]),
    ("an image named a.json", "a.json", b"\x89PNG\r\n\x1a\n" + bytes(99), [], 3, ["binary file"]),
    ("UTF-16 with its mark", "Dockerfile", "FROM a\n".encode("utf-16"), [], 3, ["UTF-16"]),
    ("UTF-16 without its mark", "Dockerfile", "FROM debian\n".encode("utf-16-le") * 9, [], 3,
     ["UTF-16|binary|NUL|unknown instruction"]),
    ("a NUL byte in a Dockerfile is a byte like others", "Dockerfile",
     b"FROM a:1\nRUN a\0b\nUSER 1\n", [], 1, []),
    ("a NUL byte in JSON", "a.json", IMAGE.replace(b"%s", b', "Cmd": ["a\0"]'), [], 3,
     ["binary|NUL"]),
    ("bytes that are not UTF-8", "a.json", IMAGE.replace(b"%s", b', "Cmd": ["\xff\xfe"]'), [], 3,
     ["UTF-8"]),
    ("more bytes than the limit", "Dockerfile", b"FROM a:1\nUSER 1\n" + b"#\n" * 99,
     ["--limit", "bytes=100"], 3, ["over the limit of 100"]),
    ("JSON 10,000 deep", "a.json", IMAGE.replace(b"%s", b', "x": ' + b"[" * DEEP + b"]" * DEEP),
     [], 3, ["128"]),
    ("JSON 10,000 deep and never closed", "a.json", IMAGE[:-4] + b', "x": ' + b'{"a":' * DEEP,
     [], 3, ["128"]),
    ("more nodes than the limit", "a.json", IMAGE.replace(b"%s", b', "x": [' + b"1," * 999 + b"1]"),
     ["--limit", "nodes=100"], 3, ["100"]),
    ("a line of 1 MiB", "Dockerfile", b"FROM a:1\nRUN " + b"a" * (1 << 20) + b"\nUSER 1\n", [], 3,
     ["65,?535"]),
    ("a line of 1 MiB in JSON is no fault", "a.json",
     IMAGE.replace(b"%s", b', "Cmd": ["' + b"a" * (1 << 20) + b'"]'), [], 1, []),
    ("JSON cut short", "a.json", IMAGE[:60], [], 3, ["end of file"]),
    ("JSON with something after it", "a.json", IMAGE.replace(b"%s", b"") + b" x", [], 3,
     ["after|expected"]),
    ("JSON with a trailing comma", "a.json", IMAGE.replace(b"%s", b","), [], 3, ["expected|comma"]),
    ("a lone surrogate", "a.json", IMAGE.replace(b"%s", b', "Cmd": ["\\ud800"]'), [], 3,
     ["surrogate"]),
    ("an unknown instruction", "Dockerfile", b"FROM a:1\nUSER 1\nRUNN x\n", [], 3, ["RUNN"]),
    ("a heredoc without end", "Dockerfile", b"FROM a:1\nUSER 1\nRUN <<EOF\nx\n", [], 3,
     ["heredoc|EOF"]),
    ("a Dockerfile without FROM", "Dockerfile", b"RUN x\n", [], 3, ["FROM"]),
    ("a format that it is not", "Dockerfile", b"FROM a:1\nUSER 1\n", ["--as", "oci-image"], 3, []),
    ("a file of no known format", "notes.md", b"Nothing.\n", [], 3, ["not recognized"]),
    ("a format that is known and not read", "a.nomad", b'job "x" {\n}\n', [], 3, ["HCL"]),
    ("a name with controls in it", "a\x1b[31m\n.md", b"x\n", [], 3, ["not recognized"]),
]

BROKEN_POLICY = b'return policy {\n  id = "acme/x",\n  title "No equals sign",\n}\n'
# Sentence, policy, words, what the message says. All end with 2 before anything is judged.
USAGE = [
    ("a policy with a mistake", BROKEN_POLICY, ["--policies", "own"], [r"own/x\.lua:3"]),
    ("a policy that is bytecode", b"\x1bLua\x54\0\x19\x93", ["--policies", "own"], ["own/x.lua"]),
    ("a policy that is empty", b"", ["--policies", "own"], ["own/x.lua"]),
    ("a policy that never ends", b"while true do end", ["--policies", "own"], ["own/x.lua"]),
    ("a policy over its size", b"-- " + b"x" * 300000, ["--policies", "own"], ["own/x.lua"]),
    ("a policy 10,000 deep", b"return " + b"{" * DEEP + b"}" * DEEP, ["--policies", "own"],
     ["own/x.lua"]),
    ("a folder of policies that is not there", b"", ["--policies", "nowhere"], ["nowhere"]),
    ("an unknown option", b"", ["--no-such-option"], ["--no-such-option"]),
    ("an unknown pack", b"", ["--pack", "recomended"], ["recomended", "recommended"]),
    ("an unknown policy", b"", ["--only", "no-rot-user"], ["no-rot-user", "no-root-user"]),
    ("an unknown format", b"", ["--as", "dockerfil"], ["dockerfil'", "did you mean"]),
    ("an unknown report", b"", ["-f", "jsn"], ["jsn"]),
    ("an unknown limit", b"", ["--limit", "byte=4"], ["byte"]),
    ("an option without its value", b"", ["--only"], ["--only"]),
]


def make_missing(_):
    return None


def make_loop(path):
    os.symlink(os.path.basename(path), path)


def make_dangling(path):
    os.symlink("nowhere", path)


def make_folder(path):
    os.mkdir(path)


def make_pipes(path):
    os.mkdir(path)
    os.mkfifo(os.path.join(path, "Dockerfile"))


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)


def make_unreadable(path):
    with open(path, "wb") as file:
        file.write(b"FROM a:1\n")
    os.chmod(path, 0)


def make_device(path):
    os.symlink("/dev/zero", path)


# Sentence, path, how it is made, what the message says.
ODD_FILES = [
    ("a file that is not there", "nowhere", make_missing, ["no such file"]),
    ("a link to itself", "Dockerfile", make_loop, ["symbolic links"]),
    ("a link to nothing", "Dockerfile", make_dangling, ["no such file"]),
    ("an empty folder", "empty", make_folder, ["nothing to judge"]),
    ("a pipe that nobody writes to, found in a folder", "pipes", make_pipes,
     ["nothing to judge"]),
    ("a socket", "Dockerfile", make_socket, ["Dockerfile"]),
    ("a device without end", "Dockerfile", make_device, ["Dockerfile"]),
    ("a file that may not be read", "Dockerfile", make_unreadable, ["ermission denied"]),
]


def write(folder, path, data):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


def run(program, words, folder, as_nobody):
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_nobody else {}
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=SECONDS, **who)
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


def messages(out, err, path):
    """What was told of the path: its error lines in the report, and on standard error."""
    shown = path.replace("\x1b", "<U+001B>").replace("\n", " ")
    lines = [line for line in out.splitlines() + err.splitlines()
             if shown in line and (": error: " in line or line.startswith("scantling: "))]
    return lines, shown


def check_bad(program, folder, path, options, status, expected, as_nobody):
    """What is wrong with how the bad input was told of, and the good one judged."""
    words = ["check", "-f", "short", "-q", *options]
    if "--as" in options:
        words.append(path)
    else:
        words += [path, GOOD[0]]
    got, out, err = run(program, words, folder, as_nobody)
    told, shown = messages(out, err, path)
    wrong = []
    if got != status:
        wrong.append(f"status {got}, expected {status}")
    if GOOD[0] in words and GOOD_FINDING not in out:
        wrong.append("the good document is not judged")
    if status == 3 and len(told) != 1:
        wrong.append(f"{len(told)} messages about {shown}")
    wrong += [f"nothing says '{what}'" for what in expected
              if not any(re.search(what, line) for line in told)]
    if "Sanitizer" in err or "runtime error" in err or "\x1b" in out + err:
        wrong.append("what a program must not print")
    return wrong + ([f"  {line}" for line in (out + err).splitlines()[:12]] if wrong else [])


def check_usage(program, folder, words, expected):
    got, out, err = run(program, ["check", *words, GOOD[0]], folder, False)
    wrong = [] if got == 2 else [f"status {got}, expected 2"]
    if "--only" != words[-1] and out:
        wrong.append("something was judged")
    if len([line for line in err.splitlines() if line.startswith("scantling: ")]) != 1:
        wrong.append("not one message")
    wrong += [f"nothing says '{what}'" for what in expected if what.strip() and
              not re.search(what, err)]
    return wrong + ([f"  {line}" for line in (out + err).splitlines()[:12]] if wrong else [])


def may_be_run_by_nobody(program):
    try:
        done = subprocess.run([program, "version"], capture_output=True, check=False, user=NOBODY,
                              group=NOBODY, extra_groups=[], timeout=SECONDS)
        return done.returncode == 0
    except PermissionError:
        return False


def cases(program):
    """Sentence and complaints of each case; None where it is skipped."""
    root = os.getuid() == 0
    for sentence, path, data, options, status, expected in FILES:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, *GOOD)
            write(folder, path, data)
            yield sentence, check_bad(program, folder, path, options, status, expected, False)
    for sentence, path, make, expected in ODD_FILES:
        as_nobody = root and make is make_unreadable
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            write(folder, *GOOD)
            make(os.path.join(folder, path))
            if as_nobody and not may_be_run_by_nobody(program):
                yield sentence, None
                continue
            try:
                yield sentence, check_bad(program, folder, path, [], 3, expected, as_nobody)
            except subprocess.TimeoutExpired:
                yield sentence, [f"did not end within {SECONDS} seconds"]
    for sentence, policy, words, expected in USAGE:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, *GOOD)
            write(folder, "own/x.lua", policy)
            yield sentence, check_usage(program, folder, words, expected)


def main(arguments):
    program, failures, number = os.path.abspath(arguments[0]), 0, 0
    for number, (sentence, wrong) in enumerate(cases(program), 1):
        failures += bool(wrong)
        skip = " # SKIP nobody cannot reach the program" if wrong is None else ""
        print(f"{'not ok' if wrong else 'ok'} {number} - {sentence}{skip}")
        for line in wrong or []:
            print(f"# {line}")
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
