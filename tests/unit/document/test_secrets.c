/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_secrets.c: names, values, files and tokens that are secrets
 *
 * Tokens are made here from the table itself, so that no text of this file looks like one.
 */
#include "../test.h"

#include "document/secrets.h"

static const struct scl_secrets *
built_in(void **state)
{
    const struct scl_secrets *secrets = scl_secrets_new(*state, scl_facts_builtin(), NULL);

    assert_non_null(secrets);
    return secrets;
}

/* ---- names ---- */

static void
names_are_cut_into_words(void **state)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
        { "DB_PASSWORD", "DB PASSWORD" },
        { "dbPassword", "db Password" },
        { "APIKey", "API Key" },
        { "myAPIKey2", "my API Key2" },
        { "oauth2Token", "oauth2 Token" },
        { "SHA256SUM", "SHA256SUM" },
        { "a.b-c_d", "a b c d" },
        { "__x__", "x" },
        { "password", "password" },
        { "ABc", "A Bc" },
        { "", "" },
        { "_.-", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str rest = scl_str_c(rows[i].name), word;
        char words[100] = "";

        while (scl_secrets_word(&rest, &word))
            snprintf(words + strlen(words), sizeof words - strlen(words), "%s%.*s",
                     *words ? " " : "", SCL_ARG(word));
        check_text(scl_str_c(words), rows[i].words, rows[i].name);
    }
}

static void
names_of_secrets_are_known_by_their_words(void **state)
{
    static const struct {
        const char *name, *row; /* "": no secret */
    } rows[] = {
        { "DB_PASSWORD", "password" },
        { "db.password", "password" },
        { "dbPassword", "password" },
        { "PASSWORD", "password" },
        { "github_token", "GITHUB_TOKEN" },
        { "MY_GITHUB_TOKEN", "token" },
        { "API_KEY", "api_key" },
        { "apiKey", "api_key" },
        { "STRIPE_API_KEY", "STRIPE_API_KEY" },
        { "SSH_KEY", "key" },
        { "PRIMARY_KEY_COLUMNS", "key" },
        { "SENTRY_DSN", "dsn" },
        { "DATABASE_URL", "database_url" },
        { "MY_CONNECTION_STRING", "connection_string" },
        { "PGPWD", "" },
        { "DB_PWD", "pwd" },
        { "PWD", "" },
        { "OLDPWD", "" },
        { "COMPASS", "" },
        { "BYPASS_CACHE", "" },
        { "KEYBOARD", "" },
        { "MONKEY", "" },
        { "KEYBOARD_PASSWORD", "" }, /* the row of keyboard comes first */
        { "PUBLIC_KEY", "" },
        { "GPG_KEY", "" },
        { "GPG_KEYS", "" },
        { "POSTGRES_PASSWORD_FILE", "" },
        { "TOKEN_URL", "" },
        { "TOKEN_TTL", "" },
        { "AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID" },
        { "MY_KEY_ID", "" },
        { "SECRET_VERSION_KEY", "" },
        { "SSH_AUTH_SOCK", "" },
        { "XDG_SECRET", "" },
        { "VITE_API_KEY", "api_key" },
        { "VITE_PUBLIC_API_KEY", "" },
        { "vite_token", "token" },
        { "VITE_VITE_TOKEN", "token" },
        { "REACT_APP_TITLE", "" },
        { "MAX_TOKENS", "tokens" },
        { "", "" },
        { "_", "" },
    };
    const struct scl_secrets *secrets = built_in(state);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scl_secret_name *row = scl_secrets_name(secrets, scl_str_c(rows[i].name));

        check_text(row ? row->name : SCL_S(""), rows[i].row, rows[i].name);
        check_number(scl_secrets_is_name(secrets, scl_str_c(rows[i].name)), row != NULL,
                     rows[i].name);
    }
    assert_int_equal(scl_secrets_name(secrets, SCL_S("AUTH"))->severity,
                     SCANTLING_SEVERITY_MEDIUM);
}

