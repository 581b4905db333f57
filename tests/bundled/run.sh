#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: the build with everything bundled, and what only it promises (TAP)
#
# Usage: run.sh SOURCE-ROOT BUILD-FOLDER
#
# Sources come from subprojects/packagecache; where they are missing there, from the source packages
# of newer suites of this Debian. Where they cannot be had, every test is skipped.

root=$1
build=$2
count=0

result() { # STATUS NAME
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; fi
}

skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

cache=$root/subprojects/packagecache
have_all() {
    for file in lua-5.4.9 jansson-2.14 libyaml-0.2.5; do
        [ -f "$cache/$file.tar.gz" ] || return 1
    done
}
have_all || sh "$root/tests/bundled/fetch.sh" "$cache" >"$build.log" 2>&1
have_all || skip_all 'the sources to bundle cannot be had here'

if [ ! -f "$build/build.ninja" ]; then
    meson setup "$build" "$root" -Ddeps=bundled >"$build.log" 2>&1 ||
        { sed 's/^/# /' "$build.log"; echo '1..1'
          result 1 'a bundled build can be set up'; exit 1; }
fi
ninja -C "$build" libscantling.so.0.1.0 scantling core/api/bundle/libscantling.a \
    tests/sandbox/run-chunk >"$build.log" 2>&1
status=$?
[ $status -eq 0 ] || tail -n 40 "$build.log" | sed 's/^/# /'
result $status 'everything bundled builds'
[ $status -eq 0 ] || { echo "1..$count"; exit 1; }

foreign=$(nm -D --defined-only "$build/libscantling.so" | awk '$3 !~ /^(scantling_|SCANTLING_)/')
[ -z "$foreign" ]
result $? 'the shared library exports nothing of what is bundled'
archive=$build/core/api/bundle/libscantling.a
foreign=$(nm "$archive" | awk '$2 ~ /^[TDBRV]$/ && $3 !~ /^scantling_/')
[ -z "$foreign" ]
result $? 'the static library exports nothing of what is bundled'
needs=$(ldd "$build/libscantling.so" | grep -cE 'lua|jansson|yaml')
[ "$needs" -eq 0 ]
result $? 'the shared library needs none of what is bundled'
"$build/scantling" test >"$build.log" 2>&1
result $? 'the built-in policies do what they promise on the bundled Lua'

golden=$root/tests/golden
python3 "$golden/run.py" "$build/scantling" "$golden/cli/config.case" "$golden/cli/reports.case" \
    >"$build.log" 2>&1
status=$?
[ $status -eq 0 ] || grep -A 20 '^not ok' "$build.log" | sed 's/^/# /' | head -n 60
result $status 'settings are read by the bundled libyaml, reports written by the bundled jansson'

python3 "$root/tests/sandbox/test_attacks.py" "$build/tests/sandbox/run-chunk" 4 >"$build.log" 2>&1
status=$?
[ $status -eq 0 ] || grep '^not ok' "$build.log" | sed 's/^/# /'
result $status 'the attacks are contained on the bundled Lua'

if pkg-config --exists lua5.1; then
    cc -o "$build/beside-static" "$root/tests/bundled/beside_lua51.c" -I"$root/include" \
        $(pkg-config --cflags lua5.1) "$archive" $(pkg-config --libs lua5.1) -lm &&
        "$build/beside-static" >/dev/null
    result $? 'the static library runs beside a Lua 5.1'
    cc -o "$build/beside-shared" -rdynamic "$root/tests/bundled/beside_lua51.c" -I"$root/include" \
        $(pkg-config --cflags lua5.1) -L"$build" -lscantling -Wl,-rpath,"$build" \
        -Wl,--whole-archive -l:liblua5.1.a -Wl,--no-whole-archive -lm -ldl &&
        "$build/beside-shared" >/dev/null
    result $? 'the shared library runs in a program that exports Lua 5.1'
else
    count=$((count + 1))
    echo "ok $count - a program with Lua 5.1 # SKIP liblua5.1-0-dev is not installed"
fi
echo "1..$count"
