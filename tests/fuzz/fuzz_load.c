/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_load.c: any text as the file of a policy
 *
 * It loads, or there are errors whose places lie in the file; twice the same. What loads has an
 * identity, prose, parameters with names and examples with files.
 */
#include "demand.h"

#include "script/load.h"

#include <stdint.h>
#include <string.h>

enum { STEPS = 200000, MEMORY = 4 << 20, TEXT_MAX = 8192 };

static void
check_errors(const scantling_error *error, struct scl_str text)
{
    demand(error != NULL);
    for (; error; error = scantling_error_next(error)) {
        scantling_mark mark;

        demand(scantling_error_status(error) == SCANTLING_STATUS_POLICY);
        demand(scantling_error_message(error, NULL)[0]);
        if (!scantling_error_mark(error, &mark, sizeof mark))
            continue;
        demand(mark.offset <= text.len && mark.length <= text.len - mark.offset);
        demand(mark.line <= text.len + 1);
    }
}

static void
check_policy(const struct scl_policy *policy, const struct scl_examples *examples)
{
    demand(policy->id.len > 0 && policy->title.len > 0 && policy->why.len > 0);
    demand(policy->severity != SCANTLING_SEVERITY_NONE && policy->subjects != 0);
    for (uint32_t i = 0; i < examples->count; i++) {
        demand(examples->at[i].file_count > 0 && examples->at[i].name.len > 0);
        demand(examples->at[i].count >= -1);
    }
    for (uint32_t i = 0; i < policy->param_count; i++)
        demand(policy->params[i].name.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scl_loader loader;
    static struct scl_arena kept;
    static bool is_ready;
    struct scl_lua_limits limits = { .steps = STEPS, .memory = MEMORY };
    struct scl_str text = scl_str_n((const char *)data, size);
    bool loads[2];

    if (!is_ready) {
        const struct scl_secrets *secrets;

        scl_arena_init(&kept);
        secrets = scl_secrets_new(&kept, scl_facts_builtin(), NULL);
        demand(secrets && scl_loader_init(&loader, scl_facts_builtin(), secrets, &limits, NULL));
        is_ready = true;
    }
    if (size > TEXT_MAX)
        return 0;
    scl_lua_set_total(loader.lua, UINT64_MAX);
    for (int i = 0; i < 2; i++) {
        struct scl_arena arena;
        struct scl_policy policy;
        struct scl_examples examples;
        scantling_error *chain = NULL;

        scl_arena_init(&arena);
        loads[i] = scl_policy_load(&loader, &arena, SCL_S("acme/x.lua"), text, false, &policy,
                                   &examples, &chain);
        if (loads[i])
            check_policy(&policy, &examples);
        else
            check_errors(chain, text);
        scl_error_free(chain);
        scl_arena_finish(&arena);
    }
    demand(loads[0] == loads[1]);
    return 0;
}