static void
values_are_asked_where_the_name_alone_is_weak(void **state)
{
    static const struct {
        const char *name, *value;
        bool fits;
    } rows[] = {
        { "DB_PASSWORD", "hunter2", true },
        { "DB_PASSWORD", " ", false },
        { "DB_PASSWORD", "${DB_PASSWORD}", false },
        { "GOOGLE_APPLICATION_CREDENTIALS", "/credentials/storage-service.json", false },
        { "TLS_PRIVATE_KEY", "/etc/app/tls.key", false },
        { "DB_PASSWORD", "/hunter2.abc", true },
        { "DB_PASSWORD", "/Hk3+9/x.abc", true },
        { "DB_PASSWORD", "/Hk39/xabc4d2b", true },
        { "DB_PASSWORD", "/Hk39/.abc", true },
        { "DB_PASSWORD", "/Hk39/x.", true },
        { "SENTRY_DSN", "https://o1.ingest.example/5", false },
        { "SENTRY_DSN", "https://key:topsecret@o1.ingest.example/5", true },
        { "DATABASE_URL", "postgres://app@db/x", false },
        { "DATABASE_URL", "postgres://app:${PW}@db/x", false },
        { "DATABASE_URL", "postgres://app:tiger-9@db/x", true },
        { "X_CONNECTION_STRING", "Server=db;User Id=sa;Password=Tr0ub4dor;", true },
        { "X_CONNECTION_STRING", "Server=db;Integrated Security=true", false },
        { "X_CONNECTION_STRING", "Server=db; pwd = ${PW}", false },
        { "MAX_TOKENS", "4096", false },
        { "MAX_TOKENS", "abc4096", true },
        { "CACHE_KEY", "node-modules-v1-linux", false },
        { "CACHE_KEY", "node-modules-v1-linux-X64", false },
        { "SSH_KEY", "/run/secrets/ssh_key_1", false },
        { "SORT_KEY", "createdAt", false },
        { "MASTER_KEY", "9f86d081884c7d65", true },
        { "MASTER_KEY", "Zk3vQ9xLw2Tn8RbY5mHc", true },
        { "MASTER_KEY", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", true },
        { "AUTH", "required", false },
        { "AUTH", "scram-sha-256", false },
        { "AUTH", "https://login.example", false },
        { "AUTH", "/etc/auth/users.conf", false },
        { "AUTH", "client-certificate", false },
        { "AUTH", "dXNlcjpodW50ZXIy", true },
        { "AUTH", "abc123", false },
    };
    const struct scl_secrets *secrets = built_in(state);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scl_secret_name *row = scl_secrets_name(secrets, scl_str_c(rows[i].name));

        assert_non_null(row);
        check_number(scl_secrets_value_fits(row, scl_str_c(rows[i].value)), rows[i].fits,
                     rows[i].value);
    }
}

static void
placeholders_are_told_from_values(void **state)
{
    static const char *const placeholders[] = {
        "",       "  ",        "${X}",      "$X",           "${X:-}",    "${X:?not set}",
        "${X-}",  "${X:-${Y}}", "${X:-true}", "$(cat /run/x)", "{{ .pw }}", "<password>",
        "%TOKEN%", "true",      "No",        "null",         "none",      "1",
        "999",    "xxxxxxxx",  "***",       "...",          " ${X} ",    "-1",
    };
    static const char *const values[] = {
        "hunter2",      "${X:-hunter2}", "${X}suffix",  "a${X}",     "$1$salt", "1234",
        "changeme",     "truely",        "${X}${Y}z}",  "<a>b",      "$",       "${X:-${Y:-pw}}",
        "{{a}} b {{c}}", "%%",           "${1}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(placeholders); i++)
        check_number(scl_secrets_is_placeholder(scl_str_c(placeholders[i])), true,
                     placeholders[i]);
    for (size_t i = 0; i < COUNT(values); i++)
        if (strcmp(values[i], "$") != 0 && strcmp(values[i], "%%") != 0)
            check_number(scl_secrets_is_placeholder(scl_str_c(values[i])), false, values[i]);
}

/* ---- files ---- */

static void
files_of_secrets_are_known_by_name_folder_and_path(void **state)
{
    static const struct {
        const char *path, *pattern;
    } rows[] = {
        { ".env", ".env" },
        { "app/.env", ".env" },
        { "app/.env/", ".env" },
        { ".env.local", ".env.*" },
        { ".env.example", "" },
        { "x.env", "" },
        { "/root/.ssh/config", ".ssh" },
        { ".ssh", ".ssh" },
        { "/root/.ssh/known_hosts", "" },
        { "home/.ssh/id_rsa", "id_rsa" },
        { "home/.ssh/id_rsa.pub", "" },
        { "~/.docker/config.json", ".docker/config.json" },
        { ".docker/config.json", ".docker/config.json" },
        { "x.docker/config.json", "" },
        { "config.json", "" },
        { ".aws/credentials", ".aws" }, /* the folder's row comes first */
        { "/etc/shadow", "/etc/shadow" },
        { "/etc/./shadow", "/etc/shadow" },
        { "rootfs/etc/shadow", "" },
        { "tls/server.key", "*.key" },
        { "keys/debian.gpg.key", "" },
        { "tls/server.pem", "*.pem" },
        { "tls/ca-bundle.pem", "" },
        { ".git/config", ".git" },
        { "digit/config", "" },
        { "", "" },
        { "/", "" },
    };
    const struct scl_secrets *secrets = built_in(state);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scl_secret_file *row = scl_secrets_file(secrets, scl_str_c(rows[i].path));

        check_text(row ? row->pattern : SCL_S(""), rows[i].pattern, rows[i].path);
        check_number(scl_secrets_is_file(secrets, scl_str_c(rows[i].path)), row != NULL,
                     rows[i].path);
    }
}

