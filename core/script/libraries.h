/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libraries.h: what policies have of Lua's own library
 *
 * Each opens one part into the globals of a new state. All functions charge for what they do, see
 * raw tables only, and give the same results on every machine.
 *
 * `pairs` and `ipairs` take userdata: `pairs` calls its `__pairs` (a C function that gets the
 * userdata and returns iterator, state and first key), `ipairs` indexes it from 1 until nil.
 * `tostring` and `%s` call its `__tostring`, or else give its `__name`.
 */
#ifndef SCL_SCRIPT_LIBRARIES_H
#define SCL_SCRIPT_LIBRARIES_H

#include "script/frozen.h"

void scl_open_base(lua_State *L);
void scl_open_string(lua_State *L); /* with the methods of strings */
void scl_open_table(lua_State *L);
void scl_open_math(lua_State *L);
void scl_open_utf8(lua_State *L);

/* Parts of the string library, in files of their own. */
int scl_string_format(lua_State *L);
int scl_string_find(lua_State *L);
int scl_string_match(lua_State *L);
int scl_string_gmatch(lua_State *L);
int scl_string_gsub(lua_State *L);
/* And of the table library. */
int scl_table_sort(lua_State *L);

/* The function `pairs` itself, which frozen values share. */
int scl_pairs(lua_State *L);
/* Pushes what tostring gives for the value at `index`. */
void scl_tostring_push(lua_State *L, int index);

enum { SCL_NUMBER_ROOM = 48 };
/* The text of the number at `index` as tostring gives it. */
struct scl_str scl_number_text(lua_State *L, int index, char room[SCL_NUMBER_ROOM]);

/* Where `piece` occurs from `start` on, or SIZE_MAX; each place where it may begin is charged. */
size_t scl_string_find_plain(lua_State *L, struct scl_str text, struct scl_str piece, size_t start);
/* A start counted from 1, or from the end where negative, as an offset from 0 up to `len`. */
size_t scl_string_start(lua_Integer position, size_t len);

#endif
