/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_policy.c: any text as a chunk in the sandbox
 *
 * It may end as it likes, but within its limits, the same way and after as many steps each time,
 * and a control that runs after it in the same state gives its usual result.
 */
#include "script/libraries.h"
#include "script/state.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 100000, MEMORY = 4 << 20, TEXT_MAX = 4096 };

static void
run_text(lua_State *L, void *context)
{
    const struct scl_str *text = context;

    scl_lua_compile(L, SCL_S("text"), *text);
    lua_call(L, 0, 0);
}

static void
run_control(lua_State *L, void *context)
{
    bool *works = context;

    scl_lua_compile(L, SCL_S("control"),
                    SCL_S("local t = {} for w in ('b a'):gmatch('%a') do t[#t + 1] = w end"
                          " table.sort(t) return table.concat(t) .. tostring(1.5)"));
    lua_call(L, 0, 1);
    *works = strcmp(lua_tostring(L, -1), "ab1.5") == 0;
}

/* Runs the text from the snapshot; the steps it took. */
static uint64_t
measure(struct scl_lua *lua, struct scl_str *text, struct scl_outcome *outcome)
{
    scl_lua_restore(lua);
    scl_lua_run(lua, run_text, text, outcome);
    if (scl_lua_steps(lua) > STEPS || scl_lua_peak(lua) > MEMORY)
        abort();
    return scl_lua_steps(lua);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scl_lua *lua;
    static struct scl_outcome first, second;
    struct scl_lua_limits limits = { .steps = STEPS, .memory = MEMORY };
    struct scl_str text = scl_str_n((const char *)data, size);
    bool works = false;
    uint64_t steps;

    if (!lua) {
        lua = scl_lua_new(&limits, NULL);
        if (!lua || !scl_lua_snapshot(lua, NULL))
            abort();
    }
    if (size > TEXT_MAX)
        return 0;
    scl_lua_set_total(lua, UINT64_MAX);
    steps = measure(lua, &text, &first);
    if (measure(lua, &text, &second) != steps || first.kind != second.kind ||
        first.limit != second.limit || first.line != second.line ||
        !scl_str_same(first.message, second.message))
        abort();
    scl_lua_run(lua, run_control, &works, NULL);
    if (!works)
        abort();
    return 0;
}
