#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""laws.py: what the house rules say, read off the text of the tree

    laws.py ROOT

Each law is a case; what breaks it is listed below the case. Files are read as text, nothing is
run. Prints TAP. test_laws.py shows that each law can be broken.
"""
import os
import re
import subprocess
import sys

LAYERS = ["base", "syntax", "document", "formats", "script", "engine", "report", "api"]
TOP = {"core", "bindings", "policies", "include", "tests", "examples", "meson.build", "README.md",
       "LICENSE", "meson_options.txt", "subprojects", "ARCHITECTURE.md", "CONTRIBUTING.md",
       "CHANGELOG.md", "SECURITY.md"}
HOME = {"lua.h": "core/script/", "lauxlib.h": "core/script/", "lualib.h": "core/script/",
        "yaml.h": "core/syntax/", "archive.h": "core/syntax/archive",
        "jansson.h": "core/report/json"}
MOST_LINES, MOST_FUNCTION_LINES, MOST_COLUMNS, MOST_LEVELS = 800, 90, 100, 4
LEFTOVER = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"])
                      + r")\b")
C_LIBRARY = re.compile(
    r"(?<![\w.>])(abort|exit|_Exit|assert|printf|puts|putchar|perror|fprintf|fopen|open|getenv|"
    r"isalpha|isdigit|isalnum|isspace|isupper|islower|isprint|ispunct|isxdigit|iscntrl|toupper|"
    r"tolower|strtod|strtof|strtol|strtoul|atof|atoi|strcoll|setlocale|localeconv|strerror|"
    r"time|clock|rand|signal|pthread_create|strtok)\s*\(")


class Tree:
    """The files of a checkout, by path."""

    def __init__(self, root):
        self.root = root
        found = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                               capture_output=True, text=True, check=False)
        if found.returncode == 0:
            self.paths = sorted(found.stdout.splitlines())
        else:
            self.paths = sorted(
                os.path.relpath(os.path.join(folder, name), root)
                for folder, _, names in os.walk(root) for name in names)
        self.paths = [p for p in self.paths if os.path.isfile(os.path.join(root, p))]
        self.texts = {}

    def text(self, path):
        if path not in self.texts:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
                self.texts[path] = file.read()
        return self.texts[path]

    def lines(self, path):
        return self.text(path).split("\n")

    def files(self, folders, endings):
        """Paths below the folders with one of the endings."""
        return [p for p in self.paths if p.startswith(folders) and p.endswith(endings)]


def c_code(text):
    """The text with comments and literals blanked out, every line kept."""
    def blank(match):
        if match[0][0] in "\"'":
            return match[0][0] * 2
        return re.sub(r"[^\n]", " ", match[0])
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


def functions(code):
    """(name, is static, first line, body lines) of each function; braces in the first column."""
    lines, start = code.split("\n"), None
    for number, line in enumerate(lines, 1):
        if line == "{":
            head = []
            for before in reversed(lines[:number - 1]):
                if not before.strip() or before.startswith(("}", "#")) or before.endswith(";"):
                    break
                head.insert(0, before)
            found = re.search(r"^(\w+)\(", "\n".join(head), re.M)
            start = number
            name, static = (found[1] if found else "?"), bool(head) and "static" in head[0].split()
        elif line.startswith("}") and start is not None:
            yield name, static, start, lines[start - 1:number]
            start = None


SOURCE = ("core/", "bindings/", "include/", "policies/")
TEXTS = (".c", ".h", ".py", ".sh", ".lua", ".go")


def top_level(tree):
    """the top level holds only what the design names"""
    names = {p.split("/")[0] for p in tree.paths}
    return [name for name in sorted(names) if name not in TOP and not name.startswith(".")]


def includes(tree, folders):
    for path in tree.files(folders, (".c", ".h")):
        for number, line in enumerate(tree.lines(path), 1):
            found = re.match(r'\s*#\s*include\s+[<"]([^">]+)', line)
            if found:
                yield path, number, found[1]


def include_direction(tree):
    """includes point down"""
    wrong = []
    for path, number, target in includes(tree, ("core/",)):
        layer, to = path.split("/")[1], target.split("/")[0]
        if to in LAYERS and layer in LAYERS and LAYERS.index(to) > LAYERS.index(layer):
            wrong.append(f"{path}:{number}: {target}")
    return wrong


def libraries_have_a_home(tree):
    """lua.h, yaml.h, archive.h and jansson.h are included in their places only"""
    return [f"{path}:{number}: {target}"
            for path, number, target in includes(tree, ("core/", "bindings/", "include/"))
            for name in [target.split("/")[-1]]
            if name in HOME and target.split("/")[0] not in LAYERS
            and not path.startswith(HOME[name])]


def bindings_know_the_header(tree):
    """bindings include scantling.h and nothing of the core"""
    return [f"{path}:{number}: {target}" for path, number, target in includes(tree, ("bindings/",))
            if target.split("/")[0] in LAYERS + ["core"]]


def file_sizes(tree):
    """no file is longer than 800 lines"""
    return [f"{path}: {len(tree.lines(path)) - 1} lines"
            for path in tree.files(SOURCE + ("tests/", "examples/"), (".c", ".h", ".py", ".lua"))
            if len(tree.lines(path)) - 1 > MOST_LINES and not path.startswith("tests/sandbox/a")]


def function_sizes(tree):
    """no function is longer than 90 lines"""
    return [f"{path}:{first}: {name} has {len(body)} lines"
            for path in tree.files(SOURCE + ("examples/",), (".c",))
            for name, _, first, body in functions(c_code(tree.text(path)))
            if len(body) > MOST_FUNCTION_LINES]


def nesting(tree):
    """no statement lies deeper than four levels"""
    wrong = []
    for path in tree.files(("core/", "bindings/"), (".c",)):
        for name, _, first, body in functions(c_code(tree.text(path))):
            depth = deepest = 0
            for line in body:
                depth += line.count("{") - line.count("}")
                deepest = max(deepest, depth)
            if deepest - 1 > MOST_LEVELS:
                wrong.append(f"{path}:{first}: {name} goes {deepest - 1} levels deep")
    return wrong


def line_lengths(tree):
    """no line is longer than 100 columns"""
    return [f"{path}:{number}: {len(line)} columns"
            for path in tree.files(SOURCE + ("tests/", "examples/"), (".c", ".h", ".py", ".sh"))
            for number, line in enumerate(tree.lines(path), 1) if len(line) > MOST_COLUMNS]


def white_space(tree):
    """no tabs, no blanks at line ends, one newline at the end"""
    wrong = []
    for path in tree.files(SOURCE + ("tests/", "examples/"), (".c", ".h", ".py", ".sh", ".build")):
        wrong += [f"{path}:{number}: tab or blank at the end"
                  for number, line in enumerate(tree.lines(path), 1)
                  if "\t" in line or line != line.rstrip()]
        if not tree.text(path).endswith("\n") or tree.text(path).endswith("\n\n"):
            wrong.append(f"{path}: does not end in one newline")
    return wrong


def leftovers(tree):
    """nothing is left over"""
    return [f"{path}:{number}: {line.strip()[:60]}"
            for path in tree.files(SOURCE + ("tests/", "examples/"), TEXTS + (".build", ".md"))
            for number, line in enumerate(tree.lines(path), 1) if LEFTOVER.search(line)]


def licence_lines(tree):
    """every source file opens with its SPDX line"""
    return [f"{path}:1: no SPDX line"
            for path in tree.files(SOURCE + ("tests/", "examples/"), TEXTS)
            if not path.startswith(("tests/sandbox/attacks/", "tests/fuzz/seeds/"))
            and "SPDX-License-Identifier: Apache-2.0" not in "\n".join(tree.lines(path)[:2])]


def title_lines(tree):
    """every C file says what it is in its second comment"""
    wrong = []
    for path in tree.files(SOURCE + ("tests/", "examples/"), (".c", ".h")):
        title = re.escape(os.path.basename(path)) + r": \S"
        found = re.match(r"/\* SPDX[^\n]*\n/\*\n \* " + title, tree.text(path))
        if not found:
            wrong.append(f"{path}:2: no comment that begins with its name")
    return wrong


def guards(tree):
    """a header's guard is its path"""
    wrong = []
    for path in tree.files(("core/",), (".h",)):
        guard = "SCL_" + re.sub(r"\W", "_", path[len("core/"):]).upper()
        if f"#ifndef {guard}\n#define {guard}\n" not in tree.text(path):
            wrong.append(f"{path}: not guarded by {guard}")
    return wrong


