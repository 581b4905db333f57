/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_tables.h: tables of words and what BuildKit made of them
 */
#ifndef SCL_TESTS_DOCKERFILE_TABLES_H
#define SCL_TESTS_DOCKERFILE_TABLES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"

/* All tables of the corpus; prints a line for each, false where one falls short. */
bool check_tables(const char *root);

/* Of conformance_dockerfile.c. */
bool is_same(json_t *expected, json_t *actual, const char *path, struct scl_text *why);
bool is_same_message(const char *theirs, const char *ours, int *ret_shift);

#endif
