#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_laws.py: each law of laws.py is broken once, and must notice

Makes a tree of a few lawful files, in which nothing may be found, then one breach at a time.
Prints TAP.
"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import laws  # noqa: E402

SPDX = "/* SPDX-License-Identifier: Apache-2.0 */\n"


def c_file(name, body):
    return f"{SPDX}/*\n * {name}: a thing\n */\n{body}"


def function(head, lines):
    return head + "\n{\n" + "".join(f"    {line}\n" for line in lines) + "}\n"


POLICY = """-- SPDX-License-Identifier: Apache-2.0
return policy {
  id = "no-thing",
  code = "SL1",
  title = "t",
  severity = "low",
  subjects = { "image" },
  why = "w",
  fix = "f",
  check = f,
  fails = {},
  passes = {},
}
"""
LAWFUL = {
    "core/base/thing.c": c_file("thing.c", '#include "base/thing.h"\n\n' +
                                function("int\nscl_thing_count(void)", ["return 1;"])),
    "core/base/thing.h": c_file("thing.h", "#ifndef SCL_BASE_THING_H\n#define SCL_BASE_THING_H\n"
                                "\nint scl_thing_count(void);\n\n#endif\n"),
    "core/base/meson.build": "scl_sources += files('thing.c')\n",
    "include/scantling.h": c_file("scantling.h", "int scantling_count(void);\n"),
    "tests/test_thing.c": c_file("test_thing.c", "/* */\n" + function(
        "int\nmain(void)", ["return scantling_count();"])),
    "tests/meson.build": "test('thing', files('test_thing.c'))\n",
    "policies/a/no-thing.lua": POLICY,
}
THING = "core/base/thing.c"
LIST = "core/base/meson.build"
BREACHES = [
    ("top_level", {"rubbish/a.txt": "a\n"}),
    ("include_direction", {THING: c_file("thing.c", '#include "engine/engine.h"\n')}),
    ("libraries_have_a_home", {THING: c_file("thing.c", "#include <lua.h>\n")}),
    ("libraries_have_a_home", {THING: c_file("thing.c", "#include <jansson.h>\n")}),
    ("bindings_know_the_header", {"bindings/x.h": c_file("x.h", '#include "base/str.h"\n')}),
    ("file_sizes", {THING: c_file("thing.c", "\n" * 800 + ";\n")}),
    ("function_sizes", {THING: c_file("thing.c", function("int\nscl_f(void)", ["a();"] * 90))}),
    ("nesting", {THING: c_file("thing.c", function(
        "int\nscl_f(void)", ["if (a) {"] * 5 + ["}"] * 5))}),
    ("line_lengths", {THING: c_file("thing.c", "/* " + "x" * 100 + " */\n")}),
    ("white_space", {THING: c_file("thing.c", "int\tscl_a; \n")}),
    ("leftovers", {THING: c_file("thing.c", "/* TO" + "DO later */\n")}),
    ("licence_lines", {THING: "/*\n * thing.c: a thing\n */\n"}),
    ("title_lines", {THING: SPDX + "int scl_f(void);\n"}),
    ("guards", {"core/base/thing.h": c_file("thing.h", "int scl_thing_count(void);\n")}),
    ("exported_names", {THING: c_file("thing.c", function("int\nscantling_f(void)", ["b();"]))}),
    ("inner_names", {THING: c_file("thing.c", function("int\nthing_f(void)", ["b();"]))}),
    ("quiet_library", {THING: c_file("thing.c", function("int\nscl_f(void)", ["puts(1);"]))}),
    ("no_state", {THING: c_file("thing.c", "static int counter;\n")}),
    ("no_state", {THING: c_file("thing.c", "static char room[20];\n")}),
    ("listed_in_build", {LIST: "scl_sources += files('other.c')\n"}),
    ("listed_in_build", {"tests/golden/more.case": "--- case one\n"}),
    ("declarations_are_tested", {"include/scantling.h": c_file(
        "scantling.h", "int scantling_count(void);\nint scantling_else(void);\n")}),
    ("policies_are_whole", {"policies/a/no-thing.lua": POLICY.replace("why", "because")}),
    ("policies_are_whole", {"policies/a/other.lua": POLICY}),
]


def found_in(files):
    """The names of the laws that find something in a tree of these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        tree = laws.Tree(root)
        return [law.__name__ for law in laws.LAWS if law(tree)]


def main():
    cases = [("a lawful tree breaks no law", found_in(LAWFUL) == [])]
    for name, change in BREACHES:
        law = getattr(laws, name)
        path = next(iter(change))
        cases.append((f"{path} can break: {law.__doc__}", name in found_in({**LAWFUL, **change})))
    untested = {law.__name__ for law in laws.LAWS} - {name for name, _ in BREACHES}
    cases.append(("every law is broken here", not untested))
    print(f"1..{len(cases)}")
    for number, (title, ok) in enumerate(cases, 1):
        print(f"{'ok' if ok else 'not ok'} {number} - {title}")
    return 0 if all(ok for _, ok in cases) else 1


if __name__ == "__main__":
    sys.exit(main())
