/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h: a 64-bit hash of bytes (SipHash-1-3)
 *
 * Keyed, so that a hostile document cannot aim at the buckets of a map whose key it does not know.
 * With the key 0 it is the same on every machine: fingerprints are made so.
 */
#ifndef SCL_BASE_HASH_H
#define SCL_BASE_HASH_H

#include "base/str.h"

uint64_t scl_hash(struct scl_str bytes, uint64_t key);

#endif
