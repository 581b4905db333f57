#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""size.py: what takes the room in a shared library

    size.py STRIPPED OBJECT...

Sections come from the stripped library; the objects are what the build made of policies and facts,
which is counted apart from what is written.
"""
import os
import subprocess
import sys

CODE = (".text", ".plt", ".plt.got", ".init", ".fini")
CONSTANTS = (".rodata", ".data", ".data.rel.ro")


def sections(path):
    """Bytes of each section; those split by name are one."""
    sizes = {}
    done = subprocess.run(["size", "-A", path], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        words = line.split()
        if len(words) == 3 and words[1].isdigit():
            name = next((one for one in reversed(CONSTANTS) if words[0].startswith(one)), words[0])
            sizes[name] = sizes.get(name, 0) + int(words[1])
    return sizes


def sum_of(sizes, names):
    return sum(sizes.get(name, 0) for name in names)


def row(name, size, goal=""):
    print(f"  {name:52} {size / 1024:10.2f} {'KiB':12} {goal}".rstrip())


def main(arguments):
    sizes = sections(arguments[0])
    embedded = sum(sum_of(sections(each), CONSTANTS) for each in arguments[1:])
    row("code", sum_of(sizes, CODE), "goal: below 600")
    row("constants of our own", sum_of(sizes, CONSTANTS) - embedded)
    row("policies and facts", embedded)
    row("relocations, nearly all of policies and facts", sizes.get(".rela.dyn", 0))
    row("tables for unwinding", sum_of(sizes, (".eh_frame", ".eh_frame_hdr")))
    row("the file", os.path.getsize(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