/* ---- tokens made from the table ---- */

struct sample {
    const struct scl_facts_table *table;
    uint32_t row;
    char text[2048];
    size_t length;
    size_t missing; /* bytes fewer than the row wants */
};

static const struct scl_fact *
cell(const struct sample *sample, const char *column)
{
    uint32_t index = scl_facts_column(sample->table, scl_str_c(column));

    assert_int_not_equal(index, SCL_FACTS_NONE);
    return scl_facts_cell(sample->table, sample->row, index);
}

static struct scl_str
text_of(const struct scl_fact *fact)
{
    return fact->kind == SCL_FACT_TEXT ? scl_str_n(fact->as.text, fact->len) : SCL_S("");
}

static void
put(struct sample *sample, struct scl_str piece)
{
    assert_true(sample->length + piece.len < sizeof sample->text);
    memcpy(sample->text + sample->length, piece.at, piece.len);
    sample->length += piece.len;
    sample->text[sample->length] = '\0';
}

/* `count` letters and digits of a bracket expression, one of each range after another. */
static void
put_body(struct sample *sample, struct scl_str set, size_t count)
{
    char bytes[256];
    size_t n = 0;

    for (size_t i = 0; i < set.len; i++) {
        char low = set.at[i], high = low;

        if (i + 2 < set.len && set.at[i + 1] == '-')
            high = set.at[i += 2];
        for (; low <= high; low++)
            if (scl_is_alnum(low))
                bytes[n++] = low;
    }
    assert_true(n > 0);
    for (size_t i = 0; i < count; i++)
        put(sample, scl_str_n(&bytes[i * 11 % n], 1));
}

static void
put_parts(struct sample *sample, struct scl_str set, const struct scl_fact *parts)
{
    struct scl_str separator = text_of(cell(sample, "separator"));
    struct scl_str infix = text_of(cell(sample, "infix"));

    for (uint32_t i = 0; i < parts->len; i++) {
        struct scl_str part = parts->as.list[i], lengths;
        size_t count;

        scl_str_cut(&part, ' ', &lengths);
        count = strtoul(lengths.at, NULL, 10);
        if (i)
            put(sample, separator);
        if (i + 1 == parts->len)
            count -= sample->missing;
        if (i == 1 && infix.len) {
            put(sample, scl_str_sub(infix, separator.len, infix.len));
            count -= infix.len - separator.len;
        }
        put_body(sample, part.len ? part : set, count);
    }
}

