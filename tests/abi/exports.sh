#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# exports.sh: the shared library exports the functions of the header, and nothing else
#
# Usage: exports.sh INCLUDE-FOLDER LIBRARY. Prints TAP, with the names that differ.

include=${1:?usage: exports.sh INCLUDE-FOLDER LIBRARY}
library=${2:?usage: exports.sh INCLUDE-FOLDER LIBRARY}
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
LC_ALL=C
export LC_ALL

# Declared: what the compiler sees between a mark of ours and the parenthesis.
printf '#include "scantling.h"\n' |
    ${CC:-cc} -E -P -DSCANTLING_API=SCANTLING_FUNCTION -I "$include" - |
    tr '\n' ' ' |
    grep -o 'SCANTLING_FUNCTION [^(]*(' |
    sed 's/.*[ *]\(scantling_[a-z_]*\)($/\1/' |
    sort >"$folder/declared"
nm -D --defined-only "$library" |
    awk '$2 ~ /^[A-Z]$/ && $2 != "A" { sub(/@.*/, "", $3); print $3 }' |
    sort -u >"$folder/exported"

failures=0
check() {
    if [ -z "$2" ]; then
        echo "ok $3 - $1"
    else
        echo "not ok $3 - $1"
        echo "$2" | sed 's/^/# /'
        failures=1
    fi
}

check 'functions are declared' "$([ -s "$folder/declared" ] || echo none)" 1
check 'no function is declared twice' "$(uniq -d "$folder/declared")" 2
check 'every declared function is exported' "$(comm -23 "$folder/declared" "$folder/exported")" 3
check 'nothing else is exported' "$(comm -13 "$folder/declared" "$folder/exported")" 4
echo "1..4"
[ "$failures" -eq 0 ]
