/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buffer.h: a string that is being made by a C function
 *
 * Its bytes are a userdata of the Lua heap in a slot of the stack, so that a run may end at any
 * moment and nothing is lost; it ends itself where the string grows beyond `string_bytes`.
 */
#ifndef SCL_SCRIPT_BUFFER_H
#define SCL_SCRIPT_BUFFER_H

#include "base/str.h"

#include <lua.h>

struct scl_buffer {
    lua_State *L;
    int slot; /* of the stack, absolute */
    char *at;
    size_t len, room;
};

/* Pushes the slot of the buffer; `room` bytes are expected. */
void scl_buffer_init(struct scl_buffer *buffer, lua_State *L, size_t room);
void scl_buffer_add(struct scl_buffer *buffer, struct scl_str piece);
void scl_buffer_char(struct scl_buffer *buffer, char byte);
void scl_buffer_fill(struct scl_buffer *buffer, char byte, size_t count);
/* Room for `count` more bytes, which the caller writes; they count as written. */
char *scl_buffer_take(struct scl_buffer *buffer, size_t count);
/* Adds the value on top of the stack, as tostring prints it, and pops it. */
void scl_buffer_value(struct scl_buffer *buffer);
/* Pushes the string. */
void scl_buffer_push(struct scl_buffer *buffer);

#endif
