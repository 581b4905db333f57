#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# headers.sh: the header compiles alone, in every language it promises, without a warning
#
# Usage: headers.sh INCLUDE-FOLDER. Prints TAP. A compiler that is not there is skipped.

include=${1:?usage: headers.sh INCLUDE-FOLDER}
flags='-pedantic-errors -Wall -Wextra -Wundef -Werror -fsyntax-only'
number=0
failures=0

try() {
    compiler=$1 language=$2 standard=$3
    number=$((number + 1))
    title="$compiler -std=$standard takes scantling.h alone"
    if ! command -v "$compiler" >/dev/null 2>&1; then
        echo "ok $number - $title # SKIP $compiler is not installed"
    elif printf '#include "scantling.h"\n#include "scantling.h"\n' |
        "$compiler" -x "$language" -std="$standard" $flags -I "$include" - 2>&1; then
        echo "ok $number - $title"
    else
        echo "not ok $number - $title"
        failures=$((failures + 1))
    fi
}

for standard in c99 c11 c17; do
    for compiler in gcc clang; do
        try "$compiler" c "$standard"
    done
done
for standard in c++98 c++11 c++17 c++20; do
    for compiler in g++ clang++; do
        try "$compiler" c++ "$standard"
    done
done

number=$((number + 1))
long=$(awk 'length > 100 { print FNR }' "$include/scantling.h")
if [ -z "$long" ]; then
    echo "ok $number - no line is longer than 100 columns"
else
    echo "not ok $number - lines longer than 100 columns:" $long
    failures=$((failures + 1))
fi

# A declaration is documented where the line before it ends a comment.
number=$((number + 1))
bare=$(awk '/^SCANTLING_API / && before !~ /\*\/$/ { print FNR } { before = $0 }' \
    "$include/scantling.h")
if [ -z "$bare" ]; then
    echo "ok $number - every function has its contract above it"
else
    echo "not ok $number - functions without a contract in lines:" $bare
    failures=$((failures + 1))
fi

echo "1..$number"
[ "$failures" -eq 0 ]