def exported_names(tree):
    """exported functions are defined under core/api only"""
    return [f"{path}:{first}: {name}" for path in tree.files(("core/", "bindings/"), (".c",))
            for name, _, first, _ in functions(c_code(tree.text(path)))
            if name.startswith("scantling_") and not path.startswith("core/api/")]


def inner_names(tree):
    """a function of the core that crosses files is called scl_"""
    return [f"{path}:{first}: {name}" for path in tree.files(("core/",), (".c",))
            for name, static, first, _ in functions(c_code(tree.text(path)))
            if not static and not name.startswith(("scl_", "scantling_"))]


def quiet_library(tree):
    """the core prints nothing, ends nothing, and asks neither clock, locale nor environment"""
    return [f"{path}:{number}: {found[1]}" for path in tree.files(("core/",), (".c", ".h"))
            for number, line in enumerate(c_code(tree.text(path)).split("\n"), 1)
            for found in [C_LIBRARY.search(line)] if found]


# What is handed out where there is no memory for more; it is const in all but its type.
NEVER_WRITTEN = ["core/base/error.c: out_of_memory"]


def no_state(tree):
    """the core has no variable that outlives a call"""
    wrong = []
    for path in tree.files(("core/",), (".c", ".h")):
        for number, line in enumerate(c_code(tree.text(path)).split("\n"), 1):
            found = re.match(r"\s*static (?!const\b|inline\b)[^()]*?[\w\]]+\s*(=|;|\[)", line)
            if found and " const " not in line and "*const" not in line and not any(
                    never.startswith(path + ": ") and never.split(": ")[1] in line.split()
                    for never in NEVER_WRITTEN):
                wrong.append(f"{path}:{number}: {line.strip()[:60]}")
    return wrong


