/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policies.c: what each policy costs, and what the sandbox does
 */
#include "bench.h"

#include "engine/pool.h"
#include "script/state_private.h"

#include <stdio.h>
#include <stdlib.h>

enum { SAMPLE = 20, DEAREST = 10, RESETS = 1000 };

/* ---- each policy ---- */

struct cost {
    const char *code;
    double seconds;
};

struct sample {
    scantling_document *documents[SAMPLE];
    uint32_t count;
    const scantling_engine *engine;
};

static void
judge_sample(void *context)
{
    const struct sample *sample = context;

    for (uint32_t i = 0; i < sample->count; i++)
        scantling_report_unref(bench_judge(sample->engine, sample->documents[i]));
}

static int
by_cost(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;

    return (x->seconds < y->seconds) - (x->seconds > y->seconds);
}

static double
cost_of(const struct bench *bench, struct sample *sample, const char *code)
{
    scantling_engine *engine = bench_engine("all", code);
    double took;

    sample->engine = engine;
    took = bench_least(bench->times, judge_sample, sample);
    scantling_engine_unref(engine);
    return took;
}

/* A policy that no Dockerfile has a subject for: what a project and a report cost alone. */
static const char *
policy_of_others(void)
{
    const uint32_t here = 1u << SCL_TYPE_BUILD | 1u << SCL_TYPE_IMAGE;

    for (uint32_t i = 0; i < scl_builtin_policy_count; i++)
        if (!(scl_builtin_policies[i].subjects & here))
            return scl_policy_label(&scl_builtin_policies[i]).at;
    bench_stop("every policy judges Dockerfiles");
}

static void
tell_dearest(struct cost *costs, uint32_t count, double base, uint32_t documents)
{
    char row[80];

    qsort(costs, count, sizeof *costs, by_cost);
    for (uint32_t i = 0; i < count && i < DEAREST; i++) {
        snprintf(row, sizeof row, "%s, above none", costs[i].code);
        bench_row(row, (costs[i].seconds - base) * 1e6 / documents, "us a file", "");
    }
}

void
bench_policies(const struct bench *bench)
{
    struct cost *costs = calloc(scl_builtin_policy_count, sizeof *costs);
    struct sample sample = { .count = 0 };
    uint32_t count = 0;
    double base, sum = 0;

    if (!costs)
        bench_stop("out of memory");
    for (; sample.count < SAMPLE && sample.count < bench->own.list.count; sample.count++) {
        const struct bench_file *file = &bench->own.list.at[sample.count];

        sample.documents[sample.count] = bench_document(file->name, file->text);
    }
    bench_title("Policies, each alone over %u Dockerfiles", (unsigned)sample.count);
    base = cost_of(bench, &sample, policy_of_others());
    for (uint32_t i = 0; i < scl_builtin_policy_count; i++) {
        const char *code = scl_policy_label(&scl_builtin_policies[i]).at;

        costs[count] = (struct cost){ code, cost_of(bench, &sample, code) };
        sum += costs[count++].seconds - base;
    }
    bench_row("a project and a report, without policies", base * 1e6 / sample.count, "us a file",
              "");
    bench_row("the mean policy, above none", sum / count * 1e6 / sample.count, "us a file", "");
    tell_dearest(costs, count, base, sample.count);
    for (uint32_t i = 0; i < sample.count; i++)
        scantling_document_unref(sample.documents[i]);
    free(costs);
}

/* ---- the sandbox ---- */

struct resets {
    struct scl_judge *judge;
    atomic_bool cancel;
};

static void
reset_often(void *context)
{
    struct resets *resets = context;

    for (int i = 0; i < RESETS; i++)
        scl_judge_begin(resets->judge, UINT64_MAX, &resets->cancel);
}

static void
nothing(lua_State *L, lua_Debug *activation)
{
    (void)L;
    (void)activation;
}

static void *
allocate(void *context, void *block, size_t old_size, size_t size)
{
    (void)context;
    (void)old_size;
    if (size)
        return realloc(block, size);
    free(block);
    return NULL;
}

static const char *
read_loop(lua_State *L, void *context, size_t *ret_size)
{
    static const char loop[] = "local s = 0 for i = 1, 3000000 do s = s + i % 7 end";
    bool *is_read = context;

    (void)L;
    *ret_size = *is_read ? 0 : sizeof loop - 1;
    *is_read = true;
    return loop;
}

static void
run_loop(void *context)
{
    lua_State *L = context;
    bool is_read = false;

    lua_settop(L, 0);
    if (lua_load(L, read_loop, &is_read, "=loop", "t") != LUA_OK ||
        lua_pcall(L, 0, 0, 0) != LUA_OK)
        bench_stop("Lua does not run");
}

static void
tell_hook(const struct bench *bench)
{
    lua_State *L = lua_newstate(allocate, NULL);
    double plain, hooked;

    if (!L)
        bench_stop("out of memory");
    plain = bench_least(bench->times, run_loop, L);
    lua_sethook(L, nothing, LUA_MASKCOUNT, SCL_STEP_INTERVAL);
    hooked = bench_least(bench->times, run_loop, L);
    lua_close(L);
    bench_row("a loop of Lua with the hook to one without", hooked / plain, "times", "");
}

struct making {
    scantling_engine *engine;
    uint32_t subjects;
};

static void
make_judge(void *context)
{
    const struct making *making = context;
    struct scl_judge_setup setup = {
        .policies = making->engine->policies,
        .policy_count = making->engine->policy_count,
        .subjects = making->subjects,
        .facts = making->engine->facts,
        .secrets = making->engine->secrets,
        .libraries = making->engine->libraries,
        .limits = making->engine->limits,
    };

    scl_judge_free(scl_judge_new(&setup, NULL));
}

static void
make_engine(void *context)
{
    (void)context;
    scantling_engine_unref(bench_engine("recommended", NULL));
}

void
bench_state(const struct bench *bench)
{
    scantling_engine *engine = bench_engine("recommended", NULL);
    struct making making = { engine, 1u << SCL_TYPE_BUILD | 1u << SCL_TYPE_IMAGE };
    struct resets resets = { scl_pool_take(engine, making.subjects, NULL), false };

    if (!resets.judge)
        bench_stop("there is no state");
    bench_title("The sandbox, with the recommended policies for Dockerfiles");
    bench_row("making an engine", bench_least(bench->times, make_engine, NULL) * 1e6, "us", "");
    bench_row("making a state", bench_least(bench->times, make_judge, &making) * 1e6, "us", "");
    bench_row("resetting a state", bench_least(bench->times, reset_often, &resets) * 1e6 / RESETS,
              "us", "");
    tell_hook(bench);
    scl_judge_free(resets.judge);
    scantling_engine_unref(engine);
}
