#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""fix.py: fixes take their findings away, bring none, and change nothing else

    fix.py PROGRAM POLICIES CORPUS

Every document that stands as a text in a policy below POLICIES is laid out, as it is, with the
line ends of another system, and without its last one; so are the Dockerfiles of the CORPUS (or of
SCANTLING_CORPUS), if it is there. All are judged; the edits that the report offers are applied here
and compared with what `--diff` shows and `--fix` writes, and the findings before and after are
counted. Prints TAP.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\[\[\n?(.*?)\]\]', re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"'}
ROUNDS = 12

# What a text begins with, and the name that a file of its format may have.
KINDS = [
    (re.compile(r"(FROM|ARG|#.*\n) ?"), ".Dockerfile"),
    (re.compile(r"(services|apiVersion|x-[a-z]+):"), ".yaml"),
    (re.compile(r"\[Container\]"), ".container"),
    (re.compile(r"(docker|podman|nerdctl) (run|create) "), ".sh"),
    (re.compile(r"\{\s*\""), ".json"),
]


def unescape(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), text)


def without_carets(text):
    lines = text.split("\n")
    return "\n".join(line for line in lines if not re.match(r" *\^", line))


def extension(text):
    """Of a file with this text; None where it is no document."""
    for begin, name in KINDS:
        if begin.match(text) and (name != ".Dockerfile" or "\nFROM " in "\n" + text):
            return name
    return None


def texts_of_policies(folder):
    for where, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if not name.endswith(".lua"):
                continue
            with open(os.path.join(where, name), encoding="utf-8") as file:
                for quoted, long in TEXT.findall(file.read()):
                    text = without_carets(unescape(quoted) if quoted else long)
                    if extension(text):
                        yield text


def texts_of_corpus(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*", "dev.jsonl"))):
        with open(path, encoding="utf-8") as file:
            for line in file:
                document = json.loads(line)
                if document["kind"] == "dockerfile":
                    yield document["text"]


def run(program, folder, *words):
    done = subprocess.run([program, "check", "--no-config", "--pack", "all",
                           "--date", "2026-11-21", *words], cwd=folder, capture_output=True,
                          check=False, stdin=subprocess.DEVNULL, timeout=600)
    return done.stdout


def run_on(program, folder, names, *words):
    with open(os.path.join(folder, "list"), "w", encoding="ascii") as file:
        file.write("".join(name + "\n" for name in names))
    return run(program, folder, "--files-from", "list", *words)


def judge(program, folder, names):
    """Findings by document."""
    by_path = {name: [] for name in names}
    report = json.loads(run_on(program, folder, names, "--format", "json"))
    for finding in report["findings"]:
        by_path[finding["location"]["path"]].append(finding)
    return by_path


def lay_out(folder, texts):
    for name, text in texts.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text)


def is_failing(finding):
    return finding["verdict"] == "fail" and not finding["suppressed"]


def apply(text, findings):
    edits = [edit for finding in findings for fix in finding["fixes"][:1] for edit in fix["edits"]]
    edits.sort(key=lambda edit: (edit["offset"], edit["length"] > 0))
    made, at = b"", 0
    for edit in edits:
        if edit["offset"] < at:
            raise ValueError("edits overlap")
        made += text[at:edit["offset"]] + edit["text"].encode()
        at = edit["offset"] + edit["length"]
    return made + text[at:]


def count(findings):
    return collections.Counter(finding["policy"]["id"] for finding in findings
                               if finding["verdict"] != "inconclusive")


def check_one(before, after):
    """What is wrong with a document that was fixed once."""
    allowed = count(before)
    for finding in before:
        if finding["fixes"]:
            if not is_failing(finding):
                return "a fix is offered for what is not reported"
            allowed[finding["policy"]["id"]] -= 1
    for policy, number in count(after).items():
        if number > allowed[policy]:
            return f"{policy} is found {number} times, {allowed[policy]} at most were left"
    return None


def check_rounds(program, folder, texts):
    """Fixes round after round: what is wrong by document, the texts after one and after all."""
    wrong, first, findings = {}, None, judge(program, folder, list(texts))
    for _ in range(ROUNDS):
        fixable = [name for name in texts if any(f["fixes"] for f in findings[name])]
        if not fixable:
            break
        texts = {**texts, **{name: apply(texts[name], findings[name]) for name in fixable}}
        first = first or (texts, fixable)
        lay_out(folder, {name: texts[name] for name in fixable})
        after = judge(program, folder, fixable)
        for name in fixable:
            wrong.setdefault(name, check_one(findings[name], after[name]))
        findings.update(after)
    return {name: why for name, why in wrong.items() if why}, first, texts


def patch_all(program, folder, names):
    """Patches in what --diff shows of files; gives those that it was done to. Where a secret stands
    in a diff it cannot be patched in."""
    diff = run_on(program, folder, names, "--diff", "--unsafe")
    parts = re.split(rb"(?m)^(?=--- a/)", diff)[1:]
    done = {part[len("--- a/"):part.index(b"\n")].decode(): part for part in parts
            if b"********" not in part}
    subprocess.run(["patch", "-s", "-p1", "--binary"], input=b"".join(done.values()), cwd=folder,
                   check=True)
    return done


def has_patch():
    try:
        done = subprocess.run(["patch", "--version"], capture_output=True, check=False)
        return done.returncode == 0
    except FileNotFoundError:
        return False


def main(arguments):
    program, policies = os.path.abspath(arguments[0]), arguments[1]
    corpus = os.environ.get("SCANTLING_CORPUS") or arguments[2]
    texts, cases = {}, []
    plain = dict.fromkeys(texts_of_policies(policies))
    real = list(texts_of_corpus(corpus))
    for text in [*plain, *real]:
        name = extension(text) if text in plain else ".Dockerfile"
        for form in (text, text.replace("\n", "\r\n"), text[:-1]) if text in plain else (text,):
            texts[f"{len(texts):05}{name}"] = form.encode()
    with tempfile.TemporaryDirectory() as folder:
        lay_out(folder, texts)
        wrong, first, last = check_rounds(program, folder, texts)
        once, fixable = first or ({}, [])
        cases.append(("documents of every format have fixes to try",
                      [f"none of {name}" for _, name in KINDS
                       if not any(fixed.endswith(name) for fixed in fixable)]))
        cases.append((f"fixes of {len(fixable)} documents take their findings away and bring none",
                      [f"{name}: {why}\n{texts[name].decode(errors='replace')}"
                       for name, why in wrong.items()]))
        differing = []
        if has_patch():
            lay_out(folder, texts)
            for name, diff in patch_all(program, folder, fixable).items():
                with open(os.path.join(folder, name), "rb") as file:
                    if file.read() != once[name]:
                        differing.append(f"{name}: patch makes another text\n{diff.decode()}")
            cases.append(("a diff that is patched in is what the edits make", differing))
        lay_out(folder, texts)
        run_on(program, folder, texts, "--fix", "--unsafe")
        differing = []
        for name in texts:
            with open(os.path.join(folder, name), "rb") as file:
                if file.read() != last[name]:
                    differing.append(f"{name} is another text")
        cases.append(("what --fix writes is what the edits make, and nothing else", differing))
    if not real:
        print("# documents of the corpus: skipped, they are not there")
    print(f"1..{len(cases)}")
    for number, (title, lines) in enumerate(cases, 1):
        print(f"{'not ok' if lines else 'ok'} {number} - {title}")
        for line in "\n".join(lines[:20]).splitlines():
            print(f"# {line}")
    return 1 if any(lines for _, lines in cases) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