/* A token of the row, by prefix `prefix` of its list. */
static void
make(struct sample *sample, uint32_t prefix)
{
    const struct scl_fact *prefixes = cell(sample, "prefix"), *parts = cell(sample, "parts");
    const struct scl_fact *before = cell(sample, "before_min"), *suffix = cell(sample, "suffix");
    struct scl_str set = text_of(cell(sample, "alphabet")), infix = text_of(cell(sample, "infix"));
    size_t min = (size_t)cell(sample, "min")->as.number;

    sample->length = 0;
    sample->text[0] = '\0';
    if (before->kind == SCL_FACT_INT)
        put_body(sample, text_of(cell(sample, "before")), (size_t)before->as.number);
    if (prefixes->len)
        put(sample, prefixes->as.list[prefix]);
    if (cell(sample, "gap")->as.number)
        put(sample, SCL_S(": \""));
    if (!set.len && min) { /* a URL */
        put(sample, SCL_S("user:"));
        put_body(sample, SCL_S("a-z0-9"), min - sample->missing);
    } else if (scl_str_is(set, "A-Z 0-9")) { /* the words of a key block */
        put(sample, SCL_S(" RSA "));
    } else if (parts->len) {
        put_parts(sample, set, parts);
    } else if (infix.len == min && infix.len) {
        put(sample, scl_str_sub(infix, 0, min - sample->missing));
    } else if (infix.len) {
        put_body(sample, set, min / 2 - sample->missing);
        put(sample, infix);
        put_body(sample, set, min - min / 2 - infix.len);
    } else if (set.len) {
        put_body(sample, set, min - sample->missing);
    }
    if (suffix->len)
        put(sample, suffix->as.list[0]);
}

/* Hits of the sample's own kind in a text with its context. */
static uint32_t
count_hits(void **state, const struct scl_secrets *secrets, const struct sample *sample,
           const char *before, const char *after)
{
    const struct scl_fact *context = cell(sample, "context");
    struct scl_secret_hits hits = { .list = { 0 } };
    struct scl_str kind = text_of(cell(sample, "kind"));
    struct scl_text text, name;
    uint32_t count = 0;

    scl_text_init(&text);
    scl_text_init(&name);
    for (uint32_t i = 0; i < context->len; i++)
        scl_text_f(&name, "%.*s_", SCL_ARG(context->as.list[i]));
    scl_text_f(&text, "%s%.*s%s", before, (int)sample->length, sample->text, after);
    assert_true(scl_secrets_scan(secrets, *state, scl_text_str(&text), scl_text_str(&name), &hits));
    for (uint32_t i = 0; i < hits.list.count; i++) {
        const struct scl_secret_hit *hit = &hits.list.at[i];

        assert_true(hit->offset + hit->length <= text.len);
        assert_true(i == 0 || hit[-1].offset + hit[-1].length <= hit->offset);
        count += scl_str_same(hit->kind, kind);
    }
    if (scl_secrets_any(secrets, scl_text_str(&text), scl_text_str(&name)) !=
        (hits.list.count > 0))
        fail_msg("any and scan differ: %s", text.at);
    scl_text_finish(&text);
    scl_text_finish(&name);
    return count;
}

static void
every_format_is_found_wherever_it_stands(void **state)
{
    static const struct {
        const char *before, *after;
    } places[] = {
        { "", "" },          { "\"", "\"" },     { "'", "'" },          { "KEY=", "" },
        { "KEY: ", "\n" },   { "(", ")" },       { "a b, ", "; c" },    { "\\n", "\\n" },
        { "\n", "\r\n" },    { "[", "]" },       { "{\"a\":\"", "\"}" }, { "Bearer ", " " },
        { "\xc3\xa9 ", " \xff" },                { "https://h.example/x?t=", "&y=1" },
    };
    const struct scl_secrets *secrets = built_in(state);
    struct sample sample = { .table = scl_facts_find(scl_facts_builtin(),
                                                     SCL_S("secret_token_formats")) };

    for (sample.row = 0; sample.row < sample.table->row_count; sample.row++) {
        const struct scl_fact *prefixes = cell(&sample, "prefix");

        for (uint32_t prefix = 0; prefix < prefixes->len || prefix == 0; prefix++) {
            make(&sample, prefix);
            for (size_t i = 0; i < COUNT(places); i++)
                if (count_hits(state, secrets, &sample, places[i].before, places[i].after) != 1)
                    fail_msg("%s: not found in %s%s%s", cell(&sample, "kind")->as.text,
                             places[i].before, sample.text, places[i].after);
        }
    }
}

