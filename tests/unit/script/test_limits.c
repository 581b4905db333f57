/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_limits.c: what ends a run, from wherever it is noticed, and that the state is as before
 */
#include "chunk.h"

#include <locale.h>
#include <pthread.h>

struct kill {
    const char *where, *text;
    int32_t limit;
    uint32_t line;
};

static const struct kill kills[] = {
    { "an empty loop", "local a = 1\nwhile true do end", SCANTLING_LIMIT_STEPS, 2 },
    { "tail calls", "local function f()\nreturn f() end\nf()", SCANTLING_LIMIT_STEPS, 2 },
    { "the function of a sort",
      "table.sort({ 1, 2, 3 }, function(a, b)\nwhile true do end end)", SCANTLING_LIMIT_STEPS, 2 },
    { "sorts without a function",
      "local t = {} for i = 1, 5000 do t[i] = -i end\nwhile true do table.sort(t) end",
      SCANTLING_LIMIT_STEPS, 2 },
    { "the function of gsub", "('abc'):gsub('.', function()\nwhile true do end end)",
      SCANTLING_LIMIT_STEPS, 2 },
    { "the matcher", "return\n(('a'):rep(40)):find(('a-'):rep(40) .. 'b')", SCANTLING_LIMIT_STEPS,
      2 },
    { "pairs", "local t = {} for i = 1, 500 do t['k' .. i] = i end\nwhile true do pairs(t) end",
      SCANTLING_LIMIT_STEPS, 2 },
    { "table.concat", "local t = {} for i = 1, 100000 do t[i] = '' end\nwhile true do\n"
      "table.concat(t) end", SCANTLING_LIMIT_STEPS, 3 },
    { "table.insert", "local t = {} for i = 1, 100000 do t[i] = i end\nwhile true do\n"
      "table.insert(t, 1, 0) table.remove(t, 1) end", SCANTLING_LIMIT_STEPS, 3 },
    { "comparing long strings", "local a, b = ('a'):rep(1 << 20), ('a'):rep((1 << 20) - 1) .. 'b'\n"
      "local n = 0 while true do if a < b then n = n + 1 end end", SCANTLING_LIMIT_STEPS, 2 },
    { "keys that collide", "local t = {}\nfor i = 1, 1e9 do t[i * 65535 * 131071] = i end",
      SCANTLING_LIMIT_STEPS, 2 },
    { "recursion", "local function f()\nreturn 1 + f() end\nreturn f()", SCANTLING_LIMIT_STEPS, 2 },
    { "arguments that grow", "local function f(...)\nreturn f(1, ...) end f()",
      SCANTLING_LIMIT_STEPS, 2 },
    { "many arguments", "local t = {} for i = 1, 199000 do t[i] = i end\n"
      "local function f(...) while true do\nlocal x = { ... } end end f(table.unpack(t))",
      SCANTLING_LIMIT_STEPS, 3 },
    { "a table that grows", "local t = {}\nfor i = 1, 1e12 do t[i] = i end",
      SCANTLING_LIMIT_MEMORY, 2 },
    { "closures in a list", "local t = {}\nfor i = 1, 1e12 do t[i] = function() return i end end",
      SCANTLING_LIMIT_MEMORY, 2 },
    { "memory in the function of a sort",
      "local t = {} table.sort({ 1, 2, 3 }, function(a, b)\nfor i = 1, 1e9 do t[i] = {} end end)",
      SCANTLING_LIMIT_MEMORY, 2 },
    { "memory in the function of gsub", "local t = {} ('abc'):gsub('.', function()\n"
      "for i = 1, 1e9 do t[#t + 1] = { i } end end)", SCANTLING_LIMIT_MEMORY, 2 },
    { "many strings", "local t, x = {}, ('x'):rep(400)\nfor i = 1, 1e9 do t[i] = x .. i end",
      SCANTLING_LIMIT_MEMORY, 2 },
    { "doubling a string", "local s = 'xxxxxxxx'\nwhile true do s = s .. s end",
      SCANTLING_LIMIT_STRING_BYTES, 2 },
    { "string.rep", "return\n('x'):rep(1 << 60)", SCANTLING_LIMIT_STRING_BYTES, 2 },
    { "string.rep with a separator", "return\n(''):rep(1 << 40, 'xy')",
      SCANTLING_LIMIT_STRING_BYTES, 2 },
    { "what gsub makes", "return\n(('x'):rep(2000)):gsub('x', ('y'):rep(2000))",
      SCANTLING_LIMIT_STRING_BYTES, 2 },
    { "what format makes", "local s = ('\\0'):rep(1 << 19)\nreturn string.format('%q', s)",
      SCANTLING_LIMIT_STRING_BYTES, 2 },
    { "what concat makes", "local t = {} for i = 1, 2000 do t[i] = ('x'):rep(1000) end\n"
      "return table.concat(t)", SCANTLING_LIMIT_STRING_BYTES, 2 },
};

