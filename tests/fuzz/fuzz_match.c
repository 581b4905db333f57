/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_match.c: our patterns against Lua's own
 *
 * The first line of the input is a pattern, the rest a text. Whatever our functions give within a
 * number of steps, the functions of Lua's own library must give too, and where ours refuse a
 * pattern, so must they.
 */
#include "script/libraries.h"
#include "script/state.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN_MAX = 60, TEXT_MAX = 100, STEPS = 200000, RESULT_ROOM = 1 << 16 };

static const char *const operations[] = {
    "local s, p = ... return s:find(p)",
    "local s, p = ... return s:find(p, 3)",
    "local s, p = ... return s:match(p)",
    "local s, p = ... return s:match(p, -4)",
    "local s, p = ... return s:gsub(p, '<%0>')",
    "local s, p = ... return s:gsub(p, '%1', 3)",
    "local s, p = ... return s:gsub(p, function(a, b) return b or a end)",
    "local s, p = ... local t = '' for a in s:gmatch(p) do t = t .. a .. ';' end return t",
};

struct question {
    const char *operation;
    struct scl_str pattern, text;
    char result[RESULT_ROOM];
    size_t len;
};

static void
add(struct question *question, const char *at, size_t len)
{
    if (len > RESULT_ROOM - question->len)
        len = RESULT_ROOM - question->len;
    memcpy(question->result + question->len, at, len);
    question->len += len;
}

static void
push_arguments(lua_State *L, const struct question *question)
{
    lua_pushlstring(L, question->text.len ? question->text.at : "", question->text.len);
    lua_pushlstring(L, question->pattern.len ? question->pattern.at : "", question->pattern.len);
}

static void
ask_ours(lua_State *L, void *context)
{
    struct question *question = context;

    scl_lua_compile(L, SCL_S("operation"), scl_str_c(question->operation));
    push_arguments(L, question);
    lua_call(L, 2, LUA_MULTRET);
    for (int i = 1; i <= lua_gettop(L); i++) {
        const char *at;
        size_t len;

        scl_tostring_push(L, i);
        at = lua_tolstring(L, -1, &len);
        add(question, at, len);
        add(question, "|", 1);
        lua_pop(L, 1);
    }
}

/* Asks a state with Lua's own library; false: it raised an error. */
static bool
ask_lua(lua_State *L, struct question *question)
{
    bool answers;

    lua_settop(L, 0);
    if (luaL_loadstring(L, question->operation) != LUA_OK)
        abort();
    push_arguments(L, question);
    answers = lua_pcall(L, 2, LUA_MULTRET, 0) == LUA_OK;
    for (int i = 1; answers && i <= lua_gettop(L); i++) {
        const char *at;
        size_t len;

        at = luaL_tolstring(L, i, &len);
        add(question, at, len);
        add(question, "|", 1);
        lua_pop(L, 1);
    }
    lua_settop(L, 0);
    return answers;
}

static void
compare(struct scl_lua *ours, lua_State *theirs, struct question *question)
{
    static struct question answer;
    static struct scl_outcome outcome;
    enum scl_outcome_kind kind;

    question->len = 0;
    kind = scl_lua_run(ours, ask_ours, question, &outcome);
    if (kind == SCL_RUN_LIMIT || scl_str_find(outcome.message, SCL_S("too complex")) != SIZE_MAX)
        return;
    answer = *question;
    answer.len = 0;
    if (ask_lua(theirs, &answer) != (kind == SCL_RUN_OK))
        abort();
    if (kind == SCL_RUN_OK && (answer.len != question->len ||
                               memcmp(answer.result, question->result, answer.len) != 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scl_lua *ours;
    static lua_State *theirs;
    static struct question question;
    struct scl_lua_limits limits = { .steps = STEPS };
    struct scl_str rest = scl_str_n((const char *)data, size);

    if (!ours) {
        ours = scl_lua_new(&limits, NULL);
        theirs = luaL_newstate();
        if (!ours || !theirs || !scl_lua_snapshot(ours, NULL))
            abort();
        luaL_openlibs(theirs);
    }
    scl_lua_set_total(ours, UINT64_MAX);
    if (!scl_str_cut(&rest, '\n', &question.pattern))
        return 0;
    question.text = rest;
    if (question.pattern.len > PATTERN_MAX || question.text.len > TEXT_MAX)
        return 0;
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        question.operation = operations[i];
        compare(ours, theirs, &question);
    }
    return 0;
}
