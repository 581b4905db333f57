#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: builds the fuzz targets with clang and lets each search for a while
#
# Usage: sh tests/fuzz/run.sh [SECONDS [NAME...]]
#
# 600 seconds each and all of them, where nothing else is said; AddressSanitizer and
# UndefinedBehaviorSanitizer watch. What is found lies in build/fuzz/found/NAME, what was learnt in
# build/fuzz/learnt/NAME, where the next run goes on; SCL_FUZZ_BUILD names another folder. The
# status is 1 where something was found. A finding is fixed together with a case or a seed that
# shows it.

umask 022
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd) || exit 1
build=${SCL_FUZZ_BUILD:-$root/build/fuzz}
seconds=${1:-600}
[ $# -eq 0 ] || shift
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export UBSAN_OPTIONS

if ! command -v clang >/dev/null 2>&1; then
    echo 'clang is missing; Debian: apt-get install clang' >&2
    exit 2
fi
if [ ! -f "$build/build.ninja" ]; then
    CC=${CC:-clang} meson setup "$build" "$root" -Dfuzz=true -Db_sanitize=address,undefined \
        -Db_lundef=false -Dwerror=true -Dcli=false || exit 2
fi
names=${*:-$(ninja -C "$build" -t targets all | sed -n 's,^tests/fuzz/fuzz-\([a-z]*\):.*,\1,p')}
for name in $names; do
    ninja -C "$build" "tests/fuzz/fuzz-$name" >"$build/build.log" 2>&1 ||
        { tail -n 50 "$build/build.log"; exit 2; }
done

found=0
for name in $names; do
    mkdir -p "$build/found/$name" "$build/learnt/$name"
    log=$build/found/$name.log
    if "$build/tests/fuzz/fuzz-$name" "-max_total_time=$seconds" -max_len=4096 -timeout=25 \
        -rss_limit_mb=3000 -print_final_stats=1 "-artifact_prefix=$build/found/$name/" \
        "$build/learnt/$name" "$root/tests/fuzz/seeds/$name" >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        ways=$(sed -n 's/^#.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
        echo "$name: $runs runs, $ways places reached, nothing found"
    else
        found=1
        echo "$name: FOUND, see $log"
        grep -aE 'does not hold|runtime error|^SUMMARY' "$log" | head -n 5
    fi
done
exit "$found"
