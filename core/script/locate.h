/* SPDX-License-Identifier: Apache-2.0 */
/*
 * locate.h: where things stand in the text of a policy
 */
#ifndef SCL_SCRIPT_LOCATE_H
#define SCL_SCRIPT_LOCATE_H

#include "base/source.h"

/* `key` (or its value) where the text first says `key =`; an empty span at 0 where it does not. */
struct scl_span scl_policy_find_key(struct scl_str source, struct scl_str key, bool of_value);
/* The word that a message about a line has in quotes, where the line has it; else the line. */
struct scl_span scl_policy_find_quoted(const struct scl_source *source, uint32_t line,
                                       struct scl_str message);
/* A word of a line, or the line without its blanks where the word is not in it. */
struct scl_span scl_policy_find_word(const struct scl_source *source, uint32_t line,
                                     struct scl_str word);

#endif
