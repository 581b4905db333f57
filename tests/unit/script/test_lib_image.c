/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_image.c: image and path
 */
#include "language.h"

#define PARSED(text) \
    "local r = image.parse('" text "') " \
    "return r.registry, r.repository, r.tag, r.digest, r.name, r.pin"
#define DIGEST "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
references_are_taken_apart(void **state)
{
    static const struct chunk_row rows[] = {
        { PARSED("debian:12"), "docker.io|library/debian|12|nil|docker.io/library/debian|tag" },
        { PARSED("debian"), "docker.io|library/debian|nil|nil|docker.io/library/debian|untagged" },
        { PARSED("ghcr.io/a/b:latest"), "ghcr.io|a/b|latest|nil|ghcr.io/a/b|latest" },
        { PARSED("localhost:5000/a"), "localhost:5000|a|nil|nil|localhost:5000/a|untagged" },
        { PARSED("a@" DIGEST), "docker.io|library/a|nil|" DIGEST "|docker.io/library/a|digest" },
        { "return image.parse(nil)", "nil" },
        { "local r, why = image.parse('A:1') return r, type(why)", "nil|string" },
        { "local r, why = image.parse('') return r, type(why)", "nil|string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
references_fit_globs_of_names_and_tags(void **state)
{
    static const struct chunk_row rows[] = {
        { "return image.match('node:*-slim', 'node:22-slim'), image.match('node:*-slim', "
          "'node:22')",
          "true|false" },
        { "return image.match('node', 'docker.io/library/node:22'), image.match('node', 'a/node')",
          "true|false" },
        { "return image.match('ghcr.io/**', 'ghcr.io/a/b'), image.match('ghcr.io/*', "
          "'ghcr.io/a/b')",
          "true|false" },
        { "return image.match(nil, 'a'), image.match('a', nil), image.match('a', '')",
          "nil|nil|nil" },
        { "return image.match('a', {})", "!image.match: second argument is a table, not a string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
paths_are_cleaned_joined_and_compared(void **state)
{
    static const struct chunk_row rows[] = {
        { "return path.clean('/a/../b//c/.'), path.clean(''), path.clean('a/../..')", "/b/c|.|.." },
        { "return path.join('/a', 'b'), path.join('/a', '/b'), path.join('', 'b')", "/a/b|/b|b" },
        { "return path.join('/a', 'b', 'c/../d'), path.join('/a', '/b', 'c')", "/a/b/d|/b/c" },
        { "return path.dir('/a/b'), path.base('/a/b'), path.base('/')", "/a|b|/" },
        { "return path.covers('/run', '/run/docker.sock'), path.covers('/run', '/runner')",
          "true|false" },
        { "return path.covers('/var/run', '/run/docker.sock'), path.covers('/', '/etc')",
          "true|true" },
        { "return path.clean(nil), path.join(nil, 'a'), path.join('a', nil), path.dir(nil), "
          "path.base(nil), path.covers(nil, 'a'), path.covers('a', nil)",
          "nil|nil|nil|nil|nil|nil|nil" },
        { "return path.join('a', 'b', nil)", "nil" },
        { "return path.join({}, 'a')", "!path.join: first argument is a table, not a string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
the_most_specific_row_speaks_of_a_path(void **state)
{
    static const struct chunk_row rows[] = {
        { "return path.lookup(facts.sensitive_mounts, '/').path", "/" },
        { "return path.lookup(facts.sensitive_mounts, '/etc/shadow').severity_rw ~= nil", "true" },
        { "return path.lookup(facts.sensitive_mounts, '/nowhere/at/all')", "nil" },
        { "return path.lookup(facts.sensitive_mounts, nil)", "nil" },
        { "return path.lookup({}, '/')",
          "!path.lookup: first argument is a table, not a table of facts" },
        { "return path.lookup(nil, '/')",
          "!path.lookup: first argument is nil, not a table of facts" },
        { "return path.lookup(facts.capabilities, '/')",
          "!path.lookup: facts.capabilities has no column 'path'" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

/* What is made outside the Lua heap counts as well: either limit ends what never ends. */
static void
comparing_ends_at_a_limit(void **state)
{
    static const struct { const char *chunk; int32_t limit; } rows[] = {
        { "local s = ('a/'):rep(400000) while true do path.clean(s) end", SCANTLING_LIMIT_MEMORY },
        { "local s = ('a/'):rep(200000) while true do path.join(s, s) end",
          SCANTLING_LIMIT_MEMORY },
        { "while true do caps.name('aaaaaaaaaaaaaaaa') end", SCANTLING_LIMIT_STEPS },
        { "local s = ('a/'):rep(400000) while true do path.covers(s, s) end",
          SCANTLING_LIMIT_STEPS },
        { "local s = ('a'):rep(900000) while true do image.parse(s) end",
          SCANTLING_LIMIT_MEMORY },
        { "local s = ('*a'):rep(40) while true do image.match(s, ('a'):rep(100)) end",
          SCANTLING_LIMIT_STEPS },
        { "while true do path.lookup(facts.sensitive_mounts, '/a') end", SCANTLING_LIMIT_STEPS },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_arena scratch;
        struct language *language;

        scl_arena_init(&scratch);
        language = language_new(&scratch);
        chunk_run(language->lua, &language->chunk, rows[i].chunk);
        check_number(language->chunk.outcome.limit, rows[i].limit, rows[i].chunk);
        assert_true(scratch.used < 80 << 20);
        language_free(language);
        scl_arena_finish(&scratch);
    }
    (void)state;
}

SUITE(
    CASE(references_are_taken_apart),
    CASE(references_fit_globs_of_names_and_tags),
    CASE(paths_are_cleaned_joined_and_compared),
    CASE(the_most_specific_row_speaks_of_a_path),
    CASE(comparing_ends_at_a_limit))
