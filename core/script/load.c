/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.c: from the text of a policy file to what it says of itself
 *
 * The chunk runs in a state of its own that has the whole language but no document. `policy` hands
 * its table back, and the table is read key by key; what does not fit ends the run with the key at
 * fault, which is then looked up in the text of the file.
 */
#include "script/load.h"

#include "script/examples.h"
#include "script/frozen.h"
#include "script/libraries.h"
#include "script/node.h"
#include "script/params.h"
#include "script/selector.h"
#include "script/table.h"
#include "script/verbs.h"

static const char definition = 0; /* registry: the table given to policy() */

static const char *const policy_keys[] = {
    "id", "code", "title", "severity", "subjects", "on", "requires", "packs", "params",
    "confidence", "refs", "aliases", "replaces", "why", "fix", "check", "fails", "passes",
    "inconclusive", NULL,
};

/* ---- the language ---- */

/* policy(table) -> table; a chunk returns it */
static int
l_policy(lua_State *L)
{
    if (!lua_istable(L, 1))
        scl_raise(L, "policy is called with a table: return policy { ... }");
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &definition);
    return 1;
}

void
scl_language_open(lua_State *L)
{
    scl_open_verbs(L);
    scl_open_report(L);
    scl_open_facts(L);
    scl_open_texts(L);
    scl_open_images(L);
    scl_open_versions(L);
    scl_open_networks(L);
    scl_open_urls(L);
    scl_open_paths(L);
    scl_open_kernel(L);
    scl_open_dates(L);
    scl_open_secrets(L);
    scl_open_lists(L);
    scl_open_edits(L);
    scl_open_import(L);
    scl_nodes_open(L);
    lua_pushcfunction(L, l_policy);
    scl_globals_set(L, "policy");
}

void
scl_policy_push(lua_State *L, struct scl_str path, struct scl_str source)
{
    bool same;

    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &definition);
    scl_lua_compile(L, path, source);
    lua_call(L, 0, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &definition);
    same = lua_istable(L, -1) && lua_rawequal(L, -1, -2);
    lua_remove(L, -2);
    if (!same)
        scl_raise(L, "the file returns no policy; it ends with: return policy { ... }");
}

/* ---- reading a policy ---- */

struct loading {
    struct scl_reader reader;
    struct scl_policy *policy;
    struct scl_examples *examples;
};

static bool
is_slug(struct scl_str slug)
{
    unsigned words = 1;

    if (!slug.len || slug.at[0] == '-' || slug.at[slug.len - 1] == '-')
        return false;
    for (size_t i = 0; i < slug.len; i++) {
        char byte = slug.at[i];

        if (byte == '-') {
            if (slug.at[i - 1] == '-')
                return false;
            words++;
        } else if (!scl_is_digit(byte) && !(byte >= 'a' && byte <= 'z')) {
            return false;
        }
    }
    return words <= 5;
}

static void
read_identity(struct scl_reader *r, int t, struct scl_policy *p)
{
    size_t slash;

    p->id = scl_reader_text(r, t, "id");
    p->code = scl_reader_text(r, t, "code");
    if (!p->id.len)
        scl_reader_refuse(r, "id", false, "policy has no 'id'");
    slash = scl_str_find_char(p->id, '/');
    if (!is_slug(slash == SIZE_MAX ? p->id : scl_str_sub(p->id, slash + 1, p->id.len)) ||
        (slash != SIZE_MAX && !is_slug(scl_str_sub(p->id, 0, slash)))) {
        scl_reader_help(r, "write lower-case words joined by '-', 5 at most: acme/no-latest");
        scl_reader_refuse(r, "id", true, "'%.*s' is no policy id", SCL_ARG(p->id));
    }
    if (slash == SIZE_MAX && !p->is_builtin) {
        scl_reader_help(r, "write 'acme/%.*s', with your organisation's name", SCL_ARG(p->id));
        scl_reader_refuse(r, "id", true, "the id '%.*s' has no organisation", SCL_ARG(p->id));
    }
    if (p->code.len && (slash != SIZE_MAX || p->code.len != 6 ||
                        !scl_str_starts(p->code, SCL_S("SL"))))
        scl_reader_refuse(r, "code", true,
                          "only built-in policies have a code, SL and four digits");
    if (!p->code.len && p->is_builtin)
        scl_reader_refuse(r, "code", false, "policy '%.*s' has no 'code'", SCL_ARG(p->id));
}

