#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# spans.sh: runs spans over our own documents and, where it is there, those of the corpus (TAP)
#
# Usage: spans.sh SPANS SOURCE-ROOT

corpus=${SCANTLING_CORPUS:-$2/../shared/corpus}
set -- "$1" "$2/examples" "$2/tests/fuzz/seeds/dockerfile" "$2/tests/fuzz/seeds/document"
for folder in buildkit realworld samples equivalence; do
    [ -d "$corpus/$folder" ] && set -- "$@" "$corpus/$folder"
done
program=$1
shift
find "$@" -type f \( -name '*ockerfile*' -o -name '*.json' -o -name '*.yaml' -o -name '*.yml' \
    -o -name '*.container' -o -path '*/seeds/*' \) \
    ! -name 'expected*.json' -size -2000k -print0 | sort -z | xargs -0 "$program"