static const char control[] =
    "local t = {} for w in ('b a c'):gmatch('%a') do t[#t + 1] = w end table.sort(t)\n"
    "return table.concat(t) .. select('#', pairs({})) .. #('x'):rep(1000)";
static const char control_result[] = "abc11000";

static void
every_limit_ends_the_run_where_it_is_reached(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    uint64_t steps;

    (void)state;
    chunk_run(lua, &chunk, control);
    steps = scl_lua_steps(lua);
    for (size_t i = 0; i < COUNT(kills); i++) {
        scl_lua_set_total(lua, UINT64_MAX);
        chunk_run(lua, &chunk, kills[i].text);
        check_number(chunk.outcome.kind, SCL_RUN_LIMIT, kills[i].where);
        check_number(chunk.outcome.limit, kills[i].limit, kills[i].where);
        check_number(chunk.outcome.line, kills[i].line, kills[i].where);
        check_text(chunk.outcome.chunk, "chunk", kills[i].where);
        if (kills[i].limit == SCANTLING_LIMIT_MEMORY) /* what is free may be in small pieces */
            assert_true(chunk.outcome.used > chunk.outcome.limit_value / 2);
        else
            assert_true(chunk.outcome.used > chunk.outcome.limit_value);
        check_text(chunk_run(lua, &chunk, control), control_result, kills[i].where);
        check_number(scl_lua_steps(lua), steps, kills[i].where);
    }
    scl_lua_free(lua);
}

static void
a_run_takes_the_same_steps_each_time(void **state)
{
    static const char *const texts[] = {
        control,
        "local n = 0 for i = 1, 1234 do n = n + i end return n",
        "local t = {} for i = 1, 300 do t['k' .. i] = i end for k in pairs(t) do end",
        "return (('ab'):rep(500)):gsub('a', '%0%0')",
        "error('x')",
    };
    struct scl_lua *first = chunk_state(NULL), *second = chunk_state(NULL);
    static struct chunk chunk;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        uint64_t steps;

        chunk_run(first, &chunk, texts[i]);
        steps = scl_lua_steps(first);
        assert_true(steps >= 100);
        chunk_run(first, &chunk, texts[i]);
        check_number(scl_lua_steps(first), steps, texts[i]);
        chunk_run(second, &chunk, "return 1");
        chunk_run(second, &chunk, texts[i]);
        check_number(scl_lua_steps(second), steps, texts[i]);
    }
    scl_lua_free(first);
    scl_lua_free(second);
}

static void
limits_can_be_set(void **state)
{
    static const struct {
        struct scl_lua_limits limits;
        const char *text;
        int32_t limit;
        uint64_t value;
    } rows[] = {
        { { .steps = 5000 }, "for i = 1, 5000 do end", SCANTLING_LIMIT_STEPS, 5000 },
        { { .total_steps = 3000 }, "for i = 1, 5000 do end", SCANTLING_LIMIT_TOTAL_STEPS, 3000 },
        { { .memory = 1000000 }, "local t = {} for i = 1, 1e6 do t[i] = i end",
          SCANTLING_LIMIT_MEMORY, 1000000 },
        { { .string_bytes = 1000 }, "return ('x'):rep(1001)", SCANTLING_LIMIT_STRING_BYTES, 1000 },
        { { .string_bytes = 1000 }, "local s = ('x'):rep(600) return s .. s",
          SCANTLING_LIMIT_STRING_BYTES, 1000 },
        { { .policy_bytes = 10 }, "return 1 + 1", SCANTLING_LIMIT_POLICY_BYTES, 10 },
    };
    static struct chunk chunk;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_lua *lua = chunk_state(&rows[i].limits);

        chunk_run(lua, &chunk, rows[i].text);
        check_number(chunk.outcome.kind, SCL_RUN_LIMIT, rows[i].text);
        check_number(chunk.outcome.limit, rows[i].limit, rows[i].text);
        check_number(chunk.outcome.limit_value, rows[i].value, rows[i].text);
        scl_lua_free(lua);
    }
}

