/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.c: from the text of a policy file to what it says of itself
 *
 * The chunk runs in a state of its own that has the whole language but no document. `policy` and
 * `adjust` hand their table back, and the table is read key by key (definition.c); what does not
 * fit ends the run with the key at fault, which is then looked up in the text of the file.
 */
#include "script/load.h"

#include "script/definition.h"
#include "script/examples.h"
#include "script/frozen.h"
#include "script/libraries.h"
#include "script/node.h"
#include "script/verbs.h"

/* registry: the table given to policy() or adjust(), and whether it was the latter */
static const char definition = 0, adjusting = 0;

/* ---- the language ---- */

static int
define(lua_State *L, const char *name, bool is_adjustment)
{
    if (!lua_istable(L, 1))
        scl_raise(L, "%s is called with a table: return %s { ... }", name, name);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &definition);
    lua_pushboolean(L, is_adjustment);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &adjusting);
    return 1;
}

/* policy(table) -> table; a chunk returns it */
static int
l_policy(lua_State *L)
{
    return define(L, "policy", false);
}

/* adjust(table) -> table; a chunk returns it */
static int
l_adjust(lua_State *L)
{
    return define(L, "adjust", true);
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
    scl_open_ignores(L);
    scl_open_import(L);
    scl_nodes_open(L);
    lua_pushcfunction(L, l_policy);
    scl_globals_set(L, "policy");
    lua_pushcfunction(L, l_adjust);
    scl_globals_set(L, "adjust");
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

static bool
is_adjustment(lua_State *L)
{
    bool is;

    lua_rawgetp(L, LUA_REGISTRYINDEX, &adjusting);
    is = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is;
}

/* ---- reading a policy ---- */

struct loading {
    struct scl_reader reader;
    struct scl_policy *policy;
    struct scl_examples *examples;
};

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
    scl_definition_read(r, t, is_adjustment(L), p);
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
            span = outcome->quoted.len
                       ? scl_policy_find_word(&source, outcome->line, outcome->quoted)
                       : scl_policy_find_quoted(&source, outcome->line, outcome->message);
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
    struct loading loading = { .reader = { .arena = arena, .what = "policy" },
                               .policy = ret, .examples = examples };
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
