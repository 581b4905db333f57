/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_secrets.c: secrets
 */
#include "language.h"

/* In two pieces, so that no scanner takes this file for a leak. */
#define TOKEN "ghp_" "0123456789abcdefghijABCDEFGHIJ012345"
#define KEY_ID "AKIA" "IOSFODNN7ABCDEFG"

static void
check_rows(struct scl_arena *arena, const struct chunk_row *rows, size_t count)
{
    struct language *language = language_new(arena);

    language->run.secrets = scl_secrets_new(arena, scl_facts_builtin(), NULL);
    assert_non_null(language->run.secrets);
    for (size_t i = 0; i < count; i++)
        check_text(chunk_run(language->lua, &language->chunk, rows[i].text), rows[i].expected,
                   rows[i].text);
    language_free(language);
}

static void
names_are_secret_by_their_words(void **state)
{
    static const struct chunk_row rows[] = {
        { "return secrets.is_name('DB_PASSWORD'), secrets.is_name('dbPassword')", "true|true" },
        { "return secrets.is_name('PATH'), secrets.is_name('COMPASS'), secrets.is_name('')",
          "false|false|false" },
        { "return secrets.is_name('DB_PASSWORD', 'hunter2secret'), "
          "secrets.is_name('DB_PASSWORD', '${DB}')",
          "true|false" },
        { "return secrets.is_name(nil)", "nil" },
        { "return secrets.is_name({})",
          "!secrets.is_name: first argument is a table, not a string" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
files_and_placeholders_are_told(void **state)
{
    static const struct chunk_row rows[] = {
        { "return secrets.is_file('/root/.ssh/id_rsa'), secrets.is_file('/etc/hosts')",
          "true|false" },
        { "return secrets.is_file('.env'), secrets.is_file(nil)", "true|nil" },
        { "return secrets.is_placeholder(''), secrets.is_placeholder('${X}'), "
          "secrets.is_placeholder('true'), secrets.is_placeholder('<password>')",
          "true|true|true|true" },
        { "return secrets.is_placeholder('hunter2secret'), secrets.is_placeholder(nil)",
          "false|nil" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
tokens_are_found_and_never_shown(void **state)
{
    static const struct chunk_row rows[] = {
        { "local h = secrets.scan('x " TOKEN " y') return #h, h[1].masked, h[1].severity",
          "1|********|critical" },
        { "local h = secrets.scan('" TOKEN " " KEY_ID "') return #h", "2" },
        { "return type(secrets.scan('" TOKEN "')[1].kind), secrets.scan('" TOKEN "')[1].provider",
          "string|GitHub" },
        { "return #secrets.scan('nothing here'), #secrets.scan(''), secrets.scan(nil)", "0|0|nil" },
        { "return tostring(secrets.scan('" TOKEN "')[1])", "a hit" },
        { "return secrets.scan('" TOKEN "')[1].text",
          "!a hit has no 'text'; it has kind, provider, severity and masked" },
        { "secrets.scan('" TOKEN "')[1].kind = 'x'", "!a hit cannot be written to" },
        { "return secrets.scan({})", "!secrets.scan: first argument is a table, not a string" },
        { "return where(secrets.scan('" TOKEN "')[1])",
          "!where: first argument is a hit, not a place" },
    };

    check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(names_are_secret_by_their_words),
    CASE(files_and_placeholders_are_told),
    CASE(tokens_are_found_and_never_shown))
