#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run.py: made-up Dockerfiles, read by the official parser and by ours, compared

    run.py ORACLE OURS [--count N] [--seed N] [--from FOLDER]...

ORACLE is the program of oracle/, OURS that of differential.c. Dockerfiles are generated from pieces
and by changing those before them, and the files of each FOLDER, at random from the seed: the same
seed gives the same ones. For each the two must agree on: whether it is accepted, and if it is not,
that a line of the official error has one of ours; the instructions with their names, flags,
arguments, heredocs and lines. The first differences are made as small as they stay different, and
printed. Where flags may stand the official parser reads bytes instead of characters; there, ours
differs on purpose, and is not compared.
"""
import argparse
import json
import os
import random
import re
import struct
import subprocess
import sys

BATCH = 2000
MOST_SHOWN = 8

# A ¶ is a line end, a → a tab; what begins with two blanks goes on the line before.
LINES = r"""FROM alpine:3.22
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
FROM build
FROM scratch AS out
ARG VERSION=1.2 NAME
ARG A="b c" D='e'
ENV PATH=/opt/bin:$PATH
ENV KEY some value here
ENV A=b C="d e" F=g\ h
LABEL org.example.title="a b" x=y
LABEL one two
RUN apt-get update && apt-get install -y curl
RUN ["/bin/sh", "-c", "echo hello"]
RUN [ "a" , "b" ]
RUN ["a", 1]
RUN --mount=type=cache,target=/var/cache --network=none make all
RUN --mount=type=secret,id=token,required=true cat /run/secrets/token
RUN --security=insecure --mount=type=bind,from=build,source=/a,target=/b,rw true
RUN a \¶  b \¶# comment¶  c
RUN <<EOF¶apk add curl¶echo "$HOME"¶EOF
RUN <<-'END' bash¶→set -e¶→echo $X¶→END
COPY a b /c/
COPY --from=build --chown=1:1 --chmod=0755 --link /a /b
COPY ["a b", "/c d/"]
COPY <<EOF <<-OTHER /etc/
COPY --exclude=*.md --parents . /app
ADD https://example.org/a.tar.gz /a/
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  https://x.org/y /
ADD --keep-git-dir=true --unpack=false git@example.org:a/b.git /src
CMD ["app", "--flag"]
CMD echo hi; exec app
ENTRYPOINT ["/entry.sh"]
ENTRYPOINT exec top -b
EXPOSE 80 443/tcp 8000-8010/udp
VOLUME /data "/more data"
VOLUME ["/a", "/b"]
USER 1000:1000
WORKDIR /srv/app
STOPSIGNAL SIGTERM
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
HEALTHCHECK --interval=30s --timeout=3s --start-period=1m --start-interval=1s --retries=3 CMD
  curl -f http://localhost
HEALTHCHECK CMD ["a", "b"]
HEALTHCHECK NONE
ONBUILD RUN make
ONBUILD COPY --from=x a b
ONBUILD ADD . /app
MAINTAINER somebody <a@b.org>
# a comment
# syntax=docker/dockerfile:1
# escape=`
# escape=\
# check=skip=all;error=true""".replace("\n  ", " ").split("\n")

