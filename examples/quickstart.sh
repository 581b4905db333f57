#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# quickstart.sh: from a fresh checkout to a first report
#
# Installs what is missing (Debian, by apt-get), builds the program into build/quickstart, and
# judges documents of the tour beside this script. Run it from anywhere: sh examples/quickstart.sh

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

cd "$root" || exit 1
echo '3. A service as it should not be: scantling check examples/tour/weak/storefront/Dockerfile'
echo
"$build/scantling" check examples/tour/weak/storefront/Dockerfile
status=$?
echo
case $status in
0) echo 'It ended with 0: nothing was found. This one is meant to be found fault with.' ;;
1) echo 'It ended with 1, as it should: there are findings of severity medium or above.' ;;
*) echo "It ended with $status, which it should not." ;;
esac

echo
echo '4. And as it should be: scantling check examples/tour/hardened'
echo
"$build/scantling" check examples/tour/hardened || status=$?
cat <<'END'

In a pipeline that status fails the step; --fail-on high raises the bar, --exit-zero lifts it.

Go on from here:
  build/quickstart/scantling check YOUR/Dockerfile
  build/quickstart/scantling --help
  examples/tour/README.md    what there is to find, in ten minutes
  policies/README.md         a policy of your own, in ten more
END
[ "$status" -eq 1 ]
