/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sweep.c: runs that are ended at every moment
 *
 * One chunk that calls whatever policies have is run with each number of steps and each size of
 * memory that ends it somewhere else. Wherever that is, the control after it gives its result.
 */
#include "chunk.h"

static const char busy[] =
    "local t = {}\n"
    "for i = 1, 40 do t[i] = { key = (i * 7) % 11, text = ('x'):rep(i) .. i } end\n"
    "table.sort(t, function(a, b) return a.key < b.key end)\n"
    "local words = {}\n"
    "for _, v in ipairs(t) do words[#words + 1] = v.text:upper():sub(-4) end\n"
    "table.sort(words)\n"
    "local s = table.concat(words, ',')\n"
    "s = s:gsub('%d+', function(d) return string.format('<%5d|%s|%q>', tonumber(d), d, d) end)\n"
    "for k, v in s:gmatch('(%a+)<%s*(%d+)') do t[k .. v] = utf8.len(k) end\n"
    "local n = 0\n"
    "for k, v in pairs(t) do if type(k) == 'string' then n = n + math.floor(v * 1.5) end end\n"
    "for p, c in utf8.codes('h\\u{e4}\\u{20ac}') do n = n + p * c end\n"
    "print(n, select('#', table.unpack(words)))\n"
    "local f, e = s:find(('x?'):rep(20) .. '$')\n"
    "return n, f, e, s:byte(1, 3), tostring(n / 3):reverse(), #table.pack(s, n)";

static const char control[] = "local t = { 'b', 'a' } table.sort(t) return table.concat(t) .. 1.5";

static void
check_control(struct scl_lua *lua, struct chunk *chunk, const char *where)
{
    scl_lua_set_total(lua, UINT64_MAX);
    check_text(chunk_run(lua, chunk, control), "ab1.5", where);
}

static void
any_number_of_steps_ends_a_run_cleanly(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    char usual[SCL_MESSAGE_ROOM + 1] = "";
    uint64_t steps, ended = 0;

    (void)state;
    snprintf(usual, sizeof usual, "%.*s", SCL_ARG(chunk_run(lua, &chunk, busy)));
    assert_int_equal(chunk.outcome.kind, SCL_RUN_OK);
    steps = scl_lua_steps(lua);
    for (uint64_t budget = 1; budget <= steps; budget += 7) {
        scl_lua_restore(lua);
        scl_lua_set_total(lua, budget);
        chunk_run(lua, &chunk, busy);
        if (budget < steps) {
            check_number(chunk.outcome.limit, SCANTLING_LIMIT_TOTAL_STEPS, "ended by the total");
            check_number(scl_lua_steps(lua), budget, "all of it was used");
            ended++;
        }
        check_control(lua, &chunk, "after so many steps");
    }
    assert_true(ended > 300);
    scl_lua_restore(lua);
    scl_lua_set_total(lua, steps);
    check_text(chunk_run(lua, &chunk, busy), usual, "as many as it takes are enough");
    scl_lua_free(lua);
}

static void
any_size_of_memory_ends_a_run_cleanly(void **state)
{
    static struct chunk chunk;
    unsigned ended = 0, ran = 0;

    (void)state;
    for (uint64_t memory = 20000; memory < 90000; memory += 331) {
        struct scl_lua_limits limits = { .memory = memory };
        struct scl_lua *lua = scl_lua_new(&limits, NULL);

        if (!lua)
            continue;
        if (scl_lua_snapshot(lua, NULL)) {
            chunk_run(lua, &chunk, busy);
            if (chunk.outcome.kind == SCL_RUN_LIMIT) {
                check_number(chunk.outcome.limit, SCANTLING_LIMIT_MEMORY, "ended by memory");
                ended++;
            } else {
                check_number(chunk.outcome.kind, SCL_RUN_OK, "or not at all");
                ran++;
            }
            if (memory > 40000)
                check_control(lua, &chunk, "after so much memory");
        }
        scl_lua_free(lua);
    }
    assert_true(ended > 20 && ran > 20);
}

SUITE(
    CASE(any_number_of_steps_ends_a_run_cleanly),
    CASE(any_size_of_memory_ends_a_run_cleanly))
