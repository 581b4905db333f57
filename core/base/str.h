/* SPDX-License-Identifier: Apache-2.0 */
/*
 * str.h: slices of text that somebody else owns
 *
 * A slice is where it begins and how long it is; it may hold NULs and bytes that are not UTF-8, and
 * lives as long as the text it was cut from. `at` may be NULL where `len` is 0.
 */
#ifndef SCL_BASE_STR_H
#define SCL_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scl_str {
    const char *at;
    size_t len;
};

/* The slice of a string literal, also in tables; use as a value: `scl_str_c` of a variable. */
#define SCL_STR(literal) { "" literal, sizeof(literal) - 1 }
#define SCL_S(literal) ((struct scl_str){ "" literal, sizeof(literal) - 1 })
/* For printf's `%.*s`. */
#define SCL_ARG(str) (int)(str).len, (str).at ? (str).at : ""

struct scl_str scl_str_c(const char *text);
struct scl_str scl_str_n(const char *at, size_t len);
/* From `start` on, `len` bytes; both are cut to what there is. */
struct scl_str scl_str_sub(struct scl_str str, size_t start, size_t len);

bool scl_str_same(struct scl_str a, struct scl_str b);
/* Without regard to the case of ASCII letters. */
bool scl_str_same_nocase(struct scl_str a, struct scl_str b);
bool scl_str_is(struct scl_str str, const char *text);
bool scl_str_is_nocase(struct scl_str str, const char *text);
/* By bytes, the shorter first where one begins the other: below, at or above 0. */
int scl_str_compare(struct scl_str a, struct scl_str b);
bool scl_str_starts(struct scl_str str, struct scl_str prefix);
bool scl_str_ends(struct scl_str str, struct scl_str suffix);

/* Where `piece` or `byte` first (`_last`: last) occurs, or SIZE_MAX. */
size_t scl_str_find(struct scl_str str, struct scl_str piece);
size_t scl_str_find_char(struct scl_str str, char byte);
size_t scl_str_find_last(struct scl_str str, char byte);
/* Without ASCII blanks at both ends. */
struct scl_str scl_str_trim(struct scl_str str);
/* Cuts off what lies before the first `byte`, and that byte; all of it where there is none. False
 * when nothing was left to cut. */
bool scl_str_cut(struct scl_str *rest, char byte, struct scl_str *ret_piece);
/* A whole number in base 10 with an optional `-`, nothing around it, within int64_t. */
bool scl_str_int(struct scl_str str, int64_t *ret_value);

bool scl_is_blank(char byte); /* ASCII space, \t \n \v \f \r */
bool scl_is_digit(char byte);
bool scl_is_alpha(char byte); /* ASCII */
bool scl_is_alnum(char byte);
char scl_lower(char byte);
char scl_upper(char byte);

#endif
