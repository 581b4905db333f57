/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.c: a state with policies in it, ready to judge
 *
 * registry[&checks] = { [index] = check, [index + count] = params }, adjustments behind the
 * policies, with `severity` for a check
 */
#include "script/judge.h"

#include "base/utf8.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "script/load.h"
#include "script/node.h"
#include "script/params.h"
#include "script/verbs.h"

#include <stdlib.h>
#include <string.h>

enum { SEVERITY_QUOTED = 100 };

static const char checks = 0;

struct scl_judge {
    struct scl_lua *lua;
    const struct scl_judge_policy *policies;
    uint32_t count; /* of policies and adjustments */
    uint32_t subjects;
};

struct setting_up {
    const struct scl_judge_setup *setup;
    struct scl_run *run;
};

static uint32_t
count_of(const struct scl_judge_setup *setup)
{
    return setup->policy_count + setup->adjustment_count;
}

/* The text of a policy without its cuts, the lines where they were. */
static struct scl_str
text_to_run(lua_State *L, struct scl_run *run, const struct scl_policy *policy)
{
    struct scl_str source = policy->source;
    size_t length = 0, from = 0;
    char *text;

    if (!policy->cut_count)
        return source;
    text = scl_arena_alloc(run->arena, source.len);
    if (!text)
        scl_end_memory(L);
    for (uint32_t i = 0; i <= policy->cut_count; i++) {
        bool is_rest = i == policy->cut_count;
        size_t to = is_rest ? source.len : policy->cuts[i].start;

        memcpy(text + length, source.at + from, to - from);
        length += to - from;
        from = is_rest ? to : policy->cuts[i].end;
        for (; to < from; to++)
            if (source.at[to] == '\n')
                text[length++] = '\n';
    }
    return scl_str_n(text, length);
}

/* Leaves the function of a policy or adjustment, and its parameters, in the table at `list`. */
static void
load_policy(lua_State *L, const struct setting_up *s, uint32_t index, int list)
{
    const struct scl_judge_policy *policy = &s->setup->policies[index];

    s->run->policy = policy->meta;
    scl_policy_push(L, policy->meta->path, text_to_run(L, s->run, policy->meta));
    lua_getfield(L, -1, policy->meta->adjusts.len ? "severity" : "check");
    lua_rawseti(L, list, (lua_Integer)index + 1);
    lua_pop(L, 1);
    scl_params_push(L, policy->meta, policy->params);
    lua_rawseti(L, list, (lua_Integer)(index + 1 + count_of(s->setup)));
}

static void
open_body(lua_State *L, void *context)
{
    (void)context;
    scl_language_open(L);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &checks);
}

struct one_policy {
    const struct setting_up *setting_up;
    uint32_t index;
};

static void
load_one(lua_State *L, void *context)
{
    const struct one_policy *one = context;

    lua_rawgetp(L, LUA_REGISTRYINDEX, &checks);
    load_policy(L, one->setting_up, one->index, lua_gettop(L));
}

static bool
fail_setup(const struct scl_outcome *outcome, scantling_error **error)
{
    if (outcome->kind == SCL_RUN_MEMORY)
        return scl_fail_memory(error);
    return scl_fail(error, SCANTLING_STATUS_POLICY, "policies cannot be loaded: %.*s",
                    SCL_ARG(outcome->message));
}

/* Each file is a run of its own, so that each has the steps of one file. */
static bool
load_each(struct scl_judge *judge, const struct setting_up *setting_up, scantling_error **error)
{
    const struct scl_judge_setup *setup = setting_up->setup;
    struct scl_outcome outcome;

    scl_lua_set_user(judge->lua, setting_up->run);
    scl_lua_set_total(judge->lua, UINT64_MAX);
    if (scl_lua_run(judge->lua, open_body, NULL, &outcome) != SCL_RUN_OK)
        return fail_setup(&outcome, error);
    for (uint32_t i = 0; i < count_of(setup); i++) {
        struct one_policy one = { setting_up, i };

        scl_run_reset(setting_up->run);
        if (setup->policies[i].meta->subjects & setup->subjects &&
            scl_lua_run(judge->lua, load_one, &one, &outcome) != SCL_RUN_OK)
            return fail_setup(&outcome, error);
    }
    return scl_lua_snapshot(judge->lua, error);
}

static bool
load_all(struct scl_judge *judge, const struct scl_judge_setup *setup, scantling_error **error)
{
    struct scl_arena scratch;
    struct scl_run run = { .facts = setup->facts, .secrets = setup->secrets,
                           .libraries = setup->libraries, .arena = &scratch };
    struct setting_up setting_up = { setup, &run };
    bool loaded;

    scl_arena_init(&scratch);
    loaded = load_each(judge, &setting_up, error);
    scl_arena_finish(&scratch);
    return loaded;
}

/* What loads within the default was found to load when the engine was made, or the library built:
 * a smaller limit is one for runs alone, which end as findings. */
static uint64_t
loading_steps(const struct scl_judge_setup *setup)
{
    uint64_t usual = scl_lua_limits_fill((struct scl_lua_limits){ .steps = 0 }).steps;
    uint64_t steps = scl_lua_limits_fill(setup->limits).steps;

    return steps > usual ? steps : usual;
}

