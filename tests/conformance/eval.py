#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""eval.py: the images that Dockerfiles promise, beside those that BuildKit made of them (TAP)

    eval.py PROGRAM

The folders eval and lint of the corpus (the variable SCANTLING_CORPUS, or ../shared/corpus beside
the checkout) have cases: a Dockerfile, the options of a build, and the image that came out of it.
The images that it builds on are given as BuildKit had them, in documents beside it. What the model
knows must be what BuildKit says. What it does not know must be what comes from the base: the field
is as the base has it, or begins with what it has.
A build that BuildKit refuses must have a note of severity error. Without the corpus: skipped.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# folder/case: the reason, of what differs on purpose.
NOT_GIVEN = "the argument has no value; a build may be given one, BuildKit has none here"
BUILDER = "it is said to the builder, and no part of the Dockerfile"
PURPOSES = {
    "eval/from-arg-blank": NOT_GIVEN,
    "eval/from-arg-empty": NOT_GIVEN,
    "eval/env-escape-backtick": "a drive letter makes a path absolute whatever the platform",
    "eval/label-acc": BUILDER + " (--label)",
    "eval/windows-shell": BUILDER + " (--platform)",
    "eval/windows-workdir": BUILDER + " (--platform)",
    "eval/lint-error": "what a check finds ends a build, and is a finding here",
    "lint/RuleCheckOption-05": "what a check finds ends a build, and is a finding here",
    "lint/RuleCheckOption-06": "what a check finds ends a build, and is a finding here",
}

PLATFORM = {"TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64",
            "TARGETVARIANT": "", "BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux",
            "BUILDARCH": "amd64", "BUILDVARIANT": ""}
BASE = {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        "Cmd": ["sh"]}


def platform_arguments(platform):
    """The predefined arguments of a platform."""
    made = dict(PLATFORM)
    parts = (platform or "linux/amd64").split("/")
    made.update(TARGETPLATFORM="/".join(parts), TARGETOS=parts[0], TARGETARCH=parts[1],
                TARGETVARIANT=parts[2] if len(parts) > 2 else "")
    return made


def write_images(folder, images):
    """Gives the images of a case their names, as `docker image inspect` prints them."""
    paths = []
    for name, image in images.items():
        path = os.path.join(folder, f"image-{len(paths)}.json")
        tag = name if ":" in name else name + ":latest"
        digest = hashlib.sha256(name.encode()).hexdigest()
        with open(path, "w", encoding="utf-8") as file:
            json.dump([{"Id": f"sha256:{digest}", "RepoTags": [tag],
                        "Os": image.get("os", "linux"),
                        "Architecture": image.get("architecture", "amd64"),
                        "Author": image.get("author", ""), "Config": image.get("config", {}),
                        "RootFS": {"Type": "layers", "Layers": []}}], file)
        paths.append(path)
    return paths


