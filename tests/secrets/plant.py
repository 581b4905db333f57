#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""plant.py: no secret comes out, wherever it was put in

    plant.py PROGRAM FORMATS.tsv [KIND]

For each row of the table of token formats: tokens are made, another one for every place of a
document, and what the program prints about the document, in every form, must hold none of them:
neither whole, nor a part of twelve bytes, in whatever case. Two policies repeat all that they are
shown. A case a row and document; KIND names one row. Prints TAP.
"""
import concurrent.futures
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

PART = 12
# What is a mark of a secret and no secret: nothing of it need be hidden.
MARKS = {"gcp-service-account": "the word that tells the file",
         "putty-key": "the first line of the file"}
SHOUT = """return policy {
  id = "acme/shout-%(id)s", title = "Repeats what it is shown", severity = "high",
  subjects = { "build", "image", "container" }, on = "%(on)s",
  why = "It shows what a message may hold.", fix = "None.",
  check = function(node, report) report(node, "shows %%s", node) end,
  fails = {}, passes = {},
}
"""


class Token:
    """A token of a row: its text, and the part of it that must not be seen."""

    def __init__(self, row, seed):
        self.state = seed * 2654435761 + 12345
        make = {"private-key-block": self.key_block, "url-password": self.url}
        make.get(row["kind"], self.plain)(row)
        words = [word.strip('"') for word in row["context:list"].split("|") if word]
        if words:
            self.text = "_".join(words) + "=" + self.text

    def next(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def body(self, alphabet, count):
        alphabet = re.sub(r"(.)-(.)", lambda m: "".join(
            map(chr, range(ord(m[1]), ord(m[2]) + 1))), alphabet.rstrip("-")) + (
                "-" if alphabet.endswith("-") else "")
        # Letters and digits only where there are some: a token does not end in punctuation.
        plain = [c for c in alphabet if c.isalnum()]
        return "".join(plain[self.next(len(plain))] for _ in range(count))

    def plain(self, row):
        alphabet, least = row["alphabet"], int(row["min:int"] or 0)
        if row["parts:list"]:
            pieces = []
            for part in row["parts:list"].split("|"):
                length, _, own = part.partition(" ")
                count = int(length.split("-")[0])
                pieces.append(self.body(own or alphabet, max(count, 5 if "-" in length else 1)))
            body = row["separator"].join(pieces)
            if row["infix"].startswith(row["separator"]) and row["infix"]:
                start = len(pieces[0])
                body = body[:start] + row["infix"] + body[start + len(row["infix"]):]
            body += self.body(alphabet, max(0, least - len(body)))
        elif row["infix"]:
            half = max(least, 20) // 2
            body = self.body(alphabet, half) + row["infix"] + self.body(alphabet, half)
        else:
            body = self.body(alphabet, max(least, 16) if not row["max:int"] else least)
        before = self.body(row["before"], int(row["before_min:int"] or 0)) if row["before"] else ""
        prefix = row["prefix:list"].split("|")[0]
        gap = "" if row["gap:bool"] != "true" else ':"' if '"' in prefix else "="
        suffix = row["suffix:list"].split("|")[0]
        self.secret = body if len(body) >= PART else before + prefix + body
        self.text = before + prefix + gap + body + suffix

    def key_block(self, _):
        self.secret = self.body("A-Za-z0-9", 64)
        self.text = ("-----BEGIN RSA PRIVATE KEY-----\\n" + self.secret
                     + "\\n-----END RSA PRIVATE KEY-----")

    def url(self, _):
        self.secret = self.body("a-z0-9", 18)
        self.text = "https://user:" + self.secret + "@db.example.org/x"

    def leak(self, output):
        """What of it stands in the output, or None."""
        low, secret = output.lower(), self.secret.lower()
        middle = len(secret) // 2 - PART // 2
        for part in (secret[:PART], secret[middle:middle + PART], secret[-PART:]):
            at = low.find(part)
            if at >= 0:
                return output[max(0, at - 40):at + 40]
        return None


class Planter:
    """Gives out a fresh token for each place of a document, and remembers which."""

    def __init__(self, row):
        self.row, self.planted = row, []

    def token(self, place):
        token = Token(self.row, len(self.planted) + 1)
        self.planted.append((place, token))
        return token.text

    def fill(self, lines):
        """Lines with @ for a token, or % where it is a name; a line is its own place. Left out is
        what would cut a token up before anybody could know it: blanks and quotes outside of
        quotes, an equals sign in a name."""
        text, kept = Token(self.row, 1).text, []
        for line in lines:
            whole = "'@'" in line or line[0] == "#" or line == "@"
            if "%" in line and "=" in text or re.search("[@%]", line) and not whole and (
                    '"' in text or " " in text):
                continue
            kept.append(re.sub("[@%]", lambda _, place=line: self.token(place), line) + "\n")
        return "".join(kept)

    def fill_json(self, value, place=""):
        """The value with the marks in its strings and keys replaced."""
        if isinstance(value, dict):
            return {self.fill_json(key, f"{place} key"): self.fill_json(item, f"{place}.{key}")
                    for key, item in value.items()}
        if isinstance(value, list):
            return [self.fill_json(item, place) for item in value]
        if isinstance(value, str) and "%" in value and "=" in Token(self.row, 1).text:
            return "none"
        if isinstance(value, str):
            # A key block in JSON has line ends; in a Dockerfile it has what will be some.
            return re.sub("[@%]", lambda _: self.token(place).replace("\\n", "\n"), value)
        return value


DOCKERFILE = r"""# a comment @
ARG BASE=@
FROM debian:12 AS base
MAINTAINER @
ENV PLAIN='@' OTHER=x
ENV old '@'
ARG DEFAULT='@'
ENV USED=$DEFAULT
LABEL plain='@'
LABEL '%'=value
RUN echo '@' && use --key='@'
RUN echo @ | login --stdin
RUN ["echo", '@']
RUN KEY=@ ./configure # @
ADD https://x.example.org/a?t=@ /x
COPY '@' '/etc/@'
COPY --chown=@ a /b
WORKDIR /srv/@
VOLUME /data/@
USER @
STOPSIGNAL @
EXPOSE @
HEALTHCHECK CMD curl -H '@' http://localhost
ONBUILD RUN echo '@'
ENTRYPOINT exec @
CMD serve --key @
RUN <<EOF
echo '@'
EOF
COPY <<NOTES /etc/notes
@
NOTES
""".splitlines()
BROKEN = r"""FROM debian:12
UNKNOWN @
COPY --nope=@ a /b
COPY --@ a /b
RUN --mount=type=@ true
RUN --mount=type=secret,@ true
RUN --network=@ true
HEALTHCHECK --interval=@ CMD true
ENV %
LABEL a=b '@
CMD ["a", @]
EXPOSE 80/@ @:80
ARG %
USER $@
WORKDIR ${A:@}
COPY --from=@ /a /b
ADD --checksum=@ https://x.example.org/a /b
SHELL @
STOPSIGNAL @ @
ONBUILD FROM @
@ word
FROM --platform=@ debian:12
FROM debian:12 AS @
FROM @
""".splitlines()
IMAGE = {
    "architecture": "amd64", "os": "linux", "author": "@", "created": "@", "x-unknown": "@",
    "x-@": 1, "config": {
        "User": "@", "WorkingDir": "/srv/@", "Env": ["PLAIN=@", "%"], "Cmd": ["serve", "@"],
        "Entrypoint": ["@"], "StopSignal": "@", "Labels": {"plain": "@", "label-@": "x"},
        "ExposedPorts": {"@": {}}, "Volumes": {"/data/@": {}}, "Shell": ["@"], "OnBuild": ["@"],
        "Healthcheck": {"Test": ["CMD", "@"]}, "Unknown": {"@": "@"}},
    "rootfs": {"type": "layers", "diff_ids": ["@"]},
    "history": [{"created_by": "RUN echo @", "comment": "@", "author": "@", "created": "@"}]}
BROKEN_IMAGE = {
    "architecture": "@", "os": "@", "variant": "@", "config": {
        "User": ["@"], "WorkingDir": {"@": 1}, "Env": "@", "Cmd": "@", "Labels": ["@"],
        "ExposedPorts": "@", "Volumes": ["@"], "Healthcheck": "@"},
    "rootfs": "@", "history": "@"}
RUNTIME = {
    "ociVersion": "1.2.0", "hostname": "@", "domainname": "@", "x-@": "@",
    "root": {"path": "/r/@"}, "annotations": {"plain": "@", "note-@": "x"},
    "process": {
        "user": {"uid": 0, "gid": 0, "username": "@"}, "args": ["serve", "--key", "@"],
        "env": ["PLAIN=@", "%"], "cwd": "/srv/@", "apparmorProfile": "@", "selinuxLabel": "@",
        "capabilities": {"bounding": ["CAP_@"], "effective": ["@"]},
        "rlimits": [{"type": "@", "soft": 1, "hard": 1}]},
    "mounts": [{"destination": "/d/@", "source": "/s/@", "type": "@", "options": ["rw", "k=@"]}],
    "hooks": {"prestart": [{"path": "/h/@", "args": ["@"], "env": ["A=@"]}]},
    "linux": {
        "cgroupsPath": "/c/@", "sysctl": {"kernel.@": "@"}, "rootfsPropagation": "@",
        "namespaces": [{"type": "pid", "path": "/p/@"}, {"type": "@"}],
        "maskedPaths": ["/m/@"], "readonlyPaths": ["/q/@"],
        "devices": [{"path": "/dev/@", "type": "c", "major": 1, "minor": 1}],
        "seccomp": {"defaultAction": "@", "listenerPath": "@", "syscalls": [
            {"names": ["@"], "action": "@"}]}}}
BROKEN_RUNTIME = {
    "ociVersion": "@", "process": {
        "user": "@", "args": "@", "env": {"@": "@"}, "cwd": 5, "noNewPrivileges": "@",
        "capabilities": "@", "oomScoreAdj": "@"},
    "mounts": [{"destination": 5, "source": ["@"]}, "@"],
    "linux": {"resources": {"memory": {"limit": "@"}, "pids": "@"}, "namespaces": "@"}}
CONTAINER = [{
    "Id": "@", "Name": "/@", "Path": "@", "Args": ["serve", "@"], "Platform": "linux",
    "Image": "@", "AppArmorProfile": "@", "ProcessLabel": "u:r:@:l", "x-@": "@",
    "HostConfig": {
        "Binds": ["/a/@:/b"], "NetworkMode": "@", "PidMode": "container:@", "Tmpfs": {"/@": "a=@"},
        "CapAdd": ["@"], "CapDrop": ["CAP_@"], "MaskedPaths": ["/@"], "ReadonlyPaths": ["/@"],
        "SecurityOpt": ["label=type:@", "apparmor=@", "seccomp=@", "@", "no-new-privileges:@"],
        "PortBindings": {"80/tcp": [{"HostIp": "@", "HostPort": "@"}], "@": [{"HostIp": ""}]},
        "GroupAdd": ["@"], "Dns": ["@"], "DnsSearch": ["@"], "DnsOptions": ["@"],
        "ExtraHosts": ["host:@", "@:1.2.3.4"], "Sysctls": {"net.@": "@"}, "Runtime": "@",
        "LogConfig": {"Type": "@", "Config": {"plain": "@", "opt-@": "x"}}, "CgroupParent": "@",
        "RestartPolicy": {"Name": "@"}, "DeviceCgroupRules": ["@"], "CpusetCpus": "@",
        "Devices": [{"PathOnHost": "@", "PathInContainer": "@", "CgroupPermissions": "@"}],
        "Ulimits": [{"Name": "@", "Soft": 1, "Hard": 1}], "Annotations": {"plain": "@"},
        "Mounts": [{"Type": "volume", "Target": "/v", "VolumeOptions": {"DriverConfig": {
            "Options": {"o": "bind", "device": "/@"}}}}]},
    "Mounts": [
        {"Type": "bind", "Source": "/@", "Destination": "/@", "Mode": "a,@", "Propagation": "@"},
        {"Type": "volume", "Name": "@", "Source": "/@", "Destination": "/v", "Mode": "@"}],
    "Config": {
        "Hostname": "@", "Domainname": "@", "User": "@", "Env": ["PLAIN=@", "%"], "Image": "@",
        "Cmd": ["serve", "@"], "Entrypoint": ["@"], "WorkingDir": "/@", "StopSignal": "@",
        "Labels": {"plain": "@", "label-@": "x"}, "ExposedPorts": {"@": {}},
        "Healthcheck": {"Test": ["CMD", "@"]}},
    "NetworkSettings": {"Ports": {"@": [{"HostIp": "@", "HostPort": "@"}]}}}]
BROKEN_CONTAINER = [{
    "Name": ["@"], "Path": {"@": 1}, "AppArmorProfile": ["@"], "State": "@", "Mounts": "@",
    "HostConfig": {
        "Binds": "@", "NetworkMode": ["@"], "CapAdd": "@", "SecurityOpt": "@", "Memory": "@",
        "PortBindings": {"@": "@"}, "Tmpfs": "@", "RestartPolicy": "@", "Sysctls": ["@"],
        "Devices": ["@"], "ExtraHosts": [["@"]], "NanoCpus": "@", "Ulimits": "@"},
    "Config": {"User": ["@"], "Env": "@", "Cmd": "@", "Labels": ["@"], "Image": {"@": 1}},
    "NetworkSettings": {"Ports": "@"}}, "@", {"@": "@"}]
IMAGES = [{
    "Id": "@", "RepoTags": ["@"], "RepoDigests": ["web/x:@", "@"], "Digest": "@", "Created": "@",
    "Author": "@", "Os": "linux", "Architecture": "@", "Variant": "@", "User": "@",
    "Config": dict(IMAGE["config"]), "RootFS": {"Layers": ["@"]}, "NamesHistory": ["@"],
    "History": IMAGE["history"], "Descriptor": {"digest": "@", "annotations": {
        "org.opencontainers.image.base.name": "@", "org.opencontainers.image.base.digest": "@"}}},
    {"Id": ["@"], "RepoTags": "@", "RootFS": "@", "Config": "@", "History": "@"}, {"@": "@"}]
DOCUMENTS = [
    ("Dockerfile", DOCKERFILE, "dockerfile"), ("Dockerfile", BROKEN, "dockerfile"),
    ("image.json", IMAGE, "oci-image"), ("image.json", BROKEN_IMAGE, "oci-image"),
    ("config.json", RUNTIME, "oci-runtime"), ("config.json", BROKEN_RUNTIME, "oci-runtime"),
    ("running.json", CONTAINER, "docker-inspect"),
    ("running.json", BROKEN_CONTAINER, "docker-inspect"),
    ("images.json", IMAGES, "docker-image-inspect"),
]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def plant(row, document, folder):
    """Writes the document; what was planted."""
    name, content, _ = document
    planter = Planter(row)
    if name == "Dockerfile":
        write(os.path.join(folder, name), planter.fill(content))
    else:
        filled = planter.fill_json(content)
        write(os.path.join(folder, name), json.dumps(filled, indent=2) + "\n")
    return planter.planted


def outputs(program, document, folder, policies):
    """(command, all that it printed), for each way to show a document."""
    name, _, kind = document
    files = [os.path.join(folder, "report." + form) for form in ("short", "json")]
    check = ["check", "--verbose", "--as", kind, "--policies", policies, "--pack", "all", name,
             "-f", "text", "-f", "short", "-o", files[0], "-f", "json", "-o", files[1]]
    for words in (check, ["inspect", "--as", kind, name], ["inspect", "--origins", name],
                  ["check", "--target", "none", name]):
        done = subprocess.run([program, *words], cwd=folder, capture_output=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=120)
        yield words[0], done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")
    for path in files:
        with open(path, encoding="utf-8", errors="replace") as file:
            yield "check -f " + path.rpartition(".")[2], 0, file.read()


def run_case(program, policies, row, document):
    """The complaints about one row in one document."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        planted = plant(row, document, folder)
        for command, status, output in outputs(program, document, folder, policies):
            # 2 is a usage error: right only where a stage is named that is not there.
            if status not in (0, 1, 3, 4) + (2,) * ("none" in output) or "Sanitizer" in output:
                wrong.append(f"{command}: status {status}: {output[-300:]}")
            for place, token in planted:
                seen = token.leak(output)
                if seen is not None:
                    wrong.append(f"{command}: planted in {place.strip()!r}: {seen!r}")
    return wrong


