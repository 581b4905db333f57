#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""model.py: what `inspect` prints is read back as what it was

    model.py PROGRAM FOLDER CORPUS

Each file in the FOLDER, and in the samples and equivalent documents of the CORPUS (or of
SCANTLING_CORPUS), that has subjects is inspected, and what is printed inspected again. Of
every subject but builds, which are not read back, the fields and the lists of how they came to be
must be the same, and so must the verdicts of all policies. Only masked secrets differ: they are
unknown the second time, and so is what rests on them. Left out is the policy that searches the text
itself for secrets, which a model does not have. Prints TAP; without the corpus
that is skipped.
"""
import json
import os
import subprocess
import sys
import tempfile

MASK = "*" * 8
OF_TEXT = "no-secret-literal"
LISTS = ("declared", "defaults", "derived", "linked", "unknown", "open", "not_expressible")


def run(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    return done.stdout


def inspect(program, folder, name, *options):
    text = run(program, folder, "inspect", *options, os.path.join(".", name))
    try:
        return text, json.loads(text)
    except ValueError:
        return text, {"subjects": []}


def differences(before, after, path):
    """Where two values differ; what is masked must be unknown."""
    if isinstance(before, str) and MASK in before:
        return [] if after is None else [f"{path}: {after!r} of a masked text"]
    if type(before) is not type(after):
        return [f"{path}: {before!r}, then {after!r}"]
    if isinstance(before, dict):
        keys = sorted(set(before) | set(after))
        return [d for k in keys for d in differences(before.get(k), after.get(k), f"{path}.{k}")]
    if isinstance(before, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after), 1)
        return [d for i, (x, y) in pairs for d in differences(x, y, f"{path}[{i}]")]
    return [] if before == after else [f"{path}: {before!r}, then {after!r}"]


def is_masked(subject):
    return MASK in json.dumps(subject["fields"])


def compare_models(before, after):
    first = [s for s in before["subjects"] if s["kind"] != "build"]
    found = [f"note: {n['message']}" for n in after.get("notes", []) if n["severity"] == "error"]
    if after.get("format") != "model" or len(first) != len(after["subjects"]):
        return found + [f"{len(first)} subjects, then {len(after['subjects'])}"]
    for one, two in zip(first, after["subjects"]):
        if is_masked(one):
            continue  # what is made of a text that is hidden differs with it
        found += differences(one["fields"], two["fields"], one["kind"])
        for name in LISTS:
            found += differences(one.get(name), two.get(name), f"{one['kind']} {name}")
    return found


def verdicts(program, folder, name):
    text = run(program, folder, "check", "--format", "json", "--no-config",
               os.path.join(".", name))
    return sorted(
        (f["policy"]["id"], f["verdict"], str(f["subject"]["name"]))
        for f in json.loads(text)["findings"]
        if f["subject"]["kind"] not in ("build", "project")
        and f["policy"]["code"] != "SL9001" and f["policy"]["id"] != OF_TEXT)


def compare(program, folder, name):
    text, before = inspect(program, folder, name)
    if not any(s["kind"] != "build" for s in before["subjects"]):
        return None
    with tempfile.TemporaryDirectory() as made:
        with open(os.path.join(made, "model.json"), "w", encoding="utf-8") as file:
            file.write(text)
        found = compare_models(before, inspect(program, made, "model.json")[1])
        if not any(is_masked(s) or s["kind"] == "build" for s in before["subjects"]):
            one, two = verdicts(program, folder, name), verdicts(program, made, "model.json")
            found += [f"verdict {v} the first time" for v in one if v not in two]
            found += [f"verdict {v} the second time" for v in two if v not in one]
    return found


def check_folder(program, root):
    count, wrong = 0, []
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            found = compare(program, folder, name)
            count += found is not None
            if found:
                wrong.append(f"{os.path.relpath(os.path.join(folder, name), root)}: {found[:5]}")
    return count, wrong


def main():
    program = os.path.abspath(sys.argv[1])
    corpus = os.environ.get("SCANTLING_CORPUS") or sys.argv[3]
    roots = [sys.argv[2], os.path.join(corpus, "equivalence"), os.path.join(corpus, "samples")]
    failed = False
    print(f"1..{len(roots)}")
    for number, root in enumerate(roots, 1):
        title = f"{os.path.basename(root)}{' of the corpus' if number > 1 else ''}"
        if not os.path.isdir(root):
            print(f"ok {number} - models of {title} # SKIP skipped: not there")
            continue
        count, wrong = check_folder(program, root)
        failed = failed or bool(wrong) or not count
        print(f"{'ok' if count and not wrong else 'not ok'} {number} - "
              f"models of {title} are read back as what they were ({count} documents)")
        for line in wrong:
            print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