struct scl_judge *
scl_judge_new(const struct scl_judge_setup *setup, scantling_error **error)
{
    struct scl_judge *judge = calloc(1, sizeof *judge);

    if (!judge) {
        scl_fail_memory(error);
        return NULL;
    }
    judge->policies = setup->policies;
    judge->count = count_of(setup);
    judge->subjects = setup->subjects;
    judge->lua = scl_lua_new(&setup->limits, error);
    if (judge->lua)
        scl_lua_set_steps(judge->lua, loading_steps(setup));
    if (!judge->lua || !load_all(judge, setup, error)) {
        scl_judge_free(judge);
        return NULL;
    }
    scl_lua_set_steps(judge->lua, scl_lua_limits_fill(setup->limits).steps);
    return judge;
}

void
scl_judge_free(struct scl_judge *judge)
{
    if (judge)
        scl_lua_free(judge->lua);
    free(judge);
}

uint32_t
scl_judge_subjects(const struct scl_judge *judge)
{
    return judge->subjects;
}

void
scl_judge_begin(struct scl_judge *judge, uint64_t total_steps, atomic_bool *cancel)
{
    scl_lua_restore(judge->lua);
    scl_lua_set_total(judge->lua, total_steps);
    scl_lua_set_cancel(judge->lua, cancel);
}

struct checking {
    const struct scl_judge *judge;
    uint32_t index;
    struct scl_node node;
    struct scl_run *run;
    const struct scl_judge_finding *finding; /* that may be adjusted */
    scantling_severity severity;             /* that it gets */
};

/* The value as `check` sees it: a string of the document is no field of an object. */
static void
push_judged(lua_State *L, const struct checking *c)
{
    unsigned kind = scl_field(c->node.field)->kind;

    if (c->node.element || kind == SCL_KIND_TEXT)
        scl_push_string(L, c->node);
    else
        scl_push_node(L, c->node);
}

/* Leaves the function on the stack, its parameters as a global. */
static void
push_function(lua_State *L, const struct checking *c)
{
    scl_nodes_begin(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &checks);
    lua_rawgeti(L, -1, (lua_Integer)(c->index + 1 + c->judge->count));
    scl_globals_set(L, "params");
    lua_rawgeti(L, -1, (lua_Integer)c->index + 1);
}

static void
check_body(lua_State *L, void *context)
{
    const struct checking *c = context;
    struct scl_node root = { c->run->subject->root, SCL_NONE, 0 };

    push_function(L, c);
    push_judged(L, c);
    scl_push_report(L);
    scl_push_node(L, root);
    lua_call(L, 3, 1);
    if (!lua_isnil(L, -1))
        scl_raise(L, "check returned %s; verdicts are made with report(...)",
                  scl_type_words(L, -1));
}

void
scl_judge_run(struct scl_judge *judge, struct scl_run *run, uint32_t index, struct scl_node node,
              struct scl_outcome *ret)
{
    struct checking checking = { .judge = judge, .index = index, .node = node, .run = run };

    run->policy = judge->policies[index].meta;
    run->params = judge->policies[index].params;
    scl_lua_set_user(judge->lua, run);
    scl_lua_run(judge->lua, check_body, &checking, ret);
}

/* ---- adjustments ---- */

static void
push_finding(lua_State *L, const struct scl_judge_finding *finding)
{
    lua_createtable(L, 0, 3);
    lua_pushlstring(L, finding->message.at, finding->message.len);
    lua_setfield(L, -2, "message");
    lua_pushstring(L, scl_severity_name(finding->severity));
    lua_setfield(L, -2, "severity");
    lua_pushstring(L, scl_confidence_name(finding->confidence));
    lua_setfield(L, -2, "confidence");
    scl_frozen_push(L, "finding");
}

static void
adjust_body(lua_State *L, void *context)
{
    struct checking *c = context;
    struct scl_str name;

    push_function(L, c);
    push_finding(L, c->finding);
    scl_push_node(L, (struct scl_node){ c->run->subject->root, SCL_NONE, 0 });
    lua_call(L, 2, 1);
    if (lua_isnil(L, -1))
        return;
    if (lua_type(L, -1) != LUA_TSTRING)
        scl_raise(L, "severity returned %s; it returns the name of a severity, or nothing",
                  scl_type_words(L, -1));
    name.at = lua_tolstring(L, -1, &name.len);
    c->severity = scl_severity_from(name);
    if (!c->severity)
        scl_raise(L, "unknown severity '%.*s'; it is one of critical, high, medium, low, info",
                  SCL_ARG(scl_utf8_cut(name, SEVERITY_QUOTED)));
}

scantling_severity
scl_judge_adjust(struct scl_judge *judge, struct scl_run *run, uint32_t index,
                 const struct scl_judge_finding *finding, struct scl_outcome *ret)
{
    struct checking checking = { .judge = judge, .index = index, .run = run, .finding = finding };

    run->policy = judge->policies[index].meta;
    run->params = judge->policies[index].params;
    scl_lua_set_user(judge->lua, run);
    return scl_lua_run(judge->lua, adjust_body, &checking, ret) == SCL_RUN_OK
               ? checking.severity
               : SCANTLING_SEVERITY_NONE;
}

uint64_t
scl_judge_steps(const struct scl_judge *judge)
{
    return scl_lua_steps(judge->lua);
}

struct scl_str
scl_judge_printed(const struct scl_judge *judge)
{
    return scl_lua_printed(judge->lua, NULL);
}

const char *
scl_judge_lua_version(void)
{
    return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE;
}
