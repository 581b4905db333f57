# SPDX-License-Identifier: Apache-2.0
"""facts_embed.py: the built-in tables of facts as constant data

    facts_embed.py OUTPUT.c TABLE.tsv ...

Holds each table to the rules of facts_read.c, in the same words; the first breach ends the build
with FILE:LINE. Standard library only.
"""

import os
import re
import sys

KINDS = {"": "TEXT", "int": "INT", "bool": "BOOL", "date": "DATE", "list": "LIST"}
MOST_COLUMNS = 64


class Breach(Exception):
    """A rule that a table breaks, and the line where."""


def plural(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def read_header(line):
    """The columns, as pairs of name and kind."""
    columns = []
    if not line:
        raise Breach(1, "the first line names no columns")
    for cell in line.split("\t"):
        name, colon, kind = cell.partition(":")
        if len(columns) == MOST_COLUMNS:
            raise Breach(1, f"more than {MOST_COLUMNS} columns")
        if columns and columns[-1][0] == "note":
            raise Breach(1, "column 'note' is not the last")
        if not name:
            raise Breach(1, f"column {len(columns) + 1} has no name")
        if name in (column[0] for column in columns):
            raise Breach(1, f"two columns are called '{name}'")
        if colon and not columns:
            raise Breach(1, "the first column is the key and cannot be of a kind")
        if kind not in KINDS or (colon and not kind):
            raise Breach(1, f"column '{cell}' is of no kind: int, bool, date or list")
        columns.append((name, KINDS[kind]))
    return columns


def is_date(cell):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        return False
    year, month, day = int(cell[:4]), int(cell[5:7]), int(cell[8:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def is_int(cell):
    return re.fullmatch(r"-?[0-9]+", cell) and -(2**63) <= int(cell) < 2**63


def check_cell(cell, column, line):
    name, kind = column
    if not cell:
        return
    if kind == "INT" and not is_int(cell):
        raise Breach(line, f"'{cell}' is no whole number")
    if kind == "BOOL" and cell not in ("true", "false"):
        raise Breach(line, f"'{cell}' is neither true nor false")
    if kind == "DATE" and not is_date(cell):
        raise Breach(line, f"'{cell}' is no date as 2026-11-21")
    if kind == "LIST" and "" in cell.split("|"):
        raise Breach(line, "a list has an empty entry")
    if kind == "TEXT" and name != "note" and "|" in cell:
        raise Breach(line, f"'{cell}' has a '|', but column '{name}' is no list")


def read_table(text):
    """The columns and rows of a table."""
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    if lines[-1] == "":
        lines.pop()
    columns = read_header(lines[0] if lines else "")
    rows, keys = [], set()
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise Breach(number, f"{plural(len(cells), 'cell')}, but the table has "
                                 f"{plural(len(columns), 'column')}")
        if not cells[0]:
            raise Breach(number, "the key is empty")
        for cell, column in zip(cells, columns):
            check_cell(cell, column, number)
        rows.append(cells)
    for number, cells in enumerate(rows, 2):
        if cells[0] in keys:
            raise Breach(number, f"the key '{cells[0]}' was given before")
        keys.add(cells[0])
    return columns, rows


def quoted(text):
    """A C string literal of the bytes; octal escapes end by themselves, unlike hexadecimal ones."""
    plain = set(range(32, 127)) - set(b'"\\?')
    return '"' + "".join(chr(b) if b in plain else f"\\{b:03o}" for b in text.encode()) + '"'


class Writer:
    """Lines of C, and the lists that cells point to."""

    def __init__(self):
        self.lists = {}
        self.lines = []

    def cell(self, text, kind):
        if not text:
            return "NIL"
        if kind == "INT":
            value = int(text)
            return f"INTEGER({value})" if value > -(2**63) else "INTEGER(INT64_MIN)"
        if kind == "BOOL":
            return f"TRUTH({int(text == 'true')})"
        if kind == "LIST":
            entries = tuple(text.split("|"))
            return f"LIST({len(entries)}, {self.list_name(entries)})"
        return f"{kind}({quoted(text)})"

    def list_name(self, entries):
        if entries not in self.lists:
            name = f"list_{len(self.lists)}"
            self.lists[entries] = name
            items = ", ".join(f"SCL_STR({quoted(entry)})" for entry in entries)
            self.lines.append(f"static const struct scl_str {name}[] = {{ {items} }};")
        return self.lists[entries]

    def table(self, name, columns, rows):
        """Writes a table's parts; returns the initializer of the table itself."""
        cells = [f"    {self.cell(text, kind)}," for row in rows
                 for text, (_, kind) in zip(row, columns)]
        names = [f"    {{ SCL_STR({quoted(column)}), SCL_FACT_{kind} }},"
                 for column, kind in columns]
        order = sorted(range(len(rows)), key=lambda row: rows[row][0].encode())
        self.lines += [f"static const struct scl_facts_column {name}_columns[] = {{", *names, "};"]
        self.lines += [f"static const struct scl_fact {name}_cells[] = {{",
                       *(cells or ["    NIL"]), "};"]
        self.lines += [f"static const uint32_t {name}_by_key[] = {{",
                       "    " + ", ".join(str(row) for row in order or [0]), "};"]
        self.lines += [f"static const struct scl_facts_table {name}_table = {{",
                       f"    SCL_STR({quoted(name)}), {name}_columns, {name}_cells, {name}_by_key,",
                       f"    {len(columns)}, {len(rows)}", "};", ""]


HEAD = """/* generated by facts_embed.py from policies/facts: do not edit */
#include "document/facts.h"

#define NIL { SCL_FACT_NIL, 0, { NULL } }
#define TEXT(literal) { SCL_FACT_TEXT, sizeof(literal) - 1, { .text = "" literal } }
#define DATE(literal) { SCL_FACT_DATE, sizeof(literal) - 1, { .text = "" literal } }
#define INTEGER(value) { SCL_FACT_INT, 0, { .number = value } }
#define TRUTH(value) { SCL_FACT_BOOL, 0, { .number = value } }
#define LIST(count, entries) { SCL_FACT_LIST, count, { .list = entries } }
"""

TAIL = """static const struct scl_facts builtin = {{ tables, NULL, {count}, 0 }};

const struct scl_facts *
scl_facts_builtin(void)
{{
    return &builtin;
}}
"""


def embed(paths):
    writer = Writer()
    names = []
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[:error.start].count(b"\n") + 1
            sys.exit(f"{path}:{line}: the text is not UTF-8")
        try:
            columns, rows = read_table(text)
        except Breach as breach:
            sys.exit(f"{path}:{breach.args[0]}: {breach.args[1]}")
        name = os.path.basename(path).removesuffix(".tsv").replace("-", "_")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            sys.exit(f"{path}: the name of a built-in table is of a-z, 0-9 and -")
        if name in names:
            sys.exit(f"{path}: two tables are called '{name}'")
        names.append(name)
        writer.table(name, columns, rows)
    pointers = [f"    &{name}_table," for name in sorted(names)]
    writer.lines += ["static const struct scl_facts_table *const tables[] = {", *pointers, "};"]
    return "\n".join([HEAD, *writer.lines, TAIL.format(count=len(names))])


def main(arguments):
    if len(arguments) < 2:
        sys.exit("usage: facts_embed.py OUTPUT.c TABLE.tsv ...")
    text = embed(arguments[1:])
    with open(arguments[0], "w", encoding="ascii", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
