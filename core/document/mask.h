/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mask.h: eight asterisks for whatever is secret
 *
 * A mask is made once from all sensitive strings of an evaluation, and applied to every text that
 * leaves it: first whole texts, then cut to their width, never the other way round. It hides each
 * occurrence of a sensitive string, and each token that `scl_secrets_scan` knows, even one that
 * came together only in this text.
 *
 * What is looked for: strings of at least 4 bytes that are no placeholder (secrets.h) and no whole
 * number under 6 digits, else every `true` and `8080` would turn to asterisks. Of a string of
 * several lines also each line of at least 8 bytes; of one with `"`, `\` or a control byte also
 * how a quoted text writes it, and one that is quoted itself. Asterisks at its ends do not count,
 * and eight or more within divide it, so that a mask never is what another one hides.
 *
 * Invariants: a masked text holds no string that is looked for, and masking it again changes
 * nothing. Making a mask and applying it take linear time. A mask never changes.
 */
#ifndef SCL_DOCUMENT_MASK_H
#define SCL_DOCUMENT_MASK_H

#include "base/source.h"
#include "base/text.h"
#include "document/secrets.h"

#define SCL_MASK_TEXT "********"

struct scl_mask;

/* `strings` are copied as far as they are needed. `secrets` must outlive the mask; NULL: tokens are
 * not looked for. NULL without memory. */
const struct scl_mask *scl_mask_new(struct scl_arena *arena, const struct scl_secrets *secrets,
                                    const struct scl_str *strings, uint32_t count);
/* Whether there is nothing to hide in a text. Allocates nothing. */
bool scl_mask_text_is_clean(const struct scl_mask *mask, struct scl_str text);
/* Appends `text` to `out`, each secret in it as eight asterisks (overlapping ones as one mask).
 * Without memory `out->failed` is set and nothing of the text is appended. */
void scl_mask_apply(const struct scl_mask *mask, struct scl_str text, struct scl_text *out);

/* What is secret in the bytes of a file: for excerpts, whose columns go on counting its bytes. */
struct scl_mask_file {
    const struct scl_span *spans; /* in order, none touching another */
    uint32_t count;
};

/* Finds all of it: `known` spans (of sensitive values as the file writes them, in any order), the
 * mask's strings and tokens. False without memory. */
bool scl_mask_file(const struct scl_mask *mask, struct scl_arena *arena, struct scl_str text,
                   const struct scl_span *known, uint32_t known_count, struct scl_mask_file *ret);
/* Those that reach into `range`: how many, and the first of them. They may begin before it and end
 * after it. Binary search. */
uint32_t scl_mask_spans(const struct scl_mask_file *file, struct scl_span range,
                        const struct scl_span **ret_first);

#endif
