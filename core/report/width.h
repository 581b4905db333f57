/* SPDX-License-Identifier: Apache-2.0 */
/*
 * width.h: columns of a terminal that a character takes
 *
 * By a table of our own, never the locale's: the same bytes are laid out alike everywhere.
 */
#ifndef SCL_REPORT_WIDTH_H
#define SCL_REPORT_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

/* 2 for East Asian wide and fullwidth characters, 0 for combining marks, else 1. */
unsigned scl_width(uint32_t code);
/* Controls, and what has no shape of its own or turns the direction of what follows: nothing that a
 * document may send to a terminal. */
bool scl_width_is_hidden(uint32_t code);

#endif
