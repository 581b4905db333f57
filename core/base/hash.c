/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.c: a 64-bit hash of bytes
 *
 * SipHash-1-3 as Aumasson and Bernstein describe SipHash, with one compression and three
 * finalization rounds, little-endian whatever the machine. The 128-bit key is the given one twice.
 */
#include "base/hash.h"

struct sip {
    uint64_t v0, v1, v2, v3;
};

static uint64_t
rotated(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void
round_once(struct sip *s)
{
    s->v0 += s->v1;
    s->v1 = rotated(s->v1, 13) ^ s->v0;
    s->v0 = rotated(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotated(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotated(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotated(s->v1, 17) ^ s->v2;
    s->v2 = rotated(s->v2, 32);
}

static uint64_t
word_at(const char *at, size_t count)
{
    uint64_t word = 0;

    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return word;
}

uint64_t
scl_hash(struct scl_str bytes, uint64_t key)
{
    struct sip s = { key ^ 0x736f6d6570736575u, key ^ 0x646f72616e646f6du,
                     key ^ 0x6c7967656e657261u, key ^ 0x7465646279746573u };
    size_t i = 0;
    uint64_t word;

    for (; bytes.len - i >= 8; i += 8) {
        word = word_at(bytes.at + i, 8);
        s.v3 ^= word;
        round_once(&s);
        s.v0 ^= word;
    }
    word = (uint64_t)bytes.len << 56 | word_at(bytes.at ? bytes.at + i : "", bytes.len - i);
    s.v3 ^= word;
    round_once(&s);
    s.v0 ^= word;
    s.v2 ^= 0xff;
    round_once(&s);
    round_once(&s);
    round_once(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
