/* SPDX-License-Identifier: Apache-2.0 */
/*
 * demand.h: what must hold whatever the input is
 *
 * Says what does not, and where, before it stops the program as a fuzzer expects.
 */
#ifndef SCL_TESTS_FUZZ_DEMAND_H
#define SCL_TESTS_FUZZ_DEMAND_H

#include <stdio.h>
#include <stdlib.h>

#define demand(holds) ((holds) ? (void)0 : demand_failed(#holds, __FILE__, __LINE__))

_Noreturn static inline void
demand_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

#endif