static void
strings_up_to_the_limit_can_be_made(void **state)
{
    struct scl_lua_limits limits = { .string_bytes = 1000 };
    struct scl_lua *lua = chunk_state(&limits);
    static struct chunk chunk;

    (void)state;
    check_text(chunk_run(lua, &chunk, "return #('x'):rep(1000)"), "1000", "by a function");
    check_text(chunk_run(lua, &chunk, "local s = ('x'):rep(500) return #(s .. s)"), "1000",
               "by an instruction");
    check_text(chunk_run(lua, &chunk, "local s = ('x'):rep(500) return #(s .. s .. '1')"),
               "!makes a string over the limit of 1000 bytes (limit string_bytes)", "one more");
    scl_lua_free(lua);
}

static void
the_total_is_for_all_runs_together(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    uint64_t one;

    (void)state;
    chunk_run(lua, &chunk, "for i = 1, 1000 do end");
    one = scl_lua_steps(lua);
    scl_lua_set_total(lua, 2 * one + 50);
    chunk_run(lua, &chunk, "for i = 1, 1000 do end");
    chunk_run(lua, &chunk, "for i = 1, 1000 do end");
    check_number(chunk.outcome.kind, SCL_RUN_OK, "two fit");
    check_number(scl_lua_total(lua), 50, "what is left");
    chunk_run(lua, &chunk, "return 1");
    check_number(chunk.outcome.limit, SCANTLING_LIMIT_TOTAL_STEPS, "the third does not");
    check_number(scl_lua_total(lua), 0, "nothing is left");
    chunk_run(lua, &chunk, "return 1");
    check_number(chunk.outcome.limit, SCANTLING_LIMIT_TOTAL_STEPS, "nor does any other");
    scl_lua_free(lua);
}

static void
a_host_can_cancel(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    atomic_bool cancel;

    (void)state;
    atomic_init(&cancel, false);
    scl_lua_set_cancel(lua, &cancel);
    check_text(chunk_run(lua, &chunk, control), control_result, "not cancelled");
    atomic_store(&cancel, true);
    chunk_run(lua, &chunk, "while true do end");
    check_number(chunk.outcome.kind, SCL_RUN_CANCELLED, "cancelled");
    scl_lua_set_cancel(lua, NULL);
    check_text(chunk_run(lua, &chunk, control), control_result, "afterwards");
    scl_lua_free(lua);
}

/* A function of the layers above: ends the run as its argument says. */
static int
end_run(lua_State *L)
{
    switch (lua_tointeger(L, 1)) {
    case SCL_RUN_UNKNOWN:
        scl_end_unknown(L);
    case SCL_RUN_NOT_APPLICABLE:
        scl_end_not_applicable(L);
    case SCL_RUN_MEMORY:
        scl_end_memory(L);
    case SCL_RUN_LIMIT:
        scl_end_limit(L, SCANTLING_LIMIT_FINDINGS, 7, 8);
    default:
        scl_raise(L, "user is %s", (const char *)scl_lua_user(L));
    }
}

static void
add_function(lua_State *L, void *context)
{
    (void)context;
    lua_pushcfunction(L, end_run);
    scl_globals_set(L, "end_run");
}