/* Prose is one paragraph however its lines are broken in the file. */
static struct scl_str
read_paragraph(struct scl_reader *r, int t, const char *key)
{
    struct scl_str text = scl_str_trim(scl_reader_text(r, t, key));
    char *made = scl_arena_copy(r->arena, text.at, text.len);
    size_t length = 0;

    if (!made)
        scl_end_memory(r->L);
    for (size_t i = 0; i < text.len; i++) {
        if (!scl_is_blank(text.at[i]))
            made[length++] = text.at[i];
        else if (!scl_is_blank(text.at[i - 1]))
            made[length++] = ' ';
    }
    made[length] = '\0';
    return scl_str_n(made, length);
}

static void
read_prose(struct scl_reader *r, int t, struct scl_policy *p)
{
    p->title = scl_reader_text(r, t, "title");
    p->why = read_paragraph(r, t, "why");
    p->fix = read_paragraph(r, t, "fix");
    if (!p->title.len)
        scl_reader_refuse(r, "title", false, "policy '%.*s' has no 'title': name the hazard",
                          SCL_ARG(p->id));
    if (p->title.len > 72 || p->title.at[p->title.len - 1] == '.')
        scl_reader_refuse(r, "title", true,
                          "a title is one line of at most 72 bytes without a full stop");
    if (!p->why.len)
        scl_reader_refuse(r, "why", false, "policy '%.*s' has no 'why': say what happens otherwise",
                          SCL_ARG(p->id));
    if (!p->fix.len)
        scl_reader_refuse(r, "fix", false,
                          "policy '%.*s' has no 'fix': say in a sentence what the reader should do",
                          SCL_ARG(p->id));
}

static void
read_levels(struct scl_reader *r, int t, struct scl_policy *p)
{
    struct scl_str severity = scl_reader_text(r, t, "severity");
    struct scl_str confidence = scl_reader_text(r, t, "confidence");

    p->severity = scl_severity_from(severity);
    p->confidence = confidence.len ? scl_confidence_from(confidence) : 30;
    scl_reader_help(r, "one of critical, high, medium, low, info");
    if (!severity.len)
        scl_reader_refuse(r, "severity", false, "policy '%.*s' has no 'severity'", SCL_ARG(p->id));
    if (!p->severity)
        scl_reader_refuse(r, "severity", true, "unknown severity '%.*s'", SCL_ARG(severity));
    scl_reader_help(r, "one of high, medium, low");
    if (!p->confidence)
        scl_reader_refuse(r, "confidence", true, "unknown confidence '%.*s'", SCL_ARG(confidence));
    r->help = scl_str_n("", 0);
}

static void
read_packs(struct scl_reader *r, int t, struct scl_policy *p)
{
    p->packs = scl_reader_list(r, t, "packs", false);
    for (uint32_t i = 0; i < p->packs.count; i++)
        if (scl_str_is(p->packs.at[i], "all") || scl_str_is(p->packs.at[i], "none"))
            scl_reader_refuse(r, "packs", true, "the pack '%.*s' is the engine's own",
                              SCL_ARG(p->packs.at[i]));
    p->replaces = scl_reader_list(r, t, "replaces", false);
    p->refs = scl_reader_map(r, t, "refs", &p->ref_count);
    p->aliases = scl_reader_map(r, t, "aliases", &p->alias_count);
}

static void
require_value(struct scl_reader *r, int t, const char *key, int type, const char *wanted)
{
    lua_getfield(r->L, t, key);
    if (lua_isnil(r->L, -1))
        scl_reader_refuse(r, key, false, "policy has no '%s'", key);
    if (lua_type(r->L, -1) != type)
        scl_reader_refuse(r, key, true, "policy: '%s' is not %s", key, wanted);
    lua_pop(r->L, 1);
}

static void
load_body(lua_State *L, void *context)
{
    struct loading *loading = context;
    struct scl_reader *r = &loading->reader;
    struct scl_policy *p = loading->policy;
    int t;

    r->L = L;
    scl_policy_push(L, p->path, p->source);
    t = lua_gettop(L);
    scl_reader_known(r, t, "policy", policy_keys);
    read_identity(r, t, p);
    read_prose(r, t, p);
    read_levels(r, t, p);
    scl_selector_read(r, t, p);
    read_packs(r, t, p);
    scl_params_read(r, t, p);
    require_value(r, t, "check", LUA_TFUNCTION, "a function");
    require_value(r, t, "fails", LUA_TTABLE, "a table of examples");
    require_value(r, t, "passes", LUA_TTABLE, "a table of examples");
    if (loading->examples)
        scl_examples_read(r, t, p, loading->examples);
}