def run_inspect(line, path, images):
    """The model of a Dockerfile that stands beside the images it may build on."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [shutil.copy(path, os.path.join(folder, "Dockerfile"))]
        paths += write_images(folder, images)
        run = subprocess.run(line + paths, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if not run.stdout:
        return {"notes": [{"severity": "error"}]}
    return json.JSONDecoder().raw_decode(run.stdout.decode())[0]


def inspect(program, path, options):
    """The model of a Dockerfile."""
    with open(path, "rb") as file:
        text = file.read()
    given = {key: value for key, value in platform_arguments(options.get("platform")).items()
             if b"ARG " + key.encode() + b"=" not in text}
    given.update(options.get("build_args", {}))
    line = [program, "inspect"]
    for key, value in given.items():
        line += ["--build-arg", f"{key}={value}"]
    if options.get("target"):
        line += ["--target", options["target"]]
    images = dict(options.get("images") or {})
    # What the case says nothing of is an image like most.
    for subject in run_inspect(line, path, images).get("subjects", []):
        for stage in subject["fields"].get("stages", []):
            name = isinstance(stage["base"], dict) and stage["base"]["raw"]
            if name and "@" not in name:
                images.setdefault(name, {"config": BASE})
    return run_inspect(line, path, images)


def variables(config):
    return [entry.split("=", 1) for entry in config.get("Env") or []]


class Comparison:
    """One image, ours and theirs."""

    def __init__(self, subject, theirs, base):
        self.fields = subject["fields"]
        self.unknown = set(subject["unknown"])
        self.theirs = theirs
        self.base = base
        self.wrong = []
        self.equal = self.open = 0

    def differ(self, path, ours, theirs):
        self.wrong.append(f"{path}: ours {json.dumps(ours)}, BuildKit's {json.dumps(theirs)}")

    def value(self, path, ours, key, empty=None):
        """One value; `empty` is what is not there."""
        theirs = self.theirs.get(key) or empty
        if path in self.unknown:
            self.unknown_value(path, theirs, self.base.get(key) or empty)
        elif (ours or empty) == theirs:
            self.equal += 1
        else:
            self.differ(path, ours, theirs)

    def unknown_value(self, path, theirs, base):
        """What nobody can tell without the base must be what the base has, or a folder below."""
        is_below = path == "working_dir" and theirs.startswith((base or "").rstrip("/") + "/")
        if theirs == base or is_below:
            self.open += 1
        else:
            self.differ(path, "unknown", theirs)

    def user(self):
        """Without a USER there is none to tell: is_root says how certain that is."""
        ours, theirs = self.fields["user"]["raw"], self.theirs.get("User") or ""
        if ours is None and "user.raw" not in self.unknown and theirs == self.base.get("User", ""):
            self.open += 1
        else:
            self.value("user.raw", ours, "User", "")

    def environment(self):
        """Ours are those that the Dockerfile sets; the base has the rest."""
        theirs = dict(variables(self.theirs))
        base = dict(variables(self.base))
        for i, entry in enumerate(self.fields["env"] or [], 1):
            if f"env[{i}].value" in self.unknown:
                self.open += 1
            elif theirs.get(entry["name"]) == entry["value"]:
                self.equal += 1
            else:
                self.differ(f"env[{entry['name']}]", entry["value"], theirs.get(entry["name"]))
            theirs.pop(entry["name"], None)
        for name, value in theirs.items():
            if base.get(name) != value:
                self.differ(f"env[{name}]", None, value)

    def added(self, path, ours, key):
        """A set to which the base may add."""
        theirs = set(self.theirs.get(key) or [])
        base = set(self.base.get(key) or [])
        known = {entry for entry in ours or [] if entry is not None}
        if (theirs - base <= known or len(known) < len(ours)) and known <= theirs:
            self.equal += 1
        else:
            self.differ(path, sorted(known), sorted(theirs))

    def labels(self):
        theirs, base = self.theirs.get("Labels") or {}, self.base.get("Labels") or {}
        ours = self.fields["labels"] or {}
        for key, value in theirs.items():
            if key in ours and ours[key] is None:
                self.open += 1
            elif key in ours and ours[key] != value:
                self.differ(f"labels[{key}]", ours[key], value)
            elif key not in ours and base.get(key) != value:
                self.differ(f"labels[{key}]", None, value)
            else:
                self.equal += 1

    def health(self):
        test = (self.theirs.get("Healthcheck") or {}).get("Test")
        base = (self.base.get("Healthcheck") or {}).get("Test")
        if "healthcheck.test" in self.unknown:
            if test == base:
                self.open += 1
            else:
                self.differ("healthcheck.test", "unknown", test)
        elif self.fields["healthcheck"]["disabled"]:
            if test == ["NONE"]:
                self.equal += 1
            else:
                self.differ("healthcheck", "disabled", test)
        else:
            self.value_of("healthcheck.test", self.fields["healthcheck"]["test"], test)

    def value_of(self, path, ours, theirs):
        if (ours or None) == (theirs or None):
            self.equal += 1
        else:
            self.differ(path, ours, theirs)

    def all(self):
        fields = self.fields
        self.environment()
        self.user()
        self.value("entrypoint", fields["entrypoint"], "Entrypoint")
        self.value("command", fields["command"], "Cmd")
        self.value("working_dir", fields["working_dir"], "WorkingDir", "")
        self.value("shell", fields["shell"], "Shell")
        self.value("stop_signal", fields["stop_signal"], "StopSignal", "")
        self.added("exposed_ports", fields["exposed_ports"], "ExposedPorts")
        self.added("volumes", fields["volumes"], "Volumes")
        self.value("onbuild", fields["onbuild"], "OnBuild", [])
        self.labels()
        self.health()
        return self.wrong


def base_of(subject, options):
    """The configuration of the base image, as it was given to BuildKit."""
    if subject["fields"]["base"]["raw"] == "scratch":
        return {}
    raw = subject["fields"]["base"]["raw"] or ""
    image = (options.get("images") or {}).get(raw)
    return image.get("config", {}) if image else BASE


def judge(program, folder, totals):
    """What is wrong with a case, in words."""
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        evaluated = json.load(file).get("evaluated") or {}
    options = {}
    if os.path.exists(os.path.join(folder, "options.json")):
        with open(os.path.join(folder, "options.json"), encoding="utf-8") as file:
            options = json.load(file)
    model = inspect(program, os.path.join(folder, "Dockerfile"), options)
    is_wrong = any(note["severity"] == "error" for note in model["notes"])
    if evaluated.get("build_error") or not evaluated.get("image"):
        if evaluated.get("build_error") and not is_wrong:
            return [f"accepted; BuildKit: {evaluated['build_error']['message']}"]
        return []
    images = [subject for subject in model.get("subjects", []) if subject["kind"] == "image"]
    if len(images) != 1:
        return [f"{len(images)} images; notes: {model['notes']}"]
    comparison = Comparison(images[0], evaluated["image"].get("config") or {},
                            base_of(images[0], options))
    wrong = comparison.all()
    totals[0] += comparison.equal
    totals[1] += comparison.open
    return wrong


def main():
    program, root = sys.argv[1], pathlib.Path(__file__).resolve().parents[2]
    corpus = pathlib.Path(os.environ.get("SCANTLING_CORPUS", root.parent / "shared" / "corpus"))
    folders = [corpus / "buildkit" / name for name in ("eval", "lint")]
    if not all(folder.is_dir() for folder in folders):
        print("1..0 # SKIP the corpus is not here")
        return 0
    failed = 0
    print(f"1..{len(folders)}")
    for number, folder in enumerate(folders, 1):
        cases = sorted(path.name for path in folder.iterdir())
        totals, wrong, on_purpose = [0, 0], [], 0
        for case in cases:
            name, what = f"{folder.name}/{case}", judge(program, folder / case, totals)
            if name in PURPOSES and what:
                on_purpose += 1
            elif name in PURPOSES:
                wrong.append((name, ["differs no more; its reason can go"]))
            elif what:
                wrong.append((name, what))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {folder.name}: builds are as BuildKit has "
              "them")
        print(f"# {len(cases)} builds, {on_purpose} differ on purpose; {totals[0]} values are "
              f"equal, {totals[1]} are the base's")
        for name, what in wrong:
            print(f"# {name}: {'; '.join(what)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
