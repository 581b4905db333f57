/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sha256.c: the digest by which images name their parts (FIPS 180-4)
 *
 * The bytes are taken in blocks of 64; the last is filled up with a bit that is set, zeros and the
 * length in bits, which may take one block more. Names of variables are those of the standard,
 * section 6.2.2.
 */
#include "base/sha256.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56, WORDS = 8, ROUNDS = 64 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
rotated(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

/* The words of a block, and those that follow from them. */
static void
schedule(const unsigned char block[BLOCK], uint32_t w[ROUNDS])
{
    for (unsigned t = 0; t < 16; t++)
        w[t] = (uint32_t)block[t * 4] << 24 | (uint32_t)block[t * 4 + 1] << 16 |
               (uint32_t)block[t * 4 + 2] << 8 | block[t * 4 + 3];
    for (unsigned t = 16; t < ROUNDS; t++) {
        uint32_t x = w[t - 15], y = w[t - 2];
        uint32_t sigma0 = rotated(x, 7) ^ rotated(x, 18) ^ x >> 3;
        uint32_t sigma1 = rotated(y, 17) ^ rotated(y, 19) ^ y >> 10;

        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
}

static void
add_block(uint32_t hash[WORDS], const unsigned char block[BLOCK])
{
    uint32_t w[ROUNDS], v[WORDS]; /* v: a to h */

    schedule(block, w);
    memcpy(v, hash, sizeof v);
    for (unsigned t = 0; t < ROUNDS; t++) {
        uint32_t sum1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25);
        uint32_t ch = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t t1 = v[7] + sum1 + ch + constants[t] + w[t];
        uint32_t sum0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22);
        uint32_t maj = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);

        memmove(v + 1, v, (WORDS - 1) * sizeof *v);
        v[4] += t1;
        v[0] = t1 + sum0 + maj;
    }
    for (unsigned i = 0; i < WORDS; i++)
        hash[i] += v[i];
}

void
scl_sha256_hex(struct scl_str bytes, char ret_hex[SCL_SHA256_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    /* Of the square roots of the first eight primes (5.3.3). */
    uint32_t hash[WORDS] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    const unsigned char *at = (const unsigned char *)(bytes.at ? bytes.at : "");
    unsigned char last[2 * BLOCK] = { 0 };
    size_t left = bytes.len, size;
    uint64_t bits = (uint64_t)bytes.len * 8;

    for (; left >= BLOCK; left -= BLOCK, at += BLOCK)
        add_block(hash, at);
    memcpy(last, at, left);
    last[left] = 0x80;
    size = left < LENGTH_AT ? BLOCK : 2 * BLOCK;
    for (unsigned i = 0; i < 8; i++)
        last[size - 1 - i] = (unsigned char)(bits >> 8 * i);
    add_block(hash, last);
    if (size > BLOCK)
        add_block(hash, last + BLOCK);
    for (unsigned i = 0; i < SCL_SHA256_HEX; i++)
        ret_hex[i] = digits[hash[i / 8] >> (28 - i % 8 * 4) & 15];
    ret_hex[SCL_SHA256_HEX] = '\0';
}
