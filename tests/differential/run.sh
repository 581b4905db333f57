#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: the Dockerfile reader beside the official parser, over made-up Dockerfiles (TAP)
#
# Usage: run.sh SOURCE-ROOT BUILD-FOLDER OURS [COUNT [SEED]]
#
# The official parser is a Go module; where Go is missing or the module cannot be had, the test is
# skipped. OURS is the program of differential.c.

root=$1
build=$2
ours=$3

command -v go >/dev/null 2>&1 || { echo '1..0 # SKIP there is no Go here'; exit 0; }
mkdir -p "$build"
oracle=$root/tests/differential/oracle
if ! (cd "$oracle" && go build -o "$build/oracle" .) >"$build/log" 2>&1; then
    echo '1..0 # SKIP the official parser cannot be had here'
    exit 0
fi
set -- --count "${4:-10000}" --seed "${5:-1}"
corpus=${SCANTLING_CORPUS:-$root/../shared/corpus}
[ -d "$corpus/buildkit" ] && set -- "$@" --from "$corpus/buildkit"
echo 1..1
if python3 "$root/tests/differential/run.py" "$build/oracle" "$ours" "$@" >"$build/log" 2>&1; then
    echo 'ok 1 - what the official parser makes of a Dockerfile, ours does'
    sed 's/^/# /' "$build/log"
else
    sed 's/^/# /' "$build/log"
    echo 'not ok 1 - what the official parser makes of a Dockerfile, ours does'
    exit 1
fi
