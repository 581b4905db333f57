#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: what ThreadSanitizer sees of threads that share everything there is to share
#
# Usage: run.sh THREADS CLI, programs built with -fsanitize=thread; "" where there is none. A report
# of ThreadSanitizer is a failure, whatever else is right. Prints TAP.

program=$1 cli=$2
if [ -z "$program" ]; then
    echo '1..0 # SKIP ThreadSanitizer does not run here'
    exit 0
fi
TSAN_OPTIONS="exitcode=66 $TSAN_OPTIONS"
export TSAN_OPTIONS
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

"$program" >"$folder/out" 2>"$folder/err"
status=$?
cases=$(sed -n 's/^1\.\.//p' "$folder/out")
case $cases in
    [1-9]*) ;;
    *) cases=0 ;;
esac
count=$((cases + 1))
[ -z "$cli" ] || count=$((count + 1))
echo "1..$count"
grep -v '^1\.\.' "$folder/out"

failed=0
tell() {
    if [ "$2" -eq 0 ]; then
        echo "ok $1 - $3"
    else
        echo "not ok $1 - $3"
        sed 's/^/# /' "$folder/err" | head -n 60
        failed=1
    fi
}

[ "$status" -eq 0 ]
tell $((cases + 1)) $? 'nothing of that is a race'
[ "$cases" -gt 0 ] || failed=1

if [ -n "$cli" ]; then
    number=0
    while [ "$number" -lt 30 ]; do
        mkdir -p "$folder/docs/$number"
        {
            echo "FROM debian:$number AS one"
            echo "ENV API_TOKEN=kT8sWq3zLm5xVb$number"
            echo 'RUN curl -fsSL https://x.example.org/a | sh && apt-get install -y curl'
            echo '# scantling: ignore SL1001 because it is so'
            echo 'USER root'
        } >"$folder/docs/$number/Dockerfile"
        number=$((number + 1))
    done
    : >"$folder/err"
    good=0
    for jobs in 1 8; do
        "$cli" check -f json --date 2026-11-21 --jobs "$jobs" "$folder/docs" \
            >"$folder/jobs-$jobs" 2>>"$folder/err"
        [ $? -eq 1 ] || good=1
    done
    cmp "$folder/jobs-1" "$folder/jobs-8" >>"$folder/err" 2>&1 || good=1
    [ -s "$folder/jobs-8" ] || good=1
    tell "$count" "$good" 'eight threads of the command line report what one does, without a race'
fi
exit "$failed"
