#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# mutate.sh: runs mutate over our own documents and, where they are there, the samples of the corpus
#
# Usage: mutate.sh MUTATE SOURCE-ROOT [COUNT]
#
# COUNT changes of each (10), which SCL_MUTATIONS may say too. Prints TAP.

corpus=${SCANTLING_CORPUS:-$2/../shared/corpus}
program=$1 count=${SCL_MUTATIONS:-${3:-10}}
set -- "$2/examples" "$2/tests/golden/equivalence"
[ -d "$corpus/samples" ] && set -- "$@" "$corpus/samples"
find "$@" -type f ! -name '*.lua' ! -name '*.md' ! -name MANIFEST.json -size -9000k -print0 |
    sort -z | xargs -0 "$program" "$count"
