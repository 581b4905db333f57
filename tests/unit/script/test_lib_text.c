/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_text.c: text and glob
 */
#include "language.h"

static void
pieces_are_looked_for_at_the_start_the_end_and_anywhere(void **state)
{
    static const struct chunk_row rows[] = {
        { "return text.starts('abc', 'ab'), text.starts('abc', 'b'), text.starts('abc', '')",
          "true|false|true" },
        { "return text.ends('abc', 'bc'), text.ends('abc', 'ab'), text.ends('c', 'abc')",
          "true|false|false" },
        { "return text.has('abc', 'b'), text.has('abc', 'B'), text.has('', 'a')",
          "true|false|false" },
        { "return text.has('a%b', '%'), text.has('ab', '.')", "true|false" },
        { "return text.has('aXbXc', 'XbX'), text.has('aab', 'ab')", "true|true" },
        { "return text.starts('abc', { 'x', 'a' }), text.ends('abc', { 'x', 'y' })", "true|false" },
        { "return text.has('abc', {})", "false" },
        { "return text.starts(nil, 'a'), text.ends(nil, 'a'), text.has(nil, {})", "nil|nil|nil" },
        { "return text.starts(12, '1')", "true" },
        { "return text.has('a', nil)", "!text.has: second argument is nil, not a list" },
        { "return text.has('a', { true })",
          "!text.has: entry 1 of the list is true, not a string" },
        { "return text.has({}, 'a')", "!text.has: first argument is a table, not a string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
texts_are_trimmed_and_taken_apart(void **state)
{
    static const struct chunk_row rows[] = {
        { "return '<' .. text.trim(' \\t a b\\n') .. '>', '<' .. text.trim('') .. '>'",
          "<a b>|<>" },
        { "return table.concat(text.lines('a\\nb\\n'), ','), #text.lines('a\\n\\nb')", "a,b|3" },
        { "return #text.lines(''), #text.lines('\\n'), #text.lines('\\n\\n')", "1|1|2" },
        { "return table.concat(text.split('a,b,,c', ','), ';')", "a;b;;c" },
        { "return table.concat(text.split('a--b-c', '--'), ';')", "a;b-c" },
        { "return #text.split('', ','), #text.split(',', ',')", "1|2" },
        { "return table.concat(text.split('a.b', '.'), ';')", "a;b" },
        { "return text.trim(nil), text.lines(nil), text.split(nil, ','), text.words(nil)",
          "nil|nil|nil|nil" },
        { "return text.split('a', '')", "!text.split: the separator is empty" },
        { "return text.split('a')", "!text.split: second argument is missing, not a string" },
        { "return table.concat(text.words('dbPassword'), ' ')", "db password" },
        { "return table.concat(text.words('AWS_SECRET-key.ID'), ' ')", "aws secret key id" },
        { "return table.concat(text.words('APIKey'), ' ')", "api key" },
        { "return #text.words('__')", "0" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
globs_are_anchored_and_say_what_fits(void **state)
{
    static const struct chunk_row rows[] = {
        { "return glob.match('node:*', 'node:22'), glob.match('node', 'node:22')", "true|false" },
        { "return glob.match('*', 'a/b'), glob.match('**', 'a/b')", "false|true" },
        { "return glob.any({ 'a*', 'b*' }, 'bc')", "b*" },
        { "return glob.any({ 'a*', 'b*' }, 'c'), glob.any({}, 'c')", "nil|nil" },
        { "return glob.match(nil, 'a'), glob.match('a', nil), glob.any(nil, 'a'), "
          "glob.any({ 'a' }, nil)",
          "nil|nil|nil|nil" },
        { "return glob.any('a', 'a')", "!glob.any: first argument is a string, not a list" },
        { "return glob.match('*a*a*a*a*a*a*a', ('a'):rep(200) .. 'b')",
          "!glob: the pattern '*a*a*a*a*a*a*a' is too complex" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

/* What is asked about is charged, so that no text is searched for free. */
static void
searching_ends_at_the_limit_of_steps(void **state)
{
    static const char *const chunks[] = {
        "local s, p = ('a'):rep(1000000), ('a'):rep(500000) .. 'b' text.has(s, p)",
        "local s, p = ('a'):rep(1000000), ('a'):rep(500000) .. 'b' text.split(s, p)",
        "local s = ('a'):rep(900000) while true do text.starts(s, { s }) end",
        "local s = ('a'):rep(900000) while true do text.trim(s) end",
        "local s = ('a'):rep(900000) while true do text.words(s) end",
        "while true do glob.match('a*', 'abc') end",
        "while true do glob.any({ 'a*' }, 'abc') end",
    };
    struct language *language = language_new(*state);

    for (size_t i = 0; i < COUNT(chunks); i++) {
        chunk_run(language->lua, &language->chunk, chunks[i]);
        check_number(language->chunk.outcome.limit, SCANTLING_LIMIT_STEPS, chunks[i]);
    }
    language_free(language);
}

/* Looking ahead to the end of a brace or set is paid for: these would take hours. */
static void
what_a_pattern_never_closes_is_no_way_around_the_limit(void **state)
{
    static const char *const chunks[] = {
        "local s = ('{'):rep(500000) glob.match(s, s)",
        "local s = ('['):rep(500000) glob.match(s, s)",
        "local s = ('{a,'):rep(100000) glob.match(s, s)",
    };
    struct language *language = language_new(*state);

    for (size_t i = 0; i < COUNT(chunks); i++) {
        struct scl_str said = chunk_run(language->lua, &language->chunk, chunks[i]);

        assert_true(scl_str_starts(said, SCL_S("!glob: the pattern '")));
    }
    language_free(language);
}

SUITE(
    CASE(pieces_are_looked_for_at_the_start_the_end_and_anywhere),
    CASE(texts_are_trimmed_and_taken_apart),
    CASE(globs_are_anchored_and_say_what_fits),
    CASE(searching_ends_at_the_limit_of_steps),
    CASE(what_a_pattern_never_closes_is_no_way_around_the_limit))
