/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h: the settings that the library describes
 *
 * Reads what scantling_engine_describe gives as "settings" and nothing else: an object whose keys
 * stand on lines of their own, with texts, lists of texts, and maps to texts or numbers.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdint.h>

#include "pool.h"

/* The value of a key, or NULL. */
const char *cli_json_find(struct cli_pool *pool, const char *json, const char *key);
/* A text, or NULL where the value is null. */
const char *cli_json_text(struct cli_pool *pool, const char *value);
int64_t cli_json_number(const char *value);
struct cli_names cli_json_list(struct cli_pool *pool, const char *value);
/* The entries of a map as "KEY=VALUE"; with `ret_keys` keys and values apart. */
struct cli_names cli_json_pairs(struct cli_pool *pool, const char *value,
                                struct cli_names *ret_keys);

#endif
