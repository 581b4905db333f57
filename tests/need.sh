#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# need.sh: installs what is missing to build, or to build and test, and nothing else
#
# Usage: need.sh build|tests. Debian's packages, by apt-get; needs root or sudo only where
# something is missing. Elsewhere it says what is missing and ends with 1.

goal=${1:?usage: need.sh build|tests}
packages=
lacking=
optional=

missing() {
    lacking="$lacking $1"
    shift
    packages="$packages $*"
}

has_library() {
    for name in "$@"; do
        pkg-config --exists "$name" 2>/dev/null && return 0
    done
    return 1
}

compiles() {
    printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
        "$1" -x "$2" - -o /dev/null 2>/dev/null
}

compiles "${CC:-cc}" c || missing 'a C compiler' gcc libc6-dev
command -v meson >/dev/null 2>&1 || missing meson meson
command -v ninja >/dev/null 2>&1 || missing ninja ninja-build
command -v python3 >/dev/null 2>&1 || missing python3 python3
command -v pkg-config >/dev/null 2>&1 || missing pkg-config pkgconf
has_library lua5.4 lua-5.4 lua54 || missing 'Lua 5.4' liblua5.4-dev
has_library jansson || missing jansson libjansson-dev
has_library yaml-0.1 || missing libyaml libyaml-dev
# For archives of images; a build does without it where it cannot be installed.
has_library libarchive || optional=libarchive-dev
if [ "$goal" = tests ]; then
    has_library cmocka || missing cmocka libcmocka-dev
    command -v nm >/dev/null 2>&1 || missing nm binutils
    compiles "${CXX:-c++}" c++ || missing 'a C++ compiler' g++
fi

[ -n "$packages$optional" ] || exit 0
if [ -z "$packages" ] && { [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; }; then
    echo "Without $optional archives of images are not read."
    exit 0
fi
packages="$packages${optional:+ $optional}"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing:$lacking." >&2
    echo "There is no apt-get to install them with. Debian calls them:$packages" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
else
    echo "Missing:$lacking. As root, run: apt-get install$packages" >&2
    exit 1
fi

echo "Installing$packages"
export DEBIAN_FRONTEND=noninteractive
install() {
    # Without quotes on purpose: one word a package.
    $as_root apt-get install -y --no-install-recommends $packages
}
# The lists of a fresh machine are empty or old: they are fetched only where that is so.
if ! install >/dev/null 2>&1 && ! { $as_root apt-get update && install; }; then
    echo "apt-get could not install$packages" >&2
    [ -z "$lacking" ] || exit 1
    echo "Without $optional archives of images are not read."
fi
