#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: how fast and how large scantling is, as a table
#
# Usage: sh tests/bench/run.sh
#
# Builds a release with everything bundled, where its sources can be had, and measures that. Where
# there is Go, the official Dockerfile parser reads the same files. Build folders are build/bench
# and build/bench-go; SCL_BENCH_BUILD names another one for the first. SCANTLING_CORPUS may name a
# folder with buildkit/, whose Dockerfiles are measured as well.

umask 022
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd) || exit 1
build=${SCL_BENCH_BUILD:-$root/build/bench}
go=$build-go
corpus=${SCANTLING_CORPUS:-$root/../shared/corpus}/buildkit/integration
LC_ALL=C
export LC_ALL

deps=bundled
sh "$root/tests/bundled/fetch.sh" "$root/subprojects/packagecache" >/dev/null 2>&1
for archive in lua-5.4.9 jansson-2.14 libyaml-0.2.5; do
    [ -f "$root/subprojects/packagecache/$archive.tar.gz" ] || deps=system
done
mkdir -p "$build" "$go" || exit 1
if [ ! -f "$build/build.ninja" ]; then
    meson setup "$build" "$root" --buildtype=release "-Ddeps=$deps" >"$build/log" 2>&1 ||
        { cat "$build/log"; exit 1; }
fi
ninja -C "$build" scantling libscantling.so.0.1.0 tests/bench/bench >"$build/log" 2>&1 ||
    { tail -n 50 "$build/log"; exit 1; }

rm -rf "$build/own"
mkdir "$build/own"
"$build/tests/bench/bench" --write "$build/own" >"$build/own.list" || exit 1
: >"$build/corpus.list"
[ ! -d "$corpus" ] || find "$corpus" -name Dockerfile | sort >"$build/corpus.list"

"$build/tests/bench/bench" --program "$build/scantling" --list "$build/corpus.list" |
    tee "$build/table" || exit 1

# The seconds for all files of a list, by name, from a line of the official parser.
official() {
    "$go/speed" "$1" >"$go/out" 2>/dev/null || return 1
    sed -n 's/^seconds \([0-9.]*\) with-instructions \([0-9.]*\)/\1 \2/p' "$go/out"
}
# Microseconds a file that a row of the N-th section of the table tells.
ours() {
    awk -v section="$1" -v row="$2" '/Dockerfiles, [0-9]+ bytes/ { n++ }
        n == section && index($0, row) && / us a file/ { print $(NF - 3); exit }' "$build/table"
}

echo
if command -v go >/dev/null 2>&1 &&
    (cd "$root/tests/differential/oracle" && go build -o "$go/speed" ./speed) >"$go/log" 2>&1; then
    section=0
    for list in "$build/own.list" "$build/corpus.list"; do
        section=$((section + 1))
        [ -s "$list" ] || continue
        figures=$(official "$list") || continue
        [ $section -gt 1 ] || echo "The official parser, $(sed -n 's/^version //p' "$go/out")"
        echo "$figures $(wc -l <"$list") $(ours $section 'syntax alone') \
            $(ours $section 'into the model') $(basename "$list" .list)" |
            awk '{ theirs = $1 * 1e6 / $3
                   full = $2 * 1e6 / $3
                   printf "  %-52s %10.2f us a file\n", $6 ": its syntax", theirs
                   printf "  %-52s %10.2f us a file\n", $6 ": with its instructions", full
                   printf "  %-52s %10.2f times\n", $6 ": its syntax to ours", theirs / $4
                   printf "  %-52s %10.2f times        goal: 10\n", \
                       $6 ": with instructions, to our whole model", full / $5 }'
    done
else
    echo 'The official parser: skipped, Go or the module is missing'
fi

echo
echo "The shared library, stripped, dependencies: $deps"
strip -o "$build/stripped" "$build/libscantling.so.0.1.0" || exit 1
python3 "$root/tests/bench/size.py" "$build/stripped" \
    $(find "$build" -name '*facts.gen.c.o' -o -path '*libscantling.so*' -name '*builtin.gen.c.o')
