/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arguments.h: what C functions are called with
 *
 * Each reads the argument at `index` (from 1) of the function that messages call `name`
 * ("string.rep"), and ends the run where it is of another type:
 *
 *     string.rep: second argument is nil, not a whole number
 */
#ifndef SCL_SCRIPT_ARGUMENTS_H
#define SCL_SCRIPT_ARGUMENTS_H

#include "base/str.h"

#include <lua.h>
#include <stdbool.h>

/* A string; a number is turned into its text in place. Valid while it stays on the stack. */
struct scl_str scl_arg_string(lua_State *L, int index, const char *name);
/* A whole number; a float that has the value of one is one. */
lua_Integer scl_arg_integer(lua_State *L, int index, const char *name);
lua_Integer scl_arg_integer_or(lua_State *L, int index, const char *name, lua_Integer absent);
lua_Number scl_arg_number(lua_State *L, int index, const char *name);
void scl_arg_table(lua_State *L, int index, const char *name);
/* A plain table, or a userdata that can be indexed and has a length: a list of a document, a fact
 * or a parameter. */
void scl_arg_list(lua_State *L, int index, const char *name);
bool scl_is_list(lua_State *L, int index);
void scl_arg_function(lua_State *L, int index, const char *name);
/* Any value, nil too, but not nothing at all. */
void scl_arg_any(lua_State *L, int index, const char *name);
/* Ends the run: "NAME: second argument is VALUE, not WANTED". */
_Noreturn void scl_arg_refuse(lua_State *L, int index, const char *name, const char *wanted);

/* Pushes entry `at` of the list at `index`, a string; false past its end, and nothing is pushed. An
 * open list of a document ends the run there, not before. */
bool scl_arg_entry(lua_State *L, int index, lua_Integer at, const char *name, struct scl_str *ret);

/* The length of a table (without metamethods) or a list of a document (with `__len`). */
lua_Integer scl_list_length(lua_State *L, int index);
/* What a value is called in messages: "nil", "a number", "true", the `__name` of a userdata. */
const char *scl_type_words(lua_State *L, int index);

#endif
