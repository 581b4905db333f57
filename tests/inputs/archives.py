#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""archives.py: images in archives and layouts, as the command line is given them

    archives.py PROGRAM

The archives are made here, by Python's own tarfile and gzip, and by zstd where that is installed.
One image, handed on in five ways, must be judged alike; what is cut, missing or made to exhaust
must be told, in bounded memory. Without libarchive only the message about that is tested. Prints
TAP.
"""
import gzip
import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib

SECONDS = 60
MOST_KIB = 600 * 1024 # less than what is unpacked; a sanitizer keeps some hundreds of it
MIB = 1 << 20
CONFIG = {"User": "", "Env": ["PATH=/bin", "API_TOKEN=nOt-A-rEaL-oNe-2931"],
          "Cmd": ["/bin/app"], "ExposedPorts": {"22/tcp": {}}}
LAYER = bytes(range(256)) * 8
TYPES = {"index": "application/vnd.oci.image.index.v1+json",
         "manifest": "application/vnd.oci.image.manifest.v1+json",
         "config": "application/vnd.oci.image.config.v1+json",
         "layer": "application/vnd.oci.image.layer.v1.tar",
         "in-toto": "application/vnd.in-toto+json"}


def image_config(architecture="amd64"):
    return json.dumps({"architecture": architecture, "os": "linux", "config": CONFIG,
                       "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "a" * 64]}}).encode()


def hex_of(data):
    return hashlib.sha256(data).hexdigest()


class Layout:
    """An OCI layout: the files in it by their paths."""

    def __init__(self, *architectures):
        self.files = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}'}
        manifests = []
        for architecture in architectures:
            manifests += self.image(architecture)
        index = self.add("index", json.dumps({"schemaVersion": 2, "manifests": manifests}).encode())
        index["annotations"] = {"io.containerd.image.name": "example.com/app:1.0"}
        self.files["index.json"] = json.dumps(
            {"schemaVersion": 2, "manifests": [index]}).encode()

    def add(self, kind, data):
        self.files["blobs/sha256/" + hex_of(data)] = data
        return {"mediaType": TYPES[kind], "digest": "sha256:" + hex_of(data), "size": len(data)}

    def manifest(self, config, layers):
        return self.add("manifest", json.dumps(
            {"schemaVersion": 2, "config": config, "layers": layers}).encode())

    def image(self, architecture):
        """An image, and what BuildKit attests of it."""
        image = self.manifest(self.add("config", image_config(architecture)),
                              [self.add("layer", LAYER)])
        image["platform"] = {"os": "linux", "architecture": architecture}
        statement = {"_type": "https://in-toto.io/Statement/v0.1",
                     "predicateType": "https://slsa.dev/provenance/v0.2",
                     "subject": [{"name": "app", "digest": {"sha256": image["digest"][7:]}}],
                     "predicate": {"builder": {"id": "https://builder.example"}}}
        evidence = self.manifest(self.add("config", b"{}"),
                                 [self.add("in-toto", json.dumps(statement).encode())])
        evidence["platform"] = {"os": "unknown", "architecture": "unknown"}
        evidence["annotations"] = {"vnd.docker.reference.type": "attestation-manifest",
                                   "vnd.docker.reference.digest": image["digest"]}
        return [image, evidence]

    def write(self, folder):
        for path, data in self.files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(data)


def tar_of(files, links=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, data in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for path, target in links:
            info = tarfile.TarInfo(path)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return out.getvalue()


def saved():
    """What `docker save` writes."""
    config = image_config()
    name = hex_of(config) + ".json"
    manifest = [{"Config": name, "RepoTags": ["example.com/app:1.0"], "Layers": ["a/layer.tar"]}]
    return tar_of({"./" + name: config, "a/layer.tar": LAYER,
                   "manifest.json": json.dumps(manifest).encode()},
                  [("b/layer.tar", "../a/layer.tar")])


def inspected():
    """What `docker image inspect` prints of the image."""
    return json.dumps([{"Id": "sha256:" + hex_of(image_config()), "RepoDigests": [],
                        "RepoTags": ["example.com/app:1.0"], "Os": "linux",
                        "Architecture": "amd64", "Config": CONFIG,
                        "RootFS": {"Type": "layers", "Layers": ["sha256:" + "a" * 64]}}]).encode()


def packed(*runs):
    """Runs of bytes, each so many times, behind gzip; not all of it is ever there at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(data) for data, times in runs for _ in range(times)]
    return b"".join(parts) + packer.flush()


def header_of(path, size):
    info = tarfile.TarInfo(path)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT)