static void
other_layers_end_runs_their_way(void **state)
{
    static const enum scl_outcome_kind kinds[] = { SCL_RUN_UNKNOWN, SCL_RUN_NOT_APPLICABLE,
                                                   SCL_RUN_MEMORY, SCL_RUN_LIMIT, SCL_RUN_ERROR };
    struct scl_lua_limits limits = { 0 };
    struct scl_lua *lua = scl_lua_new(&limits, NULL);
    static struct chunk chunk;
    char user[] = "known";

    (void)state;
    scl_lua_set_user(lua, user);
    check_number(scl_lua_run(lua, add_function, NULL, NULL), SCL_RUN_OK, "a global is added");
    assert_true(scl_lua_snapshot(lua, NULL));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char text[128];

        snprintf(text, sizeof text,
                 "local t = { 1, 2 }\ntable.sort(t, function()\nend_run(%d) end)", (int)kinds[i]);
        chunk_run(lua, &chunk, text);
        check_number(chunk.outcome.kind, kinds[i], text);
        if (kinds[i] != SCL_RUN_MEMORY)
            check_number(chunk.outcome.line, 3, text);
    }
    check_text(chunk.outcome.message, "user is known", "an error with its words");
    check_text(chunk_run(lua, &chunk, "return end_rum"),
               "!'end_rum' is not defined; did you mean 'end_run'?", "the global is known");
    scl_lua_free(lua);
}

/* Runs that share a value of the registry, as policies share the locals of their file. */
static void
keep_function(lua_State *L, void *context)
{
    scl_lua_compile(L, SCL_S("kept"), scl_str_c(context));
    lua_call(L, 0, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "kept");
}

static void
call_kept(lua_State *L, void *context)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "kept");
    lua_call(L, 0, 1);
    *(int64_t *)context = lua_tointeger(L, -1);
}

static void
restoring_undoes_what_runs_did(void **state)
{
    char text[] = "local n = 0 return function() n = n + 1 return n end";
    struct scl_lua_limits limits = { 0 };
    struct scl_lua *lua = scl_lua_new(&limits, NULL);
    static struct chunk chunk;
    int64_t n = 0;

    (void)state;
    assert_int_equal(scl_lua_run(lua, keep_function, text, NULL), SCL_RUN_OK);
    assert_true(scl_lua_snapshot(lua, NULL));
    for (int i = 1; i <= 3; i++)
        scl_lua_run(lua, call_kept, &n, NULL);
    check_number(n, 3, "within a document the locals keep their values");
    chunk_run(lua, &chunk, "error('x')");
    scl_lua_run(lua, call_kept, &n, NULL);
    check_number(n, 4, "an error leaves the state whole");
    scl_lua_restore(lua);
    scl_lua_run(lua, call_kept, &n, NULL);
    check_number(n, 1, "restored");
    chunk_run(lua, &chunk, "while true do end");
    scl_lua_run(lua, call_kept, &n, NULL);
    check_number(n, 1, "a kill puts it back");
    scl_lua_free(lua);
}

static void
long_strings_are_not_handed_on(void **state)
{
    char text[] = "local s, n = '', 0\n"
                  "return function() n = n + 1 s = s .. ('x'):rep(200000) return n end";
    struct scl_lua_limits limits = { 0 };
    struct scl_lua *lua = scl_lua_new(&limits, NULL);
    int64_t n = 0;

    (void)state;
    assert_int_equal(scl_lua_run(lua, keep_function, text, NULL), SCL_RUN_OK);
    assert_true(scl_lua_snapshot(lua, NULL));
    scl_lua_run(lua, call_kept, &n, NULL);
    scl_lua_run(lua, call_kept, &n, NULL);
    check_number(n, 1, "the state was put back between the runs");
    scl_lua_free(lua);
}

static void
without_a_snapshot_a_broken_state_stays_broken(void **state)
{
    struct scl_lua_limits limits = { .steps = 10000 };
    struct scl_lua *lua = scl_lua_new(&limits, NULL);
    scantling_error *error = NULL;
    static struct chunk chunk;

    (void)state;
    chunk_run(lua, &chunk, "while true do end");
    check_number(chunk.outcome.kind, SCL_RUN_LIMIT, "ended");
    check_text(chunk_run(lua, &chunk, "return 1"), "!the state was ended by a limit", "refused");
    assert_false(scl_lua_snapshot(lua, &error));
    scl_error_give(NULL, error);
    scl_lua_free(lua);
}

