/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chunk.h: running chunks of Lua in a test
 *
 * `chunk_run` compiles and calls a text in a state and gives what it returned, printed as tostring
 * does and joined by `|`, or, where it did not end well, `!` and the message.
 */
#ifndef SCL_TESTS_CHUNK_H
#define SCL_TESTS_CHUNK_H

#include "../test.h"

#include "script/libraries.h"
#include "script/state.h"

struct chunk {
    struct scl_str text;
    char result[SCL_MESSAGE_ROOM + 1];
    size_t len;
    struct scl_outcome outcome;
};

struct chunk_row {
    const char *text, *expected;
};

static inline void
chunk_add(struct chunk *chunk, struct scl_str piece)
{
    size_t room = sizeof chunk->result - chunk->len;
    size_t len = piece.len < room ? piece.len : room;

    if (len)
        memcpy(chunk->result + chunk->len, piece.at, len);
    chunk->len += len;
}

static inline void
chunk_body(lua_State *L, void *context)
{
    struct chunk *chunk = context;

    scl_lua_compile(L, SCL_S("chunk"), chunk->text);
    lua_call(L, 0, LUA_MULTRET);
    for (int i = 1; i <= lua_gettop(L) && i <= 20; i++) {
        struct scl_str text;

        scl_tostring_push(L, i);
        text.at = lua_tolstring(L, -1, &text.len);
        if (i > 1)
            chunk_add(chunk, SCL_S("|"));
        chunk_add(chunk, text);
        lua_pop(L, 1);
    }
}

static inline struct scl_str
chunk_run_text(struct scl_lua *lua, struct chunk *chunk, struct scl_str text)
{
    chunk->text = text;
    chunk->len = 0;
    if (scl_lua_run(lua, chunk_body, chunk, &chunk->outcome) != SCL_RUN_OK) {
        chunk->len = 0;
        chunk_add(chunk, SCL_S("!"));
        chunk_add(chunk, chunk->outcome.message);
    }
    return scl_str_n(chunk->result, chunk->len);
}

static inline struct scl_str
chunk_run(struct scl_lua *lua, struct chunk *chunk, const char *text)
{
    return chunk_run_text(lua, chunk, scl_str_c(text));
}

/* A state with a snapshot of the libraries. */
static inline struct scl_lua *
chunk_state(const struct scl_lua_limits *limits)
{
    struct scl_lua_limits usual = { 0 };
    struct scl_lua *lua = scl_lua_new(limits ? limits : &usual, NULL);

    assert_non_null(lua);
    assert_true(scl_lua_snapshot(lua, NULL));
    return lua;
}

static inline void
chunk_check_rows(const struct chunk_row *rows, size_t count)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;

    for (size_t i = 0; i < count; i++)
        check_text(chunk_run(lua, &chunk, rows[i].text), rows[i].expected, rows[i].text);
    scl_lua_free(lua);
}

#endif
