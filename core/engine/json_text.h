/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_text.h: a text as a JSON string
 */
#ifndef SCL_ENGINE_JSON_TEXT_H
#define SCL_ENGINE_JSON_TEXT_H

#include "base/text.h"

/* Adds it in quotes, controls escaped and bytes that are not UTF-8 as U+FFFD (RFC 8259 section 7). */
void scl_json_text(struct scl_text *out, struct scl_str text);

#endif