def listed_in_build(tree):
    """every C file and every test is named by a meson.build, or by a script beside it"""
    wrong = []
    for path in tree.files(("core/", "bindings/", "tests/", "policies/"), (".c", ".case", ".py")):
        folder, name = os.path.split(path)
        words = {name, name[:-2], re.sub(r"^(test|fuzz)_", "", name[:-2])}
        while folder:
            build, script = (os.path.join(folder, file) for file in ("meson.build", "run.sh"))
            inside = os.path.relpath(path, folder)
            if build in tree.paths and any(f"'{word}'" in tree.text(build)
                                           for word in words | {inside}):
                break
            if script in tree.paths and name in tree.text(script):
                break
            folder = os.path.dirname(folder)
        if not folder:
            wrong.append(path)
    return wrong


def declarations_are_tested(tree):
    """every declaration of scantling.h is named by a test"""
    if "include/scantling.h" not in tree.paths:
        return ["include/scantling.h: is not there"]
    code = c_code(tree.text("include/scantling.h"))
    names = set(re.findall(r"\b(scantling_[a-z_]+)\s*\(", code))
    names |= set(re.findall(r"typedef [^;{}]*?\b(scantling_[a-z_]+);", code))
    tests = "\n".join(tree.text(p) for p in tree.files(("tests/",), (".c",)))
    used = set(re.findall(r"\bscantling_[a-z_]+\b", tests))
    return [name for name in sorted(names - used)]


def policies_are_whole(tree):
    """every policy says why, how to comply, what fails and what passes, and is named by its id"""
    wrong, codes = [], {}
    for path in tree.files(("policies/",), (".lua",)):
        text = tree.text(path)
        for key in ("id", "code", "title", "severity", "subjects", "why", "fix", "check", "fails",
                    "passes"):
            if not re.search(rf"^  {key} = ", text, re.M):
                wrong.append(f"{path}: no '{key}'")
        slug = re.search(r'^  id = "([^"]*)"', text, re.M)
        code = re.search(r'^  code = "([^"]*)"', text, re.M)
        if slug and slug[1] + ".lua" != os.path.basename(path):
            wrong.append(f"{path}: is called '{slug[1]}'")
        if code and codes.setdefault(code[1], path) != path:
            wrong.append(f"{path}: has the code of {codes[code[1]]}")
    return wrong


LAWS = [top_level, include_direction, libraries_have_a_home, bindings_know_the_header, file_sizes,
        function_sizes, nesting, line_lengths, white_space, leftovers, licence_lines, title_lines,
        guards, exported_names, inner_names, quiet_library, no_state, listed_in_build,
        declarations_are_tested, policies_are_whole]


def main(arguments):
    tree, failures = Tree(arguments[0] if arguments else "."), 0
    print(f"1..{len(LAWS)}")
    for number, law in enumerate(LAWS, 1):
        wrong = law(tree)
        failures += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {law.__doc__}")
        for line in wrong:
            print(f"# {line}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