static void
a_byte_too_few_is_no_token(void **state)
{
    const struct scl_secrets *secrets = built_in(state);
    struct sample sample = { .table = scl_facts_find(scl_facts_builtin(),
                                                     SCL_S("secret_token_formats")),
                             .missing = 1 };

    for (sample.row = 0; sample.row < sample.table->row_count; sample.row++) {
        const char *kind = cell(&sample, "kind")->as.text;

        if (!cell(&sample, "min")->as.number || strcmp(kind, "private-key-block") == 0)
            continue;
        make(&sample, 0);
        if (count_hits(state, secrets, &sample, "", "") != 0)
            fail_msg("%s: found in %s", kind, sample.text);
    }
}

static void
a_letter_before_or_a_byte_too_many_is_no_token(void **state)
{
    const struct scl_secrets *secrets = built_in(state);
    struct sample sample = { .table = scl_facts_find(scl_facts_builtin(),
                                                     SCL_S("secret_token_formats")) };
    unsigned long fixed = 0;

    for (sample.row = 0; sample.row < sample.table->row_count; sample.row++) {
        const struct scl_fact *max = cell(&sample, "max");
        const char *kind = cell(&sample, "kind")->as.text;

        make(&sample, 0);
        if (scl_is_alnum(sample.text[0]) && strcmp(kind, "url-password") != 0 &&
            count_hits(state, secrets, &sample, "Z9", "") != 0)
            fail_msg("%s: found behind a letter", kind);
        if (max->kind != SCL_FACT_INT || max->as.number != cell(&sample, "min")->as.number ||
            cell(&sample, "suffix")->len || cell(&sample, "parts")->len)
            continue;
        put(&sample, scl_str_n(&sample.text[sample.length - 1], 1));
        if (count_hits(state, secrets, &sample, "", "") != 0)
            fail_msg("%s: found in %s", kind, sample.text);
        fixed++;
    }
    assert_true(fixed > 20);
}

