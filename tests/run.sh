#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh: installs what is missing, builds with sanitizers, runs every test, counts their cases
#
# Usage: sh tests/run.sh [BUILD-FOLDER], from anywhere. The build folder is build/tests where none
# is named. The last line is "N passed, M failed" with, if there are any, ", K skipped"; the status
# is 1 where something failed.

umask 022
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
build=${1:-$root/build/tests}
LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
export LC_ALL PYTHONDONTWRITEBYTECODE

stop() {
    echo "$1"
    echo '0 passed, 1 failed'
    exit 1
}

echo 'Looking for what is needed'
sh "$root/tests/need.sh" tests || stop 'What is needed is not there'

echo "Building in $build, with AddressSanitizer and UndefinedBehaviorSanitizer"
log=$build/run.log
mkdir -p "$build" || stop "The build folder cannot be made"
if [ ! -f "$build/build.ninja" ]; then
    rm -rf "$build/meson-private"
    # A check that UndefinedBehaviorSanitizer adds makes gcc see a format that is NULL.
    meson setup "$build" "$root" -Db_sanitize=address,undefined -Db_lundef=false -Dwerror=true \
        -Dc_args=-Wno-error=format-truncation >"$log" 2>&1 ||
        { cat "$log"; stop 'The build could not be set up'; }
fi
meson compile -C "$build" >"$log" 2>&1 || { tail -n 100 "$log"; stop 'The build failed'; }

echo 'Running the tests'
rm -f "$build/meson-logs/testlog.json"
meson test -C "$build" --no-rebuild --timeout-multiplier 2 >"$log" 2>&1
status=$?
python3 "$root/tests/summary.py" "$build/meson-logs/testlog.json" "$status"