class Cases:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.count = self.failed = 0

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def run(self, *words, **more):
        return subprocess.run([self.program, *words], cwd=self.folder, capture_output=True,
                              timeout=SECONDS, check=False, **more)

    def judged(self, *words, **more):
        done = self.run("check", "-f", "json", *words, **more)
        return json.loads(done.stdout)

    def check(self, sentence, *problems):
        self.count += 1
        wrong = [problem for problem in problems if problem]
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.count} - {sentence}")
        for problem in wrong:
            print("# " + str(problem).replace("\n", "\n# "))


def differs(actual, expected):
    return "" if actual == expected else f"expected {expected!r}\ngot {actual!r}"


def lacks(text, *pieces):
    text = text.decode(errors="replace")
    return "".join(f"'{piece}' is not in {text!r}\n" for piece in pieces if piece not in text)


def told(report):
    """What is found, without its places."""
    return sorted((finding["policy"]["code"] or finding["policy"]["id"], finding["verdict"],
                   finding["severity"], finding["message"]) for finding in report["findings"])


def same_verdicts(cases, compressions):
    layout = Layout("amd64")
    cases.write("config.json", image_config())
    cases.write("inspect.json", inspected())
    cases.write("layout.tar", tar_of(layout.files))
    layout.write(os.path.join(cases.folder, "layout"))
    expected = told(cases.judged("config.json"))
    names = ["inspect.json", "layout.tar", "layout"] + ["saved.tar" + ending
                                                        for ending in compressions]
    for ending, compress in compressions.items():
        cases.write("saved.tar" + ending, compress(saved()))
    cases.check("an image has faults to be found", "" if len(expected) > 2 else str(expected))
    for name in names:
        report = cases.judged(name)
        cases.check(f"{name} is judged as its configuration alone",
                    differs(told(report), expected),
                    differs([note["message"] for note in report["documents"][0]["notes"]], []))
    both = layout.files | {"manifest.json": json.dumps(
        [{"Config": "blobs/sha256/" + hex_of(image_config()), "RepoTags": ["example.com/app:1.0"],
          "Layers": []}]).encode()}
    cases.write("both.tar", tar_of(both))
    report = cases.judged("both.tar")
    cases.check("with list and index both, an image is judged once",
                differs(told(report), expected),
                differs([document["format"] for document in report["documents"]],
                        ["docker-archive"]))


def places(cases):
    done = cases.run("check", "-f", "short", "--only", "no-root-user", "saved.tar")
    cases.check("a place in an archive continues inside",
                lacks(done.stdout, f"saved.tar!{hex_of(image_config())}.json:1:"))
    done = cases.run("check", "--only", "no-root-user", "saved.tar")
    cases.check("and shows no excerpt", "" if b"   |" not in done.stdout else done.stdout)
    cases.write("Dockerfile", b"FROM example.com/app:1.0\nRUN true\n")
    done = cases.run("check", "--only", "no-root-user", "Dockerfile", "saved.tar")
    cases.check("a build starts where the image in an archive ends, and is told its place",
                lacks(done.stdout, "--> Dockerfile:1:1 (image final)",
                      f"user.raw: ,\n              saved.tar!{hex_of(image_config())}.json:1:"))
    with open(os.path.join(cases.folder, "saved.tar"), "rb") as file:
        done = cases.run("check", "-f", "short", "--only", "no-root-user", "-", stdin=file)
    cases.check("standard input may be an archive", lacks(done.stdout, "<stdin>!"))
    first, second = (cases.run("check", "-f", "json", "saved.tar", "layout.tar", "layout",
                               "--jobs", jobs).stdout for jobs in "14")
    cases.check("reports are the same however many threads judge", differs(first, second))


def platforms(cases):
    cases.write("many.tar", tar_of(Layout("amd64", "arm64").files))
    done = cases.run("inspect", "many.tar")
    subjects = json.loads(done.stdout)["subjects"]
    cases.check("every platform is an image, and what attests to it evidence",
                differs([subject["name"] for subject in subjects],
                        ["example.com/app:1.0 (linux/amd64)", "example.com/app:1.0 (linux/arm64)",
                         None, None]),
                differs([subject["kind"] for subject in subjects],
                        ["image", "image", "evidence", "evidence"]),
                differs(subjects[2]["fields"]["artifact"]["digest"],
                        subjects[0]["fields"]["digest"]))