static void
samples_and_filler_are_no_hits(void **state)
{
    const struct scl_secrets *secrets = built_in(state);
    struct sample sample = { .table = scl_facts_find(scl_facts_builtin(),
                                                     SCL_S("secret_token_formats")) };
    unsigned long samples = 0;

    for (sample.row = 0; sample.row < sample.table->row_count; sample.row++) {
        const struct scl_fact *except = cell(&sample, "except");

        for (uint32_t i = 0; i < except->len; i++, samples++) {
            sample.length = 0;
            put(&sample, except->as.list[i]);
            assert_int_equal(count_hits(state, secrets, &sample, "key=", "\n"), 0);
        }
    }
    assert_true(samples >= 3);
    assert_false(scl_secrets_any(secrets, SCL_S("AKIA" "XXXXXXXXXXXXXXXX"), SCL_S("")));
    assert_false(scl_secrets_any(secrets, SCL_S("ghp_" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
                                 SCL_S("")));
}

/* ---- what is no token ---- */

static void
public_texts_are_no_tokens(void **state)
{
    static const char *const texts[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709 for aws and its secret",
        "/usr/share/aws-secret/long/path/of/40bytes",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6"
        "+SfaPg==",
        "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJr me@example",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
        "hgGAWjR9awAAAABJRU5ErkJggg==",
        "pk_live_0123456789abcdefghijklmn",
        "https://example.org:8080/x@y",
        "https://user@example.org/",
        "https://user:${PW}@example.org/",
        "https://user:$PW@example.org/",
        "https://${USER:-admin}:${PW:-x}@example.org/",
        "https://user:<password>@example.org/",
        "https://user:{password}@example.org/",
        "https://user:******@example.org/",
        "{\"url\":\"http://host:8080\",\"mail\":\"me@example.org\"}",
        "git@github.com:owner/name.git",
        "image: registry.example:5000/app@sha256:abc",
        "task-runner sk-learn disk-usage_of-a-very-long-name-with-hyphens-and-words",
        "a.b://c:d@",
        "xoxo-love",
        "mysecret_",
        "\"auth\": {}",
        "\"auths\": { \"h\": {} }",
        "{\"type\": \"bind\", \"service_account\": null, \"private_key\": null}",
        "{\"type\": \"service_account\"}",
        "npm_config_registry=https://registry.example/",
        "key-value pairs",
        "abcdef.0123456789abcdef",
        "",
    };
    const struct scl_secrets *secrets = built_in(state);

    for (size_t i = 0; i < COUNT(texts); i++)
        check_number(scl_secrets_any(secrets, scl_str_c(texts[i]), SCL_S("")), false, texts[i]);
}

/* ---- what is hit ---- */

static void
check_hit(void **state, const char *text, const char *name, const char *kind, const char *hit,
          int severity)
{
    const struct scl_secrets *secrets = built_in(state);
    struct scl_secret_hits hits = { .list = { 0 } };

    assert_true(scl_secrets_scan(secrets, *state, scl_str_c(text), scl_str_c(name), &hits));
    check_number(hits.list.count, 1, text);
    check_text(hits.list.at[0].kind, kind, text);
    check_text(scl_str_sub(scl_str_c(text), hits.list.at[0].offset, hits.list.at[0].length), hit,
               text);
    check_number(hits.list.at[0].severity, severity, text);
}

#define SENDGRID_KEY "SG" ".abcdefghij0123456789ab.abcdefghij0123456789abcdefghij0123456789abc"

static void
a_hit_covers_what_is_secret(void **state)
{
    check_hit(state, "see postgres://app:tig:er@db:5432/x", "", "url-password", "tig:er",
              SCANTLING_SEVERITY_HIGH);
    check_hit(state, "redis://:tiger9@cache", "", "url-password", "tiger9",
              SCANTLING_SEVERITY_HIGH);
    check_hit(state, "https://${U:-a}:tiger@h", "", "url-password", "tiger",
              SCANTLING_SEVERITY_HIGH);
    check_hit(state, "amqp://guest:changeme@mq", "", "url-password", "changeme",
              SCANTLING_SEVERITY_MEDIUM);
    check_hit(state, "{\"auths\":{\"h\":{\"auth\" : \"dXNlcjpwdw==\"}}}", "", "docker-auth",
              "dXNlcjpwdw", SCANTLING_SEVERITY_HIGH);
    check_hit(state, "ENV C {\\\"auth\\\" : \\\"dXNlcjpwdw==\\\"}", "", "docker-auth", "dXNlcjpwdw",
              SCANTLING_SEVERITY_HIGH);
    check_hit(state, "//h/:_authToken = 0a1b2c3d-0000-1111-2222-333344445555\n", "",
              "npm-legacy-auth", "0a1b2c3d-0000-1111-2222-333344445555",
              SCANTLING_SEVERITY_CRITICAL);
    check_hit(state, SENDGRID_KEY ".", "", "sendgrid-key", SENDGRID_KEY,
              SCANTLING_SEVERITY_CRITICAL);
    check_hit(state, "Zk3vQ9xLw2Tn8RbY5mHcZk3vQ9xLw2Tn8RbY5mHc", "AWS_SECRET_ACCESS_KEY",
              "aws-secret-access-key", "Zk3vQ9xLw2Tn8RbY5mHcZk3vQ9xLw2Tn8RbY5mHc",
              SCANTLING_SEVERITY_CRITICAL);
    check_hit(state, "kubeadm join h:6443 --token abcdef.0123456789abcdef", "",
              "k8s-bootstrap-token", "abcdef.0123456789abcdef", SCANTLING_SEVERITY_MEDIUM);
}

static void
a_private_key_goes_to_its_end_line(void **state)
{
    static const char key[] = "-----BEGIN " "RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0123456789\n"
                              "-----END RSA PRIVATE KEY-----";
    static const char encrypted[] = "-----BEGIN " "ENCRYPTED PRIVATE KEY-----\\nMIIFHDBOBgkq\\n"
                                    "-----END ENCRYPTED PRIVATE KEY-----";
    static const char pgp[] = "-----BEGIN " "PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n"
                              "-----END PGP PRIVATE KEY BLOCK-----";
    static const char cut[] = "-----BEGIN " "PRIVATE KEY-----\nMIIEowIBAAKCAQEA0123456789\n"
                              "MIIEowIBAAKCAQEA0123456789";
    char text[300];

    snprintf(text, sizeof text, "RUN echo \"%s\" > /k\n", key);
    check_hit(state, text, "", "private-key-block", key, SCANTLING_SEVERITY_CRITICAL);
    snprintf(text, sizeof text, "KEY=\"%s\\n\"", encrypted);
    check_hit(state, text, "", "private-key-block", encrypted, SCANTLING_SEVERITY_HIGH);
    check_hit(state, pgp, "", "private-key-block", pgp, SCANTLING_SEVERITY_CRITICAL);
    snprintf(text, sizeof text, "%s\n! the rest", cut);
    check_hit(state, text, "", "private-key-block", cut, SCANTLING_SEVERITY_CRITICAL);
    check_hit(state, "grep -q '-----BEGIN " "PRIVATE KEY-----' /a/path/of/more/than/16/bytes", "",
              "private-key-block", "-----BEGIN " "PRIVATE KEY-----", SCANTLING_SEVERITY_CRITICAL);
}

static void
of_overlapping_hits_the_longest_stays(void **state)
{
    /* the password of a URL is a GitHub token: the same bytes, then the row that comes first */
    check_hit(state, "https://x:ghp_" "0123456789abcdefghijABCDEFGHIJ012345@github.com/o/n", "",
              "github-token", "ghp_" "0123456789abcdefghijABCDEFGHIJ012345",
              SCANTLING_SEVERITY_CRITICAL);
    check_hit(state, "https://x:a.ghp_" "0123456789abcdefghijABCDEFGHIJ012345.b@github.com/o", "",
              "url-password", "a.ghp_" "0123456789abcdefghijABCDEFGHIJ012345.b",
              SCANTLING_SEVERITY_HIGH);
    check_hit(state, "xoxb-012345678901-xoxb-0123456789", "", "slack-token",
              "xoxb-012345678901-xoxb-0123456789", SCANTLING_SEVERITY_CRITICAL);
}

static void
hostile_texts_take_linear_time(void **state)
{
    static const char *const pieces[] = {
        "xoxb-",       "sk-",           "eyJ",      "eyJaaaaaaaaaaaa.", "://", "a://a:",
        "a://${",      "-----BEGIN",    "aaaaaaa",  "A",                ":",   "\"auth\":",
        ("-----BEGIN " "PRIVATE KEY-----"), "glpat-", "tskey-api-",       ".",   "\"auth\" \" ",
        "https://discord.com/api/webhooks/",        "dp.pt.",           "?sig=%3D", "xapp-1-",
        "xoxb-0123456789 ", "kubeadm join abcdef.0123456789abcdef ", "aws secret ",
    };
    const struct scl_secrets *secrets = built_in(state);
    struct scl_text text;

    scl_text_init(&text);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct scl_secret_hits hits = { .list = { 0 } };
        struct scl_arena arena;

        scl_arena_init(&arena);
        scl_text_clear(&text);
        while (text.len < 1000000)
            scl_text_c(&text, pieces[i]);
        assert_true(scl_secrets_scan(secrets, &arena, scl_text_str(&text), SCL_S(""), &hits));
        scl_arena_finish(&arena);
    }
    scl_text_finish(&text);
}