PIECES = [
    "\\\n", "\\", "\n", "\n\n", " ", "\t", "\r\n", "\r", "\"", "'", "`", "$", "${A}", "${A:-b}",
    "#", "# x\n", "=", ",", "[", "]", "[\"a\"]", "[]", "[ ]", "<<EOF", "<<-EOF", "EOF\n", "<<'E'",
    "<<\"E\"", "<<E E", "--from=x", "--mount=type=bind", "--mount=", "--mount", "--", "-",
    "--link", "--link=false", "--x=y", "--chmod=755", "--platform=linux/amd64", "FROM ", "RUN ",
    "COPY ", "ADD ", "ENV ", "ARG ", "onbuild ", "CMD ", "cmd", "HEALTHCHECK ", "NONE", "SHELL ",
    " AS ", " as x", ":", "@", "/", ".", "*", "1", "0", "é", "\u2028", "\u00a0", "\u3000", "\x00",
    "\x0b", "\x0c", "\ufeff", ";", "|", "&&", "\\\\", "\\\"", "\\n", "\\u00e9", "{}", "{\"a\":1}",
    "[\"a\", null]", "[1]", "\\ ", "\\\t\n", "\\ \n", "\\\r\n", "<", ">", "0<<E", "3<<E", "<<<a",
    "<<", "~",
]
PIECES = [piece.encode() for piece in PIECES]
PIECES += [b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\x85", b"\xa0"]


def with_letters(node):
    """An instruction of ours with each byte of its flags as a letter of Latin 1: so the official
    parser takes them."""
    node = dict(node)
    if "flags" in node:
        node["flags"] = [(bytes.fromhex(flag["hex"]) if isinstance(flag, dict) else flag.encode())
                         .decode("latin-1") for flag in node["flags"]]
    node["args"] = [{"sub": with_letters(argument["sub"])}
                    if isinstance(argument, dict) and "sub" in argument else argument
                    for argument in node["args"]]
    return node


# In documents with what this finds, anything goes: in flags and before the command of HEALTHCHECK
# the official parser takes the bytes 85 and A0 for blanks, also within a letter. Ours takes them
# for what they are a part of.
STRANGE = re.compile(rb"(?<!\xc2)[\x85\xa0]|--[^\n]*[\x85\xa0]|(?is:healthcheck.*[\x85\xa0])")
CONTINUATION = re.compile(rb"[\\`][ \t]*\r?\n")


def seeds_of(folders):
    """Documents to begin with: one of each piece, and what the folders hold."""
    seeds = [line.replace("¶", "\n").replace("→", "\t").encode() + b"\n" for line in LINES]
    seeds.append(b"".join(b"" if seed.startswith(b"#") else seed for seed in seeds))
    for folder in folders:
        for path, names, files in os.walk(folder):
            names.sort()
            for name in sorted(files):
                if "ockerfile" in name:
                    with open(os.path.join(path, name), "rb") as file:
                        seeds.append(file.read())
    return [seed for seed in seeds if len(seed) < 20000]


class Maker:
    """Makes documents: some from lines, most by changing one that is there."""

    def __init__(self, seeds, seed):
        self.random = random.Random(seed)
        self.seeds = seeds

    def fresh(self):
        count = self.random.randint(1, 8)
        return b"".join(self.random.choice(self.seeds[:len(LINES)]) for _ in range(count))

    def place(self, text):
        return self.random.randint(0, len(text))

    def change(self, text):
        pick = self.random.randint(0, 8)
        at = self.place(text)
        if pick <= 2:
            return text[:at] + self.random.choice(PIECES) + text[at:]
        if pick == 3:
            return text[:at] + text[at + self.random.randint(1, 4):]
        if pick == 4:
            return text[:at] + bytes([self.random.randint(0, 255)]) + text[at + 1:]
        if pick == 5:
            return text[:at] + self.random.choice(PIECES) + text[at + self.random.randint(1, 3):]
        lines = text.splitlines(keepends=True) or [b""]
        where = self.random.randrange(len(lines))
        if pick == 6:
            del lines[where]
        elif pick == 7:
            lines.insert(where, self.random.choice(self.seeds[:len(LINES)]))
        else:
            other = self.random.randrange(len(lines))
            lines[where], lines[other] = lines[other], lines[where]
        return b"".join(lines)

    def make(self):
        text = self.fresh() if self.random.random() < 0.5 else self.random.choice(self.seeds)
        if len(text) > 3000:
            start = self.place(text)
            text = text[start:start + 3000]
        for _ in range(self.random.choice((0, 1, 1, 2, 3, 5, 8))):
            text = self.change(text)
        if self.random.random() < 0.3:
            text = b"FROM a:1\n" + text
        return text


def ask(program, texts):
    """What a program says of each document."""
    frames = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    run = subprocess.run([program], input=frames, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=True)
    lines = run.stdout.split(b"\n")[:-1]
    if len(lines) != len(texts):
        raise SystemExit(f"{program} answered {len(lines)} of {len(texts)}")
    return [json.loads(line, parse_int=float) for line in lines]


def error_is_met(theirs, ours):
    """Whether one of our errors lies on a line of theirs. Those of directives and of the scanner
    count lines from 0."""
    ranges = theirs.get("lines") or []
    if not ours["errors"]:
        return False
    if not ranges or "no instructions" in theirs["error"]:
        return True
    return any(first - 1 <= line <= last + 1 if not theirs["parsed"] else first <= line <= last
               for first, last in ranges for line, _ in ours["errors"])


def is_strange(text):
    """Whether bytes are read where flags may stand, which may go on in the next line."""
    return STRANGE.search(text) or STRANGE.search(CONTINUATION.sub(b"", text))


def difference(theirs, ours):
    """In words, or None."""
    if theirs.get("error") and not error_is_met(theirs, ours):
        return (f"refused: {theirs['error'].splitlines()[0]} at {theirs.get('lines')}; "
                f"our errors: {ours['errors']}")
    if not theirs.get("error") and ours["errors"]:
        return f"accepted, but we say: {ours['errors']}"
    if not theirs["parsed"]:
        return None
    nodes, mine = theirs.get("nodes", []), [with_letters(node) for node in ours["nodes"]]
    for a, b in zip(nodes, mine):
        if a != b:
            return f"theirs {json.dumps(a)}\n  ours   {json.dumps(b)}"
    if len(nodes) != len(mine):
        return f"{len(nodes)} instructions, ours are {len(mine)}"
    return None


def smaller(text, differs):
    """The text without whatever is not needed for the difference."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            tries = [text[:at] + text[at + size:]]
            if differs(tries[0]):
                text = tries[0]
            else:
                at += size
        size //= 2
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("ours")
    parser.add_argument("--count", type=int, default=200000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="folders", action="append", default=[])
    options = parser.parse_args()
    version = subprocess.run([options.oracle, "version"], stdout=subprocess.PIPE, check=True)
    print("against", version.stdout.decode().strip())

    def differs(text):
        return not is_strange(text) and difference(
            ask(options.oracle, [text])[0], ask(options.ours, [text])[0]) is not None

    maker = Maker(seeds_of(options.folders), options.seed)
    done = wrong = accepted = 0
    while done < options.count and wrong < MOST_SHOWN:
        texts = [maker.make() for _ in range(min(BATCH, options.count - done))]
        for text, theirs, ours in zip(texts, ask(options.oracle, texts), ask(options.ours, texts)):
            accepted += "error" not in theirs
            if (wrong == MOST_SHOWN or difference(theirs, ours) is None
                    or is_strange(text)):
                continue
            wrong += 1
            text = smaller(text, differs)
            print(f"different: {text!r}")
            print(" ", difference(ask(options.oracle, [text])[0], ask(options.ours, [text])[0]))
        done += len(texts)
    print(f"{done} Dockerfiles, {accepted} accepted, {wrong} different"
          + (" at least" if wrong == MOST_SHOWN else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