def main(arguments):
    program, only = os.path.abspath(arguments[0]), arguments[2:]
    with open(arguments[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    print("\n".join(f"# {kind} is left out: {why}" for kind, why in MARKS.items()))
    rows = [r for r in rows if r["kind"] not in MARKS and (not only or r["kind"] in only)]
    jobs = [(row, document) for row in rows for document in DOCUMENTS]
    failures = 0
    print(f"1..{len(jobs) + 1}")
    with tempfile.TemporaryDirectory() as policies:
        for on in ("string", "instruction"):
            write(os.path.join(policies, f"{on}.lua"), SHOUT % {"id": on, "on": on})
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(lambda job: run_case(program, policies, *job), jobs)
            for number, (job, wrong) in enumerate(zip(jobs, results), 1):
                row, (name, content, _) = job
                which = "what is broken of " if "BROKEN" in [
                    key for key, value in globals().items() if value is content][0] else ""
                failures += bool(wrong)
                print(f"{'not ok' if wrong else 'ok'} {number} - {row['kind']} in {which}{name}")
                for line in wrong[:20]:
                    print(f"# {line}")
    # A token is found in what shows it: else no case above could fail.
    token = Token(rows[0], 1)
    can_fail = token.leak("x" + token.text + "x") is not None and token.leak("x") is None
    failures += not can_fail
    print(f"{'ok' if can_fail else 'not ok'} {len(jobs) + 1} - a token that is shown is seen")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
