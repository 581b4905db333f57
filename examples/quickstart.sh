#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# quickstart.sh: from a fresh checkout to a first report
#
# Installs what is missing (Debian, by apt-get), builds the program into build/quickstart, and
# judges the sample documents beside this script. Run it from anywhere: sh examples/quickstart.sh

umask 022
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
build=$root/build/quickstart
log=$build/quickstart.log

echo '1. Looking for what is needed'
sh "$root/tests/need.sh" build || exit 1

echo '2. Building build/quickstart/scantling'
mkdir -p "$build" || exit 1
if [ ! -f "$build/build.ninja" ]; then
    rm -rf "$build/meson-private"
    meson setup "$build" "$root" --buildtype=release -Dtests=false >"$log" 2>&1 ||
        { cat "$log"; exit 1; }
fi
meson compile -C "$build" >"$log" 2>&1 || { tail -n 100 "$log"; exit 1; }

echo '3. Judging the documents in examples/tour: scantling check examples/tour'
echo
cd "$root" || exit 1
"$build/scantling" check examples/tour
status=$?
echo
case $status in
0) echo 'It ended with 0: nothing was found. The samples are meant to be found fault with.' ;;
1) echo 'It ended with 1, as it should: there are findings of severity medium or above.' ;;
*) echo "It ended with $status, which the samples should not make it do." ;;
esac
cat <<'END'
In a pipeline that status fails the step; --fail-on high raises the bar, --exit-zero lifts it.

Go on from here:
  build/quickstart/scantling check YOUR/Dockerfile
  examples/tour/README.md explains what you have just seen
  policies/README.md      is how to write a policy of your own
  build/quickstart/scantling --help
END
[ "$status" -eq 1 ]
