/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_compile.c: texts that cost the parser more than they say
 */
#include "chunk.h"

#include "script/parse_cost.h"

static void
repeat(struct scl_text *text, const char *piece, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        scl_text_c(text, piece);
}

/* How a text that is made of pieces ends; the builder is emptied. */
static enum scl_outcome_kind
end_of(struct scl_lua *lua, struct chunk *chunk, struct scl_text *text)
{
    chunk_run_text(lua, chunk, scl_text_str(text));
    scl_text_clear(text);
    return chunk->outcome.kind;
}

static void
what_is_no_text_is_refused(void **state)
{
    static const char bytecode[] = "\033LuaT\0\031\223\r\n\032\n";
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;

    (void)state;
    check_text(chunk_run_text(lua, &chunk, scl_str_n(bytecode, sizeof bytecode)),
               "!is a compiled chunk, not a text", "bytecode");
    check_number(chunk.outcome.line, 1, "bytecode");
    check_text(chunk_run(lua, &chunk, "\xef\xbb\xbfreturn 1"), "1", "a byte-order mark in front");
    check_text(chunk_run(lua, &chunk, "return\xef\xbb\xbf 1"),
               "!unexpected symbol near '<\\239>'", "and inside");
    check_text(chunk_run_text(lua, &chunk, SCL_S("return 1\0")),
               "!<eof> expected", "a NUL");
    check_text(chunk_run(lua, &chunk, ""), "", "nothing");
    scl_lua_free(lua);
}

static void
names_among_many_variables_are_stopped_by_steps(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    struct scl_text text;
    static struct chunk chunk;

    (void)state;
    scl_text_init(&text);
    for (int level = 0; level < 40; level++) {
        scl_text_c(&text, "local function f()\nlocal v");
        for (int i = 0; i < 190; i++)
            scl_text_f(&text, ",v%d", i);
        scl_text_c(&text, "\n");
    }
    repeat(&text, "g=g\n", 40000);
    repeat(&text, "end ", 40);
    check_number(end_of(lua, &chunk, &text), SCL_RUN_LIMIT, "nested functions");
    check_number(chunk.outcome.limit, SCANTLING_LIMIT_STEPS, "nested functions");
    assert_true(chunk.outcome.line > 80);
    scl_text_finish(&text);
    scl_lua_free(lua);
}

static void
lists_of_jumps_are_stopped_by_steps(void **state)
{
    static const struct {
        const char *front, *piece, *end;
    } rows[] = {
        { "local a if a then ", "elseif a then ", "end" },
        { "local a return a", " and a", "" },
        { "local a return a", " or a", "" },
        { "while true do ", "do break end ", "end" },
        { "do ", "goto x ", "end ::x::" },
    };
    struct scl_lua *lua = chunk_state(NULL);
    struct scl_text text;
    static struct chunk chunk;

    (void)state;
    scl_text_init(&text);
    for (size_t i = 0; i < COUNT(rows); i++) {
        scl_text_c(&text, rows[i].front);
        repeat(&text, rows[i].piece, 18000);
        scl_text_c(&text, rows[i].end);
        check_number(end_of(lua, &chunk, &text), SCL_RUN_LIMIT, rows[i].piece);
        check_number(chunk.outcome.limit, SCANTLING_LIMIT_STEPS, rows[i].piece);
    }
    scl_text_finish(&text);
    scl_lua_free(lua);
}

/* What an author may write: 200 KB of it must load within a tenth of the steps. */
static void
honest_texts_are_cheap(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    struct scl_text text;
    static struct chunk chunk;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, "local list = {}\n");
    for (int i = 0; i < 1500; i++)
        scl_text_f(&text,
                   "list[%d] = { name = \"package-%d\", [\"x-y\"] = true, tags = { 'a', 'b' },"
                   " danger = nil or false }\n",
                   i + 1, i);
    for (int i = 0; i < 180; i++)
        scl_text_f(&text,
                   "local function check_%d(node, report)\n"
                   "  local user = node.user\n"
                   "  if not user or user.name == nil and user.uid ~= 0 then return end\n"
                   "  for _, mount in ipairs(node.mounts) do\n"
                   "    if mount.source == '/' then report(mount, 'is %%s', mount.source) end\n"
                   "  end\nend\n",
                   i);
    scl_text_c(&text, "return #list");
    assert_true(text.len > 150000 && text.len < 256 * 1024);
    check_text(chunk_run_text(lua, &chunk, scl_text_str(&text)), "1500", "it runs");
    assert_true(scl_lua_steps(lua) < 1000000);
    scl_text_finish(&text);
    scl_lua_free(lua);
}

