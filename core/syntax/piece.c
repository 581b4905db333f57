/* SPDX-License-Identifier: Apache-2.0 */
/*
 * piece.c: where a joined text came from
 */
#include "syntax/piece.h"

uint32_t
scl_piece_raw(const struct scl_piece *pieces, uint32_t count, uint32_t offset)
{
    uint32_t low = 0, high = count;

    if (count == 0)
        return 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (pieces[middle].logical <= offset)
            low = middle;
        else
            high = middle;
    }
    offset -= pieces[low].logical;
    return pieces[low].raw + (offset < pieces[low].length ? offset : pieces[low].length);
}
