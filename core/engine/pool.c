/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.c: the Lua states of an engine, lent to threads
 *
 * An array of atomic slots. Whoever exchanges a slot for NULL owns what was in it, so nothing is
 * locked and a fork at any moment leaves the pool usable.
 */
#include "engine/pool.h"

struct scl_judge *
scl_pool_take(struct scantling_engine *engine, uint32_t subjects, scantling_error **error)
{
    struct scl_judge_setup setup = {
        .policies = engine->policies,
        .policy_count = engine->policy_count,
        .adjustment_count = engine->adjustment_count,
        .subjects = subjects,
        .facts = engine->facts,
        .secrets = engine->secrets,
        .libraries = engine->libraries,
        .limits = engine->limits,
    };

    for (size_t slot = 0; slot < SCL_POOL_SLOTS; slot++) {
        struct scl_judge *judge;

        if (!atomic_load_explicit(&engine->pool[slot], memory_order_relaxed))
            continue;
        judge = atomic_exchange(&engine->pool[slot], NULL);
        if (judge && scl_judge_subjects(judge) == subjects)
            return judge;
        scl_pool_give(engine, judge);
    }
    return scl_judge_new(&setup, error);
}

void
scl_pool_give(struct scantling_engine *engine, struct scl_judge *judge)
{
    for (size_t slot = 0; judge && slot < SCL_POOL_SLOTS; slot++) {
        struct scl_judge *expected = NULL;

        if (atomic_compare_exchange_strong(&engine->pool[slot], &expected, judge))
            return;
    }
    scl_judge_free(judge);
}
