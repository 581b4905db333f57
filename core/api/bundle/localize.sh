#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# localize.sh: archives into one whose only global symbols are scantling_*
#
# Usage: localize.sh OUTPUT FOLDER ARCHIVE...

set -e
output=$1
folder=$2
shift 2
mkdir -p "$folder"
ld -r --whole-archive "$@" -o "$folder/all.o"
objcopy --wildcard --keep-global-symbol='scantling_*' "$folder/all.o" "$folder/scantling.o"
rm -f "$output"
ar rcs "$output" "$folder/scantling.o"
