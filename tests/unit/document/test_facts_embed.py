# SPDX-License-Identifier: Apache-2.0
"""test_facts_embed.py: what the built-in tables must not be

    test_facts_embed.py FACTS_EMBED.py

Prints TAP. Each case is a table that breaks one rule; the script must name its file and line.
"""

import os
import subprocess
import sys
import tempfile

BREACHES = [
    ("the header names no columns", b"", "1: the first line names no columns"),
    ("a column has no name", b"a\t\tb\n", "1: column 2 has no name"),
    ("a column is named twice", b"a\tb\tb:int\n", "1: two columns are called 'b'"),
    ("the key has a kind", b"a:int\n", "1: the first column is the key and cannot be of a kind"),
    ("a kind is not known", b"a\tb:number\n",
     "1: column 'b:number' is of no kind: int, bool, date or list"),
    ("a kind is empty", b"a\tb:\n", "1: column 'b:' is of no kind: int, bool, date or list"),
    ("the note is not last", b"a\tnote\tb\n", "1: column 'note' is not the last"),
    ("a cell is missing", b"a\tb\nx\ty\nz\n", "3: 1 cell, but the table has 2 columns"),
    ("a line is empty", b"a\tb\n\nx\ty\n", "2: 1 cell, but the table has 2 columns"),
    ("a key is empty", b"a\tb\n\ty\n", "2: the key is empty"),
    ("a key is repeated", b"a\nx\ny\nx\n", "4: the key 'x' was given before"),
    ("a number is none", b"a\tb:int\nx\t1.5\n", "2: '1.5' is no whole number"),
    ("a number is too large", b"a\tb:int\nx\t9223372036854775808\n",
     "2: '9223372036854775808' is no whole number"),
    ("a truth is none", b"a\tb:bool\nx\tyes\n", "2: 'yes' is neither true nor false"),
    ("a date is none", b"a\tb:date\nx\t1900-02-29\n", "2: '1900-02-29' is no date as 2026-11-21"),
    ("an entry is empty", b"a\tb:list\nx\ty||z\n", "2: a list has an empty entry"),
    ("a text looks like a list", b"a\tb\nx\ty|z\n",
     "2: 'y|z' has a '|', but column 'b' is no list"),
    ("a byte is not UTF-8", b"a\nx\n\xff\n", "3: the text is not UTF-8"),
]


def run(script, folder, data, name="table.tsv"):
    table, output = os.path.join(folder, name), os.path.join(folder, "facts.gen.c")
    with open(table, "wb") as file:
        file.write(data)
    if os.path.exists(output):
        os.remove(output)
    done = subprocess.run([sys.executable, script, output, table], capture_output=True, text=True,
                          check=False)
    text = None
    if os.path.exists(output):
        with open(output, encoding="ascii") as file:
            text = file.read()
    return done, table, text


def main(script):
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, data, message in BREACHES:
            done, table, text = run(script, folder, data)
            good = done.returncode and text is None and done.stderr == f"{table}:{message}\n"
            results.append((good, name, done.stderr))
        done, _, text = run(script, folder, b'k\tl:list\nq"\\?\xc3\xa9\tx|y\n', "good-table.tsv")
        good = done.returncode == 0 and text.startswith("/* generated") and \
            'TEXT("q\\042\\134\\077\\303\\251")' in text and "good_table_cells" in text
        results.append((good, "a good table is written as constants", done.stderr))
    print(f"1..{len(results)}")
    for number, (good, name, detail) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        if not good:
            print("# " + detail.strip())
    return 0 if all(result[0] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
