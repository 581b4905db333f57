#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# fetch.sh: the upstream archives that a bundled build needs, from source packages of newer suites
#
# Usage: fetch.sh CACHE-FOLDER
#
# Asks the mirror that this system's apt is set up with, in a folder of its own: neither the
# system's lists nor its packages change.

set -e
cache=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb (\[[^]]*\] )?([^ ]+).*/\2/p' | head -n 1)
[ -n "$mirror" ]
mkdir -p "$cache"

fetch() { # SUITE PACKAGE ARCHIVE-OF-THE-PACKAGE NAME-IN-THE-CACHE
    [ -f "$cache/$4" ] && return 0
    mkdir -p "$work/$1/partial"
    echo "deb-src [trusted=yes] $mirror $1 main" >"$work/$1.list"
    set -- "$@" -o "Dir::Etc::sourcelist=$work/$1.list" -o Dir::Etc::sourceparts=/dev/null \
        -o "Dir::State::lists=$work/$1"
    suite=$1 package=$2 archive=$3 name=$4
    shift 4
    [ -n "$(find "$work/$suite" -name '*Sources*' | head -n 1)" ] || apt-get "$@" update
    (cd "$work" && apt-get "$@" --download-only source "$package") || true
    [ -f "$work/$archive" ] && cp "$work/$archive" "$cache/$name"
}

fetch sid lua5.4 lua5.4_5.4.9.orig.tar.gz lua-5.4.9.tar.gz
fetch trixie jansson jansson_2.14.orig.tar.gz jansson-2.14.tar.gz
fetch trixie libyaml libyaml_0.2.5.orig.tar.gz libyaml-0.2.5.tar.gz
