#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# quickstart.sh: the first command of the README does what it promises, from any folder
#
# Usage: quickstart.sh ROOT. Prints TAP.

root=${1:?usage: quickstart.sh ROOT}
output=$(cd / && sh "$root/examples/quickstart.sh" 2>&1)
status=$?
number=0
failures=0

check() {
    number=$((number + 1))
    if eval "$2"; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failures=$((failures + 1))
    fi
}

has() {
    printf '%s\n' "$output" | grep -q -e "$1"
}

echo '1..4'
check 'it ends with 0' '[ "$status" -eq 0 ]'
check 'it finds fault with the weak Dockerfile' \
    "has '--> examples/tour/weak/storefront/Dockerfile:'"
check 'it finds none with what is hardened' \
    "has '^clean; judged ' && ! has '--> examples/tour/hardened/'"
check 'it says what the status means' "has 'ended with 1, as it should'"
[ "$failures" -eq 0 ] || printf '%s\n' "$output" | tail -n 40 | sed 's/^/# /'
[ "$failures" -eq 0 ]
