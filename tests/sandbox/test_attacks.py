#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_attacks.py: test_attacks.py RUN-CHUNK [SECONDS]

Runs the attack files beside this script, and those of the corpus where there is one, each in a
process of its own under a watchdog, and prints TAP. A file passes when it ends in one of the ways
that its header allows, in time (2 seconds of a processor, or as many as are given), breaks out of
nothing, prints nothing of its own, and the control that runs after it gives its usual result.
"""
import os
import pathlib
import re
import resource
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Wrong code made by a Lua before 5.4.8, which no sandbox mends.
WRONG_CODE = {"ub-bitop-constant", "ub-compare-upvalue"}
PROCESSES = 20
WATCHDOG = 10  # times the seconds allowed, for machines that do other things too


def header(path):
    """The words after `-- key:` in the first lines of a file."""
    keys = {}
    for line in path.read_bytes().split(b"\n")[:8]:
        found = re.match(rb"-- (attack|expect|also|run): (.*)", line)
        if found:
            keys[found[1].decode()] = found[2].decode()
    return keys


def allowed_ends(path, keys):
    if path.name.endswith(".luac.lua"):
        return {"error-sandbox"}
    return set((keys["expect"] + " " + keys.get("also", "")).split())


def processor_time():
    """Seconds that ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(program, paths, seconds):
    """The lines and the complaint of one process."""
    before = processor_time()
    try:
        done = subprocess.run([program, *map(str, paths)], capture_output=True,
                              timeout=WATCHDOG * seconds)
    except subprocess.TimeoutExpired:
        return [], f"did not end within {WATCHDOG * seconds} s"
    if processor_time() - before > seconds:
        return [], f"took {processor_time() - before:.1f} s"
    out = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode:
        return [], f"the program ended with {done.returncode}: {out[-500:]}"
    return out.splitlines(), None


def judge(path, keys, line, old_lua):
    """What is wrong with how a file ended, or None."""
    fields = line.split("\t")
    if len(fields) < 3 or fields[0] != str(path):
        return f"unexpected output: {line[:200]}"
    if "control failed" in fields[3:]:
        return "the control after it failed"
    if re.search("BREACH|SANDBOX-LEAK", line):
        return None if old_lua and path.stem in WRONG_CODE else f"broke out: {line[:200]}"
    if fields[1] not in allowed_ends(path, keys):
        return f"ended as {fields[1]}: {fields[2][:200]}"
    return None


def check(program, path, seconds, old_lua):
    keys = header(path)
    paths = [path]
    second = re.fullmatch(r"(.*)-2\.lua", path.name)
    if second:
        paths.insert(0, path.with_name(second[1] + "-1.lua"))
    repeats = "20 processes" in keys.get("run", "")
    seen = set()
    for _ in range(PROCESSES if repeats else 1):
        lines, complaint = run(program, paths, seconds)
        if complaint:
            return complaint
        complaint = judge(path, keys, lines[-1] if lines else "", old_lua)
        if complaint or len(lines) != len(paths):
            return complaint or f"printed {len(lines)} lines"
        seen.add(lines[-1])
    return None if len(seen) == 1 else f"{len(seen)} different results"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    old_lua = tuple(map(int, re.findall(r"\d+", version))) < (5, 4, 8)
    corpus = pathlib.Path(os.environ.get("SCANTLING_CORPUS", ROOT.parent / "shared" / "corpus"))
    files = sorted((HERE / "attacks").glob("*.lua"))
    if (corpus / "sandbox").is_dir():
        files += sorted((corpus / "sandbox").glob("*.lua"))
    else:
        print(f"# corpus skipped: {corpus / 'sandbox'} is not there")
    failures = 0
    print(f"1..{len(files)}")
    for number, path in enumerate(files, 1):
        complaint = check(program, path, seconds, old_lua)
        failures += complaint is not None
        name = f"{path.parent.name}/{path.stem}"
        print(f"not ok {number} - {name}: {complaint}" if complaint else f"ok {number} - {name}")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
