/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets_table.h: the tables of secrets.h as they are compiled
 *
 * secrets.c makes it from the facts, secrets_name.c and secrets_scan.c read it; nobody else does.
 */
#ifndef SCL_DOCUMENT_SECRETS_TABLE_H
#define SCL_DOCUMENT_SECRETS_TABLE_H

#include "document/secrets.h"

/* Bytes, one bit each. */
struct scl_bytes {
    uint64_t bits[4];
};

static inline bool
scl_bytes_have(const struct scl_bytes *bytes, char byte)
{
    unsigned char value = (unsigned char)byte;

    return bytes->bits[value / 64] >> (value % 64) & 1;
}

/* ---- names and files ---- */

enum scl_name_match {
    SCL_NAME_EXACT,
    SCL_NAME_STRIP,
    SCL_NAME_PREFIX,
    SCL_NAME_WORD,
    SCL_NAME_WORDS,
    SCL_NAME_LAST
};

struct scl_name_rule {
    struct scl_secret_name row;
    enum scl_name_match match;
    bool is_secret;
};

enum scl_file_match { SCL_FILE_NAME, SCL_FILE_FOLDER, SCL_FILE_PATH };

struct scl_file_rule {
    struct scl_secret_file row;
    enum scl_file_match match;
    const struct scl_fact *except; /* a list, or nil */
};

/* ---- tokens ---- */

struct scl_token_part {
    uint32_t min, max; /* bytes; UINT32_MAX: no end */
    struct scl_bytes alphabet;
};

enum scl_token_shape {
    SCL_TOKEN_PLAIN,
    SCL_TOKEN_URL,  /* a URL's password */
    SCL_TOKEN_BLOCK /* from -----BEGIN to -----END */
};

#define SCL_TOKEN_NO_SLOT UINT8_MAX

struct scl_token {
    struct scl_str kind, provider;
    scantling_severity severity;
    uint32_t row;
    enum scl_token_shape shape;
    struct scl_bytes before, alphabet;
    uint32_t before_min, before_max;
    uint32_t min, max; /* of the body; UINT32_MAX: no end */
    const struct scl_token_part *parts;
    uint32_t part_count;
    char separator;      /* where there are parts */
    bool is_bare; /* it has no prefix */
    bool gap;
    bool value_only; /* the hit is what follows the prefix */
    struct scl_str infix;
    const struct scl_fact *suffix, *context, *except; /* lists, or nil */
    uint8_t walk_slot;    /* of a token without an end: see secrets_scan.c */
    uint8_t context_slot; /* of one with context */
};

enum { SCL_TOKEN_SLOTS = 64 };

enum {
    SCL_FIRST_WORD = 1,   /* it is a letter or digit */
    SCL_FIRST_INSIDE = 2, /* a prefix that begins with it may stand inside a word */
    SCL_FIRST_ESCAPE = 4  /* after a backslash it stands for a blank */
};

struct scl_token_prefix {
    struct scl_str text;
    const struct scl_token *token;
};

struct scl_secrets {
    const struct scl_name_rule *names;
    const struct scl_file_rule *files;
    const struct scl_token *tokens;
    uint32_t name_count, file_count, token_count;
    const struct scl_token_prefix *prefixes; /* by their first byte, then in table order */
    uint32_t starts[257];                    /* where the prefixes of a first byte begin */
    struct scl_bytes seconds[256];           /* what may follow a first byte of a prefix */
    uint8_t firsts[256];                     /* SCL_FIRST_ of each byte */
};

/* Where the password of a URL lies whose `://` ends at `start`; false where it has none, or one
 * that is only referred to. */
bool scl_url_password(struct scl_str text, size_t start, size_t *ret_offset, size_t *ret_length);

/* Keeps of `*count` hits the longest that do not overlap, in the order of the text. False without
 * memory. */
bool scl_secret_hits_resolve(struct scl_arena *arena, struct scl_secret_hit *hits,
                             uint32_t *count);

#endif
