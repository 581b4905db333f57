/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_outcome.c: messages and places of what went wrong
 */
#include "chunk.h"

struct row {
    const char *text, *message;
    uint32_t line;
};

static void
check_outcomes(const struct row *rows, size_t count)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;

    for (size_t i = 0; i < count; i++) {
        chunk_run(lua, &chunk, rows[i].text);
        check_number(chunk.outcome.kind, SCL_RUN_ERROR, rows[i].text);
        check_text(chunk.outcome.message, rows[i].message, rows[i].text);
        check_text(chunk.outcome.chunk, "chunk", rows[i].text);
        check_number(chunk.outcome.line, rows[i].line, rows[i].text);
    }
    scl_lua_free(lua);
}

static void
what_lua_raises_is_said_in_our_words(void **state)
{
    static const struct row rows[] = {
        { "local x\n\nreturn x.y", "indexes nil: local 'x'", 3 },
        { "local t = {}\nreturn t.a.b", "indexes nil: field 'a'", 2 },
        { "local t = {}\nreturn t.a.b.c", "indexes nil: field 'a'", 2 },
        { "local x = 5\nx.y = 1", "indexes a number: local 'x'", 2 },
        { "local t = {}\nt.run()", "calls nil: field 'run'", 2 },
        { "local f = 'x'\nf()", "calls a string: local 'f'", 2 },
        { "local s = 'x'\nreturn s:uper()", "string has no 'uper'; did you mean 'upper'?", 2 },
        { "local n\nreturn n + 1", "computes with nil: local 'n'", 2 },
        { "return {} * 2", "computes with a table", 1 },
        { "return 1 & 'x'", "computes bits of a string: constant 'x'", 1 },
        { "return 1 & 1.5", "number has no integer representation", 1 },
        { "local n\nreturn 'a' .. n", "concatenates nil: local 'n'", 2 },
        { "local n\nreturn #n", "takes the length of nil: local 'n'", 2 },
        { "return nil < 1", "compares nil with a number; write `or 0`, or test for nil", 1 },
        { "return 1 < 'x'", "compares a number with a string", 1 },
        { "return {} < {}", "compares two table values", 1 },
        { "return nil < nil", "compares two nil values", 1 },
        { "return 1 // 0", "divides by zero", 1 },
        { "return 1 % 0", "takes the remainder of a division by zero", 1 },
        { "for i = 1, 10, 0 do end", "'for' step is zero", 1 },
        { "local t = {}\nt[nil] = 1", "table index is nil", 2 },
        { "local function f(s)\nreturn (s:gsub('.', f)) end\nreturn f('x')",
          "calls nest too deeply (stack overflow)", 2 },
        { "local function s()\nlocal t = { 3, 2, 1 } table.sort(t, function(a, b) s() return a < b"
          " end) end s()",
          "calls nest too deeply (stack overflow)", 2 },
    };

    (void)state;
    check_outcomes(rows, COUNT(rows));
}

static void
errors_of_policies_keep_their_words(void **state)
{
    static const struct row rows[] = {
        { "\nerror('chunk:7: mine')", "chunk:7: mine", 2 },
        { "local function need(x)\nif not x then error('no x', 2) end end\n\nneed(nil)", "no x",
          4 },
        { "local function need(x)\nif not x then error('no x') end end\n\nneed(nil)", "no x", 2 },
        { "error('a\\nb\\27[0m')", "a\nb\033[0m", 1 },
        { "error('')", "raises an error without a message", 1 },
        { "error('\\0\\0x')", "raises an error without a message", 1 },
        { "error('a\\0b')", "a", 1 },
    };

    (void)state;
    check_outcomes(rows, COUNT(rows));
}

static void
syntax_errors_have_their_line_and_word(void **state)
{
    static const struct {
        const char *text, *message, *quoted;
        uint32_t line;
    } rows[] = {
        { "return {\n  a = 1\n  subjects = 2 }",
          "'}' expected (to close '{' at line 1) near 'subjects'", "subjects", 3 },
        { "local x = = 1", "unexpected symbol near '='", "=", 1 },
        { "if true then", "'end' expected near <eof>", "", 1 },
        { "\n\nreturn 'abc\n", "unfinished string near ''abc'", "'abc", 3 },
        { "local x <const> = 1\nx = 2", "attempt to assign to const variable 'x'", "", 2 },
        { "return 0x", "malformed number near '0x'", "0x", 1 },
        { "return x near 'near '", "<eof> expected near 'near'", "near", 1 },
    };
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        chunk_run(lua, &chunk, rows[i].text);
        check_number(chunk.outcome.kind, SCL_RUN_ERROR, rows[i].text);
        check_text(chunk.outcome.message, rows[i].message, rows[i].text);
        check_text(chunk.outcome.quoted, rows[i].quoted, rows[i].text);
        check_number(chunk.outcome.line, rows[i].line, rows[i].text);
    }
    scl_lua_free(lua);
}

struct named {
    const char *name, *text;
};

static void
run_named(lua_State *L, void *context)
{
    const struct named *named = context;

    scl_lua_compile(L, scl_str_c(named->name), scl_str_c(named->text));
    lua_call(L, 0, 0);
}

static void
names_of_chunks_stay_whole(void **state)
{
    static const char *const names[] = {
        "a.lua",
        "",
        "odd:12: name.lua",
        "policies/a-folder-with-a-long-name/and-one-more/below-it/no-latest-tag-anywhere.lua",
    };
    struct scl_lua *lua = chunk_state(NULL);
    static struct scl_outcome outcome;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct named syntax = { names[i], "\nreturn return" };
        struct named running = { names[i], "\n\nlocal x return x.y" };

        scl_lua_run(lua, run_named, &syntax, &outcome);
        check_text(outcome.chunk, names[i], "syntax");
        check_text(outcome.message, "unexpected symbol near 'return'", names[i]);
        check_number(outcome.line, 2, names[i]);
        scl_lua_run(lua, run_named, &running, &outcome);
        check_text(outcome.chunk, names[i], "running");
        check_text(outcome.message, "indexes nil: local 'x'", names[i]);
        check_number(outcome.line, 3, names[i]);
    }
    scl_lua_free(lua);
}

static void
messages_are_cut_between_characters(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    static struct scl_outcome copy;

    (void)state;
    chunk_run(lua, &chunk, "error('x' .. ('\\u{20AC}'):rep(5000))");
    check_number(chunk.outcome.message.len, 4096, "1 and 3 times 1365");
    chunk_run(lua, &chunk, "error('xy' .. ('\\u{20AC}'):rep(5000))");
    check_number(chunk.outcome.message.len, 4094, "2 and 3 times 1364");
    scl_outcome_copy(&copy, &chunk.outcome);
    chunk_run(lua, &chunk, "return 1");
    check_number(copy.message.len, 4094, "a copy stands alone");
    assert_memory_equal(copy.message.at, "xy\xe2\x82\xac", 5);
    assert_true(copy.message.at == copy.message_bytes);
    scl_lua_free(lua);
}

SUITE(
    CASE(what_lua_raises_is_said_in_our_words),
    CASE(errors_of_policies_keep_their_words),
    CASE(syntax_errors_have_their_line_and_word),
    CASE(names_of_chunks_stay_whole),
    CASE(messages_are_cut_between_characters))