static void
indexing_in_a_long_row_is_refused(void **state)
{
    static const struct {
        const char *front, *piece, *end;
        unsigned count;
        bool is_refused;
    } rows[] = {
        { "local b return b", ".x", "", 5000, true },
        { "local b return b", "[b.x.x.x.x]", "", 1000, true },
        { "local b return b", ".x[1]", "", 1000, true },
        { "local b return b", " --[==[ ]] ]==] . x", "", 5000, true },
        { "local b return ((b", ".x", ").x.x).x", 399, true },
        { "local b = {} ", "b = b.x ", "", 5000, false },
        { "local b = ''\n", "b = b .. '.x.x.x.x.x'\n", "", 500, false },
        { "local b = {", "['k'] = 1.5, ", "}", 5000, false },
        { "local b = ''\n", "b = #b == 0 and b:lower().len(b) or b\n", "", 700, false },
        { "local s = string\n", "s.len('')\n", "", 3000, false },
        { "local t = { 1, { 2 } }\n", "t[2][1] = t[1]\n", "", 3000, false },
        { "local n = 0\n", "n = n + 1.5 -- a.b.c.d\n", "", 3000, false },
    };
    struct scl_lua *lua = chunk_state(NULL);
    struct scl_text text;
    static struct chunk chunk;

    (void)state;
    scl_text_init(&text);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool is_refused;

        scl_text_c(&text, rows[i].front);
        repeat(&text, rows[i].piece, rows[i].count);
        scl_text_c(&text, rows[i].end);
        end_of(lua, &chunk, &text);
        is_refused = scl_str_is(chunk.outcome.message,
                                "an expression indexes more than 400 times in a row");
        check_number(is_refused, rows[i].is_refused, rows[i].piece);
    }
    scl_text_finish(&text);
    scl_lua_free(lua);
}

/* The cost of a text does not depend on where its slices end. */
static void
slices_may_end_anywhere(void **state)
{
    static const char text[] =
        "local a, b <const>, c = 1, 'x\\'y', \"a.b\" -- note\n--[==[ long ]=] ]==]\n"
        "function a.b.c:d(e, f, ...) goto done return a[b[1]][ [[x]] ] .. ... end ::done::\n"
        "for i, v in pairs{ x = 0x1p-4, [1] = .5, y = 3. } do if a and b or not c then break "
        "elseif c then end end";
    struct scl_parse_cost whole, sliced;

    (void)state;
    scl_parse_cost_init(&whole);
    scl_parse_cost_feed(&whole, scl_str_c(text));
    for (size_t size = 1; size < 9; size++) {
        scl_parse_cost_init(&sliced);
        for (size_t at = 0; at < sizeof text - 1; at += size)
            scl_parse_cost_feed(&sliced, scl_str_sub(scl_str_c(text), at, size));
        check_number(sliced.variables, whole.variables, "variables");
        check_number(sliced.jumps, whole.jumps, "jumps");
        check_number(sliced.line, whole.line, "lines");
        check_number(sliced.state, whole.state, "state");
    }
    check_number(whole.variables, 3 + 1 + 2 + 6 + 3 + 2, "names declared, and Lua's own");
    check_number(whole.jumps, 1 + 2 + 2 + 1 + 1, "goto, label twice, and, or, break, elseif");
    check_number(whole.line, 4, "lines");
}

SUITE(
    CASE(what_is_no_text_is_refused),
    CASE(names_among_many_variables_are_stopped_by_steps),
    CASE(lists_of_jumps_are_stopped_by_steps),
    CASE(honest_texts_are_cheap),
    CASE(indexing_in_a_long_row_is_refused),
    CASE(slices_may_end_anywhere))