/* ---- errors ---- */

static void
append_failure(const struct loading *loading, const struct scl_outcome *outcome,
               scantling_error **chain)
{
    const struct scl_policy *p = loading->policy;
    const struct scl_reader *r = &loading->reader;
    struct scl_arena scratch;
    struct scl_source source;
    struct scl_span span = { 0, 0 };
    scantling_error *error;
    bool is_key = r->key.len != 0;

    if (outcome->kind == SCL_RUN_MEMORY) {
        scl_error_append(chain, scl_error_new(SCANTLING_STATUS_MEMORY, "out of memory"));
        return;
    }
    error = scl_error_new(SCANTLING_STATUS_POLICY, "%s%.*s",
                          is_key ? "" : outcome->quoted.len ? "policy cannot be read: " : "",
                          SCL_ARG(outcome->message));
    scl_arena_init(&scratch);
    if (scl_source_init(&source, &scratch, p->path, p->source)) {
        if (is_key)
            span = scl_policy_find_key(p->source, r->key, r->of_value);
        else if (outcome->line)
            span = scl_policy_find_word(&source, outcome->line, outcome->quoted);
        scl_error_at(error, &source, span);
    }
    scl_arena_finish(&scratch);
    if (is_key && r->help.len)
        scl_error_suggest(error, "%.*s", SCL_ARG(r->help));
    scl_error_append(chain, error);
}

bool
scl_policy_load(struct scl_loader *loader, struct scl_arena *arena, struct scl_str path,
                struct scl_str source, bool is_builtin, struct scl_policy *ret,
                struct scl_examples *examples, scantling_error **chain)
{
    struct loading loading = { .reader = { .arena = arena }, .policy = ret, .examples = examples };
    struct scl_arena scratch;
    struct scl_run run = { .policy = ret, .facts = loader->facts, .secrets = loader->secrets,
                           .libraries = loader->libraries, .arena = &scratch };
    struct scl_outcome outcome;

    scl_arena_init(&scratch);
    *ret = (struct scl_policy){ .path = path, .source = source, .is_builtin = is_builtin };
    scl_lua_restore(loader->lua);
    scl_lua_set_user(loader->lua, &run);
    scl_lua_set_total(loader->lua, UINT64_MAX);
    scl_lua_run(loader->lua, load_body, &loading, &outcome);
    scl_arena_finish(&scratch);
    if (outcome.kind == SCL_RUN_OK)
        return true;
    append_failure(&loading, &outcome, chain);
    return false;
}

/* ---- the scratch state ---- */

static void
open_body(lua_State *L, void *context)
{
    (void)context;
    scl_language_open(L);
}

bool
scl_loader_init(struct scl_loader *loader, const struct scl_facts *facts,
                const struct scl_secrets *secrets, const struct scl_lua_limits *limits,
                scantling_error **error)
{
    struct scl_run run = { .facts = facts, .secrets = secrets };
    struct scl_outcome outcome = { .limit = SCANTLING_LIMIT_MEMORY };

    *loader = (struct scl_loader){ .facts = facts, .secrets = secrets };
    loader->lua = scl_lua_new(limits, error);
    if (!loader->lua)
        return false;
    scl_lua_set_user(loader->lua, &run);
    scl_lua_set_total(loader->lua, UINT64_MAX);
    if (scl_lua_run(loader->lua, open_body, NULL, &outcome) == SCL_RUN_OK &&
        scl_lua_snapshot(loader->lua, error))
        return true;
    scl_loader_finish(loader);
    if (outcome.kind == SCL_RUN_MEMORY)
        return scl_fail_memory(error);
    return scl_fail(error, SCANTLING_STATUS_ARGUMENT,
                    "the limit %s is too small for the policy language",
                    scl_lua_limit_name(outcome.limit));
}

void
scl_loader_set_libraries(struct scl_loader *loader, struct scl_libraries libraries)
{
    loader->libraries = libraries;
}

void
scl_loader_finish(struct scl_loader *loader)
{
    scl_lua_free(loader->lua);
    loader->lua = NULL;
}
