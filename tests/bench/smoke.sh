#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# smoke.sh: the benchmark runs, and every row of its table has a number (TAP)
#
# Usage: smoke.sh BENCH CLI. What the numbers are is not looked at.

bench=$1 cli=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
echo '1..3'
failed=0
tell() {
    if [ "$2" -eq 0 ]; then
        echo "ok $1 - $3"
    else
        echo "not ok $1 - $3"
        sed 's/^/# /' "$folder/out" "$folder/err" | head -n 100
        failed=1
    fi
}

"$bench" --write "$folder" >"$folder/list" 2>"$folder/err"
[ $? -eq 0 ] && [ "$(wc -l <"$folder/list")" -gt 100 ]
tell 1 $? 'it writes its own Dockerfiles'
head -n 5 "$folder/list" >"$folder/some"
if [ -n "$cli" ]; then
    set -- --program "$cli"
else
    set --
fi
"$bench" --smoke --list "$folder/some" "$@" >"$folder/out" 2>"$folder/err"
tell 2 $? 'it measures all that it is to measure'
rows=$(grep -c '^  ' "$folder/out")
numbers=$(grep -cE '^  .{52} +-?[0-9]+\.[0-9]{2} ' "$folder/out")
[ "$rows" -gt 50 ] && [ "$rows" -eq "$numbers" ]
tell 3 $? 'every row has a number'
exit "$failed"
