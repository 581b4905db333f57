/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frozen.h: libraries and globals that can be read and not written
 *
 * A frozen value is a userdata whose reads go to a table that no policy can reach. A name that is
 * not there ends the run and says which was probably meant; so does every write. The globals of
 * all chunks are one such value: what is not offered to policies says so by its name.
 */
#ifndef SCL_SCRIPT_FROZEN_H
#define SCL_SCRIPT_FROZEN_H

#include "base/str.h"

#include <lua.h>

struct scl_function { /* a row of a library; the last has no name */
    const char *name;
    lua_CFunction function;
};

/* Replaces the table on top of the stack by a frozen value over it, called `name` in messages. The
 * table may still be filled by whoever holds it. */
void scl_frozen_push(lua_State *L, const char *name);
/* Pushes a table of functions, to be completed and then frozen. */
void scl_functions_push(lua_State *L, const struct scl_function *functions);
/* The same of a table of data: what is not in it is nil, and it has a length. */
void scl_frozen_data_push(lua_State *L, const char *name);
/* Pushes a frozen library of these functions. */
void scl_library_push(lua_State *L, const char *name, const struct scl_function *functions);

/* Makes the globals, empty. Once in a state. */
void scl_globals_open(lua_State *L);
/* Pops a value and makes it the global `name`. */
void scl_globals_set(lua_State *L, const char *name);
/* Pushes a library and makes it a global. */
void scl_globals_library(lua_State *L, const char *name, const struct scl_function *functions);
/* Pushes the value that is `_ENV` of every chunk. */
void scl_globals_push(lua_State *L);

/* Ends the run: "OWNER has no 'NAME'; did you mean 'KEY'?", the keys being those of the table at
 * `index`. For strict tables of other layers too. */
_Noreturn void scl_raise_no_key(lua_State *L, const char *owner, struct scl_str name, int index);

#endif