/* ---- tables of others ---- */

static void
tables_that_make_no_sense_are_refused(void **state)
{
#define NAMES "name\tmatch\tsecret:bool\tvalue\tclass\tseverity\n"
#define TOKENS \
    "kind\tprovider\tprefix:list\tbefore\tbefore_min:int\tbefore_max:int\tgap:bool\talphabet\t" \
    "min:int\tmax:int\tseparator\tparts:list\tinfix\tsuffix:list\tcontext:list\texcept:list\t" \
    "severity\tverified:bool\n"
    static const struct {
        const char *path, *text, *message;
    } rows[] = {
        { "a/sensitive-env-names.tsv", NAMES "x\tlike\ttrue\t\t\thigh\n",
          "table 'sensitive_env_names', row 'x': match is none of the words it may be" },
        { "a/sensitive-env-names.tsv", NAMES "x\tword\ttrue\tlong\t\thigh\n",
          "table 'sensitive_env_names', row 'x': value is none of the words it may be" },
        { "a/sensitive-env-names.tsv", NAMES "x\tword\ttrue\t\t\tbad\n",
          "table 'sensitive_env_names', row 'x': severity is none of the words it may be" },
        { "a/secret-token-formats.tsv", TOKENS "t\t\t\t\t\t\t\ta-z\t4\t4\t\t\t\t\t\t\thigh\t\n",
          "table 'secret_token_formats', row 't': prefix is empty, and so is context" },
        { "a/secret-token-formats.tsv", TOKENS "t\t\tp\t\t\t\t\tz-a\t4\t4\t\t\t\t\t\t\thigh\t\n",
          "table 'secret_token_formats', row 't': before or alphabet has a range that ends before "
          "it begins" },
        { "a/secret-token-formats.tsv", TOKENS "t\t\tp\t\t\t\t\ta-z\t4\t-4\t\t\t\t\t\t\thigh\t\n",
          "table 'secret_token_formats', row 't': max is too large, or below 0" },
        { "a/secret-token-formats.tsv", TOKENS "t\t\tp\t\t\t\t\ta-z\t4\t4\t\t2|2\t\t\t\t\thigh\t\n",
          "table 'secret_token_formats', row 't': separator is not one byte, but there are parts" },
        { "a/secret-token-formats.tsv",
          TOKENS "t\t\tp\t\t\t\t\ta-z\t4\t4\t.\t2|3-1\t\t\t\t\thigh\t\n",
          "table 'secret_token_formats', row 't': parts are not written as N, N-M or N-" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scl_facts_table *table =
            scl_facts_parse(*state, scl_str_c(rows[i].path), scl_str_c(rows[i].text), NULL);
        const struct scl_facts *facts;
        scantling_error *error = NULL;

        assert_non_null(table);
        facts = scl_facts_new(*state, scl_facts_builtin(), &table, 1, &error);
        if (error)
            print_error("%s\n", error->message);
        assert_non_null(facts);
        assert_null(scl_secrets_new(*state, facts, &error));
        assert_non_null(error);
        check_text(scl_str_c(error->message), rows[i].message, rows[i].text);
        scl_error_free(error);
    }
}

static void
an_organisations_formats_are_scanned(void **state)
{
    const struct scl_facts_table *table = scl_facts_parse(
        *state, SCL_S("acme/facts/secret-token-formats.tsv"),
        SCL_S(TOKENS "acme\tAcme\tacme.|A\t\t\t\t\ta-z\t4\t\t\t\t\t\t\t\tlow\t\n"), NULL);
    const struct scl_facts *facts = scl_facts_new(*state, scl_facts_builtin(), &table, 1, NULL);
    const struct scl_secrets *secrets = scl_secrets_new(*state, facts, NULL);
    struct scl_secret_hits hits = { .list = { 0 } };

    assert_non_null(secrets);
    assert_true(scl_secrets_scan(secrets, *state, SCL_S("acme.tokenx Abcde A acme."), SCL_S(""),
                                 &hits));
    assert_int_equal(hits.list.count, 2);
    assert_int_equal(hits.list.at[0].severity, SCANTLING_SEVERITY_LOW);
    assert_int_equal(hits.list.at[1].offset, 12);
    assert_false(scl_secrets_any(secrets, SCL_S("https://a:secretx@h"), SCL_S("")));
}

SUITE(
    CASE(names_are_cut_into_words),
    CASE(names_of_secrets_are_known_by_their_words),
    CASE(values_are_asked_where_the_name_alone_is_weak),
    CASE(placeholders_are_told_from_values),
    CASE(files_of_secrets_are_known_by_name_folder_and_path),
    CASE(every_format_is_found_wherever_it_stands),
    CASE(a_byte_too_few_is_no_token),
    CASE(a_letter_before_or_a_byte_too_many_is_no_token),
    CASE(samples_and_filler_are_no_hits),
    CASE(public_texts_are_no_tokens),
    CASE(a_hit_covers_what_is_secret),
    CASE(a_private_key_goes_to_its_end_line),
    CASE(of_overlapping_hits_the_longest_stays),
    CASE(hostile_texts_take_linear_time),
    CASE(tables_that_make_no_sense_are_refused),
    CASE(an_organisations_formats_are_scanned))
