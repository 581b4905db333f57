/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets.h: what looks like a secret
 *
 * Three questions, all answered from the facts: is this the name of a secret, is this a file of
 * secrets, and which known tokens stand in this text. The tables are compiled once for an engine;
 * afterwards nothing changes and any thread may ask.
 *
 * Invariants: time is linear in the text that is asked about; hits do not overlap and come in the
 * order of the text.
 */
#ifndef SCL_DOCUMENT_SECRETS_H
#define SCL_DOCUMENT_SECRETS_H

#include "base/vec.h"
#include "document/facts.h"

struct scl_secrets;

/* Compiles the tables `sensitive_env_names`, `secret_files` and `secret_token_formats` of `facts`,
 * which must outlive it. NULL with an error (POLICY) where a cell of one makes no sense. */
const struct scl_secrets *scl_secrets_new(struct scl_arena *arena, const struct scl_facts *facts,
                                          scantling_error **error);

/* ---- names ---- */

enum scl_secret_value { /* what the value of such a name must look like besides */
    SCL_SECRET_VALUE_ANY,
    SCL_SECRET_VALUE_USERINFO,       /* a URL with a password */
    SCL_SECRET_VALUE_PASSWORD_FIELD, /* `Password=`, `AccountKey=` and their like in it */
    SCL_SECRET_VALUE_RANDOM,         /* 16 bytes or more that nobody would choose */
    SCL_SECRET_VALUE_OPAQUE,         /* over 8 bytes, no URL, path, mode word or boolean */
    SCL_SECRET_VALUE_NOT_NUMBER
};

struct scl_secret_name {
    struct scl_str name; /* the key of the row */
    struct scl_str class;
    scantling_severity severity;
    enum scl_secret_value value;
    uint32_t row; /* of sensitive_env_names */
};

/* The row that says that `name` is the name of a secret, or NULL. What its value must look like is
 * not asked here. */
const struct scl_secret_name *scl_secrets_name(const struct scl_secrets *secrets,
                                               struct scl_str name);
bool scl_secrets_is_name(const struct scl_secrets *secrets, struct scl_str name);
/* Whether a value is what the row expects. A placeholder never is. */
bool scl_secrets_value_fits(const struct scl_secret_name *row, struct scl_str value);
/* Whether a value is none that could be secret: nothing, `${REF}` (with a default: if that is one),
 * `$REF`, `$(...)`, `{{...}}`, `<...>`, `%NAME%`, booleans and `null`, numbers of up to three
 * digits, one character again and again. Blanks around it do not count. */
bool scl_secrets_is_placeholder(struct scl_str value);
/* Cuts the next word off an identifier: at `_ - .` and at case changes (`dbPassword`, `APIKey`).
 * The word keeps its case. False when none is left. */
bool scl_secrets_word(struct scl_str *rest, struct scl_str *ret_word);

/* ---- files ---- */

struct scl_secret_file {
    struct scl_str pattern;
    struct scl_str class;
    scantling_severity severity;
    uint32_t row; /* of secret_files */
};

/* The first row that fits a path, or NULL. */
const struct scl_secret_file *scl_secrets_file(const struct scl_secrets *secrets,
                                               struct scl_str path);
bool scl_secrets_is_file(const struct scl_secrets *secrets, struct scl_str path);

/* ---- tokens ---- */

struct scl_secret_hit {
    size_t offset, length; /* of what is secret: without the `"auth":` or URL around it */
    struct scl_str kind, provider;
    scantling_severity severity;
    uint32_t row; /* of secret_token_formats */
};

struct scl_secret_hits {
    SCL_VEC(struct scl_secret_hit) list;
};

/* Appends what tokens stand in `text`. `name` is the name of the pair whose value it is, or empty:
 * some tokens count only where words stand beside them. A private key goes to its end line. Of
 * overlapping hits the longest stays, then the first in the text, then in the table. False without
 * memory; nothing is allocated where nothing is found. */
bool scl_secrets_scan(const struct scl_secrets *secrets, struct scl_arena *arena,
                      struct scl_str text, struct scl_str name, struct scl_secret_hits *hits);
/* Whether there is any. */
bool scl_secrets_any(const struct scl_secrets *secrets, struct scl_str text, struct scl_str name);

#endif
