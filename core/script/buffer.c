/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buffer.c: a string that is being made by a C function
 */
#include "script/buffer.h"

#include "script/libraries.h"
#include "script/state.h"

#include <string.h>

void
scl_buffer_init(struct scl_buffer *buffer, lua_State *L, size_t room)
{
    scl_charge_string(L, room);
    buffer->L = L;
    buffer->len = 0;
    buffer->room = room;
    buffer->at = lua_newuserdatauv(L, room, 0);
    buffer->slot = lua_gettop(L);
}

char *
scl_buffer_take(struct scl_buffer *buffer, size_t count)
{
    size_t need = buffer->len + count;
    char *at;

    if (count > buffer->room - buffer->len) {
        size_t room = buffer->room * 2 > need ? buffer->room * 2 : need;

        scl_charge_string(buffer->L, need);
        scl_charge_bytes(buffer->L, buffer->len);
        at = lua_newuserdatauv(buffer->L, room, 0);
        memcpy(at, buffer->at, buffer->len);
        lua_replace(buffer->L, buffer->slot);
        buffer->at = at;
        buffer->room = room;
    }
    at = buffer->at + buffer->len;
    buffer->len = need;
    return at;
}

void
scl_buffer_add(struct scl_buffer *buffer, struct scl_str piece)
{
    if (piece.len)
        memcpy(scl_buffer_take(buffer, piece.len), piece.at, piece.len);
}

void
scl_buffer_char(struct scl_buffer *buffer, char byte)
{
    *scl_buffer_take(buffer, 1) = byte;
}

void
scl_buffer_fill(struct scl_buffer *buffer, char byte, size_t count)
{
    if (count)
        memset(scl_buffer_take(buffer, count), byte, count);
}

void
scl_buffer_value(struct scl_buffer *buffer)
{
    lua_State *L = buffer->L;
    char room[SCL_NUMBER_ROOM];
    struct scl_str text;

    if (lua_type(L, -1) == LUA_TNUMBER) {
        text = scl_number_text(L, -1, room);
    } else {
        if (lua_type(L, -1) != LUA_TSTRING) {
            scl_tostring_push(L, -1);
            lua_remove(L, -2);
        }
        text.at = lua_tolstring(L, -1, &text.len);
    }
    scl_buffer_add(buffer, text);
    lua_pop(L, 1);
}

void
scl_buffer_push(struct scl_buffer *buffer)
{
    lua_pushlstring(buffer->L, buffer->at, buffer->len);
}
