/* SPDX-License-Identifier: Apache-2.0 */
/*
 * language.h: running chunks of Lua with the libraries of policies
 *
 * Like chunk.h, with everything that a policy may call and the built-in facts, but no document.
 */
#ifndef SCL_TESTS_LANGUAGE_H
#define SCL_TESTS_LANGUAGE_H

#include "chunk.h"

#include "script/load.h"
#include "script/run.h"

struct language {
    struct scl_lua *lua;
    struct scl_run run;
    struct chunk chunk;
};

static inline void
language_open(lua_State *L, void *context)
{
    (void)context;
    scl_language_open(L);
}

static inline struct language *
language_new(struct scl_arena *arena)
{
    struct scl_lua_limits usual = { 0 };
    struct language *made = calloc(1, sizeof *made);

    assert_non_null(made);
    made->run.facts = scl_facts_builtin();
    made->run.arena = arena;
    made->lua = scl_lua_new(&usual, NULL);
    assert_non_null(made->lua);
    scl_lua_set_user(made->lua, &made->run);
    assert_int_equal(scl_lua_run(made->lua, language_open, NULL, &made->chunk.outcome),
                     SCL_RUN_OK);
    assert_true(scl_lua_snapshot(made->lua, NULL));
    return made;
}

static inline void
language_free(struct language *language)
{
    scl_lua_free(language->lua);
    free(language);
}

static inline void
language_check_rows(struct scl_arena *arena, const struct chunk_row *rows, size_t count)
{
    struct language *language = language_new(arena);

    for (size_t i = 0; i < count; i++)
        check_text(chunk_run(language->lua, &language->chunk, rows[i].text), rows[i].expected,
                   rows[i].text);
    language_free(language);
}

#endif
