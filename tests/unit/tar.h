/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tar.h: archives for tests, written byte by byte
 *
 * Members are added to a text; what comes of it is a tar archive as POSIX has it (pax, "ustar
 * Interchange Format"). It can be put behind gzip (RFC 1952) or zstd (RFC 8878) in blocks that are
 * stored as they are, so that no library is needed to write them.
 */
#ifndef SCL_TESTS_TAR_H
#define SCL_TESTS_TAR_H

#include "test.h"

enum { TAR_BLOCK = 512 };

/* A header: the size is what it says, whatever follows. */
static inline void
tar_header(struct scl_text *out, const char *name, char type, const char *target, size_t size)
{
    char block[TAR_BLOCK] = "";
    unsigned sum = 0;

    snprintf(block, 100, "%s", name);
    memcpy(block + 100, "0000644", 8);
    memcpy(block + 108, "0000000", 8);
    memcpy(block + 116, "0000000", 8);
    snprintf(block + 124, 12, "%011lo", (unsigned long)size);
    memcpy(block + 136, "00000000000", 12);
    memcpy(block + 148, "        ", 8);
    block[156] = type;
    snprintf(block + 157, 100, "%s", target);
    memcpy(block + 257, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof block; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    scl_text_add(out, scl_str_n(block, sizeof block));
}

static inline void
tar_add(struct scl_text *out, const char *name, struct scl_str content)
{
    static const char zeros[TAR_BLOCK];

    tar_header(out, name, '0', "", content.len);
    scl_text_add(out, content);
    if (content.len % TAR_BLOCK)
        scl_text_add(out, scl_str_n(zeros, TAR_BLOCK - content.len % TAR_BLOCK));
}

static inline void
tar_end(struct scl_text *out)
{
    static const char zeros[2 * TAR_BLOCK];

    scl_text_add(out, scl_str_n(zeros, sizeof zeros));
}

static inline void
tar_number(struct scl_text *out, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        scl_text_char(out, (char)(number >> 8 * i & 0xff));
}

static inline uint32_t
tar_checksum(struct scl_str bytes)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static inline void
tar_gzip(struct scl_text *out, struct scl_str bytes)
{
    enum { MOST = 0xffff };

    scl_text_add(out, scl_str_n("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10));
    for (size_t at = 0; at == 0 || at < bytes.len; at += MOST) {
        struct scl_str piece = scl_str_sub(bytes, at, MOST);

        scl_text_char(out, at + MOST >= bytes.len);
        tar_number(out, piece.len, 2);
        tar_number(out, ~piece.len, 2);
        scl_text_add(out, piece);
    }
    tar_number(out, tar_checksum(bytes), 4);
    tar_number(out, bytes.len, 4);
}

/* Begins a frame with a window of 128 KiB and no size. */
static inline void
tar_zstd_begin(struct scl_text *out)
{
    scl_text_add(out, scl_str_n("\x28\xb5\x2f\xfd\0\x38", 6));
}

/* A block of a frame: as it is, or `count` times one byte. */
static inline void
tar_zstd_block(struct scl_text *out, struct scl_str bytes, size_t count, bool is_last)
{
    size_t size = count ? count : bytes.len;

    tar_number(out, size << 3 | (count ? 2u : 0u) | is_last, 3);
    scl_text_add(out, bytes);
}

static inline void
tar_zstd(struct scl_text *out, struct scl_str bytes)
{
    enum { MOST = 1 << 17 };

    tar_zstd_begin(out);
    for (size_t at = 0; at == 0 || at < bytes.len; at += MOST)
        tar_zstd_block(out, scl_str_sub(bytes, at, MOST), 0, at + MOST >= bytes.len);
}

#endif
