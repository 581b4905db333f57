/* SPDX-License-Identifier: Apache-2.0 */
/*
 * piece.h: where a joined text came from
 *
 * A logical text (a Dockerfile line without its continuations, a quoted word without its escapes)
 * is a row of slices of the source. Pieces are in logical order, none is empty, and each begins
 * where the one before it ends.
 */
#ifndef SCL_SYNTAX_PIECE_H
#define SCL_SYNTAX_PIECE_H

#include <stdint.h>

struct scl_piece {
    uint32_t logical; /* offset of its first byte in the joined text */
    uint32_t raw;     /* and in the source */
    uint32_t length;
};

/* The offset in the source of an offset in the joined text; 0 where there are no pieces. What lies
 * between two pieces is where the first of them ends. */
uint32_t scl_piece_raw(const struct scl_piece *pieces, uint32_t count, uint32_t offset);

#endif
