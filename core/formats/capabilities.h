/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capabilities.h: names of kernel capabilities
 */
#ifndef SCL_FORMATS_CAPABILITIES_H
#define SCL_FORMATS_CAPABILITIES_H

#include "base/arena.h"
#include "base/str.h"

enum { SCL_CAPABILITY_UNKNOWN = -1, SCL_CAPABILITY_NUMBERS = 64 };

/* As the model writes it: `chown`, `CHOWN` and `cap_chown` are `CAP_CHOWN`, `all` is `ALL`; a name
 * that is right already is itself. A slice of no bytes without memory. */
struct scl_str scl_capability_name(struct scl_arena *arena, struct scl_str name);
/* The kernel's number of a name that is written so; UNKNOWN of any other, ALL included. */
int scl_capability_number(struct scl_str name);
/* A bit for every capability there is. */
uint64_t scl_capability_all(void);

#endif