def folders(cases):
    layout = Layout("amd64")
    folder = os.path.join(cases.folder, "broken")
    config = "blobs/sha256/" + hex_of(image_config())
    layout.write(folder)
    os.remove(os.path.join(folder, config))
    done = cases.run("check", "-f", "short", "broken")
    cases.check("a blob that is missing is told where it is named",
                lacks(done.stdout, f"error: there is no file '{config}'"),
                differs(done.returncode, 3))
    os.symlink(os.path.join(cases.folder, "config.json"), os.path.join(folder, config))
    done = cases.run("check", "-f", "short", "broken")
    cases.check("no link out of a layout is followed", differs(done.returncode, 0),
                lacks(done.stdout, "inconclusive: env is not known"))
    done = cases.run("check", "-f", "json", "layout", ".", "--exclude", "*.json")
    paths = [document["path"] for document in json.loads(done.stdout)["documents"]]
    cases.check("in folders a layout is one document, and archives are left",
                differs([path for path in paths if path.startswith("layout")],
                        ["layout/oci-layout"]),
                differs([path for path in paths if ".tar" in path], []))


def broken(cases):
    whole = gzip.compress(saved(), mtime=0)
    for length in range(0, len(whole), 64):
        cases.write(f"cut-{length}.tar.gz", whole[:length])
    names = [f"cut-{length}.tar.gz" for length in range(0, len(whole), 64)]
    done = cases.run("check", "-f", "short", *names)
    cases.check("an archive that is cut anywhere is told",
                differs(done.returncode, 3),
                lacks(done.stdout + done.stderr, *(name + ":" for name in names)))
    for name in names:
        os.remove(os.path.join(cases.folder, name))
    files = Layout("amd64").files
    path = "blobs/sha256/" + hex_of(image_config())
    cases.write("forged.tar", tar_of(files | {path: image_config("s390x")}))
    done = cases.run("check", "-f", "short", "forged.tar")
    cases.check("a blob that is another one is told", differs(done.returncode, 3),
                lacks(done.stdout, "error: the blob is another one: its digest is sha256:"))
    cases.write("old.tar", tar_of({"repositories": b"{}"}))
    done = cases.run("check", "old.tar")
    cases.check("what Docker saved before 1.10 is named as that", differs(done.returncode, 3),
                lacks(done.stderr, "saved by Docker before 1.10"))


def sizes(cases):
    def measured(*words):
        done = cases.run(*words)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss # of all so far
        return done, "" if most < MOST_KIB else f"{most} KiB of memory"

    cases.write("bomb.tar.gz", packed((header_of("zeros", 1024 * MIB), 1), (bytes(MIB), 1024)))
    done, grown = measured("check", "bomb.tar.gz")
    cases.check("a gigabyte of zeros is left", grown, differs(done.returncode, 3),
                lacks(done.stderr, "unpacks to more than the limit of "))
    cases.write("flood.tar.gz", packed((header_of("none", 0) * 1000, 2000)))
    done, grown = measured("check", "--limit", "entries=1000", "flood.tar.gz")
    cases.check("two million members are left", grown, differs(done.returncode, 3),
                lacks(done.stderr, "more members than the limit of 1000"))
    done, grown = measured("check", "flood.tar.gz")
    cases.check("so they are at the limit that is usual", grown, differs(done.returncode, 3),
                lacks(done.stderr, "limit of "))
    os.remove(os.path.join(cases.folder, "flood.tar.gz"))
    with open(os.path.join(cases.folder, "large.tar"), "wb") as file:
        file.write(header_of("c/layer.tar", 80 * MIB))
        file.seek(80 * MIB, os.SEEK_CUR)
        file.write(saved())
    report = cases.judged("large.tar")
    cases.check("an archive may be larger than a document",
                differs(told(report), told(cases.judged("config.json"))))
    done = cases.run("check", "--limit", "bytes=1000000", "large.tar")
    cases.check("unless its size is limited", differs(done.returncode, 3),
                lacks(done.stderr, "over the limit of 1000000"))
    os.remove(os.path.join(cases.folder, "large.tar"))


def main():
    program = os.path.abspath(sys.argv[1])
    compressions = {"": bytes, ".gz": gzip.compress}
    zstd = shutil.which("zstd")
    if zstd:
        compressions[".zst"] = lambda data: subprocess.run(
            [zstd, "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        cases = Cases(program, folder)
        version = json.loads(cases.run("version", "--json").stdout)
        if version["libarchive"] is None:
            cases.write("saved.tar", saved())
            done = cases.run("check", "saved.tar")
            cases.check("a build without libarchive says so", differs(done.returncode, 3),
                        lacks(done.stderr, "tar archives are not read by this build (libarchive)"))
        else:
            same_verdicts(cases, compressions)
            for part in (places, platforms, folders, broken, sizes):
                part(cases)
    print(f"1..{cases.count}")
    return 1 if cases.failed else 0


if __name__ == "__main__":
    sys.exit(main())