static void
too_little_memory_for_a_state_is_an_error(void **state)
{
    (void)state;
    for (uint64_t memory = 1; memory < 60000; memory += 977) {
        struct scl_lua_limits limits = { .memory = memory };
        scantling_error *error = NULL;
        struct scl_lua *lua = scl_lua_new(&limits, &error);

        if (!lua)
            assert_non_null(error);
        scl_error_give(NULL, error);
        scl_lua_free(lua);
    }
}

static void
the_locale_of_the_host_does_not_show(void **state)
{
    static const char *const names[] = { "de_DE.UTF-8", "de_DE.ISO-8859-1", "fr_FR.UTF-8", "C" };
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    const char *set = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(names) && !set; i++)
        set = setlocale(LC_ALL, names[i]);
    check_text(chunk_run(lua, &chunk,
                         "return 1.5, 2.5 .. '', ('%.2f'):format(0.5), tonumber('1.5'),"
                         " tonumber('1,5'), 'a' < 'B', ('\\xe9'):upper() == '\\xe9'"),
               "1.5|2.5|0.50|1.5|nil|false|true", set);
    assert_string_equal(setlocale(LC_ALL, NULL), set);
    setlocale(LC_ALL, "C");
    scl_lua_free(lua);
}

/* The stack that hosts are told to give to threads that judge. */
static void *
recurse(void *context)
{
    static const char *const texts[] = {
        "local function f(s) return (s:gsub('%w', f)) end return f('a')",
        "local function f() table.sort({ 2, 1 }, function(a, b) f() return a < b end) end f()",
        "local function f(n) return n + f(n + 1) end return f(1)",
        "return (('a'):rep(500)):match(('a?'):rep(500))",
    };
    static struct chunk chunk;
    struct scl_lua *lua = context;
    struct scl_text text;

    for (size_t i = 0; i < COUNT(texts); i++)
        if (scl_str_is(chunk_run(lua, &chunk, texts[i]), "1"))
            return lua;
    scl_text_init(&text);
    scl_text_c(&text, "return ");
    for (int i = 0; i < 1000; i++)
        scl_text_c(&text, "(function() return {");
    chunk_run_text(lua, &chunk, scl_text_str(&text));
    scl_text_finish(&text);
    return chunk.outcome.kind == SCL_RUN_ERROR ? NULL : lua;
}

static void
a_small_stack_is_enough(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    pthread_attr_t attributes;
    void *result = lua;
    pthread_t thread;

    (void)state;
    assert_int_equal(pthread_attr_init(&attributes), 0);
#ifndef __SANITIZE_ADDRESS__ /* whose frames are larger */
    assert_int_equal(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
#endif
    assert_int_equal(pthread_create(&thread, &attributes, recurse, lua), 0);
    pthread_join(thread, &result);
    pthread_attr_destroy(&attributes);
    assert_null(result);
    scl_lua_free(lua);
}

static void
limits_have_names_and_defaults(void **state)
{
    struct scl_lua_limits limits = { .findings = 5 };

    (void)state;
    limits = scl_lua_limits_fill(limits);
    check_number(limits.findings, 5, "what was set stays");
    check_number(limits.memory, 64 << 20, "memory");
    check_number(*scl_lua_limit(&limits, SCANTLING_LIMIT_STEPS), 10000000, "steps");
    assert_null(scl_lua_limit(&limits, SCANTLING_LIMIT_DEPTH));
    assert_string_equal(scl_lua_limit_name(SCANTLING_LIMIT_RESULT_BYTES), "result_bytes");
    assert_string_equal(scl_lua_limit_name(SCANTLING_LIMIT_DEPTH), "");
}

SUITE(
    CASE(every_limit_ends_the_run_where_it_is_reached),
    CASE(a_run_takes_the_same_steps_each_time),
    CASE(limits_can_be_set),
    CASE(strings_up_to_the_limit_can_be_made),
    CASE(the_total_is_for_all_runs_together),
    CASE(a_host_can_cancel),
    CASE(other_layers_end_runs_their_way),
    CASE(restoring_undoes_what_runs_did),
    CASE(long_strings_are_not_handed_on),
    CASE(without_a_snapshot_a_broken_state_stays_broken),
    CASE(too_little_memory_for_a_state_is_an_error),
    CASE(the_locale_of_the_host_does_not_show),
    CASE(a_small_stack_is_enough),
    CASE(limits_have_names_and_defaults))
